/* Where a line jumps over others: flat runs rise in a small arc over the upright runs they cross, so that a crossing is not taken for a
 * junction. Near an end, an arrowhead or a corner a line stays straight, since an arc there would be taken for part of those.
 */
#include <math.h>
#include <stdlib.h>

#include "scene/compose_parts.h"

enum {
    RADIUS = 5,
    CLEAR = 5,
    BEND = 6,
    HEAD = 14
}; /* px: of the arc; to the next one; to a corner; to the end of the line */

static int by_place(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The columns, within the open interval from `lo` to `hi`, in which upright runs of other edges cross the height `y`. */
static size_t list_crossed(const struct composer *composer, const struct edge *edge, double y, double lo, double hi,
                           double *columns, size_t most) {
    size_t n = 0;
    for (size_t e = 0; e < composer->model->edge_count; e++) {
        const struct routed *other = &composer->layout->edges[e];
        for (size_t i = 0; e != edge->index && i + 1 < other->n && n < most; i++) {
            struct point p = other->points[i], q = other->points[i + 1];
            double x = p.x + composer->x, top = fmin(p.y, q.y) + composer->y, bottom = fmax(p.y, q.y) + composer->y;
            if (fabs(p.x - q.x) < 0.01 && lo < x && x < hi && top + RADIUS < y && y < bottom - RADIUS)
                columns[n++] = x;
        }
    }
    if (n)
        qsort(columns, n, sizeof *columns, by_place);
    return n;
}

size_t compose_jumps(const struct composer *composer, const struct edge *edge, const struct point *points, size_t n,
                     size_t at, struct jump *jumps) {
    struct point a = points[at], b = points[at + 1];
    double columns[MOST_JUMPS];
    if (!composer->model->line_jumps || fabs(a.y - b.y) > 0.01)
        return 0;
    double before = RADIUS + (at == 0 ? HEAD : BEND), behind = RADIUS + (at + 2 == n ? HEAD : BEND);
    bool right = b.x > a.x;
    size_t count = 0, crossed = list_crossed(composer, edge, a.y, (right ? a.x + before : b.x + behind),
                                             (right ? b.x - behind : a.x - before), columns, MOST_JUMPS);
    for (size_t i = 0; i < crossed; i++)
        if (count && columns[i] - RADIUS < jumps[count - 1].to + CLEAR)
            jumps[count - 1].to = columns[i] + RADIUS; /* one wider arc over neighbours */
        else
            jumps[count++] = (struct jump){columns[i] - RADIUS, columns[i] + RADIUS};
    for (size_t i = 0; !right && i < count / 2; i++) {
        struct jump jump = jumps[i];
        jumps[i] = jumps[count - 1 - i], jumps[count - 1 - i] = jump;
    }
    for (size_t i = 0; !right && i < count; i++)
        jumps[i] = (struct jump){jumps[i].to, jumps[i].from};
    return count;
}

struct path_step compose_jump(struct jump jump, double y) {
    double rise = y - RADIUS / 0.75; /* a curve with both controls there rises by the radius */
    return (struct path_step){PATH_CUBIC, {{jump.from, rise}, {jump.to, rise}, {jump.to, y}}};
}
