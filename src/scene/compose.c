/* Everything that is looked at is decided here: colours, weights of lines, where in its box a text begins. Order of drawing: page,
 * frames from the outside in, lines, nodes, labels, badges and callouts, title, panel.
 */
#include <math.h>
#include <string.h>

#include "layout/fan.h"
#include "scene/compose_parts.h"

enum { CORNER_RADIUS = 6, TIP = 3 }; /* px: bends; distance of an arrow's tip from what it points to */
const double compose_frame_width = 1.25;
static const double arrow_length = 8, arrow_half = 4.2, title_size = 20, description_size = 14;

/* --- small helpers ------------------------------------------------------------------------------------------------------- */

const char *compose_in(const struct composer *composer, const struct text *text) {
    return text->in[composer->options->lang];
}

const char *compose_word(const struct composer *composer, const char *en, const char *ja) {
    return composer->options->lang == LANG_JA ? ja : en;
}

struct rect compose_moved(const struct composer *composer, struct rect r) {
    r.x += composer->x, r.y += composer->y;
    return r;
}

/* From the top of a line's box to its baseline. */
static double baseline(double size, double leading, enum weight weight) {
    struct font_metrics metrics = font_metrics(weight);
    return (leading - (metrics.ascent + metrics.descent) * size) / 2 + metrics.ascent * size;
}

double compose_block(struct composer *composer, const struct block *block, enum role role, enum anchor anchor, double x,
                     double y, struct paint fill) {
    enum weight weight = block->bold ? WEIGHT_BOLD : WEIGHT_REGULAR;
    double down = baseline(block->size, block->leading, weight);
    for (size_t i = 0; i < block->n; i++) {
        const struct line *line = &block->lines[i];
        struct point origin = {x, y + (double)i * block->leading + down};
        struct text_line *text = scene_text(composer->scene, role, line->at, line->n, origin);
        text->anchor = anchor, text->size = block->size, text->width = line->width, text->weight = weight,
        text->fill = fill;
    }
    return y + block_height(block);
}

static void centred_number(struct composer *composer, struct rect box, int number, double size, struct paint fill) {
    const char *digits = arena_printf(composer->arena, "%d", number);
    struct font_metrics metrics = font_metrics(WEIGHT_BOLD);
    struct point centre = rect_centre(box);
    struct text_line *text = scene_text(composer->scene, ROLE_TEXT, digits, strlen(digits),
                                        (struct point){centre.x, centre.y + metrics.cap_height * size / 2});
    text->anchor = ANCHOR_MIDDLE, text->size = size, text->weight = WEIGHT_BOLD, text->fill = fill;
    text->width = font_width(WEIGHT_BOLD, size, digits, strlen(digits));
}

void compose_badge(struct composer *composer, struct rect box, int number) {
    scene_begin(composer->scene, &(struct object){.kind = OBJECT_STEP, .step = number, .box = box});
    scene_circle(composer->scene, ROLE_SHAPE, box)->fill = paint_role(COLOUR_BADGE);
    centred_number(composer, box, number, number > 9 ? 11 : 12, paint_role(COLOUR_BADGE_TEXT));
    scene_end(composer->scene);
}

void compose_callout(struct composer *composer, struct rect box, const struct shown_note *note) {
    struct object object = {
        .kind = OBJECT_CALLOUT, .note = note->note ? note->note->id : "own", .number = note->number, .box = box};
    bool bad = note->state == NOTE_VIOLATED && !note->accepted;
    scene_begin(composer->scene, &object);
    scene_rect(composer->scene, ROLE_SHAPE, box, 4)->fill = paint_role(bad ? COLOUR_BAD : COLOUR_CALLOUT);
    centred_number(composer, box, note->number, 11, paint_role(COLOUR_CALLOUT_TEXT));
    scene_end(composer->scene);
}

