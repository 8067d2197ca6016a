#include "scene/scene.h"

#include <assert.h>
#include <string.h>

const char *const object_names[OBJECTS] = {"background", "title", "cluster", "node", "edge",  "label", "step",
                                           "callout",    "life",  "notes",   "note", "steps", "legend"};
const double scene_dashes[DASHES][2] = {{0, 0}, {6, 4}, {2, 3}};

const char *const role_names[ROLES] = {"shape", "frame", "line", "arrow", "tile", "title", "label", "detail", "text"};

static struct scene_item *add(struct scene *scene, enum scene_op op) {
    struct scene_item *item = array_push(scene->arena, &scene->items);
    item->op = op;
    return item;
}

void scene_begin(struct scene *scene, const struct object *object) {
    add(scene, SCENE_BEGIN)->object = *object;
    scene->open++;
}

void scene_end(struct scene *scene) {
    assert(scene->open > 0);
    add(scene, SCENE_END);
    scene->open--;
}

struct path *scene_path(struct scene *scene, enum role role, const struct path_step *steps, size_t n) {
    struct path *path = &add(scene, SCENE_PATH)->path;
    struct path_step *copy = arena_array(scene->arena, n, sizeof *copy);
    if (n)
        memcpy(copy, steps, n * sizeof *copy);
    *path = (struct path){
        .steps = copy, .n = n, .role = role, .fill = paint_none(), .stroke = paint_none(), .width = 1};
    return path;
}

/* Control points of a quarter of a circle. */
static const double kappa = 0.5522847498;

static struct path_step cubic(double ax, double ay, double bx, double by, double x, double y) {
    return (struct path_step){PATH_CUBIC, {{ax, ay}, {bx, by}, {x, y}}};
}

struct path *scene_rect(struct scene *scene, enum role role, struct rect box, double radius) {
    double x0 = box.x, y0 = box.y, x1 = rect_right(box), y1 = rect_bottom(box), r = radius, k = radius * (1 - kappa);
    struct path_step square[] = {{PATH_MOVE, {{x0, y0}}},
                                 {PATH_LINE, {{x1, y0}}},
                                 {PATH_LINE, {{x1, y1}}},
                                 {PATH_LINE, {{x0, y1}}},
                                 {PATH_CLOSE, {{0, 0}}}};
    struct path_step round[] = {{PATH_MOVE, {{x0 + r, y0}}},
                                {PATH_LINE, {{x1 - r, y0}}},
                                cubic(x1 - k, y0, x1, y0 + k, x1, y0 + r),
                                {PATH_LINE, {{x1, y1 - r}}},
                                cubic(x1, y1 - k, x1 - k, y1, x1 - r, y1),
                                {PATH_LINE, {{x0 + r, y1}}},
                                cubic(x0 + k, y1, x0, y1 - k, x0, y1 - r),
                                {PATH_LINE, {{x0, y0 + r}}},
                                cubic(x0, y0 + k, x0 + k, y0, x0 + r, y0),
                                {PATH_CLOSE, {{0, 0}}}};
    struct path *path = radius > 0 ? scene_path(scene, role, round, sizeof round / sizeof *round)
                                   : scene_path(scene, role, square, sizeof square / sizeof *square);
    path->rectangle = true, path->box = box, path->radius = radius;
    return path;
}

struct path *scene_circle(struct scene *scene, enum role role, struct rect box) {
    struct path *path = scene_rect(scene, role, box, box.w / 2);
    path->rectangle = false, path->circle = true;
    return path;
}

struct text_line *scene_text(struct scene *scene, enum role role, const char *at, size_t n, struct point origin) {
    struct text_line *text = &add(scene, SCENE_TEXT)->text;
    *text = (struct text_line){
        .at = arena_copy(scene->arena, at, n), .lang = scene->lang, .role = role, .origin = origin, .size = 14};
    text->fill = paint_role(COLOUR_TEXT);
    return text;
}

void scene_icon(struct scene *scene, const struct icon *icon, struct rect box, uint32_t colour) {
    add(scene, SCENE_ICON)->picture = (struct picture){icon, box, colour};
}

int scene_play(const struct scene *scene, struct device *device) {
    assert(scene->open == 0);
    ARRAY(const struct object *) open = {0};
    struct arena *arena = arena_new();
    int result = 0;
    for (size_t i = 0; i < scene->items.n && result == 0; i++) {
        const struct scene_item *item = &scene->items.at[i];
        switch (item->op) {
        case SCENE_BEGIN:
            *array_push(arena, &open) = &item->object;
            result = device->begin ? device->begin(device, &item->object) : 0;
            break;
        case SCENE_END:
            assert(open.n > 0);
            result = device->end ? device->end(device, open.at[open.n - 1]) : 0;
            open.n--;
            break;
        case SCENE_PATH: result = device->path ? device->path(device, &item->path) : 0; break;
        case SCENE_TEXT: result = device->text ? device->text(device, &item->text) : 0; break;
        case SCENE_ICON: result = device->icon ? device->icon(device, &item->picture) : 0; break;
        }
    }
    arena_free(arena);
    return result;
}

