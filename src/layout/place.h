/* Places for all nodes: runs dot in a child process and takes back nothing but numbers. The only file that knows libgvc is place.c.
 *
 * The engine aborts, loops or leaks on some inputs, so all layouts of a document run in one forked child with limits of time
 * and memory, no environment and no way to print. What comes back is verified. A group on which the child dies is placed by the
 * plain engine in a second child; when that does not help, everything is.
 */
#ifndef AWSDIAG_LAYOUT_PLACE_H
#define AWSDIAG_LAYOUT_PLACE_H

#include "base/diag.h"
#include "layout/group.h"

struct place_limits {
    double seconds; /* 0: 30 */
    size_t memory;  /* bytes; 0: 1 GiB */
    bool plain;     /* never ask dot */
};

/* One placement for every option in `options` (candidates for one picture): `out[i][node->index]`. The groups' graphs go to `graphs`
 * as DOT when it is not NULL. Trouble with the engine is reported as warnings; places are there in any case. */
void place_run(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
               const struct place_limits *limits, const struct group_options *options, size_t n, struct placed **out,
               struct str *graphs, struct arena *arena, struct diags *diags);

#endif
