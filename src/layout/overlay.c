/* A frame is the hull of its members with a little room, which placement has left around them. Members that stand apart get one frame as
 * long as nothing foreign comes to stand in it; else as few as that takes, each with the title, as AWS draws a security group that is in
 * two zones. Where a node is in several overlays their frames lie one in the other, in the order of the file from the inside out.
 */
#include "layout/overlay.h"

#include <math.h>

static const double step = 8, title_gap = 4;
static const double beside = 16; /* keeps the outermost frame off the corner icon of the group it passes through */

/* From a member's box to the frame of each overlay: around the frames of earlier overlays that share a member, and wide enough for the
 * title. By overlay index. */
static struct overlay_room *measure_rooms(const struct model *model, const struct sizes *sizes, struct arena *arena) {
    struct overlay_room *rooms = arena_array(arena, model->overlay_count, sizeof *rooms);
    size_t *last = arena_array(arena, model->node_count, sizeof *last); /* overlay around a node so far, + 1 */
    for (size_t i = 0; i < model->overlay_count; i++) {
        const struct overlay *overlay = model->overlays[i];
        const struct overlay_size *size = &sizes->overlays[i];
        struct overlay_room room = {step, title_gap, step};
        double narrowest = INFINITY;
        for (size_t k = 0; k < overlay->member_count; k++) {
            size_t node = overlay->members[k]->index;
            narrowest = fmin(narrowest, sizes->nodes[node].w);
            if (!last[node])
                continue;
            const struct overlay_room *inner = &rooms[last[node] - 1];
            room.side = fmax(room.side, inner->side + step), room.bottom = fmax(room.bottom, inner->bottom + step);
            room.top = fmax(room.top, inner->top + title_gap);
        }
        room.side = fmax(room.side, ceil((size->w - narrowest) / 2) + title_gap);
        room.top += size->h;
        rooms[i] = room;
        for (size_t k = 0; k < overlay->member_count; k++)
            last[overlay->members[k]->index] = i + 1;
    }
    return rooms;
}

struct overlay_room *overlay_rooms(const struct model *model, const struct sizes *sizes, struct arena *arena) {
    if (!model->overlay_count)
        return NULL;
    struct overlay_room *rooms = arena_array(arena, model->node_count, sizeof *rooms);
    const struct overlay_room *frames = measure_rooms(model, sizes, arena);
    for (size_t i = 0; i < model->overlay_count; i++)
        for (size_t k = 0; k < model->overlays[i]->member_count; k++) {
            struct overlay_room *mine = &rooms[model->overlays[i]->members[k]->index];
            mine->side = fmax(mine->side, frames[i].side + beside);
            mine->top = fmax(mine->top, frames[i].top), mine->bottom = fmax(mine->bottom, frames[i].bottom);
        }
    return rooms;
}

bool overlay_stranger(const struct overlay *overlay, const struct node *node) {
    for (size_t i = 0; i < overlay->member_count; i++)
        if (model_within(node, overlay->members[i]) || model_within(overlay->members[i], node))
            return false;
    return true;
}

struct rect overlay_title(const struct sizes *sizes, const struct overlay *overlay, struct rect frame) {
    const struct overlay_size *size = &sizes->overlays[overlay->index];
    return (struct rect){frame.x + title_gap, frame.y + 2, size->w, size->h};
}

static struct rect hull(struct rect a, struct rect b) {
    double right = fmax(rect_right(a), rect_right(b)), bottom = fmax(rect_bottom(a), rect_bottom(b));
    struct rect all = {fmin(a.x, b.x), fmin(a.y, b.y), 0, 0};
    all.w = right - all.x, all.h = bottom - all.y;
    return all;
}

struct framer {
    const struct model *model;
    const struct placed *nodes;
    const struct overlay *overlay;
    size_t *strangers, stranger_count; /* indices of nodes */
};

static void list_strangers(struct framer *framer) {
    framer->stranger_count = 0;
    for (size_t i = 0; i < framer->model->node_count; i++)
        if (overlay_stranger(framer->overlay, framer->model->nodes[i]))
            framer->strangers[framer->stranger_count++] = i;
}

static bool clean(const struct framer *framer, struct rect frame) {
    for (size_t i = 0; i < framer->stranger_count; i++)
        if (rect_overlap(frame, framer->nodes[framer->strangers[i]].box, 0))
            return false;
    return true;
}

/* Frames of all members as one, or each member into the first frame that stays clean with it. */
static void make_frames(const struct framer *framer, struct overlay_room room, struct overlaid *out) {
    for (size_t k = 0; k < framer->overlay->member_count; k++) {
        struct rect box = framer->nodes[framer->overlay->members[k]->index].box;
        struct rect frame = {box.x - room.side, box.y - room.top, box.w + 2 * room.side,
                             box.h + room.top + room.bottom};
        size_t i = 0;
        while (i < out->n && !clean(framer, hull(out->frames[i], frame)))
            i++;
        if (i == out->n)
            out->frames[out->n++] = frame;
        else
            out->frames[i] = hull(out->frames[i], frame);
    }
}

/* Frames that have come to touch are one, if that is clean. */
static void join_frames(const struct framer *framer, struct overlaid *out) {
    for (size_t i = 0; i < out->n; i++)
        for (size_t k = i + 1; k < out->n; k++) {
            struct rect both = hull(out->frames[i], out->frames[k]);
            if (!clean(framer, both))
                continue;
            out->frames[i] = both;
            out->frames[k] = out->frames[--out->n];
            k = i; /* the larger one may take in what was too far before */
        }
}

struct overlaid *overlay_frames(const struct model *model, const struct sizes *sizes, const struct placed *nodes,
                                struct arena *arena, size_t *pieces) {
    struct overlaid *overlaid = arena_array(arena, model->overlay_count, sizeof *overlaid);
    struct framer framer = {.model = model, .nodes = nodes};
    *pieces = 0;
    if (!model->overlay_count)
        return overlaid;
    framer.strangers = arena_array(arena, model->node_count, sizeof *framer.strangers);
    const struct overlay_room *rooms = measure_rooms(model, sizes, arena);
    for (size_t i = 0; i < model->overlay_count; i++) {
        framer.overlay = model->overlays[i];
        list_strangers(&framer);
        overlaid[i].frames = arena_array(arena, framer.overlay->member_count, sizeof(struct rect));
        make_frames(&framer, rooms[i], &overlaid[i]);
        join_frames(&framer, &overlaid[i]);
        *pieces += overlaid[i].n - 1;
    }
    return overlaid;
}
