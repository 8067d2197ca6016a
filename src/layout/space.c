#include "layout/space.h"

#include <math.h>
#include <stdlib.h>

struct space_entry {
    size_t thing;
    struct space_entry *next;
};

struct space space_new(struct rect bounds, size_t expected, struct arena *arena) {
    struct space space = {.arena = arena, .bounds = bounds};
    double w = fmax(bounds.w, 1), h = fmax(bounds.h, 1);
    space.cell = fmax(32, sqrt(w * h / fmax((double)expected, 1)));
    space.nx = (size_t)(w / space.cell) + 1;
    space.ny = (size_t)(h / space.cell) + 1;
    space.cells = arena_array(arena, space.nx * space.ny, sizeof *space.cells);
    return space;
}

static size_t cell_at(double offset, double cell, size_t n) {
    if (!(offset > 0))
        return 0;
    double i = offset / cell;
    return i < (double)n ? (size_t)i : n - 1;
}

struct cells {
    size_t x0, x1, y0, y1; /* inclusive */
};

static struct cells cells_of(const struct space *space, struct rect r, double gap) {
    return (struct cells){cell_at(r.x - gap - space->bounds.x, space->cell, space->nx),
                          cell_at(rect_right(r) + gap - space->bounds.x, space->cell, space->nx),
                          cell_at(r.y - gap - space->bounds.y, space->cell, space->ny),
                          cell_at(rect_bottom(r) + gap - space->bounds.y, space->cell, space->ny)};
}

size_t space_add(struct space *space, struct rect thing) {
    size_t number = space->n++;
    space->things = arena_grow(space->arena, space->things, &space->cap, space->n, sizeof *space->things);
    space->seen = arena_grow(space->arena, space->seen, &space->seen_cap, space->n, sizeof *space->seen);
    space->things[number] = thing;
    space->seen[number] = 0;
    struct cells cells = cells_of(space, thing, 0);
    for (size_t y = cells.y0; y <= cells.y1; y++)
        for (size_t x = cells.x0; x <= cells.x1; x++) {
            struct space_entry *entry = arena_alloc(space->arena, sizeof *entry),
                               **cell = &space->cells[y * space->nx + x];
            *entry = (struct space_entry){number, *cell};
            *cell = entry;
        }
    return number;
}

void space_add_frame(struct space *space, struct rect frame) {
    space_add(space, (struct rect){frame.x, frame.y, 0, frame.h});
    space_add(space, (struct rect){frame.x, frame.y, frame.w, 0});
    space_add(space, (struct rect){rect_right(frame), frame.y, 0, frame.h});
    space_add(space, (struct rect){frame.x, rect_bottom(frame), frame.w, 0});
}

static int by_number(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

size_t space_find(struct space *space, struct rect place, double gap, const size_t **found) {
    size_t n = 0;
    struct cells cells = cells_of(space, place, gap);
    space->question++;
    for (size_t y = cells.y0; y <= cells.y1; y++)
        for (size_t x = cells.x0; x <= cells.x1; x++)
            for (const struct space_entry *entry = space->cells[y * space->nx + x]; entry; entry = entry->next) {
                size_t thing = entry->thing;
                if (space->seen[thing] == space->question)
                    continue;
                space->seen[thing] = space->question;
                if (!rect_overlap(place, space->things[thing], gap))
                    continue;
                space->found = arena_grow(space->arena, space->found, &space->found_cap, n + 1, sizeof *space->found);
                space->found[n++] = thing;
            }
    if (n > 1)
        qsort(space->found, n, sizeof *space->found, by_number);
    *found = space->found;
    return n;
}
