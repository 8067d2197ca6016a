/* The search.
 *
 * A state is a vertex of the grid and the direction it was entered in; a line starts at the middle of its icon, leaves the node's own
 * box straight, and ends so at the other. What a step costs says route_cost.c. Short lines go first, since they have the least
 * choice; then everything is routed again, twice, each line knowing all the others.
 *
 * Ends that are groups may lie anywhere on the frame; the middle of a side is a little cheaper.
 */
#include "layout/route.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/route_search.h"

enum {
    COST_SHORT = 12, /* a bend right beside the box of an end */
    LOOP_LEAST = 10, /* px that a loop rises above its icon */
    PASSES = 3,
    SOME_EDGES = 60,  /* from here on only lines in conflict are searched again */
    MANY_EDGES = 400, /* from here on none are */
    HASTE = 6,
    GREAT_HASTE = 12,
};

static enum direction flow_of(const struct router *router, const struct node *group) {
    return router->flow[group == router->model->root ? 0 : group->index + 1];
}

/* --- heap, smallest estimate first; ties by state number, so that runs are alike -------------------------------- */

static bool sooner(const struct entry *a, const struct entry *b) {
    if (a->estimate != b->estimate)
        return a->estimate < b->estimate;
    return a->cost != b->cost ? a->cost > b->cost : a->state < b->state;
}

