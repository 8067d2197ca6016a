/* Inside out: a group is placed when all of its children are. The life of the data:
 *
 *   children ──peers──▶ units (a child, or a stack of peers) ──links──▶ components ──arrange──▶ places of units
 *     ──pack──▶ content of the group ──border nodes, frame──▶ size of the group, ports of everything within
 *
 * While the work goes on every node knows its place within its parent's outer box (the frame plus what stands astride it); at the
 * end one walk from the outside in makes these absolute.
 *
 * An edge belongs to the innermost group that holds both ends and runs there between two units, tied at the true position of its
 * inner end, so that what looks straight is straight. What stands first in the file stands first along the flow: an edge that
 * runs against it is a link the other way round.
 */
#include "layout/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A node while its surroundings are worked on. */
struct part {
    struct point at;   /* start of its outer box within its parent's outer box */
    double w, h;       /* of the outer box */
    struct rect frame; /* of a group, within the outer box */
    enum direction direction;
    bool astride; /* stands on the frame of its group */
    bool outside; /* an edge leaves it for beyond its parent */
    size_t unit;  /* of its parent */
};

struct unit {
    struct node **nodes;
    size_t n;
    double w, h;
    bool outside;
    size_t component;
};

struct edge_list {
    struct edge **at;
    size_t n;
};

struct nest {
    const struct model *model;
    const struct metrics *metrics;
    const struct sizes *sizes;
    const struct engine *engine;
    const struct group_options *options;
    struct arena *arena;
    struct part *parts; /* by node index */
    struct part root;
    struct edge_list *edges; /* by index of the innermost common group + 1; 0 is the root */
    struct group_result result;
};

static struct part *part_of(struct nest *nest, const struct node *node) {
    return node == nest->model->root ? &nest->root : &nest->parts[node->index];
}

static size_t slot(const struct nest *nest, const struct node *group) {
    return group == nest->model->root ? 0 : group->index + 1;
}

static bool flows_sideways(enum direction direction) {
    return direction == DIRECTION_RIGHT || direction == DIRECTION_LEFT;
}

/* The child of `group` that holds `node`; NULL for the group itself. */
static struct node *branch(const struct node *group, struct node *node) {
    if (node == group)
        return NULL;
    while (node->parent != group)
        node = node->parent;
    return node;
}

static bool on_frame(const struct node *node) {
    if (node->group || !node->type->border || !node->parent->type)
        return false;
    for (const char *const *type = node->type->border; *type; type++)
        if (type_is(node->parent->type, *type))
            return true;
    return false;
}

/* Where lines are tied to a node, within its outer box: the middle of its icon, or of its frame. */
static struct point tie_point(struct nest *nest, const struct node *node) {
    const struct part *part = part_of(nest, node);
    if (node->group)
        return rect_centre(part->frame);
    return rect_centre(nest->sizes->nodes[node->index].icon);
}

/* The same within the outer box of `above`, which holds the node. */
static struct point tie_within(struct nest *nest, const struct node *node, const struct node *above) {
    struct point at = tie_point(nest, node);
    for (; node != above; node = node->parent) {
        at.x += part_of(nest, node)->at.x;
        at.y += part_of(nest, node)->at.y;
    }
    return at;
}

/* --- what stands where: directions, edges of every group --------------------------------------------------------- */

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

static void list_edges(struct nest *nest) {
    const struct model *model = nest->model;
    nest->edges = arena_array(nest->arena, model->node_count + 1, sizeof *nest->edges);
    size_t *lists = arena_array(nest->arena, model->edge_count, sizeof *lists);
    for (size_t i = 0; i < model->edge_count; i++) {
        struct edge *edge = model->edges[i];
        struct node *common = model_common(edge->from, edge->to);
        if (common == edge->from && common == edge->to && common->parent)
            common = common->parent;
        lists[i] = slot(nest, common);
        nest->edges[lists[i]].n++;
        for (struct node *node = edge->from; node != common && node->parent != common; node = node->parent)
            part_of(nest, node)->outside = true;
        for (struct node *node = edge->to; node != common && node->parent != common; node = node->parent)
            part_of(nest, node)->outside = true;
    }
    for (size_t i = 0; i <= model->node_count; i++) {
        nest->edges[i].at = arena_array(nest->arena, nest->edges[i].n, sizeof(struct edge *));
        nest->edges[i].n = 0;
    }
    for (size_t i = 0; i < model->edge_count; i++)
        nest->edges[lists[i]].at[nest->edges[lists[i]].n++] = model->edges[i];
}

