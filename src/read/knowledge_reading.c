#include "read/knowledge_reading.h"

#include <string.h>

#include "model/cidr.h"

void reading_wrong(struct reading *reading, enum diag_code code, const struct tree *at, const char *what,
                   const char *word) {
    reading->failed = true;
    diag_add(reading->diags, code, at->mark, "%s%s%s%s", what, word ? " `" : "", word ? word : "", word ? "`" : "");
}

bool reading_scalar(struct reading *reading, const struct tree *tree, const char *what) {
    if (tree->kind == TREE_SCALAR) {
        return true;
    }
    reading_wrong(reading, DIAG_wrong_shape, tree, "one word is expected for", what);
    return false;
}

/* A scalar or a list of scalars; NULL behind the last. */
const char *const *reading_words(struct reading *reading, const struct tree *tree, const char *what) {
    size_t n = tree->kind == TREE_LIST ? tree->n : 1;
    const char **list = arena_array(reading->notes->arena, n + 1, sizeof *list);
    for (size_t i = 0; i < n; i++) {
        const struct tree *item = tree->kind == TREE_LIST ? tree->items[i] : tree;
        if (reading_scalar(reading, item, what)) {
            list[i] = item->text;
        } else {
            list[i] = "";
        }
    }
    return list;
}

/* Types, families and kinds. */
static bool is_family(const struct catalog *catalog, const char *name) {
    for (size_t i = 0; i < catalog->type_count; i++) {
        if (catalog->types[i].family && strcmp(catalog->types[i].family, name) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < catalog->own_count; i++) {
        if (catalog->own[i]->family && strcmp(catalog->own[i]->family, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *reading_type(struct reading *reading, const struct tree *tree, const char *name) {
    const struct catalog *catalog = reading->notes->catalog;
    if (strcmp(name, PREDICATE_GLOBAL) == 0 || is_family(catalog, name)) {
        return name;
    }
    const struct type *type = catalog_type(catalog, name);
    if (!type) {
        const char *near[1];
        reading_wrong(reading, DIAG_unknown_type, tree, "there is no type or family", name);
        if (catalog_near(catalog, name, near, 1) > 0) {
            diag_hint(reading->diags, "did you mean `%s`?", near[0]);
        }
        return name;
    }
    return type->key;
}

const char *const *reading_types(struct reading *reading, const struct tree *tree) {
    if (tree->kind == TREE_SCALAR && strcmp(tree->text, "any") == 0) {
        return NULL;
    }
    const char **list = (const char **)(uintptr_t)reading_words(reading, tree, "type");
    for (size_t i = 0; list[i]; i++) {
        list[i] = reading_type(reading, tree->kind == TREE_LIST ? tree->items[i] : tree, list[i]);
    }
    return list;
}

const char *const *reading_kinds(struct reading *reading, const struct tree *tree) {
    const char *const *list = reading_words(reading, tree, "kind");
    for (size_t i = 0; list[i]; i++) {
        if (!catalog_kind(reading->notes->catalog, list[i])) {
            reading_wrong(reading, DIAG_unknown_kind, tree->kind == TREE_LIST ? tree->items[i] : tree,
                          "there is no kind", list[i]);
        }
    }
    return list;
}

/* Attributes. */
static const struct attribute *attribute_of_any(const struct catalog *catalog, const char *key) {
    for (size_t i = 0; i < catalog->attribute_count; i++) {
        if (strcmp(catalog->attributes[i].key, key) == 0) {
            return &catalog->attributes[i];
        }
    }
    return NULL;
}

static const struct attribute *attribute_of_type(const struct type *type, const char *name, const char *key) {
    bool fits = type_is(type, name) || (type->global && strcmp(name, PREDICATE_GLOBAL) == 0);
    return fits ? catalog_attribute(type, key) : NULL;
}

/* The attribute `key` that one of the types has; of any type when there are none named. */
static const struct attribute *attribute_of(const struct catalog *catalog, const char *const *types, const char *key) {
    const struct attribute *found = NULL;
    if (!types) {
        return attribute_of_any(catalog, key);
    }
    for (; *types && !found; types++) {
        for (size_t i = 0; i < catalog->type_count && !found; i++) {
            found = attribute_of_type(&catalog->types[i], *types, key);
        }
        for (size_t i = 0; i < catalog->own_count && !found; i++) {
            found = attribute_of_type(catalog->own[i], *types, key);
        }
    }
    return found;
}

const char *reading_attribute(struct reading *reading, const struct tree *at, const struct named *of, const char *key,
                              const struct attribute **found) {
    static const char free_prefix[] = "attributes.";
    const struct catalog *catalog = reading->notes->catalog;
    const struct attribute *declared = of->edge ? NULL : attribute_of(catalog, of->types, key);
    if (found) {
        *found = declared;
    }
    if (strncmp(key, free_prefix, sizeof free_prefix - 1) == 0) {
        return key + sizeof free_prefix - 1;
    }
    if (!declared && !of->edge) {
        const char **known = arena_array(reading->notes->arena, catalog->attribute_count + 1, sizeof *known);
        size_t n = 0;
        for (size_t i = 0; i < catalog->attribute_count; i++) {
            if (attribute_of(catalog, of->types, catalog->attributes[i].key)) {
                known[n++] = catalog->attributes[i].key;
            }
        }
        const char *what = of->types ? "these types have no attribute" : "there is no attribute";
        reading_wrong(reading, DIAG_unknown_attribute, at, what, key);
        diag_hint(reading->diags, "facts the catalogue does not know are written `attributes.%s`", key);
        diag_suggest(reading->diags, key, known, n);
    }
    return key;
}

bool reading_number(const char *text) {
    text += *text == '-';
    size_t n = strspn(text, "0123456789");
    return n > 0 && (text[n] == '\0' || (text[n] == '.' && strspn(text + n + 1, "0123456789") == strlen(text + n + 1)));
}

static bool is_bool(const char *text) {
    static const char *const all[] = {"true", "false", "yes", "no"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(text, all[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool value_fits(const struct attribute *attribute, enum test_op op, const char *value) {
    struct cidr range;
    if (op == TEST_ABOVE || op == TEST_BELOW || op == TEST_SHORTER || op == TEST_LONGER) {
        return reading_number(value);
    }
    if (op == TEST_INSIDE || op == TEST_OUTSIDE || op == TEST_OVERLAPS) {
        return cidr_parse(value, strlen(value), &range, NULL);
    }
    if (op == TEST_CONTAINS) {
        return true;
    }
    if (attribute->choices) {
        for (const char *const *choice = attribute->choices; *choice; choice++) {
            if (strcmp(*choice, value) == 0) {
                return true;
            }
        }
        return false;
    }
    switch (attribute->value) {
    case VALUE_INT:
    case VALUE_ASN: return reading_number(value);
    case VALUE_BOOL: return is_bool(value);
    case VALUE_STRING:
    case VALUE_CIDR:
    case VALUE_IP:
    case VALUE_ACCOUNT:
    case VALUE_TYPES: break;
    }
    return true;
}

/* Slots and names. */
int reading_slot(struct reading *reading, const struct tree *at, const char *name, bool edge) {
    if (reading->slot_count == PREDICATE_SLOTS) {
        reading_wrong(reading, DIAG_bad_predicate, at, "a condition can name no more elements than eleven", NULL);
        return SLOT_NONE;
    }
    reading->slots[reading->slot_count] = (struct named){name, edge, true, NULL};
    return reading->slot_count++;
}

int reading_find(const struct reading *reading, const char *name, size_t n) {
    for (int i = 0; i < reading->slot_count; i++) {
        if (reading->slots[i].live && n > 0 && strlen(reading->slots[i].name) == n &&
            memcmp(reading->slots[i].name, name, n) == 0) {
            return i;
        }
    }
    return SLOT_NONE;
}

static bool is_word(const char *text) {
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return n > 0 && text[n] == '\0' && text[0] >= 'a' && text[0] <= 'z';
}

/* The name given by `as`: new, a word, and none of those that are always there. */
int reading_name(struct reading *reading, const struct tree *tree, bool edge) {
    static const char *const taken[] = {"self", "first", "second"};
    if (!reading_scalar(reading, tree, "as")) {
        return SLOT_NONE;
    }
    if (!is_word(tree->text)) {
        reading_wrong(reading, DIAG_bad_predicate, tree, "a name is made of small letters, digits and `-`, not",
                      tree->text);
    }
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(tree->text, taken[i]) == 0) {
            reading_wrong(reading, DIAG_bad_predicate, tree, "this name has a meaning of its own:", tree->text);
        }
    }
    for (int i = 0; i < reading->slot_count; i++) {
        if (strcmp(reading->slots[i].name, tree->text) == 0) {
            reading_wrong(reading, DIAG_bad_predicate, tree, "this name is already given:", tree->text);
        }
    }
    return reading_slot(reading, tree, tree->text, edge);
}

/* Names given since `from` are not known from here on. */
void reading_forget(struct reading *reading, int from) {
    for (int i = from; i < reading->slot_count; i++) {
        reading->slots[i].live = false;
    }
}

/* "$name" or "$name.attribute". */
struct place reading_place(struct reading *reading, const struct tree *tree, bool need_key) {
    struct place none = {SLOT_NONE, NULL};
    if (!reading_scalar(reading, tree, "a reference")) {
        return none;
    }
    const char *name = tree->text + (tree->text[0] == '$');
    size_t n = strcspn(name, ".");
    struct place place = {reading_find(reading, name, n), name[n] ? name + n + 1 : NULL};
    if (tree->text[0] != '$' || place.slot == SLOT_NONE || (need_key && !place.key) || reading->bare) {
        reading_wrong(reading, DIAG_bad_predicate, tree,
                      reading->bare ? "names cannot be used at the end of a path:"
                                    : "nothing is named so before this place:",
                      tree->text);
        return none;
    }
    if (place.key) {
        place.key = reading_attribute(reading, tree, &reading->slots[place.slot], place.key, NULL);
    }
    return place;
}

/* `has`, `lacks`, `edge-has`. */
static struct test *test_new(struct reading *reading, struct tests *tests, const char *key, enum test_op op) {
    tests->at = arena_grow(reading->notes->arena, tests->at, &tests->cap, tests->n + 1, sizeof *tests->at);
    struct test *test = &tests->at[tests->n++];
    *test = (struct test){.key = key, .op = op, .slot = SLOT_NONE};
    return test;
}

static void read_operand(struct reading *reading, struct test *test, const struct attribute *attribute,
                         const struct tree *tree) {
    if (tree->kind == TREE_SCALAR && tree->text[0] == '$') {
        struct place other = reading_place(reading, tree, true);
        test->slot = other.slot;
        test->other_key = other.key;
        return;
    }
    test->values = reading_words(reading, tree, "a value");
    for (size_t i = 0; test->values[i]; i++) {
        if (attribute && !value_fits(attribute, test->op, test->values[i])) {
            reading_wrong(reading, DIAG_bad_value, tree->kind == TREE_LIST ? tree->items[i] : tree,
                          "the attribute cannot be", test->values[i]);
        }
    }
}

static void read_test(struct reading *reading, struct tests *tests, const struct attribute *attribute, const char *key,
                      const struct tree *tree) {
    static const struct {
        const char *key;
        enum test_op op;
    } ops[] = {{"is", TEST_IS},           {"not", TEST_NOT},           {"contains", TEST_CONTAINS},
               {"above", TEST_ABOVE},     {"below", TEST_BELOW},       {"inside", TEST_INSIDE},
               {"outside", TEST_OUTSIDE}, {"overlaps", TEST_OVERLAPS}, {"shorter", TEST_SHORTER},
               {"longer", TEST_LONGER}};
    if (tree->kind != TREE_MAP) {
        read_operand(reading, test_new(reading, tests, key, TEST_IS), attribute, tree);
        return;
    }
    for (size_t i = 0; i < tree->n; i++) {
        size_t op = 0;
        while (op < sizeof ops / sizeof *ops && strcmp(ops[op].key, tree->keys[i]->text) != 0) {
            op++;
        }
        if (op == sizeof ops / sizeof *ops) {
            reading_wrong(reading, DIAG_unknown_key, tree->keys[i], "there is no comparison", tree->keys[i]->text);
        } else {
            read_operand(reading, test_new(reading, tests, key, ops[op].op), attribute, tree->items[i]);
        }
    }
}

static struct tests read_tests(struct reading *reading, const struct tree *tree, const struct named *of, bool absent) {
    struct tests tests = {0};
    if (tree->kind == TREE_MAP && !absent) {
        for (size_t i = 0; i < tree->n; i++) {
            const struct attribute *declared;
            const char *key = reading_attribute(reading, tree->keys[i], of, tree->keys[i]->text, &declared);
            read_test(reading, &tests, declared, key, tree->items[i]);
        }
        return tests;
    }
    const char *const *keys = reading_words(reading, tree, "an attribute");
    for (size_t i = 0; keys[i]; i++) {
        const struct tree *at = tree->kind == TREE_LIST ? tree->items[i] : tree;
        test_new(reading, &tests, reading_attribute(reading, at, of, keys[i], NULL),
                 absent ? TEST_ABSENT : TEST_PRESENT);
    }
    return tests;
}

struct tests reading_tests(struct reading *reading, const struct tree *tree, const char *const *types, bool absent) {
    return read_tests(reading, tree, &(struct named){.types = types}, absent);
}

struct tests reading_edge_tests(struct reading *reading, const struct tree *tree, bool absent) {
    return read_tests(reading, tree, &(struct named){.edge = true}, absent);
}
