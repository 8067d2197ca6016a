/* Conditions of notes: YAML to tables.
 *
 * A pattern is written as a type, a list of alternatives, or a mapping whose entries become clauses in their order. What sets (`holds`,
 * `to`, `from`, `edges`) and paths (`reaches`, `reached-from`) need beside the pattern of their members stands in the same
 * mapping, so that a whole condition reads as one sentence: edges: {type: customer-gateway, kind: vpn, repeat: asn}.
 *
 * Everything that can be known without a scenario is checked here: types, families, kinds and attributes against the catalogue, values
 * against the attribute, names against what has been named before. A predicate that was read without a diagnostic cannot fail to
 * be evaluated.
 */
#include "read/knowledge_predicate.h"

#include <stdlib.h>
#include <string.h>

#include "read/knowledge_reading.h"

enum { NESTING_MAX = 12, ALTERNATIVES_MAX = 16 };

/* A pattern while it is built. */
struct building {
    struct reading *reading;
    struct pattern *pattern;
    struct pattern *outer; /* the one whose node `same` and `apart` mean when they name none; may be NULL */
    struct clause *set;    /* the clause whose members the pattern describes; or NULL */
    bool nowhere;          /* it describes the diagram: those inside mean `outer` too */
    const char *const
        *types; /* what the node is known to be: of the pattern, or of one around it about the same node */
    struct clause *clauses;
    size_t cap;
};

static void read_pattern(struct building *building, const struct tree *tree);

static struct clause *clause_new(struct building *building, enum clause_op op) {
    struct pattern *pattern = building->pattern;
    building->clauses = arena_grow(building->reading->notes->arena, building->clauses, &building->cap, pattern->n + 1,
                                   sizeof *building->clauses);
    pattern->clauses = building->clauses;
    struct clause *clause = &building->clauses[pattern->n++];
    *clause = (struct clause){.op = op, .min = 1, .max = SET_UNBOUNDED, .slot = SLOT_NONE, .edge_as = SLOT_NONE};
    return clause;
}

static void pattern_init(struct reading *reading, struct pattern *pattern) {
    *pattern = (struct pattern){.number = reading->notes->patterns++, .as = SLOT_NONE};
}

/* Whom a pattern inside a clause describes. */
enum whom { WHOM_ANOTHER, WHOM_SAME, WHOM_DIAGRAM };

/* Read one pattern that belongs to a clause of `building`. */
static void read_inner(struct building *building, struct pattern *pattern, struct clause *set, enum whom whom,
                       const struct tree *tree) {
    struct reading *reading = building->reading;
    struct building inner = {.reading = reading, .pattern = pattern, .set = set, .nowhere = whom == WHOM_DIAGRAM};
    bool passed = whom == WHOM_SAME || building->nowhere;
    inner.outer = passed ? building->outer : building->pattern;
    inner.types = whom == WHOM_SAME ? building->types : NULL;
    pattern_init(reading, pattern);
    if (++reading->nesting > NESTING_MAX) {
        reading_wrong(reading, DIAG_bad_predicate, tree, "a condition is nested too deep", NULL);
    } else {
        read_pattern(&inner, tree);
    }
    reading->nesting--;
}

static void clause_has(struct building *building, const struct tree *tree) {
    struct tests tests = reading_tests(building->reading, tree, building->types, false);
    struct clause *clause = clause_new(building, CLAUSE_HAS);
    clause->tests = tests.at;
    clause->test_count = tests.n;
}

static void clause_lacks(struct building *building, const struct tree *tree) {
    struct tests tests = reading_tests(building->reading, tree, building->types, true);
    struct clause *clause = clause_new(building, CLAUSE_HAS);
    clause->tests = tests.at;
    clause->test_count = tests.n;
}

static void clause_label(struct building *building, const struct tree *tree) {
    clause_new(building, CLAUSE_LABEL)->words = reading_words(building->reading, tree, "label");
}

