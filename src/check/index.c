#include "check/index.h"

#include <string.h>

/* Types are few, and own types are no neighbours in memory: a hash table by address that only finds, never orders. */
struct seen {
    const struct type *type;
    size_t number;
};

static size_t slot_of(const struct seen *table, size_t mask, const struct type *type) {
    size_t i = ((uintptr_t)type >> 4) * 0x9e3779b1u & mask;
    while (table[i].type && table[i].type != type) {
        i = (i + 1) & mask;
    }
    return i;
}

static void index_types(struct index *index) {
    const struct model *model = index->model;
    size_t size = 64;
    while (size < model->node_count * 2) {
        size *= 2;
    }
    struct seen *table = arena_array(index->arena, size, sizeof *table);
    size_t cap = 0;
    index->type_of = arena_array(index->arena, model->node_count + 1, sizeof *index->type_of);
    for (size_t i = 0; i < model->node_count; i++) {
        size_t at = slot_of(table, size - 1, model->nodes[i]->type);
        if (!table[at].type) {
            table[at] = (struct seen){model->nodes[i]->type, index->type_count};
            index->types = arena_grow(index->arena, (void *)index->types, &cap, index->type_count + 1,
                                      sizeof *index->types);
            index->types[index->type_count++] = model->nodes[i]->type;
        }
        index->type_of[i] = table[at].number;
    }
}

static void index_by_type(struct index *index) {
    const struct model *model = index->model;
    size_t *start = arena_array(index->arena, index->type_count + 2, sizeof *start);
    for (size_t i = 0; i < model->node_count; i++) {
        start[index->type_of[i] + 2]++;
    }
    for (size_t t = 2; t < index->type_count + 2; t++) {
        start[t] += start[t - 1];
    }
    index->by_type = arena_array(index->arena, model->node_count + 1, sizeof *index->by_type);
    for (size_t i = 0; i < model->node_count; i++) {
        index->by_type[start[index->type_of[i] + 1]++] = model->nodes[i];
    }
    index->type_start = start;
}

static void index_inside(struct index *index) {
    const struct model *model = index->model;
    index->inside_end = arena_array(index->arena, model->node_count + 1, sizeof *index->inside_end);
    for (size_t i = model->node_count; i-- > 0;) {
        const struct node *node = model->nodes[i];
        if (index->inside_end[i] == 0) {
            index->inside_end[i] = i + 1;
        }
        if (node->parent && node->parent != model->root &&
            index->inside_end[node->parent->index] < index->inside_end[i]) {
            index->inside_end[node->parent->index] = index->inside_end[i];
        }
    }
}

static void add_link(struct index *index, size_t *next, const struct edge *edge, bool reversed) {
    bool none = !edge->arrow_from && !edge->arrow_to;
    bool ahead = none || edge->arrow_to, back = none || edge->arrow_from;
    const struct node *here = reversed ? edge->to : edge->from;
    index->links[next[here->index]++] = (struct link){
        .edge = edge,
        .other = reversed ? edge->from : edge->to,
        .out = reversed ? back : ahead,
        .in = reversed ? ahead : back,
    };
}

/* One ring a different id: a hash table keeps the latest node of each. */
static void index_ids(struct index *index) {
    const struct model *model = index->model;
    size_t mask = 63;
    while (mask < model->node_count * 2) {
        mask = mask * 2 + 1;
    }
    size_t *latest = arena_array(index->arena, mask + 1, sizeof *latest); /* index + 1; 0: free */
    index->same_id = arena_array(index->arena, model->node_count + 1, sizeof *index->same_id);
    for (size_t i = 0; i < model->node_count; i++) {
        const char *id = model->nodes[i]->id;
        size_t at = str_hash(id, strlen(id)) & mask;
        while (latest[at] && strcmp(model->nodes[latest[at] - 1]->id, id) != 0) {
            at = (at + 1) & mask;
        }
        index->same_id[i] = i;
        if (latest[at]) {
            index->same_id[i] = index->same_id[latest[at] - 1];
            index->same_id[latest[at] - 1] = i;
        }
        latest[at] = i + 1;
    }
}

static bool visible(const struct edge *edge) {
    return !(edge->kind && edge->kind->blocked) && edge->from && edge->to && edge->from->parent && edge->to->parent;
}

static void index_links(struct index *index) {
    const struct model *model = index->model;
    size_t *start = arena_array(index->arena, model->node_count + 2, sizeof *start);
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct edge *edge = model->edges[i];
        if (visible(edge)) {
            start[edge->from->index + 2]++;
            start[edge->to->index + 2] += edge->from != edge->to;
        }
    }
    for (size_t i = 2; i < model->node_count + 2; i++) {
        start[i] += start[i - 1];
    }
    index->links = arena_array(index->arena, start[model->node_count + 1] + 1, sizeof *index->links);
    for (size_t i = 0; i < model->edge_count; i++) {
        if (visible(model->edges[i])) {
            add_link(index, start + 1, model->edges[i], false);
            if (model->edges[i]->from != model->edges[i]->to) {
                add_link(index, start + 1, model->edges[i], true);
            }
        }
    }
    index->link_start = start;
}

struct index *index_new(const struct model *model, struct arena *arena) {
    struct index *index = arena_alloc(arena, sizeof *index);
    index->model = model;
    index->arena = arena;
    index_types(index);
    index_by_type(index);
    index_inside(index);
    index_ids(index);
    index_links(index);
    return index;
}

const struct node *index_scope(const struct node *node, const char *type) {
    for (; node && node->parent; node = node->parent) {
        if (type_is(node->type, type)) {
            return node;
        }
    }
    return NULL;
}

static bool answers(const struct node *node, const char *end, size_t n) {
    size_t length = strlen(node->path);
    return length >= n && strcmp(node->path + length - n, end) == 0 &&
           (length == n || node->path[length - n - 1] == '.');
}

const char *index_short_path(const struct index *index, const struct node *node) {
    const char *end = node->path + strlen(node->path), *start = end;
    while (start > node->path) {
        do {
            start--;
        } while (start > node->path && start[-1] != '.');
        bool alone = true;
        for (size_t i = index->same_id[node->index]; i != node->index && alone; i = index->same_id[i]) {
            alone = !answers(index->model->nodes[i], start, (size_t)(end - start));
        }
        if (alone) {
            break;
        }
    }
    return start;
}

const struct value *index_value(const struct value *values, size_t n, const char *key) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(values[i].key, key) == 0) {
            return &values[i];
        }
    }
    return NULL;
}