/* --- peers ---------------------------------------------------------------------------------------------------------- */

/* How far along a flow among its like a peer stands: loose peers that feed each other do not stand side by side. */
static void peer_levels(struct nest *nest, const struct node *group, const struct type *type, size_t *level) {
    const struct edge_list *edges = &nest->edges[slot(nest, group)];
    if (type->peers != PEERS_LOOSE)
        return;
    for (size_t round = 0; round < group->child_count; round++) {
        bool moved = false;
        for (size_t i = 0; i < edges->n; i++) {
            const struct edge *edge = edges->at[i];
            const struct node *a = branch(group, edge->from), *b = branch(group, edge->to);
            if (!a || !b || a == b || a->type != type || b->type != type || edge->kind->lateral || edge->free_rank)
                continue;
            if (a->index > b->index) {
                const struct node *swap = a;
                a = b, b = swap;
            }
            if (level[b->index] < level[a->index] + 1) {
                level[b->index] = level[a->index] + 1;
                moved = true;
            }
        }
        if (!moved)
            return;
    }
}

/* Give all peers of a unit the same extent, content in the middle. */
static void equalise(struct nest *nest, const struct unit *unit) {
    double w = 0, h = 0;
    for (size_t i = 0; i < unit->n; i++) {
        w = fmax(w, part_of(nest, unit->nodes[i])->frame.w);
        h = fmax(h, part_of(nest, unit->nodes[i])->frame.h);
    }
    for (size_t i = 0; i < unit->n; i++) {
        struct node *node = unit->nodes[i];
        struct part *part = part_of(nest, node);
        if (!node->group)
            continue;
        double dx = (w - part->frame.w) / 2, dy = (h - part->frame.h) / 2;
        for (size_t c = 0; c < node->child_count; c++) {
            struct part *child = part_of(nest, node->children[c]);
            if (child->astride) /* stays on the side it stands on */
                child->at.x += child->at.x + child->w / 2 > rect_right(part->frame) - 1 ? 2 * dx
                               : child->at.x + child->w / 2 > part->frame.x + 1         ? dx
                                                                                        : 0,
                    child->at.y += child->at.y > rect_bottom(part->frame) - child->h ? 2 * dy : dy;
            else
                child->at.x += dx, child->at.y += dy;
        }
        part->w += 2 * dx, part->h += 2 * dy;
        part->frame.w = w, part->frame.h = h;
    }
}

/* Stack the nodes of a unit across the flow. */
static void stack(struct nest *nest, struct unit *unit, bool sideways) {
    equalise(nest, unit);
    double at = 0, widest = 0;
    for (size_t i = 0; i < unit->n; i++) {
        const struct part *part = part_of(nest, unit->nodes[i]);
        widest = fmax(widest, sideways ? part->w : part->h);
    }
    for (size_t i = 0; i < unit->n; i++) {
        struct part *part = part_of(nest, unit->nodes[i]);
        double middle = (widest - (sideways ? part->w : part->h)) / 2;
        part->at = sideways ? (struct point){middle, at} : (struct point){at, middle};
        at += (sideways ? part->h : part->w) + nest->metrics->node_gap;
    }
    at -= nest->metrics->node_gap;
    unit->w = sideways ? widest : at;
    unit->h = sideways ? at : widest;
}

static size_t make_units(struct nest *nest, struct node *group, struct unit *units) {
    size_t n = 0;
    size_t first = group->child_count ? group->children[0]->index : 0;
    size_t last = group->child_count ? group->children[group->child_count - 1]->index : 0;
    size_t *level = arena_array(nest->arena, last - first + 1, sizeof *level);
    bool *taken = arena_array(nest->arena, group->child_count, sizeof *taken);
    for (size_t i = 0; i < group->child_count; i++) {
        struct node *node = group->children[i];
        if (taken[i] || part_of(nest, node)->astride)
            continue;
        struct unit *unit = &units[n++];
        unit->nodes = arena_array(nest->arena, group->child_count - i, sizeof(struct node *));
        unit->nodes[unit->n++] = node;
        if (node->group && node->type->peers != PEERS_NONE) {
            peer_levels(nest, group, node->type, level - first);
            for (size_t j = i + 1; j < group->child_count; j++)
                if (group->children[j]->type == node->type && group->children[j]->group &&
                    level[group->children[j]->index - first] == level[node->index - first]) {
                    unit->nodes[unit->n++] = group->children[j];
                    taken[j] = true;
                }
        }
        stack(nest, unit, flows_sideways(part_of(nest, group)->direction));
        for (size_t j = 0; j < unit->n; j++) {
            part_of(nest, unit->nodes[j])->unit = n - 1;
            unit->outside = unit->outside || part_of(nest, unit->nodes[j])->outside;
        }
    }
    return n;
}