/* What the scenario says, and before it the whole name where the picture has room for its beginning only. */
static const char *tooltip_of(struct composer *composer, const struct text *tooltip, const struct block *label,
                              const struct text *name) {
    const char *said = compose_in(composer, tooltip), *whole = label->cut ? compose_in(composer, name) : NULL;
    return said && whole ? arena_printf(composer->arena, "%s\n%s", whole, said) : said ? said : whole;
}

static struct position position_of(struct mark mark) { return source_position(mark.source, mark.start); }

bool compose_colour_named(const char *name, struct paint *paint) {
    for (int i = 0; name && i < COLOURS; i++)
        if (strcmp(colour_names[i], name) == 0) {
            *paint = paint_role((enum theme_colour)i);
            return true;
        }
    return false;
}

/* --- tiles and icons -------------------------------------------------------------------------------------------------------- */

/* White, or black where that is easier to read: one of them always has 4.5:1. */
static uint32_t ink_on(uint32_t rgb) { return theme_contrast(0xFFFFFF, rgb) >= 4.5 ? 0xFFFFFF : 0x000000; }

static void draw_tile(struct composer *composer, const struct type *type, struct rect box) {
    uint32_t colour = type->shape == SHAPE_GROUP ? type->frame : type->category->colour;
    bool corner = type->shape == SHAPE_GROUP;
    double size = box.w * 0.38;
    double width = font_width(WEIGHT_BOLD, size, type->monogram, strlen(type->monogram));
    if (width > box.w * 0.84)
        size *= box.w * 0.84 / width, width = box.w * 0.84;
    struct path *tile = scene_rect(composer->scene, ROLE_ICON_TILE, box, corner ? 0 : 6);
    tile->fill = paint_fixed(colour);
    struct point centre = rect_centre(box);
    struct font_metrics metrics = font_metrics(WEIGHT_BOLD);
    struct text_line *text = scene_text(composer->scene, ROLE_ICON_TILE, type->monogram, strlen(type->monogram),
                                        (struct point){centre.x, centre.y + metrics.cap_height * size / 2});
    text->anchor = ANCHOR_MIDDLE, text->size = size, text->weight = WEIGHT_BOLD, text->width = width;
    text->fill = paint_fixed(ink_on(colour));
}

/* Nothing of it can be told from a dark page. */
static bool dark_lines(const struct theme *theme, const struct icon *icon) {
    uint32_t page = theme->dark[COLOUR_PAGE];
    for (size_t i = 0; i < icon->n; i++)
        if ((icon->paths[i].filled && theme_contrast(icon->paths[i].fill, page) >= 3) ||
            (icon->paths[i].stroke_width > 0 && theme_contrast(icon->paths[i].stroke, page) >= 3))
            return false;
    return true;
}

static void draw_icon(struct composer *composer, const struct type *type, struct rect box) {
    const struct icon *icon = composer->options->no_icons ? NULL
                              : type->picture             ? type->picture
                                                          : icon_find(type->icon);
    const struct theme *theme = composer->options->theme;
    if (icon && (theme->dark_scheme || theme->follows) && dark_lines(theme, icon))
        scene_rect(composer->scene, ROLE_SHAPE, box, 6)->fill = paint_role(COLOUR_PLATE);
    if (icon)
        scene_icon(composer->scene, icon, box, type->category->colour);
    else
        draw_tile(composer, type, box);
}

/* Icons of groups and services fill their square; those of resources are outlines, which would run into the frame. */
static void draw_corner(struct composer *composer, const struct type *type, struct rect box) {
    enum { INSET = 4 };
    if (type->icon && strstr(type->icon, "resource/"))
        box = (struct rect){box.x + INSET, box.y + INSET, box.w - 2 * INSET, box.h - 2 * INSET};
    draw_icon(composer, type, box);
}

/* --- groups --------------------------------------------------------------------------------------------------------------------- */

enum {
    TITLE_GAP = 10,
    TITLE_BAND = 32
}; /* px: title to what stands behind it; height of the band without a corner icon */

