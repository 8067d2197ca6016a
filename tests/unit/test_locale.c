/* A program that uses the library may have set a locale whose numbers have a comma: the same bytes come out, and the locale stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <awsdiag/awsdiag.h>

static const char *const scenarios[] = {"scenarios/cloudhub.yaml", "tests/layout/sizes-uneven.yaml",
                                        "tests/layout/labels-japanese.yaml"};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };
static const char *const formats[] = {"svg", "png", "pdf"};
enum { FORMATS = sizeof formats / sizeof *formats };

struct bytes {
    void *at;
    size_t n;
};

static void draw_all(struct bytes drawn[SCENARIOS][FORMATS]) {
    for (size_t i = 0; i < SCENARIOS; i++) {
        struct awsdiag *diagram = awsdiag_open(scenarios[i], NULL);
        for (size_t k = 0; k < FORMATS; k++) {
            const void *bytes = NULL;
            struct awsdiag_drawing drawing = {.format = formats[k], .lang = "ja"};
            assert_int_equal(awsdiag_draw(diagram, &drawing, &bytes, &drawn[i][k].n), AWSDIAG_OK);
            drawn[i][k].at = malloc(drawn[i][k].n);
            assert_non_null(drawn[i][k].at);
            memcpy(drawn[i][k].at, bytes, drawn[i][k].n);
        }
        awsdiag_close(diagram);
    }
}

/* Few machines have a Turkish locale; the C library builds one. */
static int turkish(void **state) {
    static char folder[128];
    char command[256];
    const char *around = getenv("TMPDIR");
    *state = NULL;
    snprintf(folder, sizeof folder, "%s/awsdiag-XXXXXX", around ? around : P_tmpdir);
    if (!mkdtemp(folder))
        return -1;
    snprintf(command, sizeof command, "localedef -i tr_TR -f UTF-8 %s/tr_TR.UTF-8 > /dev/null 2>&1", folder);
    if (system(command) == 0)
        *state = folder;
    return 0;
}

static int remove_locale(void **state) {
    char command[256];
    snprintf(command, sizeof command, "rm -rf %s", (const char *)*state);
    return *state ? system(command) : 0;
}

static void test_turkish(void **state) {
    struct bytes usual[SCENARIOS][FORMATS], here[SCENARIOS][FORMATS];
    char printed[8];
    if (!*state)
        skip();
    draw_all(usual);
    setenv("LOCPATH", *state, 1);
    assert_non_null(setlocale(LC_ALL, "tr_TR.UTF-8"));
    draw_all(here);
    snprintf(printed, sizeof printed, "%.1f", 1.5);
    assert_string_equal(printed, "1,5");
    for (size_t i = 0; i < SCENARIOS; i++)
        for (size_t k = 0; k < FORMATS; k++) {
            assert_int_equal(usual[i][k].n, here[i][k].n);
            assert_memory_equal(usual[i][k].at, here[i][k].at, usual[i][k].n);
            free(usual[i][k].at);
            free(here[i][k].at);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_turkish, turkish, remove_locale)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
