/* JSON: what the diagram is and where everything stands, for other programs. The form is that of templates/json/schema.json: a later
 * version may add keys; whatever takes one away or gives it another meaning raises `form`. Places are those of the SVG of the same
 * drawing, in px. Texts come in every language; sizes and places are those of the language drawn.
 */
#include "base/json.h"

#include <string.h>

#include "write/write.h"

enum { FORM = 1 };

struct json {
    struct str *out;
    const struct scene *scene;
    struct arena *arena;
    bool first;                                    /* nothing stands before in this object or list */
    const struct object **edges, **labels;         /* as drawn, by index; NULL: not drawn */
    ARRAY(const struct object *) callouts, badges; /* in the picture, not beside it */
};

/* --- form ---------------------------------------------------------------------------------------------------------------- */

static void separate(struct json *json) {
    str_put(json->out, json->first ? "" : ", ");
    json->first = false;
}

static void key(struct json *json, const char *name) {
    separate(json);
    json_string(json->out, name);
    str_put(json->out, ": ");
}

static void open(struct json *json, char bracket) {
    str_putc(json->out, bracket);
    json->first = true;
}

static void close(struct json *json, char bracket) {
    str_putc(json->out, bracket);
    json->first = false;
}

static void put_string(struct json *json, const char *name, const char *value) {
    key(json, name);
    json_string(json->out, value);
}

static void put_number(struct json *json, const char *name, double value) {
    key(json, name);
    str_number(json->out, value, 2);
}

static void put_bool(struct json *json, const char *name, bool value) {
    key(json, name);
    str_put(json->out, value ? "true" : "false");
}

static void put_step(struct json *json, int step) {
    key(json, "step");
    if (step)
        str_int(json->out, step);
    else
        str_put(json->out, "null");
}

static void put_colour(struct json *json, const char *name, uint32_t rgb) {
    key(json, name);
    str_printf(json->out, "\"#%06X\"", (unsigned)rgb);
}

/* {"en": ..., "ja": ...}, or null when there is no text. */
static void put_languages(struct json *json, const char *name, const char *const in[LANGS]) {
    key(json, name);
    if (!in[0]) {
        str_put(json->out, "null");
        return;
    }
    open(json, '{');
    for (int lang = 0; lang < LANGS; lang++)
        put_string(json, lang_codes[lang], in[lang]);
    close(json, '}');
}

static void put_rect(struct json *json, struct rect box) {
    open(json, '{');
    put_number(json, "x", box.x);
    put_number(json, "y", box.y);
    put_number(json, "width", box.w);
    put_number(json, "height", box.h);
    close(json, '}');
}

static void put_box(struct json *json, const char *name, struct rect box) {
    key(json, name);
    if (box.w > 0 || box.h > 0)
        put_rect(json, box);
    else
        str_put(json->out, "null");
}

/* The name of the file without its folder: the same text wherever the scenario lies. What comes from a part says where that is used. */
static void put_mark(struct json *json, const char *name, struct mark mark) {
    key(json, name);
    if (!mark.source) {
        str_put(json->out, "null");
        return;
    }
    struct position at = source_position(mark.source, mark.start);
    const char *slash = strrchr(mark.source->name, '/');
    open(json, '{');
    put_string(json, "file", slash ? slash + 1 : mark.source->name);
    put_number(json, "line", at.line);
    put_number(json, "column", at.column);
    if (mark.via)
        put_mark(json, "via", *mark.via);
    close(json, '}');
}

static struct rect moved(const struct json *json, struct rect box) {
    box.x += json->scene->origin.x, box.y += json->scene->origin.y;
    return box;
}

/* A list with a line for every row. */
static void begin_rows(struct json *json, const char *name) {
    str_put(json->out, ",\n");
    json_string(json->out, name);
    str_put(json->out, ": [");
    json->first = true;
}

static void begin_row(struct json *json) {
    str_put(json->out, json->first ? "\n  " : ",\n  ");
    open(json, '{');
}

static void end_rows(struct json *json) {
    str_put(json->out, json->first ? "]" : "\n]");
    json->first = false;
}

/* --- what was drawn where ------------------------------------------------------------------------------------------------- */

static bool beside(enum object_kind kind) { return kind == OBJECT_NOTES || kind == OBJECT_STEPS; }