/* --- links ---------------------------------------------------------------------------------------------------------- */

struct links {
    struct link *at;
    size_t n;
};

static struct links make_links(struct nest *nest, const struct node *group, bool sideways) {
    const struct edge_list *edges = &nest->edges[slot(nest, group)];
    struct links links = {arena_array(nest->arena, edges->n, sizeof(struct link)), 0};
    for (size_t i = 0; i < edges->n; i++) {
        struct edge *edge = edges->at[i];
        struct node *a = branch(group, edge->from), *b = branch(group, edge->to);
        if (!a || !b || a == b || edge->free_rank || part_of(nest, a)->astride || part_of(nest, b)->astride)
            continue;
        struct point pa = tie_within(nest, edge->from, group), pb = tie_within(nest, edge->to, group);
        size_t ua = part_of(nest, a)->unit, ub = part_of(nest, b)->unit;
        if (ua == ub)
            continue;
        const struct edge_size *size = &nest->sizes->edges[edge->index];
        double room = size->w > 0 ? (sideways ? size->w : size->h) + 28 : 0;
        struct link link = {ua, ub, sideways ? pa.y : pa.x, sideways ? pb.y : pb.x, room, 1};
        if (ua > ub)
            link = (struct link){ub, ua, link.port_to, link.port_from, room, 1};
        size_t same = 0;
        while (same < links.n && (links.at[same].from != link.from || links.at[same].to != link.to ||
                                  fabs(links.at[same].port_from - link.port_from) > 0.5 ||
                                  fabs(links.at[same].port_to - link.port_to) > 0.5))
            same++;
        if (same < links.n && same + 64 > links.n) {
            links.at[same].weight++;
            links.at[same].room = fmax(links.at[same].room, room);
        } else {
            links.at[links.n++] = link;
        }
    }
    return links;
}

/* --- components and packing ------------------------------------------------------------------------------------------ */

static size_t root_of(size_t *parent, size_t i) {
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Number the connected components in the order of their first units. */
static size_t components(struct nest *nest, struct unit *units, size_t n, const struct links *links) {
    size_t *parent = arena_array(nest->arena, n, sizeof *parent), *number = arena_array(nest->arena, n, sizeof *number);
    for (size_t i = 0; i < n; i++)
        parent[i] = i;
    for (size_t i = 0; i < links->n; i++) {
        size_t a = root_of(parent, links->at[i].from), b = root_of(parent, links->at[i].to);
        parent[a < b ? b : a] = a < b ? a : b;
    }
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t root = root_of(parent, i);
        if (root == i)
            number[i] = count++;
        units[i].component = number[root];
    }
    return count;
}

struct spread {
    double *u, *v; /* by unit, within the component */
    double extent_u, extent_v;
    size_t n; /* units */
    bool outside;
};

static double anchor_of(struct nest *nest, const struct unit *unit, bool sideways) {
    const struct node *node = unit->nodes[0];
    if (unit->n > 1)
        return (sideways ? unit->w : unit->h) / 2;
    struct point tie = tie_point(nest, node);
    return sideways ? tie.x : tie.y;
}

