/* What the files of the PPTX writer share. Nothing else includes this. */
#ifndef AWSDIAG_WRITE_PPTX_H
#define AWSDIAG_WRITE_PPTX_H

#include "write/shapes.h"
#include "write/write.h"
#include "write/xml.h"

enum { SLIDE_WIDTH = 12192000, SLIDE_HEIGHT = 6858000 }; /* EMU, of which there are 9525 in a px of 96 an inch */

/* Icons in order of first use, of all slides. */
struct pptx_media {
    ARRAY(const struct icon *) icons;
};

/* A relation of a slide to another part or to somewhere outside; "rId" and its place in the list from 1. */
struct pptx_relation {
    const char *type; /* last part of its name */
    const char *target;
    bool outside;
};

/* What a click shows. */
struct pptx_build {
    int step;
    unsigned id; /* of the shape */
    bool shape;  /* and not a group, picture or connector */
    bool text;   /* without a ground */
};

/* A shape that lines can be tied to. The middles of the sides of an icon or frame are those every rectangle has; what ends elsewhere is tied to
 * a shape of its own with the places. */
enum pptx_target_kind { TARGET_MIDDLES, TARGET_NAME, TARGET_PLACES, TARGETS };

struct pptx_target {
    unsigned id;
    bool used;
    struct rect box;
    ARRAY(struct point) sites; /* px on the page */
    ARRAY(int) angles;         /* in which the line leaves, 60,000ths of a degree, clockwise from the right */
};

/* A line as a connector; from NULL: it is none. */
struct pptx_tie {
    const struct pptx_target *from, *to;
    size_t from_site, to_site;
};

struct pptx_slide {
    struct arena *arena; /* of the whole file */
    const struct scene *scene;
    struct shapes shapes;
    struct xml xml;
    double k, x, y; /* EMU a px; EMU of the scene's origin */
    unsigned last_id;
    struct pptx_target (*targets)[TARGETS]; /* by index of the thing */
    struct pptx_tie *ties;                  /* by index of the thing */
    ARRAY(struct pptx_relation) relations;
    ARRAY(struct pptx_build) builds;
    struct pptx_media *media; /* of the whole file */
    bool has_title;
};

/* A slide as XML, without declaration. `slide` comes with arena, scene, media and the relations that are there before. */
void pptx_slide_put(struct pptx_slide *slide, struct str *out);

/* The clicks, in order of their steps. */
void pptx_timing_put(struct pptx_slide *slide);

/* "rId7": a new relation. */
const char *pptx_relate(struct pptx_slide *slide, const char *type, const char *target, bool outside);

/* Parts that are the same in every file. */
struct pptx_part {
    const char *name, *text;
};
extern const struct pptx_part pptx_parts[];
extern const size_t pptx_part_count;

#endif
