/* Candidates are told apart by the plain engine, which takes microseconds and gives nearly the extents that dot will; only the
 * chosen one is laid out with dot and routed. What counts is how large the picture will be on its page.
 */
#include "layout/choose.h"

#include <math.h>
#include <string.h>

#include "layout/hints.h"
#include "layout/label.h"
#include "layout/measure.h"
#include "layout/overlay.h"
#include "layout/quality.h"
#include "layout/room.h"
#include "layout/route.h"
#include "layout/untangle.h"

enum { MOST_ATTEMPTS = 3, MOST_NODES = 400, MOST_TWICE = 60, MOST_VARIANTS = 24, MOST_ROUNDS = 3 };

static const double LONGER = 20; /* px of lines that count 1 more when siblings change places to save a crossing */
/* How much better a picture that leaves the order of the file must be when one that keeps it has as few crossings. */
static const double EXCHANGED = 1.1;
static const double TOLERATED = 0.98; /* of the room on the page: a little too large is better than another fold */

static struct point extent(const struct model *model, const struct placed *placed) {
    struct point most = {0, 0};
    for (size_t i = 0; i < model->node_count; i++) {
        most.x = fmax(most.x, rect_right(placed[i].box));
        most.y = fmax(most.y, rect_bottom(placed[i].box));
    }
    return most;
}

static double page_aspect(enum page page) { return page == PAGE_16_9 ? 16.0 / 9 : page == PAGE_4_3 ? 4.0 / 3 : 0; }

/* How large one px of the picture is on a page of area 1. */
static double scale_on_page(struct point size, double aspect) {
    if (aspect <= 0)
        return 1;
    return fmin(sqrt(aspect) / fmax(size.x, 1), 1 / sqrt(aspect) / fmax(size.y, 1));
}

/* What a slide of 13.33 x 7.5 inches holds with names of 8 points: beyond it pictures of up to 25 nodes are folded; larger ones get room in
 * proportion. */
static struct point room_on_page(const struct model *model, double aspect) {
    static const double area = 1515.0 * 852.0, nodes = 25;
    double leaves = 0;
    for (size_t i = 0; i < model->node_count; i++)
        leaves += !model->nodes[i]->group;
    double size = area * fmax(leaves / nodes, 1);
    return (struct point){sqrt(size * aspect), sqrt(size / aspect)};
}

struct choice {
    const struct model *model;
    const struct metrics *metrics;
    const struct sizes *sizes;
    struct arena *arena;
    struct placed *placed; /* of the candidate at hand */
    double aspect;
    struct group_options best;
    double scale;        /* of the best, on its page */
    double enough;       /* larger need not be */
    struct point extent; /* of the best */
};

/* `worth`: how much larger the picture must become on its page for this one to be taken. */
static void consider(struct choice *choice, struct group_options options, double worth) {
    struct arena *scratch = arena_scratch(choice->arena);
    group_place(choice->model, choice->metrics, choice->sizes, &engine_plain, &options, scratch, choice->placed);
    struct point size = extent(choice->model, choice->placed);
    double scale = fmin(scale_on_page(size, choice->aspect), choice->enough);
    size_t pieces = 0; /* an overlay in pieces is as bad as a picture a quarter smaller */
    overlay_frames(choice->model, choice->sizes, choice->placed, scratch, &pieces);
    arena_scratch_end(scratch);
    scale /= 1 + 0.33 * (double)pieces;
    if (scale > choice->scale * worth) {
        choice->best = options;
        choice->scale = scale;
        choice->extent = size;
    }
}

/* Where the best so far does not fit its page, the same with chains folded and stacks in columns, no tighter than it takes. */
static void consider_folded(struct choice *choice, struct point room) {
    static const double parts[] = {1, 0.8, 0.6, 0.45, 0.3};
    enum direction given = choice->model->root->direction;
    struct group_options flat = choice->best;
    choice->enough = TOLERATED * scale_on_page(room, choice->aspect);
    for (size_t k = 0; k < (given == DIRECTION_DEFAULT ? 2 : 1); k++) {
        bool down = given == DIRECTION_DEFAULT ? flat.direction == DIRECTION_DOWN
                                               : given == DIRECTION_DOWN || given == DIRECTION_UP;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            struct group_options options = flat;
            options.along = parts[i] * (down ? room.y : room.x);
            options.across = parts[i] * (down ? room.x : room.y);
            consider(choice, options, k ? 1.1 : 1.03);
        }
        flat.direction = flat.direction == DIRECTION_DOWN ? DIRECTION_RIGHT : DIRECTION_DOWN;
    }
}

/* Of a large picture too little is seen at once to follow a flow through all of it: where it would be mostly white, its groups are
 * packed. */
