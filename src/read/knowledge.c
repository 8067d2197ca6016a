#include "read/knowledge.h"

#include <stdlib.h>
#include <string.h>

#define ROW(object, key, form, field, ...)                                                                             \
    { key, form, offsetof(object, field), __VA_ARGS__ }

/* --- rows -------------------------------------------------------------------------------------------------------------- */

static const struct schema_row category_rows[] = {
    ROW(struct raw_category, "name", SCHEMA_TEXT, name, .required = true, .about = "Name in English and Japanese."),
    ROW(struct raw_category, "colour", SCHEMA_COLOUR, category.colour, .required = true,
        .about = "Colour of tiles and frames."),
};
static const struct schema category_schema = {"category", category_rows, sizeof category_rows / sizeof *category_rows,
                                              NULL};

static const char *const value_choices[] = {"string", "int", "bool", "cidr", "ip", "asn", "account", NULL};
static const struct schema_row attribute_rows[] = {
    ROW(struct raw_attribute, "name", SCHEMA_TEXT, name, .required = true, .about = "Name in English and Japanese."),
    ROW(struct raw_attribute, "value", SCHEMA_CHOICE, value, .choices = value_choices,
        .about = "What a value must look like."),
    ROW(struct raw_attribute, "choices", SCHEMA_STRINGS, attribute.choices, .about = "The only values allowed."),
    ROW(struct raw_attribute, "shown", SCHEMA_BOOL, attribute.shown, .about = "Stands under the name in the picture."),
    ROW(struct raw_attribute, "form", SCHEMA_TEXT, form, .about = "How it is shown; % is the value."),
};
static const struct schema attribute_schema = {"attribute", attribute_rows,
                                               sizeof attribute_rows / sizeof *attribute_rows, NULL};

static const char *const dash_choices[] = {"solid", "dashed", "dotted", NULL};
static const struct schema_row kind_rows[] = {
    ROW(struct raw_kind, "name", SCHEMA_TEXT, name, .required = true, .about = "Text in the legend."),
    ROW(struct raw_kind, "colour", SCHEMA_COLOUR, kind.colour, .about = "Colour of the line."),
    ROW(struct raw_kind, "dash", SCHEMA_CHOICE, dash, .choices = dash_choices, .about = "Pattern of the line."),
    ROW(struct raw_kind, "width", SCHEMA_NUMBER, kind.width, .min = 0.5, .max = 6, .about = "Width of the line in px."),
    ROW(struct raw_kind, "blocked", SCHEMA_BOOL, kind.blocked, .about = "Drawn crossed out: what does not work."),
    ROW(struct raw_kind, "lateral", SCHEMA_BOOL, kind.lateral,
        .about = "Joins equals: says nothing of which comes first."),
};
static const struct schema kind_schema = {"kind", kind_rows, sizeof kind_rows / sizeof *kind_rows, NULL};

static const char *const lifecycle_choices[] = {"current", "renamed", "closed", "retired", NULL};
static const struct schema_row lifecycle_rows[] = {
    ROW(struct raw_type, "state", SCHEMA_CHOICE, lifecycle.state, .required = true, .choices = lifecycle_choices,
        .about = "What became of it."),
    ROW(struct raw_type, "since", SCHEMA_STRING, lifecycle.since, .about = "Year, or year and month, of the change."),
    ROW(struct raw_type, "successor", SCHEMA_STRING, lifecycle.successor, .about = "Type to use today."),
};
const struct schema knowledge_lifecycle_schema = {"lifecycle", lifecycle_rows,
                                                  sizeof lifecycle_rows / sizeof *lifecycle_rows, NULL};

static void read_lifecycle(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                           void *object) {
    (void)key;
    schema_read(&knowledge_lifecycle_schema, reader, value, object);
}

