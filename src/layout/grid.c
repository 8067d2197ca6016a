#include "layout/grid.h"

#include <math.h>
#include <stdlib.h>

enum {
    NEAR = 5,
    ALONG = 4
}; /* lines nearer than NEAR to another are left out; nearer than ALONG to a frame run along it */

struct lines {
    int *at;
    bool *kept; /* through an end of an edge: never left out */
    size_t n, cap;
};

static void add_line(struct arena *arena, struct lines *lines, double at, bool kept) {
    size_t cap = lines->cap;
    lines->at = arena_grow(arena, lines->at, &lines->cap, lines->n + 1, sizeof *lines->at);
    lines->kept = arena_grow(arena, lines->kept, &cap, lines->n + 1, sizeof *lines->kept);
    lines->at[lines->n] = (int)lround(at);
    lines->kept[lines->n++] = kept;
}

struct sortable {
    int at;
    bool kept;
};

static int by_place(const void *a, const void *b) {
    const struct sortable *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (int)y->kept - (int)x->kept;
}

/* Sorted, without doubles, and without lines that are nearly the same as one that must stay. */
static int *tidy(struct arena *arena, const struct lines *lines, size_t *n) {
    struct sortable *sorted = arena_array(arena, lines->n, sizeof *sorted);
    for (size_t i = 0; i < lines->n; i++)
        sorted[i] = (struct sortable){lines->at[i], lines->kept[i]};
    qsort(sorted, lines->n, sizeof *sorted, by_place);
    int *out = arena_array(arena, lines->n, sizeof *out);
    bool *kept = arena_array(arena, lines->n, sizeof *kept);
    *n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        if (*n && sorted[i].at == out[*n - 1])
            continue;
        bool close = *n && sorted[i].at - out[*n - 1] < NEAR;
        if (close && !sorted[i].kept)
            continue;
        if (close && !kept[*n - 1])
            --*n;
        out[*n] = sorted[i].at;
        kept[(*n)++] = sorted[i].kept;
    }
    return out;
}

static bool meets(struct rect r, struct rect window) { return rect_overlap(r, window, 2 * GRID_FRAME); }

/* Lines beside everything, and one in the middle of what lies between, are all a shortest path with few bends needs. */
static void collect(const struct model *model, const struct layout *layout, struct rect window, struct lines *xs,
                    struct lines *ys, struct arena *arena) {
    for (size_t i = 0; i < model->node_count; i++) {
        const struct placed *placed = &layout->nodes[i];
        if (!meets(placed->box, window))
            continue;
        struct rect box = placed->box;
        if (model->nodes[i]->group) {
            for (int side = -1; side <= 1; side += 2) {
                add_line(arena, xs, box.x + side * GRID_FRAME, false);
                add_line(arena, xs, rect_right(box) + side * GRID_FRAME, false);
                add_line(arena, ys, rect_bottom(box) + side * GRID_FRAME, false);
            }
            add_line(arena, ys, box.y - GRID_FRAME, false);
            add_line(arena, ys, rect_bottom(placed->title) + GRID_CLEAR, false);
            add_line(arena, xs, rect_right(placed->title) + GRID_CLEAR, false);
        } else {
            add_line(arena, xs, box.x - GRID_CLEAR, false);
            add_line(arena, xs, rect_right(box) + GRID_CLEAR, false);
            add_line(arena, ys, box.y - GRID_CLEAR, false);
            add_line(arena, ys, rect_bottom(box) + GRID_CLEAR, false);
        }
    }
}