static void heap_push(struct router *router, struct entry entry) {
    size_t i = router->heap_n++;
    router->heap = arena_grow(router->arena, router->heap, &router->heap_cap, router->heap_n, sizeof *router->heap);
    while (i > 0 && sooner(&entry, &router->heap[(i - 1) / 2])) {
        router->heap[i] = router->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    router->heap[i] = entry;
}

static int32_t heap_pop(struct router *router) {
    struct entry *heap = router->heap, last = heap[--router->heap_n];
    int32_t top = heap[0].state;
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= router->heap_n)
            break;
        if (child + 1 < router->heap_n && sooner(&heap[child + 1], &heap[child]))
            child++;
        if (!sooner(&heap[child], &last))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

/* --- the search ------------------------------------------------------------------------------------------------------- */

static bool side_allows(enum side side, enum heading heading, bool leaving) {
    static const enum side leaves[HEADINGS] = {SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_TOP};
    static const enum side reaches[HEADINGS] = {SIDE_LEFT, SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM};
    return side == SIDE_ANY || side == (leaving ? leaves : reaches)[heading];
}

static bool reached(const struct router *router, const struct search *search, int32_t vertex, enum heading heading) {
    if (!side_allows(search->edge->side_to, search->inward ? opposite(heading) : heading, false))
        return false;
    if (search->goal >= 0)
        return vertex == search->goal;
    if (router->grid.frame[vertex] != search->to)
        return false;
    enum heading side = route_frame_side(search->area, router->grid.x[vertex], router->grid.y[vertex]);
    return heading == (search->inward ? side : opposite(side));
}

static void reach_state(struct router *router, const struct search *search, int32_t state, int32_t before, int cost,
                        struct beside beside) {
    struct state *it = &router->states[state];
    if (it->stamp == router->stamp && it->cost <= cost)
        return;
    int32_t vertex = state / HEADINGS;
    int left = route_left_to(search, router->grid.x[vertex], router->grid.y[vertex], (enum heading)(state % HEADINGS));
    *it = (struct state){cost, before, router->stamp, false, beside.strangers, (uint8_t)beside.company};
    /* an older entry of the heap is skipped when it comes up, for its state is closed by then */
    heap_push(router, (struct entry){cost + left * router->haste / 4, cost, state});
}

static void try_step(struct router *router, const struct search *search, int32_t state, enum heading heading) {
    const struct grid *grid = &router->grid;
    int32_t vertex = state / HEADINGS, there = grid->next[vertex][heading];
    enum heading came = (enum heading)(state % HEADINGS);
    const struct state *it = &router->states[state];
    if (there < 0 || (heading != came && it->before < 0))
        return; /* the first step is part of the start */
    if (there == grid->centre[search->edge->from->index] ||
        (there == search->goal && !reached(router, search, there, heading)))
        return; /* an icon is no way */
    int length = abs(grid->x[there] - grid->x[vertex]) + abs(grid->y[there] - grid->y[vertex]);
    enum company before = (enum company)it->company;
    struct beside beside = {before, it->strangers};
    int cost = route_way_cost(router, search, vertex, there, grid_passage(grid, vertex, heading), length, &beside);
    if (cost < 0)
        return;
    if (it->before >= 0)
        cost += route_vertex_cost(router, search, state, heading, beside.company);
    if (it->before >= 0 && heading != came &&
        (grid_passage(grid, vertex, opposite(came))->leaf || grid_passage(grid, vertex, heading)->leaf))
        cost += COST_SHORT;
    if (reached(router, search, there, heading))
        cost += route_stub_cost(router, search, state, heading) + route_end_cost(router, search, heading, false) +
                (search->goal < 0 ? route_off_middle(search->area, grid->x[there], grid->y[there], opposite(heading))
                                  : 0);
    reach_state(router, search, there * HEADINGS + (int32_t)heading, state, it->cost + cost, beside);
}

static void start_at(struct router *router, const struct search *search, int32_t vertex, enum heading heading,
                     enum heading side, int cost) {
    if (!side_allows(search->edge->side_from, side, true))
        return;
    cost += route_end_cost(router, search, side, true);
    reach_state(router, search, vertex * HEADINGS + (int32_t)heading, -1, cost, (struct beside){COMPANY_START, false});
}

/* All starts: the icon's middle in four directions, or the frame of a group. */
static void start(struct router *router, const struct search *search) {
    const struct node *node = search->edge->from;
    const struct grid *grid = &router->grid;
    if (!node->group) {
        for (int heading = 0; heading < HEADINGS && grid->centre[node->index] >= 0; heading++)
            start_at(router, search, grid->centre[node->index], (enum heading)heading, (enum heading)heading, 0);
        return;
    }
    struct rect box = router->layout->nodes[node->index].box;
    bool inward = model_within(search->edge->to, node);
    for (int32_t v = grid->on_frame[node->index]; v >= 0; v = grid->next_on_frame[v]) {
        enum heading side = route_frame_side(box, grid->x[v], grid->y[v]);
        if (side != HEADINGS)
            start_at(router, search, v, inward ? opposite(side) : side, side,
                     route_off_middle(box, grid->x[v], grid->y[v], side));
    }
}

static void keep_path(struct router *router, struct track *track, int32_t state) {
    size_t n = 0;
    for (int32_t s = state; s >= 0; s = router->states[s].before)
        n++;
    track->vertices = arena_grow(router->arena, track->vertices, &track->cap, n, sizeof *track->vertices);
    track->n = n;
    for (int32_t s = state; s >= 0; s = router->states[s].before)
        track->vertices[--n] = s / HEADINGS;
}

static void allow(struct router *router, const struct node *node) {
    for (; node && node != router->model->root; node = node->parent)
        router->allowed[node->index + 1] = router->stamp;
}

static struct search search_for(const struct router *router, const struct edge *edge) {
    const struct placed *to = &router->layout->nodes[edge->to->index];
    const struct node *common = model_common(edge->from, edge->to);
    enum direction flow = flow_of(router, common->group ? common : common->parent);
    struct search search = {.edge = edge, .from = (int32_t)edge->from->index + 1, .to = (int32_t)edge->to->index + 1};
    search.common = common == router->model->root ? 0 : (int32_t)common->index + 1;
    search.fan_from = router->fans.from[edge->index], search.fan_to = router->fans.to[edge->index];
    search.flow = flow == DIRECTION_LEFT   ? HEADING_LEFT
                  : flow == DIRECTION_UP   ? HEADING_UP
                  : flow == DIRECTION_DOWN ? HEADING_DOWN
                                           : HEADING_RIGHT;
    search.goal = -1;
    search.area = to->box;
    if (edge->to->group) {
        search.inward = model_within(edge->from, edge->to);
        return search;
    }
    search.goal = router->grid.centre[edge->to->index];
    struct point at = rect_centre(to->icon);
    search.area = (struct rect){round(at.x), round(at.y), 0, 0};
    return search;
}

static bool search_path(struct router *router, size_t index) {
    const struct edge *edge = router->model->edges[index];
    struct search search = search_for(router, edge);
    router->stamp++;
    router->heap_n = 0;
    allow(router, edge->from);
    allow(router, edge->to);
    start(router, &search);
    while (router->heap_n) {
        int32_t state = heap_pop(router);
        if (router->states[state].closed)
            continue;
        router->states[state].closed = true;
        enum heading heading = (enum heading)(state % HEADINGS);
        if (router->states[state].before >= 0 && reached(router, &search, state / HEADINGS, heading)) {
            keep_path(router, &router->tracks[index], state);
            return true;
        }
        for (int next = 0; next < HEADINGS; next++)
            if (next != (int)opposite(heading))
                try_step(router, &search, state, (enum heading)next);
    }
    return false;
}

/* --- what lines leave behind on the grid --------------------------------------------------------------------------------- */

static void use(struct router *router, struct passage *passage, size_t edge, size_t at) {
    struct user *user = router->spare;
    if (user)
        router->spare = user->next;
    else
        user = arena_alloc(router->arena, sizeof *user);
    *user = (struct user){edge, at, passage->users};
    passage->users = user;
    passage->used++;
}

static void unuse(struct router *router, struct passage *passage, size_t edge) {
    for (struct user **user = &passage->users; *user; user = &(*user)->next)
        if ((*user)->edge == edge) {
            struct user *gone = *user;
            *user = gone->next;
            gone->next = router->spare;
            router->spare = gone;
            passage->used--;
            return;
        }
}

/* Enter (by 1) or take away (by -1) a line. */
static void mark_track(struct router *router, size_t index, int by) {
    const struct track *track = &router->tracks[index];
    struct grid *grid = &router->grid;
    enum heading before = HEADINGS;
    for (size_t i = 0; i + 1 < track->n; i++) {
        enum heading heading = heading_between(grid, track->vertices[i], track->vertices[i + 1]);
        struct passage *passage = grid_passage(grid, track->vertices[i], heading);
        if (by > 0)
            use(router, passage, index, i);
        else
            unuse(router, passage, index);
        uint8_t *counter = heading_x[heading] ? grid->across : grid->upright;
        if (before == heading)
            counter[track->vertices[i]] = (uint8_t)(counter[track->vertices[i]] + by);
        before = heading;
    }
}

/* Whether a line crosses another or runs beside a stranger: then it may find something better, now that all are there. */
static bool in_conflict(const struct router *router, size_t index) {
    const struct track *track = &router->tracks[index];
    const struct grid *grid = &router->grid;
    enum heading before = HEADINGS;
    for (size_t i = 0; i + 1 < track->n; i++) {
        int32_t vertex = track->vertices[i];
        enum heading heading = heading_between(grid, vertex, track->vertices[i + 1]);
        const struct passage *passage = grid_passage(grid, vertex, heading);
        int friends = in_fan(router, passage, router->fans.from[index]),
            others = in_fan(router, passage, router->fans.to[index]);
        if (passage->used > (friends > others ? friends : others))
            return true;
        if (i > 0 && before == heading && (heading_x[heading] ? grid->upright : grid->across)[vertex])
            return true;
        before = heading;
    }
    return track->n == 0;
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
    routed->points = arena_array(router->keep, track->n + 1, sizeof *routed->points);
    for (size_t i = 0; i < track->n; i++)
        routed->points[i] = (struct point){router->grid.x[track->vertices[i]], router->grid.y[track->vertices[i]]};
    routed->n = route_simplify(routed->points, track->n);
    if (!edge->from->group)
        clip_end(&router->layout->nodes[edge->from->index], &routed->points[0], routed->points[1]);
    if (!edge->to->group)
        clip_end(&router->layout->nodes[edge->to->index], &routed->points[routed->n - 1],
                 routed->points[routed->n - 2]);
}

/* How far a loop may rise above an icon: less below the title of its group. */
static double loop_height(const struct router *router, const struct node *node, double x0, double x1) {
    double height = 2 * GRID_CLEAR, y = router->layout->nodes[node->index].icon.y;
    if (node->parent == router->model->root)
        return height;
    struct rect title = router->layout->nodes[node->parent->index].title;
    if (title.x < x1 && rect_right(title) > x0 && rect_bottom(title) <= y)
        height = fmax(LOOP_LEAST, fmin(height, y - rect_bottom(title) - 1));
    return height;
}

/* Over the icon from its right half to its left; round the upper right corner of a frame. */
static void self_loop(struct router *router, size_t index) {
    const struct node *node = router->model->edges[index]->from;
    const struct placed *placed = &router->layout->nodes[node->index];
    struct routed *routed = &router->layout->edges[index];
    struct rect icon = node->group ? placed->box : placed->icon;
    double x = rect_right(icon), y = icon.y, out = 2 * GRID_CLEAR, inset = 24;
    double x0 = icon.x + icon.w / 4, x1 = x - icon.w / 4, top = y - loop_height(router, node, x0, x1);
    struct point over[] = {{x1, y}, {x1, top}, {x0, top}, {x0, y}};
    struct point round_corner[] = {
        {x, y + inset}, {x + out, y + inset}, {x + out, y - out}, {x - inset, y - out}, {x - inset, y}};
    routed->n = node->group ? 5 : 4;
    routed->points = arena_array(router->keep, routed->n, sizeof *routed->points);
    memcpy(routed->points, node->group ? round_corner : over, routed->n * sizeof *routed->points);
}

/* No way on the grid (a node walled in): a plain line round one corner is better than none. */
static void last_resort(struct router *router, size_t index) {
    const struct edge *edge = router->model->edges[index];
    struct routed *routed = &router->layout->edges[index];
    struct point from = middle_of(router, edge->from), to = middle_of(router, edge->to);
    routed->points = arena_array(router->keep, 3, sizeof *routed->points);
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
        struct point a = middle_of(router, edge->from), b = middle_of(router, edge->to);
        turns[n++] = (struct turn){fabs(a.x - b.x) + fabs(a.y - b.y), i};
    }
    qsort(turns, n, sizeof *turns, by_length);
    for (size_t i = 0; router->layout->long_first && i < n / 2; i++) {
        struct turn turn = turns[i];
        turns[i] = turns[n - 1 - i], turns[n - 1 - i] = turn;
    }
    return n;
}

