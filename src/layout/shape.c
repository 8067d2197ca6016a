/* Groups of one shape: siblings that hold the same types in the same order get the same inner layout, and so do the groups within
 * them, however far apart these stand. For that every leaf gets the largest size of all that take its place, and a line that one group has
 * within itself counts in all of them. Where only the types of leaves differ, and the lines within are the same, sizes are made equal and
 * nothing else: three accounts that each send their logs have the same columns, whatever it is that sends them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/nest.h"

/* --- what is within what, what touches what ----------------------------------------------------------------------------- */

static void find_ends(struct nest *nest) {
    size_t n = nest->model->node_count + 1;
    nest->end = arena_array(nest->arena, n, sizeof *nest->end);
    for (size_t slot = n; slot-- > 0;) {
        nest->end[slot] = nest->end[slot] > slot + 1 ? nest->end[slot] : slot + 1;
        size_t parent = slot ? slot_of(nest, node_at(nest, slot)->parent) : 0;
        nest->end[parent] = nest->end[parent] > nest->end[slot] ? nest->end[parent] : nest->end[slot];
    }
}

static void list_edges(struct nest *nest) {
    const struct model *model = nest->model;
    nest->edge_first = arena_array(nest->arena, model->node_count + 1, sizeof *nest->edge_first);
    nest->edge_next = arena_array(nest->arena, 2 * model->edge_count, sizeof *nest->edge_next);
    for (size_t i = 0; i <= model->node_count; i++)
        nest->edge_first[i] = 2 * model->edge_count;
    for (size_t i = 2 * model->edge_count; i-- > 0;) {
        const struct edge *edge = model->edges[i / 2];
        size_t slot = slot_of(nest, i % 2 ? edge->to : edge->from);
        nest->edge_next[i] = nest->edge_first[slot];
        nest->edge_first[slot] = i;
    }
}

/* The innermost group that holds both ends; to the loop of a group that is the group around it. */
static struct node *home_of(const struct edge *edge) {
    struct node *common = model_common(edge->from, edge->to);
    return common == edge->from && common == edge->to && common->parent ? common->parent : common;
}

static void mark_outside(struct nest *nest, struct node *node, const struct node *home) {
    for (; node != home && node->parent != home; node = node->parent)
        part_of(nest, node)->outside = true;
}

static void list_ties(struct nest *nest, const struct sizes *sizes) {
    const struct model *model = nest->model;
    nest->ties = arena_array(nest->arena, model->node_count + 1, sizeof *nest->ties);
    size_t *homes = arena_array(nest->arena, model->edge_count, sizeof *homes);
    for (size_t i = 0; i < model->edge_count; i++) {
        struct node *home = home_of(model->edges[i]);
        homes[i] = slot_of(nest, home);
        nest->ties[homes[i]].n++;
        mark_outside(nest, model->edges[i]->from, home);
        mark_outside(nest, model->edges[i]->to, home);
    }
    for (size_t i = 0; i <= model->node_count; i++) {
        nest->ties[i].at = arena_array(nest->arena, nest->ties[i].n, sizeof(struct tie));
        nest->ties[i].n = 0;
    }
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct edge *edge = model->edges[i];
        const struct edge_size *size = &sizes->edges[i];
        struct tie_list *list = &nest->ties[homes[i]];
        list->at[list->n++] = (struct tie){slot_of(nest, edge->from) - homes[i], slot_of(nest, edge->to) - homes[i],
                                           edge, size->w, size->h};
    }
}

/* --- shapes ---------------------------------------------------------------------------------------------------------------- */

/* How close two shapes must be. */
enum likeness { LIKE_TYPES, LIKE_LINES };

/* What may stand on a frame is placed in another way than what does not. */
static bool type_matters(const struct node *node, enum likeness likeness) {
    return likeness == LIKE_TYPES || node->group || node->type->border;
}

static uint64_t own_hash(const struct nest *nest, const struct node *node, enum likeness likeness) {
    uint64_t hash = hash_mix(node->group ? 2 : 1,
                             type_matters(node, likeness) ? str_hash(node->type->key, strlen(node->type->key)) : 0);
    const struct tie_list *ties = &nest->ties[slot_of(nest, node)];
    uint64_t lines = 0;
    for (size_t i = 0; likeness == LIKE_LINES && i < ties->n; i++)
        lines += hash_mix(hash_mix(3, ties->at[i].from), ties->at[i].to); /* in whatever order */
    return hash_mix(hash_mix(hash_mix(hash, node->child_count), node->direction), lines);
}

/* Hashes of what every node holds, by slot; equal shapes have equal ones. */
static uint64_t *hash_shapes(struct nest *nest, enum likeness likeness) {
    size_t n = nest->model->node_count + 1;
    uint64_t *hash = arena_array(nest->arena, n, sizeof *hash);
    for (size_t slot = n; slot-- > 1;) {
        const struct node *node = node_at(nest, slot);
        hash[slot] = own_hash(nest, node, likeness);
        for (size_t i = 0; i < node->child_count; i++)
            hash[slot] = hash_mix(hash[slot], hash[slot_of(nest, node->children[i])]);
    }
    return hash;
}

