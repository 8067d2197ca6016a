#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "layout/arrange.h"

static const struct arrange_gaps gaps = {28, 60, 10, 0, false};

static struct box leaf(void) { return (struct box){.u = 100, .v = 80, .anchor = 50, .gap = 28}; }

static struct arrangement arrange(struct arena *arena, const struct box *boxes, size_t n, const struct link *links,
                                  size_t link_count) {
    struct ranking ranking = {.boxes = boxes, .n = n, .links = links, .link_count = link_count};
    struct arrangement out = {0};
    assert_true(arrange_run(&ranking, &engine_plain, &gaps, arena, &out));
    return out;
}

static void assert_apart(const struct box *boxes, size_t n, const struct arrangement *at) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            int apart_u = at->u[i] + boxes[i].u <= at->u[j] || at->u[j] + boxes[j].u <= at->u[i];
            int apart_v = at->v[i] + boxes[i].v <= at->v[j] + 0.01 || at->v[j] + boxes[j].v <= at->v[i] + 0.01;
            assert_true(apart_u || apart_v);
        }
}

static void chain_is_straight(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[4] = {leaf(), leaf(), leaf(), leaf()};
    boxes[2].v = 300; /* a group, tied where its inner node is */
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {1, 2, 24, 210, 0, 1}, {2, 3, 90, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 4, links, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(fabs(at.v[links[i].from] + links[i].port_from - at.v[links[i].to] - links[i].port_to) < 0.01);
    for (size_t i = 0; i < 3; i++)
        assert_true(at.u[i + 1] >= at.u[i] + boxes[i].u + gaps.rank - 0.01);
    arena_free(arena);
}

static void hub_stands_in_the_middle_of_an_even_fan(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[5] = {leaf(), leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 4, 24, 24, 0, 1}, {1, 4, 24, 24, 0, 1}, {2, 4, 24, 24, 0, 1}, {3, 4, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 5, links, 4);
    assert_true(fabs(at.v[4] - (at.v[1] + at.v[2]) / 2) < 0.01);
    assert_apart(boxes, 5, &at);
    arena_free(arena);
}

static void odd_fan_has_a_straight_middle(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[4] = {leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 3, 24, 24, 0, 1}, {1, 3, 24, 24, 0, 1}, {2, 3, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 4, links, 3);
    assert_true(fabs(at.v[3] - at.v[1]) < 0.01);
    arena_free(arena);
}

static void siblings_keep_file_order(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[5] = {leaf(), leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {0, 2, 24, 24, 0, 1}, {0, 3, 24, 24, 0, 1}, {0, 4, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 5, links, 4);
    for (size_t i = 1; i < 4; i++)
        assert_true(at.v[i] < at.v[i + 1]);
    arena_free(arena);
}

static void siblings_stand_in_the_order_they_are_told(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[4] = {leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {0, 2, 24, 24, 0, 1}, {0, 3, 24, 24, 0, 1}};
    const size_t order[] = {0, 3, 1, 2};
    struct ranking ranking = {.boxes = boxes, .n = 4, .links = links, .link_count = 3, .order = order};
    struct arrangement at;
    assert_true(arrange_run(&ranking, &engine_plain, &gaps, arena, &at));
    assert_true(at.v[2] < at.v[3] && at.v[3] < at.v[1]);
    assert_true(at.u[0] < at.u[1] && at.crossings == 0);
    arena_free(arena);
}

static void long_link_has_a_lane_of_its_own(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[4] = {leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {1, 2, 24, 24, 0, 1}, {2, 3, 24, 24, 0, 1}, {0, 3, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 4, links, 4);
    assert_apart(boxes, 4, &at);
    /* the ends are not both on the level of what stands between them */
    double first = at.v[0] + 24, last = at.v[3] + 24;
    assert_false(first > at.v[1] && first < at.v[1] + 80 && last > at.v[1] && last < at.v[1] + 80 &&
                 fabs(first - last) < 0.01 && fabs(at.v[1] + 24 - first) > 0.01);
    arena_free(arena);
}

static void labels_get_their_room_along_the_flow(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[2] = {leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 190, 1}};
    struct arrangement at = arrange(arena, boxes, 2, links, 1);
    assert_true(fabs(at.u[1] - at.u[0] - boxes[0].u - 190) < 0.01);
    arena_free(arena);
}

static void main_line_stays_straight(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[5] = {leaf(), leaf(), leaf(), leaf(), leaf()};
    /* 0 -> 1 -> 2 -> 3, a long way from 0 to 3, and 4 that branches off 1 and leads nowhere */
    struct link links[] = {
        {0, 1, 24, 24, 0, 1}, {1, 2, 24, 24, 0, 1}, {2, 3, 24, 24, 0, 1}, {0, 3, 24, 24, 0, 1}, {1, 4, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 5, links, 5);
    for (size_t i = 1; i < 4; i++)
        assert_true(fabs(at.v[i] - at.v[0]) < 0.01);
    assert_apart(boxes, 5, &at);
    arena_free(arena);
}

static void sources_stand_beside_what_they_feed(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[5] = {leaf(), leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {1, 2, 24, 24, 0, 1}, {2, 4, 24, 24, 0, 1}, {3, 4, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 5, links, 4);
    assert_true(fabs(at.u[3] - at.u[2]) < 0.01);
    arena_free(arena);
}

static void crossings_that_need_not_be_are_none(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[6] = {leaf(), leaf(), leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 5, 24, 24, 0, 1}, {1, 4, 24, 24, 0, 1}, {2, 3, 24, 24, 0, 1}};
    struct arrangement at = arrange(arena, boxes, 6, links, 3);
    assert_int_equal(at.crossings, 0);
    arena_free(arena);
}

static int count_questions(void *self, const struct ranking *ranking, struct arena *arena) {
    ++*(int *)self;
    return engine_plain.rank(NULL, ranking, arena);
}

static void engine_is_asked_only_where_lines_cross(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    int questions = 0;
    struct engine engine = {count_questions, &questions, false};
    struct box boxes[4] = {leaf(), leaf(), leaf(), leaf()};
    struct link links[] = {{0, 2, 24, 24, 0, 1}, {1, 3, 24, 24, 0, 1}, {0, 3, 24, 24, 0, 1}, {1, 2, 24, 24, 0, 1}};
    struct ranking ranking = {.boxes = boxes, .n = 4, .links = links, .link_count = 3};
    struct arrangement at = {0};
    assert_true(arrange_run(&ranking, &engine, &gaps, arena, &at));
    assert_int_equal(questions, 0);
    ranking.link_count = 4;
    assert_true(arrange_run(&ranking, &engine, &gaps, arena, &at));
    assert_int_equal(questions, 1);
    assert_int_equal(at.crossings, 1);
    arena_free(arena);
}

static int answer_nonsense(void *self, const struct ranking *ranking, struct arena *arena) {
    (void)self, (void)arena;
    for (size_t i = 0; i < ranking->n; i++)
        ranking->u[i] = ranking->v[i] = NAN;
    return 0;
}

static void nonsense_of_an_engine_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct box boxes[3] = {leaf(), leaf(), leaf()};
    struct link links[] = {{0, 1, 24, 24, 0, 1}, {1, 2, 24, 24, 0, 1}};
    struct ranking ranking = {.boxes = boxes, .n = 3, .links = links, .link_count = 2};
    struct engine broken = {answer_nonsense, NULL, true};
    struct arrangement at = {0};
    assert_false(arrange_run(&ranking, &broken, &gaps, arena, &at));
    assert_apart(boxes, 3, &at);
    arena_free(arena);
}

/* Any graph: nothing overlaps, everything is finite, and a second run gives the same numbers. */
static void random_graphs_hold(void **state) {
    (void)state;
    uint32_t seed = 12345;
    for (int round = 0; round < 200; round++) {
        struct arena *arena = arena_new();
        struct box boxes[24];
        struct link links[40];
        size_t n = 2 + (seed >> 8) % 22, m = 0;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            boxes[i] = (struct box){
                .u = 60 + (seed >> 10) % 200, .v = 40 + (seed >> 18) % 200, .anchor = 30, .gap = 28};
        }
        for (size_t i = 0; i < n + n / 2; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t a = (seed >> 8) % n, b = (seed >> 16) % n;
            if (a != b)
                links[m++] = (struct link){a < b ? a : b, a < b ? b : a, 10 + (seed >> 24) % 30, 10, 0, 1};
        }
        struct arrangement at = arrange(arena, boxes, n, links, m), again = arrange(arena, boxes, n, links, m);
        assert_apart(boxes, n, &at);
        for (size_t i = 0; i < n; i++) {
            assert_true(isfinite(at.u[i]) && isfinite(at.v[i]));
            assert_true(at.u[i] >= again.u[i] && at.u[i] <= again.u[i] && at.v[i] >= again.v[i] &&
                        at.v[i] <= again.v[i]);
            assert_true(at.v[i] >= -0.01 && at.v[i] + boxes[i].v <= at.extent_v + 0.01);
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chain_is_straight),
        cmocka_unit_test(hub_stands_in_the_middle_of_an_even_fan),
        cmocka_unit_test(odd_fan_has_a_straight_middle),
        cmocka_unit_test(siblings_keep_file_order),
        cmocka_unit_test(siblings_stand_in_the_order_they_are_told),
        cmocka_unit_test(long_link_has_a_lane_of_its_own),
        cmocka_unit_test(labels_get_their_room_along_the_flow),
        cmocka_unit_test(main_line_stays_straight),
        cmocka_unit_test(sources_stand_beside_what_they_feed),
        cmocka_unit_test(crossings_that_need_not_be_are_none),
        cmocka_unit_test(engine_is_asked_only_where_lines_cross),
        cmocka_unit_test(nonsense_of_an_engine_is_refused),
        cmocka_unit_test(random_graphs_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
