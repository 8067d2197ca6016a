/* Units to places. What lines join is arranged (arrange.c); what they do not is packed: in a grid when it is alike, in shelves when it is not,
 * one below the other across the flow when lines come from outside, so that each is reached without a detour.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/nest.h"

enum { MOST_LOOKED_AT = 32, MOST_TRIED = 64, LEAST_PACKED = 2, MOST_LANES = 40 };
static const double label_room = 28, shelf_aspect = 1.6;

/* --- links ---------------------------------------------------------------------------------------------------------- */

struct links {
    struct link *at;
    size_t n;
};

static int by_ends(const void *a, const void *b) {
    const struct link *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->port_from < y->port_from || x->port_from > y->port_from)
        return x->port_from < y->port_from ? -1 : 1;
    return (x->port_to > y->port_to) - (x->port_to < y->port_to);
}

/* One link for all that are the same, with their weight and the most room. */
static void merge(struct links *links) {
    size_t n = 0;
    qsort(links->at, links->n, sizeof *links->at, by_ends);
    for (size_t i = 0; i < links->n; i++) {
        struct link *last = n ? &links->at[n - 1] : NULL, link = links->at[i];
        if (last && last->from == link.from && last->to == link.to && fabs(last->port_from - link.port_from) < 0.5 &&
            fabs(last->port_to - link.port_to) < 0.5)
            last->weight++, last->room = fmax(last->room, link.room);
        else
            links->at[n++] = link;
    }
    links->n = n;
}

static struct links make_links(struct nest *nest, const struct node *group, bool sideways) {
    size_t base = slot_of(nest, group);
    const struct tie_list *ties = &nest->ties[base];
    struct links links = {arena_array(nest->arena, ties->n, sizeof(struct link)), 0};
    for (size_t i = 0; i < ties->n; i++) {
        const struct tie *tie = &ties->at[i];
        struct node *from = node_at(nest, base + tie->from), *to = node_at(nest, base + tie->to);
        struct node *a = nest_branch(group, from), *b = nest_branch(group, to);
        if (!a || !b || a == b || tie->edge->free_rank || part_of(nest, a)->astride || part_of(nest, b)->astride)
            continue;
        struct point pa = nest_tie_within(nest, from, group), pb = nest_tie_within(nest, to, group);
        size_t ua = part_of(nest, a)->unit, ub = part_of(nest, b)->unit;
        if (ua == ub)
            continue;
        double room = tie->w > 0 ? (sideways ? tie->w : tie->h) + label_room : 0;
        struct link link = {ua, ub, sideways ? pa.y : pa.x, sideways ? pb.y : pb.x, room, 1};
        if (ua > ub)
            link = (struct link){ub, ua, link.port_to, link.port_from, room, 1};
        links.at[links.n++] = link;
    }
    merge(&links);
    return links;
}

/* --- components ------------------------------------------------------------------------------------------------------- */

