#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

static void numbers_are_short_and_never_minus_zero(void **state) {
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {{0, 2, "0"},
                {-0.0, 2, "0"},
                {-0.004, 2, "0"},
                {-0.005, 2, "-0.01"},
                {0.005, 2, "0.01"},
                {1.5, 0, "2"},
                {2.5, 0, "3"},
                {-2.5, 0, "-3"},
                {0.49999999999999994, 0, "0"},
                {12.340, 3, "12.34"},
                {100, 3, "100"},
                {1234.5678, 6, "1234.5678"},
                {0.000001, 6, "0.000001"},
                {0.1234567, 9, "0.123457"},
                {7.9, -3, "8"},
                {99.999, 2, "100"},
                {1e15, 2, "1000000000000000"},
                {-1e18, 6, "-1000000000000000000"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str s = STR_EMPTY;
        str_number(&s, rows[i].value, rows[i].decimals);
        assert_string_equal(s.at, rows[i].text);
        str_free(&s);
    }
}

static void what_is_no_number_prints_as_zero_and_huge_ones_stay_digits(void **state) {
    (void)state;
    const double odd[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < 3; i++) {
        struct str s = STR_EMPTY;
        str_number(&s, odd[i], 3);
        assert_string_equal(s.at, "0");
        str_free(&s);
    }
    struct str s = STR_EMPTY;
    str_number(&s, -1e300, 6);
    assert_int_equal(strspn(s.at + 1, "0123456789"), s.n - 1);
    assert_int_equal(s.at[0], '-');
    str_free(&s);
}

static void integers_have_their_whole_range(void **state) {
    (void)state;
    struct str s = STR_EMPTY;
    str_int(&s, LLONG_MIN);
    str_putc(&s, ' ');
    str_int(&s, LLONG_MAX);
    str_putc(&s, ' ');
    str_int(&s, 0);
    assert_string_equal(s.at, "-9223372036854775808 9223372036854775807 0");
    str_free(&s);
}

static void a_buffer_always_ends_in_nul(void **state) {
    (void)state;
    struct str s = STR_EMPTY;
    assert_string_equal(s.at, "");
    str_clear(&s);
    str_free(&s);
    str_fill(&s, 'x', 1000);
    assert_int_equal(strlen(s.at), 1000);
    str_clear(&s);
    assert_string_equal(s.at, "");
    for (int i = 0; i < 1000; i++)
        str_printf(&s, "%d,", i);
    assert_int_equal(s.n, strlen(s.at));
    assert_memory_equal(s.at + s.n - 8, "998,999,", 8);
    size_t n;
    char *mine = str_detach(&s, &n);
    assert_int_equal(n, strlen(mine));
    assert_string_equal(s.at, "");
    free(mine);
    mine = str_detach(&s, NULL);
    assert_string_equal(mine, "");
    free(mine);
    str_free(&s);
    assert_string_equal(str_nothing, "");
}

static void every_code_point_goes_out_and_comes_back(void **state) {
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        char bytes[4];
        size_t n = utf8_put(bytes, code), bad;
        const char *at = bytes;
        if (!utf8_valid(bytes, n, &bad) || utf8_next(&at, bytes + n) != code || at != bytes + n)
            fail_msg("U+%04X does not come back", (unsigned)code);
    }
}

static void what_is_not_utf8_is_found_and_passed_byte_by_byte(void **state) {
    (void)state;
    static const char *const wrong[] = {"\x80",
                                        "\xC0\xAF",
                                        "\xC1\xBF",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xE6\x9D",
                                        "\xFF"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[16] = "ok";
        size_t bad = 99;
        strcat(text, wrong[i]);
        assert_false(utf8_valid(text, strlen(text), &bad));
        assert_int_equal(bad, 2);
        const char *at = text + 2;
        assert_int_equal(utf8_next(&at, text + strlen(text)), 0xFFFD);
        assert_ptr_equal(at, text + 3);
    }
    assert_int_equal(utf8_count("\xE6\x9D\xB1\xE4\xBA\xAC!", 7), 3);
}

static void columns_are_those_of_a_terminal(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        {"abc", 3}, {"東京", 4}, {"ｱ", 1}, {"Ａ", 2}, {"e\xCC\x81", 1}, {"か\xE3\x82\x99", 2}, {"\xF0\x9F\x98\x80", 2},
        {"→", 1},   {"", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(utf8_columns(rows[i].text, strlen(rows[i].text)), rows[i].columns);
}

static void distance_counts_slips_up_to_its_limit(void **state) {
    (void)state;
    assert_int_equal(str_distance("lambda", "lambda", 3), 0);
    assert_int_equal(str_distance("lamdba", "lambda", 3), 1);
    assert_int_equal(str_distance("Lambda", "lambda", 3), 0);
    assert_int_equal(str_distance("lmbda", "lambda", 3), 1);
    assert_int_equal(str_distance("kitten", "sitting", 5), 3);
    assert_int_equal(str_distance("kitten", "sitting", 2), 3);
    assert_int_equal(str_distance("", "abc", 5), 3);
    char longer[200];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(str_distance(longer, longer, 3), 4); /* nobody means a word that long */
}

static void hash_is_fnv(void **state) {
    (void)state;
    assert_int_equal(str_hash("", 0), 2166136261u);
    assert_int_equal(str_hash("a", 1), 0xE40C292Cu);
    assert_int_equal(str_hash("foobar", 6), 0xBF9CF968u);
}

static void json_is_json_whatever_the_bytes_are(void **state) {
    (void)state;
    struct str s = STR_EMPTY;
    json_string(&s, "a\"b\\c\nd\te\x01 東\xFF/");
    assert_string_equal(s.at, "\"a\\\"b\\\\c\\nd\\u0009e\\u0001 東\xEF\xBF\xBD/\"");
    str_clear(&s);
    json_string(&s, NULL);
    const char *const list[] = {"a", "b", NULL};
    json_strings(&s, list);
    json_strings(&s, NULL);
    assert_string_equal(s.at, "null[\"a\", \"b\"][]");
    str_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_short_and_never_minus_zero),
                                       cmocka_unit_test(what_is_no_number_prints_as_zero_and_huge_ones_stay_digits),
                                       cmocka_unit_test(integers_have_their_whole_range),
                                       cmocka_unit_test(a_buffer_always_ends_in_nul),
                                       cmocka_unit_test(every_code_point_goes_out_and_comes_back),
                                       cmocka_unit_test(what_is_not_utf8_is_found_and_passed_byte_by_byte),
                                       cmocka_unit_test(columns_are_those_of_a_terminal),
                                       cmocka_unit_test(distance_counts_slips_up_to_its_limit),
                                       cmocka_unit_test(hash_is_fnv),
                                       cmocka_unit_test(json_is_json_whatever_the_bytes_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
