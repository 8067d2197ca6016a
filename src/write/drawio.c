/* draw.io: a file to go on drawing in. A page a language; on it layers for the diagram, the panel, the steps, the notes and the legend, so
 * that each can be hidden. Groups are containers whose children lie in them with places of their own, services are AWS shapes of draw.io
 * where it has them, and lines are tied to what they join and bend where ours do. Uncompressed, so that versions can be compared.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "write/embed.h"
#include "write/shapes.h"
#include "write/write.h"
#include "write/xml.h"

struct aws4_row {
    const char *icon, *name;
};
static const struct aws4_row aws4_rows[] = {
#define ROW(icon, name) {icon, name},
#include "write/aws4.def"
#undef ROW
};

enum layer { LAYER_DIAGRAM, LAYER_PANEL, LAYER_STEPS, LAYER_NOTES, LAYER_LEGEND, LAYERS };
static const struct {
    const char *id, *name[LANGS];
} layers[LAYERS] = {
    {"1", {"Diagram", "構成図"}},       {"layer:panel", {"Panel", "枠"}},     {"layer:steps", {"Steps", "手順"}},
    {"layer:notes", {"Notes", "注記"}}, {"layer:legend", {"Legend", "凡例"}},
};
static const char *const root_id = "0"; /* by custom it and the layer that new shapes go to have these names */

struct drawio {
    struct xml xml;
    struct shapes shapes;
    const struct scene *scene;
    struct arena *arena;
    struct str style, label;
    unsigned count[LAYERS]; /* of cells without a name */
};

/* --- cells --------------------------------------------------------------------------------------------------------------- */

static const char *rgb(struct drawio *d, struct paint paint) {
    if (paint.kind == PAINT_NONE)
        return "none";
    return arena_printf(d->arena, "#%06X", (unsigned)theme_rgb(d->scene->theme, paint, false));
}

static void style(struct drawio *d, const char *name, const char *value) {
    str_printf(&d->style, "%s=%s;", name, value);
}

static void style_number(struct drawio *d, const char *name, double value) {
    str_printf(&d->style, "%s=", name);
    str_number(&d->style, value, 4);
    str_putc(&d->style, ';');
}

static void style_fill(struct drawio *d, struct paint fill) {
    style(d, "fillColor", rgb(d, fill));
    if (fill.kind != PAINT_NONE && fill.opacity < 1)
        style_number(d, "fillOpacity", fill.opacity * 100);
}

static void style_stroke(struct drawio *d, const struct path *path) {
    style(d, "strokeColor", rgb(d, path->stroke));
    if (path->stroke.kind == PAINT_NONE)
        return;
    style_number(d, "strokeWidth", path->width);
    if (path->dash == DASH_SOLID)
        return;
    str_put(&d->style, "dashed=1;fixDash=1;dashPattern=");
    str_number(&d->style, scene_dashes[path->dash][0], 2);
    str_putc(&d->style, ' ');
    str_number(&d->style, scene_dashes[path->dash][1], 2);
    str_putc(&d->style, ';');
}

static void style_image(struct drawio *d, const struct str *svg) {
    str_put(&d->style, "shape=image;imageAspect=0;image=data:image/svg+xml,");
    put_base64(&d->style, (const unsigned char *)svg->at, svg->n);
    str_putc(&d->style, ';');
}

/* Labels are HTML. */
static void put_html(struct str *out, const char *text) {
    for (; *text; text++)
        switch (*text) {
        case '&': str_put(out, "&amp;"); break;
        case '<': str_put(out, "&lt;"); break;
        case '>': str_put(out, "&gt;"); break;
        default: str_putc(out, *text);
        }
}

static void put_lines(struct str *out, const struct words *words) {
    for (size_t i = 0; i < words->n; i++) {
        if (i)
            str_put(out, "<br>");
        put_html(out, words->lines[i]);
    }
}

