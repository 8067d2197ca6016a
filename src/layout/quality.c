#include "layout/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/overlay.h"
#include "layout/space.h"

enum { SHORTEST = 10, APART = 8, OFF_FRAME = 5, STUB = 20, NEARLY = 24, TEXT_SIZE_MOST = 64 };

/* A text that stands by itself: the label or badge of an edge, a badge of a node, the title of an overlay. */
struct loose_text {
    struct rect rect;
    const struct edge *edge;
    const struct node *node;
    const struct overlay *overlay;
    const char *what;
};

struct stretch { /* one straight run of a line */
    size_t edge, at;
};

struct meter {
    const struct model *model;
    const struct layout *layout;
    struct arena *arena;
    struct quality *quality;
    ARRAY(struct fault) faults;
    struct space leaves, titles, frames, lines, texts; /* frames: four sides a group */
    size_t *leaf_nodes, *title_nodes, *frame_nodes;    /* numbers of the spaces to indices of nodes */
    size_t leaf_count, title_count, frame_count;
    ARRAY(struct loose_text) loose;
    ARRAY(struct stretch) stretches;                        /* by number in `lines` */
    size_t *met_nodes, *met_texts, *met_shared, *met_close; /* by node, text, edge: the last edge that met it, + 1 */
};

/* --- geometry ----------------------------------------------------------------------------------------------------------- */

