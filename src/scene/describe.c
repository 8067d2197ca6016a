/* The picture in words, in reading order and a line each: what it is, the story, what stands where, what leads where. */
#include <stdlib.h>
#include <string.h>

#include "scene/compose_parts.h"

struct describer {
    struct composer *composer;
    bool *twin; /* by node: another node has the same name */
    struct str out;
};

static const char *label_of(const struct describer *describer, const struct node *node) {
    const char *label = compose_in(describer->composer, &node->label);
    return label ? label : node->path;
}

struct named {
    const char *label;
    unsigned index;
};

static int by_label(const void *a, const void *b) {
    const struct named *x = a, *y = b;
    int order = strcmp(x->label, y->label);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void find_twins(struct describer *describer) {
    const struct model *model = describer->composer->model;
    struct named *names = arena_array(describer->composer->arena, model->node_count, sizeof *names);
    describer->twin = arena_array(describer->composer->arena, model->node_count, sizeof *describer->twin);
    for (size_t i = 0; i < model->node_count; i++)
        names[i] = (struct named){label_of(describer, model->nodes[i]), (unsigned)model->nodes[i]->index};
    if (model->node_count)
        qsort(names, model->node_count, sizeof *names, by_label);
    for (size_t i = 1; i < model->node_count; i++)
        if (strcmp(names[i].label, names[i - 1].label) == 0)
            describer->twin[names[i].index] = describer->twin[names[i - 1].index] = true;
}

static void say(struct describer *describer, const char *en, const char *ja) {
    str_put(&describer->out, compose_word(describer->composer, en, ja));
}

/* The name, with that of its group where there is another of the same name. */
static void say_name(struct describer *describer, const struct node *node) {
    const struct node *group = node->parent;
    str_put(&describer->out, label_of(describer, node));
    if (describer->twin[node->index] && group && group != describer->composer->model->root) {
        say(describer, " (", "（");
        str_put(&describer->out, label_of(describer, group));
        say(describer, ")", "）");
    }
}

static void describe_children(struct describer *describer, const struct node *group) {
    for (size_t i = 0; i < group->child_count; i++) {
        const struct node *node = group->children[i];
        if (i)
            say(describer, ", ", "、");
        str_put(&describer->out, label_of(describer, node));
        if (node->child_count) {
            say(describer, " (holds ", "（内側に ");
            describe_children(describer, node);
            say(describer, ")", "）");
        }
    }
}

static void describe_edge(struct describer *describer, const struct edge *edge) {
    const char *label = compose_in(describer->composer, &edge->label);
    bool both = edge->arrow_from == edge->arrow_to, back = edge->arrow_from && !edge->arrow_to;
    const struct node *from = back ? edge->to : edge->from, *to = back ? edge->from : edge->to;
    str_put(&describer->out, "\n- ");
    say_name(describer, from);
    say(describer, !both ? " to " : edge->arrow_to ? " to and from " : " and ", both ? "と" : "から");
    say_name(describer, to);
    say(describer, "", both ? "の間" : "へ");
    if (edge->kind->blocked)
        say(describer, " (does not work)", "（通らない）");
    if (label) {
        say(describer, ": ", ": ");
        str_put(&describer->out, label);
    }
}

static void describe_steps(struct describer *describer) {
    const struct model *model = describer->composer->model;
    for (size_t i = 0; i < model->step_count; i++) {
        str_putc(&describer->out, '\n');
        say(describer, "Step ", "手順 ");
        str_printf(&describer->out, "%d: %s", model->steps[i].number,
                   compose_in(describer->composer, &model->steps[i].text));
    }
}

const char *compose_description(struct composer *composer) {
    struct describer describer = {.composer = composer, .out = STR_EMPTY};
    const struct model *model = composer->model;
    const char *title = compose_in(composer, &model->title), *about = compose_in(composer, &model->description);
    find_twins(&describer);
    if (title)
        str_put(&describer.out, title);
    if (about)
        str_printf(&describer.out, "%s%s", title ? "\n" : "", about);
    describe_steps(&describer);
    str_put(&describer.out, describer.out.n ? "\n" : "");
    say(&describer, "Elements: ", "要素: ");
    describe_children(&describer, model->root);
    if (model->edge_count) {
        str_putc(&describer.out, '\n');
        say(&describer, "Connections:", "接続:");
    }
    for (size_t i = 0; i < model->edge_count; i++)
        describe_edge(&describer, model->edges[i]);
    const char *copy = arena_copy(composer->arena, describer.out.at, describer.out.n);
    str_free(&describer.out);
    return copy;
}
