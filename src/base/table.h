/* A hash table from names to things, for looking up in files of any size. It has no order of its own: nothing may be listed from it. */
#ifndef AWSDIAG_BASE_TABLE_H
#define AWSDIAG_BASE_TABLE_H

#include <stddef.h>

#include "base/mem.h"

/* Zero is an empty table. Names are borrowed; slots live in the arena of table_put, which is the same for all of a table. */
struct table {
    struct table_slot *slots;
    size_t n, cap;
};

/* The thing put under `name`, or NULL. */
void *table_get(const struct table *table, const char *name);

/* Put a thing, which is not NULL, under `name`; it takes the place of an earlier one. */
void table_put(struct arena *arena, struct table *table, const char *name, void *thing);

#endif
