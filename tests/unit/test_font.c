/* The carried font against HarfBuzz: the same glyphs, advances and outlines, for the characters diagrams use and for random ones. */
#include <hb.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "layout/font.h"
#include "layout/font_tables.h"
#include "layout/subset.h"

static struct reference {
    hb_font_t *font;
    hb_buffer_t *buffer;
} references[WEIGHTS];

static unsigned get16(const unsigned char *at) { return (unsigned)at[0] << 8 | at[1]; }
static unsigned get32(const unsigned char *at) { return get16(at) << 16 | get16(at + 2); }

static int open_references(void **state) {
    (void)state;
    for (int weight = 0; weight < WEIGHTS; weight++) {
        const unsigned char *ttf = font_tables[weight].ttf;
        unsigned size = 0;
        for (unsigned i = 0; i < get16(ttf + 4); i++) {
            unsigned end = get32(ttf + 12 + 16 * i + 8) + get32(ttf + 12 + 16 * i + 12);
            size = end > size ? end : size;
        }
        hb_blob_t *blob = hb_blob_create((const char *)ttf, size, HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb_face_t *face = hb_face_create(blob, 0);
        references[weight].font = hb_font_create(face);
        references[weight].buffer = hb_buffer_create();
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    return 0;
}

static int close_references(void **state) {
    (void)state;
    for (int weight = 0; weight < WEIGHTS; weight++) {
        hb_buffer_destroy(references[weight].buffer);
        hb_font_destroy(references[weight].font);
    }
    return 0;
}

static void compare(enum weight weight, const char *text, size_t n) {
    struct reference *reference = &references[weight];
    struct arena *arena = arena_new();
    struct run run = font_shape(arena, weight, FONT_EM, text, n);
    unsigned count, k = 0;
    double pen = 0;
    hb_buffer_clear_contents(reference->buffer);
    hb_buffer_add_utf8(reference->buffer, text, (int)n, 0, (int)n);
    hb_buffer_set_direction(reference->buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(reference->buffer);
    hb_shape(reference->font, reference->buffer, NULL, 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(reference->buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(reference->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        hb_codepoint_t space = 0;
        hb_font_get_nominal_glyph(reference->font, ' ', &space);
        if (info[i].codepoint == space && at[i].x_advance == 0)
            continue;                              /* what HarfBuzz puts for characters that show nothing */
        bool over = at[i].x_advance == 0 && i > 0; /* a mark: HarfBuzz leaves it where it is, we centre it */
        if (k >= run.n || run.glyphs[k].id != info[i].codepoint ||
            (!over && fabs(run.glyphs[k].x - pen - at[i].x_offset) > 0.01))
            fail_msg("`%.*s` weight %d: glyph %u is %u at %g, HarfBuzz has %u at %g", (int)n, text, (int)weight, k,
                     k < run.n ? run.glyphs[k].id : 0, k < run.n ? run.glyphs[k].x : 0, info[i].codepoint,
                     pen + at[i].x_offset);
        pen += at[i].x_advance;
        k++;
    }
    assert_int_equal(k, run.n);
    assert_true(fabs(run.width - pen) < 0.01);
    assert_true(fabs(font_width(weight, FONT_EM, text, n) - pen) < 0.01);
    arena_free(arena);
}

static void compare_both(const char *text) {
    compare(WEIGHT_REGULAR, text, strlen(text));
    compare(WEIGHT_BOLD, text, strlen(text));
}

static void test_labels(void **state) {
    static const char *const texts[] = {
        "AWS VPN CloudHub",
        "Amazon Simple Storage Service (S3)",
        "10.0.0.0/16",
        "arn:aws:iam::012345678901:role/x",
        "東京拠点",
        "セキュリティ・認証系",
        "「閉域網」（Direct Connect）",
        "ﾊﾞｯｸｱｯﾌﾟ",
        "Ａ１ー",
        "Tokyo — Ōsaka",
        "T.",
        "“AV”",
        "① ② → ※",
        "a\tb",
        "",
        " ",
        "——",
        "…",
        "Д.",
        "Ωμεγα",
        "co-ordinate",
        "ab\xC2\xAD"
        "cd",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!strchr(texts[i], '\t'))
            compare_both(texts[i]);
}

static void test_marks(void **state) {
    static const char *const texts[] = {
        "e\xCC\x81",
        "u\xCC\x88 A\xCC\x8A n\xCC\x83 c\xCC\xA7 o\xCC\x82", /* as file systems of Apple hand them out */
        "x\xCC\x88",
        "O\xCC\x84saka",
        "q\xCC\x84",
        "\xE3\x81\x8B\xE3\x82\x99",
        "\xE3\x81\x8B\xE3\x82\x9A",
        "\xE3\x83\x8F\xE3\x82\x9A\xE3\x82\x99",
        "\xE3\x81\x82\xE3\x82\x99",
        "\xCC\x81",
        "a\xCC\x80\xCC\x81",
        "\xE8\x91\x9B\xEF\xB8\x80"
        "A",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        compare_both(texts[i]);
}

static void test_all_pairs_of_ascii(void **state) {
    char text[192 * 96];
    (void)state;
    for (char a = ' '; a <= '~'; a++) {
        size_t n = 0;
        for (char b = ' '; b <= '~'; b++)
            text[n++] = a, text[n++] = b;
        compare(WEIGHT_REGULAR, text, n);
        compare(WEIGHT_BOLD, text, n);
    }
}

static uint32_t random_below(uint32_t *seed, uint32_t n) {
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * n) >> 32);
}

static size_t random_text(uint32_t *seed, char *text) {
    size_t length = 1 + random_below(seed, 30), n = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code = ' ' + random_below(seed, random_below(seed, 2) ? 0x3100 : 0xFFD0);
        /* not the soft hyphen, signs that are letters before a mark, and the tone marks of old Chinese */
        bool twin = code == 0xAD || (code >= 0x2126 && code <= 0x212B) || (code >= 0x302A && code <= 0x302F);
        if (twin || !font_glyph(WEIGHT_REGULAR, code))
            continue;
        n += utf8_put(text + n, code);
        i++;
    }
    return n;
}

static void test_random_texts(void **state) {
    uint32_t seed = 1;
    char text[4 * 32];
    (void)state;
    for (int i = 0; i < 4000; i++) {
        size_t n = random_text(&seed, text);
        compare(i & 1 ? WEIGHT_BOLD : WEIGHT_REGULAR, text, n);
    }
}

/* --- outlines ----------------------------------------------------------------------------------------------------------- */

/* Both sides are written as numbers in the order drawn; a closing line back to the start may be said or left out. */
struct trace {
    double at[16384];
    size_t n;
};

static void note(struct trace *trace, double kind, double x, double y) {
    assert_true(trace->n + 3 <= sizeof trace->at / sizeof *trace->at);
    trace->at[trace->n++] = kind, trace->at[trace->n++] = x, trace->at[trace->n++] = y;
}

static void our_move(void *to, double x, double y) { note(to, 1, x, -y); }
static void our_line(void *to, double x, double y) { note(to, 2, x, -y); }
static void our_quad(void *to, double cx, double cy, double x, double y) { note(to, 3, cx, -cy), note(to, 4, x, -y); }
static void our_close(void *to) { (void)to; }

static void their_move(hb_draw_funcs_t *f, void *to, hb_draw_state_t *s, float x, float y, void *user) {
    (void)f, (void)s, (void)user;
    note(to, 1, x, y);
}
static void their_line(hb_draw_funcs_t *f, void *to, hb_draw_state_t *s, float x, float y, void *user) {
    (void)f, (void)user;
    if (x != s->path_start_x || y != s->path_start_y)
        note(to, 2, x, y);
}
static void their_quad(hb_draw_funcs_t *f, void *to, hb_draw_state_t *s, float cx, float cy, float x, float y,
                       void *user) {
    (void)f, (void)s, (void)user;
    note(to, 3, cx, cy), note(to, 4, x, y);
}

static void test_all_outlines(void **state) {
    static struct trace ours, theirs;
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    struct font_pen pen = {&ours, our_move, our_line, our_quad, our_close};
    (void)state;
    hb_draw_funcs_set_move_to_func(funcs, their_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, their_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, their_quad, NULL, NULL);
    for (int weight = 0; weight < WEIGHTS; weight++)
        for (unsigned glyph = 0; glyph < font_glyph_count((enum weight)weight); glyph++) {
            ours.n = theirs.n = 0;
            font_outline((enum weight)weight, (uint16_t)glyph, FONT_EM, &pen);
#if HB_VERSION_ATLEAST(7, 0, 0)
            hb_font_draw_glyph(references[weight].font, glyph, funcs, &theirs);
#else
            hb_font_get_glyph_shape(references[weight].font, glyph, funcs, &theirs);
#endif
            if (ours.n != theirs.n)
                fail_msg("weight %d glyph %u: %zu numbers, HarfBuzz has %zu", weight, glyph, ours.n, theirs.n);
            for (size_t i = 0; i < ours.n; i++)
                if (fabs(ours.at[i] - theirs.at[i]) > 0.01)
                    fail_msg("weight %d glyph %u: number %zu is %g, HarfBuzz has %g", weight, glyph, i, ours.at[i],
                             theirs.at[i]);
        }
    hb_draw_funcs_destroy(funcs);
}

static void test_metrics(void **state) {
    (void)state;
    for (int weight = 0; weight < WEIGHTS; weight++) {
        struct font_metrics metrics = font_metrics((enum weight)weight);
        hb_font_extents_t extents;
        hb_glyph_extents_t capital;
        hb_codepoint_t glyph = 0;
        hb_font_get_h_extents(references[weight].font, &extents);
        hb_font_get_nominal_glyph(references[weight].font, 'H', &glyph);
        hb_font_get_glyph_extents(references[weight].font, glyph, &capital);
        assert_true(fabs(metrics.ascent * FONT_EM - extents.ascender) < 0.01);
        assert_true(fabs(metrics.descent * FONT_EM + extents.descender) < 0.01);
        assert_true(fabs(metrics.cap_height * FONT_EM - capital.y_bearing) < 0.01);
    }
}

/* --- subsets ------------------------------------------------------------------------------------------------------------ */

/* HarfBuzz with the subset shapes the text to the same width, with no glyph missing. */
static void check_subset(enum weight weight, const char *text) {
    struct arena *arena = arena_new();
    struct subset *subset = subset_new(arena, weight);
    struct str ttf = STR_EMPTY;
    size_t n = strlen(text);
    unsigned count;
    double pen = 0;
    subset_text(subset, text, n);
    subset_ttf(subset, &ttf);
    hb_blob_t *blob = hb_blob_create(ttf.at, (unsigned)ttf.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_buffer_t *buffer = hb_buffer_create();
    assert_int_equal(hb_face_get_glyph_count(face), subset->glyphs.n);
    hb_buffer_add_utf8(buffer, text, (int)n, 0, (int)n);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_not_equal(info[i].codepoint, 0);
        pen += at[i].x_advance;
    }
    if (fabs(pen - font_width(weight, FONT_EM, text, n)) > 0.5)
        fail_msg("`%s`: %g with the subset, %g with the font", text, pen, font_width(weight, FONT_EM, text, n));
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    str_free(&ttf);
    arena_free(arena);
}

static void test_subsets(void **state) {
    static const char *const texts[] = {
        "AWS VPN CloudHub",
        "To. AV, Te — “x”",
        "仮想プライベートゲートウェイ",
        "ASN 65001",
        "\xF0\x9F\x98\x80 \xE0\xB8\x81",
        "e\xCC\x81",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int weight = 0; weight < WEIGHTS; weight++)
            check_subset((enum weight)weight, texts[i]);
}

static struct str subset_of(const char *const *texts, size_t n) {
    struct arena *arena = arena_new();
    struct subset *subset = subset_new(arena, WEIGHT_REGULAR);
    struct str woff = STR_EMPTY;
    for (size_t i = 0; i < n; i++)
        subset_text(subset, texts[i], strlen(texts[i]));
    assert_int_equal(subset_woff(subset, &woff), 0);
    arena_free(arena);
    return woff;
}

static void test_order_of_texts_does_not_matter(void **state) {
    struct str one = subset_of((const char *const[]){"AV 東京", "To 大阪"}, 2);
    struct str two = subset_of((const char *const[]){"To 大阪", "AV 東京", "To 大阪"}, 3);
    (void)state;
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.at, two.at, one.n);
    str_free(&one);
    str_free(&two);
}

static void test_what_is_lacking(void **state) {
    size_t at = 99;
    (void)state;
    assert_int_equal(font_lacks("東京 A", strlen("東京 A"), &at), 0);
    assert_int_equal(font_lacks("u\xCC\x88", 3, &at), 0); /* a mark it lacks, of a letter it has with it */
    assert_int_equal(font_lacks("x\xCC\x88", 3, &at), 0x308);
    assert_int_equal(font_lacks("東京\xF0\x9F\x98\x80", 10, &at), 0x1F600);
    assert_int_equal(at, 6);
    assert_int_equal(font_lacks("a\xE0\xB8\x81", 4, &at), 0x0E01);
    assert_int_equal(at, 1);
    /* shown as the box, as wide as that */
    assert_true(font_width(WEIGHT_REGULAR, 10, "\xF0\x9F\x98\x80", 4) ==
                font_advance(WEIGHT_REGULAR, 0) * 10.0 / FONT_EM);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_all_pairs_of_ascii),
        cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_all_outlines),
        cmocka_unit_test(test_metrics),
        cmocka_unit_test(test_what_is_lacking),
        cmocka_unit_test(test_subsets),
        cmocka_unit_test(test_order_of_texts_does_not_matter),
    };
    return cmocka_run_group_tests(tests, open_references, close_references);
}
