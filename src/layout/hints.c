/* What was wished is measured in the picture itself, so that a hint is reported whatever the reason it does not hold: a node on the frame of
 * its group, peers that stand in columns, a line that has no way to that side.
 */
#include "layout/hints.h"

#include <math.h>

static struct point middle(const struct layout *layout, const struct node *node) {
    const struct placed *placed = &layout->nodes[node->index];
    return rect_centre(node->group ? placed->box : placed->icon);
}

static bool sideways(enum direction direction) { return direction == DIRECTION_RIGHT || direction == DIRECTION_LEFT; }

static void check_row(const struct layout *layout, struct node *const *row, bool upright, struct mark mark,
                      struct diags *diags) {
    struct point first = middle(layout, row[0]);
    for (size_t i = 1; row[i]; i++) {
        struct point other = middle(layout, row[i]);
        if (fabs(upright ? other.x - first.x : other.y - first.y) <= 2)
            continue;
        diag_add(diags, DIAG_hint_ignored, mark, "`%s` and `%s` cannot share a rank", row[0]->path, row[i]->path);
        if (!row[0]->group && !row[i]->group)
            diag_hint(diags, "a node that stands on the frame of its group, or is stacked in columns, has no rank");
        return;
    }
}

static void check_rows(const struct layout *layout, const struct node *group, enum direction direction,
                       struct diags *diags) {
    for (size_t r = 0; group->same_rank && group->same_rank[r]; r++)
        check_row(layout, group->same_rank[r], sideways(direction), group->same_rank_marks[r], diags);
}

static const char *const side_names[] = {"any side", "left", "right", "top", "bottom"};

/* The side a line leaves by: where it goes first, or where on the frame it stands. */
static enum side side_of(const struct layout *layout, const struct node *node, struct point at, struct point next) {
    struct rect box = layout->nodes[node->index].box;
    if (!node->group) {
        if (fabs(next.x - at.x) > fabs(next.y - at.y))
            return next.x > at.x ? SIDE_RIGHT : SIDE_LEFT;
        return next.y > at.y ? SIDE_BOTTOM : SIDE_TOP;
    }
    double gaps[] = {fabs(at.x - box.x), fabs(at.x - rect_right(box)), fabs(at.y - box.y),
                     fabs(at.y - rect_bottom(box))};
    size_t best = 0;
    for (size_t i = 1; i < 4; i++)
        best = gaps[i] < gaps[best] ? i : best;
    return (enum side)(SIDE_LEFT + best);
}

static void check_side(const struct layout *layout, const struct edge *edge, bool from, struct diags *diags) {
    const struct routed *routed = &layout->edges[edge->index];
    enum side wanted = from ? edge->side_from : edge->side_to;
    if (wanted == SIDE_ANY || routed->n < 2)
        return;
    size_t at = from ? 0 : routed->n - 1, next = from ? 1 : routed->n - 2;
    const struct node *node = from ? edge->from : edge->to;
    enum side side = side_of(layout, node, routed->points[at], routed->points[next]);
    if (side != wanted)
        diag_add(diags, DIAG_hint_ignored, edge->mark,
                 "the line is tied to the %s of `%s`, as it finds no way to the %s", side_names[side], node->path,
                 side_names[wanted]);
}

void hints_check(const struct model *model, const struct layout *layout, struct diags *diags) {
    check_rows(layout, model->root, layout->direction, diags);
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        check_rows(layout, node, layout->nodes[i].direction, diags);
        if (node->direction != DIRECTION_DEFAULT && !node->child_count)
            diag_add(diags, DIAG_hint_ignored, node->mark, "`%s` holds nothing that could have a direction",
                     node->path);
    }
    for (size_t i = 0; i < model->edge_count; i++) {
        check_side(layout, model->edges[i], true, diags);
        check_side(layout, model->edges[i], false, diags);
    }
}