static void style_words(struct drawio *d, const struct words *words) {
    const struct text_line *look = words->first;
    static const char *const aligns[] = {"left", "center", "right"};
    style(d, "align", aligns[look->anchor]);
    style_number(d, "fontSize", look->size);
    style(d, "fontColor", rgb(d, look->fill));
    if (look->weight == WEIGHT_BOLD)
        style(d, "fontStyle", "1");
}

/* All blocks of a shape as one label: the first one's look is the style, others differ from it in place. */
static void gather_label(struct drawio *d, const struct thing *shape, bool on_one_line) {
    const struct words *first = NULL;
    str_clear(&d->label);
    for (size_t i = 0; i < shape->pieces.n; i++) {
        const struct words *words = &shape->pieces.at[i].words;
        if (shape->pieces.at[i].kind != PIECE_WORDS || words->first->role == ROLE_ICON_TILE)
            continue;
        if (!first) {
            style_words(d, first = words);
            put_lines(&d->label, words);
            continue;
        }
        str_put(&d->label, on_one_line ? "&nbsp; " : "<br>");
        str_put(&d->label, "<font style=\"font-size: ");
        str_number(&d->label, words->first->size, 2);
        str_printf(&d->label, "px\" color=\"%s\">", rgb(d, words->first->fill));
        put_lines(&d->label, words);
        str_put(&d->label, "</font>");
    }
}

/* What a cell is besides its look; members may be NULL. */
struct cell {
    const char *id, *parent;
    const char *source, *target; /* of an edge */
    const struct object *object; /* for what draw.io shows as its data */
    const char *tooltip;
    bool edge, fixed; /* fixed: no lines can be tied to it */
};

static void put_data(struct drawio *d, const struct cell *cell) {
    const struct object *object = cell->object;
    xml_start(&d->xml, "object");
    xml_attribute(&d->xml, "label", d->label.at);
    if (object->type)
        xml_attribute(&d->xml, object->kind == OBJECT_EDGE ? "kind" : "type", object->type);
    if (object->note)
        xml_attribute(&d->xml, "note", object->note);
    if (object->step)
        xml_printf(&d->xml, "step", "%d", object->step);
    if (cell->tooltip)
        xml_attribute(&d->xml, "tooltip", cell->tooltip);
    if (object->link)
        xml_attribute(&d->xml, "link", object->link);
    xml_attribute(&d->xml, "id", cell->id);
}

/* Leaves the cell open for its geometry. Uses up label and style. */
static void start_cell(struct drawio *d, const struct cell *cell) {
    struct xml *xml = &d->xml;
    if (cell->object)
        put_data(d, cell);
    xml_start(xml, "mxCell");
    if (!cell->object) {
        xml_attribute(xml, "id", cell->id);
        xml_attribute(xml, "value", d->label.at);
    }
    xml_attribute(xml, "style", d->style.at);
    xml_attribute(xml, cell->edge ? "edge" : "vertex", "1");
    if (cell->fixed)
        xml_attribute(xml, "connectable", "0");
    xml_attribute(xml, "parent", cell->parent);
    if (cell->source) {
        xml_attribute(xml, "source", cell->source);
        xml_attribute(xml, "target", cell->target);
    }
    str_clear(&d->label);
    str_clear(&d->style);
}

static void end_cell(struct drawio *d, const struct cell *cell) {
    xml_end(&d->xml);
    if (cell->object)
        xml_end(&d->xml);
}

static void put_box(struct drawio *d, const struct cell *cell, struct rect box) {
    start_cell(d, cell);
    xml_start(&d->xml, "mxGeometry");
    xml_number(&d->xml, "x", box.x);
    xml_number(&d->xml, "y", box.y);
    xml_number(&d->xml, "width", box.w);
    xml_number(&d->xml, "height", box.h);
    xml_attribute(&d->xml, "as", "geometry");
    xml_end(&d->xml);
    end_cell(d, cell);
}

/* Paths are unique among themselves, and edges among themselves; no path has a colon. */
static const char *place_id(struct drawio *d, const char *path) {
    bool taken = strcmp(path, root_id) == 0 || strcmp(path, layers[LAYER_DIAGRAM].id) == 0;
    return taken ? arena_printf(d->arena, "place:%s", path) : path;
}

