/* What tests of the reader and of what comes behind it need: an arena, sources, diagnostics, and the ways from text to tree and model. */
#ifndef AWSDIAG_TESTS_DESK_H
#define AWSDIAG_TESTS_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "read/load.h"
#include "read/template.h"
#include "read/yaml.h"

struct desk {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    struct template_paths paths;
};

static inline void desk_open(struct desk *desk) {
    *desk = (struct desk){.arena = arena_new()};
    desk->sources = (struct sources){.arena = desk->arena, .limit = 1 << 20};
    desk->diags = diags_new(desk->arena);
    desk->paths.sources = &desk->sources;
}

static inline void desk_close(struct desk *desk) { arena_free(desk->arena); }

static inline struct source *desk_source(struct desk *desk, const char *text) {
    return source_memory(&desk->sources, "test.yaml", text, strlen(text), &desk->diags);
}

static inline struct tree *desk_tree(struct desk *desk, const char *text) {
    struct source *source = desk_source(desk, text);
    return source ? yaml_read(source, desk->arena, &yaml_default_limits, &desk->diags) : NULL;
}

/* Without parts. */
static inline struct model *desk_model(struct desk *desk, const char *text) {
    struct tree *tree = desk_tree(desk, text);
    return tree ? load_model(tree, &catalog_builtin, &load_default_limits, desk->arena, &desk->diags) : NULL;
}

/* With parts and extends. */
static inline struct model *desk_expanded(struct desk *desk, const char *text) {
    struct tree *tree = desk_tree(desk, text);
    tree = tree ? template_expand(tree, &desk->paths, desk->arena, &desk->diags) : NULL;
    return tree ? load_model(tree, &catalog_builtin, &load_default_limits, desk->arena, &desk->diags) : NULL;
}

/* The one diagnostic there is: of this code, at this place, with these words in it. */
static inline void desk_wrong(struct desk *desk, enum diag_code code, unsigned line, unsigned column,
                              const char *words) {
    struct str all = STR_EMPTY;
    diags_print(&desk->diags, &all, false);
    const struct diag *diag = desk->diags.at;
    struct position at = desk->diags.n ? source_position(diag->mark.source, diag->mark.start) : (struct position){0, 0};
    if (desk->diags.n != 1 || diag->code != code || at.line != line || at.column != column ||
        !strstr(diag->text, words))
        fail_msg("not %s at %u:%u, `%s`:\n%s", diag_name(code), line, column, words, all.at);
    str_free(&all);
}

static inline void desk_fine(struct desk *desk) {
    struct str all = STR_EMPTY;
    diags_print(&desk->diags, &all, false);
    assert_string_equal(all.at, "");
    str_free(&all);
}

static inline struct node *desk_node(const struct model *model, const char *path) {
    for (size_t i = 0; i < model->node_count; i++)
        if (strcmp(model->nodes[i]->path, path) == 0)
            return model->nodes[i];
    fail_msg("there is no node %s", path);
    return NULL;
}

#endif
