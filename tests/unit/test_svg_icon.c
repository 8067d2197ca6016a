#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "read/svg_icon.h"

struct reading {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    const struct icon *icon;
};

static void begin(struct reading *r, const char *text) {
    *r = (struct reading){.arena = arena_new()};
    r->sources.arena = r->arena;
    r->diags = diags_new(r->arena);
    struct source *source = source_memory(&r->sources, "icon.svg", text, strlen(text), &r->diags);
    r->icon = source ? svg_icon_read(source, "own/icon", r->arena, &r->diags) : NULL;
}

static void end(struct reading *r) { arena_free(r->arena); }

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\">"

static void paints_come_down_the_tree(void **state) {
    struct reading r;
    (void)state;
    begin(&r, "<?xml version='1.0'?><!-- c --><svg viewBox='0 0 24 24' width='24'><title>t &amp; x</title>"
              "<g fill='none' stroke='#f00' stroke-width='1.5'><path d='M0 0h4'/><path stroke='none' fill='#0B6E4F' "
              "d='M1 1h2v2z'/></g>"
              "<defs><clipPath id='c'><path clip-rule='evenodd' d='M0 0h9v9z'/></clipPath></defs>"
              "<path clip-path='url(#c)' fill-rule='evenodd' d='M2 2l3 3z'/></svg>\n");
    assert_non_null(r.icon);
    assert_int_equal(r.diags.n, 0);
    assert_int_equal(r.icon->n, 3);
    assert_true(r.icon->width > 23 && r.icon->width < 25);
    assert_false(r.icon->paths[0].filled);
    assert_int_equal(r.icon->paths[0].stroke, 0xFF0000);
    assert_true(r.icon->paths[0].stroke_width > 1.4 && r.icon->paths[0].stroke_width < 1.6);
    assert_int_equal(r.icon->paths[1].fill, 0x0B6E4F);
    assert_true(r.icon->paths[1].stroke_width <= 0);
    assert_true(r.icon->paths[2].filled && r.icon->paths[2].even_odd && r.icon->paths[2].clip_even_odd);
    assert_string_equal(r.icon->paths[2].clip, "M0 0h9v9z");
    end(&r);
}

/* What is not understood is told once, at its place; nothing is drawn wrong. */
static void what_is_not_understood_is_told(void **state) {
    static const struct {
        const char *text;
        unsigned line, column;
        const char *said;
    } rows[] = {
        {SVG "\n<rect/></svg>", 2, 2, "cannot have the element `rect`"},
        {SVG "\n<path transform=\"rotate(3)\" d=\"M0 0\"/></svg>", 2, 7, "cannot have the attribute `transform`"},
        {SVG "\n<path style=\"fill:red\" d=\"M0 0\"/></svg>", 2, 7, "cannot have the attribute `style`"},
        {SVG "\n<path fill=\"red\" d=\"M0 0h1\"/></svg>", 2, 7, "no colour: `red`"},
        {SVG "\n<path fill=\"#12345G\" d=\"M0 0h1\"/></svg>", 2, 7, "no colour"},
        {SVG "\n<path d=\"M0 0 X\"/></svg>", 2, 7, "this is no path"},
        {SVG "\n<path/></svg>", 2, 2, "has no `d`"},
        {SVG "\n<path d=\"M0 0h1\"></g></svg>", 2, 20, "matches no start: `g`"},
        {SVG "\n<path d=\"M0 0h1\"/>", 1, 1, "no whole SVG file"},
        {SVG "\n<path d=\"M0 0h1", 2, 7, "not understood: `d`"},
        {SVG "\n<path d=M0/></svg>", 2, 8, "a value in quotes"},
        {SVG "\n<path d=\"&#77;0 0h1\"/></svg>", 2, 7, "not understood: `d`"},
        {SVG "\nwords<path d=\"M0 0h1\"/></svg>", 2, 1, "text is not expected"},
        {SVG "\n<!-- <path d=\"M0 0h1\"/></svg>", 2, 1, "this has no end"},
        {SVG "</svg>", 1, 1, "draws nothing"},
        {"<svg viewBox=\"0 0 48 24\"><path d=\"M0 0h1\"/></svg>", 1, 6, "is a square"},
        {"<svg viewBox=\"-4 0 48 48\"><path d=\"M0 0h1\"/></svg>", 1, 6, "is a square"},
        {"<svg viewBox=\"0 0 48\"><path d=\"M0 0h1\"/></svg>", 1, 6, "four numbers"},
        {"<svg><path d=\"M0 0h1\"/></svg>", 1, 1, "no viewBox"},
        {"<g><path d=\"M0 0h1\"/></g>", 1, 2, "wrong place: `g`"},
        {"", 1, 1, "no whole SVG file"},
        {"GIF89a", 1, 1, "text is not expected"},
        {"<", 1, 2, "a name is expected"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r;
        begin(&r, rows[i].text);
        if (r.icon || r.diags.n != 1)
            fail_msg("%s: %zu complaints", rows[i].text, r.diags.n);
        struct position at = source_position(r.diags.at[0].mark.source, r.diags.at[0].mark.start);
        if (at.line != rows[i].line || at.column != rows[i].column || !strstr(r.diags.at[0].text, rows[i].said))
            fail_msg("%s: %u:%u %s", rows[i].text, at.line, at.column, r.diags.at[0].text);
        end(&r);
    }
}

static void depth_has_a_limit(void **state) {
    struct str text = STR_EMPTY;
    struct reading r;
    (void)state;
    str_put(&text, SVG);
    for (int i = 0; i < 1000; i++)
        str_put(&text, "<g>");
    begin(&r, text.at);
    assert_null(r.icon);
    assert_int_equal(r.diags.n, 1);
    end(&r);
    str_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paints_come_down_the_tree),
        cmocka_unit_test(what_is_not_understood_is_told),
        cmocka_unit_test(depth_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