static size_t root_of(size_t *parent, size_t i) {
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static void join(size_t *parent, size_t a, size_t b) {
    a = root_of(parent, a), b = root_of(parent, b);
    parent[a < b ? b : a] = a < b ? a : b;
}

/* Number what links or a shared rank join, in the order of their first units. */
static size_t components(struct nest *nest, const struct node *group, struct unit *units, size_t n,
                         const struct links *links) {
    size_t *parent = arena_array(nest->arena, n, sizeof *parent), *number = arena_array(nest->arena, n, sizeof *number);
    for (size_t i = 0; i < n; i++)
        parent[i] = i;
    for (size_t i = 0; i < links->n; i++)
        join(parent, links->at[i].from, links->at[i].to);
    for (size_t r = 0; group->same_rank && group->same_rank[r]; r++) {
        const struct part *first = NULL;
        for (size_t i = 0; group->same_rank[r][i]; i++) {
            const struct part *part = part_of(nest, group->same_rank[r][i]);
            if (group->same_rank[r][i]->parent != group || part->astride)
                continue;
            if (first)
                join(parent, first->unit, part->unit);
            first = part;
        }
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

/* --- a component ------------------------------------------------------------------------------------------------------ */

/* A rectangle of units that is placed as one. */
struct clump {
    size_t *units, n, first;
    struct link *links; /* of a linked one, between its own numbers */
    size_t link_count;
    double *room; /* likewise: by unit along the flow, at least its extent */
    double u, v;  /* extent */
    bool outside, linked;
    double at_u, at_v;
};

struct spread {
    struct nest *nest;
    const struct node *group;
    struct unit *units;
    size_t n;
    bool sideways;
    double *u, *v; /* by unit, within its clump */
    size_t *local; /* by unit: its number within its component */
    struct links links;
};

static double along(const struct spread *spread, const struct unit *unit) {
    return spread->sideways ? unit->w : unit->h;
}

static double across(const struct spread *spread, const struct unit *unit) {
    return spread->sideways ? unit->h : unit->w;
}

static double anchor_of(const struct spread *spread, const struct unit *unit) {
    if (unit->n > 1)
        return along(spread, unit) / 2;
    struct point tie = nest_tie(spread->nest, unit->nodes[0]);
    return spread->sideways ? tie.x : tie.y;
}

static struct rank_row *rows_of(const struct spread *spread, size_t component, size_t *count) {
    const struct nest *nest = spread->nest;
    struct node ***rows = spread->group->same_rank;
    size_t n = 0;
    while (rows && rows[n])
        n++;
    struct rank_row *out = arena_array(nest->arena, n, sizeof *out);
    *count = 0;
    for (size_t r = 0; r < n; r++) {
        size_t *members = arena_array(nest->arena, spread->n, sizeof *members), m = 0;
        for (size_t i = 0; rows[r][i]; i++) {
            const struct part *part = part_of(nest, rows[r][i]);
            if (rows[r][i]->parent == spread->group && !part->astride &&
                spread->units[part->unit].component == component && m < spread->n)
                members[m++] = spread->local[part->unit];
        }
        if (m > 1)
            out[(*count)++] = (struct rank_row){members, m};
    }
    return out;
}

/* What flows forwards within a node that has come to stand in a row running backwards flows backwards too. Not upwards: that would put
 * content over the band of the title. */
static void flip(struct nest *nest, const struct node *node) {
    const struct part *part = part_of(nest, node);
    if (!node->group || !flows_sideways(part->direction))
        return;
    for (size_t i = 0; i < node->child_count; i++) {
        struct part *child = part_of(nest, node->children[i]);
        child->at.x = part->w - child->at.x - child->w;
        flip(nest, node->children[i]);
    }
    struct rect *frame = &part_of(nest, node)->frame;
    frame->x = part->w - frame->x - frame->w;
}

/* Units in the order of their keys; few are out of place. */
static void sort_units(const struct spread *spread, size_t *units, size_t n) {
    for (size_t i = 1; spread->nest->keys && i < n; i++) {
        size_t unit = units[i], k = i;
        for (; k > 0 && spread->units[units[k - 1]].key > spread->units[unit].key; k--)
            units[k] = units[k - 1];
        units[k] = unit;
    }
}

/* By box of a clump: its place in the order of keys. */
static size_t *order_of(const struct spread *spread, const struct clump *clump) {
    if (!spread->nest->keys)
        return NULL;
    size_t *sorted = arena_array(spread->nest->arena, clump->n, sizeof *sorted);
    size_t *order = arena_array(spread->nest->arena, clump->n, sizeof *order);
    memcpy(sorted, clump->units, clump->n * sizeof *sorted);
    sort_units(spread, sorted, clump->n);
    for (size_t i = 0; i < clump->n; i++)
        order[spread->local[sorted[i]]] = i;
    return order;
}

/* --- packing ---------------------------------------------------------------------------------------------------------- */

/* Where lines are tied to a unit, across the flow. */
static double middle_of(const struct spread *spread, const struct unit *unit) {
    if (unit->n > 1)
        return across(spread, unit) / 2;
    struct point tie = nest_tie(spread->nest, unit->nodes[0]);
    return spread->sideways ? tie.y : tie.x;
}

static size_t columns_of_grid(const struct spread *spread, const struct clump *clump, double u_pitch, double v_pitch) {
    size_t columns = 1; /* along the flow */
    double best = INFINITY;
    for (size_t c = 1; c <= clump->n && !(clump->outside && clump->n <= 5 && c > 1); c++) {
        double u = (double)c * u_pitch, v = ceil((double)clump->n / (double)c) * v_pitch;
        double badness = fabs(log((spread->sideways ? u / v : v / u) / (clump->outside ? 1.0 : shelf_aspect)));
        if (badness < best - 1e-9)
            best = badness, columns = c;
    }
    return columns;
}

/* Units without links and of about one size, icon below icon: in one row across the flow when few and reached from outside, else in a
 * grid. */
static void grid_clump(struct spread *spread, struct clump *clump) {
    double gap = spread->nest->metrics->node_gap, before = 0, behind = 0, v_max = 0;
    for (size_t i = 0; i < clump->n; i++) {
        const struct unit *unit = &spread->units[clump->units[i]];
        before = fmax(before, anchor_of(spread, unit));
        behind = fmax(behind, along(spread, unit) - anchor_of(spread, unit));
        v_max = fmax(v_max, across(spread, unit));
    }
    double pitch = before + behind + gap, v = 0;
    size_t columns = columns_of_grid(spread, clump, pitch, v_max + gap);
    for (size_t i = 0; i < clump->n; i += columns) {
        double first = 0, second = 0;
        for (size_t j = i; j < clump->n && j < i + columns; j++) {
            const struct unit *unit = &spread->units[clump->units[j]];
            first = fmax(first, middle_of(spread, unit));
            second = fmax(second, across(spread, unit) - middle_of(spread, unit));
        }
        for (size_t j = i; j < clump->n && j < i + columns; j++) {
            const struct unit *unit = &spread->units[clump->units[j]];
            spread->u[clump->units[j]] = (double)(j - i) * pitch + before - anchor_of(spread, unit);
            spread->v[clump->units[j]] = v + first - middle_of(spread, unit);
        }
        v += first + second + gap;
    }
    clump->u = (double)columns * pitch - gap;
    clump->v = v - gap;
}

/* Clumps in the order of the file, in shelves along the flow as wide as `limit`. */
static struct point shelve(struct clump *clumps, size_t n, double limit, double gap) {
    double u = 0, v = 0, high = 0, far = 0;
    for (size_t i = 0; i < n; i++) {
        if (u > 0 && u + clumps[i].u > limit + 0.5) {
            u = 0;
            v += high + gap;
            high = 0;
        }
        clumps[i].at_u = u, clumps[i].at_v = v;
        u += clumps[i].u + gap;
        far = fmax(far, u - gap);
        high = fmax(high, clumps[i].v);
    }
    return (struct point){far, v + high};
}

/* In the shelves that are nearest to the shape of a page. */
static struct point shelve_well(const struct spread *spread, struct clump *clumps, size_t n, double gap) {
    double best = INFINITY, limit = 0, area = 0;
    for (size_t i = 0; i < n; i++)
        area += (clumps[i].u + gap) * (clumps[i].v + gap);
    if (n > MOST_TRIED)
        return shelve(clumps, n, sqrt(area * (spread->sideways ? shelf_aspect : 1 / shelf_aspect)), gap);
    for (size_t i = 0; i < n; i++) { /* every width that some row of clumps has */
        double sum = 0;
        for (size_t j = i; j < n; j++) {
            sum += clumps[j].u + (j > i ? gap : 0);
            struct point extent = shelve(clumps, n, sum, gap);
            double ratio = spread->sideways ? extent.x / extent.y : extent.y / extent.x;
            double badness = fabs(log(ratio / shelf_aspect)) + 0.1 * log(extent.x * extent.y);
            if (badness < best - 1e-9)
                best = badness, limit = sum;
        }
    }
    return shelve(clumps, n, limit, gap);
}

/* Below each other when lines come from outside, else in shelves. */
static struct point pack(const struct spread *spread, struct clump *clumps, size_t n) {
    double gap = spread->nest->metrics->node_gap, most = spread->nest->options->across;
    bool outside = false;
    for (size_t i = 0; i < n; i++)
        outside = outside || clumps[i].outside;
    struct point extent = shelve(clumps, n, 0, gap);
    if (n < 2 || (outside && (most <= 0 || extent.y <= most)))
        return extent;
    return shelve_well(spread, clumps, n, gap);
}

/* Whether a sheet with the arrangement on it is mostly white, and nothing but its links says how it should be. Leaves stay as they
 * are: among them the order along the lines is all there is to see. */
static bool too_white(const struct spread *spread, const struct clump *clump, const struct arrangement *arrangement) {
    double area = 0;
    bool groups = false;
    for (size_t i = 0; i < clump->n; i++) {
        const struct unit *unit = &spread->units[clump->units[i]];
        area += unit->w * unit->h;
        groups = groups || unit->nodes[0]->group;
    }
    double w = spread->sideways ? arrangement->extent_u : arrangement->extent_v;
    double h = spread->sideways ? arrangement->extent_v : arrangement->extent_u;
    double sheet = fmax(w, h * shelf_aspect) * fmax(h, w / shelf_aspect);
    return groups && clump->n >= LEAST_PACKED && !spread->group->same_rank &&
           area < spread->nest->options->dense * sheet;
}

/* Linked units in shelves in the order of the file, with room between them for the lines that now run there. */
static void shelve_clump(struct spread *spread, struct clump *clump, const struct link *links, size_t link_count) {
    const struct metrics *metrics = spread->nest->metrics;
    struct clump *each = arena_array(spread->nest->arena, clump->n, sizeof *each);
    double lines = 0;
    for (size_t i = 0; i < link_count; i++)
        lines += links[i].weight;
    for (size_t i = 0; i < clump->n; i++) {
        const struct unit *unit = &spread->units[clump->units[i]];
        each[i] = (struct clump){.u = along(spread, unit), .v = across(spread, unit)};
    }
    double lanes = fmin(0.6 * lines / sqrt((double)clump->n), MOST_LANES);
    struct point extent = shelve_well(spread, each, clump->n, metrics->node_gap + lanes * metrics->lane);
    for (size_t i = 0; i < clump->n; i++)
        spread->u[clump->units[i]] = each[i].at_u, spread->v[clump->units[i]] = each[i].at_v;
    clump->u = extent.x, clump->v = extent.y;
}

/* Number the units of a clump on their own, in its links too. */
static void number_clump(struct spread *spread, struct clump *clump) {
    clump->room = arena_array(spread->nest->arena, clump->n, sizeof *clump->room);
    for (size_t i = 0; i < clump->n; i++) {
        spread->local[clump->units[i]] = i;
        clump->room[i] = along(spread, &spread->units[clump->units[i]]);
    }
    for (size_t i = 0; i < clump->link_count; i++) {
        struct link *link = &clump->links[i];
        link->from = spread->local[link->from], link->to = spread->local[link->to];
    }
}

/* Leaves with the same links between them. */
static bool same_chain(const struct spread *spread, const struct clump *a, const struct clump *b) {
    if (!b->linked || a->n != b->n || a->link_count != b->link_count)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (spread->units[a->units[i]].nodes[0]->group || spread->units[b->units[i]].nodes[0]->group)
            return false;
    for (size_t i = 0; i < a->link_count; i++)
        if (a->links[i].from != b->links[i].from || a->links[i].to != b->links[i].to)
            return false;
    return true;
}

/* Rows of leaves that are linked alike stand under each other column by column, however wide their names are. */
static void share_columns(const struct spread *spread, struct clump *clumps, size_t n) {
    for (size_t first = 0; first < n && n <= MOST_LOOKED_AT; first++)
        for (size_t pass = 0; pass < 2 && clumps[first].linked; pass++)
            for (size_t k = first + 1; k < n; k++) {
                struct clump *a = &clumps[pass ? k : first], *b = &clumps[pass ? first : k];
                if (!same_chain(spread, &clumps[first], &clumps[k]))
                    continue;
                for (size_t i = 0; i < a->n; i++)
                    a->room[i] = fmax(a->room[i], b->room[i]);
                for (size_t i = 0; i < a->link_count; i++)
                    a->links[i].room = fmax(a->links[i].room, b->links[i].room);
            }
}

static void arrange_clump(struct spread *spread, struct clump *clump) {
    struct nest *nest = spread->nest;
    const struct metrics *metrics = nest->metrics;
    struct box *boxes = arena_array(nest->arena, clump->n, sizeof *boxes);
    for (size_t i = 0; i < clump->n; i++) {
        const struct unit *unit = &spread->units[clump->units[i]];
        boxes[i] = (struct box){.u = clump->room[i],
                                .v = across(spread, unit),
                                .anchor = anchor_of(spread, unit) + (clump->room[i] - along(spread, unit)) / 2,
                                .gap = metrics->node_gap};
    }
    struct ranking ranking = {.boxes = boxes, .n = clump->n, .links = clump->links, .link_count = clump->link_count};
    ranking.order = order_of(spread, clump);
    ranking.rows = rows_of(spread, spread->units[clump->units[0]].component, &ranking.row_count);
    struct arrange_gaps gaps = {metrics->node_gap, metrics->rank_gap, metrics->lane, nest->options->along,
                                nest->options->dense > 0};
    struct arrangement arrangement = {0};
    const struct engine *engine = clump->n > 2 ? nest->engine : &engine_plain; /* two boxes need no dot */
    if (!arrange_run(&ranking, engine, &gaps, nest->arena, &arrangement))
        nest->result.whole = false;
    if (too_white(spread, clump, &arrangement)) {
        shelve_clump(spread, clump, clump->links, clump->link_count);
        return;
    }
    nest->result.crossings += arrangement.crossings;
    clump->u = arrangement.extent_u, clump->v = arrangement.extent_v;
    for (size_t i = 0; i < clump->n; i++) {
        const struct unit *unit = &spread->units[clump->units[i]];
        spread->u[clump->units[i]] = arrangement.u[i] + (clump->room[i] - along(spread, unit)) / 2;
        spread->v[clump->units[i]] = arrangement.v[i];
        for (size_t k = 0; arrangement.flipped && arrangement.flipped[i] && spread->sideways && k < unit->n; k++)
            flip(nest, unit->nodes[k]);
    }
}

/* --- clumps ----------------------------------------------------------------------------------------------------------- */

/* Alike enough for a grid: both leaves, or groups of nearly one size. */
static bool alike(const struct spread *spread, size_t a, size_t b) {
    const struct unit *x = &spread->units[a], *y = &spread->units[b];
    if (!x->nodes[0]->group && !y->nodes[0]->group)
        return true;
    return x->nodes[0]->group && y->nodes[0]->group && fabs(log(x->w / y->w)) < 0.4 && fabs(log(x->h / y->h)) < 0.4;
}

struct members {
    size_t *units, *from; /* units component by component, and where each begins */
};

static struct members list_members(const struct spread *spread, size_t count) {
    struct members members = {arena_array(spread->nest->arena, spread->n, sizeof(size_t)),
                              arena_array(spread->nest->arena, count + 1, sizeof(size_t))};
    size_t *next = arena_array(spread->nest->arena, count, sizeof *next);
    for (size_t i = 0; i < spread->n; i++)
        members.from[spread->units[i].component + 1]++;
    for (size_t c = 0; c < count; c++)
        members.from[c + 1] += members.from[c], next[c] = members.from[c];
    for (size_t i = 0; i < spread->n; i++)
        members.units[next[spread->units[i].component]++] = i;
    return members;
}

/* The links of every component in one run, in the order they have: from[c] to from[c + 1]. */
static size_t *sort_links(struct spread *spread, size_t count) {
    size_t *from = arena_array(spread->nest->arena, count + 1, sizeof *from);
    size_t *next = arena_array(spread->nest->arena, count, sizeof *next);
    struct link *sorted = arena_array(spread->nest->arena, spread->links.n, sizeof *sorted);
    for (size_t i = 0; i < spread->links.n; i++)
        from[spread->units[spread->links.at[i].from].component + 1]++;
    for (size_t c = 0; c < count; c++)
        from[c + 1] += from[c], next[c] = from[c];
    for (size_t i = 0; i < spread->links.n; i++)
        sorted[next[spread->units[spread->links.at[i].from].component]++] = spread->links.at[i];
    spread->links.at = sorted;
    return from;
}

/* The clump that a single unit may join; the number of clumps when there is none. */
static size_t clump_for(const struct spread *spread, const struct clump *clumps, size_t n, size_t unit) {
    for (size_t k = n > MOST_LOOKED_AT ? n - MOST_LOOKED_AT : 0; k < n; k++)
        if (!clumps[k].linked && clumps[k].outside == spread->units[unit].outside &&
            alike(spread, clumps[k].first, unit))
            return k;
    return n;
}

static double clump_key(const struct spread *spread, const struct clump *clump) {
    double sum = 0;
    for (size_t i = 0; i < clump->n; i++)
        sum += spread->units[clump->units[i]].key;
    return sum / (double)clump->n;
}

static void sort_clumps(const struct spread *spread, struct clump *clumps, size_t n) {
    for (size_t i = 1; spread->nest->keys && i < n; i++) {
        struct clump clump = clumps[i];
        size_t k = i;
        for (; k > 0 && clump_key(spread, &clumps[k - 1]) > clump_key(spread, &clump); k--)
            clumps[k] = clumps[k - 1];
        clumps[k] = clump;
    }
}

/* Components of several units are clumps of their own; single ones that are alike share a grid. */
static size_t make_clumps(struct spread *spread, size_t count, struct clump *clumps) {
    struct members members = list_members(spread, count);
    size_t *link_from = sort_links(spread, count), n = 0;
    size_t *of = arena_array(spread->nest->arena, count, sizeof *of);
    for (size_t c = 0; c < count; c++) {
        size_t first = members.units[members.from[c]], size = members.from[c + 1] - members.from[c];
        of[c] = size > 1 ? n : clump_for(spread, clumps, n, first);
        if (of[c] == n)
            clumps[n++] = (struct clump){.first = first, .linked = size > 1, .outside = spread->units[first].outside};
        clumps[of[c]].n += size;
    }
    for (size_t k = 0; k < n; k++) {
        clumps[k].units = arena_array(spread->nest->arena, clumps[k].n, sizeof(size_t));
        clumps[k].n = 0;
    }
    for (size_t c = 0; c < count; c++) {
        struct clump *clump = &clumps[of[c]];
        for (size_t i = members.from[c]; i < members.from[c + 1]; i++) {
            clump->units[clump->n++] = members.units[i];
            clump->outside = clump->outside || spread->units[members.units[i]].outside;
        }
        if (!clump->linked)
            continue;
        clump->links = spread->links.at + link_from[c], clump->link_count = link_from[c + 1] - link_from[c];
        number_clump(spread, clump);
    }
    share_columns(spread, clumps, n);
    for (size_t k = 0; k < n; k++) {
        if (clumps[k].linked) {
            arrange_clump(spread, &clumps[k]);
        } else {
            sort_units(spread, clumps[k].units, clumps[k].n);
            grid_clump(spread, &clumps[k]);
        }
    }
    sort_clumps(spread, clumps, n);
    return n;
}

struct point spread_units(struct nest *nest, const struct node *group, struct unit *units, size_t n) {
    enum direction direction = part_of(nest, group)->direction;
    struct spread spread = {
        .nest = nest, .group = group, .units = units, .n = n, .sideways = flows_sideways(direction)};
    spread.u = arena_array(nest->arena, n, sizeof *spread.u);
    spread.v = arena_array(nest->arena, n, sizeof *spread.v);
    spread.local = arena_array(nest->arena, n, sizeof *spread.local);
    spread.links = make_links(nest, group, spread.sideways);
    size_t count = components(nest, group, units, n, &spread.links);
    struct clump *clumps = arena_array(nest->arena, count, sizeof *clumps);
    size_t clump_count = make_clumps(&spread, count, clumps);
    struct point extent = clump_count ? pack(&spread, clumps, clump_count) : (struct point){0, 0};
    bool backwards = direction == DIRECTION_LEFT || direction == DIRECTION_UP;
    for (size_t k = 0; k < clump_count; k++)
        for (size_t i = 0; i < clumps[k].n; i++) {
            const struct unit *unit = &units[clumps[k].units[i]];
            double u = clumps[k].at_u + spread.u[clumps[k].units[i]], v = clumps[k].at_v + spread.v[clumps[k].units[i]];
            u = backwards ? extent.x - u - along(&spread, unit) : u;
            for (size_t j = 0; j < unit->n; j++) {
                struct part *part = part_of(nest, unit->nodes[j]);
                part->at.x += spread.sideways ? u : v;
                part->at.y += spread.sideways ? v : u;
            }
        }
    return spread.sideways ? extent : (struct point){extent.y, extent.x};
}
