/* DOT: the diagram as a graph for Graphviz and what reads its language. Groups are clusters; every element has the place it has in the
 * picture, so that `neato -n2` draws the same arrangement, and `dot`, which does not look at places, one of its own. Units there are
 * points (3/4 px), inches (96 px) for sizes, and y goes up. Icons are files to Graphviz and left out: a node is a box in the colour of
 * its category.
 */
#include <math.h>
#include <string.h>

#include "write/write.h"

static const double arrow_size = 0.6, arrow_length = 6; /* of Graphviz's 10 pt, and in pt */

enum { TITLE_INSET = 40, TITLE_GAP = 10, TITLE_BAND = 32 }; /* px: of a group */

struct dot {
    struct str *out;
    const struct scene *scene;
    bool first; /* no attribute stands before */
    int depth;
};

/* --- form ---------------------------------------------------------------------------------------------------------------- */

/* A quoted string. Where Graphviz looks for escapes and entities (`shown`) it must find the text as it is. */
static void put_quoted(struct str *out, const char *text, bool shown) {
    str_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            str_put(out, "\\\"");
        else if (*text == '\\')
            str_put(out, "\\\\");
        else if (*text == '\n')
            str_put(out, "\\n");
        else if (*text == '&' && shown)
            str_put(out, "&amp;");
        else
            str_putc(out, *text);
    }
    str_putc(out, '"');
}

static void indent(struct dot *dot) { str_fill(dot->out, ' ', 4 * (size_t)dot->depth); }

static void open_list(struct dot *dot) {
    str_put(dot->out, " [");
    dot->first = true;
}

static void close_list(struct dot *dot) { str_put(dot->out, "];\n"); }

static void name(struct dot *dot, const char *attribute) {
    str_printf(dot->out, "%s%s=", dot->first ? "" : ", ", attribute);
    dot->first = false;
}

static void put_text(struct dot *dot, const char *attribute, const char *text) {
    name(dot, attribute);
    put_quoted(dot->out, text, true);
}

static void put_word(struct dot *dot, const char *attribute, const char *word) {
    name(dot, attribute);
    put_quoted(dot->out, word, false);
}

static void put_number(struct dot *dot, const char *attribute, double value) {
    name(dot, attribute);
    str_number(dot->out, value, 4);
}

static void put_colour(struct dot *dot, const char *attribute, struct paint paint) {
    name(dot, attribute);
    str_printf(dot->out, "\"#%06X\"", (unsigned)theme_rgb(dot->scene->theme, paint, false));
}

static double up(const struct dot *dot, double y) { return (dot->scene->layout->height - y) * 0.75; }

static void put_point(struct dot *dot, struct point point) {
    str_number(dot->out, point.x * 0.75, 2);
    str_putc(dot->out, ',');
    str_number(dot->out, up(dot, point.y), 2);
}

static void put_position(struct dot *dot, const char *attribute, struct point point, const char *pin) {
    name(dot, attribute);
    str_putc(dot->out, '"');
    put_point(dot, point);
    str_printf(dot->out, "%s\"", pin);
}

static const char *text_of(const struct dot *dot, const struct text *text) { return text->in[dot->scene->lang]; }

static void put_references(struct dot *dot, const char *link, const struct text *tooltip) {
    if (link)
        put_word(dot, "URL", link);
    if (text_of(dot, tooltip))
        put_text(dot, "tooltip", text_of(dot, tooltip));
}

/* The lines of a block. */
static void put_block(struct str *out, const struct block *block, const char *between) {
    for (size_t i = 0; i < block->n; i++) {
        str_put(out, out->n ? between : "");
        str_putn(out, block->lines[i].at, block->lines[i].n);
    }
}

/* Name and details: each on a line of its own, or all on one, as titles of groups have them. */
static void put_label(struct dot *dot, const struct block *label, const struct block *detail, const char *between) {
    struct str text = STR_EMPTY;
    put_block(&text, label, between);
    put_block(&text, detail, between);
    put_text(dot, "label", text.at);
    str_free(&text);
}

/* --- nodes and groups ------------------------------------------------------------------------------------------------------- */

