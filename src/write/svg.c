/* SVG. Two walks over the scene: the first gathers what stands in front (the characters of the embedded fonts, the icons, the
 * colours of a dark page), the second writes. Attributes carry the colours of a light page; where the theme follows the reader, classes change them
 * on a dark one.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/subset.h"
#include "write/write.h"
#include "write/xml.h"

struct dark_pair {
    uint32_t light, dark;
};

struct svg {
    struct device device;
    const struct scene *scene;
    const struct write_options *options;
    struct arena *arena;
    struct xml xml;
    struct subset *fonts[WEIGHTS];
    uint32_t text_hash; /* of all texts in order */
    ARRAY(const struct icon *) icons;
    ARRAY(struct dark_pair) pairs;
    const char *family;
};

static const char *prefix(const struct svg *svg) { return svg->options->id_prefix ? svg->options->id_prefix : ""; }

/* --- first walk ---------------------------------------------------------------------------------------------------------- */

static size_t pair_index(struct svg *svg, struct paint paint) {
    struct dark_pair pair = {theme_rgb(svg->scene->theme, paint, false), theme_rgb(svg->scene->theme, paint, true)};
    for (size_t i = 0; i < svg->pairs.n; i++)
        if (svg->pairs.at[i].light == pair.light && svg->pairs.at[i].dark == pair.dark)
            return i;
    *array_push(svg->arena, &svg->pairs) = pair;
    return svg->pairs.n - 1;
}

static void gather_paint(struct svg *svg, struct paint paint) {
    if (svg->scene->theme->follows && paint.kind != PAINT_NONE)
        pair_index(svg, paint);
}

static int gather_path(struct device *device, const struct path *path) {
    gather_paint((struct svg *)device, path->fill);
    gather_paint((struct svg *)device, path->stroke);
    return 0;
}

static int gather_text(struct device *device, const struct text_line *text) {
    struct svg *svg = (struct svg *)device;
    gather_paint(svg, text->fill);
    subset_text(svg->fonts[text->weight], text->at, strlen(text->at));
    svg->text_hash = svg->text_hash * 31 + str_hash(text->at, strlen(text->at));
    return 0;
}

static int gather_icon(struct device *device, const struct picture *picture) {
    struct svg *svg = (struct svg *)device;
    for (size_t i = 0; i < svg->icons.n; i++)
        if (svg->icons.at[i] == picture->icon)
            return 0;
    if (picture->icon)
        *array_push(svg->arena, &svg->icons) = picture->icon;
    return 0;
}

/* --- what stands in front --------------------------------------------------------------------------------------------------- */

static void put_base64(struct str *out, const unsigned char *at, size_t n) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)at[i] << 16 | (i + 1 < n ? (uint32_t)at[i + 1] << 8 : 0) |
                         (i + 2 < n ? at[i + 2] : 0);
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63], i + 1 < n ? digits[three >> 6 & 63] : '=',
                        i + 2 < n ? digits[three & 63] : '='};
        str_putn(out, four, 4);
    }
}

/* The name of the font family says what is in it, so that pictures on one page do not take each other's. */
static void name_family(struct svg *svg) {
    svg->family = arena_printf(svg->arena, "awsdiag-%08x", (unsigned)svg->text_hash);
}

static int put_fonts(struct svg *svg, struct str *css, struct diags *diags) {
    static const char *const weights[WEIGHTS] = {"400", "700"};
    for (int weight = 0; weight < WEIGHTS; weight++) {
        struct str woff = STR_EMPTY;
        if (svg->fonts[weight]->characters.n == 0)
            continue;
        if (subset_woff(svg->fonts[weight], &woff) != 0) {
            diag_add(diags, DIAG_internal, (struct mark){0}, "the font could not be cut");
            str_free(&woff);
            return -1;
        }
        str_printf(css, "\n@font-face{font-family:%s;font-weight:%s;src:url(data:font/woff;base64,", svg->family,
                   weights[weight]);
        put_base64(css, (const unsigned char *)woff.at, woff.n);
        str_put(css, ") format(\"woff\")}");
        str_free(&woff);
    }
    return 0;
}

