#include "layout/grid.h"

#include <math.h>
#include <stdlib.h>

#include "layout/overlay.h"
#include "layout/space.h"

enum { OUTSIDE = 48, ALONG = 5, TITLE_CLEAR = 4, FIRST_LOOK = 240, LEAST_GAP = 16, MOST_GAP = 400 };

enum { MOST_NODES = 600 }; /* of a picture whose gaps have lines of their own: in greater ones nobody sees the middle */

/* A straight piece of the grid. */
struct ray {
    int at; /* across it */
    int lo, hi;
    int32_t first, last; /* upright ones: their vertices so far */
};

struct rays {
    struct ray *at;
    size_t n, cap;
};

/* Things that end rays; the sides of frames in the order of `enum heading`: what a ray in that direction meets first. */
struct blocker {
    const struct node *node;
    enum { BLOCK_LEAF, BLOCK_TITLE, BLOCK_SIDE } what;
    enum heading side; /* entering the group with this heading crosses it */
};

struct builder {
    const struct model *model;
    const struct layout *layout;
    struct arena *arena;
    struct grid *grid;
    struct rays flat, upright;
    struct space space;
    struct blocker *blockers;
    size_t blocker_count, blocker_cap;
    struct rect bounds;
    const struct node **outermost; /* by node: the group that some edge of it does not leave; NULL: it has no edge */
    const struct node *
        *crossed; /* by node: the group that edges from within do not leave; itself when none leaves it */
};

/* Where a ray starts, and what it may do. */
struct origin {
    int x, y;
    const struct node *home;  /* innermost group it belongs to */
    const struct node *limit; /* group whose frame it does not leave */
    const struct node *own;   /* leaf whose box does not stop it */
};

/* --- blockers ---------------------------------------------------------------------------------------------------------------- */

