/* The router on pictures whose boxes are put by hand: what it draws is checked by the measures of quality and by eye of numbers. */
#include "picture.h"

#include "layout/fan.h"
#include "layout/grid.h"
#include "layout/label.h"
#include "layout/twin.h"

static void route(struct picture *picture) {
    route_edges(picture->model, &picture->layout, picture->arena, &picture->diags);
    label_place(picture->model, &picture->layout, picture->arena);
}

static const struct routed *line(struct picture *picture, size_t edge) { return &picture->layout.edges[edge]; }

static void assert_at(struct point p, double x, double y) {
    assert_true(fabs(p.x - x) < 0.01);
    assert_true(fabs(p.y - y) < 0.01);
}

/* Nothing that no picture may have. */
static void assert_sound(struct picture *picture) {
    struct quality quality = quality_measure(picture->model, &picture->layout, picture->arena);
    for (size_t i = 0; i < quality.fault_count; i++)
        if (quality.faults[i].measure < MEASURE_CROSSINGS || quality.faults[i].measure == MEASURE_JOGS ||
            quality.faults[i].measure == MEASURE_CLOSE_RUNS)
            fail_msg("%s: %s", measure_names[quality.faults[i].measure], quality.faults[i].text);
}

static void level_nodes_get_a_straight_line_between_middles(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: ec2}\nedges: [a -> b]\n");
    picture_leaf(&picture, "a", 0, 0, 80);
    picture_leaf(&picture, "b", 200, 0, 80);
    route(&picture);
    assert_int_equal(line(&picture, 0)->n, 2);
    assert_at(line(&picture, 0)->points[0], 48, 24);
    assert_at(line(&picture, 0)->points[1], 200, 24);
    picture_close(&picture);
}

static void line_goes_round_a_node_in_its_way(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: ec2, c: ec2}\nedges: [a -> c]\n");
    picture_leaf(&picture, "a", 0, 0, 80);
    picture_leaf(&picture, "b", 200, 0, 80);
    picture_leaf(&picture, "c", 400, 0, 80);
    route(&picture);
    assert_true(line(&picture, 0)->n >= 4);
    assert_sound(&picture);
    picture_close(&picture);
}

static void fan_leaves_on_one_trunk(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: s3, c: s3, d: s3}\nedges: [a -> b, a -> c, a -> d]\n");
    picture_leaf(&picture, "a", 0, 200, 80);
    picture_leaf(&picture, "b", 300, 0, 80);
    picture_leaf(&picture, "c", 300, 200, 80);
    picture_leaf(&picture, "d", 300, 400, 80);
    route(&picture);
    for (size_t e = 0; e < 3; e++)
        assert_at(line(&picture, e)->points[0], 48, 224);
    assert_int_equal(line(&picture, 1)->n, 2);
    assert_int_equal(line(&picture, 0)->n, 4);
    assert_true(fabs(line(&picture, 0)->points[1].x - line(&picture, 2)->points[1].x) <
                0.01); /* one upright for both */
    assert_sound(&picture);
    picture_close(&picture);
}

static void unlike_lines_keep_apart(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture,
                 "nodes: {a: ec2, b: ec2}\nedges:\n  - a -> b\n  - {from: a, to: b, kind: control}\n  - b -> a\n");
    picture_leaf(&picture, "a", 0, 0, 80);
    picture_leaf(&picture, "b", 300, 0, 80);
    route(&picture);
    for (size_t e = 0; e < 3; e++)
        for (size_t f = 0; f < e; f++)
            assert_true(fabs(line(&picture, e)->points[0].y - line(&picture, f)->points[0].y) >= 8);
    double sum = line(&picture, 0)->points[0].y + line(&picture, 1)->points[0].y + line(&picture, 2)->points[0].y;
    assert_true(fabs(sum / 3 - 24) < 0.5); /* as far above the middle as below */
    assert_sound(&picture);
    picture_close(&picture);
}

static void title_is_no_way_in(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes:\n  a: ec2\n  g: {type: vpc, nodes: {b: ec2}}\nedges: [a -> b]\n");
    picture_group(&picture, "g", (struct rect){0, 200, 160, 160}, 160);
    picture_leaf(&picture, "a", 56, 0, 80);
    picture_leaf(&picture, "b", 56, 250, 80);
    route(&picture);
    assert_true(line(&picture, 0)->n > 2);
    assert_sound(&picture);
    picture_close(&picture);
}

static void groups_that_face_each_other_are_joined_in_the_middle(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture,
                 "nodes:\n  g: {type: vpc, nodes: {a: ec2}}\n  h: {type: vpc, nodes: {b: ec2}}\nedges: [g -> h]\n");
    picture_group(&picture, "g", (struct rect){0, 0, 160, 160}, 90);
    picture_group(&picture, "h", (struct rect){300, 40, 160, 160}, 90);
    picture_leaf(&picture, "a", 56, 50, 80);
    picture_leaf(&picture, "b", 356, 90, 80);
    route(&picture);
    assert_int_equal(line(&picture, 0)->n, 2);
    struct point from = line(&picture, 0)->points[0], to = line(&picture, 0)->points[1];
    assert_true(from.y >= 90 &&
                from.y <= 115); /* they have 40 to 160 in common, of which the upper title takes a part */
    assert_at(from, 160, to.y);
    assert_at(to, 300, from.y);
    assert_sound(&picture);
    picture_close(&picture);
}

