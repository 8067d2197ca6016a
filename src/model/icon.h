/* Icons as vectors: those of the pack that was compiled in, and users' own (read/svg_icon). Without a pack compose draws monogram
 * tiles.
 */
#ifndef AWSDIAG_MODEL_ICON_H
#define AWSDIAG_MODEL_ICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct icon_path {
    const char *d; /* SVG path data, as in the pack */
    uint32_t fill; /* 0xRRGGBB */
    bool filled;
    bool even_odd;
    uint32_t stroke;
    double stroke_width; /* 0: not stroked */
    const char *clip;    /* path data of a clip, or NULL */
    bool clip_even_odd;
};

struct icon {
    const char *name;     /* "resource/AmazonVPCCustomerGateway" */
    double width, height; /* of its canvas */
    const struct icon_path *paths;
    size_t n;
};

/* Written at build time, sorted by name. */
extern const struct icon icon_pack[];
extern const size_t icon_pack_count;
extern const char *const icon_pack_release; /* "AWS Architecture Icons, 2026-01-30"; NULL without a pack */

const struct icon *icon_find(const char *name); /* NULL when there is none; NULL name gives NULL */

/* Path data walked as absolute commands; arcs come as cubics. False when the data is not understood. */
struct icon_pen {
    void *to;
    void (*move)(void *to, double x, double y);
    void (*line)(void *to, double x, double y);
    void (*cubic)(void *to, double ax, double ay, double bx, double by, double x, double y);
    void (*close)(void *to);
};
bool icon_walk(const char *d, const struct icon_pen *pen);

#endif
