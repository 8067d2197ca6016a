/* Lines: connectors glued to what they join where programs then lead them as we do, else drawn as they are. */
#include <math.h>

#include "write/pptx_draw.h"

/* --- lines ---------------------------------------------------------------------------------------------------------------------- */

void pptx_will_show(struct pptx_slide *s, int step, unsigned id, bool shape, bool text) {
    if (step > 0)
        *array_push(s->arena, &s->builds) = (struct pptx_build){step, id, shape, text};
}

/* Its corners: points where it does not turn are left out. */
static size_t corners(const struct object *edge, struct point *out) {
    size_t n = 0;
    for (size_t i = 0; i < edge->point_count; i++) {
        struct point p = edge->points[i];
        if (n && fabs(out[n - 1].x - p.x) < 0.01 && fabs(out[n - 1].y - p.y) < 0.01)
            continue;
        if (n > 1 && ((fabs(out[n - 2].x - out[n - 1].x) < 0.01 && fabs(out[n - 1].x - p.x) < 0.01) ||
                      (fabs(out[n - 2].y - out[n - 1].y) < 0.01 && fabs(out[n - 1].y - p.y) < 0.01)))
            n--;
        out[n++] = p;
    }
    return n;
}

static bool level(struct point a, struct point b) { return fabs(a.y - b.y) < 0.01; }

/* Lines of up to three runs, the ends of which are not beside each other. */
static bool is_connector(const struct point *p, size_t n) {
    if (n < 2 || n > 4)
        return false;
    return n < 4 || (level(p[0], p[1]) ? fabs(p[3].x - p[0].x) : fabs(p[3].y - p[0].y)) > 1;
}

static int angle(struct point from, struct point to) {
    return level(from, to) ? (to.x > from.x ? 0 : 10800000) : to.y > from.y ? 5400000 : 16200000;
}

static size_t put_site(struct pptx_slide *s, struct pptx_target *target, double x, double y, int leaving) {
    *array_push(s->arena, &target->sites) = (struct point){x, y};
    *array_push(s->arena, &target->angles) = leaving;
    return target->sites.n - 1;
}

enum { NO_SITE = 4, REACH = 3 }; /* REACH: px; so far from an icon lines end */

/* Which of the middles of its sides that is, as rectangles count them; NO_SITE: none. */
static size_t middle_at(const struct pptx_target *target, struct point at, struct point next) {
    struct rect box = target->box;
    struct point centre = rect_centre(box);
    const struct point middles[NO_SITE] = {
        {centre.x, box.y}, {box.x, centre.y}, {centre.x, rect_bottom(box)}, {rect_right(box), centre.y}};
    static const int leaving[NO_SITE] = {16200000, 10800000, 5400000, 0};
    size_t i = 0;
    while (i < NO_SITE &&
           (fabs(middles[i].x - at.x) > 0.6 || fabs(middles[i].y - at.y) > 0.6 || angle(at, next) != leaving[i]))
        i++;
    return i;
}

/* LibreOffice takes places of a shape's own for the middles unless it has more than four: the middles come first. */
static size_t add_site(struct pptx_slide *s, struct pptx_target *target, struct point at, struct point next) {
    struct rect box = target->box;
    struct point centre = rect_centre(box);
    target->used = true;
    if (!target->sites.n) {
        put_site(s, target, centre.x, box.y, 16200000);
        put_site(s, target, box.x, centre.y, 10800000);
        put_site(s, target, centre.x, rect_bottom(box), 5400000);
        put_site(s, target, rect_right(box), centre.y, 0);
    }
    return put_site(s, target, at.x, at.y, angle(at, next));
}

/* A line that ends below a name makes the box of the name as high. */
static void stretch_name(struct pptx_target *targets, const struct thing *thing, struct point at) {
    struct rect *name = &targets[TARGET_NAME].box;
    bool below = thing->object->kind == OBJECT_NODE && at.y > rect_bottom(targets[TARGET_MIDDLES].box) + 0.5;
    if (below)
        name->h = fmax(name->h, at.y - name->y);
}

/* An end at a middle: the target, and in `site` which. NULL when there is none there. */
static struct pptx_target *find_middle(struct pptx_target *targets, struct point at, struct point next, size_t *site) {
    for (int kind = TARGET_MIDDLES; kind <= TARGET_NAME; kind++) {
        *site = targets[kind].id ? middle_at(&targets[kind], at, next) : NO_SITE;
        if (*site != NO_SITE)
            return &targets[kind];
    }
    return NULL;
}

