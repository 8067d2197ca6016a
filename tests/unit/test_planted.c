/* One fault is planted into a sound scenario, and must be found there: the example that breaks a rule is grafted into a copy of a
 * scenario, its ids renamed so that they clash with none. Every rule is planted, and every scenario is broken, at least once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "check/notes.h"
#include "check/rules.h"
#include "model/predicate.h"
#include "read/load.h"
#include "read/template.h"

static const char prefix[] = "planted-";
enum { PREFIX = sizeof prefix - 1, MOST_NAMES = 512 };

static int failures;

struct run {
    struct sources sources;
    struct diags diags;
    struct model *model;
    struct findings findings;
};

static struct run run_new(struct arena *arena, const char *name, const char *text) {
    struct run run = {.sources = {.arena = arena}, .diags = diags_new(arena)};
    struct template_paths paths = {.sources = &run.sources};
    struct source *source = source_memory(&run.sources, name, text, strlen(text), &run.diags);
    struct tree *tree = source ? yaml_read(source, arena, &yaml_default_limits, &run.diags) : NULL;
    tree = tree ? template_expand(tree, &paths, arena, &run.diags) : NULL;
    run.model = tree ? load_model(tree, &catalog_builtin, &load_default_limits, arena, &run.diags) : NULL;
    if (run.model && !diags_failed(&run.diags))
        run.findings = check_run(run.model, CHECK_DRAW, &run.diags);
    return run;
}

static const char *messages(struct arena *arena, struct run *run) {
    struct str text = STR_EMPTY;
    diags_sort(&run->diags);
    diags_print(&run->diags, &text, false);
    const char *kept = arena_copy(arena, text.at, text.n);
    str_free(&text);
    return kept;
}

/* --- renaming --------------------------------------------------------------------------------------------------------------- */

struct names {
    size_t at[MOST_NAMES]; /* offsets where an id begins, in order */
    size_t n;
};

static int by_offset(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* A dotted reference holds several ids. */
static void add_name(struct names *names, const char *text, struct mark mark) {
    for (size_t i = mark.start; i < mark.end && names->n < MOST_NAMES; i++)
        if (i == mark.start || text[i - 1] == '.')
            names->at[names->n++] = i;
}

static struct names names_of(const struct model *model, const char *text) {
    struct names names = {.n = 0};
    for (size_t i = 0; i < model->node_count; i++)
        add_name(&names, text, model->nodes[i]->mark);
    for (size_t i = 0; i < model->edge_count; i++) {
        add_name(&names, text, model->edges[i]->from_mark);
        add_name(&names, text, model->edges[i]->to_mark);
    }
    qsort(names.at, names.n, sizeof *names.at, by_offset);
    size_t kept = 0;
    for (size_t i = 0; i < names.n; i++)
        if (kept == 0 || names.at[kept - 1] != names.at[i])
            names.at[kept++] = names.at[i];
    names.n = kept;
    return names;
}

/* Where an offset of the example stands once its ids are longer. */
static size_t shifted(const struct names *names, size_t offset) {
    size_t before = 0;
    while (before < names->n && names->at[before] < offset)
        before++;
    return offset + before * PREFIX;
}

static char *renamed(struct arena *arena, const char *text, const struct names *names) {
    struct str out = STR_EMPTY;
    size_t from = 0;
    for (size_t i = 0; i < names->n; i++) {
        str_putn(&out, text + from, names->at[i] - from);
        str_put(&out, prefix);
        from = names->at[i];
    }
    str_put(&out, text + from);
    char *kept = arena_copy(arena, out.at, out.n);
    str_free(&out);
    return kept;
}

/* --- grafting --------------------------------------------------------------------------------------------------------------- */

/* The lines below a key that begins a line and has nothing behind it, up to the next such key. */
static bool section(const char *text, const char *key, size_t *start, size_t *end) {
    size_t n = strlen(key);
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (strncmp(line, key, n) != 0 || line[n] != '\n')
            continue;
        const char *at = line + n + 1, *stop = at;
        while (*stop == ' ' || *stop == '#' || *stop == '\n')
            stop = strchr(stop, '\n') ? strchr(stop, '\n') + 1 : stop + strlen(stop);
        *start = (size_t)(at - text), *end = (size_t)(stop - text);
        return true;
    }
    return false;
}

struct graft {
    char *text;
    size_t nodes_from, nodes_to, edges_from, edges_to; /* where the sections of the example went */
};

static bool graft(struct arena *arena, const char *scenario, const char *example, struct graft *out) {
    size_t nodes, nodes_end, edges, edges_end, host, host_end, host_edges, host_edges_end;
    bool has_edges = section(example, "edges:", &edges, &edges_end);
    if (!section(example, "nodes:", &nodes, &nodes_end) || !section(scenario, "nodes:", &host, &host_end) ||
        !section(scenario, "edges:", &host_edges, &host_edges_end) || host_edges < host ||
        strncmp(scenario + host, "  ", 2) != 0)
        return false;
    struct str text = STR_EMPTY;
    str_putn(&text, scenario, host);
    out->nodes_from = nodes, out->nodes_to = text.n;
    str_putn(&text, example + nodes, nodes_end - nodes);
    str_putn(&text, scenario + host, host_edges - host);
    out->edges_from = has_edges ? edges : SIZE_MAX, out->edges_to = text.n;
    if (has_edges)
        str_putn(&text, example + edges, edges_end - edges);
    str_put(&text, scenario + host_edges);
    out->text = arena_copy(arena, text.at, text.n);
    str_free(&text);
    return true;
}

