/* Tables of notes and their predicates as C.
 *
 * Every array is printed before what points to it, under a name made of a letter and a number; equal lists of words share one
 * array, since types and kinds repeat all the time.
 */
#include "generate_notes.h"

#include <string.h>

struct printer {
    struct str *out;
    struct arena *arena;
    unsigned next;
    ARRAY(const char *) lists; /* bodies of the lists of words printed so far; their names are w0, w1 ... */
};

static void put_string(struct str *out, const char *text) {
    if (!text) {
        str_put(out, "NULL");
        return;
    }
    str_putc(out, '"');
    for (; *text; text++) {
        if (*text == '\n') {
            str_put(out, text[1] ? "\\n\"\n    \"" : "\\n");
        } else {
            if (strchr("\"\\?", *text)) {
                str_putc(out, '\\');
            }
            str_putc(out, *text);
        }
    }
    str_putc(out, '"');
}

static void put_texts(struct str *out, const char *const text[LANGS]) {
    str_putc(out, '{');
    for (int lang = 0; lang < LANGS; lang++) {
        str_put(out, lang ? ", " : "");
        put_string(out, text[lang]);
    }
    str_putc(out, '}');
}

/* The name of the list as an expression: "w7" or "NULL". */
static const char *list(struct printer *printer, const char *const *words) {
    if (!words) {
        return "NULL";
    }
    struct str body = STR_EMPTY;
    for (; *words; words++) {
        put_string(&body, *words);
        str_put(&body, ", ");
    }
    size_t i = 0;
    while (i < printer->lists.n && strcmp(printer->lists.at[i], body.at) != 0) {
        i++;
    }
    if (i == printer->lists.n) {
        *array_push(printer->arena, &printer->lists) = arena_copy(printer->arena, body.at, body.n);
        str_printf(printer->out, "static const char *const w%zu[] = {%sNULL};\n", i, body.at);
    }
    str_free(&body);
    return arena_printf(printer->arena, "w%zu", i);
}

static const char *tests(struct printer *printer, const struct test *test, size_t n) {
    if (n == 0) {
        return "NULL";
    }
    const char **values = arena_array(printer->arena, n, sizeof *values);
    for (size_t i = 0; i < n; i++) {
        values[i] = list(printer, test[i].values);
    }
    unsigned number = printer->next++;
    str_printf(printer->out, "static const struct test t%u[] = {\n", number);
    for (size_t i = 0; i < n; i++) {
        str_put(printer->out, "    {");
        put_string(printer->out, test[i].key);
        str_printf(printer->out, ", %d, %s, %d, ", (int)test[i].op, values[i], test[i].slot);
        put_string(printer->out, test[i].other_key);
        str_put(printer->out, "},\n");
    }
    str_put(printer->out, "};\n");
    return arena_printf(printer->arena, "t%u", number);
}

static const char *clauses(struct printer *printer, const struct clause *clause, size_t n);

/* The initializer of one pattern; what it points to is printed before. */
static const char *pattern(struct printer *printer, const struct pattern *pattern) {
    const char *types = list(printer, pattern->types), *inner = clauses(printer, pattern->clauses, pattern->n);
    return arena_printf(printer->arena, "{%u, %s, %d, %s, %zu}", pattern->number, types, pattern->as, inner,
                        pattern->n);
}

static const char *patterns(struct printer *printer, const struct pattern *at, size_t n) {
    if (n == 0) {
        return "NULL";
    }
    const char **each = arena_array(printer->arena, n, sizeof *each);
    for (size_t i = 0; i < n; i++) {
        each[i] = pattern(printer, &at[i]);
    }
    unsigned number = printer->next++;
    str_printf(printer->out, "static const struct pattern p%u[] = {\n", number);
    for (size_t i = 0; i < n; i++) {
        str_printf(printer->out, "    %s,\n", each[i]);
    }
    str_put(printer->out, "};\n");
    return arena_printf(printer->arena, "p%u", number);
}

static const char *clause(struct printer *printer, const struct clause *clause) {
    const char *test = tests(printer, clause->tests, clause->test_count), *words = list(printer, clause->words);
    const char *never = list(printer, clause->never), *kinds = list(printer, clause->kinds);
    const char *inner = patterns(printer, clause->patterns, clause->pattern_count);
    const char *avoiding = patterns(printer, clause->avoiding, clause->avoiding != NULL);
    struct str name = STR_EMPTY;
    put_string(&name, clause->by_name);
    const char *text = arena_printf(printer->arena, "{%d, %s, %zu, %s, %s, %s, %s, %zu, %s, %d, %d, %d, %s, %d, %d}",
                                    (int)clause->op, test, clause->test_count, words, never, kinds, inner,
                                    clause->pattern_count, avoiding, clause->min, clause->max, (int)clause->by, name.at,
                                    clause->slot, clause->edge_as);
    str_free(&name);
    return text;
}