static void make_targets(struct pptx_slide *s) {
    s->targets = arena_array(s->arena, s->shapes.all.n, sizeof *s->targets);
    for (size_t i = 0; i < s->shapes.all.n; i++) {
        const struct thing *thing = s->shapes.all.at[i];
        struct pptx_target *targets = s->targets[i];
        if (!thing->object || (thing->object->kind != OBJECT_CLUSTER && thing->object->kind != OBJECT_NODE))
            continue;
        bool node = thing->object->kind == OBJECT_NODE;
        struct rect icon = node ? pptx_icon_box(thing) : thing->object->box;
        double reach = node ? REACH : 0;
        targets[TARGET_MIDDLES].id = pptx_new_id(s), targets[TARGET_PLACES].id = pptx_new_id(s);
        targets[TARGET_MIDDLES].box = (struct rect){icon.x - reach, icon.y - reach, icon.w + 2 * reach,
                                                    icon.h + 2 * reach};
        targets[TARGET_PLACES].box = targets[TARGET_MIDDLES].box;
        if (node)
            targets[TARGET_NAME].id = pptx_new_id(s), targets[TARGET_NAME].box = pptx_card_box(thing);
    }
}

static void tie(struct pptx_slide *s, size_t i, const struct point *p, size_t n, struct pptx_target *from,
                struct pptx_target *to) {
    struct pptx_tie *tie = &s->ties[i];
    struct pptx_target *start = find_middle(from, p[0], p[1], &tie->from_site),
                       *stop = find_middle(to, p[n - 1], p[n - 2], &tie->to_site);
    if (!start)
        start = &from[TARGET_PLACES], tie->from_site = add_site(s, start, p[0], p[1]);
    if (!stop)
        stop = &to[TARGET_PLACES], tie->to_site = add_site(s, stop, p[n - 1], p[n - 2]);
    start->used = stop->used = true;
    tie->from = start, tie->to = stop;
}

/* Before anything is put, for lines stand before the nodes they join; names are stretched before all, for that moves their middles. */
void pptx_tie_all(struct pptx_slide *s) {
    size_t count = s->shapes.all.n;
    make_targets(s);
    s->ties = arena_array(s->arena, count, sizeof *s->ties);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            const struct object *edge = s->shapes.all.at[i]->object;
            if (!edge || edge->kind != OBJECT_EDGE || edge->point_count < 2)
                continue;
            const struct thing *from = shapes_find(&s->shapes, edge->from), *to = shapes_find(&s->shapes, edge->to);
            struct point *p = arena_array(s->arena, edge->point_count, sizeof *p);
            size_t n = corners(edge, p);
            if (!from || !to || !is_connector(p, n))
                continue;
            if (pass == 0)
                stretch_name(s->targets[from->index], from, p[0]), stretch_name(s->targets[to->index], to, p[n - 1]);
            else
                tie(s, i, p, n, s->targets[from->index], s->targets[to->index]);
        }
}

/* Presets go from the upper left to the lower right, level at first: others are turned and mirrored. */
static void put_turned(struct pptx_slide *s, struct point a, struct point b, bool upright) {
    struct xml *xml = &s->xml;
    struct place from = pptx_spot(s, a), to = pptx_spot(s, b), box;
    box.w = to.x > from.x ? to.x - from.x : from.x - to.x, box.h = to.y > from.y ? to.y - from.y : from.y - to.y;
    box.x = to.x > from.x ? from.x : to.x, box.y = to.y > from.y ? from.y : to.y;
    bool flip_x = upright ? b.y < a.y : b.x < a.x, flip_y = upright ? b.x > a.x : b.y < a.y;
    if (upright)
        box = (struct place){box.x + (box.w - box.h) / 2, box.y + (box.h - box.w) / 2, box.h, box.w};
    xml_start(xml, "a:xfrm");
    if (upright)
        pptx_number(xml, "rot", 5400000);
    if (flip_x)
        xml_attribute(xml, "flipH", "1");
    if (flip_y)
        xml_attribute(xml, "flipV", "1");
    pptx_put_extent(xml, box);
    xml_end(xml);
}

static void put_glue(struct xml *xml, const char *name, unsigned id, size_t site) {
    xml_start(xml, name);
    xml_printf(xml, "id", "%u", id);
    xml_printf(xml, "idx", "%zu", site);
    xml_end(xml);
}

static void put_course(struct pptx_slide *s, const struct point *p, size_t n) {
    bool upright = n > 2 && !level(p[0], p[1]);
    put_turned(s, p[0], p[n - 1], upright);
    if (n == 2) {
        pptx_put_preset(&s->xml, "straightConnector1", NULL, 0);
    } else if (n == 3) {
        pptx_put_preset(&s->xml, "bentConnector2", NULL, 0);
    } else {
        double share = upright ? (p[1].y - p[0].y) / (p[3].y - p[0].y) : (p[1].x - p[0].x) / (p[3].x - p[0].x);
        pptx_put_preset(&s->xml, "bentConnector3", "adj1", pptx_emu(share * 100000));
    }
}