static const char *edge_id(struct drawio *d, const struct object *edge) {
    return arena_printf(d->arena, "edge:%s", edge->id);
}

static const char *cell_of(struct drawio *d, const struct thing *group) {
    return group ? place_id(d, group->object->id) : layers[LAYER_DIAGRAM].id;
}

/* Places in a group are counted from its corner. */
static struct rect in_group(struct rect box, const struct thing *group) {
    if (group)
        box.x -= group->object->box.x, box.y -= group->object->box.y;
    return box;
}

static const char *new_id(struct drawio *d, enum layer layer) {
    static const char *const names[LAYERS] = {"diagram", "panel", "steps", "notes", "legend"};
    return arena_printf(d->arena, "%s:%u", names[layer], ++d->count[layer]);
}

/* --- icons ----------------------------------------------------------------------------------------------------------------- */

static int by_icon(const void *key, const void *row) { return strcmp(key, ((const struct aws4_row *)row)->icon); }

static const char *aws4_name(const struct icon *icon) {
    const struct aws4_row *row = bsearch(icon->name, aws4_rows, sizeof aws4_rows / sizeof *aws4_rows, sizeof *aws4_rows,
                                         by_icon);
    return row ? row->name : NULL;
}

static void style_icon(struct drawio *d, const struct picture *picture) {
    const char *name = aws4_name(picture->icon);
    const char *colour = arena_printf(d->arena, "#%06X", (unsigned)picture->colour);
    if (name && strncmp(picture->icon->name, "service/", 8) == 0) {
        str_printf(&d->style,
                   "shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.%s;fillColor=%s;strokeColor=#FFFFFF;", name,
                   colour);
    } else if (name && strncmp(picture->icon->name, "resource/", 9) == 0) {
        str_printf(&d->style, "shape=mxgraph.aws4.%s;fillColor=%s;strokeColor=none;", name,
                   arena_printf(d->arena, "#%06X", (unsigned)picture->icon->paths[0].fill));
    } else {
        struct str svg = STR_EMPTY;
        embed_icon(picture->icon, &svg);
        style_image(d, &svg);
        str_free(&svg);
    }
}

/* A square with letters, where there are no icons. */
static bool style_tile(struct drawio *d, const struct path *tile) {
    str_put(&d->style, tile->radius > 0 ? "rounded=1;absoluteArcSize=1;" : "rounded=0;");
    if (tile->radius > 0)
        style_number(d, "arcSize", 2 * tile->radius);
    style(d, "fillColor", rgb(d, tile->fill));
    style(d, "strokeColor", "none");
    return true;
}

static const struct words *tile_words(const struct thing *shape) {
    for (size_t i = 0; i < shape->pieces.n; i++)
        if (shape->pieces.at[i].kind == PIECE_WORDS && shape->pieces.at[i].words.first->role == ROLE_ICON_TILE)
            return &shape->pieces.at[i].words;
    return NULL;
}

/* --- groups and nodes -------------------------------------------------------------------------------------------------------- */

static const char *const container = "html=1;container=1;collapsible=0;recursiveResize=0;expand=0;pointerEvents=0;";

/* Before the label is gathered: frames of AWS's groups know their corner icons themselves. */
static bool style_frame(struct drawio *d, const struct thing *shape, const struct picture *corner) {
    const struct path *frame = shape_path(shape, ROLE_FRAME);
    const char *name = corner ? aws4_name(corner->icon) : NULL;
    bool native = name && strncmp(corner->icon->name, "group/", 6) == 0;
    str_put(&d->style, container);
    if (native)
        str_printf(&d->style, "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.%s;grStroke=%d;", name,
                   strcmp(name, "group_security_group") != 0);
    style_fill(d, frame->fill);
    style_stroke(d, frame);
    return native;
}

