/* The evaluator of conditions.
 *
 * A pattern that wants another node may find several that fit, and a later clause may only hold for one of them, so this is a
 * search with backtracking. What is still to be shown is a list of frames, linked through the C stack: each function tries
 * its choices, passing on "the rest", and the end of the list is a solution. Slots filled on the way stand in the evaluator and are
 * emptied on the way back.
 *
 * What keeps it near-linear: subjects and the insides of groups are taken from lists by type, a type is compared with a
 * pattern once, and paths are answered by one search backwards from all ends, kept per clause. Conditions of users could still be
 * written to take exponential time; a budget of steps ends them.
 *
 * Negations and counted sets are solved by themselves ("quiet"): what they find inside is not seen outside.
 */
#include "check/predicate.h"

#include <stdlib.h>
#include <string.h>

#include "check/compare.h"

enum { STEPS_MAX = 20 * 1000 * 1000, NESTED_MAX = 400 };

/* Which nodes reach the targets of a path clause, and which target first. */
struct reach {
    const struct node **target; /* by node; NULL: none */
};

struct evaluator {
    const struct index *index;
    unsigned patterns;
    unsigned char *fits;  /* by pattern and type: 0 not asked yet, 1 no, 2 yes */
    struct reach **reach; /* by number of the pattern at the path's end */
    struct element slots[PREDICATE_SLOTS];
    const struct condition *condition;
    void (*found)(void *to, const struct proof *proof);
    void *to;
    size_t count;
    unsigned quiet; /* depth of questions whose answer is only yes or no */
    unsigned nested;
    size_t steps;
    bool exhausted;
    bool *done;                /* by edge: for each_edge */
    const struct node **stack; /* members of the sets being looked at */
    size_t stack_n, stack_cap;
};

enum frame_kind { FRAME_CLAUSES, FRAME_ENTER };

struct frame {
    enum frame_kind kind;
    const struct pattern *pattern;
    size_t clause;
    const struct node *node;
    const struct frame *next;
};

struct evaluator *predicate_new(const struct index *index, unsigned patterns) {
    struct evaluator *evaluator = arena_alloc(index->arena, sizeof *evaluator);
    evaluator->index = index;
    evaluator->patterns = patterns;
    evaluator->fits = arena_array(index->arena, (size_t)patterns * (index->type_count + 1), 1);
    evaluator->done = arena_array(index->arena, index->model->edge_count + 1, sizeof *evaluator->done);
    evaluator->reach = arena_array(index->arena, patterns + 1, sizeof *evaluator->reach);
    return evaluator;
}

static bool type_fits(struct evaluator *e, const struct pattern *pattern, size_t type) {
    if (!pattern->types) {
        return true;
    }
    unsigned char *known = &e->fits[(size_t)pattern->number * e->index->type_count + type];
    if (*known == 0) {
        *known = 1;
        for (const char *const *name = pattern->types; *name; name++) {
            if (type_is(e->index->types[type], *name) ||
                (e->index->types[type]->global && strcmp(*name, PREDICATE_GLOBAL) == 0)) {
                *known = 2;
                break;
            }
        }
    }
    return *known == 2;
}

static bool is_root(const struct node *node) { return node->parent == NULL; }

static bool solve(struct evaluator *e, const struct frame *frame);

/* Show that `pattern` fits `node`, and then the rest. */
static bool enter(struct evaluator *e, const struct pattern *pattern, const struct node *node,
                  const struct frame *next) {
    if (is_root(node) ? pattern->types != NULL : !type_fits(e, pattern, e->index->type_of[node->index])) {
        return false;
    }
    struct frame frame = {FRAME_CLAUSES, pattern, 0, node, next};
    if (pattern->as == SLOT_NONE) {
        return solve(e, &frame);
    }
    struct element before = e->slots[pattern->as];
    e->slots[pattern->as] = (struct element){.node = node};
    bool shown = solve(e, &frame);
    e->slots[pattern->as] = before;
    return shown;
}

