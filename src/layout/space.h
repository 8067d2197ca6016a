/* Which rectangles are near a place: cells of equal size, each with the list of what lies in it.
 *
 * Things are numbered in the order they were added, and answers come in an order that depends on nothing else. A thing is entered
 * in every cell it touches, so what is large and hollow (frames) is better entered as its sides.
 */
#ifndef AWSDIAG_LAYOUT_SPACE_H
#define AWSDIAG_LAYOUT_SPACE_H

#include "layout/layout.h"

struct space {
    struct arena *arena;
    struct rect bounds;
    double cell;
    size_t nx, ny;
    struct space_entry **cells; /* newest first */
    struct rect *things;
    unsigned *seen; /* by thing: the question it last answered */
    size_t n, cap, seen_cap;
    unsigned question;
    size_t *found; /* the last answer */
    size_t found_cap;
};

/* For about `expected` things within `bounds`; what lies outside is found too, only slower. */
struct space space_new(struct rect bounds, size_t expected, struct arena *arena);

size_t space_add(struct space *space, struct rect thing); /* its number, from 0 */
void space_add_frame(struct space *space,
                     struct rect frame); /* four things: left, top, right, bottom side, without thickness */

/* Numbers of all things that come nearer than `gap` to `place` (0: that overlap it), smallest first. The answer is the space's
 * until the next question. */
size_t space_find(struct space *space, struct rect place, double gap, const size_t **found);

#endif
