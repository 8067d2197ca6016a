/* Children to units. Peers (zones, sites, accounts) are stacked across the flow with equal extents; so are, where the stack would get too
 * high, nodes that are linked to the same others, in as many columns as it takes. Every second column stands between the rows of the
 * first, so that its lines pass through the gaps.
 */
#include <math.h>
#include <stdlib.h>

#include "layout/nest.h"

enum { LEAST_IN_COLUMNS = 4 };

/* --- peers -------------------------------------------------------------------------------------------------------------- */

/* How far along a flow among its like a peer stands: loose peers that feed each other do not stand side by side. */
static void peer_levels(struct nest *nest, const struct node *group, const struct type *type, size_t *level) {
    const struct tie_list *ties = &nest->ties[slot_of(nest, group)];
    size_t base = slot_of(nest, group), n = 0;
    struct pair {
        size_t a, b;
    } *pairs = arena_array(nest->arena, ties->n, sizeof *pairs);
    for (size_t i = 0; i < ties->n; i++) {
        const struct edge *edge = ties->at[i].edge;
        const struct node *a = nest_branch(group, node_at(nest, base + ties->at[i].from));
        const struct node *b = nest_branch(group, node_at(nest, base + ties->at[i].to));
        bool lateral = edge->kind->lateral && !nest->options->lateral_flows;
        if (!a || !b || a == b || a->type != type || b->type != type || lateral || edge->free_rank)
            continue;
        pairs[n++] = a->index < b->index ? (struct pair){a->index, b->index} : (struct pair){b->index, a->index};
    }
    bool moved = true;
    size_t first = group->children[0]->index;
    for (size_t round = 0; moved && round < group->child_count; round++) {
        moved = false;
        for (size_t i = 0; i < n; i++)
            if (level[pairs[i].b - first] < level[pairs[i].a - first] + 1) {
                level[pairs[i].b - first] = level[pairs[i].a - first] + 1;
                moved = true;
            }
    }
}

/* --- twins --------------------------------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* What every child is linked to: equal values for children with the same others at the other ends; 0 for none. */
static void link_marks(struct nest *nest, const struct node *group, uint64_t *mark, size_t first) {
    const struct tie_list *ties = &nest->ties[slot_of(nest, group)];
    size_t base = slot_of(nest, group);
    for (size_t i = 0; i < ties->n; i++) {
        const struct node *a = nest_branch(group, node_at(nest, base + ties->at[i].from));
        const struct node *b = nest_branch(group, node_at(nest, base + ties->at[i].to));
        if (!a || !b || a == b)
            continue;
        mark[a->index - first] += mix(1, base + ties->at[i].to) | 1;
        mark[b->index - first] += mix(2, base + ties->at[i].from) | 1;
    }
}

static bool twins(const struct nest *nest, const struct node *a, const struct node *b) {
    if (a->group != b->group || a->type != b->type)
        return false;
    return !a->group || nest->like[slot_of(nest, a)] == nest->like[slot_of(nest, b)];
}

/* --- stacking ------------------------------------------------------------------------------------------------------------ */

static void move_content(struct nest *nest, const struct node *node, double dx, double dy) {
    const struct part *part = part_of(nest, node);
    for (size_t c = 0; c < node->child_count; c++) {
        struct part *child = part_of(nest, node->children[c]);
        if (!child->astride) {
            child->at.x += dx, child->at.y += dy;
            continue;
        }
        /* stays on the side it stands on */
        bool left = child->at.x<part->frame.x + 1, right = child->at.x + child->w> rect_right(part->frame) - 1;
        bool top = child->at.y<part->frame.y + 1, bottom = child->at.y + child->h> rect_bottom(part->frame) - 1;
        child->at.x += left ? 0 : right ? 2 * dx : dx;
        child->at.y += top && !left && !right ? 0 : bottom && !left && !right ? 2 * dy : dy;
    }
}

/* Give all peers of a unit the same extent, content in the middle. Across the stack they always agree; along it a loose peer less than
 * half as long as the longest keeps its length, which otherwise would be all white. */
