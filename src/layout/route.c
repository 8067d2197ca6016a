/* The search.
 *
 * A state is a vertex of the grid and the direction it was entered in; a line starts at the middle of its icon, leaves the node's own
 * box straight, and ends so at the other. What a step costs is all in `step_cost`. Short lines go first, since they have the least
 * choice; then everything is routed again, twice, each line knowing all the others.
 *
 * Ends that are groups may lie anywhere on the frame; the middle of a side is a little cheaper.
 */
#include "layout/route.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/grid.h"

enum {
    COST_BEND = 60,
    COST_CROSSING = 70,
    COST_TITLE = 1500, /* for every step over a title */
    COST_FOREIGN = 90, /* entering a group that holds neither end */
    COST_ALONG = 3,    /* px on a frame count so many more */
    COST_SHARED = 3,   /* px on a run with a line that has no end in common */
    COST_ASIDE = 65,   /* leaving or reaching a node across the flow */
    COST_UNDER = 15,   /* ... at the bottom, below the name */
    PASSES = 3,
};

enum heading { HEADING_RIGHT, HEADING_DOWN, HEADING_LEFT, HEADING_UP, HEADINGS };
static const int heading_x[HEADINGS] = {1, 0, -1, 0}, heading_y[HEADINGS] = {0, 1, 0, -1};

/* One line while it is worked on. */
struct track {
    size_t *vertices; /* of the grid, from -> to */
    size_t n;
    double length; /* between the ends as the crow flies, at right angles */
};

struct state {
    int cost;
    int estimate; /* cost and what is left at least */
    size_t before;
    unsigned stamp;
    bool closed;
};

struct goal {
    struct rect area; /* a point for nodes, the frame for groups */
    bool frame;
    bool inward; /* of groups: the line comes from within */
};

struct router {
    const struct model *model;
    struct layout *layout;
    struct arena *arena;
    struct grid grid;
    struct track *tracks; /* by edge */
    struct state *states;
    unsigned stamp;
    size_t *heap;
    size_t heap_n, heap_cap;
    unsigned *allowed;    /* by group + 1: stamp of the edge that may be inside for nothing */
    enum direction *flow; /* of every group, by index + 1; 0: the root's */
};

static enum direction flow_of(const struct router *router, const struct node *group) {
    return router->flow[group == router->model->root ? 0 : group->index + 1];
}

/* --- heap, smallest estimate first; ties by state number, so that runs are alike -------------------------------- */

static bool sooner(const struct router *router, size_t a, size_t b) {
    int x = router->states[a].estimate, y = router->states[b].estimate;
    if (x != y)
        return x < y;
    int p = router->states[a].cost, q = router->states[b].cost;
    return p != q ? p > q : a < b;
}

static void heap_push(struct router *router, size_t state) {
    size_t i = router->heap_n++;
    router->heap = arena_grow(router->arena, router->heap, &router->heap_cap, router->heap_n, sizeof *router->heap);
    while (i > 0 && sooner(router, state, router->heap[(i - 1) / 2])) {
        router->heap[i] = router->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    router->heap[i] = state;
}

static size_t heap_pop(struct router *router) {
    size_t top = router->heap[0], last = router->heap[--router->heap_n], i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= router->heap_n)
            break;
        if (child + 1 < router->heap_n && sooner(router, router->heap[child + 1], router->heap[child]))
            child++;
        if (!sooner(router, router->heap[child], last))
            break;
        router->heap[i] = router->heap[child];
        i = child;
    }
    router->heap[i] = last;
    return top;
}

/* --- costs ------------------------------------------------------------------------------------------------------------ */

struct search {
    const struct edge *edge;
    struct goal goal;
    int32_t from, to; /* indices + 1 */
    bool sideways;    /* the flow between the ends */
};

static const struct passage *passage_to(const struct grid *grid, size_t ix, size_t iy, enum heading heading) {
    switch (heading) {
    case HEADING_RIGHT: return &grid->right[grid_at(grid, ix, iy)];
    case HEADING_LEFT: return &grid->right[grid_at(grid, ix - 1, iy)];
    case HEADING_DOWN: return &grid->down[grid_at(grid, ix, iy)];
    default: return &grid->down[grid_at(grid, ix, iy - 1)];
    }
}

