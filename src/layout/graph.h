/* One group's boxes and links as a small cgraph graph, in the lean attribute profile that dot survives. */
#ifndef AWSDIAG_LAYOUT_GRAPH_H
#define AWSDIAG_LAYOUT_GRAPH_H

#include "layout/arrange.h"

struct Agraph_s;

/* A graph whose nodes carry the numbers 0 .. n - 1 as ids and no byte of the user's. Flow runs from top to bottom whatever the
 * picture does; v is dot's x and u its y. NULL when cgraph fails. graph_close frees it. */
struct Agraph_s *graph_build(const struct ranking *ranking, double node_gap, double rank_gap, struct arena *arena);
void graph_close(struct Agraph_s *graph);

/* The number of a node made by graph_build. */
size_t graph_number(void *node);

/* The graph as DOT, for --dump graph. Same bytes in every run. */
void graph_print(struct Agraph_s *graph, struct str *out);

#endif
