/* Checking must not be felt beside drawing, and must not run away on large models. Processor time is compared within one run, so
 * that a slow or busy machine changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/resource.h>

#include "check/notes.h"
#include "layout/choose.h"
#include "read/load.h"

static double seconds_of(int who) {
    struct rusage usage;
    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Of this process and of the children it has waited for: the layout engine works in one. */
static double seconds(void) { return seconds_of(RUSAGE_SELF) + seconds_of(RUSAGE_CHILDREN); }

/* One VPC with two zones of three subnets each: 22 nodes. */
static void put_vpc(struct str *nodes, struct str *edges, int n) {
    static const char *const members[3][2] = {{"nat-gateway", "alb"}, {"ec2", "lambda"}, {"rds", "elasticache"}};
    str_printf(nodes, "  v%d:\n    type: vpc\n    cidr: 10.%d.0.0/16\n    nodes:\n      igw%d: internet-gateway\n", n,
               n, n);
    for (int zone = 0; zone < 2; zone++) {
        str_printf(nodes, "      z%d-%d:\n        type: availability-zone\n        nodes:\n", n, zone);
        for (int tier = 0; tier < 3; tier++) {
            str_printf(nodes, "          s%d-%d-%d:\n            type: %s\n", n, zone, tier,
                       tier ? "subnet-private" : "subnet-public");
            str_printf(nodes, "            cidr: 10.%d.%d.0/24\n            nodes: {", n, zone * 8 + tier);
            for (int i = 0; i < 2; i++)
                str_printf(nodes, "%sn%d-%d-%d-%d: %s", i ? ", " : "", n, zone, tier, i, members[tier][i]);
            str_put(nodes, "}\n");
        }
        str_printf(edges, "  - igw%d -> n%d-%d-0-1 -> n%d-%d-1-0 -> n%d-%d-2-0\n", n, n, zone, n, zone, n, zone);
        str_printf(edges, "  - n%d-%d-1-0 -> n%d-%d-2-1\n  - n%d-%d-1-1 -> n%d-%d-0-0\n", n, zone, n, zone, n, zone, n,
                   zone);
    }
}

static struct model *model_of(int vpcs, struct arena *arena, struct sources *sources, struct diags *diags) {
    struct str nodes = STR_EMPTY, edges = STR_EMPTY;
    str_put(&nodes, "nodes:\n");
    str_put(&edges, "edges:\n");
    for (int i = 0; i < vpcs; i++)
        put_vpc(&nodes, &edges, i);
    str_put(&nodes, edges.at);
    *sources = (struct sources){.arena = arena};
    *diags = diags_new(arena);
    struct source *source = source_memory(sources, "large", nodes.at, nodes.n, diags);
    str_free(&nodes);
    str_free(&edges);
    struct tree *tree = yaml_read(source, arena, &yaml_default_limits, diags);
    struct model *model = load_model(tree, &catalog_builtin, &load_default_limits, arena, diags);
    assert_non_null(model);
    assert_false(diags_failed(diags));
    return model;
}

/* The least of a few runs: what is added by others only ever makes it more. */
static double check(int vpcs, double *layout) {
    struct arena *arena = arena_new();
    struct sources sources;
    struct diags diags;
    struct model *model = model_of(vpcs, arena, &sources, &diags);
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        double start = seconds();
        struct findings findings = check_run(model, CHECK_DRAW, &diags);
        notes_match(model, &findings, &diags);
        double taken = seconds() - start;
        best = taken < best ? taken : best;
    }
    if (layout) {
        struct place_limits limits = {.seconds = 120, .memory = (size_t)4 << 30};
        double start = seconds();
        assert_non_null(layout_choose(model, &limits, NULL, arena, &diags));
        *layout = seconds() - start;
    }
    arena_free(arena);
    return best;
}

static void checking_costs_less_than_a_tenth_of_the_layout(void **state) {
    (void)state;
    double layout, checked = check(50, &layout);
    print_message("1,100 nodes: checked in %.1f %% of the time of the layout\n", 100 * checked / layout);
    assert_true(checked < layout / 10);
}

static void checking_grows_with_the_model_and_not_faster(void **state) {
    (void)state;
    double small = check(25, NULL), large = check(200, NULL);
    print_message("eight times the nodes take %.1f times as long to check\n", large / small);
    assert_true(large < 8 * 3 * small + 0.02);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checking_costs_less_than_a_tenth_of_the_layout),
        cmocka_unit_test(checking_grows_with_the_model_and_not_faster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
