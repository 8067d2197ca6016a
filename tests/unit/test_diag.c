#include "desk.h"

static void prints(struct desk *desk, const char *wanted) {
    struct str out = STR_EMPTY;
    diags_print(&desk->diags, &out, false);
    assert_string_equal(out.at, wanted);
    str_free(&out);
    desk->diags.n = 0;
}

static struct mark mark_of(const struct source *source, const char *words) {
    const char *at = strstr(source->bytes, words);
    assert_non_null(at);
    size_t start = (size_t)(at - source->bytes);
    return (struct mark){source, start, start + strlen(words), NULL};
}

static void carets_stand_below_the_words(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "title: 東京支社 x\n\tlabel: e\xCC\x81 end\n");
    diag_add(&desk.diags, DIAG_bad_value, mark_of(source, "x"), "no `%s`", "x");
    prints(&desk, "test.yaml:1:13: error: no `x` [bad-value]\n"
                  "    1 | title: 東京支社 x\n"
                  "      |                 ^\n");
    diag_add(&desk.diags, DIAG_bad_value, mark_of(source, "支社"), "wide");
    prints(&desk, "test.yaml:1:10: error: wide [bad-value]\n"
                  "    1 | title: 東京支社 x\n"
                  "      |            ^^^^\n");
    diag_add(&desk.diags, DIAG_bad_value, mark_of(source, "end"), "behind a tab and a mark");
    prints(&desk, "test.yaml:2:12: error: behind a tab and a mark [bad-value]\n"
                  "    2 |  label: e\xCC\x81 end\n"
                  "      |           ^^^\n");
    desk_close(&desk);
}

static void marks_at_borders_have_one_caret(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "ab\ncd");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){source, 2, 2, NULL}, "end of a line");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){source, 1, 5, NULL}, "over lines");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){source, 5, 5, NULL}, "end of the file");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){source, 90, 95, NULL}, "beyond it");
    prints(&desk, "test.yaml:1:3: error: end of a line [bad-value]\n    1 | ab\n      |   ^\n"
                  "test.yaml:1:2: error: over lines [bad-value]\n    1 | ab\n      |  ^\n"
                  "test.yaml:2:3: error: end of the file [bad-value]\n    2 | cd\n      |   ^\n"
                  "test.yaml:2:3: error: beyond it [bad-value]\n    2 | cd\n      |   ^\n");
    desk_close(&desk);
}

static void long_lines_are_cut_around_the_mark(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct str text = STR_EMPTY, out = STR_EMPTY;
    for (int i = 0; i < 400; i++)
        str_put(&text, "東");
    str_put(&text, "HERE");
    for (int i = 0; i < 400; i++)
        str_put(&text, "京");
    struct source *source = desk_source(&desk, text.at);
    diag_add(&desk.diags, DIAG_bad_value, mark_of(source, "HERE"), "x");
    diags_print(&desk.diags, &out, false);
    size_t bad;
    assert_true(utf8_valid(out.at, out.n, &bad)); /* cut between characters */
    assert_true(out.n < 500);
    const char *line = strstr(out.at, "    1 | "), *carets = strstr(out.at, "\n      | ");
    const char *here = strstr(line, "HERE"), *caret = strchr(carets, '^');
    assert_non_null(here);
    assert_int_equal(utf8_columns(line + 8, (size_t)(here - line) - 8), (size_t)(caret - carets) - 9);
    str_free(&text);
    str_free(&out);
    desk_close(&desk);
}

static void help_second_places_and_uses_follow(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "ab\ncd\nef\n");
    struct mark used = mark_of(source, "ef"), outer = mark_of(source, "cd"), at = mark_of(source, "ab");
    used.via = &outer;
    at.via = &used;
    diag_add(&desk.diags, DIAG_rule, at, "x")->also = mark_of(source, "cd");
    diag_hint(&desk.diags, "do %s", "y");
    desk.diags.at[0].rule = "some-rule";
    prints(
        &desk,
        "test.yaml:1:1: error: x [some-rule]\n    1 | ab\n      | ^^\n      help: do y\n      see also test.yaml:2:1\n"
        "      used at test.yaml:3:1\n      used at test.yaml:2:1\n");
    diag_add(&desk.diags, DIAG_cannot_write, (struct mark){0}, "no place");
    prints(&desk, "awsdiag: error: no place [cannot-write]\n");
    desk_close(&desk);
}

static void control_characters_do_not_reach_the_terminal(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    diag_add(&desk.diags, DIAG_unknown_name, (struct mark){0}, "a\x1B[31m\x7F\xC2\x9B\xE2\x80\xAE\xFF 東\tx");
    prints(&desk, "awsdiag: error: a\\x1B[31m\\x7F\\x9B\\x202E\\xFF 東 x [unknown-name]\n");
    struct str out = STR_EMPTY;
    diag_add(&desk.diags, DIAG_advice, (struct mark){0}, "coloured");
    diag_print(&desk.diags.at[0], &out, true);
    assert_string_equal(out.at, "awsdiag: \033[33mwarning: \033[0mcoloured [advice]\n");
    str_free(&out);
    desk_close(&desk);
}

