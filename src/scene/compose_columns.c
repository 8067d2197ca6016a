/* Where the panel stands: beside the diagram or below it, in how many columns and how wide ones, is tried out with heights that are
 * estimated from the lengths of the texts. What leaves the diagram largest on its page and wastes least of it is taken, and only then
 * are the texts broken.
 */
#include <math.h>

#include "scene/compose_panel.h"

static const double narrowest = PANEL_NARROWEST, widest = PANEL_WIDEST, comfortable = PANEL_COMFORTABLE,
                    width_step = 20;
enum { MOST_BESIDE = 3, MOST_BELOW = 6 };

/* --- flow ------------------------------------------------------------------------------------------------------------------- */

/* What stays together with the item: headings do not stand alone at the foot of a column. */
static double height_with_next(const struct panel *panel, size_t i) {
    double height = panel->items.at[i].height;
    for (; i + 1 < panel->items.n && panel->items.at[i].kind <= ITEM_GROUP; i++)
        height += panel->items.at[i + 1].before + panel->items.at[i + 1].height;
    return height;
}

/* Place all items in columns of at most `limit` px; how many columns, and how high they get. */
static size_t flow(struct panel *panel, double limit, double *height) {
    size_t column = 0;
    double y = 0;
    bool first = true, held = false; /* held: the heading above holds it here */
    *height = 0;
    for (size_t i = 0; i < panel->items.n; i++) {
        struct item *item = &panel->items.at[i];
        double top = first ? y : y + item->before;
        if (!first && !held && top + height_with_next(panel, i) > limit + 0.5) {
            column++;
            top = 0;
        }
        item->at = (struct point){(double)column * (panel->width + PANEL_COLUMN_GAP), top};
        y = top + item->height;
        *height = fmax(*height, y);
        first = false;
        held = item->kind <= ITEM_GROUP;
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

size_t panel_flow(struct panel *panel, double limit) {
    double height;
    return flow(panel, limit, &height);
}

void panel_even(struct panel *panel, size_t columns) { panel_flow(panel, least_height(panel, columns)); }

/* Each language in `columns` columns as low as can be: how many the longest needs, and how high it gets. */
static size_t settle(struct panel *panel, size_t columns, double *height) {
    size_t most = 0;
    *height = 0;
    for (; panel; panel = panel->next) {
        double own;
        size_t used = flow(panel, least_height(panel, columns), &own);
        most = used > most ? used : most;
        *height = fmax(*height, own);
    }
    return most;
}

/* --- trying ----------------------------------------------------------------------------------------------------------------- */

/* Gives the height of all items in one column. */
static double estimate(struct panel *panel) {
    double total = 0;
    for (size_t i = 0; i < panel->items.n; i++) {
        struct item *item = &panel->items.at[i];
        item->height = 0;
        for (size_t k = 0; k < item->n; k++) {
            const struct part *part = &item->parts[k];
            item->height += part->leading * fmax(1, ceil(part->natural * 1.04 / (panel->width - item->indent)));
        }
        item->height = fmax(item->height, panel_least(item));
        total += item->height + item->before;
    }
    return total;
}

struct trial {
    const struct composer *composer;
    struct panel *panel;
    double w, h; /* of the diagram with its title */
    double best, width;
    size_t columns;
    bool right;
};

double panel_page_aspect(enum page page) { return page == PAGE_4_3 ? 4.0 / 3 : 16.0 / 9; }

static double panel_width(double column, size_t columns) {
    return (double)columns * column + (double)(columns - 1) * PANEL_COLUMN_GAP + 2 * PANEL_PAD;
}

/* How large one px is on the page, less for what stays empty. Free pages prefer little paper. */
static double goodness(const struct trial *trial, struct point extent, double column, size_t columns, double content) {
    const struct composer *composer = trial->composer;
    double area = extent.x * extent.y, aspect = panel_page_aspect(composer->model->page);
    double scale = composer->model->page == PAGE_FREE ? 1 / sqrt(area) : 1 / fmax(extent.x, extent.y * aspect);
    double used = composer->layout->width * composer->layout->height + content * column +
                  panel_width(column, columns) * 2 * PANEL_PAD;
    double waste = fmax(0, 1 - used / area);
    return scale * (1 - 0.3 * waste) * (1 - 0.00025 * fabs(column - comfortable));
}

static void try_place(struct trial *trial, bool right, double column, size_t columns) {
    const struct composer *composer = trial->composer;
    struct panel *panel = trial->panel;
    double gap = composer->layout->metrics->margin, content = 0, height;
    for (struct panel *one = panel; one; one = one->next) {
        one->width = column;
        content = fmax(content, estimate(one));
    }
    double width = panel_width(column, columns);
    if (settle(panel, columns, &height) < columns)
        return; /* fewer do */
    struct point extent = right ? (struct point){trial->w + gap + width,
                                                 fmax(trial->h, composer->y + height + 2 * PANEL_PAD)}
                                : (struct point){fmax(trial->w, composer->x + width),
                                                 trial->h + gap + height + 2 * PANEL_PAD};
    double good = goodness(trial, extent, column, columns, content);
    if (good > trial->best * (1 + 1e-9)) {
        trial->best = good, trial->right = right;
        trial->width = column, trial->columns = columns;
    }
}

/* Columns that fill the width of the diagram; a diagram too narrow for one is stood under by one of its own width. */
static void try_below(struct trial *trial) {
    double inner = trial->w - trial->composer->x - 2 * PANEL_PAD;
    for (size_t columns = 1; columns <= MOST_BELOW; columns++) {
        double column = (inner - (double)(columns - 1) * PANEL_COLUMN_GAP) / (double)columns;
        if (column >= narrowest && column <= widest)
            try_place(trial, false, column, columns);
        if (columns <= MOST_BESIDE && panel_width(comfortable, columns) > inner)
            try_place(trial, false, comfortable, columns);
    }
}

static void try_right(struct trial *trial) {
    for (size_t columns = 1; columns <= MOST_BESIDE; columns++)
        for (double column = narrowest; column <= widest; column += width_step)
            try_place(trial, true, column, columns);
}

/* --- the result ------------------------------------------------------------------------------------------------------------- */

struct point compose_panel_place(struct composer *composer, struct panel *panel, double w, double h) {
    struct trial trial = {
        .composer = composer, .panel = panel, .w = w, .h = h, .best = -1, .width = comfortable, .columns = 1};
    double gap = composer->layout->metrics->margin, top = composer->y; /* beside the diagram, not beside its title */
    trial.right = composer->model->notes_at == NOTES_AT_RIGHT;
    if (composer->model->notes_at != NOTES_AT_BELOW)
        try_right(&trial);
    if (composer->model->notes_at != NOTES_AT_RIGHT)
        try_below(&trial);
    for (struct panel *one = panel; one; one = one->next) {
        one->width = trial.width;
        panel_break(composer, one);
    }
    double height;
    size_t used = settle(panel, trial.columns, &height);
    double width = panel_width(panel->width, used < trial.columns ? trial.columns : used);
    if (trial.right) {
        bool nearly = height + 2 * PANEL_PAD > 0.75 * (h - top); /* as high as the diagram looks better then */
        panel->box = (struct rect){w + gap, top, width,
                                   nearly ? fmax(height + 2 * PANEL_PAD, h - top) : height + 2 * PANEL_PAD};
        return (struct point){rect_right(panel->box), fmax(h, rect_bottom(panel->box))};
    }
    panel->box = (struct rect){composer->x, h + gap, fmax(width, w - composer->x), height + 2 * PANEL_PAD};
    return (struct point){fmax(w, rect_right(panel->box)), rect_bottom(panel->box)};
}