static void put_connector(struct pptx_slide *s, unsigned id, const struct thing *edge, const struct point *p,
                          size_t n) {
    struct xml *xml = &s->xml;
    const struct object *object = edge->object;
    const struct pptx_tie *tie = &s->ties[edge->index];
    const char *said = shapes_edge_name(&s->shapes, edge);
    xml_start(xml, "p:cxnSp");
    xml_start(xml, "p:nvCxnSpPr");
    pptx_put_names(s, id, said, said, object);
    xml_start(xml, "p:cNvCxnSpPr");
    put_glue(xml, "a:stCxn", tie->from->id, tie->from_site);
    put_glue(xml, "a:endCxn", tie->to->id, tie->to_site);
    xml_end(xml);
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    xml_start(xml, "p:spPr");
    put_course(s, p, n);
    pptx_put_stroke(s, shape_path(edge, ROLE_LINE), object->arrow_from, object->arrow_to);
    xml_end(xml);
    xml_end(xml);
}

/* Drawn as it is, and not tied. */
static void put_freeform(struct pptx_slide *s, unsigned id, const struct thing *edge, const struct point *p, size_t n) {
    const char *said = shapes_edge_name(&s->shapes, edge);
    pptx_begin_shape(s, id, said, said, false, edge->object);
    struct path_step *steps = arena_array(s->arena, n, sizeof *steps);
    for (size_t i = 0; i < n; i++)
        steps[i] = (struct path_step){i ? PATH_LINE : PATH_MOVE, {p[i]}};
    struct path path = {.steps = steps, .n = n};
    struct rect box = path_extent(&path);
    xml_start(&s->xml, "p:spPr");
    pptx_put_transform(&s->xml, pptx_place_of(s, box));
    pptx_put_steps(s, &path, box);
    pptx_empty(&s->xml, "a:noFill");
    pptx_put_stroke(s, shape_path(edge, ROLE_LINE), edge->object->arrow_from, edge->object->arrow_to);
    xml_end(&s->xml);
    xml_end(&s->xml);
}

/* PowerPoint leads a connector that bends as the file says; others, LibreOffice among them, lead it anew, through what is in its way. So
 * those get the line as it is drawn: the choice asks for what PowerPoint has known since 2016. */
static void put_choice(struct pptx_slide *s, unsigned id, const struct thing *edge, const struct point *p, size_t n) {
    struct xml *xml = &s->xml;
    xml_start(xml, "mc:AlternateContent");
    xml_attribute(xml, "xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
    xml_start(xml, "mc:Choice");
    xml_attribute(xml, "xmlns:p159", "http://schemas.microsoft.com/office/powerpoint/2015/09/main");
    xml_attribute(xml, "Requires", "p159");
    put_connector(s, id, edge, p, n);
    xml_end(xml);
    xml_start(xml, "mc:Fallback");
    put_freeform(s, id, edge, p, n);
    xml_end(xml);
    xml_end(xml);
}

void pptx_put_edge(struct pptx_slide *s, const struct thing *edge) {
    const struct object *object = edge->object;
    const struct path *cross = shape_path(edge, ROLE_SHAPE);
    if (object->point_count < 2 || !shape_path(edge, ROLE_LINE))
        return;
    struct point *p = arena_array(s->arena, object->point_count, sizeof *p);
    size_t n = corners(object, p);
    bool tied = s->ties[edge->index].from;
    unsigned id = pptx_new_id(s);
    if (tied && n > 2)
        put_choice(s, id, edge, p, n);
    else if (tied)
        put_connector(s, id, edge, p, n);
    else
        put_freeform(s, id, edge, p, n);
    pptx_will_show(s, object->step, id, !tied, false);
    if (cross)
        pptx_will_show(s, object->step, pptx_put_path(s, cross, "Blocked"), true, false);
}

/* A straight line that joins nothing. */
void pptx_put_sample(struct pptx_slide *s, const struct path *path) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:cxnSp");
    xml_start(xml, "p:nvCxnSpPr");
    pptx_put_names(s, pptx_new_id(s), "Line", "Line", NULL);
    pptx_empty(xml, "p:cNvCxnSpPr");
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    xml_start(xml, "p:spPr");
    put_turned(s, path->steps[0].p[0], path->steps[1].p[0], false);
    pptx_put_preset(xml, "line", NULL, 0);
    pptx_put_stroke(s, path, false, false);
    xml_end(xml);
    xml_end(xml);
}
