#include "drawing.h"

static void write_svg(struct drawing *drawing, const struct write_options *options, struct str *out) {
    *out = STR_EMPTY;
    assert_int_equal(svg_write(drawing->scene, options, out, &drawing->desk.diags), 0);
    desk_fine(&drawing->desk);
}

static size_t count(const char *text, const char *words) {
    size_t n = 0;
    for (; (text = strstr(text, words)) != NULL; text += strlen(words))
        n++;
    return n;
}

static void has(const struct str *svg, const char *words, size_t times) {
    if (count(svg->at, words) != times)
        fail_msg("%zu times and not %zu: %s", count(svg->at, words), times, words);
}

static void nothing_runs_and_nothing_is_fetched(void **state) {
    (void)state;
    static const char *const never[] = {"<script",  "foreignObject", " onload", " onclick", "@import",
                                        "url(http", "javascript:",   "<iframe", "<image"};
    struct drawing drawing;
    struct str svg;
    for (int text = 0; text < SVG_TEXTS; text++) {
        drawing_open(&drawing, "auto", LANG_JA);
        write_svg(&drawing, &(struct write_options){.svg_text = (enum svg_text)text}, &svg);
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            has(&svg, never[i], 0);
        str_free(&svg);
        drawing_close(&drawing);
    }
}

static void every_id_and_reference_bears_the_prefix(void **state) {
    (void)state;
    struct drawing drawing;
    struct str svg;
    drawing_open(&drawing, "light", LANG_EN);
    write_svg(&drawing, &(struct write_options){.id_prefix = "p1-"}, &svg);
    assert_true(count(svg.at, " id=\"") > 8);
    assert_int_equal(count(svg.at, " id=\""), count(svg.at, " id=\"p1-"));
    assert_int_equal(count(svg.at, "url(#"), count(svg.at, "url(#p1-"));
    assert_int_equal(count(svg.at, "href=\"#"), count(svg.at, "href=\"#p1-"));
    assert_int_equal(count(svg.at, "aria-labelledby=\""), count(svg.at, "aria-labelledby=\"p1-"));
    str_free(&svg);
    drawing_close(&drawing);
}

static void a_part_of_a_page_has_no_declaration(void **state) {
    (void)state;
    struct drawing drawing;
    struct str svg;
    drawing_open(&drawing, "light", LANG_EN);
    write_svg(&drawing, &(struct write_options){.inline_svg = true}, &svg);
    has(&svg, "<?xml", 0);
    assert_memory_equal(svg.at, "<svg ", 5);
    str_free(&svg);
    write_svg(&drawing, &(struct write_options){0}, &svg);
    assert_memory_equal(svg.at, "<?xml ", 6);
    str_free(&svg);
    drawing_close(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_runs_and_nothing_is_fetched),
                                       cmocka_unit_test(every_id_and_reference_bears_the_prefix),
                                       cmocka_unit_test(a_part_of_a_page_has_no_declaration)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
