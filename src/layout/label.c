/* Every label tries places along its own line: beside every run of it, at several points, on both sides. What a place costs is how
 * much it covers (boxes, titles, other texts, lines, frames) and how far it is from where a reader looks first: the middle of the
 * longest flat run. Labels with the least choice, on the shortest lines, go first.
 */
#include "layout/label.h"

#include <math.h>
#include <stdlib.h>

enum {
    COVER_TEXT = 100000, /* a box, title, text or badge */
    COVER_LINE = 20000,  /* another edge's line, or another run of its own */
    COVER_FRAME = 4000,
    UPRIGHT = 40, /* beside an upright run rather than over a flat one */
    BELOW = 6,
};

struct obstacle_list {
    ARRAY(struct rect) texts;  /* everything that must not be covered */
    ARRAY(struct rect) frames; /* sides of frames as thin boxes */
};

struct place {
    struct rect rect;
    bool upright, second;
    double cost;
};

struct labeller {
    const struct model *model;
    struct layout *layout;
    struct arena *arena;
    struct obstacle_list obstacles;
};

static double gap_to_line(bool upright) { return upright ? 6 : 3; }

static void add_frame(struct labeller *labeller, struct rect r) {
    *array_push(labeller->arena, &labeller->obstacles.frames) = (struct rect){r.x - 1, r.y, 2, r.h};
    *array_push(labeller->arena, &labeller->obstacles.frames) = (struct rect){rect_right(r) - 1, r.y, 2, r.h};
    *array_push(labeller->arena, &labeller->obstacles.frames) = (struct rect){r.x, r.y - 1, r.w, 2};
    *array_push(labeller->arena, &labeller->obstacles.frames) = (struct rect){r.x, rect_bottom(r) - 1, r.w, 2};
}

static void list_obstacles(struct labeller *labeller) {
    for (size_t i = 0; i < labeller->model->node_count; i++) {
        const struct placed *placed = &labeller->layout->nodes[i];
        if (labeller->model->nodes[i]->group) {
            add_frame(labeller, placed->box);
            *array_push(labeller->arena, &labeller->obstacles.texts) = placed->title;
        } else {
            *array_push(labeller->arena, &labeller->obstacles.texts) = placed->box;
        }
    }
}

