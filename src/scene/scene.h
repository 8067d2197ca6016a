/* The display list: everything that is drawn, in order, with all numbers and colours decided.
 *
 * Two levels. Objects (a cluster, a node, an edge ...) bracket primitives (path, text, icon). Writers that paint use the
 * primitives; writers that make shapes of their own (HTML, PPTX, draw.io) use the brackets too. Units: px, y down.
 */
#ifndef AWSDIAG_SCENE_SCENE_H
#define AWSDIAG_SCENE_SCENE_H

#include "layout/font.h"
#include "layout/layout.h"
#include "model/icon.h"
#include "scene/theme.h"

enum object_kind {
    OBJECT_BACKGROUND,
    OBJECT_TITLE,
    OBJECT_CLUSTER,
    OBJECT_NODE,
    OBJECT_EDGE,
    OBJECT_LABEL,   /* of an edge; inside it */
    OBJECT_STEP,    /* badge */
    OBJECT_CALLOUT, /* number of a note at its element */
    OBJECT_LIFE,    /* badge of a service that is no longer what it was */
    OBJECT_NOTES,   /* panel */
    OBJECT_NOTE,    /* one entry of the panel */
    OBJECT_STEPS,   /* table of steps */
    OBJECT_LEGEND,
    OBJECTS
};
extern const char *const object_names[OBJECTS]; /* class names of the SVG contract: "cluster", "node" ... */

struct object {
    enum object_kind kind;
    const char *id;         /* full dotted path, or "e3"; NULL: none */
    const char *type;       /* data-type of clusters and nodes; data-kind of edges; or NULL */
    const char *name;       /* the label in the picture's language, on one line; or NULL */
    const char *from, *to;  /* edges: paths of the ends */
    const char *note;       /* callouts and notes: id; or NULL */
    int step;               /* 0: none */
    int number;             /* callouts and notes */
    struct position source; /* line 0: none */
    const char *link, *tooltip;
    struct rect box;            /* nodes: icon and name; clusters: frame; others: extent */
    const struct point *points; /* edges: the line; else NULL */
    size_t point_count;
    bool arrow_from, arrow_to;
};

enum path_verb { PATH_MOVE, PATH_LINE, PATH_CUBIC, PATH_CLOSE };
struct path_step {
    enum path_verb verb;
    struct point p[3]; /* cubic: two controls and the end; others: p[0] */
};

/* Which element of the SVG contract a primitive is. */
enum role {
    ROLE_SHAPE,
    ROLE_FRAME,
    ROLE_LINE,
    ROLE_ARROW,
    ROLE_ICON_TILE,
    ROLE_TITLE_TEXT,
    ROLE_LABEL_TEXT,
    ROLE_DETAIL_TEXT,
    ROLE_TEXT,
    ROLES
};
extern const char
    *const role_names[ROLES]; /* "shape", "frame", "line", "arrow", "tile", "title", "label", "detail", "text" */

struct path {
    const struct path_step *steps;
    size_t n;
    enum role role;
    struct paint fill, stroke; /* .kind PAINT_NONE: not painted */
    double width;
    enum dash dash;
    double dash_phase; /* how far into its pattern the stroke begins, px */
    bool rectangle;    /* the path is exactly `box` (with `radius`), so writers may use their own rectangle */
    struct rect box;
    double radius;
    bool circle; /* the path is the circle in `box` */
};

/* Lengths of a stroke and of the gap behind it, px; 0, 0: solid. */
extern const double scene_dashes[DASHES][2];

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* One line of text. */
struct text_line {
    const char *at; /* NUL-terminated UTF-8 */
    enum lang lang;
    enum role role;
    struct point origin; /* of the anchor, on the baseline */
    enum anchor anchor;
    double size, width; /* width as measured */
    enum weight weight;
    struct paint fill;
};

struct picture {
    const struct icon *icon; /* NULL: a monogram tile was drawn by compose */
    struct rect box;
    uint32_t colour; /* of its category: what writers that cannot draw icons use */
};

enum scene_op { SCENE_BEGIN, SCENE_END, SCENE_PATH, SCENE_TEXT, SCENE_ICON };

struct scene_item {
    enum scene_op op;
    union {
        struct object object; /* BEGIN; END repeats nothing */
        struct path path;
        struct text_line text;
        struct picture picture;
    };
};

struct scene {
    struct arena *arena;
    const struct theme *theme;
    enum lang lang;
    const char *title;       /* of the document, or the file's name */
    const char *description; /* long, generated from the model */
    double width, height;
    ARRAY(struct scene_item) items;
    const struct scene *also; /* the same picture in another language, for formats that can switch; or NULL */
    const struct scene *next; /* the following page, for formats that have pages; or NULL */
    /* What it was made of, for formats that tell instead of paint; not in further pages. */
    const struct model *model;
    const struct layout *layout;
    const struct shown_notes *notes;
    struct point origin; /* of the layout on the page */
    unsigned open;       /* brackets not yet closed */
};

/* Building; compose uses these. Strings must live as long as the scene. */
void scene_begin(struct scene *scene, const struct object *object);
void scene_end(struct scene *scene);
struct path *scene_path(struct scene *scene, enum role role, const struct path_step *steps, size_t n);
struct path *scene_rect(struct scene *scene, enum role role, struct rect box, double radius);
struct path *scene_circle(struct scene *scene, enum role role, struct rect box);
struct text_line *scene_text(struct scene *scene, enum role role, const char *at, size_t n, struct point origin);
void scene_icon(struct scene *scene, const struct icon *icon, struct rect box, uint32_t colour);

/* A writer: callbacks that may be NULL. scene_play walks the list, checks that brackets match and stops after the first
 * callback that returns non-zero, whose value it gives back. */
struct device {
    int (*begin)(struct device *device, const struct object *object);
    int (*end)(struct device *device, const struct object *object);
    int (*path)(struct device *device, const struct path *path);
    int (*text)(struct device *device, const struct text_line *text);
    int (*icon)(struct device *device, const struct picture *picture);
};
int scene_play(const struct scene *scene, struct device *device);

/* Stable text, for --dump scene. */
void scene_dump(const struct scene *scene, struct str *out);

#endif
