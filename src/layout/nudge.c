/* Separation of what the search laid on top of each other.
 *
 * Every straight run has a coordinate across its own direction. Runs that lie on the trunk of a fan (see fan.h) keep theirs in
 * common: they are one lane. A lane may move within a channel: between the boxes, titles and frames to its sides, or along the
 * side of the node it ends at. Lanes that overlap lengthwise must keep a distance, in an order that crosses nothing that need not
 * cross: where two lines part, the one that turns left is on the left (seen in the direction of travel). Positions then come from
 * merging blocks of lanes that push each other, each block at the mean of what its members want (the idea of VPSC, Dwyer,
 * Marriott and Stuckey 2006, without splitting). Upright lanes first, then flat ones, then both again, since moving one kind
 * changes the extents of the other.
 */
#include "layout/nudge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/route.h"

enum {
    CLEAR = 8, /* px to boxes */
    FRAME_CLEAR = 8,
    BADGE_CLEAR = 3,
    STRAIGHTEN = 34, /* jogs up to this size are taken out where both runs can lie on one line */
    CORNER = 8,      /* of an icon's side that lines do not end at */
    LOOK = 170,      /* how far to the sides of a run something can matter */
    CENTRED = 200,   /* widest channel in whose middle a run likes to be */
    GATHERED = 60,   /* px between two lines of a fan that leave their trunk together */
    ROUNDS = 2,
    SHORTEST = 10,      /* jogs below this are taken out in any case */
    MOST_COUNTED = 200, /* lines */
    MOST_PASSES = 6,
    STUB = 22, /* px from an arrow's tip to the bend behind it, at least */
    END_WEIGHT = 4,
    AXIS_WEIGHT = 400,
    LABEL_SPARE = 12, /* px beside a label */
};

struct span { /* a rectangle seen along and across the runs in work */
    double a0, a1, c0, c1;
};

static struct span span_of(bool upright, struct rect r) {
    if (upright)
        return (struct span){r.y, rect_bottom(r), r.x, rect_right(r)};
    return (struct span){r.x, rect_right(r), r.y, rect_bottom(r)};
}

/* --- ties: runs of one lane ---------------------------------------------------------------------------------------------- */

static int32_t fan_at(const struct nudger *nudger, struct fan_end end) {
    return (end.back ? nudger->fans.to : nudger->fans.from)[end.edge];
}

/* Points and runs counted from that end. */
static struct point end_point(const struct nudger *nudger, struct fan_end end, size_t i) {
    const struct routed *routed = &nudger->layout->edges[end.edge];
    return routed->points[end.back ? routed->n - 1 - i : i];
}

static size_t end_run(const struct nudger *nudger, struct fan_end end, size_t i) {
    size_t n = nudger->layout->edges[end.edge].n;
    return nudger->base[end.edge] + (end.back ? n - 2 - i : i);
}

static int compare_numbers(double a, double b) { return a < b - 0.01 ? -1 : a > b + 0.01 ? 1 : 0; }

static int compare_points(struct point a, struct point b) {
    int x = compare_numbers(a.x, b.x);
    return x ? x : compare_numbers(a.y, b.y);
}

/* Lines of a fan that have most in common stand next to each other. */
static int by_way(const void *a, const void *b) {
    const struct fan_end *s = a, *t = b;
    const struct nudger *nudger = s->nudger;
    int32_t f = fan_at(nudger, *s), g = fan_at(nudger, *t);
    if (f != g)
        return f < g ? -1 : 1;
    size_t m = nudger->layout->edges[s->edge].n, n = nudger->layout->edges[t->edge].n;
    for (size_t i = 0; i < m && i < n; i++) {
        int order = compare_points(end_point(nudger, *s, i), end_point(nudger, *t, i));
        if (order)
            return order;
    }
    return s->edge < t->edge ? -1 : s->edge > t->edge ? 1 : (int)s->back - (int)t->back;
}

static size_t root_of(struct nudger *nudger, size_t run) {
    while (nudger->tied[run] != run)
        run = nudger->tied[run] = nudger->tied[nudger->tied[run]];
    return run;
}

