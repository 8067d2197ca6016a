#include <string.h>

#include "base/json.h"
#include "guide/guide_parts.h"

const struct guide_topic guide_topics[] = {
    {"services", "service", "AWS services and their resources", guide_service_rows, guide_explain_service},
    {"groups", "group", "frames that hold others: VPC, subnet, account ...", guide_group_rows, guide_explain_group},
    {"actors", "actor", "what stands outside of AWS: users, servers, offices ...", guide_actor_rows,
     guide_explain_actor},
    {"attributes", "attribute", "facts a type may have: cidr, asn, engine ...", guide_attribute_rows,
     guide_explain_attribute},
    {"categories", "category", "categories of services, with their colours", guide_category_rows, NULL},
    {"kinds", "kind", "kinds of edges, with their line styles", guide_kind_rows, guide_explain_kind},
    {"notes", "note", "architecture notes of the knowledge base", guide_note_rows, guide_explain_note},
    {"parts", "part", "parts for `use:`", guide_part_rows, guide_explain_part},
    {"themes", "theme", "colours of the whole picture", guide_theme_rows, NULL},
    {"formats", "format", "what can be written", guide_format_rows, NULL},
    {"icons", "icon", "pictures of the icon pack, for types of one's own", guide_icon_rows, NULL},
    {"diagnostics", "diagnostic", "messages, by the name in brackets behind them", guide_diagnostic_rows, NULL},
};
const size_t guide_topic_count = sizeof guide_topics / sizeof *guide_topics;

bool guide_list_name(size_t i, const char **name, const char **about) {
    if (i >= guide_topic_count)
        return false;
    *name = guide_topics[i].list, *about = guide_topics[i].about;
    return true;
}

/* --- gathering ----------------------------------------------------------------------------------------------------------- */

struct guide_row *guide_add(const struct guide *guide, struct guide_rows *out) {
    return array_push(guide->arena, out);
}

struct guide_rows guide_rows(const struct guide *guide, const struct guide_topic *topic) {
    struct guide_rows rows = {0};
    topic->rows(guide, &rows);
    for (size_t i = 0; i < rows.n; i++)
        rows.at[i].list = topic->one;
    return rows;
}

static const struct guide_topic *find_topic(const char *list) {
    for (size_t i = 0; i < guide_topic_count; i++)
        if (strcmp(guide_topics[i].list, list) == 0 || strcmp(guide_topics[i].one, list) == 0)
            return &guide_topics[i];
    return NULL;
}

static struct guide_rows all_rows(const struct guide *guide) {
    struct guide_rows all = {0};
    for (size_t t = 0; t < guide_topic_count; t++) {
        struct guide_rows rows = guide_rows(guide, &guide_topics[t]);
        for (size_t i = 0; i < rows.n; i++)
            *guide_add(guide, &all) = rows.at[i];
    }
    return all;
}

/* --- as a table ------------------------------------------------------------------------------------------------------------ */

struct column {
    const char *title;
    const char *(*cell)(const struct guide *guide, const struct guide_row *row);
};

static const char *cell_list(const struct guide *guide, const struct guide_row *row) {
    (void)guide;
    return row->list;
}

static const char *cell_key(const struct guide *guide, const struct guide_row *row) {
    (void)guide;
    return row->key;
}

static const char *cell_english(const struct guide *guide, const struct guide_row *row) {
    return guide->lang == LANG_JA ? NULL : row->name[LANG_EN];
}