static struct rect segment(const struct routed *routed, size_t i) {
    struct point a = routed->points[i], b = routed->points[i + 1];
    return (struct rect){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

static bool upright(const struct routed *routed, size_t i) {
    return fabs(routed->points[i].x - routed->points[i + 1].x) < 0.01;
}

static bool holds(struct rect outer, struct rect inner) {
    return inner.x >= outer.x - 0.5 && inner.y >= outer.y - 0.5 && rect_right(inner) <= rect_right(outer) + 0.5 &&
           rect_bottom(inner) <= rect_bottom(outer) + 0.5;
}

static double apart(struct point a, struct point b) { return fabs(a.x - b.x) + fabs(a.y - b.y); }

static double length_of(const struct routed *routed) {
    double length = 0;
    for (size_t i = 0; i + 1 < routed->n; i++)
        length += apart(routed->points[i], routed->points[i + 1]);
    return length;
}

static const struct node *node_of(const struct meter *meter, const size_t *nodes, size_t number) {
    return meter->model->nodes[nodes[number]];
}

/* --- faults ---------------------------------------------------------------------------------------------------------------- */

static void add_fault(struct meter *meter, enum measure measure, struct mark mark, struct mark also, const char *text) {
    meter->quality->value[measure]++;
    *array_push(meter->arena, &meter->faults) = (struct fault){measure, mark, also, text, NULL, NULL};
}

static const char *line_name(const struct meter *meter, const struct edge *edge) {
    return arena_printf(meter->arena, "the line from `%s` to `%s`", edge->from->path, edge->to->path);
}

static const char *text_name(const struct meter *meter, const struct loose_text *text) {
    if (text->edge)
        return arena_printf(meter->arena, "the %s of %s", text->what, line_name(meter, text->edge));
    if (text->overlay)
        return arena_printf(meter->arena, "the %s of `%s`", text->what, text->overlay->id);
    return arena_printf(meter->arena, "the %s of `%s`", text->what, text->node->path);
}

static struct mark text_mark(const struct loose_text *text) {
    return text->edge ? text->edge->mark : text->overlay ? text->overlay->mark : text->node->mark;
}

static void line_fault(struct meter *meter, enum measure measure, const struct edge *edge, const char *does,
                       const struct node *node) {
    const char *text = arena_printf(meter->arena, "%s %s `%s`", line_name(meter, edge), does, node->path);
    add_fault(meter, measure, edge->mark, node->mark, text);
}

static void pair_fault(struct meter *meter, enum measure measure, const struct edge *a, const struct edge *b,
                       const char *does) {
    const char *text = arena_printf(meter->arena, "%s %s %s", line_name(meter, a), does, line_name(meter, b));
    add_fault(meter, measure, a->mark, b->mark, text);
    struct fault *fault = &meter->faults.at[meter->faults.n - 1];
    fault->edge = a, fault->other = b;
}

static void text_fault(struct meter *meter, enum measure measure, const struct loose_text *text, const char *does,
                       const char *what, struct mark also) {
    add_fault(meter, measure, text_mark(text), also,
              arena_printf(meter->arena, "%s %s %s", text_name(meter, text), does, what));
}

/* --- nodes ------------------------------------------------------------------------------------------------------------------- */

static void measure_children(struct meter *meter, const struct node *parent) {
    const struct placed *nodes = meter->layout->nodes;
    struct rect bounds = parent == meter->model->root ? (struct rect){0, 0, meter->layout->width, meter->layout->height}
                                                      : nodes[parent->index].box;
    struct space space = space_new(bounds, parent->child_count, meter->arena);
    for (size_t i = 0; i < parent->child_count; i++) {
        const struct node *child = parent->children[i];
        const size_t *found;
        struct rect box = nodes[child->index].box;
        if (parent != meter->model->root && !node_astride(child) && !holds(bounds, box))
            add_fault(meter, MEASURE_NODES_OVERLAP, child->mark, parent->mark,
                      arena_printf(meter->arena, "`%s` sticks out of its group", child->path));
        for (size_t n = space_find(&space, box, 0, &found), k = 0; k < n; k++)
            add_fault(meter, MEASURE_NODES_OVERLAP, child->mark, parent->children[found[k]]->mark,
                      arena_printf(meter->arena, "`%s` overlaps `%s`", child->path, parent->children[found[k]]->path));
        space_add(&space, box);
        if (child->group && child->child_count)
            measure_children(meter, child);
    }
}

/* A frame around members says that nothing else belongs to them. */
static void measure_overlay(struct meter *meter, const struct overlay *overlay) {
    const struct overlaid *overlaid = &meter->layout->overlays[overlay->index];
    for (size_t k = 0; k < overlaid->n; k++)
        for (size_t i = 0; i < meter->model->node_count; i++) {
            const struct node *node = meter->model->nodes[i];
            if (overlay_stranger(overlay, node) && rect_overlap(overlaid->frames[k], meter->layout->nodes[i].box, 0))
                add_fault(meter, MEASURE_NODES_OVERLAP, node->mark, overlay->mark,
                          arena_printf(meter->arena, "`%s` stands in the frame of `%s`, whose member it is not",
                                       node->path, overlay->id));
        }
}

/* What stands astride its group's frame lies partly outside, where it may meet strangers. */
static void measure_astride(struct meter *meter, const struct node *node) {
    const size_t *found;
    struct rect box = meter->layout->nodes[node->index].box;
    for (size_t n = space_find(&meter->leaves, box, 0, &found), i = 0; i < n; i++) {
        const struct node *other = node_of(meter, meter->leaf_nodes, found[i]);
        if (other->parent != node->parent && (!node_astride(other) || other->index > node->index))
            add_fault(meter, MEASURE_NODES_OVERLAP, node->mark, other->mark,
                      arena_printf(meter->arena, "`%s` overlaps `%s`", node->path, other->path));
    }
    for (size_t n = space_find(&meter->frames, box, 0, &found), i = 0; i < n; i++) {
        const struct node *group = node_of(meter, meter->frame_nodes, found[i] / 4);
        if (group != node->parent && (i == 0 || found[i] / 4 != found[i - 1] / 4))
            add_fault(meter, MEASURE_NODES_OVERLAP, node->mark, group->mark,
                      arena_printf(meter->arena, "`%s` stands on the frame of `%s`", node->path, group->path));
    }
}

/* --- lines and nodes ------------------------------------------------------------------------------------------------------------- */

static void measure_own_end(struct meter *meter, const struct edge *edge, const struct node *node, struct point end) {
    const struct routed *routed = &meter->layout->edges[edge->index];
    const struct placed *placed = &meter->layout->nodes[node->index];
    struct rect at = node->group ? placed->box : placed->icon;
    bool through = false, over = false;
    for (size_t k = 0; k + 1 < routed->n; k++) {
        through = through || (!node->group && rect_overlap(segment(routed, k), placed->icon, -0.5));
        over = over || (!node->group && rect_overlap(segment(routed, k), placed->title, -0.5));
    }
    if (through)
        line_fault(meter, MEASURE_LINE_NODE, edge, "runs through its own end", node);
    if (over)
        line_fault(meter, MEASURE_LINE_TEXT, edge, "runs over the name of", node);
    double in_x = fmin(end.x - at.x, rect_right(at) - end.x), in_y = fmin(end.y - at.y, rect_bottom(at) - end.y);
    bool on = in_x > -1 && in_y > -1 && (in_x < 1 || in_y < 1);
    bool under = !node->group && fabs(end.y - rect_bottom(placed->box)) < 1 && in_x > -1; /* below its name */
    if (!on && !under)
        line_fault(meter, MEASURE_LOOSE_END, edge, "does not reach", node);
}

/* True the first time in the life of an edge that it is asked for this thing. */
static bool first_time(size_t *met, size_t thing, const struct edge *edge) {
    bool first = met[thing] != edge->index + 1;
    met[thing] = edge->index + 1;
    return first;
}

static void measure_obstacles(struct meter *meter, const struct edge *edge) {
    const struct routed *routed = &meter->layout->edges[edge->index];
    for (size_t k = 0; k + 1 < routed->n; k++) {
        const size_t *found;
        struct rect run = segment(routed, k);
        for (size_t n = space_find(&meter->leaves, run, -0.5, &found), i = 0; i < n; i++) {
            const struct node *node = node_of(meter, meter->leaf_nodes, found[i]);
            if (node != edge->from && node != edge->to && first_time(meter->met_nodes, node->index, edge))
                line_fault(meter, MEASURE_LINE_NODE, edge, "runs through", node);
        }
        for (size_t n = space_find(&meter->titles, run, -0.5, &found), i = 0; i < n; i++) {
            const struct node *group = node_of(meter, meter->title_nodes, found[i]);
            if (first_time(meter->met_nodes, group->index, edge))
                line_fault(meter, MEASURE_LINE_TITLE, edge, "runs over the title of", group);
        }
        for (size_t n = space_find(&meter->texts, run, 0, &found), i = 0; i < n; i++) {
            const struct loose_text *text = &meter->loose.at[found[i]];
            if (first_time(meter->met_texts, found[i], edge))
                add_fault(
                    meter, MEASURE_LINE_TEXT, edge->mark, text_mark(text),
                    arena_printf(meter->arena, "%s runs over %s", line_name(meter, edge), text_name(meter, text)));
        }
    }
}

/* Two borders of a frame are met where a line ends at it or crosses it; only what runs beside one for a while counts. */
static void measure_along(struct meter *meter, const struct edge *edge) {
    const struct routed *routed = &meter->layout->edges[edge->index];
    for (size_t k = 0; k + 1 < routed->n; k++) {
        const size_t *found;
        struct rect run = segment(routed, k);
        bool up = upright(routed, k);
        for (size_t n = space_find(&meter->frames, run, OFF_FRAME, &found), i = 0; i < n; i++) {
            struct rect side = meter->frames.things[found[i]];
            if ((side.w == 0) != up || (side.w == 0 && side.h == 0))
                continue;
            double common = up ? fmin(rect_bottom(run), rect_bottom(side)) - fmax(run.y, side.y)
                               : fmin(rect_right(run), rect_right(side)) - fmax(run.x, side.x);
            if (common > SHORTEST)
                line_fault(meter, MEASURE_ALONG, edge, "runs along the frame of",
                           node_of(meter, meter->frame_nodes, found[i] / 4));
        }
    }
}

/* --- lines and lines ---------------------------------------------------------------------------------------------------------- */

/* An upright run and a flat one that go right through each other; touching ends do not count. */
static bool crosses(struct rect up, struct rect flat) {
    return flat.x < up.x && up.x < rect_right(flat) && up.y < flat.y && flat.y < rect_bottom(up);
}

static struct point point_at(const struct routed *routed, bool back, size_t i) {
    return routed->points[back ? routed->n - 1 - i : i];
}

/* How far two lines run together from the given ends. */
static double together(const struct routed *a, bool back_a, const struct routed *b, bool back_b) {
    double length = 0;
    if (apart(point_at(a, back_a, 0), point_at(b, back_b, 0)) > 1)
        return -1;
    for (size_t i = 1; i < a->n && i < b->n; i++) {
        struct point from = point_at(a, back_a, i - 1), p = point_at(a, back_a, i), q = point_at(b, back_b, i);
        bool same_way = (p.x - from.x) * (q.x - from.x) + (p.y - from.y) * (q.y - from.y) > 0;
        bool on_one_line = (fabs(p.x - from.x) < 0.01 && fabs(q.x - from.x) < 0.01) ||
                           (fabs(p.y - from.y) < 0.01 && fabs(q.y - from.y) < 0.01);
        if (!same_way || !on_one_line)
            break;
        length += fmin(apart(from, p), apart(from, q));
        if (apart(p, q) > 1)
            break;
    }
    return length;
}

static double way_to(const struct routed *routed, size_t at, struct point p) {
    double way = 0;
    for (size_t i = 0; i < at; i++)
        way += apart(routed->points[i], routed->points[i + 1]);
    return way + apart(routed->points[at], p);
}

/* Whether what run `i` of `a` has in common with `b`, from p to q, lies on the way that both lines take from an end they share. */
static bool on_trunk(const struct meter *meter, size_t a, size_t i, size_t b, struct point p, struct point q) {
    const struct edge *e = meter->model->edges[a], *f = meter->model->edges[b];
    const struct routed *s = &meter->layout->edges[a], *t = &meter->layout->edges[b];
    double first = way_to(s, i, p), second = way_to(s, i, q), whole = length_of(s), far = fmax(first, second),
           near = fmin(first, second);
    return (e->from == f->from && far <= together(s, false, t, false) + 1) ||
           (e->from == f->to && far <= together(s, false, t, true) + 1) ||
           (e->to == f->from && whole - near <= together(s, true, t, false) + 1) ||
           (e->to == f->to && whole - near <= together(s, true, t, true) + 1);
}

static void measure_parallel(struct meter *meter, struct stretch one, struct stretch two) {
    const struct routed *p = &meter->layout->edges[one.edge], *q = &meter->layout->edges[two.edge];
    const struct edge *a = meter->model->edges[one.edge], *b = meter->model->edges[two.edge];
    struct rect s = segment(p, one.at), t = segment(q, two.at);
    bool up = upright(p, one.at);
    double off = up ? fabs(s.x - t.x) : fabs(s.y - t.y);
    double lo = up ? fmax(s.y, t.y) : fmax(s.x, t.x),
           hi = up ? fmin(rect_bottom(s), rect_bottom(t)) : fmin(rect_right(s), rect_right(t));
    if (hi - lo <= 1 || off >= APART - 0.01)
        return;
    if (off >= 1) {
        if (hi - lo > SHORTEST && first_time(meter->met_close, two.edge, a))
            pair_fault(meter, MEASURE_CLOSE_RUNS, a, b, "runs too close beside");
        return;
    }
    struct point from = up ? (struct point){s.x, lo} : (struct point){lo, s.y},
                 to = up ? (struct point){s.x, hi} : (struct point){hi, s.y};
    if (!on_trunk(meter, one.edge, one.at, two.edge, from, to) && first_time(meter->met_shared, two.edge, a))
        pair_fault(meter, MEASURE_SHARED_RUN, a, b, "runs on");
}

static void measure_lines(struct meter *meter, const struct edge *edge) {
    const struct routed *routed = &meter->layout->edges[edge->index];
    for (size_t k = 0; k + 1 < routed->n; k++) {
        const size_t *found;
        struct rect run = segment(routed, k);
        for (size_t n = space_find(&meter->lines, run, APART, &found), i = 0; i < n; i++) {
            struct stretch other = meter->stretches.at[found[i]];
            const struct routed *theirs = &meter->layout->edges[other.edge];
            if (other.edge <= edge->index)
                continue;
            bool up = upright(routed, k);
            if (up == upright(theirs, other.at))
                measure_parallel(meter, (struct stretch){edge->index, k}, other);
            else if (crosses(up ? run : segment(theirs, other.at), up ? segment(theirs, other.at) : run))
                pair_fault(meter, MEASURE_CROSSINGS, edge, meter->model->edges[other.edge], "crosses");
        }
    }
}

static void measure_head(struct meter *meter, const struct edge *edge, bool arrow, struct point tip, struct point bend,
                         const struct node *node) {
    bool loop = edge->from == edge->to, straight = meter->layout->edges[edge->index].n == 2;
    if (arrow && !loop && !straight && apart(tip, bend) < STUB - 0.01)
        line_fault(meter, MEASURE_SHORT_ENDS, edge, "bends right before", node);
}

static void measure_shape(struct meter *meter, const struct edge *edge) {
    const struct routed *routed = &meter->layout->edges[edge->index];
    double length = length_of(routed), distance = apart(routed->points[0], routed->points[routed->n - 1]);
    for (size_t i = 1; i + 2 < routed->n; i++)
        if (apart(routed->points[i], routed->points[i + 1]) < SHORTEST - 0.01)
            add_fault(meter, MEASURE_JOGS, edge->mark, (struct mark){0},
                      arena_printf(meter->arena, "%s has a jog", line_name(meter, edge)));
    measure_head(meter, edge, edge->arrow_from, routed->points[0], routed->points[1], edge->from);
    measure_head(meter, edge, edge->arrow_to, routed->points[routed->n - 1], routed->points[routed->n - 2], edge->to);
    for (size_t i = 2; i < routed->n; i++)
        add_fault(meter, MEASURE_BENDS, edge->mark, (struct mark){0},
                  arena_printf(meter->arena, "%s bends", line_name(meter, edge)));
    meter->quality->length += length;
    meter->quality->value[MEASURE_DETOUR] += distance > 1 && edge->from != edge->to ? length / distance : 1;
}

/* --- ends on one side of an icon --------------------------------------------------------------------------------------------------- */

struct end {
    size_t node;
    int side; /* 0 left, 1 right, 2 top, 3 bottom */
    double at;
    const struct edge *edge;
};

static int by_side(const void *a, const void *b) {
    const struct end *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->side != y->side)
        return x->side - y->side;
    if (x->at < y->at || x->at > y->at)
        return x->at < y->at ? -1 : 1;
    return (x->edge->index > y->edge->index) - (x->edge->index < y->edge->index);
}

static struct end end_of(const struct meter *meter, const struct edge *edge, const struct node *node, struct point p) {
    struct rect icon = meter->layout->nodes[node->index].icon;
    bool left = fabs(p.x - icon.x) < 1, right = fabs(p.x - rect_right(icon)) < 1;
    return (struct end){node->index, left ? 0 : right ? 1 : p.y < icon.y + 1 ? 2 : 3, left || right ? p.y : p.x, edge};
}

/* Ends on one side, in order: those of a trunk are in one place and count once. A line in the middle may have others on one side only. */
static void measure_side(struct meter *meter, const struct end *ends, size_t n) {
    const struct node *node = meter->model->nodes[ends->node];
    struct point middle = rect_centre(meter->layout->nodes[ends->node].icon);
    double centre = ends->side < 2 ? middle.y : middle.x, least = INFINITY, most = 0;
    bool off = fabs((ends[0].at + ends[n - 1].at) / 2 - centre) > 1.5;
    for (size_t i = 0; i < n; i++)
        off = off && fabs(ends[i].at - centre) > 1.5;
    for (size_t i = 1; i < n; i++) {
        double gap = ends[i].at - ends[i - 1].at;
        if (gap > 0.5)
            least = fmin(least, gap), most = fmax(most, gap);
    }
    if (off || most - least > 1.5)
        line_fault(meter, MEASURE_UNEVEN, ends->edge, off ? "ends off the middle of" : "ends at an uneven distance on",
                   node);
}

static void measure_ends(struct meter *meter) {
    size_t n = 0, edges = meter->model->edge_count;
    struct end *ends = arena_array(meter->arena, 2 * edges, sizeof *ends);
    for (size_t i = 0; i < 2 * edges; i++) {
        const struct edge *edge = meter->model->edges[i / 2];
        const struct node *node = i % 2 ? edge->to : edge->from;
        const struct routed *routed = &meter->layout->edges[i / 2];
        if (!node->group && routed->n > 1 && edge->from != edge->to)
            ends[n++] = end_of(meter, edge, node, routed->points[i % 2 ? routed->n - 1 : 0]);
    }
    if (n)
        qsort(ends, n, sizeof *ends, by_side);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && ends[k].node == ends[i].node && ends[k].side == ends[i].side; k++)
            ;
        measure_side(meter, ends + i, k - i);
    }
}