static size_t grafted(const struct graft *graft, size_t offset) {
    return offset >= graft->edges_from ? offset - graft->edges_from + graft->edges_to
                                       : offset - graft->nodes_from + graft->nodes_to;
}

/* --- planting --------------------------------------------------------------------------------------------------------------- */

static bool found_at(const struct findings *findings, const struct note *note, size_t offset) {
    for (size_t i = 0; i < findings->n; i++)
        if (findings->at[i].note == note && findings->at[i].at.start == offset && !findings->at[i].at.source->builtin)
            return true;
    return false;
}

static bool asks_for_the_diagram(const struct pattern *pattern) {
    for (size_t i = 0; i < pattern->n; i++) {
        if (pattern->clauses[i].op == CLAUSE_DIAGRAM)
            return true;
        for (size_t k = 0; k < pattern->clauses[i].pattern_count; k++)
            if (asks_for_the_diagram(&pattern->clauses[i].patterns[k]))
                return true;
    }
    return false;
}

/* A rule that looks at all of the diagram may be kept by what the scenario has. */
static bool may_be_kept(const struct note *note) {
    for (size_t i = 0; i < note->violated->n; i++)
        if (note->violated->conditions[i].subject == SUBJECT_DIAGRAM ||
            asks_for_the_diagram(&note->violated->conditions[i].pattern) ||
            asks_for_the_diagram(&note->violated->conditions[i].target))
            return true;
    return false;
}

enum outcome_of { PLANTED_FOUND, PLANTED_KEPT, PLANTED_NOWHERE };

static enum outcome_of plant(const struct note *note, const char *path, const char *scenario) {
    struct arena *arena = arena_new();
    const char *end = strstr(note->violates, "\n---\n"); /* the first of several ways to break it */
    const char *text = arena_copy(arena, note->violates,
                                  end ? (size_t)(end + 1 - note->violates) : strlen(note->violates));
    struct run example = run_new(arena, "example", text);
    struct names names = names_of(example.model, text);
    struct graft graft_of = {0};
    enum outcome_of outcome = PLANTED_NOWHERE;
    if (graft(arena, scenario, renamed(arena, text, &names), &graft_of)) {
        struct run broken = run_new(arena, path, graft_of.text);
        outcome = PLANTED_FOUND;
        for (size_t i = 0; i < example.findings.n; i++) {
            const struct finding *finding = &example.findings.at[i];
            if (finding->note == note &&
                !found_at(&broken.findings, note, grafted(&graft_of, shifted(&names, finding->at.start))))
                outcome = PLANTED_KEPT;
        }
        if (outcome == PLANTED_KEPT && !may_be_kept(note)) {
            failures++;
            print_error("%s planted into %s is not found where it is\n%s", note->id, path, messages(arena, &broken));
        }
    }
    arena_free(arena);
    return outcome;
}

/* --- all of it -------------------------------------------------------------------------------------------------------------- */

static const char *read_file(struct arena *arena, const char *path) {
    struct sources sources = {.arena = arena};
    struct diags diags = diags_new(arena);
    struct source *source = source_open(&sources, path, NULL, &diags);
    assert_non_null(source);
    return source->bytes;
}

static const struct note *rule_after(size_t *at) {
    do
        *at = (*at + 1) % notes_builtin_count;
    while (!notes_builtin[*at].violated);
    return &notes_builtin[*at];
}

static void every_planted_fault_is_found(void **state) {
    (void)state;
    glob_t files;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &files), 0);
    assert_int_equal(glob("scenarios/*/*.yaml", GLOB_APPEND, NULL, &files), 0);
    struct arena *arena = arena_new();
    const char **texts = arena_array(arena, files.gl_pathc, sizeof *texts);
    for (size_t i = 0; i < files.gl_pathc; i++)
        texts[i] = read_file(arena, files.gl_pathv[i]);
    size_t rules = 0, broken = 0, at = 0;
    for (size_t i = 0; i < notes_builtin_count; i++) { /* every rule, in some scenario */
        bool found = !notes_builtin[i].violated;
        rules += notes_builtin[i].violated != NULL;
        for (size_t turn = 0; !found && turn < files.gl_pathc; turn++) {
            size_t k = (i * 7 + turn) % files.gl_pathc;
            found = plant(&notes_builtin[i], files.gl_pathv[k], texts[k]) == PLANTED_FOUND;
        }
        if (!found) {
            failures++;
            print_error("%s is found in no scenario\n", notes_builtin[i].id);
        }
    }
    for (size_t k = 0; k < files.gl_pathc; k++) /* every scenario, by two rules */
        for (size_t done = 0, turn = 0; done < 2 && turn < 6; turn++) {
            bool found = plant(rule_after(&at), files.gl_pathv[k], texts[k]) == PLANTED_FOUND;
            done += found, broken += found && done == 1;
        }
    print_message("%zu rules planted, %zu of %zu scenarios broken\n", rules, broken, files.gl_pathc);
    assert_true(broken >= files.gl_pathc);
    assert_int_equal(failures, 0);
    arena_free(arena);
    globfree(&files);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_planted_fault_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
