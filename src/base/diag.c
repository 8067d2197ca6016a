#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    const char *name, *title;
    enum severity severity;
    enum outcome outcome;
} codes[DIAG_CODES] = {
#define DIAG(id, name, severity, outcome, title) {name, title, SEVERITY_##severity, OUTCOME_##outcome},
#include "base/diag.def"
#undef DIAG
};

struct diags diags_new(struct arena *arena) {
    return (struct diags){.arena = arena};
}

const char *diag_name(enum diag_code code) { return codes[code].name; }

const char *diag_title(enum diag_code code) { return codes[code].title; }

static char *format_text(struct arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(arena, (size_t)(n < 0 ? 0 : n) + 1);
    vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, format, again);
    va_end(again);
    return text;
}

struct diag *diag_add(struct diags *diags, enum diag_code code, struct mark mark, const char *format, ...) {
    diags->at = arena_grow(diags->arena, diags->at, &diags->cap, diags->n + 1, sizeof *diags->at);
    struct diag *diag = &diags->at[diags->n];
    va_list args;
    va_start(args, format);
    *diag = (struct diag){.code = code,
                          .severity = codes[code].severity,
                          .mark = mark,
                          .number = diags->arrived++,
                          .text = format_text(diags->arena, format, args)};
    va_end(args);
    if (diags->warnings_are_errors && diag->severity == SEVERITY_WARNING)
        diag->severity = SEVERITY_ERROR;
    diags->n++;
    return diag;
}

void diag_hint(struct diags *diags, const char *format, ...) {
    if (!diags->n)
        return;
    va_list args;
    va_start(args, format);
    diags->at[diags->n - 1].hint = format_text(diags->arena, format, args);
    va_end(args);
}

/* The longer the word, the more slips it may have. */
static size_t most_slips(const char *word) {
    size_t n = strlen(word);
    return n < 3 ? 1 : n < 6 ? 2 : 3;
}

bool diags_crowded(const struct diags *diags) { return diags->n > DIAGS_SHOWN || diags->compared > 3000000; }

void diag_suggest(struct diags *diags, const char *word, const char *const *candidates, size_t n) {
    if (diags_crowded(diags))
        return;
    diags->compared += n;
    size_t best = most_slips(word), at = n;
    for (size_t i = 0; i < n; i++) {
        size_t distance = str_distance(word, candidates[i], best);
        if (distance < best || (distance == best && at == n))
            best = distance, at = i;
    }
    if (at < n)
        diag_hint(diags, "did you mean `%s`?", candidates[at]);
}

size_t diags_count(const struct diags *diags, enum severity severity) {
    size_t count = 0;
    for (size_t i = 0; i < diags->n; i++)
        count += diags->at[i].severity == severity;
    return count;
}

bool diags_failed(const struct diags *diags) { return diags_count(diags, SEVERITY_ERROR) > 0; }

enum outcome diags_outcome(const struct diags *diags) {
    enum outcome worst = OUTCOME_FINE;
    for (size_t i = 0; i < diags->n; i++) {
        if (diags->at[i].severity != SEVERITY_ERROR)
            continue;
        enum outcome outcome = codes[diags->at[i].code].outcome;
        outcome = outcome == OUTCOME_FINE ? OUTCOME_INPUT : outcome; /* a warning that was made an error */
        worst = outcome > worst ? outcome : worst;
    }
    return worst;
}

/* --- order ------------------------------------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b) {
    const struct diag *x = a, *y = b;
    const struct source *p = x->mark.source, *q = y->mark.source;
    if (p != q) {
        if (!p || !q)
            return p ? 1 : -1;
        if (p->number != q->number)
            return p->number < q->number ? -1 : 1;
    }
    if (x->mark.start != y->mark.start)
        return x->mark.start < y->mark.start ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool same(const struct diag *a, const struct diag *b) {
    return a->code == b->code && a->mark.source == b->mark.source && a->mark.start == b->mark.start &&
           strcmp(a->text, b->text) == 0;
}

void diags_sort(struct diags *diags) {
    if (diags->n < 2)
        return;
    qsort(diags->at, diags->n, sizeof *diags->at, compare);
    size_t kept = 1;
    for (size_t i = 1; i < diags->n; i++)
        if (!same(&diags->at[kept - 1], &diags->at[i]))
            diags->at[kept++] = diags->at[i];
    diags->n = kept;
}

/* --- print ------------------------------------------------------------------------------------------------------------ */

enum { WIDEST = 160 }; /* columns of a source line shown; more is cut around the mark */

