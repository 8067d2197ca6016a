#include "desk.h"

static void spans(const struct tree *tree, const char *bytes) {
    struct mark mark = tree->mark;
    assert_int_equal(mark.end - mark.start, strlen(bytes));
    assert_memory_equal(mark.source->bytes + mark.start, bytes, strlen(bytes));
}

static void every_value_knows_its_bytes(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct tree *tree = desk_tree(&desk, "東京: {a: 'x y', \"b\": [1, 二]}\nlast: plain text # no\n");
    desk_fine(&desk);
    assert_int_equal(tree->kind, TREE_MAP);
    assert_int_equal(tree->n, 2);
    spans(tree->keys[0], "東京");
    spans(tree->items[0], "{a: 'x y', \"b\": [1, 二]}");
    struct tree *inner = tree_get(tree, "東京");
    spans(tree_get(inner, "a"), "'x y'");
    assert_string_equal(tree_get(inner, "a")->text, "x y");
    assert_true(tree_get(inner, "a")->quoted);
    spans(inner->keys[1], "\"b\"");
    spans(tree_get(inner, "b"), "[1, 二]");
    spans(tree_get(inner, "b")->items[1], "二");
    spans(tree_get(tree, "last"), "plain text");
    assert_false(tree_get(tree, "last")->quoted);
    assert_null(tree_get(tree, "lost"));
    assert_null(tree_get(tree_get(tree, "last"), "x"));
    desk_close(&desk);
}

static void scalars_stay_text_as_written(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct tree *tree = desk_tree(
        &desk, "a: NO\nb: 012\nc: 1.10\nd:\ne: ''\nf: |\n  one\n  two\ng: >-\n  one\n  two\nh: \"a\\tb\\u6771\"\n");
    desk_fine(&desk);
    static const char *const texts[] = {"NO", "012", "1.10", "", "", "one\ntwo\n", "one two", "a\tb東"};
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(tree->items[i]->text, texts[i]);
    assert_false(tree->items[3]->quoted);
    assert_true(tree->items[4]->quoted);
    desk_close(&desk);
}

static void aliases_are_copies(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct tree *tree = desk_tree(&desk, "a: &x {k: [v]}\nb: *x\nc: &s word\nd: *s\ne: &x other\nf: *x\n");
    desk_fine(&desk);
    struct tree *a = tree_get(tree, "a"), *b = tree_get(tree, "b");
    assert_string_equal(tree_get(b, "k")->items[0]->text, "v");
    assert_true(a != b && a->items != b->items && tree_get(a, "k") != tree_get(b, "k"));
    tree_get(b, "k")->items[0]->text = "changed";
    assert_string_equal(tree_get(a, "k")->items[0]->text, "v");
    spans(tree_get(tree, "d"), "*s"); /* a word stands where it is used */
    spans(tree_get(b, "k"), "[v]");   /* what is larger stands where it was written */
    assert_string_equal(tree_get(tree, "f")->text, "other");
    desk_close(&desk);
}

static void aliases_have_a_budget(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct yaml_limits limits = {.depth = 10, .aliases = 12};
    const char *fits = "a: &a [x, x, x]\nb: *a\nc: *a\nd: *a\n", *bursts = "a: &a [x, x, x]\nb: &b [*a, *a]\nc: *b\n";
    assert_non_null(yaml_read(desk_source(&desk, fits), desk.arena, &limits, &desk.diags));
    desk_fine(&desk);
    assert_null(yaml_read(desk_source(&desk, bursts), desk.arena, &limits, &desk.diags));
    desk_wrong(&desk, DIAG_too_many, 3, 4, "aliases");
    desk_close(&desk);
}

static void an_anchor_cannot_hold_itself(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_null(desk_tree(&desk, "a: &a [*a]\n"));
    desk_wrong(&desk, DIAG_yaml_syntax, 1, 8, "no anchor");
    desk_close(&desk);
}

static void nesting_has_a_limit(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct yaml_limits limits = {.depth = 3, .aliases = 1};
    assert_non_null(yaml_read(desk_source(&desk, "[[[x]]]"), desk.arena, &limits, &desk.diags));
    assert_null(yaml_read(desk_source(&desk, "[[[[x]]]]"), desk.arena, &limits, &desk.diags));
    desk_wrong(&desk, DIAG_too_deep, 1, 5, "deep");
    desk_close(&desk);
}

