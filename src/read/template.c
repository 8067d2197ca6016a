/* Expansion copies: the tree of a part is parsed once and copied for every use, with the arguments put in and every mark told where
 * it was used, so that a mistake in a part shows both places. Trees of the scenario itself are changed in place.
 *
 * Edges of a part name its nodes from within. They join the scenario's edges with the path of the use put before every name, parted
 * by a colon: "cloud.web:logs" is the node that `logs` names inside cloud.web.
 */
#include "read/template.h"

#include <string.h>
#include <unistd.h>

#include "base/table.h"
#include "model/catalog.h"
#include "read/value.h"

/* Parts may use parts several times each, so what they make is bounded: values, and bytes of one text. */
enum { DEFAULT_DEPTH = 16, MOST_VALUES = 1000000, MOST_BYTES = 65536 };

struct part {
    struct tree *tree; /* of its file; NULL: could not be read */
};

/* A use or an `extends` that is being worked on, for naming cycles. */
struct chain {
    const char *name;
    const struct chain *outer;
    unsigned depth;
};

struct expander {
    const struct template_paths *paths;
    struct arena *arena;
    struct diags *diags;
    struct table parts; /* by name */
    size_t made;        /* values copied so far */
    bool full;          /* the bound was reported */
    struct tree *edges; /* list of the scenario, to which those of parts are added */
    size_t edge_cap;
    const char *directory; /* of the scenario, with its slash; "" for the working directory */
};

/* The arguments of one use. */
struct arguments {
    const struct tree *parameters; /* map: name -> description */
    const struct tree *given;      /* map, or NULL */
    const struct tree *use;        /* value of `use:` */
};

/* --- files ------------------------------------------------------------------------------------------------------------- */

