/* Nodes first, in one walk that keeps the order of the file; then everything that refers to nodes. Texts are collected on the way
 * and completed at the end, when it is known whether the scenario speaks several languages.
 */
#include "read/load.h"

#include <stdlib.h>
#include <string.h>

#include "read/knowledge.h"
#include "read/knowledge_notes.h"
#include "read/load_parts.h"
#include "read/own_types.h"

enum { MOST_OWN = 1000 }; /* types, rules, notes of a scenario's own */

const struct load_limits load_default_limits = {.nodes = 20000, .edges = 50000, .label = 2000};

const char *const load_emphasis_names[] = {"none", "strong", "muted", NULL};

/* --- what several keys share -------------------------------------------------------------------------------------------- */

void load_text(struct loader *loader, struct text *text) {
    bool long_text = false;
    for (int lang = 0; lang < LANGS; lang++)
        long_text = long_text ||
                    (text->in[lang] && utf8_count(text->in[lang], strlen(text->in[lang])) > loader->limits->label);
    if (long_text) {
        diag_add(loader->diags, DIAG_too_long, text->mark, "a text may have %zu characters", loader->limits->label);
        memset(text->in, 0, sizeof text->in);
    }
    if (text->in[LANG_EN] || text->in[LANG_JA])
        *array_push(loader->arena, &loader->texts) = text;
}

void load_free_values(struct loader *loader, const struct tree *map, struct value **values, size_t *n) {
    if (map->kind != TREE_MAP) {
        diag_add(loader->diags, DIAG_wrong_shape, map->mark, "`attributes` takes a mapping of names and values");
        return;
    }
    struct value *all = arena_array(loader->arena, *n + map->n, sizeof *all);
    if (*n)
        memcpy(all, *values, *n * sizeof *all);
    for (size_t i = 0; i < map->n; i++) {
        if (map->items[i]->kind == TREE_SCALAR)
            all[(*n)++] = (struct value){map->keys[i]->text, map->items[i]->text, NULL, map->keys[i]->mark,
                                         map->items[i]->mark};
        else
            diag_add(loader->diags, DIAG_wrong_shape, map->items[i]->mark, "the attribute `%s` takes one value",
                     map->keys[i]->text);
    }
    *values = all;
}

const char *load_link(struct loader *loader, const struct tree *value) {
    static const char *const schemes[] = {"http://", "https://", "mailto:"};
    const char *text = value->kind == TREE_SCALAR ? value->text : "";
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(text, schemes[i], strlen(schemes[i])) == 0)
            return text;
    size_t scheme = strcspn(text, ":/?#");
    if (*text && text[scheme] != ':' && strncmp(text, "//", 2) != 0)
        return text;
    diag_add(loader->diags, DIAG_bad_value, value->mark,
             "`link` takes an http, https or mailto address or a relative path");
    return NULL;
}

static const char *const dash_choices[] = {"none", "solid", "dashed", "dotted", NULL};
static const struct schema_row style_rows[] = {
    {"colour", SCHEMA_STRING, offsetof(struct style_keys, colour), .about = "Name of a colour of the theme."},
    {"dash", SCHEMA_CHOICE, offsetof(struct style_keys, dash), .choices = dash_choices,
     .about = "Pattern of the line or frame."},
    {"width", SCHEMA_NUMBER, offsetof(struct style_keys, width), .min = 0.5, .max = 6,
     .about = "Width of the line or frame in px."},
};
const struct schema load_style_schema = {"style", style_rows, sizeof style_rows / sizeof *style_rows, NULL};

void load_style(struct loader *loader, const struct tree *value, struct style *style) {
    struct style_keys keys = {0};
    if (!schema_read(&load_style_schema, &loader->reader, value, &keys))
        return;
    style->colour = keys.colour;
    style->has_dash = keys.dash > 0;
    style->dash = keys.dash > 0 ? (enum dash)(keys.dash - 1) : DASH_SOLID;
    style->width = keys.width;
}

/* What is looked through for every node, or checked against the whole scenario, may not come in any number. */
static bool too_many(struct loader *loader, const struct tree *map, const char *what, size_t most) {
    if (map->n > most)
        diag_add(loader->diags, DIAG_too_many, map->keys[most]->mark, "the scenario has more than %zu %s of its own",
                 most, what);
    return map->n > most;
}

/* --- notes ----------------------------------------------------------------------------------------------------------------- */

struct notes_keys {
    struct loader *loader;
    int mode, at, max;
    const struct tree *own, *rules;
};

