/* The tables of src/layout/font_tables.h, asked of HarfBuzz: which neighbours are kerned, which characters and marks become one glyph.
 *
 *     generate_font OUT.c NAME=FONT.ttf...
 *
 * NAME is the stem of the symbols that hold the bytes of the font (font_NAME_ttf). A font that places glyphs in another way than by
 * kerning and composing stops the build, as the program would draw it wrong.
 */
#include <hb-ot.h>
#include <hb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/str.h"
#include "layout/font_tables.h"

enum { MOST_CLASSES = 255, MOST_GLYPHS = 65536 }; /* classes, pages: what a byte counts */

struct work {
    const char *name;
    hb_face_t *face;
    hb_font_t *font;
    hb_buffer_t *buffer;
    struct arena *arena;
    uint32_t *code_of; /* by glyph; 0: no character has it */
    unsigned glyphs;
};

enum { EM = 1000, MOST_POINTS = 1024 }; /* what src/layout/font.c takes */

_Noreturn static void stop(const struct work *work, const char *what, unsigned code) {
    fprintf(stderr, "generate_font: %s: %s (U+%04X)\n", work->name, what, code);
    exit(1);
}

static unsigned shape(struct work *work, const uint32_t *codes, size_t n, const hb_glyph_info_t **info,
                      const hb_glyph_position_t **at) {
    unsigned count;
    hb_buffer_clear_contents(work->buffer);
    hb_buffer_add_utf32(work->buffer, codes, (int)n, 0, (int)n);
    hb_buffer_set_direction(work->buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(work->buffer);
    hb_shape(work->font, work->buffer, NULL, 0);
    *info = hb_buffer_get_glyph_infos(work->buffer, &count);
    *at = hb_buffer_get_glyph_positions(work->buffer, &count);
    return count;
}

static void read_characters(struct work *work, hb_set_t *codes) {
    work->glyphs = hb_face_get_glyph_count(work->face);
    work->code_of = arena_array(work->arena, MOST_GLYPHS, sizeof *work->code_of);
    hb_face_collect_unicodes(work->face, codes);
    for (hb_codepoint_t code = HB_SET_VALUE_INVALID; hb_set_next(codes, &code);) {
        hb_codepoint_t glyph;
        if (code > 0xFFFF)
            stop(work, "a character outside the basic plane", code);
        if (hb_font_get_nominal_glyph(work->font, code, &glyph) && !work->code_of[glyph])
            work->code_of[glyph] = code;
    }
}

static unsigned get16(const unsigned char *at) { return (unsigned)at[0] << 8 | at[1]; }
static uint32_t get32(const unsigned char *at) { return (uint32_t)get16(at) << 16 | get16(at + 2); }

static const unsigned char *table(const unsigned char *ttf, const char *tag) {
    for (unsigned i = 0, n = get16(ttf + 4); i < n; i++)
        if (memcmp(ttf + 12 + 16 * (size_t)i, tag, 4) == 0)
            return ttf + get32(ttf + 12 + 16 * (size_t)i + 8);
    fprintf(stderr, "generate_font: the font has no table `%s`\n", tag);
    exit(1);
}

/* Where the tables are, after a look at what font.c takes for granted. */
static void put_places(struct work *work, const unsigned char *ttf, struct str *out) {
    const unsigned char *head = table(ttf, "head"), *hhea = table(ttf, "hhea"), *glyf = table(ttf, "glyf");
    const unsigned char *loca = table(ttf, "loca"), *hmtx = table(ttf, "hmtx");
    if (get16(head + 18) != EM || get16(head + 50) != 1)
        stop(work, "another em or short offsets", get16(head + 18));
    for (unsigned i = 0; i < work->glyphs; i++) {
        const unsigned char *glyph = glyf + get32(loca + 4 * (size_t)i);
        if (get32(loca + 4 * (size_t)i) == get32(loca + 4 * (size_t)i + 4))
            continue;
        unsigned contours = get16(glyph);
        if (contours > 0x7FFF)
            stop(work, "a glyph is composed of others", work->code_of[i]);
        if (contours && get16(glyph + 10 + 2 * (size_t)(contours - 1)) >= MOST_POINTS)
            stop(work, "a glyph has too many points", work->code_of[i]);
    }
    str_printf(out, "%u, %u, %u, %u, %u, %u, ", (unsigned)(hhea - ttf), (unsigned)(hmtx - ttf), (unsigned)(loca - ttf),
               (unsigned)(glyf - ttf), get16(hhea + 34), work->glyphs);
}

/* Pages of characters; the first one is empty and stands for all that are. */
static void put_characters(struct work *work, struct str *out) {
    enum { PAGES = 0x10000 / FONT_PAGE };
    struct str pages = STR_EMPTY;
    unsigned count = 1;
    str_printf(&pages, "static const uint8_t page_%s[] = {", work->name);
    str_printf(out, "static const uint16_t glyph_of_%s[] = {\n    ", work->name);
    for (unsigned i = 0; i < FONT_PAGE; i++)
        str_put(out, "0,");
    for (uint32_t page = 0; page < PAGES; page++) {
        hb_codepoint_t glyphs[FONT_PAGE] = {0};
        bool empty = true;
        for (uint32_t i = 0; i < FONT_PAGE; i++)
            if (hb_font_get_nominal_glyph(work->font, page * FONT_PAGE + i, &glyphs[i]) && glyphs[i])
                empty = false;
        str_printf(&pages, "%s%u,", page % 32 ? "" : "\n    ", empty ? 0 : count++);
        for (uint32_t i = 0; !empty && i < FONT_PAGE; i++)
            str_printf(out, "%s%u,", i % 32 ? "" : "\n    ", (unsigned)glyphs[i]);
    }
    if (count > MOST_CLASSES)
        stop(work, "too many pages of characters", count);
    str_printf(out, "\n};\n%s\n};\n", pages.at);
    str_free(&pages);
}

static bool is_mark(hb_codepoint_t code) {
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code) ==
           HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK;
}

