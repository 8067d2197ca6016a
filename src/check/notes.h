/* The knowledge base, and which of its notes stand beside a picture. */
#ifndef AWSDIAG_CHECK_NOTES_H
#define AWSDIAG_CHECK_NOTES_H

#include "base/diag.h"
#include "check/rules.h"
#include "model/model.h"

/* Written at build time from templates/notes, sorted by id. */
extern const struct note notes_builtin[];
extern const size_t notes_builtin_count;
extern const unsigned notes_builtin_patterns; /* patterns in their predicates, numbered from 0 */

const struct note *notes_find(const char *id); /* a built-in one, or NULL */

/* The one that holds for a model: the author's own goes before a built-in one of the same id. */
const struct note *notes_of(const struct model *model, const char *id);

/* How many notes stand beside a picture unless it says `max`: more for a large diagram than for a small one. Those asked for, the author's
 * own and the violated ones always do. */
enum { NOTES_LEAST = 3, NOTES_MOST = 8 };

/* The notes of a model: those asked for by `show`, the author's own, violated ones, and as many of those that apply as fit,
 * the most telling first; numbered by group, and within a group in that order. `findings` as check_run gave them, or NULL when nothing was checked (then no note is
 * held or violated). Unknown ids are reported. In the model's arena. */
struct shown_notes notes_match(const struct model *model, const struct findings *findings, struct diags *diags);

/* Stable text, for --dump notes. */
void notes_dump(const struct shown_notes *notes, struct str *out);

#endif
