#include "picture.h"

#include "layout/untangle.h"

#define LINE(picture, edge, ...)                                                                                       \
    picture_line(picture, edge, sizeof(struct point[]){__VA_ARGS__} / sizeof(struct point),                            \
                 (struct point[]){__VA_ARGS__})

enum { MOST = 24 };

/* a -> d and b -> c, which cross between two columns. */
static struct quality cross(struct picture *picture, const char *yaml) {
    picture_open(picture, yaml);
    picture_leaf(picture, "a", 0, 0, 60);
    picture_leaf(picture, "b", 0, 200, 60);
    picture_leaf(picture, "c", 400, 0, 60);
    picture_leaf(picture, "d", 400, 200, 60);
    LINE(picture, 0, {48, 24}, {150, 24}, {150, 224}, {400, 224});
    LINE(picture, 1, {48, 224}, {100, 224}, {100, 100}, {250, 100}, {250, 24}, {400, 24});
    return quality_measure(picture->model, &picture->layout, picture->arena);
}

static bool before(struct picture *picture, const struct variant *variant, const char *one, const char *other) {
    return variant->keys &&
           variant->keys[picture_node(picture, one)->index] < variant->keys[picture_node(picture, other)->index];
}

static void both_pairs_of_siblings_are_exchanged(void **state) {
    (void)state;
    struct picture picture;
    struct quality quality = cross(
        &picture, "nodes: {a: ec2, b: user, c: s3, d: sqs}\nedges:\n  - {from: a, to: d}\n  - {from: b, to: c}\n");
    struct variant variants[MOST];
    assert_true(quality.value[MEASURE_CROSSINGS] == 1);
    size_t n = untangle_list(picture.model, &quality, NULL, picture.arena, variants, MOST), sources = 0, targets = 0;
    for (size_t i = 0; i < n; i++) {
        sources += before(&picture, &variants[i], "b", "a") && before(&picture, &variants[i], "c", "d");
        targets += before(&picture, &variants[i], "d", "c") && before(&picture, &variants[i], "a", "b");
    }
    assert_true(sources > 0 && targets > 0);
    assert_true(variants[0].keys == NULL && variants[0].care > 1); /* the same places, and lines that take more care */
    assert_true(variants[1].keys == NULL && variants[1].long_first); /* ... or that choose in another order */
    assert_int_equal(untangle_list(picture.model, &quality, NULL, picture.arena, variants, 2), 2);
    picture_close(&picture);
}

static void nothing_to_do_without_a_crossing(void **state) {
    (void)state;
    struct picture picture;
    cross(&picture, "nodes: {a: ec2, b: user, c: s3, d: sqs}\nedges:\n  - {from: a, to: d}\n  - {from: b, to: c}\n");
    LINE(&picture, 0, {24, 74}, {24, 200});
    struct quality quality = quality_measure(picture.model, &picture.layout, picture.arena);
    struct variant variants[MOST];
    assert_int_equal(untangle_list(picture.model, &quality, NULL, picture.arena, variants, MOST), 0);
    picture_close(&picture);
}

static void what_is_numbered_keeps_its_order(void **state) {
    (void)state;
    struct picture picture;
    struct quality quality = cross(
        &picture, "nodes: {a: ec2, b: ec2, c: s3, d: sqs}\nedges:\n  - {from: a, to: d}\n  - {from: b, to: c}\n");
    struct variant variants[MOST];
    size_t n = untangle_list(picture.model, &quality, NULL, picture.arena, variants, MOST), others = 0;
    for (size_t i = 0; i < n; i++) {
        assert_false(before(&picture, &variants[i], "b", "a"));
        others += before(&picture, &variants[i], "d", "c");
    }
    assert_true(others > 0);
    picture_close(&picture);
}

static void zones_keep_their_order(void **state) {
    (void)state;
    struct picture picture;
    struct quality quality = cross(&picture, "nodes:\n"
                                             "  vpc:\n"
                                             "    type: vpc\n"
                                             "    nodes:\n"
                                             "      z1: {type: availability-zone, nodes: {a: ec2}}\n"
                                             "      z2: {type: availability-zone, nodes: {b: ec2}}\n"
                                             "  c: s3\n"
                                             "  d: sqs\n"
                                             "edges:\n  - {from: a, to: d}\n  - {from: b, to: c}\n");
    struct variant variants[MOST];
    size_t n = untangle_list(picture.model, &quality, NULL, picture.arena, variants, MOST), others = 0;
    for (size_t i = 0; i < n; i++) {
        assert_false(before(&picture, &variants[i], "z2", "z1"));
        others += before(&picture, &variants[i], "d", "c");
    }
    assert_true(others > 0);
    picture_close(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_pairs_of_siblings_are_exchanged),
        cmocka_unit_test(nothing_to_do_without_a_crossing),
        cmocka_unit_test(what_is_numbered_keeps_its_order),
        cmocka_unit_test(zones_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
