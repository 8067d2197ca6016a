/* Coordinates for one group.
 *
 * The life of the data:
 *
 *   links ──plain engine──▶ ranks ──split long links──▶ items (boxes and bends) ──order.c──▶ order in every rank
 *     ──align──▶ blocks (items on one straight line) ──settle──▶ v of every block ──▶ u of every rank
 *
 * A link that spans several ranks is cut into pieces by bends (the field says "dummy nodes"), one in every rank it passes, so that
 * it has a lane of its own there. Most groups of a diagram have a dozen children and an order without a crossing, which the plain engine
 * finds; dot, in a process of its own, is asked where crossings remain, and taken where it has fewer.
 * Links chosen for alignment (Brandes and Koepf 2002, with the priorities of Gansner et al. 1993: bends first, then lone links,
 * then the middle one of an odd fan) tie their items into blocks that move as one; blocks then settle where the median of their
 * other links wants them, within what their neighbours leave free.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/rows.h"

enum { SWEEPS = 24, MOST_ASKED = 1500 }; /* an engine takes more than linear time */
static const double MOST_STRETCH = 1.3;

static const double NEAR = 40; /* px */

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
        .v_size = v_size, .gap = gap, .box = box, .rank = rank, .block = NO_BOX};
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
        add_item(work, (long)(ranking->order ? ranking->order[i] : i), ranking->boxes[i].v, ranking->boxes[i].gap,
                 rank[i]);
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
            size_t bend = add_item(work, NO_BOX, 0, work->gaps->lane, r);
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

static bool is_bend(const struct work *work, size_t item) { return work->items[item].box == NO_BOX; }

/* Whether a line that comes to `item` goes on from there. */
static bool goes_on(const struct work *work, size_t item, bool next) {
    for (const size_t *p = work->touching[item]; *p < work->piece_count; p++)
        if ((next ? work->pieces[*p].a : work->pieces[*p].b) == item)
            return true;
    return false;
}

/* The pieces that leave a box on the side where `piece` does, and where it stands among them. */
struct fan {
    size_t n, before, same;
    size_t going_on; /* without this one */
    size_t to_same;  /* lead to the same item, without this one */
};

/* To a piece between boxes, one that ends at a bend is no rival: the long way gives way to the short one. */
static struct fan fan_of(const struct work *work, size_t item, bool next, size_t index) {
    struct fan fan = {0, 0, 0, 0, 0};
    const struct piece *mine = &work->pieces[index];
    size_t end = next ? mine->b : mine->a;
    double here = next ? rows_place(work, mine->b, mine->pb) : rows_place(work, mine->a, mine->pa);
    for (const size_t *p = work->touching[item]; *p < work->piece_count; p++) {
        const struct piece *other = &work->pieces[*p];
        if ((next ? other->a : other->b) != item)
            continue;
        size_t far = next ? other->b : other->a;
        if (is_bend(work, far) && !is_bend(work, end))
            continue;
        double there = next ? rows_place(work, other->b, other->pb) : rows_place(work, other->a, other->pa);
        fan.n++;
        fan.before += there < here;
        fan.same += there >= here && there <= here && *p != index;
        fan.going_on += far != end && goes_on(work, far, next);
        fan.to_same += far == end && *p != index;
    }
    return fan;
}

static bool middle(const struct fan *fan) {
    size_t n = fan->n;
    return n % 2 == 1 ? fan->before <= n / 2 && fan->before + fan->same >= n / 2
                      : fan->same > 0 && fan->before <= n / 2 && fan->before + fan->same + 1 > n / 2;
}

/* The middle one, or the only one that leads anywhere: what branches off leaves the main line straight. */
static bool leads(const struct work *work, const struct fan *fan, size_t end, bool next) {
    return middle(fan) || (fan->n % 2 == 0 && !fan->going_on && !fan->to_same && goes_on(work, end, next));
}

