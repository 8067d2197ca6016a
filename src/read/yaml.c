/* libyaml gives events; here they become a tree. libyaml counts characters, marks count bytes, so every event's index is turned
 * into an offset by walking the source once, forwards. An alias is a copy of the tree of its anchor, so that what changes one of them
 * leaves the others alone; since an anchor is known only when its value is complete, a tree can never contain itself. The budget on
 * aliases counts what is copied.
 */
#include "read/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/table.h"

const struct yaml_limits yaml_default_limits = {.depth = 64, .aliases = 100000};

struct anchor {
    struct tree *tree;
    size_t weight; /* nodes in it, aliases expanded */
};

struct reader {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    const struct source *source;
    struct arena *arena;
    const struct yaml_limits *limits;
    struct diags *diags;
    struct table anchors; /* the last of every name */
    size_t expanded;
    size_t seen_characters, seen_bytes; /* how far the walk from characters to bytes has come */
    bool failed;
};

/* --- places --------------------------------------------------------------------------------------------------------- */

static size_t offset_of(struct reader *reader, size_t character) {
    const char *bytes = reader->source->bytes, *end = bytes + reader->source->size;
    const char *at = bytes + reader->seen_bytes;
    for (; reader->seen_characters > character; reader->seen_characters--)
        do
            at--;
        while (((unsigned char)*at & 0xC0) == 0x80);
    for (; reader->seen_characters < character && at < end; reader->seen_characters++)
        utf8_next(&at, end);
    reader->seen_bytes = (size_t)(at - bytes);
    return reader->seen_bytes;
}

static struct mark event_mark(struct reader *reader) {
    size_t start = offset_of(reader, reader->event.start_mark.index),
           end = offset_of(reader, reader->event.end_mark.index);
    return (struct mark){reader->source, start, end, NULL};
}

static void fail(struct reader *reader, enum diag_code code, struct mark mark, const char *what, const char *hint) {
    diag_add(reader->diags, code, mark, "%s", what);
    if (hint)
        diag_hint(reader->diags, "%s", hint);
    reader->failed = true;
}

/* What libyaml says, in words of somebody who never heard of tokens. */
static const struct {
    const char *problem, *text, *hint;
} sentences[] = {
    {"did not find expected key", "this line does not fit the mapping around it",
     "check the indentation, and that every key has a `:` and a space behind it"},
    {"did not find expected ',' or '}'", "a `,` or the closing `}` is missing", NULL},
    {"did not find expected ',' or ']'", "a `,` or the closing `]` is missing", NULL},
    {"did not find expected '-' indicator", "a `-` for the next item of the list is missing", "check the indentation"},
    {"mapping values are not allowed in this context", "a `:` cannot stand here",
     "a key is indented like its neighbours; a text that holds `: ` stands in quotes"},
    {"found character that cannot start any token", "this character cannot start a value",
     "put the value in quotes; YAML indents with spaces, never with tabs"},
    {"found unexpected end of stream", "the file ends within a quoted text", "close the quote"},
    {"could not find expected ':'", "a `:` is missing behind this key", NULL},
    {"found undefined alias", "this alias names no anchor", NULL},
    {"did not find expected node content", "a value is missing here", NULL},
    {"found undefined tag handle", "tags are not part of the language", NULL},
};

static void syntax_error(struct reader *reader) {
    const char *problem = reader->parser.problem ? reader->parser.problem : "it cannot be read";
    size_t at = offset_of(reader, reader->parser.problem_mark.index);
    struct mark mark = {reader->source, at, at < reader->source->size ? at + 1 : at, NULL};
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(problem, sentences[i].problem) == 0) {
            fail(reader, DIAG_yaml_syntax, mark, sentences[i].text, sentences[i].hint);
            return;
        }
    fail(reader, DIAG_yaml_syntax, mark, problem, NULL);
}

/* --- events ----------------------------------------------------------------------------------------------------------- */

static yaml_event_type_t next(struct reader *reader) {
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    reader->has_event = false;
    if (reader->failed)
        return YAML_NO_EVENT;
    if (!yaml_parser_parse(&reader->parser, &reader->event)) {
        syntax_error(reader);
        return YAML_NO_EVENT;
    }
    reader->has_event = true;
    return reader->event.type;
}

static struct tree *new_tree(struct reader *reader, enum tree_kind kind) {
    struct tree *tree = arena_alloc(reader->arena, sizeof *tree);
    tree->kind = kind;
    tree->mark = event_mark(reader);
    tree->text = "";
    return tree;
}

static const char *anchor_name(struct reader *reader, const yaml_char_t *anchor) {
    return anchor ? arena_copy(reader->arena, (const char *)anchor, strlen((const char *)anchor)) : NULL;
}

static void refuse_tag(struct reader *reader, const yaml_char_t *tag) {
    if (tag && strcmp((const char *)tag, "!") != 0)
        fail(reader, DIAG_yaml_syntax, event_mark(reader), "tags are not part of the language",
             "write the value alone; its type follows from the key");
}

