/* SVG. Two walks over the scene: the first gathers what stands in front (the characters of the embedded fonts or the outlines of the
 * glyphs, the icons, the colours of a dark page), the second writes. Attributes carry the colours of a light page; where the theme follows
 * the reader, classes change them on a dark one. A picture in several languages holds one group a language, of which style rules show one.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/subset.h"
#include "write/embed.h"
#include "write/write.h"
#include "write/xml.h"

struct dark_pair {
    uint32_t light, dark;
};

struct glyph_shape {
    enum weight weight;
    uint16_t glyph;
};

static const char *const lang_names[LANGS] = {"English", "日本語"};

struct svg {
    struct device device;
    const struct scene *scene;
    const struct write_options *options;
    struct arena *arena;
    struct xml xml;
    struct subset *fonts[WEIGHTS];
    uint32_t text_hash; /* of all texts in order */
    bool links;
    ARRAY(const struct icon *) icons;
    ARRAY(struct dark_pair) pairs;
    ARRAY(struct glyph_shape) outlines; /* of the glyphs used, in order of first use */
    unsigned char *seen[WEIGHTS];       /* by glyph: it is among them; NULL: none is */
    const char *family;
    const char *prefix;    /* of the ids of what is shared: icons, glyphs, title */
    const char *id_prefix; /* of the ids of elements: differs from language to language */
};

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

static int gather_object(struct device *device, const struct object *object) {
    struct svg *svg = (struct svg *)device;
    svg->links = svg->links || object->link;
    return 0;
}

static int gather_path(struct device *device, const struct path *path) {
    gather_paint((struct svg *)device, path->fill);
    gather_paint((struct svg *)device, path->stroke);
    return 0;
}

static void gather_outlines(struct svg *svg, enum weight weight, const char *text, size_t n) {
    struct font_reader reader = font_read(weight, text, n);
    if (!svg->seen[weight])
        svg->seen[weight] = arena_array(svg->arena, font_glyph_count(weight), 1);
    while (font_next(&reader)) {
        if (svg->seen[weight][reader.glyph] || (reader.glyph && font_glyph_bytes(weight, reader.glyph).n == 0))
            continue;
        svg->seen[weight][reader.glyph] = 1;
        *array_push(svg->arena, &svg->outlines) = (struct glyph_shape){weight, reader.glyph};
    }
}

/* Where the reader's program would have to place marks, shapes are drawn in place of text. */
static bool outlined(const struct svg *svg, const struct text_line *text) {
    return svg->options->svg_text == SVG_TEXT_OUTLINE ||
           (svg->options->svg_text == SVG_TEXT_EMBED && !font_simple(text->weight, text->at, strlen(text->at)));
}

