/* The numbers of notes at the elements they are about. All numbers of a node stand together, as a block in the first of a few places around
 * it where nothing else is drawn: beside the icon, above it, below the name, behind the title of a group. Where there is no room for
 * the block, each goes to a place of its own, as the numbers of edges do: on the line or beside its label. Where all are taken, a number
 * goes where it hides least, or is left out when its note has one elsewhere.
 */
#include <limits.h>
#include <math.h>

#include "scene/compose_parts.h"

enum { CALLOUT_W = 18, CALLOUT_H = 16, CALLOUT_GAP = 2, MOST_PLACES = 32, MOST_SEGMENTS = 6, MOST_IN_ROW = 4 };

/* What it costs to stand over something. */
enum { OFF_PAGE = 1000000, OVER_TEXT = 1000, OVER_LINE = 300, OVER_FRAME = 290 };

struct obstacle {
    struct rect box;
    int cost;
    const struct edge *edge; /* whose line it is, or NULL */
};

static bool rect_inside(struct rect inner, struct rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y && rect_right(inner) <= rect_right(outer) &&
           rect_bottom(inner) <= rect_bottom(outer);
}

struct callouts {
    struct composer *composer;
    ARRAY(struct obstacle) obstacles;
    struct rect home; /* of the layout: what the numbers of this element shall not leave; w 0: the page */
};

struct places {
    struct rect at[MOST_PLACES];
    size_t n;
};

static void add_place(struct places *places, double x, double y) {
    if (places->n < MOST_PLACES)
        places->at[places->n++] = (struct rect){x, y, CALLOUT_W, CALLOUT_H};
}

/* --- what is there already -------------------------------------------------------------------------------------------------- */

static struct rect on_page(const struct callouts *callouts, struct rect box) {
    box.x += callouts->composer->x, box.y += callouts->composer->y;
    return box;
}

static void add_obstacle(struct callouts *callouts, struct rect box, int cost, const struct edge *edge) {
    if (box.w > 0 && box.h > 0)
        *array_push(callouts->composer->arena, &callouts->obstacles) = (struct obstacle){on_page(callouts, box), cost,
                                                                                         edge};
}

static void add_frame(struct callouts *callouts, struct rect frame) {
    const double t = 2;
    add_obstacle(callouts, (struct rect){frame.x, frame.y, frame.w, t}, OVER_FRAME, NULL);
    add_obstacle(callouts, (struct rect){frame.x, rect_bottom(frame) - t, frame.w, t}, OVER_FRAME, NULL);
    add_obstacle(callouts, (struct rect){frame.x, frame.y, t, frame.h}, OVER_FRAME, NULL);
    add_obstacle(callouts, (struct rect){rect_right(frame) - t, frame.y, t, frame.h}, OVER_FRAME, NULL);
}

static void add_edge(struct callouts *callouts, const struct edge *edge) {
    const struct routed *routed = &callouts->composer->layout->edges[edge->index];
    for (size_t i = 0; i + 1 < routed->n; i++) {
        struct point a = routed->points[i], b = routed->points[i + 1];
        struct rect line = {fmin(a.x, b.x) - 2, fmin(a.y, b.y) - 2, fabs(a.x - b.x) + 4, fabs(a.y - b.y) + 4};
        add_obstacle(callouts, line, OVER_LINE, edge);
    }
    add_obstacle(callouts, routed->label, OVER_TEXT, NULL);
    if (routed->badge.w > 0) {
        struct rect badge = compose_badge_place(callouts->composer, edge);
        badge.x -= callouts->composer->x, badge.y -= callouts->composer->y;
        add_obstacle(callouts, badge, OVER_TEXT, NULL);
    }
}

static void add_everything(struct callouts *callouts) {
    const struct model *model = callouts->composer->model;
    const struct layout *layout = callouts->composer->layout;
    for (size_t i = 0; i < model->node_count; i++) {
        add_obstacle(callouts, layout->nodes[i].icon, OVER_TEXT, NULL);
        add_obstacle(callouts, layout->nodes[i].title, OVER_TEXT, NULL);
        add_obstacle(callouts, layout->step_badges[i], OVER_TEXT, NULL);
        add_obstacle(callouts, life_badge(model, layout, model->nodes[i]), OVER_TEXT, NULL);
        if (model->nodes[i]->group)
            add_frame(callouts, layout->nodes[i].box);
    }
    for (size_t i = 0; i < model->edge_count; i++)
        add_edge(callouts, model->edges[i]);
}

/* --- where a number may go -------------------------------------------------------------------------------------------------- */

