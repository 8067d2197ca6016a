/* The panel: a list of items (headings, steps, notes by group, the legend), each a small stack of texts with a badge beside it. */
#include "scene/compose_panel.h"

#include <math.h>
#include <string.h>

static const double gutter = 28, sample_width = 52, text_size = 13, text_leading = 19, small_size = 12,
                    small_leading = 18, heading_size = 15, badge_size = 11, badge_pad = 6;

static struct item *add_item(struct composer *composer, struct panel *panel, enum item_kind kind) {
    static const double before[] = {
        [ITEM_HEADING] = 20, [ITEM_GROUP] = 12, [ITEM_STEP] = 10, [ITEM_NOTE] = 10, [ITEM_KIND] = 4};
    struct item *item = array_push(composer->arena, &panel->items);
    *item = (struct item){.kind = kind, .before = before[kind]};
    item->indent = kind <= ITEM_GROUP ? 0 : kind == ITEM_KIND ? sample_width : gutter;
    return item;
}

/* The caller sets ink, and weight where it is bold, before the next text is added. */
static struct part *add_part(struct item *item, const char *text, double size, double leading) {
    struct part *part = &item->parts[item->n++];
    *part = (struct part){.text = text, .size = size, .leading = leading, .ink = paint_role(COLOUR_TEXT)};
    part->natural = font_width(WEIGHT_REGULAR, size, text, strlen(text));
    return part;
}

static struct item *add_heading(struct composer *composer, struct panel *panel, enum item_kind kind, const char *text,
                                struct paint ink) {
    struct item *item = add_item(composer, panel, kind);
    bool section = kind == ITEM_HEADING;
    struct part *part = add_part(item, text, section ? heading_size : small_size,
                                 section ? round(heading_size * 1.35) : small_leading);
    part->bold = true, part->ink = ink;
    return item;
}

static void add_steps(struct composer *composer, struct panel *panel) {
    const struct model *model = composer->model;
    if (model->step_count)
        add_heading(composer, panel, ITEM_HEADING, compose_word(composer, "Steps", "手順"), paint_role(COLOUR_TEXT));
    for (size_t i = 0; i < model->step_count; i++) {
        struct item *item = add_item(composer, panel, ITEM_STEP);
        item->step = &model->steps[i];
        add_part(item, compose_in(composer, &model->steps[i].text), text_size, text_leading);
    }
}

/* --- notes ------------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name[LANGS];
    enum theme_colour ink;
} groups[NOTE_GROUPS] = {
    [GROUP_VIOLATED] = {{"Violated", "違反"}, COLOUR_BAD},
    [GROUP_WARNINGS] = {{"Warnings", "注意"}, COLOUR_WARN},
    [GROUP_LIMITS] = {{"Rules and limits", "ルールと制限"}, COLOUR_MUTED},
    [GROUP_ADVICE] = {{"Recommendations", "推奨"}, COLOUR_MUTED},
    [GROUP_FACTS] = {{"Facts", "事実"}, COLOUR_MUTED},
};

/* "Outdated since 2021": a badge above the text. */
static void add_status(struct composer *composer, struct item *item, const struct note *note) {
    bool wrong = note->status == NOTE_WRONG;
    const char *text = wrong ? compose_word(composer, "Incorrect", "誤り")
                             : compose_word(composer, "Outdated", "旧情報");
    if (!wrong && note->since)
        text = arena_printf(composer->arena, "%s%s%s", compose_word(composer, "Outdated since ", ""), note->since,
                            compose_word(composer, "", " から旧情報"));
    struct part *part = add_part(item, text, badge_size, text_leading + 2);
    part->bold = part->badge = true, part->ink = paint_role(COLOUR_WARN);
}

static void add_note(struct composer *composer, struct panel *panel, const struct shown_note *shown) {
    enum lang lang = composer->options->lang;
    const struct note *note = shown->note;
    struct item *item = add_item(composer, panel, ITEM_NOTE);
    bool old = note && note->today[lang];
    item->note = shown;
    if (old)
        add_status(composer, item, note);
    add_part(item, note ? note->text[lang] : shown->own.in[lang], text_size, text_leading)->ink = paint_role(
        old ? COLOUR_MUTED : COLOUR_TEXT);
    if (old)
        add_part(item,
                 arena_printf(composer->arena, "%s%s", compose_word(composer, "Today: ", "現在: "), note->today[lang]),
                 text_size, text_leading);
    else if (note && note->nuance[lang])
        add_part(item, note->nuance[lang], text_size, text_leading)->ink = paint_role(COLOUR_MUTED);
    if (shown->accepted)
        add_part(item,
                 arena_printf(composer->arena, "%s%s", compose_word(composer, "Accepted: ", "意図的: "),
                              shown->accepted->in[lang]),
                 text_size, text_leading)
            ->ink = paint_role(COLOUR_WARN);
}

