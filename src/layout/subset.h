/* A small font with the glyphs of some texts, for files that carry their font with them (SVG, PDF). Cut here and not by a library, so
 * that a picture has the same bytes whatever is installed.
 */
#ifndef AWSDIAG_LAYOUT_SUBSET_H
#define AWSDIAG_LAYOUT_SUBSET_H

#include "layout/font.h"

struct subset_character {
    uint32_t code;
    uint16_t glyph; /* of the carried font; 0: the box that stands for what it lacks */
};

struct subset {
    struct arena *arena;
    enum weight weight;
    ARRAY(uint16_t) glyphs;                    /* of the carried font, by number in the subset; the first is the box */
    ARRAY(struct subset_character) characters; /* of the texts, each once */
    ARRAY(uint32_t) kerned;                    /* neighbours in the texts that are kerned, as (a << 16 | b) */
    uint16_t *number; /* by glyph of the carried font: its number in the subset; 0: not in it */
};

struct subset *subset_new(struct arena *arena, enum weight weight);

/* The number of a glyph in the subset, into which it is taken. */
uint16_t subset_glyph(struct subset *subset, uint16_t glyph);

/* Take in all characters of one line of text, and how its neighbours are kerned. */
void subset_text(struct subset *subset, const char *text, size_t n);

/* The font as TrueType. After subset_text glyphs are numbered by code point, after subset_glyph alone as they came; use one of the two.
 * Appends to `out`; the same texts in any order give the same bytes. */
void subset_ttf(struct subset *subset, struct str *out);

/* The same as WOFF 1. 0, or -1 when zlib fails. */
int subset_woff(struct subset *subset, struct str *out);

#endif