static void put_corner(struct drawio *d, const struct thing *shape, const struct picture *corner) {
    const struct path *tile = shape_path(shape, ROLE_ICON_TILE);
    struct cell cell = {.id = arena_printf(d->arena, "%s:icon", shape->object->id),
                        .parent = place_id(d, shape->object->id),
                        .fixed = true};
    if (corner) {
        style_icon(d, corner);
        put_box(d, &cell, in_group(corner->box, shape));
    } else if (tile) {
        const struct words *letters = tile_words(shape);
        style_tile(d, tile);
        str_put(&d->style, "html=1;spacing=0;");
        if (letters) {
            style_words(d, letters);
            put_lines(&d->label, letters);
        }
        put_box(d, &cell, in_group(tile->box, shape));
    }
}

static void put_cluster(struct drawio *d, const struct thing *shape) {
    const struct object *object = shape->object;
    const struct piece *icon = shape_piece(shape, PIECE_ICON);
    const struct words *title = NULL;
    struct cell cell = {.id = place_id(d, object->id),
                        .parent = cell_of(d, shape->group),
                        .object = object,
                        .tooltip = object->tooltip};
    bool native = style_frame(d, shape, icon ? icon->icon : NULL);
    gather_label(d, shape, true);
    for (size_t i = 0; i < shape->pieces.n && !title; i++)
        if (shape->pieces.at[i].kind == PIECE_WORDS && shape->pieces.at[i].words.first->role == ROLE_TITLE_TEXT)
            title = &shape->pieces.at[i].words;
    str_put(&d->style, "verticalAlign=top;spacing=0;");
    if (title) {
        style_number(d, "spacingLeft", title->box.x - object->box.x);
        style_number(d, "spacingTop", title->box.y - object->box.y);
    }
    put_box(d, &cell, in_group(object->box, shape->group));
    if (!native)
        put_corner(d, shape, icon ? icon->icon : NULL);
}

/* The place of the icon is that of the cell; the name stands below it. */
static struct rect icon_box(const struct thing *node) {
    const struct piece *icon = shape_piece(node, PIECE_ICON);
    const struct path *tile = shape_path(node, ROLE_ICON_TILE);
    return icon ? icon->icon->box : tile ? tile->box : node->object->box;
}

static void style_plates(struct drawio *d, const struct thing *shape) {
    if (shape->ground) {
        const char *page = rgb(d, paint_role(COLOUR_PAGE));
        style(d, "imageBackground", page);
        style(d, "labelBackgroundColor", page);
    }
    const struct path *ring = shape_path(shape, ROLE_SHAPE);
    if (ring && ring->stroke.kind != PAINT_NONE)
        style(d, "imageBorder", rgb(d, ring->stroke));
    else if (ring)
        style(d, "imageBackground", rgb(d, ring->fill));
}

static void put_node(struct drawio *d, const struct thing *shape) {
    const struct object *object = shape->object;
    const struct piece *icon = shape_piece(shape, PIECE_ICON);
    const struct path *tile = shape_path(shape, ROLE_ICON_TILE);
    struct cell cell = {.id = place_id(d, object->id),
                        .parent = cell_of(d, shape->group),
                        .object = object,
                        .tooltip = object->tooltip};
    if (icon)
        style_icon(d, icon->icon);
    else if (tile)
        style_tile(d, tile);
    str_put(&d->style, "html=1;aspect=fixed;verticalLabelPosition=bottom;verticalAlign=top;spacing=0;spacingTop=4;");
    style_plates(d, shape);
    gather_label(d, shape, false);
    struct rect box = icon_box(shape);
    put_box(d, &cell, in_group(box, shape->group));
    const struct words *letters = tile_words(shape);
    if (icon || !letters)
        return;
    struct cell on_tile = {
        .id = arena_printf(d->arena, "%s:icon", object->id), .parent = place_id(d, object->id), .fixed = true};
    str_put(&d->style, "text;html=1;strokeColor=none;fillColor=none;verticalAlign=middle;spacing=0;");
    style_words(d, letters);
    put_lines(&d->label, letters);
    put_box(d, &on_tile, (struct rect){0, 0, box.w, box.h});
}