static bool shares_end(const struct passage *passage, const struct search *search) {
    for (int i = 0; i < 2; i++)
        if (passage->ends[i] && (passage->ends[i] == search->from || passage->ends[i] == search->to))
            return true;
    return false;
}

/* Cost of one step, or -1 where a line may not go. */
static int step_cost(const struct router *router, const struct search *search, size_t here, size_t there,
                     const struct passage *passage, int length) {
    const struct grid *grid = &router->grid;
    if (passage->leaf && passage->leaf != search->from && passage->leaf != search->to)
        return -1;
    int cost = length;
    if (passage->title && passage->title != search->from && passage->title != search->to)
        cost += COST_TITLE;
    if (passage->along)
        cost += COST_ALONG * length;
    if (passage->used)
        cost += (shares_end(passage, search) ? length / 4 : COST_SHARED * length + COST_CROSSING);
    int32_t group = grid->group[there];
    if (group != grid->group[here] && group && router->allowed[group] != router->stamp)
        cost += COST_FOREIGN;
    return cost;
}

/* Bends that are needed at least to come from a place with offset dx, dy (towards the goal) while heading so. */
static int bends_left(int dx, int dy, enum heading heading) {
    int along = dx * heading_x[heading] + dy * heading_y[heading];
    int aside = heading_x[heading] ? dy : dx;
    if (aside == 0)
        return along >= 0 ? 0 : 2;
    return along >= 0 ? 1 : 2;
}

static int left_to(const struct search *search, int x, int y, enum heading heading) {
    const struct rect *area = &search->goal.area;
    int x0 = (int)area->x, x1 = (int)rect_right(*area), y0 = (int)area->y, y1 = (int)rect_bottom(*area);
    if (search->goal.frame && search->goal.inward)
        return 0;
    int dx = x < x0 ? x0 - x : x > x1 ? x1 - x : 0, dy = y < y0 ? y0 - y : y > y1 ? y1 - y : 0;
    return abs(dx) + abs(dy) + COST_BEND * bends_left(dx, dy, heading);
}

static int side_cost(enum heading heading, bool sideways, bool leaving) {
    bool flat = heading == HEADING_RIGHT || heading == HEADING_LEFT;
    int cost = flat == sideways ? 0 : COST_ASIDE;
    if (heading == (leaving ? HEADING_DOWN : HEADING_UP))
        cost += COST_UNDER;
    return cost;
}

static bool side_allows(enum side side, enum heading heading, bool leaving) {
    static const enum side leaves[HEADINGS] = {SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_TOP};
    static const enum side reaches[HEADINGS] = {SIDE_LEFT, SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM};
    return side == SIDE_ANY || side == (leaving ? leaves : reaches)[heading];
}

/* --- the search ------------------------------------------------------------------------------------------------------- */

static bool reached(const struct router *router, const struct search *search, size_t ix, size_t iy,
                    enum heading heading) {
    int x = router->grid.x[ix], y = router->grid.y[iy];
    const struct rect *area = &search->goal.area;
    if (!side_allows(search->edge->side_to, heading, false))
        return false;
    if (!search->goal.frame)
        return x == (int)area->x && y == (int)area->y;
    int x0 = (int)area->x, x1 = (int)rect_right(*area), y0 = (int)area->y, y1 = (int)rect_bottom(*area);
    bool flat = heading == HEADING_RIGHT || heading == HEADING_LEFT;
    if (flat ? y < y0 + 12 || y > y1 - 12 : x < x0 + 12 || x > x1 - 12)
        return false;
    bool in = search->goal.inward;
    switch (heading) {
    case HEADING_RIGHT: return x == (in ? x1 : x0);
    case HEADING_LEFT: return x == (in ? x0 : x1);
    case HEADING_DOWN: return y == (in ? y1 : y0);
    default: return y == (in ? y0 : y1);
    }
}

