#include "desk.h"

static void ends(const struct model *model, size_t edge, const char *from, const char *to, bool arrow_from,
                 bool arrow_to) {
    assert_true(edge < model->edge_count);
    assert_string_equal(model->edges[edge]->from->path, from);
    assert_string_equal(model->edges[edge]->to->path, to);
    assert_int_equal(model->edges[edge]->arrow_from, arrow_from);
    assert_int_equal(model->edges[edge]->arrow_to, arrow_to);
}

static void nodes_keep_the_order_of_the_file(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, "nodes:\n  z: {type: vpc, nodes: {b: ec2, a: ec2}}\n  y: s3\n");
    desk_fine(&desk);
    static const char *const paths[] = {"z", "z.b", "z.a", "y"};
    assert_int_equal(model->node_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(model->nodes[i]->path, paths[i]);
        assert_int_equal(model->nodes[i]->index, i);
    }
    assert_true(model->nodes[0]->group && !model->nodes[1]->group);
    assert_int_equal(model->nodes[1]->depth, 2);
    assert_ptr_equal(model->nodes[1]->parent, model->nodes[0]);
    assert_ptr_equal(model->nodes[0]->parent, model->root);
    assert_string_equal(model->nodes[3]->label.in[LANG_JA], "Amazon S3"); /* of the type, in all languages */
    desk_close(&desk);
}

static void references_are_the_end_of_a_path(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, "nodes:\n"
                                            "  a: {type: vpc, nodes: {x: ec2, y: {type: vpc, nodes: {x: ec2}}}}\n"
                                            "  b: {type: vpc, nodes: {x: ec2, only: ec2}}\n"
                                            "  x: ec2\n"
                                            "edges: [x -> only, a.x -> b.x, y.x -> b.only, a.y.x -> x]\n");
    desk_fine(&desk);
    ends(model, 0, "x", "b.only", false, true); /* a whole path names its node though others end so */
    ends(model, 1, "a.x", "b.x", false, true);
    ends(model, 2, "a.y.x", "b.only", false, true);
    ends(model, 3, "a.y.x", "x", false, true);
    desk_close(&desk);
}

