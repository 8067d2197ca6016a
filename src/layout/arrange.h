/* Boxes and links of one group to positions: ranks along the flow, order within a rank, coordinates across it.
 *
 * Everything here is abstract: `u` runs along the flow, `v` across it, whatever direction the picture has. Ranks and order come
 * from an engine (dot, or the plain one); coordinates are made here, because only here ports are known to the pixel.
 */
#ifndef AWSDIAG_LAYOUT_ARRANGE_H
#define AWSDIAG_LAYOUT_ARRANGE_H

#include "base/mem.h"
#include "base/str.h"

struct box {
    double u, v;   /* extent along and across the flow, px */
    double anchor; /* distance along the flow from the box's start to the line that boxes of a rank are centred on */
    double gap;    /* room it wants around itself across the flow */
    bool peer;     /* stays where the file puts it among its like */
};

/* An edge between two boxes, from the one that stands first in the file to the later one. */
struct link {
    size_t from, to;
    double port_from, port_to; /* distance across the flow from the box's start to where the line is tied */
    double room;               /* what its label needs along the flow; 0: none */
    int weight;                /* of its straightness, 1 and up */
};

struct rank_row { /* boxes that shall share a rank */
    const size_t *boxes;
    size_t n;
};

/* What an engine is given, and what it answers. Positions are centres; only their order and equality matter in `u`. */
struct ranking {
    const struct box *boxes;
    size_t n;
    const struct link *links;
    size_t link_count;
    const struct rank_row *rows;
    size_t row_count;
    const size_t *order; /* by box: its place among all when nothing else decides; NULL: boxes stand in order */
    double *u, *v;       /* answer, by box */
};

/* 0, or -1 when the engine failed; what it leaves in u and v is then ignored. */
struct engine {
    int (*rank)(void *self, const struct ranking *ranking, struct arena *arena);
    void *self;
    bool always; /* asked even where the plain engine leaves no crossing, for those who want to see its graphs */
};
extern const struct engine engine_plain;

struct arrange_gaps {
    double node, rank, lane;
    double fold; /* what reaches farther along the flow is folded; 0: nothing is */
    bool tight;  /* rather short than straight */
};

/* Starts of all boxes, and the extent of all. */
struct arrangement {
    double *u, *v;
    double extent_u, extent_v;
    size_t crossings; /* of links, as far as their order says */
    bool *flipped;    /* by box: stands in a row that runs backwards; NULL: none does */
};

/* The plain engine, and `engine` where that leaves crossings. False when `engine` failed or answered nonsense. */
bool arrange_run(const struct ranking *ranking, const struct engine *engine, const struct arrange_gaps *gaps,
                 struct arena *arena, struct arrangement *out);

/* fold.c: break an arrangement that is longer than gaps->fold into rows, which run to and fro. It stays as it is where that would tear
 * apart too many links. `rank`: of every box, below `ranks`. */
void fold_arrangement(const struct ranking *ranking, const size_t *rank, size_t ranks, const struct arrange_gaps *gaps,
                      struct arena *arena, struct arrangement *out);

#endif
