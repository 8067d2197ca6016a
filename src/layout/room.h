/* More room where labels found none: the picture is placed again with wider margins around the ends of their lines. */
#ifndef AWSDIAG_LAYOUT_ROOM_H
#define AWSDIAG_LAYOUT_ROOM_H

#include "layout/layout.h"

struct room {
    double *beside, *above; /* by node index: margin on the left and right, and on the top and bottom, px */
    double *along;          /* by edge index: more length for its label */
    unsigned asked;         /* how often */
};

struct room room_new(const struct model *model, struct arena *arena);

/* Ask for room for every label of `layout` that is crowded; how many are. */
size_t room_ask(struct room *room, const struct model *model, const struct layout *layout);

/* The sizes with those margins, for placing; and what was placed without them again. */
struct sizes room_add(const struct room *room, const struct model *model, const struct sizes *sizes,
                      struct arena *arena);
void room_remove(const struct model *model, const struct sizes *sizes, struct placed *nodes);

#endif
