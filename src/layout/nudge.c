/* Separation of what the search laid on top of each other.
 *
 * Every straight run is a variable: its coordinate across its own direction. It may move within a channel: between the boxes,
 * titles and frames to its sides, or along the side of the node it ends at. Runs that overlap lengthwise must keep a lane between
 * them, in an order that crosses nothing that need not cross: where two lines part, the one that turns left is on the left
 * (seen in the direction of travel). Positions then come from merging blocks of runs that push each other, each block at the
 * mean of what its members want (the idea of VPSC, Dwyer, Marriott and Stuckey 2006, without splitting). Upright runs first,
 * then flat ones, then both again, since moving one kind changes the extents of the other.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/route.h"

enum { CLEAR = 8, FRAME_CLEAR = 8, STRAIGHTEN = 34, CORNER = 8 };

struct run {
    size_t edge, at; /* points at, at + 1 of the edge */
    double lo, hi;   /* extent along the run */
    double c;        /* coordinate across it */
    double min, max; /* channel */
    double want;
    bool end; /* touches a node */
    size_t block;
    double offset;
};

struct nudger {
    const struct model *model;
    struct layout *layout;
    struct arena *arena;
    bool upright; /* the runs in work */
    struct run *runs;
    size_t n;
};

static double along(const struct nudger *nudger, struct point p) { return nudger->upright ? p.y : p.x; }
static double across(const struct nudger *nudger, struct point p) { return nudger->upright ? p.x : p.y; }

struct span { /* a rectangle seen along and across the runs in work */
    double a0, a1, c0, c1;
};

static struct span span_of(bool upright, struct rect r) {
    if (upright)
        return (struct span){r.y, rect_bottom(r), r.x, rect_right(r)};
    return (struct span){r.x, rect_right(r), r.y, rect_bottom(r)};
}

/* --- channels ---------------------------------------------------------------------------------------------------------- */

/* Keep out of [c0, c1] (already widened) on whichever side of it the run lies. */
static void keep_out(struct run *run, double c0, double c1) {
    if (run->c <= (c0 + c1) / 2)
        run->max = fmin(run->max, c0);
    else
        run->min = fmax(run->min, c1);
}

static void keep_off_frame(struct run *run, double side) {
    if (run->c <= side)
        run->max = fmin(run->max, side - FRAME_CLEAR);
    else
        run->min = fmax(run->min, side + FRAME_CLEAR);
}

static void narrow_by_node(const struct nudger *nudger, struct run *run, const struct node *node) {
    const struct placed *placed = &nudger->layout->nodes[node->index];
    const struct edge *edge = nudger->model->edges[run->edge];
    struct span box = span_of(nudger->upright, placed->box);
    if (box.a1 < run->lo - CLEAR || box.a0 > run->hi + CLEAR)
        return;
    bool own = edge->from == node || edge->to == node;
    if (node->group) {
        struct span title = span_of(nudger->upright, placed->title);
        bool over = title.a0 < run->hi && title.a1 > run->lo && title.c0 < run->c && title.c1 > run->c;
        if (title.a0 < run->hi && title.a1 > run->lo && !over)
            keep_out(run, title.c0 - CLEAR / 2.0, title.c1 + CLEAR / 2.0);
        if (box.a0 < run->hi && box.a1 > run->lo && !own) {
            keep_off_frame(run, box.c0);
            keep_off_frame(run, box.c1);
        }
        return;
    }
    if (!(own && run->end) && box.a0 - CLEAR < run->hi && box.a1 + CLEAR > run->lo)
        keep_out(run, box.c0 - CLEAR, box.c1 + CLEAR);
}

/* The side of a node that a run ends at bounds it. */
static void narrow_by_end(const struct nudger *nudger, struct run *run, const struct node *node) {
    const struct placed *placed = &nudger->layout->nodes[node->index];
    struct span side = span_of(nudger->upright, node->group ? placed->box : placed->icon);
    double inset = node->group ? 2.0 * CORNER : CORNER;
    run->min = fmax(run->min, side.c0 + inset);
    run->max = fmin(run->max, side.c1 - inset);
    run->end = true;
}

static void find_channel(const struct nudger *nudger, struct run *run) {
    const struct edge *edge = nudger->model->edges[run->edge];
    const struct routed *routed = &nudger->layout->edges[run->edge];
    run->min = -INFINITY, run->max = INFINITY, run->end = false;
    bool first = run->at == 0, last = run->at + 2 == routed->n;
    if (first)
        narrow_by_end(nudger, run, edge->from);
    if (last)
        narrow_by_end(nudger, run, edge->to);
    for (size_t i = 0; i < nudger->model->node_count; i++)
        narrow_by_node(nudger, run, nudger->model->nodes[i]);
    if (run->min > run->c)
        run->min = run->c;
    if (run->max < run->c)
        run->max = run->c;
    run->want = run->c;
    if (!run->end && isfinite(run->min) && isfinite(run->max) && run->max - run->min < 160)
        run->want = (run->min + run->max) / 2;
}