static int gather_text(struct device *device, const struct text_line *text) {
    struct svg *svg = (struct svg *)device;
    gather_paint(svg, text->fill);
    size_t n = strlen(text->at);
    if (outlined(svg, text))
        gather_outlines(svg, text->weight, text->at, n);
    else if (svg->options->svg_text == SVG_TEXT_EMBED)
        subset_text(svg->fonts[text->weight], text->at, n);
    svg->text_hash = svg->text_hash * 31 + str_hash(text->at, n);
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

/* One language shows: that of the page around an inline picture if it is among them, else the first; a link to another (#lang:ja, also
 * behind the name of the file) shows that. Rules that a program does not know fall away one by one, so the first shows at least. */
static void put_languages(struct svg *svg, struct str *css) {
    const char *family = svg->family, *first = lang_codes[svg->scene->lang];
    for (const struct scene *other = svg->scene->also; other; other = other->also) {
        const char *code = lang_codes[other->lang];
        str_printf(css, "\n.%s>.lang-%s{display:none}", family, code);
        str_printf(css, "\n.%s>.lang-%s:target{display:inline}", family, code);
        str_printf(css, "\n.%s>.lang-%s:target~.lang-%s{display:none}", family, code, first);
        str_printf(css, "\n.%s:lang(%s)>.lang-%s{display:inline}", family, code, code);
        str_printf(css, "\n.%s:lang(%s)>.lang-%s{display:none}", family, code, first);
        str_printf(css, "\n.%s:has(>.lang-%s:target)>.lang-%s{display:none}", family, first, code);
        str_printf(css, "\n.%s:has(>.lang-%s:target)>.lang-%s{display:inline}", family, first, first);
    }
}

static const char *icon_id(struct svg *svg, const struct icon *icon) {
    char *id = arena_printf(svg->arena, "%sicon-%s", svg->prefix, icon->name);
    for (char *at = id + strlen(svg->prefix); *at; at++)
        if (*at == '/')
            *at = '-';
    return id;
}

static void put_symbol(struct svg *svg, const struct icon *icon) {
    const char *id = icon_id(svg, icon);
    xml_start(&svg->xml, "symbol");
    xml_attribute(&svg->xml, "id", id);
    put_view_box(&svg->xml, (struct rect){0, 0, icon->width, icon->height});
    put_icon_paths(&svg->xml, icon, arena_printf(svg->arena, "%s-clip", id));
    xml_end(&svg->xml);
}

/* --- outlines: in units of the font, y down, so that all numbers are whole and one shape serves every size ------------------ */

static const char *outline_id(struct svg *svg, enum weight weight, uint16_t glyph) {
    return arena_printf(svg->arena, "%sg:%d-%u", svg->prefix, (int)weight, glyph);
}

static void put_points(struct str *d, char letter, size_t n, const double *values) {
    str_putc(d, letter);
    for (size_t i = 0; i < n; i++) {
        if (i && values[i] >= 0)
            str_putc(d, ' ');
        str_number(d, values[i], 1);
    }
}

static void outline_move(void *to, double x, double y) { put_points(to, 'M', 2, (double[]){x, y}); }
static void outline_line(void *to, double x, double y) { put_points(to, 'L', 2, (double[]){x, y}); }
static void outline_quad(void *to, double cx, double cy, double x, double y) {
    put_points(to, 'Q', 4, (double[]){cx, cy, x, y});
}
static void outline_close(void *to) { str_putc(to, 'Z'); }

static void put_outline(struct svg *svg, const struct glyph_shape *shape) {
    struct str d = STR_EMPTY;
    struct font_pen pen = {&d, outline_move, outline_line, outline_quad, outline_close};
    font_outline(shape->weight, shape->glyph, FONT_EM, &pen);
    xml_start(&svg->xml, "path");
    xml_attribute(&svg->xml, "id", outline_id(svg, shape->weight, shape->glyph));
    xml_attribute(&svg->xml, "d", d.at);
    xml_end(&svg->xml);
    str_free(&d);
}

/* --- the head ---------------------------------------------------------------------------------------------------------- */

static void put_text_element(struct svg *svg, const char *name, const char *id, const char *text) {
    xml_start(&svg->xml, name);
    xml_printf(&svg->xml, "id", "%s%s", svg->prefix, id);
    xml_text(&svg->xml, text);
    xml_end(&svg->xml);
}

static void put_style(struct svg *svg, const struct str *css) {
    if (!css->n)
        return;
    xml_start(&svg->xml, "style");
    xml_raw(&svg->xml, css->at, css->n);
    xml_raw(&svg->xml, "\n", 1);
    xml_end(&svg->xml);
}

static void put_definitions(struct svg *svg) {
    if (!svg->icons.n && !svg->outlines.n)
        return;
    xml_start(&svg->xml, "defs");
    for (size_t i = 0; i < svg->icons.n; i++)
        put_symbol(svg, svg->icons.at[i]);
    for (size_t i = 0; i < svg->outlines.n; i++)
        put_outline(svg, &svg->outlines.at[i]);
    xml_end(&svg->xml);
}

static struct point extent(const struct scene *scene) {
    struct point most = {0, 0};
    for (; scene; scene = scene->also) {
        most.x = scene->width > most.x ? scene->width : most.x;
        most.y = scene->height > most.y ? scene->height : most.y;
    }
    return most;
}

static void put_root(struct svg *svg) {
    struct xml *xml = &svg->xml;
    const struct scene *scene = svg->scene;
    struct point size = extent(scene);
    xml_start(xml, "svg");
    xml_attribute(xml, "xmlns", "http://www.w3.org/2000/svg");
    xml_attribute(xml, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    xml_printf(xml, "class", "awsdiag %s", svg->family);
    xml_attribute(xml, "role",
                  svg->links || scene->also ? "graphics-document document" : "img"); /* an image has no links in it */
    xml_printf(xml, "aria-labelledby", "%sawsdiag-title %sawsdiag-desc", svg->prefix, svg->prefix);
    if (!scene->also) { /* with several languages the page around it says which one shows */
        xml_attribute(xml, "lang", lang_codes[scene->lang]);
        xml_attribute(xml, "xml:lang", lang_codes[scene->lang]);
    }
    xml_number(xml, "width", size.x);
    xml_number(xml, "height", size.y);
    put_view_box(xml, (struct rect){0, 0, size.x, size.y});
    xml_printf(xml, "font-family", "%s%s'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Arial, sans-serif",
               svg->options->svg_text == SVG_TEXT_EMBED ? svg->family : "",
               svg->options->svg_text == SVG_TEXT_EMBED ? ", " : "");
    xml_attribute(xml, "text-rendering", "geometricPrecision"); /* widths grow with the size, without steps */
}

static int put_head(struct svg *svg, struct diags *diags) {
    struct str css = STR_EMPTY;
    put_root(svg);
    put_text_element(svg, "title", "awsdiag-title", svg->scene->title);
    put_text_element(svg, "desc", "awsdiag-desc", svg->scene->description);
    int result = put_fonts(svg, &css, diags);
    put_dark(svg, &css);
    put_languages(svg, &css);
    put_style(svg, &css);
    str_free(&css);
    put_definitions(svg);
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
        xml_printf(xml, "id", "%s%s", svg->id_prefix, object->id);
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
        put_path_data(xml, path);
    }
}

static void put_dash(struct xml *xml, const struct path *path) {
    struct str lengths = STR_EMPTY;
    str_number(&lengths, scene_dashes[path->dash][0], 2);
    str_putc(&lengths, ' ');
    str_number(&lengths, scene_dashes[path->dash][1], 2);
    xml_attribute(xml, "stroke-dasharray", lengths.at);
    str_free(&lengths);
    if (path->dash_phase > 0)
        xml_number(xml, "stroke-dashoffset", path->dash_phase);
}

static int put_path(struct device *device, const struct path *path) {
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
        if (path->dash != DASH_SOLID)
            put_dash(xml, path);
    }
    xml_end(xml);
    return 0;
}

