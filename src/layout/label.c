/* Every label tries places along its own line: beside every run of it, all along the run, on both sides. What a place costs is
 * how much it covers (boxes, titles, other texts, lines, frames), whether it stands beside a part of the line that others share,
 * and how far it is from where a reader looks first: the middle of the longest flat run that is the line's own. Labels with the
 * least choice, on the shortest lines, go first.
 */
#include "layout/label.h"

#include <math.h>
#include <stdlib.h>

#include "layout/measure.h"
#include "layout/overlay.h"
#include "layout/space.h"

enum {
    COVER_TEXT = 100000, /* a box, title, text or badge */
    COVER_LINE = 60000,  /* another edge's line, or another run of its own */
    COVER_FRAME = 50000,
    SHARED = 3000, /* beside a trunk: nobody knows whose label it is */
    BETWEEN = 250, /* as near to another line as to its own */
    UPRIGHT = 40,  /* beside an upright run rather than over a flat one */
    BELOW = 6,
    STEP = 6, /* px between the places that are tried */
    NEAR = 7,
    CROSS = 10,
    MOST_LINES = 5,
    LEAST_SAVED = 10, /* px */
};

struct place {
    struct rect rect;
    bool upright, second;
    double cost;
};

struct stretch { /* one straight run of a line */
    size_t edge, at;
};

struct labeller {
    const struct model *model;
    struct layout *layout;
    struct arena *arena; /* for the work */
    struct arena *keep;  /* for the labels */
    struct space leaves, titles, frames, lines, texts;
    size_t *leaf_nodes;
    ARRAY(struct stretch) stretches; /* by number in `lines` */
};

/* A crossed-out line needs more: the cross may stand below the label. */
static double gap_to_line(bool upright, bool blocked) { return blocked ? CROSS : upright ? 6 : 3; }