static void tie(struct nudger *nudger, size_t a, size_t b) {
    a = root_of(nudger, a), b = root_of(nudger, b);
    if (a == b)
        return;
    size_t first = a < b ? a : b, second = a < b ? b : a;
    nudger->tied[second] = first;
    nudger->tie_size[first] += nudger->tie_size[second];
}

static bool is_tied(struct nudger *nudger, size_t edge, size_t at) {
    return nudger->tie_size[root_of(nudger, nudger->base[edge] + at)] > 1;
}

static bool flat_run(struct point a, struct point b) { return fabs(a.y - b.y) < 0.01; }

/* As far as two lines of a fan run together; where they part to opposite sides, both still lie on one lane. */
static void tie_ends(struct nudger *nudger, struct fan_end s, struct fan_end t) {
    size_t m = nudger->layout->edges[s.edge].n, n = nudger->layout->edges[t.edge].n;
    if (fan_at(nudger, s) != fan_at(nudger, t) || m < 2 || n < 2)
        return;
    for (size_t i = 0; i + 1 < m && i + 1 < n; i++) {
        struct point from = end_point(nudger, s, i), p = end_point(nudger, s, i + 1), q = end_point(nudger, t, i + 1);
        if (compare_points(from, end_point(nudger, t, i)) != 0 || flat_run(from, p) != flat_run(from, q))
            return;
        bool same_way = (p.x - from.x) * (q.x - from.x) + (p.y - from.y) * (q.y - from.y) > 0;
        if (i == 0 && !same_way)
            return;
        tie(nudger, end_run(nudger, s, i), end_run(nudger, t, i));
        if (!same_way || compare_points(p, q) != 0)
            return;
    }
}

static void find_ties(struct nudger *nudger) {
    size_t runs = 0, ends = 2 * nudger->model->edge_count;
    for (size_t e = 0; e < nudger->model->edge_count; e++) {
        nudger->base[e] = runs;
        runs += nudger->layout->edges[e].n;
    }
    for (size_t i = 0; i < runs; i++)
        nudger->tied[i] = i, nudger->tie_size[i] = 1;
    for (size_t i = 0; i < ends; i++)
        nudger->ends[i] = (struct fan_end){nudger, i / 2, i % 2};
    if (ends)
        qsort(nudger->ends, ends, sizeof *nudger->ends, by_way);
    for (size_t i = 1; i < ends; i++)
        tie_ends(nudger, nudger->ends[i - 1], nudger->ends[i]);
}

/* --- channels ---------------------------------------------------------------------------------------------------------- */

struct channel {
    double c, lo, hi; /* of the run */
    double min, max;
};

/* Keep out of [c0, c1] (already widened) on whichever side of it the run lies. */
static void keep_out(struct channel *channel, double c0, double c1) {
    if (channel->c <= (c0 + c1) / 2)
        channel->max = fmin(channel->max, c0);
    else
        channel->min = fmax(channel->min, c1);
}

static void narrow_by_leaf(const struct nudger *nudger, struct channel *channel, const struct node *node) {
    struct span box = span_of(nudger->upright, nudger->layout->nodes[node->index].box);
    if (box.a0 - CLEAR < channel->hi && box.a1 + CLEAR > channel->lo)
        keep_out(channel, box.c0 - CLEAR, box.c1 + CLEAR);
}

static void narrow_by_title(const struct nudger *nudger, struct channel *channel, const struct node *group) {
    struct span title = span_of(nudger->upright, nudger->layout->nodes[group->index].title);
    bool beside = title.a0 - CLEAR / 2.0 < channel->hi && title.a1 + CLEAR / 2.0 > channel->lo;
    if (beside && !(title.c0 < channel->c && channel->c < title.c1))
        keep_out(channel, title.c0 - CLEAR / 2.0, title.c1 + CLEAR / 2.0);
}

