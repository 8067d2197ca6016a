/* What a step of the search costs. */
#include <stdlib.h>

#include "layout/route_search.h"

enum {
    COST_BEND = 60,
    COST_FOREIGN = 120, /* entering a group that holds neither end */
    COST_ALONG = 3,     /* px on a frame count so many more */
    COST_BESIDE = 20,   /* coming beside a line that has nothing in common with this one */
    COST_SHARED = 3,    /* tenths of the way with it, besides */
    COST_ASIDE = 45,    /* leaving or reaching a node across the flow */
    COST_FAN = 20,      /* ... of a fan of three or more, which has a trunk along the flow */
    COST_AGAINST = 75,  /* leaving or reaching a node against the flow */
    COST_UNDER = 15,    /* ... at the bottom, below the name */
    COST_INNER = 12,    /* a bend in a deeper group than the innermost that holds both ends */
    COST_STUB = 40,     /* a bend nearer than STUB before an arrowhead */
    COST_LABELS = 900,  /* a third line with a label between the same two nodes on one way */
    COST_TWIN = 100,    /* an end on another side than that of a line that is alike */
    COST_LEAVE = 200,   /* leaving a trunk that leads to the end */
    MOST_LOOKED_AT = 8, /* lines on one way that may have to be crossed */
    MOST_CROSSED = 2,   /* lines on one trunk that are paid for when it is crossed */
    STUB = 20,
    CORNER = 12, /* px of a frame's side that lines do not end at */
};

/* Company on a passage for a line that had `before`; `strangers`: how many lines are there besides. */
static enum company company_on(const struct router *router, const struct search *search, const struct passage *passage,
                               enum company before, int *strangers) {
    int friends = 0;
    enum company company = COMPANY_NONE;
    if (before == COMPANY_START && passage->users && (friends = in_fan(router, passage, search->fan_from)) > 0)
        company = COMPANY_START;
    else if (passage->users && (friends = in_fan(router, passage, search->fan_to)) > 0)
        company = COMPANY_END;
    *strangers = passage->used - friends;
    return company;
}

/* How many labelled lines between the same two nodes run on a passage: there is room for a label above and one below. */
static int labelled_beside(const struct router *router, const struct search *search, const struct passage *passage) {
    int n = 0;
    for (const struct user *user = passage->users; user; user = user->next) {
        const struct edge *edge = router->model->edges[user->edge];
        bool same = (edge->from == search->edge->from && edge->to == search->edge->to) ||
                    (edge->to == search->edge->from && edge->from == search->edge->to);
        n += same && router->layout->sizes.edges[user->edge].w > 0;
    }
    return n;
}

int route_way_cost(const struct router *router, const struct search *search, int32_t here, int32_t there,
                   const struct passage *passage, int length, struct beside *beside) {
    if (passage->leaf && passage->leaf != search->from && passage->leaf != search->to)
        return -1;
    struct beside before = *beside;
    int strangers;
    beside->company = company_on(router, search, passage, before.company, &strangers);
    beside->strangers = strangers > 0;
    int cost = beside->company == COMPANY_NONE ? length : length - length / 8;
    if (before.company == COMPANY_END && beside->company != COMPANY_END)
        cost += COST_LEAVE;
    if (strangers) {
        cost += length * COST_SHARED / 10 + (before.strangers ? 0 : COST_BESIDE * strangers);
        if (!before.strangers && router->layout->sizes.edges[search->edge->index].w > 0 &&
            labelled_beside(router, search, passage) >= 2)
            cost += COST_LABELS;
    }
    if (passage->along)
        cost += COST_ALONG * length;
    int32_t group = router->grid.group[there];
    if (group != router->grid.group[here] && group && router->allowed[group] != router->stamp)
        cost += COST_FOREIGN;
    return cost;
}

static int crossed(uint8_t lines) { return lines > MOST_CROSSED ? MOST_CROSSED : lines; }

/* --- lines that part ------------------------------------------------------------------------------------------------------ */

/* -1: to the left of who came with `came`, 0: straight on, 1: to the right. */
static int turn_to(enum heading came, enum heading goes) {
    int quarters = ((int)goes - (int)came + HEADINGS) % HEADINGS;
    return quarters == 0 ? 0 : quarters == 1 ? 1 : -1;
}

/* The vertex of a line before or behind its vertex number `at`; -1: it ends there. */
static int32_t vertex_beyond(const struct track *track, size_t at, bool forwards) {
    if (forwards ? at + 1 >= track->n : at == 0)
        return -1;
    return track->vertices[forwards ? at + 1 : at - 1];
}