/* Whether the pattern fits, and nothing else. */
static bool fits(struct evaluator *e, const struct pattern *pattern, const struct node *node) {
    e->quiet++;
    bool yes = enter(e, pattern, node, NULL);
    e->quiet--;
    return yes;
}

static bool solution(struct evaluator *e) {
    if (!e->quiet) {
        struct proof proof = {.condition = e->condition};
        memcpy(proof.slots, e->slots, sizeof proof.slots);
        e->count++;
        e->found(e->to, &proof);
    }
    return true;
}

static bool kind_fits(const char *const *kinds, const struct edge *edge) {
    for (const char *const *kind = kinds; kinds && *kind; kind++) {
        if (edge->kind && strcmp(edge->kind->key, *kind) == 0) {
            return true;
        }
    }
    return !kinds;
}

static bool label_fits(const char *const *words, const struct text *label) {
    for (int lang = 0; lang < LANGS; lang++) {
        for (const char *const *word = words; label->in[lang] && *word; word++) {
            if (compare_holds(label->in[lang], *word)) {
                return true;
            }
        }
    }
    return false;
}

static bool tests_fit(struct evaluator *e, const struct test *tests, size_t n, const struct value *values,
                      size_t count) {
    for (size_t i = 0; i < n; i++) {
        const struct value *value = index_value(values, count, tests[i].key), *other = NULL;
        const struct node *node = tests[i].other_key ? e->slots[tests[i].slot].node : NULL;
        if (node) {
            other = index_value(node->values, node->value_count, tests[i].other_key);
        }
        if (!compare_test(&tests[i], value, other)) {
            return false;
        }
    }
    return true;
}

static bool edge_fits(struct evaluator *e, const struct clause *clause, const struct edge *edge) {
    return kind_fits(clause->kinds, edge) && (!clause->words || label_fits(clause->words, &edge->label)) &&
           !(clause->never && label_fits(clause->never, &edge->label)) &&
           tests_fit(e, clause->tests, clause->test_count, edge->values, edge->value_count);
}

/* Sets: a visitor is called with every node a clause is about, and stops by returning true. */
struct visit {
    const struct clause *clause;
    const struct frame *rest;
    bool (*node)(struct evaluator *e, struct visit *visit, const struct node *node);
    const struct edge *edge; /* that led to the node; NULL for nodes inside */
    long long sum;
};

