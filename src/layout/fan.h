/* Lines that may leave (or reach) a node together, on one trunk: they have that end in common and look alike there. */
#ifndef AWSDIAG_LAYOUT_FAN_H
#define AWSDIAG_LAYOUT_FAN_H

#include "layout/layout.h"

/* By edge index: number of the fan at either end, from 1; two ends have the same number if and only if they may share a trunk. */
struct fans {
    int32_t *from, *to;
    size_t *size; /* by that number: how many lines */
};

struct fans fans_find(const struct model *model, struct arena *arena);

#endif