/* Whether a line that goes on from `state` with `heading` has to cross the one that came along with it and now goes another way: it does
 * when it joined that one on the other side. Where either of them began on the way they have in common, sides are free. */
static bool crosses_at_parting(const struct router *router, int32_t state, enum heading heading,
                               const struct user *user) {
    const struct grid *grid = &router->grid;
    const struct track *track = &router->tracks[user->edge];
    int32_t vertex = state / HEADINGS;
    enum heading came = (enum heading)(state % HEADINGS);
    bool forwards = track->vertices[user->at + 1] == vertex;
    size_t at = forwards ? user->at + 1 : user->at;
    int32_t next = vertex_beyond(track, at, forwards), before, theirs;
    if (next < 0)
        return false;
    int side = turn_to(came, heading) - turn_to(came, heading_between(grid, vertex, next));
    enum heading left_with = came;
    for (;;) {
        before = router->states[state].before;
        theirs = vertex_beyond(track, at, !forwards);
        if (before < 0 || theirs < 0)
            return false;
        if (before / HEADINGS != theirs)
            break;
        left_with = (enum heading)(state % HEADINGS);
        state = before;
        at = forwards ? at - 1 : at + 1;
    }
    enum heading back = opposite(left_with), ours = opposite((enum heading)(state % HEADINGS));
    int joined = turn_to(back, ours) - turn_to(back, heading_between(grid, state / HEADINGS, theirs));
    return (side < 0) == (joined < 0);
}

static bool uses(const struct passage *passage, size_t edge) {
    for (const struct user *user = passage->users; user; user = user->next)
        if (user->edge == edge)
            return true;
    return false;
}

/* How many strangers have to be crossed where `state` goes on with `heading`. */
static int parted(const struct router *router, const struct search *search, int32_t state, enum heading heading) {
    int32_t vertex = state / HEADINGS;
    const struct passage *came = grid_passage(&router->grid, vertex, opposite((enum heading)(state % HEADINGS)));
    const struct passage *goes = grid_passage(&router->grid, vertex, heading);
    int n = 0, looked_at = 0;
    for (const struct user *user = came->users; user && n < MOST_CROSSED && looked_at < MOST_LOOKED_AT;
         user = user->next, looked_at++) {
        bool friend = (router->states[state].company == COMPANY_START &&
                       (router->fans.from[user->edge] == search->fan_from ||
                        router->fans.to[user->edge] == search->fan_from)) ||
                      router->fans.from[user->edge] == search->fan_to || router->fans.to[user->edge] == search->fan_to;
        if (!friend && !uses(goes, user->edge) && crosses_at_parting(router, state, heading, user))
            n++;
    }
    return n;
}

/* Cost of passing a vertex; on a trunk it has been paid by whoever came first. */
int route_vertex_cost(const struct router *router, const struct search *search, int32_t state, enum heading goes,
                      enum company after) {
    const struct grid *grid = &router->grid;
    int32_t vertex = state / HEADINGS;
    enum heading came = (enum heading)(state % HEADINGS);
    enum company before = (enum company)router->states[state].company;
    bool trunk = (before == COMPANY_START && after == COMPANY_START) || (before == COMPANY_END && after == COMPANY_END);
    int cost = 0;
    if (came != goes)
        cost += COST_BEND + (grid->group[vertex] != search->common ? COST_INNER : 0);
    if (trunk)
        return cost;
    if (came == goes && before != COMPANY_START && after != COMPANY_END)
        cost += router->crossing * crossed(heading_x[goes] ? grid->upright[vertex] : grid->across[vertex]);
    return cost + router->crossing * parted(router, search, state, goes);
}

/* Bends that are needed at least to come from a place with offset dx, dy (towards the goal) while heading so. */
static int bends_left(int dx, int dy, enum heading heading) {
    int along = dx * heading_x[heading] + dy * heading_y[heading];
    int aside = heading_x[heading] ? dy : dx;
    if (aside == 0)
        return along >= 0 ? 0 : 2;
    return along >= 0 ? 1 : 2;
}

