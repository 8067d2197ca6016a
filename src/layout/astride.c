/* Nodes that stand on the frame of their group (gateways, endpoints): half in, half out, on the side their lines leave by, beside what
 * they serve within.
 */
#include <math.h>
#include <stdlib.h>

#include "layout/nest.h"

static bool upright(enum side side) { return side == SIDE_LEFT || side == SIDE_RIGHT; }

static enum side side_of(enum direction direction, bool start) {
    switch (direction) {
    case DIRECTION_LEFT: return start ? SIDE_RIGHT : SIDE_LEFT;
    case DIRECTION_DOWN: return start ? SIDE_TOP : SIDE_BOTTOM;
    case DIRECTION_UP: return start ? SIDE_BOTTOM : SIDE_TOP;
    default: return start ? SIDE_LEFT : SIDE_RIGHT;
    }
}

/* What the lines of a border node say: along which flow they leave, and how many towards its start. */
struct votes {
    enum direction direction;
    bool beyond; /* some leave the group */
    long start;
};

static void vote(const struct nest *nest, const struct node *node, size_t touch, struct votes *votes) {
    const struct edge *edge = nest->model->edges[touch / 2];
    const struct node *group = node->parent;
    struct node *other = touch % 2 ? edge->from : edge->to;
    if (holds(nest, slot_of(nest, group), slot_of(nest, other))) {
        if (!votes->beyond)
            votes->start += touch % 2 ? -1 : 1;
        return;
    }
    struct node *common = model_common(node->parent, other);
    const struct node *mine = nest_branch(common, node->parent), *theirs = nest_branch(common, other);
    if (!mine || !theirs)
        return;
    if (!votes->beyond)
        votes->start = 0;
    votes->beyond = true;
    votes->direction = part_of(nest, common)->direction;
    votes->start += theirs->index < mine->index ? 1 : -1;
}

/* The side of its group that the lines of a border node leave by. Towards what stands first in the file is towards the start. */
static enum side leaving_side(const struct nest *nest, const struct node *node) {
    struct votes votes = {.direction = part_of(nest, node->parent)->direction};
    for (size_t i = nest->edge_first[slot_of(nest, node)]; i < 2 * nest->model->edge_count; i = nest->edge_next[i])
        vote(nest, node, i, &votes);
    return side_of(votes.direction, votes.start >= 0);
}

/* The middle of what its lines reach within the group, along the side; the middle of the content when they reach nothing. */
static double wish_of(const struct nest *nest, const struct node *node, enum side side, struct point content) {
    const struct node *group = node->parent;
    size_t base = slot_of(nest, group), mine = slot_of(nest, node) - base, n = 0;
    const struct tie_list *ties = &nest->ties[base];
    double sum = 0;
    for (size_t i = 0; i < ties->n; i++) {
        size_t other = ties->at[i].from == mine ? ties->at[i].to : ties->at[i].to == mine ? ties->at[i].from : 0;
        if (!other || part_of(nest, nest_branch(group, node_at(nest, base + other)))->astride)
            continue;
        struct point at = nest_tie_within(nest, node_at(nest, base + other), group);
        sum += upright(side) ? at.y : at.x;
        n++;
    }
    return n ? sum / (double)n : (upright(side) ? content.y : content.x) / 2;
}

static int by_wish(const void *a, const void *b) {
    const struct astride *x = a, *y = b;
    if (x->wish < y->wish || x->wish > y->wish)
        return x->wish < y->wish ? -1 : 1;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

size_t astride_list(struct nest *nest, struct node *group, struct point content, struct astride *out) {
    size_t n = 0;
    for (size_t i = 0; i < group->child_count; i++) {
        struct node *node = group->children[i];
        if (!part_of(nest, node)->astride)
            continue;
        enum side side = leaving_side(nest, node);
        out[n++] = (struct astride){node, side, wish_of(nest, node, side, content)};
    }
    qsort(out, n, sizeof *out, by_wish);
    return n;
}

/* Frame to content: pads, the title band, and room for the inner halves of what stands astride. */
struct insets astride_insets(struct nest *nest, const struct node *group, const struct astride *astride, size_t n) {
    const struct metrics *metrics = nest->metrics;
    if (group == nest->model->root)
        return (struct insets){0, 0, 0, 0};
    double pad = metrics->pad;
    struct insets in = {pad, metrics->band + pad / 2, pad, pad};
    for (size_t i = 0; i < n; i++) {
        const struct node_size *size = &nest->sizes[astride[i].node->index];
        struct point icon = rect_centre(size->icon);
        double gap = metrics->rank_gap / 2;
        switch (astride[i].side) {
        case SIDE_LEFT: in.left = fmax(in.left, size->w - icon.x + gap); break;
        case SIDE_RIGHT: in.right = fmax(in.right, icon.x + gap); break;
        case SIDE_TOP: in.top = fmax(in.top, size->h - icon.y + gap); break;
        default: in.bottom = fmax(in.bottom, icon.y + gap); break;
        }
    }
    return in;
}

/* Put the nodes of one side where they wish to be, in order, apart, within the side; gives the length the side must have,
 * 0 where nobody stands. */
static double spread_side(const struct nest *nest, struct astride *astride, size_t n, enum side side, double from,
                          double to) {
    double end = 0;
    for (int pass = 0; pass < 2; pass++) {
        double at = from, surplus = pass ? fmax(0, end - to) : 0;
        for (size_t i = 0; i < n; i++) {
            if (astride[i].side != side)
                continue;
            const struct node_size *size = &nest->sizes[astride[i].node->index];
            struct point icon = rect_centre(size->icon);
            double before = upright(side) ? icon.y : icon.x, extent = upright(side) ? size->h : size->w;
            double start = fmax(at, astride[i].wish - before - surplus);
            if (pass)
                astride[i].wish = start + before;
            at = start + extent + nest->metrics->node_gap / 2;
            end = start + extent;
        }
    }
    return end;
}

void astride_place(struct nest *nest, struct node *group, struct astride *astride, size_t n, struct insets in) {
    struct rect *frame = &part_of(nest, group)->frame;
    for (size_t i = 0; i < n; i++)
        astride[i].wish += upright(astride[i].side) ? in.top : in.left;
    static const enum side sides[] = {SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_BOTTOM};
    for (size_t s = 0; s < 4; s++) {
        double margin = upright(sides[s])      ? in.top
                        : sides[s] == SIDE_TOP ? nest->sizes[group->index].w /* behind the title */
                                               : nest->metrics->pad;
        double length = upright(sides[s]) ? frame->h : frame->w;
        double end = spread_side(nest, astride, n, sides[s], margin, length - nest->metrics->pad) + nest->metrics->pad;
        if (end > length && upright(sides[s]))
            frame->h = end;
        else if (end > length)
            frame->w = end;
    }
    for (size_t i = 0; i < n; i++) {
        struct point icon = rect_centre(nest->sizes[astride[i].node->index].icon);
        bool side = upright(astride[i].side);
        double x = astride[i].side == SIDE_LEFT ? 0 : astride[i].side == SIDE_RIGHT ? frame->w : astride[i].wish;
        double y = astride[i].side == SIDE_TOP ? 0 : astride[i].side == SIDE_BOTTOM ? frame->h : astride[i].wish;
        part_of(nest, astride[i].node)->at = (struct point){side ? x - icon.x : astride[i].wish - icon.x,
                                                            side ? astride[i].wish - icon.y : y - icon.y};
    }
}
