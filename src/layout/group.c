/* Inside out: a group is placed when all of its children are. The life of the data:
 *
 *   children ──units──▶ units (a child, or a stack of peers) ──spread──▶ places of units ──astride──▶ border nodes
 *     ──frame──▶ size of the group, ties of everything within
 *
 * While the work goes on every node knows its place within its parent's outer box (the frame plus what stands astride it); at the
 * end one walk from the outside in makes these absolute.
 *
 * An edge belongs to the innermost group that holds both ends and runs there between two units, tied at the true position of its
 * inner end, so that what looks straight is straight. What stands first in the file stands first along the flow: an edge that
 * runs against it is a link the other way round.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/nest.h"

struct node *nest_branch(const struct node *group, struct node *node) {
    if (node == group)
        return NULL;
    while (node->parent != group)
        node = node->parent;
    return node;
}

struct point nest_tie(const struct nest *nest, const struct node *node) {
    const struct part *part = part_of(nest, node);
    struct point at = rect_centre(node->group ? part->frame : nest->sizes[node->index].icon);
    return node->group ? at : (struct point){at.x + part->frame.x, at.y + part->frame.y};
}

struct point nest_tie_within(const struct nest *nest, const struct node *node, const struct node *above) {
    struct point at = nest_tie(nest, node);
    for (; node != above; node = node->parent) {
        at.x += part_of(nest, node)->at.x;
        at.y += part_of(nest, node)->at.y;
    }
    return at;
}

static enum direction across(enum direction direction) {
    return flows_sideways(direction) ? DIRECTION_DOWN : DIRECTION_RIGHT;
}

static void set_directions(struct nest *nest, struct node *node, enum direction inherited) {
    enum direction direction = node->direction != DIRECTION_DEFAULT ? node->direction : inherited;
    part_of(nest, node)->direction = direction;
    enum direction below = nest->options->turned && node == nest->model->root ? across(direction) : direction;
    for (size_t i = 0; i < node->child_count; i++)
        set_directions(nest, node->children[i], below);
}

/* The outer box: the frame and what sticks out of it; everything within moves so that it starts at 0, 0. */
static void wrap(struct nest *nest, struct node *group) {
    struct part *part = part_of(nest, group);
    double left = 0, top = 0, right = part->frame.w, bottom = part->frame.h;
    for (size_t i = 0; i < group->child_count; i++) {
        const struct part *child = part_of(nest, group->children[i]);
        left = fmin(left, child->at.x), top = fmin(top, child->at.y);
        right = fmax(right, child->at.x + child->w), bottom = fmax(bottom, child->at.y + child->h);
    }
    for (size_t i = 0; i < group->child_count; i++) {
        struct part *child = part_of(nest, group->children[i]);
        child->at.x -= left, child->at.y -= top;
    }
    part->frame.x = -left, part->frame.y = -top;
    part->w = right - left, part->h = bottom - top;
}

/* --- the walk ------------------------------------------------------------------------------------------------------------ */

/* The frames of overlays around a node are part of its outer box. */
static void leave_room(struct nest *nest, struct node *node) {
    struct part *part = part_of(nest, node);
    if (!nest->rooms || part->astride || node == nest->model->root)
        return;
    struct overlay_room room = nest->rooms[node->index];
    for (size_t i = 0; i < node->child_count; i++) {
        struct part *child = part_of(nest, node->children[i]);
        child->at.x += room.side, child->at.y += room.top;
    }
    part->frame.x += room.side, part->frame.y += room.top;
    part->w += 2 * room.side, part->h += room.top + room.bottom;
}

static void place_leaf(struct nest *nest, struct node *node) {
    const struct node_size *size = &nest->sizes[node->index];
    struct part *part = part_of(nest, node);
    part->w = part->frame.w = size->w;
    part->h = part->frame.h = size->h;
    part->astride = node_astride(node);
    leave_room(nest, node);
}