static void narrow_by_side(const struct nudger *nudger, struct channel *channel, struct rect side) {
    struct span span = span_of(nudger->upright, side);
    if (span.c0 < span.c1 || span.a0 >= channel->hi || span.a1 <= channel->lo)
        return;
    if (channel->c <= span.c0)
        channel->max = fmin(channel->max, span.c0 - FRAME_CLEAR);
    else
        channel->min = fmax(channel->min, span.c0 + FRAME_CLEAR);
}

/* The side of a node that a run ends at bounds it, and the badge that stands there. */
static void narrow_by_end(const struct nudger *nudger, struct channel *channel, const struct node *node,
                          struct point tip) {
    const struct placed *placed = &nudger->layout->nodes[node->index];
    struct span side = span_of(nudger->upright, node->group ? placed->box : placed->icon);
    double inset = node->group ? 2.0 * CORNER : CORNER;
    channel->min = fmax(channel->min, side.c0 + inset);
    channel->max = fmin(channel->max, side.c1 - inset);
    struct rect life = life_badge(nudger->model, nudger->layout, node);
    if (!nudger->upright && !node->group && life.w > 0 && fabs(tip.x - placed->icon.x) < 1)
        channel->max = fmin(channel->max, life.y - BADGE_CLEAR);
}

static struct channel find_channel(struct nudger *nudger, size_t e, size_t at) {
    const struct edge *edge = nudger->model->edges[e];
    const struct routed *routed = &nudger->layout->edges[e];
    struct point p = routed->points[at], q = routed->points[at + 1];
    struct channel channel = {across(nudger, p), fmin(along(nudger, p), along(nudger, q)),
                              fmax(along(nudger, p), along(nudger, q)), -INFINITY, INFINITY};
    const struct node *first = at == 0 ? edge->from : NULL, *last = at + 2 == routed->n ? edge->to : NULL;
    double length = channel.hi - channel.lo;
    struct rect look = nudger->upright ? (struct rect){channel.c, channel.lo, 0, length}
                                       : (struct rect){channel.lo, channel.c, length, 0};
    const size_t *found;
    if (first)
        narrow_by_end(nudger, &channel, first, p);
    if (last)
        narrow_by_end(nudger, &channel, last, q);
    for (size_t n = space_find(&nudger->leaves, look, LOOK, &found), i = 0; i < n; i++) {
        const struct node *node = nudger->model->nodes[nudger->leaf_nodes[found[i]]];
        if (node != first && node != last)
            narrow_by_leaf(nudger, &channel, node);
    }
    for (size_t n = space_find(&nudger->titles, look, LOOK, &found), i = 0; i < n; i++)
        narrow_by_title(nudger, &channel, nudger->model->nodes[nudger->title_nodes[found[i]]]);
    for (size_t n = space_find(&nudger->frames, look, LOOK, &found), i = 0; i < n; i++) {
        const struct node *group = nudger->model->nodes[nudger->title_nodes[found[i] / 4]];
        if (group != edge->from && group != edge->to)
            narrow_by_side(nudger, &channel, nudger->frames.things[found[i]]);
    }
    channel.min = fmin(channel.min, channel.c);
    channel.max = fmax(channel.max, channel.c);
    return channel;
}

/* --- straightening --------------------------------------------------------------------------------------------------------- */

static bool turns_back(const struct nudger *nudger, const struct point *p) {
    return (along(nudger, p[1]) - along(nudger, p[0])) * (along(nudger, p[3]) - along(nudger, p[2])) < 0;
}

static void set_across(const struct nudger *nudger, struct point *p, double c) {
    for (size_t i = 0; i < 4; i++)
        if (nudger->upright)
            p[i].x = c;
        else
            p[i].y = c;
}

static bool runs_cross(struct point a, struct point b, struct point c, struct point d) {
    bool upright = fabs(a.x - b.x) < 0.01;
    struct point p = upright ? a : c, q = upright ? b : d, s = upright ? c : a, t = upright ? d : b;
    if (upright == (fabs(c.x - d.x) < 0.01))
        return false;
    return fmin(s.x, t.x) < p.x && p.x < fmax(s.x, t.x) && fmin(p.y, q.y) < s.y && s.y < fmax(p.y, q.y);
}

