/* Both JSON forms are written as the files come: the results into one buffer, and for SARIF the rules they mention into another, which
 * stands before them in the end.
 */
#include "check/report.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"

struct report {
    enum report_form form;
    const char *version;
    struct arena *arena;
    struct str results, accepted, rules;
    ARRAY(const char *) rule_ids; /* in the order of `rules` */
    size_t files, errors, warnings, result_count, accepted_count;
};

/* One thing to tell, from a diagnostic or from a violation that is accepted. */
struct entry {
    const char *file, *rule, *text, *help;
    enum severity severity;
    struct mark mark, also;
    const struct note *note; /* NULL: the rule is no note */
    const char *about;       /* what the rule is, where it is no note */
    const char *accepted;    /* reason, or NULL */
};

static const char *const severities[] = {"note", "warning", "error"};

struct report *report_new(enum report_form form, const char *version, struct arena *arena) {
    struct report *report = arena_alloc(arena, sizeof *report);
    *report = (struct report){.form = form, .version = version, .arena = arena};
    report->results = report->accepted = report->rules = STR_EMPTY;
    return report;
}

/* --- places ----------------------------------------------------------------------------------------------------------------- */

/* What stands in a built-in part is told at the place of the user's file where the part is used. */
static struct mark users_mark(struct mark mark) {
    for (const struct mark *via = mark.via; mark.source && mark.source->builtin && via; via = via->via)
        mark = *via;
    return mark;
}

struct range {
    struct position start, end; /* end: behind the last character */
};

static struct range range_of(struct mark mark) {
    size_t end = mark.end > mark.start ? mark.end : mark.start + 1;
    return (struct range){source_position(mark.source, mark.start),
                          source_position(mark.source, end < mark.source->size ? end : mark.source->size)};
}

static bool has_lines(struct mark mark) { return mark.source && mark.source->line_count; }

/* --- JSON ------------------------------------------------------------------------------------------------------------------- */

static void put_json_place(struct str *out, struct mark mark) {
    struct range range = range_of(mark);
    str_put(out, "\"file\": ");
    json_string(out, mark.source->name);
    str_printf(out, ", \"line\": %u, \"column\": %u, \"end-line\": %u, \"end-column\": %u", range.start.line,
               range.start.column, range.end.line, range.end.column);
}

static void add_json(struct report *report, const struct entry *entry) {
    struct str *out = entry->accepted ? &report->accepted : &report->results;
    size_t *count = entry->accepted ? &report->accepted_count : &report->result_count;
    str_put(out, (*count)++ ? ",\n    {" : "\n    {");
    if (has_lines(entry->mark)) {
        put_json_place(out, entry->mark);
    } else {
        str_put(out, "\"file\": ");
        json_string(out, entry->file);
    }
    str_printf(out, ", \"severity\": \"%s\", \"code\": ", severities[entry->severity]);
    json_string(out, entry->rule);
    str_put(out, ", \"message\": ");
    json_string(out, entry->text);
    if (entry->help) {
        str_put(out, ", \"help\": ");
        json_string(out, entry->help);
    }
    if (has_lines(entry->also)) {
        str_put(out, ", \"also\": {");
        put_json_place(out, entry->also);
        str_putc(out, '}');
    }
    if (entry->accepted) {
        str_put(out, ", \"reason\": ");
        json_string(out, entry->accepted);
    }
    str_putc(out, '}');
}

static void finish_json(const struct report *report, struct str *out) {
    str_printf(out, "{\n  \"files\": %zu,\n  \"errors\": %zu,\n  \"warnings\": %zu,\n  \"diagnostics\": [",
               report->files, report->errors, report->warnings);
    str_putn(out, report->results.at, report->results.n);
    str_put(out, report->result_count ? "\n  ],\n  \"accepted\": [" : "],\n  \"accepted\": [");
    str_putn(out, report->accepted.at, report->accepted.n);
    str_put(out, report->accepted_count ? "\n  ]\n}\n" : "]\n}\n");
}

/* --- SARIF ------------------------------------------------------------------------------------------------------------------ */

static void put_text(struct str *out, const char *key, const char *text) {
    str_printf(out, "\"%s\": {\"text\": ", key);
    json_string(out, text);
    str_putc(out, '}');
}

