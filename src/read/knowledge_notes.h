/* Notes and rules from YAML: templates/notes and templates/rules when the program is built, users' own when it runs.
 *
 *     section: network
 *     notes:
 *       cloudhub-unique-asn:
 *         services: [customer-gateway]
 *         kind: rule
 *         text: {en: ..., ja: ...}
 *         applies-when: {type: virtual-private-gateway, ...}
 *         violated-when: {...}
 */
#ifndef AWSDIAG_READ_KNOWLEDGE_NOTES_H
#define AWSDIAG_READ_KNOWLEDGE_NOTES_H

#include "model/model.h"
#include "model/predicate.h"
#include "read/yaml.h"

/* What has been read so far. Start with arena, catalog and `patterns` set and the rest zero. */
struct knowledge_notes {
    struct arena *arena; /* takes everything that is read */
    const struct catalog *catalog;
    unsigned patterns; /* number of the next pattern of a predicate */
    struct note *at;
    struct mark *marks; /* where each begins */
    size_t n, cap, mark_cap;
};

/* Add the notes of one file. What is wrong is reported at its place; notes with mistakes are left out. */
void knowledge_notes_read(struct knowledge_notes *notes, const struct tree *file, struct diags *diags);

/* The same for the mapping of ids to notes alone; `section` names where they belong. */
void knowledge_notes_read_map(struct knowledge_notes *notes, const char *section, const struct tree *map,
                              struct diags *diags);

/* Sort by id, so that notes_find can look them up. Call once, when all files are read. */
void knowledge_notes_sort(struct knowledge_notes *notes);

#endif