/* Lay out the units of one component; answers go to its spread. */
static void arrange_component(struct nest *nest, const struct node *group, const struct unit *units, size_t n,
                              const struct links *links, size_t component, bool sideways, struct spread *out) {
    size_t *local = arena_array(nest->arena, n, sizeof *local), *unit_of = arena_array(nest->arena, n, sizeof *unit_of);
    size_t count = 0, link_count = 0;
    struct box *boxes = arena_array(nest->arena, n, sizeof *boxes);
    struct link *inner = arena_array(nest->arena, links->n, sizeof *inner);
    for (size_t i = 0; i < n; i++) {
        if (units[i].component != component)
            continue;
        boxes[count] = (struct box){.u = sideways ? units[i].w : units[i].h,
                                    .v = sideways ? units[i].h : units[i].w,
                                    .anchor = anchor_of(nest, &units[i], sideways),
                                    .gap = nest->metrics->node_gap};
        unit_of[count] = i;
        local[i] = count++;
    }
    for (size_t i = 0; i < links->n; i++)
        if (units[links->at[i].from].component == component) {
            inner[link_count] = links->at[i];
            inner[link_count].from = local[links->at[i].from];
            inner[link_count++].to = local[links->at[i].to];
        }
    struct rank_row *rows = NULL;
    size_t row_count = 0;
    for (size_t r = 0; group->same_rank && group->same_rank[r]; r++) {
        rows = arena_grow(nest->arena, rows, &(size_t){row_count}, row_count + 1, sizeof *rows);
        size_t *members = arena_array(nest->arena, n, sizeof *members), members_n = 0;
        for (size_t i = 0; group->same_rank[r][i]; i++) {
            const struct part *part = part_of(nest, group->same_rank[r][i]);
            if (!part->astride && units[part->unit].component == component)
                members[members_n++] = local[part->unit];
        }
        if (members_n > 1)
            rows[row_count++] = (struct rank_row){members, members_n};
    }
    struct ranking ranking = {
        .boxes = boxes, .n = count, .links = inner, .link_count = link_count, .rows = rows, .row_count = row_count};
    struct arrange_gaps gaps = {nest->metrics->node_gap, nest->metrics->rank_gap, nest->metrics->lane};
    struct arrangement arrangement = {0};
    const struct engine *engine = count > 2 || row_count ? nest->engine : &engine_plain; /* two boxes need no dot */
    if (!arrange_run(&ranking, engine, &gaps, nest->arena, &arrangement))
        nest->result.whole = false;
    nest->result.crossings += arrangement.crossings;
    out->extent_u = arrangement.extent_u, out->extent_v = arrangement.extent_v;
    for (size_t i = 0; i < count; i++)
        out->u[unit_of[i]] = arrangement.u[i], out->v[unit_of[i]] = arrangement.v[i];
}

/* Units without links: in one row across the flow when lines reach them from outside, else in a grid near 16:10. */
static void grid(struct nest *nest, const struct unit *units, const size_t *members, size_t n, bool across_flow,
                 bool sideways, struct spread *out) {
    const struct metrics *metrics = nest->metrics;
    double u_max = 0, v_max = 0;
    for (size_t i = 0; i < n; i++) {
        u_max = fmax(u_max, sideways ? units[members[i]].w : units[members[i]].h);
        v_max = fmax(v_max, sideways ? units[members[i]].h : units[members[i]].w);
    }
    size_t columns = 1; /* along the flow */
    double best = INFINITY;
    for (size_t c = 1; c <= n; c++) {
        double rows = ceil((double)n / (double)c);
        double u = (double)c * (u_max + metrics->node_gap), v = rows * (v_max + metrics->node_gap);
        double ratio = sideways ? u / v : v / u, badness = fabs(log(ratio / (across_flow ? 1.0 : 1.6)));
        if (across_flow && n <= 5 && c > 1)
            break;
        if (badness < best - 1e-9)
            best = badness, columns = c;
    }
    size_t per_row = columns;
    double v = 0;
    for (size_t i = 0; i < n; i += per_row) {
        double u = 0, high = 0;
        for (size_t j = i; j < n && j < i + per_row; j++) {
            const struct unit *unit = &units[members[j]];
            double uu = sideways ? unit->w : unit->h, vv = sideways ? unit->h : unit->w;
            bool even = columns > 1 || across_flow;
            out->u[members[j]] = u + (even ? (u_max - uu) / 2 : 0);
            out->v[members[j]] = v;
            u += (even ? u_max : uu) + metrics->node_gap;
            high = fmax(high, vv);
        }
        out->extent_u = fmax(out->extent_u, u - metrics->node_gap);
        v += high + metrics->node_gap;
    }
    out->extent_v = v - metrics->node_gap;
}