/* --- order --------------------------------------------------------------------------------------------------------------- */

/* A walk along an edge's points. */
struct walk {
    const struct point *points;
    size_t n;
    size_t at;
    int step;
};

static bool walk_next(struct walk *walk, struct point *p) {
    if ((walk->step < 0 && walk->at == 0) || (walk->step > 0 && walk->at + 1 >= walk->n))
        return false;
    walk->at += (size_t)walk->step;
    *p = walk->points[walk->at];
    return true;
}

/* Which way the walk turns at its place, having come in direction (dx, dy): -1 left, 1 right, 0 it ends there. y grows downwards. */
static int turn(struct walk walk, double dx, double dy) {
    struct point here = walk.points[walk.at], next;
    if (!walk_next(&walk, &next))
        return 0;
    double cross = dx * (next.y - here.y) - dy * (next.x - here.x);
    return cross < 0 ? -1 : cross > 0 ? 1 : 0;
}

/* Follow both walks while they run together; -1 when `a` ends up on the left of `b`, 1 on the right, 0 when they end together. */
static int part(struct walk a, struct walk b, double dx, double dy) {
    for (size_t guard = 0; guard < a.n + b.n; guard++) {
        struct point pa = a.points[a.at], pb = b.points[b.at];
        double ahead = (pa.x - pb.x) * dx + (pa.y - pb.y) * dy;
        int ta = turn(a, dx, dy), tb = turn(b, dx, dy);
        if (ahead < -0.5) /* a turns first */
            return ta;
        if (ahead > 0.5)
            return -tb;
        if (ta != tb)
            return ta == 0 ? -tb : tb == 0 ? ta : ta < tb ? -1 : 1;
        if (ta == 0)
            return 0;
        struct point na, nb;
        walk_next(&a, &na), walk_next(&b, &nb);
        dx = na.x > pa.x + 0.01 ? 1 : na.x < pa.x - 0.01 ? -1 : 0;
        dy = na.y > pa.y + 0.01 ? 1 : na.y < pa.y - 0.01 ? -1 : 0;
    }
    return 0;
}

static struct walk walk_from(const struct nudger *nudger, const struct run *run, bool forwards) {
    const struct routed *routed = &nudger->layout->edges[run->edge];
    double first = along(nudger, routed->points[run->at]), second = along(nudger, routed->points[run->at + 1]);
    bool rising = second > first;
    bool with = rising == forwards;
    return (struct walk){routed->points, routed->n, with ? run->at + 1 : run->at, with ? 1 : -1};
}

/* -1 when `a` belongs at the smaller coordinate. */
static int compare_runs(const struct nudger *nudger, const struct run *a, const struct run *b) {
    if (fabs(a->c - b->c) > 0.5)
        return a->c < b->c ? -1 : 1;
    double dx = nudger->upright ? 0 : 1, dy = nudger->upright ? 1 : 0;
    int on = part(walk_from(nudger, a, true), walk_from(nudger, b, true), dx, dy);
    int back = part(walk_from(nudger, a, false), walk_from(nudger, b, false), -dx, -dy);
    /* travelling down, left is at greater x; travelling right, left is at smaller y */
    if (nudger->upright)
        on = -on;
    else
        back = -back;
    if (on)
        return on;
    if (back)
        return back;
    return a->edge < b->edge ? -1 : 1;
}

static bool overlap(const struct run *a, const struct run *b, double slack) {
    return a->lo < b->hi + slack && b->lo < a->hi + slack;
}

/* Insertion in order of coordinates, then by how the lines part; what does not overlap need not be compared further. */
static void order_runs(struct nudger *nudger) {
    for (size_t i = 1; i < nudger->n; i++) {
        struct run run = nudger->runs[i];
        size_t j = i;
        while (j > 0 && nudger->runs[j - 1].c > run.c + 0.5) {
            nudger->runs[j] = nudger->runs[j - 1];
            j--;
        }
        size_t best = j;
        for (size_t k = j; k > 0 && nudger->runs[k - 1].c > run.c - 0.5; k--)
            if (nudger->runs[k - 1].edge != run.edge && overlap(&nudger->runs[k - 1], &run, 0) &&
                compare_runs(nudger, &run, &nudger->runs[k - 1]) < 0)
                best = k - 1;
        for (; j > best; j--)
            nudger->runs[j] = nudger->runs[j - 1];
        nudger->runs[best] = run;
    }
}

