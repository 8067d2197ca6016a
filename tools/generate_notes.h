/* Prints what read/knowledge_notes has read as const tables: notes_builtin of check/notes.h. Part of the generator. */
#ifndef AWSDIAG_TOOLS_GENERATE_NOTES_H
#define AWSDIAG_TOOLS_GENERATE_NOTES_H

#include "base/str.h"
#include "read/knowledge_notes.h"

/* A whole C file. The notes have to be sorted. */
void generate_notes(const struct knowledge_notes *notes, struct str *out);

#endif