/* A clause with one pattern. It is read before the clause is put into the list, which may move. */
static struct clause read_one(struct building *building, enum clause_op op, const struct tree *tree, bool set) {
    enum whom whom = op == CLAUSE_NOT ? WHOM_SAME : op == CLAUSE_DIAGRAM ? WHOM_DIAGRAM : WHOM_ANOTHER;
    struct pattern *pattern = arena_alloc(building->reading->notes->arena, sizeof *pattern);
    struct clause clause = {.op = op, .min = 1, .max = SET_UNBOUNDED, .slot = SLOT_NONE, .edge_as = SLOT_NONE};
    clause.patterns = pattern;
    clause.pattern_count = 1;
    read_inner(building, pattern, set ? &clause : NULL, whom, tree);
    return clause;
}

static void clause_within(struct building *building, const struct tree *tree) {
    struct clause clause = read_one(building, CLAUSE_WITHIN, tree, false);
    *clause_new(building, CLAUSE_WITHIN) = clause;
}

static void clause_diagram(struct building *building, const struct tree *tree) {
    struct clause clause = read_one(building, CLAUSE_DIAGRAM, tree, false);
    *clause_new(building, CLAUSE_DIAGRAM) = clause;
    if (clause.patterns->types) {
        reading_wrong(building->reading, DIAG_bad_predicate, tree, "the diagram has no type; say what it `holds`",
                      NULL);
    }
}

static void clause_not(struct building *building, const struct tree *tree) {
    int names = building->reading->slot_count;
    struct clause clause = read_one(building, CLAUSE_NOT, tree, false);
    *clause_new(building, CLAUSE_NOT) = clause;
    reading_forget(building->reading, names);
}

static void read_list(struct building *building, enum clause_op op, const struct tree *tree) {
    struct reading *reading = building->reading;
    if (tree->kind != TREE_LIST || tree->n == 0 || tree->n > ALTERNATIVES_MAX) {
        reading_wrong(reading, DIAG_wrong_shape, tree, "a list of one to sixteen patterns is expected", NULL);
        return;
    }
    struct pattern *patterns = arena_array(reading->notes->arena, tree->n, sizeof *patterns);
    for (size_t i = 0; i < tree->n; i++) {
        int names = reading->slot_count;
        read_inner(building, &patterns[i], NULL, WHOM_SAME, tree->items[i]);
        if (op == CLAUSE_ANY) {
            reading_forget(reading, names);
        }
    }
    struct clause *clause = clause_new(building, op);
    clause->patterns = patterns;
    clause->pattern_count = tree->n;
}

static void clause_any(struct building *building, const struct tree *tree) { read_list(building, CLAUSE_ANY, tree); }
static void clause_all(struct building *building, const struct tree *tree) { read_list(building, CLAUSE_ALL, tree); }

static void read_set(struct building *building, enum clause_op op, const struct tree *tree) {
    struct reading *reading = building->reading;
    int names = reading->slot_count;
    struct clause clause = read_one(building, op, tree, true);
    bool one = clause.by == SET_MEMBERS && clause.min == 1 && clause.max == SET_UNBOUNDED;
    if (!one) {
        reading_forget(reading, names);
    }
    if (clause.by == SET_REPEAT || clause.by == SET_OVERLAP ||
        (clause.by == SET_MEMBERS && clause.min > 1 && clause.max == SET_UNBOUNDED)) {
        clause.slot = reading_slot(reading, tree, "first", false);
        int second = reading_slot(reading, tree, "second", false);
        if (clause.slot != SLOT_NONE && second != SLOT_NONE) {
            reading->slots[clause.slot].types = reading->slots[second].types = clause.patterns->types;
        }
        reading->pair_slot = second;
        reading->pair_key = clause.by_name;
    }
    *clause_new(building, op) = clause;
}

static void clause_holds(struct building *building, const struct tree *tree) { read_set(building, CLAUSE_HOLDS, tree); }
static void clause_attached(struct building *building, const struct tree *tree) {
    static const char *const attach[] = {"attach", NULL};
    read_set(building, CLAUSE_ATTACHED, tree);
    building->clauses[building->pattern->n - 1].kinds = attach;
}