static const char *const modes[] = {"panel", "numbers", "none", NULL};
static const char *const ats[] = {"fit", "right", "below", NULL};

static void read_wishes(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                        struct note_wish **wishes, size_t *n) {
    if (value->kind != TREE_LIST) {
        diag_add(reader->diags, DIAG_wrong_shape, value->mark, "`%s` takes a list of ids of notes", key->text);
        return;
    }
    *wishes = arena_array(reader->arena, value->n, sizeof **wishes);
    for (size_t i = 0; i < value->n; i++) {
        if (value->items[i]->kind == TREE_SCALAR)
            (*wishes)[(*n)++] = (struct note_wish){.id = value->items[i]->text, .mark = value->items[i]->mark};
        else
            diag_add(reader->diags, DIAG_wrong_shape, value->items[i]->mark, "`%s` takes ids of notes", key->text);
    }
}

static struct model *model_of(struct schema_reader *reader) { return ((struct loader *)reader->context)->model; }

static void read_show(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)object;
    read_wishes(reader, key, value, &model_of(reader)->show, &model_of(reader)->show_count);
}

static void read_hide(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)object;
    read_wishes(reader, key, value, &model_of(reader)->hide, &model_of(reader)->hide_count);
}

/* A text that is the whole value of a key of the author's choice: a step, a reason. */
struct lone_text {
    struct text text;
};

static void read_lone_text(struct loader *loader, const struct tree *key, struct tree *value, struct text *out) {
    static const struct schema_row row = {"text", SCHEMA_TEXT, offsetof(struct lone_text, text), .about = ""};
    static const struct schema schema = {"text", &row, 1, NULL};
    struct lone_text keys = {0};
    struct tree name = {.kind = TREE_SCALAR, .text = "text", .mark = key->mark};
    struct tree *names[] = {&name}, *values[] = {value};
    struct tree one = {.kind = TREE_MAP, .mark = value->mark, .keys = names, .items = values, .n = 1};
    schema_read(&schema, &loader->reader, &one, &keys);
    *out = keys.text;
    load_text(loader, out);
}

static void read_accept(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)object;
    struct loader *loader = reader->context;
    struct model *model = loader->model;
    if (value->kind != TREE_MAP) {
        diag_add(reader->diags, DIAG_wrong_shape, value->mark, "`%s` takes a mapping of ids to reasons", key->text);
        return;
    }
    model->accept = arena_array(reader->arena, value->n, sizeof *model->accept);
    for (size_t i = 0; i < value->n; i++) {
        const struct tree *id = value->keys[i];
        struct note_wish *wish = &model->accept[model->accept_count++];
        *wish = (struct note_wish){.id = id->text, .mark = id->mark};
        if (value->items[i]->kind == TREE_SCALAR && !*value->items[i]->text)
            diag_add(reader->diags, DIAG_missing_key, id->mark, "say why `%s` is accepted", id->text);
        else
            read_lone_text(loader, id, value->items[i], &wish->reason);
    }
}

static void keep_own(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct notes_keys *)object)->own = value;
}

static void keep_rules(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct notes_keys *)object)->rules = value;
}

static const struct schema_row notes_rows[] = {
    {"show", SCHEMA_FUNCTION, 0, .read = read_show, .json = "ids",
     .about = "Notes that stand beside the picture in any case."},
    {"hide", SCHEMA_FUNCTION, 0, .read = read_hide, .json = "ids", .about = "Notes that shall not come by themselves."},
    {"accept", SCHEMA_FUNCTION, 0, .read = read_accept, .json = "reasons",
     .about = "Violations the author stands by, with the reason."},
    {"own", SCHEMA_FUNCTION, 0, .read = keep_own, .json = "own-notes", .about = "Notes of one's own."},
    {"rules", SCHEMA_FUNCTION, 0, .read = keep_rules, .json = "rules",
     .about = "Rules of one's own, in the form of the knowledge base."},
    {"mode", SCHEMA_CHOICE, offsetof(struct notes_keys, mode), .choices = modes,
     .about = "Text in a panel, numbers alone, or nothing."},
    {"at", SCHEMA_CHOICE, offsetof(struct notes_keys, at), .choices = ats, .about = "Where the panel stands."},
    {"max", SCHEMA_INT, offsetof(struct notes_keys, max), .min = 1, .max = 99,
     .about = "How many notes may come by themselves."},
};
static const struct schema notes_schema = {"notes", notes_rows, sizeof notes_rows / sizeof *notes_rows, NULL};

struct own_keys {
    const struct tree *on;
    struct text text;
    int kind;
};

