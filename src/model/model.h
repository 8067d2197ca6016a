/* The model: what a scenario is, with no idea of YAML or pictures. Built by read/load, never changed afterwards. */
#ifndef AWSDIAG_MODEL_MODEL_H
#define AWSDIAG_MODEL_MODEL_H

#include "base/mem.h"
#include "base/source.h"
#include "base/str.h"
#include "model/catalog.h"

/* A text in all languages. After loading every language has one (missing ones fall back, with a warning), or none has. */
struct text {
    const char *in[LANGS]; /* NULL in all when there is no text */
    struct mark mark;
};

enum direction { DIRECTION_DEFAULT, DIRECTION_RIGHT, DIRECTION_DOWN, DIRECTION_LEFT, DIRECTION_UP };
enum side { SIDE_ANY, SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_BOTTOM };
enum emphasis { EMPHASIS_NONE, EMPHASIS_STRONG, EMPHASIS_MUTED };
enum page { PAGE_16_9, PAGE_4_3, PAGE_FREE };

/* The author's small wishes; a field that is 0 or NULL is not given. */
struct style {
    const char *colour; /* name of a colour of the theme */
    enum dash dash;
    bool has_dash;
    double width; /* px */
};

struct value {
    const char *key;
    const char *value;                 /* as written */
    const struct attribute *attribute; /* NULL for a free one */
    struct mark key_mark, mark;
};

/* A leaf or a group. */
struct node {
    const char *id;   /* unique among its siblings */
    const char *path; /* "cloud.region.vgw": unique in the model, id of the element in the SVG */
    size_t index;     /* in model.nodes, which is file order, parents before children */
    const struct type *type;
    struct text label;
    struct node *parent;    /* NULL only for the root */
    struct node **children; /* in file order */
    size_t child_count;
    bool group;     /* has `nodes`, or its type is a group */
    unsigned depth; /* of the root: 0 */
    struct value *values;
    size_t value_count;
    enum direction direction;     /* of its children; DEFAULT: of the parent */
    struct node ***same_rank;     /* rows of nodes, each NULL-terminated; NULL-terminated */
    struct mark *same_rank_marks; /* of the rows */
    const char *link;
    struct text tooltip;
    enum emphasis emphasis;
    struct style style;
    int step;     /* 0: none */
    bool implied; /* not named by the source, drawn lighter */
    struct mark mark, type_mark;
};

struct edge {
    const char *id; /* "e1": by file order */
    size_t index;
    struct node *from, *to;
    bool arrow_from, arrow_to;
    struct text label;
    const struct kind *kind;
    int step;
    enum side side_from, side_to;
    bool free_rank; /* `rank: false`: shall not push its ends apart */
    const char *link;
    struct text tooltip;
    enum emphasis emphasis;
    struct style style;
    bool implied;
    struct value *values;
    size_t value_count;
    struct mark mark, from_mark, to_mark;
};

/* A frame around nodes that stand in different groups: a security group or an Auto Scaling group over several zones. It holds nothing
 * in the sense of `parent`. */
struct overlay {
    const char *id; /* of the element in the SVG; no node's path */
    size_t index;
    const struct type *type;
    struct text label;
    struct node **members; /* in file order; at least one */
    size_t member_count;
    struct style style;
    struct mark mark;
};

enum note_kind { NOTE_FACT, NOTE_RULE, NOTE_RECOMMENDATION, NOTE_LIMIT, NOTE_WARNING, NOTE_KINDS };
extern const char *const note_kind_names[NOTE_KINDS];
enum note_status { NOTE_CURRENT, NOTE_OUTDATED, NOTE_WRONG, NOTE_UNVERIFIED, NOTE_STATUSES };
extern const char *const note_status_names[NOTE_STATUSES];

struct predicate; /* model/predicate.h */

/* A row of the knowledge base, or the author's own note. */
struct note {
    const char *id;      /* NULL for the author's own */
    const char *section; /* "network" */
    const char *text[LANGS];
    const char *today[LANGS];    /* outdated and wrong: what holds today; else NULL */
    const char *nuance[LANGS];   /* a remark; or NULL */
    const char *const *services; /* type keys it is about, NULL behind the last */
    enum note_kind kind;
    enum note_status status;
    const char *since, *replacement, *source; /* or NULL */
    const char *undated;                      /* outdated and wrong ones without `since`: why there is no date */
    const struct predicate *applies;  /* when it stands beside a picture; NULL: when one of its services is there */
    const struct predicate *violated; /* rules and limits: what breaks it; else NULL */
    const struct predicate *held;     /* what shows in the picture that it is kept; NULL: that nothing breaks it */
    bool quiet;                       /* does not come by itself, only when it is violated or asked for */
    /* Scenarios for tests and `explain`, or NULL: one that breaks it (or several, `---` between them), with `^` in a comment
     * below each place that is to blame; one it is about and that keeps it; one it has nothing to say about. */
    const char *violates, *holds, *elsewhere;
};

