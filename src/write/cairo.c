/* PNG through cairo: paths, icons replayed as vectors, and text as glyph outlines of the carried font, so that nothing depends on the
 * fonts of the machine. The file itself is written here, as RGB without alpha.
 */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "write/embed.h"
#include "write/flat.h"
#include "write/write.h"

enum { MOST_PIXELS = 200 * 1000 * 1000, MOST_SIDE = 32000 };

struct painter {
    struct device device;
    const struct scene *scene;
    struct arena *arena;
    cairo_t *cr;
    bool ground;
    double top, bottom; /* px of the scene that the present band shows */
};

/* Nothing between these heights is in the band; strokes and accents reach out a little. */
static bool outside(const struct painter *painter, double top, double bottom) {
    enum { REACH = 8 };
    return bottom + REACH < painter->top || top - REACH > painter->bottom;
}

static void set_paint(struct painter *painter, struct paint paint) {
    uint32_t rgb = theme_rgb(painter->scene->theme, paint, false);
    cairo_set_source_rgba(painter->cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0,
                          paint.opacity);
}

static void set_rgb(cairo_t *cr, uint32_t rgb) {
    cairo_set_source_rgb(cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void set_dash(cairo_t *cr, enum dash dash, double phase) {
    cairo_set_dash(cr, scene_dashes[dash], dash == DASH_SOLID ? 0 : 2, phase);
}

/* The page is painted whole before all else. */
static int note_ground(struct device *device, const struct object *object) {
    ((struct painter *)device)->ground = object->kind == OBJECT_BACKGROUND;
    return 0;
}

static int paint_path(struct device *device, const struct path *path) {
    struct painter *painter = (struct painter *)device;
    cairo_t *cr = painter->cr;
    double top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < path->n; i++)
        for (int k = 0; k < (path->steps[i].verb == PATH_CUBIC ? 3 : path->steps[i].verb == PATH_CLOSE ? 0 : 1); k++) {
            top = fmin(top, path->steps[i].p[k].y);
            bottom = fmax(bottom, path->steps[i].p[k].y);
        }
    if (painter->ground || outside(painter, top, bottom))
        return 0;
    cairo_new_path(cr);
    for (size_t i = 0; i < path->n; i++) {
        const struct point *p = path->steps[i].p;
        switch (path->steps[i].verb) {
        case PATH_MOVE: cairo_move_to(cr, p[0].x, p[0].y); break;
        case PATH_LINE: cairo_line_to(cr, p[0].x, p[0].y); break;
        case PATH_CUBIC: cairo_curve_to(cr, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y); break;
        case PATH_CLOSE: cairo_close_path(cr); break;
        }
    }
    if (path->fill.kind != PAINT_NONE) {
        set_paint(painter, path->fill);
        cairo_fill_preserve(cr);
    }
    if (path->stroke.kind != PAINT_NONE) {
        set_paint(painter, path->stroke);
        cairo_set_line_width(cr, path->width);
        set_dash(cr, path->dash, path->dash_phase);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
    return 0;
}

/* --- text ------------------------------------------------------------------------------------------------------------------ */

struct glyph_pen {
    cairo_t *cr;
    double dx, dy;
};

static void glyph_move(void *to, double x, double y) {
    struct glyph_pen *pen = to;
    cairo_move_to(pen->cr, pen->dx + x, pen->dy + y);
}

static void glyph_line(void *to, double x, double y) {
    struct glyph_pen *pen = to;
    cairo_line_to(pen->cr, pen->dx + x, pen->dy + y);
}

static void glyph_quad(void *to, double cx, double cy, double x, double y) {
    struct glyph_pen *pen = to;
    double x0, y0;
    cairo_get_current_point(pen->cr, &x0, &y0);
    double qx = pen->dx + cx, qy = pen->dy + cy, ex = pen->dx + x, ey = pen->dy + y;
    cairo_curve_to(pen->cr, x0 + (qx - x0) * 2 / 3, y0 + (qy - y0) * 2 / 3, ex + (qx - ex) * 2 / 3,
                   ey + (qy - ey) * 2 / 3, ex, ey);
}

static void glyph_close(void *to) { cairo_close_path(((struct glyph_pen *)to)->cr); }

static int paint_text(struct device *device, const struct text_line *text) {
    struct painter *painter = (struct painter *)device;
    if (outside(painter, text->origin.y - 2 * text->size, text->origin.y + text->size))
        return 0;
    struct run run = font_shape(painter->arena, text->weight, text->size, text->at, strlen(text->at));
    double x = text->origin.x - (text->anchor == ANCHOR_MIDDLE ? run.width / 2
                                 : text->anchor == ANCHOR_END  ? run.width
                                                               : 0);
    cairo_new_path(painter->cr);
    for (size_t i = 0; i < run.n; i++) {
        struct glyph_pen to = {painter->cr, x + run.glyphs[i].x, text->origin.y + run.glyphs[i].y};
        struct font_pen pen = {&to, glyph_move, glyph_line, glyph_quad, glyph_close};
        font_outline(text->weight, run.glyphs[i].id, text->size, &pen);
    }
    set_paint(painter, text->fill);
    cairo_set_fill_rule(painter->cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(painter->cr);
    return 0;
}

/* --- icons ------------------------------------------------------------------------------------------------------------------ */

static void icon_move(void *to, double x, double y) { cairo_move_to(to, x, y); }
static void icon_line(void *to, double x, double y) { cairo_line_to(to, x, y); }
static void icon_cubic(void *to, double ax, double ay, double bx, double by, double x, double y) {
    cairo_curve_to(to, ax, ay, bx, by, x, y);
}
static void icon_close(void *to) { cairo_close_path(to); }

static void trace(cairo_t *cr, const char *d, bool even_odd) {
    struct icon_pen pen = {cr, icon_move, icon_line, icon_cubic, icon_close};
    cairo_new_path(cr);
    icon_walk(d, &pen);
    cairo_set_fill_rule(cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
}

static int paint_icon(struct device *device, const struct picture *picture) {
    cairo_t *cr = ((struct painter *)device)->cr;
    const struct icon *icon = picture->icon;
    if (outside((struct painter *)device, picture->box.y, rect_bottom(picture->box)))
        return 0;
    cairo_save(cr);
    cairo_translate(cr, picture->box.x, picture->box.y);
    cairo_scale(cr, picture->box.w / icon->width, picture->box.h / icon->height);
    for (size_t i = 0; i < icon->n; i++) {
        const struct icon_path *path = &icon->paths[i];
        cairo_save(cr);
        if (path->clip) {
            trace(cr, path->clip, path->clip_even_odd);
            cairo_clip(cr);
        }
        trace(cr, path->d, path->even_odd);
        if (path->filled) {
            set_rgb(cr, path->fill);
            cairo_fill_preserve(cr);
        }
        if (path->stroke_width > 0) {
            set_rgb(cr, path->stroke);
            cairo_set_line_width(cr, path->stroke_width);
            set_dash(cr, DASH_SOLID, 0);
            cairo_stroke_preserve(cr);
        }
        cairo_new_path(cr);
        cairo_restore(cr);
    }
    cairo_restore(cr);
    return 0;
}

/* --- the file ---------------------------------------------------------------------------------------------------------------- */

static void put32(struct str *out, uint32_t value) {
    char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};
    str_putn(out, bytes, 4);
}

static void put_chunk(struct str *out, const char *name, const void *bytes, size_t n) {
    put32(out, (uint32_t)n);
    size_t start = out->n;
    str_putn(out, name, 4);
    str_putn(out, bytes, n);
    put32(out, (uint32_t)crc32(0, (const unsigned char *)out->at + start, (uInt)(n + 4)));
}

static void put_header(struct str *out, uint32_t w, uint32_t h, double scale, bool see_through) {
    struct str header = STR_EMPTY, density = STR_EMPTY;
    put32(&header, w);
    put32(&header, h);
    str_putn(&header, see_through ? "\x08\x06\0\0\0" : "\x08\x02\0\0\0", 5); /* 8 bits, RGB, perhaps A */
    put_chunk(out, "IHDR", header.at, header.n);
    uint32_t per_metre = (uint32_t)lround(96 * scale / 0.0254);
    put32(&density, per_metre);
    put32(&density, per_metre);
    str_putc(&density, 1);
    put_chunk(out, "pHYs", density.at, density.n);
    str_free(&header);
    str_free(&density);
}

/* Bytes go out as chunks of this size, so that no second picture is held in memory. */
enum { CHUNK = 1 << 16 };

struct rows {
    struct flat *flat;
    struct str packed; /* not yet in a chunk */
    struct str *out;
    size_t w;
};

static void put_packed(struct rows *rows) {
    put_chunk(rows->out, "IDAT", rows->packed.at, rows->packed.n);
    str_clear(&rows->packed);
}

static void pack_rows(struct rows *rows, const unsigned char *pixels, size_t h, size_t stride) {
    for (size_t y = 0; y < h; y++) {
        flat_row(rows->flat, (const uint32_t *)(const void *)(pixels + y * stride));
        if (rows->packed.n >= CHUNK)
            put_packed(rows);
    }
}

/* --- the picture, band by band, so that it never is in memory as a whole ------------------------------------------------- */

enum { BAND = 96 }; /* rows */

static void paint_band(const struct scene *scene, cairo_surface_t *surface, double scale, size_t top,
                       struct arena *arena) {
    struct painter painter = {.scene = scene, .arena = arena, .cr = cairo_create(surface)};
    painter.device = (struct device){.begin = note_ground, .path = paint_path, .text = paint_text, .icon = paint_icon};
    painter.top = (double)top / scale, painter.bottom = (double)(top + BAND) / scale;
    cairo_set_antialias(painter.cr, CAIRO_ANTIALIAS_GRAY);
    cairo_set_miter_limit(painter.cr, 4); /* as in SVG */
    cairo_translate(painter.cr, 0, -(double)top);
    cairo_scale(painter.cr, scale, scale);
    set_paint(&painter, paint_role(COLOUR_PAGE));
    cairo_paint(painter.cr);
    scene_play(scene, &painter.device);
    cairo_destroy(painter.cr);
    cairo_surface_flush(surface);
}

static bool put_bands(const struct scene *scene, double scale, struct rows *rows, size_t h) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)rows->w, BAND);
    bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    for (size_t top = 0; good && top < h; top += BAND) {
        struct arena *arena = arena_new();
        paint_band(scene, surface, scale, top, arena);
        pack_rows(rows, cairo_image_surface_get_data(surface), h - top < BAND ? h - top : BAND,
                  (size_t)cairo_image_surface_get_stride(surface));
        arena_free(arena);
    }
    cairo_surface_destroy(surface);
    return good;
}

