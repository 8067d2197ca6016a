/* What the files of the loader share. Nothing else includes this. */
#ifndef AWSDIAG_READ_LOAD_PARTS_H
#define AWSDIAG_READ_LOAD_PARTS_H

#include "base/table.h"
#include "model/model.h"
#include "read/load.h"
#include "read/schema.h"

/* All nodes with one id, in file order. */
struct namesakes {
    struct node **at;
    size_t n, cap;
};

struct loader {
    struct model *model;
    struct catalog *catalog; /* of the model, with the scenario's own types */
    const struct load_limits *limits;
    struct arena *arena;
    struct diags *diags;
    struct schema_reader reader; /* its context is the loader */
    ARRAY(struct text *) texts;
    ARRAY(struct node *) nodes;
    ARRAY(struct edge *) edges;
    struct table paths;   /* of nodes, to the nodes */
    struct table ids;     /* to struct namesakes */
    struct table answers; /* references looked up so far, to struct answers */
    bool too_many;        /* the limit was reported */
};

/* Nodes below `parent`, from a mapping of ids. */
void load_nodes(struct loader *loader, struct node *parent, const struct tree *map);

/* `same-rank:` of a group whose children are there. */
void load_same_rank(struct loader *loader, struct node *node, const struct tree *value);

/* `overlays:`, when all nodes are there. */
void load_overlays(struct loader *loader, const struct tree *map);

/* Letters, digits, - and _, not too many. */
bool load_good_id(const char *id);

/* The type of that name; NULL when there is none, which is reported with the nearest ones. */
const struct type *load_type(struct loader *loader, const struct tree *name);

void load_edges(struct loader *loader, const struct tree *list);

/* The node that a reference names; NULL when there is none or no single one, which is reported at `mark`. */
struct node *load_reference(struct loader *loader, const char *name, struct mark mark);

/* Remember a text, so that missing languages are filled in at the end; too long ones are reported. */
void load_text(struct loader *loader, struct text *text);

/* `attributes:`: free ones, any scalar. */
void load_free_values(struct loader *loader, const struct tree *map, struct value **values, size_t *n);

/* A link as http, https, mailto or relative; else NULL, and reported. */
const char *load_link(struct loader *loader, const struct tree *value);

extern const char *const load_emphasis_names[]; /* "none", "strong", "muted", NULL */
extern const struct schema load_style_schema;   /* of struct style_keys */
extern const struct schema load_node_schema, load_edge_schema, load_side_schema, load_overlay_schema;

struct style_keys {
    const char *colour;
    int dash; /* + 1; 0: not given */
    double width;
};
void load_style(struct loader *loader, const struct tree *value, struct style *style);

#endif