/* Beside the icon, right before left and upper before lower, then above it, then farther off and below its name. */
static struct places places_of_leaf(struct rect icon, struct rect name) {
    struct places places = {.n = 0};
    const double gap = 3, step_x = CALLOUT_W + 2, step_y = CALLOUT_H + 2;
    double right = rect_right(icon) + gap, left = icon.x - gap - CALLOUT_W, top = icon.y - gap - CALLOUT_H;
    for (int row = 0; row < 2; row++)
        for (int column = 0; column < 2; column++)
            add_place(&places, right + column * step_x, top + row * step_y);
    for (int row = 0; row < 2; row++)
        add_place(&places, left, top + row * step_y);
    for (int column = 0; column < 2; column++)
        add_place(&places, rect_right(icon) - CALLOUT_W - column * step_x, top);
    for (int row = 2; row < 4; row++) {
        add_place(&places, right, top + row * step_y);
        add_place(&places, left, top + row * step_y);
    }
    for (int row = 0; row < 4; row++) {
        add_place(&places, left - step_x, top + row * step_y);
        add_place(&places, right + 2 * step_x, top + row * step_y);
    }
    for (int row = 0; row < 2; row++)
        for (int column = -1; column < 3; column++)
            add_place(&places, icon.x + column * step_x, rect_bottom(name) + gap + row * step_y);
    return places;
}

/* Behind the title, in the same band from its far end, on the frame, beside it. */
static struct places places_of_group(struct rect frame, struct rect title) {
    struct places places = {.n = 0};
    const double step = CALLOUT_W + 3, y = frame.y + 8;
    for (double x = rect_right(title) + 4; x + CALLOUT_W < rect_right(frame) - 2 && places.n < MOST_PLACES / 2;
         x += step)
        add_place(&places, x, y);
    for (double x = rect_right(frame) - step; x > rect_right(title) && places.n < MOST_PLACES - 10; x -= step)
        add_place(&places, x, y);
    for (int i = 1; i <= 4; i++) {
        add_place(&places, rect_right(frame) - i * step, frame.y - CALLOUT_H / 2.0);
        add_place(&places, rect_right(frame) - i * step, rect_bottom(frame) - CALLOUT_H / 2.0);
    }
    add_place(&places, rect_right(frame) + 3, y);
    add_place(&places, rect_right(frame) + 3, y + CALLOUT_H + 2);
    return places;
}

static double length(struct point a, struct point b) { return fabs(a.x - b.x) + fabs(a.y - b.y); }

/* Beside the label, then on the line itself, on its longest runs first. */
static struct places places_of_edge(const struct routed *routed) {
    static const double parts[] = {0.5, 0.3, 0.7, 0.4, 0.6, 0.2, 0.8};
    struct places places = {.n = 0};
    struct rect label = routed->label.w > 0 ? routed->label : routed->badge;
    if (label.w > 0) {
        double y = label.y + (label.h - CALLOUT_H) / 2, x = label.x + (label.w - CALLOUT_W) / 2;
        add_place(&places, rect_right(label) + 3, y);
        add_place(&places, fmin(label.x, routed->badge.w > 0 ? routed->badge.x : label.x) - 3 - CALLOUT_W, y);
        add_place(&places, x, label.y - 2 - CALLOUT_H);
        add_place(&places, x, rect_bottom(label) + 2);
    }
    double before = INFINITY;
    for (int turn = 0; turn < MOST_SEGMENTS; turn++) {
        size_t best = routed->n;
        for (size_t i = 0; i + 1 < routed->n; i++) {
            double here = length(routed->points[i], routed->points[i + 1]);
            if (here < before && (best == routed->n || here > length(routed->points[best], routed->points[best + 1])))
                best = i;
        }
        if (best == routed->n)
            break;
        struct point a = routed->points[best], b = routed->points[best + 1];
        before = length(a, b);
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            add_place(&places, a.x + (b.x - a.x) * parts[p] - CALLOUT_W / 2.0,
                      a.y + (b.y - a.y) * parts[p] - CALLOUT_H / 2.0);
    }
    return places;
}

/* --- choosing --------------------------------------------------------------------------------------------------------------- */

/* On a line or a frame like a bead, not beside its middle. */
static bool threaded(struct rect box, struct rect line) {
    struct point at = rect_centre(box);
    return rect_overlap((struct rect){at.x, at.y, 0, 0}, line, 2);
}

