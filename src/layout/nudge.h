/* What nudge.c and nudge_lanes.c share. */
#ifndef AWSDIAG_LAYOUT_NUDGE_H
#define AWSDIAG_LAYOUT_NUDGE_H

#include "layout/fan.h"
#include "layout/space.h"

/* One straight run of a line. */
struct run {
    size_t edge, at; /* points at, at + 1 of the edge */
    double lo, hi;   /* extent along the run */
    double min, max; /* channel */
    size_t lane;
};

/* All runs that have one coordinate in common. */
struct lane {
    double c;        /* coordinate across it */
    double key;      /* the same for its order: lanes that end on one side of an icon count as lying on its axis */
    double min, max; /* intersection of the channels */
    double want, weight;
    size_t wishes;                   /* of ends on the lane */
    double wish_lo, wish_hi;         /* the least and the greatest of them */
    const struct node *end;          /* the first of their nodes */
    bool joins;                      /* it has ends at other nodes too */
    double stub_min, stub_max;       /* beyond these an arrowhead would stand right behind a bend */
    double room_before, room_behind; /* that labels need beside it, towards smaller and greater coordinates */
    double offset;                   /* to its block */
    size_t block, order, next;       /* next lane of the block */
};

struct nudger;

/* The end of a line that a fan is at. */
struct fan_end {
    const struct nudger *nudger; /* for sorting */
    size_t edge;
    bool back; /* the `to` end */
};

struct nudger {
    const struct model *model;
    struct layout *layout;
    struct arena *arena;
    struct fans fans;
    bool upright; /* the runs in work */
    struct run *runs;
    size_t n;
    struct lane *lanes;
    size_t lane_count;
    size_t *base; /* by edge: number of its first run, counting those of both directions */
    size_t *tied,
        *tie_size; /* by that number: another run of the lane, or itself; how many are tied, at the last of the chain */
    struct fan_end *ends; /* all ends of lines, those of a fan together */
    struct space leaves, titles, frames;
    size_t *leaf_nodes, *title_nodes;
};

static inline double along(const struct nudger *nudger, struct point p) { return nudger->upright ? p.y : p.x; }
static inline double across(const struct nudger *nudger, struct point p) { return nudger->upright ? p.x : p.y; }

/* Second half: give all lanes their places. */
void nudge_lanes(struct nudger *nudger);

#endif
