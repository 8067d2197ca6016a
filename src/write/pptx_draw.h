/* What the files that fill a slide share. */
#ifndef AWSDIAG_WRITE_PPTX_DRAW_H
#define AWSDIAG_WRITE_PPTX_DRAW_H

#include "write/pptx.h"

struct place { /* EMU */
    long long x, y, w, h;
};

/* --- pptx_draw.c */

long long pptx_emu(double value);
struct place pptx_place_of(const struct pptx_slide *s, struct rect box);
struct rect pptx_around(struct rect a, struct rect b);
void pptx_number(struct xml *xml, const char *name, long long value);
void pptx_empty(struct xml *xml, const char *name);
void pptx_put_extent(struct xml *xml, struct place place);
void pptx_put_transform(struct xml *xml, struct place place);
void pptx_put_fill(struct pptx_slide *s, struct paint paint);
void pptx_put_stroke(struct pptx_slide *s, const struct path *path, bool arrow_from, bool arrow_to);
unsigned pptx_new_id(struct pptx_slide *s);
void pptx_put_names(struct pptx_slide *s, unsigned id, const char *name, const char *said, const struct object *of);
const char *pptx_joined(struct pptx_slide *s, const struct words *words);
unsigned pptx_begin_shape(struct pptx_slide *s, unsigned id, const char *name, const char *said, bool text_box,
                          const struct object *of);
void pptx_begin_group(struct pptx_slide *s, unsigned id, const char *name, const char *said, struct rect box);
void pptx_put_preset(struct xml *xml, const char *name, const char *guide, long long value);
void pptx_put_tied_rectangle(struct pptx_slide *s, const struct pptx_target *target);
struct place pptx_spot(const struct pptx_slide *s, struct point p);
void pptx_put_steps(struct pptx_slide *s, const struct path *path, struct rect box);
void pptx_put_paragraph(struct pptx_slide *s, const struct words *words, enum anchor anchor);
void pptx_begin_text(struct pptx_slide *s, const char *anchor, long long top);
struct rect pptx_roomy(const struct words *words);
void pptx_end_text_shape(struct pptx_slide *s, const struct words *words, struct rect box);
unsigned pptx_put_words(struct pptx_slide *s, const struct words *words);
unsigned pptx_put_path(struct pptx_slide *s, const struct path *path, const char *name);
void pptx_put_picture(struct pptx_slide *s, const struct picture *picture, const char *said, const struct object *of);
unsigned pptx_put_labelled(struct pptx_slide *s, const struct path *ground, const struct words *words, const char *name,
                           const char *said, const struct object *of);
const struct words *pptx_words_of_role(const struct thing *thing, enum role role);
struct rect pptx_piece_box(const struct piece *piece);
bool pptx_is_ground_of(const struct piece *ground, const struct piece *text);
void pptx_put_piece(struct pptx_slide *s, const struct piece *piece);

/* --- pptx_lines.c */

void pptx_will_show(struct pptx_slide *s, int step, unsigned id, bool shape, bool text);
void pptx_tie_all(struct pptx_slide *s);
void pptx_put_edge(struct pptx_slide *s, const struct thing *edge);
void pptx_put_sample(struct pptx_slide *s, const struct path *path);

/* --- pptx_slide.c */

struct rect pptx_icon_box(const struct thing *node);
struct rect pptx_card_box(const struct thing *node);

#endif