static bool good_name(const char *name) {
    if (!*name || *name == '-')
        return false;
    for (; *name; name++)
        if (!((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9') || *name == '-'))
            return false;
    return true;
}

/* Whether it can be read is reported when it is opened. */
static bool exists(const char *path) { return access(path, F_OK) == 0; }

static struct source *open_part(struct expander *expander, const char *name, struct mark mark) {
    for (const char *const *directory = expander->paths->directories; directory && *directory; directory++) {
        const char *path = arena_printf(expander->arena, "%s/parts/%s.yaml", *directory, name);
        if (exists(path))
            return source_open(expander->paths->sources, path, &mark, expander->diags);
    }
    const char *beside = arena_printf(expander->arena, "%sparts/%s.yaml", expander->directory, name);
    if (exists(beside))
        return source_open(expander->paths->sources, beside, &mark, expander->diags);
    for (size_t i = 0; i < template_part_count; i++)
        if (strcmp(template_parts[i].name, name) == 0) {
            const char *title = arena_printf(expander->arena, "<built in>/parts/%s.yaml", name);
            struct source *source = source_memory(expander->paths->sources, title, template_parts[i].bytes,
                                                  template_parts[i].size, expander->diags);
            if (source)
                source->builtin = true;
            return source;
        }
    return NULL;
}

static void unknown_part(struct expander *expander, const struct tree *use) {
    const char **names = arena_array(expander->arena, template_part_count, sizeof *names);
    for (size_t i = 0; i < template_part_count; i++)
        names[i] = template_parts[i].name;
    diag_add(expander->diags, DIAG_unknown_part, use->mark, "there is no part `%s`", use->text);
    diag_suggest(expander->diags, use->text, names, template_part_count);
}

static const struct tree *find_part(struct expander *expander, const struct tree *use) {
    if (use->kind != TREE_SCALAR || !good_name(use->text)) {
        diag_add(expander->diags, DIAG_unknown_part, use->mark,
                 "`use` takes the name of a part: letters, digits and -");
        return NULL;
    }
    struct part *part = table_get(&expander->parts, use->text);
    if (part)
        return part->tree;
    size_t before = expander->diags->n;
    struct source *source = open_part(expander, use->text, use->mark);
    struct tree *tree = source ? yaml_read(source, expander->arena, &yaml_default_limits, expander->diags) : NULL;
    if (!source && before == expander->diags->n)
        unknown_part(expander, use);
    if (tree && (tree->kind != TREE_MAP || !tree_get(tree, "node"))) {
        diag_add(expander->diags, DIAG_missing_key, tree->mark, "a part needs the key `node`");
        tree = NULL;
    }
    part = arena_alloc(expander->arena, sizeof *part);
    part->tree = tree;
    table_put(expander->arena, &expander->parts, use->text, part);
    return tree;
}

/* --- arguments ------------------------------------------------------------------------------------------------------------ */

static void check_argument(struct expander *expander, const char *name, const struct tree *parameter,
                           const struct tree *value) {
    const struct tree *type = tree_get(parameter, "type");
    if (!type || value->kind != TREE_SCALAR)
        return;
    for (int i = 0; i < VALUE_TYPES; i++)
        if (strcmp(value_type_names[i], type->text) == 0) {
            const char *wanted = value_wanted((enum value_type)i, value->text);
            if (wanted)
                diag_add(expander->diags, DIAG_bad_value, value->mark, "`%s` takes %s, not `%s`", name, wanted,
                         value->text);
        }
}

static void check_arguments(struct expander *expander, const struct arguments *arguments) {
    const struct tree *parameters = arguments->parameters, *given = arguments->given;
    size_t n = parameters ? parameters->n : 0;
    const char **names = arena_array(expander->arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++) {
        names[i] = parameters->keys[i]->text;
        const struct tree *required = tree_get(parameters->items[i], "required");
        if (required && strcmp(required->text, "true") == 0 && (!given || !tree_get(given, names[i])))
            diag_add(expander->diags, DIAG_missing_parameter, arguments->use->mark, "the part `%s` needs `%s`",
                     arguments->use->text, names[i]);
    }
    for (size_t i = 0; given && i < given->n; i++) {
        const struct tree *parameter = parameters ? tree_get(parameters, given->keys[i]->text) : NULL;
        if (parameter) {
            check_argument(expander, given->keys[i]->text, parameter, given->items[i]);
            continue;
        }
        diag_add(expander->diags, DIAG_unknown_parameter, given->keys[i]->mark, "the part `%s` has no parameter `%s`",
                 arguments->use->text, given->keys[i]->text);
        diag_suggest(expander->diags, given->keys[i]->text, names, n);
    }
}

static const struct tree *argument(const struct arguments *arguments, const char *name, bool *known) {
    const struct tree *parameter = arguments->parameters ? tree_get(arguments->parameters, name) : NULL;
    *known = parameter != NULL;
    const struct tree *value = arguments->given ? tree_get(arguments->given, name) : NULL;
    return value ? value : parameter ? tree_get(parameter, "default") : NULL;
}

/* --- copying with arguments put in --------------------------------------------------------------------------------------------- */

static struct mark used_at(struct mark mark, const struct mark *via) {
    mark.via = via;
    return mark;
}

/* The name in "$(name)" at `at`, its length in `n`; NULL when there is none. */
static const char *reference(const char *at, size_t *n) {
    if (at[0] != '$' || at[1] != '(')
        return NULL;
    const char *end = strchr(at, ')');
    *n = end ? (size_t)(end - at - 2) : 0;
    return end ? at + 2 : NULL;
}

/* Reported once; what is made from then on is cut short. */
static void too_much(struct expander *expander, struct mark mark, enum diag_code code, const char *what) {
    if (!expander->full)
        diag_add(expander->diags, code, mark, "%s", what);
    expander->full = true;
}

static bool within_bounds(struct expander *expander, struct mark mark) {
    if (++expander->made > MOST_VALUES)
        too_much(expander, mark, DIAG_too_many, "the parts of this scenario expand to too many values");
    return !expander->full;
}

/* An argument may be put in several times, and is changed in each place. */
static struct tree *copy_argument(struct expander *expander, const struct tree *value, struct mark mark) {
    if (!value || !within_bounds(expander, mark))
        return NULL;
    struct tree *out = arena_alloc(expander->arena, sizeof *out);
    *out = *value;
    out->items = value->items ? arena_array(expander->arena, value->n, sizeof(struct tree *)) : NULL;
    out->keys = value->keys ? arena_array(expander->arena, value->n, sizeof(struct tree *)) : NULL;
    out->n = 0;
    for (size_t i = 0; value->items && i < value->n; i++) {
        struct tree *key = value->keys ? copy_argument(expander, value->keys[i], mark) : NULL,
                    *item = copy_argument(expander, value->items[i], mark);
        if (!item || (value->keys && !key))
            break;
        if (key)
            out->keys[out->n] = key;
        out->items[out->n++] = item;
    }
    return out;
}

static const char *put_in(struct expander *expander, const struct tree *tree, const struct arguments *arguments) {
    if (!strchr(tree->text, '$'))
        return tree->text;
    struct str text = STR_EMPTY;
    for (const char *at = tree->text; *at && !expander->full;) {
        size_t n;
        bool known;
        if (text.n > MOST_BYTES)
            too_much(expander, tree->mark, DIAG_too_long, "the arguments make a text that is too long");
        const char *name = reference(at, &n);
        if (name) {
            const char *key = arena_copy(expander->arena, name, n);
            const struct tree *value = argument(arguments, key, &known);
            if (!known)
                diag_add(expander->diags, DIAG_unknown_parameter, tree->mark, "the part has no parameter `%s`", key);
            else if (value && value->kind == TREE_SCALAR)
                str_put(&text, value->text);
            at = name + n + 1;
        } else {
            str_putc(&text, *at);
            at += at[0] == '$' && at[1] == '$' ? 2 : 1;
        }
    }
    const char *copy = arena_copy(expander->arena, text.at, text.n);
    str_free(&text);
    return copy;
}

/* Keys are words, whatever is put in. */
static struct tree *copy_key(struct expander *expander, const struct tree *key, const struct arguments *arguments,
                             const struct mark *via) {
    struct tree *out = arena_alloc(expander->arena, sizeof *out);
    *out = *key;
    out->mark = used_at(key->mark, via);
    out->text = put_in(expander, key, arguments);
    return *out->text || !*key->text ? out : NULL;
}

/* A copy of `tree`; NULL when it is nothing but an argument that was not given. */
static struct tree *copy(struct expander *expander, const struct tree *tree, const struct arguments *arguments,
                         const struct mark *via) {
    if (!within_bounds(expander, tree->mark))
        return NULL;
    struct tree *out = arena_alloc(expander->arena, sizeof *out);
    *out = *tree;
    out->mark = used_at(tree->mark, via);
    if (tree->kind == TREE_SCALAR) {
        size_t n;
        bool known;
        const char *name = reference(tree->text, &n);
        if (name && name[n + 1] == '\0') {
            const char *key = arena_copy(expander->arena, name, n);
            const struct tree *value = argument(arguments, key, &known);
            if (known)
                return copy_argument(expander, value, tree->mark);
        }
        out->text = put_in(expander, tree, arguments);
        return out;
    }
    out->items = arena_array(expander->arena, tree->n, sizeof(struct tree *));
    out->keys = tree->keys ? arena_array(expander->arena, tree->n, sizeof(struct tree *)) : NULL;
    out->n = 0;
    for (size_t i = 0; i < tree->n; i++) {
        struct tree *item = copy(expander, tree->items[i], arguments, via);
        if (!item)
            continue;
        if (tree->keys && !(out->keys[out->n] = copy_key(expander, tree->keys[i], arguments, via)))
            continue;
        out->items[out->n++] = item;
    }
    return out;
}

/* --- merging ---------------------------------------------------------------------------------------------------------------------- */

static void set(struct expander *expander, struct tree *map, struct tree *key, struct tree *value) {
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->keys[i]->text, key->text) == 0) {
            map->items[i] = value;
            return;
        }
    struct tree **keys = arena_array(expander->arena, map->n + 1, sizeof *keys),
                **items = arena_array(expander->arena, map->n + 1, sizeof *items);
    for (size_t i = 0; i < map->n; i++)
        keys[i] = map->keys[i], items[i] = map->items[i];
    keys[map->n] = key, items[map->n] = value;
    map->keys = keys, map->items = items;
    map->n++;
}

static bool is_languages(const struct tree *tree) {
    for (size_t i = 0; tree->kind == TREE_MAP && i < tree->n; i++)
        for (int lang = 0; lang < LANGS; lang++)
            if (strcmp(tree->keys[i]->text, lang_codes[lang]) == 0)
                return true;
    return false;
}

static struct tree *merge(struct expander *expander, struct tree *base, struct tree *over);

static void merge_maps(struct expander *expander, struct tree *base, const struct tree *over) {
    size_t most = base->n + over->n;
    struct tree **keys = arena_array(expander->arena, most, sizeof *keys),
                **items = arena_array(expander->arena, most, sizeof *items);
    struct table places = {0};
    for (size_t i = 0; i < base->n; i++) {
        keys[i] = base->keys[i], items[i] = base->items[i];
        table_put(expander->arena, &places, keys[i]->text, &items[i]);
    }
    for (size_t i = 0; i < over->n; i++) {
        struct tree **mine = table_get(&places, over->keys[i]->text);
        if (mine) {
            *mine = merge(expander, *mine, over->items[i]);
            continue;
        }
        keys[base->n] = over->keys[i], items[base->n] = over->items[i];
        table_put(expander->arena, &places, keys[base->n]->text, &items[base->n]);
        base->n++;
    }
    base->keys = keys, base->items = items;
}

/* `over` on top of `base`, which is changed: mappings key by key, lists one behind the other, all else as `over` has it. */
static struct tree *merge(struct expander *expander, struct tree *base, struct tree *over) {
    if (base->kind != over->kind || base->kind == TREE_SCALAR || is_languages(over))
        return over;
    if (base->kind == TREE_MAP) {
        merge_maps(expander, base, over);
        return base;
    }
    struct tree **items = arena_array(expander->arena, base->n + over->n, sizeof *items);
    for (size_t i = 0; i < base->n + over->n; i++)
        items[i] = i < base->n ? base->items[i] : over->items[i - base->n];
    base->items = items;
    base->n += over->n;
    return base;
}

/* --- parts -------------------------------------------------------------------------------------------------------------------------- */

static bool in_chain(struct expander *expander, const struct chain *chain, const char *name, struct mark mark,
                     const char *what) {
    for (const struct chain *link = chain; link; link = link->outer) {
        if (strcmp(link->name, name) != 0)
            continue;
        struct str names = STR_EMPTY;
        str_put(&names, name);
        for (const struct chain *step = chain; step != link; step = step->outer)
            str_printf(&names, ", used by %s", step->name);
        diag_add(expander->diags, DIAG_part_cycle, mark, "the %s `%s` uses itself: %s, used by %s", what, name,
                 names.at, name);
        str_free(&names);
        return true;
    }
    return false;
}

static bool too_deep(struct expander *expander, const struct chain *chain, const struct tree *at) {
    unsigned most = expander->paths->depth ? expander->paths->depth : DEFAULT_DEPTH;
    if (!chain || chain->depth < most)
        return false;
    diag_add(expander->diags, DIAG_too_deep, at->mark, "parts within parts are nested deeper than %u", most);
    return true;
}

/* Names in a short edge, or in `from` and `to`, as seen from the scenario. */
static const char *scoped(struct expander *expander, const char *path, const char *name) {
    if (strcmp(name, "self") == 0)
        return path;
    if (strncmp(name, "self.", 5) == 0)
        name += 5;
    return arena_printf(expander->arena, "%s:%s", path, name);
}

static bool is_arrow(const char *word) {
    return strcmp(word, "->") == 0 || strcmp(word, "<-") == 0 || strcmp(word, "<->") == 0 || strcmp(word, "--") == 0;
}

static const char *scope_short(struct expander *expander, const char *path, const char *text) {
    struct str out = STR_EMPTY;
    while (*text) {
        size_t space = strspn(text, " \t\n"), n = strcspn(text + space, " \t\n");
        const char *word = arena_copy(expander->arena, text + space, n);
        str_putn(&out, text, space);
        str_put(&out, n == 0 || is_arrow(word) ? word : scoped(expander, path, word));
        text += space + n;
    }
    const char *copied = arena_copy(expander->arena, out.at, out.n);
    str_free(&out);
    return copied;
}

static void scope_edge(struct expander *expander, const char *path, struct tree *edge) {
    if (edge->kind == TREE_SCALAR)
        edge->text = scope_short(expander, path, edge->text);
    if (edge->kind != TREE_MAP)
        return;
    struct tree *from = tree_get(edge, "from"), *to = tree_get(edge, "to");
    if (!from && !to && edge->n == 1) {
        edge->keys[0]->text = scope_short(expander, path, edge->keys[0]->text);
        return;
    }
    for (int i = 0; i < 2; i++) {
        struct tree *end = i ? to : from;
        if (end && end->kind == TREE_SCALAR) {
            struct tree *other = arena_alloc(expander->arena, sizeof *other);
            *other = *end;
            other->text = scoped(expander, path, end->text);
            for (size_t k = 0; k < edge->n; k++)
                if (edge->items[k] == end)
                    edge->items[k] = other;
        }
    }
}

static void add_edges(struct expander *expander, const struct tree *part, const struct arguments *arguments,
                      const char *path, const struct mark *via) {
    const struct tree *edges = tree_get(part, "edges");
    if (!edges)
        return;
    if (edges->kind != TREE_LIST) {
        diag_add(expander->diags, DIAG_wrong_shape, edges->mark, "`edges` of a part must be a list");
        return;
    }
    for (size_t i = 0; i < edges->n; i++) {
        struct tree *edge = copy(expander, edges->items[i], arguments, via);
        if (!edge)
            continue;
        scope_edge(expander, path, edge);
        expander->edges->items = arena_grow(expander->arena, expander->edges->items, &expander->edge_cap,
                                            expander->edges->n + 1, sizeof(struct tree *));
        expander->edges->items[expander->edges->n++] = edge;
    }
}

static struct tree *expand_node(struct expander *expander, struct tree *node, const char *path,
                                const struct chain *chain);
static struct tree *stand_in(struct expander *expander, const struct tree *node);

static void expand_children(struct expander *expander, struct tree *node, const char *path, const struct chain *chain) {
    struct tree *nodes = node->kind == TREE_MAP ? tree_get(node, "nodes") : NULL;
    for (size_t i = 0; nodes && nodes->kind == TREE_MAP && i < nodes->n; i++) {
        const char *id = nodes->keys[i]->text;
        const char *below = *path ? arena_printf(expander->arena, "%s.%s", path, id) : id;
        struct tree *expanded = expand_node(expander, nodes->items[i], below, chain);
        nodes->items[i] = expanded ? expanded : stand_in(expander, nodes->items[i]);
    }
}

/* A mapping without two of its keys. */
static struct tree *without(struct expander *expander, const struct tree *map, const char *one, const char *other) {
    struct tree *rest = arena_alloc(expander->arena, sizeof *rest);
    *rest = *map;
    rest->keys = arena_array(expander->arena, map->n, sizeof(struct tree *));
    rest->items = arena_array(expander->arena, map->n, sizeof(struct tree *));
    rest->n = 0;
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->keys[i]->text, one) != 0 && strcmp(map->keys[i]->text, other) != 0) {
            rest->keys[rest->n] = map->keys[i];
            rest->items[rest->n++] = map->items[i];
        }
    return rest;
}

