#include "write/embed.h"

#include "write/shapes.h"

void put_base64(struct str *out, const unsigned char *at, size_t n) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)at[i] << 16 | (i + 1 < n ? (uint32_t)at[i + 1] << 8 : 0) |
                         (i + 2 < n ? at[i + 2] : 0);
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63], i + 1 < n ? digits[three >> 6 & 63] : '=',
                        i + 2 < n ? digits[three & 63] : '='};
        str_putn(out, four, 4);
    }
}

void put_view_box(struct xml *xml, struct rect view) {
    struct str box = STR_EMPTY;
    const double numbers[] = {view.x, view.y, view.w, view.h};
    for (int i = 0; i < 4; i++) {
        if (i)
            str_putc(&box, ' ');
        str_number(&box, numbers[i], 2);
    }
    xml_attribute(xml, "viewBox", box.at);
    str_free(&box);
}

static void start_svg(struct xml *xml, struct rect view) {
    xml_start(xml, "svg");
    xml_attribute(xml, "xmlns", "http://www.w3.org/2000/svg");
    xml_number(xml, "width", view.w);
    xml_number(xml, "height", view.h);
    put_view_box(xml, view);
}

static void put_clip(struct xml *xml, const struct icon_path *path, const char *clips, size_t i) {
    xml_start(xml, "clipPath");
    xml_printf(xml, "id", "%s%zu", clips, i);
    xml_start(xml, "path");
    if (path->clip_even_odd)
        xml_attribute(xml, "clip-rule", "evenodd");
    xml_attribute(xml, "d", path->clip);
    xml_end(xml);
    xml_end(xml);
}

static void put_icon_path(struct xml *xml, const struct icon_path *path, const char *clips, size_t i) {
    xml_start(xml, "path");
    if (path->clip)
        xml_printf(xml, "clip-path", "url(#%s%zu)", clips, i);
    if (path->filled)
        xml_colour(xml, "fill", path->fill);
    else
        xml_attribute(xml, "fill", "none");
    if (path->even_odd)
        xml_attribute(xml, "fill-rule", "evenodd");
    if (path->stroke_width > 0) {
        xml_colour(xml, "stroke", path->stroke);
        xml_number(xml, "stroke-width", path->stroke_width);
    }
    xml_attribute(xml, "d", path->d);
    xml_end(xml);
}

void put_icon_paths(struct xml *xml, const struct icon *icon, const char *clips) {
    for (size_t i = 0; i < icon->n; i++) {
        if (icon->paths[i].clip)
            put_clip(xml, &icon->paths[i], clips, i);
        put_icon_path(xml, &icon->paths[i], clips, i);
    }
}

void embed_icon(const struct icon *icon, struct str *out) {
    struct xml xml = {.out = out};
    start_svg(&xml, (struct rect){0, 0, icon->width, icon->height});
    put_icon_paths(&xml, icon, "c");
    xml_end(&xml);
}

void put_path_data(struct xml *xml, const struct path *path) {
    static const size_t points[] = {1, 1, 3, 0};
    struct str d = STR_EMPTY;
    for (size_t i = 0; i < path->n; i++) {
        str_putc(&d, "MLCZ"[path->steps[i].verb]);
        for (size_t k = 0; k < points[path->steps[i].verb]; k++) {
            if (k)
                str_putc(&d, ' ');
            str_number(&d, path->steps[i].p[k].x, 2);
            str_putc(&d, ' ');
            str_number(&d, path->steps[i].p[k].y, 2);
        }
    }
    xml_attribute(xml, "d", d.at);
    str_free(&d);
}

struct rect embed_path(const struct path *path, const struct theme *theme, struct str *out) {
    struct xml xml = {.out = out};
    struct rect box = path_extent(path);
    double reach = path->stroke.kind == PAINT_NONE ? 0 : path->width;
    box = (struct rect){box.x - reach, box.y - reach, box.w + 2 * reach, box.h + 2 * reach};
    start_svg(&xml, box);
    xml_start(&xml, "path");
    if (path->fill.kind == PAINT_NONE)
        xml_attribute(&xml, "fill", "none");
    else
        xml_colour(&xml, "fill", theme_rgb(theme, path->fill, false));
    if (path->stroke.kind != PAINT_NONE) {
        xml_colour(&xml, "stroke", theme_rgb(theme, path->stroke, false));
        xml_number(&xml, "stroke-width", path->width);
    }
    put_path_data(&xml, path);
    xml_end(&xml);
    xml_end(&xml);
    return box;
}
