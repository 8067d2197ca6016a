/* Coordinates for one group.
 *
 * The life of the data:
 *
 *   links ──engine──▶ ranks ──split long links──▶ items (boxes and bends) ──engine again──▶ order in every rank
 *     ──align──▶ blocks (items on one straight line) ──settle──▶ v of every block ──▶ u of every rank
 *
 * A link that spans several ranks is cut into pieces by bends (the field says "dummy nodes"), one in every rank it passes, so that
 * it has a lane of its own there. The order is the engine's unless the file's order (or its mirror image) crosses no more.
 * Links chosen for alignment (Brandes and Koepf 2002, with the priorities of Gansner et al. 1993: bends first, then lone links,
 * then the middle one of an odd fan) tie their items into blocks that move as one; blocks then settle where the median of their
 * other links wants them, within what their neighbours leave free.
 */
#include "layout/arrange.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 24, NONE = -1 };

struct item {
    double v_size, gap;
    long box; /* index, or NONE for a bend */
    size_t rank, order;
    long block;    /* index */
    double offset; /* from the block's position to the item's start */
    double guess;  /* v of the centre as the engine saw it */
};

/* A piece of a link between neighbouring ranks. */
struct piece {
    size_t a, b; /* items; a in the rank before b's */
    double pa, pb;
    int weight;
    bool aligned;
};

struct row {
    size_t *items;
    size_t n;
};

struct block {
    double at;
    bool anchored; /* has links that are not aligned */
};

struct work {
    struct arena *arena;
    const struct arrange_gaps *gaps;
    struct item *items;
    size_t item_count;
    struct piece *pieces;
    size_t piece_count;
    struct row *rows;
    size_t row_count;
    struct block *blocks;
    size_t block_count;
    size_t **touching; /* pieces of every item, by item; ended by piece_count */
};

static bool finite_all(const double *at, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isfinite(at[i]))
            return false;
    return true;
}