/* Not counted further once it is `enough`. */
static int cost_of(const struct callouts *callouts, struct rect box, const struct edge *edge, int enough) {
    const struct composer *composer = callouts->composer;
    double margin = composer->layout->metrics->margin;
    int cost = 0;
    if (box.x < 2 || rect_right(box) > composer->x + composer->layout->width + margin - 2 || box.y < 2 ||
        rect_bottom(box) > composer->y + composer->layout->height + margin - 2)
        cost += OFF_PAGE;
    if (callouts->home.w > 0 && !rect_inside(box, on_page(callouts, callouts->home)))
        cost += OVER_FRAME;
    for (size_t i = 0; i < callouts->obstacles.n && cost < enough; i++) {
        const struct obstacle *obstacle = &callouts->obstacles.at[i];
        bool own = edge && obstacle->edge == edge && threaded(box, obstacle->box);
        if (!own && rect_overlap(box, obstacle->box, 1))
            cost += obstacle->cost;
    }
    return cost;
}

/* The frame around the node, if the node does not stand astride it. */
static struct rect home_of(const struct layout *layout, const struct node *node) {
    struct rect none = {0};
    if (!node->parent || !node->parent->parent)
        return none;
    struct rect frame = layout->nodes[node->parent->index].box;
    return rect_inside(layout->nodes[node->index].box, frame) ? frame : none;
}

/* The best of the places; places->n when each hides more than `most` allows. */
static size_t best_place(const struct callouts *callouts, const struct places *places, const struct edge *edge,
                         int most) {
    size_t best = places->n;
    int least = most;
    for (size_t i = 0; i < places->n && least > (int)i; i++) {
        int cost = cost_of(callouts, on_page(callouts, places->at[i]), edge, least) + (int)i;
        if (cost < least)
            best = i, least = cost;
    }
    return best;
}

/* Draw the number at the best of the places; false when all would hide something and it is not needed. */
static bool draw_at(struct callouts *callouts, const struct places *places, const struct shown_note *note,
                    const struct edge *edge, bool needed) {
    size_t best = best_place(callouts, places, edge, needed ? INT_MAX : OVER_FRAME);
    if (best == places->n)
        return false;
    compose_callout(callouts->composer, on_page(callouts, places->at[best]), note);
    add_obstacle(callouts, places->at[best], OVER_TEXT, NULL);
    return true;
}

/* --- blocks ------------------------------------------------------------------------------------------------------------------ */

static void add_block(struct places *places, double x, double y, struct point size) {
    if (places->n < MOST_PLACES)
        places->at[places->n++] = (struct rect){x, y, size.x, size.y};
}

/* Where a block of this size may stand, the most usual place first: right above left and upper before lower, as for a single number. */
static struct places blocks_of_leaf(struct rect icon, struct rect name, struct point size) {
    struct places places = {.n = 0};
    const double gap = 3;
    double right = rect_right(icon) + gap, left = icon.x - gap - size.x, top = icon.y - gap - CALLOUT_H;
    double middle = icon.x + (icon.w - size.x) / 2, above = icon.y - gap - size.y;
    add_block(&places, right, top, size);
    add_block(&places, left, top, size);
    add_block(&places, rect_right(icon) - size.x, above, size);
    add_block(&places, icon.x, above, size);
    add_block(&places, middle, above, size);
    add_block(&places, right, icon.y, size);
    add_block(&places, left, icon.y, size);
    add_block(&places, right, rect_bottom(icon) - size.y, size);
    add_block(&places, left, rect_bottom(icon) - size.y, size);
    add_block(&places, fmax(rect_right(name), rect_right(icon)) + gap, rect_bottom(icon) + gap, size);
    add_block(&places, fmin(name.x, icon.x) - gap - size.x, rect_bottom(icon) + gap, size);
    add_block(&places, middle, rect_bottom(name) + gap, size);
    return places;
}

/* Behind the title, then from the far end of its band. */
static struct places blocks_of_group(struct rect frame, struct rect title, struct point size) {
    struct places places = {.n = 0};
    const double step = 12, y = frame.y + 8;
    for (double x = rect_right(title) + 6; x + size.x < rect_right(frame) - 4 && places.n < MOST_PLACES - 4; x += step)
        add_block(&places, x, y, size);
    add_block(&places, rect_right(frame) - 6 - size.x, y, size);
    add_block(&places, rect_right(frame) - 6 - size.x, rect_bottom(frame) - 6 - size.y, size);
    add_block(&places, frame.x + 6, rect_bottom(frame) - 6 - size.y, size);
    return places;
}

static struct point block_size(size_t n, size_t columns) {
    size_t rows = (n + columns - 1) / columns;
    return (struct point){(double)columns * (CALLOUT_W + CALLOUT_GAP) - CALLOUT_GAP,
                          (double)rows * (CALLOUT_H + CALLOUT_GAP) - CALLOUT_GAP};
}