static void keep_on(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct own_keys *)object)->on = value;
}

static const char *const note_kinds[] = {"fact", "rule", "recommendation", "limit", "warning", NULL};
static const struct schema_row own_rows[] = {
    {"on", SCHEMA_FUNCTION, 0, .read = keep_on, .json = "reference",
     .about = "The node, or the edge by its number (e1), it is about."},
    {"text", SCHEMA_TEXT, offsetof(struct own_keys, text), .required = true, .about = "What it says."},
    {"kind", SCHEMA_CHOICE, offsetof(struct own_keys, kind), .choices = note_kinds,
     .about = "Fact, rule, recommendation, limit or warning."},
};
static const struct schema own_schema = {"note", own_rows, sizeof own_rows / sizeof *own_rows, NULL};

/* "e3" is the third one. */
static struct edge *edge_called(struct loader *loader, const char *id) {
    size_t number = 0, n = *id == 'e' ? strspn(id + 1, "0123456789") : 0;
    if (n == 0 || n > 9 || id[n + 1])
        return NULL;
    for (size_t i = 1; i <= n; i++)
        number = number * 10 + (size_t)(id[i] - '0');
    return id[1] != '0' && number <= loader->edges.n ? loader->edges.at[number - 1] : NULL;
}

static void load_own(struct loader *loader, const struct tree *list) {
    if (list->kind != TREE_LIST) {
        diag_add(loader->diags, DIAG_wrong_shape, list->mark,
                 "`own` takes a list of notes, as in `- {on: vgw, text: ...}`");
        return;
    }
    struct model *model = loader->model;
    model->own = arena_array(loader->arena, list->n, sizeof *model->own);
    for (size_t i = 0; i < list->n; i++) {
        struct own_keys keys = {0};
        if (!schema_read(&own_schema, &loader->reader, list->items[i], &keys) ||
            (!keys.text.in[LANG_EN] && !keys.text.in[LANG_JA]))
            continue;
        struct own_note *own = &model->own[model->own_count++];
        *own = (struct own_note){.text = keys.text, .kind = (enum note_kind)keys.kind};
        load_text(loader, &own->text);
        if (keys.on && keys.on->kind == TREE_SCALAR) {
            own->edge = edge_called(loader, keys.on->text);
            own->on = own->edge ? NULL : load_reference(loader, keys.on->text, keys.on->mark);
        }
    }
}

static void load_notes(struct loader *loader, const struct tree *map) {
    struct notes_keys keys = {.loader = loader};
    struct model *model = loader->model;
    if (!schema_read(&notes_schema, &loader->reader, map, &keys))
        return;
    model->notes_mode = (enum notes_mode)keys.mode;
    model->notes_at = (enum notes_at)keys.at;
    model->notes_max = (size_t)keys.max;
    if (keys.own)
        load_own(loader, keys.own);
    if (keys.rules && !(keys.rules->kind == TREE_MAP && too_many(loader, keys.rules, "rules", MOST_OWN))) {
        struct knowledge_notes rules = {.arena = loader->arena, .catalog = loader->catalog};
        knowledge_notes_read_map(&rules, NULL, keys.rules, loader->diags);
        knowledge_notes_sort(&rules);
        model->rules = rules.at;
        model->rule_count = rules.n;
        model->rule_patterns = rules.patterns;
    }
}

/* --- steps -------------------------------------------------------------------------------------------------------------------- */

static bool step_number(const char *text, int *out) {
    *out = 0;
    size_t n = strlen(text);
    if (n == 0 || n > 2 || *text == '0')
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        *out = *out * 10 + (*text - '0');
    }
    return *out > 0;
}

static bool carried(const struct loader *loader, int number) {
    for (size_t i = 0; i < loader->nodes.n; i++)
        if (loader->nodes.at[i]->step == number)
            return true;
    for (size_t i = 0; i < loader->edges.n; i++)
        if (loader->edges.at[i]->step == number)
            return true;
    return false;
}

static int by_number(const void *a, const void *b) {
    int x = ((const struct step *)a)->number, y = ((const struct step *)b)->number;
    return (x > y) - (x < y);
}