static int by_double(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Ranks by equal u: dot centres all boxes of a rank on one line. */
static size_t number_ranks(const double *u, size_t n, size_t *rank, struct arena *arena) {
    double *sorted = arena_array(arena, n, sizeof *sorted);
    memcpy(sorted, u, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_double);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (count == 0 || sorted[i] > sorted[count - 1] + 0.5)
            sorted[count++] = sorted[i];
    for (size_t i = 0; i < n; i++) {
        size_t lo = 0, hi = count - 1;
        while (lo < hi) {
            size_t mid = (lo + hi + 1) / 2;
            if (sorted[mid] <= u[i] + 0.25)
                lo = mid;
            else
                hi = mid - 1;
        }
        rank[i] = lo;
    }
    return count;
}

static bool ask(const struct ranking *ranking, const struct engine *engine, struct arena *arena) {
    return engine->rank(engine->self, ranking, arena) == 0 && finite_all(ranking->u, ranking->n) &&
           finite_all(ranking->v, ranking->n);
}

static size_t add_item(struct work *work, long box, double v_size, double gap, size_t rank) {
    work->items[work->item_count] = (struct item){
        .v_size = v_size, .gap = gap, .box = box, .rank = rank, .block = NONE};
    return work->item_count++;
}

static void add_piece(struct work *work, size_t a, size_t b, double pa, double pb, int weight) {
    work->pieces[work->piece_count++] = (struct piece){a, b, pa, pb, weight, false};
}

/* Items and pieces: boxes as they are, links cut where they pass a rank. Links within one rank have no piece. */
static void split(struct work *work, const struct ranking *ranking, const size_t *rank) {
    size_t pieces = 0, bends = 0;
    for (size_t i = 0; i < ranking->link_count; i++) {
        const struct link *link = &ranking->links[i];
        size_t a = rank[link->from], b = rank[link->to], span = a < b ? b - a : a - b;
        pieces += span;
        bends += span ? span - 1 : 0;
    }
    work->items = arena_array(work->arena, ranking->n + bends, sizeof *work->items);
    work->pieces = arena_array(work->arena, pieces, sizeof *work->pieces);
    for (size_t i = 0; i < ranking->n; i++) {
        add_item(work, (long)i, ranking->boxes[i].v, ranking->boxes[i].gap, rank[i]);
        work->items[i].guess = ranking->v[i];
    }
    for (size_t i = 0; i < ranking->link_count; i++) {
        const struct link *link = &ranking->links[i];
        bool forward = rank[link->from] < rank[link->to];
        size_t a = forward ? link->from : link->to, b = forward ? link->to : link->from;
        double pa = forward ? link->port_from : link->port_to, pb = forward ? link->port_to : link->port_from;
        if (rank[a] == rank[b])
            continue;
        size_t before = a;
        double port = pa;
        for (size_t r = rank[a] + 1; r < rank[b]; r++) {
            size_t bend = add_item(work, NONE, 0, work->gaps->lane, r);
            double part = (double)(r - rank[a]) / (double)(rank[b] - rank[a]);
            work->items[bend].guess = ranking->v[a] + (ranking->v[b] - ranking->v[a]) * part;
            add_piece(work, before, bend, port, 0, before == a ? 2 * link->weight : 8 * link->weight);
            before = bend;
            port = 0;
        }
        add_piece(work, before, b, port, pb, before == a ? link->weight : 2 * link->weight);
    }
}

/* The engine's order with every bend a box of its own. Leaves the guesses alone when the engine fails. */
static void guess_again(struct work *work, const struct ranking *ranking, const struct engine *engine) {
    if (work->item_count == ranking->n)
        return;
    struct box *boxes = arena_array(work->arena, work->item_count, sizeof *boxes);
    struct link *links = arena_array(work->arena, work->piece_count, sizeof *links);
    for (size_t i = 0; i < work->item_count; i++)
        boxes[i] = i < ranking->n ? ranking->boxes[i] : (struct box){.u = 1, .v = 1, .gap = work->gaps->lane};
    for (size_t i = 0; i < work->piece_count; i++) {
        const struct piece *piece = &work->pieces[i];
        links[i] = (struct link){piece->a, piece->b, piece->pa, piece->pb, 0, piece->weight};
    }
    struct ranking again = {.boxes = boxes,
                            .n = work->item_count,
                            .links = links,
                            .link_count = work->piece_count,
                            .rows = ranking->rows,
                            .row_count = ranking->row_count};
    again.u = arena_array(work->arena, again.n, sizeof *again.u);
    again.v = arena_array(work->arena, again.n, sizeof *again.v);
    size_t *rank = arena_array(work->arena, again.n, sizeof *rank);
    if (!ask(&again, engine, work->arena))
        return;
    number_ranks(again.u, again.n, rank, work->arena);
    for (size_t i = 0; i < again.n; i++)
        if (rank[i] != work->items[i].rank)
            return; /* other ranks than before: the first answer stands */
    for (size_t i = 0; i < again.n; i++)
        work->items[i].guess = again.v[i];
}

static void make_rows(struct work *work, size_t ranks) {
    work->row_count = ranks;
    work->rows = arena_array(work->arena, ranks, sizeof *work->rows);
    for (size_t i = 0; i < work->item_count; i++)
        work->rows[work->items[i].rank].n++;
    for (size_t r = 0; r < ranks; r++) {
        work->rows[r].items = arena_array(work->arena, work->rows[r].n, sizeof(size_t));
        work->rows[r].n = 0;
    }
    for (size_t i = 0; i < work->item_count; i++) {
        struct row *row = &work->rows[work->items[i].rank];
        row->items[row->n++] = i;
    }
    size_t total = 2 * work->piece_count;
    size_t *lists = arena_array(work->arena, total + work->item_count, sizeof *lists);
    work->touching = arena_array(work->arena, work->item_count + 1, sizeof *work->touching);
    size_t *degree = arena_array(work->arena, work->item_count, sizeof *degree);
    for (size_t i = 0; i < work->piece_count; i++)
        degree[work->pieces[i].a]++, degree[work->pieces[i].b]++;
    for (size_t i = 0; i < work->item_count; i++) {
        work->touching[i] = lists;
        lists += degree[i] + 1;
        work->touching[i][degree[i]] = work->piece_count;
        degree[i] = 0;
    }
    for (size_t i = 0; i < work->piece_count; i++) {
        const struct piece *piece = &work->pieces[i];
        work->touching[piece->a][degree[piece->a]++] = i;
        work->touching[piece->b][degree[piece->b]++] = i;
    }
}

/* --- order ------------------------------------------------------------------------------------------------- */

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
    struct key *keys = arena_array(work->arena, row->n, sizeof *keys);
    for (size_t i = 0; i < row->n; i++)
        keys[i] = (struct key){at[row->items[i]], row->items[i]};
    qsort(keys, row->n, sizeof *keys, by_key);
    for (size_t i = 0; i < row->n; i++) {
        row->items[i] = keys[i].item;
        work->items[keys[i].item].order = i;
    }
}

