/* Marks of services that are no longer what they were. */
#include "scene/compose_parts.h"

/* A clock. */
static void draw_life(struct composer *composer, const struct node *node, struct rect box) {
    const struct type *type = node->type,
                      *today = type->successor ? catalog_type(composer->model->catalog, type->successor) : NULL;
    static const char *const became[LIFECYCLES][LANGS] = {{"", ""},
                                                          {"renamed", "名称変更"},
                                                          {"closed to new customers", "新規受付終了"},
                                                          {"no longer offered", "提供終了"}};
    double r = box.w / 2;
    struct point c = rect_centre(box);
    const char *since = type->since ? arena_printf(composer->arena, " (%s)", type->since) : "",
               *name = today ? today->name[composer->options->lang] : "";
    struct object object = {
        .kind = OBJECT_LIFE,
        .type = lifecycle_names[type->lifecycle],
        .box = box,
        .tooltip = arena_printf(composer->arena, "%s%s%s%s", became[type->lifecycle][composer->options->lang], since,
                                today ? compose_word(composer, "; today ", "。現在は ") : "", name)};
    struct path_step hands[] = {
        {PATH_MOVE, {{c.x, c.y - r + 3.5}}}, {PATH_LINE, {c}}, {PATH_LINE, {{c.x + r - 4.5, c.y + 1.5}}}};
    scene_begin(composer->scene, &object);
    struct path *face = scene_circle(composer->scene, ROLE_SHAPE, box);
    face->fill = paint_role(COLOUR_WARN), face->stroke = paint_role(COLOUR_PAGE), face->width = 1.5;
    struct path *clock = scene_path(composer->scene, ROLE_SHAPE, hands, 3);
    clock->stroke = paint_role(COLOUR_PAGE), clock->width = 1.5;
    scene_end(composer->scene);
}

void compose_lives(struct composer *composer) {
    for (size_t i = 0; i < composer->model->node_count; i++) {
        struct rect box = life_badge(composer->model, composer->layout, composer->model->nodes[i]);
        if (box.w > 0)
            draw_life(composer, composer->model->nodes[i], compose_moved(composer, box));
    }
}