struct rect compose_title_place(const struct composer *composer, const struct node *node) {
    const struct placed *placed = &composer->layout->nodes[node->index];
    const struct node_size *size = &composer->layout->sizes.nodes[node->index];
    const struct block *title = &size->label[composer->options->lang], *detail = &size->detail[composer->options->lang];
    struct rect box = compose_moved(composer, placed->box), corner = compose_moved(composer, placed->icon);
    struct rect band = {box.x + composer->layout->metrics->pad / 2, box.y + 2, 0, TITLE_BAND};
    if (corner.w > 0)
        band = (struct rect){rect_right(corner) + 8, corner.y, 0, corner.h};
    double w = title->width + (detail->n ? TITLE_GAP + detail->width : 0), h = block_height(title);
    return (struct rect){band.x, band.y + (band.h - h) / 2, w, h};
}

static void draw_cluster(struct composer *composer, const struct node *node) {
    const struct placed *placed = &composer->layout->nodes[node->index];
    const struct node_size *size = &composer->layout->sizes.nodes[node->index];
    enum lang lang = composer->options->lang;
    struct rect box = compose_moved(composer, placed->box), corner = compose_moved(composer, placed->icon);
    struct paint colour = paint_rgb(node->type->frame);
    compose_colour_named(node->style.colour, &colour);
    struct object object = {.kind = OBJECT_CLUSTER,
                            .id = node->path,
                            .type = node->type->key,
                            .name = compose_in(composer, &node->label),
                            .source = position_of(node->mark),
                            .link = node->link,
                            .tooltip = tooltip_of(composer, &node->tooltip, &size->label[lang], &node->label),
                            .box = box};
    scene_begin(composer->scene, &object);
    struct path *frame = scene_rect(composer->scene, ROLE_FRAME, box, 0);
    frame->stroke = colour;
    frame->width = node->style.width > 0               ? node->style.width
                   : node->emphasis == EMPHASIS_STRONG ? 2.5
                                                       : compose_frame_width;
    frame->dash = node->style.has_dash ? node->style.dash : node->type->dash;
    if (node->type->filled) {
        frame->fill = colour;
        frame->fill.opacity = 0.07;
    }
    if (corner.w > 0)
        draw_corner(composer, node->type, corner);
    struct rect words = compose_title_place(composer, node);
    const struct block *title = &size->label[lang], *detail = &size->detail[lang];
    struct paint ink = paint_role(node->emphasis == EMPHASIS_MUTED ? COLOUR_MUTED : COLOUR_TEXT);
    compose_block(composer, title, ROLE_TITLE_TEXT, ANCHOR_START, words.x, words.y, ink);
    if (detail->n)
        compose_block(composer, detail, ROLE_DETAIL_TEXT, ANCHOR_START, words.x + title->width + TITLE_GAP,
                      words.y + (block_height(title) - block_height(detail)) / 2 + 1, paint_role(COLOUR_MUTED));
    scene_end(composer->scene);
}

/* --- nodes ------------------------------------------------------------------------------------------------------------------------ */

/* The frame that a node stands on is interrupted behind its icon and its name; lines are not. */
static void draw_ground(struct composer *composer, const struct node *node) {
    const struct placed *placed = &composer->layout->nodes[node->index];
    struct rect icon = compose_moved(composer, placed->icon), ground = {icon.x - 2, icon.y - 2, icon.w + 4, icon.h + 4};
    scene_rect(composer->scene, ROLE_SHAPE, ground, 0)->fill = paint_role(COLOUR_PAGE);
    scene_rect(composer->scene, ROLE_SHAPE, compose_moved(composer, placed->title), 0)->fill = paint_role(COLOUR_PAGE);
}

