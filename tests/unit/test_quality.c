#include "picture.h"

#define LINE(picture, edge, ...)                                                                                       \
    picture_line(picture, edge, sizeof(struct point[]){__VA_ARGS__} / sizeof(struct point),                            \
                 (struct point[]){__VA_ARGS__})

/* Four leaves in two rows, 200 px apart; a -> b above, c -> d below. */
static const char four[] =
    "nodes: {a: ec2, b: ec2, c: ec2, d: ec2}\nedges:\n  - {from: a, to: b}\n  - {from: c, to: d}\n";

static void open_four(struct picture *picture) {
    picture_open(picture, four);
    picture_leaf(picture, "a", 0, 0, 60);
    picture_leaf(picture, "b", 200, 0, 60);
    picture_leaf(picture, "c", 0, 200, 60);
    picture_leaf(picture, "d", 200, 200, 60);
    LINE(picture, 0, {48, 24}, {200, 24});
    LINE(picture, 1, {48, 224}, {200, 224});
}

static void sound_picture_has_no_fault(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    struct quality quality = quality_measure(picture.model, &picture.layout, picture.arena);
    for (int i = 0; i <= MEASURE_UNEQUAL; i++)
        assert_true(quality.value[i] == 0);
    assert_true(fabs(quality.value[MEASURE_DETOUR] - 1) < 1e-9);
    picture_close(&picture);
}

static void overlaps_are_counted_with_their_places(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    picture_leaf(&picture, "d", 20, 230, 60);
    LINE(&picture, 1, {48, 210}, {60, 210}, {60, 230});
    struct quality quality = quality_measure(picture.model, &picture.layout, picture.arena);
    assert_true(quality.value[MEASURE_NODES_OVERLAP] == 1);
    assert_int_equal(quality.faults[0].measure, MEASURE_NODES_OVERLAP);
    assert_string_equal(quality.faults[0].text, "`d` overlaps `c`");
    assert_int_equal(source_position(quality.faults[0].mark.source, quality.faults[0].mark.start).line, 1);
    picture_close(&picture);
}

static void lines_through_nodes_and_names(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    LINE(&picture, 0, {24, 0}, {24, -20}, {400, -20}, {400, 240}, {100, 240}, {100, 24}, {200, 24}); /* through d */
    assert_true(picture_value(&picture, MEASURE_LINE_NODE) == 1);
    assert_true(picture_value(&picture, MEASURE_CROSSINGS) == 1);
    LINE(&picture, 0, {24, 48}, {24, 100}, {224, 100}, {224, 48}); /* over both names instead of below them */
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 2);
    LINE(&picture, 0, {24, 74}, {24, 100}, {224, 100}, {224, 74});
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 0);
    assert_true(picture_value(&picture, MEASURE_LOOSE_END) == 0);
    LINE(&picture, 0, {60, 24}, {200, 24});
    assert_true(picture_value(&picture, MEASURE_LOOSE_END) == 1);
    picture_close(&picture);
}

static void texts_and_lines(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    picture.layout.edges[0].label = (struct rect){100, 5, 50, 16};
    picture.layout.edges[0].badge = (struct rect){78, 3, 20, 20};
    assert_true(picture_value(&picture, MEASURE_TEXT_TEXT) == 0);
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 0);
    picture.layout.edges[1].label = (struct rect){140, 10, 50, 16}; /* on the other line and its label */
    assert_true(picture_value(&picture, MEASURE_TEXT_TEXT) == 1);
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 1);
    picture.layout.edges[1].label = (struct rect){20, 250, 50, 16}; /* on a name */
    assert_true(picture_value(&picture, MEASURE_TEXT_TEXT) == 1);
    picture_close(&picture);
}