static void gather_object(struct json *json, const struct object *object, size_t *edge) {
    const struct model *model = json->scene->model;
    if (object->kind == OBJECT_EDGE) {
        while (*edge < model->edge_count && model->edges[*edge]->id != object->id)
            ++*edge; /* lines are drawn in the order of the model */
        if (*edge < model->edge_count)
            json->edges[*edge] = object;
    } else if (object->kind == OBJECT_LABEL && *edge < model->edge_count) {
        json->labels[*edge] = object;
    } else if (object->kind == OBJECT_CALLOUT) {
        *array_push(json->arena, &json->callouts) = object;
    } else if (object->kind == OBJECT_STEP) {
        *array_push(json->arena, &json->badges) = object;
    }
}

static void gather(struct json *json) {
    const struct scene *scene = json->scene;
    size_t edge = 0;
    unsigned depth = 0, outside = 0; /* outside: the depth of the panel's section that is open */
    json->edges = arena_array(json->arena, scene->model->edge_count, sizeof *json->edges);
    json->labels = arena_array(json->arena, scene->model->edge_count, sizeof *json->labels);
    for (size_t i = 0; i < scene->items.n; i++) {
        const struct scene_item *item = &scene->items.at[i];
        if (item->op == SCENE_BEGIN) {
            depth++;
            if (!outside && beside(item->object.kind))
                outside = depth;
            if (!outside)
                gather_object(json, &item->object, &edge);
        } else if (item->op == SCENE_END) {
            outside = outside == depth ? 0 : outside;
            depth--;
        }
    }
}

/* --- rows ------------------------------------------------------------------------------------------------------------------ */

static void put_head(struct json *json) {
    const struct scene *scene = json->scene;
    const struct layout *layout = scene->layout;
    str_put(json->out, "{\n");
    json->first = true;
    key(json, "form");
    str_int(json->out, FORM);
    put_string(json, "language", lang_codes[scene->lang]);
    put_string(json, "theme", scene->theme->name);
    str_put(json->out, ",\n");
    json->first = true;
    put_languages(json, "title", scene->model->title.in);
    str_put(json->out, ",\n");
    json->first = true;
    put_languages(json, "description", scene->model->description.in);
    str_put(json->out, ",\n");
    json->first = true;
    put_box(json, "page", (struct rect){0, 0, scene->width, scene->height});
    put_box(json, "diagram", moved(json, (struct rect){0, 0, layout->width, layout->height}));
}

static void put_values(struct json *json, const struct value *values, size_t n) {
    key(json, "attributes");
    open(json, '{');
    for (size_t i = 0; i < n; i++)
        put_string(json, values[i].key, values[i].value);
    close(json, '}');
}

static const char *emphasis_name(enum emphasis emphasis) {
    return emphasis == EMPHASIS_STRONG ? "strong" : emphasis == EMPHASIS_MUTED ? "muted" : "none";
}

static void put_node(struct json *json, const struct node *node) {
    const struct placed *placed = &json->scene->layout->nodes[node->index];
    begin_row(json);
    put_string(json, "id", node->path);
    put_string(json, "parent", node->parent->parent ? node->parent->path : NULL);
    put_string(json, "type", node->type->key);
    put_languages(json, "label", node->label.in);
    put_values(json, node->values, node->value_count);
    put_box(json, "box", moved(json, placed->box));
    put_box(json, "icon", placed->icon.w > 0 ? moved(json, placed->icon) : (struct rect){0});
    put_step(json, node->step);
    put_string(json, "emphasis", emphasis_name(node->emphasis));
    put_bool(json, "implied", node->implied);
    put_string(json, "link", node->link);
    put_languages(json, "tooltip", node->tooltip.in);
    put_mark(json, "source", node->mark);
    close(json, '}');
}

static void put_nodes(struct json *json, const char *name, bool groups) {
    const struct model *model = json->scene->model;
    begin_rows(json, name);
    for (size_t i = 0; i < model->node_count; i++)
        if (model->nodes[i]->group == groups)
            put_node(json, model->nodes[i]);
    end_rows(json);
}

