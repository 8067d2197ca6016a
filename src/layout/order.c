/* Order within the ranks of one group.
 *
 * Candidates: the order of the file with bends where they cross least; that order improved by sweeps of barycentres (Sugiyama,
 * Tagawa, Toda 1981) and exchanges of neighbours (Gansner et al. 1993); what an engine says, and its mirror image. From each,
 * neighbours that stand against the file change places where that costs no crossing. The fewest crossings win, then the least disorder.
 * Whoever knows better than the file, after seeing the whole picture, gives ranking->order in its stead (untangle.c).
 */
#include <stdlib.h>
#include <string.h>

#include "layout/rows.h"

enum { SWEEPS = 8, MOST_EXCHANGES = 8, MOST_PAIRS = 1024, WINDOW = 32 };

struct key {
    double at;
    size_t item;
};

static int by_key(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    if (x->at < y->at || x->at > y->at)
        return x->at < y->at ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static void sort_row(struct work *work, struct row *row, const double *at) {
    struct key *keys = work->scratch;
    for (size_t i = 0; i < row->n; i++)
        keys[i] = (struct key){at[row->items[i]], row->items[i]};
    qsort(keys, row->n, sizeof *keys, by_key);
    for (size_t i = 0; i < row->n; i++) {
        row->items[i] = keys[i].item;
        work->items[keys[i].item].order = i;
    }
}

static void apply(struct work *work, const double *at) {
    for (size_t r = 0; r < work->row_count; r++)
        sort_row(work, &work->rows[r], at);
}

double rows_place(const struct work *work, size_t item, double port) {
    double size = work->items[item].v_size;
    return (double)work->items[item].order + (size > 0 ? 0.9 * port / size : 0.45);
}

/* --- counting ------------------------------------------------------------------------------------------------------------- */

struct ends {
    double a, b;
};

static int by_ends(const void *x, const void *y) {
    const struct ends *p = x, *q = y;
    if (p->a < q->a || p->a > q->a)
        return p->a < q->a ? -1 : 1;
    return (p->b > q->b) - (p->b < q->b);
}

/* Inversions of `b` by merge sort; `at` ends sorted by b. */
static size_t inversions(struct ends *at, struct ends *scratch, size_t n) {
    if (n < 2)
        return 0;
    size_t half = n / 2, count = inversions(at, scratch, half) + inversions(at + half, scratch, n - half);
    size_t i = 0, j = half, k = 0;
    while (i < half || j < n) {
        if (j == n || (i < half && at[i].b <= at[j].b)) {
            scratch[k++] = at[i++];
        } else {
            count += half - i;
            scratch[k++] = at[j++];
        }
    }
    memcpy(at, scratch, n * sizeof *at);
    return count;
}

static size_t crossings(const struct work *work) {
    struct ends *ends = work->scratch, *scratch = ends + work->piece_count;
    size_t count = 0;
    for (size_t r = 0; r + 1 < work->row_count; r++) {
        size_t n = 0;
        for (size_t i = 0; i < work->rows[r].n; i++)
            for (const size_t *p = work->touching[work->rows[r].items[i]]; *p < work->piece_count; p++) {
                const struct piece *piece = &work->pieces[*p];
                if (work->items[piece->a].rank == r)
                    ends[n++] = (struct ends){rows_place(work, piece->a, piece->pa),
                                              rows_place(work, piece->b, piece->pb)};
            }
        qsort(ends, n, sizeof *ends, by_ends);
        count += inversions(ends, scratch, n);
    }
    return count;
}

/* Pairs of boxes in one rank that stand against the order of the file. */
static size_t disorder(const struct work *work) {
    size_t count = 0;
    for (size_t r = 0; r < work->row_count; r++)
        for (size_t i = 0; i < work->rows[r].n; i++)
            for (size_t j = i + 1; j < work->rows[r].n && j < i + WINDOW; j++) {
                long a = work->items[work->rows[r].items[i]].box, b = work->items[work->rows[r].items[j]].box;
                count += a != NO_BOX && b != NO_BOX && a > b;
            }
    return count;
}

/* --- neighbours that change places ----------------------------------------------------------------------------------------- */

/* What is won by `after` standing before `before`, its left neighbour now: crossings less; below 0 when that costs some. */
static long gain(const struct work *work, size_t before, size_t after) {
    long gained = 0, pairs = 0;
    for (const size_t *p = work->touching[before]; *p < work->piece_count; p++) {
        const struct piece *mine = &work->pieces[*p];
        bool next = mine->a == before;
        double here = next ? rows_place(work, mine->b, mine->pb) : rows_place(work, mine->a, mine->pa);
        for (const size_t *q = work->touching[after]; *q < work->piece_count; q++) {
            const struct piece *theirs = &work->pieces[*q];
            if ((theirs->a == after) != next)
                continue;
            double there = next ? rows_place(work, theirs->b, theirs->pb) : rows_place(work, theirs->a, theirs->pa);
            gained += (here > there) - (here < there);
            if (++pairs > MOST_PAIRS)
                return 0;
        }
    }
    return gained;
}

static void exchange(struct work *work, struct row *row, size_t i) {
    size_t a = row->items[i], b = row->items[i + 1];
    row->items[i] = b, row->items[i + 1] = a;
    work->items[b].order = i, work->items[a].order = i + 1;
}

/* Exchange neighbours where that saves crossings, or costs none and mends the order of the file. `pinned`: boxes keep theirs. */
static void exchange_neighbours(struct work *work, bool pinned) {
    for (int round = 0; round < MOST_EXCHANGES; round++) {
        bool moved = false;
        for (size_t r = 0; r < work->row_count; r++) {
            struct row *row = &work->rows[r];
            for (size_t i = 0; i + 1 < row->n; i++) {
                long a = work->items[row->items[i]].box, b = work->items[row->items[i + 1]].box;
                bool boxes = a != NO_BOX && b != NO_BOX;
                if (boxes && pinned)
                    continue;
                long won = gain(work, row->items[i], row->items[i + 1]);
                if (won > 0 || (won == 0 && boxes && a > b)) {
                    exchange(work, row, i);
                    moved = true;
                }
            }
        }
        if (!moved)
            return;
    }
}

/* --- sweeps ----------------------------------------------------------------------------------------------------------------- */

/* Sort one row by the middle of what its items are linked to in the rank before (or behind). */
static void sort_by_middle(struct work *work, size_t r, bool before, double *at) {
    struct row *row = &work->rows[r];
    for (size_t i = 0; i < row->n; i++) {
        size_t item = row->items[i], n = 0;
        double sum = 0;
        for (const size_t *p = work->touching[item]; *p < work->piece_count; p++) {
            const struct piece *piece = &work->pieces[*p];
            if (before ? piece->b != item : piece->a != item)
                continue;
            sum += before ? rows_place(work, piece->a, piece->pa) : rows_place(work, piece->b, piece->pb);
            n++;
        }
        size_t other = before ? r - 1 : r + 1;
        double scale = (double)work->rows[other].n / (double)row->n;
        at[item] = n ? sum / (double)n : ((double)i + 0.45) * scale;
    }
    sort_row(work, row, at);
}

static void sweep(struct work *work, double *at, bool forward) {
    for (size_t k = 1; k < work->row_count; k++)
        sort_by_middle(work, forward ? k : work->row_count - 1 - k, forward, at);
}

/* --- candidates ---------------------------------------------------------------------------------------------------------------- */

struct best {
    double *at; /* order by item */
    size_t crossings, disorder;
    bool any;
};

static void keep_better(struct work *work, struct best *best) {
    size_t crossed = crossings(work), wrong = disorder(work);
    if (best->any && (crossed > best->crossings || (crossed == best->crossings && wrong >= best->disorder)))
        return;
    *best = (struct best){best->at, crossed, wrong, true};
    for (size_t i = 0; i < work->item_count; i++)
        best->at[i] = (double)work->items[i].order;
}

static void by_sweeps(struct work *work, double *at, struct best *best) {
    for (int i = 0; i < SWEEPS && best->crossings > 0; i++) {
        sweep(work, at, i % 2 == 0);
        exchange_neighbours(work, false);
        keep_better(work, best);
    }
}

/* Boxes as in the file; a bend behind the box its link comes from, then where it crosses least. */
static void by_file(struct work *work, double *at) {
    for (size_t i = 0; i < work->item_count; i++)
        at[i] = (double)work->items[i].box;
    for (size_t i = 0; i < work->piece_count; i++) { /* pieces of a link stand in the order they are passed */
        const struct piece *piece = &work->pieces[i];
        if (work->items[piece->b].box == NO_BOX)
            at[piece->b] = at[piece->a] + (work->items[piece->a].box == NO_BOX ? 0 : 0.5);
    }
    apply(work, at);
    exchange_neighbours(work, true);
}

size_t rows_order(struct work *work, bool guessed) {
    size_t most = work->item_count > 2 * work->piece_count ? work->item_count : 2 * work->piece_count;
    double *at = arena_array(work->arena, work->item_count, sizeof *at);
    work->scratch = arena_array(work->arena, most,
                                sizeof(struct key) > sizeof(struct ends) ? sizeof(struct key) : sizeof(struct ends));
    struct best best = {.at = arena_array(work->arena, work->item_count, sizeof *best.at)};
    by_file(work, at);
    keep_better(work, &best);
    if (best.crossings > 0) {
        exchange_neighbours(work, false);
        keep_better(work, &best);
    }
    by_sweeps(work, at, &best);
    for (int mirrored = 0; guessed && mirrored < 2 && best.crossings > 0; mirrored++) {
        for (size_t i = 0; i < work->item_count; i++)
            at[i] = mirrored ? -work->items[i].guess : work->items[i].guess;
        apply(work, at);
        keep_better(work, &best);
        exchange_neighbours(work, false);
        keep_better(work, &best);
    }
    apply(work, best.at);
    return best.crossings;
}
