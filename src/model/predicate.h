/* Conditions over a model, as data: what `applies-when` and `violated-when` of a note say.
 *
 * A condition is about a subject: every node that fits a pattern, every edge, or the diagram as a whole. A pattern says of
 * one node which types it may have, and a list of clauses that must all hold, tried in the order they are written. A clause may
 * need another node (around it, in it, behind an edge, at the end of a path), which is a pattern again. Elements that were
 * given a name fill a slot, so that later clauses, the message and the mark can refer to them; slot 0 is the subject.
 *
 * read/knowledge_notes builds these from YAML and checks them against the catalogue, the generator prints the built-in ones as const
 * tables, check/predicate evaluates them. tests/predicates.md is the page for people who write them.
 */
#ifndef AWSDIAG_MODEL_PREDICATE_H
#define AWSDIAG_MODEL_PREDICATE_H

#include <stdbool.h>
#include <stddef.h>

/* Stands for all types the catalogue calls global. */
#define PREDICATE_GLOBAL "global-service"

enum { PREDICATE_SLOTS = 12, SLOT_SELF = 0, SLOT_NONE = -1 };

/* Tests of one attribute. Beyond ABSENT, all of them fail where the attribute is not given. */
enum test_op {
    TEST_PRESENT,
    TEST_ABSENT,
    TEST_IS,       /* one of the values, case ignored */
    TEST_NOT,      /* given, and none of the values */
    TEST_CONTAINS, /* one of the values is part of it, case ignored */
    TEST_ABOVE,    /* as a number, or a time: 30s, 5m, 2h, 1d */
    TEST_BELOW,
    TEST_INSIDE,  /* as CIDR ranges: every range lies in one of the other's */
    TEST_OUTSIDE, /* some range does not */
    TEST_OVERLAPS,
    TEST_SHORTER, /* some IPv4 range has a prefix of fewer bits */
    TEST_LONGER,  /* of more bits */
    TEST_OPS
};

struct test {
    const char *key;
    enum test_op op;
    const char *const *values; /* to compare with, NULL behind the last; NULL: compare with `other_key` of `slot` */
    int slot;
    const char *other_key;
};

enum clause_op {
    CLAUSE_HAS,          /* test */
    CLAUSE_LABEL,        /* words: one of them is in the label, in any language, case ignored */
    CLAUSE_WITHIN,       /* pattern: the node itself or a group around it */
    CLAUSE_HOLDS,        /* set of nodes inside, at any depth */
    CLAUSE_TO,           /* set of nodes that edges lead to */
    CLAUSE_FROM,         /* set of nodes that edges come from */
    CLAUSE_EDGES,        /* set of nodes at the other end of edges, either way */
    CLAUSE_ATTACHED,     /* set of nodes inside, and of those joined by an edge of kind `attach` */
    CLAUSE_REACHES,      /* a path along the edges leads to the pattern */
    CLAUSE_REACHED_FROM, /* a path leads here from it */
    CLAUSE_IS,           /* the node in `slot` */
    CLAUSE_SAME,         /* words: the nearest group of this type around the node is also that of the node in `slot` */
    CLAUSE_APART,        /* both have such a group, and not the same one */
    CLAUSE_NOT,          /* pattern does not fit the node */
    CLAUSE_ANY,          /* one of the patterns fits the node */
    CLAUSE_ALL,          /* all of the patterns fit the node */
    CLAUSE_DIAGRAM,      /* pattern fits the diagram as a whole */
    CLAUSE_OPS
};

/* What of a set is counted, or looked for. */
enum set_by {
    SET_MEMBERS, /* nodes; where two or more are asked for, the first and the last of those fill `slot` and `slot` + 1 */
    SET_GROUPS,  /* different groups of type `by_name` around them; members without one do not count */
    SET_VALUES,  /* different values of attribute `by_name` */
    SET_REPEAT,  /* two members with the same value of `by_name`: they fill `slot` and `slot` + 1 */
    SET_SUM,     /* `by_name` of the edges, added up, is more than `min`; TO, FROM, EDGES */
    SET_OVERLAP, /* two members whose ranges in `by_name` overlap: likewise */
};

enum { SET_UNBOUNDED = -1 };

struct pattern {
    unsigned number;          /* different for every pattern of a knowledge base, from 0 */
    const char *const *types; /* keys or families, NULL behind the last; NULL: any node */
    int as;                   /* slot this node fills, or SLOT_NONE */
    const struct clause *clauses;
    size_t n;
};

struct clause {
    enum clause_op op;
    const struct test *tests; /* HAS: of the node; TO, FROM, EDGES: of the edge */
    size_t test_count;
    const char *const *words; /* LABEL, SAME, APART; TO, FROM, EDGES: in the label of the edge; or NULL */
    const char *const *never; /* TO, FROM, EDGES: words that are not in the label of the edge; or NULL */
    const char *const *kinds; /* TO, FROM, EDGES, REACHES, REACHED_FROM: kinds of edges; NULL: all */
    const struct pattern *patterns;
    size_t pattern_count;
    const struct pattern *avoiding; /* REACHES, REACHED_FROM: what must not lie on the path; or NULL */
    int min, max;                   /* HOLDS, TO, FROM, EDGES, ATTACHED: how many; SET_UNBOUNDED */
    enum set_by by;
    const char *by_name;
    int slot;    /* IS, SAME, APART: the other node; sets: the first of the two that are bound */
    int edge_as; /* slot the edge fills, or SLOT_NONE */
};

enum subject { SUBJECT_NODE, SUBJECT_EDGE, SUBJECT_DIAGRAM };

/* An element of a proof, or one of its attributes: "$vpc", "$vpc.cidr". */
struct place {
    int slot;        /* SLOT_NONE: no place */
    const char *key; /* NULL: the element itself */
};

struct condition {
    enum subject subject;
    struct pattern pattern; /* of the subject; EDGE: of the node the edge leaves */
    struct pattern target;  /* EDGE: of the node it leads to */
    struct clause edge;     /* EDGE: kinds, tests and words of the edge itself */
    bool weak;              /* the diagram may only leave out what is missed: a warning, not a broken rule */
    const char *message;    /* of a violation, with $name and $name.attribute in it; or NULL */
    struct place at;        /* what a violation points to */
    const char *const
        *names; /* of the slots, in order, NULL behind the last; those of pairs are "first" and "second" */
};

/* Holds where one of its conditions does. */
struct predicate {
    const struct condition *conditions;
    size_t n;
};

#endif
