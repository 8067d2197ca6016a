#include "desk.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Tests write the files they need into a folder of their own, and stand in it. */
static char folder[] = P_tmpdir "/awsdiag-parts-XXXXXX";
static const char *files[32];
static size_t file_count;

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 && mkdir("parts", 0777) == 0 && mkdir("sub", 0777) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    for (size_t i = 0; i < file_count; i++)
        unlink(files[i]);
    return rmdir("parts") == 0 && rmdir("sub") == 0 && chdir("/") == 0 ? rmdir(folder) : -1;
}

static void file(const char *path, const char *text) {
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    for (size_t i = 0; i < file_count; i++)
        if (strcmp(files[i], path) == 0)
            return;
    files[file_count++] = path;
}

static void ends(const struct model *model, size_t edge, const char *from, const char *to) {
    assert_true(edge < model->edge_count);
    assert_string_equal(model->edges[edge]->from->path, from);
    assert_string_equal(model->edges[edge]->to->path, to);
}

static void arguments_are_put_in(void **state) {
    (void)state;
    file(
        "parts/site.yaml",
        "title: A site\n"
        "parameters:\n"
        "  name: {type: string, required: true}\n"
        "  asn: {type: asn, default: 65000}\n"
        "  extra: {type: string}\n"
        "  inside: {}\n"
        "node:\n"
        "  type: corporate-data-center\n"
        "  label: \"Site $(name), $$5\"\n"
        "  tooltip: $(extra)\n"
        "  nodes: {cgw: {type: customer-gateway, asn: $(asn), label: {en: $(name) gateway, ja: 門}}, more: $(inside)}\n"
        "edges:\n"
        "  - cgw -> more: inner\n"
        "  - {from: self, to: cgw}\n");
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_expanded(
        &desk,
        "nodes:\n"
        "  a: {use: site, with: {name: One, inside: ec2}}\n"
        "  b: {use: site, with: {name: Two, asn: 65002, extra: T, inside: {type: vpc, nodes: {x: ec2}}}, step: 3}\n"
        "edges: [a.cgw -> b.cgw]\n");
    desk_fine(&desk);
    assert_string_equal(desk_node(model, "a")->label.in[LANG_EN], "Site One, $5");
    assert_null(desk_node(model, "a")->tooltip.in[LANG_EN]); /* not given: the entry is not there */
    assert_string_equal(desk_node(model, "b")->tooltip.in[LANG_EN], "T");
    assert_string_equal(desk_node(model, "a.cgw")->values[0].value, "65000");
    assert_string_equal(desk_node(model, "b.cgw")->values[0].value, "65002");
    assert_string_equal(desk_node(model, "b.cgw")->label.in[LANG_EN], "Two gateway");
    assert_string_equal(desk_node(model, "b.more.x")->type->key, "ec2");
    assert_int_equal(desk_node(model, "b")->step, 3); /* keys beside `use` are added */
    assert_int_equal(model->edge_count, 5);
    ends(model, 0, "a.cgw", "b.cgw");
    ends(model, 1, "a.cgw", "a.more");
    ends(model, 2, "a", "a.cgw");
    ends(model, 3, "b.cgw", "b.more");
    ends(model, 4, "b", "b.cgw");
    desk_close(&desk);
}

static void what_is_put_in_twice_is_two(void **state) {
    (void)state;
    file("parts/pair.yaml", "parameters: {inside: {}, line: {}}\n"
                            "node: {type: vpc, nodes: {one: $(inside), two: $(inside)}}\n"
                            "edges: [$(line)]\n");
    file("parts/leaf.yaml", "node: {type: group, nodes: {e: ec2, f: ec2}}\nedges: [e -> f]\n");
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_expanded(&desk,
                                        "nodes:\n"
                                        "  p: {use: pair, with: {inside: {use: leaf}, line: {from: one, to: two}}}\n"
                                        "  q: &q {type: vpc, nodes: {l: {use: leaf}}}\n"
                                        "  r: *q\n");
    desk_fine(&desk);
    assert_int_equal(model->edge_count, 5);
    ends(model, 0, "p.one", "p.two");
    ends(model, 1, "p.one.e", "p.one.f");
    ends(model, 2, "p.two.e", "p.two.f");
    ends(model, 3, "q.l.e", "q.l.f");
    ends(model, 4, "r.l.e", "r.l.f");
    desk_close(&desk);
}

