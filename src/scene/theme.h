/* Colours by role. A theme has a light and a dark value for each, so that one SVG can follow the reader's colour scheme. */
#ifndef AWSDIAG_SCENE_THEME_H
#define AWSDIAG_SCENE_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum theme_colour {
    COLOUR_PAGE, /* background */
    COLOUR_TEXT,
    COLOUR_MUTED, /* details, secondary text */
    COLOUR_LINE,  /* edges without a kind of their own */
    COLOUR_PANEL, /* ground of notes and legend */
    COLOUR_RULE,  /* thin lines of the panel */
    COLOUR_BADGE, /* ground of step badges */
    COLOUR_BADGE_TEXT,
    COLOUR_CALLOUT, /* ground of note numbers */
    COLOUR_CALLOUT_TEXT,
    COLOUR_WARN,
    COLOUR_BAD,
    COLOUR_GOOD,
    COLOUR_PLATE, /* under icons of dark lines, where the page is dark: icons are never recoloured */
    COLOURS
};
extern const char *const colour_names[COLOURS]; /* kebab-case: names users may write in `style:` */

enum paint_kind { PAINT_NONE, PAINT_ROLE, PAINT_RGB, PAINT_FIXED };

/* What a primitive is painted with: a colour of the theme, one of AWS's own, which themes may lift, or one that no theme changes, as they
 * change no icon. Writers pass all of them through theme_rgb. */
struct paint {
    enum paint_kind kind;
    enum theme_colour role; /* PAINT_ROLE */
    uint32_t rgb;           /* PAINT_RGB: 0xRRGGBB, as on a light page; PAINT_FIXED: on every page */
    double opacity;         /* 1: opaque; a tint of a group has less */
};

static inline struct paint paint_none(void) { return (struct paint){PAINT_NONE, COLOUR_PAGE, 0, 1}; }
static inline struct paint paint_role(enum theme_colour role) { return (struct paint){PAINT_ROLE, role, 0, 1}; }
static inline struct paint paint_fixed(uint32_t rgb) { return (struct paint){PAINT_FIXED, COLOUR_PAGE, rgb, 1}; }
static inline struct paint paint_rgb(uint32_t rgb) { return (struct paint){PAINT_RGB, COLOUR_PAGE, rgb, 1}; }

struct theme {
    const char *name;
    const char *about;
    uint32_t light[COLOURS], dark[COLOURS]; /* a theme with one scheme has the same in both */
    bool dark_scheme;                       /* the page is dark: AWS's colours are lifted for it */
    bool follows;                           /* both schemes in one file, by prefers-color-scheme */
    bool grey;                              /* for print: AWS's colours darkened until they read in grey */
};

extern const struct theme themes[];
extern const size_t theme_count;
const struct theme *theme_find(const char *name); /* NULL when there is none; NULL name: the first */

/* The colour on a light page and on a dark one. */
uint32_t theme_rgb(const struct theme *theme, struct paint paint, bool dark);

/* WCAG 2 contrast of two colours, 1 to 21. */
double theme_contrast(uint32_t a, uint32_t b);

#endif
