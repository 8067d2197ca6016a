/* The engine of our own: ranks alone, as the order within them is order.c's work. Longest paths first, then every box moves to where its
 * links are shortest, which for the small groups of a diagram is what the network simplex finds. It has no state, cannot fail, and
 * takes time in proportion to boxes and links.
 */
#include <stdlib.h>

#include "layout/arrange.h"

enum { ROUNDS = 8 };

/* Boxes that must share a rank are one knot, named by its first box. */
struct knots {
    size_t n;
    size_t *of; /* by box */
    const struct ranking *ranking;
    size_t *first, *next; /* links by the knot they leave, then by the one they reach; ended by 2 * link_count */
    size_t *rank;         /* by knot */
};

static size_t find(size_t *parent, size_t i) {
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* The ends of a link as knots, the one that stands first in the file first. */
static void ends(const struct knots *knots, size_t link, size_t *a, size_t *b) {
    size_t from = knots->of[knots->ranking->links[link].from], to = knots->of[knots->ranking->links[link].to];
    *a = from < to ? from : to, *b = from < to ? to : from;
}

static struct knots make_knots(const struct ranking *ranking, struct arena *arena) {
    size_t n = ranking->n, links = ranking->link_count;
    struct knots knots = {n,
                          arena_array(arena, n, sizeof(size_t)),
                          ranking,
                          arena_array(arena, n, sizeof(size_t)),
                          arena_array(arena, 2 * links, sizeof(size_t)),
                          arena_array(arena, n, sizeof(size_t))};
    for (size_t i = 0; i < n; i++)
        knots.of[i] = i, knots.first[i] = 2 * links;
    for (size_t r = 0; r < ranking->row_count; r++)
        for (size_t i = 1; i < ranking->rows[r].n; i++) {
            size_t a = find(knots.of, ranking->rows[r].boxes[0]), b = find(knots.of, ranking->rows[r].boxes[i]);
            knots.of[a < b ? b : a] = a < b ? a : b;
        }
    for (size_t i = 0; i < n; i++)
        knots.of[i] = find(knots.of, i);
    for (size_t i = links; i-- > 0;) {
        size_t a, b;
        ends(&knots, i, &a, &b);
        knots.next[2 * i] = knots.first[a], knots.first[a] = 2 * i;
        knots.next[2 * i + 1] = knots.first[b], knots.first[b] = 2 * i + 1;
    }
    return knots;
}

/* Links run from earlier to later knots of the file, so one pass in file order finds the longest paths. */
static void longest_paths(struct knots *knots) {
    for (size_t knot = 0; knot < knots->n; knot++)
        for (size_t e = knots->first[knot]; e < 2 * knots->ranking->link_count; e = knots->next[e]) {
            size_t a, b;
            ends(knots, e / 2, &a, &b);
            if (a == knot && b != knot && knots->rank[b] < knots->rank[knot] + 1)
                knots->rank[b] = knots->rank[knot] + 1;
        }
}

/* Where its links are shortest within what its neighbours leave: at one end of that room. */
static bool tighten(struct knots *knots, size_t knot) {
    size_t lo = 0, hi = (size_t)-1;
    long pull = 0; /* towards later ranks */
    for (size_t e = knots->first[knot]; e < 2 * knots->ranking->link_count; e = knots->next[e]) {
        size_t a, b;
        ends(knots, e / 2, &a, &b);
        int weight = knots->ranking->links[e / 2].weight;
        if (a == b)
            continue;
        if (a == knot)
            hi = knots->rank[b] - 1 < hi ? knots->rank[b] - 1 : hi, pull += weight;
        else
            lo = knots->rank[a] + 1 > lo ? knots->rank[a] + 1 : lo, pull -= weight;
    }
    size_t want = pull > 0 ? hi : pull < 0 ? lo : knots->rank[knot];
    bool moved = want != knots->rank[knot];
    knots->rank[knot] = want;
    return moved;
}

static int rank_plain(void *self, const struct ranking *ranking, struct arena *arena) {
    (void)self;
    struct knots knots = make_knots(ranking, arena);
    longest_paths(&knots);
    bool moved = true;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (size_t knot = ranking->n; knot-- > 0;)
            if (knots.of[knot] == knot)
                moved = tighten(&knots, knot) || moved;
    }
    for (size_t i = 0; i < ranking->n; i++) {
        ranking->u[i] = (double)knots.rank[knots.of[i]];
        ranking->v[i] = (double)i;
    }
    return 0;
}

const struct engine engine_plain = {rank_plain, NULL, false};
