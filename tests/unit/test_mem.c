#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static jmp_buf gave_up;
static size_t asked_for;

static void give_up(size_t wanted) {
    asked_for = wanted;
    longjmp(gave_up, 1);
}

static void memory_is_zero_aligned_and_apart(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *before = NULL;
    for (size_t size = 1; size < 200000; size = size * 3 + 1) {
        unsigned char *at = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)at % 16, 0);
        assert_true(at != before);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xAA, size);
        before = at;
    }
    arena_free(arena);
    arena_free(NULL);
}

static void a_large_thing_does_not_push_out_the_room_that_is_left(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char *one = arena_alloc(arena, 16);
    arena_alloc(arena, 1 << 20);
    char *two = arena_alloc(arena, 16);
    assert_ptr_equal(two, one + 16);
    arena_free(arena);
}

static void a_limit_holds_also_when_more_is_taken_already(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    mem_on_failure(give_up);
    arena_limit(arena, 1 << 20);
    arena_alloc(arena, 1 << 19);
    asked_for = 0;
    if (setjmp(gave_up) == 0)
        arena_alloc(arena, 1 << 20);
    assert_int_equal(asked_for, 1 << 20);
    arena_limit(arena, 1); /* less than is taken */
    asked_for = 0;
    if (setjmp(gave_up) == 0)
        arena_alloc(arena, 1 << 17);
    assert_int_equal(asked_for, 1 << 17);
    mem_on_failure(NULL);
    arena_free(arena);
}

static void products_that_overflow_are_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    mem_on_failure(give_up);
    volatile int refused = 0;
    if (setjmp(gave_up) == 0)
        arena_array(arena, SIZE_MAX / 4, 8);
    else
        refused++;
    if (setjmp(gave_up) == 0)
        mem_resize(NULL, SIZE_MAX / 2, 3);
    else
        refused++;
    assert_int_equal(refused, 2);
    mem_on_failure(NULL);
    arena_free(arena);
}

static void arrays_grow_by_factors_and_keep_what_is_in_them(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    ARRAY(int) numbers = {0};
    size_t moves = 0;
    for (int i = 0; i < 10000; i++) {
        int *before = numbers.at;
        *array_push(arena, &numbers) = i;
        moves += numbers.at != before;
    }
    assert_int_equal(numbers.n, 10000);
    assert_true(moves <= 12);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers.at[i], i);
    for (size_t i = numbers.n; i < numbers.cap; i++)
        assert_int_equal(numbers.at[i], 0);
    arena_free(arena);
}

static void scratch_is_clean_and_kept_within_the_limit(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    arena_limit(arena, 1 << 20);
    unsigned char *first = NULL;
    for (int round = 0; round < 3; round++) {
        struct arena *scratch = arena_scratch(arena), *within = arena_scratch(arena);
        assert_true(scratch != within);
        arena_scratch_end(within);
        unsigned char *at = arena_alloc(scratch, 50000), *more = arena_alloc(scratch, 90000);
        for (size_t i = 0; i < 50000; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xAA, 50000);
        memset(more, 0xAA, 90000);
        if (round == 2)
            assert_ptr_equal(at, first);
        first = at;
        arena_scratch_end(scratch);
    }
    mem_on_failure(give_up);
    struct arena *scratch = arena_scratch(arena); /* not given back: freed with its owner */
    asked_for = 0;
    if (!setjmp(gave_up))
        arena_alloc(scratch, 2 << 20);
    assert_true(asked_for > 0);
    mem_on_failure(NULL);
    arena_free(arena);
}

static void copies_end_in_nul(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char text[] = "abcdef";
    char *copy = arena_copy(arena, text, 3);
    text[0] = 'x';
    assert_string_equal(copy, "abc");
    assert_string_equal(arena_copy(arena, NULL, 0), "");
    assert_string_equal(arena_printf(arena, "%s-%d-%zu", "a", -5, (size_t)7), "a--5-7");
    char *at = mem_resize(NULL, 0, 8);
    at = mem_resize(at, 100, 1);
    at[99] = 1;
    free(at);
    arena_free(arena);
}

static void reserved_arrays_are_filled_in_place(void **state) {
    struct arena *arena = arena_new();
    ARRAY(long) numbers = {0};
    (void)state;
    memset(arena_alloc(arena, 1000), 0xFF, 1000);
    array_reserve(arena, &numbers, 100);
    const long *first = numbers.at;
    for (long i = 0; i < 100; i++) {
        long *at = array_push(arena, &numbers);
        assert_int_equal(*at, 0);
        *at = i + 1;
    }
    assert_ptr_equal(numbers.at, first);
    array_reserve(arena, &numbers, 50);
    assert_ptr_equal(numbers.at, first);
    *array_push(arena, &numbers) = 101;
    for (long i = 0; i < 101; i++)
        assert_int_equal(numbers.at[i], i + 1);
    numbers.n = 3;
    assert_int_equal(*array_push(arena, &numbers), 0); /* a new thing, whatever stood there */
    arena_free(arena);
}

/* Whatever was in the memory before: chunks are cleared as they are used, and scratch arenas hand theirs on. */
static void all_is_zero_whatever_was_there(void **state) {
    static const size_t sizes[] = {1, 17, 4000, 40000, 70000, 500000};
    struct arena *arena = arena_new();
    (void)state;
    for (int round = 0; round < 3; round++) {
        struct arena *scratch = arena_scratch(arena);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *at = arena_alloc(scratch, sizes[i]);
            for (size_t k = 0; k < sizes[i]; k++)
                assert_int_equal(at[k], 0);
            memset(at, 0xAA, sizes[i]);
        }
        arena_scratch_end(scratch);
        free(memset(mem_resize(NULL, 65000, 1), 0xBB, 65000)); /* what malloc gives next is dirty */
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reserved_arrays_are_filled_in_place),
                                       cmocka_unit_test(all_is_zero_whatever_was_there),
                                       cmocka_unit_test(memory_is_zero_aligned_and_apart),
                                       cmocka_unit_test(a_large_thing_does_not_push_out_the_room_that_is_left),
                                       cmocka_unit_test(a_limit_holds_also_when_more_is_taken_already),
                                       cmocka_unit_test(products_that_overflow_are_refused),
                                       cmocka_unit_test(arrays_grow_by_factors_and_keep_what_is_in_them),
                                       cmocka_unit_test(scratch_is_clean_and_kept_within_the_limit),
                                       cmocka_unit_test(copies_end_in_nul)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
