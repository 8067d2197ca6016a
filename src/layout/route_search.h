/* What route.c and route_cost.c share: the state of a search, and what its steps cost. */
#ifndef AWSDIAG_LAYOUT_ROUTE_SEARCH_H
#define AWSDIAG_LAYOUT_ROUTE_SEARCH_H

#include "layout/fan.h"
#include "layout/grid.h"
#include "layout/twin.h"

enum { COST_CROSSING = 220 };

static const int heading_x[HEADINGS] = {1, 0, -1, 0}, heading_y[HEADINGS] = {0, 1, 0, -1};

/* One line while it is worked on. */
struct track {
    int32_t *vertices; /* of the grid, from -> to */
    size_t n, cap;
};

/* Whose company a line is in: lines with the same start (a trunk), nobody, lines with the same end. */
enum company { COMPANY_START, COMPANY_NONE, COMPANY_END };

struct state {
    int cost;
    int32_t before; /* -1: the start */
    unsigned stamp;
    bool closed, strangers;
    uint8_t company; /* START until the line first goes alone, END from where it joins others on their way to the end */
};

/* A state on the heap. */
struct entry {
    int estimate; /* cost and what is left at least */
    int cost;
    int32_t state;
};

struct router {
    const struct model *model;
    struct layout *layout;
    struct arena *arena; /* for the work */
    struct arena *keep;  /* for the lines */
    struct grid grid;
    struct fans fans;
    struct twins twins;
    struct track *tracks; /* by edge */
    struct state *states;
    struct user *spare;
    unsigned stamp;
    int crossing; /* what one costs */
    int haste;    /* what is left counts so many quarters: 4 find the cheapest way, more find a good one sooner */
    struct entry *heap;
    size_t heap_n, heap_cap;
    unsigned *allowed;    /* by group + 1: stamp of the edge that may be inside for nothing */
    enum direction *flow; /* of every group, by index + 1; 0: the root's */
};

struct search {
    const struct edge *edge;
    int32_t from, to; /* indices + 1 */
    int32_t common;   /* of the innermost group that holds both ends; 0: the root */
    int32_t fan_from, fan_to;
    int32_t goal;      /* vertex; -1: the frame of a group */
    struct rect area;  /* what is to be reached: a point for nodes, the frame for groups */
    bool inward;       /* the line comes from within the group it ends at */
    enum heading flow; /* between the ends */
};

/* What a line has beside it: on the way to a vertex, and before. */
struct beside {
    enum company company;
    bool strangers;
};

static inline enum heading opposite(enum heading heading) { return (enum heading)((heading + 2) % HEADINGS); }

static inline enum heading heading_between(const struct grid *grid, int32_t a, int32_t b) {
    for (int heading = 0; heading < HEADINGS; heading++)
        if (grid->next[a][heading] == b)
            return (enum heading)heading;
    return HEADINGS;
}

/* How many lines on a passage have an end in this fan. */
static inline int in_fan(const struct router *router, const struct passage *passage, int32_t fan) {
    int n = 0;
    for (const struct user *user = passage->users; user; user = user->next)
        n += router->fans.from[user->edge] == fan || router->fans.to[user->edge] == fan;
    return n;
}

static inline struct point middle_of(const struct router *router, const struct node *node) {
    const struct placed *placed = &router->layout->nodes[node->index];
    return rect_centre(node->group ? placed->box : placed->icon);
}

/* Cost of the way to the next vertex, or -1 where the line may not go; `beside` is brought up to date. */
int route_way_cost(const struct router *router, const struct search *search, int32_t here, int32_t there,
                   const struct passage *passage, int length, struct beside *beside);

/* Cost of passing the vertex of `state`. */
int route_vertex_cost(const struct router *router, const struct search *search, int32_t state, enum heading goes,
                      enum company after);

/* What is left to the goal at least. */
int route_left_to(const struct search *search, int x, int y, enum heading heading);

/* Cost of leaving, or reaching, a node with this heading. */
int route_end_cost(const struct router *router, const struct search *search, enum heading heading, bool leaving);

/* What it costs that a line which reaches its end from `state` has its last bend right before the arrowhead. */
int route_stub_cost(const struct router *router, const struct search *search, int32_t state, enum heading heading);

/* Which side of its frame a vertex lies on, as the heading that leaves the group there; HEADINGS at a corner. */
enum heading route_frame_side(struct rect frame, int x, int y);

/* What it costs to end away from the middle of that side. */
int route_off_middle(struct rect frame, int x, int y, enum heading side);

#endif