static void reach_state(struct router *router, const struct search *search, size_t state, size_t before, int cost) {
    struct state *it = &router->states[state];
    if (it->stamp == router->stamp && it->cost <= cost)
        return;
    size_t vertex = state / HEADINGS;
    int x = router->grid.x[vertex % router->grid.nx], y = router->grid.y[vertex / router->grid.nx];
    *it = (struct state){cost, cost + left_to(search, x, y, (enum heading)(state % HEADINGS)), before, router->stamp,
                         false};
    /* an older entry of the heap is skipped when it comes up, for its state is closed by then */
    heap_push(router, state);
}

static void try_step(struct router *router, const struct search *search, size_t state, enum heading heading) {
    const struct grid *grid = &router->grid;
    size_t vertex = state / HEADINGS, ix = vertex % grid->nx, iy = vertex / grid->nx;
    enum heading came = (enum heading)(state % HEADINGS);
    if ((heading_x[heading] < 0 && ix == 0) || (heading_x[heading] > 0 && ix + 1 == grid->nx) ||
        (heading_y[heading] < 0 && iy == 0) || (heading_y[heading] > 0 && iy + 1 == grid->ny))
        return;
    size_t jx = ix + (size_t)heading_x[heading], jy = iy + (size_t)heading_y[heading];
    const struct passage *passage = passage_to(grid, ix, iy, heading);
    size_t there = grid_at(grid, jx, jy);
    int length = abs(grid->x[jx] - grid->x[ix]) + abs(grid->y[jy] - grid->y[iy]);
    int cost = step_cost(router, search, vertex, there, passage, length);
    if (cost < 0)
        return;
    if (heading != came) {
        if (router->states[state].before == SIZE_MAX)
            return; /* the first step is part of the start */
        bool inside = passage_to(grid, ix, iy, (enum heading)((came + 2) % HEADINGS))->leaf != 0;
        if (inside)
            return; /* no bends within the boxes of the ends */
        cost += COST_BEND;
    } else {
        cost += COST_CROSSING * (heading_x[heading] ? grid->upright[vertex] : grid->across[vertex]);
    }
    cost += COST_CROSSING / 2 * grid->bends[vertex];
    if (reached(router, search, jx, jy, heading) && !search->goal.frame)
        cost += side_cost(heading, search->sideways, false);
    reach_state(router, search, there * HEADINGS + heading, state, router->states[state].cost + cost);
}

static void start_at(struct router *router, const struct search *search, size_t ix, size_t iy, enum heading heading,
                     int cost) {
    if (!side_allows(search->edge->side_from, heading, true))
        return;
    reach_state(router, search, grid_at(&router->grid, ix, iy) * HEADINGS + heading, SIZE_MAX, cost);
}

/* All starts: the icon's middle in four directions, or the frame of a group. */
static void start(struct router *router, const struct search *search, bool inward) {
    const struct placed *placed = &router->layout->nodes[search->edge->from->index];
    const struct grid *grid = &router->grid;
    if (!search->edge->from->group) {
        struct point at = rect_centre(placed->icon);
        size_t ix = grid_line(grid->x, grid->nx, (int)lround(at.x)),
               iy = grid_line(grid->y, grid->ny, (int)lround(at.y));
        for (int heading = 0; heading < HEADINGS; heading++)
            start_at(router, search, ix, iy, (enum heading)heading,
                     side_cost((enum heading)heading, search->sideways, true));
        return;
    }
    struct rect box = placed->box;
    size_t left = grid_line(grid->x, grid->nx, (int)box.x), right = grid_line(grid->x, grid->nx, (int)rect_right(box));
    size_t top = grid_line(grid->y, grid->ny, (int)box.y), bottom = grid_line(grid->y, grid->ny, (int)rect_bottom(box));
    struct point centre = rect_centre(box);
    for (size_t iy = top; iy <= bottom; iy++) {
        int off = abs(grid->y[iy] - (int)centre.y) / 4 + (search->sideways ? 0 : COST_ASIDE);
        if (grid->y[iy] < box.y + 12 || grid->y[iy] > rect_bottom(box) - 12)
            continue;
        start_at(router, search, left, iy, inward ? HEADING_RIGHT : HEADING_LEFT, off);
        start_at(router, search, right, iy, inward ? HEADING_LEFT : HEADING_RIGHT, off);
    }
    for (size_t ix = left; ix <= right; ix++) {
        int off = abs(grid->x[ix] - (int)centre.x) / 4 + (search->sideways ? COST_ASIDE : 0);
        if (grid->x[ix] < box.x + 12 || grid->x[ix] > rect_right(box) - 12)
            continue;
        start_at(router, search, ix, top, inward ? HEADING_DOWN : HEADING_UP, off);
        start_at(router, search, ix, bottom, inward ? HEADING_UP : HEADING_DOWN, off);
    }
}