static struct tree *read_value(struct reader *reader, unsigned depth, size_t *weight);

struct tree *tree_copy(const struct tree *tree, struct arena *arena) {
    struct tree *copy = arena_alloc(arena, sizeof *copy);
    *copy = *tree;
    if (tree->items)
        copy->items = arena_array(arena, tree->n, sizeof(struct tree *));
    if (tree->keys)
        copy->keys = arena_array(arena, tree->n, sizeof(struct tree *));
    for (size_t i = 0; tree->items && i < tree->n; i++) {
        copy->items[i] = tree_copy(tree->items[i], arena);
        if (tree->keys)
            copy->keys[i] = tree_copy(tree->keys[i], arena);
    }
    return copy;
}

static struct tree *read_alias(struct reader *reader, size_t *weight) {
    const struct anchor *anchor = table_get(&reader->anchors, (const char *)reader->event.data.alias.anchor);
    if (!anchor) {
        fail(reader, DIAG_yaml_syntax, event_mark(reader), "this alias names no anchor above it", NULL);
        return NULL;
    }
    *weight = anchor->weight;
    reader->expanded += anchor->weight;
    if (reader->expanded > reader->limits->aliases) {
        fail(reader, DIAG_too_many, event_mark(reader), "the aliases of this file expand to too many values", NULL);
        return NULL;
    }
    struct tree *tree = tree_copy(anchor->tree, reader->arena);
    if (tree->kind == TREE_SCALAR)
        tree->mark = event_mark(reader);
    return tree;
}

static struct tree *read_scalar(struct reader *reader) {
    refuse_tag(reader, reader->event.data.scalar.tag);
    struct tree *tree = new_tree(reader, TREE_SCALAR);
    tree->text = arena_copy(reader->arena, (const char *)reader->event.data.scalar.value,
                            reader->event.data.scalar.length);
    tree->quoted = reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (strlen(tree->text) != reader->event.data.scalar.length)
        fail(reader, DIAG_control_character, tree->mark, "the character U+0000 may not stand in a text", NULL);
    return tree;
}

static struct tree *read_list(struct reader *reader, unsigned depth, size_t *weight) {
    refuse_tag(reader, reader->event.data.sequence_start.tag);
    struct tree *tree = new_tree(reader, TREE_LIST);
    size_t cap = 0, inner;
    while (next(reader) != YAML_SEQUENCE_END_EVENT && !reader->failed) {
        struct tree *item = read_value(reader, depth + 1, &inner);
        if (!item)
            return NULL;
        tree->items = arena_grow(reader->arena, tree->items, &cap, tree->n + 1, sizeof *tree->items);
        tree->items[tree->n++] = item;
        *weight += inner;
    }
    if (!reader->failed)
        tree->mark.end = event_mark(reader).end;
    return reader->failed ? NULL : tree;
}

enum { FEW = 16 }; /* keys that are faster compared than looked up */

/* The key of the map with the same text, or NULL. `table` holds the keys from FEW on. */
static const struct tree *same_key(const struct tree *map, const struct table *table, const struct tree *key) {
    for (size_t i = 0; i < map->n && i < FEW; i++)
        if (strcmp(map->keys[i]->text, key->text) == 0)
            return map->keys[i];
    return table_get(table, key->text);
}

/* False when the key is there already. */
static bool check_key(struct reader *reader, const struct tree *map, const struct table *table,
                      const struct tree *key) {
    if (key->kind != TREE_SCALAR) {
        fail(reader, DIAG_wrong_shape, key->mark, "a key must be a word, not a list or a mapping", NULL);
        return true;
    }
    if (strcmp(key->text, "<<") == 0 && !key->quoted)
        fail(reader, DIAG_unknown_key, key->mark, "merge keys are not part of the language",
             "use a part (`use:`) for what repeats itself");
    const struct tree *before = same_key(map, table, key);
    if (before)
        diag_add(reader->diags, DIAG_duplicate_key, key->mark, "the key `%s` is given twice", key->text)->also =
            before->mark;
    return before == NULL;
}

static struct tree *read_map(struct reader *reader, unsigned depth, size_t *weight) {
    refuse_tag(reader, reader->event.data.mapping_start.tag);
    struct tree *tree = new_tree(reader, TREE_MAP);
    size_t key_cap = 0, item_cap = 0, inner;
    struct table table = {0};
    while (next(reader) != YAML_MAPPING_END_EVENT && !reader->failed) {
        struct tree *key = read_value(reader, depth + 1, &inner);
        if (!key)
            return NULL;
        bool fresh = check_key(reader, tree, &table, key);
        next(reader);
        struct tree *value = reader->failed ? NULL : read_value(reader, depth + 1, &inner);
        if (!value)
            return NULL;
        if (!fresh)
            continue;
        tree->keys = arena_grow(reader->arena, tree->keys, &key_cap, tree->n + 1, sizeof *tree->keys);
        tree->items = arena_grow(reader->arena, tree->items, &item_cap, tree->n + 1, sizeof *tree->items);
        if (tree->n >= FEW)
            table_put(reader->arena, &table, key->text, key);
        tree->keys[tree->n] = key;
        tree->items[tree->n++] = value;
        *weight += inner + 1;
    }
    if (!reader->failed)
        tree->mark.end = event_mark(reader).end;
    return reader->failed ? NULL : tree;
}

