#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "model/icon.h"

static void put(void *to, char verb, size_t n, const double *numbers) {
    str_putc(to, verb);
    for (size_t i = 0; i < n; i++) {
        str_putc(to, ' ');
        str_number(to, numbers[i], 2);
    }
    str_put(to, "; ");
}

static void move(void *to, double x, double y) { put(to, 'M', 2, (double[]){x, y}); }
static void line(void *to, double x, double y) { put(to, 'L', 2, (double[]){x, y}); }
static void cubic(void *to, double ax, double ay, double bx, double by, double x, double y) {
    put(to, 'C', 6, (double[]){ax, ay, bx, by, x, y});
}
static void close_path(void *to) { str_put(to, "Z; "); }

static bool walk(const char *d, struct str *out) {
    struct icon_pen pen = {out, move, line, cubic, close_path};
    return icon_walk(d, &pen);
}

static void every_command_becomes_absolute(void **state) {
    (void)state;
    static const struct {
        const char *d, *walked;
    } rows[] = {{"M1 2L3 4H5V6Z", "M 1 2; L 3 4; L 5 4; L 5 6; Z; "},
                {"m1,2 3,4 5,6z", "M 1 2; L 4 6; L 9 12; Z; "},
                {"M1 1l1 1h1v1zl1 0", "M 1 1; L 2 2; L 3 2; L 3 3; Z; L 2 1; "}, /* z goes back to the start */
                {"M0 0C1 2 3 4 5 6S7 8 9 10", "M 0 0; C 1 2 3 4 5 6; C 7 8 7 8 9 10; "},
                {"M0 0c1 0 2 0 3 0s2 1 3 1", "M 0 0; C 1 0 2 0 3 0; C 4 0 5 1 6 1; "},
                {"M0 0S1 1 2 2", "M 0 0; C 0 0 1 1 2 2; "},
                {"M0 0Q3 3 6 0T12 0", "M 0 0; C 2 2 4 2 6 0; C 8 -2 10 -2 12 0; "},
                {"M-.5-.5L1.5.5", "M -0.5 -0.5; L 1.5 0.5; "},
                {"M1e1 2E-1L+3 4", "M 10 0.2; L 3 4; "},
                {"M0 0A0 5 0 0 1 3 4", "M 0 0; L 3 4; "},
                {"", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str out = STR_EMPTY;
        assert_true(walk(rows[i].d, &out));
        assert_string_equal(out.at, rows[i].walked);
        str_free(&out);
    }
}

struct extent {
    double least, most, x, y;
    int parts;
};

static void on_circle(void *to, double ax, double ay, double bx, double by, double x, double y) {
    struct extent *extent = to;
    double mx = (extent->x + 3 * ax + 3 * bx + x) / 8, my = (extent->y + 3 * ay + 3 * by + y) / 8;
    extent->least = fmin(extent->least, fmin(hypot(mx, my), hypot(x, y)));
    extent->most = fmax(extent->most, fmax(hypot(mx, my), hypot(x, y)));
    extent->x = x, extent->y = y;
    extent->parts++;
}

static void start(void *to, double x, double y) { ((struct extent *)to)->x = x, ((struct extent *)to)->y = y; }
static void nothing(void *to) { (void)to; }

static void arcs_stay_on_their_circle(void **state) {
    (void)state;
    static const struct {
        const char *d;
        int parts;
    } rows[] = {{"M10 0A10 10 0 0 1 0 10", 1},
                {"M10 0A10 10 0 1 0 0 10", 3},
                {"M10 0a10 10 0 0 1-20 0", 2},
                {"M10 0A1 1 0 0 0 -10 0", 2},
                {"M10 0A10 10 0 01-10 0", 2}}; /* flags need nothing between them */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct extent extent = {.least = 1e9};
        struct icon_pen pen = {&extent, start, start, on_circle, nothing};
        assert_true(icon_walk(rows[i].d, &pen));
        assert_int_equal(extent.parts, rows[i].parts);
        assert_true(extent.least > 9.99 && extent.most < 10.01);
    }
}

static void what_is_no_path_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"1 2",     "M1",        "M1 2L", "M1 2X3", "M1 2Z3 4", "M1 2A1 1 0 2 0 3 3",
                                      "M1 2L..", "M1 2Le5 1", "#"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct str out = STR_EMPTY;
        if (walk(bad[i], &out))
            fail_msg("`%s` was read as %s", bad[i], out.at);
        str_free(&out);
    }
}

static void every_icon_of_the_pack_can_be_found_and_walked(void **state) {
    (void)state;
    assert_null(icon_find(NULL));
    assert_null(icon_find(""));
    assert_null(icon_find("resource/NoSuchThing"));
    for (size_t i = 0; i < icon_pack_count; i++) {
        const struct icon *icon = &icon_pack[i];
        assert_ptr_equal(icon_find(icon->name), icon);
        assert_true(icon->width > 0 && icon->height > 0 && icon->n > 0);
        for (size_t k = 0; k < icon->n; k++) {
            struct str out = STR_EMPTY;
            if (!walk(icon->paths[k].d, &out) || (icon->paths[k].clip && !walk(icon->paths[k].clip, &out)))
                fail_msg("path %zu of %s cannot be read", k, icon->name);
            str_free(&out);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_becomes_absolute), cmocka_unit_test(arcs_stay_on_their_circle),
        cmocka_unit_test(what_is_no_path_is_refused), cmocka_unit_test(every_icon_of_the_pack_can_be_found_and_walked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
