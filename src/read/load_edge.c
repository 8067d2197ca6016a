#include <string.h>

#include "read/load_parts.h"

struct edge_keys {
    struct edge *edge;
    const struct tree *from, *to, *kind;
    struct text label, tooltip;
    int step, emphasis;
    int side_from, side_to;
    bool both, undirected, rank, implied;
};

static const char *const sides[] = {"any", "left", "right", "top", "bottom", NULL};

static void read_from(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct edge_keys *)object)->from = value;
}

static void read_to(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct edge_keys *)object)->to = value;
}

static void read_kind(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct edge_keys *)object)->kind = value;
}

static const struct schema_row side_rows[] = {
    {"from", SCHEMA_CHOICE, offsetof(struct edge_keys, side_from), .choices = sides,
     .about = "Side of the first node."},
    {"to", SCHEMA_CHOICE, offsetof(struct edge_keys, side_to), .choices = sides, .about = "Side of the second node."},
};
const struct schema load_side_schema = {"side", side_rows, sizeof side_rows / sizeof *side_rows, NULL};

static void read_side(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    schema_read(&load_side_schema, reader, value, object);
}

static void read_link(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    ((struct edge_keys *)object)->edge->link = load_link(reader->context, value);
}

static void read_style(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    load_style(reader->context, value, &((struct edge_keys *)object)->edge->style);
}

static void read_attributes(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                            void *object) {
    (void)key;
    struct edge *edge = ((struct edge_keys *)object)->edge;
    load_free_values(reader->context, value, &edge->values, &edge->value_count);
}

#define ROW(name, form, field, ...)                                                                                    \
    { name, form, offsetof(struct edge_keys, field), __VA_ARGS__ }
static const struct schema_row rows[] = {
    ROW("from", SCHEMA_FUNCTION, from, .read = read_from, .json = "reference", .about = "Node the edge begins at."),
    ROW("to", SCHEMA_FUNCTION, to, .read = read_to, .json = "reference", .about = "Node the edge ends at."),
    ROW("both", SCHEMA_BOOL, both, .about = "Arrows at both ends."),
    ROW("undirected", SCHEMA_BOOL, undirected, .about = "No arrows."),
    ROW("label", SCHEMA_TEXT, label, .about = "Text on the line."),
    ROW("kind", SCHEMA_FUNCTION, kind, .read = read_kind, .json = "kind",
        .about = "What flows; gives the style of the line."),
    ROW("step", SCHEMA_INT, step, .min = 1, .max = 99, .about = "Number of the story."),
    ROW("side", SCHEMA_FUNCTION, side_from, .read = read_side, .json = "side",
        .about = "Sides of the nodes the line is tied to."),
    ROW("rank", SCHEMA_BOOL, rank, .about = "false: shall not push its ends apart."),
    ROW("link", SCHEMA_FUNCTION, edge, .read = read_link, .json = "link", .about = "Where a click leads."),
    ROW("tooltip", SCHEMA_TEXT, tooltip, .about = "Text shown while the pointer rests on it."),
    ROW("emphasis", SCHEMA_CHOICE, emphasis, .choices = load_emphasis_names,
        .about = "Drawn stronger or lighter than the rest."),
    ROW("style", SCHEMA_FUNCTION, edge, .read = read_style, .json = "style",
        .about = "Colour by name of the theme, dash, width."),
    ROW("implied", SCHEMA_BOOL, implied, .about = "Not named by the source; drawn lighter."),
    ROW("attributes", SCHEMA_FUNCTION, edge, .read = read_attributes, .json = "attributes",
        .about = "Further facts, for notes and rules."),
};
const struct schema load_edge_schema = {"edge", rows, sizeof rows / sizeof *rows, NULL};

/* --- references -------------------------------------------------------------------------------------------------------- */