static void order_is_by_file_as_read_then_place_then_arrival(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *first = source_memory(&desk.sources, "z.yaml", "abc", 3, &desk.diags),
                  *second = source_memory(&desk.sources, "a.yaml", "abc", 3, &desk.diags);
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){second, 0, 1, NULL}, "5");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){first, 2, 3, NULL}, "4");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){first, 1, 3, NULL}, "2");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){first, 1, 2, NULL}, "3");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){first, 1, 2, NULL}, "3"); /* the same once more */
    diag_add(&desk.diags, DIAG_cannot_read, (struct mark){0}, "1");
    for (int twice = 0; twice < 2; twice++) {
        diags_sort(&desk.diags);
        assert_int_equal(desk.diags.n, 5);
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(desk.diags.at[i].text[0], '1' + (int)i);
    }
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){first, 1, 2, NULL}, "later");
    diags_sort(&desk.diags);
    assert_string_equal(desk.diags.at[3].text, "later"); /* what came later stands behind at the same place */
    desk_close(&desk);
}

static void the_worst_outcome_counts(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_int_equal(diags_outcome(&desk.diags), OUTCOME_FINE);
    diag_add(&desk.diags, DIAG_advice, (struct mark){0}, "x");
    assert_int_equal(diags_outcome(&desk.diags), OUTCOME_FINE);
    assert_false(diags_failed(&desk.diags));
    diag_add(&desk.diags, DIAG_too_large, (struct mark){0}, "x");
    diag_add(&desk.diags, DIAG_bad_value, (struct mark){0}, "x");
    assert_int_equal(diags_outcome(&desk.diags), OUTCOME_LIMIT);
    assert_int_equal(diags_count(&desk.diags, SEVERITY_WARNING), 1);
    assert_int_equal(diags_count(&desk.diags, SEVERITY_ERROR), 2);
    struct diags strict = diags_new(desk.arena);
    strict.warnings_are_errors = true;
    diag_add(&strict, DIAG_advice, (struct mark){0}, "x");
    assert_true(diags_failed(&strict));
    assert_int_equal(diags_outcome(&strict), OUTCOME_INPUT);
    desk_close(&desk);
}

static void the_nearest_word_is_suggested_or_none(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    static const char *const words[] = {"nodes", "edges", "notes", "title"};
    static const struct {
        const char *word, *hint;
    } rows[] = {{"node", "did you mean `nodes`?"},
                {"note", "did you mean `notes`?"},
                {"Titel", "did you mean `title`?"},
                {"zzzzz", NULL},
                {"x", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        diag_add(&desk.diags, DIAG_unknown_key, (struct mark){0}, "x");
        diag_suggest(&desk.diags, rows[i].word, words, 4);
        const char *hint = desk.diags.at[desk.diags.n - 1].hint;
        if (rows[i].hint)
            assert_string_equal(hint, rows[i].hint);
        else
            assert_null(hint);
    }
    desk_close(&desk);
}

static void thousands_of_mistakes_are_counted_rather_than_shown(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    static const char *const words[] = {"nodes"};
    for (int i = 0; i < DIAGS_SHOWN + 7; i++)
        diag_add(&desk.diags, DIAG_unknown_key, (struct mark){0}, "m%d", i);
    diag_suggest(&desk.diags, "node", words, 1);
    assert_true(diags_crowded(&desk.diags));
    assert_null(desk.diags.at[desk.diags.n - 1].hint);
    struct str out = STR_EMPTY;
    diags_print(&desk.diags, &out, false);
    assert_non_null(strstr(out.at, "m999 "));
    assert_null(strstr(out.at, "m1000 "));
    assert_non_null(strstr(out.at, "\nawsdiag: 7 more are not shown\n"));
    str_free(&out);
    desk_close(&desk);
}

static void every_code_has_a_name_of_its_own(void **state) {
    (void)state;
    for (int i = 0; i < DIAG_CODES; i++) {
        assert_true(*diag_name((enum diag_code)i) && *diag_title((enum diag_code)i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(diag_name((enum diag_code)i), diag_name((enum diag_code)k));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(carets_stand_below_the_words),
                                       cmocka_unit_test(marks_at_borders_have_one_caret),
                                       cmocka_unit_test(long_lines_are_cut_around_the_mark),
                                       cmocka_unit_test(help_second_places_and_uses_follow),
                                       cmocka_unit_test(control_characters_do_not_reach_the_terminal),
                                       cmocka_unit_test(order_is_by_file_as_read_then_place_then_arrival),
                                       cmocka_unit_test(the_worst_outcome_counts),
                                       cmocka_unit_test(the_nearest_word_is_suggested_or_none),
                                       cmocka_unit_test(thousands_of_mistakes_are_counted_rather_than_shown),
                                       cmocka_unit_test(every_code_has_a_name_of_its_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