static void equalise(struct nest *nest, const struct unit *unit, bool sideways) {
    double w = 0, h = 0;
    for (size_t i = 0; i < unit->n; i++) {
        w = fmax(w, part_of(nest, unit->nodes[i])->frame.w);
        h = fmax(h, part_of(nest, unit->nodes[i])->frame.h);
    }
    for (size_t i = 0; i < unit->n; i++) {
        struct part *part = part_of(nest, unit->nodes[i]);
        if (!unit->nodes[i]->group)
            continue;
        bool loose = unit->nodes[i]->type->peers != PEERS_STRICT;
        double to_w = loose && !sideways && part->frame.w < w / 2 ? part->frame.w : w;
        double to_h = loose && sideways && part->frame.h < h / 2 ? part->frame.h : h;
        double dx = (to_w - part->frame.w) / 2, dy = (to_h - part->frame.h) / 2;
        if (dx > 0 || dy > 0)
            move_content(nest, unit->nodes[i], dx, dy);
        part->w += 2 * dx, part->h += 2 * dy;
        part->frame.w = to_w, part->frame.h = to_h;
    }
}

static void sort_nodes(const struct nest *nest, struct unit *unit) {
    for (size_t i = 1; nest->keys && i < unit->n; i++) {
        struct node *node = unit->nodes[i];
        size_t k = i;
        for (; k > 0 && nest_key(nest, unit->nodes[k - 1]) > nest_key(nest, node); k--)
            unit->nodes[k] = unit->nodes[k - 1];
        unit->nodes[k] = node;
    }
}

static void set_key(const struct nest *nest, struct unit *unit) {
    unit->key = 0;
    for (size_t i = 0; i < unit->n; i++)
        unit->key += nest_key(nest, unit->nodes[i]) / (double)unit->n;
}

struct cell {
    double u, v; /* the largest of all nodes, along and across the flow */
    double tie;  /* the deepest tie across the flow */
};

static struct cell cell_of(const struct nest *nest, const struct unit *unit, bool sideways) {
    struct cell cell = {0, 0, 0};
    for (size_t i = 0; i < unit->n; i++) {
        const struct part *part = part_of(nest, unit->nodes[i]);
        struct point tie = nest_tie(nest, unit->nodes[i]);
        cell.u = fmax(cell.u, sideways ? part->w : part->h);
        cell.v = fmax(cell.v, sideways ? part->h : part->w);
        cell.tie = fmax(cell.tie, sideways ? tie.y : tie.x);
    }
    return cell;
}

/* As few columns as keep the stack within what the page has across the flow. */
static size_t columns_for(const struct nest *nest, const struct unit *unit, struct cell cell) {
    double limit = nest->options->across, pitch = cell.v + nest->metrics->node_gap;
    size_t columns = 1;
    if (limit > 0 && unit->n >= LEAST_IN_COLUMNS)
        while (columns * columns < unit->n && ceil((double)unit->n / (double)columns) * pitch > limit)
            columns++;
    return columns;
}

static void put(struct nest *nest, const struct node *node, double u, double v, bool sideways) {
    part_of(nest, node)->at = sideways ? (struct point){u, v} : (struct point){v, u};
}

/* Nodes of a unit one after the other across the flow, each in the middle of its column. */
static void stack_column(struct nest *nest, struct unit *unit, struct cell cell, bool sideways) {
    double at = 0;
    for (size_t i = 0; i < unit->n; i++) {
        const struct part *part = part_of(nest, unit->nodes[i]);
        put(nest, unit->nodes[i], (cell.u - (sideways ? part->w : part->h)) / 2, at, sideways);
        at += (sideways ? part->h : part->w) + nest->metrics->node_gap;
    }
    at -= nest->metrics->node_gap;
    unit->w = sideways ? cell.u : at;
    unit->h = sideways ? at : cell.u;
}

static void stack_columns(struct nest *nest, struct unit *unit, struct cell cell, size_t columns, bool sideways) {
    bool leaves = !unit->nodes[0]->group;
    double gap = nest->metrics->node_gap, pitch_u = cell.u + (leaves ? gap : 1.5 * gap), pitch_v = cell.v + gap;
    double shift = leaves ? cell.v + gap / 2 - cell.tie : 0, far_u = 0, far_v = 0;
    for (size_t i = 0; i < unit->n; i++) {
        const struct part *part = part_of(nest, unit->nodes[i]);
        size_t column = i % columns, row = i / columns;
        double u = (double)column * pitch_u + (cell.u - (sideways ? part->w : part->h)) / 2;
        double v = (double)row * pitch_v + (column % 2 ? shift : 0);
        put(nest, unit->nodes[i], u, v, sideways);
        far_u = fmax(far_u, (double)column * pitch_u + cell.u);
        far_v = fmax(far_v, v + cell.v);
    }
    unit->w = sideways ? far_u : far_v;
    unit->h = sideways ? far_v : far_u;
}

