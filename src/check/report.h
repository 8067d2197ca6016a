/* What is wrong with one or several scenarios, in a form for programs: JSON, SARIF 2.1.0, annotations of GitHub. */
#ifndef AWSDIAG_CHECK_REPORT_H
#define AWSDIAG_CHECK_REPORT_H

#include "base/diag.h"
#include "check/rules.h"

enum report_form { REPORT_JSON, REPORT_SARIF, REPORT_GITHUB };

struct report;

/* Everything lives in `arena`, and so do the bytes that report_finish gives. `version`: of the program. */
struct report *report_new(enum report_form form, const char *version, struct arena *arena);

/* Add a file, whose diagnostics are sorted. Nothing of it is needed afterwards. Violations that the scenario accepts are told as such. */
void report_add(struct report *report, const char *file, const struct diags *diags, const struct findings *findings);

/* The whole document. Call once. */
const char *report_finish(struct report *report);

#endif
