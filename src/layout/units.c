/* Children to units. Peers (zones, sites, accounts) are stacked across the flow with equal extents; so are, where the stack would get too
 * high, nodes that are linked to the same others, in as many columns as it takes. Every second column stands between the rows of the
 * first, so that its lines pass through the gaps.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/nest.h"

enum { LEAST_IN_COLUMNS = 4, MOST_IN_CHAIN = 8 };

/* --- peers -------------------------------------------------------------------------------------------------------------- */

/* By index from that of the first child: which row of `same-rank` of the group names it, from 1; 0 for none. */
static size_t *rows_of_children(struct nest *nest, const struct node *group, size_t first, size_t span) {
    size_t *row = arena_array(nest->arena, span, sizeof *row);
    for (size_t r = 0; group->same_rank && group->same_rank[r]; r++)
        for (size_t i = 0; group->same_rank[r][i]; i++)
            if (group->same_rank[r][i]->parent == group)
                row[group->same_rank[r][i]->index - first] = r + 1;
    return row;
}

/* Peers of one row of `same-rank` stand as far along as the farthest of them. */
static bool level_rows(const struct node *group, const struct type *type, const size_t *row, size_t *level) {
    size_t first = group->children[0]->index;
    bool moved = false;
    for (size_t r = 0; group->same_rank && group->same_rank[r]; r++) {
        size_t most = 0;
        for (int pass = 0; pass < 2; pass++)
            for (size_t i = 0; i < group->child_count; i++) {
                size_t at = group->children[i]->index - first;
                if (group->children[i]->type != type || row[at] != r + 1)
                    continue;
                moved = moved || (pass && level[at] < most);
                most = level[at] > most ? level[at] : most;
                level[at] = pass ? most : level[at];
            }
    }
    return moved;
}

/* How far along a flow among its like a peer stands: loose peers that feed each other do not stand side by side. Who names some of the peers
 * in `same-rank` wants the others elsewhere: then every edge between those named and others counts, and none among the named. */
static void peer_levels(struct nest *nest, const struct node *group, const struct type *type, const size_t *row,
                        size_t *level) {
    const struct tie_list *ties = &nest->ties[slot_of(nest, group)];
    size_t base = slot_of(nest, group), n = 0, first = group->children[0]->index;
    struct pair {
        size_t a, b;
    } *pairs = arena_array(nest->arena, ties->n, sizeof *pairs);
    for (size_t i = 0; i < ties->n; i++) {
        const struct edge *edge = ties->at[i].edge;
        const struct node *a = nest_branch(group, node_at(nest, base + ties->at[i].from));
        const struct node *b = nest_branch(group, node_at(nest, base + ties->at[i].to));
        if (!a || !b || a == b || a->type != type || b->type != type || edge->free_rank)
            continue;
        size_t row_a = row[a->index - first], row_b = row[b->index - first];
        bool flows = type->peers == PEERS_LOOSE && (!edge->kind->lateral || nest->options->lateral_flows);
        if (row_a || row_b ? row_a == row_b : !flows)
            continue;
        pairs[n++] = a->index < b->index ? (struct pair){a->index, b->index} : (struct pair){b->index, a->index};
    }
    bool moved = true;
    for (size_t round = 0; moved && round < group->child_count; round++) {
        moved = level_rows(group, type, row, level);
        for (size_t i = 0; i < n; i++)
            if (level[pairs[i].b - first] < level[pairs[i].a - first] + 1) {
                level[pairs[i].b - first] = level[pairs[i].a - first] + 1;
                moved = true;
            }
    }
}

/* --- twins --------------------------------------------------------------------------------------------------------------- */

/* What every child is linked to: equal values for children with the same others at the other ends; 0 for none. */
static void link_marks(struct nest *nest, const struct node *group, uint64_t *mark, size_t first) {
    const struct tie_list *ties = &nest->ties[slot_of(nest, group)];
    size_t base = slot_of(nest, group);
    for (size_t i = 0; i < ties->n; i++) {
        const struct node *a = nest_branch(group, node_at(nest, base + ties->at[i].from));
        const struct node *b = nest_branch(group, node_at(nest, base + ties->at[i].to));
        if (!a || !b || a == b)
            continue;
        mark[a->index - first] += hash_mix(1, base + ties->at[i].to) | 1;
        mark[b->index - first] += hash_mix(2, base + ties->at[i].from) | 1;
    }
}

