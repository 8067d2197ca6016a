/* Notes of the knowledge base, as rows and one by one. */
#include <string.h>

#include "check/notes.h"
#include "guide/guide_parts.h"

void guide_note_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < notes_builtin_count; i++) {
        const struct note *note = &notes_builtin[i];
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
}

bool guide_explain_note(const struct guide *guide, const char *name, struct str *out) {
    const struct note *note = notes_find(name);
    if (!note)
        return false;
    str_printf(out, "%s: %s, %s\n", note->id, note_kind_names[note->kind], note_status_names[note->status]);
    for (int lang = 0; lang < LANGS; lang++)
        if (guide->lang < 0 || guide->lang == lang) {
            str_putc(out, '\n');
            guide_put_wrapped(out, 4, note->text[lang]);
        }
    for (int lang = 0; note->today[0] && lang < LANGS; lang++)
        if (guide->lang < 0 || guide->lang == lang) {
            str_putc(out, '\n');
            guide_put_wrapped(out, 4, arena_printf(guide->arena, "%s %s", lang == LANG_JA ? "現在:" : "Today:", note->today[lang]));
        }
    str_putc(out, '\n');
    guide_put_fact(out, "section", note->section);
    guide_put_fact_list(out, "about", note->services);
    guide_put_fact(out, "since", note->since);
    guide_put_fact(out, "source", note->source);
    return true;
}
