/* Numbers of a picture: what layout knows and scene draws. All units are px (1/96 in), y down, origin at the top left. */
#ifndef AWSDIAG_LAYOUT_LAYOUT_H
#define AWSDIAG_LAYOUT_LAYOUT_H

#include "model/model.h"

struct point {
    double x, y;
};

struct rect {
    double x, y, w, h;
};

/* A text broken into lines. */
struct line {
    const char *at;
    size_t n;
    double width;
};

struct block {
    struct line *lines;
    size_t n;
    double width;   /* of the widest line */
    double size;    /* font size */
    double leading; /* baseline to baseline */
    bool bold;
    bool cut; /* an ellipsis stands for the rest */
};

double block_height(const struct block *block); /* n * leading */

/* Numbers of AWS's guidelines and of this program, used by measure, place, route and compose alike. */
struct metrics {
    double icon;        /* 48: service and resource icons */
    double corner;      /* 32: corner icon of a group */
    double label_size;  /* 14 */
    double detail_size; /* 12 */
    double title_size;  /* 14: of a group */
    double edge_size;   /* 12 */
    double label_width; /* where names break */
    double label_gap;   /* icon to name */
    double pad;         /* frame to content */
    double band;        /* height of a group's title band */
    double node_gap;    /* between siblings across the flow */
    double rank_gap;    /* between ranks */
    double lane;        /* between parallel lines */
    double badge;       /* diameter of a step badge */
    double life;        /* of the badge at the lower left of an icon whose service is no longer what it was */
    double margin;      /* around the picture */
};
extern const struct metrics metrics_default;

/* What a node looks like before it has a place; by node index. */
struct node_size {
    struct block label[LANGS];  /* name: below the icon, or in the title band */
    struct block detail[LANGS]; /* shown attributes, below the name or behind it */
    double w, h;                /* leaf: the box that lines keep out of; group: the least it needs for its title */
    struct rect icon;           /* leaf: the icon in that box */
};

struct edge_size {
    struct block label[LANGS];
    double w, h; /* room of the label with its step badge; 0: has none */
    bool badge;
};

/* The title of an overlay, which stands inside its frame, at the top left. */
struct overlay_size {
    struct block label[LANGS];
    double w, h;
};

struct sizes {
    struct node_size *nodes;       /* by node->index */
    struct edge_size *edges;       /* by edge->index */
    struct overlay_size *overlays; /* by overlay->index */
};

/* A finished node. */
struct placed {
    struct rect box;          /* leaf: icon, name and details; group: the frame */
    struct rect icon;         /* leaf: the icon; group: the corner icon (w 0: has none) */
    struct rect title;        /* group: the band that lines keep out of; leaf: the text below the icon */
    enum direction direction; /* of what a group holds */
};

struct routed {
    struct point *points; /* from -> to, right angles only, at least 2 */
    size_t n;
    struct rect label; /* where the label block stands; w 0: has none */
    struct rect badge; /* step badge; w 0: has none */
    bool crowded;      /* the label found no place that covers nothing */
    int label_align;   /* of its lines in the label's place: -1 left (right of an upright run), 0 centred, 1 right */
    const struct edge_size *narrow; /* the label as it was broken to find a place; NULL: as `sizes` has it */
};

/* An overlay in the finished picture: one frame or, where something foreign stands between its members, several. */
struct overlaid {
    struct rect *frames;
    size_t n;
};

struct layout {
    const struct metrics *metrics;
    struct sizes sizes;
    struct placed *nodes;      /* by node->index */
    struct routed *edges;      /* by edge->index */
    struct overlaid *overlays; /* by overlay->index */
    struct rect *step_badges;  /* of nodes with a step, by node->index; w 0: has none */
    double width, height;      /* of everything, without margin */
    bool long_first;           /* the router's: long lines choose their ways first */
    bool whole_labels;         /* labels are not broken narrower to find a place */
    int care;                  /* the router's: a crossing costs so many times as much as usual; 0: once */
    enum direction direction;  /* of the outermost nodes */
};

static inline const struct edge_size *label_size(const struct layout *layout, const struct edge *edge) {
    const struct edge_size *narrow = layout->edges[edge->index].narrow;
    return narrow ? narrow : &layout->sizes.edges[edge->index];
}

static inline double rect_right(struct rect r) { return r.x + r.w; }
static inline double rect_bottom(struct rect r) { return r.y + r.h; }
static inline struct point rect_centre(struct rect r) { return (struct point){r.x + r.w / 2, r.y + r.h / 2}; }
static inline bool rect_overlap(struct rect a, struct rect b, double gap) {
    return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}

/* The badge of a node whose service is no longer what it was: at the lower left of its icon, or at the lower right of the corner icon of
 * a group. w 0: has none. */
struct rect life_badge(const struct model *model, const struct layout *layout, const struct node *node);

/* Stable text, for --dump layout. */
void layout_dump(const struct model *model, const struct layout *layout, struct str *out);

#endif