static void shared_runs_but_not_trunks(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    LINE(&picture, 1, {48, 224}, {120, 224}, {120, 24}, {150, 24}, {150, 224}, {200, 224});
    assert_true(picture_value(&picture, MEASURE_SHARED_RUN) == 1);
    LINE(&picture, 1, {48, 224}, {120, 224}, {120, 29}, {150, 29}, {150, 224}, {200, 224});
    assert_true(picture_value(&picture, MEASURE_SHARED_RUN) == 0);
    assert_true(picture_value(&picture, MEASURE_CLOSE_RUNS) == 1);
    picture_close(&picture);

    picture_open(&picture, "nodes: {a: ec2, b: ec2, c: ec2}\nedges:\n  - {from: a, to: b}\n  - {from: a, to: c}\n");
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 200, 0, 60);
    picture_leaf(&picture, "c", 200, 200, 60);
    LINE(&picture, 0, {48, 24}, {200, 24});
    LINE(&picture, 1, {48, 24}, {120, 24}, {120, 224}, {200, 224});
    assert_true(picture_value(&picture, MEASURE_SHARED_RUN) == 0);
    LINE(&picture, 1, {48, 14}, {80, 14}, {80, 24}, {120, 24}, {120, 224}, {200, 224}); /* meets it on the way */
    assert_true(picture_value(&picture, MEASURE_SHARED_RUN) == 1);
    picture_close(&picture);
}

static void titles_frames_and_jogs(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture,
                 "nodes:\n  vpc: {type: vpc, nodes: {a: ec2}}\n  b: ec2\nedges: [{from: b, to: a, label: x}]\n");
    picture_group(&picture, "vpc", (struct rect){100, 0, 200, 200}, 90);
    picture_leaf(&picture, "a", 180, 100, 60);
    picture_leaf(&picture, "b", 0, 0, 60);
    LINE(&picture, 0, {48, 24}, {204, 24}, {204, 100});
    assert_true(picture_value(&picture, MEASURE_LINE_TITLE) == 1);
    LINE(&picture, 0, {48, 24}, {97, 24}, {97, 124}, {180, 124});
    assert_true(picture_value(&picture, MEASURE_LINE_TITLE) == 0);
    assert_true(picture_value(&picture, MEASURE_ALONG) == 1);
    LINE(&picture, 0, {48, 24}, {70, 24}, {70, 118}, {150, 118}, {150, 124}, {180, 124});
    assert_true(picture_value(&picture, MEASURE_JOGS) == 1);
    assert_true(picture_value(&picture, MEASURE_BENDS) == 4);
    picture.layout.edges[0].label = (struct rect){90, 100, 30, 14};
    assert_true(picture_value(&picture, MEASURE_TEXT_FRAME) == 1);
    picture_group(&picture, "vpc", (struct rect){100, 0, 200, 200}, 290);
    assert_true(picture_value(&picture, MEASURE_TEXT_FRAME) == 2);
    picture_close(&picture);
}

static void badges_and_titles_of_overlays_are_texts(void **state) {
    (void)state;
    struct picture picture;
    picture_open(&picture,
                 "nodes: {a: ec2, b: opsworks}\noverlays:\n  s: {type: security-group, label: S, members: [b]}\n"
                 "edges: [a -> b]\n");
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 200, 0, 80);
    picture.layout.overlays[0] = (struct overlaid){&(struct rect){170, -40, 120, 130}, 1};
    LINE(&picture, 0, {48, 24}, {200, 24});
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 0);
    LINE(&picture, 0, {48, 40}, {200, 40}); /* over the clock at the lower left of b */
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 1);
    LINE(&picture, 0, {24, 0}, {24, -32}, {190, -32}, {190, -20}, {224, -20},
         {224, 0}); /* over the title of the frame */
    assert_true(picture_value(&picture, MEASURE_LINE_TEXT) == 1);
    picture_close(&picture);
}

static void short_and_uneven_ends(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    LINE(&picture, 0, {24, 0}, {24, -30}, {181, -30}, {181, 24}, {200, 24}); /* 19 px before the head */
    assert_true(picture_value(&picture, MEASURE_SHORT_ENDS) == 1);
    LINE(&picture, 0, {24, 0}, {24, -10}, {180, -10}, {180, 24}, {200, 24}); /* no head where it leaves */
    assert_true(picture_value(&picture, MEASURE_SHORT_ENDS) == 0);
    assert_true(picture_value(&picture, MEASURE_UNEVEN) == 0);
    LINE(&picture, 0, {48, 20}, {200, 20});
    assert_true(picture_value(&picture, MEASURE_UNEVEN) == 2);
    picture_close(&picture);
    picture_open(&picture, "nodes: {a: ec2, b: ec2}\nedges: [a -> b, b -> a, a -> b]\n");
    picture_leaf(&picture, "a", 0, 0, 60);
    picture_leaf(&picture, "b", 200, 0, 60);
    LINE(&picture, 0, {48, 14}, {200, 14});
    LINE(&picture, 1, {200, 24}, {48, 24});
    LINE(&picture, 2, {48, 34}, {200, 34});
    assert_true(picture_value(&picture, MEASURE_UNEVEN) == 0);
    LINE(&picture, 1, {200, 20}, {48, 20}); /* neither nearer to one nor to the other */
    assert_true(picture_value(&picture, MEASURE_UNEVEN) == 2);
    picture_close(&picture);
}

