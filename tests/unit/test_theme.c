#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/catalog.h"
#include "scene/theme.h"

static void contrast_is_that_of_wcag(void **state) {
    (void)state;
    assert_true(theme_contrast(0, 0xFFFFFF) > 20.99 && theme_contrast(0, 0xFFFFFF) < 21.01);
    assert_true(theme_contrast(0xFFFFFF, 0) > 20.99);
    assert_true(theme_contrast(0x777777, 0x777777) < 1.001);
    double grey = theme_contrast(0x767676, 0xFFFFFF); /* the well-known border: 4.54 */
    assert_true(grey > 4.53 && grey < 4.55);
}

static void themes_are_found_by_name(void **state) {
    (void)state;
    assert_ptr_equal(theme_find(NULL), &themes[0]);
    assert_null(theme_find(""));
    assert_null(theme_find("drak"));
    for (size_t i = 0; i < theme_count; i++)
        assert_ptr_equal(theme_find(themes[i].name), &themes[i]);
}

static uint32_t role(const struct theme *theme, enum theme_colour colour, bool dark) {
    return theme_rgb(theme, paint_role(colour), dark);
}

static void texts_can_be_read_in_every_theme(void **state) {
    (void)state;
    static const enum theme_colour on_page[] = {COLOUR_TEXT, COLOUR_MUTED, COLOUR_WARN,
                                                COLOUR_BAD,  COLOUR_GOOD,  COLOUR_LINE};
    for (size_t i = 0; i < theme_count; i++)
        for (int dark = 0; dark < 2; dark++) {
            const struct theme *theme = &themes[i];
            for (size_t k = 0; k < sizeof on_page / sizeof *on_page; k++) {
                assert_true(theme_contrast(role(theme, on_page[k], dark), role(theme, COLOUR_PAGE, dark)) >= 4.5);
                assert_true(theme_contrast(role(theme, on_page[k], dark), role(theme, COLOUR_PANEL, dark)) >= 4.5);
            }
            assert_true(theme_contrast(role(theme, COLOUR_BADGE_TEXT, dark), role(theme, COLOUR_BADGE, dark)) >= 4.5);
            assert_true(theme_contrast(role(theme, COLOUR_CALLOUT_TEXT, dark), role(theme, COLOUR_CALLOUT, dark)) >=
                        4.5);
        }
}

static void colours_of_aws_are_themselves_on_white_and_lifted_elsewhere(void **state) {
    (void)state;
    const struct theme *light = theme_find("light"), *dark = theme_find("dark"), *grey = theme_find("print"),
                       *both = theme_find("auto");
    for (size_t i = 0; i < catalog_builtin.category_count; i++) {
        struct paint paint = paint_rgb(catalog_builtin.categories[i].colour);
        assert_int_equal(theme_rgb(light, paint, false), paint.rgb);
        assert_true(theme_contrast(theme_rgb(dark, paint, true), role(dark, COLOUR_PAGE, true)) >= 4.5);
        assert_true(theme_contrast(theme_rgb(grey, paint, false), 0xFFFFFF) >= 4.5);
        assert_int_equal(theme_rgb(both, paint, false), paint.rgb);
        assert_int_equal(theme_rgb(both, paint, true), theme_rgb(dark, paint, true));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(contrast_is_that_of_wcag),
                                       cmocka_unit_test(themes_are_found_by_name),
                                       cmocka_unit_test(texts_can_be_read_in_every_theme),
                                       cmocka_unit_test(colours_of_aws_are_themselves_on_white_and_lifted_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
