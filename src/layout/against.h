/* How far nodes stand from where they stood in an earlier picture of the same scenario: a small edit should move little. */
#ifndef AWSDIAG_LAYOUT_AGAINST_H
#define AWSDIAG_LAYOUT_AGAINST_H

#include "layout/layout.h"

struct against {
    size_t kept, gone;           /* nodes (not groups) of the earlier picture that are still there, and that are not */
    size_t fresh;                /* nodes that were not there before */
    size_t moved;                /* kept ones that moved by more than a pixel against the others */
    double mean, most;           /* px, of all kept ones */
    const struct node *farthest; /* NULL: none moved */
    struct point shift;          /* what all have in common, which does not count */
};

/* `svg`: bytes of the earlier picture, as written by this program; whatever else it holds is not looked at. */
struct against against_measure(const struct model *model, const struct layout *layout, const char *svg, size_t n,
                               struct arena *arena);

void against_print(const struct against *against, const char *file, struct str *out);
void against_print_json(const struct against *against, const char *file, struct str *out);

#endif
