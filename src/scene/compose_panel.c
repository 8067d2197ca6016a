/* The panel: a list of items (headings, steps, notes, the legend), each a small stack of text blocks with a badge beside it, flowed into
 * columns of one width. Where it stands is tried out: to the right in one or more columns, or below in as many as fit, and what
 * leaves the picture largest on its page is taken.
 */
#include <math.h>
#include <string.h>

#include "scene/compose_parts.h"

enum { MOST_BLOCKS = 4 };
static const double column_width = 360, gutter = 28, column_gap = 36, pad = 20, text_size = 13, text_leading = 19,
                    small_size = 12, small_leading = 18, heading_size = 15, item_gap = 12, section_gap = 20;

enum item_kind { ITEM_HEADING, ITEM_STEP, ITEM_NOTE, ITEM_KIND };

struct item {
    enum item_kind kind;
    struct block blocks[MOST_BLOCKS];
    struct paint inks[MOST_BLOCKS];
    size_t n;
    double height, before; /* before: room above it unless it is first in its column */
    const struct step *step;
    const struct shown_note *note;
    const struct kind *line;
    struct point at; /* where it is drawn */
};

struct panel {
    ARRAY(struct item) items;
    struct rect box;
    double width; /* of a column */
};

static void add_block(struct composer *composer, struct item *item, const char *text, const struct fit *fit,
                      struct paint ink) {
    item->blocks[item->n] = measure_text(composer->arena, text, fit);
    item->inks[item->n++] = ink;
}

static struct item *add_item(struct composer *composer, struct panel *panel, enum item_kind kind) {
    struct item *item = array_push(composer->arena, &panel->items);
    *item = (struct item){.kind = kind,
                          .before = kind == ITEM_HEADING ? section_gap
                                    : kind == ITEM_KIND  ? 4
                                                         : item_gap};
    return item;
}

static void close_item(struct item *item) {
    for (size_t i = 0; i < item->n; i++)
        item->height += block_height(&item->blocks[i]);
    if (item->kind == ITEM_STEP || item->kind == ITEM_NOTE)
        item->height = fmax(item->height, 20);
}

static void add_heading(struct composer *composer, struct panel *panel, const char *text) {
    struct fit fit = {.size = heading_size, .bold = true, .width = panel->width};
    struct item *item = add_item(composer, panel, ITEM_HEADING);
    add_block(composer, item, text, &fit, paint_role(COLOUR_TEXT));
    close_item(item);
}

static void add_steps(struct composer *composer, struct panel *panel) {
    const struct model *model = composer->model;
    struct fit fit = {.size = text_size, .leading = text_leading, .width = panel->width - gutter};
    if (model->step_count)
        add_heading(composer, panel, compose_word(composer, "Steps", "手順"));
    for (size_t i = 0; i < model->step_count; i++) {
        struct item *item = add_item(composer, panel, ITEM_STEP);
        item->step = &model->steps[i];
        add_block(composer, item, compose_in(composer, &model->steps[i].text), &fit, paint_role(COLOUR_TEXT));
        close_item(item);
    }
}

/* --- notes ----------------------------------------------------------------------------------------------------------------- */

static const char *kind_word(const struct composer *composer, enum note_kind kind) {
    static const char *const words[NOTE_KINDS][LANGS] = {
        {"Fact", "事実"}, {"Rule", "ルール"}, {"Recommendation", "推奨"}, {"Limit", "制限"}, {"Warning", "注意"}};
    return words[kind][composer->options->lang];
}

static struct paint kind_ink(enum note_kind kind) {
    return paint_role(kind == NOTE_WARNING || kind == NOTE_LIMIT ? COLOUR_WARN : COLOUR_MUTED);
}

/* "Rule, held", "Limit, violated", "Fact, outdated since 2021": facts that simply hold need no such line. */
static void add_kind_line(struct composer *composer, const struct panel *panel, struct item *item,
                          const struct shown_note *shown) {
    struct fit fit = {.size = small_size, .leading = small_leading, .bold = true, .width = panel->width - gutter};
    struct paint ink = kind_ink(shown->kind);
    struct str text = STR_EMPTY;
    str_put(&text, kind_word(composer, shown->kind));
    const char *comma = compose_word(composer, ", ", "・");
    if (shown->state == NOTE_VIOLATED) {
        str_printf(&text, "%s%s", comma,
                   shown->accepted ? compose_word(composer, "violated on purpose", "違反（意図的）")
                                   : compose_word(composer, "violated", "違反"));
        ink = paint_role(shown->accepted ? COLOUR_WARN : COLOUR_BAD);
    } else if (shown->state == NOTE_HELD) {
        str_printf(&text, "%s%s", comma, compose_word(composer, "held", "遵守"));
        ink = paint_role(COLOUR_GOOD);
    }
    const struct note *note = shown->note;
    bool old = note && (note->status == NOTE_OUTDATED || note->status == NOTE_WRONG);
    if (old) {
        str_printf(&text, "%s%s", comma,
                   note->status == NOTE_WRONG ? compose_word(composer, "not so", "誤り")
                                              : compose_word(composer, "outdated", "旧情報"));
        if (note->since && note->status == NOTE_OUTDATED)
            str_printf(&text, "%s%s%s", compose_word(composer, " since ", "（"), note->since,
                       compose_word(composer, "", " 以降）"));
        ink = paint_role(COLOUR_WARN);
    }
    if (shown->kind != NOTE_FACT || old || shown->state == NOTE_VIOLATED)
        add_block(composer, item, arena_copy(composer->arena, text.at, text.n), &fit, ink);
    str_free(&text);
}