/* --- kerning ---------------------------------------------------------------------------------------------------------- */

/* The glyphs that some lookup of `kern` takes and that stand for one character. */
static size_t kerned_glyphs(struct work *work, uint16_t *out) {
    static const hb_tag_t kern[] = {HB_TAG('k', 'e', 'r', 'n'), HB_TAG_NONE};
    hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create();
    size_t n = 0;
    hb_ot_layout_collect_lookups(work->face, HB_OT_TAG_GPOS, NULL, NULL, kern, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        hb_ot_layout_lookup_collect_glyphs(work->face, HB_OT_TAG_GPOS, i, NULL, glyphs, NULL, NULL);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &i);)
        if (work->code_of[i] && !is_mark(work->code_of[i]))
            out[n++] = (uint16_t)i;
    hb_set_destroy(lookups);
    hb_set_destroy(glyphs);
    return n;
}

static int16_t kern_value(struct work *work, uint16_t first, uint16_t second) {
    const uint32_t text[2] = {work->code_of[first], work->code_of[second]};
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *at;
    if (shape(work, text, 2, &info, &at) != 2)
        return 0; /* one of put_pairs */
    if (at->x_offset || at->y_offset || at->y_advance || info->codepoint != first)
        stop(work, "kerning moves more than the advance", work->code_of[first]);
    return (int16_t)(at->x_advance - hb_font_get_glyph_h_advance(work->font, first));
}

/* values[i * n + k]: what stands between glyphs i and k. */
static int16_t *kern_values(struct work *work, const uint16_t *glyphs, size_t n) {
    int16_t *values = arena_array(work->arena, n * n, sizeof *values);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            values[i * n + k] = kern_value(work, glyphs[i], glyphs[k]);
    return values;
}