static int priority(const struct work *work, size_t index) {
    const struct piece *piece = &work->pieces[index];
    bool bend_a = is_bend(work, piece->a), bend_b = is_bend(work, piece->b);
    if (bend_a && bend_b)
        return 1000 + piece->weight;
    struct fan out = fan_of(work, piece->a, true, index), in = fan_of(work, piece->b, false, index);
    if (out.n == 1 && in.n == 1)
        return (bend_a || bend_b ? 400 : 500) + piece->weight;
    if (leads(work, &out, piece->b, true) && leads(work, &in, piece->a, false))
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
    if (a->box == NO_BOX && b->box == NO_BOX)
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
            if (item->block == NO_BOX) {
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
        if (2 * sum == total && i + 1 < n) {
            const struct wish *a = &wishes[i], *b = &wishes[i + 1];
            if (b->at - a->at >= NEAR || a->weight == b->weight)
                return (a->at + b->at) / 2;
            return a->weight > b->weight ? a->at : b->at; /* in between, neither line would be straight */
        }
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

static void unaligned(struct work *work) {
    for (size_t i = 0; i < work->piece_count; i++)
        work->pieces[i].aligned = false;
    for (size_t i = 0; i < work->item_count; i++)
        work->items[i].block = NO_BOX, work->items[i].offset = 0;
    make_blocks(work);
    make_room(work);
}

/* How much farther all rows reach together than the longest of them would alone. */
static double stretch(const struct work *work) {
    double top = INFINITY, bottom = -INFINITY, most = 1;
    for (size_t r = 0; r < work->row_count; r++) {
        double length = 0;
        for (size_t i = 0; i < work->rows[r].n; i++) {
            size_t item = work->rows[r].items[i];
            length += i ? separation(work, work->rows[r].items[i - 1], item) : 0;
            top = fmin(top, start(work, item));
            bottom = fmax(bottom, start(work, item) + work->items[item].v_size);
        }
        most = fmax(most, length);
    }
    return (bottom - top) / most;
}

/* Should alignment have tied blocks that pull each other in a circle, it is given up for this group; so it is where straight lines between
 * large boxes push these far apart and the picture is short of room. */
static void across(struct work *work) {
    align(work);
    make_blocks(work);
    bool fine = make_room(work);
    if (!fine || (work->gaps->tight && stretch(work) > MOST_STRETCH))
        unaligned(work);
    settle(work);
}

/* --- along the flow ------------------------------------------------------------------------------------------ */

/* Distances that nearly agree agree: each becomes the largest of those that are less than a quarter above it. */
static void even_out(const struct work *work, double *pitch, size_t n) {
    double *sorted = arena_array(work->arena, n, sizeof *sorted), *to = arena_array(work->arena, n, sizeof *to);
    memcpy(sorted, pitch, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_double);
    for (size_t i = n; i-- > 0;)
        to[i] = i + 1 < n && to[i + 1] < 1.25 * sorted[i] ? to[i + 1] : sorted[i];
    for (size_t i = 0; i < n; i++) {
        size_t lo = 0, hi = n - 1;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (sorted[mid] < pitch[i])
                lo = mid + 1;
            else
                hi = mid;
        }
        pitch[i] = to[lo];
    }
}

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
    double at = n ? before[0] : 0;
    for (size_t r = 0; r + 1 < n; r++)
        gap[r] += behind[r] + before[r + 1]; /* from line to line */
    even_out(work, gap, n ? n - 1 : 0);
    for (size_t r = 0; r < n; r++) {
        line[r] = at;
        at += r + 1 < n ? gap[r] : behind[r];
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

struct attempt {
    struct work work;
    struct ranking ranking;
    size_t *rank;
    size_t crossings;
};

/* Ranks of an engine, then the order within them. */
static bool attempt(struct attempt *attempt, const struct ranking *given, const struct engine *engine,
                    const struct arrange_gaps *gaps, struct arena *arena) {
    bool guessed = engine != &engine_plain;
    *attempt = (struct attempt){.work = {.arena = arena, .gaps = gaps}, .ranking = *given};
    attempt->ranking.u = arena_array(arena, given->n, sizeof(double));
    attempt->ranking.v = arena_array(arena, given->n, sizeof(double));
    attempt->rank = arena_array(arena, given->n, sizeof *attempt->rank);
    if (!ask(&attempt->ranking, engine, arena))
        return false;
    size_t ranks = number_ranks(attempt->ranking.u, given->n, attempt->rank, arena);
    split(&attempt->work, &attempt->ranking, attempt->rank);
    if (guessed)
        guess_again(&attempt->work, &attempt->ranking, engine);
    make_rows(&attempt->work, ranks);
    attempt->crossings = rows_order(&attempt->work, guessed);
    return true;
}

bool arrange_run(const struct ranking *given, const struct engine *engine, const struct arrange_gaps *gaps,
                 struct arena *arena, struct arrangement *out) {
    struct attempt own, theirs;
    bool fine = true;
    attempt(&own, given, &engine_plain, gaps, arena);
    struct attempt *best = &own;
    bool small = own.work.item_count + own.work.piece_count <= MOST_ASKED;
    if (engine != &engine_plain && ((own.crossings > 0 && small) || engine->always)) {
        fine = attempt(&theirs, given, engine, gaps, arena);
        if (fine && theirs.crossings < own.crossings)
            best = &theirs;
    }
    out->crossings = best->crossings;
    across(&best->work);
    finish(&best->work, &best->ranking, best->rank, out);
    if (gaps->fold > 0 && out->extent_u > gaps->fold)
        fold_arrangement(given, best->rank, best->work.row_count, gaps, arena, out);
    return fine;
}
