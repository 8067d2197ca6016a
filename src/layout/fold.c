/* Long chains fold: ranks are cut into rows that stand one below the other (across the flow) and run to and fro, like the furrows of a
 * field, so that the line from the end of one to the start of the next is short and straight. The cuts are those that the fewest links
 * pass, and that leave rows of about one length (a shortest path over the possible cuts).
 */
#include <math.h>

#include "layout/arrange.h"

enum { MOST_CUT = 3 }; /* links through one cut: more become a tangle */

struct sheet {
    size_t n;                                  /* ranks */
    double *start, *end, *line, *top, *bottom; /* by rank */
    size_t *links;                             /* by rank: how many pass from before it to it or beyond */
    size_t *from; /* by rank: the first rank of the row that ends before it, in the best way to fold */
};

static struct sheet measure(const struct ranking *ranking, const size_t *rank, size_t ranks, struct arena *arena,
                            const struct arrangement *at) {
    struct sheet sheet = {.n = ranks};
    double **lists[] = {&sheet.start, &sheet.end, &sheet.line, &sheet.top, &sheet.bottom};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        *lists[i] = arena_array(arena, ranks, sizeof(double));
    sheet.links = arena_array(arena, ranks + 1, sizeof *sheet.links);
    sheet.from = arena_array(arena, ranks + 1, sizeof *sheet.from);
    for (size_t r = 0; r < ranks; r++)
        sheet.start[r] = sheet.top[r] = INFINITY, sheet.end[r] = sheet.bottom[r] = -INFINITY;
    for (size_t i = 0; i < ranking->n; i++) {
        size_t r = rank[i];
        const struct box *box = &ranking->boxes[i];
        sheet.start[r] = fmin(sheet.start[r], at->u[i]), sheet.end[r] = fmax(sheet.end[r], at->u[i] + box->u);
        sheet.top[r] = fmin(sheet.top[r], at->v[i]), sheet.bottom[r] = fmax(sheet.bottom[r], at->v[i] + box->v);
        sheet.line[r] = at->u[i] + box->anchor;
    }
    long *change = arena_array(arena, ranks + 1, sizeof *change), open = 0;
    for (size_t i = 0; i < ranking->link_count; i++) {
        size_t a = rank[ranking->links[i].from], b = rank[ranking->links[i].to];
        change[(a < b ? a : b) + 1]++, change[(a < b ? b : a) + 1]--;
    }
    for (size_t r = 0; r < ranks; r++)
        sheet.links[r] = (size_t)(open += change[r]);
    return sheet;
}

/* False when no way to fold keeps within the limit. */
static bool find_cuts(struct sheet *sheet, double limit, struct arena *arena) {
    double *cost = arena_array(arena, sheet->n + 1, sizeof *cost);
    for (size_t end = 1; end <= sheet->n; end++) {
        cost[end] = INFINITY;
        for (size_t first = end; first-- > 0;) {
            double length = sheet->end[end - 1] - sheet->start[first];
            if (length > limit && first + 1 < end)
                break;
            if (first > 0 && sheet->links[first] > MOST_CUT)
                continue;
            double slack = 1 - fmin(length / limit, 1), cut = first ? (double)sheet->links[first] - 1 : 0;
            double total = cost[first] + 1 + slack * slack + 0.7 * fmax(cut, 0);
            if (total < cost[end] - 1e-9)
                cost[end] = total, sheet->from[end] = first;
        }
    }
    return isfinite(cost[sheet->n]) && sheet->from[sheet->n] > 0;
}

struct furrow {
    size_t first, end; /* ranks */
    double at_u, at_v, top;
};

/* Rows from the first on; where each begins along the flow follows from where the one before it ended. */
static size_t list_furrows(const struct sheet *sheet, const struct arrange_gaps *gaps, struct furrow *furrows) {
    size_t n = 0;
    for (size_t end = sheet->n; end > 0; end = sheet->from[end])
        n++;
    size_t k = n;
    for (size_t end = sheet->n; end > 0; end = sheet->from[end])
        furrows[--k] = (struct furrow){.first = sheet->from[end], .end = end};
    double v = 0, turn = 0, left = INFINITY;
    for (k = 0; k < n; k++) {
        struct furrow *furrow = &furrows[k];
        double bottom = -INFINITY, begin = sheet->start[furrow->first], length = sheet->end[furrow->end - 1] - begin;
        furrow->top = INFINITY;
        for (size_t r = furrow->first; r < furrow->end; r++)
            furrow->top = fmin(furrow->top, sheet->top[r]), bottom = fmax(bottom, sheet->bottom[r]);
        double first = sheet->line[furrow->first] - begin, last = sheet->line[furrow->end - 1] - begin;
        if (k % 2)
            first = length - first, last = length - last;
        furrow->at_u = k ? turn - first : 0;
        turn = furrow->at_u + last;
        furrow->at_v = v;
        v += bottom - furrow->top + gaps->rank;
        left = fmin(left, furrow->at_u);
    }
    for (k = 0; k < n; k++)
        furrows[k].at_u -= left;
    return n;
}

void fold_arrangement(const struct ranking *ranking, const size_t *rank, size_t ranks, const struct arrange_gaps *gaps,
                      struct arena *arena, struct arrangement *out) {
    struct sheet sheet = measure(ranking, rank, ranks, arena, out);
    if (!find_cuts(&sheet, gaps->fold, arena))
        return;
    struct furrow *furrows = arena_array(arena, ranks, sizeof *furrows);
    size_t n = list_furrows(&sheet, gaps, furrows), *of = arena_array(arena, ranks, sizeof *of);
    for (size_t k = 0; k < n; k++)
        for (size_t r = furrows[k].first; r < furrows[k].end; r++)
            of[r] = k;
    out->extent_u = out->extent_v = 0;
    out->flipped = arena_array(arena, ranking->n, sizeof *out->flipped);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct furrow *furrow = &furrows[of[rank[i]]];
        double u = out->u[i] - sheet.start[furrow->first];
        out->flipped[i] = of[rank[i]] % 2;
        if (out->flipped[i])
            u = sheet.end[furrow->end - 1] - sheet.start[furrow->first] - u - ranking->boxes[i].u;
        out->u[i] = furrow->at_u + u;
        out->v[i] = furrow->at_v + out->v[i] - furrow->top;
        out->extent_u = fmax(out->extent_u, out->u[i] + ranking->boxes[i].u);
        out->extent_v = fmax(out->extent_v, out->v[i] + ranking->boxes[i].v);
    }
}
