/* The carried font: the same numbers on every machine. It is a TrueType file in the program, read in place; what HarfBuzz knows about its
 * kerning and its composed characters was written into tables by the build (font_tables.h), so that nothing is loaded or parsed
 * when the program starts. A test compares widths, glyphs and outlines with HarfBuzz's.
 *
 * Nothing here allocates but in the arenas that are handed in; there is no state.
 */
#ifndef AWSDIAG_LAYOUT_FONT_H
#define AWSDIAG_LAYOUT_FONT_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/str.h"

enum weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHTS };

struct glyph {
    uint16_t id;
    uint32_t cluster; /* byte offset in the text */
    float x, y;       /* px from the start of the run on the baseline, y down; y is 0 but for marks over tall letters */
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

double font_width(enum weight weight, double size, const char *text, size_t n); /* px, with kerning */

/* Whether that is `most` at most; `*width` is it then. A text that is far too long is not measured to its end. */
bool font_fits(enum weight weight, double size, const char *text, size_t n, double most, double *width);
struct run font_shape(struct arena *arena, enum weight weight, double size, const char *text, size_t n);

/* Whether every character is a glyph of its own. Else marks stand over letters or characters are joined in a way that another program with
 * the same font may do differently. */
bool font_simple(enum weight weight, const char *text, size_t n);

/* The first character the font lacks, as code point, and where it begins; 0 when it has them all. It is drawn as the font's box. */
uint32_t font_lacks(const char *text, size_t n, size_t *offset);

/* Outline of one glyph at `size` px an em, y down, through callbacks. TrueType knows lines and quadratic curves. */
struct font_pen {
    void *to;
    void (*move)(void *to, double x, double y);
    void (*line)(void *to, double x, double y);
    void (*quad)(void *to, double cx, double cy, double x, double y);
    void (*close)(void *to);
};
void font_outline(enum weight weight, uint16_t glyph, double size, const struct font_pen *pen);

/* --- what the cutter of subsets (subset.h) needs ---------------------------------------------------------------------- */

struct font_bytes {
    const unsigned char *at;
    size_t n;
};
enum { FONT_EM = 1000 }; /* units an em; the build checks it */

/* A text as glyphs: combining marks are joined to what stands before them, characters that show nothing are passed over. */
struct font_reader {
    const char *at, *end, *start;
    enum weight weight;
    uint32_t code;    /* of the whole; 0: it has none */
    uint16_t glyph;   /* 0: the font lacks the character */
    uint32_t cluster; /* offset of its first byte */
    bool mark;        /* stands over the glyph before it and takes no room */
};
struct font_reader font_read(enum weight weight, const char *text, size_t n);
bool font_next(struct font_reader *reader); /* false at the end of the text */

unsigned font_glyph_count(enum weight weight);
uint16_t font_glyph(enum weight weight, uint32_t code);                    /* 0: the font lacks it */
struct font_bytes font_table_bytes(enum weight weight, const char tag[4]); /* at NULL: there is none */
struct font_bytes font_glyph_bytes(enum weight weight, uint16_t glyph);    /* its outline; n 0: it shows nothing */
int font_advance(enum weight weight, uint16_t glyph);                      /* units */
int font_kern(enum weight weight, uint16_t a, uint16_t b);                 /* units between two neighbours */

#endif