/* All units of a group to places within its content; the extent comes back. */
static struct point place_units(struct nest *nest, const struct node *group, struct unit *units, size_t n) {
    enum direction direction = part_of(nest, group)->direction;
    bool sideways = flows_sideways(direction);
    struct links links = make_links(nest, group, sideways);
    size_t count = components(nest, units, n, &links), spreads = 0, single_count = 0;
    struct spread *spread = arena_array(nest->arena, count + 1, sizeof *spread);
    size_t *of_component = arena_array(nest->arena, count, sizeof *of_component),
           *size = arena_array(nest->arena, count, sizeof *size);
    size_t *singles = arena_array(nest->arena, n, sizeof *singles),
           *first = arena_array(nest->arena, count, sizeof *first);
    double *u = arena_array(nest->arena, n, sizeof *u), *v = arena_array(nest->arena, n, sizeof *v);
    size_t *where = arena_array(nest->arena, n, sizeof *where);
    bool single_outside = false;
    for (size_t i = 0; i < n; i++)
        if (size[units[i].component]++ == 0)
            first[units[i].component] = i;
    for (size_t c = 0; c < count; c++)
        if (size[c] > 1) {
            spread[spreads] = (struct spread){.u = u, .v = v, .n = size[c]};
            arrange_component(nest, group, units, n, &links, c, sideways, &spread[spreads]);
            of_component[c] = spreads++;
        } else {
            singles[single_count++] = first[c];
            single_outside = single_outside || units[first[c]].outside;
        }
    if (single_count) {
        spread[spreads] = (struct spread){.u = u, .v = v, .n = single_count};
        grid(nest, units, singles, single_count, single_outside, sideways, &spread[spreads]);
        for (size_t c = 0; c < count; c++)
            if (size[c] == 1)
                of_component[c] = spreads;
        spreads++;
    }
    double extent_u = 0, extent_v = 0, *from = arena_array(nest->arena, spreads, sizeof *from);
    for (size_t s = 0; s < spreads; s++) {
        extent_u = fmax(extent_u, spread[s].extent_u);
        from[s] = extent_v;
        extent_v += spread[s].extent_v + nest->metrics->node_gap;
    }
    extent_v -= spreads ? nest->metrics->node_gap : 0;
    for (size_t i = 0; i < n; i++) {
        where[i] = of_component[units[i].component];
        double uu = u[i], vv = v[i] + from[where[i]];
        if (direction == DIRECTION_LEFT || direction == DIRECTION_UP)
            uu = extent_u - uu - (sideways ? units[i].w : units[i].h);
        for (size_t j = 0; j < units[i].n; j++) {
            struct part *part = part_of(nest, units[i].nodes[j]);
            part->at.x += sideways ? uu : vv;
            part->at.y += sideways ? vv : uu;
        }
    }
    return sideways ? (struct point){extent_u, extent_v} : (struct point){extent_v, extent_u};
}

/* --- border nodes ------------------------------------------------------------------------------------------------------ */

struct astride {
    struct node *node;
    enum side side;
    double wish; /* of the icon's middle, along the side, within the content */
};

/* The side of its group that the lines of a border node leave by. */
static enum side leaving_side(struct nest *nest, const struct node *node) {
    const struct node *group = node->parent;
    long votes = 0;
    enum direction direction = part_of(nest, group)->direction;
    bool beyond = false;
    for (size_t i = 0; i < nest->model->edge_count; i++) {
        const struct edge *edge = nest->model->edges[i];
        if (edge->from != node && edge->to != node)
            continue;
        struct node *other = edge->from == node ? edge->to : edge->from;
        if (model_within(other, group)) {
            if (!beyond)
                votes += edge->from == node ? 1 : -1;
            continue;
        }
        struct node *common = model_common((struct node *)(size_t)group, other), *mine, *theirs;
        if (common == other)
            continue;
        mine = branch(common, (struct node *)(size_t)group), theirs = branch(common, other);
        if (!beyond)
            votes = 0;
        beyond = true;
        direction = part_of(nest, common)->direction;
        votes += theirs->index < mine->index ? 1 : -1;
    }
    bool start = votes >= 0;
    switch (direction) {
    case DIRECTION_LEFT: return start ? SIDE_RIGHT : SIDE_LEFT;
    case DIRECTION_DOWN: return start ? SIDE_TOP : SIDE_BOTTOM;
    case DIRECTION_UP: return start ? SIDE_BOTTOM : SIDE_TOP;
    default: return start ? SIDE_LEFT : SIDE_RIGHT;
    }
}