static void line_to_the_own_group_ends_at_its_frame_from_within(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes:\n  g: {type: vpc, nodes: {a: ec2}}\nedges: [a -> g]\n");
    picture_group(&picture, "g", (struct rect){0, 0, 300, 160}, 90);
    picture_leaf(&picture, "a", 56, 50, 80);
    route(&picture);
    const struct routed *routed = line(&picture, 0);
    assert_int_equal(routed->n, 2);
    assert_at(routed->points[1], 0, 74);
    assert_sound(&picture);
    picture_close(&picture);
}

static void loops_stay_off_titles(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes:\n  g: {type: vpc, nodes: {a: ec2}}\nedges: [a -> a, g -> g]\n");
    picture_group(&picture, "g", (struct rect){0, 0, 160, 160}, 160);
    picture_leaf(&picture, "a", 56, 46, 80);
    route(&picture);
    assert_true(line(&picture, 0)->n >= 4 && line(&picture, 1)->n >= 4);
    assert_sound(&picture);
    picture_close(&picture);
}

static void sides_are_those_the_author_wants(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: ec2}\nedges:\n  - {from: a, to: b, side: {from: top, to: bottom}}\n");
    picture_leaf(&picture, "a", 0, 0, 80);
    picture_leaf(&picture, "b", 300, 0, 80);
    route(&picture);
    const struct routed *routed = line(&picture, 0);
    assert_at(routed->points[0], 24, 0);
    assert_at(routed->points[routed->n - 1], 324, 74); /* below the name */
    assert_sound(&picture);
    picture_close(&picture);
}

static void label_stands_on_its_own_part(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: s3, c: s3}\nedges:\n"
                           "  - {from: a, to: b, label: first, side: {to: left}}\n  - {from: a, to: c, label: second, "
                           "side: {to: left}}\n");
    picture_leaf(&picture, "a", 0, 100, 80);
    picture_leaf(&picture, "b", 400, 0, 80);
    picture_leaf(&picture, "c", 400, 200, 80);
    route(&picture);
    for (size_t e = 0; e < 2; e++) {
        const struct routed *routed = line(&picture, e);
        assert_true(routed->label.w > 0 && !routed->crowded);
        struct point last = routed->points[routed->n - 1], bend = routed->points[routed->n - 2];
        assert_true(routed->label.x >= bend.x && rect_right(routed->label) <= last.x);
        assert_true(fabs(rect_centre(routed->label).y - last.y) < 20);
    }
    assert_sound(&picture);
    picture_close(&picture);
}

/* What lies within a group sends no lines into its neighbours, so the grid grows with their number and not its square. */
static void grid_grows_with_the_picture(void **state) {
    (void)state;
    size_t sizes[2];
    for (int k = 0; k < 2; k++) {
        struct picture picture;
        struct str yaml = STR_EMPTY;
        size_t groups = k ? 160 : 40;
        str_put(&yaml, "nodes:\n");
        for (size_t i = 0; i < groups; i++)
            str_printf(&yaml, "  g%zu: {type: vpc, nodes: {a%zu: ec2, b%zu: ec2}}\n", i, i, i);
        str_put(&yaml, "edges:\n");
        for (size_t i = 0; i < groups; i++)
            str_printf(&yaml, "  - a%zu -> b%zu\n", i, i);
        picture_open(&picture, yaml.at);
        for (size_t i = 0; i < groups; i++) {
            double x = (double)(i % 10) * 320, y = (double)(i / 10) * 180;
            char name[3][24];
            snprintf(name[0], sizeof name[0], "g%zu", i), snprintf(name[1], sizeof name[1], "a%zu", i),
                snprintf(name[2], sizeof name[2], "b%zu", i);
            picture_group(&picture, name[0], (struct rect){x, y, 280, 140}, 90);
            picture_leaf(&picture, name[1], x + 40, y + 50, 80);
            picture_leaf(&picture, name[2], x + 190, y + 50, 80);
        }
        sizes[k] = grid_build(picture.model, &picture.layout, picture.arena).n;
        route(&picture);
        assert_sound(&picture);
        str_free(&yaml);
        picture_close(&picture);
    }
    assert_true(sizes[1] < 5 * sizes[0]);
}

static void fans_are_lines_alike_with_one_end_in_common(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: s3, c: s3, d: s3}\nedges:\n  - a -> b\n  - a -> c\n  - {from: a, to: d, "
                           "kind: control}\n  - d -> a\n  - a -> b\n");
    struct fans fans = fans_find(picture.model, picture.arena);
    assert_int_equal(fans.from[0], fans.from[1]);
    assert_int_not_equal(fans.from[0], fans.from[2]); /* another kind */
    assert_int_not_equal(fans.from[0], fans.to[3]);   /* a head at this end */
    assert_int_not_equal(fans.from[0], fans.from[4]); /* it would hide the first */
    assert_int_not_equal(fans.to[0], fans.to[1]);
    picture_close(&picture);
}

