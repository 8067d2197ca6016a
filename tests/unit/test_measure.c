#include "desk.h"

#include "layout/measure.h"

static struct block block(struct arena *arena, const char *text, double width, size_t lines) {
    struct fit fit = {.size = 14, .width = width, .lines = lines};
    return measure_text(arena, text, &fit);
}

static void says(const struct block *block, size_t line, const char *text) {
    assert_true(line < block->n);
    assert_int_equal(block->lines[line].n, strlen(text));
    assert_memory_equal(block->lines[line].at, text, strlen(text));
}

static void lines_keep_to_the_width_and_to_what_was_measured(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    static const char *const texts[] = {"Amazon Kinesis Data Streams to a private subnet of the log account",
                                        "東京支社のカスタマーゲートウェイから仮想プライベートゲートウェイへ",
                                        "AWS Lambda で過去のデータを Amazon Redshift から削除する"};
    for (size_t i = 0; i < 3; i++)
        for (double width = 80; width < 400; width += 17) {
            struct block b = block(arena, texts[i], width, 0);
            double widest = 0;
            for (size_t k = 0; k < b.n; k++) {
                double measured = font_width(WEIGHT_REGULAR, 14, b.lines[k].at, b.lines[k].n);
                if (measured > width + 0.5) /* kerning over a break */
                    fail_msg("%.*s is wider than %d", (int)b.lines[k].n, b.lines[k].at, (int)width);
                assert_true(b.lines[k].width > measured - 0.01 && b.lines[k].width < measured + 0.01);
                widest = b.lines[k].width > widest ? b.lines[k].width : widest;
            }
            assert_true(b.width > widest - 0.01 && b.width < widest + 0.01);
            assert_false(b.cut);
        }
    arena_free(arena);
}

static void line_feeds_break_and_short_texts_do_not(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct block b = block(arena, "one\ntwo", 500, 0);
    assert_int_equal(b.n, 2);
    says(&b, 0, "one");
    says(&b, 1, "two");
    b = block(arena, "Amazon S3", 500, 0);
    assert_int_equal(b.n, 1);
    assert_true(block_height(&b) > 14 && block_height(&b) < 28);
    arena_free(arena);
}

static void ranges_and_identifiers_stay_whole(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct block b = block(arena, "Subnet 10.0.128.0/20", 120, 0);
    says(&b, b.n - 1, "10.0.128.0/20");
    arena_free(arena);
}

static void what_does_not_fit_is_cut_with_an_ellipsis(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct block b = block(arena, "Amazon Kinesis Data Streams to a private subnet of the log account", 100, 2);
    assert_int_equal(b.n, 2);
    assert_true(b.cut);
    assert_true(b.lines[1].n > 3);
    assert_memory_equal(b.lines[1].at + b.lines[1].n - 3, "...", 3);
    assert_true(font_width(WEIGHT_REGULAR, 14, b.lines[1].at, b.lines[1].n) <= 100);
    arena_free(arena);
}

static void a_box_is_as_wide_as_its_widest_language(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *both = desk_model(&desk, "nodes: {a: {type: ec2, label: {en: S, ja: 東京支社のサーバー}}}"),
                 *one = desk_model(&desk, "nodes: {a: {type: ec2, label: 東京支社のサーバー}}"),
                 *small = desk_model(&desk, "nodes: {a: {type: ec2, label: S}}");
    double wide = measure_model(both, &metrics_default, desk.arena, &desk.diags).nodes[0].w,
           same = measure_model(one, &metrics_default, desk.arena, &desk.diags).nodes[0].w,
           narrow = measure_model(small, &metrics_default, desk.arena, &desk.diags).nodes[0].w;
    desk_fine(&desk);
    assert_true(wide > same - 0.01 && wide < same + 0.01);
    assert_true(narrow < wide);
    desk_close(&desk);
}

static void characters_that_the_font_lacks_are_reported(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    measure_model(desk_model(&desk, "nodes: {a: {type: ec2, label: x\xF0\x9F\x98\x80}}"), &metrics_default, desk.arena,
                  &desk.diags);
    desk_wrong(&desk, DIAG_missing_glyph, 1, 32, "U+1F600");
    desk_close(&desk);
}

static void several_in_a_row_are_one_warning(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    measure_model(desk_model(&desk, "nodes: {a: {type: ec2, label: x \uD55C\uAD6D y}}"), &metrics_default, desk.arena,
                  &desk.diags);
    desk_wrong(&desk, DIAG_missing_glyph, 1, 33, "U+D55C, U+AD6D `\uD55C\uAD6D`; boxes");
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_keep_to_the_width_and_to_what_was_measured),
                                       cmocka_unit_test(line_feeds_break_and_short_texts_do_not),
                                       cmocka_unit_test(ranges_and_identifiers_stay_whole),
                                       cmocka_unit_test(what_does_not_fit_is_cut_with_an_ellipsis),
                                       cmocka_unit_test(a_box_is_as_wide_as_its_widest_language),
                                       cmocka_unit_test(characters_that_the_font_lacks_are_reported),
                                       cmocka_unit_test(several_in_a_row_are_one_warning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