/* Where a piece ends in its row, to a fraction of the box: ports of one box count as different places. */
static double place_in_row(const struct work *work, size_t item, double port) {
    double size = work->items[item].v_size;
    return (double)work->items[item].order + (size > 0 ? 0.9 * port / size : 0.45);
}

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
    struct ends *ends = arena_array(work->arena, work->piece_count, sizeof *ends);
    struct ends *scratch = arena_array(work->arena, work->piece_count, sizeof *scratch);
    size_t count = 0;
    for (size_t r = 0; r + 1 < work->row_count; r++) {
        size_t n = 0;
        for (size_t i = 0; i < work->rows[r].n; i++)
            for (const size_t *p = work->touching[work->rows[r].items[i]]; *p < work->piece_count; p++) {
                const struct piece *piece = &work->pieces[*p];
                if (work->items[piece->a].rank == r)
                    ends[n++] = (struct ends){place_in_row(work, piece->a, piece->pa),
                                              place_in_row(work, piece->b, piece->pb)};
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
            for (size_t j = i + 1; j < work->rows[r].n && j < i + 32; j++) {
                long a = work->items[work->rows[r].items[i]].box, b = work->items[work->rows[r].items[j]].box;
                count += a != NONE && b != NONE && a > b;
            }
    return count;
}

/* Boxes in file order; bends where the items they are linked to in the rank before stand. */
static void order_by_file(struct work *work, double *at) {
    for (size_t r = 0; r < work->row_count; r++) {
        const struct row *row = &work->rows[r];
        for (size_t i = 0; i < row->n; i++)
            at[row->items[i]] = (double)work->items[row->items[i]].box;
        for (size_t i = 0; i < row->n; i++) {
            struct item *item = &work->items[row->items[i]];
            if (item->box != NONE)
                continue;
            /* between the boxes whose guesses it lies between */
            double place = -0.5;
            for (size_t j = 0; j < row->n; j++) {
                const struct item *other = &work->items[row->items[j]];
                if (other->box != NONE && other->guess < item->guess && (double)other->box + 0.5 > place)
                    place = (double)other->box + 0.5;
            }
            at[row->items[i]] = place + 1e-6 * item->guess;
        }
    }
}

static void apply_order(struct work *work, const double *at) {
    for (size_t r = 0; r < work->row_count; r++)
        sort_row(work, &work->rows[r], at);
}

static void choose_order(struct work *work) {
    double *candidate[3];
    for (size_t c = 0; c < 3; c++)
        candidate[c] = arena_array(work->arena, work->item_count, sizeof(double));
    for (size_t i = 0; i < work->item_count; i++) {
        candidate[1][i] = work->items[i].guess;
        candidate[2][i] = -work->items[i].guess;
    }
    order_by_file(work, candidate[0]);
    size_t best = 0, best_crossings = 0, best_disorder = 0;
    for (size_t c = 0; c < 3; c++) {
        apply_order(work, candidate[c]);
        size_t crossed = crossings(work), wrong = disorder(work);
        if (c == 0 || crossed < best_crossings || (crossed == best_crossings && wrong < best_disorder))
            best = c, best_crossings = crossed, best_disorder = wrong;
    }
    apply_order(work, candidate[best]);
}

/* --- blocks ------------------------------------------------------------------------------------------------- */

struct candidate {
    int priority;
    size_t piece;
};

static int by_priority(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    return (x->piece > y->piece) - (x->piece < y->piece);
}

/* Pieces of `item` towards the next rank (or the one before), and how many of them lie on this side of `piece`. */
static size_t fan(const struct work *work, size_t item, bool next, size_t piece, size_t *before, size_t *same) {
    size_t n = 0;
    *before = *same = 0;
    const struct piece *mine = &work->pieces[piece];
    double here = next ? place_in_row(work, mine->b, mine->pb) : place_in_row(work, mine->a, mine->pa);
    for (const size_t *p = work->touching[item]; *p < work->piece_count; p++) {
        const struct piece *other = &work->pieces[*p];
        if ((next ? other->a : other->b) != item)
            continue;
        double there = next ? place_in_row(work, other->b, other->pb) : place_in_row(work, other->a, other->pa);
        n++;
        *before += there < here;
        *same += there >= here && there <= here && *p != piece;
    }
    return n;
}

static bool middle(size_t n, size_t before, size_t same) {
    return n % 2 == 1 ? before <= n / 2 && before + same >= n / 2
                      : same > 0 && before <= n / 2 && before + same + 1 > n / 2;
}

static int priority(const struct work *work, size_t index) {
    const struct piece *piece = &work->pieces[index];
    bool bend_a = work->items[piece->a].box == NONE, bend_b = work->items[piece->b].box == NONE;
    if (bend_a && bend_b)
        return 1000 + piece->weight;
    size_t before_a, before_b, same_a, same_b;
    size_t out = fan(work, piece->a, true, index, &before_a, &same_a);
    size_t in = fan(work, piece->b, false, index, &before_b, &same_b);
    if (out == 1 && in == 1)
        return 500 + piece->weight;
    if (middle(out, before_a, same_a) && middle(in, before_b, same_b))
        return (bend_a || bend_b ? 200 : 300) + piece->weight;
    return 0;
}

/* True when an aligned piece of the same pair of ranks crosses this one. */
static bool crosses_aligned(const struct work *work, const struct piece *piece, const size_t *aligned, size_t n) {
    size_t a = work->items[piece->a].order, b = work->items[piece->b].order;
    for (size_t i = 0; i < n; i++) {
        const struct piece *other = &work->pieces[aligned[i]];
        size_t oa = work->items[other->a].order, ob = work->items[other->b].order;
        if (oa == a || ob == b || (oa < a) != (ob < b))
            return true;
    }
    return false;
}

static void align(struct work *work) {
    struct candidate *candidates = arena_array(work->arena, work->piece_count, sizeof *candidates);
    size_t *aligned = arena_array(work->arena, work->item_count, sizeof *aligned);
    for (size_t r = 0; r + 1 < work->row_count; r++) {
        size_t n = 0, taken = 0;
        for (size_t i = 0; i < work->rows[r].n; i++)
            for (const size_t *p = work->touching[work->rows[r].items[i]]; *p < work->piece_count; p++)
                if (work->items[work->pieces[*p].a].rank == r) {
                    int value = priority(work, *p);
                    if (value > 0)
                        candidates[n++] = (struct candidate){value, *p};
                }
        qsort(candidates, n, sizeof *candidates, by_priority);
        for (size_t i = 0; i < n; i++)
            if (!crosses_aligned(work, &work->pieces[candidates[i].piece], aligned, taken)) {
                aligned[taken++] = candidates[i].piece;
                work->pieces[candidates[i].piece].aligned = true;
            }
    }
}

static double separation(const struct work *work, size_t before, size_t after) {
    const struct item *a = &work->items[before], *b = &work->items[after];
    double gap = a->gap > b->gap ? a->gap : b->gap;
    if (a->box == NONE && b->box == NONE)
        gap = work->gaps->lane;
    return a->v_size + gap;
}

static void make_blocks(struct work *work) {
    work->blocks = arena_array(work->arena, work->item_count, sizeof *work->blocks);
    work->block_count = 0;
    for (size_t r = 0; r < work->row_count; r++)
        for (size_t i = 0; i < work->rows[r].n; i++) {
            size_t index = work->rows[r].items[i];
            struct item *item = &work->items[index];
            for (const size_t *p = work->touching[index]; *p < work->piece_count; p++) {
                const struct piece *piece = &work->pieces[*p];
                if (!piece->aligned || piece->b != index)
                    continue;
                item->block = work->items[piece->a].block;
                item->offset = work->items[piece->a].offset + piece->pa - piece->pb;
            }
            if (item->block == NONE) {
                item->block = (long)work->block_count;
                work->blocks[work->block_count++].at = item->guess - item->v_size / 2;
            }
        }
}

static double start(const struct work *work, size_t item) {
    const struct item *it = &work->items[item];
    return work->blocks[it->block].at + it->offset;
}

/* Push blocks apart, row by row, until every row is in order. Few rounds are enough, as blocks do not cross. */
static bool make_room(struct work *work) {
    for (size_t round = 0; round <= work->item_count + 1; round++) {
        bool moved = false;
        for (size_t r = 0; r < work->row_count; r++)
            for (size_t i = 1; i < work->rows[r].n; i++) {
                size_t a = work->rows[r].items[i - 1], b = work->rows[r].items[i];
                double least = start(work, a) + separation(work, a, b);
                if (start(work, b) < least - 1e-6) {
                    work->blocks[work->items[b].block].at += least - start(work, b);
                    moved = true;
                }
            }
        if (!moved)
            return true;
    }
    return false;
}

struct wish {
    double at;
    int weight;
};

static int by_wish(const void *a, const void *b) {
    double x = ((const struct wish *)a)->at, y = ((const struct wish *)b)->at;
    return (x > y) - (x < y);
}

static double median(struct wish *wishes, size_t n) {
    qsort(wishes, n, sizeof *wishes, by_wish);
    long total = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        total += wishes[i].weight;
    for (size_t i = 0; i < n; i++) {
        sum += wishes[i].weight;
        if (2 * sum == total && i + 1 < n)
            return (wishes[i].at + wishes[i + 1].at) / 2;
        if (2 * sum > total)
            return wishes[i].at;
    }
    return 0;
}

struct members {
    size_t *items; /* of all blocks, block by block */
    size_t *from;  /* by block, and one behind the last */
    struct wish *wishes;
};

static struct members list_members(struct work *work) {
    struct members members = {arena_array(work->arena, work->item_count, sizeof(size_t)),
                              arena_array(work->arena, work->block_count + 1, sizeof(size_t)),
                              arena_array(work->arena, 2 * work->piece_count + 1, sizeof(struct wish))};
    for (size_t i = 0; i < work->item_count; i++)
        members.from[work->items[i].block + 1]++;
    for (size_t b = 0; b < work->block_count; b++)
        members.from[b + 1] += members.from[b];
    size_t *next = arena_array(work->arena, work->block_count, sizeof *next);
    for (size_t i = 0; i < work->item_count; i++) {
        long block = work->items[i].block;
        members.items[members.from[block] + next[block]++] = i;
    }
    return members;
}

/* Move one block to the median of what its links want, as far as its neighbours let it. */
static double settle_block(struct work *work, struct members *members, size_t block) {
    double lo = -INFINITY, hi = INFINITY;
    size_t n = 0;
    for (size_t m = members->from[block]; m < members->from[block + 1]; m++) {
        size_t index = members->items[m];
        const struct item *item = &work->items[index];
        const struct row *row = &work->rows[item->rank];
        if (item->order > 0) {
            size_t before = row->items[item->order - 1];
            lo = fmax(lo, start(work, before) + separation(work, before, index) - item->offset);
        }
        if (item->order + 1 < row->n) {
            size_t after = row->items[item->order + 1];
            hi = fmin(hi, start(work, after) - separation(work, index, after) - item->offset);
        }
        for (const size_t *p = work->touching[index]; *p < work->piece_count; p++) {
            const struct piece *piece = &work->pieces[*p];
            size_t other = piece->a == index ? piece->b : piece->a;
            if (work->items[other].block == (long)block)
                continue;
            double mine = piece->a == index ? piece->pa : piece->pb, theirs = piece->a == index ? piece->pb : piece->pa;
            members->wishes[n++] = (struct wish){start(work, other) + theirs - mine - item->offset, piece->weight};
        }
    }
    double want = n ? median(members->wishes, n) : work->blocks[block].at, at = fmax(lo, fmin(hi, want));
    double moved = fabs(at - work->blocks[block].at);
    if (lo <= hi)
        work->blocks[block].at = at;
    return lo <= hi ? moved : 0;
}

static void settle(struct work *work) {
    struct members members = list_members(work);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double moved = 0;
        for (size_t i = 0; i < work->block_count; i++)
            moved += settle_block(work, &members, sweep % 2 ? work->block_count - 1 - i : i);
        if (moved < 0.01)
            return;
    }
}

