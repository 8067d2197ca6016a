/* A scenario drawn as far as the scene: what tests of compose and of the writers begin with. */
#ifndef AWSDIAG_TESTS_DRAWING_H
#define AWSDIAG_TESTS_DRAWING_H

#include "desk.h"

#include "layout/choose.h"
#include "scene/compose.h"
#include "write/write.h"

static const char drawing_scenario[] = "title: {en: Orders & more, ja: 受注}\n"
                                       "nodes:\n"
                                       "  user: {type: client, step: 1}\n"
                                       "  cloud:\n"
                                       "    type: aws-cloud\n"
                                       "    nodes:\n"
                                       "      vpc: {type: vpc, cidr: 10.0.0.0/16, nodes: {app: {type: ec2, label: \"A "
                                       "<b>\", link: \"https://example.com/?a&b\"}, db: {type: rds, tooltip: T}}}\n"
                                       "      mail: sns\n"
                                       "edges:\n"
                                       "  - user -> app: HTTPS\n"
                                       "  - {from: app, to: db, label: {en: SQL, ja: 問合せ}, step: 2}\n"
                                       "  - {from: app, to: mail, kind: event, both: true}\n"
                                       "steps: {1: One, 2: Two}\n";

struct drawing {
    struct desk desk;
    struct model *model;
    struct layout *layout;
    struct scene *scene;
};

static inline void drawing_open_text(struct drawing *drawing, const char *scenario, const char *theme, enum lang lang) {
    static const struct place_limits limits = {.plain = true};
    static const struct shown_notes none = {0};
    desk_open(&drawing->desk);
    drawing->model = desk_model(&drawing->desk, scenario);
    desk_fine(&drawing->desk);
    drawing->layout = layout_choose(drawing->model, &limits, NULL, drawing->desk.arena, &drawing->desk.diags);
    struct compose_options options = {.lang = lang, .theme = theme_find(theme), .no_icons = true, .name = "test.yaml"};
    drawing->scene = compose_scene(drawing->model, drawing->layout, &none, &options, drawing->desk.arena);
}

static inline void drawing_open(struct drawing *drawing, const char *theme, enum lang lang) {
    drawing_open_text(drawing, drawing_scenario, theme, lang);
}

static inline void drawing_close(struct drawing *drawing) { desk_close(&drawing->desk); }

#endif