/* --- edges ------------------------------------------------------------------------------------------------------------------ */

static double clamp(double value, double most) { return value < 0 ? 0 : value > most ? most : value; }

/* Where the line leaves or enters, as a share of the box and what is left over in px. */
static void style_tie(struct drawio *d, const char *name, const struct thing *end, struct point at) {
    struct rect box = end->object->kind == OBJECT_CLUSTER ? end->object->box : icon_box(end);
    double x = clamp(at.x - box.x, box.w), y = clamp(at.y - box.y, box.h);
    const char *const parts[] = {"X", "Y", "Dx", "Dy"};
    /* of four decimals a share keeps less than a tenth of a px of the widest frame; the rest is told in px */
    double share_x = box.w > 0 ? round(x / box.w * 1e4) / 1e4 : 0,
           share_y = box.h > 0 ? round(y / box.h * 1e4) / 1e4 : 0;
    const double values[] = {share_x, share_y, at.x - box.x - share_x * box.w, at.y - box.y - share_y * box.h};
    for (int i = 0; i < 4; i++) {
        str_printf(&d->style, "%s%s=", name, parts[i]);
        str_number(&d->style, values[i], i < 2 ? 4 : 2);
        str_putc(&d->style, ';');
    }
    str_printf(&d->style, "%sPerimeter=0;", name);
}

static void put_point(struct drawio *d, struct point at, const struct thing *group, const char *as) {
    struct rect moved = in_group((struct rect){at.x, at.y, 0, 0}, group);
    xml_start(&d->xml, "mxPoint");
    xml_number(&d->xml, "x", moved.x);
    xml_number(&d->xml, "y", moved.y);
    if (as)
        xml_attribute(&d->xml, "as", as);
    xml_end(&d->xml);
}

