/* Diagnostics: what is wrong with the input, or with the world around it.
 *
 * Three kinds of failure, three ways: the user's mistakes and the world's troubles are recorded here and counted; a bug is
 * an assert; no memory is mem_fail. The code of a diagnostic is a row of diag.def.
 */
#ifndef AWSDIAG_BASE_DIAG_H
#define AWSDIAG_BASE_DIAG_H

#include "base/source.h"
#include "base/str.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* What a diagnostic means for the exit code of the program; the largest of a run counts. */
enum outcome {
    OUTCOME_FINE = 0,
    OUTCOME_INPUT = 1,
    OUTCOME_USAGE = 2,
    OUTCOME_IO = 3,
    OUTCOME_LIMIT = 4,
    OUTCOME_BUG = 5
};

enum diag_code {
#define DIAG(id, name, severity, outcome, title) DIAG_##id,
#include "base/diag.def"
#undef DIAG
    DIAG_CODES
};

struct diag {
    enum diag_code code;
    const char *rule; /* id of the note or rule that is violated, shown instead of the code's name; or NULL */
    enum severity severity;
    struct mark mark;
    const char *text;
    const char *hint; /* the nearest right thing, or what to do; or NULL */
    struct mark also; /* a second place that belongs to it; source NULL: none */
    unsigned number;  /* order of arrival, to keep sorting stable */
};

struct diags {
    struct arena *arena; /* texts and records live here */
    struct diag *at;
    size_t n, cap;
    bool warnings_are_errors;
    unsigned arrived; /* how many ever were recorded */
    size_t compared;  /* candidates that diag_suggest has looked at */
};

struct diags diags_new(struct arena *arena);

/* Record one. The record comes back so that the caller can set hint, also, rule. Valid until the next diag_add. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct mark mark, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_hint(struct diags *diags, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* for the last one */

/* "did you mean `x`?" for the last one, when one of the candidates is near enough to `word`. In a file with so many mistakes that
 * nobody reads them all, the later ones get no such help: diags_crowded. */
void diag_suggest(struct diags *diags, const char *word, const char *const *candidates, size_t n);

bool diags_crowded(const struct diags *diags);

bool diags_failed(const struct diags *diags); /* an error is among them */
enum outcome diags_outcome(const struct diags *diags);
size_t diags_count(const struct diags *diags, enum severity severity);
void diags_sort(struct diags *diags); /* by file in order of reading, position, arrival */

const char *diag_name(enum diag_code code);
const char *diag_title(enum diag_code code); /* one line about it */

/* "file:line:col: error: text [code]", the source line, carets, hint and second place. Control characters are escaped. */
void diag_print(const struct diag *diag, struct str *out, bool colour);
enum { DIAGS_SHOWN = 1000 }; /* more are only counted */
void diags_print(const struct diags *diags, struct str *out, bool colour);

#endif