static void consider_packed(struct choice *choice) {
    static const double shares[] = {0.75, 0.5};
    struct group_options folded = choice->best;
    for (size_t i = 0; i < 2 * (sizeof shares / sizeof *shares); i++) {
        struct group_options options = folded;
        options.dense = shares[i / 2];
        if (i % 2)
            options.along = options.across = 0;
        consider(choice, options, choice->best.dense > 0 ? 1.03 : 1.2);
    }
}

static struct group_options choose(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
                                   struct arena *arena) {
    struct choice choice = {.model = model,
                            .metrics = metrics,
                            .sizes = sizes,
                            .arena = arena,
                            .placed = arena_array(arena, model->node_count, sizeof(struct placed)),
                            .aspect = page_aspect(model->page),
                            .best = {.direction = DIRECTION_RIGHT},
                            .enough = INFINITY};
    consider(&choice, choice.best, 1);
    if (choice.aspect <= 0)
        return choice.best;
    consider(&choice, (struct group_options){.direction = DIRECTION_RIGHT, .turned = true}, 1.25);
    if (model->root->direction == DIRECTION_DEFAULT) {
        consider(&choice, (struct group_options){.direction = DIRECTION_DOWN}, choice.best.turned ? 1.05 : 1.25);
        consider(&choice, (struct group_options){.direction = DIRECTION_DOWN, .turned = true},
                 choice.best.turned ? 1.05 : 1.25);
    }
    struct point room = room_on_page(model, choice.aspect);
    if (choice.extent.x > room.x || choice.extent.y > room.y)
        consider_folded(&choice, room);
    if (choice.scale < choice.enough && model->node_count > MOST_TWICE)
        consider_packed(&choice);
    return choice.best;
}

/* Everything that sticks out to the left or top moves the picture, so that it starts at 0, 0. */
static void normalise(const struct model *model, struct layout *layout) {
    double left = 0, top = 0, right = 0, bottom = 0;
    struct rect all = {0, 0, 0, 0};
    for (size_t i = 0; i < 2 * model->edge_count; i++) {
        const struct routed *routed = &layout->edges[i / 2];
        struct rect r = i % 2 ? routed->badge : routed->label;
        if (r.w > 0)
            left = fmin(left, r.x), top = fmin(top, r.y), right = fmax(right, rect_right(r)),
            bottom = fmax(bottom, rect_bottom(r));
        for (size_t k = 0; k < routed->n && i % 2; k++) {
            left = fmin(left, routed->points[k].x), right = fmax(right, routed->points[k].x);
            top = fmin(top, routed->points[k].y), bottom = fmax(bottom, routed->points[k].y);
        }
    }
    for (size_t i = 0; i < model->node_count; i++) {
        all = layout->step_badges[i].w > 0 ? layout->step_badges[i] : layout->nodes[i].box;
        left = fmin(left, all.x), top = fmin(top, all.y);
        right = fmax(right, fmax(rect_right(all), rect_right(layout->nodes[i].box)));
        bottom = fmax(bottom, fmax(rect_bottom(all), rect_bottom(layout->nodes[i].box)));
    }
    for (size_t i = 0; i < model->overlay_count; i++)
        for (size_t k = 0; k < layout->overlays[i].n; k++) {
            struct rect frame = layout->overlays[i].frames[k];
            left = fmin(left, frame.x), top = fmin(top, frame.y);
            right = fmax(right, rect_right(frame)), bottom = fmax(bottom, rect_bottom(frame));
        }
    double dx = ceil(-left), dy = ceil(-top);
    for (size_t i = 0; i < model->overlay_count; i++)
        for (size_t k = 0; k < layout->overlays[i].n; k++)
            layout->overlays[i].frames[k].x += dx, layout->overlays[i].frames[k].y += dy;
    for (size_t i = 0; i < model->node_count; i++) {
        struct rect *rects[] = {&layout->nodes[i].box, &layout->nodes[i].icon, &layout->nodes[i].title,
                                &layout->step_badges[i]};
        for (size_t k = 0; k < 4; k++)
            rects[k]->x += dx, rects[k]->y += dy;
    }
    for (size_t i = 0; i < model->edge_count; i++) {
        struct routed *routed = &layout->edges[i];
        routed->label.x += dx, routed->label.y += dy, routed->badge.x += dx, routed->badge.y += dy;
        for (size_t k = 0; k < routed->n; k++)
            routed->points[k].x += dx, routed->points[k].y += dy;
    }
    layout->width = ceil(right + dx), layout->height = ceil(bottom + dy);
}