/* Real text. The length as measured keeps it in its place where another font must serve. */
static void put_characters(struct svg *svg, const struct text_line *text) {
    static const char *const anchors[] = {NULL, "middle", "end"};
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
}

static void put_glyphs(struct svg *svg, const struct text_line *text) {
    struct xml *xml = &svg->xml;
    struct run run = font_shape(svg->arena, text->weight, FONT_EM, text->at, strlen(text->at));
    double scale = text->size / FONT_EM, width = run.width * scale;
    double x = text->origin.x - (text->anchor == ANCHOR_MIDDLE ? width / 2 : text->anchor == ANCHOR_END ? width : 0);
    struct str move = STR_EMPTY;
    str_put(&move, "translate(");
    str_number(&move, x, 2);
    str_putc(&move, ' ');
    str_number(&move, text->origin.y, 2);
    str_put(&move, ") scale(");
    str_number(&move, scale, 6);
    str_putc(&move, ')');
    xml_start(xml, "g");
    put_class(svg, text->role, text->fill, paint_none());
    xml_attribute(xml, "aria-label", text->at);
    xml_attribute(xml, "transform", move.at);
    put_paint(svg, "fill", "fill-opacity", text->fill);
    for (size_t i = 0; i < run.n; i++) {
        if (!svg->seen[text->weight][run.glyphs[i].id])
            continue; /* a space */
        xml_start(xml, "use");
        xml_printf(xml, "xlink:href", "#%s", outline_id(svg, text->weight, run.glyphs[i].id));
        if (run.glyphs[i].x != 0)
            xml_number(xml, "x", run.glyphs[i].x);
        if (run.glyphs[i].y != 0)
            xml_number(xml, "y", run.glyphs[i].y);
        xml_end(xml);
    }
    xml_end(xml);
    str_free(&move);
}