static bool twins(const struct nest *nest, const struct node *a, const struct node *b) {
    if (a->group != b->group || a->type != b->type)
        return false;
    return !a->group || nest->like[slot_of(nest, a)] == nest->like[slot_of(nest, b)];
}

/* --- stacking ------------------------------------------------------------------------------------------------------------ */

/* A frame grows to its sides by these amounts; what it holds keeps its place in the picture, what stands astride it its side. */
static void grow(struct nest *nest, const struct node *node, struct insets by) {
    struct part *part = part_of(nest, node);
    for (size_t c = 0; c < node->child_count; c++) {
        struct part *child = part_of(nest, node->children[c]);
        double x = child->at.x, y = child->at.y;
        child->at.x += by.left, child->at.y += by.top;
        if (!child->astride)
            continue;
        bool left = x<part->frame.x + 1, right = x + child->w> rect_right(part->frame) - 1, side = left || right;
        if (side)
            child->at.x = left ? x : x + by.left + by.right;
        else
            child->at.y = y < part->frame.y + 1 ? y : y + by.top + by.bottom;
    }
    part->w += by.left + by.right, part->frame.w += by.left + by.right;
    part->h += by.top + by.bottom, part->frame.h += by.top + by.bottom;
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
        struct rect frame = part_of(nest, unit->nodes[i])->frame;
        if (!unit->nodes[i]->group)
            continue;
        bool loose = unit->nodes[i]->type->peers != PEERS_STRICT;
        double to_w = loose && !sideways && frame.w < w / 2 ? frame.w : w;
        double to_h = loose && sideways && frame.h < h / 2 ? frame.h : h;
        double dx = (to_w - frame.w) / 2, dy = (to_h - frame.h) / 2;
        if (dx > 0 || dy > 0)
            grow(nest, unit->nodes[i], (struct insets){dx, dy, dx, dy});
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

/* --- peers one behind the other ------------------------------------------------------------------------------------------- */

/* Where a frame begins and ends, along or across the flow, within the content of its group. */
struct span {
    double lo, hi;
};

static struct span span_of(const struct nest *nest, const struct node *node, bool upright) {
    const struct part *part = part_of(nest, node);
    double lo = upright ? part->at.y + part->frame.y : part->at.x + part->frame.x;
    return (struct span){lo, lo + (upright ? part->frame.h : part->frame.w)};
}

/* The same type, or one family: public and private subnets. */
static bool of_a_kind(const struct type *a, const struct type *b) {
    return a == b || (a && b && a->family && b->family && strcmp(a->family, b->family) == 0);
}

/* Groups of a kind that follow each other along the flow and stand apart there; 0 when any two stand side by side. */
static size_t list_chain(const struct nest *nest, const struct node *group, const struct type *type, bool upright,
                         struct node **chain) {
    size_t n = 0;
    for (size_t i = 0; i < group->child_count; i++) {
        if (!group->children[i]->group || !of_a_kind(group->children[i]->type, type))
            continue;
        if (n == MOST_IN_CHAIN)
            return 0;
        struct span mine = span_of(nest, group->children[i], !upright);
        for (size_t k = 0; k < n; k++) {
            struct span other = span_of(nest, chain[k], !upright);
            if (mine.lo < other.hi && other.lo < mine.hi)
                return 0;
        }
        chain[n++] = group->children[i];
    }
    return n;
}

static bool room_for(const struct nest *nest, const struct node *group, const struct node *node, struct span wanted,
                     bool upright) {
    const struct part *part = part_of(nest, node);
    struct rect box = {part->at.x, part->at.y, part->w, part->h};
    struct span now = span_of(nest, node, upright);
    if (upright)
        box.y -= now.lo - wanted.lo, box.h += now.lo - wanted.lo + wanted.hi - now.hi;
    else
        box.x -= now.lo - wanted.lo, box.w += now.lo - wanted.lo + wanted.hi - now.hi;
    for (size_t i = 0; i < group->child_count; i++) {
        const struct part *other = part_of(nest, group->children[i]);
        if (other == part || other->astride)
            continue;
        struct rect theirs = {other->at.x, other->at.y, other->w, other->h};
        if (rect_overlap(box, theirs, nest->metrics->node_gap - 1))
            return false;
    }
    return true;
}

/* All of the chain that are not much less than half as long as the longest to one span, if that is not much longer. */
static void level_chain(struct nest *nest, const struct node *group, struct node **chain, size_t n, bool upright) {
    double most = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, span_of(nest, chain[i], upright).hi - span_of(nest, chain[i], upright).lo);
    struct span all = {INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        struct span span = span_of(nest, chain[i], upright);
        if (span.hi - span.lo < most / 2.5)
            continue;
        all.lo = fmin(all.lo, span.lo), all.hi = fmax(all.hi, span.hi);
        chain[kept++] = chain[i];
    }
    if (kept < 2 || all.hi - all.lo > 1.5 * most)
        return;
    for (size_t i = 0; i < kept; i++)
        if (!room_for(nest, group, chain[i], all, upright))
            return;
    for (size_t i = 0; i < kept; i++) {
        struct span span = span_of(nest, chain[i], upright);
        struct insets by = upright ? (struct insets){0, span.lo - all.lo, 0, all.hi - span.hi}
                                   : (struct insets){span.lo - all.lo, 0, all.hi - span.hi, 0};
        grow(nest, chain[i], by);
        part_of(nest, chain[i])->at.x -= by.left, part_of(nest, chain[i])->at.y -= by.top;
    }
}