static void draw(const struct model *model, struct layout *layout, const struct sizes *sizes,
                 const struct place_limits *limits, const struct group_options *options, struct str *graphs,
                 struct arena *arena, struct diags *diags) {
    if (graphs)
        str_clear(graphs);
    place_run(model, layout->metrics, sizes, limits, options, 1, &layout->nodes, graphs, arena, diags);
    if (sizes != &layout->sizes)
        room_remove(model, &layout->sizes, layout->nodes);
    size_t pieces;
    layout->direction = model->root->direction != DIRECTION_DEFAULT ? model->root->direction : options->direction;
    layout->overlays = overlay_frames(model, &layout->sizes, layout->nodes, arena, &pieces);
    route_edges(model, layout, arena, diags);
    label_place(model, layout, arena);
}

static struct layout *layout_copy(const struct model *model, const struct layout *layout, struct arena *arena) {
    struct layout *copy = arena_alloc(arena, sizeof *copy);
    *copy = *layout;
    copy->nodes = arena_array(arena, model->node_count, sizeof *copy->nodes);
    copy->edges = arena_array(arena, model->edge_count, sizeof *copy->edges);
    copy->step_badges = arena_array(arena, model->node_count, sizeof *copy->step_badges);
    return copy;
}

static size_t children_of_type(const struct node *parent, const struct type *type) {
    size_t n = 0;
    for (size_t i = 0; i < parent->child_count; i++)
        n += parent->children[i]->type == type;
    return n;
}

/* Whether an edge between equals joins the two peers of a pair, which might as well stand one after the other. */
static bool lateral_peers(const struct model *model) {
    for (size_t i = 0; i < model->edge_count; i++) {
        const struct edge *edge = model->edges[i];
        const struct node *common = model_common(edge->from, edge->to), *a = edge->from, *b = edge->to;
        if (!edge->kind->lateral || common == a || common == b)
            continue;
        while (a->parent != common)
            a = a->parent;
        while (b->parent != common)
            b = b->parent;
        if (a->group && a->type == b->type && a->type->peers == PEERS_LOOSE && children_of_type(common, a->type) == 2)
            return true;
    }
    return false;
}

/* Whether Regions with replication between them look better above or beside each other only their lines can tell: both are drawn, and
 * the one that is clearly worth more is kept, as `options` then say. Straight lines are worth a picture that is a little longer. */
static struct layout *draw_better(const struct model *model, struct layout *layout, const struct place_limits *limits,
                                  struct group_options *options, struct str *graphs, struct arena *arena,
                                  struct diags *diags) {
    draw(model, layout, &layout->sizes, limits, options, graphs, arena, diags);
    if (model->node_count > MOST_TWICE || !lateral_peers(model))
        return layout;
    struct layout *other = layout_copy(model, layout, arena);
    struct group_options flowing = *options;
    struct diags again = diags_new(arena);
    flowing.lateral_flows = true;
    draw(model, other, &other->sizes, limits, &flowing, graphs, arena, &again);
    normalise(model, layout), normalise(model, other);
    struct quality one = quality_measure(model, layout, arena), two = quality_measure(model, other, arena);
    double aspect = page_aspect(model->page);
    bool straighter = two.value[MEASURE_BENDS] < one.value[MEASURE_BENDS];
    if (quality_score(&two, aspect) > (straighter ? 1.1 : 0.95) * quality_score(&one, aspect)) {
        if (graphs)
            draw(model, layout, &layout->sizes, limits, options, graphs, arena, &again);
        return layout;
    }
    *options = flowing;
    return other;
}

static double worth(const struct model *model, struct layout *layout, struct quality *quality, struct arena *arena) {
    normalise(model, layout);
    *quality = quality_measure(model, layout, arena);
    return quality_score(quality, page_aspect(model->page)) + quality->length / LONGER;
}

/* The best of what is near a picture with crossings, then of what is near that, as long as crossings become fewer. Only the plain engine
 * is asked: how a group looks within hardly changes, and a process for every variant would cost more than all the rest. */
static struct layout *untangle(const struct model *model, struct layout *layout, struct place_limits *limits,
                               struct group_options *options, struct arena *arena) {
    struct quality quality;
    double least = worth(model, layout, &quality, arena);
    struct place_limits plain = *limits;
    struct diags again = diags_new(arena);
    plain.plain = true;
    for (int round = 0; round < MOST_ROUNDS && quality.value[MEASURE_CROSSINGS] > 0; round++) {
        struct variant variants[MOST_VARIANTS];
        size_t n = untangle_list(model, &quality, options->keys, arena, variants, MOST_VARIANTS);
        struct layout *best = NULL;
        struct group_options chosen = *options;
        double crossings = quality.value[MEASURE_CROSSINGS], orderly = crossings;
        for (size_t i = 0; i < n; i++) {
            struct layout *other = layout_copy(model, layout, arena);
            struct group_options exchanged = *options;
            struct quality theirs;
            exchanged.keys = variants[i].keys ? variants[i].keys : options->keys;
            other->care = variants[i].care, other->long_first = variants[i].long_first;
            draw(model, other, &other->sizes, &plain, &exchanged, NULL, arena, &again);
            double score = worth(model, other, &theirs, arena);
            if (!variants[i].keys)
                orderly = fmin(orderly, theirs.value[MEASURE_CROSSINGS]);
            else if (theirs.value[MEASURE_CROSSINGS] >= orderly)
                score *= EXCHANGED;
            bool fewer = theirs.value[MEASURE_CROSSINGS] < crossings + (variants[i].keys ? 0 : 0.5);
            if (!fewer || score >= least)
                continue;
            least = score, quality = theirs;
            best = other, chosen = exchanged;
        }
        if (!best)
            break;
        layout = best, *options = chosen, *limits = plain;
    }
    return layout;
}