/* Lines that the three runs from point `at` on cross; in a large picture nobody counts. */
static size_t count_crossings(const struct nudger *nudger, size_t edge, size_t at) {
    size_t n = 0;
    const struct point *p = nudger->layout->edges[edge].points + at;
    for (size_t e = 0; e < nudger->model->edge_count && nudger->model->edge_count <= MOST_COUNTED; e++) {
        const struct routed *other = &nudger->layout->edges[e];
        for (size_t i = 0; e != edge && i + 1 < other->n; i++)
            for (size_t k = 0; k < 3; k++)
                n += runs_cross(p[k], p[k + 1], other->points[i], other->points[i + 1]);
    }
    return n;
}

/* A short jog between two runs that could lie on one line: move both onto it, unless it keeps lines from crossing. What lies on a trunk
 * stays where it is. */
static bool straighten_at(struct nudger *nudger, size_t edge, size_t at) {
    struct routed *routed = &nudger->layout->edges[edge];
    struct point *p = routed->points + at;
    nudger->upright = fabs(p[0].x - p[1].x) < 0.01;
    double jog = fabs(across(nudger, p[0]) - across(nudger, p[2]));
    bool fixed = is_tied(nudger, edge, at), fixed_too = is_tied(nudger, edge, at + 2);
    if (jog > STRAIGHTEN || jog < 0.01 || turns_back(nudger, p) || (fixed && fixed_too))
        return false;
    struct channel a = find_channel(nudger, edge, at), b = find_channel(nudger, edge, at + 2);
    double lo = fmax(a.min, b.min), hi = fmin(a.max, b.max);
    bool end = at == 0, end_too = at + 4 == routed->n;
    double want = fixed || (!fixed_too && end && !end_too) ? a.c
                  : fixed_too || (end_too && !end)         ? b.c
                                                           : (a.c + b.c) / 2;
    if (lo > hi || ((fixed || fixed_too) && (want < lo || want > hi)))
        return false;
    const struct point before[4] = {p[0], p[1], p[2], p[3]};
    const double wishes[] = {want, a.c, b.c};
    double best = NAN;
    size_t least = jog < SHORTEST ? SIZE_MAX : count_crossings(nudger, edge, at) + 1;
    for (size_t i = 0; i < (fixed || fixed_too ? 1 : 3); i++) {
        double c = fmax(lo, fmin(hi, wishes[i]));
        set_across(nudger, p, c);
        size_t crossed = count_crossings(nudger, edge, at);
        memcpy(p, before, sizeof before);
        if (crossed < least)
            least = crossed, best = c;
    }
    if (isnan(best))
        return false;
    set_across(nudger, p, best);
    routed->n = route_simplify(routed->points, routed->n);
    return true;
}

static void straighten(struct nudger *nudger) {
    bool changed = true;
    for (int pass = 0; changed && pass < MOST_PASSES; pass++) {
        changed = false;
        find_ties(nudger);
        for (size_t e = 0; e < nudger->model->edge_count; e++)
            for (size_t at = 0; at + 3 < nudger->layout->edges[e].n; at++)
                if (straighten_at(nudger, e, at)) {
                    changed = true; /* numbers of this line's runs no longer hold */
                    break;
                }
    }
}

/* --- gathering --------------------------------------------------------------------------------------------------------------- */

/* Move the run behind the bend that is nearest to this end to coordinate `c`, if it may lie there and crosses no more lines there. */
static bool move_second(struct nudger *nudger, struct fan_end end, double c) {
    const struct routed *routed = &nudger->layout->edges[end.edge];
    size_t at = end.back ? routed->n - 3 : 1;
    struct point *p = routed->points + at, before[2] = {p[0], p[1]};
    if (is_tied(nudger, end.edge, at))
        return false;
    struct channel channel = find_channel(nudger, end.edge, at);
    if (c < channel.min || c > channel.max)
        return false;
    size_t crossed = count_crossings(nudger, end.edge, at - 1);
    if (nudger->upright)
        p[0].x = p[1].x = c;
    else
        p[0].y = p[1].y = c;
    bool more = count_crossings(nudger, end.edge, at - 1) > crossed;
    if (more)
        memcpy(p, before, sizeof before);
    return !more;
}