static void draw_node(struct composer *composer, const struct node *node) {
    const struct placed *placed = &composer->layout->nodes[node->index];
    const struct node_size *size = &composer->layout->sizes.nodes[node->index];
    enum lang lang = composer->options->lang;
    struct rect box = compose_moved(composer, placed->box), icon = compose_moved(composer, placed->icon);
    struct object object = {.kind = OBJECT_NODE,
                            .id = node->path,
                            .type = node->type->key,
                            .name = compose_in(composer, &node->label),
                            .source = position_of(node->mark),
                            .link = node->link,
                            .tooltip = tooltip_of(composer, &node->tooltip, &size->label[lang], &node->label),
                            .box = box};
    scene_begin(composer->scene, &object);
    if (node->emphasis == EMPHASIS_STRONG) {
        struct path *ring = scene_rect(composer->scene, ROLE_SHAPE,
                                       (struct rect){icon.x - 3, icon.y - 3, icon.w + 6, icon.h + 6}, 3);
        ring->stroke = paint_role(COLOUR_CALLOUT);
        ring->width = 2;
    }
    draw_icon(composer, node->type, icon);
    struct paint ink = paint_role(node->emphasis == EMPHASIS_MUTED || node->implied ? COLOUR_MUTED : COLOUR_TEXT);
    double centre = rect_centre(icon).x, y = rect_bottom(icon) + composer->layout->metrics->label_gap;
    y = compose_block(composer, &size->label[lang], ROLE_LABEL_TEXT, ANCHOR_MIDDLE, centre, y, ink);
    compose_block(composer, &size->detail[lang], ROLE_DETAIL_TEXT, ANCHOR_MIDDLE, centre, y, paint_role(COLOUR_MUTED));
    scene_end(composer->scene);
}

/* --- edges -------------------------------------------------------------------------------------------------------------------------- */

struct paint compose_kind_paint(const struct kind *kind) {
    return kind->colour ? paint_rgb(kind->colour) : paint_role(COLOUR_LINE);
}

static double span(struct point a, struct point b) { return fabs(a.x - b.x) + fabs(a.y - b.y); }

static struct point towards(struct point from, struct point to, double by) {
    double length = span(from, to);
    if (length <= 0)
        return from;
    return (struct point){from.x + (to.x - from.x) * by / length, from.y + (to.y - from.y) * by / length};
}

/* Lines that end below a name end below what it is in this language, which may be less than the room it has. */
static double below_name(const struct composer *composer, const struct node *node, double y) {
    const struct placed *placed = &composer->layout->nodes[node->index];
    const struct node_size *size = &composer->layout->sizes.nodes[node->index];
    if (node->group || fabs(y - rect_bottom(placed->box)) > 0.5)
        return y;
    enum lang lang = composer->options->lang;
    double text = block_height(&size->label[lang]) + block_height(&size->detail[lang]);
    return fmin(y, rect_bottom(placed->icon) + (text > 0 ? composer->layout->metrics->label_gap + text : 0));
}

/* The points on the page; ends drawn back a little from what they point to. */
static struct point *edge_points(struct composer *composer, const struct edge *edge) {
    const struct routed *routed = &composer->layout->edges[edge->index];
    struct point *points = arena_array(composer->arena, routed->n, sizeof *points);
    for (size_t i = 0; i < routed->n; i++)
        points[i] = (struct point){routed->points[i].x + composer->x, routed->points[i].y + composer->y};
    points[0].y = composer->y + below_name(composer, edge->from, routed->points[0].y);
    points[routed->n - 1].y = composer->y + below_name(composer, edge->to, routed->points[routed->n - 1].y);
    double first = span(points[0], points[1]), last = span(points[routed->n - 1], points[routed->n - 2]);
    if (!edge->from->group)
        points[0] = towards(points[0], points[1], fmin(TIP, first / 4));
    if (!edge->to->group)
        points[routed->n - 1] = towards(points[routed->n - 1], points[routed->n - 2], fmin(TIP, last / 4));
    return points;
}

