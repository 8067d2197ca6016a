/* The sparse grid that lines are searched on.
 *
 * Lines run beside every box and frame, and through the middle of every icon that an edge ends at, each from its origin until it
 * meets a box, a title, or a frame that it would enter as a stranger. Vertices are where two of them cross. What belongs to the
 * inside of a group therefore stays there, and the grid grows with the picture, not with its square.
 *
 * Coordinates are whole px. Every vertex knows its neighbours, what lies on the way to them, and which lines already pass.
 */
#ifndef AWSDIAG_LAYOUT_GRID_H
#define AWSDIAG_LAYOUT_GRID_H

#include "layout/layout.h"

enum { GRID_CLEAR = 8, GRID_FRAME = 10 }; /* px kept from a node's box, and from a frame that a line runs along */

enum heading { HEADING_RIGHT, HEADING_DOWN, HEADING_LEFT, HEADING_UP, HEADINGS };

struct user { /* a line on a passage */
    size_t edge;
    size_t at; /* the passage's number on the way of that line, from 0 */
    struct user *next;
};

/* The step from a vertex to its neighbour on the right, or below. */
struct passage {
    int32_t leaf;  /* index + 1 of the node whose box it runs through; 0: none; -1: nobody may pass */
    bool along;    /* it runs along a frame */
    uint16_t used; /* how many lines are on it */
    struct user *users;
};

/* All vertices of one horizontal line lie next to each other, from left to right. */
struct grid_row {
    int y, x0, x1;
    int32_t first;
    size_t n;
};

struct grid {
    size_t n;
    int *x, *y;
    int32_t (*next)[HEADINGS];    /* neighbours; -1: none */
    struct passage *right, *down; /* by vertex */
    int32_t *group;               /* innermost group's index + 1 at the vertex; 0: none */
    int32_t *frame;               /* index + 1 of the group whose frame runs through it, if lines end at that group */
    uint8_t *across, *upright;    /* lines that run straight through the vertex */
    int32_t *centre;              /* by node: vertex in the middle of its icon; -1: none */
    int32_t *on_frame;            /* by node: first vertex on the frame of a group that lines end at; -1: none */
    int32_t *next_on_frame;       /* by vertex */
    struct grid_row *rows;        /* by y, then x0 */
    size_t row_count;
};

struct grid grid_build(const struct model *model, const struct layout *layout, struct arena *arena);

int32_t grid_vertex(const struct grid *grid, int x, int y); /* -1: none there */

/* The passage that leads from a vertex in a direction in which it has a neighbour. */
struct passage *grid_passage(const struct grid *grid, int32_t vertex, enum heading heading);

#endif
