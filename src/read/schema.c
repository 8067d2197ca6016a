#include "read/schema.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "model/model.h"

static void wrong_shape(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                        const char *wanted) {
    static const char *const kinds[] = {"a text", "a list", "a mapping"};
    diag_add(reader->diags, DIAG_wrong_shape, value->mark, "`%s` takes %s, not %s", key->text, wanted,
             value->kind == TREE_SCALAR && !*value->text ? "nothing" : kinds[value->kind]);
}

static bool scalar(struct schema_reader *reader, const struct tree *key, const struct tree *value, const char *wanted) {
    if (value->kind == TREE_SCALAR && (*value->text || value->quoted))
        return true;
    wrong_shape(reader, key, value, wanted);
    return false;
}

/* --- numbers, by hand, since the C library's reading depends on the locale -------------------------------------------- */

static bool parse_number(const char *text, bool whole, double *out) {
    double sign = *text == '-' ? -1 : 1, value = 0, unit = 1;
    size_t digits = 0;
    text += *text == '-' || *text == '+';
    for (; *text >= '0' && *text <= '9' && digits < 18; text++, digits++)
        value = value * 10 + (*text - '0');
    if (*text == '.' && !whole)
        for (text++; *text >= '0' && *text <= '9' && digits < 18; text++, digits++)
            value += (unit /= 10) * (*text - '0');
    *out = sign * value;
    return digits > 0 && !*text;
}

static void put_bound(struct str *out, double value) { str_number(out, value, 2); }

static bool number(struct schema_reader *reader, const struct schema_row *row, const struct tree *key,
                   const struct tree *value, double *out) {
    bool whole = row->form == SCHEMA_INT;
    if (!scalar(reader, key, value, whole ? "a whole number" : "a number"))
        return false;
    if (!parse_number(value->text, whole, out)) {
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` takes %s, not `%s`", key->text,
                 whole ? "a whole number" : "a number", value->text);
        return false;
    }
    if (*out < row->min || (row->max > row->min && *out > row->max)) {
        struct str bounds = STR_EMPTY;
        put_bound(&bounds, row->min);
        str_put(&bounds, " to ");
        put_bound(&bounds, row->max);
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` is outside %s, which `%s` takes", value->text,
                 bounds.at, key->text);
        str_free(&bounds);
        return false;
    }
    return true;
}

/* --- forms ---------------------------------------------------------------------------------------------------------------- */

static void read_bool(struct schema_reader *reader, const struct tree *key, const struct tree *value, bool *out) {
    if (!scalar(reader, key, value, "true or false"))
        return;
    if (strcmp(value->text, "true") == 0 || strcmp(value->text, "yes") == 0)
        *out = true;
    else if (strcmp(value->text, "false") == 0 || strcmp(value->text, "no") == 0)
        *out = false;
    else
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` takes true or false, not `%s`", key->text,
                 value->text);
}

static size_t list_length(const char *const *list) {
    size_t n = 0;
    while (list[n])
        n++;
    return n;
}

/* Words of other languages for diagrams and of habit. The first row whose key is a candidate counts. */
static const char *const elsewhere[][2] = {
    {"name", "label"},
    {"name", "title"},
    {"title", "label"},
    {"text", "label"},
    {"caption", "label"},
    {"protocol", "label"},
    {"children", "nodes"},
    {"contains", "nodes"},
    {"contents", "nodes"},
    {"items", "nodes"},
    {"services", "nodes"},
    {"resources", "nodes"},
    {"elements", "nodes"},
    {"connections", "edges"},
    {"links", "edges"},
    {"relations", "edges"},
    {"arrows", "edges"},
    {"flows", "edges"},
    {"groups", "nodes"},
    {"groups", "overlays"},
    {"source", "from"},
    {"src", "from"},
    {"target", "to"},
    {"destination", "to"},
    {"dest", "to"},
    {"dst", "to"},
    {"color", "style"},
    {"colour", "style"},
    {"description", "tooltip"},
    {"rankdir", "direction"},
    {"orientation", "direction"},
    {"layout", "direction"},
    {"LR", "right"},
    {"RL", "left"},
    {"TB", "down"},
    {"TD", "down"},
    {"BT", "up"},
    {"horizontal", "right"},
    {"vertical", "down"},
};

void schema_suggest(struct diags *diags, const char *word, const char *const *candidates, size_t n) {
    for (size_t row = 0; row < sizeof elsewhere / sizeof *elsewhere; row++)
        for (size_t i = 0; i < n && strcasecmp(elsewhere[row][0], word) == 0; i++)
            if (strcmp(elsewhere[row][1], candidates[i]) == 0) {
                diag_hint(diags, "did you mean `%s`?", candidates[i]);
                return;
            }
    diag_suggest(diags, word, candidates, n);
}

static void read_choice(struct schema_reader *reader, const struct schema_row *row, const struct tree *key,
                        const struct tree *value, int *out) {
    if (!scalar(reader, key, value, "a word"))
        return;
    for (int i = 0; row->choices[i]; i++)
        if (strcmp(row->choices[i], value->text) == 0) {
            *out = i;
            return;
        }
    struct str words = STR_EMPTY;
    size_t n = list_length(row->choices);
    for (size_t i = 0; i < n; i++)
        str_printf(&words, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", row->choices[i]);
    diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` takes %s, not `%s`", key->text, words.at, value->text);
    schema_suggest(reader->diags, value->text, row->choices, n);
    str_free(&words);
}