/* A straight run, but for the arcs with which it jumps over others. */
static size_t draw_run(struct composer *composer, const struct edge *edge, const struct point *points, size_t n,
                       size_t at, struct path_step *steps) {
    struct jump jumps[MOST_JUMPS];
    size_t count = compose_jumps(composer, edge, points, n, at, jumps);
    for (size_t i = 0; i < count; i++) {
        steps[2 * i] = (struct path_step){PATH_LINE, {{jumps[i].from, points[at].y}}};
        steps[2 * i + 1] = compose_jump(jumps[i], points[at].y);
    }
    return 2 * count;
}

static struct path *draw_line(struct composer *composer, const struct edge *edge, const struct point *points,
                              size_t n) {
    size_t most = composer->model->line_jumps ? 2 * MOST_JUMPS + 2 : 2, count = 0;
    struct path_step *steps = arena_array(composer->arena, most * n, sizeof *steps);
    steps[count++] = (struct path_step){PATH_MOVE, {points[0]}};
    for (size_t i = 1; i < n; i++) {
        count += draw_run(composer, edge, points, n, i - 1, steps + count);
        if (i + 1 == n)
            break;
        double room = fmin(span(points[i - 1], points[i]), span(points[i], points[i + 1])) / 2,
               r = fmin(CORNER_RADIUS, room);
        struct point a = towards(points[i], points[i - 1], r), b = towards(points[i], points[i + 1], r), c = points[i];
        static const double k = 0.5522847498;
        steps[count++] = (struct path_step){PATH_LINE, {a}};
        steps[count++] = (struct path_step){
            PATH_CUBIC,
            {{a.x + (c.x - a.x) * k, a.y + (c.y - a.y) * k}, {b.x + (c.x - b.x) * k, b.y + (c.y - b.y) * k}, b}};
    }
    steps[count++] = (struct path_step){PATH_LINE, {points[n - 1]}};
    return scene_path(composer->scene, ROLE_LINE, steps, count);
}

/* An open head: two strokes back from the tip. */
static struct path *draw_arrow(struct composer *composer, struct point tip, struct point behind) {
    struct point back = towards(tip, behind, arrow_length);
    double dx = (tip.x - back.x) / arrow_length * arrow_half, dy = (tip.y - back.y) / arrow_length * arrow_half;
    struct path_step steps[] = {
        {PATH_MOVE, {{back.x - dy, back.y + dx}}}, {PATH_LINE, {tip}}, {PATH_LINE, {{back.x + dy, back.y - dx}}}};
    return scene_path(composer->scene, ROLE_ARROW, steps, 3);
}

/* Crossed out in the middle of the longest run. */
static void draw_cross(struct composer *composer, const struct point *points, size_t n) {
    size_t best = 0;
    for (size_t i = 0; i + 1 < n; i++)
        if (span(points[i], points[i + 1]) > span(points[best], points[best + 1]))
            best = i;
    double x = (points[best].x + points[best + 1].x) / 2, y = (points[best].y + points[best + 1].y) / 2, r = 7;
    struct path_step steps[] = {{PATH_MOVE, {{x - r, y - r}}},
                                {PATH_LINE, {{x + r, y + r}}},
                                {PATH_MOVE, {{x + r, y - r}}},
                                {PATH_LINE, {{x - r, y + r}}}};
    struct path *cross = scene_path(composer->scene, ROLE_SHAPE, steps, 4);
    cross->stroke = paint_role(COLOUR_BAD);
    cross->width = 2.5;
}

