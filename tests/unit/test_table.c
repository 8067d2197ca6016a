#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/table.h"

static void finds_what_was_put_and_nothing_else(void **state) {
    (void)state;
    enum { N = 20000 };
    struct arena *arena = arena_new();
    struct table table = {0};
    static int things[N];
    assert_null(table_get(&table, "n0"));
    for (int i = 0; i < N; i++)
        table_put(arena, &table, arena_printf(arena, "n%d", i), &things[i]);
    assert_int_equal(table.n, N);
    for (int i = 0; i < N; i++)
        assert_ptr_equal(table_get(&table, arena_printf(arena, "n%d", i)), &things[i]);
    assert_null(table_get(&table, "n20000"));
    assert_null(table_get(&table, ""));
    arena_free(arena);
}

static void a_later_thing_takes_the_place_of_an_earlier_one(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct table table = {0};
    int one, two;
    char name[] = "same", again[] = "same"; /* names are compared, not addresses */
    table_put(arena, &table, name, &one);
    table_put(arena, &table, again, &two);
    assert_int_equal(table.n, 1);
    assert_ptr_equal(table_get(&table, "same"), &two);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_was_put_and_nothing_else),
                                       cmocka_unit_test(a_later_thing_takes_the_place_of_an_earlier_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