static void put_node(struct dot *dot, const struct node *node) {
    const struct placed *placed = &dot->scene->layout->nodes[node->index];
    const struct node_size *size = &dot->scene->layout->sizes.nodes[node->index];
    indent(dot);
    put_quoted(dot->out, node->path, false);
    open_list(dot);
    put_label(dot, &size->label[dot->scene->lang], &size->detail[dot->scene->lang], "\n");
    put_position(dot, "pos", rect_centre(placed->box), "!");
    put_number(dot, "width", placed->box.w / 96);
    put_number(dot, "height", placed->box.h / 96);
    put_colour(dot, "color", paint_rgb(node->type->category->colour));
    if (node->emphasis == EMPHASIS_MUTED || node->implied)
        put_colour(dot, "fontcolor", paint_role(COLOUR_MUTED));
    if (node->emphasis == EMPHASIS_STRONG)
        put_number(dot, "penwidth", 3);
    put_word(dot, "id", node->path);
    put_word(dot, "class", node->type->key);
    put_references(dot, node->link, &node->tooltip);
    close_list(dot);
}

static const char *prefixed(struct str *name, const char *prefix, const struct node *node) {
    str_clear(name);
    str_printf(name, "%s%s", prefix, node->path);
    return name->at;
}

/* Something for edges to end at, where a group holds nothing that could. */
static void put_anchor(struct dot *dot, const struct node *group, struct str *scratch) {
    indent(dot);
    put_quoted(dot->out, prefixed(scratch, "anchor_", group), false);
    open_list(dot);
    put_word(dot, "shape", "point");
    put_word(dot, "style", "invis");
    put_position(dot, "pos", rect_centre(dot->scene->layout->nodes[group->index].box), "!");
    put_number(dot, "width", 0.01);
    put_number(dot, "height", 0.01);
    close_list(dot);
}

static void put_group_looks(struct dot *dot, const struct node *group) {
    const struct rect box = dot->scene->layout->nodes[group->index].box;
    const struct node_size *size = &dot->scene->layout->sizes.nodes[group->index];
    const struct block *title = &size->label[dot->scene->lang], *detail = &size->detail[dot->scene->lang];
    double width = title->width + (detail->n ? TITLE_GAP + detail->width : 0);
    indent(dot);
    str_put(dot->out, "graph");
    open_list(dot);
    put_label(dot, title, detail, "  ");
    name(dot, "bb");
    str_putc(dot->out, '"');
    put_point(dot, (struct point){box.x, rect_bottom(box)});
    str_putc(dot->out, ',');
    put_point(dot, (struct point){rect_right(box), box.y});
    str_putc(dot->out, '"');
    put_position(dot, "lp", (struct point){box.x + TITLE_INSET + width / 2, box.y + TITLE_BAND / 2}, "");
    put_word(dot, "labeljust", "l");
    put_colour(dot, "color", paint_rgb(group->type->frame));
    put_word(dot, "style", dash_names[group->style.has_dash ? group->style.dash : group->type->dash]);
    put_word(dot, "id", group->path);
    put_word(dot, "class", group->type->key);
    put_references(dot, group->link, &group->tooltip);
    close_list(dot);
}

static void put_children(struct dot *dot, const struct node *parent);

static void put_group(struct dot *dot, const struct node *group) {
    struct str scratch = STR_EMPTY;
    indent(dot);
    str_put(dot->out, "subgraph ");
    put_quoted(dot->out, prefixed(&scratch, "cluster_", group), false);
    str_put(dot->out, " {\n");
    dot->depth++;
    put_group_looks(dot, group);
    put_children(dot, group);
    if (!group->child_count)
        put_anchor(dot, group, &scratch);
    dot->depth--;
    indent(dot);
    str_put(dot->out, "}\n");
    str_free(&scratch);
}

static void put_children(struct dot *dot, const struct node *parent) {
    for (size_t i = 0; i < parent->child_count; i++)
        if (parent->children[i]->group)
            put_group(dot, parent->children[i]);
        else
            put_node(dot, parent->children[i]);
}

/* --- edges ------------------------------------------------------------------------------------------------------------------- */

/* The leaf or anchor that stands for an end. */
static void put_end(struct dot *dot, const struct node *node) {
    struct str scratch = STR_EMPTY;
    while (node->group && node->child_count)
        node = node->children[0];
    put_quoted(dot->out, node->group ? prefixed(&scratch, "anchor_", node) : node->path, false);
    str_free(&scratch);
}

