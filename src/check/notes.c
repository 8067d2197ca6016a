#include "check/notes.h"

#include <stdlib.h>
#include <string.h>

#include "check/predicate.h"

/* Callouts of one note: more would be noise, not pointers. */
enum { CALLOUTS_MAX = 3 };

struct match {
    const struct note *note;
    int score;
    bool wished;  /* by `show` */
    bool applied; /* its condition holds */
    bool violated;
    bool doubtful;             /* something is missing that the diagram may only have left out */
    const struct node **nodes; /* subjects, in the order found */
    const struct edge **edges;
    size_t node_count, node_cap, edge_count, edge_cap;
};

struct matcher {
    const struct model *model;
    const struct findings *findings;
    struct diags *diags;
    struct arena *scratch;
    struct evaluator *evaluator, *own; /* for built-in notes, and for those of the author, which are numbered apart */
    const struct index *index;
    ARRAY(struct match) matches;
};

static int by_id(const void *key, const void *element) { return strcmp(key, ((const struct note *)element)->id); }

const struct note *notes_find(const char *id) {
    return bsearch(id, notes_builtin, notes_builtin_count, sizeof *notes_builtin, by_id);
}

const struct note *notes_of(const struct model *model, const char *id) {
    for (size_t i = 0; i < model->rule_count; i++) {
        if (strcmp(model->rules[i].id, id) == 0) {
            return &model->rules[i];
        }
    }
    return notes_find(id);
}