static void fan_leaves_its_trunk_together(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: s3, c: s3}\nedges: [a -> b, a -> c]\n");
    picture_leaf(&picture, "a", 0, 0, 80);
    picture_leaf(&picture, "b", 300, 200, 80);
    picture_leaf(&picture, "c", 300, 320, 80);
    picture_line(&picture, 0, 4, (struct point[]){{48, 24}, {100, 24}, {100, 224}, {300, 224}});
    picture_line(&picture, 1, 4, (struct point[]){{48, 24}, {130, 24}, {130, 344}, {300, 344}});
    nudge_edges(picture.model, &picture.layout, picture.arena);
    assert_at(line(&picture, 0)->points[1], line(&picture, 1)->points[1].x, 24);
    assert_sound(&picture);
    picture_close(&picture);
}

static void label_does_not_push_an_open_line_away(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture, "nodes: {a: ec2, b: ec2}\nedges:\n  - {from: a, to: b, label: Over both}\n");
    picture_leaf(&picture, "a", 0, 100, 80);
    picture_leaf(&picture, "b", 300, 100, 80);
    picture_line(&picture, 0, 4, (struct point[]){{24, 100}, {24, 76}, {324, 76}, {324, 100}});
    nudge_edges(picture.model, &picture.layout, picture.arena);
    assert_true(line(&picture, 0)->points[1].y > 60 && line(&picture, 0)->points[1].y <= 92);
    picture_close(&picture);
}

static void label_in_a_narrow_place_is_broken_into_more_lines(void **state) {
    (void)state;
    for (int whole = 0; whole < 2; whole++) {
        struct picture picture;
        picture_open(&picture, "nodes: {a: ec2, b: ec2, c: ec2, d: ec2}\n"
                               "edges:\n  - {from: a, to: b, label: one two three four five}\n");
        picture_leaf(&picture, "a", 200, 0, 80);
        picture_leaf(&picture, "b", 200, 130, 80);
        picture_leaf(&picture, "c", 60, 46, 120);
        picture_leaf(&picture, "d", 340, 46, 120);
        picture.layout.whole_labels = whole;
        route(&picture);
        const struct edge_size *size = label_size(&picture.layout, picture.model->edges[0]);
        assert_int_equal(line(&picture, 0)->crowded, whole);
        assert_true((line(&picture, 0)->narrow != NULL) == !whole);
        assert_true(size->label[LANG_EN].n > 1 - (size_t)whole);
        if (!whole)
            assert_sound(&picture);
        picture_close(&picture);
    }
}

static void twins_end_in_groups_that_are_alike(void **state) {
    (void)state;
    struct picture picture;
    picture_open(
        &picture,
        "nodes:\n  s: alb\n  a: {type: az, nodes: {x: ec2, y: ec2, d: rds}}\n  b: {type: az, nodes: {z: ec2}}\n"
        "  c: {type: vpc, nodes: {v: ec2}}\n"
        "edges: [s -> x, s -> y, s -> z, s -> v, s -> d, {from: s, to: b.z, kind: control}]\n");
    struct twins twins = twins_find(picture.model, picture.arena);
    assert_int_equal(twins.leaving[1], 2); /* y and z; x stands beside y in one group */
    assert_int_equal(twins.leaving[2], 1);
    for (size_t e = 0; e < 6; e++)
        assert_int_equal(twins.leaving[e], e == 1 ? 2 : e == 2 ? 1 : e);
    for (size_t e = 0; e < 6; e++)
        assert_int_equal(twins.reaching[e], e);
    picture_close(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_nodes_get_a_straight_line_between_middles),
        cmocka_unit_test(line_goes_round_a_node_in_its_way),
        cmocka_unit_test(fan_leaves_on_one_trunk),
        cmocka_unit_test(unlike_lines_keep_apart),
        cmocka_unit_test(title_is_no_way_in),
        cmocka_unit_test(groups_that_face_each_other_are_joined_in_the_middle),
        cmocka_unit_test(line_to_the_own_group_ends_at_its_frame_from_within),
        cmocka_unit_test(loops_stay_off_titles),
        cmocka_unit_test(sides_are_those_the_author_wants),
        cmocka_unit_test(label_stands_on_its_own_part),
        cmocka_unit_test(grid_grows_with_the_picture),
        cmocka_unit_test(fan_leaves_its_trunk_together),
        cmocka_unit_test(label_does_not_push_an_open_line_away),
        cmocka_unit_test(label_in_a_narrow_place_is_broken_into_more_lines),
        cmocka_unit_test(twins_end_in_groups_that_are_alike),
        cmocka_unit_test(fans_are_lines_alike_with_one_end_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