/* Cut at the frame of a group, which must not hold the other end. */
static void put_frame_end(struct dot *dot, const char *attribute, const struct node *end, const struct node *other) {
    struct str scratch = STR_EMPTY;
    if (end->group && !model_within(other, end))
        put_word(dot, attribute, prefixed(&scratch, "cluster_", end));
    str_free(&scratch);
}

static struct point back_from(struct point tip, struct point behind, double by) {
    double length = hypot(tip.x - behind.x, tip.y - behind.y);
    double part = length > 0 ? fmin(by, length / 2) / length : 0;
    return (struct point){tip.x + (behind.x - tip.x) * part, tip.y + (behind.y - tip.y) * part};
}

/* Lines end at the icon, in the box of their node; here that is all box. */
static struct point at_border(const struct dot *dot, const struct node *node, struct point tip, struct point behind) {
    struct rect box = dot->scene->layout->nodes[node->index].box;
    if (node->group)
        return tip;
    if (tip.y == behind.y)
        tip.x = behind.x > tip.x ? fmin(fmax(tip.x, rect_right(box)), behind.x) : fmax(fmin(tip.x, box.x), behind.x);
    else
        tip.y = behind.y > tip.y ? fmin(fmax(tip.y, rect_bottom(box)), behind.y) : fmax(fmin(tip.y, box.y), behind.y);
    return tip;
}

/* A spline: curves whose control points lie on their straight line; arrows stand before its ends. */
static void put_line(struct dot *dot, const struct edge *edge) {
    const struct routed *routed = &dot->scene->layout->edges[edge->index];
    size_t last = routed->n - 1;
    double room = arrow_length / 0.75;
    struct point from = at_border(dot, edge->from, routed->points[0], routed->points[1]);
    struct point to = at_border(dot, edge->to, routed->points[last], routed->points[last - 1]);
    name(dot, "pos");
    str_putc(dot->out, '"');
    struct point start = from, end = to;
    if (edge->arrow_from) {
        from = back_from(start, routed->points[1], room);
        str_put(dot->out, "s,");
        put_point(dot, start);
        str_putc(dot->out, ' ');
    }
    if (edge->arrow_to) {
        to = back_from(end, routed->points[last - 1], room);
        str_put(dot->out, "e,");
        put_point(dot, end);
        str_putc(dot->out, ' ');
    }
    put_point(dot, from);
    for (size_t i = 1; i < routed->n; i++) {
        struct point a = i == 1 ? from : routed->points[i - 1], b = i == last ? to : routed->points[i];
        struct point corner[3] = {a, b, b};
        for (size_t k = 0; k < 3; k++) {
            str_putc(dot->out, ' ');
            put_point(dot, corner[k]);
        }
    }
    str_putc(dot->out, '"');
}

/* The step badge stands before the first line, as in the picture. */
static void put_edge_label(struct dot *dot, const struct edge *edge) {
    const struct routed *routed = &dot->scene->layout->edges[edge->index];
    struct rect box = routed->label, badge = routed->badge;
    struct str words = STR_EMPTY, text = STR_EMPTY;
    put_block(&words, &dot->scene->layout->sizes.edges[edge->index].label[dot->scene->lang], "\n");
    if (edge->step)
        str_printf(&text, words.n ? "(%d) " : "(%d)", edge->step);
    str_putn(&text, words.at, words.n);
    if (box.w > 0 && badge.w > 0)
        box.w += box.x - badge.x, box.x = badge.x;
    if (text.n) {
        put_text(dot, "label", text.at);
        put_position(dot, "lp", rect_centre(box.w > 0 ? box : badge), "");
    }
    str_free(&words);
    str_free(&text);
}

static void put_edge_looks(struct dot *dot, const struct edge *edge) {
    static const char *const directions[2][2] = {{"none", "forward"}, {"back", "both"}};
    const struct kind *kind = edge->kind;
    enum dash dash = edge->style.has_dash ? edge->style.dash : kind->dash;
    put_word(dot, "dir", directions[edge->arrow_from][edge->arrow_to]);
    if (dash != DASH_SOLID)
        put_word(dot, "style", dash_names[dash]);
    put_colour(dot, "color",
               kind->blocked  ? paint_role(COLOUR_BAD)
               : kind->colour ? paint_rgb(kind->colour)
                              : paint_role(COLOUR_LINE));
    put_number(dot, "penwidth", edge->emphasis == EMPHASIS_STRONG ? 2.5 : kind->width);
    if (kind->blocked)
        put_word(dot, "arrowhead", "tee");
    if (edge->free_rank)
        put_word(dot, "constraint", "false");
}

