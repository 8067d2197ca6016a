/* What slides are made of: places, paint, outlines, text, pictures. */
#include <math.h>
#include <string.h>

#include "write/pptx_draw.h"

enum { POINT = 12700 }; /* EMU */

/* --- numbers ------------------------------------------------------------------------------------------------------------- */

long long pptx_emu(double value) { return (long long)floor(value + 0.5); }

struct place pptx_place_of(const struct pptx_slide *s, struct rect box) {
    long long x = pptx_emu(s->x + box.x * s->k), y = pptx_emu(s->y + box.y * s->k);
    return (struct place){x, y, pptx_emu(s->x + rect_right(box) * s->k) - x,
                          pptx_emu(s->y + rect_bottom(box) * s->k) - y};
}

struct rect pptx_around(struct rect a, struct rect b) {
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (struct rect){x, y, fmax(rect_right(a), rect_right(b)) - x, fmax(rect_bottom(a), rect_bottom(b)) - y};
}

void pptx_number(struct xml *xml, const char *name, long long value) { xml_printf(xml, name, "%lld", value); }

void pptx_empty(struct xml *xml, const char *name) {
    xml_start(xml, name);
    xml_end(xml);
}

/* A point or an extent. */
static void put_pair(struct xml *xml, const char *name, const char *a, long long x, const char *b, long long y) {
    xml_start(xml, name);
    pptx_number(xml, a, x);
    pptx_number(xml, b, y);
    xml_end(xml);
}

void pptx_put_extent(struct xml *xml, struct place place) {
    put_pair(xml, "a:off", "x", place.x, "y", place.y);
    put_pair(xml, "a:ext", "cx", place.w, "cy", place.h);
}

void pptx_put_transform(struct xml *xml, struct place place) {
    xml_start(xml, "a:xfrm");
    pptx_put_extent(xml, place);
    xml_end(xml);
}

/* --- paint ----------------------------------------------------------------------------------------------------------------- */

void pptx_put_fill(struct pptx_slide *s, struct paint paint) {
    struct xml *xml = &s->xml;
    if (paint.kind == PAINT_NONE) {
        pptx_empty(xml, "a:noFill");
        return;
    }
    xml_start(xml, "a:solidFill");
    xml_start(xml, "a:srgbClr");
    xml_printf(xml, "val", "%06X", (unsigned)theme_rgb(s->scene->theme, paint, false));
    if (paint.opacity < 1) {
        xml_start(xml, "a:alpha");
        pptx_number(xml, "val", pptx_emu(paint.opacity * 100000));
        xml_end(xml);
    }
    xml_end(xml);
    xml_end(xml);
}

static void put_head(struct xml *xml, const char *name) {
    xml_start(xml, name);
    xml_attribute(xml, "type", "arrow");
    xml_end(xml);
}

void pptx_put_stroke(struct pptx_slide *s, const struct path *path, bool arrow_from, bool arrow_to) {
    static const char *const dashes[DASHES] = {[DASH_DASHED] = "dash", [DASH_DOTTED] = "sysDot"};
    struct xml *xml = &s->xml;
    xml_start(xml, "a:ln");
    if (path->stroke.kind != PAINT_NONE)
        pptx_number(xml, "w", pptx_emu(path->width * s->k));
    pptx_put_fill(s, path->stroke);
    if (path->stroke.kind != PAINT_NONE) {
        xml_start(xml, "a:prstDash");
        xml_attribute(xml, "val", dashes[path->dash] ? dashes[path->dash] : "solid");
        xml_end(xml);
        if (path->rectangle) {
            xml_start(xml, "a:miter");
            xml_attribute(xml, "lim", "800000");
            xml_end(xml);
        } else {
            pptx_empty(xml, "a:round");
        }
        if (arrow_from)
            put_head(xml, "a:headEnd");
        if (arrow_to)
            put_head(xml, "a:tailEnd");
    }
    xml_end(xml);
}

/* --- names ------------------------------------------------------------------------------------------------------------------ */

const char *pptx_relate(struct pptx_slide *s, const char *type, const char *target, bool outside) {
    *array_push(s->arena, &s->relations) = (struct pptx_relation){type, target, outside};
    return arena_printf(s->arena, "rId%zu", s->relations.n);
}

unsigned pptx_new_id(struct pptx_slide *s) { return ++s->last_id; }