static bool listed(const struct note_wish *wishes, size_t n, const char *id) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(wishes[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Why the author accepts that the rule is broken; NULL when he does not. */
static const struct text *reason(const struct model *model, const char *id) {
    for (size_t i = 0; i < model->accept_count; i++) {
        if (strcmp(model->accept[i].id, id) == 0) {
            return &model->accept[i].reason;
        }
    }
    return NULL;
}

static void report_unknown(const struct matcher *matcher, const struct note_wish *wishes, size_t n) {
    const struct model *model = matcher->model;
    for (size_t i = 0; i < n; i++) {
        if (notes_of(model, wishes[i].id)) {
            continue;
        }
        size_t count = 0;
        const char **ids = arena_array(matcher->scratch, notes_builtin_count + model->rule_count + 1, sizeof *ids);
        for (size_t k = 0; k < model->rule_count; k++) {
            ids[count++] = model->rules[k].id;
        }
        for (size_t k = 0; k < notes_builtin_count; k++) {
            ids[count++] = notes_builtin[k].id;
        }
        diag_add(matcher->diags, DIAG_unknown_note, wishes[i].mark, "there is no note `%s`", wishes[i].id);
        diag_suggest(matcher->diags, wishes[i].id, ids, count);
    }
}

struct subjects {
    struct arena *arena;
    struct match *match;
};

static void add_node(struct arena *arena, struct match *match, const struct node *node) {
    match->nodes = arena_grow(arena, (void *)match->nodes, &match->node_cap, match->node_count + 1,
                              sizeof *match->nodes);
    match->nodes[match->node_count++] = node;
}

static void add_edge(struct arena *arena, struct match *match, const struct edge *edge) {
    match->edges = arena_grow(arena, (void *)match->edges, &match->edge_cap, match->edge_count + 1,
                              sizeof *match->edges);
    match->edges[match->edge_count++] = edge;
}

static void add_subject(void *to, const struct proof *proof) {
    struct subjects *subjects = to;
    if (proof->slots[SLOT_SELF].edge) {
        add_edge(subjects->arena, subjects->match, proof->slots[SLOT_SELF].edge);
    } else if (proof->slots[SLOT_SELF].node && proof->slots[SLOT_SELF].node->parent) {
        add_node(subjects->arena, subjects->match, proof->slots[SLOT_SELF].node);
    }
}

/* How many types of the diagram the note is about. */
static size_t services_here(const struct matcher *matcher, const struct note *note) {
    size_t here = 0;
    for (const char *const *service = note->services; service && *service; service++) {
        for (size_t type = 0; type < matcher->index->type_count; type++) {
            if (type_is(matcher->index->types[type], *service)) {
                here++;
                break;
            }
        }
    }
    return here;
}

/* The nodes of the first service of the note that the diagram has. */
static bool add_services(struct matcher *matcher, const struct note *note, struct match *match) {
    const struct index *index = matcher->index;
    for (const char *const *service = note->services; service && *service; service++) {
        for (size_t type = 0; type < index->type_count; type++) {
            if (type_is(index->types[type], *service)) {
                for (size_t i = index->type_start[type]; i < index->type_start[type + 1]; i++) {
                    add_node(matcher->scratch, match, index->by_type[i]);
                }
            }
        }
        if (match->node_count > 0) {
            return true;
        }
    }
    return false;
}

static bool is_own(const struct model *model, const struct note *note) {
    return note >= model->rules && note < model->rules + model->rule_count;
}

/* Whether the note is about this diagram; fills the subjects. */
static bool applies(struct matcher *matcher, const struct note *note, struct match *match) {
    bool exhausted = false;
    if (!note->applies) {
        return add_services(matcher, note, match);
    }
    struct subjects subjects = {matcher->scratch, match};
    const struct model *model = matcher->model;
    bool yes = predicate_each(is_own(model, note) ? matcher->own : matcher->evaluator, note->applies, add_subject,
                              &subjects, &exhausted) > 0;
    if (yes && match->node_count + match->edge_count == 0) {
        add_services(matcher, note, match);
    }
    return yes;
}

/* What breaks the rule is pointed to, rather than all it applies to. */
static void add_violations(const struct matcher *matcher, struct match *match) {
    const struct findings *findings = matcher->findings;
    for (size_t i = 0; findings && i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->note != match->note) {
            continue;
        }
        if (finding->weak) {
            match->doubtful = true;
            continue;
        }
        if (!match->violated) {
            match->violated = true;
            match->node_count = match->edge_count = 0;
        }
        if (finding->edge) {
            add_edge(matcher->scratch, match, finding->edge);
        }
        if (finding->other) {
            add_node(matcher->scratch, match, finding->other);
        }
        if (finding->node && finding->node->parent) {
            add_node(matcher->scratch, match, finding->node);
        }
    }
}

static size_t clause_weight(const struct clause *clause);

static size_t pattern_weight(const struct pattern *pattern) {
    size_t weight = pattern->types != NULL;
    for (size_t i = 0; i < pattern->n; i++) {
        weight += clause_weight(&pattern->clauses[i]);
    }
    return weight;
}

static size_t clause_weight(const struct clause *clause) {
    size_t weight = 1, most = 0;
    for (size_t i = 0; i < clause->pattern_count; i++) {
        size_t one = pattern_weight(&clause->patterns[i]);
        if (clause->op == CLAUSE_ALL) {
            weight += one;
        } else if (one > most) {
            most = one;
        }
    }
    return weight + most;
}

/* How much a condition asks for; a note that asks for more says more about this very diagram. */
static size_t predicate_weight(const struct predicate *predicate) {
    size_t least = 99;
    for (size_t i = 0; predicate && i < predicate->n; i++) {
        const struct condition *condition = &predicate->conditions[i];
        size_t weight = pattern_weight(&condition->pattern);
        if (condition->subject == SUBJECT_EDGE) {
            weight += pattern_weight(&condition->target) + 1;
        }
        least = weight < least ? weight : least;
    }
    return predicate ? least : 1;
}

static int score(const struct matcher *matcher, const struct note *note) {
    static const int of_kind[NOTE_KINDS] = {
        [NOTE_FACT] = 10, [NOTE_RULE] = 40, [NOTE_RECOMMENDATION] = 20, [NOTE_LIMIT] = 40, [NOTE_WARNING] = 30};
    static const int of_status[NOTE_STATUSES] = {[NOTE_OUTDATED] = 15, [NOTE_WRONG] = 15, [NOTE_UNVERIFIED] = -5};
    size_t weight = predicate_weight(note->applies), here = services_here(matcher, note);
    int own = is_own(matcher->model, note) ? 60 : 0; /* who writes a note wants to read it */
    return own + of_kind[note->kind] + of_status[note->status] + 4 * (int)(weight < 10 ? weight : 10) +
           3 * (int)(here < 4 ? here : 4);
}

static void try_note(struct matcher *matcher, const struct note *note) {
    const struct model *model = matcher->model;
    struct match match = {.note = note, .wished = listed(model->show, model->show_count, note->id)};
    if (listed(model->hide, model->hide_count, note->id) || notes_of(model, note->id) != note) {
        return;
    }
    match.applied = applies(matcher, note, &match);
    if (match.wished && !match.applied) {
        add_services(matcher, note, &match);
    }
    add_violations(matcher, &match);
    if (!match.violated && !match.wished && (!match.applied || note->quiet)) {
        return;
    }
    match.score = score(matcher, note);
    *array_push(matcher->scratch, &matcher->matches) = match;
}

static size_t wish_order(const struct model *model, const struct note *note) {
    size_t i = 0;
    while (i < model->show_count && strcmp(model->show[i].id, note->id) != 0) {
        i++;
    }
    return i;
}

/* Violated ones before the rest, then by score, then by id. Those of `show` are picked out before. */
static int by_rank(const void *a, const void *b) {
    const struct match *x = a, *y = b;
    if (x->violated != y->violated) {
        return x->violated ? -1 : 1;
    }
    return x->score != y->score ? y->score - x->score : strcmp(x->note->id, y->note->id);
}

static struct shown_note *add_shown(const struct matcher *matcher, struct shown_notes *shown, size_t *cap) {
    shown->at = arena_grow(matcher->model->arena, shown->at, cap, shown->n + 1, sizeof *shown->at);
    return &shown->at[shown->n++];
}

static int by_node(const void *a, const void *b) {
    size_t x = (*(const struct node *const *)a)->index, y = (*(const struct node *const *)b)->index;
    return x < y ? -1 : x > y;
}

static int by_edge(const void *a, const void *b) {
    size_t x = (*(const struct edge *const *)a)->index, y = (*(const struct edge *const *)b)->index;
    return x < y ? -1 : x > y;
}

/* The first few elements in file order, each once. */
static void point(const struct model *model, struct match *match, struct shown_note *shown) {
    shown->on = arena_array(model->arena, CALLOUTS_MAX, sizeof(struct node *));
    shown->edges = arena_array(model->arena, CALLOUTS_MAX, sizeof(struct edge *));
    if (match->node_count > 1) {
        qsort(match->nodes, match->node_count, sizeof *match->nodes, by_node);
    }
    if (match->edge_count > 1) {
        qsort(match->edges, match->edge_count, sizeof *match->edges, by_edge);
    }
    for (size_t i = 0; i < match->node_count && shown->on_count < CALLOUTS_MAX; i++) {
        if (i == 0 || match->nodes[i] != match->nodes[i - 1]) {
            shown->on[shown->on_count++] = model->nodes[match->nodes[i]->index];
        }
    }
    for (size_t i = 0; i < match->edge_count && shown->on_count + shown->edge_count < CALLOUTS_MAX; i++) {
        if (i == 0 || match->edges[i] != match->edges[i - 1]) {
            shown->edges[shown->edge_count++] = model->edges[match->edges[i]->index];
        }
    }
}

static void prove(const struct matcher *matcher, struct shown_note *shown) {
    const struct findings *findings = matcher->findings;
    shown->breaches = arena_array(matcher->model->arena, findings->n, sizeof *shown->breaches);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->note == shown->note && !finding->weak) {
            shown->breaches[shown->breach_count++] = (struct breach){finding->text, finding->at, finding->also};
        }
    }
}

