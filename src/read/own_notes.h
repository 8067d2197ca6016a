/* Notes and rules that users keep beside the built-in ones: DIR/notes/NAME.yaml of every template directory, in the form of
 * templates/notes.
 */
#ifndef AWSDIAG_READ_OWN_NOTES_H
#define AWSDIAG_READ_OWN_NOTES_H

#include "read/knowledge_notes.h"
#include "read/template.h"

/* All of them, sorted by id; of two with the same id that of the earlier directory. A directory that does not exist is reported. Start with arena, catalog and `patterns` set. */
void own_notes_read(struct knowledge_notes *notes, const struct template_paths *paths, struct diags *diags);

/* Add them to those of a scenario, which win where ids are the same. */
void own_notes_add(struct model *model, const struct template_paths *paths, struct diags *diags);

#endif