/* What a shape is called, for the selection pane, and said, for those who do not see it. `of` gives link and tooltip; or NULL. */
void pptx_put_names(struct pptx_slide *s, unsigned id, const char *name, const char *said, const struct object *of) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:cNvPr");
    xml_printf(xml, "id", "%u", id);
    xml_attribute(xml, "name", name);
    xml_attribute(xml, "descr", said);
    if (of && (of->link || of->tooltip)) {
        xml_start(xml, "a:hlinkClick");
        xml_attribute(xml, "r:id", of->link ? pptx_relate(s, "hyperlink", of->link, true) : "");
        if (!of->link)
            xml_attribute(xml, "action", "ppaction://noaction");
        if (of->tooltip)
            xml_attribute(xml, "tooltip", of->tooltip);
        xml_end(xml);
    }
    xml_end(xml);
}

const char *pptx_joined(struct pptx_slide *s, const struct words *words) {
    struct str text = STR_EMPTY;
    for (size_t i = 0; i < words->n; i++)
        str_printf(&text, "%s%s", i && s->scene->lang != LANG_JA ? " " : "", words->lines[i]);
    const char *copy = arena_copy(s->arena, text.at, text.n);
    str_free(&text);
    return copy;
}

/* Begin a shape up to its properties, which the caller puts. */
unsigned pptx_begin_shape(struct pptx_slide *s, unsigned id, const char *name, const char *said, bool text_box,
                          const struct object *of) {
    struct xml *xml = &s->xml;
    id = id ? id : pptx_new_id(s);
    xml_start(xml, "p:sp");
    xml_start(xml, "p:nvSpPr");
    pptx_put_names(s, id, name, said, of);
    xml_start(xml, "p:cNvSpPr");
    if (text_box)
        xml_attribute(xml, "txBox", "1");
    xml_end(xml);
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    return id;
}

void pptx_begin_group(struct pptx_slide *s, unsigned id, const char *name, const char *said, struct rect box) {
    struct xml *xml = &s->xml;
    struct place place = pptx_place_of(s, box);
    xml_start(xml, "p:grpSp");
    xml_start(xml, "p:nvGrpSpPr");
    pptx_put_names(s, id, name, said, NULL);
    pptx_empty(xml, "p:cNvGrpSpPr");
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    xml_start(xml, "p:grpSpPr");
    xml_start(xml, "a:xfrm");
    pptx_put_extent(xml, place);
    put_pair(xml, "a:chOff", "x", place.x, "y", place.y);
    put_pair(xml, "a:chExt", "cx", place.w, "cy", place.h);
    xml_end(xml);
    xml_end(xml);
}

/* --- outlines ------------------------------------------------------------------------------------------------------------- */

void pptx_put_preset(struct xml *xml, const char *name, const char *guide, long long value) {
    xml_start(xml, "a:prstGeom");
    xml_attribute(xml, "prst", name);
    xml_start(xml, "a:avLst");
    if (guide) {
        xml_start(xml, "a:gd");
        xml_attribute(xml, "name", guide);
        xml_printf(xml, "fmla", "val %lld", value);
        xml_end(xml);
    }
    xml_end(xml);
    xml_end(xml);
}

static void put_rectangle(struct xml *xml, struct rect box, double radius) {
    if (radius > 0)
        pptx_put_preset(xml, "roundRect", "adj", pptx_emu(radius / fmin(box.w, box.h) * 100000));
    else
        pptx_put_preset(xml, "rect", NULL, 0);
}

static void begin_custom(struct xml *xml) {
    xml_start(xml, "a:custGeom");
    pptx_empty(xml, "a:avLst");
}

/* Behind the guides: what handles there are, where lines are tied, where text stands. */
static void put_sites(struct pptx_slide *s, const struct pptx_target *target) {
    struct xml *xml = &s->xml;
    xml_start(xml, "a:gdLst");
    for (size_t i = 0; target && i < target->sites.n; i++)
        for (int axis = 0; axis < 2; axis++) {
            struct point at = target->sites.at[i];
            struct rect box = target->box;
            double share = axis ? (at.y - box.y) / box.h : (at.x - box.x) / box.w;
            xml_start(xml, "a:gd");
            xml_printf(xml, "name", "%c%zu", axis ? 'y' : 'x', i);
            xml_printf(xml, "fmla", "*/ %c %lld 1000000", axis ? 'h' : 'w', pptx_emu(share * 1000000));
            xml_end(xml);
        }
    xml_end(xml);
    pptx_empty(xml, "a:ahLst");
    xml_start(xml, "a:cxnLst");
    for (size_t i = 0; target && i < target->sites.n; i++) {
        xml_start(xml, "a:cxn");
        pptx_number(xml, "ang", target->angles.at[i]);
        xml_start(xml, "a:pos");
        xml_printf(xml, "x", "x%zu", i);
        xml_printf(xml, "y", "y%zu", i);
        xml_end(xml);
        xml_end(xml);
    }
    xml_end(xml);
    xml_start(xml, "a:rect");
    static const char *const sides[] = {"l", "t", "r", "b"};
    for (int i = 0; i < 4; i++)
        xml_attribute(xml, sides[i], sides[i]);
    xml_end(xml);
}

