/* What the files of the panel share: its content (compose_panel.c) and its place (compose_columns.c). Nothing else includes this. */
#ifndef AWSDIAG_SCENE_COMPOSE_PANEL_H
#define AWSDIAG_SCENE_COMPOSE_PANEL_H

#include "scene/compose_parts.h"

#define PANEL_COLUMN_GAP 36.0
#define PANEL_PAD 20.0
#define PANEL_NARROWEST 260.0 /* widths of a column */
#define PANEL_WIDEST 480.0
#define PANEL_COMFORTABLE 360.0

enum item_kind { ITEM_HEADING, ITEM_GROUP, ITEM_STEP, ITEM_NOTE, ITEM_KIND };

/* One text of an item. */
struct part {
    const char *text;
    double size, leading, natural; /* natural: width on one line */
    bool bold, badge;              /* badge: stands in a filled box, on one line */
    struct paint ink;
    struct block block; /* once the width of the columns is known */
};

enum { MOST_PARTS = 4 };

struct item {
    enum item_kind kind;
    struct part parts[MOST_PARTS];
    size_t n;
    double indent;         /* of the texts */
    double height, before; /* before: room above it unless it is first in its column */
    const struct step *step;
    const struct shown_note *note; /* ITEM_NOTE; of a group heading the first one below it */
    const struct kind *line;       /* ITEM_KIND; NULL: the row of what is implied */
    bool continued;                /* a heading that stood on an earlier page already */
    struct point at;               /* where it is drawn, from the panel's inner corner */
};

struct panel {
    ARRAY(struct item) items;
    struct rect box;
    double width;       /* of a column */
    struct panel *next; /* the same in another language, which shall take the same place; or NULL */
};

/* Break all texts for columns of `panel->width`; sets the heights. */
void panel_break(struct composer *composer, struct panel *panel);

/* Place all items in columns of at most `limit` px, one behind the other; gives how many columns that takes. The texts are broken. */
size_t panel_flow(struct panel *panel, double limit);

/* Place all items in at most so many columns, as even as can be; there must be a way. */
void panel_even(struct panel *panel, size_t columns);

double panel_page_aspect(enum page page); /* a free page has that of a screen */

/* The height an item has at least, for what stands beside its text. */
double panel_least(const struct item *item);

#endif
