#include "layout/font.h"

#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>
#include <zlib.h>

extern const unsigned char font_regular_ttf[], font_regular_ttf_end[];
extern const unsigned char font_bold_ttf[], font_bold_ttf_end[];

/* Opened on first use and kept; see the header. */
static struct face {
    hb_face_t *face;
    hb_font_t *font;
    double em;
} faces[WEIGHTS];
static hb_buffer_t *buffer;

static const struct face *open_face(enum weight weight) {
    struct face *face = &faces[weight];
    if (face->font)
        return face;
    const unsigned char *at = weight == WEIGHT_BOLD ? font_bold_ttf : font_regular_ttf;
    const unsigned char *end = weight == WEIGHT_BOLD ? font_bold_ttf_end : font_regular_ttf_end;
    hb_blob_t *blob = hb_blob_create((const char *)at, (unsigned)(end - at), HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face->font = hb_font_create(face->face);
    face->em = hb_face_get_upem(face->face);
    if (!buffer)
        buffer = hb_buffer_create();
    return face;
}

struct font_metrics font_metrics(enum weight weight) {
    const struct face *face = open_face(weight);
    hb_font_extents_t extents;
    hb_font_get_h_extents(face->font, &extents);
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t capital = {0};
    if (hb_font_get_nominal_glyph(face->font, 'H', &glyph))
        hb_font_get_glyph_extents(face->font, glyph, &capital);
    return (struct font_metrics){extents.ascender / face->em, -extents.descender / face->em,
                                 capital.y_bearing / face->em};
}

static void shape(const struct face *face, const char *text, size_t n) {
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, (int)n, 0, (int)n);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(face->font, buffer, NULL, 0);
}

double font_width(enum weight weight, double size, const char *text, size_t n) {
    const struct face *face = open_face(weight);
    unsigned count;
    long sum = 0;
    shape(face, text, n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++)
        sum += at[i].x_advance;
    return (double)sum * size / face->em;
}

struct run font_shape(struct arena *arena, enum weight weight, double size, const char *text, size_t n) {
    const struct face *face = open_face(weight);
    unsigned count;
    double scale = size / face->em;
    long pen = 0;
    shape(face, text, n);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &count);
    struct run run = {arena_array(arena, count, sizeof(struct glyph)), count, 0};
    for (unsigned i = 0; i < count; i++) {
        run.glyphs[i] = (struct glyph){(uint16_t)info[i].codepoint, info[i].cluster,
                                       (float)((double)(pen + at[i].x_offset) * scale),
                                       (float)(-at[i].y_offset * scale), (float)(at[i].x_advance * scale)};
        pen += at[i].x_advance;
    }
    run.width = (double)pen * scale;
    return run;
}

uint32_t font_lacks(const char *text, size_t n) {
    const struct face *face = open_face(WEIGHT_REGULAR);
    for (const char *at = text, *end = text + n; at < end;) {
        uint32_t code = utf8_next(&at, end);
        hb_codepoint_t glyph;
        if (code != '\n' && code != '\t' && !hb_font_get_nominal_glyph(face->font, code, &glyph))
            return code;
    }
    return 0;
}

/* --- outlines --------------------------------------------------------------------------------------------------------- */

struct pen {
    const struct font_pen *pen;
    double scale;
};

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
    const struct pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->pen->move(pen->pen->to, x * pen->scale, -y * pen->scale);
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
    const struct pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->pen->line(pen->pen->to, x * pen->scale, -y * pen->scale);
}

static void quad_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x, float y,
                    void *user) {
    const struct pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->pen->quad(pen->pen->to, cx * pen->scale, -cy * pen->scale, x * pen->scale, -y * pen->scale);
}

static void cubic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float ax, float ay, float bx, float by,
                     float x, float y, void *user) {
    const struct pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->pen->cubic(pen->pen->to, ax * pen->scale, -ay * pen->scale, bx * pen->scale, -by * pen->scale, x * pen->scale,
                    -y * pen->scale);
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user) {
    const struct pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->pen->close(pen->pen->to);
}