static void references_that_do_not_hold_are_reported(void **state) {
    (void)state;
    static const struct {
        const char *edge;
        enum diag_code code;
        unsigned column;
        const char *words, *hint;
    } rows[] = {
        {"x -> c", DIAG_ambiguous_node, 9, "`x` names 2 nodes", "write more of the path: `a.x`, `b.x`"},
        {"c -> a.y", DIAG_unknown_node, 14, "no node `a.y`", "did you mean `a.x`?"},
        {"c -> b.", DIAG_unknown_node, 14, "no node `b.`", "did you mean `b`?"},
        {"c -> .x", DIAG_unknown_node, 14, "no node `.x`", "did you mean `x`?"},
        {"c -> zzzzzzzz", DIAG_unknown_node, 14, "zzzzzzzz", NULL},
        {"c ->", DIAG_bad_edge, 9, "`a -> b`", "put spaces around the arrows; or use {from: a, to: b}"},
        {"c -> -> -> a", DIAG_bad_edge, 14, "`a -> b`", "put spaces around the arrows; or use {from: a, to: b}"},
        {"c->a", DIAG_bad_edge, 9, "`a -> b`", "put spaces around the arrows; or use {from: a, to: b}"},
        {"{from: c}", DIAG_missing_key, 9, "needs the key `to`", NULL},
        {"{from: c, to: [a]}", DIAG_wrong_shape, 23, "name of a node", NULL},
        {"{c -> a: {kind: vqn}}", DIAG_unknown_kind, 25, "`vqn`", "did you mean `vpn`?"},
        {"[c, a]", DIAG_bad_edge, 9, "`a -> b`", "put spaces around the arrows; or use {from: a, to: b}"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk desk;
        desk_open(&desk);
        desk_model(
            &desk,
            arena_printf(
                desk.arena,
                "nodes: {a: {type: vpc, nodes: {x: ec2}}, b: {type: vpc, nodes: {x: ec2}}, c: ec2}\nedges: [%s]\n",
                rows[i].edge));
        desk_wrong(&desk, rows[i].code, 2, rows[i].column, rows[i].words);
        if (rows[i].hint)
            assert_string_equal(desk.diags.at[0].hint, rows[i].hint);
        else
            assert_null(desk.diags.at[0].hint);
        desk_close(&desk);
    }
}

static void short_edges_have_four_arrows_and_chains(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(
        &desk, "nodes: {a: ec2, b: ec2, c: ec2}\n"
               "edges:\n  - a -> b <- c\n  - a <-> b -- c\n  - b <- a: label\n"
               "  - a -> b: {en: E, ja: J}\n  - {a -> c: {label: L, both: true, step: 4, rank: false}}\n"
               "  - {from: c, to: a, undirected: true, side: {from: top}}\n");
    desk_fine(&desk);
    assert_int_equal(model->edge_count, 8);
    ends(model, 0, "a", "b", false, true);
    ends(model, 1, "c", "b", false, true); /* <- is turned round */
    ends(model, 2, "a", "b", true, true);
    ends(model, 3, "b", "c", false, false);
    ends(model, 4, "a", "b", false, true);
    assert_string_equal(model->edges[4]->label.in[LANG_JA], "label");
    assert_string_equal(model->edges[5]->label.in[LANG_JA], "J");
    ends(model, 6, "a", "c", true, true);
    assert_true(model->edges[6]->free_rank && model->edges[6]->step == 4);
    ends(model, 7, "c", "a", false, false);
    assert_int_equal(model->edges[7]->side_from, SIDE_TOP);
    assert_string_equal(model->edges[7]->id, "e8");
    assert_string_equal(model->edges[0]->kind->key, "data");
    desk_close(&desk);
}

static void ids_have_few_characters(void **state) {
    (void)state;
    static const char *const bad[] = {
        "-a", "a.b", "a b", "東", "\"\"", "a:b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct desk desk;
        desk_open(&desk);
        desk_model(&desk, arena_printf(desk.arena, "nodes:\n  %s: ec2\n", bad[i]));
        desk_wrong(&desk, DIAG_bad_id, 2, 3, "cannot be an id");
        desk_close(&desk);
    }
}

static void limits_are_reported_once(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct load_limits limits = {.nodes = 3, .edges = 2, .label = 20};
    load_model(desk_tree(&desk, "nodes: {a: ec2, b: ec2, c: ec2, d: ec2, e: ec2}"), &catalog_builtin, &limits,
               desk.arena, &desk.diags);
    desk_wrong(&desk, DIAG_too_many, 1, 33, "more than 3 nodes");
    desk.diags.n = 0;
    load_model(desk_tree(&desk, "nodes: {a: ec2, b: ec2}\nedges: [a -> b, a -> b, a -> b, b -> a]"), &catalog_builtin,
               &limits, desk.arena, &desk.diags);
    desk_wrong(&desk, DIAG_too_many, 2, 25, "more than 2 edges");
    desk.diags.n = 0;
    limits.label = 5;
    load_model(desk_tree(&desk, "title: 東京東京東\nnodes: {a: {type: ec2, label: abcdef}}"), &catalog_builtin, &limits,
               desk.arena, &desk.diags);
    desk_wrong(&desk, DIAG_too_long, 2, 31, "5 characters");
    desk_close(&desk);
}

static void links_lead_to_pages_only(void **state) {
    (void)state;
    static const struct {
        const char *link;
        bool good;
    } rows[] = {{"https://example.com/", true},
                {"http://example.com", true},
                {"mailto:a@example.com", true},
                {"docs/a.html#b:c", true},
                {"../up.html", true},
                {"?q=a:b", true},
                {"javascript:alert(1)", false},
                {"JavaScript:alert(1)", false},
                {"data:text/html,x", false},
                {"//example.com/", false},
                {"file:///etc/passwd", false},
                {"vbscript:x", false},
                {"''", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk desk;
        desk_open(&desk);
        struct model *model = desk_model(&desk, arena_printf(desk.arena, "nodes: {a: {type: ec2, link: %s%s%s}}",
                                                             strchr(rows[i].link, '\'') ? "" : "\"", rows[i].link,
                                                             strchr(rows[i].link, '\'') ? "" : "\""));
        assert_int_equal(model->nodes[0]->link != NULL, rows[i].good);
        assert_int_equal(desk.diags.n, rows[i].good ? 0 : 1);
        desk_close(&desk);
    }
}

static void steps_are_sorted_and_belong_to_something(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(
        &desk,
        "nodes: {a: {type: ec2, step: 10}, b: ec2}\nedges: [{from: a, to: b, step: 2}]\nsteps: {10: ten, 2: two}\n");
    desk_fine(&desk);
    assert_int_equal(model->steps[0].number, 2);
    assert_string_equal(model->steps[1].text.in[LANG_EN], "ten");
    desk_model(&desk, "nodes: {a: {type: ec2, step: 1}}\nsteps: {1: one, 01: one}\n");
    desk_wrong(&desk, DIAG_bad_value, 2, 17, "`01`");
    desk.diags.n = 0;
    desk_model(&desk, "nodes: {a: {type: ec2, step: 1}}\nsteps: {1: one, 2: two}\n");
    desk_wrong(&desk, DIAG_unknown_step, 2, 17, "step 2");
    desk_close(&desk);
}

static void ranks_name_children(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(
        &desk,
        "same-rank: [[g, c]]\nnodes: {g: {type: vpc, same-rank: [[a, b], [a]], nodes: {a: ec2, b: ec2}}, c: ec2}\n");
    desk_fine(&desk);
    struct node ***rows = desk_node(model, "g")->same_rank;
    assert_string_equal(rows[0][0]->path, "g.a");
    assert_string_equal(rows[0][1]->path, "g.b");
    assert_null(rows[0][2]);
    assert_null(rows[1]); /* one node alone is no row */
    assert_string_equal(model->root->same_rank[0][1]->path, "c");
    desk_model(&desk, "same-rank: [[g.a, c, g]]\nnodes: {g: {type: vpc, nodes: {a: ec2}}, c: ec2}\n");
    desk_wrong(&desk, DIAG_unknown_node, 1, 14, "no `g.a` directly inside `the scenario`");
    desk_close(&desk);
}

static void own_notes_stand_on_nodes_and_edges(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, "nodes: {a: ec2, e01: ec2}\nedges: [a -> e01]\nnotes:\n  own:\n    - {on: "
                                            "e1, text: x}\n    - {on: e01, text: y}\n"
                                            "    - {text: z}\n");
    desk_fine(&desk);
    assert_ptr_equal(model->own[0].edge, model->edges[0]);
    assert_null(model->own[0].on);
    assert_string_equal(model->own[1].on->path, "e01");
    assert_true(!model->own[2].on && !model->own[2].edge);
    desk_model(&desk, "nodes: {a: ec2}\nnotes: {own: [{on: e1, text: x}]}\n");
    desk_wrong(&desk, DIAG_unknown_node, 2, 20, "`e1`");
    desk_close(&desk);
}

static void one_language_serves_where_the_other_is_missing(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, "title: {en: T}\nnodes: {a: {type: ec2, label: {ja: 東}}}\n");
    desk_fine(&desk); /* no text speaks both: nothing to warn about */
    assert_string_equal(model->title.in[LANG_JA], "T");
    assert_string_equal(model->nodes[0]->label.in[LANG_EN], "東");
    desk_model(&desk, "title: {en: T, ja: 題}\nnodes: {a: {type: ec2, label: {ja: 東}}}\n");
    desk_wrong(&desk, DIAG_missing_translation, 2, 36, "missing in `en`");
    assert_int_equal(desk.diags.at[0].severity, SEVERITY_WARNING);
    desk_close(&desk);
}