static void load_steps(struct loader *loader, const struct tree *map) {
    struct model *model = loader->model;
    if (map->kind != TREE_MAP) {
        diag_add(loader->diags, DIAG_wrong_shape, map->mark, "`steps` takes a mapping of numbers to sentences");
        return;
    }
    model->steps = arena_array(loader->arena, map->n, sizeof *model->steps);
    for (size_t i = 0; i < map->n; i++) {
        int number;
        if (!step_number(map->keys[i]->text, &number)) {
            diag_add(loader->diags, DIAG_bad_value, map->keys[i]->mark, "`%s` is no number of a step, 1 to 99",
                     map->keys[i]->text);
            continue;
        }
        if (!carried(loader, number))
            diag_add(loader->diags, DIAG_unknown_step, map->keys[i]->mark, "no node and no edge has the step %d",
                     number);
        struct step *step = &model->steps[model->step_count++];
        *step = (struct step){.number = number, .mark = map->keys[i]->mark};
        read_lone_text(loader, map->keys[i], map->items[i], &step->text);
    }
    if (model->step_count)
        qsort(model->steps, model->step_count, sizeof *model->steps, by_number);
}

/* --- the scenario --------------------------------------------------------------------------------------------------------------- */

struct scenario_keys {
    struct text title, description;
    int lang, page, direction;
    bool line_jumps;
    const char *theme, *as_of;
    const struct tree *nodes, *edges, *steps, *notes, *types, *icons, *same_rank, *overlays;
};

#define KEEP(name)                                                                                                     \
    static void keep_##name(struct schema_reader *reader, const struct tree *key, const struct tree *value,            \
                            void *object) {                                                                            \
        (void)reader, (void)key;                                                                                       \
        ((struct scenario_keys *)object)->name = value;                                                                \
    }
KEEP(nodes)
KEEP(edges)
KEEP(steps)
KEEP(notes)
KEEP(types)
KEEP(icons)
KEEP(same_rank)
KEEP(overlays)

static void read_as_of(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    if (value->kind == TREE_SCALAR && catalog_date(value->text))
        ((struct scenario_keys *)object)->as_of = value->text;
    else
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`as-of` takes a year, or year and month as in 2019-07");
}

static const char *const langs[] = {"any", "en", "ja", NULL};
static const char *const pages[] = {"16:9", "4:3", "free", NULL};
static const char *const directions[] = {"default", "right", "down", "left", "up", NULL};

#define ROW(name, form, field, ...)                                                                                    \
    { name, form, offsetof(struct scenario_keys, field), __VA_ARGS__ }
static const struct schema_row scenario_rows[] = {
    ROW("title", SCHEMA_TEXT, title, .about = "Heading of the picture."),
    ROW("description", SCHEMA_TEXT, description, .about = "A sentence below the heading."),
    ROW("lang", SCHEMA_CHOICE, lang, .choices = langs, .about = "Language when none is asked for."),
    ROW("direction", SCHEMA_CHOICE, direction, .choices = directions, .about = "Flow of the picture."),
    ROW("page", SCHEMA_CHOICE, page, .choices = pages, .about = "Shape of the page the picture shall fit."),
    ROW("line-jumps", SCHEMA_BOOL, line_jumps, .about = "Draw a small arc where a line crosses another."),
    ROW("theme", SCHEMA_STRING, theme, .about = "Colours: light, dark, auto or print."),
    ROW("as-of", SCHEMA_FUNCTION, as_of, .read = read_as_of, .json = "date",
        .about = "Time the architecture is of, as 2019 or 2019-07: services that were current then are no mistake."),
    ROW("types", SCHEMA_FUNCTION, types, .read = keep_types, .json = "types",
        .about = "Types of one's own, in the form of the catalogue."),
    ROW("icons", SCHEMA_FUNCTION, icons, .read = keep_icons, .json = "icons",
        .about = "Names for SVG files that types of one's own have as icons."),
    ROW("nodes", SCHEMA_FUNCTION, nodes, .required = true, .read = keep_nodes, .json = "nodes",
        .about = "Services and groups, in the order of the picture."),
    ROW("same-rank", SCHEMA_FUNCTION, same_rank, .read = keep_same_rank, .json = "same-rank",
        .about = "Rows of outermost ids that stand side by side."),
    ROW("overlays", SCHEMA_FUNCTION, overlays, .read = keep_overlays, .json = "overlays",
        .about = "Frames around nodes that stand in different groups, such as a security group over several zones."),
    ROW("edges", SCHEMA_FUNCTION, edges, .read = keep_edges, .json = "edges", .about = "Lines between nodes."),
    ROW("steps", SCHEMA_FUNCTION, steps, .read = keep_steps, .json = "steps",
        .about = "The story, one sentence a number."),
    ROW("notes", SCHEMA_FUNCTION, notes, .read = keep_notes, .json = "notes",
        .about = "Which notes stand beside the picture."),
};
static const struct schema scenario_schema = {"scenario", scenario_rows, sizeof scenario_rows / sizeof *scenario_rows,
                                              NULL};

