/* The lean profile (fixed sizes, ports, weights, nothing else) is what dot was measured to survive; see DESIGN 5.8.
 *
 * Ids are ours: cgraph's default ids are addresses, and dot sorts by id in places, so two layouts in one process would differ.
 * A port at a true position is a field of a record node: fields share the node's width evenly, so a node gets as many empty fields as
 * put one of them within two pixels of every port.
 */
#include "layout/graph.h"

#include "layout/graphviz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FIELDS = 48 };

/* --- id discipline: named objects count from 2 in steps of 2, nodes are given ids of their own ------------------ */

struct ids {
    struct name {
        char *text;
        int type;
        IDTYPE id;
        struct name *next;
    } * names;
    IDTYPE next;
};

static void *ids_open(Agraph_t *graph, Agdisc_t *disc) {
    (void)graph, (void)disc;
    struct ids *ids = mem_resize(NULL, 1, sizeof *ids);
    *ids = (struct ids){NULL, 1u << 30};
    return ids;
}

static long ids_map(void *state, int type, char *text, IDTYPE *id, int create) {
    struct ids *ids = state;
    for (struct name *name = text ? ids->names : NULL; name; name = name->next)
        if (name->type == type && strcmp(name->text, text) == 0) {
            *id = name->id;
            return 1;
        }
    if (!create)
        return 0;
    *id = ids->next++;
    if (text) {
        size_t n = strlen(text) + 1;
        struct name *name = mem_resize(NULL, 1, sizeof *name);
        *name = (struct name){memcpy(mem_resize(NULL, n, 1), text, n), type, *id, ids->names};
        ids->names = name;
    }
    return 1;
}

static long ids_alloc(void *state, int type, IDTYPE id) {
    (void)state, (void)type, (void)id;
    return 1;
}

static void ids_free(void *state, int type, IDTYPE id) { (void)state, (void)type, (void)id; }

static char *ids_print(void *state, int type, IDTYPE id) {
    for (struct name *name = ((struct ids *)state)->names; name; name = name->next)
        if (name->type == type && name->id == id)
            return name->text;
    return NULL;
}

static void ids_close(void *state) {
    struct ids *ids = state;
    while (ids->names) {
        struct name *name = ids->names;
        ids->names = name->next;
        free(name->text);
        free(name);
    }
    free(ids);
}

/* agopen calls this without a look, so it must be there */
static void ids_register(void *state, int type, void *object) { (void)state, (void)type, (void)object; }

static Agiddisc_t ids_discipline = {ids_open, ids_map, ids_alloc, ids_free, ids_print, ids_close, ids_register};

/* --- building --------------------------------------------------------------------------------------------------- */

struct ports {
    double *at; /* of one box, along v */
    size_t n;
};

static char *words(const char *text) { return (char *)(size_t)text; } /* cgraph's API forgets const */

static void set(void *object, const char *name, const char *value) { agset(object, words(name), words(value)); }

static void set_number(void *object, const char *name, double value) {
    struct str text = STR_EMPTY;
    str_number(&text, value, 4);
    set(object, name, text.at);
    str_free(&text);
}

/* How many fields a record needs so that every port is near the middle of one. */
static int fields_for(const struct ports *ports, double size) {
    int best = 1;
    double best_error = INFINITY;
    for (int fields = 1; fields <= MOST_FIELDS; fields++) {
        double error = 0, step = size / fields;
        for (size_t i = 0; i < ports->n; i++)
            error = fmax(error, fabs((floor(ports->at[i] / step) + 0.5) * step - ports->at[i]));
        if (error < best_error - 1e-9)
            best = fields, best_error = error;
        if (best_error < 2)
            break;
    }
    return best;
}

static char *record_label(int fields, struct arena *arena) {
    struct str label = STR_EMPTY;
    for (int i = 0; i < fields; i++)
        str_printf(&label, "%s<p%d>", i ? "|" : "", i);
    char *copy = arena_copy(arena, label.at, label.n);
    str_free(&label);
    return copy;
}

static struct ports *collect_ports(const struct ranking *ranking, struct arena *arena) {
    struct ports *ports = arena_array(arena, ranking->n, sizeof *ports);
    for (size_t i = 0; i < ranking->link_count; i++)
        ports[ranking->links[i].from].n++, ports[ranking->links[i].to].n++;
    for (size_t i = 0; i < ranking->n; i++) {
        ports[i].at = arena_array(arena, ports[i].n, sizeof *ports[i].at);
        ports[i].n = 0;
    }
    for (size_t i = 0; i < ranking->link_count; i++) {
        const struct link *link = &ranking->links[i];
        ports[link->from].at[ports[link->from].n++] = link->port_from;
        ports[link->to].at[ports[link->to].n++] = link->port_to;
    }
    return ports;
}