static void put_overlays(struct json *json) {
    const struct model *model = json->scene->model;
    begin_rows(json, "overlays");
    for (size_t i = 0; i < model->overlay_count; i++) {
        const struct overlay *overlay = model->overlays[i];
        const struct overlaid *overlaid = &json->scene->layout->overlays[i];
        begin_row(json);
        put_string(json, "id", overlay->id);
        put_string(json, "type", overlay->type->key);
        put_languages(json, "label", overlay->label.in);
        key(json, "members");
        open(json, '[');
        for (size_t k = 0; k < overlay->member_count; k++) {
            separate(json);
            json_string(json->out, overlay->members[k]->path);
        }
        close(json, ']');
        key(json, "frames");
        open(json, '[');
        for (size_t k = 0; k < overlaid->n; k++) {
            separate(json);
            put_rect(json, moved(json, overlaid->frames[k]));
        }
        close(json, ']');
        put_mark(json, "source", overlay->mark);
        close(json, '}');
    }
    end_rows(json);
}

static void put_points(struct json *json, const struct object *line) {
    key(json, "points");
    open(json, '[');
    for (size_t i = 0; line && i < line->point_count; i++) {
        separate(json);
        open(json, '{');
        put_number(json, "x", line->points[i].x);
        put_number(json, "y", line->points[i].y);
        close(json, '}');
    }
    close(json, ']');
}

static void put_edge(struct json *json, const struct edge *edge) {
    const struct object *label = json->labels[edge->index];
    begin_row(json);
    put_string(json, "id", edge->id);
    put_string(json, "from", edge->from->path);
    put_string(json, "to", edge->to->path);
    put_bool(json, "arrow-from", edge->arrow_from);
    put_bool(json, "arrow-to", edge->arrow_to);
    put_string(json, "kind", edge->kind->key);
    put_languages(json, "label", edge->label.in);
    put_values(json, edge->values, edge->value_count);
    put_points(json, json->edges[edge->index]);
    put_box(json, "label-box", label ? label->box : (struct rect){0});
    put_step(json, edge->step);
    put_string(json, "emphasis", emphasis_name(edge->emphasis));
    put_bool(json, "implied", edge->implied);
    put_string(json, "link", edge->link);
    put_languages(json, "tooltip", edge->tooltip.in);
    put_mark(json, "source", edge->mark);
    close(json, '}');
}

/* The ids of the edges and nodes with the number of a step. */
static void put_targets(struct json *json, int step) {
    const struct model *model = json->scene->model;
    key(json, "on");
    open(json, '[');
    for (size_t i = 0; i < model->edge_count; i++)
        if (model->edges[i]->step == step) {
            separate(json);
            json_string(json->out, model->edges[i]->id);
        }
    for (size_t i = 0; i < model->node_count; i++)
        if (model->nodes[i]->step == step) {
            separate(json);
            json_string(json->out, model->nodes[i]->path);
        }
    close(json, ']');
}

static void put_steps(struct json *json) {
    const struct model *model = json->scene->model;
    begin_rows(json, "steps");
    for (size_t i = 0; i < model->step_count; i++) {
        begin_row(json);
        put_number(json, "number", model->steps[i].number);
        put_languages(json, "text", model->steps[i].text.in);
        put_targets(json, model->steps[i].number);
        key(json, "badges");
        open(json, '[');
        for (size_t k = 0; k < json->badges.n; k++)
            if (json->badges.at[k]->step == model->steps[i].number) {
                separate(json);
                put_rect(json, json->badges.at[k]->box);
            }
        close(json, ']');
        put_mark(json, "source", model->steps[i].mark);
        close(json, '}');
    }
    end_rows(json);
}

static void put_breaches(struct json *json, const struct shown_note *shown) {
    key(json, "proofs");
    open(json, '[');
    for (size_t i = 0; i < shown->breach_count; i++) {
        separate(json);
        open(json, '{');
        put_string(json, "text", shown->breaches[i].text);
        put_mark(json, "at", shown->breaches[i].at);
        put_mark(json, "also", shown->breaches[i].also);
        close(json, '}');
    }
    close(json, ']');
}

static void put_note_places(struct json *json, const struct shown_note *shown) {
    key(json, "on");
    open(json, '[');
    for (size_t k = 0; k < shown->on_count; k++) {
        separate(json);
        json_string(json->out, shown->on[k]->path);
    }
    for (size_t k = 0; k < shown->edge_count; k++) {
        separate(json);
        json_string(json->out, shown->edges[k]->id);
    }
    close(json, ']');
    key(json, "callouts");
    open(json, '[');
    for (size_t k = 0; k < json->callouts.n; k++)
        if (json->callouts.at[k]->number == shown->number) {
            separate(json);
            put_rect(json, json->callouts.at[k]->box);
        }
    close(json, ']');
}

