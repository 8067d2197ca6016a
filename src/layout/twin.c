#include "layout/twin.h"

#include <stdlib.h>

struct twin {
    const struct edge *edge;
    bool back; /* they have `to` in common, else `from` */
};

static const struct node *common_end(const struct twin *twin) { return twin->back ? twin->edge->to : twin->edge->from; }
static const struct node *far_end(const struct twin *twin) { return twin->back ? twin->edge->from : twin->edge->to; }

/* Of one type, in groups of one type, and so on up to the group that holds both. */
static bool stand_alike(const struct node *a, const struct node *b) {
    while (a != b && a && b && a->type == b->type && a->group == b->group)
        a = a->parent, b = b->parent;
    return a == b;
}

static bool are_twins(const struct twin *a, const struct twin *b) {
    return a->back == b->back && common_end(a) == common_end(b) && a->edge->kind == b->edge->kind &&
           far_end(a)->parent != far_end(b)->parent && a->edge->side_from == b->edge->side_from &&
           a->edge->side_to == b->edge->side_to && stand_alike(far_end(a), far_end(b));
}

static int compare(size_t a, size_t b) { return (a > b) - (a < b); }

/* Lines with the same common end and a far end at the same depth stand next to each other, in file order. */
static int by_ends(const void *a, const void *b) {
    const struct twin *x = a, *y = b;
    int order = (int)x->back - (int)y->back;
    order = order ? order : compare(common_end(x)->index, common_end(y)->index);
    order = order ? order : compare(far_end(x)->depth, far_end(y)->depth);
    return order ? order : compare(x->edge->index, y->edge->index);
}

struct twins twins_find(const struct model *model, struct arena *arena) {
    size_t edges = model->edge_count;
    struct twins twins = {arena_array(arena, edges, sizeof(size_t)), arena_array(arena, edges, sizeof(size_t))};
    struct twin *list = arena_array(arena, 2 * edges, sizeof *list);
    for (size_t i = 0; i < 2 * edges; i++)
        list[i] = (struct twin){model->edges[i / 2], i % 2};
    if (edges)
        qsort(list, 2 * edges, sizeof *list, by_ends);
    for (size_t i = 0, k; i < 2 * edges; i = k) {
        size_t *next = list[i].back ? twins.reaching : twins.leaving, first = list[i].edge->index;
        for (k = i + 1; k < 2 * edges && are_twins(&list[k - 1], &list[k]); k++)
            next[list[k - 1].edge->index] = list[k].edge->index;
        next[list[k - 1].edge->index] = first;
    }
    return twins;
}
