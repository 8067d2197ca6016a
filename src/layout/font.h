/* The carried font, through HarfBuzz: the same numbers on every machine. The only file that knows HarfBuzz is font.c.
 *
 * Faces are opened on first use and kept for the life of the process; functions here are not for several threads at once.
 */
#ifndef AWSDIAG_LAYOUT_FONT_H
#define AWSDIAG_LAYOUT_FONT_H

#include "base/mem.h"
#include "base/str.h"

enum weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHTS };

struct glyph {
    uint16_t id;
    uint32_t cluster; /* byte offset in the text */
    float x, y;       /* px from the start of the run, y down */
    float advance;    /* px */
};

struct run {
    struct glyph *glyphs;
    size_t n;
    double width; /* px */
};

/* Vertical metrics for a size of 1 px: above and below the baseline, both positive. */
struct font_metrics {
    double ascent, descent, cap_height;
};
struct font_metrics font_metrics(enum weight weight);

double font_width(enum weight weight, double size, const char *text, size_t n); /* px, shaped with kerning */
struct run font_shape(struct arena *arena, enum weight weight, double size, const char *text, size_t n);

/* The first character the font lacks, as code point; 0 when it has them all. */
uint32_t font_lacks(const char *text, size_t n);

/* Outline of one glyph at 1 px a em times `size`, y down, through callbacks. `c` is quadratic's control, or NULL for a line. */
struct font_pen {
    void *to;
    void (*move)(void *to, double x, double y);
    void (*line)(void *to, double x, double y);
    void (*quad)(void *to, double cx, double cy, double x, double y);
    void (*cubic)(void *to, double ax, double ay, double bx, double by, double x, double y);
    void (*close)(void *to);
};
void font_outline(enum weight weight, uint16_t glyph, double size, const struct font_pen *pen);

/* A WOFF1 file with the glyphs that `text` (any text, duplicates welcome) needs; bytes appended to `out`. 0, or -1 when the
 * subsetter fails. The same text gives the same bytes. */
int font_subset(enum weight weight, const char *text, size_t n, struct str *out);

#endif
