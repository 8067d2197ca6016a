/* `use:`, `with:` and `extends:`: a tree with parts in it to a tree without.
 *
 * A part is a file templates/parts/NAME.yaml: `part`, `title`, `parameters` (name -> {type, required, default, description}),
 * and the body: `node` and, where it has some, `edges`. In its scalars $(name) stands for the argument: alone it is replaced by the
 * whole tree given (an entry whose optional argument is not given disappears), within text by the text. $$ is a dollar sign.
 * Edges of a part name nodes from the part's own node on, which is called `self`.
 */
#ifndef AWSDIAG_READ_TEMPLATE_H
#define AWSDIAG_READ_TEMPLATE_H

#include "read/yaml.h"

struct template_paths {
    struct sources *sources;
    const char *const
        *directories; /* searched for parts/NAME.yaml before the built-in ones; NULL behind the last; may be NULL */
    unsigned depth;   /* of parts in parts and of extends; 0: the default, 16 */
};

/* The tree of `scenario` with every part put in its place, or NULL when nothing sensible is left. All mistakes are reported. */
struct tree *template_expand(struct tree *scenario, const struct template_paths *paths, struct arena *arena,
                             struct diags *diags);

/* The file of a part as it was written, or NULL; for lists and explanations. */
struct tree *template_part(const struct template_paths *paths, const char *name, struct arena *arena,
                           struct diags *diags);

/* Built-in files, written at build time from templates/parts. */
struct template_file {
    const char *name; /* "vpn-site" */
    const char *bytes;
    size_t size;
};
extern const struct template_file template_parts[];
extern const size_t template_part_count;

#endif