/* --- what nearly agrees --------------------------------------------------------------------------------------------------------- */

static bool nearly(double a, double b) { return fabs(a - b) > 1.01 && fabs(a - b) < NEARLY; }

static void measure_near_miss(struct meter *meter, const struct edge *edge) {
    if (edge->from->group || edge->to->group)
        return;
    struct point a = rect_centre(meter->layout->nodes[edge->from->index].icon);
    struct point b = rect_centre(meter->layout->nodes[edge->to->index].icon);
    if (nearly(a.x, b.x) || nearly(a.y, b.y))
        line_fault(meter, MEASURE_NEAR_MISS, edge, "is nearly straight, but not quite, to", edge->to);
}

/* Less than half as large is meant to be smaller. */
static bool nearly_as_long(double a, double b) { return fabs(a - b) > 1.01 && fmin(a, b) > fmax(a, b) / 2; }

static void measure_peers(struct meter *meter, const struct node *group) {
    const struct node *before = NULL;
    for (size_t i = 0; i < group->child_count; i++) {
        const struct node *peer = group->children[i];
        if (!peer->group || peer->type->peers == PEERS_NONE)
            continue;
        if (before && before->type == peer->type) {
            struct rect a = meter->layout->nodes[before->index].box, b = meter->layout->nodes[peer->index].box;
            bool row = a.y < rect_bottom(b) && b.y < rect_bottom(a),
                 column = a.x < rect_right(b) && b.x < rect_right(a);
            if ((row && nearly_as_long(a.h, b.h)) || (column && nearly_as_long(a.w, b.w)))
                add_fault(meter, MEASURE_UNEQUAL, peer->mark, before->mark,
                          arena_printf(meter->arena, "`%s` is not quite as large as its peer `%s`", peer->path,
                                       before->path));
        }
        before = peer;
    }
}

