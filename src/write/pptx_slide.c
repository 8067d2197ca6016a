/* One slide as native shapes: what the things of the scene become. Everything stands where the scene has it, scaled to the slide. */
#include <math.h>
#include <string.h>

#include "write/pptx_draw.h"

enum { MOST_SCALE = 14288 }; /* EMU a px: small pictures grow by half at most */

/* --- groups and nodes --------------------------------------------------------------------------------------------------- */

static void put_icon_of(struct pptx_slide *s, const struct thing *thing, const struct object *of) {
    const struct piece *icon = shape_piece(thing, PIECE_ICON);
    const struct path *tile = shape_path(thing, ROLE_ICON_TILE);
    const char *said = thing->object->type ? thing->object->type : "Icon";
    if (icon)
        pptx_put_picture(s, icon->icon, said, of);
    else if (tile)
        pptx_put_labelled(s, tile, pptx_words_of_role(thing, ROLE_ICON_TILE), "Icon", said, of);
}

static const char *name_of(const struct thing *thing) {
    const struct object *object = thing->object;
    return object->name ? object->name : object->id ? object->id : "Shape";
}

static const char *said_of(struct pptx_slide *s, const struct thing *thing) {
    const struct object *object = thing->object;
    return object->type ? arena_printf(s->arena, "%s (%s)", name_of(thing), object->type) : name_of(thing);
}

/* What cannot be seen: it is there for lines and text. */
static void put_bare(struct pptx_slide *s, const struct pptx_target *target) {
    xml_start(&s->xml, "p:spPr");
    pptx_put_transform(&s->xml, pptx_place_of(s, target->box));
    pptx_put_tied_rectangle(s, target);
    pptx_empty(&s->xml, "a:noFill");
    xml_start(&s->xml, "a:ln");
    pptx_empty(&s->xml, "a:noFill");
    xml_end(&s->xml);
    xml_end(&s->xml);
}

static void put_ties(struct pptx_slide *s, const struct thing *thing, enum pptx_target_kind kind) {
    const struct pptx_target *target = &s->targets[thing->index][kind];
    if (!target->used)
        return;
    pptx_begin_shape(s, target->id, "Ties", name_of(thing), false, NULL);
    put_bare(s, target);
    xml_end(&s->xml);
}

static void put_cluster(struct pptx_slide *s, const struct thing *thing) {
    const struct path *frame = shape_path(thing, ROLE_FRAME);
    struct rect box = thing->object->box, all = box;
    for (size_t i = 0; i < thing->pieces.n; i++)
        all = pptx_around(all, pptx_piece_box(&thing->pieces.at[i]));
    pptx_begin_group(s, pptx_new_id(s), name_of(thing), said_of(s, thing), all);
    const struct pptx_target *target = &s->targets[thing->index][TARGET_MIDDLES];
    pptx_begin_shape(s, target->id, "Frame", name_of(thing), false, NULL);
    xml_start(&s->xml, "p:spPr");
    pptx_put_transform(&s->xml, pptx_place_of(s, box));
    if (frame->rectangle)
        pptx_put_tied_rectangle(s, target);
    else
        pptx_put_steps(s, frame, box); /* with gaps for the titles it crosses */
    pptx_put_fill(s, frame->fill);
    pptx_put_stroke(s, frame, false, false);
    xml_end(&s->xml);
    xml_end(&s->xml);
    put_ties(s, thing, TARGET_PLACES);
    put_icon_of(s, thing, thing->object);
    for (size_t i = 0; i < thing->pieces.n; i++)
        if (thing->pieces.at[i].kind == PIECE_WORDS && thing->pieces.at[i].words.first->role != ROLE_ICON_TILE)
            pptx_put_words(s, &thing->pieces.at[i].words);
    xml_end(&s->xml);
}

struct rect pptx_icon_box(const struct thing *node) {
    const struct piece *icon = shape_piece(node, PIECE_ICON);
    const struct path *tile = shape_path(node, ROLE_ICON_TILE);
    return icon ? icon->icon->box : tile ? tile->box : node->object->box;
}

