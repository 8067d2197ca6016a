/* What a layout is worth, in numbers: what no picture may have, and what every picture has too much of. */
#ifndef AWSDIAG_LAYOUT_QUALITY_H
#define AWSDIAG_LAYOUT_QUALITY_H

#include "layout/layout.h"

enum measure {
    /* faults: zero in every picture worth showing */
    MEASURE_NODES_OVERLAP, /* boxes of nodes that touch each other, or stick out of their group */
    MEASURE_LINE_NODE,     /* lines through the box of a node that is not their end */
    MEASURE_TEXT_TEXT,     /* labels and badges that touch names, titles or each other */
    MEASURE_LINE_TEXT,     /* lines over a label of another line, or over the title of a group */
    MEASURE_TEXT_FRAME,    /* labels that a frame runs through */
    MEASURE_SHARED_RUN,    /* pairs of lines that run on each other */
    /* prices */
    MEASURE_CROSSINGS,
    MEASURE_BENDS,
    MEASURE_JOGS, /* runs between two bends shorter than 10 px */
    MEASURES
};
extern const char *const measure_names[MEASURES];

struct quality {
    unsigned count[MEASURES];
    double detour; /* mean length of a line over the distance of its ends at right angles */
    double length; /* of all lines */
    double width, height;
    double white; /* share of the area outside boxes of leaves */
};

struct quality quality_measure(const struct model *model, const struct layout *layout);

/* One number for comparing candidates for the same picture; smaller is better. `aspect` 0: any. */
double quality_score(const struct quality *quality, double aspect);

/* Stable text: a line a measure. */
void quality_print(const struct quality *quality, struct str *out);

#endif