static void place_group(struct nest *nest, struct node *group) {
    struct unit *units = arena_array(nest->arena, group->child_count, sizeof *units);
    struct astride *astride = arena_array(nest->arena, group->child_count, sizeof *astride);
    size_t n = units_make(nest, group, units);
    struct point content = spread_units(nest, group, units, n);
    units_level(nest, group);
    size_t astride_count = astride_list(nest, group, content, astride);
    struct insets in = astride_insets(nest, group, astride, astride_count);
    struct part *part = part_of(nest, group);
    double least = group == nest->model->root ? 0 : nest->sizes[group->index].w;
    double w = fmax(content.x + in.left + in.right, least), h = content.y + in.top + in.bottom;
    double dx = in.left + (w - content.x - in.left - in.right) / 2;
    for (size_t i = 0; i < group->child_count; i++) {
        struct part *child = part_of(nest, group->children[i]);
        if (!child->astride)
            child->at.x += dx, child->at.y += in.top;
    }
    part->frame = (struct rect){0, 0, w, h};
    in.left = dx;
    astride_place(nest, group, astride, astride_count, in);
    wrap(nest, group);
    leave_room(nest, group);
}

/* Children before parents: nodes stand in file order, parents first, so the list is walked from its end. */
static void place_all(struct nest *nest) {
    for (size_t i = nest->model->node_count; i-- > 0;) {
        struct node *node = nest->model->nodes[i];
        if (node->group)
            place_group(nest, node);
        else
            place_leaf(nest, node);
    }
    place_group(nest, nest->model->root);
}

static void make_absolute(const struct nest *nest, const struct sizes *sizes, struct placed *out) {
    const struct metrics *metrics = nest->metrics;
    struct point *origin = arena_array(nest->arena, nest->model->node_count, sizeof *origin);
    for (size_t i = 0; i < nest->model->node_count; i++) {
        const struct node *node = nest->model->nodes[i];
        const struct part *part = part_of(nest, node);
        struct point above = node->parent == nest->model->root ? (struct point){0, 0} : origin[node->parent->index];
        /* whole pixels: frames and lines of 1 px stay sharp, and sums do not depend on their order */
        origin[i] = (struct point){round(above.x + part->at.x), round(above.y + part->at.y)};
        struct rect frame = {origin[i].x + round(part->frame.x), origin[i].y + round(part->frame.y),
                             round(part->frame.w), round(part->frame.h)};
        out[i].direction = part->direction;
        if (node->group) {
            double corner = node->type->icon ? metrics->corner : 0;
            out[i].box = frame;
            out[i].icon = (struct rect){frame.x, frame.y, corner, corner};
            double title = fmin(sizes->nodes[i].w, frame.w);
            out[i].title = (struct rect){frame.x, frame.y, title, nest->sizes[i].h};
        } else {
            const struct node_size *size = &nest->sizes[i];
            out[i].box = frame;
            out[i].icon = (struct rect){frame.x + size->icon.x, frame.y + size->icon.y, size->icon.w, size->icon.h};
            double below = size->icon.y + size->icon.h;
            out[i].title = (struct rect){frame.x, frame.y + below, frame.w, frame.h - below};
        }
    }
}

struct group_result group_place(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
                                const struct engine *engine, const struct group_options *options, struct arena *arena,
                                struct placed *out) {
    struct nest nest = {.model = model,
                        .metrics = metrics,
                        .engine = engine,
                        .options = options,
                        .arena = arena,
                        .result = {.whole = true}};
    nest.parts = arena_array(arena, model->node_count + 1, sizeof *nest.parts);
    enum direction direction = options->direction != DIRECTION_DEFAULT ? options->direction : DIRECTION_RIGHT;
    set_directions(&nest, model->root, direction);
    shape_find(&nest, sizes);
    place_all(&nest);
    make_absolute(&nest, sizes, out);
    return nest.result;
}