static void keep_path(struct router *router, struct track *track, size_t state) {
    size_t n = 0;
    for (size_t s = state; s != SIZE_MAX; s = router->states[s].before)
        n++;
    track->vertices = arena_array(router->arena, n, sizeof *track->vertices);
    track->n = n;
    for (size_t s = state; s != SIZE_MAX; s = router->states[s].before)
        track->vertices[--n] = s / HEADINGS;
}

static void allow(struct router *router, const struct node *node) {
    for (; node && node != router->model->root; node = node->parent)
        router->allowed[node->index + 1] = router->stamp;
}

static struct goal goal_of(const struct router *router, const struct edge *edge) {
    const struct placed *placed = &router->layout->nodes[edge->to->index];
    if (edge->to->group)
        return (struct goal){placed->box, true, model_within(edge->from, edge->to)};
    struct point at = rect_centre(placed->icon);
    return (struct goal){{(double)lround(at.x), (double)lround(at.y), 0, 0}, false, false};
}

static bool search_path(struct router *router, size_t index) {
    const struct edge *edge = router->model->edges[index];
    struct search search = {edge, goal_of(router, edge), (int32_t)edge->from->index + 1, (int32_t)edge->to->index + 1,
                            true};
    enum direction flow = flow_of(router, model_common(edge->from, edge->to));
    search.sideways = flow == DIRECTION_RIGHT || flow == DIRECTION_LEFT;
    router->stamp++;
    router->heap_n = 0;
    allow(router, edge->from);
    allow(router, edge->to);
    start(router, &search, edge->from->group && model_within(edge->to, edge->from));
    while (router->heap_n) {
        size_t state = heap_pop(router), vertex = state / HEADINGS;
        if (router->states[state].closed)
            continue;
        router->states[state].closed = true;
        enum heading heading = (enum heading)(state % HEADINGS);
        if (router->states[state].before != SIZE_MAX &&
            reached(router, &search, vertex % router->grid.nx, vertex / router->grid.nx, heading)) {
            keep_path(router, &router->tracks[index], state);
            return true;
        }
        for (int next = 0; next < HEADINGS; next++)
            if (next != (int)(heading + 2) % HEADINGS)
                try_step(router, &search, state, (enum heading)next);
    }
    return false;
}

/* --- what lines leave behind on the grid --------------------------------------------------------------------------------- */

static struct passage *between(struct grid *grid, size_t a, size_t b, bool *flat) {
    size_t first = a < b ? a : b;
    *flat = (a < b ? b - a : a - b) == 1;
    return *flat ? &grid->right[first] : &grid->down[first];
}

static void share(struct passage *passage, int32_t from, int32_t to) {
    if (passage->used == 1) {
        passage->ends[0] = from, passage->ends[1] = to;
        return;
    }
    for (int i = 0; i < 2; i++)
        if (passage->ends[i] != from && passage->ends[i] != to)
            passage->ends[i] = 0;
}

/* Enter (by 1) or take away (by -1) a line. */
static void mark_track(struct router *router, size_t index, int by) {
    const struct track *track = &router->tracks[index];
    const struct edge *edge = router->model->edges[index];
    struct grid *grid = &router->grid;
    bool before = false, flat = false;
    for (size_t i = 0; i + 1 < track->n; i++) {
        struct passage *passage = between(grid, track->vertices[i], track->vertices[i + 1], &flat);
        passage->used = (uint16_t)(passage->used + by);
        if (by > 0)
            share(passage, (int32_t)edge->from->index + 1, (int32_t)edge->to->index + 1);
        uint8_t *counter = i == 0 ? NULL : before != flat ? grid->bends : flat ? grid->across : grid->upright;
        if (counter)
            counter[track->vertices[i]] = (uint8_t)(counter[track->vertices[i]] + by);
        before = flat;
    }
}

