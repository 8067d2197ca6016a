/* Lines at right angles over the whole picture: search, then nudging.
 *
 * Method: a search for the cheapest path on a sparse grid with costs for length, bends, crossings and shared runs, in the spirit
 * of Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (2009), followed by separation of what runs together.
 */
#ifndef AWSDIAG_LAYOUT_ROUTE_H
#define AWSDIAG_LAYOUT_ROUTE_H

#include "base/diag.h"
#include "layout/layout.h"

/* Fills layout->edges[...].points from layout->nodes. */
void route_edges(const struct model *model, struct layout *layout, struct arena *arena, struct diags *diags);

/* Second half, apart for tests: separate parallel runs and spread the ends over the sides of nodes. */
void nudge_edges(const struct model *model, struct layout *layout, struct arena *arena);

/* The points with doubles and points on straight runs taken out; how many are left. */
size_t route_simplify(struct point *points, size_t n);

#endif
