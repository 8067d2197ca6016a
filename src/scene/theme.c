#include "scene/theme.h"

#include <math.h>
#include <string.h>

const char *const colour_names[COLOURS] = {"page",       "text",    "muted",        "line", "panel", "rule", "badge",
                                           "badge-text", "callout", "callout-text", "warn", "bad",   "good", "plate"};

#define LIGHT                                                                                                          \
    {                                                                                                                  \
        0xFFFFFF, 0x16191F, 0x4A5361, 0x414D5C, 0xF6F7F9, 0xD5DBE1, 0x000000, 0xFFFFFF, 0x0B5CAD, 0xFFFFFF, 0x8A4B00,  \
            0xB8121B, 0x1A6E31, 0xFFFFFF                                                                               \
    }
#define DARK                                                                                                           \
    {                                                                                                                  \
        0x11161D, 0xF2F4F7, 0xB3BDC9, 0xC3CCD6, 0x1B222C, 0x3A4553, 0xF2F4F7, 0x11161D, 0x7DB8F5, 0x0B1118, 0xFFB454,  \
            0xFF8A85, 0x79D18D, 0xF2F4F7                                                                               \
    }
#define PRINT                                                                                                          \
    {                                                                                                                  \
        0xFFFFFF, 0x000000, 0x333333, 0x000000, 0xFFFFFF, 0x999999, 0x000000, 0xFFFFFF, 0x333333, 0xFFFFFF, 0x000000,  \
            0x000000, 0x000000, 0xFFFFFF                                                                               \
    }

const struct theme themes[] = {
    {.name = "light", .about = "For white pages", .light = LIGHT, .dark = LIGHT},
    {.name = "dark", .about = "For dark pages", .light = DARK, .dark = DARK, .dark_scheme = true},
    {.name = "auto",
     .about = "Follows the reader's colour scheme (SVG)",
     .light = LIGHT,
     .dark = DARK,
     .follows = true},
    {.name = "print", .about = "Readable in grey", .light = PRINT, .dark = PRINT, .grey = true},
};
const size_t theme_count = sizeof themes / sizeof *themes;

const struct theme *theme_find(const char *name) {
    for (size_t i = 0; name && i < theme_count; i++)
        if (strcmp(themes[i].name, name) == 0)
            return &themes[i];
    return name ? NULL : &themes[0];
}

/* --- contrast ------------------------------------------------------------------------------------------------------- */

static double linear(unsigned channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb) {
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
}

double theme_contrast(uint32_t a, uint32_t b) {
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static uint32_t mix(uint32_t a, uint32_t b, double part) {
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double x = a >> shift & 255, y = b >> shift & 255;
        out |= (uint32_t)lround(x + (y - x) * part) << shift;
    }
    return out;
}

/* Move a colour towards `goal` until it stands out from `ground`. */
static uint32_t lift(uint32_t rgb, uint32_t goal, uint32_t ground, double contrast) {
    for (int i = 0; i <= 20; i++) {
        uint32_t moved = mix(rgb, goal, i / 20.0);
        if (theme_contrast(moved, ground) >= contrast)
            return moved;
    }
    return goal;
}

uint32_t theme_rgb(const struct theme *theme, struct paint paint, bool dark) {
    bool night = theme->dark_scheme || (theme->follows && dark);
    if (paint.kind == PAINT_ROLE)
        return (dark ? theme->dark : theme->light)[paint.role];
    if (paint.kind == PAINT_FIXED)
        return paint.rgb;
    if (theme->grey)
        return lift(paint.rgb, 0x000000, 0xFFFFFF, 4.5);
    if (night)
        return lift(paint.rgb, 0xFFFFFF, theme->dark[COLOUR_PAGE], 4.5);
    return paint.rgb;
}