/* Rows (step 1 between cells) or columns (step n) that are equal get the same class; class 0 has no kerning. */
static unsigned classify(struct work *work, const int16_t *values, size_t n, size_t line, size_t step, uint8_t *classes,
                         size_t *example) {
    unsigned count = 1;
    example[0] = n;
    for (size_t i = 0; i < n; i++) {
        unsigned class = 0;
        bool empty = true, same = false;
        for (size_t k = 0; k < n; k++)
            empty = empty && values[i * line + k * step] == 0;
        for (class = 1; !empty && class < count; class ++) {
            same = true;
            for (size_t k = 0; same && k < n; k++)
                same = values[i * line + k * step] == values[example[class] * line + k * step];
            if (same)
                break;
        }
        if (!empty && !same) {
            if (count > MOST_CLASSES)
                stop(work, "too many classes of kerning", 0);
            example[class = count++] = i;
        }
        classes[i] = (uint8_t)(empty ? 0 : class);
    }
    return count;
}

static void put_bytes(struct str *out, const char *what, const char *name, const uint8_t *by_glyph, unsigned n) {
    str_printf(out, "static const uint8_t %s_%s[] = {", what, name);
    for (unsigned i = 0; i < n; i++)
        str_printf(out, "%s%u,", i % 32 ? "" : "\n    ", (unsigned)by_glyph[i]);
    str_put(out, "\n};\n");
}

static unsigned put_kerning(struct work *work, struct str *out, unsigned *columns) {
    uint16_t *glyphs = arena_array(work->arena, work->glyphs, sizeof *glyphs);
    size_t n = kerned_glyphs(work, glyphs), *rows_of = arena_array(work->arena, n + MOST_CLASSES + 1, sizeof *rows_of);
    size_t *columns_of = arena_array(work->arena, n + MOST_CLASSES + 1, sizeof *columns_of);
    int16_t *values = kern_values(work, glyphs, n);
    uint8_t *first = arena_array(work->arena, n + 1, 1), *second = arena_array(work->arena, n + 1, 1);
    unsigned rows = classify(work, values, n, n, 1, first, rows_of), limit = n ? glyphs[n - 1] + 1u : 1;
    *columns = classify(work, values, n, 1, n, second, columns_of);
    uint8_t *by_glyph = arena_array(work->arena, 2 * (size_t)limit, 1);
    for (size_t i = 0; i < n; i++)
        by_glyph[glyphs[i]] = first[i], by_glyph[limit + glyphs[i]] = second[i];
    put_bytes(out, "first", work->name, by_glyph, limit);
    put_bytes(out, "second", work->name, by_glyph + limit, limit);
    str_printf(out, "static const int16_t kern_%s[] = {", work->name);
    for (unsigned r = 0; r < rows; r++) {
        str_put(out, "\n    ");
        for (unsigned c = 0; c < *columns; c++)
            str_printf(out, "%d,", r && c ? values[rows_of[r] * n + columns_of[c]] : 0);
    }
    str_put(out, "\n};\n");
    return limit;
}

/* --- pairs ------------------------------------------------------------------------------------------------------------ */

/* Characters that some lookup of `ccmp` takes, and all combining marks: those over Latin also where the font lacks them, as it may well have
 * the letter with its mark. */