/* The name's: as wide to the left of the icon's middle as to the right, so that it stands below it. */
struct rect pptx_card_box(const struct thing *node) {
    struct rect icon = pptx_icon_box(node), box = {icon.x, rect_bottom(icon), icon.w, 1};
    for (size_t i = 0; i < node->pieces.n; i++)
        if (node->pieces.at[i].kind == PIECE_WORDS && node->pieces.at[i].words.first->role != ROLE_ICON_TILE)
            box = pptx_around(box, pptx_roomy(&node->pieces.at[i].words));
    double centre = rect_centre(icon).x, half = fmax(centre - box.x, rect_right(box) - centre);
    return (struct rect){centre - half, box.y, 2 * half, box.h};
}

static void put_card(struct pptx_slide *s, const struct thing *node) {
    const struct pptx_target *target = &s->targets[node->index][TARGET_NAME];
    const struct words *first = NULL;
    pptx_begin_shape(s, target->id, "Name", name_of(node), true, node->object);
    put_bare(s, target);
    for (size_t i = 0; i < node->pieces.n; i++) {
        const struct piece *piece = &node->pieces.at[i];
        if (piece->kind != PIECE_WORDS || piece->words.first->role == ROLE_ICON_TILE)
            continue;
        if (!first)
            pptx_begin_text(s, "t", pptx_emu((piece->words.box.y - target->box.y) * s->k));
        first = first ? first : &piece->words;
        pptx_put_paragraph(s, &piece->words, ANCHOR_MIDDLE);
    }
    if (!first) {
        pptx_begin_text(s, "t", 0);
        pptx_empty(&s->xml, "a:p");
    }
    xml_end(&s->xml);
    xml_end(&s->xml);
}

static void put_node(struct pptx_slide *s, const struct thing *node) {
    const struct pptx_target *targets = s->targets[node->index];
    bool tied = targets[TARGET_MIDDLES].used || targets[TARGET_PLACES].used;
    struct rect all = pptx_around(targets[TARGET_NAME].box, tied ? targets[TARGET_MIDDLES].box : pptx_icon_box(node));
    for (size_t i = 0; i < node->pieces.n; i++)
        all = pptx_around(all, pptx_piece_box(&node->pieces.at[i]));
    for (size_t i = 0; node->ground && i < node->ground->pieces.n; i++)
        all = pptx_around(all, pptx_piece_box(&node->ground->pieces.at[i]));
    pptx_begin_group(s, pptx_new_id(s), name_of(node), said_of(s, node), all);
    for (size_t i = 0; node->ground && i < node->ground->pieces.n; i++)
        pptx_put_path(s, node->ground->pieces.at[i].path, "Ground");
    put_ties(s, node, TARGET_MIDDLES);
    put_ties(s, node, TARGET_PLACES);
    put_card(s, node);
    const struct path *ring = shape_path(node, ROLE_SHAPE);
    if (ring)
        pptx_put_path(s, ring, "Emphasis");
    put_icon_of(s, node, node->object);
    xml_end(&s->xml);
}

/* --- what stands over the diagram and beside it -------------------------------------------------------------------------------- */

static unsigned put_badge(struct pptx_slide *s, const struct thing *badge) {
    const struct object *object = badge->object;
    const struct piece *ground = shape_piece(badge, PIECE_PATH), *text = shape_piece(badge, PIECE_WORDS);
    bool step = object->kind == OBJECT_STEP;
    const char *name = arena_printf(s->arena, "%s %d", step ? "Step" : "Note", step ? object->step : object->number);
    const char *note = step ? NULL : shapes_note_text(&s->shapes, object->number);
    return pptx_put_labelled(s, ground->path, &text->words, name, note ? note : name, NULL);
}

static void put_life(struct pptx_slide *s, const struct thing *life) {
    struct rect all = pptx_piece_box(&life->pieces.at[0]);
    const char *said = life->object->tooltip ? life->object->tooltip : "Lifecycle";
    for (size_t i = 1; i < life->pieces.n; i++)
        all = pptx_around(all, pptx_piece_box(&life->pieces.at[i]));
    pptx_begin_group(s, pptx_new_id(s), "Lifecycle", said, all);
    for (size_t i = 0; i < life->pieces.n; i++)
        pptx_put_path(s, life->pieces.at[i].path, "Clock");
    xml_end(&s->xml);
}

