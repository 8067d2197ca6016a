/* Places for edge labels and step badges, on their own line and over nothing else. */
#ifndef AWSDIAG_LAYOUT_LABEL_H
#define AWSDIAG_LAYOUT_LABEL_H

#include "layout/layout.h"

/* Fills label and badge of all edges and step_badges of all nodes. Lines must be routed. */
void label_place(const struct model *model, struct layout *layout, struct arena *arena);

#endif