/* The value that begins with the event in hand. */
static struct tree *read_value(struct reader *reader, unsigned depth, size_t *weight) {
    struct tree *tree = NULL;
    const char *name = NULL;
    *weight = 1;
    if (depth > reader->limits->depth) {
        fail(reader, DIAG_too_deep, event_mark(reader), "the nesting is too deep", NULL);
        return NULL;
    }
    switch (reader->event.type) {
    case YAML_ALIAS_EVENT: return read_alias(reader, weight);
    case YAML_SCALAR_EVENT:
        name = anchor_name(reader, reader->event.data.scalar.anchor);
        tree = read_scalar(reader);
        break;
    case YAML_SEQUENCE_START_EVENT:
        name = anchor_name(reader, reader->event.data.sequence_start.anchor);
        tree = read_list(reader, depth, weight);
        break;
    case YAML_MAPPING_START_EVENT:
        name = anchor_name(reader, reader->event.data.mapping_start.anchor);
        tree = read_map(reader, depth, weight);
        break;
    default: return NULL;
    }
    if (tree && name) {
        struct anchor *anchor = arena_alloc(reader->arena, sizeof *anchor);
        *anchor = (struct anchor){tree, *weight};
        table_put(reader->arena, &reader->anchors, name, anchor);
    }
    return tree;
}

static struct tree *read_document(struct reader *reader) {
    size_t weight;
    if (next(reader) != YAML_STREAM_START_EVENT)
        return NULL;
    yaml_event_type_t type = next(reader);
    if (type == YAML_STREAM_END_EVENT) {
        fail(reader, DIAG_yaml_empty, (struct mark){reader->source, 0, 0, NULL},
             "the file holds nothing but white space and comments", NULL);
        return NULL;
    }
    if (type != YAML_DOCUMENT_START_EVENT)
        return NULL;
    next(reader);
    struct tree *tree = reader->failed ? NULL : read_value(reader, 0, &weight);
    if (!tree)
        return NULL;
    next(reader); /* the end of the document */
    if (!reader->failed && next(reader) == YAML_DOCUMENT_START_EVENT)
        fail(reader, DIAG_yaml_many_documents, event_mark(reader), "a second document begins here",
             "one file holds one scenario");
    return reader->failed ? NULL : tree;
}

struct tree *yaml_read(const struct source *source, struct arena *arena, const struct yaml_limits *limits,
                       struct diags *diags) {
    struct reader reader = {.source = source, .arena = arena, .limits = limits, .diags = diags};
    if (!yaml_parser_initialize(&reader.parser))
        mem_fail(sizeof reader.parser);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)source->bytes, source->size);
    struct tree *tree = read_document(&reader);
    if (reader.has_event)
        yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
    if (tree && tree->kind == TREE_SCALAR && !tree->quoted && !*tree->text) {
        diag_add(diags, DIAG_yaml_empty, tree->mark, "the file holds nothing but white space and comments");
        return NULL;
    }
    return tree;
}

/* --- the tree ----------------------------------------------------------------------------------------------------------- */

struct tree *tree_get(const struct tree *map, const char *key) {
    for (size_t i = 0; map->kind == TREE_MAP && i < map->n; i++)
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->items[i];
    return NULL;
}

static void put_scalar(struct str *out, const struct tree *tree) {
    str_putc(out, '"');
    for (const char *at = tree->text; *at; at++)
        if (*at == '\n')
            str_put(out, "\\n");
        else if (*at == '"' || *at == '\\')
            str_printf(out, "\\%c", *at);
        else
            str_putc(out, *at);
    str_putc(out, '"');
}

static void put_position(struct str *out, struct mark mark) {
    struct position position = source_position(mark.source, mark.start);
    str_printf(out, " @%u:%u", position.line, position.column);
}

static void dump(const struct tree *tree, struct str *out, size_t indent) {
    static const char *const kinds[] = {"scalar", "list", "map"};
    if (tree->kind == TREE_SCALAR) {
        put_scalar(out, tree);
        put_position(out, tree->mark);
        str_putc(out, '\n');
        return;
    }
    str_put(out, kinds[tree->kind]);
    put_position(out, tree->mark);
    str_putc(out, '\n');
    for (size_t i = 0; i < tree->n; i++) {
        str_fill(out, ' ', 4 * (indent + 1));
        if (tree->kind == TREE_MAP) {
            str_put(out, tree->keys[i]->text);
            put_position(out, tree->keys[i]->mark);
            str_put(out, ": ");
        } else {
            str_put(out, "- ");
        }
        dump(tree->items[i], out, indent + 1);
    }
}

void tree_dump(const struct tree *tree, struct str *out) { dump(tree, out, 0); }