static bool upright(enum side side) { return side == SIDE_LEFT || side == SIDE_RIGHT; }

/* The middle of what its lines reach within the group, along the side; the middle of the content when they reach nothing. */
static double wish_of(struct nest *nest, const struct node *node, enum side side, struct point content) {
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < nest->model->edge_count; i++) {
        const struct edge *edge = nest->model->edges[i];
        const struct node *other = edge->from == node ? edge->to : edge->to == node ? edge->from : NULL;
        if (!other || other == node->parent || !model_within(other, node->parent) ||
            other->parent->index == node->index)
            continue;
        const struct node *child = branch(node->parent, (struct node *)(size_t)other);
        if (part_of(nest, child)->astride)
            continue;
        struct point at = tie_within(nest, other, node->parent);
        sum += upright(side) ? at.y : at.x;
        n++;
    }
    return n ? sum / (double)n : (upright(side) ? content.y : content.x) / 2;
}

static int by_wish(const void *a, const void *b) {
    const struct astride *x = a, *y = b;
    if (x->wish < y->wish || x->wish > y->wish)
        return x->wish < y->wish ? -1 : 1;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

static size_t list_astride(struct nest *nest, struct node *group, struct point content, struct astride *out) {
    size_t n = 0;
    for (size_t i = 0; i < group->child_count; i++) {
        struct node *node = group->children[i];
        if (!part_of(nest, node)->astride)
            continue;
        enum side side = leaving_side(nest, node);
        out[n++] = (struct astride){node, side, wish_of(nest, node, side, content)};
    }
    qsort(out, n, sizeof *out, by_wish);
    return n;
}

struct insets {
    double left, top, right, bottom;
};

/* Frame to content: pads, the title band, and room for the inner halves of what stands astride. */
static struct insets insets_of(struct nest *nest, const struct node *group, const struct astride *astride, size_t n) {
    const struct metrics *metrics = nest->metrics;
    if (group == nest->model->root)
        return (struct insets){0, 0, 0, 0};
    double pad = metrics->pad;
    struct insets in = {pad, metrics->band + pad / 2, pad, pad};
    for (size_t i = 0; i < n; i++) {
        const struct node_size *size = &nest->sizes->nodes[astride[i].node->index];
        struct point icon = rect_centre(size->icon);
        double gap = metrics->rank_gap / 2;
        switch (astride[i].side) {
        case SIDE_LEFT: in.left = fmax(in.left, size->w - icon.x + gap); break;
        case SIDE_RIGHT: in.right = fmax(in.right, icon.x + gap); break;
        case SIDE_TOP: in.top = fmax(in.top, size->h - icon.y + gap); break;
        default: in.bottom = fmax(in.bottom, icon.y + gap); break;
        }
    }
    return in;
}

/* Put the nodes of one side where they wish to be, in order, apart, within the side; gives the length the side must have. */
static double spread_side(struct nest *nest, struct astride *astride, size_t n, enum side side, double from,
                          double to) {
    double at = from, end = from;
    for (int pass = 0; pass < 2; pass++) {
        at = from;
        double surplus = pass ? fmax(0, end - to) : 0;
        for (size_t i = 0; i < n; i++) {
            if (astride[i].side != side)
                continue;
            const struct node_size *size = &nest->sizes->nodes[astride[i].node->index];
            struct point icon = rect_centre(size->icon);
            double before = upright(side) ? icon.y : icon.x, extent = upright(side) ? size->h : size->w;
            double start = fmax(at, astride[i].wish - before - surplus);
            if (pass)
                astride[i].wish = start + before;
            at = start + extent + nest->metrics->node_gap / 2;
            end = start + extent;
        }
    }
    return end;
}

static void place_astride(struct nest *nest, struct node *group, struct astride *astride, size_t n, struct insets in) {
    struct part *part = part_of(nest, group);
    struct rect *frame = &part->frame;
    for (size_t i = 0; i < n; i++)
        astride[i].wish += upright(astride[i].side) ? in.top : in.left;
    static const enum side sides[] = {SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_BOTTOM};
    for (size_t s = 0; s < 4; s++) {
        double margin = upright(sides[s]) ? in.top : nest->metrics->corner + nest->metrics->pad;
        double length = upright(sides[s]) ? frame->h : frame->w;
        double end = spread_side(nest, astride, n, sides[s], margin, length - nest->metrics->pad) + nest->metrics->pad;
        if (end > length && upright(sides[s]))
            frame->h = end;
        else if (end > length)
            frame->w = end;
    }
    for (size_t i = 0; i < n; i++) {
        const struct node_size *size = &nest->sizes->nodes[astride[i].node->index];
        struct point icon = rect_centre(size->icon);
        struct part *mine = part_of(nest, astride[i].node);
        bool side = upright(astride[i].side);
        double x = astride[i].side == SIDE_LEFT ? 0 : astride[i].side == SIDE_RIGHT ? frame->w : astride[i].wish;
        double y = astride[i].side == SIDE_TOP ? 0 : astride[i].side == SIDE_BOTTOM ? frame->h : astride[i].wish;
        mine->at = (struct point){side ? x - icon.x : astride[i].wish - icon.x,
                                  side ? astride[i].wish - icon.y : y - icon.y};
    }
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

static void place_leaf(struct nest *nest, struct node *node) {
    const struct node_size *size = &nest->sizes->nodes[node->index];
    struct part *part = part_of(nest, node);
    part->w = part->frame.w = size->w;
    part->h = part->frame.h = size->h;
    part->astride = on_frame(node);
}

static void place_group(struct nest *nest, struct node *group) {
    struct unit *units = arena_array(nest->arena, group->child_count, sizeof *units);
    struct astride *astride = arena_array(nest->arena, group->child_count, sizeof *astride);
    size_t n = make_units(nest, group, units);
    struct point content = place_units(nest, group, units, n);
    size_t astride_count = list_astride(nest, group, content, astride);
    struct insets in = insets_of(nest, group, astride, astride_count);
    struct part *part = part_of(nest, group);
    double least = group == nest->model->root ? 0 : nest->sizes->nodes[group->index].w;
    double w = fmax(content.x + in.left + in.right, least), h = content.y + in.top + in.bottom;
    double dx = in.left + (w - content.x - in.left - in.right) / 2;
    for (size_t i = 0; i < group->child_count; i++) {
        struct part *child = part_of(nest, group->children[i]);
        if (!child->astride)
            child->at.x += dx, child->at.y += in.top;
    }
    part->frame = (struct rect){0, 0, w, h};
    in.left = dx;
    place_astride(nest, group, astride, astride_count, in);
    wrap(nest, group);
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

static void make_absolute(struct nest *nest, struct placed *out) {
    const struct metrics *metrics = nest->metrics;
    struct point *origin = arena_array(nest->arena, nest->model->node_count, sizeof *origin);
    for (size_t i = 0; i < nest->model->node_count; i++) {
        const struct node *node = nest->model->nodes[i];
        const struct part *part = &nest->parts[i];
        struct point above = node->parent == nest->model->root ? (struct point){0, 0} : origin[node->parent->index];
        /* whole pixels: frames and lines of 1 px stay sharp, and sums do not depend on their order */
        origin[i] = (struct point){round(above.x + part->at.x), round(above.y + part->at.y)};
        struct rect frame = {origin[i].x + round(part->frame.x), origin[i].y + round(part->frame.y),
                             round(part->frame.w), round(part->frame.h)};
        if (node->group) {
            double corner = node->type->icon ? metrics->corner : 0;
            out[i].box = frame;
            out[i].icon = (struct rect){frame.x, frame.y, corner, corner};
            double title = nest->sizes->nodes[i].w < frame.w ? nest->sizes->nodes[i].w : frame.w;
            out[i].title = (struct rect){frame.x, frame.y, title, nest->sizes->nodes[i].h};
        } else {
            const struct node_size *size = &nest->sizes->nodes[i];
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
                        .sizes = sizes,
                        .engine = engine,
                        .options = options,
                        .arena = arena,
                        .result = {.whole = true}};
    nest.parts = arena_array(arena, model->node_count, sizeof *nest.parts);
    enum direction direction = options->direction != DIRECTION_DEFAULT ? options->direction : DIRECTION_RIGHT;
    set_directions(&nest, model->root, direction);
    list_edges(&nest);
    place_all(&nest);
    make_absolute(&nest, out);
    return nest.result;
}