static void set_flow(struct router *router, const struct node *node, enum direction inherited) {
    bool root = node == router->model->root;
    enum direction placed = root ? router->layout->direction : router->layout->nodes[node->index].direction;
    enum direction direction = node->direction != DIRECTION_DEFAULT ? node->direction
                               : placed != DIRECTION_DEFAULT        ? placed
                                                                    : inherited;
    router->flow[root ? 0 : node->index + 1] = direction;
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i]->group)
            set_flow(router, node->children[i], direction);
}

static void open_router(struct router *router) {
    const struct model *model = router->model;
    router->grid = grid_build(model, router->layout, router->arena);
    router->fans = fans_find(model, router->arena);
    router->twins = twins_find(model, router->arena);
    router->states = arena_array(router->arena, router->grid.n * HEADINGS, sizeof *router->states);
    router->allowed = arena_array(router->arena, model->node_count + 1, sizeof *router->allowed);
    router->flow = arena_array(router->arena, model->node_count + 1, sizeof *router->flow);
    router->tracks = arena_array(router->arena, model->edge_count, sizeof *router->tracks);
    set_flow(router, model->root, DIRECTION_RIGHT);
}

/* Every line knows all the others from the second pass on. In a large picture one pass must do, and a good way for each line. */
static void search_all(struct router *router, const struct turn *turns, size_t n) {
    int passes = n > MANY_EDGES ? 1 : PASSES;
    router->haste = n > MANY_EDGES ? GREAT_HASTE : n > SOME_EDGES ? HASTE : 4;
    for (int pass = 0; pass < passes; pass++)
        for (size_t i = 0; i < n; i++) {
            size_t edge = turns[i].edge;
            if (pass > 0 && n > SOME_EDGES && !in_conflict(router, edge))
                continue;
            mark_track(router, edge, -1);
            search_path(router, edge);
            mark_track(router, edge, 1);
        }
}

void route_edges(const struct model *model, struct layout *layout, struct arena *arena, struct diags *diags) {
    (void)diags;
    if (model->edge_count == 0)
        return;
    struct router router = {.model = model, .layout = layout, .arena = arena_scratch(arena), .keep = arena};
    router.crossing = COST_CROSSING * (layout->care ? layout->care : 1);
    open_router(&router);
    struct turn *turns = arena_array(router.arena, model->edge_count, sizeof *turns);
    search_all(&router, turns, list_turns(&router, turns));
    for (size_t i = 0; i < model->edge_count; i++)
        if (model->edges[i]->from == model->edges[i]->to)
            self_loop(&router, i);
        else if (router.tracks[i].n > 1)
            make_points(&router, i);
        else
            last_resort(&router, i);
    arena_scratch_end(router.arena);
    nudge_edges(model, layout, arena);
}