static void the_first_of_two_equal_keys_is_kept(void **state) {
    (void)state;
    for (int others = 0; others < 60; others += 20) { /* few keys are compared, many looked up */
        struct desk desk;
        desk_open(&desk);
        struct str text = STR_EMPTY;
        str_put(&text, "same: 1\n");
        for (int i = 0; i < others; i++)
            str_printf(&text, "k%d: x\n", i);
        str_put(&text, "late: 1\n\"same\": 2\nlate: 2\n");
        struct tree *tree = desk_tree(&desk, text.at);
        assert_int_equal(tree->n, others + 2);
        assert_string_equal(tree_get(tree, "same")->text, "1");
        assert_string_equal(tree_get(tree, "late")->text, "1");
        assert_int_equal(desk.diags.n, 2);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(desk.diags.at[i].code, DIAG_duplicate_key);
            assert_int_equal(source_position(desk.diags.at[i].mark.source, desk.diags.at[i].mark.start).line,
                             others + 3 + (int)i);
            assert_int_equal(source_position(desk.diags.at[i].also.source, desk.diags.at[i].also.start).line,
                             i ? others + 2 : 1);
        }
        str_free(&text);
        desk_close(&desk);
    }
}

static void what_is_outside_the_language_is_refused_at_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum diag_code code;
        unsigned line, column;
        const char *words;
    } rows[] = {{"", DIAG_yaml_empty, 1, 1, "nothing"},
                {"# only\n\n", DIAG_yaml_empty, 1, 1, "nothing"},
                {"---\n", DIAG_yaml_empty, 2, 1, "nothing"},
                {"a: 1\n---\nb: 2\n", DIAG_yaml_many_documents, 2, 1, "second document"},
                {"a: !!str 1\n", DIAG_yaml_syntax, 1, 4, "tags"},
                {"a: !mine {}\n", DIAG_yaml_syntax, 1, 4, "tags"},
                {"? [a]\n: b\n", DIAG_wrong_shape, 1, 3, "key must be a word"},
                {"b: &x {}\na:\n  <<: *x\n", DIAG_unknown_key, 3, 3, "merge keys"},
                {"a: *none\n", DIAG_yaml_syntax, 1, 4, "anchor"},
                {"a: [1, 2\nb: 3\n", DIAG_yaml_syntax, 2, 2, "missing"},
                {"a: \"open\n", DIAG_yaml_syntax, 2, 1, "quoted"},
                {"a: b: c\n", DIAG_yaml_syntax, 1, 5, "`:`"},
                {"a:\n\tb: 1\n", DIAG_yaml_syntax, 2, 1, "cannot start"},
                {"東京: @x\n", DIAG_yaml_syntax, 1, 5, "cannot start"},
                {"a: \"\\0\"\n", DIAG_control_character, 1, 4, "U+0000"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk desk;
        desk_open(&desk);
        assert_null(desk_tree(&desk, rows[i].text));
        desk_wrong(&desk, rows[i].code, rows[i].line, rows[i].column, rows[i].words);
        desk_close(&desk);
    }
}

static void a_quoted_merge_key_is_a_key(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_string_equal(tree_get(desk_tree(&desk, "\"<<\": x"), "<<")->text, "x");
    desk_fine(&desk);
    desk_close(&desk);
}

static void the_dump_says_where_everything_is(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct str out = STR_EMPTY;
    tree_dump(desk_tree(&desk, "東: [a, {b: \"q\\\"\\n\"}]\n"), &out);
    assert_string_equal(out.at, "map @1:1\n    東 @1:1: list @1:4\n        - \"a\" @1:5\n        - map @1:8\n"
                                "            b @1:9: \"q\\\"\\n\" @1:12\n");
    str_free(&out);
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_value_knows_its_bytes),
                                       cmocka_unit_test(scalars_stay_text_as_written),
                                       cmocka_unit_test(aliases_are_copies),
                                       cmocka_unit_test(aliases_have_a_budget),
                                       cmocka_unit_test(an_anchor_cannot_hold_itself),
                                       cmocka_unit_test(nesting_has_a_limit),
                                       cmocka_unit_test(the_first_of_two_equal_keys_is_kept),
                                       cmocka_unit_test(what_is_outside_the_language_is_refused_at_its_place),
                                       cmocka_unit_test(a_quoted_merge_key_is_a_key),
                                       cmocka_unit_test(the_dump_says_where_everything_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
