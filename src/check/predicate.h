/* Asks a model whether conditions hold, and for which elements. */
#ifndef AWSDIAG_CHECK_PREDICATE_H
#define AWSDIAG_CHECK_PREDICATE_H

#include "base/str.h"
#include "check/index.h"
#include "model/predicate.h"

/* At most one of the two; neither: the slot is empty, or the diagram as a whole. */
struct element {
    const struct node *node;
    const struct edge *edge;
};

/* A condition that holds, with the elements that show it. */
struct proof {
    const struct condition *condition;
    struct element slots[PREDICATE_SLOTS];
};

struct evaluator;

/* `patterns`: more than the largest number of a pattern that will be asked about. */
struct evaluator *predicate_new(const struct index *index, unsigned patterns);

/* Calls `found` once for every subject of the predicate, in file order within a condition; pairs of a repeat or an overlap
 * once each. How often it did. A predicate that takes more than a fixed number of steps is given up: `exhausted` becomes true. */
size_t predicate_each(struct evaluator *evaluator, const struct predicate *predicate,
                      void (*found)(void *to, const struct proof *proof), void *to, bool *exhausted);

/* A message with its $names replaced by the elements and values of the proof. */
void predicate_message(const struct proof *proof, const struct index *index, const char *message, struct str *out);

/* "`tokyo-cgw`", "`tokyo-cgw -> vgw`" or "the diagram". */
void predicate_name(const struct element *element, const struct index *index, struct str *out);

#endif