static void clause_to(struct building *building, const struct tree *tree) { read_set(building, CLAUSE_TO, tree); }
static void clause_from(struct building *building, const struct tree *tree) { read_set(building, CLAUSE_FROM, tree); }
static void clause_edges(struct building *building, const struct tree *tree) { read_set(building, CLAUSE_EDGES, tree); }

static void read_path(struct building *building, enum clause_op op, const struct tree *tree) {
    bool bare = building->reading->bare;
    building->reading->bare = true;
    struct clause clause = read_one(building, op, tree, true);
    building->reading->bare = bare;
    *clause_new(building, op) = clause;
}

static void clause_reaches(struct building *building, const struct tree *tree) {
    read_path(building, CLAUSE_REACHES, tree);
}

static void clause_reached(struct building *building, const struct tree *tree) {
    read_path(building, CLAUSE_REACHED_FROM, tree);
}

/* `same: vpc` means the node of the pattern around this one, which gets a slot when it has none; `same: {vpc: $name}` another. */
static void read_scope(struct building *building, enum clause_op op, const struct tree *tree) {
    struct reading *reading = building->reading;
    size_t n = tree->kind == TREE_MAP ? tree->n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct tree *types = tree->kind == TREE_MAP ? tree->keys[i] : tree;
        int slot = SLOT_NONE;
        if (tree->kind == TREE_MAP) {
            slot = reading_place(reading, tree->items[i], false).slot;
        } else if (!building->outer || reading->bare) {
            reading_wrong(reading, DIAG_bad_predicate, tree, "there is no pattern around this one to compare with",
                          NULL);
        } else {
            if (building->outer->as == SLOT_NONE) {
                building->outer->as = reading_slot(reading, tree, "", false);
            }
            slot = building->outer->as;
        }
        struct clause *clause = clause_new(building, op);
        clause->words = reading_types(reading, types);
        clause->slot = slot;
    }
}

static void clause_is(struct building *building, const struct tree *tree) {
    struct place other = reading_place(building->reading, tree, false);
    clause_new(building, CLAUSE_IS)->slot = other.slot;
}

static void clause_same(struct building *building, const struct tree *tree) { read_scope(building, CLAUSE_SAME, tree); }
static void clause_apart(struct building *building, const struct tree *tree) {
    read_scope(building, CLAUSE_APART, tree);
}

static void clause_as(struct building *building, const struct tree *tree) {
    if (building->pattern->as == SLOT_SELF) {
        reading_wrong(building->reading, DIAG_bad_predicate, tree, "the subject has its name already: $self", NULL);
        return;
    }
    int slot = reading_name(building->reading, tree, false);
    if (building->pattern->as == SLOT_NONE || slot == SLOT_NONE) {
        building->pattern->as = slot;
    } else { /* it has a slot already, which gets the name */
        building->reading->slots[building->pattern->as].name = tree->text;
        building->reading->slot_count--;
    }
}

static const struct {
    const char *key;
    void (*read)(struct building *building, const struct tree *tree);
} clause_rows[] = {
    {"as", clause_as},
    {"has", clause_has},
    {"lacks", clause_lacks},
    {"label", clause_label},
    {"within", clause_within},
    {"holds", clause_holds},
    {"to", clause_to},
    {"from", clause_from},
    {"edges", clause_edges},
    {"same", clause_same},
    {"apart", clause_apart},
    {"reaches", clause_reaches},
    {"reached-from", clause_reached},
    {"not", clause_not},
    {"any", clause_any},
    {"all", clause_all},
    {"diagram", clause_diagram},
    {"is", clause_is},
    {"attached", clause_attached},
};

/* Keys of sets and paths that stand among those of the pattern. */
static int count(struct reading *reading, const struct tree *tree) {
    if (!reading_scalar(reading, tree, "a number") || !reading_number(tree->text) || strlen(tree->text) > 5 ||
        tree->text[0] == '-') {
        reading_wrong(reading, DIAG_bad_value, tree, "a number from 0 to 99999 is expected", NULL);
        return 0;
    }
    return atoi(tree->text);
}

