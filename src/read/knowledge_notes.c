#include "read/knowledge_notes.h"

#include <stdlib.h>
#include <string.h>

#include "read/knowledge_predicate.h"
#include "read/schema.h"

/* What the rows fill before it becomes a note. */
struct draft {
    struct text text, today, nuance;
    const char *const *services;
    int kind, status;
    const char *since, *undated, *replacement, *source;
    bool quiet;
    const struct tree *services_tree, *applies, *violated, *held;
    const char *violates, *holds, *elsewhere;
};

static const char *const kinds[] = {"fact", "rule", "recommendation", "limit", "warning", NULL};
static const char *const statuses[] = {"current", "outdated", "wrong", "unverified", NULL};

static void keep_services(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                          void *object) {
    (void)reader;
    (void)key;
    ((struct draft *)object)->services_tree = value;
}

static void keep_applies(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader;
    (void)key;
    ((struct draft *)object)->applies = value;
}

static void keep_violated(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                          void *object) {
    (void)reader;
    (void)key;
    ((struct draft *)object)->violated = value;
}

static void keep_held(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader;
    (void)key;
    ((struct draft *)object)->held = value;
}

static void read_examples(struct schema_reader *reader, const struct tree *key, const struct tree *value,
                          void *object) {
    static const struct schema_row rows[] = {
        {.key = "violates",
         .form = SCHEMA_STRING,
         .offset = offsetof(struct draft, violates),
         .about = "A scenario that breaks the rule."},
        {.key = "holds",
         .form = SCHEMA_STRING,
         .offset = offsetof(struct draft, holds),
         .about = "A scenario it is about, and that keeps it."},
        {.key = "elsewhere",
         .form = SCHEMA_STRING,
         .offset = offsetof(struct draft, elsewhere),
         .about = "A scenario it has nothing to say about."},
    };
    static const struct schema schema = {"note examples", rows, sizeof rows / sizeof *rows, NULL};
    (void)key;
    schema_read(&schema, reader, value, object);
}

static const struct schema_row note_rows[] = {
    {.key = "services",
     .form = SCHEMA_FUNCTION,
     .required = true,
     .read = keep_services,
     .json = "words",
     .about = "Types and families it is about, the most important first."},
    {.key = "text",
     .form = SCHEMA_TEXT,
     .offset = offsetof(struct draft, text),
     .required = true,
     .about = "The note: what holds, or what is often taught."},
    {.key = "kind",
     .form = SCHEMA_CHOICE,
     .offset = offsetof(struct draft, kind),
     .choices = kinds,
     .about = "What sort of note it is; fact without it."},
    {.key = "status",
     .form = SCHEMA_CHOICE,
     .offset = offsetof(struct draft, status),
     .choices = statuses,
     .about = "Whether the text still holds; current without it."},
    {.key = "today",
     .form = SCHEMA_TEXT,
     .offset = offsetof(struct draft, today),
     .about = "What holds today, where the text does not."},
    {.key = "nuance", .form = SCHEMA_TEXT, .offset = offsetof(struct draft, nuance), .about = "A remark on the text."},
    {.key = "since",
     .form = SCHEMA_STRING,
     .offset = offsetof(struct draft, since),
     .about = "Year, or year and month, from which on today's text holds."},
    {.key = "undated",
     .form = SCHEMA_STRING,
     .offset = offsetof(struct draft, undated),
     .about = "Why there is no `since` on a note that no longer holds."},
    {.key = "replacement",
     .form = SCHEMA_STRING,
     .offset = offsetof(struct draft, replacement),
     .about = "What to use instead."},
    {.key = "source", .form = SCHEMA_STRING, .offset = offsetof(struct draft, source), .about = "Where it is written."},
    {.key = "quiet",
     .form = SCHEMA_BOOL,
     .offset = offsetof(struct draft, quiet),
     .about = "Stands beside a picture only when it is violated or asked for."},
    {.key = "applies-when",
     .form = SCHEMA_FUNCTION,
     .read = keep_applies,
     .json = "predicate",
     .about = "When it stands beside a picture; when a service is there, without it."},
    {.key = "violated-when",
     .form = SCHEMA_FUNCTION,
     .read = keep_violated,
     .json = "predicate",
     .about = "What breaks it."},
    {.key = "held-when",
     .form = SCHEMA_FUNCTION,
     .read = keep_held,
     .json = "predicate",
     .about = "What shows in the picture that it is kept; that nothing breaks it, without it."},
    {.key = "examples",
     .form = SCHEMA_FUNCTION,
     .read = read_examples,
     .json = "examples",
     .about = "Scenarios that show where it applies and what breaks it."},
};

static const struct schema note_schema = {"note", note_rows, sizeof note_rows / sizeof *note_rows, NULL};

static bool is_id(const char *text) {
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return n > 0 && text[n] == '\0' && text[0] != '-' && text[n - 1] != '-';
}

static bool needs(const struct tree *key, const struct tree *note, const char *what, struct diags *diags) {
    if (tree_get(note, what)) {
        return true;
    }
    diag_add(diags, DIAG_missing_key, key->mark, "the note `%s` needs `%s`", key->text, what);
    return false;
}