static void draw_label(struct composer *composer, const struct edge *edge) {
    const struct routed *routed = &composer->layout->edges[edge->index];
    const struct block *block = &label_size(composer->layout, edge)->label[composer->options->lang];
    struct rect box = compose_moved(composer, routed->label);
    if (box.w <= 0 || !block->n)
        return;
    double y = box.y + (box.h - block_height(block)) / 2;
    double x = routed->label_align < 0 ? box.x : routed->label_align > 0 ? rect_right(box) : box.x + box.w / 2;
    enum anchor anchor = routed->label_align < 0 ? ANCHOR_START : routed->label_align > 0 ? ANCHOR_END : ANCHOR_MIDDLE;
    scene_begin(composer->scene, &(struct object){.kind = OBJECT_LABEL, .box = box});
    compose_block(composer, block, ROLE_TEXT, anchor, x, y, paint_role(edge->implied ? COLOUR_MUTED : COLOUR_TEXT));
    scene_end(composer->scene);
}

static double length_of(const struct path *path) {
    double length = 0;
    struct point at = path->steps[0].p[0];
    for (size_t i = 1; i < path->n; i++) {
        const struct point *p = path->steps[i].p;
        enum { CHORDS = 8 };
        if (path->steps[i].verb == PATH_CUBIC)
            for (int k = 1; k <= CHORDS; k++) {
                double t = (double)k / CHORDS, u = 1 - t;
                struct point a = path->steps[i - 1].p[0], to = {u * u * u * a.x + 3 * u * u * t * p[0].x +
                                                                    3 * u * t * t * p[1].x + t * t * t * p[2].x,
                                                                u * u * u * a.y + 3 * u * u * t * p[0].y +
                                                                    3 * u * t * t * p[1].y + t * t * t * p[2].y};
                length += hypot(to.x - at.x, to.y - at.y);
                at = to;
            }
        else
            length += hypot(p[0].x - at.x, p[0].y - at.y), at = p[0];
    }
    return length;
}

/* Dashes of lines on one trunk must lie on each other, or the trunk looks solid: they are counted from the end that is shared. */
static double dash_phase(const struct composer *composer, const struct edge *edge, const struct path *line) {
    double period = scene_dashes[line->dash][0] + scene_dashes[line->dash][1];
    if (period <= 0 || composer->company_to[edge->index] <= composer->company_from[edge->index])
        return 0;
    double phase = period - fmod(length_of(line), period);
    return phase < period - 0.005 ? phase : 0;
}

static void count_company(struct composer *composer) {
    size_t n = composer->model->edge_count;
    struct fans fans = fans_find(composer->model, composer->arena);
    size_t *members = arena_array(composer->arena, 3 * n + 1, sizeof *members);
    size_t *from = arena_array(composer->arena, n, sizeof *from), *to = arena_array(composer->arena, n, sizeof *to);
    for (size_t i = 0; i < n; i++)
        members[fans.from[i]]++, members[fans.to[i]]++;
    for (size_t i = 0; i < n; i++)
        from[i] = members[fans.from[i]], to[i] = members[fans.to[i]];
    composer->company_from = from, composer->company_to = to;
}

static void draw_edge(struct composer *composer, const struct edge *edge) {
    const struct routed *routed = &composer->layout->edges[edge->index];
    if (routed->n < 2)
        return;
    struct point *points = edge_points(composer, edge);
    const struct edge_size *sizes = &composer->layout->sizes.edges[edge->index];
    struct object object = {
        .kind = OBJECT_EDGE,
        .id = edge->id,
        .type = edge->kind->key,
        .name = compose_in(composer, &edge->label),
        .from = edge->from->path,
        .to = edge->to->path,
        .step = edge->step,
        .source = position_of(edge->mark),
        .link = edge->link,
        .tooltip = tooltip_of(composer, &edge->tooltip, &sizes->label[composer->options->lang], &edge->label),
        .points = points,
        .point_count = routed->n,
        .arrow_from = edge->arrow_from,
        .arrow_to = edge->arrow_to};
    struct paint ink = edge->emphasis == EMPHASIS_MUTED || (edge->implied && !edge->kind->colour)
                           ? paint_role(COLOUR_MUTED)
                           : compose_kind_paint(edge->kind);
    compose_colour_named(edge->style.colour, &ink);
    double width = edge->style.width > 0               ? edge->style.width
                   : edge->emphasis == EMPHASIS_STRONG ? 2.5
                                                       : edge->kind->width;
    scene_begin(composer->scene, &object);
    struct path *line = draw_line(composer, edge, points, routed->n);
    line->stroke = ink, line->width = width, line->dash = edge->style.has_dash ? edge->style.dash : edge->kind->dash;
    line->dash_phase = dash_phase(composer, edge, line);
    struct path *heads[2] = {edge->arrow_to ? draw_arrow(composer, points[routed->n - 1], points[routed->n - 2]) : NULL,
                             NULL};
    if (heads[0])
        heads[0]->stroke = ink, heads[0]->width = width;
    heads[1] = edge->arrow_from ? draw_arrow(composer, points[0], points[1]) : NULL;
    if (heads[1])
        heads[1]->stroke = ink, heads[1]->width = width;
    if (edge->kind->blocked)
        draw_cross(composer, points, routed->n);
    draw_label(composer, edge);
    scene_end(composer->scene);
}

