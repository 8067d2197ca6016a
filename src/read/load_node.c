#include <string.h>

#include "read/load_parts.h"
#include "read/value.h"

/* Keys of a node, as they are read before they go into the model. */
struct node_keys {
    struct loader *loader;
    struct node *node;
    struct text label, tooltip;
    int direction, emphasis, step;
    bool implied;
    const struct tree *same_rank; /* looked up when all children are there */
};

static const char *const directions[] = {"default", "right", "down", "left", "up", NULL};

static void read_type(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key, (void)value, (void)object; /* was read first, see find_type */
}

static void read_children(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                          void *object) {
    (void)key;
    struct node_keys *keys = object;
    load_nodes(reader->context, keys->node, value);
}

static void keep_same_rank(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                           void *object) {
    (void)reader, (void)key;
    ((struct node_keys *)object)->same_rank = value;
}

static struct node *child_called(struct loader *loader, const struct node *node, const struct tree *name) {
    const char *path = node->path ? arena_printf(loader->arena, "%s.%s", node->path, name->text) : name->text;
    struct node *child = name->kind == TREE_SCALAR ? table_get(&loader->paths, path) : NULL;
    return child && child->parent == node ? child : NULL;
}

static struct node **load_row(struct loader *loader, const struct node *node, const struct tree *row, size_t *n) {
    struct node **nodes = arena_array(loader->arena, row->n + 1, sizeof *nodes);
    *n = 0;
    for (size_t k = 0; k < row->n; k++) {
        nodes[*n] = child_called(loader, node, row->items[k]);
        if (nodes[*n])
            ++*n;
        else
            diag_add(loader->diags, DIAG_unknown_node, row->items[k]->mark, "there is no `%s` directly inside `%s`",
                     row->items[k]->text, node->id ? node->id : "the scenario");
    }
    return nodes;
}

void load_same_rank(struct loader *loader, struct node *node, const struct tree *value) {
    if (value->kind != TREE_LIST) {
        diag_add(loader->diags, DIAG_wrong_shape, value->mark,
                 "`same-rank` takes a list of lists of ids, as in [[a, b]]");
        return;
    }
    struct node ***rows = arena_array(loader->arena, value->n + 1, sizeof *rows);
    node->same_rank_marks = arena_array(loader->arena, value->n, sizeof *node->same_rank_marks);
    size_t kept = 0, n = 0;
    for (size_t i = 0; i < value->n; i++) {
        if (value->items[i]->kind != TREE_LIST) {
            diag_add(loader->diags, DIAG_wrong_shape, value->items[i]->mark,
                     "a row of `same-rank` is a list of ids, as in [[a, b]]");
            continue;
        }
        struct node **nodes = load_row(loader, node, value->items[i], &n);
        if (n > 1) {
            node->same_rank_marks[kept] = value->items[i]->mark;
            rows[kept++] = nodes;
        }
    }
    node->same_rank = rows;
}

static void read_link(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    ((struct node_keys *)object)->node->link = load_link(reader->context, value);
}

static void read_style(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    load_style(reader->context, value, &((struct node_keys *)object)->node->style);
}

static void read_attributes(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                            void *object) {
    (void)key;
    struct node *node = ((struct node_keys *)object)->node;
    load_free_values(reader->context, value, &node->values, &node->value_count);
}

#define ROW(name, form, field, ...)                                                                                    \
    { name, form, offsetof(struct node_keys, field), __VA_ARGS__ }
static const struct schema_row rows[] = {
    ROW("type", SCHEMA_FUNCTION, node, .read = read_type, .json = "type",
        .about = "Type of the catalogue, by key, alias or CloudFormation name."),
    ROW("label", SCHEMA_TEXT, label, .about = "Name in the picture; the type's name when left out."),
    ROW("direction", SCHEMA_CHOICE, direction, .choices = directions, .about = "Flow of what is inside."),
    ROW("link", SCHEMA_FUNCTION, node, .read = read_link, .json = "link",
        .about = "Where a click leads: http, https, mailto or relative."),
    ROW("tooltip", SCHEMA_TEXT, tooltip, .about = "Text shown while the pointer rests on it."),
    ROW("emphasis", SCHEMA_CHOICE, emphasis, .choices = load_emphasis_names,
        .about = "Drawn stronger or lighter than the rest."),
    ROW("style", SCHEMA_FUNCTION, node, .read = read_style, .json = "style",
        .about = "Colour by name of the theme, dash, width."),
    ROW("step", SCHEMA_INT, step, .min = 1, .max = 99, .about = "Number of the story."),
    ROW("implied", SCHEMA_BOOL, implied, .about = "Not named by the source; drawn lighter."),
    ROW("attributes", SCHEMA_FUNCTION, node, .read = read_attributes, .json = "attributes",
        .about = "Further facts, for notes and rules."),
    ROW("nodes", SCHEMA_FUNCTION, node, .read = read_children, .json = "nodes",
        .about = "What stands inside; makes it a group."),
    ROW("same-rank", SCHEMA_FUNCTION, node, .read = keep_same_rank, .json = "same-rank",
        .about = "Rows of ids that stand side by side."),
};

