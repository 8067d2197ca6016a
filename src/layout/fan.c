#include "layout/fan.h"

#include <string.h>

struct end {
    const struct edge *edge;
    bool back; /* the `to` end */
    int32_t fan;
};

static const struct node *node_at(const struct end *end) { return end->back ? end->edge->to : end->edge->from; }
static const struct node *far_node(const struct end *end) { return end->back ? end->edge->from : end->edge->to; }
static bool arrow_at(const struct end *end) { return end->back ? end->edge->arrow_to : end->edge->arrow_from; }

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* Whoever follows the trunk must not be misled: same style, same head at the shared end. */
static bool alike(const struct end *a, const struct end *b) {
    const struct edge *e = a->edge, *f = b->edge;
    return e->kind == f->kind && arrow_at(a) == arrow_at(b) && e->emphasis == f->emphasis && e->implied == f->implied &&
           same_text(e->style.colour, f->style.colour) && e->style.has_dash == f->style.has_dash &&
           e->style.dash == f->style.dash && !(e->style.width < f->style.width || e->style.width > f->style.width) &&
           !e->kind->blocked;
}

/* Ends at the same node in order of the file; two lines between the same pair would hide each other. */
static int32_t number_ends(struct end *ends, size_t n, int32_t fans) {
    for (size_t i = 0; i < n; i++) {
        bool hidden = false;
        for (size_t k = 0; k < i && !hidden; k++)
            hidden = far_node(&ends[k]) == far_node(&ends[i]);
        for (size_t k = 0; k < i && !hidden && !ends[i].fan; k++)
            if (alike(&ends[k], &ends[i]))
                ends[i].fan = ends[k].fan;
        if (!ends[i].fan)
            ends[i].fan = ++fans;
    }
    return fans;
}

/* A line on trunks at both ends would seem to connect everything with everything: it stays on that of the greater fan. */
static void choose_ends(struct fans *fans, size_t edges, int32_t count, struct arena *arena) {
    size_t *size = fans->size = arena_array(arena, (size_t)count + 1 + edges, sizeof *size);
    for (size_t i = 0; i < edges; i++)
        size[fans->from[i]]++, size[fans->to[i]]++;
    for (size_t i = 0; i < edges; i++) {
        size_t from = size[fans->from[i]], to = size[fans->to[i]];
        if (from < 2 || to < 2)
            continue;
        int32_t *loser = from >= to ? &fans->to[i] : &fans->from[i];
        size[*loser]--;
        *loser = ++count;
        size[count] = 1;
    }
}

struct fans fans_find(const struct model *model, struct arena *arena) {
    struct fans fans = {arena_array(arena, model->edge_count, sizeof *fans.from),
                        arena_array(arena, model->edge_count, sizeof *fans.to), NULL};
    struct end *ends = arena_array(arena, 2 * model->edge_count, sizeof *ends);
    size_t *start = arena_array(arena, model->node_count + 2, sizeof *start);
    for (size_t i = 0; i < 2 * model->edge_count; i++)
        start[node_at(&(struct end){model->edges[i / 2], i % 2, 0})->index + 2]++;
    for (size_t i = 0; i < model->node_count; i++)
        start[i + 2] += start[i + 1];
    for (size_t i = 0; i < 2 * model->edge_count; i++) {
        struct end end = {model->edges[i / 2], i % 2, 0};
        ends[start[node_at(&end)->index + 1]++] = end;
    }
    int32_t count = 0;
    for (size_t i = 0; i < model->node_count; i++)
        count = number_ends(ends + start[i], start[i + 1] - start[i], count);
    for (size_t i = 0; i < 2 * model->edge_count; i++)
        (ends[i].back ? fans.to : fans.from)[ends[i].edge->index] = ends[i].fan;
    choose_ends(&fans, model->edge_count, count, arena);
    return fans;
}
