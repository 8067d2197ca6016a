#include "model/catalog.h"

#include <string.h>

#include "base/fold.h"
#include "base/mem.h"

const char *const lang_codes[LANGS] = {"en", "ja"};
const char *const value_type_names[VALUE_TYPES] = {"string", "int", "bool", "cidr", "ip", "asn", "account"};
const char *const shape_names[SHAPES] = {"service", "resource", "group", "actor"};
const char *const dash_names[DASHES] = {"solid", "dashed", "dotted"};
const char *const peers_names[PEERS] = {"none", "loose", "strict"};
const char *const lifecycle_names[LIFECYCLES] = {"current", "renamed", "closed", "retired"};

enum { LONGEST_NAME = 128 };

/* People write `API Gateway` and `api_gateway`, too. */
static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == ' ' || c == '_' ? '-' : c; }

/* ASCII letters in lower case, dashes between words; false when the name is too long to be one. */
static bool lower(const char *name, char out[LONGEST_NAME]) {
    size_t n = strlen(name);
    if (n >= LONGEST_NAME)
        return false;
    for (size_t i = 0; i <= n; i++)
        out[i] = small(name[i]);
    return true;
}

static bool same_name(const char *a, const char *b) {
    while (*a && small(*a) == small(*b))
        a++, b++;
    return !*a && !*b;
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
    for (size_t i = catalog->own_count; i-- > 0;)
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

/* How far a word is from a name in letters; more than `slips` where it is not near. Part of a name is near, too. */
static size_t distance(struct folded word, struct folded name, size_t slips) {
    size_t found = fold_distance(word, name, slips);
    return found > slips && word.n >= 4 && fold_match(word, name) <= FOLD_PART ? slips : found;
}

static size_t nearer(struct arena *arena, struct folded word, const char *name, size_t slips, size_t best) {
    size_t found = name ? distance(word, fold(arena, name), slips) : best;
    return found < best ? found : best;
}

static size_t distance_to_type(struct arena *arena, struct folded word, const struct type *type, size_t slips) {
    size_t best = nearer(arena, word, type->key, slips, slips + 1);
    for (int lang = 0; lang < LANGS; lang++)
        best = nearer(arena, word, type->name[lang], slips, best);
    for (const char *const *alias = type->aliases; alias && *alias; alias++)
        best = nearer(arena, word, *alias, slips, best);
    return nearer(arena, word, type->cloudformation, slips, best);
}

size_t catalog_near(const struct catalog *catalog, const char *word, const char **out, size_t most) {
    struct arena *arena = arena_new();
    struct folded wanted = fold(arena, word);
    size_t n = 0, slips = wanted.n < 3 ? 1 : wanted.n < 6 ? 2 : 3, all = catalog->own_count + catalog->type_count;
    size_t *found = arena_array(arena, all, sizeof *found);
    if (wanted.n && wanted.at[0] >= 0x3000) /* a slip in kana or kanji says more than one in letters */
        slips = wanted.n < 5 ? 1 : 2;
    for (size_t i = 0; i < all; i++)
        found[i] = distance_to_type(
            arena, wanted, i < catalog->own_count ? catalog->own[i] : &catalog->types[i - catalog->own_count], slips);
    size_t best = slips;
    for (size_t i = 0; i < all; i++)
        best = found[i] < best ? found[i] : best;
    /* what is much further than the nearest is not meant */
    for (size_t step = best; wanted.n && step <= best + 1 && step <= slips; step++)
        for (size_t i = 0; i < all && n < most; i++)
            if (found[i] == step)
                out[n++] = (i < catalog->own_count ? catalog->own[i] : &catalog->types[i - catalog->own_count])->key;
    arena_free(arena);
    return n;
}

void catalog_add(struct catalog *catalog, struct arena *arena, struct type *type) {
    catalog->own = arena_grow(arena, catalog->own, &catalog->own_cap, catalog->own_count + 1, sizeof(struct type *));
    catalog->own[catalog->own_count++] = type;
}

bool catalog_date(const char *text) {
    size_t n = strlen(text);
    if (strspn(text, "0123456789") != 4 || (n != 4 && n != 7))
        return false;
    return n == 4 || (text[4] == '-' && strspn(text + 5, "0123456789") == 2 && strcmp(text + 5, "00") > 0 &&
                      strcmp(text + 5, "12") <= 0);
}

bool type_changed(const struct type *type, const char *as_of) {
    if (type->lifecycle == LIFECYCLE_CURRENT || !as_of)
        return type->lifecycle != LIFECYCLE_CURRENT;
    /* a year alone is its beginning; what changed at an unknown time is taken to have been current */
    return type->since && strcmp(as_of, type->since) >= 0 &&
           !(strlen(as_of) == 4 && strncmp(as_of, type->since, 4) == 0);
}

/* Asked some thousand times a picture, most often of names that differ in their first letter. */
static bool same(const char *a, const char *b) { return a[0] == b[0] && strcmp(a, b) == 0; }

bool type_is(const struct type *type, const char *name) {
    return same(type->key, name) || (type->family && same(type->family, name));
}