static int put_png(const struct scene *scene, double scale, size_t w, size_t h, struct str *out) {
    struct rows rows = {.packed = STR_EMPTY, .out = out, .w = w};
    rows.flat = flat_new(w, &rows.packed);
    str_putn(out, "\x89PNG\r\n\x1a\n", 8);
    put_header(out, (uint32_t)w, (uint32_t)h, scale, false);
    bool good = put_bands(scene, scale, &rows, h);
    flat_end(rows.flat);
    put_packed(&rows);
    put_chunk(out, "IEND", "", 0);
    str_free(&rows.packed);
    return good ? 0 : -1;
}

int png_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    double scale = options->scale > 0 ? options->scale : 1, w = fmax(1, ceil(scene->width * scale)),
           h = fmax(1, ceil(scene->height * scale));
    if (w > MOST_SIDE || h > MOST_SIDE || w * h > MOST_PIXELS) {
        diag_add(diags, DIAG_too_large, (struct mark){0}, "the picture would have more than %d pixels", MOST_PIXELS);
        diag_hint(diags, "use a smaller --scale, or svg");
        return -1;
    }
    int result = put_png(scene, scale, (size_t)w, (size_t)h, out);
    if (result != 0)
        diag_add(diags, DIAG_internal, (struct mark){0}, "the picture could not be painted");
    return result;
}