static bool answers(const struct node *node, const struct node *scope, const char *name) {
    size_t n = strlen(node->path), m = strlen(name), outer = scope->path ? strlen(scope->path) + 1 : 0;
    return m + outer <= n && strcmp(node->path + n - m, name) == 0 && (n == m || node->path[n - m - 1] == '.');
}

struct answers {
    struct node *found[4];
    size_t n;
};

static struct answers look_up(struct loader *loader, const struct node *scope, const char *name) {
    struct answers all = {.n = 0};
    const char *whole = scope->path ? arena_printf(loader->arena, "%s.%s", scope->path, name) : name,
               *dot = strrchr(name, '.');
    struct node *exact = table_get(&loader->paths, whole);
    if (exact) /* the whole path always names its node */
        return (struct answers){{exact}, 1};
    const struct namesakes *same = table_get(&loader->ids, dot ? dot + 1 : name);
    for (size_t i = 0; same && i < same->n; i++) {
        struct node *node = same->at[i];
        if (!model_within(node, scope) || node == scope || !answers(node, scope, name))
            continue;
        if (all.n < 4)
            all.found[all.n] = node;
        all.n++;
    }
    return all;
}

static void report_unknown(struct loader *loader, const char *name, struct mark mark) {
    diag_add(loader->diags, DIAG_unknown_node, mark, "there is no node `%s`", name);
    if (diags_crowded(loader->diags))
        return;
    const char **ids = arena_array(loader->arena, 2 * loader->nodes.n, sizeof *ids);
    for (size_t i = 0; i < loader->nodes.n; i++) {
        ids[i] = loader->nodes.at[i]->id;
        ids[loader->nodes.n + i] = loader->nodes.at[i]->path;
    }
    diag_suggest(loader->diags, name, ids, 2 * loader->nodes.n);
}

static void report_ambiguous(struct loader *loader, const char *name, const struct answers *all, struct mark mark) {
    struct str names = STR_EMPTY;
    for (size_t i = 0; i < all->n && i < 4; i++)
        str_printf(&names, "%s`%s`", i ? ", " : "", all->found[i]->path);
    diag_add(loader->diags, DIAG_ambiguous_node, mark, "`%s` names %zu nodes", name, all->n);
    diag_hint(loader->diags, "write more of the path: %s%s", names.at, all->n > 4 ? " ..." : "");
    str_free(&names);
}

struct node *load_reference(struct loader *loader, const char *name, struct mark mark) {
    const char *colon = strchr(name, ':'), *inner = colon ? colon + 1 : name;
    struct answers *all = table_get(&loader->answers, name);
    if (!all) {
        const struct node *scope = NULL;
        if (colon) /* of a part: see read/template.c */
            scope = table_get(&loader->paths, arena_copy(loader->arena, name, (size_t)(colon - name)));
        all = arena_alloc(loader->arena, sizeof *all);
        *all = look_up(loader, scope ? scope : loader->model->root, inner);
        table_put(loader->arena, &loader->answers, name, all);
    }
    if (all->n == 1)
        return all->found[0];
    if (all->n == 0)
        report_unknown(loader, inner, mark);
    else
        report_ambiguous(loader, inner, all, mark);
    return NULL;
}

/* --- building ----------------------------------------------------------------------------------------------------------- */

static const struct kind *find_kind(struct loader *loader, const struct tree *value) {
    const struct catalog *catalog = loader->catalog;
    if (!value)
        return &catalog->kinds[0];
    const struct kind *kind = value->kind == TREE_SCALAR ? catalog_kind(catalog, value->text) : NULL;
    if (kind)
        return kind;
    const char **names = arena_array(loader->arena, catalog->kind_count, sizeof *names);
    for (size_t i = 0; i < catalog->kind_count; i++)
        names[i] = catalog->kinds[i].key;
    diag_add(loader->diags, DIAG_unknown_kind, value->mark, "there is no kind of edge `%s`", value->text);
    diag_suggest(loader->diags, value->text, names, catalog->kind_count);
    return &catalog->kinds[0];
}