struct block_place {
    struct rect box;
    size_t columns; /* 0: there is no room */
};

/* A row, two rows or a column, wherever nothing is hidden; the first shape that finds room. */
static struct block_place find_block(const struct callouts *callouts, const struct node *node, size_t n) {
    const struct placed *placed = &callouts->composer->layout->nodes[node->index];
    size_t row = n < MOST_IN_ROW ? n : MOST_IN_ROW, shapes[] = {n > 2 && !node->group ? (n + 1) / 2 : row, row, 1};
    if (shapes[0] > row)
        shapes[0] = row;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct point size = block_size(n, shapes[i]);
        struct places places = node->group ? blocks_of_group(placed->box, placed->title, size)
                                           : blocks_of_leaf(placed->icon, placed->title, size);
        size_t best = best_place(callouts, &places, NULL, OVER_FRAME);
        if (best < places.n)
            return (struct block_place){places.at[best], shapes[i]};
    }
    return (struct block_place){0};
}

static bool is_on(const struct shown_note *note, const struct node *node) {
    for (size_t i = 0; i < note->on_count; i++)
        if (note->on[i] == node)
            return true;
    return false;
}

/* All numbers of the node. Those that found no place in a block are left to draw_singly. */
static bool draw_block(struct callouts *callouts, const struct node *node) {
    const struct shown_notes *notes = callouts->composer->notes;
    size_t n = 0;
    for (size_t i = 0; i < notes->n; i++)
        n += is_on(&notes->at[i], node);
    if (!n)
        return true;
    struct block_place block = find_block(callouts, node, n);
    if (!block.columns)
        return false;
    size_t k = 0;
    for (size_t i = 0; i < notes->n; i++) {
        if (!is_on(&notes->at[i], node))
            continue;
        struct rect box = {block.box.x + (double)(k % block.columns) * (CALLOUT_W + CALLOUT_GAP),
                           block.box.y + (double)(k / block.columns) * (CALLOUT_H + CALLOUT_GAP), CALLOUT_W, CALLOUT_H};
        compose_callout(callouts->composer, on_page(callouts, box), &notes->at[i]);
        k++;
    }
    const double apart = 4; /* so that the blocks of two elements do not look like one */
    struct rect around = {block.box.x - apart, block.box.y - apart, block.box.w + 2 * apart, block.box.h + 2 * apart};
    add_obstacle(callouts, around, OVER_TEXT, NULL);
    return true;
}

static void draw_singly(struct callouts *callouts, const struct node *node, bool *drawn) {
    const struct shown_notes *notes = callouts->composer->notes;
    const struct placed *placed = &callouts->composer->layout->nodes[node->index];
    struct places places = node->group ? places_of_group(placed->box, placed->title)
                                       : places_of_leaf(placed->icon, placed->title);
    for (size_t i = 0; i < notes->n; i++) {
        const struct shown_note *note = &notes->at[i];
        if (is_on(note, node)) {
            bool last = note->on[note->on_count - 1] == node && note->edge_count == 0;
            drawn[i] = draw_at(callouts, &places, note, NULL, !drawn[i] && last) || drawn[i];
        }
    }
}

static void draw_on_edges(struct callouts *callouts, const struct shown_note *note, bool drawn) {
    const struct layout *layout = callouts->composer->layout;
    for (size_t i = 0; i < note->edge_count; i++) {
        struct places places = places_of_edge(&layout->edges[note->edges[i]->index]);
        drawn = draw_at(callouts, &places, note, note->edges[i], !drawn && i + 1 == note->edge_count) || drawn;
    }
}

void compose_callouts(struct composer *composer) {
    struct callouts callouts = {.composer = composer};
    const struct model *model = composer->model;
    const struct shown_notes *notes = composer->notes;
    if (model->notes_mode == NOTES_NONE || !notes->n)
        return;
    add_everything(&callouts);
    bool *drawn = arena_array(composer->arena, notes->n, sizeof *drawn);
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        callouts.home = node->group ? composer->layout->nodes[node->index].box : home_of(composer->layout, node);
        if (!draw_block(&callouts, node))
            draw_singly(&callouts, node, drawn);
        else
            for (size_t k = 0; k < notes->n; k++)
                drawn[k] = drawn[k] || is_on(&notes->at[k], node);
    }
    callouts.home = (struct rect){0};
    for (size_t i = 0; i < notes->n; i++)
        draw_on_edges(&callouts, &notes->at[i], drawn[i]);
}