static void put_dark(struct svg *svg, struct str *css) {
    if (!svg->pairs.n)
        return;
    str_put(css, "\n@media (prefers-color-scheme:dark){");
    for (size_t i = 0; i < svg->pairs.n; i++)
        str_printf(css, "\n.%s .f%zu{fill:#%06X}.%s .s%zu{stroke:#%06X}", svg->family, i,
                   (unsigned)svg->pairs.at[i].dark, svg->family, i, (unsigned)svg->pairs.at[i].dark);
    str_put(css, "}");
}

static const char *icon_id(struct svg *svg, const struct icon *icon) {
    char *id = arena_printf(svg->arena, "%sicon-%s", prefix(svg), icon->name);
    for (char *at = id + strlen(prefix(svg)); *at; at++)
        if (*at == '/')
            *at = '-';
    return id;
}

static void put_icon_path(struct svg *svg, const struct icon_path *path, const char *clip) {
    xml_start(&svg->xml, "path");
    if (clip)
        xml_printf(&svg->xml, "clip-path", "url(#%s)", clip);
    if (path->filled)
        xml_colour(&svg->xml, "fill", path->fill);
    else
        xml_attribute(&svg->xml, "fill", "none");
    if (path->even_odd)
        xml_attribute(&svg->xml, "fill-rule", "evenodd");
    if (path->stroke_width > 0) {
        xml_colour(&svg->xml, "stroke", path->stroke);
        xml_number(&svg->xml, "stroke-width", path->stroke_width);
    }
    xml_attribute(&svg->xml, "d", path->d);
    xml_end(&svg->xml);
}

static void put_symbol(struct svg *svg, const struct icon *icon) {
    const char *id = icon_id(svg, icon);
    xml_start(&svg->xml, "symbol");
    xml_attribute(&svg->xml, "id", id);
    struct str box = STR_EMPTY;
    str_put(&box, "0 0 ");
    str_number(&box, icon->width, 2);
    str_putc(&box, ' ');
    str_number(&box, icon->height, 2);
    xml_attribute(&svg->xml, "viewBox", box.at);
    str_free(&box);
    for (size_t i = 0; i < icon->n; i++) {
        const char *clip = icon->paths[i].clip ? arena_printf(svg->arena, "%s-clip%zu", id, i) : NULL;
        if (clip) {
            xml_start(&svg->xml, "clipPath");
            xml_attribute(&svg->xml, "id", clip);
            xml_start(&svg->xml, "path");
            if (icon->paths[i].clip_even_odd)
                xml_attribute(&svg->xml, "clip-rule", "evenodd");
            xml_attribute(&svg->xml, "d", icon->paths[i].clip);
            xml_end(&svg->xml);
            xml_end(&svg->xml);
        }
        put_icon_path(svg, &icon->paths[i], clip);
    }
    xml_end(&svg->xml);
}

static void put_text_element(struct svg *svg, const char *name, const char *id, const char *text) {
    xml_start(&svg->xml, name);
    xml_printf(&svg->xml, "id", "%s%s", prefix(svg), id);
    xml_text(&svg->xml, text);
    xml_end(&svg->xml);
}