/* Should alignment have tied blocks that pull each other in a circle, it is given up for this group. */
static void across(struct work *work) {
    align(work);
    make_blocks(work);
    if (!make_room(work)) {
        for (size_t i = 0; i < work->piece_count; i++)
            work->pieces[i].aligned = false;
        for (size_t i = 0; i < work->item_count; i++)
            work->items[i].block = NONE, work->items[i].offset = 0;
        make_blocks(work);
        make_room(work);
    }
    settle(work);
}

/* --- along the flow ------------------------------------------------------------------------------------------ */

static double *rank_lines(const struct work *work, const struct ranking *ranking, const size_t *rank, double *extent) {
    size_t n = work->row_count;
    double *before = arena_array(work->arena, n, sizeof *before), *behind = arena_array(work->arena, n, sizeof *behind);
    double *gap = arena_array(work->arena, n, sizeof *gap), *line = arena_array(work->arena, n, sizeof *line);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct box *box = &ranking->boxes[i];
        before[rank[i]] = fmax(before[rank[i]], box->anchor);
        behind[rank[i]] = fmax(behind[rank[i]], box->u - box->anchor);
    }
    for (size_t r = 0; r < n; r++)
        gap[r] = work->gaps->rank;
    for (size_t i = 0; i < ranking->link_count; i++) {
        size_t a = rank[ranking->links[i].from], b = rank[ranking->links[i].to];
        if (a != b && (a < b ? b - a : a - b) == 1)
            gap[a < b ? a : b] = fmax(gap[a < b ? a : b], ranking->links[i].room);
    }
    double at = 0;
    for (size_t r = 0; r < n; r++) {
        line[r] = at + before[r];
        at = line[r] + behind[r] + (r + 1 < n ? gap[r] : 0);
    }
    *extent = at;
    return line;
}