/* Pieces `from` to `end` (not included), and the badges among them, as they stand. */
static void put_pieces(struct pptx_slide *s, const struct thing *thing, size_t from, size_t end) {
    for (size_t i = from; i < end; i++) {
        const struct piece *piece = &thing->pieces.at[i];
        const struct path *path = piece->kind == PIECE_PATH ? piece->path : NULL;
        if (i + 1 < end && pptx_is_ground_of(piece, piece + 1)) {
            const char *text = pptx_joined(s, &piece[1].words);
            pptx_put_labelled(s, path, &piece[1].words, "Tag", text, NULL);
            i++;
        } else if (path && path->n == 2 && path->role == ROLE_LINE) {
            pptx_put_sample(s, path);
        } else {
            pptx_put_piece(s, piece);
        }
    }
}

static void put_inner_badges(struct pptx_slide *s, const struct thing *outer, int step) {
    for (size_t i = outer->index + 1; i < s->shapes.all.n && s->shapes.all.at[i]->outer; i++)
        if (s->shapes.all.at[i]->outer == outer && s->shapes.all.at[i]->object->step == step)
            put_badge(s, s->shapes.all.at[i]);
}

static struct rect inner_box(const struct pptx_slide *s, const struct thing *outer, int step, struct rect box) {
    for (size_t i = outer->index + 1; i < s->shapes.all.n && s->shapes.all.at[i]->outer; i++)
        if (s->shapes.all.at[i]->outer == outer && s->shapes.all.at[i]->object->step == step)
            box = pptx_around(box, s->shapes.all.at[i]->object->box);
    return box;
}

/* A note with its number and its marks is one group. */
static void put_note(struct pptx_slide *s, const struct thing *note) {
    if (!note->pieces.n)
        return;
    struct rect all = pptx_piece_box(&note->pieces.at[0]);
    for (size_t i = 1; i < note->pieces.n; i++)
        all = pptx_around(all, pptx_piece_box(&note->pieces.at[i]));
    const char *said = shapes_note_text(&s->shapes, note->object->number);
    const char *name = arena_printf(s->arena, "Note %d", note->object->number);
    pptx_begin_group(s, pptx_new_id(s), name, said ? said : name, inner_box(s, note, 0, all));
    put_inner_badges(s, note, 0);
    put_pieces(s, note, 0, note->pieces.n);
    xml_end(&s->xml);
}

/* Heading, then a group a row, which a click shows with what it tells of. */
static void put_table(struct pptx_slide *s, const struct thing *table) {
    size_t i = 0, end;
    for (; i < table->pieces.n; i = end) {
        int step = table->pieces.at[i].step;
        struct rect all = pptx_piece_box(&table->pieces.at[i]);
        for (end = i; end < table->pieces.n && table->pieces.at[end].step == step; end++)
            all = pptx_around(all, pptx_piece_box(&table->pieces.at[end]));
        if (step == 0) {
            put_pieces(s, table, i, end);
            continue;
        }
        unsigned id = pptx_new_id(s);
        const struct piece *text = &table->pieces.at[i];
        const char *name = arena_printf(s->arena, "Step %d", step);
        pptx_begin_group(s, id, name, text->kind == PIECE_WORDS ? pptx_joined(s, &text->words) : name,
                         inner_box(s, table, step, all));
        put_inner_badges(s, table, step);
        put_pieces(s, table, i, end);
        xml_end(&s->xml);
        pptx_will_show(s, step, id, false, false);
    }
}

