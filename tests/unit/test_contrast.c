/* Every text of every scenario stands out from what lies under it, in every theme, on light pages and on dark ones: WCAG 2, 4.5:1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <string.h>

#include "check/notes.h"
#include "layout/choose.h"
#include "read/load.h"
#include "read/template.h"
#include "read/yaml.h"
#include "scene/compose.h"

static const double least = 4.5;

struct drawn {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    struct template_paths paths;
    struct model *model;
    struct shown_notes notes;
    const struct layout *layout;
};

static void open_scenario(struct drawn *drawn, const char *path) {
    static const struct place_limits limits = {.seconds = 30, .memory = (size_t)1 << 30};
    *drawn = (struct drawn){.arena = arena_new()};
    drawn->sources = (struct sources){.arena = drawn->arena, .limit = 1 << 20};
    drawn->diags = diags_new(drawn->arena);
    drawn->paths = (struct template_paths){.sources = &drawn->sources};
    struct source *source = source_open(&drawn->sources, path, NULL, &drawn->diags);
    struct tree *tree = yaml_read(source, drawn->arena, &yaml_default_limits, &drawn->diags);
    tree = template_expand(tree, &drawn->paths, drawn->arena, &drawn->diags);
    drawn->model = load_model(tree, &catalog_builtin, &load_default_limits, drawn->arena, &drawn->diags);
    assert_false(diags_failed(&drawn->diags));
    struct findings findings = check_run(drawn->model, CHECK_DRAW, &drawn->diags);
    drawn->notes = notes_match(drawn->model, &findings, &drawn->diags);
    drawn->layout = layout_choose(drawn->model, &limits, NULL, drawn->arena, &drawn->diags);
}

/* --- what lies under a text ------------------------------------------------------------------------------------------------ */

struct meter {
    struct device device;
    const struct scene *scene;
    const char *path;
    bool dark;
    struct arena *arena;
    ARRAY(struct path) grounds;
    size_t texts;
};

static uint32_t blend(uint32_t under, uint32_t over, double opacity) {
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        out |= (uint32_t)((under >> shift & 255) * (1 - opacity) + (over >> shift & 255) * opacity + 0.5) << shift;
    return out;
}

static bool covers(const struct path *path, double x, double y) {
    const struct rect *box = &path->box;
    if (path->circle) {
        double dx = x - box->x - box->w / 2, dy = y - box->y - box->h / 2;
        return dx * dx + dy * dy <= box->w * box->w / 4;
    }
    return path->rectangle && x >= box->x && x <= box->x + box->w && y >= box->y && y <= box->y + box->h;
}

static int on_path(struct device *device, const struct path *path) {
    struct meter *meter = (struct meter *)device;
    if (path->fill.kind != PAINT_NONE)
        *array_push(meter->arena, &meter->grounds) = *path;
    return 0;
}

static int on_text(struct device *device, const struct text_line *text) {
    struct meter *meter = (struct meter *)device;
    const struct theme *theme = meter->scene->theme;
    double start = text->origin.x - (text->anchor == ANCHOR_MIDDLE ? text->width / 2
                                     : text->anchor == ANCHOR_END  ? text->width
                                                                   : 0);
    meter->texts++;
    for (int i = 0; i <= 4; i++) {
        double x = start + text->width * i / 4, y = text->origin.y - text->size * 0.35;
        uint32_t ground = 0xFFFFFF;
        bool found = false;
        for (size_t k = 0; k < meter->grounds.n; k++)
            if (covers(&meter->grounds.at[k], x, y)) {
                ground = blend(ground, theme_rgb(theme, meter->grounds.at[k].fill, meter->dark),
                               meter->grounds.at[k].fill.opacity);
                found = true;
            }
        uint32_t ink = blend(ground, theme_rgb(theme, text->fill, meter->dark), text->fill.opacity);
        if (!found || theme_contrast(ink, ground) < least)
            fail_msg("%s, theme %s%s: `%s` is #%06X on #%06X: %.2f", meter->path, theme->name,
                     meter->dark ? ", dark page" : "", text->at, (unsigned)ink, (unsigned)ground,
                     theme_contrast(ink, ground));
    }
    return 0;
}

static void measure(const struct drawn *drawn, const char *path, const struct theme *theme, enum lang lang) {
    struct compose_options options = {.lang = lang, .theme = theme, .no_icons = true, .name = path};
    struct scene *scene = compose_scene(drawn->model, drawn->layout, &drawn->notes, &options, drawn->arena);
    for (int dark = 0; dark <= (theme->follows ? 1 : 0); dark++) {
        struct meter meter = {.device = {.path = on_path, .text = on_text},
                              .scene = scene,
                              .path = path,
                              .dark = dark,
                              .arena = drawn->arena};
        scene_play(scene, &meter.device);
        assert_true(meter.texts > 0);
    }
}

static void test_scenarios(void **state) {
    static const char *const patterns[] = {"scenarios/*.yaml", "scenarios/*/*.yaml", "tests/golden/three-tier.yaml"};
    (void)state;
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        glob_t files;
        assert_int_equal(glob(patterns[p], 0, NULL, &files), 0);
        for (size_t i = 0; i < files.gl_pathc; i++) {
            struct drawn drawn;
            open_scenario(&drawn, files.gl_pathv[i]);
            for (size_t theme = 0; theme < theme_count; theme++)
                for (int lang = 0; lang < LANGS; lang++)
                    measure(&drawn, files.gl_pathv[i], &themes[theme], (enum lang)lang);
            arena_free(drawn.arena);
        }
        globfree(&files);
    }
}

/* Tiles and frames of every type, also of those no scenario has. */
static void test_types(void **state) {
    (void)state;
    for (size_t theme = 0; theme < theme_count; theme++)
        for (size_t i = 0; i < catalog_builtin.type_count; i++) {
            const struct type *type = &catalog_builtin.types[i];
            struct paint frame = paint_rgb(type->frame);
            for (int dark = 0; type->shape == SHAPE_GROUP && dark < 2; dark++) {
                uint32_t page = theme_rgb(&themes[theme], paint_role(COLOUR_PAGE), dark);
                double contrast = theme_contrast(theme_rgb(&themes[theme], frame, dark), page);
                if (contrast < 2.4) /* frames are no text; AWS's own teal and orange are what they are on white */
                    fail_msg("%s: the frame of %s has %.2f", themes[theme].name, type->key, contrast);
            }
        }
}

static void test_contrast(void **state) {
    (void)state;
    assert_true(theme_contrast(0x000000, 0xFFFFFF) > 20.9 && theme_contrast(0x000000, 0xFFFFFF) < 21.1);
    assert_true(theme_contrast(0x777777, 0xFFFFFF) > 4.4 && theme_contrast(0x777777, 0xFFFFFF) < 4.5);
    assert_true(theme_contrast(0x123456, 0x123456) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_contrast), cmocka_unit_test(test_types),
                                       cmocka_unit_test(test_scenarios)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