/* Two lines of a fan that leave their trunk to one side, one soon after the other, leave it together. */
static bool gather_two(struct nudger *nudger, struct fan_end s, struct fan_end t) {
    if (fan_at(nudger, s) != fan_at(nudger, t) || nudger->layout->edges[s.edge].n < 4 ||
        nudger->layout->edges[t.edge].n < 4)
        return false;
    struct point from = end_point(nudger, s, 0), p = end_point(nudger, s, 1), q = end_point(nudger, t, 1);
    struct point next = end_point(nudger, s, 2), other = end_point(nudger, t, 2);
    nudger->upright = flat_run(from, p);
    double c = across(nudger, p), d = across(nudger, q), start = across(nudger, from);
    if (compare_points(from, end_point(nudger, t, 0)) != 0 || flat_run(from, q) != nudger->upright)
        return false;
    bool same_way = (c - start) * (d - start) > 0 &&
                    (along(nudger, next) - along(nudger, p)) * (along(nudger, other) - along(nudger, q)) > 0;
    if (!same_way || fabs(c - d) < 0.5 || fabs(c - d) > GATHERED)
        return false;
    return move_second(nudger, t, c) || move_second(nudger, s, d);
}

static void gather(struct nudger *nudger) {
    bool changed = true;
    for (int pass = 0; changed && pass < MOST_PASSES && nudger->model->edge_count <= MOST_COUNTED; pass++) {
        changed = false;
        find_ties(nudger);
        for (size_t i = 1; i < 2 * nudger->model->edge_count && !changed; i++)
            changed = gather_two(nudger, nudger->ends[i - 1], nudger->ends[i]);
    }
}

/* --- the two directions in turn ----------------------------------------------------------------------------------------------- */

/* What a run adds to the wishes of its lane: an end wants the middle of its icon, others the middle of their channel. */
static void add_wish(struct nudger *nudger, struct lane *lane, const struct run *run) {
    const struct edge *edge = nudger->model->edges[run->edge];
    const struct routed *routed = &nudger->layout->edges[run->edge];
    const struct node *ends[2] = {run->at == 0 ? edge->from : NULL, run->at + 2 == routed->n ? edge->to : NULL};
    for (int i = 0; i < 2; i++)
        if (ends[i] && !ends[i]->group) {
            double centre = across(nudger, rect_centre(nudger->layout->nodes[ends[i]->index].icon));
            lane->want += centre;
            lane->wish_lo = lane->wishes ? fmin(lane->wish_lo, centre) : centre;
            lane->wish_hi = lane->wishes ? fmax(lane->wish_hi, centre) : centre;
            lane->joins = lane->joins || (lane->end && lane->end != ends[i]);
            lane->end = ends[i];
            lane->wishes++;
        }
}

/* The bend before an arrowhead keeps away from it, where there is room. */
static void add_stub(struct nudger *nudger, struct lane *lane, struct point tip, double c) {
    double end = across(nudger, tip);
    if (c > end)
        lane->stub_min = fmax(lane->stub_min, end + STUB);
    else if (c < end)
        lane->stub_max = fmin(lane->stub_max, end - STUB);
}

static void add_stubs(struct nudger *nudger, struct lane *lane, const struct run *run) {
    const struct edge *edge = nudger->model->edges[run->edge];
    const struct routed *routed = &nudger->layout->edges[run->edge];
    if (run->at == 1 && edge->arrow_from)
        add_stub(nudger, lane, routed->points[0], lane->c);
    if (run->at + 3 == routed->n && edge->arrow_to)
        add_stub(nudger, lane, routed->points[routed->n - 1], lane->c);
}