/* What no single row can know. */
static bool consistent(const struct draft *draft, const struct tree *key, const struct tree *note,
                       struct diags *diags) {
    bool good = true;
    if (draft->status == NOTE_OUTDATED || draft->status == NOTE_WRONG) {
        good = needs(key, note, "today", diags);
    }
    if (draft->violated) {
        good = needs(key, note, "applies-when", diags) && good;
    }
    if (draft->held) {
        good = needs(key, note, "violated-when", diags) && good;
    }
    return good;
}

static void copy_text(const char *out[LANGS], const struct text *text) {
    for (int lang = 0; lang < LANGS; lang++) {
        out[lang] = text->in[lang] ? text->in[lang] : text->in[LANG_EN] ? text->in[LANG_EN] : text->in[LANG_JA];
    }
}

static void add(struct knowledge_notes *notes, const struct note *note, struct mark mark) {
    notes->at = arena_grow(notes->arena, notes->at, &notes->cap, notes->n + 1, sizeof *notes->at);
    notes->marks = arena_grow(notes->arena, notes->marks, &notes->mark_cap, notes->n + 1, sizeof *notes->marks);
    notes->at[notes->n] = *note;
    notes->marks[notes->n++] = mark;
}

static bool is_new(const struct knowledge_notes *notes, const struct tree *key, struct diags *diags) {
    for (size_t i = 0; i < notes->n; i++) {
        if (strcmp(notes->at[i].id, key->text) == 0) {
            diag_add(diags, DIAG_duplicate_key, key->mark, "there is already a note `%s`", key->text)->also =
                notes->marks[i];
            return false;
        }
    }
    return true;
}

static void read_note(struct knowledge_notes *notes, const char *section, const struct tree *key,
                      const struct tree *tree, struct diags *diags) {
    struct schema_reader reader = {notes->arena, diags, notes};
    struct draft draft = {0};
    if (!is_id(key->text)) {
        diag_add(diags, DIAG_bad_id, key->mark, "an id is made of small letters, digits and `-`, not `%s`", key->text);
        return;
    }
    if (!is_new(notes, key, diags) || !schema_read(&note_schema, &reader, tree, &draft) || !draft.services_tree) {
        return;
    }
    bool good = consistent(&draft, key, tree, diags);
    struct note note = {.id = key->text, .section = section, .kind = (enum note_kind)draft.kind};
    note.status = (enum note_status)draft.status;
    note.services = knowledge_types(notes, draft.services_tree, diags);
    note.applies = draft.applies ? knowledge_predicate(notes, draft.applies, diags) : NULL;
    note.violated = draft.violated ? knowledge_predicate(notes, draft.violated, diags) : NULL;
    note.held = draft.held ? knowledge_predicate(notes, draft.held, diags) : NULL;
    good = good && note.services && !note.applies == !draft.applies && !note.violated == !draft.violated &&
           !note.held == !draft.held;
    copy_text(note.text, &draft.text);
    copy_text(note.today, &draft.today);
    copy_text(note.nuance, &draft.nuance);
    note.since = draft.since;
    note.undated = draft.undated;
    note.replacement = draft.replacement;
    note.source = draft.source;
    note.quiet = draft.quiet;
    note.violates = draft.violates;
    note.holds = draft.holds;
    note.elsewhere = draft.elsewhere;
    if (good) {
        add(notes, &note, key->mark);
    }
}

void knowledge_notes_read_map(struct knowledge_notes *notes, const char *section, const struct tree *map,
                              struct diags *diags) {
    if (map->kind != TREE_MAP) {
        diag_add(diags, DIAG_wrong_shape, map->mark, "notes are a mapping of ids to notes");
        return;
    }
    for (size_t i = 0; i < map->n; i++) {
        read_note(notes, section, map->keys[i], map->items[i], diags);
    }
}

struct file {
    const char *section;
    const struct tree *notes;
};

static void keep_notes(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader;
    (void)key;
    ((struct file *)object)->notes = value;
}

void knowledge_notes_read(struct knowledge_notes *notes, const struct tree *tree, struct diags *diags) {
    static const struct schema_row rows[] = {
        {.key = "section",
         .form = SCHEMA_STRING,
         .offset = offsetof(struct file, section),
         .required = true,
         .about = "What the notes of the file are about."},
        {.key = "notes",
         .form = SCHEMA_FUNCTION,
         .required = true,
         .read = keep_notes,
         .json = "notes",
         .about = "The notes by id."},
    };
    static const struct schema schema = {"notes", rows, sizeof rows / sizeof *rows, NULL};
    struct schema_reader reader = {notes->arena, diags, notes};
    struct file file = {0};
    if (schema_read(&schema, &reader, tree, &file) && file.section && file.notes) {
        knowledge_notes_read_map(notes, file.section, file.notes, diags);
    }
}

static int by_id(const void *a, const void *b) {
    return strcmp(((const struct note *)a)->id, ((const struct note *)b)->id);
}

void knowledge_notes_sort(struct knowledge_notes *notes) {
    if (notes->n > 1) {
        qsort(notes->at, notes->n, sizeof *notes->at, by_id);
    }
}
