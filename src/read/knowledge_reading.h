/* What reading a condition needs to know: the catalogue's words, and the elements named so far. Inside of knowledge_predicate. */
#ifndef AWSDIAG_READ_KNOWLEDGE_READING_H
#define AWSDIAG_READ_KNOWLEDGE_READING_H

#include "read/knowledge_notes.h"

/* A slot and what is known of the element that fills it. */
struct named {
    const char *name; /* "" for one without a name */
    bool edge;
    bool live; /* can be referred to here */
    const char *const *types;
};

struct reading {
    struct knowledge_notes *notes;
    struct diags *diags;
    struct named slots[PREDICATE_SLOTS + 1];
    int slot_count;
    unsigned nesting;
    bool failed;
    bool bare;     /* in a path's end, where names of before cannot be used */
    int pair_slot; /* of the last pair, or SLOT_NONE */
    const char *pair_key;
};

struct tests {
    struct test *at;
    size_t n, cap;
};

/* Record a mistake: `what`, and the word that is wrong behind it unless NULL. */
void reading_wrong(struct reading *reading, enum diag_code code, const struct tree *at, const char *what,
                   const char *word);

bool reading_scalar(struct reading *reading, const struct tree *tree, const char *what);
bool reading_number(const char *text); /* a decimal number */

/* A scalar or a list of scalars; NULL behind the last. */
const char *const *reading_words(struct reading *reading, const struct tree *tree, const char *what);

/* Keys of types and families, kinds; unknown ones are reported. `any` gives NULL, which is any type. */
const char *reading_type(struct reading *reading, const struct tree *tree, const char *name);
const char *const *reading_types(struct reading *reading, const struct tree *tree);
const char *const *reading_kinds(struct reading *reading, const struct tree *tree);

/* The attribute `key` of such an element: the key to look for in values, and, when `found` is not NULL, its row. On edges every key
 * is right; on nodes keys that the catalogue does not declare are written "attributes.key". */
const char *reading_attribute(struct reading *reading, const struct tree *at, const struct named *of, const char *key,
                              const struct attribute **found);

/* Slots: a new one, the one of a name that is known here, and the one `as` makes. SLOT_NONE when there is none. */
int reading_slot(struct reading *reading, const struct tree *at, const char *name, bool edge);
int reading_find(const struct reading *reading, const char *name, size_t n);
int reading_name(struct reading *reading, const struct tree *tree, bool edge);

/* Names given since `from` are not known from here on. */
void reading_forget(struct reading *reading, int from);

/* "$name" or "$name.attribute". */
struct place reading_place(struct reading *reading, const struct tree *tree, bool need_key);

/* `has` of nodes of these types, and `edge-has`; `absent`: `lacks` and `edge-lacks`. */
struct tests reading_tests(struct reading *reading, const struct tree *tree, const char *const *types, bool absent);
struct tests reading_edge_tests(struct reading *reading, const struct tree *tree, bool absent);

#endif