/* --- dump ----------------------------------------------------------------------------------------------------------- */

struct dumper {
    struct device device;
    struct str *out;
    unsigned depth;
};

static void put_numbers(struct str *out, const double *numbers, size_t n) {
    for (size_t i = 0; i < n; i++) {
        str_putc(out, i ? ',' : ' ');
        str_number(out, numbers[i], 2);
    }
}

static void put_rect(struct str *out, struct rect r) { put_numbers(out, (double[]){r.x, r.y, r.w, r.h}, 4); }

static void put_paint(struct str *out, const char *name, struct paint paint) {
    if (paint.kind == PAINT_ROLE)
        str_printf(out, " %s %s", name, colour_names[paint.role]);
    if (paint.kind == PAINT_RGB || paint.kind == PAINT_FIXED)
        str_printf(out, " %s #%06X", name, (unsigned)paint.rgb);
    if (paint.kind != PAINT_NONE && paint.opacity < 1) {
        str_putc(out, '/');
        str_number(out, paint.opacity, 2);
    }
}

static struct str *line_of(struct device *device) {
    struct dumper *dumper = (struct dumper *)device;
    str_fill(dumper->out, ' ', 4 * (size_t)dumper->depth);
    return dumper->out;
}

static int dump_begin(struct device *device, const struct object *object) {
    struct str *out = line_of(device);
    str_put(out, object_names[object->kind]);
    if (object->id)
        str_printf(out, " %s", object->id);
    if (object->type)
        str_printf(out, " type %s", object->type);
    if (object->from)
        str_printf(out, " from %s to %s", object->from, object->to);
    if (object->note)
        str_printf(out, " note %s", object->note);
    if (object->step)
        str_printf(out, " step %d", object->step);
    if (object->number)
        str_printf(out, " number %d", object->number);
    put_rect(out, object->box);
    str_putc(out, '\n');
    ((struct dumper *)device)->depth++;
    return 0;
}

static int dump_end(struct device *device, const struct object *object) {
    (void)object;
    ((struct dumper *)device)->depth--;
    return 0;
}

static int dump_path(struct device *device, const struct path *path) {
    static const size_t points[] = {1, 1, 3, 0};
    struct str *out = line_of(device);
    str_printf(out, "path %s", role_names[path->role]);
    if (path->rectangle || path->circle) {
        str_put(out, path->circle ? " circle" : " rect");
        put_rect(out, path->box);
    }
    for (size_t i = 0; i < path->n && !path->rectangle && !path->circle; i++) {
        str_putc(out, ' ');
        str_putc(out, "MLCZ"[path->steps[i].verb]);
        for (size_t k = 0; k < points[path->steps[i].verb]; k++)
            put_numbers(out, (double[]){path->steps[i].p[k].x, path->steps[i].p[k].y}, 2);
    }
    put_paint(out, "fill", path->fill);
    put_paint(out, "stroke", path->stroke);
    if (path->stroke.kind != PAINT_NONE) {
        str_put(out, " width");
        put_numbers(out, &path->width, 1);
        if (path->dash != DASH_SOLID)
            str_printf(out, " %s", dash_names[path->dash]);
        if (path->dash_phase > 0)
            str_put(out, " phase "), str_number(out, path->dash_phase, 2);
    }
    str_putc(out, '\n');
    return 0;
}

static int dump_text(struct device *device, const struct text_line *text) {
    static const char *const anchors[] = {"start", "middle", "end"};
    struct str *out = line_of(device);
    str_printf(out, "text %s \"%s\"", role_names[text->role], text->at);
    put_numbers(out, (double[]){text->origin.x, text->origin.y}, 2);
    str_printf(out, " %s size", anchors[text->anchor]);
    put_numbers(out, &text->size, 1);
    str_put(out, text->weight == WEIGHT_BOLD ? " bold width" : " width");
    put_numbers(out, &text->width, 1);
    put_paint(out, "fill", text->fill);
    str_putc(out, '\n');
    return 0;
}

static int dump_icon(struct device *device, const struct picture *picture) {
    struct str *out = line_of(device);
    str_printf(out, "icon %s", picture->icon ? picture->icon->name : "-");
    put_rect(out, picture->box);
    str_putc(out, '\n');
    return 0;
}

void scene_dump(const struct scene *scene, struct str *out) {
    struct dumper dumper = {{dump_begin, dump_end, dump_path, dump_text, dump_icon}, out, 0};
    str_put(out, "scene");
    put_numbers(out, (double[]){scene->width, scene->height}, 2);
    str_printf(out, " theme %s lang %s\n", scene->theme->name, lang_codes[scene->lang]);
    scene_play(scene, &dumper.device);
}