int route_left_to(const struct search *search, int x, int y, enum heading heading) {
    const struct rect *area = &search->area;
    int x0 = (int)area->x, x1 = (int)rect_right(*area), y0 = (int)area->y, y1 = (int)rect_bottom(*area);
    if (search->inward)
        return 0;
    int dx = x < x0 ? x0 - x : x > x1 ? x1 - x : 0, dy = y < y0 ? y0 - y : y > y1 ? y1 - y : 0;
    return (abs(dx) + abs(dy)) * 7 / 8 + COST_BEND * bends_left(dx, dy, heading);
}

static int side_cost(const struct router *router, const struct search *search, enum heading heading, bool leaving) {
    bool flat = heading == HEADING_RIGHT || heading == HEADING_LEFT, sideways = heading_x[search->flow] != 0;
    bool fan = router->fans.size[leaving ? search->fan_from : search->fan_to] > 2;
    bool within = search->inward || model_within(search->edge->to, search->edge->from); /* no flow between them */
    int cost = flat != sideways ? COST_ASIDE : heading == opposite(search->flow) && !within ? COST_AGAINST : 0;
    if (cost > 0 && fan)
        cost += COST_FAN;
    if (heading == (leaving ? HEADING_DOWN : HEADING_UP))
        cost += COST_UNDER;
    return cost;
}

/* Whether the far ends of two lines lie on either side of the end they have in common, so that one may mirror the other. */
static bool mirrored(const struct router *router, const struct node *common, const struct node *a, const struct node *b,
                     enum heading axis) {
    struct point c = middle_of(router, common), p = middle_of(router, a), q = middle_of(router, b);
    return (heading_x[axis] ? (p.x - c.x) * (q.x - c.x) : (p.y - c.y) * (q.y - c.y)) < 0;
}

/* What it costs not to do as lines alike do, or the opposite where they lie opposite. */
static int twin_cost(const struct router *router, const struct edge *edge, enum heading heading, bool leaving) {
    const size_t others[2] = {router->twins.leaving[edge->index], router->twins.reaching[edge->index]};
    int cost = 0;
    for (int back = 0; back < 2; back++) {
        const struct edge *other = router->model->edges[others[back]];
        const struct track *track = &router->tracks[others[back]];
        if (other == edge || track->n < 2)
            continue;
        size_t at = leaving ? 0 : track->n - 2;
        enum heading theirs = heading_between(&router->grid, track->vertices[at], track->vertices[at + 1]);
        bool same = theirs == heading || (theirs == opposite(heading) &&
                                          mirrored(router, back ? edge->to : edge->from, back ? edge->from : edge->to,
                                                   back ? other->from : other->to, heading));
        cost += same ? 0 : COST_TWIN;
    }
    return cost;
}

int route_end_cost(const struct router *router, const struct search *search, enum heading heading, bool leaving) {
    return side_cost(router, search, heading, leaving) + twin_cost(router, search->edge, heading, leaving);
}

enum heading route_frame_side(struct rect frame, int x, int y) {
    bool flat_end = y < frame.y + CORNER || y > rect_bottom(frame) - CORNER,
         upright_end = x < frame.x + CORNER || x > rect_right(frame) - CORNER;
    if (flat_end && upright_end)
        return HEADINGS;
    if (x == (int)frame.x)
        return HEADING_LEFT;
    if (x == (int)rect_right(frame))
        return HEADING_RIGHT;
    return y == (int)frame.y ? HEADING_UP : HEADING_DOWN;
}

/* What it costs to end away from the middle of a side; twice a little is better than once a lot. */
int route_off_middle(struct rect frame, int x, int y, enum heading side) {
    struct point centre = rect_centre(frame);
    int off = side == HEADING_LEFT || side == HEADING_RIGHT ? abs(y - (int)centre.y) : abs(x - (int)centre.x);
    int near = off < 80 ? off : 80;
    return off / 4 + near * near / 400;
}

int route_stub_cost(const struct router *router, const struct search *search, int32_t state, enum heading heading) {
    while (state >= 0 && state % HEADINGS == (int)heading)
        state = router->states[state].before;
    if (search->goal < 0 || state < 0 || !search->edge->arrow_to)
        return 0;
    int32_t vertex = state / HEADINGS;
    const struct placed *node = &router->layout->nodes[search->edge->to->index];
    int x = router->grid.x[vertex], y = router->grid.y[vertex];
    double side = heading == HEADING_RIGHT  ? node->icon.x - x
                  : heading == HEADING_LEFT ? x - rect_right(node->icon)
                  : heading == HEADING_DOWN ? node->icon.y - y
                                            : y - rect_bottom(node->box);
    return side < STUB ? COST_STUB : 0;
}