/* The label of a line stands beside the run before this one or the one behind it: never beside a trunk that others share. */
static void add_label_room(struct nudger *nudger, struct lane *lane, const struct run *run) {
    const struct routed *routed = &nudger->layout->edges[run->edge];
    const struct edge_size *size = &nudger->layout->sizes.edges[run->edge];
    double room = (nudger->upright ? size->w : size->h) + LABEL_SPARE;
    if (size->w <= 0 || run->at == 0 || run->at + 2 >= routed->n)
        return;
    bool first = !is_tied(nudger, run->edge, run->at - 1), second = !is_tied(nudger, run->edge, run->at + 1);
    double before = across(nudger, routed->points[run->at - 1]), behind = across(nudger, routed->points[run->at + 2]);
    if (!first && !second)
        return;
    if ((second ? behind : before) < lane->c)
        lane->room_before = fmax(lane->room_before, room);
    else
        lane->room_behind = fmax(lane->room_behind, room);
}

/* The middle of a channel, or as much beside it as labels ask for. */
static double wish_in_channel(const struct lane *lane) {
    double lo = isfinite(lane->min) ? lane->min : fmin(lane->c, lane->max - CENTRED);
    double hi = isfinite(lane->max) ? lane->max : fmax(lane->c, lane->min + CENTRED);
    bool open = !isfinite(lane->min) || !isfinite(lane->max), labels = lane->room_before + lane->room_behind > 0;
    double middle = hi - lo < CENTRED || (labels && !open) ? (lo + hi) / 2 : lane->c;
    double least = lane->room_before > 0 ? lo - CLEAR + lane->room_before : lo;
    double most = lane->room_behind > 0 ? hi + CLEAR - lane->room_behind : hi;
    if (least > most)
        return middle;
    return fmax(lo, fmin(hi, fmax(least, fmin(most, middle))));
}

static void finish_wish(struct lane *lane) {
    lane->min = fmin(lane->min, lane->c);
    lane->max = fmax(lane->max, lane->c);
    lane->key = lane->c;
    if (lane->wishes) { /* a line from middle to middle stays there, and what else ends beside it keeps off */
        lane->want /= (double)lane->wishes;
        lane->key = lane->wish_hi - lane->wish_lo < 1 ? lane->want : lane->c;
        lane->weight = lane->joins && lane->wish_hi - lane->wish_lo < 1 ? AXIS_WEIGHT : END_WEIGHT;
        return;
    }
    bool open = !isfinite(lane->min) || !isfinite(lane->max);
    lane->want = open && lane->room_before + lane->room_behind <= 0 ? lane->c : wish_in_channel(lane);
    if (lane->stub_min <= lane->stub_max)
        lane->want = fmin(fmax(lane->want, lane->stub_min), lane->stub_max);
    lane->want = fmax(lane->min, fmin(lane->max, lane->want));
    lane->weight = 1;
}

static void add_run(struct nudger *nudger, size_t *lane_of, size_t e, size_t at) {
    struct channel channel = find_channel(nudger, e, at);
    size_t root = root_of(nudger, nudger->base[e] + at);
    if (!lane_of[root]) {
        lane_of[root] = ++nudger->lane_count;
        nudger->lanes[nudger->lane_count - 1] = (struct lane){
            .c = channel.c, .min = -INFINITY, .max = INFINITY, .stub_min = -INFINITY, .stub_max = INFINITY};
    }
    struct lane *lane = &nudger->lanes[lane_of[root] - 1];
    struct run *run = &nudger->runs[nudger->n++];
    *run = (struct run){e, at, channel.lo, channel.hi, channel.min, channel.max, lane_of[root] - 1};
    lane->min = fmax(lane->min, channel.min), lane->max = fmin(lane->max, channel.max);
    add_wish(nudger, lane, run);
    add_stubs(nudger, lane, run);
    add_label_room(nudger, lane, run);
}