static const char *const words[] = {"note", "warning", "error"};
static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};

static void put_colour(struct str *out, bool colour, const char *code) {
    if (colour)
        str_put(out, code);
}

/* Text of the user's: control characters must not reach the terminal. */
static void put_safe(struct str *out, const char *at, size_t n) {
    for (const char *end = at + n; at < end;) {
        const char *start = at;
        uint32_t code = utf8_next(&at, end);
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
                       (code >= 0x2066 && code <= 0x2069);
        if (code == '\t')
            str_putc(out, ' ');
        else if (control || (code == 0xFFFD && (unsigned char)*start != 0xEF))
            str_printf(out, "\\x%02X", (unsigned)(code == 0xFFFD ? (unsigned char)*start : code));
        else
            str_putn(out, start, (size_t)(at - start));
    }
}

static void put_place(struct str *out, struct mark mark) {
    struct position position = source_position(mark.source, mark.start);
    put_safe(out, mark.source->name, strlen(mark.source->name));
    str_printf(out, ":%u:%u: ", position.line, position.column);
}

static size_t columns_of(const char *at, size_t n) {
    struct str safe = STR_EMPTY;
    put_safe(&safe, at, n);
    size_t columns = utf8_columns(safe.at, safe.n);
    str_free(&safe);
    return columns;
}

/* Where to begin and end showing a long line, so that the mark is in sight; on character borders. */
static void cut_line(const char *line, size_t *from, size_t *to, size_t mark) {
    if (*to <= WIDEST)
        return;
    size_t start = mark > WIDEST / 2 ? mark - WIDEST / 2 : 0, end = start + WIDEST < *to ? start + WIDEST : *to;
    while (start > 0 && ((unsigned char)line[start] & 0xC0) == 0x80)
        start--;
    while (end > start && ((unsigned char)line[end] & 0xC0) == 0x80)
        end--;
    *from = start, *to = end;
}

static void put_excerpt(struct str *out, struct mark mark, bool colour) {
    struct position position = source_position(mark.source, mark.start);
    size_t n, from = 0;
    const char *line = source_line(mark.source, position.line, &n);
    size_t at = mark.start - mark.source->lines[position.line - 1];
    at = at > n ? n : at;
    size_t end = at + (mark.end > mark.start ? mark.end - mark.start : 0);
    cut_line(line, &from, &n, at);
    end = end > n ? n : end;
    str_printf(out, "%5u | ", position.line);
    put_safe(out, line + from, n - from);
    str_put(out, "\n      | ");
    str_fill(out, ' ', columns_of(line + from, at - from));
    size_t carets = end > at ? columns_of(line + at, end - at) : 1;
    put_colour(out, colour, "\033[32m");
    str_fill(out, '^', carets ? carets : 1);
    put_colour(out, colour, "\033[0m");
    str_putc(out, '\n');
}

void diag_print(const struct diag *diag, struct str *out, bool colour) {
    if (diag->mark.source)
        put_place(out, diag->mark);
    else
        str_put(out, "awsdiag: ");
    put_colour(out, colour, colours[diag->severity]);
    str_printf(out, "%s: ", words[diag->severity]);
    put_colour(out, colour, "\033[0m");
    put_safe(out, diag->text, strlen(diag->text));
    str_printf(out, " [%s]\n", diag->rule ? diag->rule : codes[diag->code].name);
    if (diag->mark.source && diag->mark.source->line_count)
        put_excerpt(out, diag->mark, colour);
    if (diag->hint) {
        str_put(out, "      help: ");
        put_safe(out, diag->hint, strlen(diag->hint));
        str_putc(out, '\n');
    }
    if (diag->also.source) {
        str_put(out, "      see also ");
        put_place(out, diag->also);
        out->n -= 2; /* the ": " that goes before a message */
        str_putc(out, '\n');
    }
    for (const struct mark *via = diag->mark.via; via; via = via->via) {
        if (!via->source)
            continue;
        str_put(out, "      used at ");
        put_place(out, *via);
        out->n -= 2;
        str_putc(out, '\n');
    }
}

void diags_print(const struct diags *diags, struct str *out, bool colour) {
    size_t shown = diags->n > DIAGS_SHOWN ? DIAGS_SHOWN : diags->n;
    for (size_t i = 0; i < shown; i++)
        diag_print(&diags->at[i], out, colour);
    if (diags->n > shown)
        str_printf(out, "awsdiag: %zu more are not shown\n", diags->n - shown);
}
