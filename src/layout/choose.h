/* The whole of layout: sizes, places, lines, labels of the best of a few candidates. */
#ifndef AWSDIAG_LAYOUT_CHOOSE_H
#define AWSDIAG_LAYOUT_CHOOSE_H

#include "layout/place.h"

/* The layout of a model, in `arena`. It is the same for all languages. `graphs`: as in place_run. */
struct layout *layout_choose(const struct model *model, const struct place_limits *limits, struct str *graphs,
                             struct arena *arena, struct diags *diags);

#endif