const struct schema *const load_schemas[] = {&scenario_schema,
                                             &load_node_schema,
                                             &load_edge_schema,
                                             &load_side_schema,
                                             &load_style_schema,
                                             &notes_schema,
                                             &own_schema,
                                             &load_overlay_schema,
                                             &knowledge_type_schema,
                                             &knowledge_lifecycle_schema,
                                             NULL};

static void load_types(struct loader *loader, const struct tree *types, const struct tree *icons) {
    if (types->kind == TREE_MAP && too_many(loader, types, "types", MOST_OWN))
        return;
    struct catalog base = *loader->catalog;
    struct knowledge knowledge = {.arena = loader->arena, .base = &base};
    const struct template_paths *paths = loader->limits->templates;
    struct own_icons own = {.names = icons,
                            .directory = source_beside(loader->arena, types->mark.source->name, ""),
                            .others = paths ? paths->directories : NULL,
                            .sources = paths ? paths->sources : NULL};
    knowledge_read_types(&knowledge, types, NULL, loader->diags);
    own_types_take(loader->catalog, &knowledge, &own, loader->diags);
}

/* Texts given in one language only stand in for the others, with a warning where the scenario otherwise speaks several. */
static void complete_texts(struct loader *loader) {
    bool several = false;
    for (size_t i = 0; i < loader->texts.n; i++) {
        const struct text *text = loader->texts.at[i];
        several = several || (text->mark.source && text->in[LANG_EN] && text->in[LANG_JA] &&
                              text->in[LANG_EN] != text->in[LANG_JA]);
    }
    loader->model->several_langs = several;
    for (size_t i = 0; i < loader->texts.n; i++) {
        struct text *text = loader->texts.at[i];
        for (int lang = 0; lang < LANGS; lang++) {
            if (text->in[lang])
                continue;
            text->in[lang] = text->in[LANG_EN] ? text->in[LANG_EN] : text->in[LANG_JA];
            if (several)
                diag_add(loader->diags, DIAG_missing_translation, text->mark, "this text is missing in `%s`",
                         lang_codes[lang]);
        }
    }
}

static void finish(struct loader *loader) {
    struct model *model = loader->model;
    complete_texts(loader);
    model->nodes = loader->nodes.at, model->node_count = loader->nodes.n;
    model->edges = loader->edges.at, model->edge_count = loader->edges.n;
    if (model->node_count == 0 && !diags_failed(loader->diags))
        diag_add(loader->diags, DIAG_no_nodes, model->mark, "the scenario has no nodes");
}

struct model *load_model(const struct tree *scenario, const struct catalog *catalog, const struct load_limits *limits,
                         struct arena *arena, struct diags *diags) {
    struct model *model = arena_alloc(arena, sizeof *model);
    struct catalog *own = arena_alloc(arena, sizeof *own);
    *own = *catalog;
    struct loader loader = {.model = model, .catalog = own, .limits = limits, .arena = arena, .diags = diags};
    loader.reader = (struct schema_reader){arena, diags, &loader};
    model->arena = arena;
    model->catalog = own;
    model->mark = scenario->mark;
    model->mark.end = model->mark.start;
    model->root = arena_alloc(arena, sizeof *model->root);
    model->root->group = true;
    struct scenario_keys keys = {0};
    if (!schema_read(&scenario_schema, &loader.reader, scenario, &keys))
        return NULL;
    model->title = keys.title, model->description = keys.description;
    load_text(&loader, &model->title);
    load_text(&loader, &model->description);
    model->lang_given = keys.lang > 0;
    model->lang = keys.lang > 0 ? (enum lang)(keys.lang - 1) : LANG_EN;
    model->page = (enum page)keys.page;
    model->line_jumps = keys.line_jumps;
    model->theme = keys.theme;
    model->as_of = keys.as_of;
    model->root->direction = (enum direction)keys.direction;
    if (keys.types)
        load_types(&loader, keys.types, keys.icons);
    if (keys.nodes)
        load_nodes(&loader, model->root, keys.nodes);
    if (keys.same_rank)
        load_same_rank(&loader, model->root, keys.same_rank);
    if (keys.edges)
        load_edges(&loader, keys.edges);
    if (keys.overlays && !too_many(&loader, keys.overlays, "overlays", MOST_OWN))
        load_overlays(&loader, keys.overlays);
    if (keys.steps)
        load_steps(&loader, keys.steps);
    if (keys.notes)
        load_notes(&loader, keys.notes);
    finish(&loader);
    return model;
}