static void read_frame(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    struct raw_type *type = object;
    static const struct schema_row row = {"frame", SCHEMA_COLOUR, offsetof(struct raw_type, type.frame), .about = ""};
    static const struct schema one = {"type", &row, 1, NULL};
    struct tree *keys[] = {(struct tree *)(size_t)key}, *items[] = {(struct tree *)(size_t)value};
    struct tree map = {.kind = TREE_MAP, .mark = value->mark, .keys = keys, .items = items, .n = 1};
    type->has_frame = schema_read(&one, reader, &map, object);
}

static void read_colour(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    struct raw_type *type = object;
    static const struct schema_row row = {"colour", SCHEMA_COLOUR, offsetof(struct raw_type, colour), .about = ""};
    static const struct schema one = {"type", &row, 1, NULL};
    struct tree *keys[] = {(struct tree *)(size_t)key}, *items[] = {(struct tree *)(size_t)value};
    struct tree map = {.kind = TREE_MAP, .mark = value->mark, .keys = keys, .items = items, .n = 1};
    type->has_colour = schema_read(&one, reader, &map, object);
}

static void read_icon(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    struct raw_type *type = object;
    static const struct schema_row row = {"icon", SCHEMA_STRING, offsetof(struct raw_type, type.icon), .about = ""};
    static const struct schema one = {"type", &row, 1, NULL};
    struct tree *keys[] = {(struct tree *)(size_t)key}, *items[] = {(struct tree *)(size_t)value};
    struct tree map = {.kind = TREE_MAP, .mark = value->mark, .keys = keys, .items = items, .n = 1};
    schema_read(&one, reader, &map, object);
    type->icon_mark = value->mark;
}

static const char *const shape_choices[] = {"service", "resource", "group", "actor", NULL};
static const char *const peers_choices[] = {"none", "loose", "strict", NULL};
static const struct schema_row type_rows[] = {
    ROW(struct raw_type, "name", SCHEMA_TEXT, name, .required = true, .about = "Name in English and Japanese."),
    ROW(struct raw_type, "aliases", SCHEMA_STRINGS, type.aliases, .about = "Other words for it."),
    ROW(struct raw_type, "cloudformation", SCHEMA_STRING, type.cloudformation, .about = "CloudFormation type."),
    ROW(struct raw_type, "category", SCHEMA_STRING, category, .about = "Category, which gives the colour."),
    ROW(struct raw_type, "family", SCHEMA_STRING, type.family, .about = "Name that rules may use for several types."),
    ROW(struct raw_type, "shape", SCHEMA_CHOICE, shape, .choices = shape_choices, .about = "What it is drawn as."),
    ROW(struct raw_type, "icon", SCHEMA_FUNCTION, type.icon, .read = read_icon, .json = "icon",
        .about = "Icon: of the pack (awsdiag list icons), a name of `icons:`, or an SVG file."),
    ROW(struct raw_type, "colour", SCHEMA_FUNCTION, colour, .read = read_colour, .json = "colour",
        .about = "Colour of its tile, and of its frame, instead of the category's."),
    ROW(struct raw_type, "monogram", SCHEMA_STRING, type.monogram,
        .about = "At most four characters for the tile without icon."),
    ROW(struct raw_type, "attributes", SCHEMA_STRINGS, attributes, .about = "Attributes it may have."),
    ROW(struct raw_type, "frame", SCHEMA_FUNCTION, type.frame, .read = read_frame, .json = "colour",
        .about = "Colour of a group's frame."),
    ROW(struct raw_type, "dash", SCHEMA_CHOICE, dash, .choices = dash_choices, .about = "Pattern of a group's frame."),
    ROW(struct raw_type, "filled", SCHEMA_BOOL, type.filled, .about = "A light tint inside the frame."),
    ROW(struct raw_type, "peers", SCHEMA_CHOICE, peers, .choices = peers_choices,
        .about = "Siblings stand side by side."),
    ROW(struct raw_type, "inside", SCHEMA_STRINGS, type.inside, .about = "Groups one of which must be around it."),
    ROW(struct raw_type, "outside", SCHEMA_STRINGS, type.outside, .about = "Groups it cannot stand in."),
    ROW(struct raw_type, "border", SCHEMA_STRINGS, type.border, .about = "Groups on whose frame it stands."),
    ROW(struct raw_type, "global", SCHEMA_BOOL, type.global, .about = "Stands outside of any VPC."),
    ROW(struct raw_type, "lifecycle", SCHEMA_FUNCTION, lifecycle, .read = read_lifecycle, .json = "lifecycle",
        .about = "What became of it."),
};
const struct schema knowledge_type_schema = {"type", type_rows, sizeof type_rows / sizeof *type_rows, NULL};

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static bool is_map(const struct tree *tree, const char *what, struct diags *diags) {
    if (tree->kind != TREE_MAP)
        diag_add(diags, DIAG_wrong_shape, tree->mark, "`%s` must be a mapping of names", what);
    return tree->kind == TREE_MAP;
}