static void check_value(struct schema_reader *reader, const struct attribute *attribute, const struct tree *value) {
    const char *wanted = value_wanted(attribute->value, value->text);
    if (wanted)
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` takes %s, not `%s`", attribute->key, wanted,
                 value->text);
    bool listed = !attribute->choices;
    size_t n = 0;
    for (; attribute->choices && attribute->choices[n]; n++)
        listed = listed || strcmp(attribute->choices[n], value->text) == 0;
    if (!listed) {
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` is no value of `%s`", value->text, attribute->key);
        diag_suggest(reader->diags, value->text, attribute->choices, n);
    }
}

static void add_value(struct schema_reader *reader, struct node *node, const struct value *value) {
    struct value *values = arena_array(reader->arena, node->value_count + 1, sizeof *values);
    if (node->value_count)
        memcpy(values, node->values, node->value_count * sizeof *values);
    values[node->value_count++] = *value;
    node->values = values;
}

static void unknown_attribute(struct schema_reader *reader, const struct node *node, const struct tree *key) {
    size_t n = 0, rows_n = sizeof rows / sizeof *rows;
    while (node->type->attributes && node->type->attributes[n])
        n++;
    const char **names = arena_array(reader->arena, n + rows_n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = node->type->attributes[i]->key;
    for (size_t i = 0; i < rows_n; i++)
        names[n + i] = rows[i].key;
    diag_add(reader->diags, DIAG_unknown_attribute, key->mark,
             "`%s` is no key of a node and no attribute of the type `%s`", key->text, node->type->key);
    diag_hint(reader->diags, "facts the catalogue does not know go under `attributes:`");
    schema_suggest(reader->diags, key->text, names, n + rows_n);
}

/* Attributes that the type declares stand beside the keys. */
static bool read_attribute(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                           void *object) {
    struct node *node = ((struct node_keys *)object)->node;
    const struct attribute *attribute = catalog_attribute(node->type, key->text);
    if (!attribute) {
        unknown_attribute(reader, node, key);
        return true;
    }
    if (value->kind != TREE_SCALAR || (!*value->text && !value->quoted)) {
        diag_add(reader->diags, DIAG_wrong_shape, value->mark, "`%s` takes one value", key->text);
        return true;
    }
    check_value(reader, attribute, value);
    add_value(reader, node, &(struct value){attribute->key, value->text, attribute, key->mark, value->mark});
    return true;
}

const struct schema load_node_schema = {"node", rows, sizeof rows / sizeof *rows, read_attribute};

/* --- one node ---------------------------------------------------------------------------------------------------------- */

bool load_good_id(const char *id) {
    size_t n = strlen(id);
    if (n == 0 || n > 64 || id[0] == '-')
        return false;
    for (; *id; id++)
        if (!((*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z') || (*id >= '0' && *id <= '9') || *id == '-' ||
              *id == '_'))
            return false;
    return true;
}

const struct type *load_type(struct loader *loader, const struct tree *name) {
    if (name->kind != TREE_SCALAR || !*name->text) {
        diag_add(loader->diags, DIAG_wrong_shape, name->mark, "`type` takes the name of a type");
        return NULL;
    }
    const struct type *type = catalog_type(loader->catalog, name->text);
    if (type)
        return type;
    const char *nearest[3];
    size_t n = 0;
    if (!diags_crowded(loader->diags)) {
        n = catalog_near(loader->catalog, name->text, nearest, 3);
        loader->diags->compared += 10 * loader->catalog->name_count; /* each in several spellings */
    }
    diag_add(loader->diags, DIAG_unknown_type, name->mark, "there is no type `%s`", name->text);
    if (n == 1)
        diag_hint(loader->diags, "did you mean `%s`?", nearest[0]);
    else if (n == 2)
        diag_hint(loader->diags, "did you mean `%s` or `%s`?", nearest[0], nearest[1]);
    else if (n > 2)
        diag_hint(loader->diags, "did you mean `%s`, `%s` or `%s`?", nearest[0], nearest[1], nearest[2]);
    return NULL;
}

static const struct type *find_type(struct loader *loader, const struct tree *name, const struct tree *node,
                                    bool group) {
    if (!name && group)
        return catalog_type(loader->catalog, "group");
    if (!name) {
        diag_add(loader->diags, DIAG_missing_key, node->mark, "a node needs the key `type`");
        return NULL;
    }
    return load_type(loader, name);
}

/* So that references find it. */
static void remember(struct loader *loader, struct node *node) {
    const struct node *before = table_get(&loader->paths, node->path);
    if (before) {
        diag_add(loader->diags, DIAG_duplicate_node, node->mark, "there are two nodes `%s`", node->path)->also =
            before->mark;
        return;
    }
    table_put(loader->arena, &loader->paths, node->path, node);
    struct namesakes *same = table_get(&loader->ids, node->id);
    if (!same) {
        same = arena_alloc(loader->arena, sizeof *same);
        table_put(loader->arena, &loader->ids, node->id, same);
    }
    *array_push(loader->arena, same) = node;
}

static struct node *add_node(struct loader *loader, struct node *parent, const struct tree *key,
                             const struct type *type) {
    struct node *node = arena_alloc(loader->arena, sizeof *node);
    node->id = key->text;
    node->path = parent->path ? arena_printf(loader->arena, "%s.%s", parent->path, key->text) : key->text;
    node->index = loader->nodes.n;
    node->type = type;
    node->parent = parent;
    node->depth = parent->depth + 1;
    node->mark = key->mark;
    *array_push(loader->arena, &loader->nodes) = node;
    remember(loader, node);
    parent->children[parent->child_count++] = node;
    return node;
}

static void read_keys(struct loader *loader, struct node *node, const struct tree *value) {
    struct node_keys keys = {.loader = loader, .node = node};
    schema_read(&load_node_schema, &loader->reader, value, &keys);
    node->label = keys.label;
    node->tooltip = keys.tooltip;
    node->direction = (enum direction)keys.direction;
    node->emphasis = (enum emphasis)keys.emphasis;
    node->step = keys.step;
    node->implied = keys.implied;
    if (keys.same_rank)
        load_same_rank(loader, node, keys.same_rank);
}

static void load_node(struct loader *loader, struct node *parent, const struct tree *key, const struct tree *value) {
    bool short_form = value->kind == TREE_SCALAR;
    if (!load_good_id(key->text)) {
        diag_add(loader->diags, DIAG_bad_id, key->mark, "`%s` cannot be an id: use letters a to z, digits, - and _",
                 key->text);
        diag_hint(loader->diags, "write what readers shall see as `label`, in any language");
    }
    if (value->kind == TREE_LIST) {
        diag_add(loader->diags, DIAG_wrong_shape, value->mark, "`%s` takes a type or a mapping, not a list", key->text);
        return;
    }
    const struct tree *nodes = short_form ? NULL : tree_get(value, "nodes"),
                      *name = short_form ? value : tree_get(value, "type");
    const struct type *type = find_type(loader, name, value, nodes != NULL);
    static const struct category none = {"general", {"General", "一般"}, 0x7D8998};
    static const struct type stand_in = {.key = "unknown", .name = {"?", "?"}, .category = &none, .monogram = "?"};
    struct node *node = add_node(loader, parent, key, type ? type : &stand_in);
    node->type_mark = name ? name->mark : key->mark;
    node->group = nodes != NULL || (type && type->shape == SHAPE_GROUP);
    if (!short_form && type)
        read_keys(loader, node, value);
    else if (!short_form && nodes)
        load_nodes(loader, node, nodes);
    if (nodes && type && type->shape != SHAPE_GROUP) {
        diag_add(loader->diags, DIAG_not_a_group, node->type_mark,
                 "`%s` holds other nodes, but its type `%s` is no group", node->id, type->key);
        diag_hint(loader->diags, "it is drawn as a frame in the type's colour");
    }
    if (!node->label.in[LANG_EN] && !node->label.in[LANG_JA])
        memcpy(node->label.in, node->type->name, sizeof node->label.in);
    load_text(loader, &node->label);
    load_text(loader, &node->tooltip);
}

void load_nodes(struct loader *loader, struct node *parent, const struct tree *map) {
    if (map->kind != TREE_MAP) {
        bool nothing = map->kind == TREE_SCALAR && !*map->text;
        diag_add(loader->diags, DIAG_wrong_shape, map->mark, "`nodes` takes a mapping of ids to nodes%s",
                 nothing ? ", not nothing" : "");
        if (nothing)
            diag_hint(loader->diags, "the ids stand below it, indented further than `nodes`");
        else if (map->kind == TREE_LIST)
            diag_hint(loader->diags, "a line each without `-`, as in `app: ec2`");
        return;
    }
    parent->children = arena_array(loader->arena, map->n, sizeof(struct node *));
    for (size_t i = 0; i < map->n; i++) {
        if (loader->nodes.n >= loader->limits->nodes) {
            if (!loader->too_many)
                diag_add(loader->diags, DIAG_too_many, map->keys[i]->mark, "the scenario has more than %zu nodes",
                         loader->limits->nodes);
            loader->too_many = true;
            return;
        }
        load_node(loader, parent, map->keys[i], map->items[i]);
    }
}
