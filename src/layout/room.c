#include "layout/room.h"

#include <math.h>
#include <string.h>

enum { SPARE = 12 }; /* px that a label wants beside itself */

struct room room_new(const struct model *model, struct arena *arena) {
    return (struct room){.beside = arena_array(arena, model->node_count, sizeof(double)),
                         .above = arena_array(arena, model->node_count, sizeof(double)),
                         .along = arena_array(arena, model->edge_count, sizeof(double))};
}

static void widen(double *margin, double to) { *margin = fmax(*margin, ceil(to)); }

/* A label beside an upright line needs width that is not there; one over a flat line needs a longer line, or more height. */
static void ask_at(struct room *room, const struct layout *layout, const struct edge *edge, const struct node *end,
                   bool upright) {
    const struct edge_size *label = &layout->sizes.edges[edge->index];
    const struct node_size *size = &layout->sizes.nodes[end->index];
    double more = 1 + 0.5 * (room->asked - 1);
    if (end->group)
        return;
    if (upright)
        widen(&room->beside[end->index], more * (label->w + SPARE - size->w / 2));
    else
        widen(&room->beside[end->index], more * (label->w / 2 + SPARE));
    if (room->asked > 1)
        widen(&room->above[end->index], (more - 1) * 2 * (label->h + SPARE / 2.0));
}

static bool stands_upright(const struct routed *routed) {
    double flat = 0, upright = 0;
    for (size_t i = 0; i + 1 < routed->n; i++) {
        flat += fabs(routed->points[i].x - routed->points[i + 1].x);
        upright += fabs(routed->points[i].y - routed->points[i + 1].y);
    }
    return upright > flat;
}

size_t room_ask(struct room *room, const struct model *model, const struct layout *layout) {
    size_t n = 0;
    room->asked++;
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct routed *routed = &layout->edges[i];
        const struct edge *edge = model->edges[i];
        if (!routed->crowded)
            continue;
        n++;
        bool upright = stands_upright(routed);
        ask_at(room, layout, edge, edge->from, upright);
        ask_at(room, layout, edge, edge->to, upright);
        room->along[i] += 2 * SPARE;
    }
    return n;
}

struct sizes room_add(const struct room *room, const struct model *model, const struct sizes *sizes,
                      struct arena *arena) {
    struct sizes wider = {arena_array(arena, model->node_count, sizeof *wider.nodes),
                          arena_array(arena, model->edge_count, sizeof *wider.edges), sizes->overlays};
    for (size_t i = 0; i < model->node_count; i++) {
        struct node_size *size = &wider.nodes[i];
        *size = sizes->nodes[i];
        if (model->nodes[i]->group)
            continue;
        size->w += 2 * room->beside[i], size->h += 2 * room->above[i];
        size->icon.x += room->beside[i], size->icon.y += room->above[i];
    }
    for (size_t i = 0; i < model->edge_count; i++) {
        wider.edges[i] = sizes->edges[i];
        if (wider.edges[i].w > 0)
            wider.edges[i].w += room->along[i];
    }
    return wider;
}

void room_remove(const struct model *model, const struct sizes *sizes, struct placed *nodes) {
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node_size *size = &sizes->nodes[i];
        struct placed *placed = &nodes[i];
        if (model->nodes[i]->group)
            continue;
        double x = placed->icon.x - size->icon.x, y = placed->icon.y - size->icon.y,
               below = size->icon.y + size->icon.h;
        placed->box = (struct rect){x, y, size->w, size->h};
        placed->title = (struct rect){x, y + below, size->w, size->h - below};
    }
}