/* --- from grid to points ---------------------------------------------------------------------------------------------------- */

size_t route_simplify(struct point *points, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct point p = points[i];
        if (kept && fabs(points[kept - 1].x - p.x) < 0.01 && fabs(points[kept - 1].y - p.y) < 0.01)
            continue;
        while (kept > 1) {
            struct point a = points[kept - 2], b = points[kept - 1];
            bool upright = fabs(a.x - b.x) < 0.01 && fabs(b.x - p.x) < 0.01,
                 flat = fabs(a.y - b.y) < 0.01 && fabs(b.y - p.y) < 0.01;
            if (!upright && !flat)
                break;
            kept--;
        }
        points[kept++] = p;
    }
    return kept;
}

/* Cut the end that lies in the middle of an icon back to the icon's side, or to the end of the name below it. */
static void clip_end(const struct placed *placed, struct point *end, struct point next) {
    if (next.x > end->x)
        end->x = rect_right(placed->icon);
    else if (next.x < end->x)
        end->x = placed->icon.x;
    else if (next.y > end->y)
        end->y = rect_bottom(placed->box);
    else
        end->y = placed->icon.y;
}

static void make_points(struct router *router, size_t index) {
    const struct track *track = &router->tracks[index];
    const struct edge *edge = router->model->edges[index];
    struct routed *routed = &router->layout->edges[index];
    routed->points = arena_array(router->arena, track->n + 1, sizeof *routed->points);
    for (size_t i = 0; i < track->n; i++)
        routed->points[i] = (struct point){router->grid.x[track->vertices[i] % router->grid.nx],
                                           router->grid.y[track->vertices[i] / router->grid.nx]};
    routed->n = route_simplify(routed->points, track->n);
    if (!edge->from->group)
        clip_end(&router->layout->nodes[edge->from->index], &routed->points[0], routed->points[1]);
    if (!edge->to->group)
        clip_end(&router->layout->nodes[edge->to->index], &routed->points[routed->n - 1],
                 routed->points[routed->n - 2]);
}

/* From the right side of the icon round its upper corner to the top. */
static void self_loop(struct router *router, size_t index) {
    const struct edge *edge = router->model->edges[index];
    const struct placed *placed = &router->layout->nodes[edge->from->index];
    struct rect icon = edge->from->group ? placed->box : placed->icon;
    struct routed *routed = &router->layout->edges[index];
    double out = 2 * GRID_CLEAR, x = rect_right(icon), y = icon.y;
    double inset = edge->from->group ? 24 : icon.w / 4;
    struct point points[] = {
        {x, y + inset}, {x + out, y + inset}, {x + out, y - out}, {x - inset, y - out}, {x - inset, y}};
    routed->n = sizeof points / sizeof *points;
    routed->points = arena_array(router->arena, routed->n, sizeof *points);
    memcpy(routed->points, points, sizeof points);
}

/* No way on the grid (a node walled in): a plain line round one corner is better than none. */
static void last_resort(struct router *router, size_t index) {
    const struct edge *edge = router->model->edges[index];
    struct routed *routed = &router->layout->edges[index];
    const struct placed *a = &router->layout->nodes[edge->from->index], *b = &router->layout->nodes[edge->to->index];
    struct point from = rect_centre(edge->from->group ? a->box : a->icon),
                 to = rect_centre(edge->to->group ? b->box : b->icon);
    routed->points = arena_array(router->arena, 3, sizeof *routed->points);
    routed->points[0] = from, routed->points[1] = (struct point){to.x, from.y}, routed->points[2] = to;
    routed->n = route_simplify(routed->points, 3);
    if (routed->n < 2)
        routed->n = 2, routed->points[1] = to;
}