static bool covers_node(const struct match *match, const struct node *node) {
    size_t i = 0;
    while (i < match->node_count && match->nodes[i] != node) {
        i++;
    }
    return i < match->node_count;
}

static bool covers_edge(const struct match *match, const struct edge *edge) {
    size_t i = 0;
    while (i < match->edge_count && match->edges[i] != edge) {
        i++;
    }
    return i < match->edge_count;
}

/* Whether the picture shows of everything the rule applies to that it is kept. A rule that says nothing of how that is seen is
 * kept where nothing breaks it. */
static bool is_shown_kept(const struct matcher *matcher, const struct match *match) {
    const struct note *note = match->note;
    if (!note->held) {
        return true;
    }
    bool exhausted = false;
    struct match kept = {.note = note};
    struct subjects subjects = {matcher->scratch, &kept};
    if (predicate_each(is_own(matcher->model, note) ? matcher->own : matcher->evaluator, note->held, add_subject,
                       &subjects, &exhausted) == 0) {
        return false;
    }
    bool all = true, whole = kept.node_count + kept.edge_count == 0; /* it is about the diagram as a whole */
    for (size_t i = 0; all && !whole && i < match->node_count; i++) {
        all = covers_node(&kept, match->nodes[i]);
    }
    for (size_t i = 0; all && !whole && i < match->edge_count; i++) {
        all = covers_edge(&kept, match->edges[i]);
    }
    return all;
}

/* What no longer holds, or never did, gets no tick: nobody needs to keep it. */
static bool is_held(const struct matcher *matcher, const struct match *match) {
    const struct note *note = match->note;
    bool old = note->status == NOTE_OUTDATED || note->status == NOTE_WRONG;
    return note->violated && matcher->findings && match->applied && !match->doubtful && !old &&
           is_shown_kept(matcher, match);
}

static void show(const struct matcher *matcher, struct match *match, struct shown_notes *shown, size_t *cap) {
    const struct model *model = matcher->model;
    struct shown_note *note = add_shown(matcher, shown, cap);
    note->note = match->note;
    note->kind = match->note->kind;
    if (match->violated) {
        note->state = NOTE_VIOLATED;
        note->accepted = reason(model, match->note->id);
        prove(matcher, note);
    } else if (is_held(matcher, match)) {
        note->state = NOTE_HELD;
    }
    point(model, match, note);
}

static void show_wished(const struct matcher *matcher, struct shown_notes *shown, size_t *cap) {
    const struct model *model = matcher->model;
    for (size_t wish = 0; wish < model->show_count; wish++) {
        for (size_t i = 0; i < matcher->matches.n; i++) {
            struct match *match = &matcher->matches.at[i];
            if (match->wished && wish_order(model, match->note) == wish) {
                show(matcher, match, shown, cap);
            }
        }
    }
}