static void finish(const struct work *work, const struct ranking *ranking, const size_t *rank,
                   struct arrangement *out) {
    double *line = rank_lines(work, ranking, rank, &out->extent_u), top = INFINITY, bottom = -INFINITY;
    out->u = arena_array(work->arena, ranking->n, sizeof *out->u);
    out->v = arena_array(work->arena, ranking->n, sizeof *out->v);
    for (size_t i = 0; i < work->item_count; i++) {
        top = fmin(top, start(work, i));
        bottom = fmax(bottom, start(work, i) + work->items[i].v_size);
    }
    for (size_t i = 0; i < ranking->n; i++) {
        out->u[i] = line[rank[i]] - ranking->boxes[i].anchor;
        out->v[i] = start(work, i) - top;
    }
    out->extent_v = bottom - top;
}

bool arrange_run(const struct ranking *given, const struct engine *engine, const struct arrange_gaps *gaps,
                 struct arena *arena, struct arrangement *out) {
    struct ranking ranking = *given;
    ranking.u = arena_array(arena, ranking.n, sizeof *ranking.u);
    ranking.v = arena_array(arena, ranking.n, sizeof *ranking.v);
    size_t *rank = arena_array(arena, ranking.n, sizeof *rank);
    bool fine = ask(&ranking, engine, arena);
    if (!fine) {
        engine = &engine_plain;
        ask(&ranking, engine, arena);
    }
    struct work work = {.arena = arena, .gaps = gaps};
    size_t ranks = number_ranks(ranking.u, ranking.n, rank, arena);
    split(&work, &ranking, rank);
    guess_again(&work, &ranking, engine);
    make_rows(&work, ranks);
    choose_order(&work);
    across(&work);
    finish(&work, &ranking, rank, out);
    return fine;
}
