/* The sparse grid that lines are searched on: lines beside, between and through the things of one window of the picture.
 *
 * Coordinates are whole px. Every vertex knows what lies to its right and below it, and which lines already pass.
 */
#ifndef AWSDIAG_LAYOUT_GRID_H
#define AWSDIAG_LAYOUT_GRID_H

#include "layout/layout.h"

enum { GRID_CLEAR = 8, GRID_FRAME = 10 }; /* px kept from a node's box, and from a frame that a line runs along */

/* What a step from a vertex to its neighbour meets. */
struct passage {
    int32_t leaf;    /* index + 1 of the node whose box it runs through; -1: several; 0: none */
    int32_t title;   /* index + 1 of the group whose title it runs over; 0: none */
    bool along;      /* it runs along a frame */
    uint16_t used;   /* lines on it so far */
    int32_t ends[2]; /* indices + 1 of the nodes that all those lines share; 0: none */
};

struct grid {
    int *x, *y;
    size_t nx, ny;
    struct passage *right, *down; /* by vertex */
    int32_t *group;               /* innermost group's index + 1 at the vertex; 0: none */
    uint8_t *across, *upright;    /* lines that run straight through the vertex */
    uint8_t *bends;
};

static inline size_t grid_at(const struct grid *grid, size_t ix, size_t iy) { return iy * grid->nx + ix; }

/* The grid of everything within `window`, with extra lines through the given places. */
struct grid grid_build(const struct model *model, const struct layout *layout, struct rect window, const int *extra_x,
                       size_t extra_x_count, const int *extra_y, size_t extra_y_count, struct arena *arena);

/* Index of the line nearest to `at`. */
size_t grid_line(const int *lines, size_t n, int at);

#endif
