/* Candidates are told apart by the plain engine, which takes microseconds and gives nearly the extents that dot will; only the
 * chosen one is laid out with dot and routed. What counts is how large the picture will be on its page.
 */
#include "layout/choose.h"

#include <math.h>

#include "layout/label.h"
#include "layout/measure.h"
#include "layout/route.h"

static struct point extent(const struct model *model, const struct placed *placed) {
    struct point most = {0, 0};
    for (size_t i = 0; i < model->node_count; i++) {
        most.x = fmax(most.x, rect_right(placed[i].box));
        most.y = fmax(most.y, rect_bottom(placed[i].box));
    }
    return most;
}

static double page_aspect(enum page page) { return page == PAGE_16_9 ? 16.0 / 9 : page == PAGE_4_3 ? 4.0 / 3 : 0; }

/* How large one px of the picture is on a page of area 1. */
static double scale_on_page(struct point size, double aspect) {
    if (aspect <= 0)
        return 1;
    return fmin(sqrt(aspect) / fmax(size.x, 1), 1 / sqrt(aspect) / fmax(size.y, 1));
}

static struct group_options choose(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
                                   struct arena *arena) {
    static const struct group_options candidates[] = {
        {DIRECTION_RIGHT, false}, {DIRECTION_RIGHT, true}, {DIRECTION_DOWN, false}, {DIRECTION_DOWN, true}};
    double aspect = page_aspect(model->page), best_scale = 0;
    size_t best = 0, n = aspect > 0 && model->root->direction == DIRECTION_DEFAULT ? 4 : aspect > 0 ? 2 : 1;
    struct placed *placed = arena_array(arena, model->node_count, sizeof *placed);
    for (size_t i = 0; i < n; i++) {
        group_place(model, metrics, sizes, &engine_plain, &candidates[i], arena, placed);
        double scale = scale_on_page(extent(model, placed), aspect);
        /* another direction than the usual one must be worth it */
        if (i == 0 || scale > best_scale * (best == 0 ? 1.25 : 1.05)) {
            best = i;
            best_scale = scale;
        }
    }
    return candidates[best];
}

/* Everything that sticks out to the left or top moves the picture, so that it starts at 0, 0. */
static void normalise(const struct model *model, struct layout *layout) {
    double left = 0, top = 0, right = 0, bottom = 0;
    struct rect all = {0, 0, 0, 0};
    for (size_t i = 0; i < 2 * model->edge_count; i++) {
        const struct routed *routed = &layout->edges[i / 2];
        struct rect r = i % 2 ? routed->badge : routed->label;
        if (r.w > 0)
            left = fmin(left, r.x), top = fmin(top, r.y), right = fmax(right, rect_right(r)),
            bottom = fmax(bottom, rect_bottom(r));
        for (size_t k = 0; k < routed->n && i % 2; k++) {
            left = fmin(left, routed->points[k].x), right = fmax(right, routed->points[k].x);
            top = fmin(top, routed->points[k].y), bottom = fmax(bottom, routed->points[k].y);
        }
    }
    for (size_t i = 0; i < model->node_count; i++) {
        all = layout->step_badges[i].w > 0 ? layout->step_badges[i] : layout->nodes[i].box;
        left = fmin(left, all.x), top = fmin(top, all.y);
        right = fmax(right, fmax(rect_right(all), rect_right(layout->nodes[i].box)));
        bottom = fmax(bottom, fmax(rect_bottom(all), rect_bottom(layout->nodes[i].box)));
    }
    double dx = ceil(-left), dy = ceil(-top);
    for (size_t i = 0; i < model->node_count; i++) {
        struct rect *rects[] = {&layout->nodes[i].box, &layout->nodes[i].icon, &layout->nodes[i].title,
                                &layout->step_badges[i]};
        for (size_t k = 0; k < 4; k++)
            rects[k]->x += dx, rects[k]->y += dy;
    }
    for (size_t i = 0; i < model->edge_count; i++) {
        struct routed *routed = &layout->edges[i];
        routed->label.x += dx, routed->label.y += dy, routed->badge.x += dx, routed->badge.y += dy;
        for (size_t k = 0; k < routed->n; k++)
            routed->points[k].x += dx, routed->points[k].y += dy;
    }
    layout->width = ceil(right + dx), layout->height = ceil(bottom + dy);
}

struct layout *layout_choose(const struct model *model, const struct place_limits *limits, struct str *graphs,
                             struct arena *arena, struct diags *diags) {
    struct layout *layout = arena_alloc(arena, sizeof *layout);
    layout->metrics = &metrics_default;
    layout->sizes = measure_model(model, layout->metrics, arena, diags);
    layout->nodes = arena_array(arena, model->node_count, sizeof *layout->nodes);
    layout->edges = arena_array(arena, model->edge_count, sizeof *layout->edges);
    layout->step_badges = arena_array(arena, model->node_count, sizeof *layout->step_badges);
    struct group_options options = choose(model, layout->metrics, &layout->sizes, arena);
    place_run(model, layout->metrics, &layout->sizes, limits, &options, 1, &layout->nodes, graphs, arena, diags);
    route_edges(model, layout, arena, diags);
    label_place(model, layout, arena);
    normalise(model, layout);
    return layout;
}
