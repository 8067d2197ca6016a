/* What the files of compose share. Nothing else includes this. */
#ifndef AWSDIAG_SCENE_COMPOSE_PARTS_H
#define AWSDIAG_SCENE_COMPOSE_PARTS_H

#include "layout/measure.h"
#include "scene/compose.h"

struct composer {
    const struct model *model;
    const struct layout *layout;
    const struct shown_notes *notes;
    const struct compose_options *options;
    struct arena *arena;
    struct scene *scene;
    double x, y;                             /* of the layout's origin on the page */
    const size_t *company_from, *company_to; /* by edge index: how many lines may share a trunk at that end */
};

/* Text in the language of the picture. */
const char *compose_in(const struct composer *composer, const struct text *text);
const char *compose_word(const struct composer *composer, const char *en, const char *ja);

/* Lines of a block, the first one's box starting at `y`; gives the y behind the last. */
double compose_block(struct composer *composer, const struct block *block, enum role role, enum anchor anchor, double x,
                     double y, struct paint fill);

extern const double compose_frame_width; /* px: of groups that say nothing else */

/* Where the title and the details of a group stand on the page. */
struct rect compose_title_place(const struct composer *composer, const struct node *node);

/* A place of the layout on the page. */
struct rect compose_moved(const struct composer *composer, struct rect box);

/* The colour of a name that the author wrote in `style`. False when there is none: `paint` stays as it is. */
bool compose_colour_named(const char *name, struct paint *paint);

/* The frames over groups, each with its title. */
void compose_overlays(struct composer *composer);

/* Black circle with a white number, as an object of its own. */
void compose_badge(struct composer *composer, struct rect box, int number);

/* Where the step badge of an edge stands on the page: right before its text, which may be shorter in this language than the room it has. */
struct rect compose_badge_place(struct composer *composer, const struct edge *edge);

/* Rounded square with the number of a note. */
void compose_callout(struct composer *composer, struct rect box, const struct shown_note *note);

/* The numbers of all notes at their elements. */
void compose_callouts(struct composer *composer);

/* The line of an edge of this kind. */
struct paint compose_kind_paint(const struct kind *kind);

/* An arc of a flat run over lines it crosses, from and to in the direction of the run. */
struct jump {
    double from, to;
};
enum { MOST_JUMPS = 32 }; /* of one run */

/* The arcs of the run behind point `at` of a line with `n` points on the page, in order; none where the scenario does not ask for them. */
size_t compose_jumps(const struct composer *composer, const struct edge *edge, const struct point *points, size_t n,
                     size_t at, struct jump *jumps);

/* One of them, on the height `y`, as the step behind its start. */
struct path_step compose_jump(struct jump jump, double y);

/* A clock at every node whose service is no longer what it was. */
void compose_lives(struct composer *composer);

/* --- panel ---------------------------------------------------------------------------------------------------------------- */

struct panel; /* measured, not yet placed */

/* Everything beside the picture: steps, notes, legend. NULL when there is nothing. */
struct panel *compose_panel_measure(struct composer *composer);

/* Let `panel` and `other`, the same in another language, take the same place. */
void compose_panel_join(struct panel *panel, struct panel *other);

/* Choose where it stands beside a diagram of `w` x `h` (title included) for a page; gives the extent of both. */
struct point compose_panel_place(struct composer *composer, struct panel *panel, double w, double h);
void compose_panel_draw(struct composer *composer, struct panel *panel);

void compose_background(struct scene *scene);

/* --- further pages -------------------------------------------------------------------------------------------------------- */

/* Whether a page with diagram and panel, of the extent `all`, would be too large to be read; then the size of pages that are not. */
bool compose_pages_needed(const struct composer *composer, struct point diagram, struct point all, struct point *page);

/* Keep in `panel` what there is room for beside a diagram of that extent, maybe nothing, and place it. Gives the rest, or NULL. */
struct panel *compose_pages_first(struct composer *composer, struct panel *panel, struct point diagram,
                                  struct point page);

/* A page with as much of the panel as it takes, and what is left over then, or NULL. It becomes the composer's scene. */
struct scene *compose_pages_more(struct composer *composer, struct panel *panel, struct point page,
                                 struct panel **rest);

/* --- description ----------------------------------------------------------------------------------------------------------- */

/* Long description: title, steps in order, what stands where, what leads where. */
const char *compose_description(struct composer *composer);

#endif
