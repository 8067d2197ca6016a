#include "layout/quality.h"

#include <math.h>

const char *const measure_names[MEASURES] = {
    "nodes-overlap", "line-through-node", "text-over-text", "line-over-text", "text-cut-by-frame",
    "shared-runs",   "crossings",         "bends",          "jogs",
};

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

static bool astride(const struct node *node) {
    if (node->group || !node->type->border || !node->parent->type)
        return false;
    for (const char *const *type = node->type->border; *type; type++)
        if (type_is(node->parent->type, *type))
            return true;
    return false;
}

static void measure_nodes(const struct model *model, const struct layout *layout, struct quality *quality) {
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        if (node->parent != model->root && !astride(node) &&
            !holds(layout->nodes[node->parent->index].box, layout->nodes[i].box))
            quality->count[MEASURE_NODES_OVERLAP]++;
        if (node->parent == NULL)
            continue;
        for (size_t s = 0; s < node->parent->child_count; s++) {
            const struct node *other = node->parent->children[s];
            if (other->index > i && rect_overlap(layout->nodes[i].box, layout->nodes[other->index].box, 0))
                quality->count[MEASURE_NODES_OVERLAP]++;
        }
    }
}

static void measure_line_and_nodes(const struct model *model, const struct layout *layout, size_t e,
                                   struct quality *quality) {
    const struct edge *edge = model->edges[e];
    const struct routed *routed = &layout->edges[e];
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        struct rect box = node->group ? layout->nodes[i].title : layout->nodes[i].box;
        bool own = node == edge->from || node == edge->to, hit = false;
        for (size_t k = 0; k + 1 < routed->n && !own; k++)
            hit = hit || rect_overlap(segment(routed, k), box, -0.5);
        if (hit)
            quality->count[node->group ? MEASURE_LINE_TEXT : MEASURE_LINE_NODE]++;
    }
}

/* An upright run and a flat one that go right through each other; touching ends do not count. */
static bool crosses(struct rect up, struct rect flat) {
    return flat.x < up.x && up.x < rect_right(flat) && up.y < flat.y && flat.y < rect_bottom(up);
}

static void measure_pair(const struct layout *layout, size_t a, size_t b, struct quality *quality) {
    const struct routed *p = &layout->edges[a], *q = &layout->edges[b];
    bool shared = false;
    for (size_t i = 0; i + 1 < p->n; i++)
        for (size_t k = 0; k + 1 < q->n; k++) {
            struct rect s = segment(p, i), t = segment(q, k);
            if (upright(p, i) == upright(q, k)) {
                bool close = upright(p, i) ? fabs(s.x - t.x) < 1 : fabs(s.y - t.y) < 1;
                double common = upright(p, i) ? fmin(rect_bottom(s), rect_bottom(t)) - fmax(s.y, t.y)
                                              : fmin(rect_right(s), rect_right(t)) - fmax(s.x, t.x);
                shared = shared || (close && common > 1);
            } else if (crosses(upright(p, i) ? s : t, upright(p, i) ? t : s)) {
                quality->count[MEASURE_CROSSINGS]++;
            }
        }
    quality->count[MEASURE_SHARED_RUN] += shared;
}

/* Texts that stand by themselves: the label and the badge of an edge, as one box each. */
static size_t texts_of(const struct routed *routed, struct rect out[2]) {
    size_t n = 0;
    if (routed->label.w > 0)
        out[n++] = routed->label;
    if (routed->badge.w > 0)
        out[n++] = routed->badge;
    return n;
}

static bool frame_cuts(struct rect frame, struct rect text) {
    return rect_overlap(frame, text, 0) && !holds(frame, text);
}

