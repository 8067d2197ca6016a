/* What text costs on a page of sixty Japanese labels, beside one run of `dot` on a graph of as many nodes. Processor time is compared
 * within one run, so that a slow or busy machine changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "layout/measure.h"
#include "layout/subset.h"

enum { LABELS = 60, RUNS = 9, REPEATS = 5, MOST_FONT = 60 * 1000 };

static char labels[LABELS][128];

static int read_labels(void **state) {
    FILE *file = fopen("tests/data/labels-japanese.txt", "r");
    (void)state;
    if (!file)
        return -1;
    size_t n = 0;
    while (n < LABELS && fgets(labels[n], sizeof labels[n], file))
        labels[n][strcspn(labels[n], "\n")] = '\0', n++;
    fclose(file);
    return n == LABELS ? 0 : -1;
}

static double seconds_of(int who) {
    struct rusage usage;
    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Break all labels into lines and cut the font to them. How large that is. */
static size_t draw_texts(void) {
    struct arena *arena = arena_new();
    struct fit fit = {.size = 14, .width = 112, .most = 156, .lines = 4, .balanced = true};
    struct subset *subset = subset_new(arena, WEIGHT_REGULAR);
    struct str woff = STR_EMPTY;
    for (size_t i = 0; i < LABELS; i++) {
        struct block block = measure_text(arena, labels[i], &fit);
        assert_false(block.cut);
        for (size_t k = 0; k < block.n; k++)
            subset_text(subset, block.lines[k].at, block.lines[k].n);
    }
    assert_int_equal(subset_woff(subset, &woff), 0);
    size_t size = woff.n;
    str_free(&woff);
    arena_free(arena);
    return size;
}

static void draw_with_dot(const char *folder) {
    char command[512];
    snprintf(command, sizeof command, "dot -Tsvg %s/graph.dot -o %s/graph.svg", folder, folder);
    assert_int_equal(system(command), 0);
}

static void write_graph(const char *folder) {
    char path[256];
    snprintf(path, sizeof path, "%s/graph.dot", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("digraph {\n", file);
    for (size_t i = 0; i < LABELS; i++)
        fprintf(file, "n%zu [label=\"%s\"]; n%zu -> n%zu\n", i, labels[i], i, (i * 7 + 3) % LABELS);
    fputs("}\n", file);
    fclose(file);
}

static void test_a_page_of_labels(void **state) {
    char folder[128], command[256];
    const char *around = getenv("TMPDIR");
    double ours = 1e9, theirs = 1e9;
    size_t size = 0;
    (void)state;
    if (system("dot -V 2> /dev/null") != 0)
        skip();
    snprintf(folder, sizeof folder, "%s/awsdiag-XXXXXX", around ? around : P_tmpdir);
    assert_non_null(mkdtemp(folder));
    write_graph(folder);
    for (int run = 0; run < RUNS; run++) {
        double start = seconds_of(RUSAGE_SELF);
        for (int i = 0; i < REPEATS; i++)
            size = draw_texts();
        double middle = seconds_of(RUSAGE_SELF), children = seconds_of(RUSAGE_CHILDREN);
        draw_with_dot(folder);
        double one = (middle - start) / REPEATS, other = seconds_of(RUSAGE_CHILDREN) - children;
        ours = one < ours ? one : ours, theirs = other < theirs ? other : theirs;
    }
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    print_message("%d labels: font of %zu bytes, %.2f of one run of dot\n", LABELS, size, ours / theirs);
    assert_true(size < MOST_FONT);
    assert_true(ours < theirs / 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_page_of_labels)};
    return cmocka_run_group_tests(tests, read_labels, NULL);
}