/* --- texts -------------------------------------------------------------------------------------------------------------------- */

static void measure_text(struct meter *meter, size_t number) {
    const struct loose_text *text = &meter->loose.at[number];
    const size_t *found;
    for (size_t n = space_find(&meter->leaves, text->rect, 0, &found), i = 0; i < n; i++) {
        const struct node *node = node_of(meter, meter->leaf_nodes, found[i]);
        /* what belongs to a node may stand beside its icon, but not on its name */
        if (node != text->node || rect_overlap(text->rect, meter->layout->nodes[node->index].title, 0))
            text_fault(meter, MEASURE_TEXT_TEXT, text, "covers", arena_printf(meter->arena, "`%s`", node->path),
                       node->mark);
    }
    for (size_t n = space_find(&meter->titles, text->rect, 0, &found), i = 0; i < n; i++) {
        const struct node *group = node_of(meter, meter->title_nodes, found[i]);
        text_fault(meter, MEASURE_TEXT_TEXT, text, "covers the title of",
                   arena_printf(meter->arena, "`%s`", group->path), group->mark);
    }
    for (size_t n = space_find(&meter->texts, text->rect, 0, &found), i = 0; i < n; i++)
        if (found[i] > number)
            text_fault(meter, MEASURE_TEXT_TEXT, text, "covers", text_name(meter, &meter->loose.at[found[i]]),
                       text_mark(&meter->loose.at[found[i]]));
    for (size_t n = space_find(&meter->frames, text->rect, 0, &found), i = 0; i < n; i++) {
        const struct node *group = node_of(meter, meter->frame_nodes, found[i] / 4);
        if (i == 0 || found[i] / 4 != found[i - 1] / 4)
            text_fault(meter, MEASURE_TEXT_FRAME, text, "is cut by the frame of",
                       arena_printf(meter->arena, "`%s`", group->path), group->mark);
    }
}

