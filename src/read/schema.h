/* Rows that say which keys a mapping has, of what shape, and where their values go. One loop reads them all, reports what no row
 * knows, and the JSON Schema for editors is printed from the same rows.
 */
#ifndef AWSDIAG_READ_SCHEMA_H
#define AWSDIAG_READ_SCHEMA_H

#include "read/yaml.h"

struct schema_reader {
    struct arena *arena;
    struct diags *diags;
    void *context; /* what the functions of the rows need beside */
};

enum schema_form {
    SCHEMA_STRING,   /* const char * */
    SCHEMA_TEXT,     /* struct text (model.h): a string or a map of languages */
    SCHEMA_INT,      /* int, within min and max */
    SCHEMA_NUMBER,   /* double, within min and max */
    SCHEMA_BOOL,     /* bool: true, false, yes, no */
    SCHEMA_CHOICE,   /* int: index into choices */
    SCHEMA_COLOUR,   /* uint32_t: "#RRGGBB" */
    SCHEMA_STRINGS,  /* const char *const *, NULL behind the last; one string counts as a list of one */
    SCHEMA_FUNCTION, /* whatever `read` makes of it */
};

struct schema_row {
    const char *key;
    enum schema_form form;
    size_t offset; /* of the field in the struct that is filled */
    bool required;
    const char *const *choices; /* NULL behind the last */
    double min, max;
    void (*read)(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object);
    const char *json;  /* SCHEMA_FUNCTION: name of the definition in the JSON Schema */
    const char *about; /* one sentence: description in the JSON Schema */
};

struct schema {
    const char *name; /* "scenario", "node": in diagnostics and as definition in the JSON Schema */
    const struct schema_row *rows;
    size_t n;
    /* Asked about a key that no row has; true: taken care of. May be NULL: such a key is an error. */
    bool (*other)(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object);
};

/* diag_suggest, which also knows what the same thing is called elsewhere: `children` is `nodes` here, `TB` is `down`. */
void schema_suggest(struct diags *diags, const char *word, const char *const *candidates, size_t n);

/* Fill `object` from `map`. False when the tree is no mapping (reported); single wrong fields are reported and left alone. */
bool schema_read(const struct schema *schema, struct schema_reader *reader, const struct tree *map, void *object);

#endif