/* `held`: a line without a bend that draw.io would lead around, as it does from a group to what stands in it, is held by a point. */
static void put_route(struct drawio *d, const struct point *points, size_t n, const struct thing *group, bool held) {
    xml_start(&d->xml, "mxGeometry");
    xml_attribute(&d->xml, "relative", "1");
    xml_attribute(&d->xml, "as", "geometry");
    put_point(d, points[0], group, "sourcePoint");
    put_point(d, points[n - 1], group, "targetPoint");
    if (n > 2 || held) {
        xml_start(&d->xml, "Array");
        xml_attribute(&d->xml, "as", "points");
        for (size_t i = 1; i + 1 < n; i++)
            put_point(d, points[i], group, NULL);
        if (n == 2)
            put_point(d, (struct point){(points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2}, group, NULL);
        xml_end(&d->xml);
    }
    xml_end(&d->xml);
}

/* The point of the line nearest to `to`: how far along it that is, -1 to 1, as draw.io counts, and where. */
static double nearest(const struct object *edge, struct point to, struct point *where) {
    double total = 0, best = INFINITY, at = 0;
    for (size_t i = 1; i < edge->point_count; i++) {
        struct point a = edge->points[i - 1], b = edge->points[i];
        double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
        double t = length > 0 ? clamp(((to.x - a.x) * dx + (to.y - a.y) * dy) / (length * length), 1) : 0;
        struct point p = {a.x + t * dx, a.y + t * dy};
        double away = hypot(to.x - p.x, to.y - p.y);
        if (away < best - 1e-6)
            best = away, at = total + t * length, *where = p;
        total += length;
    }
    return total > 0 ? round((2 * at / total - 1) * 1e4) / 1e4 : 0;
}

/* Text that goes with the line when it is moved. */
static void put_on_line(struct drawio *d, const char *id, const struct object *edge, struct point centre) {
    struct cell cell = {.id = id, .parent = edge_id(d, edge), .fixed = true};
    struct point on = centre;
    double along = nearest(edge, centre, &on);
    start_cell(d, &cell);
    xml_start(&d->xml, "mxGeometry");
    xml_printf(&d->xml, "relative", "1");
    struct str x = STR_EMPTY;
    str_number(&x, along, 4);
    xml_attribute(&d->xml, "x", x.at);
    str_free(&x);
    xml_attribute(&d->xml, "as", "geometry");
    put_point(d, (struct point){centre.x - on.x, centre.y - on.y}, NULL, "offset");
    xml_end(&d->xml);
    end_cell(d, &cell);
}

static void put_edge_label(struct drawio *d, const struct thing *label) {
    const struct piece *piece = shape_piece(label, PIECE_WORDS);
    const struct object *edge = label->outer->object;
    if (!piece)
        return;
    str_put(&d->style,
            "edgeLabel;html=1;resizable=0;points=[];labelBackgroundColor=none;spacing=0;verticalAlign=middle;");
    style_words(d, &piece->words);
    put_lines(&d->label, &piece->words);
    struct rect box = piece->words.box;
    struct point at = rect_centre(box);
    at.x = piece->words.first->origin.x; /* the place of a label without a width is its edge */
    put_on_line(d, arena_printf(d->arena, "edge:%s:label", edge->id), edge, at);
}

static void put_cross(struct drawio *d, const struct thing *edge, const struct path *cross) {
    str_put(&d->style, "edgeLabel;html=1;resizable=0;points=[];labelBackgroundColor=none;spacing=0;align=center;"
                       "verticalAlign=middle;fontStyle=1;fontSize=24;");
    style(d, "fontColor", rgb(d, cross->stroke));
    str_put(&d->label, "×");
    put_on_line(d, arena_printf(d->arena, "edge:%s:blocked", edge->object->id), edge->object,
                rect_centre(path_extent(cross)));
}

static void put_edge(struct drawio *d, const struct thing *shape) {
    const struct object *object = shape->object;
    const struct path *line = shape_path(shape, ROLE_LINE), *cross = shape_path(shape, ROLE_SHAPE);
    const struct thing *from = shapes_find(&d->shapes, object->from), *to = shapes_find(&d->shapes, object->to);
    struct cell cell = {.id = edge_id(d, object), .parent = cell_of(d, shape->group), .object = object, .edge = true};
    cell.source = place_id(d, object->from), cell.target = place_id(d, object->to);
    cell.tooltip = object->tooltip ? object->tooltip : shapes_edge_name(&d->shapes, shape);
    if (!line || !from || !to)
        return;
    str_put(&d->style, "edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=12;html=1;jettySize=auto;orthogonalLoop=1;");
    style_stroke(d, line);
    str_printf(&d->style, "startArrow=%s;endArrow=%s;startFill=0;endFill=0;startSize=8;endSize=8;",
               object->arrow_from ? "open" : "none", object->arrow_to ? "open" : "none");
    style_tie(d, "exit", from, object->points[0]);
    style_tie(d, "entry", to, object->points[object->point_count - 1]);
    start_cell(d, &cell);
    put_route(d, object->points, object->point_count, shape->group, shape->group == from || shape->group == to);
    end_cell(d, &cell);
    if (cross)
        put_cross(d, shape, cross);
}

/* --- what stands over the diagram and beside it --------------------------------------------------------------------------- */

static void put_words(struct drawio *d, const struct words *words, enum layer layer) {
    struct cell cell = {.id = new_id(d, layer), .parent = layers[layer].id, .fixed = true};
    str_put(&d->style, "text;html=1;strokeColor=none;fillColor=none;verticalAlign=middle;spacing=0;");
    style_words(d, words);
    put_lines(&d->label, words);
    put_box(d, &cell, words->box);
}

/* A straight line of two points stays a line. */
static bool put_straight(struct drawio *d, const struct path *path, const struct cell *cell) {
    if (path->n != 2 || path->steps[0].verb != PATH_MOVE || path->steps[1].verb != PATH_LINE ||
        path->stroke.kind == PAINT_NONE)
        return false;
    struct cell line = *cell;
    line.edge = true;
    str_put(&d->style, "endArrow=none;html=1;");
    style_stroke(d, path);
    start_cell(d, &line);
    put_route(d, (struct point[]){path->steps[0].p[0], path->steps[1].p[0]}, 2, NULL, false);
    end_cell(d, &line);
    return true;
}

static void put_path(struct drawio *d, const struct path *path, enum layer layer) {
    struct cell cell = {.id = new_id(d, layer), .parent = layers[layer].id, .fixed = true};
    struct rect box = path->box;
    if (put_straight(d, path, &cell))
        return;
    if (path->rectangle || path->circle) {
        str_put(&d->style, path->circle       ? "ellipse;shape=ellipse;"
                           : path->radius > 0 ? "rounded=1;absoluteArcSize=1;"
                                              : "rounded=0;");
        if (path->rectangle && path->radius > 0)
            style_number(d, "arcSize", 2 * path->radius);
        style_fill(d, path->fill);
        style_stroke(d, path);
    } else {
        struct str svg = STR_EMPTY;
        box = embed_path(path, d->scene->theme, &svg);
        style_image(d, &svg);
        str_free(&svg);
    }
    put_box(d, &cell, box);
}

static void put_pieces(struct drawio *d, const struct thing *shape, enum layer layer) {
    for (size_t i = 0; i < shape->pieces.n; i++) {
        const struct piece *piece = &shape->pieces.at[i];
        switch (piece->kind) {
        case PIECE_PATH: put_path(d, piece->path, layer); break;
        case PIECE_WORDS: put_words(d, &piece->words, layer); break;
        case PIECE_ICON: {
            struct cell cell = {.id = new_id(d, layer), .parent = layers[layer].id, .fixed = true};
            style_icon(d, piece->icon);
            put_box(d, &cell, piece->icon->box);
        }
        }
    }
}

/* A number in a circle or a square: one cell. */
static void put_badge(struct drawio *d, const struct thing *shape, enum layer layer) {
    const struct object *object = shape->object;
    const struct piece *number = shape_piece(shape, PIECE_WORDS), *ground = shape_piece(shape, PIECE_PATH);
    struct cell cell = {.id = new_id(d, layer), .parent = layers[layer].id, .object = object, .fixed = true};
    cell.tooltip = object->kind == OBJECT_CALLOUT ? shapes_note_text(&d->shapes, object->number) : NULL;
    str_put(&d->style, ground->path->circle ? "ellipse;shape=ellipse;" : "rounded=1;absoluteArcSize=1;arcSize=8;");
    str_put(&d->style, "html=1;spacing=0;verticalAlign=middle;");
    style_fill(d, ground->path->fill);
    style(d, "strokeColor", "none");
    style_words(d, &number->words);
    put_lines(&d->label, &number->words);
    put_box(d, &cell, object->box);
}

/* One picture, which belongs to the node or group below it but is no part of its shape. */
static void put_life(struct drawio *d, const struct thing *shape) {
    const struct piece *face = shape_piece(shape, PIECE_PATH);
    struct cell cell = {.id = new_id(d, LAYER_NOTES),
                        .parent = layers[LAYER_NOTES].id,
                        .object = shape->object,
                        .tooltip = shape->object->tooltip,
                        .fixed = true};
    const char *id = cell.id;
    str_put(&d->style, "ellipse;shape=ellipse;html=1;");
    style_fill(d, face->path->fill);
    style_stroke(d, face->path);
    put_box(d, &cell, face->path->box);
    for (size_t i = 1; i < shape->pieces.n; i++) {
        struct str svg = STR_EMPTY;
        struct rect box = embed_path(shape->pieces.at[i].path, d->scene->theme, &svg);
        struct cell hands = {.id = arena_printf(d->arena, "%s:%zu", id, i), .parent = id, .fixed = true};
        style_image(d, &svg);
        put_box(d, &hands, (struct rect){box.x - face->path->box.x, box.y - face->path->box.y, box.w, box.h});
        str_free(&svg);
    }
}

static enum layer layer_of(const struct thing *shape) {
    for (const struct thing *at = shape; at; at = at->outer)
        switch (at->object ? at->object->kind : OBJECT_BACKGROUND) {
        case OBJECT_STEP:
        case OBJECT_STEPS: return LAYER_STEPS;
        case OBJECT_NOTE:
        case OBJECT_NOTES:
        case OBJECT_CALLOUT: return LAYER_NOTES;
        case OBJECT_LEGEND: return LAYER_LEGEND;
        default: break;
        }
    return shape->object ? LAYER_DIAGRAM : LAYER_PANEL;
}

static void put_shape(struct drawio *d, const struct thing *shape) {
    switch (shape->object ? shape->object->kind : OBJECT_NOTE) {
    case OBJECT_BACKGROUND: break;
    case OBJECT_CLUSTER: put_cluster(d, shape); break;
    case OBJECT_NODE: put_node(d, shape); break;
    case OBJECT_EDGE: put_edge(d, shape); break;
    case OBJECT_LABEL: put_edge_label(d, shape); break;
    case OBJECT_STEP:
    case OBJECT_CALLOUT: put_badge(d, shape, layer_of(shape)); break;
    case OBJECT_LIFE: put_life(d, shape); break;
    default:
        if (!shape->is_ground)
            put_pieces(d, shape, layer_of(shape));
    }
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */

static void put_layers(struct drawio *d) {
    xml_start(&d->xml, "mxCell");
    xml_attribute(&d->xml, "id", root_id);
    xml_end(&d->xml);
    for (int i = 0; i < LAYERS; i++) {
        xml_start(&d->xml, "mxCell");
        xml_attribute(&d->xml, "id", layers[i].id);
        xml_attribute(&d->xml, "value", layers[i].name[d->scene->lang]);
        xml_attribute(&d->xml, "parent", root_id);
        xml_end(&d->xml);
    }
}

static void start_model(struct drawio *d) {
    static const char *const on[] = {"grid", "guides", "tooltips", "connect", "arrows", "fold", "page", "pageScale"};
    xml_start(&d->xml, "mxGraphModel");
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        xml_attribute(&d->xml, on[i], "1");
    xml_attribute(&d->xml, "gridSize", "1");
    xml_number(&d->xml, "pageWidth", d->scene->width);
    xml_number(&d->xml, "pageHeight", d->scene->height);
    xml_attribute(&d->xml, "background", rgb(d, paint_role(COLOUR_PAGE)));
    xml_attribute(&d->xml, "math", "0");
    xml_attribute(&d->xml, "shadow", "0");
    xml_start(&d->xml, "root");
}

static void put_page(struct drawio *d, const struct scene *scene, bool several) {
    static const char *const lang_names[LANGS] = {"English", "日本語"};
    d->arena = arena_new();
    d->scene = scene;
    d->shapes = shapes_read(scene, d->arena);
    memset(d->count, 0, sizeof d->count);
    xml_start(&d->xml, "diagram");
    xml_attribute(&d->xml, "id", lang_codes[scene->lang]);
    xml_attribute(&d->xml, "name", several ? lang_names[scene->lang] : scene->title);
    start_model(d);
    put_layers(d);
    for (size_t i = 0; i < d->shapes.all.n; i++)
        put_shape(d, d->shapes.all.at[i]);
    xml_end(&d->xml);
    xml_end(&d->xml);
    xml_end(&d->xml);
    arena_free(d->arena);
}

int drawio_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct drawio d = {.xml = {.out = out}, .style = STR_EMPTY, .label = STR_EMPTY};
    (void)options, (void)diags;
    str_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml_start(&d.xml, "mxfile");
    xml_attribute(&d.xml, "host", "awsdiag");
    xml_attribute(&d.xml, "compressed", "false");
    for (const struct scene *page = scene; page; page = page->also)
        put_page(&d, page, scene->also != NULL);
    xml_end(&d.xml);
    str_putc(out, '\n');
    str_free(&d.style);
    str_free(&d.label);
    return 0;
}