static struct edge *add_edge(struct loader *loader, struct node *from, struct node *to, const struct edge_keys *keys) {
    if (loader->edges.n >= loader->limits->edges) {
        if (!loader->too_many)
            diag_add(loader->diags, DIAG_too_many, keys->edge->mark, "the scenario has more than %zu edges",
                     loader->limits->edges);
        loader->too_many = true;
        return NULL;
    }
    struct edge *edge = arena_alloc(loader->arena, sizeof *edge);
    *edge = *keys->edge;
    edge->index = loader->edges.n;
    edge->id = arena_printf(loader->arena, "e%zu", loader->edges.n + 1);
    edge->from = from, edge->to = to;
    edge->label = keys->label, edge->tooltip = keys->tooltip;
    edge->kind = find_kind(loader, keys->kind);
    edge->step = keys->step;
    edge->emphasis = (enum emphasis)keys->emphasis;
    edge->side_from = (enum side)keys->side_from, edge->side_to = (enum side)keys->side_to;
    edge->free_rank = !keys->rank;
    edge->implied = keys->implied;
    *array_push(loader->arena, &loader->edges) = edge;
    load_text(loader, &edge->label);
    load_text(loader, &edge->tooltip);
    return edge;
}

/* --- short edges: "a -> b <-> c" ------------------------------------------------------------------------------------------ */

enum arrow { ARROW_NONE, ARROW_TO, ARROW_FROM, ARROW_BOTH, ARROW_PLAIN };

static enum arrow arrow_of(const char *word, size_t n) {
    static const struct {
        const char *text;
        enum arrow arrow;
    } arrows[] = {{"->", ARROW_TO}, {"<-", ARROW_FROM}, {"<->", ARROW_BOTH}, {"--", ARROW_PLAIN}};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (n == strlen(arrows[i].text) && memcmp(word, arrows[i].text, n) == 0)
            return arrows[i].arrow;
    return ARROW_NONE;
}

struct word {
    const char *text;
    struct mark mark;
    enum arrow arrow;
};

/* Words of a short edge with their places. In quoted or expanded text places inside are not known: the whole is marked. */
static size_t split(struct loader *loader, const struct tree *tree, struct word **out) {
    size_t n = 0, cap = 0;
    bool exact = !tree->quoted && !tree->mark.via && tree->mark.end - tree->mark.start == strlen(tree->text);
    *out = NULL;
    for (const char *at = tree->text; *at;) {
        at += strspn(at, " \t\n");
        size_t length = strcspn(at, " \t\n");
        if (!length)
            break;
        *out = arena_grow(loader->arena, *out, &cap, n + 1, sizeof **out);
        struct word *word = &(*out)[n++];
        *word = (struct word){arena_copy(loader->arena, at, length), tree->mark, arrow_of(at, length)};
        if (exact) {
            word->mark.start = tree->mark.start + (size_t)(at - tree->text);
            word->mark.end = word->mark.start + length;
        }
        at += length;
    }
    return n;
}

static void bad_short(struct loader *loader, struct mark mark) {
    diag_add(loader->diags, DIAG_bad_edge, mark,
             "an edge is written `a -> b`, `a <-> b`, `a <- b`, `a -- b` or `a -> b -> c`");
    diag_hint(loader->diags, "put spaces around the arrows; or use {from: a, to: b}");
}