static void measure_title(struct meter *meter, const struct node *group) {
    if (meter->layout->sizes.nodes[group->index].w > meter->layout->nodes[group->index].box.w + 0.5)
        add_fault(meter, MEASURE_TEXT_FRAME, group->mark, (struct mark){0},
                  arena_printf(meter->arena, "the title of `%s` is wider than its frame", group->path));
}

static void smaller(double *least, const struct block *blocks) {
    for (int lang = 0; lang < LANGS; lang++)
        if (blocks[lang].n)
            *least = fmin(*least, blocks[lang].size);
}

/* A slide is 13.33 x 7.5 in, 1280 x 720 px; 1 px is 0.75 pt. */
static double smallest_text(const struct meter *meter) {
    const struct layout *layout = meter->layout;
    double least = TEXT_SIZE_MOST, margin = 2 * layout->metrics->margin;
    for (size_t i = 0; i < meter->model->node_count; i++) {
        smaller(&least, layout->sizes.nodes[i].label);
        smaller(&least, layout->sizes.nodes[i].detail);
    }
    for (size_t i = 0; i < meter->model->edge_count; i++)
        smaller(&least, layout->sizes.edges[i].label);
    return 0.75 * least * fmin(1, fmin(1280 / (layout->width + margin), 720 / (layout->height + margin)));
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------ */

static void add_text(struct meter *meter, struct rect rect, const struct edge *edge, const struct node *node,
                     const char *what) {
    if (rect.w <= 0)
        return;
    *array_push(meter->arena, &meter->loose) = (struct loose_text){rect, edge, node, NULL, what};
    space_add(&meter->texts, rect);
}

static void list_overlays(struct meter *meter) {
    for (size_t i = 0; i < meter->model->overlay_count; i++)
        for (size_t k = 0; k < meter->layout->overlays[i].n; k++) {
            const struct overlay *overlay = meter->model->overlays[i];
            struct rect title = overlay_title(&meter->layout->sizes, overlay, meter->layout->overlays[i].frames[k]);
            *array_push(meter->arena, &meter->loose) = (struct loose_text){title, NULL, NULL, overlay, "title"};
            space_add(&meter->texts, title);
        }
}

static void list_nodes(struct meter *meter) {
    for (size_t i = 0; i < meter->model->node_count; i++) {
        const struct placed *placed = &meter->layout->nodes[i];
        const struct node *node = meter->model->nodes[i];
        if (node->group) {
            space_add(&meter->titles, placed->title);
            space_add_frame(&meter->frames, placed->box);
            meter->title_nodes[meter->title_count++] = meter->frame_nodes[meter->frame_count++] = i;
        } else {
            space_add(&meter->leaves, placed->box);
            meter->leaf_nodes[meter->leaf_count++] = i;
        }
        add_text(meter, meter->layout->step_badges[i], NULL, node, "step badge");
        struct rect life = life_badge(meter->model, meter->layout, node);
        life.h -= 2; /* its rim may touch the room of the name */
        if (!node->group)
            add_text(meter, life, NULL, node, "lifecycle badge");
    }
}

static void list_edges(struct meter *meter) {
    for (size_t i = 0; i < meter->model->edge_count; i++) {
        const struct routed *routed = &meter->layout->edges[i];
        add_text(meter, routed->label, meter->model->edges[i], NULL, "label");
        add_text(meter, routed->badge, meter->model->edges[i], NULL, "step badge");
        for (size_t k = 0; k + 1 < routed->n; k++) {
            space_add(&meter->lines, segment(routed, k));
            *array_push(meter->arena, &meter->stretches) = (struct stretch){i, k};
        }
    }
}

static void open_meter(struct meter *meter) {
    struct arena *arena = meter->arena;
    size_t nodes = meter->model->node_count, edges = meter->model->edge_count;
    struct rect all = {0, 0, meter->layout->width, meter->layout->height};
    meter->leaves = space_new(all, nodes, arena), meter->titles = space_new(all, nodes, arena);
    meter->frames = space_new(all, nodes, arena), meter->texts = space_new(all, edges, arena);
    meter->lines = space_new(all, 2 * edges, arena);
    meter->leaf_nodes = arena_array(arena, nodes, sizeof *meter->leaf_nodes);
    meter->title_nodes = arena_array(arena, nodes, sizeof *meter->title_nodes);
    meter->frame_nodes = arena_array(arena, nodes, sizeof *meter->frame_nodes);
    meter->met_nodes = arena_array(arena, nodes, sizeof *meter->met_nodes);
    meter->met_shared = arena_array(arena, edges, sizeof *meter->met_shared);
    meter->met_close = arena_array(arena, edges, sizeof *meter->met_close);
    list_nodes(meter);
    list_edges(meter);
    list_overlays(meter);
    meter->met_texts = arena_array(arena, meter->loose.n, sizeof *meter->met_texts);
}

static void measure_page(struct meter *meter) {
    const struct layout *layout = meter->layout;
    double *value = meter->quality->value, edges = (double)meter->model->edge_count, filled = 0,
           area = layout->width * layout->height;
    for (size_t i = 0; i < meter->model->node_count; i++) {
        struct rect r = meter->model->nodes[i]->group ? layout->nodes[i].title : layout->nodes[i].box;
        filled += r.w * r.h;
    }
    value[MEASURE_BENDS_PER_EDGE] = edges > 0 ? value[MEASURE_BENDS] / edges : 0;
    value[MEASURE_DETOUR] = edges > 0 ? value[MEASURE_DETOUR] / edges : 1;
    value[MEASURE_WHITE] = area > 0 ? fmax(0, 1 - filled / area) : 0;
    value[MEASURE_ASPECT] = layout->height > 0 ? layout->width / layout->height : 0;
    value[MEASURE_SMALLEST_TEXT] = smallest_text(meter);
}

/* By measure; a stable order for equals, since an arena array is sorted by counting. */
static void sort_faults(struct meter *meter) {
    size_t start[MEASURES + 1] = {0};
    struct fault *sorted = arena_array(meter->arena, meter->faults.n, sizeof *sorted);
    for (size_t i = 0; i < meter->faults.n; i++)
        start[meter->faults.at[i].measure + 1]++;
    for (size_t m = 0; m < MEASURES; m++)
        start[m + 1] += start[m];
    for (size_t i = 0; i < meter->faults.n; i++)
        sorted[start[meter->faults.at[i].measure]++] = meter->faults.at[i];
    meter->quality->faults = sorted;
    meter->quality->fault_count = meter->faults.n;
}

struct quality quality_measure(const struct model *model, const struct layout *layout, struct arena *arena) {
    struct quality quality = {.width = layout->width, .height = layout->height};
    struct meter meter = {.model = model, .layout = layout, .arena = arena, .quality = &quality};
    open_meter(&meter);
    measure_children(&meter, model->root);
    measure_peers(&meter, model->root);
    for (size_t i = 0; i < model->overlay_count; i++)
        measure_overlay(&meter, model->overlays[i]);
    for (size_t i = 0; i < model->node_count; i++)
        if (node_astride(model->nodes[i]))
            measure_astride(&meter, model->nodes[i]);
        else if (model->nodes[i]->group)
            measure_title(&meter, model->nodes[i]), measure_peers(&meter, model->nodes[i]);
    for (size_t e = 0; e < model->edge_count; e++) {
        const struct edge *edge = model->edges[e];
        const struct routed *routed = &layout->edges[e];
        if (routed->n < 2)
            continue;
        measure_own_end(&meter, edge, edge->from, routed->points[0]);
        measure_own_end(&meter, edge, edge->to, routed->points[routed->n - 1]);
        measure_obstacles(&meter, edge);
        measure_along(&meter, edge);
        measure_near_miss(&meter, edge);
        measure_lines(&meter, edge);
        measure_shape(&meter, edge);
    }
    measure_ends(&meter);
    for (size_t i = 0; i < meter.loose.n; i++)
        measure_text(&meter, i);
    measure_page(&meter);
    sort_faults(&meter);
    return quality;
}
