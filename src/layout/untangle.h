/* Ways in which a picture with crossings might be drawn otherwise. */
#ifndef AWSDIAG_LAYOUT_UNTANGLE_H
#define AWSDIAG_LAYOUT_UNTANGLE_H

#include "layout/quality.h"

struct variant {
    const double *keys; /* of siblings, for group_options; NULL: those the picture has */
    int care;           /* for layout: how many times as much as usual a crossing costs */
    bool long_first;    /* for layout: long lines choose their ways before short ones */
};

/* Variants that differ in the ways of the lines only: at most `most`; how many. */
size_t untangle_routings(struct variant *out, size_t most);

/* Variants of a picture whose siblings have `keys` (NULL: the order of the file), for each crossing that was measured: at most `most`. */
size_t untangle_list(const struct model *model, const struct quality *quality, const double *keys, struct arena *arena,
                     struct variant *out, size_t most);

#endif
