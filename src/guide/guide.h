/* What the program tells about itself: lists to search in, explanations of single words, the JSON Schema of its language.
 *
 * Stands beside src/awsdiag.c at the end of the line: it may know every part of the library, and only awsdiag.c knows it.
 */
#ifndef AWSDIAG_GUIDE_GUIDE_H
#define AWSDIAG_GUIDE_GUIDE_H

#include "base/diag.h"
#include "model/catalog.h"
#include "read/template.h"

/* What is asked. `arena` holds what is worked with, `diags` what went wrong. */
struct guide {
    struct arena *arena;
    struct diags *diags;
    const struct catalog *catalog;      /* with the types of template directories */
    const struct template_paths *paths; /* for parts of one's own */
    int lang;                           /* an enum lang, or -1 for all */
    bool json;
    bool scenario;  /* lists of types as a scenario that shows them all */
    size_t columns; /* of the screen; 0: as many as there are */
};

/* The rows of one list ("services", or "all") that `word` finds, best first, as a table or JSON; a NULL word finds all, in order.
 * A list that does not exist, and a word that finds nothing, are diagnostics. */
void guide_list(const struct guide *guide, const char *list, const char *word, struct str *out);

/* The `i`th list and what it holds; false behind the last. */
bool guide_list_name(size_t i, const char **name, const char **about);

/* All that is called `name`: type, group, kind, note, part, ... An unknown name is a diagnostic. */
void guide_explain(const struct guide *guide, const char *name, struct str *out);

/* JSON Schema of scenarios, for editors: keys, descriptions, the words that may stand there. */
void guide_schema(const struct guide *guide, struct str *out);

#endif