void font_outline(enum weight weight, uint16_t glyph, double size, const struct font_pen *pen) {
    static hb_draw_funcs_t *funcs; /* made once; holds nothing but the five functions above */
    const struct face *face = open_face(weight);
    if (!funcs) {
        funcs = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
        hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
        hb_draw_funcs_set_quadratic_to_func(funcs, quad_to, NULL, NULL);
        hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
        hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    }
    struct pen data = {pen, size / face->em};
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face->font, glyph, funcs, &data);
#else
    hb_font_get_glyph_shape(face->font, glyph, funcs, &data);
#endif
}

/* --- subsets ------------------------------------------------------------------------------------------------------------- */

static uint32_t get32(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}
static uint32_t get16(const unsigned char *at) { return (uint32_t)at[0] << 8 | at[1]; }

static void put32(struct str *out, uint32_t value) {
    char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};
    str_putn(out, bytes, 4);
}

static void put16(struct str *out, uint32_t value) {
    char bytes[2] = {(char)(value >> 8), (char)value};
    str_putn(out, bytes, 2);
}

/* One table of the font, compressed where that makes it smaller, padded to four bytes. */
static size_t put_table(struct str *data, const unsigned char *at, size_t n) {
    uLongf packed_n = compressBound((uLong)n);
    unsigned char *packed = mem_resize(NULL, packed_n, 1);
    bool smaller = compress2(packed, &packed_n, at, (uLong)n, 9) == Z_OK && packed_n < n;
    size_t used = smaller ? packed_n : n;
    str_putn(data, smaller ? packed : at, used);
    str_fill(data, '\0', (4 - used % 4) % 4);
    free(packed);
    return used;
}

/* WOFF 1.0: a header of 44 bytes, 20 a table, then the tables. */
static int woff(const unsigned char *ttf, size_t n, struct str *out) {
    if (n < 12)
        return -1;
    uint32_t tables = get16(ttf + 4);
    if (n < 12 + 16 * (size_t)tables)
        return -1;
    struct str directory = STR_EMPTY, data = STR_EMPTY;
    size_t total = 12 + 16 * (size_t)tables, offset = 44 + 20 * (size_t)tables;
    for (uint32_t i = 0; i < tables; i++) {
        const unsigned char *row = ttf + 12 + 16 * (size_t)i;
        size_t at = get32(row + 8), length = get32(row + 12);
        if (at > n || length > n - at) {
            str_free(&directory);
            str_free(&data);
            return -1;
        }
        size_t start = offset + data.n, used = put_table(&data, ttf + at, length);
        str_putn(&directory, row, 4);
        put32(&directory, (uint32_t)start);
        put32(&directory, (uint32_t)used);
        put32(&directory, (uint32_t)length);
        put32(&directory, get32(row + 4));
        total += (length + 3) / 4 * 4;
    }
    str_putn(out, "wOFF", 4);
    put32(out, get32(ttf));
    put32(out, (uint32_t)(offset + data.n));
    put16(out, tables);
    put16(out, 0);
    put32(out, (uint32_t)total);
    put32(out, 0x00010000);
    str_fill(out, '\0', 20);
    str_putn(out, directory.at, directory.n);
    str_putn(out, data.at, data.n);
    str_free(&directory);
    str_free(&data);
    return 0;
}

int font_subset(enum weight weight, const char *text, size_t n, struct str *out) {
    const struct face *face = open_face(weight);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return -1;
    hb_set_t *wanted = hb_subset_input_unicode_set(input);
    for (const char *at = text, *end = text + n; at < end;)
        hb_set_add(wanted, utf8_next(&at, end));
    hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_face_t *subset = hb_subset_or_fail(face->face, input);
    int result = -1;
    if (subset) {
        hb_blob_t *blob = hb_face_reference_blob(subset);
        unsigned length;
        const char *bytes = hb_blob_get_data(blob, &length);
        result = woff((const unsigned char *)bytes, length, out);
        hb_blob_destroy(blob);
        hb_face_destroy(subset);
    }
    hb_subset_input_destroy(input);
    return result;
}