static int put_head(struct svg *svg, struct diags *diags) {
    struct xml *xml = &svg->xml;
    const struct scene *scene = svg->scene;
    xml_start(xml, "svg");
    xml_attribute(xml, "xmlns", "http://www.w3.org/2000/svg");
    xml_attribute(xml, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    xml_printf(xml, "class", "awsdiag %s", svg->family);
    xml_attribute(xml, "role", "img");
    xml_printf(xml, "aria-labelledby", "%sawsdiag-title %sawsdiag-desc", prefix(svg), prefix(svg));
    xml_attribute(xml, "lang", lang_codes[scene->lang]);
    xml_number(xml, "width", scene->width);
    xml_number(xml, "height", scene->height);
    struct str box = STR_EMPTY;
    str_put(&box, "0 0 ");
    str_number(&box, scene->width, 2);
    str_putc(&box, ' ');
    str_number(&box, scene->height, 2);
    xml_attribute(xml, "viewBox", box.at);
    str_free(&box);
    xml_printf(xml, "font-family", "%s, 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Arial, sans-serif", svg->family);
    put_text_element(svg, "title", "awsdiag-title", scene->title);
    put_text_element(svg, "desc", "awsdiag-desc", scene->description);
    struct str css = STR_EMPTY;
    int result = put_fonts(svg, &css, diags);
    put_dark(svg, &css);
    if (css.n) {
        str_putc(&css, '\n');
        xml_start(xml, "style");
        xml_raw(xml, css.at, css.n);
        xml_end(xml);
    }
    str_free(&css);
    if (svg->icons.n) {
        xml_start(xml, "defs");
        for (size_t i = 0; i < svg->icons.n; i++)
            put_symbol(svg, svg->icons.at[i]);
        xml_end(xml);
    }
    return result;
}

/* --- second walk ---------------------------------------------------------------------------------------------------------------- */

static void put_link(struct svg *svg, const char *link) {
    xml_start(&svg->xml, "a");
    xml_attribute(&svg->xml, "href", link);
    xml_attribute(&svg->xml, "xlink:href", link);
}

static int begin_object(struct device *device, const struct object *object) {
    struct svg *svg = (struct svg *)device;
    struct xml *xml = &svg->xml;
    xml_start(xml, "g");
    xml_attribute(xml, "class", object_names[object->kind]);
    if (object->id)
        xml_printf(xml, "id", "%s%s", prefix(svg), object->id);
    if (object->type)
        xml_attribute(xml, object->kind == OBJECT_EDGE ? "data-kind" : "data-type", object->type);
    if (object->from) {
        xml_attribute(xml, "data-from", object->from);
        xml_attribute(xml, "data-to", object->to);
    }
    if (object->note)
        xml_attribute(xml, "data-note", object->note);
    if (object->step)
        xml_printf(xml, "data-step", "%d", object->step);
    if (object->number)
        xml_printf(xml, "data-number", "%d", object->number);
    if (object->source.line)
        xml_printf(xml, "data-src", "%u:%u", object->source.line, object->source.column);
    if (object->tooltip) {
        xml_start(xml, "title");
        xml_text(xml, object->tooltip);
        xml_end(xml);
    }
    if (object->link)
        put_link(svg, object->link);
    return 0;
}

static int end_object(struct device *device, const struct object *object) {
    struct svg *svg = (struct svg *)device;
    if (object->link)
        xml_end(&svg->xml);
    xml_end(&svg->xml);
    return 0;
}

static void put_class(struct svg *svg, enum role role, struct paint fill, struct paint stroke) {
    struct str names = STR_EMPTY;
    str_put(&names, role_names[role]);
    if (svg->scene->theme->follows && fill.kind != PAINT_NONE)
        str_printf(&names, " f%zu", pair_index(svg, fill));
    if (svg->scene->theme->follows && stroke.kind != PAINT_NONE)
        str_printf(&names, " s%zu", pair_index(svg, stroke));
    xml_attribute(&svg->xml, "class", names.at);
    str_free(&names);
}

static void put_paint(struct svg *svg, const char *name, const char *opacity, struct paint paint) {
    if (paint.kind == PAINT_NONE)
        return;
    xml_colour(&svg->xml, name, theme_rgb(svg->scene->theme, paint, false));
    if (paint.opacity < 1)
        xml_number(&svg->xml, opacity, paint.opacity);
}

static void put_data(struct xml *xml, const struct path *path) {
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

static void put_shape(struct xml *xml, const struct path *path) {
    if (path->circle) {
        struct point centre = rect_centre(path->box);
        xml_number(xml, "cx", centre.x);
        xml_number(xml, "cy", centre.y);
        xml_number(xml, "r", path->box.w / 2);
    } else if (path->rectangle) {
        xml_number(xml, "x", path->box.x);
        xml_number(xml, "y", path->box.y);
        xml_number(xml, "width", path->box.w);
        xml_number(xml, "height", path->box.h);
        if (path->radius > 0)
            xml_number(xml, "rx", path->radius);
    } else {
        put_data(xml, path);
    }
}

static int put_path(struct device *device, const struct path *path) {
    static const char *const dashes[DASHES] = {NULL, "6 4", "2 3"};
    struct svg *svg = (struct svg *)device;
    struct xml *xml = &svg->xml;
    xml_start(xml, path->circle ? "circle" : path->rectangle ? "rect" : "path");
    put_class(svg, path->role, path->fill, path->stroke);
    put_shape(xml, path);
    if (path->fill.kind == PAINT_NONE)
        xml_attribute(xml, "fill", "none");
    put_paint(svg, "fill", "fill-opacity", path->fill);
    put_paint(svg, "stroke", "stroke-opacity", path->stroke);
    if (path->stroke.kind != PAINT_NONE) {
        xml_number(xml, "stroke-width", path->width);
        if (dashes[path->dash])
            xml_attribute(xml, "stroke-dasharray", dashes[path->dash]);
    }
    xml_end(xml);
    return 0;
}

static int put_text(struct device *device, const struct text_line *text) {
    static const char *const anchors[] = {NULL, "middle", "end"};
    struct svg *svg = (struct svg *)device;
    struct xml *xml = &svg->xml;
    xml_start(xml, "text");
    put_class(svg, text->role, text->fill, paint_none());
    xml_number(xml, "x", text->origin.x);
    xml_number(xml, "y", text->origin.y);
    if (anchors[text->anchor])
        xml_attribute(xml, "text-anchor", anchors[text->anchor]);
    xml_number(xml, "font-size", text->size);
    if (text->weight == WEIGHT_BOLD)
        xml_attribute(xml, "font-weight", "700");
    put_paint(svg, "fill", "fill-opacity", text->fill);
    if (text->width > 0) {
        xml_number(xml, "textLength", text->width);
        xml_attribute(xml, "lengthAdjust", "spacingAndGlyphs");
    }
    if (text->lang != svg->scene->lang)
        xml_attribute(xml, "lang", lang_codes[text->lang]);
    if (strstr(text->at, "  "))
        xml_attribute(xml, "xml:space", "preserve");
    xml_text(xml, text->at);
    xml_end(xml);
    return 0;
}

static int put_icon(struct device *device, const struct picture *picture) {
    struct svg *svg = (struct svg *)device;
    struct xml *xml = &svg->xml;
    const char *id = arena_printf(svg->arena, "#%s", icon_id(svg, picture->icon));
    xml_start(xml, "use");
    xml_attribute(xml, "class", "icon");
    xml_attribute(xml, "href", id);
    xml_attribute(xml, "xlink:href", id);
    xml_number(xml, "x", picture->box.x);
    xml_number(xml, "y", picture->box.y);
    xml_number(xml, "width", picture->box.w);
    xml_number(xml, "height", picture->box.h);
    xml_end(xml);
    return 0;
}

int svg_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct svg svg = {.scene = scene, .options = options, .arena = arena_new(), .xml = {.out = out}};
    svg.fonts[WEIGHT_REGULAR] = subset_new(svg.arena, WEIGHT_REGULAR);
    svg.fonts[WEIGHT_BOLD] = subset_new(svg.arena, WEIGHT_BOLD);
    svg.device = (struct device){.path = gather_path, .text = gather_text, .icon = gather_icon};
    scene_play(scene, &svg.device);
    name_family(&svg);
    if (!options->inline_svg)
        str_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    int result = put_head(&svg, diags);
    svg.device = (struct device){begin_object, end_object, put_path, put_text, put_icon};
    scene_play(scene, &svg.device);
    xml_end(&svg.xml);
    str_putc(out, '\n');
    arena_free(svg.arena);
    return result;
}
