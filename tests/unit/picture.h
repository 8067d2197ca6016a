/* A picture with places made by hand, for tests of what comes after placement: the model is read from YAML, the test sets boxes. */
#ifndef AWSDIAG_TESTS_PICTURE_H
#define AWSDIAG_TESTS_PICTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layout/measure.h"
#include "layout/quality.h"
#include "layout/route.h"
#include "read/load.h"
#include "read/yaml.h"

struct picture {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    struct model *model;
    struct layout layout;
};

static inline void picture_open(struct picture *picture, const char *yaml) {
    *picture = (struct picture){.arena = arena_new()};
    picture->sources = (struct sources){.arena = picture->arena, .limit = 1 << 20};
    picture->diags = diags_new(picture->arena);
    struct source *source = source_memory(&picture->sources, "test.yaml", yaml, strlen(yaml), &picture->diags);
    struct tree *tree = yaml_read(source, picture->arena, &yaml_default_limits, &picture->diags);
    picture->model = load_model(tree, &catalog_builtin, &load_default_limits, picture->arena, &picture->diags);
    assert_false(diags_failed(&picture->diags));
    struct layout *layout = &picture->layout;
    layout->metrics = &metrics_default;
    layout->sizes = measure_model(picture->model, layout->metrics, picture->arena, &picture->diags);
    layout->nodes = arena_array(picture->arena, picture->model->node_count, sizeof *layout->nodes);
    layout->edges = arena_array(picture->arena, picture->model->edge_count, sizeof *layout->edges);
    layout->overlays = arena_array(picture->arena, picture->model->overlay_count, sizeof *layout->overlays);
    layout->step_badges = arena_array(picture->arena, picture->model->node_count, sizeof *layout->step_badges);
    layout->width = layout->height = 2000;
}

static inline void picture_close(struct picture *picture) { arena_free(picture->arena); }

static inline struct node *picture_node(struct picture *picture, const char *name) {
    size_t count;
    struct node *node = model_find(picture->model, name, NULL, 0, &count);
    assert_non_null(node);
    return node;
}

/* A leaf whose icon has its upper left corner at x, y; 20 px of name below it, as wide as `w`. */
static inline void picture_leaf(struct picture *picture, const char *name, double x, double y, double w) {
    struct placed *placed = &picture->layout.nodes[picture_node(picture, name)->index];
    double icon = picture->layout.metrics->icon, left = x + icon / 2 - w / 2;
    placed->icon = (struct rect){x, y, icon, icon};
    placed->box = (struct rect){left, y, w, icon + 26};
    placed->title = (struct rect){left, y + icon + 6, w, 20};
}

static inline void picture_group(struct picture *picture, const char *name, struct rect frame, double title) {
    struct placed *placed = &picture->layout.nodes[picture_node(picture, name)->index];
    placed->box = frame;
    placed->title = (struct rect){frame.x, frame.y, title, 34};
    picture->layout.sizes.nodes[picture_node(picture, name)->index].w = title;
}

static inline void picture_line(struct picture *picture, size_t edge, size_t n, const struct point *points) {
    struct routed *routed = &picture->layout.edges[edge];
    routed->points = arena_array(picture->arena, n, sizeof *points);
    memcpy(routed->points, points, n * sizeof *points);
    routed->n = n;
}

static inline double picture_value(struct picture *picture, enum measure measure) {
    return quality_measure(picture->model, &picture->layout, picture->arena).value[measure];
}

#endif