static void read_colour(struct schema_reader *reader, const struct tree *key, const struct tree *value, uint32_t *out) {
    if (!scalar(reader, key, value, "a colour"))
        return;
    uint32_t colour = 0;
    bool fine = strlen(value->text) == 7 && value->text[0] == '#';
    for (int i = 1; i < 7 && fine; i++) {
        char c = value->text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        fine = digit >= 0;
        colour = colour << 4 | (uint32_t)(digit & 15);
    }
    if (fine)
        *out = colour;
    else
        diag_add(reader->diags, DIAG_bad_value, value->mark, "`%s` takes a colour like \"#8C4FFF\", not `%s`",
                 key->text, value->text);
}

static void read_text(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                      struct text *out) {
    if (value->kind == TREE_SCALAR) {
        for (int lang = 0; lang < LANGS && (*value->text || value->quoted); lang++)
            out->in[lang] = value->text;
        out->mark = value->mark;
        if (!*value->text && !value->quoted)
            wrong_shape(reader, key, value, "a text or a mapping of languages");
        return;
    }
    if (value->kind != TREE_MAP || value->n == 0) {
        wrong_shape(reader, key, value, "a text or a mapping of languages");
        return;
    }
    out->mark = value->mark;
    for (size_t i = 0; i < value->n; i++) {
        int lang = 0;
        while (lang < LANGS && strcmp(lang_codes[lang], value->keys[i]->text) != 0)
            lang++;
        if (lang == LANGS) {
            diag_add(reader->diags, DIAG_unknown_key, value->keys[i]->mark, "there is no language `%s`",
                     value->keys[i]->text);
            diag_suggest(reader->diags, value->keys[i]->text, lang_codes, LANGS);
        } else if (scalar(reader, value->keys[i], value->items[i], "a text")) {
            out->in[lang] = value->items[i]->text;
            if (value->n == 1)
                out->mark = value->items[i]->mark;
        }
    }
}

static void read_strings(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                         const char *const **out) {
    size_t n = value->kind == TREE_LIST ? value->n : 1;
    if (value->kind == TREE_MAP) {
        wrong_shape(reader, key, value, "a word or a list of words");
        return;
    }
    const char **list = arena_array(reader->arena, n + 1, sizeof *list);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct tree *item = value->kind == TREE_LIST ? value->items[i] : value;
        if (scalar(reader, key, item, "words"))
            list[kept++] = item->text;
    }
    *out = list;
}

static void read_row(struct schema_reader *reader, const struct schema_row *row, const struct tree *key,
                     const struct tree *value, void *object) {
    void *field = (char *)object + row->offset;
    double read;
    switch (row->form) {
    case SCHEMA_STRING:
        if (scalar(reader, key, value, "a text"))
            *(const char **)field = value->text;
        break;
    case SCHEMA_TEXT: read_text(reader, key, value, field); break;
    case SCHEMA_INT:
        if (number(reader, row, key, value, &read))
            *(int *)field = (int)read;
        break;
    case SCHEMA_NUMBER:
        if (number(reader, row, key, value, &read))
            *(double *)field = read;
        break;
    case SCHEMA_BOOL: read_bool(reader, key, value, field); break;
    case SCHEMA_CHOICE: read_choice(reader, row, key, value, field); break;
    case SCHEMA_COLOUR: read_colour(reader, key, value, field); break;
    case SCHEMA_STRINGS: read_strings(reader, key, value, field); break;
    case SCHEMA_FUNCTION: row->read(reader, key, value, object); break;
    }
}

static const struct schema_row *find_row(const struct schema *schema, const char *key) {
    for (size_t i = 0; i < schema->n; i++)
        if (strcmp(schema->rows[i].key, key) == 0)
            return &schema->rows[i];
    return NULL;
}

static const char *article(const char *noun) { return strchr("aeiou", noun[0]) ? "an" : "a"; }

static void unknown_key(const struct schema *schema, struct schema_reader *reader, const struct tree *key) {
    const char **keys = arena_array(reader->arena, schema->n, sizeof *keys);
    for (size_t i = 0; i < schema->n; i++)
        keys[i] = schema->rows[i].key;
    diag_add(reader->diags, DIAG_unknown_key, key->mark, "unknown key `%s` in %s %s", key->text, article(schema->name),
             schema->name);
    schema_suggest(reader->diags, key->text, keys, schema->n);
}

bool schema_read(const struct schema *schema, struct schema_reader *reader, const struct tree *map, void *object) {
    if (map->kind != TREE_MAP) {
        diag_add(reader->diags, DIAG_wrong_shape, map->mark, "%s %s must be a mapping of keys and values",
                 article(schema->name), schema->name);
        return false;
    }
    for (size_t i = 0; i < map->n; i++) {
        const struct schema_row *row = find_row(schema, map->keys[i]->text);
        if (row)
            read_row(reader, row, map->keys[i], map->items[i], object);
        else if (!schema->other || !schema->other(reader, map->keys[i], map->items[i], object))
            unknown_key(schema, reader, map->keys[i]);
    }
    for (size_t i = 0; i < schema->n; i++)
        if (schema->rows[i].required && !tree_get(map, schema->rows[i].key)) {
            struct mark mark = map->mark;
            diag_add(reader->diags, DIAG_missing_key, mark, "%s %s needs the key `%s`", article(schema->name),
                     schema->name, schema->rows[i].key);
        }
    return true;
}