static struct rect run_box(struct point a, struct point b) {
    return (struct rect){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

static void list_obstacles(struct labeller *labeller) {
    const struct model *model = labeller->model;
    struct layout *layout = labeller->layout;
    struct rect all = {0, 0, 1, 1};
    for (size_t i = 0; i < model->node_count; i++) {
        all.w = fmax(all.w, rect_right(layout->nodes[i].box));
        all.h = fmax(all.h, rect_bottom(layout->nodes[i].box));
    }
    struct space *spaces[] = {&labeller->leaves, &labeller->titles, &labeller->frames, &labeller->lines,
                              &labeller->texts};
    for (size_t i = 0; i < 5; i++)
        *spaces[i] = space_new(all, i < 3 ? model->node_count : 2 * model->edge_count, labeller->arena);
    labeller->leaf_nodes = arena_array(labeller->arena, model->node_count, sizeof *labeller->leaf_nodes);
    for (size_t i = 0; i < model->node_count; i++) {
        if (model->nodes[i]->group) {
            space_add(&labeller->titles, layout->nodes[i].title);
            space_add_frame(&labeller->frames, layout->nodes[i].box);
        } else {
            labeller->leaf_nodes[space_add(&labeller->leaves, layout->nodes[i].box)] = i;
        }
    }
    for (size_t o = 0; o < model->overlay_count; o++)
        for (size_t i = 0; i < layout->overlays[o].n; i++) {
            space_add(&labeller->titles,
                      overlay_title(&layout->sizes, model->overlays[o], layout->overlays[o].frames[i]));
            space_add_frame(&labeller->frames, layout->overlays[o].frames[i]);
        }
    for (size_t e = 0; e < model->edge_count; e++)
        for (size_t i = 0; i + 1 < layout->edges[e].n; i++) {
            space_add(&labeller->lines, run_box(layout->edges[e].points[i], layout->edges[e].points[i + 1]));
            *array_push(labeller->arena, &labeller->stretches) = (struct stretch){e, i};
        }
}

static double line_cost(struct labeller *labeller, struct rect r, size_t edge, size_t run) {
    double cost = 0;
    const size_t *found;
    for (size_t n = space_find(&labeller->lines, r, NEAR, &found), i = 0; i < n; i++) {
        struct stretch other = labeller->stretches.at[found[i]];
        struct rect line = labeller->lines.things[found[i]];
        if (other.edge == edge && other.at == run)
            continue;
        if (rect_overlap(r, line, 1.5))
            cost += COVER_LINE;
        else if (other.edge != edge)
            cost += BETWEEN;
    }
    return cost;
}

/* What a text at `r` would cover; `own` is the node it belongs to, whose box, but not whose name and icon, it may enter. */
static double cover_cost(struct labeller *labeller, struct rect r, const struct node *own) {
    double cost = 0;
    const size_t *found;
    for (size_t n = space_find(&labeller->leaves, r, 2, &found), i = 0; i < n; i++) {
        const struct node *node = labeller->model->nodes[labeller->leaf_nodes[found[i]]];
        const struct placed *placed = &labeller->layout->nodes[node->index];
        if (node != own || rect_overlap(r, placed->title, 0) || rect_overlap(r, placed->icon, -8))
            cost += COVER_TEXT;
    }
    cost += COVER_TEXT * (double)space_find(&labeller->titles, r, 2, &found);
    cost += COVER_TEXT * (double)space_find(&labeller->texts, r, 2, &found);
    return cost + COVER_FRAME * (double)space_find(&labeller->frames, r, 2, &found);
}

/* --- own and shared parts of a run -------------------------------------------------------------------------------------------- */

struct interval {
    double from, to; /* px from the run's first point */
};

struct own_part {
    struct interval shared[8]; /* parts that other lines lie on, as they come */
    size_t n;
    struct interval own; /* the longest part that is left */
};

static void add_shared(struct own_part *part, double from, double to) {
    if (part->n < sizeof part->shared / sizeof *part->shared)
        part->shared[part->n++] = (struct interval){from, to};
}

/* A trunk covers a run from one of its ends, so what is left is found by cutting it back. */
static struct own_part own_part(struct labeller *labeller, size_t edge, size_t run) {
    const struct routed *routed = &labeller->layout->edges[edge];
    struct point a = routed->points[run], b = routed->points[run + 1];
    struct rect box = run_box(a, b);
    bool upright = fabs(a.x - b.x) < 0.01;
    double length = box.w + box.h, start = upright ? a.y : a.x, sign = (upright ? b.y < a.y : b.x < a.x) ? -1 : 1;
    struct own_part part = {.own = {0, length}};
    const size_t *found;
    for (size_t n = space_find(&labeller->lines, box, 1, &found), i = 0; i < n; i++) {
        struct rect other = labeller->lines.things[found[i]];
        if (labeller->stretches.at[found[i]].edge == edge || (upright ? other.w > 0.5 : other.h > 0.5) ||
            other.w + other.h < 1)
            continue;
        double p = sign * ((upright ? other.y : other.x) - start),
               q = sign * ((upright ? rect_bottom(other) : rect_right(other)) - start);
        double from = fmax(0, fmin(p, q)), to = fmin(length, fmax(p, q));
        if (to - from < 1)
            continue;
        add_shared(&part, from, to);
        if (from <= part.own.from + 1)
            part.own.from = fmax(part.own.from, to);
        else if (to >= part.own.to - 1)
            part.own.to = fmin(part.own.to, from);
    }
    if (part.own.to < part.own.from)
        part.own.to = part.own.from;
    return part;
}

/* Share of what stands beside the run from `from` to `to` that others share. */
static double shared_share(const struct own_part *part, double from, double to) {
    double most = 0;
    for (size_t i = 0; i < part->n; i++)
        most = fmax(most, fmin(to, part->shared[i].to) - fmax(from, part->shared[i].from));
    return to > from ? fmin(1, most / (to - from)) : 0;
}

/* --- places -------------------------------------------------------------------------------------------------------------------- */

static double length_of(const struct routed *routed) {
    double length = 0;
    for (size_t i = 0; i + 1 < routed->n; i++)
        length += fabs(routed->points[i].x - routed->points[i + 1].x) +
                  fabs(routed->points[i].y - routed->points[i + 1].y);
    return length;
}

struct leg {
    size_t edge, at;
    struct point a, b;
    double length, w, h; /* of the run; of the label */
    bool upright, blocked;
    struct own_part part;
    double dear; /* what any place beside this run costs */
};

/* The label beside the run, its middle `at` px along it, above or right of it, or on the second side. */
static struct rect beside(const struct leg *leg, double at, bool second) {
    double t = leg->length > 0 ? at / leg->length : 0, gap = gap_to_line(leg->upright, leg->blocked);
    struct point p = {leg->a.x + (leg->b.x - leg->a.x) * t, leg->a.y + (leg->b.y - leg->a.y) * t};
    if (leg->upright)
        return (struct rect){round(second ? p.x - gap - leg->w : p.x + gap), round(p.y - leg->h / 2), leg->w, leg->h};
    return (struct rect){round(p.x - leg->w / 2), round(second ? p.y + gap : p.y - gap - leg->h), leg->w, leg->h};
}

static void try_place(struct labeller *labeller, const struct leg *leg, double at, bool second, struct place *best) {
    double extent = leg->upright ? leg->h : leg->w, middle = (leg->part.own.from + leg->part.own.to) / 2;
    struct place place = {beside(leg, at, second), leg->upright, second, leg->dear};
    place.cost += 60 * fabs(at - middle) / fmax(leg->length, 1) + (second ? BELOW : 0);
    place.cost += SHARED * shared_share(&leg->part, at - extent / 2, at + extent / 2);
    if (place.cost < best->cost)
        place.cost += cover_cost(labeller, place.rect, NULL) + line_cost(labeller, place.rect, leg->edge, leg->at);
    if (place.cost < best->cost)
        *best = place;
}

/* The label stays within its run where it can; where not, it sticks out on both ends, or on either. */
static void try_run(struct labeller *labeller, const struct leg *leg, struct place *best) {
    double extent = leg->upright ? leg->h : leg->w, margin = extent / 2 + 2;
    double lo = margin, hi = leg->length - margin, middle = (leg->part.own.from + leg->part.own.to) / 2;
    if (lo > hi)
        lo = fmin(leg->length / 2, hi + extent / 3), hi = fmax(leg->length / 2, lo);
    middle = fmax(lo, fmin(hi, middle));
    for (int second = 0; second < 2; second++)
        for (double off = 0; middle - off >= lo || middle + off <= hi; off += STEP) {
            if (middle + off <= hi)
                try_place(labeller, leg, middle + off, second, best);
            if (off > 0 && middle - off >= lo)
                try_place(labeller, leg, middle - off, second, best);
        }
}

static struct place best_place(struct labeller *labeller, size_t edge, double w, double h) {
    const struct routed *routed = &labeller->layout->edges[edge];
    double longest = 1, total = fmax(length_of(routed), 1);
    struct place best = {.cost = INFINITY};
    struct leg *legs = arena_array(labeller->arena, routed->n, sizeof *legs);
    for (size_t i = 0; i + 1 < routed->n; i++) {
        struct point a = routed->points[i], b = routed->points[i + 1];
        legs[i] = (struct leg){edge,
                               i,
                               a,
                               b,
                               fabs(a.x - b.x) + fabs(a.y - b.y),
                               w,
                               h,
                               fabs(a.x - b.x) < 0.01,
                               labeller->model->edges[edge]->kind->blocked,
                               {.n = 0},
                               0};
        legs[i].part = own_part(labeller, edge, i);
        if (!legs[i].upright)
            longest = fmax(longest, legs[i].part.own.to - legs[i].part.own.from);
    }
    for (size_t i = 0; i + 1 < routed->n; i++) {
        double own = legs[i].part.own.to - legs[i].part.own.from;
        double over = fmax(0, (legs[i].upright ? h : w) - legs[i].length);
        legs[i].dear = (legs[i].upright ? UPRIGHT : 40 * (1 - own / longest)) + 2 * over + 10 * (1 - own / total);
        try_run(labeller, &legs[i], &best);
    }
    return best;
}

static bool torn(const struct edge_size *size) {
    for (int lang = 0; lang < LANGS; lang++)
        if (size->label[lang].cut)
            return true;
    return false;
}

/* A label that covers something is broken into more and shorter lines, as long as it gets narrower. */
static struct place best_wrapping(struct labeller *labeller, size_t edge) {
    static const double widths[] = {90, 60, 40};
    struct routed *routed = &labeller->layout->edges[edge];
    const struct edge_size *size = &labeller->layout->sizes.edges[edge];
    struct place best = best_place(labeller, edge, size->w, size->h);
    routed->narrow = NULL;
    for (size_t i = 0;
         !labeller->layout->whole_labels && i < sizeof widths / sizeof *widths && best.cost >= COVER_FRAME; i++) {
        const struct edge_size *before = label_size(labeller->layout, labeller->model->edges[edge]);
        struct edge_size other = measure_label(labeller->model->edges[edge], labeller->layout->metrics, widths[i],
                                               MOST_LINES, labeller->keep);
        if (other.w > before->w - LEAST_SAVED || torn(&other))
            continue;
        struct place place = best_place(labeller, edge, other.w, other.h);
        if (place.cost >= COVER_FRAME)
            continue;
        struct edge_size *narrow = arena_alloc(labeller->keep, sizeof *narrow);
        *narrow = other;
        routed->narrow = narrow;
        best = place;
    }
    return best;
}

/* Badge first, text behind it, both centred on the height of the room. */
static void set_label(struct labeller *labeller, size_t edge) {
    struct routed *routed = &labeller->layout->edges[edge];
    if (labeller->layout->sizes.edges[edge].w <= 0 || routed->n < 2)
        return;
    struct place place = best_wrapping(labeller, edge);
    const struct edge_size *size = label_size(labeller->layout, labeller->model->edges[edge]);
    double badge = size->badge ? labeller->layout->metrics->badge : 0, gap = badge > 0 && size->w > badge ? 5 : 0;
    struct rect r = place.rect;
    routed->crowded = place.cost >= COVER_FRAME;
    routed->label_align = !place.upright ? 0 : place.second ? 1 : -1;
    if (badge > 0)
        routed->badge = (struct rect){r.x, r.y + (r.h - badge) / 2, badge, badge};
    if (size->w > badge + gap)
        routed->label = (struct rect){r.x + badge + gap, r.y, r.w - badge - gap, r.h};
    space_add(&labeller->texts, r);
}

struct turn {
    double length;
    size_t edge;
};

static int by_length(const void *a, const void *b) {
    const struct turn *x = a, *y = b;
    if (x->length < y->length || x->length > y->length)
        return x->length < y->length ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

/* --- badges of nodes ------------------------------------------------------------------------------------------------------------ */

/* A little over a corner of the icon, or beside it. */
static struct rect leaf_badge(struct labeller *labeller, const struct node *node) {
    struct rect icon = labeller->layout->nodes[node->index].icon, best = {0, 0, 0, 0};
    double size = labeller->layout->metrics->badge, over = 6, left = icon.x - size + over,
           right = rect_right(icon) - over;
    double top = icon.y - size + over, beside = icon.x - size - 3, other = rect_right(icon) + 3, least = INFINITY;
    struct point places[] = {{left, top},
                             {right, top},
                             {beside, icon.y},
                             {other, icon.y},
                             {beside, rect_bottom(icon) - size},
                             {other, rect_bottom(icon) - size},
                             {left, icon.y - 2},
                             {right, icon.y - 2}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct rect r = {round(places[i].x), round(places[i].y), size, size};
        double cost = (double)i;
        if (cost < least)
            cost += cover_cost(labeller, r, node) + line_cost(labeller, r, SIZE_MAX, 0);
        if (cost < least)
            least = cost, best = r;
    }
    return best;
}

static void set_node_badges(struct labeller *labeller) {
    struct layout *layout = labeller->layout;
    for (size_t i = 0; i < labeller->model->node_count; i++) {
        const struct node *node = labeller->model->nodes[i];
        double badge = layout->metrics->badge;
        if (!node->step)
            continue;
        if (node->group)
            layout->step_badges[i] = (struct rect){rect_right(layout->nodes[i].title) + 4, layout->nodes[i].box.y + 6,
                                                   badge, badge};
        else
            layout->step_badges[i] = leaf_badge(labeller, node);
        space_add(&labeller->texts, layout->step_badges[i]);
    }
}

void label_place(const struct model *model, struct layout *layout, struct arena *arena) {
    struct labeller labeller = {.model = model, .layout = layout, .arena = arena_scratch(arena), .keep = arena};
    list_obstacles(&labeller);
    for (size_t i = 0; i < model->node_count; i++) {
        struct rect badge = life_badge(model, layout, model->nodes[i]);
        if (badge.w > 0)
            space_add(&labeller.texts, badge);
    }
    set_node_badges(&labeller);
    struct turn *turns = arena_array(labeller.arena, model->edge_count, sizeof *turns);
    for (size_t i = 0; i < model->edge_count; i++)
        turns[i] = (struct turn){length_of(&layout->edges[i]), i};
    if (model->edge_count)
        qsort(turns, model->edge_count, sizeof *turns, by_length);
    for (size_t i = 0; i < model->edge_count; i++)
        set_label(&labeller, turns[i].edge);
    arena_scratch_end(labeller.arena);
}