/* One language for all where only one was given. */
static void fill(const struct text *text, const char *out[LANGS]) {
    for (int lang = 0; lang < LANGS; lang++)
        out[lang] = text->in[lang] ? text->in[lang] : text->in[LANG_EN] ? text->in[LANG_EN] : text->in[LANG_JA];
}

static void read_categories(struct knowledge *knowledge, struct schema_reader *reader, const struct tree *map) {
    for (size_t i = 0; i < map->n; i++) {
        struct raw_category *raw = array_push(knowledge->arena, &knowledge->categories);
        schema_read(&category_schema, reader, map->items[i], raw);
        raw->category.key = map->keys[i]->text;
        raw->mark = map->keys[i]->mark;
        fill(&raw->name, raw->category.name);
    }
}

static void read_attributes(struct knowledge *knowledge, struct schema_reader *reader, const struct tree *map) {
    for (size_t i = 0; i < map->n; i++) {
        struct raw_attribute *raw = array_push(knowledge->arena, &knowledge->attributes);
        schema_read(&attribute_schema, reader, map->items[i], raw);
        raw->attribute.key = map->keys[i]->text;
        raw->attribute.value = (enum value_type)raw->value;
        raw->mark = map->keys[i]->mark;
        fill(&raw->name, raw->attribute.name);
        if (raw->form.in[LANG_EN] || raw->form.in[LANG_JA])
            fill(&raw->form, raw->attribute.form);
        else if (raw->attribute.shown)
            for (int lang = 0; lang < LANGS; lang++)
                raw->attribute.form[lang] = "%";
    }
}

static void read_kinds(struct knowledge *knowledge, struct schema_reader *reader, const struct tree *map) {
    for (size_t i = 0; i < map->n; i++) {
        struct raw_kind *raw = array_push(knowledge->arena, &knowledge->kinds);
        raw->kind.width = 1.25;
        schema_read(&kind_schema, reader, map->items[i], raw);
        raw->kind.key = map->keys[i]->text;
        raw->kind.dash = (enum dash)raw->dash;
        raw->mark = map->keys[i]->mark;
        fill(&raw->name, raw->kind.name);
    }
}

static void read_types(struct knowledge *knowledge, struct schema_reader *reader, const struct tree *map,
                       const char *category, int shape) {
    for (size_t i = 0; i < map->n; i++) {
        struct raw_type *raw = array_push(knowledge->arena, &knowledge->types);
        raw->category = category;
        raw->shape = shape;
        schema_read(&knowledge_type_schema, reader, map->items[i], raw);
        raw->type.key = map->keys[i]->text;
        raw->mark = map->keys[i]->mark;
        fill(&raw->name, raw->type.name);
    }
}

struct catalogue_file {
    const char *category;
    int shape;
};