/* --- positions ------------------------------------------------------------------------------------------------------------- */

struct pile {
    double sum, weight; /* of want - offset */
    double min, max;
    double at;
};

static void settle(struct pile *block) { block->at = fmax(block->min, fmin(block->max, block->sum / block->weight)); }

static bool related(const struct run *a, const struct run *b, double gap) {
    if (a->edge == b->edge && (a->at > b->at ? a->at - b->at : b->at - a->at) < 3)
        return false;
    return overlap(a, b, gap / 2) && a->min < b->max + gap && b->min < a->max + gap;
}

static void merge(struct nudger *nudger, struct pile *blocks, size_t n, size_t into, size_t from, double shift) {
    for (size_t i = 0; i < n; i++)
        if (nudger->runs[i].block == from) {
            nudger->runs[i].block = into;
            nudger->runs[i].offset += shift;
        }
    struct pile *a = &blocks[into], *b = &blocks[from];
    a->sum += b->sum - b->weight * shift;
    a->weight += b->weight;
    a->min = fmax(a->min, b->min - shift);
    a->max = fmin(a->max, b->max - shift);
    settle(a);
}

static double position(const struct nudger *nudger, const struct pile *blocks, size_t run) {
    return blocks[nudger->runs[run].block].at + nudger->runs[run].offset;
}

/* The worst lack of room between a run of `block` and one of another block, among the first `n`. */
static double worst_lack(const struct nudger *nudger, const struct pile *blocks, size_t block, size_t n, double gap,
                         size_t *first, size_t *second) {
    double worst = 0.01;
    for (size_t j = 0; j < n; j++)
        for (size_t k = j + 1; k < n; k++) {
            const struct run *a = &nudger->runs[j], *b = &nudger->runs[k];
            if ((a->block == block) == (b->block == block) || !related(a, b, gap))
                continue;
            double lack = position(nudger, blocks, j) + gap - position(nudger, blocks, k);
            if (lack > worst)
                worst = lack, *first = j, *second = k;
        }
    return worst;
}

/* Place all runs in order; false when some channel is too narrow for lanes of `gap`. */
static bool solve(struct nudger *nudger, double gap) {
    struct pile *blocks = arena_array(nudger->arena, nudger->n, sizeof *blocks);
    for (size_t i = 0; i < nudger->n; i++) {
        struct run *run = &nudger->runs[i];
        double weight = run->end ? 1 : 0.25;
        run->block = i, run->offset = 0;
        blocks[i] = (struct pile){run->want * weight, weight, run->min, run->max, 0};
        settle(&blocks[i]);
        size_t first = i, second = i;
        for (;;) {
            double lack = worst_lack(nudger, blocks, run->block, i + 1, gap, &first, &second);
            if (lack <= 0.01)
                break;
            size_t into = nudger->runs[first].block, from = nudger->runs[second].block;
            merge(nudger, blocks, i + 1, into, from, blocks[from].at - blocks[into].at + lack);
        }
    }
    bool fits = true;
    for (size_t i = 0; i < nudger->n; i++) {
        struct run *run = &nudger->runs[i];
        run->c = position(nudger, blocks, i);
        fits = fits && run->c >= run->min - 0.01 && run->c <= run->max + 0.01;
    }
    return fits;
}

static void apply(struct nudger *nudger, const double *c) {
    for (size_t i = 0; i < nudger->n; i++) {
        const struct run *run = &nudger->runs[i];
        struct point *points = nudger->layout->edges[run->edge].points;
        for (size_t k = 0; k < 2; k++)
            if (nudger->upright)
                points[run->at + k].x = c[i];
            else
                points[run->at + k].y = c[i];
    }
}

/* Clusters of runs that can come near each other are solved apart, so that one narrow channel does not squeeze all others. */
static void solve_clusters(struct nudger *nudger) {
    double lane = nudger->layout->metrics->lane;
    size_t *cluster = arena_array(nudger->arena, nudger->n, sizeof *cluster);
    for (size_t i = 0; i < nudger->n; i++)
        cluster[i] = i;
    for (size_t i = 0; i < nudger->n; i++)
        for (size_t j = 0; j < i; j++)
            if (related(&nudger->runs[i], &nudger->runs[j], lane) && cluster[i] != cluster[j]) {
                size_t old = cluster[i] > cluster[j] ? cluster[i] : cluster[j],
                       new = cluster[i] > cluster[j] ? cluster[j] : cluster[i];
                for (size_t k = 0; k <= i; k++)
                    if (cluster[k] == old)
                        cluster[k] = new;
            }
    struct run *all = nudger->runs;
    size_t n = nudger->n;
    double *c = arena_array(nudger->arena, n, sizeof *c);
    struct run *some = arena_array(nudger->arena, n, sizeof *some);
    size_t *index = arena_array(nudger->arena, n, sizeof *index);
    for (size_t root = 0; root < n; root++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (cluster[i] == root)
                index[count] = i, some[count++] = all[i];
        if (!count)
            continue;
        struct nudger part_nudger = *nudger;
        part_nudger.runs = some, part_nudger.n = count;
        for (double gap = lane; gap >= 1 && !solve(&part_nudger, gap); gap -= gap > 6 ? 2 : 1)
            ;
        for (size_t i = 0; i < count; i++)
            c[index[i]] = some[i].c;
    }
    apply(nudger, c);
}

