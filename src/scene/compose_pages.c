/* A panel that would make its page too large to be read goes on to further pages. The first one has the diagram and what there is
 * room for; the others have the panel alone. All are of one size.
 */
#include <math.h>

#include "scene/compose_panel.h"

/* px: a page as wide as this and shown 13.33 in wide, as a slide is, has its notes in 6.5 pt. */
static const double readable = 1920;
static const double title_size = 16, title_leading = 22, least_room = 120;

/* --- whether, and how large ------------------------------------------------------------------------------------------------- */

static double side_of(double w, double h, double aspect, double margin) {
    return fmax(ceil(w + margin), ceil(h + margin) * aspect);
}

bool compose_pages_needed(const struct composer *composer, struct point diagram, struct point all, struct point *page) {
    static const double slack = 1.25; /* a diagram that is too large itself may as well be a little smaller */
    double aspect = panel_page_aspect(composer->model->page), margin = composer->layout->metrics->margin;
    double side = side_of(diagram.x, diagram.y, aspect, margin);
    if (composer->model->page == PAGE_FREE ||
        side_of(all.x, all.y, aspect, margin) <= fmax(readable, slack * side) + 0.5)
        return false;
    side = fmax(readable, side);
    *page = (struct point){ceil(side), ceil(side / aspect)};
    return true;
}

/* --- filling one page ------------------------------------------------------------------------------------------------------- */

static size_t columns_in(struct rect room, double *width) {
    double inner = room.w - 2 * PANEL_PAD;
    if (inner < PANEL_NARROWEST || room.h - 2 * PANEL_PAD < least_room)
        return 0;
    size_t columns = (size_t)fmax(1, floor((inner + PANEL_COLUMN_GAP) / (PANEL_COMFORTABLE + PANEL_COLUMN_GAP)));
    *width = fmin(PANEL_WIDEST, (inner - (double)(columns - 1) * PANEL_COLUMN_GAP) / (double)columns);
    return columns;
}

static double foot_of(const struct panel *panel) {
    double foot = 0;
    for (size_t i = 0; i < panel->items.n; i++)
        foot = fmax(foot, panel->items.at[i].at.y + panel->items.at[i].height);
    return foot;
}

/* The heading of what is cut in two, for the head of the next page. */
static void repeat_heading(struct composer *composer, const struct panel *panel, size_t cut, enum item_kind kind,
                           struct panel *rest) {
    size_t i = cut;
    while (i > 0 && panel->items.at[i].kind > kind)
        i--;
    if (i == cut || panel->items.at[i].kind != kind)
        return; /* it begins there, or there is none in this section */
    struct item *copy = array_push(composer->arena, &rest->items);
    *copy = panel->items.at[i];
    if (kind == ITEM_HEADING && !copy->continued)
        copy->parts[0].text = arena_printf(composer->arena, "%s%s", copy->parts[0].text,
                                           compose_word(composer, " (continued)", "（続き）"));
    copy->continued = true;
}

/* Take what is behind `cut` off the panel. */
static struct panel *cut_off(struct composer *composer, struct panel *panel, size_t cut) {
    if (cut == panel->items.n)
        return NULL;
    struct panel *rest = arena_alloc(composer->arena, sizeof *rest);
    repeat_heading(composer, panel, cut, ITEM_HEADING, rest);
    repeat_heading(composer, panel, cut, ITEM_GROUP, rest);
    for (size_t i = cut; i < panel->items.n; i++)
        *array_push(composer->arena, &rest->items) = panel->items.at[i];
    panel->items.n = cut;
    return rest;
}

/* Place in `room` what fits its columns, evenly where all does; what is left over, or NULL. */
static struct panel *fill(struct composer *composer, struct panel *panel, struct rect room) {
    size_t columns = columns_in(room, &panel->width), cut = 0;
    panel_break(composer, panel);
    if (panel_flow(panel, room.h - 2 * PANEL_PAD) <= columns)
        panel_even(panel, columns);
    double behind = ((double)columns - 0.5) * (panel->width + PANEL_COLUMN_GAP);
    while (cut < panel->items.n && panel->items.at[cut].at.x < behind)
        cut++;
    struct panel *rest = cut_off(composer, panel, cut);
    panel->box = (struct rect){room.x, room.y, room.w, foot_of(panel) + 2 * PANEL_PAD};
    return rest;
}