/* What the author wrote beside `use` and `with`. */
static struct tree *own_keys(struct expander *expander, const struct tree *node) {
    return without(expander, node, "use", "with");
}

/* A group in place of a part that could not be put in, so that one mistake is not reported again and again. */
static struct tree *stand_in(struct expander *expander, const struct tree *node) {
    struct tree *own = own_keys(expander, node), *key = arena_alloc(expander->arena, sizeof *key),
                *type = arena_alloc(expander->arena, sizeof *type);
    *key = (struct tree){.kind = TREE_SCALAR, .mark = node->mark, .text = "type"};
    *type = (struct tree){.kind = TREE_SCALAR, .mark = node->mark, .text = "group"};
    set(expander, own, key, type);
    return own;
}

static struct tree *use_part(struct expander *expander, struct tree *node, const struct tree *use, const char *path,
                             const struct chain *chain) {
    const struct tree *part = find_part(expander, use);
    struct tree *fallback = own_keys(expander, node);
    if (!part || expander->full || in_chain(expander, chain, use->text, use->mark, "part") ||
        too_deep(expander, chain, use))
        return NULL;
    const struct tree *parameters = tree_get(part, "parameters"), *given = tree_get(node, "with");
    struct arguments arguments = {parameters && parameters->kind == TREE_MAP ? parameters : NULL, given, use};
    if (given && given->kind != TREE_MAP) {
        diag_add(expander->diags, DIAG_wrong_shape, given->mark, "`with` takes a mapping of parameters");
        arguments.given = NULL;
    }
    check_arguments(expander, &arguments);
    struct mark *via = arena_alloc(expander->arena, sizeof *via);
    *via = use->mark;
    struct tree *body = copy(expander, tree_get(part, "node"), &arguments, via);
    if (expander->full)
        return NULL;
    if (!body || body->kind != TREE_MAP) {
        diag_add(expander->diags, DIAG_wrong_shape, part->mark, "`node` of a part must be a mapping");
        return NULL;
    }
    add_edges(expander, part, &arguments, path, via);
    struct chain link = {use->text, chain, chain ? chain->depth + 1 : 1};
    struct tree *expanded = expand_node(expander, body, path, &link);
    if (!expanded)
        return NULL;
    expanded = merge(expander, expanded, fallback);
    expanded->mark = node->mark;
    return expanded;
}