static hb_set_t *joining_codes(struct work *work, const hb_set_t *codes) {
    static const hb_tag_t ccmp[] = {HB_TAG('c', 'c', 'm', 'p'), HB_TAG_NONE};
    hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create(), *joining = hb_set_create();
    hb_ot_layout_collect_lookups(work->face, HB_OT_TAG_GSUB, NULL, NULL, ccmp, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        hb_ot_layout_lookup_collect_glyphs(work->face, HB_OT_TAG_GSUB, i, glyphs, glyphs, glyphs, NULL);
    for (hb_codepoint_t code = HB_SET_VALUE_INVALID; hb_set_next(codes, &code);) {
        hb_codepoint_t glyph = 0;
        hb_font_get_nominal_glyph(work->font, code, &glyph);
        if (is_mark(code) || hb_set_has(glyphs, glyph))
            hb_set_add(joining, code);
    }
    hb_set_add_range(joining, 0x300, 0x36F);
    hb_set_destroy(lookups);
    hb_set_destroy(glyphs);
    return joining;
}

static size_t try_pair(struct work *work, uint32_t code, uint32_t next, struct str *out) {
    const uint32_t text[2] = {code, next};
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *at;
    hb_codepoint_t base = 0, whole = 0;
    hb_font_get_nominal_glyph(work->font, code, &base);
    unsigned n = shape(work, text, 2, &info, &at);
    if (n == 2 && info[1].codepoint && is_mark(next) && (at[1].x_advance || at[1].x_offset || at[1].y_offset))
        stop(work, "a mark is placed by the font", next);
    if (n != 1)
        return 0;
    if (!hb_unicode_compose(hb_unicode_funcs_get_default(), code, next, &whole))
        whole = 0;
    str_printf(out, "    {%u, 0x%04X, %u, 0x%04X},\n", base, (unsigned)next, info[0].codepoint, whole);
    return 1;
}

static size_t put_pairs(struct work *work, const hb_set_t *codes, struct str *out) {
    size_t count = 0;
    hb_set_t *joining = joining_codes(work, codes);
    str_printf(out, "static const struct font_pair pairs_%s[] = {\n", work->name);
    for (unsigned glyph = 0; glyph < work->glyphs; glyph++)
        for (hb_codepoint_t next = HB_SET_VALUE_INVALID; work->code_of[glyph] && hb_set_next(joining, &next);)
            if (!is_mark(work->code_of[glyph]))
                count += try_pair(work, work->code_of[glyph], next, out);
    str_put(out, "    {0, 0, 0, 0},\n};\n");
    hb_set_destroy(joining);
    return count;
}

static void put_font(const char *name, const char *path, struct str *tables, struct str *rows) {
    hb_blob_t *blob = hb_blob_create_from_file(path);
    struct work work = {
        .name = name, .face = hb_face_create(blob, 0), .buffer = hb_buffer_create(), .arena = arena_new()};
    hb_set_t *codes = hb_set_create();
    unsigned columns;
    work.font = hb_font_create(work.face);
    if (hb_face_get_glyph_count(work.face) == 0)
        stop(&work, "no font can be read here", 0);
    read_characters(&work, codes);
    put_characters(&work, tables);
    unsigned limit = put_kerning(&work, tables, &columns);
    size_t pairs = put_pairs(&work, codes, tables);
    str_printf(tables, "extern const unsigned char font_%s_ttf[];\n\n", name);
    str_printf(rows, "    {font_%s_ttf, ", name);
    put_places(&work, (const unsigned char *)hb_blob_get_data(blob, NULL), rows);
    str_printf(rows, "page_%s, glyph_of_%s, first_%s, second_%s, kern_%s, %u, %u, pairs_%s, %zu},\n", name, name, name,
               name, name, limit, columns, name, pairs);
    hb_set_destroy(codes);
    hb_buffer_destroy(work.buffer);
    hb_font_destroy(work.font);
    hb_face_destroy(work.face);
    hb_blob_destroy(blob);
    arena_free(work.arena);
}

int main(int argc, char **argv) {
    struct str tables = STR_EMPTY, rows = STR_EMPTY;
    if (argc < 3)
        return 2;
    str_put(&tables, "/* Written by the build: what HarfBuzz says about the carried font. */\n#include "
                     "\"layout/font_tables.h\"\n\n");
    for (int i = 2; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        if (!equals)
            return 2;
        *equals = '\0';
        put_font(argv[i], equals + 1, &tables, &rows);
    }
    str_printf(&tables, "const struct font_table font_tables[] = {\n%s};\n", rows.at);
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    int result = out_save(argv[1], tables.at, tables.n, &diags);
    str_free(&tables);
    str_free(&rows);
    arena_free(arena);
    return result == 0 ? 0 : 1;
}
