/* PDF, written here and not by a library, so that its bytes depend on nothing but the scene: no clock, no version of what is
 * installed. Lines and icons are vectors; the glyphs used are embedded, with the characters they stand for, so that text can be
 * selected and searched. The first page is one tagged figure with the long description as its alternative text; further
 * pages, where there are any, are text.
 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "layout/subset.h"
#include "write/write.h"

enum { MOST_PAGE = 14400 }; /* a side of a page in units; larger pages have larger units */

/* An icon, drawn once and used by name. */
struct form {
    const struct icon *icon;
    unsigned object;
};

/* Numbers of its objects. */
struct sheet {
    unsigned page, content, element;
};

struct pdf_font {
    struct subset *subset;
    ARRAY(const char *) texts; /* by number in the subset: what the glyph stands for; not ended by NUL */
    ARRAY(size_t) lengths;
    unsigned object; /* of the composite font */
};

struct pdf {
    struct device device;
    const struct scene *scene; /* the page being written; the first one when all are */
    struct arena *arena;
    struct str *out;
    ARRAY(size_t) offsets; /* of the objects, from 1 */
    ARRAY(struct sheet) pages;
    struct str content, links; /* of the page */
    struct pdf_font fonts[WEIGHTS];
    ARRAY(struct form) forms;
    ARRAY(double) alphas;
    unsigned fill_alpha, stroke_alpha; /* in force: index + 1 in alphas; 0: opaque */
};

/* --- objects ---------------------------------------------------------------------------------------------------------- */

/* Objects whose numbers others name before they are written. */
enum { CATALOG = 1, PAGES, PAGE, CONTENT, INFO, TREE, FIGURE, RESOURCES, FIRST_FREE };

static unsigned new_object(struct pdf *pdf) {
    *array_push(pdf->arena, &pdf->offsets) = 0;
    return (unsigned)pdf->offsets.n;
}

static void begin(struct pdf *pdf, unsigned object) {
    pdf->offsets.at[object - 1] = pdf->out->n;
    str_printf(pdf->out, "%u 0 obj\n", object);
}

static void end(struct pdf *pdf) { str_put(pdf->out, "\nendobj\n"); }

/* `entries` stand in the dictionary of the stream. 0, or -1 when zlib fails. */
static int put_stream(struct pdf *pdf, unsigned object, const char *entries, const struct str *bytes) {
    uLongf n = compressBound((uLong)bytes->n);
    unsigned char *packed = mem_resize(NULL, n, 1);
    int result = compress2(packed, &n, (const unsigned char *)bytes->at, (uLong)bytes->n, 6) == Z_OK ? 0 : -1;
    begin(pdf, object);
    str_printf(pdf->out, "<<%s/Filter/FlateDecode/Length %zu>>stream\n", entries, result == 0 ? (size_t)n : 0);
    if (result == 0)
        str_putn(pdf->out, packed, n);
    str_put(pdf->out, "\nendstream");
    end(pdf);
    free(packed);
    return result;
}

static void put_utf16(struct str *out, const char *text, size_t n) {
    for (const char *at = text, *stop = text + n; at < stop;) {
        uint32_t code = utf8_next(&at, stop);
        if (code > 0xFFFF)
            str_printf(out, "%04X%04X", (unsigned)(0xD800 + ((code - 0x10000) >> 10)),
                       (unsigned)(0xDC00 + (code & 0x3FF)));
        else
            str_printf(out, "%04X", (unsigned)code);
    }
}

static void put_text_string(struct str *out, const char *text) {
    str_put(out, "<FEFF");
    put_utf16(out, text, strlen(text));
    str_putc(out, '>');
}

/* --- numbers and colours ---------------------------------------------------------------------------------------------- */

static void put_numbers(struct str *out, size_t n, const double *values, const char *operator) {
    for (size_t i = 0; i < n; i++) {
        str_number(out, values[i], 3);
        str_putc(out, ' ');
    }
    str_put(out, operator);
    str_putc(out, '\n');
}

