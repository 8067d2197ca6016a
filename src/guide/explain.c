#include <string.h>

#include "base/fold.h"
#include "check/notes.h"
#include "guide/guide_parts.h"

/* --- pieces --------------------------------------------------------------------------------------------------------------- */

void guide_put_name(const struct guide *guide, const char *const name[LANGS], struct str *out) {
    bool one = guide->lang >= 0 || strcmp(name[LANG_EN], name[LANG_JA]) == 0;
    str_put(out, name[guide->lang >= 0 ? guide->lang : LANG_EN]);
    if (!one)
        str_printf(out, " / %s", name[LANG_JA]);
}

void guide_put_fact(struct str *out, const char *key, const char *value) {
    enum { KEY = 16 };
    size_t n = strlen(key);
    if (!value)
        return;
    str_printf(out, "    %s", key);
    str_fill(out, ' ', n < KEY ? KEY - n : 1);
    str_printf(out, "%s\n", value);
}

void guide_put_fact_list(struct str *out, const char *key, const char *const *list) {
    struct str words = STR_EMPTY;
    for (size_t i = 0; list && list[i]; i++)
        str_printf(&words, "%s%s", i ? ", " : "", list[i]);
    if (words.n)
        guide_put_fact(out, key, words.at);
    str_free(&words);
}

/* Japanese has no spaces: between two characters that are wide a line may end as well. */
static size_t next_break(const char *text) {
    const char *at = text, *end = text + strlen(text);
    if (at < end)
        utf8_next(&at, end);
    while (at < end && *at != ' ') {
        const char *next = at;
        utf8_next(&next, end);
        if (utf8_columns(at, (size_t)(next - at)) == 2 && strncmp(at, "、", 3) != 0 && strncmp(at, "。", 3) != 0 &&
            strncmp(at, "ー", 3) != 0)
            break;
        at = next;
    }
    return (size_t)(at - text);
}

void guide_put_wrapped(struct str *out, size_t indent, const char *text) {
    enum { WIDTH = 100 };
    size_t column = 0;
    while (*text) {
        size_t n = next_break(text), wide = utf8_columns(text, n);
        if (column && indent + column + wide > WIDTH) {
            str_putc(out, '\n');
            column = 0;
        }
        if (!column) {
            str_fill(out, ' ', indent);
            for (; *text == ' '; text++, n--)
                wide--;
        }
        str_putn(out, text, n);
        column += wide;
        text += n;
    }
    str_putc(out, '\n');
}

/* --- types ------------------------------------------------------------------------------------------------------------------ */

static void put_attributes(const struct guide *guide, const struct type *type, struct str *out) {
    int lang = guide->lang < 0 ? LANG_EN : guide->lang;
    if (!type->attributes)
        return;
    str_put(out, "\n    attributes\n");
    for (const struct attribute *const *at = type->attributes; *at; at++) {
        size_t n = strlen((*at)->key);
        str_printf(out, "        %s", (*at)->key);
        str_fill(out, ' ', n < 26 ? 26 - n : 1);
        str_put(out, value_type_names[(*at)->value]);
        for (size_t i = 0; (*at)->choices && (*at)->choices[i]; i++)
            str_printf(out, "%s%s", i ? " | " : ": ", (*at)->choices[i]);
        str_printf(out, "   %s%s\n", (*at)->name[lang], (*at)->shown ? ", shown in the picture" : "");
    }
}