static struct rect inflate(struct rect r, double by) {
    return (struct rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

static void add_blocker(struct builder *builder, struct rect rect, struct blocker blocker) {
    size_t i = builder->blocker_count++;
    builder->blockers = arena_grow(builder->arena, builder->blockers, &builder->blocker_cap, i + 1,
                                   sizeof *builder->blockers);
    builder->blockers[i] = blocker;
    space_add(&builder->space, rect);
}

static void list_blockers(struct builder *builder) {
    for (size_t i = 0; i < builder->model->node_count; i++) {
        const struct node *node = builder->model->nodes[i];
        struct rect r = builder->layout->nodes[i].box;
        if (!node->group) {
            add_blocker(builder, inflate(r, GRID_CLEAR - 0.5), (struct blocker){node, BLOCK_LEAF, HEADING_RIGHT});
            continue;
        }
        struct rect title =
            builder->layout->nodes[i].title; /* in the corner of the frame, which keeps lines off on two sides */
        title.w = fmin(title.w + TITLE_CLEAR - 0.5, rect_right(r) - title.x);
        title.h = fmin(title.h + TITLE_CLEAR - 0.5, rect_bottom(r) - title.y);
        add_blocker(builder, title, (struct blocker){node, BLOCK_TITLE, HEADING_RIGHT});
        add_blocker(builder, (struct rect){r.x, r.y, 0, r.h}, (struct blocker){node, BLOCK_SIDE, HEADING_RIGHT});
        add_blocker(builder, (struct rect){r.x, r.y, r.w, 0}, (struct blocker){node, BLOCK_SIDE, HEADING_DOWN});
        add_blocker(builder, (struct rect){rect_right(r), r.y, 0, r.h},
                    (struct blocker){node, BLOCK_SIDE, HEADING_LEFT});
        add_blocker(builder, (struct rect){r.x, rect_bottom(r), r.w, 0},
                    (struct blocker){node, BLOCK_SIDE, HEADING_UP});
    }
}

/* Titles of overlays keep lines off like those of groups; their frames are there to be crossed. */
static void list_overlay_blockers(struct builder *builder) {
    const struct layout *layout = builder->layout;
    for (size_t i = 0; i < builder->model->overlay_count; i++)
        for (size_t k = 0; k < layout->overlays[i].n; k++)
            add_blocker(builder,
                        overlay_title(&layout->sizes, builder->model->overlays[i], layout->overlays[i].frames[k]),
                        (struct blocker){NULL, BLOCK_TITLE, HEADING_RIGHT});
}

static bool stops(const struct blocker *blocker, const struct origin *origin, enum heading heading) {
    if (blocker->what == BLOCK_LEAF)
        return blocker->node != origin->own;
    if (blocker->what == BLOCK_TITLE)
        return true;
    if (blocker->side == heading)
        return !model_within(origin->home, blocker->node);
    return blocker->node == origin->limit;
}

/* Where a ray from `origin` is stopped. */
static double stop_of(struct builder *builder, const struct origin *origin, enum heading heading) {
    bool flat = heading == HEADING_RIGHT || heading == HEADING_LEFT,
         up = heading == HEADING_RIGHT || heading == HEADING_DOWN;
    struct rect bounds = builder->bounds;
    double from = flat ? origin->x : origin->y;
    double end = flat ? (up ? rect_right(bounds) : bounds.x) : (up ? rect_bottom(bounds) : bounds.y);
    for (double step = FIRST_LOOK;; step *= 2) {
        double to = up ? fmin(from + step, end) : fmax(from - step, end), nearest = to, lo = fmin(from, to),
               length = fabs(to - from);
        struct rect look = flat ? (struct rect){lo, origin->y, length, 0} : (struct rect){origin->x, lo, 0, length};
        const size_t *found;
        for (size_t n = space_find(&builder->space, look, 0.01, &found), i = 0; i < n; i++) {
            struct rect r = builder->space.things[found[i]];
            double a0 = flat ? r.y : r.x, a1 = flat ? rect_bottom(r) : rect_right(r), a = flat ? origin->y : origin->x;
            if (a <= a0 || a >= a1 || !stops(&builder->blockers[found[i]], origin, heading))
                continue;
            double b0 = flat ? r.x : r.y, b1 = flat ? rect_right(r) : rect_bottom(r);
            if (up ? b1 <= from : b0 >= from)
                continue; /* behind */
            double hit = flat ? (up ? r.x : rect_right(r)) : (up ? r.y : rect_bottom(r));
            nearest = up ? fmin(nearest, fmax(hit, from)) : fmax(nearest, fmin(hit, from));
        }
        if (up ? nearest < to || to >= end : nearest > to || to <= end)
            return nearest;
        from = to;
    }
}

/* How far it gets on whole px. */
static int reach(struct builder *builder, const struct origin *origin, enum heading heading) {
    double stop = stop_of(builder, origin, heading);
    return (int)(heading == HEADING_RIGHT || heading == HEADING_DOWN ? floor(stop) : ceil(stop));
}

/* --- rays ---------------------------------------------------------------------------------------------------------------------- */

static void add_ray(struct builder *builder, struct rays *rays, int at, int lo, int hi) {
    if (lo >= hi)
        return;
    rays->at = arena_grow(builder->arena, rays->at, &rays->cap, rays->n + 1, sizeof *rays->at);
    rays->at[rays->n++] = (struct ray){at, lo, hi, -1, -1};
}

static void cast_flat(struct builder *builder, struct origin origin) {
    int lo = reach(builder, &origin, HEADING_LEFT), hi = reach(builder, &origin, HEADING_RIGHT);
    add_ray(builder, &builder->flat, origin.y, lo, hi);
}

static void cast_upright(struct builder *builder, struct origin origin) {
    int lo = reach(builder, &origin, HEADING_UP), hi = reach(builder, &origin, HEADING_DOWN);
    add_ray(builder, &builder->upright, origin.x, lo, hi);
}

/* Lines on all four sides of a box, from its corners, as far as the frame that holds its group. */
static void cast_round(struct builder *builder, struct rect box, int off, const struct node *home) {
    int x0 = (int)floor(box.x) - off, x1 = (int)ceil(rect_right(box)) + off;
    int y0 = (int)floor(box.y) - off, y1 = (int)ceil(rect_bottom(box)) + off;
    const struct node *limit = home->parent;
    for (int corner = 0; corner < 4; corner++) {
        struct origin origin = {corner % 2 ? x1 : x0, corner / 2 ? y1 : y0, home, limit, NULL};
        cast_flat(builder, origin);
        cast_upright(builder, origin);
    }
}

/* A line through the middle of the gap beside every side of a child, up to its neighbour or the frame around both; it leaves the frames
 * that edges from within have to cross. */
static void cast_gaps(struct builder *builder, const struct node *node) {
    struct rect box = builder->layout->nodes[node->index].box;
    const struct node *home = node->parent;
    const struct node *limit = home == builder->model->root ? home : builder->crossed[home->index];
    double off = node->group ? 0 : GRID_CLEAR - 0.5;
    struct point centre = rect_centre(box);
    for (int heading = 0; heading < HEADINGS; heading++) {
        bool flat = heading == HEADING_RIGHT || heading == HEADING_LEFT;
        double side = heading == HEADING_RIGHT  ? rect_right(box) + off
                      : heading == HEADING_LEFT ? box.x - off
                      : heading == HEADING_DOWN ? rect_bottom(box) + off
                                                : box.y - off;
        struct origin origin = {(int)(flat ? side : centre.x), (int)(flat ? centre.y : side), home, home,
                                node->group ? NULL : node};
        double stop = stop_of(builder, &origin, (enum heading)heading), at = floor((side + stop) / 2);
        if (fabs(stop - side) < LEAST_GAP || fabs(stop - side) > MOST_GAP)
            continue;
        if (flat)
            cast_upright(builder, (struct origin){(int)at, (int)centre.y, home, limit, NULL});
        else
            cast_flat(builder, (struct origin){(int)centre.x, (int)at, home, limit, NULL});
    }
}

static struct point middle(const struct builder *builder, const struct node *node) {
    const struct placed *placed = &builder->layout->nodes[node->index];
    struct point centre = rect_centre(node->group ? placed->box : placed->icon);
    return (struct point){round(centre.x), round(centre.y)};
}

/* Where lines can end at a frame: its sides as lines, and lines to the middle of each. */
static void cast_frame(struct builder *builder, const struct node *group) {
    struct rect r = builder->layout->nodes[group->index].box;
    int x0 = (int)r.x, x1 = (int)rect_right(r), y0 = (int)r.y, y1 = (int)rect_bottom(r);
    struct point at = middle(builder, group);
    const struct node *home = group->parent, *limit = builder->outermost[group->index];
    add_ray(builder, &builder->flat, y0, x0, x1);
    add_ray(builder, &builder->flat, y1, x0, x1);
    add_ray(builder, &builder->upright, x0, y0, y1);
    add_ray(builder, &builder->upright, x1, y0, y1);
    struct origin left = {x0, (int)at.y, home, limit, NULL}, right = {x1, (int)at.y, home, limit, NULL};
    struct origin top = {(int)at.x, y0, home, limit, NULL}, bottom = {(int)at.x, y1, home, limit, NULL};
    add_ray(builder, &builder->flat, left.y, reach(builder, &left, HEADING_LEFT), x0);
    add_ray(builder, &builder->flat, right.y, x1, reach(builder, &right, HEADING_RIGHT));
    add_ray(builder, &builder->upright, top.x, reach(builder, &top, HEADING_UP), y0);
    add_ray(builder, &builder->upright, bottom.x, y1, reach(builder, &bottom, HEADING_DOWN));
}

/* The straight way between two groups that face each other: in the middle of what they have in common. */
static void cast_between(struct builder *builder, const struct edge *edge) {
    if (!edge->from->group || !edge->to->group || model_within(edge->from, edge->to) ||
        model_within(edge->to, edge->from))
        return;
    struct rect a = builder->layout->nodes[edge->from->index].box, b = builder->layout->nodes[edge->to->index].box;
    double x0 = fmax(a.x, b.x), x1 = fmin(rect_right(a), rect_right(b)), y0 = fmax(a.y, b.y),
           y1 = fmin(rect_bottom(a), rect_bottom(b));
    const struct node *home = model_common((struct node *)(size_t)edge->from, (struct node *)(size_t)edge->to);
    if (x1 - x0 > 24)
        cast_upright(builder, (struct origin){(int)((x0 + x1) / 2), (int)((y0 + y1) / 2), home, home, NULL});
    if (y1 - y0 > 24)
        cast_flat(builder, (struct origin){(int)((x0 + x1) / 2), (int)((y0 + y1) / 2), home, home, NULL});
}

static void cast_all(struct builder *builder) {
    for (size_t i = 0; i < builder->model->node_count; i++) {
        const struct node *node = builder->model->nodes[i], *outermost = builder->outermost[i];
        cast_round(builder, builder->layout->nodes[i].box, node->group ? GRID_FRAME : GRID_CLEAR, node->parent);
        if (builder->model->node_count <= MOST_NODES)
            cast_gaps(builder, node);
        if (!outermost)
            continue;
        if (node->group) {
            cast_frame(builder, node);
            continue;
        }
        struct point at = middle(builder, node);
        struct origin origin = {(int)at.x, (int)at.y, node->parent, outermost, node};
        cast_flat(builder, origin);
        cast_upright(builder, origin);
    }
    for (size_t i = 0; i < builder->model->edge_count; i++)
        cast_between(builder, builder->model->edges[i]);
}

static int by_place(const void *a, const void *b) {
    const struct ray *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->lo != y->lo)
        return x->lo < y->lo ? -1 : 1;
    return (x->hi > y->hi) - (x->hi < y->hi);
}

/* In order, and those on one line that touch as one. */
static void tidy(struct rays *rays) {
    size_t kept = 0;
    if (rays->n)
        qsort(rays->at, rays->n, sizeof *rays->at, by_place);
    for (size_t i = 0; i < rays->n; i++) {
        struct ray *last = kept ? &rays->at[kept - 1] : NULL;
        if (last && last->at == rays->at[i].at && rays->at[i].lo <= last->hi)
            last->hi = rays->at[i].hi > last->hi ? rays->at[i].hi : last->hi;
        else
            rays->at[kept++] = rays->at[i];
    }
    rays->n = kept;
}

/* --- vertices -------------------------------------------------------------------------------------------------------------------- */

/* First ray at or behind `at`. */
static size_t first_ray(const struct rays *rays, int at) {
    size_t lo = 0, hi = rays->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (rays->at[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The next of the columns, from number `k` on, that crosses a row; their count when there is none. */
static size_t next_crossed(const struct rays *columns, const struct ray *row, size_t k) {
    for (; k < columns->n && columns->at[k].at <= row->hi; k++)
        if (columns->at[k].lo <= row->at && row->at <= columns->at[k].hi)
            return k;
    return columns->n;
}

static size_t first_crossed(const struct rays *columns, const struct ray *row) {
    return next_crossed(columns, row, first_ray(columns, row->lo));
}

static size_t count_crossings(const struct builder *builder) {
    const struct rays *columns = &builder->upright;
    size_t n = 0;
    for (size_t i = 0; i < builder->flat.n; i++) {
        const struct ray *row = &builder->flat.at[i];
        for (size_t k = first_crossed(columns, row); k < columns->n; k = next_crossed(columns, row, k + 1))
            n++;
    }
    return n;
}

static void add_vertex(struct grid *grid, struct ray *column, int x, int y, int32_t before) {
    int32_t vertex = (int32_t)grid->n++, above = column->last;
    grid->x[vertex] = x, grid->y[vertex] = y;
    grid->next[vertex][HEADING_RIGHT] = grid->next[vertex][HEADING_DOWN] = -1;
    grid->next[vertex][HEADING_LEFT] = before, grid->next[vertex][HEADING_UP] = above;
    if (before >= 0)
        grid->next[before][HEADING_RIGHT] = vertex;
    if (above >= 0)
        grid->next[above][HEADING_DOWN] = vertex;
    else
        column->first = vertex;
    column->last = vertex;
}

static void make_vertices(struct builder *builder) {
    struct grid *grid = builder->grid;
    const struct rays *columns = &builder->upright;
    grid->rows = arena_array(builder->arena, builder->flat.n, sizeof *grid->rows);
    grid->row_count = builder->flat.n;
    for (size_t i = 0; i < builder->flat.n; i++) {
        const struct ray *ray = &builder->flat.at[i];
        struct grid_row *row = &grid->rows[i];
        *row = (struct grid_row){ray->at, ray->lo, ray->hi, (int32_t)grid->n, 0};
        for (size_t k = first_crossed(columns, ray); k < columns->n; k = next_crossed(columns, ray, k + 1)) {
            struct ray *column = &columns->at[k];
            add_vertex(grid, column, column->at, ray->at, row->n ? (int32_t)grid->n - 1 : -1);
            row->n++;
        }
    }
}

static void alloc_grid(struct builder *builder) {
    struct grid *grid = builder->grid;
    size_t n = count_crossings(builder), nodes = builder->model->node_count;
    grid->x = arena_array(builder->arena, n, sizeof *grid->x),
    grid->y = arena_array(builder->arena, n, sizeof *grid->y);
    grid->next = arena_array(builder->arena, n, sizeof *grid->next);
    grid->right = arena_array(builder->arena, n, sizeof *grid->right),
    grid->down = arena_array(builder->arena, n, sizeof *grid->down);
    grid->group = arena_array(builder->arena, n, sizeof *grid->group),
    grid->frame = arena_array(builder->arena, n, sizeof *grid->frame);
    grid->across = arena_array(builder->arena, n, 1), grid->upright = arena_array(builder->arena, n, 1);
    grid->next_on_frame = arena_array(builder->arena, n, sizeof *grid->next_on_frame);
    grid->centre = arena_array(builder->arena, nodes, sizeof *grid->centre);
    grid->on_frame = arena_array(builder->arena, nodes, sizeof *grid->on_frame);
}

static size_t first_row(const struct grid *grid, double y) {
    size_t lo = 0, hi = grid->row_count;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (grid->rows[mid].y < y)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int32_t first_in_row(const struct grid *grid, const struct grid_row *row, double x) {
    int32_t lo = row->first, hi = row->first + (int32_t)row->n;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (grid->x[mid] < x)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int32_t grid_vertex(const struct grid *grid, int x, int y) {
    for (size_t i = first_row(grid, y); i < grid->row_count && grid->rows[i].y == y; i++) {
        const struct grid_row *row = &grid->rows[i];
        int32_t vertex = first_in_row(grid, row, x);
        if (vertex < row->first + (int32_t)row->n && grid->x[vertex] == x)
            return vertex;
    }
    return -1;
}

struct passage *grid_passage(const struct grid *grid, int32_t vertex, enum heading heading) {
    switch (heading) {
    case HEADING_RIGHT: return &grid->right[vertex];
    case HEADING_DOWN: return &grid->down[vertex];
    case HEADING_LEFT: return &grid->right[grid->next[vertex][HEADING_LEFT]];
    default: return &grid->down[grid->next[vertex][HEADING_UP]];
    }
}

/* --- what vertices and passages know ------------------------------------------------------------------------------------------------ */

/* Parents before children: what is written last is innermost. */
static void mark_groups(struct builder *builder) {
    struct grid *grid = builder->grid;
    for (size_t i = 0; i < builder->model->node_count; i++) {
        struct rect r = builder->layout->nodes[i].box;
        if (!builder->model->nodes[i]->group)
            continue;
        for (size_t k = first_row(grid, r.y); k < grid->row_count && grid->rows[k].y <= rect_bottom(r); k++) {
            const struct grid_row *row = &grid->rows[k];
            if (row->x1 < r.x || row->x0 > rect_right(r))
                continue;
            int32_t end = row->first + (int32_t)row->n;
            for (int32_t v = first_in_row(grid, row, r.x); v < end && grid->x[v] <= rect_right(r); v++)
                grid->group[v] = (int32_t)i + 1;
        }
    }
}

static void mark_centres(struct builder *builder) {
    struct grid *grid = builder->grid;
    for (size_t i = 0; i < builder->model->node_count; i++) {
        const struct node *node = builder->model->nodes[i];
        struct point at = middle(builder, node);
        grid->centre[i] = grid->on_frame[i] = -1;
        if (node->group || !builder->outermost[i])
            continue;
        int32_t vertex = grid->centre[i] = grid_vertex(grid, (int)at.x, (int)at.y);
        for (int heading = 0; vertex >= 0 && heading < HEADINGS; heading++)
            if (grid->next[vertex][heading] >= 0)
                grid_passage(grid, vertex, (enum heading)heading)->leaf = (int32_t)i + 1;
    }
}

static void join_frame(struct grid *grid, int32_t vertex, size_t group) {
    if (grid->frame[vertex])
        return;
    grid->frame[vertex] = (int32_t)group + 1;
    grid->next_on_frame[vertex] = grid->on_frame[group];
    grid->on_frame[group] = vertex;
}

/* Vertices of one side of a frame, which lines may cross and end at, but not follow. */
static void mark_side(struct grid *grid, int x, int y, int x1, int y1, size_t group) {
    int32_t vertex = grid_vertex(grid, x, y);
    enum heading on = x == x1 ? HEADING_DOWN : HEADING_RIGHT;
    for (; vertex >= 0 && grid->x[vertex] <= x1 && grid->y[vertex] <= y1; vertex = grid->next[vertex][on]) {
        join_frame(grid, vertex, group);
        if ((on == HEADING_RIGHT ? grid->x[vertex] < x1 : grid->y[vertex] < y1) && grid->next[vertex][on] >= 0)
            grid_passage(grid, vertex, on)->leaf = -1;
    }
}

static void mark_frames(struct builder *builder) {
    struct grid *grid = builder->grid;
    for (size_t i = 0; i < builder->model->node_count; i++) {
        if (!builder->model->nodes[i]->group || !builder->outermost[i])
            continue;
        struct rect r = builder->layout->nodes[i].box;
        int x0 = (int)r.x, x1 = (int)rect_right(r), y0 = (int)r.y, y1 = (int)rect_bottom(r);
        mark_side(grid, x0, y0, x0, y1, i);
        mark_side(grid, x1, y0, x1, y1, i);
        mark_side(grid, x0, y0, x1, y0, i);
        mark_side(grid, x0, y1, x1, y1, i);
    }
}

/* Passages of a line at `at` that the side of some frame lies beside. */
static void mark_along(struct builder *builder, const struct ray *ray, int32_t first, enum heading on) {
    struct grid *grid = builder->grid;
    bool flat = on == HEADING_RIGHT;
    const size_t *found;
    struct rect look = flat ? (struct rect){ray->lo, ray->at, ray->hi - ray->lo, 0}
                            : (struct rect){ray->at, ray->lo, 0, ray->hi - ray->lo};
    for (size_t n = space_find(&builder->space, look, ALONG, &found), i = 0; i < n; i++) {
        struct rect r = builder->space.things[found[i]];
        if (builder->blockers[found[i]].what != BLOCK_SIDE || (flat ? r.h > 0 : r.w > 0))
            continue;
        double lo = flat ? r.x : r.y, hi = flat ? rect_right(r) : rect_bottom(r);
        for (int32_t v = first; v >= 0 && grid->next[v][on] >= 0; v = grid->next[v][on]) {
            int from = flat ? grid->x[v] : grid->y[v],
                to = flat ? grid->x[grid->next[v][on]] : grid->y[grid->next[v][on]];
            if (from < hi && to > lo)
                grid_passage(grid, v, on)->along = true;
        }
    }
}

static void mark_all_along(struct builder *builder) {
    for (size_t i = 0; i < builder->flat.n; i++)
        if (builder->grid->rows[i].n)
            mark_along(builder, &builder->flat.at[i], builder->grid->rows[i].first, HEADING_RIGHT);
    for (size_t i = 0; i < builder->upright.n; i++)
        mark_along(builder, &builder->upright.at[i], builder->upright.at[i].first, HEADING_DOWN);
}

/* Every group that holds `end` and not the other end is crossed. */
static void cross_groups(struct builder *builder, const struct node *end, const struct node *common) {
    for (const struct node *group = end->parent; group != common && group != builder->model->root;
         group = group->parent)
        if (model_within(builder->crossed[group->index], common))
            builder->crossed[group->index] = common;
}

/* The outermost of the groups that the edges of a node stay in. */
static void find_outermost(struct builder *builder) {
    for (size_t i = 0; i < builder->model->edge_count; i++) {
        const struct edge *edge = builder->model->edges[i];
        const struct node *common = model_common(edge->from, edge->to);
        const struct node *ends[2] = {edge->from, edge->to};
        for (int e = 0; e < 2; e++) {
            const struct node **outermost = &builder->outermost[ends[e]->index];
            if (!*outermost || model_within(*outermost, common))
                *outermost = common;
            if (!model_within(common, ends[e]))
                cross_groups(builder, ends[e], common);
        }
    }
}

struct grid grid_build(const struct model *model, const struct layout *layout, struct arena *arena) {
    struct grid grid = {0};
    struct builder builder = {.model = model, .layout = layout, .arena = arena, .grid = &grid};
    double right = 0, bottom = 0;
    for (size_t i = 0; i < model->node_count; i++) {
        right = fmax(right, rect_right(layout->nodes[i].box));
        bottom = fmax(bottom, rect_bottom(layout->nodes[i].box));
    }
    builder.bounds = (struct rect){-OUTSIDE, -OUTSIDE, right + 2 * OUTSIDE, bottom + 2 * OUTSIDE};
    builder.space = space_new(builder.bounds, model->node_count, arena);
    builder.outermost = arena_array(arena, model->node_count, sizeof *builder.outermost);
    builder.crossed = arena_array(arena, model->node_count, sizeof *builder.crossed);
    for (size_t i = 0; i < model->node_count; i++)
        builder.crossed[i] = model->nodes[i];
    find_outermost(&builder);
    list_blockers(&builder);
    list_overlay_blockers(&builder);
    cast_all(&builder);
    tidy(&builder.flat);
    tidy(&builder.upright);
    alloc_grid(&builder);
    make_vertices(&builder);
    mark_groups(&builder);
    mark_centres(&builder);
    mark_frames(&builder);
    mark_all_along(&builder);
    return grid;
}