/* A path as a URI: relative to where the program was run, or a file of this machine. */
static void put_uri(struct str *out, const char *path) {
    str_put(out, path[0] == '/' ? "\"file://" : "\"");
    for (; *path; path++) {
        bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
                     (*path >= '0' && *path <= '9') || strchr("-._~/", *path);
        if (plain)
            str_putc(out, *path);
        else
            str_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
    str_putc(out, '"');
}

static void put_location(struct str *out, const char *file, struct mark mark) {
    str_put(out, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    put_uri(out, mark.source ? mark.source->name : file);
    str_putc(out, '}');
    if (has_lines(mark)) {
        struct range range = range_of(mark);
        str_printf(out, ", \"region\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}",
                   range.start.line, range.start.column, range.end.line, range.end.column);
    }
    str_put(out, "}}");
}

static void put_rule(struct str *out, const struct entry *entry) {
    const struct note *note = entry->note;
    bool old = note && note->today[LANG_EN];
    str_put(out, "{\"id\": ");
    json_string(out, entry->rule);
    str_put(out, ", ");
    put_text(out, "shortDescription", !note ? entry->about : old ? note->today[LANG_EN] : note->text[LANG_EN]);
    if (note && note->source && strncmp(note->source, "https://", 8) == 0 && !strchr(note->source, ' ')) {
        str_put(out, ", \"helpUri\": ");
        json_string(out, note->source);
    }
    if (note) {
        str_printf(out,
                   ", \"properties\": {\"kind\": \"%s\", \"status\": \"%s\", \"tags\": ", note_kind_names[note->kind],
                   note_status_names[note->status]);
        json_strings(out, note->services);
        str_putc(out, '}');
    }
    str_putc(out, '}');
}

static size_t rule_index(struct report *report, const struct entry *entry) {
    for (size_t i = 0; i < report->rule_ids.n; i++)
        if (strcmp(report->rule_ids.at[i], entry->rule) == 0)
            return i;
    str_put(&report->rules, report->rule_ids.n ? ",\n        " : "\n        ");
    put_rule(&report->rules, entry);
    *array_push(report->arena, &report->rule_ids) = arena_copy(report->arena, entry->rule, strlen(entry->rule));
    return report->rule_ids.n - 1;
}

static void add_sarif(struct report *report, const struct entry *entry) {
    struct str *out = &report->results;
    size_t index = rule_index(report, entry);
    str_put(out, report->result_count++ ? ",\n      {\"ruleId\": " : "\n      {\"ruleId\": ");
    json_string(out, entry->rule);
    str_printf(out, ", \"ruleIndex\": %zu, \"level\": \"%s\", ", index, severities[entry->severity]);
    put_text(out, "message", entry->text);
    str_put(out, ", \"locations\": [");
    put_location(out, entry->file, entry->mark);
    str_putc(out, ']');
    if (entry->also.source) {
        str_put(out, ", \"relatedLocations\": [");
        put_location(out, entry->file, entry->also);
        str_putc(out, ']');
    }
    if (entry->accepted) {
        str_put(out, ", \"suppressions\": [{\"kind\": \"inSource\", \"justification\": ");
        json_string(out, entry->accepted);
        str_put(out, "}]");
    }
    str_putc(out, '}');
}

static void finish_sarif(const struct report *report, struct str *out) {
    str_put(out, "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
                 "  \"runs\": [{\n    \"tool\": {\"driver\": {\"name\": \"awsdiag\", \"version\": ");
    json_string(out, report->version);
    str_put(out, ",\n      \"rules\": [");
    str_putn(out, report->rules.at, report->rules.n);
    str_put(out, "]}},\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [");
    str_putn(out, report->results.at, report->results.n);
    str_put(out, "]\n  }]\n}\n");
}

/* --- GitHub ----------------------------------------------------------------------------------------------------------------- */

/* In values `,` and `:` end something, in the message only line ends do. */
static void put_escaped(struct str *out, const char *text, bool value) {
    for (; *text; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || (value && (*text == ',' || *text == ':')))
            str_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            str_putc(out, *text);
    }
}

static void add_github(struct report *report, const struct entry *entry) {
    static const char *const words[] = {"notice", "warning", "error"};
    struct str *out = &report->results;
    if (entry->accepted)
        return;
    str_printf(out, "::%s file=", words[entry->severity]);
    put_escaped(out, entry->mark.source ? entry->mark.source->name : entry->file, true);
    if (has_lines(entry->mark)) {
        struct range range = range_of(entry->mark);
        str_printf(out, ",line=%u,endLine=%u,col=%u", range.start.line, range.end.line, range.start.column);
        if (range.start.line == range.end.line)
            str_printf(out, ",endColumn=%u", range.end.column);
    }
    str_put(out, ",title=");
    put_escaped(out, entry->rule, true);
    str_put(out, "::");
    put_escaped(out, entry->text, false);
    if (entry->help) {
        str_put(out, "%0A");
        put_escaped(out, entry->help, false);
    }
    str_putc(out, '\n');
}

/* --- all forms -------------------------------------------------------------------------------------------------------------- */

static void add(struct report *report, const struct entry *entry) {
    switch (report->form) {
    case REPORT_JSON: add_json(report, entry); break;
    case REPORT_SARIF: add_sarif(report, entry); break;
    case REPORT_GITHUB: add_github(report, entry); break;
    }
}

static const struct note *note_of(const struct findings *findings, const char *id) {
    for (size_t i = 0; id && findings && i < findings->n; i++)
        if (strcmp(findings->at[i].note->id, id) == 0)
            return findings->at[i].note;
    return NULL;
}

void report_add(struct report *report, const char *file, const struct diags *diags, const struct findings *findings) {
    report->files++;
    report->errors += diags_count(diags, SEVERITY_ERROR);
    report->warnings += diags_count(diags, SEVERITY_WARNING);
    for (size_t i = 0; i < diags->n; i++) {
        const struct diag *diag = &diags->at[i];
        add(report, &(struct entry){.file = file,
                                    .rule = diag->rule ? diag->rule : diag_name(diag->code),
                                    .text = diag->text,
                                    .help = diag->hint,
                                    .severity = diag->severity,
                                    .mark = users_mark(diag->mark),
                                    .also = users_mark(diag->also),
                                    .note = note_of(findings, diag->rule),
                                    .about = diag_title(diag->code)});
    }
    for (size_t i = 0; findings && i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->accepted)
            add(report, &(struct entry){.file = file,
                                        .rule = finding->note->id,
                                        .text = finding->text,
                                        .severity = finding->severe ? SEVERITY_ERROR : SEVERITY_WARNING,
                                        .mark = users_mark(finding->at),
                                        .also = users_mark(finding->also),
                                        .note = finding->note,
                                        .accepted = finding->accepted});
    }
}

const char *report_finish(struct report *report) {
    struct str out = STR_EMPTY;
    if (report->form == REPORT_JSON)
        finish_json(report, &out);
    else if (report->form == REPORT_SARIF)
        finish_sarif(report, &out);
    else
        str_putn(&out, report->results.at, report->results.n);
    const char *text = arena_copy(report->arena, out.at, out.n);
    str_free(&out);
    str_free(&report->results);
    str_free(&report->accepted);
    str_free(&report->rules);
    return text;
}
