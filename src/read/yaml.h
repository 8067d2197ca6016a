/* YAML text to a tree in which every key and value knows its place. The only file that knows libyaml is yaml.c. */
#ifndef AWSDIAG_READ_YAML_H
#define AWSDIAG_READ_YAML_H

#include "base/diag.h"
#include "base/mem.h"

enum tree_kind { TREE_SCALAR, TREE_LIST, TREE_MAP };

/* A value. Scalars are text: what type they are says the schema row that reads them. */
struct tree {
    enum tree_kind kind;
    struct mark mark;
    const char *text; /* scalars; "" for an empty one */
    bool quoted;
    struct tree **items; /* lists; maps: the values */
    struct tree **keys;  /* maps: scalars, unique */
    size_t n;
};

struct yaml_limits {
    unsigned depth; /* nesting */
    size_t aliases; /* nodes made by expanding aliases */
};
extern const struct yaml_limits yaml_default_limits;

/* The one document of a file, or NULL with diagnostics. The tree lives in `arena`. Duplicate keys are errors; the first one is kept. */
struct tree *yaml_read(const struct source *source, struct arena *arena, const struct yaml_limits *limits,
                       struct diags *diags);

/* All of it once more, to be changed without the other. */
struct tree *tree_copy(const struct tree *tree, struct arena *arena);

/* The value of a key, or NULL. */
struct tree *tree_get(const struct tree *map, const char *key);

/* Stable text with positions, for --dump tree. */
void tree_dump(const struct tree *tree, struct str *out);

#endif