static void put_note(struct json *json, const struct shown_note *shown) {
    static const char *const states[] = {[NOTE_PLAIN] = "plain", [NOTE_HELD] = "held", [NOTE_VIOLATED] = "violated"};
    static const struct note own = {.status = NOTE_CURRENT};
    static const char *const none[LANGS] = {NULL};
    const struct note *note = shown->note ? shown->note : &own;
    begin_row(json);
    put_number(json, "number", shown->number);
    put_string(json, "id", note->id);
    put_string(json, "kind", note_kind_names[shown->kind]);
    put_string(json, "state", states[shown->state]);
    put_string(json, "status", note_status_names[note->status]);
    put_languages(json, "text", shown->note ? note->text : shown->own.in);
    put_languages(json, "today", note->today);
    put_languages(json, "nuance", note->nuance);
    put_string(json, "since", note->since);
    put_string(json, "reference", note->source);
    put_languages(json, "accepted", shown->accepted ? shown->accepted->in : none);
    put_note_places(json, shown);
    put_breaches(json, shown);
    close(json, '}');
}

/* Types and kinds in use, each once, in the order of their first use. */
static void put_types(struct json *json) {
    const struct model *model = json->scene->model;
    ARRAY(const struct type *) seen = {0};
    begin_rows(json, "types");
    for (size_t i = 0; i < model->node_count + model->overlay_count; i++) {
        const struct type *type = i < model->node_count ? model->nodes[i]->type
                                                        : model->overlays[i - model->node_count]->type;
        size_t k = 0;
        while (k < seen.n && seen.at[k] != type)
            k++;
        if (k < seen.n)
            continue;
        *array_push(json->arena, &seen) = type;
        begin_row(json);
        put_string(json, "type", type->key);
        put_languages(json, "name", type->name);
        put_string(json, "shape", shape_names[type->shape]);
        put_string(json, "category", type->category->key);
        put_colour(json, "colour", type->shape == SHAPE_GROUP ? type->frame : type->category->colour);
        put_string(json, "cloudformation", type->cloudformation);
        close(json, '}');
    }
    end_rows(json);
}

static void put_kinds(struct json *json) {
    const struct model *model = json->scene->model;
    const struct catalog *catalog = model->catalog;
    bool *used = arena_array(json->arena, catalog->kind_count, sizeof *used);
    for (size_t i = 0; i < model->edge_count; i++)
        used[model->edges[i]->kind - catalog->kinds] = true;
    begin_rows(json, "kinds");
    for (size_t i = 0; i < catalog->kind_count; i++) {
        const struct kind *kind = &catalog->kinds[i];
        if (!used[i])
            continue;
        struct paint ink = kind->colour ? paint_rgb(kind->colour) : paint_role(COLOUR_LINE);
        begin_row(json);
        put_string(json, "kind", kind->key);
        put_languages(json, "name", kind->name);
        put_colour(json, "colour", theme_rgb(json->scene->theme, ink, false));
        put_string(json, "dash", dash_names[kind->dash]);
        put_number(json, "width", kind->width);
        put_bool(json, "blocked", kind->blocked);
        close(json, '}');
    }
    end_rows(json);
}

int json_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    (void)options, (void)diags;
    struct json json = {.out = out, .scene = scene, .arena = arena_new()};
    gather(&json);
    put_head(&json);
    put_nodes(&json, "groups", true);
    put_overlays(&json);
    put_nodes(&json, "nodes", false);
    begin_rows(&json, "edges");
    for (size_t i = 0; i < scene->model->edge_count; i++)
        put_edge(&json, scene->model->edges[i]);
    end_rows(&json);
    put_steps(&json);
    begin_rows(&json, "notes");
    for (size_t i = 0; i < scene->notes->n; i++)
        put_note(&json, &scene->notes->at[i]);
    end_rows(&json);
    put_types(&json);
    put_kinds(&json);
    str_put(out, "\n}\n");
    arena_free(json.arena);
    return 0;
}
