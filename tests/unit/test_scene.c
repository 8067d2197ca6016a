#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "scene/scene.h"

static struct scene new_scene(struct arena *arena) {
    return (struct scene){
        .arena = arena, .theme = theme_find(NULL), .title = "t", .description = "", .width = 100, .height = 50};
}

/* A device that writes down what it is told, and stops at the n-th call. */
struct recorder {
    struct device device;
    struct str heard;
    int left;
};

static int hear(struct device *device, const char *what, const char *id) {
    struct recorder *recorder = (struct recorder *)device;
    str_printf(&recorder->heard, "%s%s ", what, id ? id : "");
    return --recorder->left == 0 ? 42 : 0;
}

static int begin(struct device *device, const struct object *object) { return hear(device, "+", object->id); }
static int end(struct device *device, const struct object *object) { return hear(device, "-", object->id); }
static int path(struct device *device, const struct path *path) {
    return hear(device, path->circle ? "circle" : path->rectangle ? "rect" : "path", NULL);
}
static int text(struct device *device, const struct text_line *line) { return hear(device, line->at, NULL); }
static int icon(struct device *device, const struct picture *picture) {
    return hear(device, picture->icon ? "icon" : "none", NULL);
}

static struct recorder new_recorder(int most) {
    return (struct recorder){{begin, end, path, text, icon}, STR_EMPTY, most};
}

static struct scene small_scene(struct arena *arena) {
    struct scene scene = new_scene(arena);
    scene_begin(&scene, &(struct object){.kind = OBJECT_NODE, .id = "a"});
    scene_rect(&scene, ROLE_FRAME, (struct rect){0, 0, 10, 10}, 0);
    scene_begin(&scene, &(struct object){.kind = OBJECT_LABEL, .id = "b"});
    scene_text(&scene, ROLE_TEXT, "word and more", 4, (struct point){1, 2});
    scene_end(&scene);
    scene_circle(&scene, ROLE_SHAPE, (struct rect){0, 0, 4, 4});
    scene_icon(&scene, NULL, (struct rect){0, 0, 4, 4}, 0);
    scene_end(&scene);
    return scene;
}

static void ends_are_told_what_they_end(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene = small_scene(arena);
    struct recorder recorder = new_recorder(-1);
    assert_int_equal(scene.open, 0);
    assert_int_equal(scene_play(&scene, &recorder.device), 0);
    assert_string_equal(recorder.heard.at, "+a rect +b word -b circle none -a ");
    str_free(&recorder.heard);
    arena_free(arena);
}

static void playing_stops_when_a_device_says_so(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene = small_scene(arena);
    for (int most = 1; most <= 8; most++) {
        struct recorder recorder = new_recorder(most);
        assert_int_equal(scene_play(&scene, &recorder.device), 42);
        size_t calls = 0;
        for (const char *at = recorder.heard.at; (at = strchr(at, ' ')) != NULL; at++)
            calls++;
        assert_int_equal(calls, most);
        str_free(&recorder.heard);
    }
    struct device deaf = {0};
    assert_int_equal(scene_play(&scene, &deaf), 0);
    arena_free(arena);
}

static void rectangles_are_paths_that_keep_in_their_box(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene = new_scene(arena);
    const double radii[] = {0, 3, 5};
    for (size_t i = 0; i < 3; i++) {
        struct rect box = {10, 20, 30, 10};
        struct path *path = scene_rect(&scene, ROLE_FRAME, box, radii[i]);
        assert_true(path->rectangle && !path->circle);
        assert_int_equal(path->steps[0].verb, PATH_MOVE);
        assert_int_equal(path->steps[path->n - 1].verb, PATH_CLOSE);
        for (size_t k = 0; k + 1 < path->n; k++)
            for (int p = 0; p < (path->steps[k].verb == PATH_CUBIC ? 3 : 1); p++) {
                struct point at = path->steps[k].p[p];
                assert_true(at.x >= box.x && at.x <= rect_right(box) && at.y >= box.y && at.y <= rect_bottom(box));
            }
        assert_int_equal(path->fill.kind, PAINT_NONE);
        assert_int_equal(path->stroke.kind, PAINT_NONE);
    }
    arena_free(arena);
}

static void texts_are_copies(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene = new_scene(arena);
    char word[] = "東京";
    struct text_line *line = scene_text(&scene, ROLE_TEXT, word, 3, (struct point){0, 0});
    word[0] = 'x';
    assert_string_equal(line->at, "東");
    arena_free(arena);
}

static void every_object_and_role_has_a_name(void **state) {
    (void)state;
    for (int i = 0; i < OBJECTS; i++)
        assert_true(object_names[i] && *object_names[i]);
    for (int i = 0; i < ROLES; i++)
        assert_true(role_names[i] && *role_names[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_told_what_they_end), cmocka_unit_test(playing_stops_when_a_device_says_so),
        cmocka_unit_test(rectangles_are_paths_that_keep_in_their_box), cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(every_object_and_role_has_a_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
