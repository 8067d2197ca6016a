#include "desk.h"

static const char scenario[] = "nodes:\n"
                               "  a: {type: vpc, nodes: {x: ec2, b: {type: vpc, nodes: {x: ec2, y: ec2}}}}\n"
                               "  c: {type: vpc, nodes: {z: ec2}}\n"
                               "  xx: ec2\n";

static void the_innermost_that_holds_both_is_found(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, scenario);
    struct node *a = desk_node(model, "a"), *b = desk_node(model, "a.b"), *x = desk_node(model, "a.b.x"),
                *z = desk_node(model, "c.z");
    assert_ptr_equal(model_common(x, desk_node(model, "a.b.y")), b);
    assert_ptr_equal(model_common(x, desk_node(model, "a.x")), a);
    assert_ptr_equal(model_common(x, z), model->root);
    assert_ptr_equal(model_common(b, x), b); /* a node holds itself */
    assert_ptr_equal(model_common(z, z), z);
    desk_close(&desk);
}

static void within_is_reflexive_and_goes_all_the_way_up(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, scenario);
    struct node *a = desk_node(model, "a"), *x = desk_node(model, "a.b.x");
    assert_true(model_within(x, x));
    assert_true(model_within(x, a));
    assert_true(model_within(x, model->root));
    assert_false(model_within(a, x));
    assert_false(model_within(x, desk_node(model, "c")));
    desk_close(&desk);
}

static void names_are_ends_of_paths(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, scenario);
    struct node *found[1];
    size_t count;
    assert_ptr_equal(model_find(model, "y", NULL, 0, &count), desk_node(model, "a.b.y"));
    assert_int_equal(count, 1);
    assert_ptr_equal(model_find(model, "a.x", NULL, 0, &count), desk_node(model, "a.x"));
    assert_null(model_find(model, "x", found, 1, &count));
    assert_int_equal(count, 2);
    assert_ptr_equal(found[0], desk_node(model, "a.x"));
    assert_null(model_find(model, ".x", NULL, 0, &count)); /* no part of a name */
    assert_int_equal(count, 0);
    desk_close(&desk);
}

static void the_dump_holds_everything(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct str out = STR_EMPTY;
    struct model *model = desk_model(
        &desk,
        "title: T\nlang: ja\ndirection: down\n"
        "nodes: {a: {type: ec2, label: \"q\\\"\\n\", step: 1, link: l, emphasis: muted, attributes: {k: v}}, b: s3}\n"
        "edges: [{from: a, to: b, both: true, kind: event, style: {width: 2.50}}]\nnotes: {hide: [n]}\n");
    model_dump(model, &out);
    assert_string_equal(out.at, "scenario title \"T\" lang ja\n"
                                "node a ec2 label \"q\\\"\\n\" +k=\"v\" step 1 link l muted @4:9\n"
                                "node b s3 label \"Amazon S3\" @4:96\n"
                                "edge e1 a <> b event width 2.5 @5:9\n"
                                "hide n\n");
    str_free(&out);
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_innermost_that_holds_both_is_found),
                                       cmocka_unit_test(within_is_reflexive_and_goes_all_the_way_up),
                                       cmocka_unit_test(names_are_ends_of_paths),
                                       cmocka_unit_test(the_dump_holds_everything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