static bool same(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static const char *cell_japanese(const struct guide *guide, const struct guide_row *row) {
    if (guide->lang == LANG_EN || (guide->lang < 0 && same(row->name[LANG_EN], row->name[LANG_JA])))
        return NULL;
    return row->name[LANG_JA];
}

static const char *cell_under(const struct guide *guide, const struct guide_row *row) {
    (void)guide;
    return row->under;
}

static const char *cell_state(const struct guide *guide, const struct guide_row *row) {
    (void)guide;
    return row->state;
}

static const char *cell_about(const struct guide *guide, const struct guide_row *row) {
    return row->about[guide->lang == LANG_JA ? LANG_JA : LANG_EN];
}

static const char *cell_also(const struct guide *guide, const struct guide_row *row) {
    struct str words = STR_EMPTY;
    for (const char *const *also = row->also; also && *also; also++)
        str_printf(&words, "%s%s", words.n ? ", " : "", *also);
    if (row->code)
        str_printf(&words, "%s%s", words.n ? ", " : "", row->code);
    const char *copy = words.n ? arena_copy(guide->arena, words.at, words.n) : NULL;
    str_free(&words);
    return copy;
}

static const struct column columns[] = {
    {"LIST", cell_list},   {"KEY", cell_key},     {"NAME", cell_english}, {"名前", cell_japanese},
    {"UNDER", cell_under}, {"STATE", cell_state}, {"ABOUT", cell_about},  {"ALSO", cell_also},
};
enum { COLUMNS = sizeof columns / sizeof *columns, GAP = 2 };

static size_t wide(const char *text) { return text ? utf8_columns(text, strlen(text)) : 0; }

/* As much of the text as `room` columns take, with a mark where it is cut. */
static void put_cut(struct str *out, const char *text, size_t room) {
    const char *at = text, *end = text + strlen(text);
    if (room == 0 || wide(text) <= room) {
        str_put(out, text);
        return;
    }
    for (const char *next = at; next < end; at = next) {
        utf8_next(&next, end);
        if (utf8_columns(text, (size_t)(next - text)) >= room)
            break;
    }
    str_putn(out, text, (size_t)(at - text));
    str_put(out, "…");
}

static void put_line(const struct guide *guide, const char *const cells[COLUMNS], const size_t widths[COLUMNS],
                     struct str *out) {
    size_t start = out->n, column = 0, last = 0;
    for (size_t c = 0; c < COLUMNS; c++)
        if (widths[c] && cells[c])
            last = c;
    for (size_t c = 0; c <= last; c++) {
        const char *cell = cells[c] ? cells[c] : "";
        if (!widths[c])
            continue;
        if (guide->columns && guide->columns <= column + 8) /* no room for more than a few letters */
            break;
        put_cut(out, cell, guide->columns && guide->columns < column + wide(cell) ? guide->columns - column : 0);
        if (c < last)
            str_fill(out, ' ', widths[c] - wide(cell) + GAP);
        column += widths[c] + GAP;
    }
    while (out->n > start && out->at[out->n - 1] == ' ')
        out->at[--out->n] = '\0';
    str_putc(out, '\n');
}

static void put_table(const struct guide *guide, const struct guide_rows *rows, bool with_list, struct str *out) {
    const char *titles[COLUMNS], *(*cells)[COLUMNS] = arena_array(guide->arena, rows->n, sizeof *cells);
    size_t widths[COLUMNS] = {0};
    for (size_t i = 0; i < rows->n; i++)
        for (size_t c = with_list ? 0 : 1; c < COLUMNS; c++) {
            cells[i][c] = columns[c].cell(guide, &rows->at[i]);
            widths[c] = wide(cells[i][c]) > widths[c] ? wide(cells[i][c]) : widths[c];
        }
    for (size_t c = 0; c < COLUMNS; c++) {
        titles[c] = columns[c].title;
        if (widths[c])
            widths[c] = wide(titles[c]) > widths[c] ? wide(titles[c]) : widths[c];
    }
    put_line(guide, titles, widths, out);
    for (size_t i = 0; i < rows->n; i++)
        put_line(guide, cells[i], widths, out);
}

/* --- as JSON ----------------------------------------------------------------------------------------------------------------- */

static void put_member(struct str *out, const char *key, const char *value) {
    if (!value)
        return;
    str_put(out, ", ");
    json_string(out, key);
    str_put(out, ": ");
    json_string(out, value);
}

static void put_languages(struct str *out, const char *key, const char *const text[LANGS]) {
    if (!text[0])
        return;
    str_printf(out, ", \"%s\": {", key);
    for (int lang = 0; lang < LANGS; lang++) {
        str_printf(out, "%s\"%s\": ", lang ? ", " : "", lang_codes[lang]);
        json_string(out, text[lang] ? text[lang] : text[0]);
    }
    str_putc(out, '}');
}

void guide_put_json(const struct guide_rows *rows, struct str *out) {
    str_putc(out, '[');
    for (size_t i = 0; i < rows->n; i++) {
        const struct guide_row *row = &rows->at[i];
        str_put(out, i ? ",\n {\"list\": " : "\n {\"list\": ");
        json_string(out, row->list);
        put_member(out, "key", row->key);
        put_languages(out, "name", row->name);
        put_member(out, "under", row->under);
        if (row->also) {
            str_put(out, ", \"also\": ");
            json_strings(out, row->also);
        }
        put_member(out, "cloudformation", row->code);
        put_member(out, "state", row->state);
        put_languages(out, "about", row->about);
        put_languages(out, "today", row->today);
        put_member(out, "since", row->since);
        put_member(out, "source", row->source);
        str_putc(out, '}');
    }
    str_put(out, "\n]\n");
}

/* --- the list ------------------------------------------------------------------------------------------------------------------ */

static void unknown_list(const struct guide *guide, const char *list) {
    const char **names = arena_array(guide->arena, guide_topic_count, sizeof *names);
    struct str all = STR_EMPTY;
    for (size_t i = 0; i < guide_topic_count; i++) {
        names[i] = guide_topics[i].list;
        str_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    diag_add(guide->diags, DIAG_unknown_name, (struct mark){0}, "there is no list `%s`", list);
    diag_hint(guide->diags, "there are %s, and `all`", all.at);
    diag_suggest(guide->diags, list, names, guide_topic_count);
    str_free(&all);
}

void guide_list(const struct guide *guide, const char *list, const char *word, struct str *out) {
    bool all = strcmp(list, "all") == 0;
    const struct guide_topic *topic = all ? NULL : find_topic(list);
    if (!all && !topic) {
        unknown_list(guide, list);
        return;
    }
    struct guide_rows rows = all ? all_rows(guide) : guide_rows(guide, topic);
    if (word && *word)
        rows = guide_search(guide, &rows, word);
    if (rows.n == 0 && word)
        diag_add(guide->diags, DIAG_not_found, (struct mark){0}, "nothing in `%s` is like `%s`", list, word);
    else if (guide->scenario && !guide_put_scenario(guide, &rows, out))
        diag_add(guide->diags, DIAG_unknown_name, (struct mark){0},
                 "`%s` cannot be drawn: services, groups and actors can", list);
    else if (guide->scenario)
        return;
    else if (guide->json)
        guide_put_json(&rows, out);
    else
        put_table(guide, &rows, all, out);
}
