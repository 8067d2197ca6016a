/* What rules ask of a model again and again, worked out once: nodes by type, nodes inside a group, edges at a node. */
#ifndef AWSDIAG_CHECK_INDEX_H
#define AWSDIAG_CHECK_INDEX_H

#include "model/model.h"

/* An edge seen from one of its ends. Edges that are drawn crossed out are not among them. */
struct link {
    const struct edge *edge;
    const struct node *other;
    bool out, in; /* one can go along it, away from here; hither. An edge without arrows goes both ways */
};

struct index {
    const struct model *model;
    struct arena *arena;
    const struct type **types; /* those that occur */
    size_t type_count;
    size_t *type_of;             /* index into types, by node */
    const struct node **by_type; /* all nodes, by type, then in file order */
    size_t *type_start;          /* of every type in by_type; one more than there are types */
    size_t *inside_end;          /* by node: the nodes inside it are those from its own index + 1 to before this one */
    size_t *same_id;             /* by node: the next node with the same id; a ring, so that one alone names itself */
    struct link *links;
    size_t *link_start; /* by node; one more than there are nodes */
};

struct index *index_new(const struct model *model, struct arena *arena);

/* The nearest group of this type or family around a node, or the node itself; NULL when there is none. */
const struct node *index_scope(const struct node *node, const char *type);

/* The shortest end of a node's path that no other node answers to. */
const char *index_short_path(const struct index *index, const struct node *node);

const struct value *index_value(const struct value *values, size_t n, const char *key);

#endif