static void put_point(struct xml *xml, const char *verb, const struct place *place, size_t n, const struct place *at) {
    if (verb)
        xml_start(xml, verb);
    for (size_t i = 0; i < n; i++)
        put_pair(xml, "a:pt", "x", at[i].x - place->x, "y", at[i].y - place->y);
    if (verb)
        xml_end(xml);
}

static void begin_path(struct xml *xml, const struct place *place, bool filled) {
    xml_start(xml, "a:pathLst");
    xml_start(xml, "a:path");
    pptx_number(xml, "w", place->w);
    pptx_number(xml, "h", place->h);
    if (!filled)
        xml_attribute(xml, "fill", "none");
}

/* A rectangle with places of its own where lines are tied. */
void pptx_put_tied_rectangle(struct pptx_slide *s, const struct pptx_target *target) {
    struct xml *xml = &s->xml;
    struct place p = pptx_place_of(s, target->box);
    if (!target->sites.n) {
        pptx_put_preset(xml, "rect", NULL, 0);
        return;
    }
    begin_custom(xml);
    put_sites(s, target);
    begin_path(xml, &p, true);
    put_point(xml, "a:moveTo", &p, 1, &p);
    put_point(xml, "a:lnTo", &p, 1, &(struct place){.x = p.x + p.w, .y = p.y});
    put_point(xml, "a:lnTo", &p, 1, &(struct place){.x = p.x + p.w, .y = p.y + p.h});
    put_point(xml, "a:lnTo", &p, 1, &(struct place){.x = p.x, .y = p.y + p.h});
    pptx_empty(xml, "a:close");
    xml_end(xml);
    xml_end(xml);
    xml_end(xml);
}

struct place pptx_spot(const struct pptx_slide *s, struct point p) {
    return pptx_place_of(s, (struct rect){p.x, p.y, 0, 0});
}

void pptx_put_steps(struct pptx_slide *s, const struct path *path, struct rect box) {
    static const char *const verbs[] = {"a:moveTo", "a:lnTo", "a:cubicBezTo"};
    struct place place = pptx_place_of(s, box);
    begin_custom(&s->xml);
    put_sites(s, NULL);
    begin_path(&s->xml, &place, path->fill.kind != PAINT_NONE);
    for (size_t i = 0; i < path->n; i++) {
        const struct path_step *step = &path->steps[i];
        struct place at[3] = {pptx_spot(s, step->p[0]), pptx_spot(s, step->p[1]), pptx_spot(s, step->p[2])};
        if (step->verb == PATH_CLOSE)
            pptx_empty(&s->xml, "a:close");
        else
            put_point(&s->xml, verbs[step->verb], &place, step->verb == PATH_CUBIC ? 3 : 1, at);
    }
    xml_end(&s->xml);
    xml_end(&s->xml);
    xml_end(&s->xml);
}

/* --- text ------------------------------------------------------------------------------------------------------------------- */

static void put_run_look(struct pptx_slide *s, const char *name, const struct text_line *look, const char *text) {
    struct xml *xml = &s->xml;
    bool wide = false;
    for (const char *at = text; *at; at++)
        wide = wide || (unsigned char)*at >= 0xE3; /* kana, ideographs, full-width forms */
    xml_start(xml, name);
    xml_attribute(xml, "lang", wide ? "ja-JP" : "en-US");
    xml_attribute(xml, "altLang", wide ? "en-US" : "ja-JP");
    pptx_number(xml, "sz", pptx_emu(fmax(100, look->size * s->k / POINT * 100)));
    xml_attribute(xml, "b", look->weight == WEIGHT_BOLD ? "1" : "0");
    xml_attribute(xml, "dirty", "0");
    pptx_put_fill(s, look->fill);
    static const char *const fonts[][2] = {{"a:latin", "+mn-lt"}, {"a:ea", "+mn-ea"}};
    for (int i = 0; i < 2; i++) {
        xml_start(xml, fonts[i][0]);
        xml_attribute(xml, "typeface", fonts[i][1]);
        xml_end(xml);
    }
    xml_end(xml);
}

static void put_run(struct pptx_slide *s, const struct text_line *look, const char *text) {
    xml_start(&s->xml, "a:r");
    put_run_look(s, "a:rPr", look, text);
    xml_start(&s->xml, "a:t");
    xml_text(&s->xml, text);
    xml_end(&s->xml);
    xml_end(&s->xml);
}

