#include "drawing.h"

#include <math.h>
#include <stdio.h>

#include "layout/quality.h"

static const struct object *object_of(const struct scene *scene, enum object_kind kind, const char *id) {
    const struct object *found = NULL;
    for (size_t i = 0; i < scene->items.n; i++) {
        const struct object *object = &scene->items.at[i].object;
        if (scene->items.at[i].op != SCENE_BEGIN || object->kind != kind || !object->id || strcmp(object->id, id) != 0)
            continue;
        assert_null(found); /* one bracket an element */
        found = object;
    }
    assert_non_null(found);
    return found;
}

static void brackets_match_and_hold_every_element(void **state) {
    (void)state;
    struct drawing drawing;
    drawing_open(&drawing, "light", LANG_EN);
    const struct scene *scene = drawing.scene;
    unsigned open = 0;
    for (size_t i = 0; i < scene->items.n; i++) {
        open += scene->items.at[i].op == SCENE_BEGIN;
        assert_true(scene->items.at[i].op != SCENE_END || open > 0);
        open -= scene->items.at[i].op == SCENE_END;
    }
    assert_int_equal(open, 0);
    for (size_t i = 0; i < drawing.model->node_count; i++) {
        const struct node *node = drawing.model->nodes[i];
        const struct object *object = object_of(scene, node->group ? OBJECT_CLUSTER : OBJECT_NODE, node->path);
        assert_string_equal(object->type, node->type->key);
        assert_int_equal(object->source.line, source_position(node->mark.source, node->mark.start).line);
    }
    assert_string_equal(object_of(scene, OBJECT_NODE, "cloud.vpc.app")->name, "A <b>");
    assert_string_equal(object_of(scene, OBJECT_NODE, "cloud.vpc.app")->link, "https://example.com/?a&b");
    assert_string_equal(object_of(scene, OBJECT_NODE, "cloud.vpc.db")->tooltip, "T");
    drawing_close(&drawing);
}

static void edges_are_the_lines_of_the_layout_moved_as_a_whole(void **state) {
    (void)state;
    struct drawing drawing;
    drawing_open(&drawing, "light", LANG_EN);
    size_t app = desk_node(drawing.model, "cloud.vpc.app")->index;
    const struct rect *drawn = &object_of(drawing.scene, OBJECT_NODE, "cloud.vpc.app")->box,
                      *placed = &drawing.layout->nodes[app].box;
    double margin = drawn->x - placed->x, top = drawn->y - placed->y;
    for (size_t i = 0; i < drawing.model->edge_count; i++) {
        const struct edge *edge = drawing.model->edges[i];
        const struct routed *line = &drawing.layout->edges[i];
        const struct object *object = object_of(drawing.scene, OBJECT_EDGE, edge->id);
        assert_string_equal(object->from, edge->from->path);
        assert_string_equal(object->to, edge->to->path);
        assert_int_equal(object->arrow_from, edge->arrow_from);
        assert_int_equal(object->arrow_to, edge->arrow_to);
        assert_int_equal(object->point_count, line->n);
        for (size_t k = 0; k < line->n; k++) {
            bool end = k == 0 || k + 1 == line->n; /* those keep off the icon by a few pixels */
            double dx = object->points[k].x - line->points[k].x - margin,
                   dy = object->points[k].y - line->points[k].y - top;
            assert_true(fabs(dx) + fabs(dy) < (end ? 8 : 0.01));
        }
    }
    drawing_close(&drawing);
}

static void everything_is_on_the_page(void **state) {
    static const char narrow[] = "title: A title much longer than the picture below it is wide\n"
                                 "description: And a sentence about it that is longer still than the title.\n"
                                 "nodes: {a: ec2}\n";
    (void)state;
    for (int run = 0; run < 2 * LANGS; run++) {
        struct drawing drawing;
        drawing_open_text(&drawing, run < LANGS ? drawing_scenario : narrow, "light", (enum lang)(run % LANGS));
        const struct scene *scene = drawing.scene;
        for (size_t i = 0; i < scene->items.n; i++) {
            const struct scene_item *item = &scene->items.at[i];
            if (item->op == SCENE_TEXT) {
                double left = item->text.anchor == ANCHOR_START    ? item->text.origin.x
                              : item->text.anchor == ANCHOR_MIDDLE ? item->text.origin.x - item->text.width / 2
                                                                   : item->text.origin.x - item->text.width;
                assert_true(left >= 0 && left + item->text.width <= scene->width);
                assert_true(item->text.origin.y > 0 && item->text.origin.y <= scene->height);
            }
            if (item->op == SCENE_PATH)
                for (size_t k = 0; k < item->path.n; k++) {
                    struct point p = item->path.steps[k].p[0];
                    assert_true(item->path.steps[k].verb == PATH_CLOSE ||
                                (p.x >= 0 && p.y >= 0 && p.x <= scene->width && p.y <= scene->height));
                }
        }
        drawing_close(&drawing);
    }
}

static void the_page_is_the_same_in_all_languages_and_themes(void **state) {
    (void)state;
    struct drawing english, other;
    drawing_open(&english, "light", LANG_EN);
    for (size_t theme = 0; theme < theme_count; theme++)
        for (int lang = 0; lang < LANGS; lang++) {
            drawing_open(&other, themes[theme].name, (enum lang)lang);
            const struct rect *a = &object_of(english.scene, OBJECT_NODE, "cloud.vpc.app")->box,
                              *b = &object_of(other.scene, OBJECT_NODE, "cloud.vpc.app")->box;
            assert_memory_equal(a, b, sizeof *a);
            drawing_close(&other);
        }
    drawing_close(&english);
}

