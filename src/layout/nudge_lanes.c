/* Order of the lanes, and their places. */
#include <math.h>
#include <stdlib.h>

#include "layout/nudge.h"

enum { REACH = 90 }; /* px: lanes farther than this from where they are now do not come into each other's way */

/* --- which of two runs belongs on which side ----------------------------------------------------------------------------- */

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
        struct point na = pa, nb = pb;
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
    double c = nudger->lanes[a->lane].key, d = nudger->lanes[b->lane].key;
    if (fabs(c - d) > 0.5)
        return c < d ? -1 : 1;
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

/* --- pairs ------------------------------------------------------------------------------------------------------------------- */

/* `first` belongs before `second`, at a distance. */
struct pair {
    size_t first, second; /* lanes */
};

struct pairs {
    struct pair *at;
    size_t n, cap;
};

static bool in_each_others_way(const struct nudger *nudger, const struct run *a, const struct run *b, double gap) {
    if (a->lane == b->lane || (a->edge == b->edge && (a->at > b->at ? a->at - b->at : b->at - a->at) < 3))
        return false;
    const struct lane *p = &nudger->lanes[a->lane], *q = &nudger->lanes[b->lane];
    return a->lo < b->hi + gap / 2 && b->lo < a->hi + gap / 2 && p->min < q->max + gap && q->min < p->max + gap;
}

/* The strip a run may come to lie in. */
static struct rect strip(const struct nudger *nudger, const struct run *run) {
    const struct lane *lane = &nudger->lanes[run->lane];
    double from = fmax(lane->min, lane->c - REACH), to = fmin(lane->max, lane->c + REACH), length = run->hi - run->lo;
    return nudger->upright ? (struct rect){from, run->lo, to - from, length}
                           : (struct rect){run->lo, from, length, to - from};
}

static struct pairs find_pairs(struct nudger *nudger, double gap) {
    struct pairs pairs = {0};
    struct space space = space_new(nudger->frames.bounds, nudger->n, nudger->arena);
    for (size_t i = 0; i < nudger->n; i++) {
        const size_t *found;
        struct rect mine = strip(nudger, &nudger->runs[i]);
        for (size_t n = space_find(&space, mine, gap, &found), k = 0; k < n; k++) {
            const struct run *a = &nudger->runs[found[k]], *b = &nudger->runs[i];
            if (!in_each_others_way(nudger, a, b, gap))
                continue;
            bool before = compare_runs(nudger, a, b) < 0;
            pairs.at = arena_grow(nudger->arena, pairs.at, &pairs.cap, pairs.n + 1, sizeof *pairs.at);
            pairs.at[pairs.n++] = (struct pair){before ? a->lane : b->lane, before ? b->lane : a->lane};
        }
        space_add(&space, mine);
    }
    return pairs;
}

/* --- one order for all ---------------------------------------------------------------------------------------------------------- */

/* Pairs by one of their lanes: those of lane i are list[start[i]] to list[start[i + 1]] (exclusive). */
struct index {
    size_t *start, *list;
};

static struct index index_pairs(const struct nudger *nudger, const struct pairs *pairs, bool by_second) {
    struct index index = {arena_array(nudger->arena, nudger->lane_count + 2, sizeof *index.start),
                          arena_array(nudger->arena, pairs->n, sizeof *index.list)};
    for (size_t i = 0; i < pairs->n; i++)
        index.start[(by_second ? pairs->at[i].second : pairs->at[i].first) + 2]++;
    for (size_t i = 0; i < nudger->lane_count; i++)
        index.start[i + 2] += index.start[i + 1];
    for (size_t i = 0; i < pairs->n; i++)
        index.list[index.start[(by_second ? pairs->at[i].second : pairs->at[i].first) + 1]++] = i;
    return index;
}

struct place {
    double c;
    size_t lane;
};

static int by_place(const void *a, const void *b) {
    const struct place *x = a, *y = b;
    if (x->c < y->c || x->c > y->c)
        return x->c < y->c ? -1 : 1;
    return (x->lane > y->lane) - (x->lane < y->lane);
}