/* Lines as high as ours, whatever the font says. */
void pptx_put_paragraph(struct pptx_slide *s, const struct words *words, enum anchor anchor) {
    static const char *const aligns[] = {"l", "ctr", "r"};
    struct xml *xml = &s->xml;
    xml_start(xml, "a:p");
    xml_start(xml, "a:pPr");
    xml_attribute(xml, "algn", aligns[anchor]);
    xml_start(xml, "a:lnSpc");
    xml_start(xml, "a:spcPts");
    pptx_number(xml, "val", pptx_emu(words->leading * s->k / POINT * 100));
    xml_end(xml);
    xml_end(xml);
    xml_start(xml, "a:spcBef");
    xml_start(xml, "a:spcPts");
    pptx_number(xml, "val", 0);
    xml_end(xml);
    xml_end(xml);
    pptx_empty(xml, "a:buNone");
    xml_end(xml);
    for (size_t i = 0; i < words->n; i++) {
        if (i) {
            xml_start(xml, "a:br");
            put_run_look(s, "a:rPr", words->first, words->lines[i]);
            xml_end(xml);
        }
        put_run(s, words->first, words->lines[i]);
    }
    xml_end(xml);
}

void pptx_begin_text(struct pptx_slide *s, const char *anchor, long long top) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:txBody");
    xml_start(xml, "a:bodyPr");
    xml_attribute(xml, "vertOverflow", "overflow");
    xml_attribute(xml, "horzOverflow", "overflow");
    xml_attribute(xml, "wrap", "none");
    pptx_number(xml, "lIns", 0);
    pptx_number(xml, "tIns", top);
    pptx_number(xml, "rIns", 0);
    pptx_number(xml, "bIns", 0);
    xml_attribute(xml, "rtlCol", "0");
    xml_attribute(xml, "anchor", anchor);
    pptx_empty(xml, "a:noAutofit");
    xml_end(xml);
    pptx_empty(xml, "a:lstStyle");
}

static void put_one_text(struct pptx_slide *s, const struct words *words, const char *anchor, enum anchor align) {
    pptx_begin_text(s, anchor, 0);
    pptx_put_paragraph(s, words, align);
    xml_end(&s->xml);
}

/* Room for fonts that are a little wider. */
struct rect pptx_roomy(const struct words *words) {
    struct rect box = words->box;
    double more = 0.05 * box.w;
    box.x -= words->first->anchor == ANCHOR_MIDDLE ? more / 2 : words->first->anchor == ANCHOR_END ? more : 0;
    box.w += more;
    return box;
}

void pptx_end_text_shape(struct pptx_slide *s, const struct words *words, struct rect box) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:spPr");
    pptx_put_transform(xml, pptx_place_of(s, box));
    pptx_put_preset(xml, "rect", NULL, 0);
    pptx_empty(xml, "a:noFill");
    xml_end(xml);
    put_one_text(s, words, "t", words->first->anchor);
    xml_end(xml);
}

unsigned pptx_put_words(struct pptx_slide *s, const struct words *words) {
    const char *text = pptx_joined(s, words);
    unsigned id = pptx_begin_shape(s, 0, "Text", text, true, NULL);
    pptx_end_text_shape(s, words, pptx_roomy(words));
    return id;
}

/* --- pieces ------------------------------------------------------------------------------------------------------------------ */

unsigned pptx_put_path(struct pptx_slide *s, const struct path *path, const char *name) {
    struct rect box = path_extent(path);
    unsigned id = pptx_begin_shape(s, 0, name, name, false, NULL);
    xml_start(&s->xml, "p:spPr");
    pptx_put_transform(&s->xml, pptx_place_of(s, box));
    if (path->circle)
        pptx_put_preset(&s->xml, "ellipse", NULL, 0);
    else if (path->rectangle)
        put_rectangle(&s->xml, box, path->radius);
    else
        pptx_put_steps(s, path, box);
    pptx_put_fill(s, path->fill);
    pptx_put_stroke(s, path, false, false);
    xml_end(&s->xml);
    xml_end(&s->xml);
    return id;
}

static size_t media_number(struct pptx_slide *s, const struct icon *icon) {
    for (size_t i = 0; i < s->media->icons.n; i++)
        if (s->media->icons.at[i] == icon)
            return i + 1;
    *array_push(s->arena, &s->media->icons) = icon;
    return s->media->icons.n;
}