/* Labels that found no place are given more room, as long as that helps; in a large picture nobody would notice. `least`: how many are
 * left without. */
static struct layout *give_room(const struct model *model, struct layout *layout, const struct place_limits *limits,
                                const struct group_options *options, struct str *graphs, struct arena *arena,
                                size_t *least) {
    struct room room = room_new(model, arena);
    struct diags again = diags_new(arena); /* whatever placing has to say it has said already */
    struct layout *best = layout, *next = layout;
    *least = SIZE_MAX;
    for (int attempt = 0; attempt <= MOST_ATTEMPTS && model->node_count <= MOST_NODES; attempt++) {
        size_t crowded = room_ask(&room, model, next);
        if (crowded < *least)
            best = next, *least = crowded;
        if (*least == 0 || attempt == MOST_ATTEMPTS)
            break;
        struct sizes sizes = room_add(&room, model, &layout->sizes, arena);
        next = layout_copy(model, layout, arena);
        draw(model, next, &sizes, limits, options, graphs, arena, &again);
    }
    return best;
}

/* Narrow labels get by with less room, but may in the end stand in the way of lines: then the same with whole ones. */
static struct layout *make_room(const struct model *model, struct layout *layout, const struct place_limits *limits,
                                const struct group_options *options, struct str *graphs, struct arena *arena) {
    size_t least, left;
    struct layout *best = give_room(model, layout, limits, options, graphs, arena, &least);
    if (least == 0 || model->node_count > MOST_TWICE)
        return best;
    struct layout *whole = layout_copy(model, layout, arena);
    struct diags again = diags_new(arena);
    whole->whole_labels = true;
    draw(model, whole, &whole->sizes, limits, options, NULL, arena, &again);
    whole = give_room(model, whole, limits, options, graphs, arena, &left);
    return left < least ? whole : best;
}

/* Other ways for the lines of a finished picture that has crossings, in the same places. */
static struct layout *reroute(const struct model *model, struct layout *layout, struct arena *arena) {
    size_t pieces;
    struct quality quality;
    double least = worth(model, layout, &quality, arena);
    struct variant routings[MOST_VARIANTS];
    size_t n = untangle_routings(routings, MOST_VARIANTS);
    struct diags again = diags_new(arena);
    struct layout *best = layout;
    for (size_t i = 0; i < n && quality.value[MEASURE_CROSSINGS] > 0; i++) {
        struct layout *other = layout_copy(model, layout, arena);
        struct quality theirs;
        memcpy(other->nodes, layout->nodes, model->node_count * sizeof *other->nodes);
        other->care = routings[i].care, other->long_first = routings[i].long_first;
        other->overlays = overlay_frames(model, &other->sizes, other->nodes, arena, &pieces);
        route_edges(model, other, arena, &again);
        label_place(model, other, arena);
        double score = worth(model, other, &theirs, arena);
        if (score < least)
            least = score, best = other;
    }
    return best;
}

struct layout *layout_choose(const struct model *model, const struct place_limits *limits, struct str *graphs,
                             struct arena *arena, struct diags *diags) {
    struct layout *layout = arena_alloc(arena, sizeof *layout);
    layout->metrics = &metrics_default;
    layout->sizes = measure_model(model, layout->metrics, arena, diags);
    layout->nodes = arena_array(arena, model->node_count, sizeof *layout->nodes);
    layout->edges = arena_array(arena, model->edge_count, sizeof *layout->edges);
    layout->step_badges = arena_array(arena, model->node_count, sizeof *layout->step_badges);
    struct group_options options = choose(model, layout->metrics, &layout->sizes, arena);
    layout = draw_better(model, layout, limits, &options, graphs, arena, diags);
    struct place_limits again = *limits;
    if (model->node_count <= MOST_TWICE)
        layout = untangle(model, layout, &again, &options, arena);
    layout = make_room(model, layout, &again, &options, again.plain && !limits->plain ? NULL : graphs, arena);
    if (model->node_count <= MOST_TWICE)
        layout = reroute(model, layout, arena);
    normalise(model, layout);
    hints_check(model, layout, diags);
    return layout;
}