static void mistakes_with_parts_are_reported(void **state) {
    (void)state;
    file("parts/typed.yaml", "parameters: {name: {type: string, required: true}, asn: {type: asn}, net: {type: cidr}}\n"
                             "node: {type: vpc, label: $(name)}\n");
    file("parts/wrong.yaml", "parameters: {}\nnode: {type: vpc, label: \"x $(nothing)\"}\n");
    file("parts/empty.yaml", "title: nothing\n");
    file("parts/listed.yaml", "node: {type: vpc}\nedges: {a: b}\n");
    static const struct {
        const char *text;
        enum diag_code code;
        unsigned line, column;
        const char *words;
    } rows[] = {
        {"nodes: {a: {use: typed}}", DIAG_missing_parameter, 1, 18, "`typed` needs `name`"},
        {"nodes: {a: {use: typed, with: {name: x, asm: 1}}}", DIAG_unknown_parameter, 1, 41, "no parameter `asm`"},
        {"nodes: {a: {use: typed, with: {name: x, asn: 4294967296}}}", DIAG_bad_value, 1, 46, "AS number"},
        {"nodes: {a: {use: typed, with: {name: x, net: 10.0.0.0}}}", DIAG_bad_value, 1, 46, "address range"},
        {"nodes: {a: {use: typed, with: [x]}}", DIAG_wrong_shape, 1, 31, "mapping"},
        {"nodes: {a: {use: vpn-siet, with: {}}}", DIAG_unknown_part, 1, 18, "vpn-siet"},
        {"nodes: {a: {use: ../typed}}", DIAG_unknown_part, 1, 18, "letters, digits"},
        {"nodes: {a: {use: [typed]}}", DIAG_unknown_part, 1, 18, "name of a part"},
        {"nodes: {a: {type: vpc, with: {x: y}}}", DIAG_unknown_key, 1, 30, "belongs to `use`"},
        {"nodes: {a: {use: wrong}}", DIAG_unknown_parameter, 2, 26, "no parameter `nothing`"},
        {"nodes: {a: {use: empty}}", DIAG_missing_key, 1, 1, "`node`"},
        {"nodes: {a: {use: listed}}", DIAG_wrong_shape, 2, 8, "list"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct desk desk;
        desk_open(&desk);
        desk_expanded(&desk, rows[i].text);
        if (i == 4) /* the name is missing then, too */
            desk.diags.n = 1;
        desk_wrong(&desk, rows[i].code, rows[i].line, rows[i].column, rows[i].words);
        desk_close(&desk);
    }
}

static void cycles_are_named(void **state) {
    (void)state;
    file("parts/one.yaml", "node: {type: vpc, nodes: {b: {use: two}}}\n");
    file("parts/two.yaml", "node: {type: vpc, nodes: {c: {use: one}}}\n");
    struct desk desk;
    desk_open(&desk);
    desk_expanded(&desk, "nodes: {a: {use: one}}");
    desk_wrong(&desk, DIAG_part_cycle, 1, 36, "one, used by two, used by one");
    desk_close(&desk);
    file("x.yaml", "extends: y.yaml\nnodes: {a: ec2}\n");
    file("y.yaml", "extends: x.yaml\nnodes: {b: ec2}\n");
    desk_open(&desk);
    desk_expanded(&desk, "extends: x.yaml\nnodes: {c: ec2}\n");
    desk_wrong(&desk, DIAG_part_cycle, 1, 10, "x.yaml, used by y.yaml, used by x.yaml");
    desk_close(&desk);
}

static void parts_that_multiply_end(void **state) {
    (void)state;
    static char names[12][16];
    for (int i = 0; i < 12; i++) {
        char text[300];
        snprintf(names[i], sizeof names[i], "parts/m%d.yaml", i);
        snprintf(text, sizeof text, "parameters: {t: {type: string}}\nnode: {type: vpc, nodes: {");
        for (int k = 0; k < 8; k++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "n%d: {use: m%d}, ", k, i + 1);
        strcat(text, "}}\n");
        file(names[i], text);
    }
    struct desk desk;
    desk_open(&desk);
    desk_expanded(&desk, "nodes: {a: {use: m0}}");
    assert_int_equal(diags_outcome(&desk.diags), OUTCOME_LIMIT);
    desk_close(&desk);
}

static void scenarios_stand_on_scenarios(void **state) {
    (void)state;
    file("base.yaml", "title: Base\nnodes: {a: {type: ec2, label: {en: A, ja: ア}}, g: {type: vpc, nodes: {x: "
                      "ec2}}}\nedges: [a -> x]\n");
    file("sub/deep.yaml", "extends: deeper.yaml\nnodes: {two: ec2}\n");
    file("sub/deeper.yaml", "nodes: {one: ec2}\n");
    struct desk desk;
    desk_open(&desk);
    struct model *model = desk_expanded(
        &desk, "extends: base.yaml\nnodes: {a: {label: {en: B}}, g: {nodes: {y: rds}}, b: s3}\nedges: [x -> y]\n");
    assert_string_equal(model->title.in[LANG_EN], "Base");
    assert_string_equal(desk_node(model, "a")->type->key, "ec2");
    assert_string_equal(desk_node(model, "a")->label.in[LANG_JA], "B"); /* a text is replaced whole */
    assert_int_equal(model->node_count, 5);
    assert_string_equal(model->nodes[4]->path, "b");
    ends(model, 0, "a", "g.x");
    ends(model, 1, "g.x", "g.y");
    desk_close(&desk);
    desk_open(&desk);
    model = desk_expanded(&desk,
                          "extends: sub/deep.yaml\nnodes: {three: ec2}\n"); /* found beside the file that says it */
    desk_fine(&desk);
    assert_string_equal(model->nodes[0]->path, "one");
    assert_string_equal(model->nodes[2]->path, "three");
    desk_close(&desk);
}

static void nothing_outside_is_read(void **state) {
    (void)state;
    static const char *const paths[] = {"../base.yaml", "/etc/passwd", "sub/../../base.yaml", "./../x.yaml", "[a]"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct desk desk;
        desk_open(&desk);
        desk_expanded(&desk, arena_printf(desk.arena, "extends: %s\nnodes: {a: ec2}\n", paths[i]));
        assert_true(desk.diags.n >= 1);
        assert_int_equal(desk.diags.at[0].code, DIAG_outside_path);
        assert_int_equal(desk.sources.n, 1);
        desk_close(&desk);
    }
    struct desk desk;
    desk_open(&desk);
    desk_expanded(&desk, "extends: sub/../nowhere.yaml\nnodes: {a: ec2}\n"); /* stays inside, but is not there */
    desk_wrong(&desk, DIAG_cannot_read, 1, 10, "nowhere.yaml");
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(arguments_are_put_in),
                                       cmocka_unit_test(what_is_put_in_twice_is_two),
                                       cmocka_unit_test(mistakes_with_parts_are_reported),
                                       cmocka_unit_test(cycles_are_named),
                                       cmocka_unit_test(parts_that_multiply_end),
                                       cmocka_unit_test(scenarios_stand_on_scenarios),
                                       cmocka_unit_test(nothing_outside_is_read)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