/* A collision of hashes must not join what differs; where only the lines are hashed, it would do no harm that one could see. */
static bool same_shape(const struct nest *nest, size_t a, size_t b, enum likeness likeness) {
    if (nest->end[a] - a != nest->end[b] - b)
        return false;
    for (size_t i = 0; a + i < nest->end[a]; i++) {
        const struct node *x = node_at(nest, a + i), *y = node_at(nest, b + i);
        bool same = x->type == y->type || (!type_matters(x, likeness) && !type_matters(y, likeness));
        if (!same || x->group != y->group || x->child_count != y->child_count || x->direction != y->direction ||
            (i && slot_of(nest, x->parent) - a != slot_of(nest, y->parent) - b))
            return false;
    }
    return true;
}

struct sibling {
    uint64_t hash;
    size_t slot;
};

static int by_hash(const void *a, const void *b) {
    const struct sibling *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

/* Join the group children of one node that have the same shape, with all that is within them. */
static void join_children(const struct nest *nest, const struct node *parent, const uint64_t *hash,
                          enum likeness likeness, struct sibling *siblings, size_t *like) {
    size_t n = 0;
    for (size_t i = 0; i < parent->child_count; i++) {
        size_t slot = slot_of(nest, parent->children[i]);
        if (parent->children[i]->group && nest->end[slot] > slot + 1)
            siblings[n++] = (struct sibling){hash[slot], slot};
    }
    qsort(siblings, n, sizeof *siblings, by_hash);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (siblings[i].hash != siblings[first].hash ||
            !same_shape(nest, siblings[first].slot, siblings[i].slot, likeness)) {
            first = i;
            continue;
        }
        size_t a = siblings[first].slot, b = siblings[i].slot;
        for (size_t k = 0; a + k < nest->end[a]; k++)
            like[b + k] = a + k;
    }
}

/* By slot: the first one of its shape. Parents come before what they hold, so what `like` names has been joined to its own first one
 * already. */
static size_t *join_shapes(struct nest *nest, enum likeness likeness) {
    size_t n = nest->model->node_count + 1, most = 0;
    const uint64_t *hash = hash_shapes(nest, likeness);
    for (size_t slot = 0; slot < n; slot++)
        most = node_at(nest, slot)->child_count > most ? node_at(nest, slot)->child_count : most;
    struct sibling *siblings = arena_array(nest->arena, most, sizeof *siblings);
    size_t *like = arena_array(nest->arena, n, sizeof *like);
    for (size_t slot = 0; slot < n; slot++)
        like[slot] = slot;
    for (size_t slot = 0; slot < n; slot++)
        if (like[slot] == slot) /* in what is like another, the other's children are joined */
            join_children(nest, node_at(nest, slot), hash, likeness, siblings, like);
    for (size_t slot = 0; slot < n; slot++)
        like[slot] = like[like[slot]];
    return like;
}

/* --- making equal ---------------------------------------------------------------------------------------------------------- */

static void grow(struct node_size *size, const struct node_size *other) {
    double below = fmax(size->h - size->icon.y, other->h - other->icon.y);
    size->w = fmax(size->w, other->w);
    size->icon.y = fmax(size->icon.y, other->icon.y);
    size->h = size->icon.y + below;
}

static void equal_rooms(struct nest *nest, const struct sizes *sizes) {
    nest->rooms = overlay_rooms(nest->model, sizes, nest->arena);
    for (size_t pass = 0; nest->rooms && pass < 2; pass++)
        for (size_t slot = 1; slot <= nest->model->node_count; slot++) {
            struct overlay_room *mine = &nest->rooms[slot - 1], *first = &nest->rooms[nest->like[slot] - 1];
            struct overlay_room most = {fmax(mine->side, first->side), fmax(mine->top, first->top),
                                        fmax(mine->bottom, first->bottom)};
            *(pass ? mine : first) = most;
        }
}

/* Give all of a shape the largest size, by the first one of each. */
static void spread_sizes(struct nest *nest, const size_t *like) {
    for (size_t slot = 1; slot <= nest->model->node_count; slot++)
        grow(&nest->sizes[like[slot] - 1], &nest->sizes[slot - 1]);
    for (size_t slot = 1; slot <= nest->model->node_count; slot++)
        grow(&nest->sizes[slot - 1], &nest->sizes[like[slot] - 1]);
}

