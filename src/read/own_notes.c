#include "read/own_notes.h"

#include <dirent.h>
#include <string.h>

static bool is_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder)
        closedir(folder);
    return folder != NULL;
}

static bool has(const struct note *notes, size_t n, const char *id) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(notes[i].id, id) == 0)
            return true;
    return false;
}

static void append(struct knowledge_notes *notes, const struct knowledge_notes *more) {
    size_t before = notes->n;
    notes->patterns = more->patterns;
    for (size_t i = 0; i < more->n; i++) {
        if (has(notes->at, before, more->at[i].id))
            continue;
        notes->at = arena_grow(notes->arena, notes->at, &notes->cap, notes->n + 1, sizeof *notes->at);
        notes->marks = arena_grow(notes->arena, notes->marks, &notes->mark_cap, notes->n + 1, sizeof *notes->marks);
        notes->at[notes->n] = more->at[i];
        notes->marks[notes->n++] = more->marks[i];
    }
}

void own_notes_read(struct knowledge_notes *notes, const struct template_paths *paths, struct diags *diags) {
    for (const char *const *directory = paths->directories; directory && *directory; directory++) {
        if (!is_folder(*directory)) {
            diag_add(diags, DIAG_cannot_read, (struct mark){0}, "there is no folder `%s` with templates", *directory);
            continue;
        }
        struct knowledge_notes here = {.arena = notes->arena, .catalog = notes->catalog, .patterns = notes->patterns};
        const char **files;
        size_t n = source_list(notes->arena, *directory, "notes", &files);
        for (size_t i = 0; i < n; i++) {
            struct source *source = source_open(paths->sources, files[i], NULL, diags);
            struct tree *tree = source ? yaml_read(source, notes->arena, &yaml_default_limits, diags) : NULL;
            if (tree)
                knowledge_notes_read(&here, tree, diags);
        }
        append(notes, &here);
    }
    knowledge_notes_sort(notes);
}

void own_notes_add(struct model *model, const struct template_paths *paths, struct diags *diags) {
    struct knowledge_notes more = {.arena = model->arena, .catalog = model->catalog, .patterns = model->rule_patterns};
    own_notes_read(&more, paths, diags);
    struct note *all = arena_array(model->arena, model->rule_count + more.n + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < model->rule_count; i++)
        all[n++] = model->rules[i];
    for (size_t i = 0; i < more.n; i++)
        if (!has(model->rules, model->rule_count, more.at[i].id))
            all[n++] = more.at[i];
    model->rules = all;
    model->rule_count = n;
    model->rule_patterns = more.patterns;
}