static void what_nearly_agrees(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    picture_leaf(&picture, "b", 200, 23, 60);
    LINE(&picture, 0, {48, 24}, {120, 24}, {120, 47}, {200, 47});
    assert_true(picture_value(&picture, MEASURE_NEAR_MISS) == 1);
    picture_leaf(&picture, "b", 200, 24, 60); /* half an icon apart: meant to be on another level */
    LINE(&picture, 0, {48, 24}, {120, 24}, {120, 48}, {200, 48});
    assert_true(picture_value(&picture, MEASURE_NEAR_MISS) == 0);
    picture_close(&picture);
    picture_open(&picture, "nodes:\n  a: {type: account, nodes: {i: ec2}}\n  b: {type: account, nodes: {j: ec2}}\n");
    picture_leaf(&picture, "a.i", 30, 60, 60);
    picture_leaf(&picture, "b.j", 230, 60, 60);
    picture_group(&picture, "a", (struct rect){0, 0, 180, 160}, 90);
    picture_group(&picture, "b", (struct rect){200, 0, 140, 160}, 90); /* narrower, but beside it */
    assert_true(picture_value(&picture, MEASURE_UNEQUAL) == 0);
    picture_group(&picture, "b", (struct rect){200, 0, 180, 150}, 90);
    assert_true(picture_value(&picture, MEASURE_UNEQUAL) == 1);
    picture_group(&picture, "a", (struct rect){0, 0, 180, 400}, 90);
    assert_true(picture_value(&picture, MEASURE_UNEQUAL) == 0);
    picture_close(&picture);
}

static void limits_name_what_exceeds_them(void **state) {
    (void)state;
    struct picture picture;
    open_four(&picture);
    LINE(&picture, 1, {48, 224}, {120, 224}, {120, 10}, {150, 10}, {150, 224}, {200, 224});
    struct quality quality = quality_measure(picture.model, &picture.layout, picture.arena);
    quality_limit(&quality, MEASURE_CROSSINGS, NAN, 2, "test.yaml", &picture.diags);
    assert_false(diags_failed(&picture.diags));
    quality_limit(&quality, quality_find("crossings"), NAN, 1, "test.yaml", &picture.diags);
    assert_int_equal(diags_count(&picture.diags, SEVERITY_ERROR), 3); /* the number, and both places */
    assert_int_equal(diags_outcome(&picture.diags), OUTCOME_INPUT);
    quality_limit(&quality, quality_find("smallest-text"), 99, NAN, "test.yaml", &picture.diags);
    assert_int_equal(diags_count(&picture.diags, SEVERITY_ERROR), 4);
    assert_int_equal(quality_find("nonsense"), MEASURES);
    picture_close(&picture);
}

static void json_has_measures_and_places(void **state) {
    (void)state;
    struct picture picture;
    struct str out = STR_EMPTY;
    open_four(&picture);
    LINE(&picture, 0, {60, 24}, {200, 24});
    struct quality quality = quality_measure(picture.model, &picture.layout, picture.arena);
    quality_print_json(&quality, "test.yaml", &out);
    assert_non_null(strstr(out.at, "\"loose-ends\": 1"));
    assert_non_null(strstr(out.at, "\"at\": {\"file\": \"test.yaml\", \"line\": 3, \"column\": 5}"));
    str_free(&out);
    picture_close(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_picture_has_no_fault),
        cmocka_unit_test(overlaps_are_counted_with_their_places),
        cmocka_unit_test(lines_through_nodes_and_names),
        cmocka_unit_test(texts_and_lines),
        cmocka_unit_test(shared_runs_but_not_trunks),
        cmocka_unit_test(titles_frames_and_jogs),
        cmocka_unit_test(short_and_uneven_ends),
        cmocka_unit_test(what_nearly_agrees),
        cmocka_unit_test(badges_and_titles_of_overlays_are_texts),
        cmocka_unit_test(limits_name_what_exceeds_them),
        cmocka_unit_test(json_has_measures_and_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