static void add_note(struct composer *composer, struct panel *panel, const struct shown_note *shown) {
    struct fit fit = {.size = text_size, .leading = text_leading, .width = panel->width - gutter};
    enum lang lang = composer->options->lang;
    const struct note *note = shown->note;
    struct item *item = add_item(composer, panel, ITEM_NOTE);
    item->note = shown;
    add_kind_line(composer, panel, item, shown);
    bool old = note && note->today[lang];
    add_block(composer, item, note ? note->text[lang] : shown->own.in[lang], &fit,
              paint_role(old ? COLOUR_MUTED : COLOUR_TEXT));
    if (old)
        add_block(composer, item,
                  arena_printf(composer->arena, "%s%s", compose_word(composer, "Today: ", "現在: "), note->today[lang]),
                  &fit, paint_role(COLOUR_TEXT));
    else if (note && note->nuance[lang])
        add_block(composer, item, note->nuance[lang], &fit, paint_role(COLOUR_MUTED));
    close_item(item);
}

static void add_notes(struct composer *composer, struct panel *panel) {
    if (composer->model->notes_mode != NOTES_PANEL || !composer->notes->n)
        return;
    add_heading(composer, panel, compose_word(composer, "Notes", "注記"));
    for (size_t i = 0; i < composer->notes->n; i++)
        add_note(composer, panel, &composer->notes->at[i]);
}

/* --- legend ---------------------------------------------------------------------------------------------------------------------- */

static bool same_look(const struct kind *a, const struct kind *b) {
    return a->colour == b->colour && a->dash == b->dash && fabs(a->width - b->width) < 0.01 && a->blocked == b->blocked;
}

/* Kinds in use, in the order of the catalogue; only when lines differ in looks does anybody need to be told. */
static void add_legend(struct composer *composer, struct panel *panel) {
    const struct model *model = composer->model;
    struct fit fit = {.size = small_size, .leading = 20, .width = panel->width - 56};
    bool *used = arena_array(composer->arena, model->catalog->kind_count, sizeof *used), differ = false;
    for (size_t i = 0; i < model->edge_count; i++) {
        used[model->edges[i]->kind - model->catalog->kinds] = true;
        differ = differ || !same_look(model->edges[i]->kind, model->edges[0]->kind);
    }
    if (!differ)
        return;
    add_heading(composer, panel, compose_word(composer, "Lines", "線の種類"));
    for (size_t i = 0; i < model->catalog->kind_count; i++) {
        if (!used[i])
            continue;
        struct item *item = add_item(composer, panel, ITEM_KIND);
        item->line = &model->catalog->kinds[i];
        add_block(composer, item, item->line->name[composer->options->lang], &fit, paint_role(COLOUR_TEXT));
        close_item(item);
    }
}

struct panel *compose_panel_measure(struct composer *composer) {
    struct panel *panel = arena_alloc(composer->arena, sizeof *panel);
    panel->width = column_width;
    add_steps(composer, panel);
    add_notes(composer, panel);
    add_legend(composer, panel);
    return panel->items.n ? panel : NULL;
}

/* --- flow -------------------------------------------------------------------------------------------------------------------------- */

/* Place all items in columns of at most `limit` px, offsets from the panel's inner corner; how many columns, and how high they get. */
static size_t flow(struct panel *panel, double limit, double *height) {
    size_t column = 0;
    double y = 0;
    bool first = true;
    *height = 0;
    for (size_t i = 0; i < panel->items.n; i++) {
        struct item *item = &panel->items.at[i];
        double top = first ? y : y + item->before, needed = item->height;
        if (item->kind == ITEM_HEADING &&
            i + 1 < panel->items.n) /* a heading does not stand alone at the foot of a column */
            needed += panel->items.at[i + 1].before + panel->items.at[i + 1].height;
        if (!first && top + needed > limit + 0.5) {
            column++;
            top = 0;
        }
        item->at = (struct point){(double)column * (panel->width + column_gap), top};
        y = top + item->height;
        *height = fmax(*height, y);
        first = false;
    }
    return column + 1;
}

