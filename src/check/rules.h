/* What in a model breaks a rule or a limit of the knowledge base, or one of the author's own. */
#ifndef AWSDIAG_CHECK_RULES_H
#define AWSDIAG_CHECK_RULES_H

#include "base/diag.h"
#include "model/model.h"

/* One violation. Everything is in the model's arena. */
struct finding {
    const struct note *note;
    const struct node *node; /* what breaks it: a node or an edge; neither: the diagram as a whole */
    const struct edge *edge;
    const struct node *other; /* the second of a pair, or NULL */
    struct mark at, also;     /* `also`.source NULL: none */
    const char *text;         /* one sentence, with the names of the elements */
    bool severe;              /* a rule or a limit; else advice that is not followed */
    bool weak;            /* something is missing that the diagram may only have left out: no matter for a picture */
    const char *accepted; /* the author's reason why it is right here, or NULL */
};

struct findings {
    struct finding *at; /* by position in the file, then by rule */
    size_t n;
};

enum check_use {
    CHECK_REPORT, /* `awsdiag check`: severe findings are errors, others warnings */
    CHECK_DRAW,   /* a picture is drawn all the same: all are warnings */
    CHECK_QUIET,  /* nothing is reported */
};

/* Check all rules. Findings the scenario accepts are kept but not reported; an acceptance that accepts nothing is a warning. */
struct findings check_run(const struct model *model, enum check_use use, struct diags *diags);

#endif
