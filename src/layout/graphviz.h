/* Graphviz, loaded when a layout first asks for it: most pictures do not, and loading it takes longer than drawing them. graph.c and
 * place.c include this in place of Graphviz's headers; its functions go through a table here.
 */
#ifndef AWSDIAG_LAYOUT_GRAPHVIZ_H
#define AWSDIAG_LAYOUT_GRAPHVIZ_H

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <stdbool.h>

/* clang-format off */
#define GRAPHVIZ_FUNCTIONS(F) \
    F(agattr) \
    F(agclose) \
    F(agfstnode) \
    F(agfstout) \
    F(agget) \
    F(agidedge) \
    F(agidnode) \
    F(agnxtnode) \
    F(agnxtout) \
    F(agopen) \
    F(agset) \
    F(agseterrf) \
    F(agsubg) \
    F(agsubnode) \
    F(attach_attrs) \
    F(gvContextPlugins) \
    F(gvFreeLayout) \
    F(gvLayout)
/* clang-format on */

#define GRAPHVIZ_FIELD(name) __typeof__(name) *name;
extern struct graphviz {
    GRAPHVIZ_FUNCTIONS(GRAPHVIZ_FIELD)
    Agmemdisc_t *memory;
    Agiodisc_t *io;
    Agdesc_t *directed;
    const lt_symlist_t *plugins; /* dot's layout alone, so that nothing is searched on disk */
} graphviz;

bool graphviz_load(void); /* false when it is not there; cheap when it is loaded already */

#ifndef GRAPHVIZ_TABLE_ONLY
#define agattr graphviz.agattr
#define agclose graphviz.agclose
#define agfstnode graphviz.agfstnode
#define agfstout graphviz.agfstout
#define agget graphviz.agget
#define agidedge graphviz.agidedge
#define agidnode graphviz.agidnode
#define agnxtnode graphviz.agnxtnode
#define agnxtout graphviz.agnxtout
#define agopen graphviz.agopen
#define agset graphviz.agset
#define agseterrf graphviz.agseterrf
#define agsubg graphviz.agsubg
#define agsubnode graphviz.agsubnode
#define attach_attrs graphviz.attach_attrs
#define gvContextPlugins graphviz.gvContextPlugins
#define gvFreeLayout graphviz.gvFreeLayout
#define gvLayout graphviz.gvLayout
#endif

#endif