static void add_notes(struct composer *composer, struct panel *panel) {
    const struct shown_notes *notes = composer->notes;
    if (composer->model->notes_mode != NOTES_PANEL || !notes->n)
        return;
    add_heading(composer, panel, ITEM_HEADING, compose_word(composer, "Notes", "注記"), paint_role(COLOUR_TEXT));
    for (size_t i = 0; i < notes->n; i++) {
        enum note_group group = notes->at[i].group;
        if (i == 0 || group != notes->at[i - 1].group) {
            struct item *item = add_heading(composer, panel, ITEM_GROUP, groups[group].name[composer->options->lang],
                                            paint_role(groups[group].ink));
            item->note = &notes->at[i];
            item->before = i == 0 ? 6 : item->before;
        }
        add_note(composer, panel, &notes->at[i]);
        if (i == 0 || group != notes->at[i - 1].group)
            panel->items.at[panel->items.n - 1].before = 4;
    }
}

/* --- legend ---------------------------------------------------------------------------------------------------------------------- */

static bool same_look(const struct kind *a, const struct kind *b) {
    return a->colour == b->colour && a->dash == b->dash && fabs(a->width - b->width) < 0.01 && a->blocked == b->blocked;
}

static bool has_implied(const struct model *model) {
    bool found = false;
    for (size_t i = 0; i < model->node_count && !found; i++)
        found = model->nodes[i]->implied;
    for (size_t i = 0; i < model->edge_count && !found; i++)
        found = model->edges[i]->implied;
    return found;
}

/* Kinds in use, in the order of the catalogue; only when lines differ in looks does anybody need to be told. */
static void add_legend(struct composer *composer, struct panel *panel) {
    const struct model *model = composer->model;
    bool *used = arena_array(composer->arena, model->catalog->kind_count, sizeof *used), differ = false;
    bool implied = has_implied(model);
    for (size_t i = 0; i < model->edge_count; i++) {
        used[model->edges[i]->kind - model->catalog->kinds] = true;
        differ = differ || !same_look(model->edges[i]->kind, model->edges[0]->kind);
    }
    if (differ || implied)
        add_heading(composer, panel, ITEM_HEADING, compose_word(composer, "Legend", "凡例"), paint_role(COLOUR_TEXT));
    for (size_t i = 0; differ && i < model->catalog->kind_count; i++) {
        if (!used[i])
            continue;
        struct item *item = add_item(composer, panel, ITEM_KIND);
        item->line = &model->catalog->kinds[i];
        add_part(item, item->line->name[composer->options->lang], small_size, 20)->ink = paint_role(COLOUR_TEXT);
    }
    if (implied)
        add_part(add_item(composer, panel, ITEM_KIND), compose_word(composer, "Implied, not stated", "明示のない補足"),
                 small_size, 20);
}

struct panel *compose_panel_measure(struct composer *composer) {
    struct panel *panel = arena_alloc(composer->arena, sizeof *panel);
    array_reserve(composer->arena, &panel->items, composer->model->step_count + composer->notes->n + 16);
    add_steps(composer, panel);
    add_notes(composer, panel);
    add_legend(composer, panel);
    return panel->items.n ? panel : NULL;
}

void compose_panel_join(struct panel *panel, struct panel *other) {
    other->next = panel->next;
    panel->next = other;
}

double panel_least(const struct item *item) {
    bool ticked = item->kind == ITEM_NOTE && item->note->state == NOTE_HELD;
    return ticked ? 32 : item->kind == ITEM_STEP || item->kind == ITEM_NOTE ? 20 : 0;
}

