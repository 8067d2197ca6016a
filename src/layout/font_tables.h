/* What the build knows about the carried font beyond its bytes. Written by tools/generate_font.c, which asks HarfBuzz, so that the
 * program need not load a shaping library to place Latin, kana and kanji. Only font.c, subset.c and the generator include this.
 */
#ifndef AWSDIAG_LAYOUT_FONT_TABLES_H
#define AWSDIAG_LAYOUT_FONT_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* A character and the next, most often a combining mark, that are one glyph. Sorted by base, then next. */
struct font_pair {
    uint16_t base;  /* glyph of what stands before: itself perhaps the glyph of a pair */
    uint16_t next;  /* code point */
    uint16_t glyph; /* that stands for both */
    uint16_t code;  /* code point of the whole; 0: it has none */
};

enum { FONT_PAGE = 128 }; /* characters a page */

struct font_table {
    const unsigned char *ttf;
    uint32_t hhea, hmtx, loca, glyf; /* where these tables begin in it; loca has offsets of four bytes */
    uint16_t long_advances;          /* rows of hmtx that hold an advance; the last one's holds for all glyphs behind */
    uint16_t glyphs;
    /* Glyph of a character of the basic plane: glyph_of[page[code / FONT_PAGE] * FONT_PAGE + code % FONT_PAGE]; 0: none. */
    const uint8_t *page;
    const uint16_t *glyph_of;
    /* Kerning by classes: kern[first[a] * columns + second[b]], in units of the font, for glyphs below `kerned`. Class 0 is the class
     * of everything that is not kerned. */
    const uint8_t *first, *second;
    const int16_t *kern;
    uint16_t kerned, columns;
    const struct font_pair *pairs;
    size_t pair_count;
};

extern const struct font_table font_tables[]; /* by weight */

#endif