/* --- the first page --------------------------------------------------------------------------------------------------------- */

static double capacity(struct rect room) {
    double width;
    return (double)columns_in(room, &width) * (room.h - 2 * PANEL_PAD);
}

/* Beside the diagram or below it, where more fits. */
static struct rect first_room(const struct composer *composer, struct point diagram, struct point page) {
    double margin = composer->layout->metrics->margin, gap = margin;
    struct point end = {page.x - margin, page.y - margin};
    struct rect right = {diagram.x + gap, composer->y, end.x - diagram.x - gap, end.y - composer->y};
    struct rect below = {composer->x, diagram.y + gap, end.x - composer->x, end.y - diagram.y - gap};
    enum notes_at at = composer->model->notes_at;
    if (at == NOTES_AT_RIGHT || at == NOTES_AT_BELOW)
        return at == NOTES_AT_RIGHT ? right : below;
    return capacity(right) >= capacity(below) ? right : below;
}

/* The legend is read with the diagram: it comes first where not everything stands on its page. */
static void legend_first(struct composer *composer, struct panel *panel) {
    size_t n = panel->items.n, legend = n;
    struct item *copy = arena_array(composer->arena, n, sizeof *copy);
    while (legend > 0 && panel->items.at[legend - 1].kind == ITEM_KIND)
        legend--;
    if (legend == n || legend == 0)
        return;
    legend--; /* its heading */
    for (size_t i = 0; i < n; i++)
        copy[i] = panel->items.at[(i + legend) % n];
    for (size_t i = 0; i < n; i++)
        panel->items.at[i] = copy[i];
}

struct panel *compose_pages_first(struct composer *composer, struct panel *panel, struct point diagram,
                                  struct point page) {
    struct rect room = first_room(composer, diagram, page);
    legend_first(composer, panel);
    if (capacity(room) <= 0)
        return cut_off(composer, panel, 0);
    size_t n = panel->items.n;
    struct panel *rest = fill(composer, panel, room);
    if (panel->box.h <= room.h + 0.5)
        return rest;
    panel->items.n = n; /* not even one item fits */
    return cut_off(composer, panel, 0);
}

/* --- further pages ---------------------------------------------------------------------------------------------------------- */

static struct block measure_head(struct composer *composer, double width) {
    const char *text = arena_printf(composer->arena, "%s%s", composer->scene->title,
                                    compose_word(composer, " (continued)", "（続き）"));
    struct fit fit = {.size = title_size, .leading = title_leading, .bold = true, .width = width};
    return measure_text(composer->arena, text, &fit);
}

static void draw_head(struct composer *composer, const struct block *head, double margin, double width) {
    struct rect box = {margin, margin, width, block_height(head)};
    scene_begin(composer->scene, &(struct object){.kind = OBJECT_TITLE, .box = box});
    compose_block(composer, head, ROLE_TITLE_TEXT, ANCHOR_START, box.x, box.y, paint_role(COLOUR_MUTED));
    scene_end(composer->scene);
}

struct scene *compose_pages_more(struct composer *composer, struct panel *panel, struct point page,
                                 struct panel **rest) {
    const struct scene *first = composer->scene;
    struct scene *scene = arena_alloc(composer->arena, sizeof *scene);
    double margin = composer->layout->metrics->margin, width = page.x - 2 * margin;
    *scene = (struct scene){.arena = composer->arena,
                            .theme = first->theme,
                            .lang = first->lang,
                            .title = first->title,
                            .description = first->description};
    composer->scene = scene;
    struct block head = measure_head(composer, width);
    double top = margin + block_height(&head) + margin / 2;
    struct rect room = {margin, top, width, fmax(page.y - margin - top, least_room + 2 * PANEL_PAD)};
    *rest = fill(composer, panel, room);
    scene->width = page.x;
    scene->height = fmax(page.y,
                         ceil(rect_bottom(panel->box) + margin)); /* larger only for a note larger than a page */
    compose_background(scene);
    draw_head(composer, &head, margin, width);
    compose_panel_draw(composer, panel);
    return scene;
}