/* First line at or behind `at`. */
static size_t from_line(const int *lines, size_t n, double at) {
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (lines[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

size_t grid_line(const int *lines, size_t n, int at) {
    size_t i = from_line(lines, n, at);
    if (i == n || (i > 0 && at - lines[i - 1] < lines[i] - at))
        i--;
    return i;
}

/* All steps that run through the inside of `r`: to the right between rows, downwards between columns. */
static void mark_rect(struct grid *grid, struct rect r, void (*mark)(struct passage *passage, int32_t value),
                      int32_t value) {
    size_t x0 = from_line(grid->x, grid->nx, r.x), x1 = from_line(grid->x, grid->nx, rect_right(r));
    size_t y0 = from_line(grid->y, grid->ny, r.y), y1 = from_line(grid->y, grid->ny, rect_bottom(r));
    for (size_t iy = y0; iy < grid->ny && grid->y[iy] < rect_bottom(r); iy++)
        if (grid->y[iy] > r.y)
            for (size_t ix = x0 ? x0 - 1 : 0; ix < x1 && ix + 1 < grid->nx; ix++)
                if (grid->x[ix + 1] > r.x)
                    mark(&grid->right[grid_at(grid, ix, iy)], value);
    for (size_t iy = y0 ? y0 - 1 : 0; iy < y1 && iy + 1 < grid->ny; iy++)
        if (grid->y[iy + 1] > r.y)
            for (size_t ix = x0; ix < grid->nx && grid->x[ix] < rect_right(r); ix++)
                if (grid->x[ix] > r.x)
                    mark(&grid->down[grid_at(grid, ix, iy)], value);
}

static void mark_leaf(struct passage *passage, int32_t value) {
    passage->leaf = passage->leaf == 0 || passage->leaf == value ? value : -1;
}

static void mark_title(struct passage *passage, int32_t value) { passage->title = value; }

static struct rect inflate(struct rect r, double by) {
    return (struct rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

static void mark_group(struct grid *grid, struct rect r, int32_t value) {
    for (size_t iy = from_line(grid->y, grid->ny, r.y); iy < grid->ny && grid->y[iy] <= rect_bottom(r); iy++)
        for (size_t ix = from_line(grid->x, grid->nx, r.x); ix < grid->nx && grid->x[ix] <= rect_right(r); ix++)
            grid->group[grid_at(grid, ix, iy)] = value;
}

/* Steps on a line that a side of the frame lies within ALONG of. */
static void mark_along(struct grid *grid, struct rect r) {
    size_t y0 = from_line(grid->y, grid->ny, r.y), x0 = from_line(grid->x, grid->nx, r.x);
    for (size_t ix = 0; ix < grid->nx; ix++)
        if (fabs(grid->x[ix] - r.x) < ALONG || fabs(grid->x[ix] - rect_right(r)) < ALONG)
            for (size_t iy = y0; iy < grid->ny && grid->y[iy] < rect_bottom(r); iy++)
                grid->down[grid_at(grid, ix, iy)].along = true;
    for (size_t iy = 0; iy < grid->ny; iy++)
        if (fabs(grid->y[iy] - r.y) < ALONG || fabs(grid->y[iy] - rect_bottom(r)) < ALONG)
            for (size_t ix = x0; ix < grid->nx && grid->x[ix] < rect_right(r); ix++)
                grid->right[grid_at(grid, ix, iy)].along = true;
}

struct grid grid_build(const struct model *model, const struct layout *layout, struct rect window, const int *extra_x,
                       size_t extra_x_count, const int *extra_y, size_t extra_y_count, struct arena *arena) {
    struct lines xs = {0}, ys = {0};
    collect(model, layout, window, &xs, &ys, arena);
    for (size_t i = 0; i < extra_x_count; i++)
        add_line(arena, &xs, extra_x[i], true);
    for (size_t i = 0; i < extra_y_count; i++)
        add_line(arena, &ys, extra_y[i], true);
    struct grid grid = {0};
    grid.x = tidy(arena, &xs, &grid.nx);
    grid.y = tidy(arena, &ys, &grid.ny);
    size_t n = grid.nx * grid.ny;
    grid.right = arena_array(arena, n, sizeof *grid.right);
    grid.down = arena_array(arena, n, sizeof *grid.down);
    grid.group = arena_array(arena, n, sizeof *grid.group);
    grid.across = arena_array(arena, n, 1);
    grid.upright = arena_array(arena, n, 1);
    grid.bends = arena_array(arena, n, 1);
    for (size_t i = 0; i < model->node_count; i++) {
        const struct placed *placed = &layout->nodes[i];
        if (!meets(placed->box, window))
            continue;
        int32_t value = (int32_t)i + 1;
        if (model->nodes[i]->group) {
            mark_group(&grid, placed->box, value);
            mark_rect(&grid, inflate(placed->title, 2), mark_title, value);
            mark_along(&grid, placed->box);
        } else {
            mark_rect(&grid, inflate(placed->box, GRID_CLEAR / 2), mark_leaf, value);
        }
    }
    return grid;
}