/* The first text is the title of the slide, for outlines and readers. */
static void put_title(struct pptx_slide *s, const struct thing *thing) {
    struct xml *xml = &s->xml;
    for (size_t i = 0; i < thing->pieces.n; i++) {
        const struct piece *piece = &thing->pieces.at[i];
        if (s->has_title || piece->kind != PIECE_WORDS || piece->words.first->role != ROLE_TITLE_TEXT) {
            pptx_put_piece(s, piece);
            continue;
        }
        s->has_title = true;
        xml_start(xml, "p:sp");
        xml_start(xml, "p:nvSpPr");
        pptx_put_names(s, pptx_new_id(s), "Title", pptx_joined(s, &piece->words), NULL);
        pptx_empty(xml, "p:cNvSpPr");
        xml_start(xml, "p:nvPr");
        xml_start(xml, "p:ph");
        xml_attribute(xml, "type", "title");
        xml_end(xml);
        xml_end(xml);
        xml_end(xml);
        struct rect box = piece->words.box;
        box.w = rect_right(thing->object->box) - box.x;
        pptx_end_text_shape(s, &piece->words, box);
    }
}

static void put_thing(struct pptx_slide *s, const struct thing *thing) {
    const struct object *object = thing->object;
    bool inside = thing->outer != NULL; /* badges in tables are put with their rows */
    switch (object ? object->kind : OBJECT_LEGEND) {
    case OBJECT_BACKGROUND: break;
    case OBJECT_TITLE: put_title(s, thing); break;
    case OBJECT_CLUSTER: put_cluster(s, thing); break;
    case OBJECT_NODE: put_node(s, thing); break;
    case OBJECT_EDGE: pptx_put_edge(s, thing); break;
    case OBJECT_LABEL:
        for (size_t i = 0; i < thing->pieces.n; i++)
            pptx_will_show(s, inside ? thing->outer->object->step : 0, pptx_put_words(s, &thing->pieces.at[i].words),
                           true, true);
        break;
    case OBJECT_STEP:
        if (!inside)
            pptx_will_show(s, object->step, put_badge(s, thing), true, false);
        break;
    case OBJECT_CALLOUT:
        if (!inside)
            put_badge(s, thing);
        break;
    case OBJECT_LIFE: put_life(s, thing); break;
    case OBJECT_NOTE: put_note(s, thing); break;
    case OBJECT_STEPS: put_table(s, thing); break;
    default:
        if (!thing->is_ground)
            put_pieces(s, thing, 0, thing->pieces.n);
    }
}

/* --- the slide ------------------------------------------------------------------------------------------------------------------- */

static void fit(struct pptx_slide *s) {
    double w = s->scene->width, h = s->scene->height;
    s->k = fmin(MOST_SCALE, fmin(SLIDE_WIDTH / w, SLIDE_HEIGHT / h));
    s->x = (SLIDE_WIDTH - w * s->k) / 2;
    s->y = (SLIDE_HEIGHT - h * s->k) / 2;
}

static void put_background(struct pptx_slide *s) {
    xml_start(&s->xml, "p:bg");
    xml_start(&s->xml, "p:bgPr");
    pptx_put_fill(s, paint_role(COLOUR_PAGE));
    pptx_empty(&s->xml, "a:effectLst");
    xml_end(&s->xml);
    xml_end(&s->xml);
}

static void put_tree(struct pptx_slide *s) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:spTree");
    xml_start(xml, "p:nvGrpSpPr");
    xml_start(xml, "p:cNvPr");
    xml_printf(xml, "id", "%u", pptx_new_id(s));
    xml_attribute(xml, "name", "");
    xml_end(xml);
    pptx_empty(xml, "p:cNvGrpSpPr");
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    pptx_empty(xml, "p:grpSpPr");
    pptx_tie_all(s);
    for (size_t i = 0; i < s->shapes.all.n; i++)
        put_thing(s, s->shapes.all.at[i]);
    xml_end(xml);
}

void pptx_slide_put(struct pptx_slide *s, struct str *out) {
    struct xml *xml = &s->xml;
    s->xml = (struct xml){.out = out};
    s->shapes = shapes_read(s->scene, s->arena);
    fit(s);
    xml_start(xml, "p:sld");
    xml_attribute(xml, "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main");
    xml_attribute(xml, "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    xml_attribute(xml, "xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main");
    xml_start(xml, "p:cSld");
    put_background(s);
    put_tree(s);
    xml_end(xml);
    xml_start(xml, "p:clrMapOvr");
    pptx_empty(xml, "a:masterClrMapping");
    xml_end(xml);
    pptx_timing_put(s);
    xml_end(xml);
}
