#include "model/catalog.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

const char *const lang_codes[LANGS] = {"en", "ja"};
const char *const value_type_names[VALUE_TYPES] = {"string", "int", "bool", "cidr", "ip", "asn", "account"};
const char *const shape_names[SHAPES] = {"service", "resource", "group", "actor"};
const char *const dash_names[DASHES] = {"solid", "dashed", "dotted"};
const char *const peers_names[PEERS] = {"none", "loose", "strict"};
const char *const lifecycle_names[LIFECYCLES] = {"current", "renamed", "closed", "retired"};

enum { LONGEST_NAME = 128 };

/* ASCII letters in lower case; false when the name is too long to be one. */
static bool lower(const char *name, char out[LONGEST_NAME]) {
    size_t n = strlen(name);
    if (n >= LONGEST_NAME)
        return false;
    for (size_t i = 0; i <= n; i++)
        out[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    return true;
}

static bool same_name(const char *a, const char *b) {
    char x[LONGEST_NAME], y[LONGEST_NAME];
    return lower(a, x) && lower(b, y) && strcmp(x, y) == 0;
}

static bool own_type_is(const struct type *type, const char *name) {
    if (same_name(type->key, name) || (type->cloudformation && same_name(type->cloudformation, name)))
        return true;
    for (const char *const *alias = type->aliases; alias && *alias; alias++)
        if (same_name(*alias, name))
            return true;
    return false;
}

const struct type *catalog_type(const struct catalog *catalog, const char *name) {
    char wanted[LONGEST_NAME];
    if (!lower(name, wanted))
        return NULL;
    for (size_t i = 0; i < catalog->own_count; i++)
        if (own_type_is(catalog->own[i], name))
            return catalog->own[i];
    size_t lo = 0, hi = catalog->name_count;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int order = strcmp(catalog->names[mid].name, wanted);
        if (order == 0)
            return &catalog->types[catalog->names[mid].type];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const struct kind *catalog_kind(const struct catalog *catalog, const char *name) {
    for (size_t i = 0; i < catalog->kind_count; i++)
        if (strcmp(catalog->kinds[i].key, name) == 0)
            return &catalog->kinds[i];
    return NULL;
}

const struct attribute *catalog_attribute(const struct type *type, const char *key) {
    for (const struct attribute *const *at = type->attributes; at && *at; at++)
        if (strcmp((*at)->key, key) == 0)
            return *at;
    return NULL;
}

struct near {
    const char *name;
    size_t distance;
};

/* Keep the best `most` in order; equal ones in order of arrival, and no type twice. */
static void keep(struct near *best, size_t *n, size_t most, struct near candidate) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(best[i].name, candidate.name) == 0)
            return;
    size_t i = *n < most ? (*n)++ : most;
    while (i > 0 && best[i - 1].distance > candidate.distance) {
        if (i < most)
            best[i] = best[i - 1];
        i--;
    }
    if (i < most)
        best[i] = candidate;
}

size_t catalog_near(const struct catalog *catalog, const char *word, const char **out, size_t most) {
    enum { MOST = 16 };
    struct near best[MOST];
    size_t n = 0, length = strlen(word), slips = length < 3 ? 1 : length < 6 ? 2 : 3;
    char wanted[LONGEST_NAME];
    most = most < MOST ? most : MOST;
    if (!lower(word, wanted))
        return 0;
    for (size_t i = 0; i < catalog->name_count; i++) {
        size_t distance = str_distance(wanted, catalog->names[i].name, slips);
        /* a word that is part of a name is near, too */
        if (distance > slips && length >= 4 && strstr(catalog->names[i].name, wanted))
            distance = slips;
        if (distance <= slips)
            keep(best, &n, most, (struct near){catalog->types[catalog->names[i].type].key, distance});
    }
    for (size_t i = 0; i < n; i++)
        out[i] = best[i].name;
    return n;
}

void catalog_add(struct catalog *catalog, struct arena *arena, struct type *type) {
    catalog->own = arena_grow(arena, catalog->own, &catalog->own_cap, catalog->own_count + 1, sizeof(struct type *));
    catalog->own[catalog->own_count++] = type;
}

bool type_is(const struct type *type, const char *name) {
    return strcmp(type->key, name) == 0 || (type->family && strcmp(type->family, name) == 0);
}
