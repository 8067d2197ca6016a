/* A tree without parts to the model: schema rows, the catalogue, references. */
#ifndef AWSDIAG_READ_LOAD_H
#define AWSDIAG_READ_LOAD_H

#include "model/model.h"
#include "read/schema.h"
#include "read/template.h"
#include "read/yaml.h"

struct load_limits {
    size_t nodes, edges, label;             /* label: characters of one text */
    const struct template_paths *templates; /* where icons of the author's own may be read from; NULL: nowhere */
};
extern const struct load_limits load_default_limits;

/* The mappings of a scenario, that of the scenario itself first, NULL behind the last: what the JSON Schema is made of. */
extern const struct schema *const load_schemas[];

/* The model, or NULL when there is nothing to build one from; with errors among the diagnostics it is only good for finding more
 * of them. The model and its texts live in `arena`, which must outlive it, as must the sources. */
struct model *load_model(const struct tree *scenario, const struct catalog *catalog, const struct load_limits *limits,
                         struct arena *arena, struct diags *diags);

#endif