static const char *clauses(struct printer *printer, const struct clause *at, size_t n) {
    if (n == 0) {
        return "NULL";
    }
    const char **each = arena_array(printer->arena, n, sizeof *each);
    for (size_t i = 0; i < n; i++) {
        each[i] = clause(printer, &at[i]);
    }
    unsigned number = printer->next++;
    str_printf(printer->out, "static const struct clause c%u[] = {\n", number);
    for (size_t i = 0; i < n; i++) {
        str_printf(printer->out, "    %s,\n", each[i]);
    }
    str_put(printer->out, "};\n");
    return arena_printf(printer->arena, "c%u", number);
}

static const char *condition(struct printer *printer, const struct condition *condition) {
    const char *subject = pattern(printer, &condition->pattern), *target = pattern(printer, &condition->target);
    const char *edge = clause(printer, &condition->edge), *names = list(printer, condition->names);
    struct str text = STR_EMPTY;
    str_printf(&text, "{%d, %s, %s,\n     %s,\n     %d, ", (int)condition->subject, subject, target, edge,
               condition->weak);
    put_string(&text, condition->message);
    str_printf(&text, ", {%d, ", condition->at.slot);
    put_string(&text, condition->at.key);
    str_printf(&text, "}, %s}", names);
    const char *kept = arena_copy(printer->arena, text.at, text.n);
    str_free(&text);
    return kept;
}

static const char *predicate(struct printer *printer, const struct predicate *predicate) {
    if (!predicate) {
        return "NULL";
    }
    const char **each = arena_array(printer->arena, predicate->n, sizeof *each);
    for (size_t i = 0; i < predicate->n; i++) {
        each[i] = condition(printer, &predicate->conditions[i]);
    }
    unsigned number = printer->next++;
    str_printf(printer->out, "static const struct condition d%u[] = {\n", number);
    for (size_t i = 0; i < predicate->n; i++) {
        str_printf(printer->out, "    %s,\n", each[i]);
    }
    str_printf(printer->out, "};\nstatic const struct predicate q%u = {d%u, %zu};\n", number, number, predicate->n);
    return arena_printf(printer->arena, "&q%u", number);
}

static void put_note(struct str *out, const struct note *note, const char *services, const char *applies,
                     const char *violated, const char *held) {
    str_put(out, "    {\n        .id = ");
    put_string(out, note->id);
    str_put(out, ",\n        .section = ");
    put_string(out, note->section);
    str_put(out, ",\n        .text = ");
    put_texts(out, note->text);
    str_put(out, ",\n        .today = ");
    put_texts(out, note->today);
    str_put(out, ",\n        .nuance = ");
    put_texts(out, note->nuance);
    str_printf(out,
               ",\n        .services = %s,\n        .kind = %d,\n        .status = %d,\n        .since = ", services,
               (int)note->kind, (int)note->status);
    put_string(out, note->since);
    str_put(out, ",\n        .replacement = ");
    put_string(out, note->replacement);
    str_put(out, ",\n        .source = ");
    put_string(out, note->source);
    str_put(out, ",\n        .undated = ");
    put_string(out, note->undated);
    str_printf(out,
               ",\n        .applies = %s,\n        .violated = %s,\n        .held = %s,\n        .quiet = %d,\n        "
               ".violates = ",
               applies, violated, held, note->quiet);
    put_string(out, note->violates);
    str_put(out, ",\n        .holds = ");
    put_string(out, note->holds);
    str_put(out, ",\n        .elsewhere = ");
    put_string(out, note->elsewhere);
    str_put(out, ",\n    },\n");
}

void generate_notes(const struct knowledge_notes *notes, struct str *out) {
    struct printer printer = {.out = out, .arena = arena_new()};
    struct str table = STR_EMPTY;
    str_put(out, "/* Written by the build from templates/notes and templates/rules. */\n"
                 "#include \"check/notes.h\"\n#include \"model/predicate.h\"\n\n");
    for (size_t i = 0; i < notes->n; i++) {
        const struct note *note = &notes->at[i];
        const char *services = list(&printer, note->services), *applies = predicate(&printer, note->applies);
        const char *violated = predicate(&printer, note->violated);
        put_note(&table, note, services, applies, violated, predicate(&printer, note->held));
    }
    str_put(out, "\nconst struct note notes_builtin[] = {\n");
    str_putn(out, table.at, table.n);
    str_printf(out, "};\n\nconst size_t notes_builtin_count = %zu;\nconst unsigned notes_builtin_patterns = %u;\n",
               notes->n, notes->patterns);
    str_free(&table);
    arena_free(printer.arena);
}
