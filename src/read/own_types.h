/* Types that users add to the catalogue: `types:` and `icons:` of a scenario, and DIR/catalogue/NAME.yaml with DIR/icons/NAME.svg of
 * every template directory, in the form of templates/catalogue.
 */
#ifndef AWSDIAG_READ_OWN_TYPES_H
#define AWSDIAG_READ_OWN_TYPES_H

#include "model/catalog.h"
#include "read/knowledge.h"
#include "read/template.h"

/* Where the pictures of types come from. */
struct own_icons {
    const struct tree *names;  /* mapping of names to files, or NULL */
    const char *directory;     /* files are named from here, with its slash; "" for the working directory */
    const char *const *others; /* and, when they are not there, from these; NULL behind the last; may be NULL */
    struct sources *sources;   /* NULL: files cannot be read */
};

/* Finished rows into the catalogue; those that come later win. Unknown icons and bad files are reported. */
void own_types_take(struct catalog *catalog, struct knowledge *knowledge, const struct own_icons *icons,
                    struct diags *diags);

/* Everything that the template directories hold; of two types with the same key that of the earlier directory. */
void own_types_add(struct catalog *catalog, const struct template_paths *paths, struct arena *arena,
                   struct diags *diags);

#endif