static void show_own(const struct matcher *matcher, struct shown_notes *shown, size_t *cap) {
    const struct model *model = matcher->model;
    for (size_t i = 0; i < model->own_count; i++) {
        struct shown_note *note = add_shown(matcher, shown, cap);
        note->own = model->own[i].text;
        note->kind = model->own[i].kind;
        if (model->own[i].on) {
            note->on = arena_array(model->arena, 1, sizeof(struct node *));
            note->on[note->on_count++] = model->own[i].on;
        }
        if (model->own[i].edge) {
            note->edges = arena_array(model->arena, 1, sizeof(struct edge *));
            note->edges[note->edge_count++] = model->own[i].edge;
        }
    }
}

static enum note_group group_of(const struct shown_note *note) {
    static const enum note_group groups[NOTE_KINDS] = {[NOTE_FACT] = GROUP_FACTS,
                                                       [NOTE_RULE] = GROUP_LIMITS,
                                                       [NOTE_RECOMMENDATION] = GROUP_ADVICE,
                                                       [NOTE_LIMIT] = GROUP_LIMITS,
                                                       [NOTE_WARNING] = GROUP_WARNINGS};
    return note->state == NOTE_VIOLATED ? GROUP_VIOLATED : groups[note->kind];
}

/* What belongs together stands together, otherwise in the order it has. */
static void group(const struct model *model, struct shown_notes *shown) {
    struct shown_note *sorted = arena_array(model->arena, shown->n, sizeof *sorted);
    size_t n = 0;
    for (int wanted = 0; wanted < NOTE_GROUPS; wanted++) {
        for (size_t i = 0; i < shown->n; i++) {
            if (group_of(&shown->at[i]) == (enum note_group)wanted) {
                sorted[n] = shown->at[i];
                sorted[n].group = (enum note_group)wanted;
                sorted[n].number = (int)n + 1;
                n++;
            }
        }
    }
    shown->at = sorted;
}

/* A few notes beside a small picture, more beside a large one. */
static size_t fitting(const struct model *model) {
    size_t n = NOTES_LEAST + model->node_count / 5;
    return model->notes_max ? model->notes_max : n < NOTES_MOST ? n : NOTES_MOST;
}

static void show_found(const struct matcher *matcher, struct shown_notes *shown, size_t *cap) {
    size_t most = fitting(matcher->model);
    for (size_t i = 0; i < matcher->matches.n; i++) {
        struct match *match = &matcher->matches.at[i];
        if (!match->wished && (match->violated || shown->n < most)) {
            show(matcher, match, shown, cap);
        }
    }
}

struct shown_notes notes_match(const struct model *model, const struct findings *findings, struct diags *diags) {
    struct shown_notes shown = {0};
    size_t cap = 0;
    struct arena *scratch = arena_new();
    struct matcher matcher = {.model = model, .findings = findings, .diags = diags, .scratch = scratch};
    matcher.index = index_new(model, scratch);
    matcher.evaluator = predicate_new(matcher.index, notes_builtin_patterns);
    matcher.own = predicate_new(matcher.index, model->rule_patterns);
    report_unknown(&matcher, model->show, model->show_count);
    report_unknown(&matcher, model->hide, model->hide_count);
    report_unknown(&matcher, model->accept, model->accept_count);
    for (size_t i = 0; i < model->rule_count; i++) {
        try_note(&matcher, &model->rules[i]);
    }
    for (size_t i = 0; i < notes_builtin_count; i++) {
        try_note(&matcher, &notes_builtin[i]);
    }
    if (matcher.matches.n > 1) {
        qsort(matcher.matches.at, matcher.matches.n, sizeof *matcher.matches.at, by_rank);
    }
    show_wished(&matcher, &shown, &cap);
    show_own(&matcher, &shown, &cap);
    show_found(&matcher, &shown, &cap);
    group(model, &shown);
    arena_free(scratch);
    return shown;
}

void notes_dump(const struct shown_notes *notes, struct str *out) {
    static const char *const states[] = {"plain", "held", "violated"};
    for (size_t i = 0; i < notes->n; i++) {
        const struct shown_note *note = &notes->at[i];
        str_int(out, note->number);
        str_printf(out, " %s %s %s%s", note->note ? note->note->id : "own", note_kind_names[note->kind],
                   states[note->state], note->accepted ? " accepted" : "");
        for (size_t k = 0; k < note->on_count; k++) {
            str_printf(out, " %s", note->on[k]->path);
        }
        for (size_t k = 0; k < note->edge_count; k++) {
            str_printf(out, " %s", note->edges[k]->id);
        }
        str_putc(out, '\n');
    }
}