/* NULL when a part cannot be put in; that has been reported. */
static struct tree *expand_node(struct expander *expander, struct tree *node, const char *path,
                                const struct chain *chain) {
    if (node->kind != TREE_MAP)
        return node;
    const struct tree *use = tree_get(node, "use");
    if (!use) {
        if (tree_get(node, "with")) {
            diag_add(expander->diags, DIAG_unknown_key, tree_get(node, "with")->mark,
                     "`with` belongs to `use`, which is missing");
            node = own_keys(expander, node);
        }
        expand_children(expander, node, path, chain);
        return node;
    }
    /* what the author adds inside may use parts, too, and is not part of the chain */
    expand_children(expander, node, path, chain);
    return use_part(expander, node, use, path, chain);
}

/* --- extends ---------------------------------------------------------------------------------------------------------------------------- */

/* False for absolute paths and those that climb out of the directory they start in. */
static bool stays_inside(const char *path) {
    int depth = 0;
    if (*path == '/')
        return false;
    while (*path) {
        size_t n = strcspn(path, "/");
        if (n == 2 && path[0] == '.' && path[1] == '.')
            depth--;
        else if (n > 0 && !(n == 1 && path[0] == '.'))
            depth++;
        if (depth < 0)
            return false;
        path += n + (path[n] == '/');
    }
    return true;
}

