/* Every note of the knowledge base against its own examples.
 *
 * `holds` is a scenario the note is about and that keeps it, `elsewhere` one it has nothing to say about, and `violates` breaks it: that
 * one must give this violation and no other, at each place that a comment below the line marks with `^` (and only there). It may be
 * several scenarios with `---` between them, so that every way to break a rule is shown to be found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "check/notes.h"
#include "check/predicate.h"
#include "read/load.h"
#include "read/template.h"

enum { MOST_PLACES = 16 };

static int failures;

static void complain(const struct note *note, const char *example, const char *what, const char *detail) {
    failures++;
    print_error("%s, %s: %s%s%s\n", note->id, example, what, detail ? "\n" : "", detail ? detail : "");
}

/* A scenario as far as the checks take it. */
struct run {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    struct model *model;
    struct findings findings;
    struct shown_notes shown;
};

static struct run run_new(const char *text, enum check_use use) {
    struct run run = {.arena = arena_new()};
    run.sources.arena = run.arena;
    run.diags = diags_new(run.arena);
    struct template_paths paths = {.sources = &run.sources};
    struct source *source = source_memory(&run.sources, "example", text, strlen(text), &run.diags);
    struct tree *tree = source ? yaml_read(source, run.arena, &yaml_default_limits, &run.diags) : NULL;
    tree = tree ? template_expand(tree, &paths, run.arena, &run.diags) : NULL;
    run.model = tree ? load_model(tree, &catalog_builtin, &load_default_limits, run.arena, &run.diags) : NULL;
    if (run.model && run.diags.n == 0) {
        run.findings = check_run(run.model, use, &run.diags);
        run.model->notes_max = notes_builtin_count;
        run.shown = notes_match(run.model, &run.findings, &run.diags);
    }
    return run;
}

static void run_free(struct run *run) { arena_free(run->arena); }

static const char *messages(struct run *run) {
    struct str text = STR_EMPTY;
    diags_sort(&run->diags);
    diags_print(&run->diags, &text, false);
    const char *kept = arena_copy(run->arena, text.at, text.n);
    str_free(&text);
    return kept;
}

static void ignore(void *to, const struct proof *proof) { (void)to, (void)proof; }

static bool applies(const struct run *run, const struct note *note) {
    bool exhausted = false;
    struct evaluator *evaluator = predicate_new(index_new(run->model, run->arena), notes_builtin_patterns);
    bool yes = predicate_each(evaluator, note->applies, ignore, NULL, &exhausted) > 0;
    assert_false(exhausted);
    return yes;
}

static const struct shown_note *shown(const struct run *run, const struct note *note) {
    for (size_t i = 0; i < run->shown.n; i++)
        if (run->shown.at[i].note == note)
            return &run->shown.at[i];
    return NULL;
}

/* Nobody needs to keep what no longer holds. */
static bool is_old(const struct note *note) { return note->status == NOTE_OUTDATED || note->status == NOTE_WRONG; }

static void try_holding(const struct note *note) {
    struct run run = run_new(note->holds, CHECK_REPORT);
    const struct shown_note *beside = shown(&run, note);
    if (run.diags.n > 0)
        complain(note, "holds", "nothing should be wrong here", messages(&run));
    else if (!applies(&run, note))
        complain(note, "holds", "the note does not apply", NULL);
    else if (!note->quiet && !beside)
        complain(note, "holds", "the note does not stand beside the picture", NULL);
    else if (beside && beside->state != (note->violated && !is_old(note) ? NOTE_HELD : NOTE_PLAIN))
        complain(note, "holds", "the note is in the wrong state", NULL);
    run_free(&run);
}

static void try_elsewhere(const struct note *note) {
    struct run run = run_new(note->elsewhere, CHECK_REPORT);
    if (run.diags.n > 0)
        complain(note, "elsewhere", "nothing should be wrong here", messages(&run));
    else if (applies(&run, note) || shown(&run, note))
        complain(note, "elsewhere", "the note applies", NULL);
    run_free(&run);
}