static void types_of_ones_own_come_first(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_model(&desk, "types: {ec2: {name: Mine}, robot: {name: {en: Robot, ja: ロボット}, "
                                            "category: compute}}\nnodes: {a: ec2, b: ROBOT}\n");
    desk_fine(&desk);
    assert_string_equal(model->nodes[0]->label.in[LANG_EN], "Mine");
    assert_string_equal(model->nodes[1]->label.in[LANG_JA], "ロボット");
    desk_close(&desk);
}

static void many_mistakes_are_reported_in_one_run(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk);
    desk_model(&desk, "titel: x\nnodes:\n  a: lamdba\n  b: {type: ec2, cidr: 1, lable: x}\n  c: [x]\nedges: [a -> "
                      "d]\nnotes: {show: x}\n");
    diags_sort(&desk.diags);
    static const struct {
        enum diag_code code;
        unsigned line;
    } wanted[] = {{DIAG_unknown_key, 1},       {DIAG_unknown_type, 3}, {DIAG_unknown_attribute, 4},
                  {DIAG_unknown_attribute, 4}, {DIAG_wrong_shape, 5},  {DIAG_unknown_node, 6},
                  {DIAG_wrong_shape, 7}};
    assert_int_equal(desk.diags.n, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(diag_name(desk.diags.at[i].code), diag_name(wanted[i].code));
        assert_int_equal(source_position(desk.diags.at[i].mark.source, desk.diags.at[i].mark.start).line,
                         wanted[i].line);
    }
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nodes_keep_the_order_of_the_file),
                                       cmocka_unit_test(references_are_the_end_of_a_path),
                                       cmocka_unit_test(references_that_do_not_hold_are_reported),
                                       cmocka_unit_test(short_edges_have_four_arrows_and_chains),
                                       cmocka_unit_test(ids_have_few_characters),
                                       cmocka_unit_test(limits_are_reported_once),
                                       cmocka_unit_test(links_lead_to_pages_only),
                                       cmocka_unit_test(steps_are_sorted_and_belong_to_something),
                                       cmocka_unit_test(ranks_name_children),
                                       cmocka_unit_test(own_notes_stand_on_nodes_and_edges),
                                       cmocka_unit_test(one_language_serves_where_the_other_is_missing),
                                       cmocka_unit_test(types_of_ones_own_come_first),
                                       cmocka_unit_test(many_mistakes_are_reported_in_one_run)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