static void collect(struct nudger *nudger, size_t *lane_of) {
    nudger->n = nudger->lane_count = 0;
    for (size_t e = 0; e < nudger->model->edge_count; e++) {
        const struct routed *routed = &nudger->layout->edges[e];
        for (size_t i = 0; i + 1 < routed->n && nudger->model->edges[e]->from != nudger->model->edges[e]->to; i++)
            if ((fabs(routed->points[i].x - routed->points[i + 1].x) < 0.01) == nudger->upright)
                add_run(nudger, lane_of, e, i);
    }
    for (size_t i = 0; i < nudger->lane_count; i++)
        finish_wish(&nudger->lanes[i]);
}

static void apply(struct nudger *nudger) {
    for (size_t i = 0; i < nudger->n; i++) {
        const struct run *run = &nudger->runs[i];
        struct point *points = nudger->layout->edges[run->edge].points + run->at;
        for (size_t k = 0; k < 2; k++)
            if (nudger->upright)
                points[k].x = nudger->lanes[run->lane].c;
            else
                points[k].y = nudger->lanes[run->lane].c;
    }
    for (size_t e = 0; e < nudger->model->edge_count; e++)
        nudger->layout->edges[e].n = route_simplify(nudger->layout->edges[e].points, nudger->layout->edges[e].n);
}

static void nudge(struct nudger *nudger, bool upright, size_t *lane_of, size_t runs) {
    nudger->upright = upright;
    find_ties(nudger);
    memset(lane_of, 0, runs * sizeof *lane_of);
    collect(nudger, lane_of);
    nudge_lanes(nudger);
    apply(nudger);
}

static void list_obstacles(struct nudger *nudger) {
    const struct model *model = nudger->model;
    struct rect all = {0, 0, 1, 1};
    for (size_t i = 0; i < model->node_count; i++) {
        all.w = fmax(all.w, rect_right(nudger->layout->nodes[i].box));
        all.h = fmax(all.h, rect_bottom(nudger->layout->nodes[i].box));
    }
    nudger->leaves = space_new(all, model->node_count, nudger->arena);
    nudger->titles = space_new(all, model->node_count, nudger->arena);
    nudger->frames = space_new(all, model->node_count, nudger->arena);
    nudger->leaf_nodes = arena_array(nudger->arena, model->node_count, sizeof *nudger->leaf_nodes);
    nudger->title_nodes = arena_array(nudger->arena, model->node_count, sizeof *nudger->title_nodes);
    for (size_t i = 0; i < model->node_count; i++) {
        const struct placed *placed = &nudger->layout->nodes[i];
        if (model->nodes[i]->group) {
            nudger->title_nodes[space_add(&nudger->titles, placed->title)] = i;
            space_add_frame(&nudger->frames, placed->box);
        } else {
            nudger->leaf_nodes[space_add(&nudger->leaves, placed->box)] = i;
        }
    }
}

void nudge_edges(const struct model *model, struct layout *layout, struct arena *arena) {
    struct arena *scratch = arena_scratch(arena);
    struct nudger nudger = {.model = model, .layout = layout, .arena = scratch, .fans = fans_find(model, scratch)};
    size_t runs = 0;
    for (size_t e = 0; e < model->edge_count; e++)
        runs += layout->edges[e].n;
    size_t *lane_of = arena_array(scratch, runs, sizeof *lane_of);
    nudger.runs = arena_array(scratch, runs, sizeof *nudger.runs);
    nudger.lanes = arena_array(scratch, runs, sizeof *nudger.lanes);
    nudger.base = arena_array(scratch, model->edge_count, sizeof *nudger.base);
    nudger.tied = arena_array(scratch, runs, sizeof *nudger.tied);
    nudger.tie_size = arena_array(scratch, runs, sizeof *nudger.tie_size);
    nudger.ends = arena_array(scratch, 2 * model->edge_count, sizeof *nudger.ends);
    list_obstacles(&nudger);
    for (int round = 0; round < ROUNDS; round++) {
        gather(&nudger);
        straighten(&nudger);
        nudge(&nudger, true, lane_of, runs);
        nudge(&nudger, false, lane_of, runs);
    }
    arena_scratch_end(scratch);
}
