#define GRAPHVIZ_TABLE_ONLY
#include "layout/graphviz.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct graphviz graphviz;

#define ROW(name) {#name, offsetof(struct graphviz, name)},
static const struct symbol {
    const char *name;
    size_t offset;
} symbols[] = {
    GRAPHVIZ_FUNCTIONS(ROW) /* each with a comma */
    {"AgMemDisc", offsetof(struct graphviz, memory)},
    {"AgIoDisc", offsetof(struct graphviz, io)},
    {"Agdirected", offsetof(struct graphviz, directed)},
};

/* dot's layout, which brings the others along: where the build found it, else where the machine looks for libraries. */
static void *open_library(void) {
    void *library = dlopen(GRAPHVIZ_DOT_LAYOUT, RTLD_NOW | RTLD_LOCAL);
    const char *slash = strrchr(GRAPHVIZ_DOT_LAYOUT, '/');
    return library || !slash ? library : dlopen(slash + 1, RTLD_NOW | RTLD_LOCAL);
}

bool graphviz_load(void) {
    static lt_symlist_t plugins[] = {{"gvplugin_dot_layout_LTX_library", NULL}, {NULL, NULL}};
    if (graphviz.plugins)
        return true;
    void *library = open_library();
    for (size_t i = 0; library && i < sizeof symbols / sizeof *symbols; i++) {
        void *at = dlsym(library, symbols[i].name);
        if (!at)
            return false;
        memcpy((char *)&graphviz + symbols[i].offset, &at, sizeof at);
    }
    plugins[0].address = library ? dlsym(library, plugins[0].name) : NULL;
    graphviz.plugins = plugins[0].address ? plugins : NULL;
    return graphviz.plugins != NULL;
}
