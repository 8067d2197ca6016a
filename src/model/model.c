#include "model/model.h"

#include <string.h>

const char *const note_kind_names[NOTE_KINDS] = {"fact", "rule", "recommendation", "limit", "warning"};
const char *const note_status_names[NOTE_STATUSES] = {"current", "outdated", "wrong", "unverified"};

struct node *model_common(struct node *a, struct node *b) {
    while (a->depth > b->depth)
        a = a->parent;
    while (b->depth > a->depth)
        b = b->parent;
    while (a != b)
        a = a->parent, b = b->parent;
    return a;
}

bool node_astride(const struct node *node) {
    if (node->group || !node->type->border || !node->parent->type)
        return false;
    for (const char *const *type = node->type->border; *type; type++)
        if (type_is(node->parent->type, *type))
            return true;
    return false;
}

bool model_within(const struct node *node, const struct node *ancestor) {
    while (node && node->depth > ancestor->depth)
        node = node->parent;
    return node == ancestor;
}

/* True when `path` is `name`, or ends in it behind a dot. */
static bool ends_in(const char *path, const char *name) {
    size_t n = strlen(path), m = strlen(name);
    return m <= n && strcmp(path + n - m, name) == 0 && (m == n || path[n - m - 1] == '.');
}

struct node *model_find(const struct model *model, const char *name, struct node **found, size_t most, size_t *count) {
    struct node *only = NULL;
    *count = 0;
    for (size_t i = 0; i < model->node_count; i++) {
        struct node *node = model->nodes[i];
        if (!ends_in(node->path, name))
            continue;
        if (strcmp(node->path, name) == 0) { /* the whole path always names its node */
            *count = 1;
            return node;
        }
        if (*count < most)
            found[*count] = node;
        only = (*count)++ == 0 ? node : NULL;
    }
    return *count == 1 ? only : NULL;
}

/* --- dump --------------------------------------------------------------------------------------------------------------- */

static void put_quoted(struct str *out, const char *text) {
    str_putc(out, '"');
    for (; *text; text++)
        if (*text == '\n')
            str_put(out, "\\n");
        else if (*text == '"' || *text == '\\')
            str_printf(out, "\\%c", *text);
        else
            str_putc(out, *text);
    str_putc(out, '"');
}

static void put_text(struct str *out, const char *name, const struct text *text) {
    if (!text->in[LANG_EN])
        return;
    str_printf(out, " %s ", name);
    put_quoted(out, text->in[LANG_EN]);
    for (int lang = 1; lang < LANGS; lang++)
        if (strcmp(text->in[lang], text->in[LANG_EN]) != 0) {
            str_printf(out, " %s ", lang_codes[lang]);
            put_quoted(out, text->in[lang]);
        }
}

static void put_values(struct str *out, const struct value *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        str_printf(out, " %s%s=", values[i].attribute ? "" : "+", values[i].key);
        put_quoted(out, values[i].value);
    }
}

static void put_style(struct str *out, enum emphasis emphasis, const struct style *style) {
    if (emphasis)
        str_put(out, emphasis == EMPHASIS_STRONG ? " strong" : " muted");
    if (style->colour)
        str_printf(out, " colour %s", style->colour);
    if (style->has_dash)
        str_printf(out, " dash %s", dash_names[style->dash]);
    if (style->width > 0) {
        str_put(out, " width ");
        str_number(out, style->width, 2);
    }
}

static void dump_node(const struct node *node, struct str *out) {
    static const char *const directions[] = {"", "right", "down", "left", "up"};
    str_fill(out, ' ', (size_t)4 * (node->depth - 1));
    str_printf(out, "%s %s %s", node->group ? "group" : "node", node->path, node->type->key);
    put_text(out, "label", &node->label);
    put_values(out, node->values, node->value_count);
    if (node->direction)
        str_printf(out, " direction %s", directions[node->direction]);
    if (node->step)
        str_printf(out, " step %d", node->step);
    if (node->implied)
        str_put(out, " implied");
    if (node->link)
        str_printf(out, " link %s", node->link);
    put_text(out, "tooltip", &node->tooltip);
    put_style(out, node->emphasis, &node->style);
    for (struct node ***row = node->same_rank; row && *row; row++) {
        str_put(out, " same-rank");
        for (struct node **at = *row; *at; at++)
            str_printf(out, " %s", (*at)->id);
    }
    struct position position = source_position(node->mark.source, node->mark.start);
    str_printf(out, " @%u:%u\n", position.line, position.column);
}

static void dump_edge(const struct edge *edge, struct str *out) {
    static const char *const sides[] = {"", "left", "right", "top", "bottom"};
    str_printf(out, "edge %s %s %s%s %s %s", edge->id, edge->from->path, edge->arrow_from ? "<" : "-",
               edge->arrow_to ? ">" : "-", edge->to->path, edge->kind->key);
    put_text(out, "label", &edge->label);
    if (edge->step)
        str_printf(out, " step %d", edge->step);
    if (edge->side_from)
        str_printf(out, " side-from %s", sides[edge->side_from]);
    if (edge->side_to)
        str_printf(out, " side-to %s", sides[edge->side_to]);
    if (edge->free_rank)
        str_put(out, " free-rank");
    if (edge->implied)
        str_put(out, " implied");
    put_values(out, edge->values, edge->value_count);
    put_style(out, edge->emphasis, &edge->style);
    struct position position = source_position(edge->mark.source, edge->mark.start);
    str_printf(out, " @%u:%u\n", position.line, position.column);
}

static void dump_overlay(const struct overlay *overlay, struct str *out) {
    str_printf(out, "overlay %s %s", overlay->id, overlay->type->key);
    put_text(out, "label", &overlay->label);
    str_put(out, " members");
    for (size_t i = 0; i < overlay->member_count; i++)
        str_printf(out, " %s", overlay->members[i]->path);
    struct position position = source_position(overlay->mark.source, overlay->mark.start);
    str_printf(out, " @%u:%u\n", position.line, position.column);
}

void model_dump(const struct model *model, struct str *out) {
    str_put(out, "scenario");
    put_text(out, "title", &model->title);
    put_text(out, "description", &model->description);
    str_printf(out, " lang %s%s\n", lang_codes[model->lang], model->line_jumps ? " line-jumps" : "");
    for (size_t i = 0; i < model->node_count; i++)
        dump_node(model->nodes[i], out);
    for (size_t i = 0; i < model->edge_count; i++)
        dump_edge(model->edges[i], out);
    for (size_t i = 0; i < model->overlay_count; i++)
        dump_overlay(model->overlays[i], out);
    for (size_t i = 0; i < model->step_count; i++) {
        str_printf(out, "step %d", model->steps[i].number);
        put_text(out, "text", &model->steps[i].text);
        str_putc(out, '\n');
    }
    for (size_t i = 0; i < model->show_count; i++)
        str_printf(out, "show %s\n", model->show[i].id);
    for (size_t i = 0; i < model->hide_count; i++)
        str_printf(out, "hide %s\n", model->hide[i].id);
    for (size_t i = 0; i < model->own_count; i++) {
        const struct own_note *own = &model->own[i];
        str_printf(out, "own %s %s", note_kind_names[own->kind],
                   own->on     ? own->on->path
                   : own->edge ? own->edge->id
                               : "-");
        put_text(out, "text", &own->text);
        str_putc(out, '\n');
    }
}
