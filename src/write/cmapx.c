/* An image map for the PNG of the same drawing, in the form dot writes it: Sphinx reads its lines, of which two say that there is nothing
 * to click. Where areas overlap a browser takes the first, so what is inside stands before what is around it.
 */
#include <math.h>
#include <string.h>

#include "write/write.h"
#include "write/xml.h"

enum { REACH = 5 }; /* px around a line that belong to it */

struct map {
    struct str *out;
    double scale;
    const struct object **objects;
    size_t n;
};

static bool wanted(const struct object *object) {
    bool thing = object->kind == OBJECT_NODE || object->kind == OBJECT_CLUSTER || object->kind == OBJECT_EDGE;
    return thing && (object->link || object->tooltip);
}

static struct rect around(struct point a, struct point b) {
    struct rect box = {fmin(a.x, b.x) - REACH, fmin(a.y, b.y) - REACH, fabs(a.x - b.x) + 2 * REACH,
                       fabs(a.y - b.y) + 2 * REACH};
    return box;
}

static void put_area(struct map *map, const struct object *object, struct rect box) {
    struct xml xml = {.out = map->out};
    struct str coords = STR_EMPTY;
    const double at[] = {box.x, box.y, rect_right(box), rect_bottom(box)};
    for (size_t i = 0; i < 4; i++) {
        str_put(&coords, i ? "," : "");
        str_number(&coords, fmax(at[i] * map->scale, 0), 0);
    }
    xml_start(&xml, "area");
    xml_attribute(&xml, "shape", "rect");
    if (object->link)
        xml_attribute(&xml, "href", object->link);
    if (object->tooltip)
        xml_attribute(&xml, "title", object->tooltip);
    xml_attribute(&xml, "alt", object->name ? object->name : object->id);
    xml_attribute(&xml, "coords", coords.at);
    xml_end(&xml);
    str_free(&coords);
}

static void put_object(struct map *map, const struct object *object) {
    if (object->kind != OBJECT_EDGE) {
        put_area(map, object, object->box);
        return;
    }
    for (size_t i = 1; i < object->point_count; i++)
        put_area(map, object, around(object->points[i - 1], object->points[i]));
}

/* Maps of one page must have different names: that of the picture's own words. */
static uint32_t name_of(const struct scene *scene) {
    uint32_t hash = str_hash(scene->title, strlen(scene->title));
    return hash * 31 + str_hash(scene->description, strlen(scene->description));
}

int cmapx_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    (void)diags;
    struct arena *arena = arena_new();
    struct map map = {.out = out, .scale = options->scale > 0 ? options->scale : 1};
    map.objects = arena_array(arena, scene->items.n, sizeof *map.objects);
    for (size_t i = 0; i < scene->items.n; i++)
        if (scene->items.at[i].op == SCENE_BEGIN && wanted(&scene->items.at[i].object))
            map.objects[map.n++] = &scene->items.at[i].object;
    const char *name = arena_printf(arena, "%sawsdiag-%08x", options->id_prefix ? options->id_prefix : "",
                                    (unsigned)name_of(scene));
    str_printf(out, "<map id=\"%s\" name=\"%s\">", name, name);
    for (size_t i = map.n; i-- > 0;) /* frames are drawn before what they hold, and lines before nodes */
        put_object(&map, map.objects[i]);
    str_put(out, "\n</map>\n");
    arena_free(arena);
    return 0;
}
