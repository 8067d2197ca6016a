#include "desk.h"

#include <stdio.h>
#include <unistd.h>

static void place(const struct source *source, size_t offset, unsigned line, unsigned column) {
    struct position at = source_position(source, offset);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void lines_end_in_any_of_three_ways(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "one\ntwo\r\nthree\rfour");
    size_t n;
    assert_int_equal(source->line_count, 4);
    assert_memory_equal(source_line(source, 2, &n), "two", 3);
    assert_int_equal(n, 3);
    assert_string_equal(source_line(source, 4, &n), "four");
    assert_string_equal(source_line(source, 5, &n), "");
    assert_int_equal(n, 0);
    assert_string_equal(source_line(source, 0, &n), "");
    place(source, 0, 1, 1);
    place(source, 3, 1, 4);
    place(source, 4, 2, 1);
    place(source, 9, 3, 1);
    place(source, 15, 4, 1);
    place(source, 400, 4, 5);
    desk_close(&desk);
}

static void columns_count_characters_and_tabs_as_one(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "\t東京: x\n");
    place(source, 1, 1, 2);
    place(source, 4, 1, 3);
    place(source, 7, 1, 4);
    place(source, 9, 1, 6);
    desk_close(&desk);
}

static void columns_are_right_in_lines_of_any_length(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct str text = STR_EMPTY;
    str_put(&text, "first\n");
    for (int i = 0; i < 5000; i++)
        str_put(&text, i % 3 ? "é" : "x");
    struct source *source = desk_source(&desk, text.at);
    unsigned column = 1;
    for (const char *at = source->bytes + 6, *end = source->bytes + source->size; at < end; column++) {
        place(source, (size_t)(at - source->bytes), 2, column);
        utf8_next(&at, end);
    }
    assert_int_equal(column, 5001);
    str_free(&text);
    desk_close(&desk);
}

static void the_byte_order_mark_is_no_part_of_the_text(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct source *source = desk_source(&desk, "\xEF\xBB\xBFtitle");
    assert_string_equal(source->bytes, "title");
    assert_int_equal(source->size, 5);
    desk_close(&desk);
}

static void bytes_that_are_no_text_are_refused_at_their_place(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        enum diag_code code;
        unsigned line, column;
        const char *words;
    } rows[] = {{"a\n b\xFFg", 6, DIAG_not_utf8, 2, 3, "0xFF"},
                {"\xFF\xFEn\0", 4, DIAG_not_utf8, 1, 1, "UTF-16"},
                {"n\0o\0d\0", 6, DIAG_not_utf8, 1, 1, "UTF-16"},
                {"ab\0c", 4, DIAG_control_character, 1, 3, "U+0000"},
                {"東\x1B[1m", 7, DIAG_control_character, 1, 2, "U+001B"},
                {"\xC2\x85", 2, DIAG_control_character, 1, 1, "U+0085"},
                {"a\xE2\x80\xAE"
                 "b",
                 5, DIAG_bidi_control, 1, 2, "U+202E"},
                {"a\xE2\x81\xA6", 4, DIAG_bidi_control, 1, 2, "U+2066"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk desk;
        desk_open(&desk);
        assert_null(source_memory(&desk.sources, "x", rows[i].bytes, rows[i].n, &desk.diags));
        desk_wrong(&desk, rows[i].code, rows[i].line, rows[i].column, rows[i].words);
        desk_close(&desk);
    }
}

static void a_file_full_of_them_is_not_a_report_full_of_them(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    char bytes[1000];
    memset(bytes, 1, sizeof bytes);
    assert_null(source_memory(&desk.sources, "x", bytes, sizeof bytes, &desk.diags));
    assert_int_equal(desk.diags.n, 5);
    desk_close(&desk);
}

static void files_are_read_whole_and_in_order(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    char path[] = P_tmpdir "/awsdiag-source-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    for (int i = 0; i < 20000; i++)
        fprintf(file, "line %d\n", i);
    fclose(file);
    struct source *source = source_open(&desk.sources, path, NULL, &desk.diags);
    assert_non_null(source);
    size_t n;
    assert_int_equal(source->line_count, 20001);
    assert_memory_equal(source_line(source, 20000, &n), "line 19999", 10);
    assert_int_equal(source->number, 0);
    assert_int_equal(desk_source(&desk, "x")->number, 1);
    desk.sources.limit = 1000;
    assert_null(source_open(&desk.sources, path, NULL, &desk.diags));
    assert_int_equal(desk.diags.at[0].code, DIAG_too_large);
    assert_null(source_memory(&desk.sources, "large", source->bytes, source->size, &desk.diags));
    assert_int_equal(desk.diags.at[1].code, DIAG_too_large);
    unlink(path);
    desk_close(&desk);
}

static void files_that_cannot_be_read_are_reported_where_they_were_asked_for(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct mark asked = {desk_source(&desk, "ab"), 1, 2, NULL};
    assert_null(source_open(&desk.sources, "/nowhere/at/all.yaml", &asked, &desk.diags));
    desk_wrong(&desk, DIAG_cannot_read, 1, 2, "`/nowhere/at/all.yaml`: there is no such file");
    assert_null(source_open(&desk.sources, "/", NULL, &desk.diags));
    assert_non_null(strstr(desk.diags.at[1].text, "it is a directory"));
    int first = dup(0);
    close(first);
    for (int i = 0; i < 100; i++)
        source_open(&desk.sources, "/", NULL, &desk.diags);
    int last = dup(0);
    close(last);
    assert_int_equal(first, last); /* none is left open */
    desk_close(&desk);
}

static void names_are_beside_files(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(source_beside(arena, "a/b.yaml", "c.yaml"), "a/c.yaml");
    assert_string_equal(source_beside(arena, "b.yaml", "c.yaml"), "c.yaml");
    assert_string_equal(source_beside(arena, "/b.yaml", "d/c.yaml"), "/d/c.yaml");
    assert_string_equal(source_beside(arena, "a/b.yaml", "/c.yaml"), "/c.yaml");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_any_of_three_ways),
        cmocka_unit_test(columns_count_characters_and_tabs_as_one),
        cmocka_unit_test(columns_are_right_in_lines_of_any_length),
        cmocka_unit_test(the_byte_order_mark_is_no_part_of_the_text),
        cmocka_unit_test(bytes_that_are_no_text_are_refused_at_their_place),
        cmocka_unit_test(a_file_full_of_them_is_not_a_report_full_of_them),
        cmocka_unit_test(files_are_read_whole_and_in_order),
        cmocka_unit_test(files_that_cannot_be_read_are_reported_where_they_were_asked_for),
        cmocka_unit_test(names_are_beside_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
