/* The placement of our own that serves where the engine fails: ranks by longest path, order by two sweeps of barycentres. It has no
 * state, cannot fail, and takes time in proportion to boxes and links (but for sorting).
 */
#include "layout/arrange.h"

#include <stdlib.h>

/* Links run from earlier to later boxes of the file, so one pass in file order finds the longest paths. */
static void longest_paths(const struct ranking *ranking, size_t *rank, struct arena *arena) {
    size_t *first = arena_array(arena, ranking->n + 1, sizeof *first);
    size_t *next = arena_array(arena, ranking->link_count, sizeof *next);
    for (size_t i = 0; i < ranking->n; i++)
        first[i] = ranking->link_count;
    for (size_t i = ranking->link_count; i-- > 0;) {
        size_t from = ranking->links[i].from;
        next[i] = first[from];
        first[from] = i;
    }
    for (size_t box = 0; box < ranking->n; box++)
        for (size_t i = first[box]; i < ranking->link_count; i = next[i]) {
            size_t to = ranking->links[i].to;
            if (to > box && rank[to] < rank[box] + 1)
                rank[to] = rank[box] + 1;
        }
    for (size_t i = 0; i < ranking->row_count; i++) {
        size_t most = 0;
        for (size_t j = 0; j < ranking->rows[i].n; j++)
            if (rank[ranking->rows[i].boxes[j]] > most)
                most = rank[ranking->rows[i].boxes[j]];
        for (size_t j = 0; j < ranking->rows[i].n; j++)
            rank[ranking->rows[i].boxes[j]] = most;
    }
}

static int rank_plain(void *self, const struct ranking *ranking, struct arena *arena) {
    (void)self;
    size_t *rank = arena_array(arena, ranking->n, sizeof *rank);
    double *filled = arena_array(arena, ranking->n + 1, sizeof *filled);
    double *sum = arena_array(arena, ranking->n, sizeof *sum);
    size_t *count = arena_array(arena, ranking->n, sizeof *count);
    longest_paths(ranking, rank, arena);
    for (size_t i = 0; i < ranking->n; i++) {
        ranking->u[i] = 100.0 * (double)rank[i];
        ranking->v[i] = filled[rank[i]] + ranking->boxes[i].v / 2;
        filled[rank[i]] += ranking->boxes[i].v + ranking->boxes[i].gap;
    }
    for (size_t i = 0; i < ranking->link_count; i++) {
        const struct link *link = &ranking->links[i];
        sum[link->to] += ranking->v[link->from];
        count[link->to]++;
    }
    for (size_t i = 0; i < ranking->n; i++)
        if (count[i])
            ranking->v[i] = sum[i] / (double)count[i] + 1e-3 * (double)i;
    return 0;
}

const struct engine engine_plain = {rank_plain, NULL};