/* --- badges ------------------------------------------------------------------------------------------------------------ */

struct rect compose_badge_place(struct composer *composer, const struct edge *edge) {
    const struct routed *routed = &composer->layout->edges[edge->index];
    const struct block *block = &label_size(composer->layout, edge)->label[composer->options->lang];
    struct rect box = compose_moved(composer, routed->badge);
    double slack = routed->label.w > 0 ? routed->label.w - block->width : 0;
    box.x += routed->label_align > 0 ? slack : routed->label_align == 0 ? slack / 2 : 0;
    return box;
}

static void draw_badges(struct composer *composer) {
    const struct layout *layout = composer->layout;
    for (size_t i = 0; i < composer->model->edge_count; i++)
        if (layout->edges[i].badge.w > 0)
            compose_badge(composer, compose_badge_place(composer, composer->model->edges[i]),
                          composer->model->edges[i]->step);
    for (size_t i = 0; i < composer->model->node_count; i++)
        if (layout->step_badges[i].w > 0)
            compose_badge(composer, compose_moved(composer, layout->step_badges[i]), composer->model->nodes[i]->step);
}

/* --- the page -------------------------------------------------------------------------------------------------------------------------- */

/* How far title and description reach, to the right and down. */
static struct point draw_title(struct composer *composer, double margin, double width, bool draw) {
    const char *title = compose_in(composer, &composer->model->title),
               *about = compose_in(composer, &composer->model->description);
    struct fit fit = {.size = title_size, .bold = true, .width = width};
    struct fit small = {.size = description_size, .width = width};
    double y = margin;
    if (!title && !about)
        return (struct point){margin, y};
    struct block first = measure_text(composer->arena, title, &fit),
                 second = measure_text(composer->arena, about, &small);
    if (draw) {
        scene_begin(composer->scene,
                    &(struct object){.kind = OBJECT_TITLE, .box = {margin, y, width, block_height(&first)}});
        compose_block(composer, &first, ROLE_TITLE_TEXT, ANCHOR_START, margin, y, paint_role(COLOUR_TEXT));
        compose_block(composer, &second, ROLE_TEXT, ANCHOR_START, margin, y + block_height(&first) + (first.n ? 4 : 0),
                      paint_role(COLOUR_MUTED));
        scene_end(composer->scene);
    }
    return (struct point){margin + fmax(first.width, second.width),
                          y + block_height(&first) + (second.n ? block_height(&second) + 4 : 0) + 16};
}

static void draw_diagram(struct composer *composer) {
    const struct model *model = composer->model;
    for (size_t i = 0; i < model->node_count; i++)
        if (model->nodes[i]->group)
            draw_cluster(composer, model->nodes[i]);
    compose_overlays(composer);
    for (size_t i = 0; i < model->node_count; i++)
        if (!model->nodes[i]->group && node_astride(model->nodes[i]))
            draw_ground(composer, model->nodes[i]);
    for (size_t i = 0; i < model->edge_count; i++)
        draw_edge(composer, model->edges[i]);
    for (size_t i = 0; i < model->node_count; i++)
        if (!model->nodes[i]->group)
            draw_node(composer, model->nodes[i]);
    compose_lives(composer);
    draw_badges(composer);
    compose_callouts(composer);
}

