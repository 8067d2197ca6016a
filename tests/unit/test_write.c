/* The writers, on scenes made by hand: escaping, ids, what the SVG contract promises, files whose parts fit together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "write/write.h"

static const char nasty[] = "<b>&\"quoted\" 'x' ]]> \xE6\x9D\xB1\xE4\xBA\xAC</b>";

static void fill_scene(struct scene *scene, const char *text) {
    static struct node root;
    static const struct model model = {.catalog = &catalog_builtin, .root = &root};
    static const struct layout layout = {0};
    static const struct shown_notes notes = {0};
    scene->model = &model, scene->layout = &layout, scene->notes = &notes;
    scene->theme = theme_find("light");
    scene->title = text;
    scene->description = text;
    scene->width = 200, scene->height = 100;
    struct rect page = {0, 0, 200, 100};
    scene_begin(scene, &(struct object){.kind = OBJECT_BACKGROUND, .box = page});
    scene_rect(scene, ROLE_SHAPE, page, 0)->fill = paint_role(COLOUR_PAGE);
    scene_end(scene);
    scene_begin(scene, &(struct object){.kind = OBJECT_NODE,
                                        .id = "a.b",
                                        .type = "ec2",
                                        .name = text,
                                        .source = {3, 7},
                                        .tooltip = text,
                                        .link = "https://example.com/?a=1&b=2",
                                        .box = {10, 10, 48, 70}});
    scene_rect(scene, ROLE_ICON_TILE, (struct rect){10, 10, 48, 48}, 6)->fill = paint_fixed(0xED7100);
    struct text_line *line = scene_text(scene, ROLE_LABEL_TEXT, text, strlen(text), (struct point){34, 80});
    line->anchor = ANCHOR_MIDDLE, line->size = 14, line->fill = paint_role(COLOUR_TEXT);
    line->width = font_width(WEIGHT_REGULAR, 14, text, strlen(text));
    scene_end(scene);
    scene_begin(scene, &(struct object){.kind = OBJECT_EDGE, .id = "e1", .type = "vpn", .from = "a.b", .to = "c"});
    struct path_step steps[] = {{PATH_MOVE, {{60, 30}}}, {PATH_LINE, {{120, 30}}}};
    struct path *path = scene_path(scene, ROLE_LINE, steps, 2);
    path->stroke = paint_role(COLOUR_LINE), path->width = 1.25, path->dash = DASH_DASHED;
    scene_end(scene);
}

static struct str write_scene(const char *format, const struct write_options *options, const char *text) {
    struct arena *arena = arena_new();
    struct scene scene = {.arena = arena, .lang = LANG_EN};
    struct diags diags = diags_new(arena);
    struct str out = STR_EMPTY;
    fill_scene(&scene, text);
    assert_int_equal(format_find(format)->write(&scene, options, &out, &diags), 0);
    assert_int_equal(diags.n, 0);
    arena_free(arena);
    return out;
}

static void assert_has(const struct str *text, const char *part) {
    if (!strstr(text->at, part))
        fail_msg("not there: %s\nin: %s", part, text->at);
}

/* --- SVG ---------------------------------------------------------------------------------------------------------------- */

static void test_escaping(void **state) {
    struct str svg = write_scene("svg", &(struct write_options){0}, nasty);
    (void)state;
    assert_has(&svg, ">&lt;b&gt;&amp;\"quoted\" 'x' ]]&gt; \xE6\x9D\xB1\xE4\xBA\xAC&lt;/b&gt;</text>");
    assert_has(&svg, "href=\"https://example.com/?a=1&amp;b=2\"");
    assert_null(strstr(svg.at, "<b>"));
    str_free(&svg);
    svg = write_scene("svg", &(struct write_options){.svg_text = SVG_TEXT_OUTLINE}, nasty);
    assert_has(&svg, "aria-label=\"&lt;b&gt;&amp;&quot;quoted&quot; 'x' ]]&gt; \xE6\x9D\xB1\xE4\xBA\xAC&lt;/b&gt;\"");
    assert_null(strstr(svg.at, "<text"));
    str_free(&svg);
}

static void test_contract(void **state) {
    static const char *const parts[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "class=\"awsdiag ",
        "role=\"graphics-document document\"",
        "aria-labelledby=\"awsdiag-title awsdiag-desc\"",
        "<title id=\"awsdiag-title\">Name</title>",
        "<desc id=\"awsdiag-desc\">Name</desc>",
        "viewBox=\"0 0 200 100\"",
        "<g class=\"node\" id=\"a.b\" data-type=\"ec2\" data-src=\"3:7\">",
        "<text class=\"label\"",
        "lang=\"en\"",
        "<g class=\"edge\" id=\"e1\" data-kind=\"vpn\" data-from=\"a.b\" data-to=\"c\">",
        "<path class=\"line\" d=\"M60 30L120 30\" fill=\"none\" stroke=\"#414D5C\" stroke-width=\"1.25\" "
        "stroke-dasharray=\"6 4\"/>",
    };
    static const char *const never[] = {"<script", "<foreignObject", " on", "javascript:", "@import"};
    struct str svg = write_scene("svg", &(struct write_options){0}, "Name");
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_has(&svg, parts[i]);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(svg.at, never[i]));
    str_free(&svg);
}

static void test_id_prefix(void **state) {
    struct str svg = write_scene("svg", &(struct write_options){.id_prefix = "p1-", .inline_svg = true}, "Name");
    (void)state;
    assert_memory_equal(svg.at, "<svg", 4);
    for (const char *at = svg.at; (at = strstr(at, " id=\"")) != NULL; at += 5)
        assert_memory_equal(at + 5, "p1-", 3);
    assert_has(&svg, "aria-labelledby=\"p1-awsdiag-title p1-awsdiag-desc\"");
    str_free(&svg);
}

