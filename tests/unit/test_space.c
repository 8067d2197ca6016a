#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/space.h"

static uint32_t next_random(uint32_t *seed) { return *seed = *seed * 1664525 + 1013904223; }

static struct rect some_rect(uint32_t *seed) {
    double x = next_random(seed) >> 22, y = next_random(seed) >> 22, w = next_random(seed) >> 26,
           h = next_random(seed) >> 26;
    return (struct rect){x - 50, y - 50, w, h};
}

/* The same answers as looking at every thing, in order, also for what lies outside the bounds. */
static void finds_what_looking_at_all_finds(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct space space = space_new((struct rect){0, 0, 900, 900}, 300, arena);
    struct rect things[300];
    uint32_t seed = 7;
    for (size_t i = 0; i < 300; i++) {
        things[i] = some_rect(&seed);
        assert_int_equal(space_add(&space, things[i]), i);
    }
    for (int question = 0; question < 200; question++) {
        struct rect place = some_rect(&seed);
        double gap = question % 3 ? question % 20 - 2 : 0;
        const size_t *found;
        size_t n = space_find(&space, place, gap, &found), k = 0;
        for (size_t i = 0; i < 300; i++)
            if (rect_overlap(place, things[i], gap)) {
                assert_true(k < n);
                assert_int_equal(found[k++], i);
            }
        assert_int_equal(k, n);
    }
    arena_free(arena);
}

static void frames_are_hollow(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct space space = space_new((struct rect){0, 0, 500, 500}, 1, arena);
    const size_t *found;
    space_add_frame(&space, (struct rect){100, 100, 300, 300});
    assert_int_equal(space_find(&space, (struct rect){200, 200, 50, 50}, 0, &found), 0);
    assert_int_equal(space_find(&space, (struct rect){90, 90, 20, 20}, 0, &found), 2);
    assert_int_equal(space_find(&space, (struct rect){390, 200, 50, 50}, 0, &found), 1);
    assert_int_equal(found[0], 2);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_looking_at_all_finds),
                                       cmocka_unit_test(frames_are_hollow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