static bool of_edges(const struct clause *set) {
    return set->op == CLAUSE_TO || set->op == CLAUSE_FROM || set->op == CLAUSE_EDGES;
}

static void set_by(struct building *building, enum set_by by, const struct tree *tree) {
    struct reading *reading = building->reading;
    if (building->set->by != SET_MEMBERS) {
        reading_wrong(reading, DIAG_bad_predicate, tree, "a set is looked at in one way only", NULL);
    }
    building->set->by = by;
    if (!reading_scalar(reading, tree, "a name")) {
        return;
    }
    building->set->by_name = tree->text;
    if (by == SET_GROUPS) {
        building->set->by_name = reading_type(reading, tree, tree->text);
    } else if (by == SET_SUM) {
        building->set->min = 0;
        if (!of_edges(building->set)) {
            reading_wrong(reading, DIAG_bad_predicate, tree, "only what stands on edges can be added up", NULL);
        }
    } else {
        building->set->by_name = reading_attribute(reading, tree, &(struct named){.types = building->types}, tree->text,
                                                   NULL);
    }
}

static bool of_path(const struct clause *set) { return set->op == CLAUSE_REACHES || set->op == CLAUSE_REACHED_FROM; }

static bool read_set_key(struct building *building, const char *key, const struct tree *tree) {
    static const struct {
        const char *key;
        enum set_by by;
    } ways[] = {{"groups", SET_GROUPS},
                {"values", SET_VALUES},
                {"repeat", SET_REPEAT},
                {"overlap", SET_OVERLAP},
                {"sum", SET_SUM}};
    struct clause *set = building->set;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(key, ways[i].key) == 0) {
            set_by(building, ways[i].by, tree);
            return true;
        }
    }
    if (strcmp(key, "at-least") == 0 || (strcmp(key, "above") == 0 && set->by == SET_SUM)) {
        set->min = count(building->reading, tree);
    } else if (strcmp(key, "at-most") == 0) {
        set->max = count(building->reading, tree);
        set->min = set->min == 1 ? SET_UNBOUNDED : set->min;
    } else if (strcmp(key, "exactly") == 0) {
        set->min = set->max = count(building->reading, tree);
    } else {
        return false;
    }
    return true;
}

/* Tests of the edge, behind those it has already. */
static void add_tests(struct reading *reading, struct clause *set, const struct tree *tree, bool absent) {
    struct tests more = reading_edge_tests(reading, tree, absent);
    struct test *all = arena_array(reading->notes->arena, set->test_count + more.n + 1, sizeof *all);
    for (size_t i = 0; i < set->test_count; i++) {
        all[i] = set->tests[i];
    }
    for (size_t i = 0; i < more.n; i++) {
        all[set->test_count + i] = more.at[i];
    }
    set->tests = all;
    set->test_count += more.n;
}

static bool read_edge_key(struct building *building, const char *key, const struct tree *tree) {
    struct clause *set = building->set;
    if (strcmp(key, "kind") == 0) {
        set->kinds = reading_kinds(building->reading, tree);
    } else if (strcmp(key, "edge-label") == 0) {
        set->words = reading_words(building->reading, tree, "edge-label");
    } else if (strcmp(key, "edge-label-not") == 0) {
        set->never = reading_words(building->reading, tree, "edge-label-not");
    } else if (strcmp(key, "edge-has") == 0 || strcmp(key, "edge-lacks") == 0) {
        add_tests(building->reading, set, tree, strcmp(key, "edge-lacks") == 0);
    } else if (strcmp(key, "edge-as") == 0) {
        set->edge_as = reading_name(building->reading, tree, true);
    } else {
        return false;
    }
    return true;
}