static void tie(Agedge_t *edge, const char *end, double port, double size, int fields) {
    if (fields == 1)
        return;
    int field = (int)(port / (size / fields));
    field = field < 0 ? 0 : field >= fields ? fields - 1 : field;
    struct str name = STR_EMPTY;
    str_printf(&name, "p%d", field);
    set(edge, end, name.at);
    str_free(&name);
}

static Agraph_t *open_graph(double node_gap, double rank_gap) {
    Agdisc_t disciplines = {graphviz.memory, &ids_discipline, graphviz.io};
    Agraph_t *graph = agopen(words("g"), *graphviz.directed, &disciplines);
    if (!graph)
        return NULL;
    static const struct {
        int kind;
        const char *name, *value;
    } defaults[] = {
        {AGRAPH, "rankdir", "TB"},     {AGRAPH, "splines", "false"}, {AGRAPH, "nodesep", "0.25"},
        {AGRAPH, "ranksep", "0.5"},    {AGNODE, "shape", "box"},     {AGNODE, "label", ""},
        {AGNODE, "fixedsize", "true"}, {AGNODE, "width", "1"},       {AGNODE, "height", "1"},
        {AGNODE, "margin", "0"},       {AGNODE, "fontsize", "1"},    {AGEDGE, "weight", "1"},
        {AGEDGE, "tailport", ""},      {AGEDGE, "headport", ""},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        agattr(graph, defaults[i].kind, words(defaults[i].name), words(defaults[i].value));
    set_number(graph, "nodesep", node_gap / 72);
    set_number(graph, "ranksep", rank_gap / 72);
    return graph;
}

static void add_links(Agraph_t *graph, Agnode_t **nodes, const int *fields, const struct ranking *ranking) {
    for (size_t i = 0; i < ranking->link_count; i++) {
        const struct link *link = &ranking->links[i];
        Agedge_t *edge = agidedge(graph, nodes[link->from], nodes[link->to], (IDTYPE)(i + 1), 1);
        set_number(edge, "weight", link->weight);
        tie(edge, "tailport", link->port_from, ranking->boxes[link->from].v, fields[link->from]);
        tie(edge, "headport", link->port_to, ranking->boxes[link->to].v, fields[link->to]);
    }
}

static void add_rows(Agraph_t *graph, Agnode_t **nodes, const struct ranking *ranking, struct arena *arena) {
    for (size_t i = 0; i < ranking->row_count; i++) {
        Agraph_t *row = agsubg(graph, arena_printf(arena, "r%zu", i), 1);
        agattr(graph, AGRAPH, words("rank"), words(""));
        set(row, "rank", "same");
        for (size_t j = 0; j < ranking->rows[i].n; j++)
            agsubnode(row, nodes[ranking->rows[i].boxes[j]], 1);
    }
}

Agraph_t *graph_build(const struct ranking *ranking, double node_gap, double rank_gap, struct arena *arena) {
    Agraph_t *graph = open_graph(node_gap, rank_gap);
    if (!graph)
        return NULL;
    struct ports *ports = collect_ports(ranking, arena);
    Agnode_t **nodes = arena_array(arena, ranking->n, sizeof *nodes);
    int *fields = arena_array(arena, ranking->n, sizeof *fields);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct box *box = &ranking->boxes[i];
        nodes[i] = agidnode(graph, (IDTYPE)(i + 1), 1);
        set_number(nodes[i], "width", box->v / 72);
        set_number(nodes[i], "height", box->u / 72);
        fields[i] = fields_for(&ports[i], box->v);
        if (fields[i] > 1) {
            set(nodes[i], "shape", "record");
            set(nodes[i], "label", record_label(fields[i], arena));
        }
    }
    add_links(graph, nodes, fields, ranking);
    add_rows(graph, nodes, ranking, arena);
    return graph;
}

void graph_close(Agraph_t *graph) {
    if (graph)
        agclose(graph);
}

size_t graph_number(void *node) { return (size_t)AGID(node) - 1; }

void graph_print(Agraph_t *graph, struct str *out) {
    str_put(out, "digraph {\n");
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        str_printf(out, "    %zu [width=%s height=%s label=\"%s\" shape=%s]\n", graph_number(node),
                   agget(node, words("width")), agget(node, words("height")), agget(node, words("label")),
                   agget(node, words("shape")));
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            str_printf(out, "    %zu -> %zu [weight=%s tailport=\"%s\" headport=\"%s\"]\n", graph_number(agtail(edge)),
                       graph_number(aghead(edge)), agget(edge, words("weight")), agget(edge, words("tailport")),
                       agget(edge, words("headport")));
    str_put(out, "}\n");
}
