/* Conditions from YAML, checked against the catalogue. tests/spec-predicates.md describes the language. */
#ifndef AWSDIAG_READ_KNOWLEDGE_PREDICATE_H
#define AWSDIAG_READ_KNOWLEDGE_PREDICATE_H

#include "model/predicate.h"
#include "read/knowledge_notes.h"

/* The predicate in the arena of `notes`, or NULL when something is wrong with it, which is reported. */
const struct predicate *knowledge_predicate(struct knowledge_notes *notes, const struct tree *tree,
                                            struct diags *diags);

/* Keys of types and families, NULL behind the last; NULL when one is unknown, which is reported. */
const char *const *knowledge_types(struct knowledge_notes *notes, const struct tree *tree, struct diags *diags);

#endif