/* The next lane of a group on one coordinate: the first that no other has to go before, or simply the first, when wishes go round
 * in a circle and cannot all be heard. */
static size_t choose(const struct place *group, size_t n, const size_t *waits, const bool *placed) {
    size_t first = n;
    for (size_t i = 0; i < n; i++) {
        if (placed[group[i].lane])
            continue;
        if (!waits[group[i].lane])
            return i;
        first = first == n ? i : first;
    }
    return first;
}

/* All lanes into `sorted`, by key, those on one coordinate by their pairs; their numbers into lane->order. */
static void order_lanes(struct nudger *nudger, const struct pairs *pairs, size_t *sorted) {
    size_t n = nudger->lane_count, done = 0;
    struct place *places = arena_array(nudger->arena, n, sizeof *places);
    size_t *waits = arena_array(nudger->arena, n, sizeof *waits);
    bool *placed = arena_array(nudger->arena, n, sizeof *placed);
    struct index index = index_pairs(nudger, pairs, false);
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){nudger->lanes[i].key, i};
    for (size_t i = 0; i < pairs->n; i++)
        waits[pairs->at[i].second]++;
    if (n)
        qsort(places, n, sizeof *places, by_place);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && places[to].c - places[to - 1].c <= 0.5; to++)
            ;
        for (size_t i = from; i < to; i++) {
            size_t lane = places[from + choose(places + from, to - from, waits, placed)].lane;
            placed[lane] = true;
            nudger->lanes[lane].order = done;
            sorted[done++] = lane;
            for (size_t k = index.start[lane]; k < index.start[lane + 1]; k++)
                waits[pairs->at[index.list[k]].second]--;
        }
    }
}

/* --- positions ----------------------------------------------------------------------------------------------------------------- */

/* Lanes that push each other: they move as one. */
struct pile {
    double sum, weight; /* of want - offset */
    double min, max, at;
    size_t head, tail; /* its lanes, by lane->next */
};

struct solver {
    struct nudger *nudger;
    const struct pairs *pairs;
    struct index before; /* pairs by their second lane */
    struct pile *piles;  /* by number of their first lane */
    double gap;
};

static void settle(struct pile *block) { block->at = fmax(block->min, fmin(block->max, block->sum / block->weight)); }

static double position(const struct solver *solver, size_t lane) {
    const struct lane *it = &solver->nudger->lanes[lane];
    return solver->piles[it->block].at + it->offset;
}

static void open_pile(struct solver *solver, size_t i) {
    struct lane *lane = &solver->nudger->lanes[i];
    lane->block = lane->next = i, lane->offset = 0;
    solver->piles[i] = (struct pile){lane->want * lane->weight, lane->weight, lane->min, lane->max, 0, i, i};
    settle(&solver->piles[i]);
}

static void merge(struct solver *solver, size_t into, size_t from, double shift) {
    struct pile *a = &solver->piles[into], *b = &solver->piles[from];
    struct lane *lanes = solver->nudger->lanes;
    for (size_t i = b->head;; i = lanes[i].next) {
        lanes[i].block = into;
        lanes[i].offset += shift;
        if (i == b->tail)
            break;
    }
    lanes[a->tail].next = b->head;
    a->tail = b->tail;
    a->sum += b->sum - b->weight * shift;
    a->weight += b->weight;
    a->min = fmax(a->min, b->min - shift);
    a->max = fmin(a->max, b->max - shift);
    settle(a);
}

/* The pair that most lacks room between a lane of another block and one of `block` behind it; how much it lacks. */
static double worst_lack(const struct solver *solver, size_t block, struct pair *worst) {
    const struct lane *lanes = solver->nudger->lanes;
    const struct pile *it = &solver->piles[block];
    double most = 0.01;
    for (size_t i = it->head;; i = lanes[i].next) {
        for (size_t k = solver->before.start[i]; k < solver->before.start[i + 1]; k++) {
            struct pair pair = solver->pairs->at[solver->before.list[k]];
            if (lanes[pair.first].block == block)
                continue;
            double lack = position(solver, pair.first) + solver->gap - position(solver, pair.second);
            if (lack > most)
                most = lack, *worst = pair;
        }
        if (i == it->tail)
            break;
    }
    return most;
}

