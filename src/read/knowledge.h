/* The catalogue from YAML: templates/catalogue when the program is built, a scenario's own types when it runs.
 *
 * Files hold any of `categories`, `attributes`, `kinds`, `types`; `category` and `shape` beside them are the defaults for the types
 * of that file. All files are read first, then knowledge_finish ties names to rows.
 */
#ifndef AWSDIAG_READ_KNOWLEDGE_H
#define AWSDIAG_READ_KNOWLEDGE_H

#include "model/model.h"
#include "read/schema.h"

/* A type as it was read, with names where the finished row has pointers. */
struct raw_type {
    struct type type;
    struct text name;
    const char *category;
    const char *const *attributes;
    int shape, dash, peers;
    struct {
        int state;
        const char *since, *successor;
    } lifecycle;
    bool has_frame, has_colour;
    uint32_t colour; /* of the tile and of what goes by the category, where a type has one of its own */
    struct mark mark, icon_mark;
};

struct raw_attribute {
    struct attribute attribute;
    struct text name, form;
    int value;
    struct mark mark;
};

struct raw_kind {
    struct kind kind;
    struct text name;
    int dash;
    struct mark mark;
};

struct raw_category {
    struct category category;
    struct text name;
    struct mark mark;
};

struct knowledge {
    struct arena *arena;
    const struct catalog *base; /* rows that are there already (a user's types use the built-in ones), or NULL */
    ARRAY(struct raw_category) categories;
    ARRAY(struct raw_attribute) attributes;
    ARRAY(struct raw_kind) kinds;
    ARRAY(struct raw_type) types;
};

void knowledge_read(struct knowledge *knowledge, const struct tree *file, struct diags *diags);

extern const struct schema knowledge_type_schema;      /* of struct raw_type */
extern const struct schema knowledge_lifecycle_schema; /* of its lifecycle */

/* Types alone: the `types:` of a scenario. */
void knowledge_read_types(struct knowledge *knowledge, const struct tree *map, const char *category,
                          struct diags *diags);

/* Tie names: categories and attributes to rows, successors and groups checked; names used twice are reported. Types come out sorted
 * by key. What is wrong is in `diags`; the rows are sound in any case. */
void knowledge_finish(struct knowledge *knowledge, struct diags *diags);

/* The finished rows as a catalogue in the arena. */
struct catalog knowledge_catalog(struct knowledge *knowledge);

#endif
