/* Groups one by one, from the inside out: sizes in, places of all nodes out. Knows no Graphviz; ranks come from an engine. */
#ifndef AWSDIAG_LAYOUT_GROUP_H
#define AWSDIAG_LAYOUT_GROUP_H

#include "layout/arrange.h"
#include "layout/layout.h"

struct group_options {
    enum direction direction; /* of the outermost group when the scenario does not say */
    bool turned;              /* groups that do not say flow across their parent's flow at the first level */
    bool lateral_flows;       /* peers that lateral edges join stand one after the other, not side by side */
    const double *keys; /* by node index: siblings stand across the flow in this order; NULL: in that of the file */
    double along,
        across;   /* px: what reaches farther along its flow is folded, across it stacked in columns; 0: nothing is */
    double dense; /* groups whose children fill a smaller share of them have these packed in shelves; 0: none has */
};

struct group_result {
    bool whole;       /* the engine answered wherever it was asked */
    size_t crossings; /* of lines, as far as the order of boxes says */
};

/* Fills `out` (by node index). */
struct group_result group_place(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
                                const struct engine *engine, const struct group_options *options, struct arena *arena,
                                struct placed *out);

#endif
