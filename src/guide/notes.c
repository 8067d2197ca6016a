/* Notes of the knowledge base, as rows and one by one. */
#include <string.h>

#include "check/notes.h"
#include "guide/guide_parts.h"
#include "read/own_notes.h"

static void add_row(const struct guide *guide, const struct note *note, struct guide_rows *out) {
    struct guide_row *row = guide_add(guide, out);
    row->key = note->id;
    row->under = arena_printf(guide->arena, "%s, %s", note->section, note_kind_names[note->kind]);
    row->also = note->services;
    row->state = note->status == NOTE_CURRENT ? NULL : note_status_names[note->status];
    memcpy(row->about, note->text, sizeof row->about);
    memcpy(row->today, note->today, sizeof row->today);
    row->since = note->since;
    row->source = note->source;
}

/* Notes of the template directories. */
static struct knowledge_notes own_notes(const struct guide *guide) {
    struct knowledge_notes own = {.arena = guide->arena, .catalog = guide->catalog};
    own_notes_read(&own, guide->paths, guide->diags);
    return own;
}

static const struct note *find(const struct knowledge_notes *own, const char *name) {
    for (size_t i = 0; i < own->n; i++)
        if (strcmp(own->at[i].id, name) == 0)
            return &own->at[i];
    return NULL;
}

void guide_note_rows(const struct guide *guide, struct guide_rows *out) {
    struct knowledge_notes own = own_notes(guide);
    for (size_t i = 0; i < own.n; i++)
        add_row(guide, &own.at[i], out);
    for (size_t i = 0; i < notes_builtin_count; i++)
        if (!find(&own, notes_builtin[i].id))
            add_row(guide, &notes_builtin[i], out);
}

static void put_texts(const struct guide *guide, const char *const text[LANGS], const char *const before[LANGS],
                      struct str *out) {
    for (int lang = 0; text[0] && lang < LANGS; lang++)
        if (guide->lang < 0 || guide->lang == lang) {
            str_putc(out, '\n');
            guide_put_wrapped(out, 4, arena_printf(guide->arena, "%s%s", before[lang], text[lang]));
        }
}

/* As it stands in the file, indented, so that it can be copied and tried; the first of several. */
static void put_example(struct str *out, const char *heading, const char *example) {
    if (!example)
        return;
    str_printf(out, "\n    %s\n\n", heading);
    while (*example && strncmp(example, "---\n", 4) != 0) {
        size_t n = strcspn(example, "\n");
        str_put(out, n ? "        " : "");
        str_putn(out, example, n);
        str_putc(out, '\n');
        example += n + (example[n] == '\n');
    }
}

bool guide_explain_note(const struct guide *guide, const char *name, struct str *out) {
    static const char *const nothing[LANGS] = {"", ""}, *const today[LANGS] = {"Today: ", "現在: "};
    struct knowledge_notes own = own_notes(guide);
    const struct note *note = find(&own, name);
    note = note ? note : notes_find(name);
    if (!note)
        return false;
    str_printf(out, "%s: %s, %s\n", note->id, note_kind_names[note->kind], note_status_names[note->status]);
    put_texts(guide, note->text, nothing, out);
    put_texts(guide, note->today, today, out);
    put_texts(guide, note->nuance, nothing, out);
    str_putc(out, '\n');
    guide_put_fact(out, "section", note->section);
    guide_put_fact_list(out, "about", note->services);
    guide_put_fact(out, "since", note->since);
    guide_put_fact(out, "no date", note->undated);
    guide_put_fact(out, "instead", note->replacement);
    guide_put_fact(out, "source", note->source);
    put_example(out, "This breaks it:", note->violates);
    put_example(out, note->violated ? "This keeps it:" : "It applies here:", note->holds);
    return true;
}
