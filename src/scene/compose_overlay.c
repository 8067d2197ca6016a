/* Frames over groups. They may run over the titles of the groups between their members and are interrupted there, as a frame is
 * behind what stands astride it: a title that is crossed out cannot be read.
 */
#include <stdlib.h>

#include "layout/overlay.h"
#include "scene/compose_parts.h"

enum { CLEAR = 3 }; /* px: title to the ends of the frame that is interrupted for it */

/* Where a side has to be left out, along the side. */
struct gap {
    double from, to;
};

struct framer {
    struct composer *composer;
    struct rect *titles; /* of all groups, on the page, with room around them */
    size_t title_count;
    struct gap *gaps; /* of the side in hand */
    struct path_step *steps;
    size_t n;
};

static void list_titles(struct framer *framer) {
    const struct model *model = framer->composer->model;
    framer->titles = arena_array(framer->composer->arena, model->node_count, sizeof *framer->titles);
    for (size_t i = 0; i < model->node_count; i++)
        if (model->nodes[i]->group) {
            struct rect at = compose_title_place(framer->composer, model->nodes[i]);
            framer->titles[framer->title_count++] = (struct rect){at.x - CLEAR, at.y - CLEAR, at.w + 2 * CLEAR,
                                                                  at.h + 2 * CLEAR};
        }
    framer->gaps = arena_array(framer->composer->arena, framer->title_count, sizeof *framer->gaps);
    framer->steps = arena_array(framer->composer->arena, 8 * (framer->title_count + 1), sizeof *framer->steps);
}

static int by_start(const void *a, const void *b) {
    const struct gap *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* The titles that a side from `a` to `b` would run over, in order along it. */
static size_t list_gaps(struct framer *framer, struct point a, struct point b) {
    bool upright = a.x >= b.x && a.x <= b.x;
    size_t n = 0;
    for (size_t i = 0; i < framer->title_count; i++) {
        struct rect title = framer->titles[i];
        double from = upright ? title.y : title.x, to = upright ? rect_bottom(title) : rect_right(title);
        bool beside = upright ? a.x <= title.x || a.x >= rect_right(title)
                              : a.y <= title.y || a.y >= rect_bottom(title);
        if (!beside && from < (upright ? b.y : b.x) && to > (upright ? a.y : a.x))
            framer->gaps[n++] = (struct gap){from, to};
    }
    qsort(framer->gaps, n, sizeof *framer->gaps, by_start);
    return n;
}

static void put_run(struct framer *framer, struct point a, struct point b) {
    framer->steps[framer->n++] = (struct path_step){PATH_MOVE, {a}};
    framer->steps[framer->n++] = (struct path_step){PATH_LINE, {b}};
}

/* From left to right or from top to bottom. */
static void put_side(struct framer *framer, struct point a, struct point b) {
    bool upright = a.x >= b.x && a.x <= b.x;
    double *at = upright ? &a.y : &a.x;
    size_t n = list_gaps(framer, a, b);
    for (size_t i = 0; i < n; i++) {
        struct point stop = upright ? (struct point){a.x, framer->gaps[i].from}
                                    : (struct point){framer->gaps[i].from, a.y};
        if (framer->gaps[i].from > *at)
            put_run(framer, a, stop);
        if (framer->gaps[i].to > *at)
            *at = framer->gaps[i].to;
    }
    if (*at < (upright ? b.y : b.x))
        put_run(framer, a, b);
}

static struct path *put_frame(struct framer *framer, struct rect box) {
    struct point corner[4] = {
        {box.x, box.y}, {rect_right(box), box.y}, {rect_right(box), rect_bottom(box)}, {box.x, rect_bottom(box)}};
    size_t gaps = list_gaps(framer, corner[0], corner[1]) + list_gaps(framer, corner[1], corner[2]) +
                  list_gaps(framer, corner[3], corner[2]) + list_gaps(framer, corner[0], corner[3]);
    struct scene *scene = framer->composer->scene;
    if (!gaps)
        return scene_rect(scene, ROLE_FRAME, box, 0);
    framer->n = 0;
    put_side(framer, corner[0], corner[1]);
    put_side(framer, corner[1], corner[2]);
    put_side(framer, corner[3], corner[2]);
    put_side(framer, corner[0], corner[3]);
    struct path_step *steps = arena_array(framer->composer->arena, framer->n, sizeof *steps);
    for (size_t i = 0; i < framer->n; i++)
        steps[i] = framer->steps[i];
    return scene_path(scene, ROLE_FRAME, steps, framer->n);
}

/* Every frame of an overlay says what it is; the first bears its id, the others that with a number. */
static void draw_overlay(struct framer *framer, const struct overlay *overlay) {
    struct composer *composer = framer->composer;
    const struct overlaid *overlaid = &composer->layout->overlays[overlay->index];
    const struct block *title = &composer->layout->sizes.overlays[overlay->index].label[composer->options->lang];
    struct paint colour = paint_rgb(overlay->type->frame ? overlay->type->frame : overlay->type->category->colour);
    compose_colour_named(overlay->style.colour, &colour);
    for (size_t i = 0; i < overlaid->n; i++) {
        struct rect box = compose_moved(composer, overlaid->frames[i]);
        const char *id = i ? arena_printf(composer->arena, "%s.%zu", overlay->id, i + 1) : overlay->id;
        struct object object = {.kind = OBJECT_CLUSTER,
                                .id = id,
                                .type = overlay->type->key,
                                .name = compose_in(composer, &overlay->label),
                                .source = source_position(overlay->mark.source, overlay->mark.start),
                                .box = box};
        scene_begin(composer->scene, &object);
        struct path *frame = put_frame(framer, box);
        frame->stroke = colour;
        frame->width = overlay->style.width > 0 ? overlay->style.width : compose_frame_width;
        frame->dash = overlay->style.has_dash ? overlay->style.dash : overlay->type->dash;
        struct rect at = compose_moved(composer, overlay_title(&composer->layout->sizes, overlay, overlaid->frames[i]));
        compose_block(composer, title, ROLE_TITLE_TEXT, ANCHOR_START, at.x, at.y, paint_role(COLOUR_TEXT));
        scene_end(composer->scene);
    }
}

void compose_overlays(struct composer *composer) {
    struct framer framer = {.composer = composer};
    if (!composer->model->overlay_count)
        return;
    list_titles(&framer);
    for (size_t i = 0; i < composer->model->overlay_count; i++)
        draw_overlay(&framer, composer->model->overlays[i]);
}