void knowledge_read(struct knowledge *knowledge, const struct tree *file, struct diags *diags) {
    struct schema_reader reader = {knowledge->arena, diags, knowledge};
    if (!is_map(file, "catalogue", diags))
        return;
    const struct tree *category = tree_get(file, "category"), *shape = tree_get(file, "shape");
    int form = SHAPE_SERVICE;
    for (int i = 0; shape && i < SHAPES; i++)
        if (strcmp(shape_names[i], shape->text) == 0)
            form = i;
    for (size_t i = 0; i < file->n; i++) {
        const char *key = file->keys[i]->text;
        const struct tree *map = file->items[i];
        if (strcmp(key, "category") == 0 || strcmp(key, "shape") == 0)
            continue;
        if (!is_map(map, key, diags))
            continue;
        if (strcmp(key, "categories") == 0)
            read_categories(knowledge, &reader, map);
        else if (strcmp(key, "attributes") == 0)
            read_attributes(knowledge, &reader, map);
        else if (strcmp(key, "kinds") == 0)
            read_kinds(knowledge, &reader, map);
        else if (strcmp(key, "types") == 0)
            read_types(knowledge, &reader, map, category ? category->text : NULL, form);
        else
            diag_add(diags, DIAG_unknown_key, file->keys[i]->mark, "unknown key `%s` in a catalogue", key);
    }
}

void knowledge_read_types(struct knowledge *knowledge, const struct tree *map, const char *category,
                          struct diags *diags) {
    struct schema_reader reader = {knowledge->arena, diags, knowledge};
    if (is_map(map, "types", diags))
        read_types(knowledge, &reader, map, category, SHAPE_SERVICE);
}

/* --- tying names ----------------------------------------------------------------------------------------------------------- */

static const struct category *find_category(const struct knowledge *knowledge, const char *key) {
    for (size_t i = 0; i < knowledge->categories.n; i++)
        if (strcmp(knowledge->categories.at[i].category.key, key) == 0)
            return &knowledge->categories.at[i].category;
    for (size_t i = 0; knowledge->base && i < knowledge->base->category_count; i++)
        if (strcmp(knowledge->base->categories[i].key, key) == 0)
            return &knowledge->base->categories[i];
    return NULL;
}

static const struct attribute *find_attribute(const struct knowledge *knowledge, const char *key) {
    for (size_t i = 0; i < knowledge->attributes.n; i++)
        if (strcmp(knowledge->attributes.at[i].attribute.key, key) == 0)
            return &knowledge->attributes.at[i].attribute;
    for (size_t i = 0; knowledge->base && i < knowledge->base->attribute_count; i++)
        if (strcmp(knowledge->base->attributes[i].key, key) == 0)
            return &knowledge->base->attributes[i];
    return NULL;
}

static bool known_type(const struct knowledge *knowledge, const char *key) {
    for (size_t i = 0; i < knowledge->types.n; i++) {
        const struct type *type = &knowledge->types.at[i].type;
        if (strcmp(type->key, key) == 0 || (type->family && strcmp(type->family, key) == 0))
            return true;
    }
    return knowledge->base && catalog_type(knowledge->base, key);
}

static void check_types(const struct knowledge *knowledge, const struct raw_type *raw, const char *const *list,
                        struct diags *diags) {
    for (; list && *list; list++)
        if (!known_type(knowledge, *list))
            diag_add(diags, DIAG_unknown_type, raw->mark, "`%s` names the type `%s`, which does not exist",
                     raw->type.key, *list);
}

static void tie_attributes(struct knowledge *knowledge, struct raw_type *raw, struct diags *diags) {
    size_t n = 0;
    while (raw->attributes && raw->attributes[n])
        n++;
    const struct attribute **rows = arena_array(knowledge->arena, n + 1, sizeof *rows);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        rows[kept] = find_attribute(knowledge, raw->attributes[i]);
        if (rows[kept])
            kept++;
        else
            diag_add(diags, DIAG_unknown_attribute, raw->mark, "`%s` names the attribute `%s`, which does not exist",
                     raw->type.key, raw->attributes[i]);
    }
    raw->type.attributes = n ? rows : NULL;
}

