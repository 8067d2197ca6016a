#include "check/rules.h"

#include <stdlib.h>
#include <string.h>

#include "check/notes.h"
#include "check/predicate.h"

struct collector {
    const struct model *model;
    const struct index *index;
    const struct note *note;
    ARRAY(struct finding) found;
};

static const struct value *proof_value(const struct element *element, const char *key) {
    if (element->node) {
        return index_value(element->node->values, element->node->value_count, key);
    }
    return element->edge ? index_value(element->edge->values, element->edge->value_count, key) : NULL;
}

static struct mark element_mark(const struct element *element, const struct model *model) {
    if (element->edge) {
        return element->edge->mark;
    }
    return element->node && element->node->parent ? element->node->mark : model->mark;
}

/* Where the author has to look: the attribute where one is to blame, else the element. */
static struct mark place_mark(const struct proof *proof, const struct place *place, const struct model *model) {
    const struct element *element = &proof->slots[place->slot];
    const struct value *value = place->key ? proof_value(element, place->key) : NULL;
    return value ? value->mark : element_mark(element, model);
}

static int slot_named(const struct condition *condition, const char *name) {
    for (int i = 0; condition->names && condition->names[i]; i++) {
        if (strcmp(condition->names[i], name) == 0) {
            return i;
        }
    }
    return SLOT_NONE;
}

static bool accepted(const struct model *model, const char *id, const char **reason) {
    for (size_t i = 0; id && i < model->accept_count; i++) {
        if (strcmp(model->accept[i].id, id) == 0) {
            const char *text = model->accept[i].reason.in[model->lang];
            *reason = text ? text : "";
            return true;
        }
    }
    return false;
}

static const char *sentence(const struct collector *collector, const struct proof *proof) {
    struct str text = STR_EMPTY;
    if (proof->condition->message) {
        predicate_message(proof, collector->index, proof->condition->message, &text);
    } else {
        predicate_name(&proof->slots[SLOT_SELF], collector->index, &text);
        str_put(&text, ": ");
        str_put(&text,
                collector->note->today[LANG_EN] ? collector->note->today[LANG_EN] : collector->note->text[LANG_EN]);
    }
    const char *kept = arena_copy(collector->model->arena, text.at, text.n);
    str_free(&text);
    return kept;
}

static void collect(void *to, const struct proof *proof) {
    struct collector *collector = to;
    const struct note *note = collector->note;
    struct finding *finding = array_push(collector->model->arena, &collector->found);
    int second = slot_named(proof->condition, "second");
    const struct place *at = &proof->condition->at;
    *finding = (struct finding){
        .note = note,
        .node = proof->slots[SLOT_SELF].node,
        .edge = proof->slots[SLOT_SELF].edge,
        .text = sentence(collector, proof),
        .severe = (note->kind == NOTE_RULE || note->kind == NOTE_LIMIT) && note->status != NOTE_UNVERIFIED &&
                  !proof->condition->weak,
        .weak = proof->condition->weak,
    };
    finding->at = place_mark(proof, at, collector->model);
    if (second != SLOT_NONE && at->slot == second) {
        finding->also = place_mark(proof, &(struct place){second - 1, at->key}, collector->model);
        finding->node = proof->slots[second].node;
        finding->other = proof->slots[second - 1].node;
    }
    accepted(collector->model, note->id, &finding->accepted);
}

/* Marks of one source by place; those of another (a part) come in the order of the source's name. */
static int by_mark(const struct mark *a, const struct mark *b) {
    if (a->source != b->source) {
        int order = !a->source ? -1 : !b->source ? 1 : strcmp(a->source->name, b->source->name);
        if (order) {
            return order;
        }
    }
    return a->start < b->start ? -1 : a->start > b->start;
}

static int by_place(const void *a, const void *b) {
    const struct finding *x = a, *y = b;
    int order = by_mark(&x->at, &y->at);
    order = order ? order : strcmp(x->note->id, y->note->id);
    return order ? order : strcmp(x->text, y->text);
}

static void report(const struct finding *finding, enum check_use use, struct diags *diags) {
    bool error = finding->severe && use == CHECK_REPORT;
    struct diag *diag = diag_add(diags, error ? DIAG_rule : DIAG_advice, finding->at, "%s", finding->text);
    diag->rule = finding->note->id;
    diag->also = finding->also;
    diag->hint = finding->note->today[LANG_EN] ? finding->note->today[LANG_EN] : finding->note->text[LANG_EN];
}

static void report_unused(const struct model *model, const struct findings *findings, struct diags *diags) {
    for (size_t i = 0; i < model->accept_count; i++) {
        bool used = false;
        for (size_t f = 0; f < findings->n && !used; f++) {
            used = strcmp(findings->at[f].note->id, model->accept[i].id) == 0;
        }
        if (!used && notes_of(model, model->accept[i].id)) {
            diag_add(diags, DIAG_unused_accept, model->accept[i].mark, "nothing here breaks `%s`", model->accept[i].id);
        }
    }
}

static void check_all(struct collector *collector, struct evaluator *evaluator, const struct note *notes, size_t n,
                      struct diags *diags) {
    for (size_t i = 0; i < n; i++) {
        bool exhausted = false;
        if (!notes[i].violated || notes_of(collector->model, notes[i].id) != &notes[i]) {
            continue;
        }
        collector->note = &notes[i];
        predicate_each(evaluator, notes[i].violated, collect, collector, &exhausted);
        if (exhausted && diags) {
            diag_add(diags, DIAG_check_budget, collector->model->mark, "the check of `%s` takes too long", notes[i].id);
        }
    }
}

struct findings check_run(const struct model *model, enum check_use use, struct diags *diags) {
    struct collector collector = {.model = model};
    struct arena *scratch = arena_new();
    struct index *index = index_new(model, scratch);
    collector.index = index;
    check_all(&collector, predicate_new(index, notes_builtin_patterns), notes_builtin, notes_builtin_count, diags);
    check_all(&collector, predicate_new(index, model->rule_patterns), model->rules, model->rule_count, diags);
    arena_free(scratch);
    struct findings findings = {collector.found.at, collector.found.n};
    if (findings.n > 1) {
        qsort(findings.at, findings.n, sizeof *findings.at, by_place);
    }
    for (size_t i = 0; use != CHECK_QUIET && i < findings.n; i++) {
        if (!findings.at[i].accepted) {
            report(&findings.at[i], use, diags);
        }
    }
    if (use != CHECK_QUIET) {
        report_unused(model, &findings, diags);
    }
    return findings;
}