static void measure_text(const struct model *model, const struct layout *layout, size_t e, struct rect text,
                         struct quality *quality) {
    for (size_t i = 0; i < model->node_count; i++) {
        const struct placed *placed = &layout->nodes[i];
        bool group = model->nodes[i]->group;
        if (rect_overlap(text, group ? placed->title : placed->box, 0))
            quality->count[MEASURE_TEXT_TEXT]++;
        if (group && frame_cuts(placed->box, text))
            quality->count[MEASURE_TEXT_FRAME]++;
    }
    for (size_t o = 0; o < model->edge_count; o++) {
        const struct routed *other = &layout->edges[o];
        struct rect theirs[2];
        size_t n = o > e ? texts_of(other, theirs) : 0;
        for (size_t t = 0; t < n; t++)
            if (rect_overlap(text, theirs[t], 0))
                quality->count[MEASURE_TEXT_TEXT]++;
        bool hit = false;
        for (size_t k = 0; k + 1 < other->n && o != e; k++)
            hit = hit || rect_overlap(segment(other, k), text, 0);
        quality->count[MEASURE_LINE_TEXT] += hit;
    }
}

static void measure_shape(const struct routed *routed, struct quality *quality) {
    double length = 0;
    for (size_t i = 0; i + 1 < routed->n; i++) {
        struct rect s = segment(routed, i);
        length += s.w + s.h;
        if (i > 0 && i + 2 < routed->n && s.w + s.h < 10)
            quality->count[MEASURE_JOGS]++;
    }
    if (routed->n > 2)
        quality->count[MEASURE_BENDS] += (unsigned)routed->n - 2;
    struct point a = routed->points[0], b = routed->points[routed->n - 1];
    double apart = fabs(a.x - b.x) + fabs(a.y - b.y);
    quality->length += length;
    quality->detour += apart > 1 ? length / apart : 1;
}

struct quality quality_measure(const struct model *model, const struct layout *layout) {
    struct quality quality = {.width = layout->width, .height = layout->height};
    measure_nodes(model, layout, &quality);
    for (size_t e = 0; e < model->edge_count; e++) {
        const struct routed *routed = &layout->edges[e];
        struct rect texts[2];
        size_t n = texts_of(routed, texts);
        for (size_t t = 0; t < n; t++)
            measure_text(model, layout, e, texts[t], &quality);
        if (routed->n < 2)
            continue;
        measure_line_and_nodes(model, layout, e, &quality);
        measure_shape(routed, &quality);
        for (size_t o = e + 1; o < model->edge_count; o++)
            if (layout->edges[o].n > 1)
                measure_pair(layout, e, o, &quality);
    }
    quality.detour = model->edge_count ? quality.detour / (double)model->edge_count : 1;
    double filled = 0;
    for (size_t i = 0; i < model->node_count; i++)
        if (!model->nodes[i]->group)
            filled += layout->nodes[i].box.w * layout->nodes[i].box.h;
    quality.white = layout->width * layout->height > 0 ? 1 - filled / (layout->width * layout->height) : 0;
    return quality;
}

double quality_score(const struct quality *quality, double aspect) {
    double score = 0;
    for (int i = 0; i < MEASURE_CROSSINGS; i++)
        score += 400.0 * quality->count[i];
    score += 40.0 * quality->count[MEASURE_CROSSINGS] + 8.0 * quality->count[MEASURE_BENDS] +
             20.0 * quality->count[MEASURE_JOGS];
    score += quality->length / 40;
    if (quality->width > 0 && quality->height > 0) {
        double ratio = aspect > 0 ? log(quality->width / quality->height / aspect) : 0;
        /* what counts is how small the picture becomes on the page */
        double wide = aspect > 0 ? fmax(quality->width, quality->height * aspect) : quality->width;
        score += 60 * ratio * ratio + wide / 10;
    }
    return score;
}

void quality_print(const struct quality *quality, struct str *out) {
    for (int i = 0; i < MEASURES; i++)
        str_printf(out, "%s %u\n", measure_names[i], quality->count[i]);
    str_put(out, "detour ");
    str_number(out, quality->detour, 2);
    str_put(out, "\naspect ");
    str_number(out, quality->height > 0 ? quality->width / quality->height : 0, 2);
    str_put(out, "\nwhite-space ");
    str_number(out, quality->white, 2);
    str_putc(out, '\n');
}
