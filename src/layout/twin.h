/* Lines of one kind between one node and nodes that are alike and stand in groups that are alike, such as two zones or Regions: a reader
 * takes it for a difference when they are drawn differently. */
#ifndef AWSDIAG_LAYOUT_TWIN_H
#define AWSDIAG_LAYOUT_TWIN_H

#include "layout/layout.h"

/* By edge index: the next of the lines alike that leave the same node, or reach it, in a circle; an edge without one is its own. */
struct twins {
    size_t *leaving, *reaching;
};

struct twins twins_find(const struct model *model, struct arena *arena);

#endif