/* The places a scenario marks: below the line, in a comment, `^` stands where the trouble starts. */
static size_t marked_places(const char *text, struct position *places) {
    size_t n = 0;
    unsigned line = 0, above = 0;
    while (*text) {
        size_t length = strcspn(text, "\n"), start = strspn(text, " ");
        line++;
        if (start < length && text[start] == '#') {
            for (size_t i = start; i < length; i++)
                if (text[i] == '^' && text[i - 1] != '^' && n < MOST_PLACES)
                    places[n++] = (struct position){above, (unsigned)i + 1};
        } else {
            above = line;
        }
        text += length + (text[length] == '\n');
    }
    return n;
}

enum { MOST_WAYS = 8 };
struct ways {
    const struct note *note;
    bool taken[MOST_WAYS]; /* by condition */
};

static void cross_off_one(void *to, const struct proof *proof) {
    struct ways *ways = to;
    ptrdiff_t i = proof->condition - ways->note->violated->conditions;
    assert_true(i >= 0 && i < MOST_WAYS);
    ways->taken[i] = true;
}

static bool is_marked(struct position place, struct position *places, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (places[i].line == place.line && places[i].column == place.column) {
            places[i].line = 0;
            return true;
        }
    return false;
}

/* The ways to break the rule that are taken here are crossed off. */
static void cross_off(const struct run *run, const struct note *note, struct ways *ways) {
    bool exhausted = false;
    struct evaluator *evaluator = predicate_new(index_new(run->model, run->arena), notes_builtin_patterns);
    ways->note = note;
    predicate_each(evaluator, note->violated, cross_off_one, ways, &exhausted);
}

static void try_violating(const struct note *note, const char *text, struct ways *ways) {
    struct position places[MOST_PLACES];
    size_t n = marked_places(text, places), found = 0;
    struct run run = run_new(text, CHECK_REPORT);
    const struct shown_note *beside = shown(&run, note);
    for (size_t i = 0; i < run.diags.n; i++) {
        const struct diag *diag = &run.diags.at[i];
        if (!diag->rule || strcmp(diag->rule, note->id) != 0)
            complain(note, "violates", "something else is wrong", messages(&run));
        else if (!is_marked(source_position(diag->mark.source, diag->mark.start), places, n))
            complain(note, "violates", "this place is not marked", messages(&run));
        else
            found++;
    }
    if (found < n)
        complain(note, "violates", "nothing is found at a marked place", messages(&run));
    if (n == 0)
        complain(note, "violates", "no place is marked", messages(&run));
    bool weak = false;
    for (size_t i = 0; i < run.findings.n; i++)
        weak = weak || (run.findings.at[i].note == note && run.findings.at[i].weak);
    if (!weak && (!beside || beside->state != NOTE_VIOLATED))
        complain(note, "violates", "the note is not shown as violated", NULL);
    if (run.model)
        cross_off(&run, note, ways);
    run_free(&run);
}

static void try_all_violating(const struct note *note) {
    struct ways ways = {.note = note};
    struct arena *arena = arena_new();
    for (const char *text = note->violates; text;) {
        const char *end = strstr(text, "\n---\n");
        try_violating(note, arena_copy(arena, text, end ? (size_t)(end + 1 - text) : strlen(text)), &ways);
        text = end ? end + 5 : NULL;
    }
    for (size_t i = 0; i < note->violated->n; i++)
        if (!ways.taken[i])
            complain(note, "violates", "a way to break it is not shown", note->violated->conditions[i].message);
    arena_free(arena);
}

static void notes_do_what_their_examples_say(void **state) {
    (void)state;
    failures = 0;
    for (size_t i = 0; i < notes_builtin_count; i++) {
        const struct note *note = &notes_builtin[i];
        if (note->holds)
            try_holding(note);
        else
            complain(note, "holds", "the example is missing", NULL);
        if (note->elsewhere)
            try_elsewhere(note);
        else
            complain(note, "elsewhere", "the example is missing", NULL);
        if (note->violated && note->violates)
            try_all_violating(note);
        else if (note->violated || note->violates)
            complain(note, "violates",
                     note->violated ? "the example is missing" : "a note without a rule cannot be broken", NULL);
    }
    print_message("%zu notes, %d failures\n", notes_builtin_count, failures);
    assert_int_equal(failures, 0);
}