/* --- icons alone ----------------------------------------------------------------------------------------------------------- */

/* Rows of RGBA with the number of their filter in front, out of cairo's, whose colours are multiplied by how opaque they are. */
static void put_pixels(struct str *out, const unsigned char *pixels, int side, int stride) {
    for (int y = 0; y < side; y++) {
        str_putc(out, 0);
        for (int x = 0; x < side; x++) {
            uint32_t pixel;
            memcpy(&pixel, pixels + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
            uint32_t alpha = pixel >> 24, round = alpha / 2;
            for (int shift = 16; shift >= 0; shift -= 8)
                str_putc(out, (char)(alpha ? ((pixel >> shift & 255) * 255 + round) / alpha : 0));
            str_putc(out, (char)alpha);
        }
    }
}

static int put_square(const struct str *rows, int side, struct str *out) {
    uLongf n = compressBound((uLong)rows->n);
    unsigned char *packed = mem_resize(NULL, n, 1);
    int result = compress2(packed, &n, (const unsigned char *)rows->at, (uLong)rows->n, 6) == Z_OK ? 0 : -1;
    str_putn(out, "\x89PNG\r\n\x1a\n", 8);
    put_header(out, (uint32_t)side, (uint32_t)side, 1, true);
    put_chunk(out, "IDAT", packed, result == 0 ? n : 0);
    put_chunk(out, "IEND", "", 0);
    free(packed);
    return result;
}

int embed_pixels(const struct icon *icon, int side, struct str *out) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    struct painter painter = {.cr = cairo_create(surface), .bottom = side};
    struct picture picture = {.icon = icon, .box = {0, 0, side, side}};
    struct str rows = STR_EMPTY;
    int result = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? 0 : -1;
    cairo_set_antialias(painter.cr, CAIRO_ANTIALIAS_GRAY);
    cairo_set_miter_limit(painter.cr, 4);
    paint_icon(&painter.device, &picture);
    cairo_destroy(painter.cr);
    cairo_surface_flush(surface);
    if (result == 0) {
        put_pixels(&rows, cairo_image_surface_get_data(surface), side, cairo_image_surface_get_stride(surface));
        result = put_square(&rows, side, out);
    }
    cairo_surface_destroy(surface);
    str_free(&rows);
    return result;
}
