#include "base/table.h"

#include <string.h>

#include "base/str.h"

struct table_slot {
    const char *name; /* NULL: free */
    uint32_t hash;
    void *thing;
};

/* The slot of `name`, or the free one where it belongs. */
static struct table_slot *find(const struct table *table, const char *name, uint32_t hash) {
    size_t at = hash & (table->cap - 1);
    while (table->slots[at].name && (table->slots[at].hash != hash || strcmp(table->slots[at].name, name) != 0))
        at = (at + 1) & (table->cap - 1);
    return &table->slots[at];
}

void *table_get(const struct table *table, const char *name) {
    return table->n ? find(table, name, str_hash(name, strlen(name)))->thing : NULL;
}

static void grow(struct arena *arena, struct table *table) {
    struct table old = *table;
    table->cap = old.cap ? 2 * old.cap : 32;
    table->slots = arena_array(arena, table->cap, sizeof *table->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].name)
            *find(table, old.slots[i].name, old.slots[i].hash) = old.slots[i];
}

void table_put(struct arena *arena, struct table *table, const char *name, void *thing) {
    if (table->n >= table->cap / 2)
        grow(arena, table);
    uint32_t hash = str_hash(name, strlen(name));
    struct table_slot *slot = find(table, name, hash);
    table->n += slot->name == NULL;
    *slot = (struct table_slot){name, hash, thing};
}