/* The least height at which the items fit `columns` columns. */
static double least_height(struct panel *panel, size_t columns) {
    double total = 0, height;
    for (size_t i = 0; i < panel->items.n; i++)
        total += panel->items.at[i].height + panel->items.at[i].before;
    double lo = total / (double)columns / 2, hi = total;
    while (hi - lo > 1) {
        double mid = (lo + hi) / 2;
        if (flow(panel, mid, &height) <= columns)
            hi = mid;
        else
            lo = mid;
    }
    return hi;
}

static double page_aspect(enum page page) { return page == PAGE_4_3 ? 4.0 / 3 : 16.0 / 9; }

/* How large one px is on the page; free pages prefer little paper. */
static double goodness(const struct composer *composer, struct point extent) {
    if (composer->model->page == PAGE_FREE)
        return 1 / sqrt(extent.x * extent.y);
    double aspect = page_aspect(composer->model->page);
    return 1 / fmax(extent.x, extent.y * aspect);
}

static double columns_width(const struct panel *panel, size_t columns) {
    return (double)columns * panel->width + (double)(columns - 1) * column_gap + 2 * pad;
}

struct point compose_panel_place(struct composer *composer, struct panel *panel, double w, double h) {
    double best = -1, limit = 0, height, gap = composer->layout->metrics->margin;
    bool right = false;
    size_t chosen = 1;
    double top = composer->y; /* beside the diagram, not beside its title */
    for (size_t columns = 1; columns <= 4; columns++) {
        double least = least_height(panel, columns), cw = columns_width(panel, columns);
        struct point beside = {w + gap + cw, fmax(h, top + least + 2 * pad)};
        struct point below = {fmax(w, composer->x + cw), h + gap + least + 2 * pad};
        bool may_right = composer->model->notes_at != NOTES_AT_BELOW,
             may_below = composer->model->notes_at != NOTES_AT_RIGHT;
        if (may_right && goodness(composer, beside) > best)
            best = goodness(composer, beside), right = true, chosen = columns, limit = least;
        if (may_below && goodness(composer, below) > best)
            best = goodness(composer, below), right = false, chosen = columns, limit = least;
    }
    size_t used = flow(panel, limit, &height);
    double cw = columns_width(panel, used < chosen ? chosen : used);
    if (right) {
        panel->box = (struct rect){w + gap, top, cw, fmax(height + 2 * pad, h - top)};
        return (struct point){rect_right(panel->box), fmax(h, rect_bottom(panel->box))};
    }
    panel->box = (struct rect){composer->x, h + gap, fmax(cw, w - composer->x), height + 2 * pad};
    return (struct point){fmax(w, rect_right(panel->box)), rect_bottom(panel->box)};
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

static void draw_item(struct composer *composer, const struct panel *panel, const struct item *item) {
    double x = panel->box.x + pad + item->at.x, y = panel->box.y + pad + item->at.y;
    double indent = item->kind == ITEM_HEADING ? 0 : item->kind == ITEM_KIND ? 52 : gutter;
    if (item->kind == ITEM_NOTE)
        scene_begin(composer->scene, &(struct object){.kind = OBJECT_NOTE,
                                                      .note = item->note->note ? item->note->note->id : "own",
                                                      .number = item->note->number,
                                                      .box = {x, y, panel->width, item->height}});
    if (item->kind == ITEM_STEP)
        compose_badge(composer, (struct rect){x, y, 20, 20}, item->step->number);
    if (item->kind == ITEM_NOTE)
        compose_callout(composer, (struct rect){x + 1, y + 1, 18, 16}, item->note);
    if (item->kind == ITEM_KIND)
        draw_sample(composer, item->line, x, y + item->height / 2);
    double at = y;
    for (size_t i = 0; i < item->n; i++)
        at = compose_block(composer, &item->blocks[i], item->kind == ITEM_HEADING ? ROLE_TITLE_TEXT : ROLE_TEXT,
                           ANCHOR_START, x + indent, at, item->inks[i]);
    if (item->kind == ITEM_NOTE)
        scene_end(composer->scene);
}

/* Sections of the panel are objects of their own: steps, notes, legend. */
static enum object_kind section_of(const struct panel *panel, size_t i) {
    const struct item *item = &panel->items.at[i];
    if (item->kind == ITEM_HEADING && i + 1 < panel->items.n)
        item = &panel->items.at[i + 1];
    return item->kind == ITEM_STEP ? OBJECT_STEPS : item->kind == ITEM_NOTE ? OBJECT_NOTES : OBJECT_LEGEND;
}

void compose_panel_draw(struct composer *composer, struct panel *panel) {
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
