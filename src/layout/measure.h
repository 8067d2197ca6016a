/* Texts to blocks: breaking lines, and the size of every node and label. */
#ifndef AWSDIAG_LAYOUT_MEASURE_H
#define AWSDIAG_LAYOUT_MEASURE_H

#include "base/diag.h"
#include "layout/font.h"
#include "layout/layout.h"

struct fit {
    double size;
    double leading; /* 0: 1.35 times the size */
    bool bold;
    double width;  /* the widest a line should be; a word that does not fit alone is broken last of all */
    double most;   /* the widest it may be rather than tear a word; 0: no more than that */
    size_t lines;  /* the most there may be; 0: any number */
    bool balanced; /* lines of even length rather than a full first and a short last one */
};

/* Break `text` (line feeds in it are kept as breaks). Japanese by kinsoku, Latin at spaces; never inside a CIDR, an ARN, an
 * identifier or a number with its unit unless nothing else helps. */
struct block measure_text(struct arena *arena, const char *text, const struct fit *fit);

/* Sizes of all nodes and edge labels of a model; a box is as wide as its widest language. Characters the font lacks and texts
 * that were cut are reported. */
struct sizes measure_model(const struct model *model, const struct metrics *metrics, struct arena *arena,
                           struct diags *diags);

/* The label of an edge and its step badge, broken into at most so many lines of about `width`. */
struct edge_size measure_label(const struct edge *edge, const struct metrics *metrics, double width, size_t lines,
                               struct arena *arena);

#endif