static void stack(struct nest *nest, struct unit *unit, bool sideways) {
    if (unit->n > 1)
        equalise(nest, unit, sideways);
    struct cell cell = cell_of(nest, unit, sideways);
    size_t columns = columns_for(nest, unit, cell);
    if (columns == 1)
        stack_column(nest, unit, cell, sideways);
    else
        stack_columns(nest, unit, cell, columns, sideways);
}

/* --- making units --------------------------------------------------------------------------------------------------------- */

struct maker {
    struct nest *nest;
    struct node *group;
    size_t first;   /* index of the first child */
    size_t *level;  /* of peers, by index from first */
    uint64_t *mark; /* of links, likewise */
    bool *taken;    /* by child */
    struct node **room;
    bool sideways;
};

static bool belong(const struct maker *maker, const struct node *a, const struct node *b) {
    size_t i = a->index - maker->first, k = b->index - maker->first;
    if (part_of(maker->nest, b)->astride)
        return false;
    if (a->group && b->group && a->type == b->type && a->type->peers != PEERS_NONE)
        return maker->level[i] == maker->level[k];
    return maker->mark[i] && maker->mark[i] == maker->mark[k] && twins(maker->nest, a, b);
}

/* Twins are one unit only where they are many and would reach too far. */
static bool worth_it(const struct maker *maker, const struct unit *unit) {
    const struct node *node = unit->nodes[0];
    if (node->group && node->type->peers != PEERS_NONE)
        return true;
    return unit->n >= LEAST_IN_COLUMNS &&
           columns_for(maker->nest, unit, cell_of(maker->nest, unit, maker->sideways)) > 1;
}

static struct unit gather(struct maker *maker, size_t i) {
    struct node **children = maker->group->children;
    struct unit unit = {.nodes = maker->room, .n = 1};
    unit.nodes[0] = children[i];
    bool peers = children[i]->group && children[i]->type->peers != PEERS_NONE;
    if (!peers && !maker->mark[children[i]->index - maker->first])
        return unit;
    for (size_t k = i + 1; k < maker->group->child_count; k++)
        if (!maker->taken[k] && belong(maker, children[i], children[k]))
            unit.nodes[unit.n++] = children[k];
    if (unit.n > 1 && !worth_it(maker, &unit))
        unit.n = 1;
    for (size_t k = i + 1, m = 1; k < maker->group->child_count && m < unit.n; k++)
        if (children[k] == unit.nodes[m])
            maker->taken[k] = true, m++;
    return unit;
}

static struct maker prepare(struct nest *nest, struct node *group) {
    size_t n = group->child_count, first = n ? group->children[0]->index : 0;
    size_t span = n ? group->children[n - 1]->index - first + 1 : 1;
    struct maker maker = {.nest = nest, .group = group, .first = first};
    maker.level = arena_array(nest->arena, span, sizeof *maker.level);
    maker.mark = arena_array(nest->arena, span, sizeof *maker.mark);
    maker.taken = arena_array(nest->arena, n, sizeof *maker.taken);
    maker.room = arena_array(nest->arena, n, sizeof *maker.room);
    maker.sideways = flows_sideways(part_of(nest, group)->direction);
    if (nest->options->across > 0)
        link_marks(nest, group, maker.mark, first);
    const struct type *last = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct type *type = group->children[i]->type;
        if (group->children[i]->group && type != last && type->peers == PEERS_LOOSE)
            peer_levels(nest, group, type, maker.level);
        last = type;
    }
    return maker;
}

size_t units_make(struct nest *nest, struct node *group, struct unit *units) {
    struct maker maker = prepare(nest, group);
    size_t n = 0;
    for (size_t i = 0; i < group->child_count; i++) {
        if (maker.taken[i] || part_of(nest, group->children[i])->astride)
            continue;
        struct unit *unit = &units[n];
        *unit = gather(&maker, i);
        maker.room += unit->n; /* what it did not keep is free again */
        sort_nodes(nest, unit);
        set_key(nest, unit);
        stack(nest, unit, maker.sideways);
        for (size_t j = 0; j < unit->n; j++) {
            part_of(nest, unit->nodes[j])->unit = n;
            unit->outside = unit->outside || part_of(nest, unit->nodes[j])->outside;
        }
        n++;
    }
    return n;
}