/* --- order and passes ---------------------------------------------------------------------------------------------------------- */

struct turn {
    double length;
    size_t edge;
};

static int by_length(const void *a, const void *b) {
    const struct turn *x = a, *y = b;
    if (x->length < y->length || x->length > y->length)
        return x->length < y->length ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static size_t list_turns(const struct router *router, struct turn *turns) {
    size_t n = 0;
    for (size_t i = 0; i < router->model->edge_count; i++) {
        const struct edge *edge = router->model->edges[i];
        if (edge->from == edge->to)
            continue;
        struct point a = rect_centre(router->layout->nodes[edge->from->index].icon.w > 0 && !edge->from->group
                                         ? router->layout->nodes[edge->from->index].icon
                                         : router->layout->nodes[edge->from->index].box);
        struct point b = rect_centre(router->layout->nodes[edge->to->index].icon.w > 0 && !edge->to->group
                                         ? router->layout->nodes[edge->to->index].icon
                                         : router->layout->nodes[edge->to->index].box);
        turns[n++] = (struct turn){fabs(a.x - b.x) + fabs(a.y - b.y), i};
    }
    qsort(turns, n, sizeof *turns, by_length);
    return n;
}

static void set_flow(struct router *router, const struct node *node, enum direction inherited) {
    enum direction direction = node->direction != DIRECTION_DEFAULT ? node->direction : inherited;
    router->flow[node == router->model->root ? 0 : node->index + 1] = direction;
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i]->group)
            set_flow(router, node->children[i], direction);
}

static void open_router(struct router *router) {
    const struct model *model = router->model;
    const struct layout *layout = router->layout;
    int *xs = arena_array(router->arena, 6 * model->edge_count, sizeof *xs),
        *ys = arena_array(router->arena, 6 * model->edge_count, sizeof *ys);
    size_t nx = 0, ny = 0;
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct node *ends[2] = {model->edges[i]->from, model->edges[i]->to};
        for (int e = 0; e < 2; e++) {
            const struct placed *placed = &layout->nodes[ends[e]->index];
            struct point at = rect_centre(ends[e]->group ? placed->box : placed->icon);
            xs[nx++] = (int)lround(at.x), ys[ny++] = (int)lround(at.y);
            if (ends[e]->group) {
                xs[nx++] = (int)placed->box.x, xs[nx++] = (int)rect_right(placed->box);
                ys[ny++] = (int)placed->box.y, ys[ny++] = (int)rect_bottom(placed->box);
            }
        }
    }
    struct rect all = {-1e6, -1e6, 2e6, 2e6};
    router->grid = grid_build(model, layout, all, xs, nx, ys, ny, router->arena);
    size_t states = router->grid.nx * router->grid.ny * HEADINGS;
    router->states = arena_array(router->arena, states, sizeof *router->states);
    router->allowed = arena_array(router->arena, model->node_count + 1, sizeof *router->allowed);
    router->flow = arena_array(router->arena, model->node_count + 1, sizeof *router->flow);
    set_flow(router, model->root, DIRECTION_RIGHT);
}

void route_edges(const struct model *model, struct layout *layout, struct arena *arena, struct diags *diags) {
    (void)diags;
    struct router router = {.model = model, .layout = layout, .arena = arena};
    if (model->edge_count == 0)
        return;
    open_router(&router);
    router.tracks = arena_array(arena, model->edge_count, sizeof *router.tracks);
    struct turn *turns = arena_array(arena, model->edge_count, sizeof *turns);
    size_t n = list_turns(&router, turns);
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < n; i++) {
            struct track *track = &router.tracks[turns[i].edge];
            if (track->n)
                mark_track(&router, turns[i].edge, -1);
            if (search_path(&router, turns[i].edge))
                mark_track(&router, turns[i].edge, 1);
        }
    for (size_t i = 0; i < model->edge_count; i++)
        if (model->edges[i]->from == model->edges[i]->to)
            self_loop(&router, i);
        else if (router.tracks[i].n > 1)
            make_points(&router, i);
        else
            last_resort(&router, i);
    nudge_edges(model, layout, arena);
}