/* Places for the lanes of one cluster, given in order; false when some channel is too narrow. */
static bool solve(struct solver *solver, const size_t *sorted, size_t n) {
    struct lane *lanes = solver->nudger->lanes;
    for (size_t i = 0; i < n; i++) {
        struct pair worst = {0, 0};
        double lack;
        open_pile(solver, sorted[i]);
        while ((lack = worst_lack(solver, lanes[sorted[i]].block, &worst)) > 0.01) {
            size_t into = lanes[worst.first].block, from = lanes[worst.second].block;
            merge(solver, into, from, solver->piles[from].at - solver->piles[into].at + lack);
        }
    }
    bool fits = true;
    for (size_t i = 0; i < n; i++) {
        double at = position(solver, sorted[i]);
        fits = fits && at >= lanes[sorted[i]].min - 0.01 && at <= lanes[sorted[i]].max + 0.01;
    }
    return fits;
}

static size_t root_of(size_t *cluster, size_t i) {
    while (cluster[i] != i)
        i = cluster[i] = cluster[cluster[i]];
    return i;
}

/* Lanes that are in no pair with each other, not even through others, are solved apart: one narrow channel squeezes no other. */
static size_t *find_clusters(const struct nudger *nudger, const struct pairs *pairs) {
    size_t *cluster = arena_array(nudger->arena, nudger->lane_count, sizeof *cluster);
    for (size_t i = 0; i < nudger->lane_count; i++)
        cluster[i] = i;
    for (size_t i = 0; i < pairs->n; i++) {
        size_t a = root_of(cluster, pairs->at[i].first), b = root_of(cluster, pairs->at[i].second);
        cluster[a > b ? a : b] = a > b ? b : a;
    }
    for (size_t i = 0; i < nudger->lane_count; i++)
        cluster[i] = root_of(cluster, i);
    return cluster;
}

/* Numbers of lanes by cluster, in order within each; where each cluster starts, by root. */
static size_t *sort_clusters(const struct nudger *nudger, const size_t *cluster, const size_t *sorted, size_t *start) {
    size_t n = nudger->lane_count;
    size_t *list = arena_array(nudger->arena, n, sizeof *list);
    for (size_t i = 0; i < n; i++)
        start[cluster[i] + 2]++;
    for (size_t i = 0; i < n; i++)
        start[i + 2] += start[i + 1];
    for (size_t i = 0; i < n; i++)
        list[start[cluster[sorted[i]] + 1]++] = sorted[i];
    return list;
}

void nudge_lanes(struct nudger *nudger) {
    static const double gaps[] = {10, 8, 7, 6, 5, 4, 3, 2, 1};
    size_t n = nudger->lane_count;
    double lane = nudger->layout->metrics->lane;
    struct pairs pairs = find_pairs(nudger, lane);
    size_t *sorted = arena_array(nudger->arena, n, sizeof *sorted),
           *start = arena_array(nudger->arena, n + 2, sizeof *start);
    order_lanes(nudger, &pairs, sorted);
    for (size_t i = 0; i < pairs.n; i++) /* the order decides where pairs contradict each other */
        if (nudger->lanes[pairs.at[i].first].order > nudger->lanes[pairs.at[i].second].order)
            pairs.at[i] = (struct pair){pairs.at[i].second, pairs.at[i].first};
    struct solver solver = {nudger, &pairs, index_pairs(nudger, &pairs, true),
                            arena_array(nudger->arena, n, sizeof(struct pile)), lane};
    const size_t *cluster = find_clusters(nudger, &pairs), *list = sort_clusters(nudger, cluster, sorted, start);
    for (size_t root = 0; root < n; root++) {
        size_t count = start[root + 1] - start[root];
        for (size_t i = 0; count && i < sizeof gaps / sizeof *gaps; i++) {
            solver.gap = lane * gaps[i] / gaps[0];
            if (solve(&solver, list + start[root], count))
                break;
        }
        for (size_t i = 0; i < count; i++)
            nudger->lanes[list[start[root] + i]].c = round(position(&solver, list[start[root] + i])); /* sharp */
    }
}