/* A slide names each picture once. */
static const char *image_relation(struct pptx_slide *s, size_t media, const char *extension) {
    const char *target = arena_printf(s->arena, "../media/icon%zu.%s", media, extension);
    for (size_t i = 0; i < s->relations.n; i++)
        if (strcmp(s->relations.at[i].target, target) == 0)
            return arena_printf(s->arena, "rId%zu", i + 1);
    return pptx_relate(s, "image", target, false);
}

/* PNG, and SVG for those who know it. */
static void put_blip(struct pptx_slide *s, const struct icon *icon) {
    struct xml *xml = &s->xml;
    size_t media = media_number(s, icon);
    xml_start(xml, "p:blipFill");
    xml_start(xml, "a:blip");
    xml_attribute(xml, "r:embed", image_relation(s, media, "png"));
    xml_start(xml, "a:extLst");
    xml_start(xml, "a:ext");
    xml_attribute(xml, "uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}");
    xml_start(xml, "asvg:svgBlip");
    xml_attribute(xml, "xmlns:asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main");
    xml_attribute(xml, "r:embed", image_relation(s, media, "svg"));
    xml_end(xml);
    xml_end(xml);
    xml_end(xml);
    xml_end(xml);
    xml_start(xml, "a:stretch");
    pptx_empty(xml, "a:fillRect");
    xml_end(xml);
    xml_end(xml);
}

void pptx_put_picture(struct pptx_slide *s, const struct picture *picture, const char *said, const struct object *of) {
    struct xml *xml = &s->xml;
    xml_start(xml, "p:pic");
    xml_start(xml, "p:nvPicPr");
    pptx_put_names(s, pptx_new_id(s), "Icon", said, of);
    xml_start(xml, "p:cNvPicPr");
    xml_start(xml, "a:picLocks");
    xml_attribute(xml, "noChangeAspect", "1");
    xml_end(xml);
    xml_end(xml);
    pptx_empty(xml, "p:nvPr");
    xml_end(xml);
    put_blip(s, picture->icon);
    xml_start(xml, "p:spPr");
    pptx_put_transform(xml, pptx_place_of(s, picture->box));
    pptx_put_preset(xml, "rect", NULL, 0);
    xml_end(xml);
    xml_end(xml);
}

/* A ground with text in its middle: one shape. */
unsigned pptx_put_labelled(struct pptx_slide *s, const struct path *ground, const struct words *words, const char *name,
                           const char *said, const struct object *of) {
    unsigned id = pptx_begin_shape(s, 0, name, said, false, of);
    xml_start(&s->xml, "p:spPr");
    pptx_put_transform(&s->xml, pptx_place_of(s, ground->box));
    if (ground->circle)
        pptx_put_preset(&s->xml, "ellipse", NULL, 0);
    else
        put_rectangle(&s->xml, ground->box, ground->radius);
    pptx_put_fill(s, ground->fill);
    pptx_put_stroke(s, ground, false, false);
    xml_end(&s->xml);
    if (words)
        put_one_text(s, words, "ctr", ANCHOR_MIDDLE);
    xml_end(&s->xml);
    return id;
}

const struct words *pptx_words_of_role(const struct thing *thing, enum role role) {
    for (size_t i = 0; i < thing->pieces.n; i++)
        if (thing->pieces.at[i].kind == PIECE_WORDS && thing->pieces.at[i].words.first->role == role)
            return &thing->pieces.at[i].words;
    return NULL;
}

struct rect pptx_piece_box(const struct piece *piece) {
    return piece->kind == PIECE_PATH   ? path_extent(piece->path)
           : piece->kind == PIECE_ICON ? piece->icon->box
                                       : pptx_roomy(&piece->words);
}

/* Squares that are filled and have text on them belong together. */
bool pptx_is_ground_of(const struct piece *ground, const struct piece *text) {
    if (ground->kind != PIECE_PATH || !ground->path->rectangle || ground->path->fill.kind == PAINT_NONE ||
        text->kind != PIECE_WORDS || text->words.n != 1)
        return false;
    struct point centre = rect_centre(text->words.box);
    struct rect box = ground->path->box;
    return box.h < 2.5 * text->words.box.h && centre.x > box.x && centre.x < rect_right(box) && centre.y > box.y &&
           centre.y < rect_bottom(box);
}

void pptx_put_piece(struct pptx_slide *s, const struct piece *piece) {
    switch (piece->kind) {
    case PIECE_PATH: pptx_put_path(s, piece->path, "Mark"); break;
    case PIECE_ICON: pptx_put_picture(s, piece->icon, "Icon", NULL); break;
    case PIECE_WORDS: pptx_put_words(s, &piece->words); break;
    }
}
