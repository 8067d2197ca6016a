/* What a layout is worth, in numbers: what no picture may have, and what every picture has too much of.
 *
 * The numbers are taken from the finished layout alone, with no knowledge of how it came about, so that they can contradict it.
 */
#ifndef AWSDIAG_LAYOUT_QUALITY_H
#define AWSDIAG_LAYOUT_QUALITY_H

#include "base/diag.h"
#include "layout/layout.h"

enum measure {
    /* faults: zero in every picture worth showing */
    MEASURE_NODES_OVERLAP, /* boxes of nodes that touch each other, or stick out of their group */
    MEASURE_LINE_NODE,  /* lines through the box of a node that is not their end, or through the icon of one that is */
    MEASURE_TEXT_TEXT,  /* labels, badges and callouts that touch names, titles or each other */
    MEASURE_LINE_TEXT,  /* lines over a label, a badge, a callout or the name of a node */
    MEASURE_TEXT_FRAME, /* texts that a frame runs through */
    MEASURE_SHARED_RUN, /* pairs of lines that run on each other, except on the way from an end they share */
    MEASURE_LINE_TITLE, /* lines over the title band of a group */
    MEASURE_LOOSE_END,  /* ends of lines that do not lie on their icon or frame */
    /* prices */
    MEASURE_CROSSINGS,
    MEASURE_BENDS,
    MEASURE_JOGS,       /* runs between two bends shorter than 10 px */
    MEASURE_CLOSE_RUNS, /* pairs of lines that run beside each other with less than 8 px between them */
    MEASURE_ALONG,      /* runs less than 5 px beside the side of a frame */
    MEASURE_SHORT_ENDS, /* arrowheads less than 20 px behind a bend */
    MEASURE_UNEVEN,     /* sides of icons whose ends of lines are off the middle, or not evenly spread */
    MEASURE_NEAR_MISS,  /* lines between icons whose middles are nearly on one level or upright line, but not quite */
    MEASURE_UNEQUAL, /* neighbouring peers whose heights (in a row) or widths (in a column) are nearly equal, but not quite */
    /* properties */
    MEASURE_BENDS_PER_EDGE,
    MEASURE_DETOUR,        /* mean of: length of a line over the distance of its ends at right angles */
    MEASURE_WHITE,         /* share of the area outside boxes of leaves and titles */
    MEASURE_ASPECT,        /* width over height */
    MEASURE_SMALLEST_TEXT, /* pt, when the picture fills a slide of 13.33 x 7.5 in, but at most in its own size */
    MEASURES
};
extern const char *const measure_names[MEASURES];

/* One thing that was counted. */
struct fault {
    enum measure measure;
    struct mark mark, also;          /* of what is wrong, and of what it collides with (source NULL: nothing) */
    const char *text;                /* "the line from `a` to `b` runs through `c`" */
    const struct edge *edge, *other; /* of pairs of lines; NULL for all else */
};

struct quality {
    double value[MEASURES];
    struct fault *faults; /* by measure, then by file order */
    size_t fault_count;
    double length; /* of all lines */
    double width, height;
};

struct quality quality_measure(const struct model *model, const struct layout *layout, struct arena *arena);

/* One number for comparing candidates for the same picture; smaller is better. `aspect` 0: any. */
double quality_score(const struct quality *quality, double aspect);

/* Measures by name; MEASURES when there is none of that name. */
enum measure quality_find(const char *name);

/* An error for everything that makes `measure` greater than `most` (or smaller than `least`; NAN: no such limit). */
void quality_limit(const struct quality *quality, enum measure measure, double least, double most, const char *file,
                   struct diags *diags);

/* Stable text, a line a measure and a line a fault; or one JSON object. `file` is the name of the scenario. */
void quality_print(const struct quality *quality, const char *file, struct str *out);
void quality_print_json(const struct quality *quality, const char *file, struct str *out);

#endif