static void finish_type(struct knowledge *knowledge, struct raw_type *raw, struct diags *diags) {
    static const struct category none = {"general", {"General", "一般"}, 0x7D8998};
    raw->type.category = raw->category ? find_category(knowledge, raw->category) : NULL;
    if (!raw->type.category) {
        if (raw->category)
            diag_add(diags, DIAG_bad_value, raw->mark, "`%s` is in the category `%s`, which does not exist",
                     raw->type.key, raw->category);
        raw->type.category = knowledge->categories.n ? &knowledge->categories.at[0].category : &none;
    }
    if (raw->has_colour) {
        struct category *own = arena_alloc(knowledge->arena, sizeof *own);
        *own = *raw->type.category;
        own->colour = raw->colour;
        raw->type.category = own;
    }
    raw->type.shape = (enum shape)raw->shape;
    raw->type.dash = (enum dash)raw->dash;
    raw->type.peers = (enum peers)raw->peers;
    raw->type.lifecycle = (enum lifecycle)raw->lifecycle.state;
    raw->type.since = raw->lifecycle.since;
    raw->type.successor = raw->lifecycle.successor;
    if (!raw->has_frame)
        raw->type.frame = raw->type.category->colour;
    if (!raw->type.monogram)
        raw->type.monogram = arena_copy(knowledge->arena, raw->type.key,
                                        strlen(raw->type.key) < 3 ? strlen(raw->type.key) : 3);
    tie_attributes(knowledge, raw, diags);
    check_types(knowledge, raw, raw->type.inside, diags);
    check_types(knowledge, raw, raw->type.outside, diags);
    if (raw->type.since && !catalog_date(raw->type.since))
        diag_add(diags, DIAG_bad_value, raw->mark, "`%s` is no date: write a year, or year and month as in 2024-05",
                 raw->type.since);
    check_types(knowledge, raw, raw->type.border, diags);
    if (raw->type.successor && !known_type(knowledge, raw->type.successor))
        diag_add(diags, DIAG_unknown_type, raw->mark, "`%s` has the successor `%s`, which does not exist",
                 raw->type.key, raw->type.successor);
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct raw_type *)a)->type.key, ((const struct raw_type *)b)->type.key);
}

void knowledge_finish(struct knowledge *knowledge, struct diags *diags) {
    if (knowledge->types.n)
        qsort(knowledge->types.at, knowledge->types.n, sizeof *knowledge->types.at, by_key);
    for (size_t i = 0; i < knowledge->types.n; i++)
        finish_type(knowledge, &knowledge->types.at[i], diags);
}

/* --- a catalogue ------------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b) {
    const struct catalog_name *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->type > y->type) - (x->type < y->type);
}

static void add_name(struct knowledge *knowledge, struct catalog_name *names, size_t *n, const char *name,
                     size_t type) {
    char *lower = arena_copy(knowledge->arena, name, strlen(name));
    for (char *at = lower; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    names[(*n)++] = (struct catalog_name){lower, (uint16_t)type};
}

/* "Amazon Simple Queue Service" as people type it: "amazon-simple-queue-service". False when there is nothing to type. */
static bool spell(const char *name, struct str *out) {
    bool gap = false;
    str_clear(out);
    for (; *name; name++) {
        bool word = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') || (*name >= '0' && *name <= '9');
        if (word && gap && out->n)
            str_putc(out, '-');
        gap = !word;
        if (word)
            str_putc(out, *name);
    }
    return out->n > 0;
}

/* Names that follow from the English one, with and without the maker: they give way to those that were written. */
static void add_spelled(struct knowledge *knowledge, struct catalog_name *names, size_t *n, const struct type *type,
                        size_t index) {
    static const char *const makers[] = {"Amazon-", "AWS-"};
    struct str word = STR_EMPTY;
    if (spell(type->name[LANG_EN], &word)) {
        add_name(knowledge, names, n, word.at, index);
        for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
            if (strncmp(word.at, makers[i], strlen(makers[i])) == 0)
                add_name(knowledge, names, n, word.at + strlen(makers[i]), index);
    }
    str_free(&word);
}

