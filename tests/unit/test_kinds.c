#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/catalog.h"

static const struct kind *kind(const char *key) {
    const struct kind *found = catalog_kind(&catalog_builtin, key);
    assert_non_null(found);
    return found;
}

static void blocked_edges_are_crossed_out(void **state) {
    (void)state;
    assert_true(kind("blocked")->blocked);
    assert_false(kind("blocked")->lateral);
}

static void edges_among_equals_are_lateral(void **state) {
    (void)state;
    assert_true(kind("peering")->lateral);
    assert_false(kind("peering")->blocked);
    assert_false(kind("data")->lateral);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocked_edges_are_crossed_out),
        cmocka_unit_test(edges_among_equals_are_lateral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