void units_level(struct nest *nest, struct node *group) {
    struct node *chain[MOST_IN_CHAIN];
    bool upright = flows_sideways(part_of(nest, group)->direction);
    const struct type *last = NULL;
    for (size_t i = 0; i < group->child_count; i++) {
        const struct type *type = group->children[i]->type;
        if (group->children[i]->group && type != last)
            level_chain(nest, group, chain, list_chain(nest, group, type, upright, chain), upright);
        last = type;
    }
}

/* --- making units --------------------------------------------------------------------------------------------------------- */

struct maker {
    struct nest *nest;
    struct node *group;
    size_t first;   /* index of the first child */
    size_t *level;  /* of peers, by index from first */
    size_t *row;    /* of `same-rank`, likewise */
    uint64_t *mark; /* of links, likewise */
    bool *taken;    /* by child */
    struct node **room;
    bool sideways;
};

/* Where children are packed, a stack of loose peers would only be a lump of its own length among them. */
static bool stands_with_peers(const struct nest *nest, const struct node *node) {
    return node->group &&
           (nest->options->dense > 0 ? node->type->peers == PEERS_STRICT : node->type->peers != PEERS_NONE);
}

static bool belong(const struct maker *maker, const struct node *a, const struct node *b) {
    size_t i = a->index - maker->first, k = b->index - maker->first;
    if (part_of(maker->nest, b)->astride)
        return false;
    if (b->group && a->type == b->type && stands_with_peers(maker->nest, a))
        return maker->level[i] == maker->level[k];
    return !maker->row[k] && maker->mark[i] && maker->mark[i] == maker->mark[k] && twins(maker->nest, a, b);
}

/* Twins are one unit only where they are many and would reach too far. */
static bool worth_it(const struct maker *maker, const struct unit *unit) {
    const struct node *node = unit->nodes[0];
    if (stands_with_peers(maker->nest, node))
        return true;
    return unit->n >= LEAST_IN_COLUMNS &&
           columns_for(maker->nest, unit, cell_of(maker->nest, unit, maker->sideways)) > 1;
}

static struct unit gather(struct maker *maker, size_t i) {
    struct node **children = maker->group->children;
    struct unit unit = {.nodes = maker->room, .n = 1};
    unit.nodes[0] = children[i];
    bool peers = stands_with_peers(maker->nest, children[i]);
    if (!peers && (!maker->mark[children[i]->index - maker->first] || maker->row[children[i]->index - maker->first]))
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
    maker.row = rows_of_children(nest, group, first, span);
    maker.taken = arena_array(nest->arena, n, sizeof *maker.taken);
    maker.room = arena_array(nest->arena, n, sizeof *maker.room);
    maker.sideways = flows_sideways(part_of(nest, group)->direction);
    if (nest->options->across > 0)
        link_marks(nest, group, maker.mark, first);
    const struct type *last = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct type *type = group->children[i]->type;
        if (group->children[i]->group && type != last &&
            (type->peers == PEERS_LOOSE || (type->peers == PEERS_STRICT && group->same_rank)))
            peer_levels(nest, group, type, maker.row, maker.level);
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