static void load_short(struct loader *loader, const struct tree *tree, struct edge_keys *keys) {
    struct word *words;
    size_t n = split(loader, tree, &words);
    if (n < 3 || n % 2 == 0) {
        bad_short(loader, tree->mark);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if ((words[i].arrow != ARROW_NONE) != (i % 2 == 1)) {
            bad_short(loader, words[i].mark);
            return;
        }
    struct node *before = load_reference(loader, words[0].text, words[0].mark);
    for (size_t i = 2; i < n; i += 2) {
        struct node *node = load_reference(loader, words[i].text, words[i].mark);
        enum arrow arrow = words[i - 1].arrow;
        bool back = arrow == ARROW_FROM;
        keys->edge->mark = tree->mark;
        keys->edge->from_mark = words[back ? i : i - 2].mark;
        keys->edge->to_mark = words[back ? i - 2 : i].mark;
        keys->edge->arrow_to = arrow != ARROW_PLAIN && !keys->undirected;
        keys->edge->arrow_from = (arrow == ARROW_BOTH || keys->both) && !keys->undirected;
        if (before && node)
            add_edge(loader, back ? node : before, back ? before : node, keys);
        before = node;
    }
}

static bool is_label(const struct tree *tree) {
    if (tree->kind == TREE_SCALAR)
        return true;
    for (size_t i = 0; tree->kind == TREE_MAP && i < tree->n; i++)
        for (int lang = 0; lang < LANGS; lang++)
            if (strcmp(tree->keys[i]->text, lang_codes[lang]) == 0)
                return true;
    return false;
}

/* "a -> b: label", where the label may be a text, a mapping of languages, or a mapping of keys. */
static void load_labelled(struct loader *loader, const struct tree *key, const struct tree *value,
                          struct edge_keys *keys) {
    if (is_label(value)) {
        struct tree name = {.kind = TREE_SCALAR, .text = "label", .mark = key->mark};
        struct tree *names[] = {&name}, *values[] = {(struct tree *)(size_t)value};
        struct tree map = {.kind = TREE_MAP, .mark = key->mark, .keys = names, .items = values, .n = 1};
        schema_read(&load_edge_schema, &loader->reader, &map, keys);
    } else {
        schema_read(&load_edge_schema, &loader->reader, value, keys);
    }
    load_short(loader, key, keys);
}

static void load_long(struct loader *loader, const struct tree *tree, struct edge_keys *keys) {
    schema_read(&load_edge_schema, &loader->reader, tree, keys);
    const struct tree *ends[2] = {keys->from, keys->to};
    struct node *nodes[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++)
        if (!ends[i])
            diag_add(loader->diags, DIAG_missing_key, tree->mark, "an edge needs the key `%s`", i ? "to" : "from");
        else if (ends[i]->kind != TREE_SCALAR || !*ends[i]->text)
            diag_add(loader->diags, DIAG_wrong_shape, ends[i]->mark, "`%s` takes the name of a node",
                     i ? "to" : "from");
        else
            nodes[i] = load_reference(loader, ends[i]->text, ends[i]->mark);
    if (!nodes[0] || !nodes[1])
        return;
    keys->edge->mark = tree->mark;
    keys->edge->from_mark = ends[0]->mark, keys->edge->to_mark = ends[1]->mark;
    keys->edge->arrow_to = !keys->undirected;
    keys->edge->arrow_from = keys->both && !keys->undirected;
    add_edge(loader, nodes[0], nodes[1], keys);
}

void load_edges(struct loader *loader, const struct tree *list) {
    if (list->kind != TREE_LIST) {
        diag_add(loader->diags, DIAG_wrong_shape, list->mark, "`edges` takes a list, as in `- a -> b`");
        return;
    }
    for (size_t i = 0; i < list->n && !loader->too_many; i++) {
        const struct tree *tree = list->items[i];
        struct edge edge = {.mark = tree->mark};
        struct edge_keys keys = {.edge = &edge, .rank = true};
        if (tree->kind == TREE_SCALAR)
            load_short(loader, tree, &keys);
        else if (tree->kind == TREE_MAP && tree->n == 1 && strpbrk(tree->keys[0]->text, " \t"))
            load_labelled(loader, tree->keys[0], tree->items[0], &keys);
        else if (tree->kind == TREE_MAP)
            load_long(loader, tree, &keys);
        else
            bad_short(loader, tree->mark);
    }
}