/* A mark without a composed character stands as a shape, among real text. */
static void test_marks_are_shapes(void **state) {
    struct str svg = write_scene("svg", &(struct write_options){0}, "Q\xCC\x84");
    (void)state;
    assert_null(strstr(svg.at, "<text"));
    assert_has(&svg, "aria-label=\"Q\xCC\x84\"");
    str_free(&svg);
    svg = write_scene("svg", &(struct write_options){0}, "e\xCC\x81"); /* has one */
    assert_has(&svg, ">e\xCC\x81</text>");
    str_free(&svg);
}

/* --- the embedded font ------------------------------------------------------------------------------------------------------- */

static int digit_of(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static struct str decode(const char *at) {
    struct str out = STR_EMPTY;
    for (; digit_of(at[0]) >= 0; at += 4) {
        int a = digit_of(at[0]), b = digit_of(at[1]), c = digit_of(at[2]), d = digit_of(at[3]);
        str_putc(&out, (char)(a << 2 | b >> 4));
        if (c >= 0)
            str_putc(&out, (char)((b & 15) << 4 | c >> 2));
        if (d >= 0)
            str_putc(&out, (char)((c & 3) << 6 | d));
    }
    return out;
}

static uint32_t get(const char *at, int n) {
    uint32_t value = 0;
    for (int i = 0; i < n; i++)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

static void test_embedded_font(void **state) {
    static const char marker[] = "src:url(data:font/woff;base64,";
    struct str svg = write_scene("svg", &(struct write_options){0}, "AV \xE6\x9D\xB1\xF0\x9F\x98\x80");
    const char *at = strstr(svg.at, marker);
    (void)state;
    assert_non_null(at);
    struct str woff = decode(at + sizeof marker - 1);
    assert_memory_equal(woff.at, "wOFF", 4);
    assert_int_equal(get(woff.at + 8, 4), woff.n);
    bool kern = false, cmap = false;
    for (uint32_t i = 0; i < get(woff.at + 12, 2); i++) {
        const char *row = woff.at + 44 + 20 * i;
        uint32_t start = get(row + 4, 4), packed = get(row + 8, 4), length = get(row + 12, 4);
        unsigned char *bytes = malloc(length + 1);
        uLongf n = length;
        assert_true(start + packed <= woff.n && packed <= length && start % 4 == 0);
        if (packed < length)
            assert_int_equal(uncompress(bytes, &n, (const unsigned char *)woff.at + start, packed), Z_OK);
        assert_int_equal(n, length);
        kern = kern || memcmp(row, "kern", 4) == 0;
        cmap = cmap || memcmp(row, "cmap", 4) == 0;
        free(bytes);
    }
    assert_true(kern && cmap);
    str_free(&woff);
    str_free(&svg);
}

/* --- PDF and PNG --------------------------------------------------------------------------------------------------------------- */

static void test_pdf_objects(void **state) {
    struct str pdf = write_scene("pdf", &(struct write_options){0}, nasty);
    (void)state;
    assert_memory_equal(pdf.at, "%PDF-1.7\n", 9);
    assert_memory_equal(pdf.at + pdf.n - 6, "%%EOF\n", 6);
    size_t start = pdf.n - 1;
    while (memcmp(pdf.at + start, "startxref", 9) != 0)
        start--;
    const char *table = pdf.at + strtoul(pdf.at + start + 10, NULL, 10);
    assert_memory_equal(table, "xref\n0 ", 7);
    char *rows;
    unsigned long count = strtoul(table + 7, &rows, 10);
    assert_true(count > 10);
    for (unsigned long i = 1; i < count; i++) {
        unsigned long offset = strtoul(rows + 1 + 20 * i, NULL, 10);
        char head[32];
        int n = snprintf(head, sizeof head, "%lu 0 obj\n", i);
        assert_memory_equal(pdf.at + offset, head, (size_t)n);
    }
    str_free(&pdf);
}

static void test_png_chunks(void **state) {
    (void)state;
    for (int scale = 1; scale <= 2; scale++) {
        struct str png = write_scene("png", &(struct write_options){.scale = scale}, nasty);
        assert_memory_equal(png.at, "\x89PNG\r\n\x1a\n", 8);
        assert_int_equal(get(png.at + 16, 4), 200 * (uint32_t)scale);
        assert_int_equal(get(png.at + 20, 4), 100 * (uint32_t)scale);
        size_t at = 8;
        while (at < png.n) {
            uint32_t n = get(png.at + at, 4);
            assert_int_equal(get(png.at + at + 8 + n, 4), crc32(0, (const unsigned char *)png.at + at + 4, n + 4));
            at += 12 + n;
        }
        assert_int_equal(at, png.n);
        assert_memory_equal(png.at + png.n - 8, "IEND", 4);
        str_free(&png);
    }
}

static void test_same_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < format_count; i++) {
        struct str one = write_scene(formats[i].name, &(struct write_options){0}, nasty);
        struct str two = write_scene(formats[i].name, &(struct write_options){0}, nasty);
        assert_int_equal(one.n, two.n);
        assert_memory_equal(one.at, two.at, one.n);
        str_free(&one);
        str_free(&two);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escaping),    cmocka_unit_test(test_contract),
        cmocka_unit_test(test_id_prefix),   cmocka_unit_test(test_embedded_font),
        cmocka_unit_test(test_pdf_objects), cmocka_unit_test(test_png_chunks),
        cmocka_unit_test(test_same_bytes),  cmocka_unit_test(test_marks_are_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