static bool read_path_key(struct building *building, const char *key, const struct tree *tree) {
    if (strcmp(key, "over") == 0) {
        building->set->kinds = reading_kinds(building->reading, tree);
    } else if (strcmp(key, "avoiding") == 0) {
        struct pattern *pattern = arena_alloc(building->reading->notes->arena, sizeof *pattern);
        read_inner(building, pattern, NULL, WHOM_ANOTHER, tree);
        building->set->avoiding = pattern;
    } else {
        return false;
    }
    return true;
}

static bool read_extra(struct building *building, const char *key, const struct tree *tree) {
    struct clause *set = building->set;
    if (!set) {
        return false;
    }
    if (of_path(set)) {
        return read_path_key(building, key, tree);
    }
    return read_set_key(building, key, tree) || (of_edges(set) && read_edge_key(building, key, tree));
}

static void unknown_key(struct building *building, const struct tree *key) {
    const char *known[sizeof clause_rows / sizeof *clause_rows];
    size_t n = sizeof clause_rows / sizeof *clause_rows;
    for (size_t i = 0; i < n; i++) {
        known[i] = clause_rows[i].key;
    }
    reading_wrong(building->reading, DIAG_unknown_key, key, "a pattern has no", key->text);
    diag_suggest(building->reading->diags, key->text, known, n);
}

static void read_entry(struct building *building, const struct tree *key, const struct tree *tree) {
    if (strcmp(key->text, "type") == 0 || read_extra(building, key->text, tree)) {
        return;
    }
    for (size_t i = 0; i < sizeof clause_rows / sizeof *clause_rows; i++) {
        if (strcmp(clause_rows[i].key, key->text) == 0) {
            clause_rows[i].read(building, tree);
            return;
        }
    }
    unknown_key(building, key);
}

static bool all_scalars(const struct tree *tree) {
    for (size_t i = 0; i < tree->n; i++) {
        if (tree->items[i]->kind != TREE_SCALAR) {
            return false;
        }
    }
    return true;
}

static void set_types(struct building *building, const struct tree *tree) {
    building->pattern->types = reading_types(building->reading, tree);
    building->types = building->pattern->types;
}

/* The pattern itself has been made. `type` comes first wherever it stands, so that attributes can be checked against it. */
static void read_pattern(struct building *building, const struct tree *tree) {
    struct reading *reading = building->reading;
    if (tree->kind == TREE_SCALAR || (tree->kind == TREE_LIST && all_scalars(tree))) {
        set_types(building, tree);
        return;
    }
    if (tree->kind == TREE_LIST) {
        clause_any(building, tree);
        return;
    }
    const struct tree *types = tree_get(tree, "type");
    if (types) {
        set_types(building, types);
    }
    for (size_t i = 0; i < tree->n; i++) {
        read_entry(building, tree->keys[i], tree->items[i]);
    }
    if (building->pattern->as != SLOT_NONE) {
        reading->slots[building->pattern->as].types = building->types;
    }
}

