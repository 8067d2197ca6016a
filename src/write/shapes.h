/* The scene as editors want it: not paint in order but things, each with the text, the picture and the frame that belong to it. What
 * drawio and pptx share.
 */
#ifndef AWSDIAG_WRITE_SHAPES_H
#define AWSDIAG_WRITE_SHAPES_H

#include "scene/scene.h"

/* Lines of one text: same look, same edge, one below the other. */
struct words {
    const struct text_line *first; /* its look is that of all */
    const char **lines;
    size_t n;
    struct rect box;
    double leading; /* px, baseline to baseline */
};

enum piece_kind { PIECE_PATH, PIECE_ICON, PIECE_WORDS };

struct piece {
    enum piece_kind kind;
    const struct path *path;
    const struct picture *icon;
    struct words words;
    int step; /* in the table of steps: that of the row it stands in; else 0 */
};

struct thing {
    const struct object *object; /* NULL: drawn outside of all objects, before the next shape */
    const struct thing *outer;   /* the object around it; or NULL */
    const struct thing *group;   /* clusters, nodes, edges: the innermost cluster that holds all of it; or NULL */
    ARRAY(struct piece) pieces;  /* its own, without those of objects in it */
    const struct thing *ground;  /* of a node: what hides the frame it stands on; or NULL */
    bool is_ground;
    size_t index; /* in the list of all */
};

struct shapes {
    struct arena *arena;
    const struct scene *scene;
    ARRAY(struct thing *) all;    /* in order of drawing */
    ARRAY(struct thing *) places; /* clusters and nodes, by path */
};

struct shapes shapes_read(const struct scene *scene, struct arena *arena);

/* The cluster or node with this path; NULL when there is none. */
const struct thing *shapes_find(const struct shapes *shapes, const char *path);

/* The first piece of that kind; NULL when there is none. */
const struct piece *shape_piece(const struct thing *shape, enum piece_kind kind);

/* The first path of that role; NULL when there is none. */
const struct path *shape_path(const struct thing *shape, enum role role);

/* "Customer gateway → Hub: BGP": an edge for those who do not see it. */
const char *shapes_edge_name(const struct shapes *shapes, const struct thing *edge);

/* The text of the note with that number as it stands in the panel, on one line; NULL when it is not shown. */
const char *shapes_note_text(const struct shapes *shapes, int number);

/* Extent of a path, without the width of its stroke. */
struct rect path_extent(const struct path *path);

#endif
