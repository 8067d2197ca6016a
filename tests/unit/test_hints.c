#include "picture.h"

#include "layout/hints.h"

static const char two[] = "nodes: {a: ec2, b: ec2}\n"
                          "edges:\n  - {from: a, to: b, side: {from: right, to: top}}\n"
                          "same-rank: [[a, b]]\n";

static size_t warnings_of(struct picture *picture) {
    size_t before = diags_count(&picture->diags, SEVERITY_WARNING);
    hints_check(picture->model, &picture->layout, &picture->diags);
    return diags_count(&picture->diags, SEVERITY_WARNING) - before;
}

static void line(struct picture *picture, struct point *points, size_t n) {
    picture->layout.edges[0] = (struct routed){.points = points, .n = n};
}

static void what_holds_is_not_reported(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, two);
    picture.layout.direction = DIRECTION_RIGHT;
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 0, 200, 60);
    line(&picture, (struct point[]){{48, 24}, {80, 24}, {80, 150}, {24, 150}, {24, 200}}, 5);
    assert_int_equal(warnings_of(&picture), 0);
    picture_close(&picture);
}

static void sides_are_measured_at_the_line(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, two);
    picture.layout.direction = DIRECTION_RIGHT;
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 0, 200, 60);
    line(&picture, (struct point[]){{24, 74}, {24, 200}}, 2); /* leaves by the bottom */
    assert_int_equal(warnings_of(&picture), 1);
    line(&picture, (struct point[]){{0, 24}, {-20, 24}, {-20, 224}, {0, 224}}, 4); /* both by the left */
    assert_int_equal(warnings_of(&picture), 2);
    picture_close(&picture);
}

static void ranks_are_measured_along_the_flow(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, two);
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 0, 200, 60);
    line(&picture, (struct point[]){{48, 24}, {80, 24}, {80, 150}, {24, 150}, {24, 200}}, 5);
    picture.layout.direction = DIRECTION_DOWN; /* where one below the other is one after the other */
    assert_int_equal(warnings_of(&picture), 1);
    picture_close(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_holds_is_not_reported),
        cmocka_unit_test(sides_are_measured_at_the_line),
        cmocka_unit_test(ranks_are_measured_along_the_flow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
