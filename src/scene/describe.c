/* The picture in words, in reading order: what it is, the story, what stands where, what leads where. */
#include "scene/compose_parts.h"

static void describe_children(struct composer *composer, const struct node *group, struct str *out) {
    for (size_t i = 0; i < group->child_count; i++) {
        const struct node *node = group->children[i];
        str_printf(out, "%s%s", i ? compose_word(composer, ", ", "、") : "", compose_in(composer, &node->label));
        if (node->child_count) {
            str_put(out, compose_word(composer, " (holds ", "（内側に "));
            describe_children(composer, node, out);
            str_put(out, compose_word(composer, ")", "）"));
        }
    }
}

static void describe_edge(struct composer *composer, const struct edge *edge, struct str *out) {
    const char *from = compose_in(composer, &edge->from->label), *to = compose_in(composer, &edge->to->label);
    const char *label = compose_in(composer, &edge->label);
    bool both = edge->arrow_from == edge->arrow_to;
    if (composer->options->lang == LANG_JA)
        str_printf(out, "%s%s%s", from, both ? "と" : "から", to);
    else
        str_printf(out, "%s %s %s", from, both ? "and" : "to", to);
    if (edge->kind->blocked)
        str_put(out, compose_word(composer, " (does not work)", "（通らない）"));
    if (label)
        str_printf(out, "%s%s", compose_word(composer, ": ", "："), label);
    str_put(out, compose_word(composer, ". ", "。"));
}

const char *compose_description(struct composer *composer) {
    const struct model *model = composer->model;
    struct str out = STR_EMPTY;
    const char *title = compose_in(composer, &model->title), *about = compose_in(composer, &model->description);
    if (title)
        str_printf(&out, "%s%s", title, compose_word(composer, ". ", "。"));
    if (about)
        str_printf(&out, "%s ", about);
    for (size_t i = 0; i < model->step_count; i++)
        str_printf(&out, "%s%d: %s ", compose_word(composer, "Step ", "手順 "), model->steps[i].number,
                   compose_in(composer, &model->steps[i].text));
    str_put(&out, compose_word(composer, "Elements: ", "要素: "));
    describe_children(composer, model->root, &out);
    str_put(&out, compose_word(composer, ". ", "。"));
    if (model->edge_count)
        str_put(&out, compose_word(composer, "Connections: ", "接続: "));
    for (size_t i = 0; i < model->edge_count; i++)
        describe_edge(composer, model->edges[i], &out);
    while (out.n && out.at[out.n - 1] == ' ')
        out.n--;
    const char *copy = arena_copy(composer->arena, out.at, out.n);
    str_free(&out);
    return copy;
}