/* A reference by name in the `notes:` of a scenario. */
struct note_wish {
    const char *id;
    struct text reason; /* why a violation is accepted; empty for shown and hidden notes */
    struct mark mark;
};

struct own_note {
    struct node *on; /* exactly one of on and edge, or none: for the whole picture */
    struct edge *edge;
    struct text text;
    enum note_kind kind;
};

enum notes_mode { NOTES_PANEL, NOTES_NUMBERS, NOTES_NONE };
enum notes_at { NOTES_AT_FIT, NOTES_AT_RIGHT, NOTES_AT_BELOW };

struct step {
    int number;
    struct text text;
    struct mark mark;
};

struct model {
    struct arena *arena; /* everything of the model lives here */
    const struct catalog *catalog;
    struct text title, description;
    enum lang lang; /* the scenario's own choice */
    bool lang_given;
    bool several_langs; /* some text of the scenario is given in more than one */
    enum page page;
    bool line_jumps;     /* lines rise in an arc over those they cross */
    const char *theme;   /* or NULL */
    const char *as_of;   /* "2019" or "2019-07": the time the architecture is of; NULL: today */
    struct node *root;   /* no picture of its own; its children are the outermost groups and nodes */
    struct node **nodes; /* all but the root */
    size_t node_count;
    struct edge **edges;
    size_t edge_count;
    struct overlay **overlays;
    size_t overlay_count;
    struct step *steps; /* by number */
    size_t step_count;
    struct note_wish *show, *hide, *accept; /* accept: violations the author stands by */
    size_t show_count, hide_count, accept_count;
    const struct note *rules; /* notes and rules of the author's own, in the form of templates/notes; NULL: none */
    size_t rule_count;
    unsigned rule_patterns; /* patterns in their predicates, numbered from 0 */
    size_t notes_max;       /* how many notes may come by themselves; 0: the default */
    struct own_note *own;
    size_t own_count;
    enum notes_mode notes_mode;
    enum notes_at notes_at;
    struct mark mark;
};

/* What the rule of a note found: nothing to check (or not checked), kept, or broken. */
enum note_state { NOTE_PLAIN, NOTE_HELD, NOTE_VIOLATED };

/* What stands together beside a picture, in this order. */
enum note_group { GROUP_VIOLATED, GROUP_WARNINGS, GROUP_LIMITS, GROUP_ADVICE, GROUP_FACTS, NOTE_GROUPS };

/* One place that breaks a rule. */
struct breach {
    const char *text;     /* one sentence, with the names of the elements */
    struct mark at, also; /* `also`.source NULL: none */
};

/* A note that stands beside the picture, chosen by check/notes. Several elements may carry its number. */
struct shown_note {
    const struct note *note;
    struct text own; /* text of an author's own note, when note is NULL */
    enum note_kind kind;
    enum note_state state;
    enum note_group group;
    const struct text *accepted; /* violated, and why the author says that is right; else NULL */
    int number;                  /* from 1, by group */
    struct node **on;            /* elements that carry the callout, in file order; may be none */
    size_t on_count;
    struct edge **edges;
    size_t edge_count;
    struct breach *breaches; /* violated: all places, by position in the file */
    size_t breach_count;
};

struct shown_notes {
    struct shown_note *at;
    size_t n;
};

/* The innermost node that holds both; a node holds itself. */
struct node *model_common(struct node *a, struct node *b);
bool model_within(const struct node *node, const struct node *ancestor); /* a node is within itself */

/* Whether a node stands on the frame of its group, as its type does on the frames of some. */
bool node_astride(const struct node *node);

/* The node a reference names: an id, or a dotted path whose end is unambiguous ("tokyo.cgw"). NULL when none or several; then
 * `found` holds up to `most` of the nodes that answer, and `count` says how many there are. */
struct node *model_find(const struct model *model, const char *name, struct node **found, size_t most, size_t *count);

/* Stable text of the whole model for --dump model. */
void model_dump(const struct model *model, struct str *out);

#endif
