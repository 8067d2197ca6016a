/* What the files that place groups share: nodes while their surroundings are worked on. See group.c for the walk.
 *
 * A `slot` numbers groups and nodes alike: 0 is the root, i + 1 the node of index i. As nodes stand in file order, parents first, a group
 * and all that it holds are one run of slots, so that two groups of the same shape differ by a constant.
 */
#ifndef AWSDIAG_LAYOUT_NEST_H
#define AWSDIAG_LAYOUT_NEST_H

#include "layout/group.h"
#include "layout/overlay.h"

struct part {
    struct point at;   /* start of its outer box within its parent's outer box */
    double w, h;       /* of the outer box: the frame and what stands astride it */
    struct rect frame; /* of a group, within the outer box */
    enum direction direction;
    bool astride; /* stands on the frame of its group */
    bool outside; /* an edge leaves it for beyond its parent */
    size_t unit;  /* of its parent */
};

/* A child, or several that are placed as one: peers, and nodes that are linked alike. */
struct unit {
    struct node **nodes; /* in file order */
    size_t n;
    double w, h;
    double key; /* see nest_key; the mean of its nodes */
    bool outside;
    size_t component;
};

/* An edge of a group between two things that it holds, as offsets from the group's slot: equal groups can share it. */
struct tie {
    size_t from, to;
    const struct edge *edge;
    double w, h; /* room of its label */
};

struct tie_list {
    struct tie *at;
    size_t n;
};

struct nest {
    const struct model *model;
    const struct metrics *metrics;
    const struct engine *engine;
    const struct group_options *options;
    struct arena *arena;
    struct node_size *sizes;    /* by node index: the given ones, made equal where groups are */
    struct part *parts;         /* by slot */
    struct overlay_room *rooms; /* by node index, equal where groups are; NULL: no node is in an overlay */
    size_t *end;                /* by slot: behind the last slot within */
    struct tie_list *ties;      /* by slot of the innermost group that holds both ends */
    double *keys;               /* by slot: the order of siblings across the flow; NULL: that of the file */
    size_t *like;               /* by slot: the first one whose place in its group's shape it shares, or itself */
    size_t *
        edge_first; /* by slot, then edge_next: edges that touch the node, as 2 * edge + end; ended by 2 * edge_count */
    size_t *edge_next;
    struct group_result result;
};

/* A hash with one value more. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static inline size_t slot_of(const struct nest *nest, const struct node *node) {
    return node == nest->model->root ? 0 : node->index + 1;
}

static inline struct node *node_at(const struct nest *nest, size_t slot) {
    return slot ? nest->model->nodes[slot - 1] : nest->model->root;
}

static inline struct part *part_of(const struct nest *nest, const struct node *node) {
    return &nest->parts[slot_of(nest, node)];
}

static inline bool holds(const struct nest *nest, size_t group, size_t slot) {
    return slot >= group && slot < nest->end[group];
}

static inline bool flows_sideways(enum direction direction) {
    return direction == DIRECTION_RIGHT || direction == DIRECTION_LEFT;
}

/* Siblings stand across the flow in the order of their keys. */
static inline double nest_key(const struct nest *nest, const struct node *node) {
    size_t slot = slot_of(nest, node);
    return nest->keys ? nest->keys[slot] : (double)slot;
}

/* The child of `group` that holds `node`; NULL for the group itself. */
struct node *nest_branch(const struct node *group, struct node *node);

/* Where lines are tied to a node, within its outer box: the middle of its icon, or of its frame. */
struct point nest_tie(const struct nest *nest, const struct node *node);

/* The same within the outer box of `above`, which holds the node. */
struct point nest_tie_within(const struct nest *nest, const struct node *node, const struct node *above);

struct insets {
    double left, top, right, bottom;
};

/* shape.c: fills sizes, end, ties, like and the edges of every node. */
void shape_find(struct nest *nest, const struct sizes *sizes);

/* units.c: the children of a group as units, each stacked and measured; how many there are. */
size_t units_make(struct nest *nest, struct node *group, struct unit *units);

/* The frames of peers that stand one behind the other begin and end on the same level; what they hold stays where it is. */
void units_level(struct nest *nest, struct node *group);

/* spread.c: all units of a group to places within its content; the extent comes back. */
struct point spread_units(struct nest *nest, const struct node *group, struct unit *units, size_t n);

/* astride.c: room between frame and content, and the nodes that stand on the frame. */
struct astride {
    struct node *node;
    enum side side;
    double wish; /* of the icon's middle, along the side, within the content */
};

size_t astride_list(struct nest *nest, struct node *group, struct point content, struct astride *out);
struct insets astride_insets(struct nest *nest, const struct node *group, const struct astride *astride, size_t n);
void astride_place(struct nest *nest, struct node *group, struct astride *astride, size_t n, struct insets in);

#endif