/* Conditions. */
static void check_message(struct reading *reading, const struct tree *tree) {
    for (const char *at = strchr(tree->text, '$'); at; at = strchr(at + 1, '$')) {
        size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789-");
        int slot = reading_find(reading, at + 1, n);
        if (slot == SLOT_NONE) {
            reading_wrong(reading, DIAG_bad_predicate, tree, "nothing in the condition has the name after the $ of",
                          at);
            continue;
        }
        size_t key = at[1 + n] == '.' ? strspn(at + 2 + n, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;
        if (key > 0) {
            const char *name = arena_copy(reading->notes->arena, at + 2 + n, key);
            reading_attribute(reading, tree, &reading->slots[slot], name, NULL);
        }
    }
}

static bool reserved(const struct reading *reading, int slot) {
    return strcmp(reading->slots[slot].name, "first") == 0 || strcmp(reading->slots[slot].name, "second") == 0;
}

/* A pair is to blame when the message names it, or nothing says otherwise; a set may also be counted only to know the surroundings. */
static bool blames_pair(const struct reading *reading, const struct condition *condition) {
    return reading->pair_slot != SLOT_NONE && reading->slots[reading->pair_slot].live &&
           (!condition->message || strstr(condition->message, "$second"));
}

/* Where a violation points to when `at` does not say: to the attribute that repeats or was compared, or to the subject. */
static struct place default_place(const struct reading *reading, const struct condition *condition) {
    if (blames_pair(reading, condition)) {
        return (struct place){reading->pair_slot, reading->pair_key};
    }
    const struct pattern *pattern = &condition->pattern;
    for (size_t i = 0; condition->subject == SUBJECT_NODE && i < pattern->n; i++) {
        const struct clause *clause = &pattern->clauses[i];
        for (size_t k = 0; clause->op == CLAUSE_HAS && k < clause->test_count; k++) {
            if (clause->tests[k].op != TEST_ABSENT) {
                return (struct place){SLOT_SELF, clause->tests[k].key};
            }
        }
    }
    for (int i = 1; condition->subject == SUBJECT_DIAGRAM && i < reading->slot_count; i++) {
        if (reading->slots[i].live && !reserved(reading, i)) {
            return (struct place){i, NULL};
        }
    }
    return (struct place){SLOT_SELF, NULL};
}

static void read_edge_end(struct reading *reading, struct condition *condition, bool target, const struct tree *tree) {
    struct pattern *pattern = target ? &condition->target : &condition->pattern;
    struct building building = {.reading = reading, .pattern = pattern};
    building.outer = target && tree->kind == TREE_MAP ? &condition->pattern : NULL;
    read_pattern(&building, tree);
}

static void read_edge(struct reading *reading, struct condition *condition, const struct tree *tree) {
    static const char *const known[] = {"from", "to", "kind", "has", "lacks", "label", "label-not"};
    condition->subject = SUBJECT_EDGE;
    reading->slots[SLOT_SELF].edge = true;
    condition->pattern.as = SLOT_NONE;
    pattern_init(reading, &condition->target);
    condition->edge = (struct clause){.op = CLAUSE_EDGES, .slot = SLOT_NONE, .edge_as = SLOT_NONE};
    if (tree->kind != TREE_MAP) {
        reading_wrong(reading, DIAG_wrong_shape, tree, "a mapping is expected for", "edge");
        return;
    }
    for (size_t i = 0; i < tree->n; i++) {
        const char *key = tree->keys[i]->text;
        const struct tree *value = tree->items[i];
        if (strcmp(key, "from") == 0 || strcmp(key, "to") == 0) {
            read_edge_end(reading, condition, key[0] == 't', value);
        } else if (strcmp(key, "kind") == 0) {
            condition->edge.kinds = reading_kinds(reading, value);
        } else if (strcmp(key, "label") == 0) {
            condition->edge.words = reading_words(reading, value, "label");
        } else if (strcmp(key, "label-not") == 0) {
            condition->edge.never = reading_words(reading, value, "label-not");
        } else if (strcmp(key, "has") == 0 || strcmp(key, "lacks") == 0) {
            add_tests(reading, &condition->edge, value, key[0] == 'l');
        } else {
            reading_wrong(reading, DIAG_unknown_key, tree->keys[i], "an edge has no", key);
            diag_suggest(reading->diags, key, known, sizeof known / sizeof *known);
        }
    }
}

static void read_subject(struct reading *reading, struct condition *condition, const struct tree *tree) {
    const struct tree *edge = tree_get(tree, "edge"), *diagram = tree_get(tree, "diagram");
    struct building building = {.reading = reading, .pattern = &condition->pattern, .nowhere = diagram != NULL};
    condition->pattern.as = SLOT_SELF;
    if (edge) {
        read_edge(reading, condition, edge);
    } else if (diagram && !tree_get(tree, "type")) {
        condition->subject = SUBJECT_DIAGRAM;
        condition->pattern.as = SLOT_NONE;
        read_pattern(&building, diagram);
        if (condition->pattern.types) {
            reading_wrong(reading, DIAG_bad_predicate, diagram, "the diagram has no type; say what it `holds`", NULL);
        }
    } else {
        building.nowhere = false;
        if (tree_get(tree, "type")) {
            set_types(&building, tree_get(tree, "type"));
        }
        reading->slots[SLOT_SELF].types = condition->pattern.types;
    }
    for (size_t i = 0; i < tree->n; i++) {
        const char *key = tree->keys[i]->text;
        if (strcmp(key, "message") == 0 || strcmp(key, "at") == 0 || strcmp(key, "weak") == 0) {
            continue;
        }
        if (condition->subject == SUBJECT_NODE) {
            read_entry(&building, tree->keys[i], tree->items[i]);
        } else if (strcmp(key, "edge") != 0 && strcmp(key, "diagram") != 0) {
            reading_wrong(reading, DIAG_unknown_key, tree->keys[i], "beside `edge` or `diagram` there can be no", key);
        }
    }
}

static const char *const *slot_names(const struct reading *reading) {
    const char **names = arena_array(reading->notes->arena, (size_t)reading->slot_count + 1, sizeof *names);
    for (int i = 0; i < reading->slot_count; i++) {
        names[i] = reading->slots[i].live ? reading->slots[i].name : "";
    }
    return names;
}

static bool read_condition(struct knowledge_notes *notes, struct condition *condition, const struct tree *tree,
                           struct diags *diags) {
    struct reading reading = {.notes = notes, .diags = diags, .pair_slot = SLOT_NONE};
    reading_slot(&reading, tree, "self", false);
    pattern_init(&reading, &condition->pattern);
    if (tree->kind == TREE_SCALAR) {
        struct building building = {.reading = &reading, .pattern = &condition->pattern};
        condition->pattern.as = SLOT_SELF;
        read_pattern(&building, tree);
        reading.slots[SLOT_SELF].types = condition->pattern.types;
    } else if (tree->kind == TREE_MAP) {
        read_subject(&reading, condition, tree);
    } else {
        reading_wrong(&reading, DIAG_wrong_shape, tree, "a condition is a type or a mapping", NULL);
        return false;
    }
    const struct tree *message = tree->kind == TREE_MAP ? tree_get(tree, "message") : NULL;
    if (message && reading_scalar(&reading, message, "message")) {
        check_message(&reading, message);
        condition->message = message->text;
    }
    const struct tree *weak = tree->kind == TREE_MAP ? tree_get(tree, "weak") : NULL;
    if (weak && reading_scalar(&reading, weak, "weak")) {
        condition->weak = strcmp(weak->text, "true") == 0;
    }
    const struct tree *at = tree->kind == TREE_MAP ? tree_get(tree, "at") : NULL;
    condition->at = default_place(&reading, condition);
    if (at) {
        condition->at = reading_place(&reading, at, false);
    }
    condition->names = slot_names(&reading);
    return !reading.failed;
}

const struct predicate *knowledge_predicate(struct knowledge_notes *notes, const struct tree *tree,
                                            struct diags *diags) {
    size_t n = tree->kind == TREE_LIST ? tree->n : 1;
    struct condition *conditions = arena_array(notes->arena, n + 1, sizeof *conditions);
    bool good = n > 0;
    for (size_t i = 0; i < n; i++) {
        good = read_condition(notes, &conditions[i], tree->kind == TREE_LIST ? tree->items[i] : tree, diags) && good;
    }
    if (n == 0) {
        diag_add(diags, DIAG_bad_predicate, tree->mark, "a list of conditions has at least one");
    }
    struct predicate *predicate = arena_alloc(notes->arena, sizeof *predicate);
    *predicate = (struct predicate){conditions, n};
    return good ? predicate : NULL;
}

const char *const *knowledge_types(struct knowledge_notes *notes, const struct tree *tree, struct diags *diags) {
    struct reading reading = {.notes = notes, .diags = diags, .pair_slot = SLOT_NONE};
    const char *const *types = reading_types(&reading, tree);
    return reading.failed ? NULL : types;
}
