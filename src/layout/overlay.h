/* Frames around nodes that stand in different groups. */
#ifndef AWSDIAG_LAYOUT_OVERLAY_H
#define AWSDIAG_LAYOUT_OVERLAY_H

#include "layout/layout.h"

/* Room that a node needs around itself for the frames it is in; all 0 for most nodes. */
struct overlay_room {
    double side, top, bottom;
};

/* By node index, in `arena`; NULL when the model has no overlay. */
struct overlay_room *overlay_rooms(const struct model *model, const struct sizes *sizes, struct arena *arena);

/* The frames of all overlays around the places of their members. No frame holds a node that is not a member, unless it stands inside
 * one. `pieces`: how many frames there are beyond one each. */
struct overlaid *overlay_frames(const struct model *model, const struct sizes *sizes, const struct placed *nodes,
                                struct arena *arena, size_t *pieces);

/* True when `node` has no business in a frame of the overlay: no member, nothing inside one, and no group around one. */
bool overlay_stranger(const struct overlay *overlay, const struct node *node);

/* Where the title of an overlay stands in one of its frames. */
struct rect overlay_title(const struct sizes *sizes, const struct overlay *overlay, struct rect frame);

#endif
