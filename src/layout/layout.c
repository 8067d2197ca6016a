#include "layout/layout.h"

const struct metrics metrics_default = {
    .icon = 48,
    .corner = 32,
    .label_size = 14,
    .detail_size = 12,
    .title_size = 14,
    .edge_size = 12,
    .label_width = 120,
    .label_gap = 6,
    .pad = 20,
    .band = 36,
    .node_gap = 28,
    .rank_gap = 60,
    .lane = 10,
    .badge = 20,
    .life = 16,
    .margin = 24,
};

double block_height(const struct block *block) { return (double)block->n * block->leading; }

struct rect life_badge(const struct model *model, const struct layout *layout, const struct node *node) {
    const struct placed *placed = &layout->nodes[node->index];
    double d = layout->metrics->life;
    struct rect icon = placed->icon.w > 0 ? placed->icon : (struct rect){placed->box.x, placed->box.y, 0, d};
    if (!type_changed(node->type, model->as_of))
        return (struct rect){0, 0, 0, 0};
    return (struct rect){node->group ? rect_right(icon) - d / 2 - 2 : icon.x - d / 2, rect_bottom(icon) - d + 2, d, d};
}

static void put_rect(struct str *out, const char *name, struct rect r) {
    str_printf(out, " %s ", name);
    double numbers[] = {r.x, r.y, r.w, r.h};
    for (int i = 0; i < 4; i++) {
        if (i)
            str_putc(out, ',');
        str_number(out, numbers[i], 2);
    }
}

void layout_dump(const struct model *model, const struct layout *layout, struct str *out) {
    str_put(out, "layout ");
    str_number(out, layout->width, 2);
    str_putc(out, ' ');
    str_number(out, layout->height, 2);
    str_putc(out, '\n');
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        str_printf(out, "%s %s", node->group ? "cluster" : "node", node->path);
        put_rect(out, "box", layout->nodes[i].box);
        put_rect(out, "icon", layout->nodes[i].icon);
        put_rect(out, "title", layout->nodes[i].title);
        if (layout->step_badges[i].w > 0)
            put_rect(out, "badge", layout->step_badges[i]);
        str_putc(out, '\n');
    }
    for (size_t i = 0; i < model->overlay_count; i++)
        for (size_t k = 0; k < layout->overlays[i].n; k++) {
            str_printf(out, "overlay %s", model->overlays[i]->id);
            put_rect(out, "box", layout->overlays[i].frames[k]);
            str_putc(out, '\n');
        }
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct routed *routed = &layout->edges[i];
        str_printf(out, "edge %s %s -> %s", model->edges[i]->id, model->edges[i]->from->path,
                   model->edges[i]->to->path);
        for (size_t k = 0; k < routed->n; k++) {
            str_putc(out, ' ');
            str_number(out, routed->points[k].x, 2);
            str_putc(out, ',');
            str_number(out, routed->points[k].y, 2);
        }
        if (routed->label.w > 0)
            put_rect(out, "label", routed->label);
        if (routed->badge.w > 0)
            put_rect(out, "badge", routed->badge);
        str_putc(out, '\n');
    }
}