static void put_edge(struct dot *dot, const struct edge *edge) {
    indent(dot);
    put_end(dot, edge->from);
    str_put(dot->out, " -> ");
    put_end(dot, edge->to);
    open_list(dot);
    put_word(dot, "id", edge->id);
    put_word(dot, "class", edge->kind->key);
    put_edge_label(dot, edge);
    put_edge_looks(dot, edge);
    put_frame_end(dot, "ltail", edge->from, edge->to);
    put_frame_end(dot, "lhead", edge->to, edge->from);
    if (dot->scene->layout->edges[edge->index].n >= 2)
        put_line(dot, edge);
    put_references(dot, edge->link, &edge->tooltip);
    close_list(dot);
}

/* --- the graph -------------------------------------------------------------------------------------------------------------- */

static void put_defaults(struct dot *dot) {
    static const char *const directions[] = {"LR", "LR", "TB", "RL", "BT"};
    const struct layout *layout = dot->scene->layout;
    str_put(dot->out, "    graph");
    open_list(dot);
    put_text(dot, "label", dot->scene->title);
    put_word(dot, "labelloc", "t");
    put_word(dot, "labeljust", "l");
    put_word(dot, "rankdir", directions[layout->direction]);
    put_word(dot, "compound", "true");
    put_word(dot, "newrank", "false");
    put_number(dot, "nodesep", layout->metrics ? layout->metrics->node_gap / 96 : 0.25);
    put_number(dot, "ranksep", layout->metrics ? layout->metrics->rank_gap / 96 : 0.5);
    put_colour(dot, "bgcolor", paint_role(COLOUR_PAGE));
    put_word(dot, "fontname", "Noto Sans JP");
    put_number(dot, "fontsize", 10.5);
    put_colour(dot, "fontcolor", paint_role(COLOUR_TEXT));
    close_list(dot);
    str_put(dot->out, "    node");
    open_list(dot);
    put_word(dot, "shape", "box");
    put_word(dot, "fixedsize", "true");
    put_number(dot, "margin", 0);
    put_word(dot, "fontname", "Noto Sans JP");
    put_number(dot, "fontsize", 9);
    put_number(dot, "penwidth", 1.5);
    put_colour(dot, "fontcolor", paint_role(COLOUR_TEXT));
    close_list(dot);
    str_put(dot->out, "    edge");
    open_list(dot);
    put_word(dot, "arrowhead", "vee");
    put_word(dot, "arrowtail", "vee");
    put_number(dot, "arrowsize", arrow_size);
    put_word(dot, "fontname", "Noto Sans JP");
    put_number(dot, "fontsize", 9);
    put_colour(dot, "fontcolor", paint_role(COLOUR_TEXT));
    close_list(dot);
}

/* Frames over groups cut across clusters, which Graphviz does not know: they are told in words. */
static void put_overlays(struct dot *dot) {
    const struct model *model = dot->scene->model;
    for (size_t i = 0; i < model->overlay_count; i++) {
        str_printf(dot->out, "    // %s %s holds", model->overlays[i]->type->key, model->overlays[i]->id);
        for (size_t k = 0; k < model->overlays[i]->member_count; k++)
            str_printf(dot->out, " %s", model->overlays[i]->members[k]->path);
        str_putc(dot->out, '\n');
    }
}

int dot_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    (void)options, (void)diags;
    struct dot dot = {.out = out, .scene = scene, .depth = 1};
    str_put(out,
            "// places are those of the picture: `neato -n2 -Tsvg` keeps them, `dot -Tsvg` finds its own\ndigraph ");
    put_quoted(out, scene->title, false);
    str_put(out, " {\n");
    put_defaults(&dot);
    put_children(&dot, scene->model->root);
    for (size_t i = 0; i < scene->model->edge_count; i++)
        put_edge(&dot, scene->model->edges[i]);
    put_overlays(&dot);
    str_put(out, "}\n");
    return 0;
}