static const struct catalog_name *find_name(const struct catalog_name *names, size_t n, const char *name) {
    for (size_t lo = 0, hi = n; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int order = strcmp(names[mid].name, name);
        if (order == 0)
            return &names[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* Sorted; a name that came twice for one type is kept once. */
static size_t sort_names(struct catalog_name *names, size_t n) {
    size_t kept = 0;
    if (n)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(names[kept - 1].name, names[i].name) != 0 || names[kept - 1].type != names[i].type)
            names[kept++] = names[i];
    return kept;
}

/* Behind the written names those spelled ones that stand for one type alone. */
static size_t join_names(struct catalog_name *names, size_t n, const struct catalog_name *spelled, size_t count) {
    size_t all = n;
    for (size_t i = 0; i < count; i++) {
        bool twice = (i > 0 && strcmp(spelled[i - 1].name, spelled[i].name) == 0) ||
                     (i + 1 < count && strcmp(spelled[i + 1].name, spelled[i].name) == 0);
        if (!twice && !find_name(names, n, spelled[i].name))
            names[all++] = spelled[i];
    }
    return sort_names(names, all);
}

static void collect_names(struct knowledge *knowledge, struct catalog *catalog) {
    size_t most = 0, n = 0, count = 0;
    for (size_t i = 0; i < knowledge->types.n; i++) {
        most += 4;
        for (const char *const *alias = knowledge->types.at[i].type.aliases; alias && *alias; alias++)
            most++;
    }
    struct catalog_name *names = arena_array(knowledge->arena, most, sizeof *names);
    struct catalog_name *spelled = arena_array(knowledge->arena, most, sizeof *spelled);
    for (size_t i = 0; i < knowledge->types.n; i++) {
        const struct type *type = &knowledge->types.at[i].type;
        add_name(knowledge, names, &n, type->key, i);
        for (const char *const *alias = type->aliases; alias && *alias; alias++)
            add_name(knowledge, names, &n, *alias, i);
        if (type->cloudformation)
            add_name(knowledge, names, &n, type->cloudformation, i);
        add_spelled(knowledge, spelled, &count, type, i);
    }
    n = sort_names(names, n);
    catalog->names = names;
    catalog->name_count = join_names(names, n, spelled, sort_names(spelled, count));
}

struct catalog knowledge_catalog(struct knowledge *knowledge) {
    struct catalog catalog = {.type_count = knowledge->types.n,
                              .kind_count = knowledge->kinds.n,
                              .category_count = knowledge->categories.n,
                              .attribute_count = knowledge->attributes.n};
    struct type *types = arena_array(knowledge->arena, knowledge->types.n, sizeof *types);
    struct kind *kinds = arena_array(knowledge->arena, knowledge->kinds.n, sizeof *kinds);
    struct category *categories = arena_array(knowledge->arena, knowledge->categories.n, sizeof *categories);
    struct attribute *attributes = arena_array(knowledge->arena, knowledge->attributes.n, sizeof *attributes);
    for (size_t i = 0; i < knowledge->types.n; i++)
        types[i] = knowledge->types.at[i].type;
    for (size_t i = 0; i < knowledge->kinds.n; i++)
        kinds[i] = knowledge->kinds.at[i].kind;
    for (size_t i = 0; i < knowledge->categories.n; i++)
        categories[i] = knowledge->categories.at[i].category;
    for (size_t i = 0; i < knowledge->attributes.n; i++)
        attributes[i] = knowledge->attributes.at[i].attribute;
    catalog.types = types, catalog.kinds = kinds, catalog.categories = categories, catalog.attributes = attributes;
    collect_names(knowledge, &catalog);
    return catalog;
}