static bool holds(const char *const *list, const char *word) {
    for (; list && *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

/* A few of the notes about it; the rest are found by `list`. */
static void put_notes(const struct type *type, struct str *out) {
    enum { MOST = 8 };
    size_t n = 0;
    for (size_t i = 0; i < notes_builtin_count; i++) {
        if (!holds(notes_builtin[i].services, type->key))
            continue;
        if (n < MOST)
            str_printf(out, "%s        %s\n", n ? "" : "\n    notes\n", notes_builtin[i].id);
        n++;
    }
    if (n > MOST)
        str_printf(out, "        and %zu more: awsdiag list notes %s\n", n - MOST, type->key);
}

static const char *sample_value(const struct attribute *attribute) {
    static const char *const samples[VALUE_TYPES] = {
        "text", "1", "true", "10.0.0.0/16", "203.0.113.10", "65001", "\"012345678901\""};
    return attribute->choices ? attribute->choices[0] : samples[attribute->value];
}

static void put_example(const struct type *type, struct str *out) {
    const struct attribute *const *at = type->attributes;
    while (at && *at && !(*at)->shown)
        at++;
    str_put(out, "\n    example\n");
    if (type->shape == SHAPE_GROUP)
        str_printf(out, "        my-%s:\n            type: %s\n            nodes:\n                app: ec2\n",
                   type->key, type->key);
    else if (at && *at)
        str_printf(out, "        my-%s: {type: %s, %s: %s}\n", type->key, type->key, (*at)->key, sample_value(*at));
    else
        str_printf(out, "        my-%s: %s\n", type->key, type->key);
}

static void put_type(const struct guide *guide, const struct type *type, struct str *out) {
    str_printf(out, "%s: %s, ", type->key, shape_names[type->shape]);
    guide_put_name(guide, type->name, out);
    str_put(out, "\n\n");
    guide_put_fact(out, "state", guide_state(guide, type));
    guide_put_fact_list(out, "also called", type->aliases);
    guide_put_fact(out, "CloudFormation", type->cloudformation);
    guide_put_fact(out, "category", type->category->name[guide->lang < 0 ? LANG_EN : guide->lang]);
    guide_put_fact(out, "family", type->family);
    guide_put_fact(out, "icon", type->icon);
    guide_put_fact(out, "monogram", type->monogram);
    guide_put_fact_list(out, "stands inside", type->inside);
    guide_put_fact_list(out, "never inside", type->outside);
    guide_put_fact_list(out, "on the frame of", type->border);
    guide_put_fact(out, "outside a VPC", type->global ? "yes" : NULL);
    put_attributes(guide, type, out);
    put_notes(type, out);
    put_example(type, out);
}

static bool explain_type(const struct guide *guide, const char *name, unsigned shapes, struct str *out) {
    const struct type *type = catalog_type(guide->catalog, name);
    if (!type || !(shapes & 1u << type->shape))
        return false;
    put_type(guide, type, out);
    return true;
}

bool guide_explain_service(const struct guide *guide, const char *name, struct str *out) {
    return explain_type(guide, name, 1u << SHAPE_SERVICE | 1u << SHAPE_RESOURCE, out);
}

bool guide_explain_group(const struct guide *guide, const char *name, struct str *out) {
    return explain_type(guide, name, 1u << SHAPE_GROUP, out);
}

bool guide_explain_actor(const struct guide *guide, const char *name, struct str *out) {
    return explain_type(guide, name, 1u << SHAPE_ACTOR, out);
}

/* --- attributes, kinds, parts ------------------------------------------------------------------------------------------------- */

static bool has(const struct type *type, const char *key) { return catalog_attribute(type, key) != NULL; }

bool guide_explain_attribute(const struct guide *guide, const char *name, struct str *out) {
    const struct attribute *attribute = NULL;
    for (size_t i = 0; i < guide->catalog->attribute_count; i++)
        if (strcmp(guide->catalog->attributes[i].key, name) == 0)
            attribute = &guide->catalog->attributes[i];
    if (!attribute)
        return false;
    str_printf(out, "%s: attribute, ", attribute->key);
    guide_put_name(guide, attribute->name, out);
    str_put(out, "\n\n");
    guide_put_fact(out, "value", value_type_names[attribute->value]);
    guide_put_fact_list(out, "one of", attribute->choices);
    guide_put_fact(out, "shown", attribute->shown ? "under the name, in the picture" : NULL);
    const char **types = arena_array(guide->arena, guide->catalog->type_count + 1, sizeof *types);
    size_t n = 0;
    for (size_t i = 0; i < guide->catalog->type_count; i++)
        if (has(&guide->catalog->types[i], name))
            types[n++] = guide->catalog->types[i].key;
    guide_put_fact_list(out, "of", types);
    return true;
}

bool guide_explain_kind(const struct guide *guide, const char *name, struct str *out) {
    const struct kind *kind = catalog_kind(guide->catalog, name);
    if (!kind)
        return false;
    str_printf(out, "%s: kind of edge, ", kind->key);
    guide_put_name(guide, kind->name, out);
    str_put(out, "\n\n");
    guide_put_fact(out, "line", dash_names[kind->dash]);
    guide_put_fact(out, "colour",
                   kind->colour ? arena_printf(guide->arena, "#%06X", (unsigned)kind->colour) : "of plain lines");
    guide_put_fact(out, "joins equals", kind->lateral ? "yes: says nothing of which comes first" : NULL);
    guide_put_fact(out, "blocked", kind->blocked ? "yes: drawn crossed out, rules skip it" : NULL);
    str_printf(out, "\n    example\n        - a -> b: {label: ..., kind: %s}\n", kind->key);
    return true;
}

static const char *scalar(const struct tree *map, const char *key) {
    const struct tree *value = map && map->kind == TREE_MAP ? tree_get(map, key) : NULL;
    return value && value->kind == TREE_SCALAR ? value->text : NULL;
}

static void put_parameters(const struct guide *guide, const struct tree *parameters, struct str *out) {
    str_put(out, "\n    parameters\n");
    for (size_t i = 0; i < parameters->n; i++) {
        const struct tree *parameter = parameters->items[i];
        const char *name = parameters->keys[i]->text, *type = scalar(parameter, "type"),
                   *about = scalar(parameter, "description");
        const char *required = scalar(parameter, "required");
        size_t n = strlen(name);
        str_printf(out, "        %s", name);
        str_fill(out, ' ', n < 16 ? 16 - n : 1);
        str_printf(out, "%s%s%s%s\n", type ? type : "text",
                   required && strcmp(required, "true") == 0 ? ", required" : "", about ? "   " : "",
                   about ? about : "");
    }
    (void)guide;
}

/* What an example gives for a parameter of a type, so that it draws as it stands. */
static const char *sample(const char *type) {
    static const char *const samples[][2] = {
        {"cidr", "10.0.0.0/16"},     {"asn", "65001"}, {"ip", "198.51.100.1"},
        {"account", "111111111111"}, {"int", "1"},     {"bool", "true"},
    };
    for (size_t i = 0; type && i < sizeof samples / sizeof *samples; i++)
        if (strcmp(samples[i][0], type) == 0)
            return samples[i][1];
    return "Example";
}

static void put_use(const char *name, const struct tree *parameters, struct str *out) {
    size_t n = 0;
    str_printf(out, "\n    example\n        my-%s: {use: %s", name, name);
    for (size_t i = 0; parameters && parameters->kind == TREE_MAP && i < parameters->n; i++) {
        const char *required = scalar(parameters->items[i], "required");
        if (required && strcmp(required, "true") == 0)
            str_printf(out, "%s%s: %s", n++ ? ", " : ", with: {", parameters->keys[i]->text,
                       sample(scalar(parameters->items[i], "type")));
    }
    str_put(out, n ? "}}\n" : "}\n");
}

bool guide_explain_part(const struct guide *guide, const char *name, struct str *out) {
    struct guide_rows rows = {0};
    const struct guide_row *row = NULL;
    guide_part_rows(guide, &rows);
    for (size_t i = 0; i < rows.n; i++)
        if (strcmp(rows.at[i].key, name) == 0)
            row = &rows.at[i];
    const struct tree *tree = row ? template_part(guide->paths, name, guide->arena, guide->diags) : NULL;
    if (!tree)
        return false;
    str_printf(out, "%s: part, ", name);
    if (row->name[0])
        guide_put_name(guide, row->name, out);
    str_putc(out, '\n');
    const struct tree *parameters = tree_get(tree, "parameters");
    if (parameters && parameters->kind == TREE_MAP)
        put_parameters(guide, parameters, out);
    put_use(name, parameters, out);
    return true;
}

/* --- whatever is called so ------------------------------------------------------------------------------------------------------ */

/* Lists whose rows need no page of their own: one line. */
static bool explain_row(const struct guide *guide, const struct guide_topic *topic, const char *name, struct str *out) {
    struct guide_rows rows = guide_rows(guide, topic);
    for (size_t i = 0; i < rows.n; i++) {
        const struct guide_row *row = &rows.at[i];
        if (strcmp(row->key, name) != 0)
            continue;
        str_printf(out, "%s: %s", row->key, topic->one);
        if (row->name[0]) {
            str_put(out, ", ");
            guide_put_name(guide, row->name, out);
        }
        str_putc(out, '\n');
        if (row->under || row->about[0])
            str_putc(out, '\n');
        guide_put_fact(out, "is", row->under);
        if (row->about[0])
            guide_put_wrapped(out, 4, row->about[guide->lang < 0 ? LANG_EN : guide->lang]);
        return true;
    }
    return false;
}

static void unknown(const struct guide *guide, const char *name) {
    struct str near = STR_EMPTY;
    size_t n = 0;
    for (size_t t = 0; t < guide_topic_count && n < 5; t++) {
        if (!guide_topics[t].explain) /* themes, icons, ...: nobody means these */
            continue;
        struct guide_rows rows = guide_rows(guide, &guide_topics[t]), found = guide_search(guide, &rows, name);
        for (size_t i = 0; i < found.n && i < 2 && n < 5; i++, n++)
            str_printf(&near, "%s`%s`", n ? ", " : "", found.at[i].key);
    }
    diag_add(guide->diags, DIAG_not_found, (struct mark){0}, "nothing is called `%s`", name);
    if (n)
        diag_hint(guide->diags, "near: %s", near.at);
    str_free(&near);
}

/* The rows that bear the name, with what a program wants to know of them. */
static void explain_json(const struct guide *guide, const char *name, struct str *out) {
    struct guide_rows named = {0};
    const struct type *type = catalog_type(guide->catalog, name);
    for (size_t t = 0; t < guide_topic_count; t++) {
        struct guide_rows rows = guide_rows(guide, &guide_topics[t]);
        for (size_t i = 0; i < rows.n; i++)
            if (strcmp(rows.at[i].key, name) == 0 || (type && t < 3 && strcmp(rows.at[i].key, type->key) == 0))
                *guide_add(guide, &named) = rows.at[i];
    }
    if (named.n)
        guide_put_json(&named, out);
    else
        unknown(guide, name);
}

void guide_explain(const struct guide *guide, const char *name, struct str *out) {
    bool found = false;
    if (guide->json) {
        explain_json(guide, name, out);
        return;
    }
    for (size_t t = 0; t < guide_topic_count; t++) {
        struct str one = STR_EMPTY;
        const struct guide_topic *topic = &guide_topics[t];
        if (topic->explain ? topic->explain(guide, name, &one) : explain_row(guide, topic, name, &one)) {
            str_put(out, found ? "\n" : "");
            str_putn(out, one.at, one.n);
            found = true;
        }
        str_free(&one);
    }
    if (!found)
        unknown(guide, name);
}