void panel_break(struct composer *composer, struct panel *panel) {
    for (size_t i = 0; i < panel->items.n; i++) {
        struct item *item = &panel->items.at[i];
        item->height = 0;
        for (size_t k = 0; k < item->n; k++) {
            struct part *part = &item->parts[k];
            struct fit fit = {
                .size = part->size, .leading = part->leading, .bold = part->bold, .width = panel->width - item->indent};
            part->block = measure_text(composer->arena, part->text, &fit);
            item->height += block_height(&part->block);
        }
        item->height = fmax(item->height, panel_least(item));
    }
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------ */

static void draw_sample(struct composer *composer, const struct kind *kind, double x, double y) {
    struct path_step steps[] = {{PATH_MOVE, {{x, y}}}, {PATH_LINE, {{x + 40, y}}}};
    struct path_step cross[] = {{PATH_MOVE, {{x + 15, y - 5}}},
                                {PATH_LINE, {{x + 25, y + 5}}},
                                {PATH_MOVE, {{x + 25, y - 5}}},
                                {PATH_LINE, {{x + 15, y + 5}}}};
    struct path *line = scene_path(composer->scene, ROLE_LINE, steps, 2);
    line->stroke = compose_kind_paint(kind), line->width = kind->width, line->dash = kind->dash;
    if (kind->blocked) {
        struct path *mark = scene_path(composer->scene, ROLE_SHAPE, cross, 4);
        mark->stroke = paint_role(COLOUR_BAD), mark->width = 2;
    }
}

/* What was added is named in the ink of this word. */
static void draw_muted_name(struct composer *composer, double x, double y) {
    struct fit fit = {.size = small_size, .leading = 20, .width = sample_width};
    struct block block = measure_text(composer->arena, compose_word(composer, "Name", "名前"), &fit);
    compose_block(composer, &block, ROLE_TEXT, ANCHOR_START, x, y, paint_role(COLOUR_MUTED));
}

/* A check mark of 10 x 8 px: the rule is kept. */
static void draw_tick(struct composer *composer, double x, double y) {
    struct path_step steps[] = {
        {PATH_MOVE, {{x, y + 4}}}, {PATH_LINE, {{x + 3.5, y + 7.5}}}, {PATH_LINE, {{x + 10, y}}}};
    struct path *tick = scene_path(composer->scene, ROLE_SHAPE, steps, 3);
    tick->stroke = paint_role(COLOUR_GOOD), tick->width = 2;
}

/* Behind the heading of the rules: what the check mark means, where one stands below. */
static void draw_tick_key(struct composer *composer, const struct item *item, double x, double y, double width) {
    const struct shown_notes *notes = composer->notes;
    bool held = false;
    for (size_t i = 0; i < notes->n; i++)
        held = held || (notes->at[i].group == item->note->group && notes->at[i].state == NOTE_HELD);
    struct fit fit = {.size = small_size, .leading = small_leading, .width = 200};
    struct block block = measure_text(composer->arena, compose_word(composer, "kept here", "この図は遵守"), &fit);
    double at = x + item->parts[0].block.width + 14;
    if (!held || at + 14 + block.width > x + width)
        return;
    draw_tick(composer, at, y + 5);
    compose_block(composer, &block, ROLE_TEXT, ANCHOR_START, at + 15, y, paint_role(COLOUR_GOOD));
}

static double draw_part(struct composer *composer, const struct item *item, const struct part *part, double x,
                        double y) {
    enum role role = item->kind <= ITEM_GROUP ? ROLE_TITLE_TEXT : ROLE_TEXT;
    if (!part->badge)
        return compose_block(composer, &part->block, role, ANCHOR_START, x + item->indent, y, part->ink);
    struct rect box = {x + item->indent, y, part->block.width + 2 * badge_pad, part->leading - 4};
    scene_rect(composer->scene, ROLE_SHAPE, box, 4)->fill = part->ink;
    compose_block(composer, &part->block, role, ANCHOR_START, box.x + badge_pad, y - 2, paint_role(COLOUR_PANEL));
    return y + part->leading;
}

static void draw_item(struct composer *composer, const struct panel *panel, const struct item *item) {
    double x = panel->box.x + PANEL_PAD + item->at.x, y = panel->box.y + PANEL_PAD + item->at.y;
    if (item->kind == ITEM_NOTE)
        scene_begin(composer->scene, &(struct object){.kind = OBJECT_NOTE,
                                                      .note = item->note->note ? item->note->note->id : "own",
                                                      .number = item->note->number,
                                                      .box = {x, y, panel->width, item->height}});
    if (item->kind == ITEM_STEP)
        compose_badge(composer, (struct rect){x, y, 20, 20}, item->step->number);
    if (item->kind == ITEM_NOTE)
        compose_callout(composer, (struct rect){x + 1, y + 1, 18, 16}, item->note);
    if (item->kind == ITEM_NOTE && item->note->state == NOTE_HELD)
        draw_tick(composer, x + 5, y + 23);
    if (item->kind == ITEM_GROUP)
        draw_tick_key(composer, item, x, y, panel->width);
    if (item->kind == ITEM_KIND && item->line)
        draw_sample(composer, item->line, x, y + item->height / 2);
    else if (item->kind == ITEM_KIND)
        draw_muted_name(composer, x, y);
    double at = y;
    for (size_t i = 0; i < item->n; i++)
        at = draw_part(composer, item, &item->parts[i], x, at);
    if (item->kind == ITEM_NOTE)
        scene_end(composer->scene);
}

/* Sections of the panel are objects of their own: steps, notes, legend. */
static enum object_kind section_of(const struct panel *panel, size_t i) {
    enum item_kind first = i + 1 < panel->items.n ? panel->items.at[i + 1].kind : ITEM_KIND;
    return first == ITEM_STEP ? OBJECT_STEPS : first == ITEM_KIND ? OBJECT_LEGEND : OBJECT_NOTES;
}

void compose_panel_draw(struct composer *composer, struct panel *panel) {
    if (!panel->items.n)
        return; /* all of it stands on further pages */
    struct path *ground = scene_rect(composer->scene, ROLE_SHAPE, panel->box, 6);
    ground->fill = paint_role(COLOUR_PANEL);
    bool open = false;
    for (size_t i = 0; i < panel->items.n; i++) {
        if (panel->items.at[i].kind == ITEM_HEADING) {
            if (open)
                scene_end(composer->scene);
            scene_begin(composer->scene, &(struct object){.kind = section_of(panel, i), .box = panel->box});
            open = true;
        }
        draw_item(composer, panel, &panel->items.at[i]);
    }
    if (open)
        scene_end(composer->scene);
}