/* The file that is named, with what it stands on itself; NULL when there is none, which is reported. */
static struct tree *open_base(struct expander *expander, const struct tree *extends, const struct chain *chain);

static struct tree *extend(struct expander *expander, struct tree *scenario, const struct chain *chain) {
    const struct tree *extends = scenario->kind == TREE_MAP ? tree_get(scenario, "extends") : NULL;
    if (!extends)
        return scenario;
    struct tree *own = without(expander, scenario, "extends", ""), *base = open_base(expander, extends, chain);
    if (!base || base->kind != TREE_MAP)
        return own;
    struct tree *merged = merge(expander, base, own);
    merged->mark = scenario->mark;
    return merged;
}

static struct tree *open_base(struct expander *expander, const struct tree *extends, const struct chain *chain) {
    if (extends->kind != TREE_SCALAR || !stays_inside(extends->text)) {
        diag_add(expander->diags, DIAG_outside_path, extends->mark,
                 "`extends` takes a file in the directory of the scenario or below it");
        return NULL;
    }
    const char *path = source_beside(expander->arena, extends->mark.source->name, extends->text);
    if (in_chain(expander, chain, path, extends->mark, "scenario") || too_deep(expander, chain, extends))
        return NULL;
    struct source *source = source_open(expander->paths->sources, path, &extends->mark, expander->diags);
    struct tree *base = source ? yaml_read(source, expander->arena, &yaml_default_limits, expander->diags) : NULL;
    struct chain link = {path, chain, chain ? chain->depth + 1 : 1};
    return base ? extend(expander, base, &link) : NULL;
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------------------- */

static void find_directory(struct expander *expander, const struct source *source) {
    const char *slash = source ? strrchr(source->name, '/') : NULL;
    expander->directory = slash ? arena_copy(expander->arena, source->name, (size_t)(slash - source->name) + 1) : "";
}

static struct tree *edge_list(struct expander *expander, struct tree *scenario) {
    struct tree *edges = tree_get(scenario, "edges");
    struct tree *list = arena_alloc(expander->arena, sizeof *list);
    *list = (struct tree){.kind = TREE_LIST, .mark = scenario->mark, .text = ""};
    if (edges && edges->kind == TREE_LIST) {
        *list = *edges;
        list->items = arena_array(expander->arena, edges->n, sizeof(struct tree *));
        if (edges->n)
            memcpy(list->items, edges->items, edges->n * sizeof(struct tree *));
        expander->edge_cap = edges->n;
    }
    return list;
}

struct tree *template_expand(struct tree *scenario, const struct template_paths *paths, struct arena *arena,
                             struct diags *diags) {
    struct expander expander = {.paths = paths, .arena = arena, .diags = diags};
    find_directory(&expander, scenario->mark.source);
    scenario = extend(&expander, scenario, NULL);
    if (scenario->kind != TREE_MAP)
        return scenario;
    struct tree *edges = tree_get(scenario, "edges");
    expander.edges = edge_list(&expander, scenario);
    size_t before = expander.edges->n;
    expand_children(&expander, scenario, "", NULL);
    if (expander.edges->n > before && (!edges || edges->kind == TREE_LIST)) {
        struct tree *key = arena_alloc(arena, sizeof *key);
        *key = (struct tree){.kind = TREE_SCALAR, .mark = scenario->mark, .text = "edges"};
        set(&expander, scenario, key, expander.edges);
    }
    return scenario;
}

struct tree *template_part(const struct template_paths *paths, const char *name, struct arena *arena,
                           struct diags *diags) {
    struct expander expander = {.paths = paths, .arena = arena, .diags = diags, .directory = ""};
    struct source *source = good_name(name) ? open_part(&expander, name, (struct mark){0}) : NULL;
    struct tree *tree = source ? yaml_read(source, arena, &yaml_default_limits, diags) : NULL;
    return tree && tree->kind == TREE_MAP ? tree : NULL;
}