static struct rect run_box(struct point a, struct point b) {
    return (struct rect){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

static double cover_cost(const struct labeller *labeller, struct rect r, size_t edge, size_t run) {
    double cost = 0;
    for (size_t i = 0; i < labeller->obstacles.texts.n; i++)
        if (rect_overlap(r, labeller->obstacles.texts.at[i], 2))
            cost += COVER_TEXT;
    for (size_t i = 0; i < labeller->obstacles.frames.n; i++)
        if (rect_overlap(r, labeller->obstacles.frames.at[i], 1))
            cost += COVER_FRAME;
    for (size_t e = 0; e < labeller->model->edge_count; e++) {
        const struct routed *routed = &labeller->layout->edges[e];
        for (size_t i = 0; i + 1 < routed->n; i++)
            if (!(e == edge && i == run) && rect_overlap(r, run_box(routed->points[i], routed->points[i + 1]), 1.5))
                cost += COVER_LINE;
    }
    return cost;
}

static double length_of(const struct routed *routed) {
    double length = 0;
    for (size_t i = 0; i + 1 < routed->n; i++)
        length += fabs(routed->points[i].x - routed->points[i + 1].x) +
                  fabs(routed->points[i].y - routed->points[i + 1].y);
    return length;
}

/* One place beside run `run`, `t` of the way along it, on the first (above, right) or second side. */
static struct rect beside(struct point a, struct point b, double t, bool second, double w, double h, bool *upright) {
    *upright = fabs(a.x - b.x) < 0.01;
    struct point at = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
    double gap = gap_to_line(*upright);
    if (*upright)
        return (struct rect){second ? at.x - gap - w : at.x + gap, at.y - h / 2, w, h};
    return (struct rect){at.x - w / 2, second ? at.y + gap : at.y - gap - h, w, h};
}

static struct place best_place(const struct labeller *labeller, size_t edge, double w, double h) {
    static const double stops[] = {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9};
    const struct routed *routed = &labeller->layout->edges[edge];
    double total = length_of(routed), longest = 0;
    for (size_t i = 0; i + 1 < routed->n; i++)
        if (fabs(routed->points[i].y - routed->points[i + 1].y) < 0.01)
            longest = fmax(longest, fabs(routed->points[i].x - routed->points[i + 1].x));
    struct place best = {.cost = INFINITY};
    for (size_t i = 0; i + 1 < routed->n; i++)
        for (size_t s = 0; s < 2 * sizeof stops / sizeof *stops; s++) {
            struct place place = {.cost = 0};
            struct point a = routed->points[i], b = routed->points[i + 1];
            double t = stops[s / 2], run = fabs(a.x - b.x) + fabs(a.y - b.y);
            place.rect = beside(a, b, t, s % 2, w, h, &place.upright);
            place.rect.x = round(place.rect.x), place.rect.y = round(place.rect.y);
            place.second = s % 2;
            double over = place.upright ? fmax(0, h - run) : fmax(0, w - run);
            place.cost = 60 * fabs(t - 0.5) + (place.upright ? UPRIGHT : 40 * (1 - run / fmax(longest, 1))) +
                         (s % 2 ? BELOW : 0) + 2 * over + 10 * (1 - run / fmax(total, 1));
            if (place.cost < best.cost)
                place.cost += cover_cost(labeller, place.rect, edge, i);
            if (place.cost < best.cost)
                best = place;
        }
    return best;
}

/* Badge first, text behind it, both centred on the height of the room. */
static void set_label(struct labeller *labeller, size_t edge) {
    struct routed *routed = &labeller->layout->edges[edge];
    const struct edge_size *size = &labeller->layout->sizes.edges[edge];
    if (size->w <= 0 || routed->n < 2)
        return;
    struct place place = best_place(labeller, edge, size->w, size->h);
    double badge = size->badge ? labeller->layout->metrics->badge : 0, gap = badge > 0 && size->w > badge ? 5 : 0;
    struct rect r = place.rect;
    routed->label_align = !place.upright ? 0 : place.second ? 1 : -1;
    if (badge > 0)
        routed->badge = (struct rect){r.x, r.y + (r.h - badge) / 2, badge, badge};
    if (size->w > badge + gap)
        routed->label = (struct rect){r.x + badge + gap, r.y, r.w - badge - gap, r.h};
    *array_push(labeller->arena, &labeller->obstacles.texts) = r;
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

/* Badges of nodes stand at the upper left of the icon. */
static void set_node_badges(struct labeller *labeller) {
    struct layout *layout = labeller->layout;
    for (size_t i = 0; i < labeller->model->node_count; i++) {
        const struct node *node = labeller->model->nodes[i];
        if (!node->step)
            continue;
        struct rect icon = layout->nodes[i].icon;
        double badge = layout->metrics->badge;
        if (node->group)
            layout->step_badges[i] = (struct rect){rect_right(layout->nodes[i].title) + 4, layout->nodes[i].box.y + 4,
                                                   badge, badge};
        else
            layout->step_badges[i] = (struct rect){icon.x - badge / 2 - 4, icon.y - badge / 2 - 2, badge, badge};
        *array_push(labeller->arena, &labeller->obstacles.texts) = layout->step_badges[i];
    }
}

void label_place(const struct model *model, struct layout *layout, struct arena *arena) {
    struct labeller labeller = {.model = model, .layout = layout, .arena = arena};
    list_obstacles(&labeller);
    set_node_badges(&labeller);
    struct turn *turns = arena_array(arena, model->edge_count, sizeof *turns);
    for (size_t i = 0; i < model->edge_count; i++)
        turns[i] = (struct turn){length_of(&layout->edges[i]), i};
    qsort(turns, model->edge_count, sizeof *turns, by_length);
    for (size_t i = 0; i < model->edge_count; i++)
        set_label(&labeller, turns[i].edge);
}