/* Corners are quarters of circles to within a hundredth of a pixel. */
static double length_of(const struct path *line) {
    double length = 0;
    for (size_t i = 1; i < line->n; i++) {
        struct point from = line->steps[i - 1].verb == PATH_CUBIC ? line->steps[i - 1].p[2] : line->steps[i - 1].p[0];
        struct point to = line->steps[i].verb == PATH_CUBIC ? line->steps[i].p[2] : line->steps[i].p[0];
        double straight = hypot(to.x - from.x, to.y - from.y);
        length += line->steps[i].verb == PATH_CUBIC ? straight / sqrt(2) * 3.14159265358979 / 2 : straight;
    }
    return length;
}

static void dashes_of_a_trunk_lie_on_each_other(void **state) {
    (void)state;
    struct drawing drawing;
    drawing_open_text(&drawing,
                      "nodes: {a: sqs, b: {type: sqs, label: Another queue}, c: sqs, hub: lambda}\n"
                      "edges: [{from: a, to: hub, kind: event}, {from: b, to: hub, kind: event}, {from: c, to: hub, "
                      "kind: event}]\n",
                      "light", LANG_EN);
    size_t lines = 0, moved = 0;
    for (size_t i = 0; i < drawing.scene->items.n; i++) {
        const struct scene_item *item = &drawing.scene->items.at[i];
        if (item->op != SCENE_PATH || item->path.role != ROLE_LINE)
            continue;
        double period = scene_dashes[item->path.dash][0] + scene_dashes[item->path.dash][1];
        double rest = fmod(length_of(&item->path) + item->path.dash_phase, period);
        assert_true(fmin(rest, period - rest) < 0.1); /* a dash begins where all three end */
        lines++, moved += item->path.dash_phase > 0.1;
    }
    assert_int_equal(lines, 3);
    assert_true(moved > 0);
    drawing_close(&drawing);
}

static size_t arcs_of(const struct scene *scene, double *highest) {
    size_t n = 0;
    for (size_t i = 0; i < scene->items.n; i++) {
        const struct path *path = &scene->items.at[i].path;
        for (size_t k = 1; scene->items.at[i].op == SCENE_PATH && path->role == ROLE_LINE && k < path->n; k++) {
            struct point from = path->steps[k - 1].p[0], to = path->steps[k].p[2];
            if (path->steps[k].verb != PATH_CUBIC || from.y < to.y || from.y > to.y)
                continue; /* a corner */
            n++;
            *highest = path->steps[k].p[0].y;
            assert_true(*highest < to.y && fabs(to.x - from.x) >= 10);
        }
    }
    return n;
}

static void lines_jump_over_those_they_cross(void **state) {
    (void)state;
    static const char mesh[] = "direction: right\nnodes: {a: lambda, b: lambda, c: lambda, x: sqs, y: sqs, z: sqs}\n"
                               "edges: [a -> x, a -> y, a -> z, b -> x, b -> y, b -> z, c -> x, c -> y, c -> z]\n%s";
    char scenario[400];
    double y = 0;
    for (int jumps = 0; jumps < 2; jumps++) {
        struct drawing drawing;
        snprintf(scenario, sizeof scenario, mesh, jumps ? "line-jumps: true\n" : "");
        drawing_open_text(&drawing, scenario, "light", LANG_EN);
        size_t arcs = arcs_of(drawing.scene, &y);
        struct quality quality = quality_measure(drawing.model, drawing.layout, drawing.desk.arena);
        assert_true(quality.value[MEASURE_CROSSINGS] > 0);
        assert_true(jumps ? arcs > 0 && (double)arcs <= quality.value[MEASURE_CROSSINGS] : arcs == 0);
        drawing_close(&drawing);
    }
}

/* What interrupts the frame behind a gateway lies below the lines. */
static void nothing_is_painted_over_lines_but_nodes(void **state) {
    (void)state;
    struct drawing drawing;
    drawing_open_text(
        &drawing,
        "direction: down\nnodes:\n  user: user\n  vpc:\n    type: vpc\n    nodes: {igw: internet-gateway, app: ec2}\n"
        "edges: [user -> igw -> app]\n",
        "light", LANG_EN);
    const struct scene *scene = drawing.scene;
    size_t grounds = 0, lines = 0;
    bool within = false;
    for (size_t i = 0; i < scene->items.n; i++) {
        const struct scene_item *item = &scene->items.at[i];
        if (item->op == SCENE_BEGIN)
            lines += item->object.kind == OBJECT_EDGE, within = true;
        if (item->op == SCENE_END)
            within = false;
        if (item->op != SCENE_PATH || within || item->path.role != ROLE_SHAPE || item->path.fill.kind == PAINT_NONE)
            continue;
        grounds++;
        assert_int_equal(lines, 0);
    }
    assert_int_equal(lines, 2);
    assert_int_equal(grounds, 2); /* of the icon and of the name */
    drawing_close(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(brackets_match_and_hold_every_element),
                                       cmocka_unit_test(edges_are_the_lines_of_the_layout_moved_as_a_whole),
                                       cmocka_unit_test(everything_is_on_the_page),
                                       cmocka_unit_test(lines_jump_over_those_they_cross),
                                       cmocka_unit_test(nothing_is_painted_over_lines_but_nodes),
                                       cmocka_unit_test(dashes_of_a_trunk_lie_on_each_other),
                                       cmocka_unit_test(the_page_is_the_same_in_all_languages_and_themes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