/* --- straightening --------------------------------------------------------------------------------------------------------- */

/* A short jog between two runs that could lie on one line: move both onto it. */
static bool straighten_at(struct nudger *nudger, size_t edge, size_t at) {
    struct routed *routed = &nudger->layout->edges[edge];
    struct point *p = routed->points;
    bool upright = fabs(p[at].x - p[at + 1].x) < 0.01;
    nudger->upright = upright;
    double jog = fabs(across(nudger, p[at]) - across(nudger, p[at + 2]));
    if (jog > STRAIGHTEN || jog < 0.01)
        return false;
    struct run a = {.edge = edge, .at = at, .c = across(nudger, p[at])};
    struct run b = {.edge = edge, .at = at + 2, .c = across(nudger, p[at + 2])};
    a.lo = fmin(along(nudger, p[at]), along(nudger, p[at + 1])),
    a.hi = fmax(along(nudger, p[at]), along(nudger, p[at + 1]));
    b.lo = fmin(along(nudger, p[at + 2]), along(nudger, p[at + 3])),
    b.hi = fmax(along(nudger, p[at + 2]), along(nudger, p[at + 3]));
    if ((along(nudger, p[at + 1]) - along(nudger, p[at])) * (along(nudger, p[at + 3]) - along(nudger, p[at + 2])) < 0)
        return false; /* it turns back */
    find_channel(nudger, &a);
    find_channel(nudger, &b);
    double lo = fmax(a.min, b.min), hi = fmin(a.max, b.max);
    if (lo > hi)
        return false;
    double want = a.end && !b.end ? a.c : b.end && !a.end ? b.c : (a.c + b.c) / 2, c = fmax(lo, fmin(hi, want));
    for (size_t i = at; i < at + 4; i++)
        if (upright)
            p[i].x = c;
        else
            p[i].y = c;
    routed->n = route_simplify(p, routed->n);
    return true;
}

static void straighten(struct nudger *nudger) {
    for (size_t e = 0; e < nudger->model->edge_count; e++)
        for (size_t at = 0; at + 3 < nudger->layout->edges[e].n; at++)
            if (straighten_at(nudger, e, at))
                at = (size_t)-1;
}

/* --- the two directions in turn ----------------------------------------------------------------------------------------------- */

static void collect(struct nudger *nudger) {
    nudger->n = 0;
    for (size_t e = 0; e < nudger->model->edge_count; e++) {
        const struct routed *routed = &nudger->layout->edges[e];
        if (nudger->model->edges[e]->from == nudger->model->edges[e]->to)
            continue;
        for (size_t i = 0; i + 1 < routed->n; i++) {
            struct point a = routed->points[i], b = routed->points[i + 1];
            if ((fabs(a.x - b.x) < 0.01) != nudger->upright)
                continue;
            struct run *run = &nudger->runs[nudger->n++];
            *run = (struct run){.edge = e, .at = i, .c = across(nudger, a)};
            run->lo = fmin(along(nudger, a), along(nudger, b));
            run->hi = fmax(along(nudger, a), along(nudger, b));
            find_channel(nudger, run);
        }
    }
}

static void nudge(struct nudger *nudger, bool upright) {
    nudger->upright = upright;
    collect(nudger);
    order_runs(nudger);
    solve_clusters(nudger);
    for (size_t e = 0; e < nudger->model->edge_count; e++)
        nudger->layout->edges[e].n = route_simplify(nudger->layout->edges[e].points, nudger->layout->edges[e].n);
}

void nudge_edges(const struct model *model, struct layout *layout, struct arena *arena) {
    struct nudger nudger = {.model = model, .layout = layout, .arena = arena};
    size_t most = 0;
    for (size_t e = 0; e < model->edge_count; e++)
        most += layout->edges[e].n;
    nudger.runs = arena_array(arena, most, sizeof *nudger.runs);
    straighten(&nudger);
    for (int round = 0; round < 2; round++) {
        nudge(&nudger, true);
        nudge(&nudger, false);
    }
}