static int put_text(struct device *device, const struct text_line *text) {
    struct svg *svg = (struct svg *)device;
    if (outlined(svg, text))
        put_glyphs(svg, text);
    else
        put_characters(svg, text);
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

/* --- several languages ------------------------------------------------------------------------------------------------ */

enum {
    SWITCH_SIZE = 12,
    SWITCH_GAP = 10,
    SWITCH_EDGE = 8
}; /* px: text of the links, between them, to the edge of the picture */

/* Called for every link of the language switch, which stands in the margin at the lower right. */
static void each_switch(struct svg *svg, const struct scene *shown,
                        int (*put)(struct device *, const struct text_line *), bool link) {
    struct point size = extent(svg->scene);
    double x = size.x - SWITCH_EDGE;
    for (const struct scene *other = svg->scene->also ? svg->scene : NULL; other; other = other->also) {
        const char *name = lang_names[other->lang];
        double width = font_width(WEIGHT_REGULAR, SWITCH_SIZE, name, strlen(name));
        struct text_line text = {.at = name,
                                 .lang = other->lang,
                                 .role = ROLE_TEXT,
                                 .origin = {x, size.y - SWITCH_EDGE},
                                 .anchor = ANCHOR_END,
                                 .size = SWITCH_SIZE,
                                 .width = width,
                                 .weight = WEIGHT_REGULAR,
                                 .fill = paint_role(COLOUR_CALLOUT)};
        if (other == shown)
            continue;
        if (link)
            put_link(svg, arena_printf(svg->arena, "#%slang:%s", svg->prefix, lang_codes[other->lang]));
        put(&svg->device, &text);
        if (link)
            xml_end(&svg->xml);
        x -= width + SWITCH_GAP;
    }
}

/* The others first: a style rule that hides the first language must find one of them before it. */
static void put_languages_of(struct svg *svg, const struct scene *scene) {
    const char *code = lang_codes[scene->lang];
    const struct scene *first = svg->scene;
    if (scene->also)
        put_languages_of(svg, scene->also);
    if (first->also) {
        xml_start(&svg->xml, "g");
        xml_printf(&svg->xml, "id", "%slang:%s", svg->prefix, code);
        xml_printf(&svg->xml, "class", "lang-%s", code);
        xml_attribute(&svg->xml, "lang", code);
    }
    svg->id_prefix = scene == first ? svg->prefix : arena_printf(svg->arena, "%s%s:", svg->prefix, code);
    svg->scene = scene;
    scene_play(scene, &svg->device);
    svg->scene = first;
    if (first->also) {
        each_switch(svg, scene, put_text, true);
        xml_end(&svg->xml);
    }
}

static void gather(struct svg *svg) {
    svg->device = (struct device){
        .begin = gather_object, .path = gather_path, .text = gather_text, .icon = gather_icon};
    for (int weight = 0; weight < WEIGHTS; weight++)
        svg->fonts[weight] = subset_new(svg->arena, (enum weight)weight);
    const struct scene *scene = svg->scene;
    do
        scene_play(scene, &svg->device);
    while ((scene = scene->also) != NULL);
    each_switch(svg, NULL, gather_text, false);
    name_family(svg);
}

enum { ROOM_HEAD = 48 * 1024, ROOM_ITEM = 128 }; /* bytes: fonts and icons; an element */

int svg_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct svg svg = {.scene = scene, .options = options, .arena = arena_new(), .xml = {.out = out}};
    svg.prefix = options->id_prefix ? options->id_prefix : "";
    gather(&svg);
    str_reserve(out, ROOM_HEAD + ROOM_ITEM * scene->items.n); /* what stays empty is not touched */
    if (!options->inline_svg)
        str_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    int result = put_head(&svg, diags);
    svg.device = (struct device){begin_object, end_object, put_path, put_text, put_icon};
    put_languages_of(&svg, scene);
    xml_end(&svg.xml);
    str_putc(out, '\n');
    arena_free(svg.arena);
    return result;
}