static bool visit_inside(struct evaluator *e, const struct pattern *pattern, const struct node *group,
                         struct visit *visit) {
    const struct index *index = e->index;
    size_t from = is_root(group) ? 0 : group->index + 1;
    size_t to = is_root(group) ? index->model->node_count : index->inside_end[group->index];
    if (!pattern->types) {
        for (size_t i = from; i < to; i++) {
            if (visit->node(e, visit, index->model->nodes[i])) {
                return true;
            }
        }
        return false;
    }
    for (size_t type = 0; type < index->type_count; type++) {
        if (!type_fits(e, pattern, type)) {
            continue;
        }
        size_t low = index->type_start[type], high = index->type_start[type + 1];
        while (low < high) { /* the first node of the type at or behind `from` */
            size_t middle = low + (high - low) / 2;
            if (index->by_type[middle]->index < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (; low < index->type_start[type + 1] && index->by_type[low]->index < to; low++) {
            if (visit->node(e, visit, index->by_type[low])) {
                return true;
            }
        }
    }
    return false;
}

static bool visit_edges(struct evaluator *e, const struct node *node, struct visit *visit) {
    const struct clause *clause = visit->clause;
    if (is_root(node)) {
        return false;
    }
    for (size_t i = e->index->link_start[node->index]; i < e->index->link_start[node->index + 1]; i++) {
        const struct link *link = &e->index->links[i];
        if ((clause->op == CLAUSE_TO && !link->out) || (clause->op == CLAUSE_FROM && !link->in) ||
            !edge_fits(e, clause, link->edge)) {
            continue;
        }
        struct element before = {0};
        if (clause->edge_as != SLOT_NONE) {
            before = e->slots[clause->edge_as];
            e->slots[clause->edge_as] = (struct element){.edge = link->edge};
        }
        visit->edge = link->edge;
        bool stop = visit->node(e, visit, link->other);
        if (clause->edge_as != SLOT_NONE) {
            e->slots[clause->edge_as] = before;
        }
        if (stop) {
            return true;
        }
    }
    return false;
}

static bool visit_set(struct evaluator *e, const struct node *node, struct visit *visit) {
    bool inside = visit->clause->op == CLAUSE_HOLDS || visit->clause->op == CLAUSE_ATTACHED;
    bool joined = visit->clause->op != CLAUSE_HOLDS;
    return (inside && visit_inside(e, visit->clause->patterns, node, visit)) || (joined && visit_edges(e, node, visit));
}

static bool choose(struct evaluator *e, struct visit *visit, const struct node *node) {
    return enter(e, visit->clause->patterns, node, visit->rest);
}

static bool collect(struct evaluator *e, struct visit *visit, const struct node *node) {
    if (fits(e, visit->clause->patterns, node)) {
        e->stack = arena_grow(e->index->arena, (void *)e->stack, &e->stack_cap, e->stack_n + 1, sizeof *e->stack);
        e->stack[e->stack_n++] = node;
    }
    return false;
}

static bool add_up(struct evaluator *e, struct visit *visit, const struct node *node) {
    const struct value *value = index_value(visit->edge->values, visit->edge->value_count, visit->clause->by_name);
    long long number;
    if (value && compare_number(value->value, &number) && fits(e, visit->clause->patterns, node)) {
        visit->sum += number;
    }
    return false;
}

static int by_file_order(const void *a, const void *b) {
    size_t x = (*(const struct node *const *)a)->index, y = (*(const struct node *const *)b)->index;
    return x < y ? -1 : x > y;
}

/* Members in file order, each once; how many. */
static size_t distinct(const struct node **members, size_t n) {
    size_t kept = 0;
    bool sorted = true;
    for (size_t i = 1; i < n && sorted; i++) {
        sorted = members[i - 1]->index <= members[i]->index;
    }
    if (!sorted) {
        qsort(members, n, sizeof *members, by_file_order);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || members[kept - 1] != members[i]) {
            members[kept++] = members[i];
        }
    }
    return kept;
}

static size_t count_groups(const struct node **members, size_t n, const char *type) {
    size_t groups = 0;
    for (size_t i = 0; i < n; i++) {
        const struct node *group = index_scope(members[i], type);
        if (group) {
            members[groups++] = group;
        }
    }
    return distinct(members, groups);
}

/* The two slots of a pair, and the rest. */
static bool pair(struct evaluator *e, const struct clause *clause, const struct compare_pair *found,
                 const struct frame *rest) {
    struct element first = e->slots[clause->slot], second = e->slots[clause->slot + 1];
    e->slots[clause->slot] = (struct element){.node = found->first};
    e->slots[clause->slot + 1] = (struct element){.node = found->second};
    bool shown = solve(e, rest);
    e->slots[clause->slot] = first;
    e->slots[clause->slot + 1] = second;
    return shown;
}

static bool counted(struct evaluator *e, const struct clause *clause, size_t base, const struct frame *rest) {
    size_t n = distinct(e->stack + base, e->stack_n - base);
    if (clause->by == SET_REPEAT || clause->by == SET_OVERLAP) {
        size_t pairs;
        struct compare_pair *found = clause->by == SET_REPEAT
                                         ? compare_repeats(e->stack + base, n, clause->by_name, &pairs)
                                         : compare_overlaps(e->stack + base, n, clause->by_name, &pairs);
        bool shown = false;
        for (size_t i = 0; i < pairs && !(shown && e->quiet); i++) {
            shown = pair(e, clause, &found[i], rest) || shown;
        }
        free(found);
        return shown;
    }
    if (clause->by == SET_MEMBERS && clause->slot != SLOT_NONE) {
        struct compare_pair ends = {0};
        if (n >= (size_t)clause->min) {
            ends = (struct compare_pair){e->stack[base], e->stack[base + (size_t)clause->min - 1]};
        }
        return ends.first && pair(e, clause, &ends, rest);
    }
    if (clause->by == SET_GROUPS) {
        n = count_groups(e->stack + base, n, clause->by_name);
    } else if (clause->by == SET_VALUES) {
        n = compare_values(e->stack + base, n, clause->by_name);
    }
    return (clause->min == SET_UNBOUNDED || n >= (size_t)clause->min) &&
           (clause->max == SET_UNBOUNDED || n <= (size_t)clause->max) && solve(e, rest);
}

static bool solve_set(struct evaluator *e, const struct clause *clause, const struct node *node,
                      const struct frame *rest) {
    struct visit visit = {.clause = clause, .rest = rest, .node = choose};
    if (clause->by == SET_MEMBERS && clause->min == 1 && clause->max == SET_UNBOUNDED) {
        return visit_set(e, node, &visit);
    }
    if (clause->by == SET_SUM) {
        visit.node = add_up;
        visit_set(e, node, &visit);
        return visit.sum > (long long)clause->min * 1000000 && solve(e, rest);
    }
    size_t base = e->stack_n;
    visit.node = collect;
    visit_set(e, node, &visit);
    bool shown = counted(e, clause, base, rest);
    e->stack_n = base;
    return shown;
}

/* Paths. A path may leave a node by its own edges and by those of the groups around it, which stand for all that is in them; where it
 * arrives at a group it goes on from the group. So the search backwards, on finding an edge out of a group, has found
 * everything inside the group too. */
struct search {
    struct evaluator *e;
    const struct clause *clause;
    struct reach *reach;
    const struct node **queue;
    size_t head, tail;
};

static void search_add(struct search *search, const struct node *node, const struct node *target) {
    size_t end = search->e->index->inside_end[node->index];
    for (size_t i = node->index; i < end; i++) {
        const struct node *inside = search->e->index->model->nodes[i];
        if (!search->reach->target[i]) {
            search->reach->target[i] = target;
            if (!search->clause->avoiding || !fits(search->e, search->clause->avoiding, inside)) {
                search->queue[search->tail++] = inside;
            }
        } else if (inside->group && i > node->index) {
            i = search->e->index->inside_end[i] - 1; /* all of it is known */
        }
    }
}

static void search_from(struct search *search, const struct node *node, const struct node *target) {
    const struct index *index = search->e->index;
    for (size_t i = index->link_start[node->index]; i < index->link_start[node->index + 1]; i++) {
        const struct link *link = &index->links[i];
        bool hither = search->clause->op == CLAUSE_REACHES ? link->in : link->out;
        if (hither && kind_fits(search->clause->kinds, link->edge)) {
            search_add(search, link->other, target);
        }
    }
}

static struct reach *reach_new(struct evaluator *e, const struct clause *clause) {
    const struct model *model = e->index->model;
    struct reach *reach = arena_alloc(e->index->arena, sizeof *reach);
    reach->target = arena_array(e->index->arena, model->node_count + 1, sizeof *reach->target);
    struct search search = {e, clause, reach, arena_array(e->index->arena, model->node_count + 1, sizeof(void *)),
                            0, 0};
    for (size_t i = 0; i < model->node_count; i++) {
        if (type_fits(e, clause->patterns, e->index->type_of[i]) && fits(e, clause->patterns, model->nodes[i])) {
            search_from(&search, model->nodes[i], model->nodes[i]);
        }
    }
    while (search.head < search.tail) {
        const struct node *node = search.queue[search.head++];
        search_from(&search, node, reach->target[node->index]);
    }
    return reach;
}

static bool solve_path(struct evaluator *e, const struct clause *clause, const struct node *node,
                       const struct frame *rest) {
    if (is_root(node)) {
        return false;
    }
    struct reach **reach = &e->reach[clause->patterns->number];
    if (!*reach) {
        *reach = reach_new(e, clause);
    }
    const struct node *target = (*reach)->target[node->index];
    return target && enter(e, clause->patterns, target, rest);
}

static bool solve_scope(struct evaluator *e, const struct clause *clause, const struct node *node,
                        const struct frame *rest) {
    const struct node *other = e->slots[clause->slot].node;
    for (const char *const *type = clause->words; *type; type++) {
        const struct node *here = index_scope(node, *type), *there = other ? index_scope(other, *type) : NULL;
        if (!here || !there || (here == there) != (clause->op == CLAUSE_SAME)) {
            return false;
        }
    }
    return solve(e, rest);
}

static bool solve_within(struct evaluator *e, const struct clause *clause, const struct node *node,
                         const struct frame *rest) {
    for (; node->parent; node = node->parent) {
        if (enter(e, clause->patterns, node, rest)) {
            return true;
        }
    }
    return false;
}

static bool solve_any(struct evaluator *e, const struct clause *clause, const struct node *node,
                      const struct frame *rest) {
    for (size_t i = 0; i < clause->pattern_count; i++) {
        if (enter(e, &clause->patterns[i], node, rest)) {
            return true;
        }
    }
    return false;
}

/* The frames of all patterns but the first have to live as long as the search behind them. */
static bool solve_all(struct evaluator *e, const struct clause *clause, size_t from, const struct node *node,
                      const struct frame *rest) {
    if (from == 0) {
        return enter(e, &clause->patterns[0], node, rest);
    }
    struct frame frame = {FRAME_ENTER, &clause->patterns[from], 0, node, rest};
    return solve_all(e, clause, from - 1, node, &frame);
}

static bool solve_clause(struct evaluator *e, const struct clause *clause, const struct node *node,
                         const struct frame *rest) {
    switch (clause->op) {
    case CLAUSE_HAS:
        return tests_fit(e, clause->tests, clause->test_count, node->values, node->value_count) && solve(e, rest);
    case CLAUSE_LABEL: return label_fits(clause->words, &node->label) && solve(e, rest);
    case CLAUSE_WITHIN: return solve_within(e, clause, node, rest);
    case CLAUSE_HOLDS:
    case CLAUSE_TO:
    case CLAUSE_FROM:
    case CLAUSE_EDGES:
    case CLAUSE_ATTACHED: return solve_set(e, clause, node, rest);
    case CLAUSE_REACHES:
    case CLAUSE_REACHED_FROM: return solve_path(e, clause, node, rest);
    case CLAUSE_IS: return e->slots[clause->slot].node == node && solve(e, rest);
    case CLAUSE_SAME:
    case CLAUSE_APART: return solve_scope(e, clause, node, rest);
    case CLAUSE_NOT: return !fits(e, clause->patterns, node) && solve(e, rest);
    case CLAUSE_ANY: return solve_any(e, clause, node, rest);
    case CLAUSE_ALL: return solve_all(e, clause, clause->pattern_count - 1, node, rest);
    case CLAUSE_DIAGRAM: return enter(e, clause->patterns, e->index->model->root, rest);
    case CLAUSE_OPS: break;
    }
    return false;
}

static bool solve(struct evaluator *e, const struct frame *frame) {
    if (!frame) {
        return solution(e);
    }
    if (++e->steps > STEPS_MAX || e->nested >= NESTED_MAX) {
        e->exhausted = true;
        return false;
    }
    e->nested++;
    bool shown;
    if (frame->kind == FRAME_ENTER) {
        shown = enter(e, frame->pattern, frame->node, frame->next);
    } else if (frame->clause == frame->pattern->n) {
        shown = solve(e, frame->next);
    } else {
        struct frame rest = {FRAME_CLAUSES, frame->pattern, frame->clause + 1, frame->node, frame->next};
        shown = solve_clause(e, &frame->pattern->clauses[frame->clause], frame->node, &rest);
    }
    e->nested--;
    return shown;
}

/* Subjects. */
static void each_node(struct evaluator *e, const struct condition *condition) {
    struct visit visit = {.node = collect};
    struct clause inside = {.op = CLAUSE_HOLDS, .patterns = &(struct pattern){.as = SLOT_NONE}};
    visit.clause = &inside;
    size_t base = e->stack_n;
    visit_inside(e, &condition->pattern, e->index->model->root, &visit);
    size_t n = distinct(e->stack + base, e->stack_n - base);
    for (size_t i = 0; i < n; i++) {
        enter(e, &condition->pattern, e->stack[base + i], NULL);
    }
    e->stack_n = base;
}

/* One edge, from one of its ends; true when the condition holds. */
static bool try_edge(struct evaluator *e, const struct condition *condition, const struct edge *edge,
                     const struct node *from, const struct node *to) {
    e->slots[SLOT_SELF] = (struct element){.edge = edge};
    struct frame target = {FRAME_ENTER, &condition->target, 0, to, NULL};
    return edge_fits(e, &condition->edge, edge) && enter(e, &condition->pattern, from, &target);
}

/* How many nodes the types of a pattern allow. */
static size_t candidates(struct evaluator *e, const struct pattern *pattern) {
    size_t n = 0;
    for (size_t type = 0; type < e->index->type_count; type++) {
        if (type_fits(e, pattern, type)) {
            n += e->index->type_start[type + 1] - e->index->type_start[type];
        }
    }
    return n;
}

struct ends {
    const struct condition *condition;
    bool from;  /* the nodes visited are those the edge leaves */
    bool *done; /* by edge: it is found already, from its other end */
};

static void edges_of(struct evaluator *e, const struct ends *ends, const struct node *node) {
    for (size_t i = e->index->link_start[node->index]; i < e->index->link_start[node->index + 1]; i++) {
        const struct link *link = &e->index->links[i];
        if ((ends->from ? link->out : link->in) && !ends->done[link->edge->index]) {
            const struct node *from = ends->from ? node : link->other, *to = ends->from ? link->other : node;
            ends->done[link->edge->index] = try_edge(e, ends->condition, link->edge, from, to);
        }
    }
}

/* Edges are found at whichever end the condition allows fewer nodes. */
static void each_edge(struct evaluator *e, const struct condition *condition) {
    const struct index *index = e->index;
    size_t from = candidates(e, &condition->pattern), to = candidates(e, &condition->target);
    if (from == 0 || to == 0) {
        return;
    }
    memset(e->done, 0, index->model->edge_count * sizeof *e->done);
    struct ends ends = {condition, from <= to, e->done};
    const struct pattern *rare = ends.from ? &condition->pattern : &condition->target;
    for (size_t type = 0; type < index->type_count; type++) {
        for (size_t i = index->type_start[type]; type_fits(e, rare, type) && i < index->type_start[type + 1]; i++) {
            edges_of(e, &ends, index->by_type[i]);
        }
    }
}

size_t predicate_each(struct evaluator *e, const struct predicate *predicate,
                      void (*found)(void *to, const struct proof *proof), void *to, bool *exhausted) {
    e->found = found;
    e->to = to;
    e->count = 0;
    e->steps = 0;
    e->exhausted = false;
    for (size_t i = 0; i < predicate->n; i++) {
        memset(e->slots, 0, sizeof e->slots);
        e->condition = &predicate->conditions[i];
        switch (e->condition->subject) {
        case SUBJECT_NODE: each_node(e, e->condition); break;
        case SUBJECT_EDGE: each_edge(e, e->condition); break;
        case SUBJECT_DIAGRAM: enter(e, &e->condition->pattern, e->index->model->root, NULL); break;
        }
    }
    *exhausted = e->exhausted;
    return e->count;
}