#define PUT(out, operator, ...)                                                                                        \
    put_numbers(out, sizeof(double[]){__VA_ARGS__} / sizeof(double), (double[]){__VA_ARGS__}, operator)

static void put_rgb(struct str *out, uint32_t rgb, bool stroke) {
    PUT(out, stroke ? "RG" : "rg", (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static unsigned alpha_index(struct pdf *pdf, double opacity) {
    if (opacity >= 1)
        opacity = 1;
    for (unsigned i = 0; i < pdf->alphas.n; i++)
        if (pdf->alphas.at[i] == opacity)
            return i;
    *array_push(pdf->arena, &pdf->alphas) = opacity;
    return (unsigned)pdf->alphas.n - 1;
}

/* Graphics states: "a0" sets the opacity of fills, "A0" that of strokes. The first is opaque. */
static void set_paint(struct pdf *pdf, struct paint paint, bool stroke) {
    unsigned alpha = alpha_index(pdf, paint.opacity), *now = stroke ? &pdf->stroke_alpha : &pdf->fill_alpha;
    put_rgb(&pdf->content, theme_rgb(pdf->scene->theme, paint, false), stroke);
    if (alpha != *now)
        str_printf(&pdf->content, "/%c%u gs\n", stroke ? 'A' : 'a', alpha);
    *now = alpha;
}

/* --- paths ------------------------------------------------------------------------------------------------------------- */

static void out_move(void *to, double x, double y) { PUT(to, "m", x, y); }
static void out_line(void *to, double x, double y) { PUT(to, "l", x, y); }
static void out_cubic(void *to, double ax, double ay, double bx, double by, double x, double y) {
    PUT(to, "c", ax, ay, bx, by, x, y);
}
static void out_close(void *to) { str_put(to, "h\n"); }

static int put_path(struct device *device, const struct path *path) {
    struct pdf *pdf = (struct pdf *)device;
    struct str *out = &pdf->content;
    bool fill = path->fill.kind != PAINT_NONE, stroke = path->stroke.kind != PAINT_NONE;
    if (fill)
        set_paint(pdf, path->fill, false);
    if (stroke) {
        set_paint(pdf, path->stroke, true);
        PUT(out, "w", path->width);
        const double *dash = scene_dashes[path->dash];
        if (path->dash == DASH_SOLID)
            str_put(out, "[]0 d\n");
        else
            str_putc(out, '['), PUT(out, "]", dash[0], dash[1]), PUT(out, "d", path->dash_phase);
    }
    for (size_t i = 0; i < path->n; i++) {
        const struct point *p = path->steps[i].p;
        switch (path->steps[i].verb) {
        case PATH_MOVE: out_move(out, p[0].x, p[0].y); break;
        case PATH_LINE: out_line(out, p[0].x, p[0].y); break;
        case PATH_CUBIC: out_cubic(out, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y); break;
        case PATH_CLOSE: out_close(out); break;
        }
    }
    str_put(out, fill && stroke ? "B\n" : fill ? "f\n" : stroke ? "S\n" : "n\n");
    return 0;
}

/* --- icons -------------------------------------------------------------------------------------------------------------- */

static void trace(struct str *out, const char *d) {
    struct icon_pen pen = {out, out_move, out_line, out_cubic, out_close};
    icon_walk(d, &pen);
}

static int put_form(struct pdf *pdf, const struct form *form) {
    const struct icon *icon = form->icon;
    struct str body = STR_EMPTY, entries = STR_EMPTY;
    for (size_t i = 0; i < icon->n; i++) {
        const struct icon_path *path = &icon->paths[i];
        bool stroke = path->stroke_width > 0;
        if (path->clip) {
            str_put(&body, "q\n");
            trace(&body, path->clip);
            str_put(&body, path->clip_even_odd ? "W* n\n" : "W n\n");
        }
        if (path->filled)
            put_rgb(&body, path->fill, false);
        if (stroke) {
            put_rgb(&body, path->stroke, true);
            PUT(&body, "w", path->stroke_width);
        }
        trace(&body, path->d);
        str_put(&body, path->filled && stroke ? "B" : path->filled ? "f" : stroke ? "S" : "n");
        str_put(&body, path->even_odd && path->filled ? "*\n" : "\n");
        if (path->clip)
            str_put(&body, "Q\n");
    }
    str_put(&entries, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    str_number(&entries, icon->width, 3);
    str_putc(&entries, ' ');
    str_number(&entries, icon->height, 3);
    str_put(&entries, "]/Resources<<>>");
    int result = put_stream(pdf, form->object, entries.at, &body);
    str_free(&body);
    str_free(&entries);
    return result;
}

static int put_icon(struct device *device, const struct picture *picture) {
    struct pdf *pdf = (struct pdf *)device;
    size_t i = 0;
    while (i < pdf->forms.n && pdf->forms.at[i].icon != picture->icon)
        i++;
    if (i == pdf->forms.n)
        *array_push(pdf->arena, &pdf->forms) = (struct form){picture->icon, new_object(pdf)};
    const struct rect *box = &picture->box;
    str_put(&pdf->content, "q\n/a0 gs /A0 gs []0 d\n");
    PUT(&pdf->content, "cm", box->w / picture->icon->width, 0, 0, box->h / picture->icon->height, box->x, box->y);
    str_printf(&pdf->content, "/I%zu Do\nQ\n", i);
    return 0;
}

/* --- text ---------------------------------------------------------------------------------------------------------------- */

static unsigned take_glyph(struct pdf *pdf, struct pdf_font *font, uint16_t glyph, const char *text, size_t n) {
    unsigned number = subset_glyph(font->subset, glyph);
    while (font->texts.n <= number) {
        *array_push(pdf->arena, &font->texts) = text;
        *array_push(pdf->arena, &font->lengths) = number ? n : 0;
    }
    return number;
}

/* [<glyphs> correction <glyphs> ...] TJ: the numbers, in thousandths of the size, take off what the glyph alone would advance. */
static void put_run(struct pdf *pdf, struct pdf_font *font, const struct text_line *text, const struct run *run) {
    struct str *out = &pdf->content;
    size_t length = strlen(text->at);
    str_put(out, "[<");
    for (size_t i = 0; i < run->n; i++) {
        const struct glyph *glyph = &run->glyphs[i];
        size_t end = i + 1 < run->n ? run->glyphs[i + 1].cluster : length;
        unsigned number = take_glyph(pdf, font, glyph->id, text->at + glyph->cluster, end - glyph->cluster);
        if (glyph->y != 0) { /* a raised mark */
            str_put(out, ">]TJ ");
            PUT(out, "Ts", -glyph->y);
            str_printf(out, "[<%04X>]TJ 0 Ts [<", number);
        } else {
            str_printf(out, "%04X", number);
        }
        double step = i + 1 < run->n ? (run->glyphs[i + 1].x - glyph->x) * 1000 / text->size : 0;
        double extra = i + 1 < run->n ? font_advance(text->weight, glyph->id) - step : 0;
        if (extra > 0.05 || extra < -0.05) {
            str_putc(out, '>');
            str_number(out, extra, 1);
            str_putc(out, '<');
        }
    }
    str_put(out, ">]TJ\n");
}

static int put_text(struct device *device, const struct text_line *text) {
    struct pdf *pdf = (struct pdf *)device;
    struct run run = font_shape(pdf->arena, text->weight, text->size, text->at, strlen(text->at));
    double x = text->origin.x - (text->anchor == ANCHOR_MIDDLE ? run.width / 2
                                 : text->anchor == ANCHOR_END  ? run.width
                                                               : 0);
    if (!run.n)
        return 0;
    set_paint(pdf, text->fill, false);
    str_printf(&pdf->content, "BT /F%d ", (int)text->weight);
    PUT(&pdf->content, "Tf", text->size);
    PUT(&pdf->content, "Tm", 1, 0, 0, -1, x, text->origin.y);
    put_run(pdf, &pdf->fonts[text->weight], text, &run);
    str_put(&pdf->content, "ET\n");
    return 0;
}

/* Which characters the glyphs stand for; at most a hundred a block, as readers expect. */
static int put_to_unicode(struct pdf *pdf, const struct pdf_font *font, unsigned object) {
    struct str map = STR_EMPTY;
    str_put(&map,
            "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/awsdiag def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 1; i < font->texts.n; i++) {
        size_t left = font->texts.n - i;
        if (i % 100 == 1)
            str_printf(&map, "%zu beginbfchar\n", left < 100 ? left : 100);
        str_printf(&map, "<%04zX><", i);
        put_utf16(&map, font->texts.at[i], font->lengths.at[i]);
        str_put(&map, ">\n");
        if (i % 100 == 0 || i + 1 == font->texts.n)
            str_put(&map, "endbfchar\n");
    }
    str_put(&map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    int result = put_stream(pdf, object, "", &map);
    str_free(&map);
    return result;
}

static void put_descendant(struct pdf *pdf, const struct pdf_font *font, enum weight weight, const char *name,
                           unsigned object, unsigned descriptor, unsigned file) {
    struct font_metrics metrics = font_metrics(weight);
    begin(pdf, object);
    str_printf(pdf->out,
               "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
               "/Supplement 0>>/FontDescriptor %u 0 R/CIDToGIDMap/Identity/W[0[",
               name, descriptor);
    for (size_t i = 0; i < font->subset->glyphs.n; i++)
        str_printf(pdf->out, "%s%d", i ? " " : "", font_advance(weight, font->subset->glyphs.at[i]));
    str_put(pdf->out, "]]>>");
    end(pdf);
    begin(pdf, descriptor);
    str_printf(pdf->out,
               "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-1000 -1100 3000 1800]/ItalicAngle 0/Ascent ",
               name);
    str_number(pdf->out, metrics.ascent * 1000, 0);
    str_put(pdf->out, "/Descent ");
    str_number(pdf->out, -metrics.descent * 1000, 0);
    str_put(pdf->out, "/CapHeight ");
    str_number(pdf->out, metrics.cap_height * 1000, 0);
    str_printf(pdf->out, "/StemV %d/FontFile2 %u 0 R>>", weight == WEIGHT_BOLD ? 140 : 80, file);
    end(pdf);
}

static int put_font(struct pdf *pdf, enum weight weight) {
    static const char *const names[WEIGHTS] = {"AWSDIA+NotoSansJP-Regular", "AWSDIB+NotoSansJP-Bold"};
    struct pdf_font *font = &pdf->fonts[weight];
    unsigned descendant = new_object(pdf), descriptor = new_object(pdf), file = new_object(pdf), map = new_object(pdf);
    struct str ttf = STR_EMPTY, entries = STR_EMPTY;
    font->object = new_object(pdf);
    subset_ttf(font->subset, &ttf);
    str_printf(&entries, "/Length1 %zu", ttf.n);
    int result = put_stream(pdf, file, entries.at, &ttf);
    result |= put_to_unicode(pdf, font, map);
    put_descendant(pdf, font, weight, names[weight], descendant, descriptor, file);
    begin(pdf, font->object);
    str_printf(pdf->out,
               "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>",
               names[weight], descendant, map);
    end(pdf);
    str_free(&ttf);
    str_free(&entries);
    return result;
}

/* --- the pages ----------------------------------------------------------------------------------------------------------- */

/* px to units of the page: 3/4 points, smaller on pages that would be too large. */
static double unit(const struct scene *scene) {
    double side = scene->width > scene->height ? scene->width : scene->height;
    return side * 0.75 > MOST_PAGE ? MOST_PAGE / side : 0.75;
}

static int put_link(struct device *device, const struct object *object) {
    struct pdf *pdf = (struct pdf *)device;
    double k = unit(pdf->scene), h = pdf->scene->height;
    const struct rect *box = &object->box;
    if (!object->link || box->w <= 0)
        return 0;
    str_put(&pdf->links, "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[");
    PUT(&pdf->links, "]/A<</S/URI/URI<", box->x * k, (h - box->y - box->h) * k, (box->x + box->w) * k,
        (h - box->y) * k);
    for (const char *at = object->link; *at; at++)
        str_printf(&pdf->links, "%02X", (unsigned)(unsigned char)*at);
    str_put(&pdf->links, ">>>>>\n");
    return 0;
}

static void put_resources(struct pdf *pdf) {
    begin(pdf, RESOURCES);
    str_put(pdf->out, "<</Font<<");
    for (int weight = 0; weight < WEIGHTS; weight++)
        str_printf(pdf->out, "/F%d %u 0 R", weight, pdf->fonts[weight].object);
    str_put(pdf->out, ">>/XObject<<");
    for (size_t i = 0; i < pdf->forms.n; i++)
        str_printf(pdf->out, "/I%zu %u 0 R", i, pdf->forms.at[i].object);
    str_put(pdf->out, ">>/ExtGState<<");
    for (size_t i = 0; i < pdf->alphas.n; i++) {
        str_printf(pdf->out, "/a%zu<</ca ", i);
        str_number(pdf->out, pdf->alphas.at[i], 3);
        str_printf(pdf->out, ">>/A%zu<</CA ", i);
        str_number(pdf->out, pdf->alphas.at[i], 3);
        str_put(pdf->out, ">>");
    }
    str_put(pdf->out, ">>>>");
    end(pdf);
}

static void put_page(struct pdf *pdf, const struct sheet *page) {
    double k = unit(pdf->scene);
    begin(pdf, page->page);
    str_printf(pdf->out,
               "<</Type/Page/Parent %d 0 R/Contents %u 0 R/Resources %d 0 R/StructParents %zu/Tabs/S/MediaBox[0 0 ",
               PAGES, page->content, RESOURCES, pdf->pages.n - 1);
    str_number(pdf->out, pdf->scene->width * k, 3);
    str_putc(pdf->out, ' ');
    str_number(pdf->out, pdf->scene->height * k, 3);
    str_putc(pdf->out, ']');
    if (k < 0.75) {
        str_put(pdf->out, "/UserUnit ");
        str_number(pdf->out, 0.75 / k, 6);
    }
    if (pdf->links.n)
        str_printf(pdf->out, "/Annots[\n%s]", pdf->links.at);
    str_put(pdf->out, ">>");
    end(pdf);
}

/* The tree of what is tagged: an element a page. */
static void put_structure(struct pdf *pdf) {
    begin(pdf, TREE);
    str_put(pdf->out, "<</Type/StructTreeRoot/K[");
    for (size_t i = 0; i < pdf->pages.n; i++)
        str_printf(pdf->out, "%s%u 0 R", i ? " " : "", pdf->pages.at[i].element);
    str_put(pdf->out, "]/ParentTree<</Nums[");
    for (size_t i = 0; i < pdf->pages.n; i++)
        str_printf(pdf->out, "%zu[%u 0 R]", i, pdf->pages.at[i].element);
    str_put(pdf->out, "]>>>>");
    end(pdf);
    for (size_t i = 0; i < pdf->pages.n; i++) {
        const struct sheet *page = &pdf->pages.at[i];
        begin(pdf, page->element);
        str_printf(pdf->out, "<</Type/StructElem/S/%s/P %d 0 R/Pg %u 0 R/K 0", i ? "P" : "Figure", TREE, page->page);
        if (i == 0) {
            str_put(pdf->out, "/Alt");
            put_text_string(pdf->out, pdf->scene->description);
        }
        str_put(pdf->out, ">>");
        end(pdf);
    }
}

/* Document: catalog, list of pages, title. */
static void put_document(struct pdf *pdf) {
    const struct scene *scene = pdf->scene;
    begin(pdf, CATALOG);
    str_printf(pdf->out,
               "<</Type/Catalog/Pages %d 0 R/Lang(%s)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
               "/ViewerPreferences<</DisplayDocTitle true>>>>",
               PAGES, lang_codes[scene->lang], TREE);
    end(pdf);
    begin(pdf, PAGES);
    str_put(pdf->out, "<</Type/Pages/Kids[");
    for (size_t i = 0; i < pdf->pages.n; i++)
        str_printf(pdf->out, "%s%u 0 R", i ? " " : "", pdf->pages.at[i].page);
    str_printf(pdf->out, "]/Count %zu>>", pdf->pages.n);
    end(pdf);
    put_structure(pdf);
    begin(pdf, INFO);
    str_put(pdf->out, "<</Title");
    put_text_string(pdf->out, scene->title);
    str_put(pdf->out, "/Creator(awsdiag)>>");
    end(pdf);
}

static void put_trailer(struct pdf *pdf) {
    size_t start = pdf->out->n;
    str_printf(pdf->out, "xref\n0 %zu\n0000000000 65535 f \n", pdf->offsets.n + 1);
    for (size_t i = 0; i < pdf->offsets.n; i++)
        str_printf(pdf->out, "%010zu 00000 n \n", pdf->offsets.at[i]);
    str_printf(pdf->out, "trailer\n<</Size %zu/Root %d 0 R/Info %d 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
               pdf->offsets.n + 1, CATALOG, INFO, start);
}

static int put_scene(struct pdf *pdf, const struct scene *scene) {
    double k = unit(scene);
    struct sheet page = {PAGE, CONTENT, FIGURE};
    if (pdf->pages.n)
        page.page = new_object(pdf), page.content = new_object(pdf), page.element = new_object(pdf);
    *array_push(pdf->arena, &pdf->pages) = page;
    pdf->scene = scene;
    pdf->fill_alpha = pdf->stroke_alpha = 0;
    str_clear(&pdf->content);
    str_clear(&pdf->links);
    str_printf(&pdf->content, "/%s<</MCID 0>>BDC\nq\n/a0 gs /A0 gs 4 M\n", pdf->pages.n > 1 ? "P" : "Figure");
    PUT(&pdf->content, "cm", k, 0, 0, -k, 0, scene->height * k);
    scene_play(scene, &pdf->device);
    str_put(&pdf->content, "Q\nEMC\n");
    put_page(pdf, &page);
    return put_stream(pdf, page.content, "", &pdf->content);
}

static int put_all(struct pdf *pdf, const struct scene *first) {
    int result = 0;
    alpha_index(pdf, 1);
    pdf->device = (struct device){.begin = put_link, .path = put_path, .text = put_text, .icon = put_icon};
    for (const struct scene *scene = first; scene; scene = scene->next)
        result |= put_scene(pdf, scene);
    pdf->scene = first;
    for (size_t i = 0; i < pdf->forms.n; i++)
        result |= put_form(pdf, &pdf->forms.at[i]);
    for (int weight = 0; weight < WEIGHTS; weight++)
        result |= put_font(pdf, (enum weight)weight);
    put_resources(pdf);
    put_document(pdf);
    return result;
}

int pdf_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct pdf pdf = {.scene = scene, .arena = arena_new(), .out = out, .content = STR_EMPTY, .links = STR_EMPTY};
    (void)options;
    while (pdf.offsets.n + 1 < FIRST_FREE)
        new_object(&pdf);
    for (int weight = 0; weight < WEIGHTS; weight++)
        pdf.fonts[weight].subset = subset_new(pdf.arena, (enum weight)weight);
    str_put(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    int result = put_all(&pdf, scene);
    put_trailer(&pdf);
    if (result != 0)
        diag_add(diags, DIAG_internal, (struct mark){0}, "the picture could not be packed");
    str_free(&pdf.content);
    str_free(&pdf.links);
    arena_free(pdf.arena);
    return result;
}