/* What a reader is told must be whole: both languages, where it is written, and today's word on what no longer holds. */
static void notes_are_complete(void **state) {
    (void)state;
    failures = 0;
    for (size_t i = 0; i < notes_builtin_count; i++) {
        const struct note *note = &notes_builtin[i];
        if (!note->text[LANG_EN] || !note->text[LANG_JA] || strcmp(note->text[LANG_EN], note->text[LANG_JA]) == 0)
            complain(note, "text", "a language is missing", NULL);
        if (!note->applies)
            complain(note, "applies-when", "there is no condition", NULL);
        if ((note->kind == NOTE_RULE || note->kind == NOTE_LIMIT) && !note->violated)
            complain(note, "violated-when", "a rule that nothing can break", NULL);
        if (is_old(note) && (!note->today[LANG_EN] || !note->today[LANG_JA] || !note->replacement))
            complain(note, "today", "what holds today is missing", NULL);
        if (note->today[LANG_JA] && strncmp(note->today[LANG_JA], "現在は", strlen("現在は")) == 0)
            complain(note, "today", "`現在:` stands before it in the picture already", NULL);
        if (!note->source || strncmp(note->source, "https://", strlen("https://")) != 0)
            complain(note, "source", "where is it written?", NULL);
        if (note->status == NOTE_UNVERIFIED)
            complain(note, "status", "a note that comes with the program is verified", NULL);
        if (is_old(note) ? !note->since == !note->undated : note->undated != NULL)
            complain(note, "since", "either since when today's text holds, or why there is no date", NULL);
    }
    assert_int_equal(failures, 0);
}

static enum note_state state_of(const char *id, const char *text) {
    struct run run = run_new(text, CHECK_REPORT);
    const struct shown_note *beside = shown(&run, notes_find(id));
    assert_non_null(beside);
    enum note_state state = beside->state;
    run_free(&run);
    return state;
}

/* A tick says that the picture shows it: not that nothing was found, and not for what nobody needs to keep any more. */
static void only_what_is_seen_to_be_kept_is_ticked(void **state) {
    (void)state;
    const char *closed = "cloudfront-s3-url-closed";
    assert_int_equal(state_of(closed, "nodes: {cdn: cloudfront, a: s3}\nedges: [cdn -> a]\n"), NOTE_PLAIN);
    assert_int_equal(state_of(closed, "nodes: {cdn: cloudfront, a: {type: s3, public-access: false}}\n"
                                      "edges: [cdn -> a]\n"),
                     NOTE_HELD);
    assert_int_equal(state_of(closed, "nodes: {cdn: cloudfront, a: {type: s3, public-access: false}, b: s3}\n"
                                      "edges: [cdn -> a, cdn -> b]\n"),
                     NOTE_PLAIN); /* b is as open as it was */
    assert_int_equal(state_of("efs-mount-target-before-mount",
                              "nodes: {vpc: {type: vpc, nodes: {task: ecs, files: efs}}}\n"
                              "edges: [{from: task, to: files, kind: mount}]\n"),
                     NOTE_PLAIN);
    assert_int_equal(state_of("redshift-no-multi-az", "nodes: {az: {type: availability-zone, nodes: {w: redshift}}}\n"),
                     NOTE_PLAIN); /* outdated */
}

static void notes_are_sorted_by_id(void **state) {
    (void)state;
    for (size_t i = 1; i < notes_builtin_count; i++)
        assert_true(strcmp(notes_builtin[i - 1].id, notes_builtin[i].id) < 0);
    assert_ptr_equal(notes_find(notes_builtin[7].id), &notes_builtin[7]);
    assert_null(notes_find("no-such-note"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_do_what_their_examples_say),
        cmocka_unit_test(notes_are_complete),
        cmocka_unit_test(only_what_is_seen_to_be_kept_is_ticked),
        cmocka_unit_test(notes_are_sorted_by_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