void compose_background(struct scene *scene) {
    struct rect page = {0, 0, scene->width, scene->height};
    scene_begin(scene, &(struct object){.kind = OBJECT_BACKGROUND, .box = page});
    scene_rect(scene, ROLE_SHAPE, page, 0)->fill = paint_role(COLOUR_PAGE);
    scene_end(scene);
}

/* The page is the same in all languages the scenario speaks: each is measured, and the larger counts. Gives how far the title reaches. */
static struct point measure_page(struct composer *composer, double margin, double width, struct panel **panel) {
    *panel = NULL;
    if (composer->options->bare)
        return (struct point){margin, margin};
    struct point heading = draw_title(composer, margin, width, false);
    *panel = compose_panel_measure(composer);
    for (int lang = 0; composer->model->several_langs && lang < LANGS; lang++) {
        struct compose_options options = *composer->options;
        struct composer other = *composer;
        if ((enum lang)lang == composer->options->lang)
            continue;
        options.lang = (enum lang)lang;
        other.options = &options;
        struct point reach = draw_title(&other, margin, width, false);
        heading = (struct point){fmax(heading.x, reach.x), fmax(heading.y, reach.y)};
        struct panel *twin = compose_panel_measure(&other);
        if (*panel && twin)
            compose_panel_join(*panel, twin);
    }
    return heading;
}

struct scene *compose_scene(const struct model *model, const struct layout *layout, const struct shown_notes *notes,
                            const struct compose_options *options, struct arena *arena) {
    struct scene *scene = arena_alloc(arena, sizeof *scene);
    *scene = (struct scene){.arena = arena, .theme = options->theme, .lang = options->lang};
    struct composer composer = {model, layout, notes, options, arena, scene, 0, 0, NULL, NULL};
    count_company(&composer);
    double margin = layout->metrics->margin;
    struct panel *panel;
    double text_width = fmax(layout->width, 480);
    composer.x = margin;
    struct point heading = measure_page(&composer, margin, text_width, &panel);
    composer.y = heading.y;
    struct point diagram = {composer.x + layout->width, composer.y + layout->height}, page;
    struct point extent = panel ? compose_panel_place(&composer, panel, diagram.x, diagram.y) : diagram;
    struct panel *rest = NULL;
    scene->width = fmax(ceil(fmax(extent.x, heading.x) + margin), options->least_width);
    scene->height = fmax(ceil(extent.y + margin), options->least_height);
    if (panel && options->pages && compose_pages_needed(&composer, diagram, extent, &page)) {
        rest = compose_pages_first(&composer, panel, diagram, page);
        scene->width = page.x, scene->height = page.y;
    }
    scene->model = model, scene->layout = layout, scene->notes = notes;
    scene->origin = (struct point){composer.x, composer.y};
    const char *title = compose_in(&composer, &model->title);
    scene->title = title ? title : options->name;
    scene->description = compose_description(&composer);
    /* one that grows by doubling is copied as often, and half of what it took at last stays empty */
    array_reserve(arena, &scene->items,
                  32 + 6 * model->node_count + 10 * model->edge_count + 7 * (model->step_count + notes->n + 8));
    compose_background(scene);
    draw_diagram(&composer);
    if (!options->bare)
        draw_title(&composer, margin, fmax(text_width, scene->width - 2 * margin), true);
    if (panel)
        compose_panel_draw(&composer, panel);
    for (struct scene *last = scene; rest; last = composer.scene)
        last->next = compose_pages_more(&composer, rest, page, &rest);
    return scene;
}
