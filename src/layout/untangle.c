/* Order within a group is settled before anyone knows where the lines to other groups will run; the finished picture tells. Of two lines
 * that cross, an end of the one and an end of the other stand in two siblings somewhere up the nesting: these change places, or all
 * children of that group stand the other way round, or the children of a group that holds one of the ends do.
 */
#include "layout/untangle.h"

#include <string.h>

static const int dearer = 2;

struct list {
    const struct model *model;
    const double *keys;
    struct arena *arena;
    struct variant *out;
    size_t n, most;
};

static double key_of(const struct list *list, const struct node *node) {
    return list->keys ? list->keys[node->index] : (double)node->index;
}

static bool known(const struct list *list, const double *keys) {
    for (size_t i = 0; i < list->n; i++)
        if (list->out[i].keys && !memcmp(list->out[i].keys, keys, list->model->node_count * sizeof *keys))
            return true;
    return false;
}

static double *copy_keys(const struct list *list) {
    double *keys = arena_array(list->arena, list->model->node_count, sizeof *keys);
    for (size_t i = 0; i < list->model->node_count; i++)
        keys[i] = key_of(list, list->model->nodes[i]);
    return keys;
}

static void add(struct list *list, const double *keys) {
    if (list->n < list->most && !known(list, keys))
        list->out[list->n++] = (struct variant){keys, 1, false};
}

size_t untangle_routings(struct variant *out, size_t most) {
    const struct variant routings[] = {{NULL, dearer, false}, {NULL, 1, true}, {NULL, dearer, true}};
    size_t n = sizeof routings / sizeof *routings;
    n = n < most ? n : most;
    memcpy(out, routings, n * sizeof *out);
    return n;
}

static bool counter(const char *text) { return strlen(text) < 2 || strspn(text, "0123456789") == strlen(text); }

/* One kind, and ids that end in a number or a letter of their own: `web-1` and `web-2`, `app-a` and `app-b`. */
static bool numbered(const struct node *a, const struct node *b) {
    const char *x = a->id, *y = b->id;
    for (; *x && *x == *y; x++)
        y++;
    return a->type == b->type && counter(x) && counter(y);
}

/* Zones and what is numbered keep the order that everybody expects of them. */
static bool fixed(const struct node *a, const struct node *b) {
    return (a->type->peers == PEERS_STRICT && b->type->peers == PEERS_STRICT) || numbered(a, b);
}

static void add_orderly(struct list *list, const struct node *group, const double *keys) {
    for (size_t i = 0; i < group->child_count; i++)
        for (size_t k = 0; k < i; k++)
            if (keys[group->children[i]->index] < keys[group->children[k]->index] &&
                fixed(group->children[i], group->children[k]))
                return;
    add(list, keys);
}

static void exchange(struct list *list, const struct node *a, const struct node *b) {
    double *keys = copy_keys(list);
    keys[a->index] = key_of(list, b), keys[b->index] = key_of(list, a);
    add_orderly(list, a->parent, keys);
}

static void mirror(struct list *list, const struct node *group) {
    double *keys = copy_keys(list), sum = 0;
    for (size_t i = 0; i < group->child_count; i++)
        sum += 2 * key_of(list, group->children[i]) / (double)group->child_count;
    for (size_t i = 0; i < group->child_count; i++)
        keys[group->children[i]->index] = sum - key_of(list, group->children[i]);
    if (group->child_count > 1)
        add_orderly(list, group, keys);
}

static const struct node *branch(const struct node *group, const struct node *node) {
    while (node->parent != group)
        node = node->parent;
    return node;
}

static void at_ends(struct list *list, struct node *a, struct node *b) {
    const struct node *common = model_common(a, b);
    if (a == b || common == a || common == b)
        return;
    exchange(list, branch(common, a), branch(common, b));
}

static void around(struct list *list, const struct node *node) {
    for (const struct node *group = node->group ? node : node->parent; group; group = group->parent)
        mirror(list, group);
}

size_t untangle_list(const struct model *model, const struct quality *quality, const double *keys, struct arena *arena,
                     struct variant *out, size_t most) {
    struct list list = {model, keys, arena, out, 0, most};
    for (size_t i = 0; i < quality->fault_count; i++) {
        const struct fault *fault = &quality->faults[i];
        if (fault->measure != MEASURE_CROSSINGS)
            continue;
        if (list.n == 0)
            list.n = untangle_routings(out, most);
        struct node *ends[] = {fault->edge->from, fault->edge->to}, *others[] = {fault->other->from, fault->other->to};
        for (size_t k = 0; k < 4; k++)
            at_ends(&list, ends[k / 2], others[k % 2]);
        at_ends(&list, ends[0], ends[1]);
        at_ends(&list, others[0], others[1]);
        for (size_t k = 0; k < 4; k++)
            around(&list, k < 2 ? ends[k] : others[k - 2]);
    }
    return list.n;
}