static void equal_sizes(struct nest *nest, const struct sizes *sizes, const size_t *wide) {
    size_t n = nest->model->node_count;
    nest->sizes = arena_array(nest->arena, n, sizeof *nest->sizes);
    memcpy(nest->sizes, sizes->nodes, n * sizeof *nest->sizes);
    for (int pass = 0; pass < 2; pass++) { /* what one made larger may be the first one of the other */
        spread_sizes(nest, nest->like);
        spread_sizes(nest, wide);
    }
    for (size_t slot = 1; slot <= n; slot++)
        nest->parts[nest->like[slot]].outside = nest->parts[nest->like[slot]].outside || nest->parts[slot].outside;
    for (size_t slot = 1; slot <= n; slot++) {
        struct node_size *size = &nest->sizes[slot - 1];
        nest->parts[slot].outside = nest->parts[nest->like[slot]].outside;
        if (!node_at(nest, slot)->group)
            size->icon.x = (size->w - size->icon.w) / 2;
    }
}

enum { MOST_LABELS = 256 }; /* of a group; in one with more, columns are none that anybody could see */

/* Labels between the same places of a shape have the same room. */
static void equal_labels(struct nest *nest, const size_t *wide) {
    for (int pass = 0; pass < 2; pass++)
        for (size_t slot = 1; slot <= nest->model->node_count; slot++) {
            struct tie_list *mine = &nest->ties[slot], *first = &nest->ties[wide[slot]];
            for (size_t i = 0; mine->at != first->at && mine->n <= MOST_LABELS && i < mine->n; i++)
                for (size_t k = 0; k < first->n; k++) {
                    struct tie *a = pass ? &mine->at[i] : &first->at[k], *b = pass ? &first->at[k] : &mine->at[i];
                    if (a->from == b->from && a->to == b->to)
                        a->w = fmax(a->w, b->w), a->h = fmax(a->h, b->h);
                }
        }
}

static int by_ends(const void *a, const void *b) {
    const struct tie *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->edge->index > y->edge->index) - (x->edge->index < y->edge->index);
}

static int by_edge(const void *a, const void *b) {
    const struct tie *x = a, *y = b;
    return (x->edge->index > y->edge->index) - (x->edge->index < y->edge->index);
}

/* One tie for each pair of ends, with the most room, in the order of the file. */
static void merge_ties(struct tie_list *list) {
    size_t n = 0;
    qsort(list->at, list->n, sizeof *list->at, by_ends);
    for (size_t i = 0; i < list->n; i++) {
        struct tie *last = n ? &list->at[n - 1] : NULL, tie = list->at[i];
        if (last && last->from == tie.from && last->to == tie.to)
            last->w = fmax(last->w, tie.w), last->h = fmax(last->h, tie.h);
        else
            list->at[n++] = tie;
    }
    list->n = n;
    qsort(list->at, n, sizeof *list->at, by_edge);
}

static void equal_ties(struct nest *nest) {
    size_t n = nest->model->node_count + 1;
    size_t *room = arena_array(nest->arena, n, sizeof *room);
    bool *shared = arena_array(nest->arena, n, sizeof *shared);
    for (size_t slot = 1; slot < n; slot++) {
        room[nest->like[slot]] += nest->ties[slot].n;
        shared[nest->like[slot]] = shared[nest->like[slot]] || nest->like[slot] != slot;
    }
    for (size_t slot = 1; slot < n; slot++) {
        size_t like = nest->like[slot];
        if (shared[slot] && room[slot]) { /* the first of its kind, which comes before the others */
            struct tie *all = arena_array(nest->arena, room[slot], sizeof *all);
            memcpy(all, nest->ties[slot].at, nest->ties[slot].n * sizeof *all);
            nest->ties[slot].at = all;
        } else if (like != slot && nest->ties[slot].n) {
            memcpy(nest->ties[like].at + nest->ties[like].n, nest->ties[slot].at,
                   nest->ties[slot].n * sizeof(struct tie));
            nest->ties[like].n += nest->ties[slot].n;
        }
    }
    for (size_t slot = 1; slot < n; slot++)
        if (shared[slot])
            merge_ties(&nest->ties[slot]);
    for (size_t slot = 1; slot < n; slot++)
        nest->ties[slot] = nest->ties[nest->like[slot]];
}

/* Groups of one shape have one order: what is exchanged in one of them is exchanged in all. */
static void equal_keys(struct nest *nest) {
    const double *given = nest->options->keys;
    size_t n = nest->model->node_count + 1;
    if (!given)
        return;
    double *moved = arena_array(nest->arena, n, sizeof *moved);
    nest->keys = arena_array(nest->arena, n, sizeof *nest->keys);
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t slot = 1; slot < n; slot++) {
            size_t parent = slot_of(nest, node_at(nest, slot)->parent), first = nest->like[parent] + slot - parent;
            if (pass == 0)
                moved[first] += given[slot - 1] - (double)(slot - 1);
            else
                nest->keys[slot] = (double)slot + moved[first];
        }
}

void shape_find(struct nest *nest, const struct sizes *sizes) {
    find_ends(nest);
    list_edges(nest);
    list_ties(nest, sizes);
    nest->like = join_shapes(nest, LIKE_TYPES);
    const size_t *wide = join_shapes(nest, LIKE_LINES);
    equal_sizes(nest, sizes, wide);
    equal_rooms(nest, sizes);
    equal_ties(nest);
    equal_labels(nest, wide);
    equal_keys(nest);
}
