/* PPTX: slides of native shapes, which can be edited. A slide a language and page; the speaker's notes of the first page are the long
 * description with the steps. This file makes the package; pptx_slide.c fills a slide.
 */
#include "write/pptx.h"

#include <string.h>

#include "write/embed.h"
#include "write/zip.h"

enum { ICON_PIXELS = 256 };

struct package {
    struct arena *arena;
    struct zip zip;
    struct pptx_media media;
    struct str part;
    unsigned slides, notes;
    const struct scene *first;
};

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
static const char relations_space[] = "http://schemas.openxmlformats.org/package/2006/relationships";
static const char types_of_relations[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
static const char format_types[] = "application/vnd.openxmlformats-officedocument.presentationml.";

/* --- parts ---------------------------------------------------------------------------------------------------------------- */

static struct xml begin_part(struct package *package) {
    str_clear(&package->part);
    str_put(&package->part, head);
    return (struct xml){.out = &package->part};
}

static void end_part(struct package *package, const char *name) {
    zip_add(&package->zip, name, package->part.at, package->part.n);
}

static void put_relation(struct xml *xml, const char *id, const char *type, const char *target, bool outside) {
    xml_start(xml, "Relationship");
    xml_attribute(xml, "Id", id);
    xml_printf(xml, "Type", "%s%s", types_of_relations, type);
    xml_attribute(xml, "Target", target);
    if (outside)
        xml_attribute(xml, "TargetMode", "External");
    xml_end(xml);
}

static void begin_relations(struct xml *xml) {
    xml_start(xml, "Relationships");
    xml_attribute(xml, "xmlns", relations_space);
}

static void put_type(struct xml *xml, const char *part, const char *type) {
    xml_start(xml, "Override");
    xml_printf(xml, "PartName", "/%s", part);
    xml_attribute(xml, "ContentType", type);
    xml_end(xml);
}

static void put_default(struct xml *xml, const char *extension, const char *type) {
    xml_start(xml, "Default");
    xml_attribute(xml, "Extension", extension);
    xml_attribute(xml, "ContentType", type);
    xml_end(xml);
}

static void put_format_type(struct xml *xml, struct package *package, const char *part, const char *what) {
    put_type(xml, part, arena_printf(package->arena, "%s%s+xml", format_types, what));
}

static void put_types(struct package *package) {
    struct xml xml = begin_part(package);
    static const char theme[] = "application/vnd.openxmlformats-officedocument.theme+xml";
    xml_start(&xml, "Types");
    xml_attribute(&xml, "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    put_default(&xml, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    put_default(&xml, "xml", "application/xml");
    put_default(&xml, "png", "image/png");
    put_default(&xml, "svg", "image/svg+xml");
    put_format_type(&xml, package, "ppt/presentation.xml", "presentation.main");
    put_format_type(&xml, package, "ppt/slideMasters/slideMaster1.xml", "slideMaster");
    put_format_type(&xml, package, "ppt/slideLayouts/slideLayout1.xml", "slideLayout");
    put_format_type(&xml, package, "ppt/notesMasters/notesMaster1.xml", "notesMaster");
    put_type(&xml, "ppt/theme/theme1.xml", theme);
    put_type(&xml, "ppt/theme/theme2.xml", theme);
    for (unsigned i = 1; i <= package->slides; i++)
        put_format_type(&xml, package, arena_printf(package->arena, "ppt/slides/slide%u.xml", i), "slide");
    for (unsigned i = 1; i <= package->notes; i++)
        put_format_type(&xml, package, arena_printf(package->arena, "ppt/notesSlides/notesSlide%u.xml", i),
                        "notesSlide");
    put_type(&xml, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    xml_end(&xml);
    end_part(package, "[Content_Types].xml");
}

static void put_core(struct package *package) {
    struct xml xml = begin_part(package);
    xml_start(&xml, "cp:coreProperties");
    xml_attribute(&xml, "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    xml_attribute(&xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_start(&xml, "dc:title");
    xml_text(&xml, package->first->title);
    xml_end(&xml);
    xml_start(&xml, "dc:language");
    xml_text(&xml, lang_codes[package->first->lang]);
    xml_end(&xml);
    xml_end(&xml);
    end_part(package, "docProps/core.xml");
}

static void put_size(struct xml *xml, const char *name, long long w, long long h) {
    xml_start(xml, name);
    xml_printf(xml, "cx", "%lld", w);
    xml_printf(xml, "cy", "%lld", h);
    xml_end(xml);
}

static void put_identified(struct xml *xml, const char *name, unsigned long long id, const char *relation) {
    xml_start(xml, name);
    if (id)
        xml_printf(xml, "id", "%llu", id);
    xml_attribute(xml, "r:id", relation);
    xml_end(xml);
}

static void put_presentation(struct package *package) {
    struct xml xml = begin_part(package);
    xml_start(&xml, "p:presentation");
    xml_attribute(&xml, "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main");
    xml_attribute(&xml, "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    xml_attribute(&xml, "xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main");
    xml_start(&xml, "p:sldMasterIdLst");
    put_identified(&xml, "p:sldMasterId", 2147483648, "rId1");
    xml_end(&xml);
    xml_start(&xml, "p:notesMasterIdLst");
    put_identified(&xml, "p:notesMasterId", 0, "rId2");
    xml_end(&xml);
    xml_start(&xml, "p:sldIdLst");
    for (unsigned i = 1; i <= package->slides; i++)
        put_identified(&xml, "p:sldId", 255 + i, arena_printf(package->arena, "rId%u", 3 + i));
    xml_end(&xml);
    put_size(&xml, "p:sldSz", SLIDE_WIDTH, SLIDE_HEIGHT);
    put_size(&xml, "p:notesSz", 6858000, 9144000);
    xml_end(&xml);
    end_part(package, "ppt/presentation.xml");
    xml = begin_part(package);
    begin_relations(&xml);
    put_relation(&xml, "rId1", "slideMaster", "slideMasters/slideMaster1.xml", false);
    put_relation(&xml, "rId2", "notesMaster", "notesMasters/notesMaster1.xml", false);
    put_relation(&xml, "rId3", "theme", "theme/theme1.xml", false);
    for (unsigned i = 1; i <= package->slides; i++)
        put_relation(&xml, arena_printf(package->arena, "rId%u", 3 + i), "slide",
                     arena_printf(package->arena, "slides/slide%u.xml", i), false);
    xml_end(&xml);
    end_part(package, "ppt/_rels/presentation.xml.rels");
}

/* --- the speaker's notes ---------------------------------------------------------------------------------------------------- */

static void put_line(struct xml *xml, const char *lang, const char *text, size_t n) {
    xml_start(xml, "a:p");
    if (n) {
        xml_start(xml, "a:r");
        xml_start(xml, "a:rPr");
        xml_attribute(xml, "lang", lang);
        xml_end(xml);
        xml_start(xml, "a:t");
        xml_textn(xml, text, n);
        xml_end(xml);
        xml_end(xml);
    }
    xml_end(xml);
}

/* A shape that stands for one of the master, left open for its text. */
static void begin_placeholder(struct xml *xml, unsigned id, const char *name, const char *type, unsigned index) {
    xml_start(xml, "p:sp");
    xml_start(xml, "p:nvSpPr");
    xml_start(xml, "p:cNvPr");
    xml_printf(xml, "id", "%u", id);
    xml_attribute(xml, "name", name);
    xml_end(xml);
    xml_start(xml, "p:cNvSpPr");
    xml_start(xml, "a:spLocks");
    xml_attribute(xml, "noGrp", "1");
    xml_end(xml);
    xml_end(xml);
    xml_start(xml, "p:nvPr");
    xml_start(xml, "p:ph");
    xml_attribute(xml, "type", type);
    xml_printf(xml, "idx", "%u", index);
    xml_end(xml);
    xml_end(xml);
    xml_end(xml);
    xml_start(xml, "p:spPr");
    xml_end(xml);
}

static const char *const credits = "AWS Architecture Icons (c) Amazon Web Services, Inc. or its affiliates.";

static void put_notes_text(struct package *package, struct xml *xml, const struct scene *scene) {
    const char *lang = scene->lang == LANG_JA ? "ja-JP" : "en-US";
    xml_start(xml, "p:txBody");
    xml_start(xml, "a:bodyPr");
    xml_end(xml);
    xml_start(xml, "a:lstStyle");
    xml_end(xml);
    for (const char *at = scene->description; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        put_line(xml, lang, at, strcspn(at, "\n"));
    if (package->media.icons.n)
        put_line(xml, "en-US", credits, strlen(credits));
    xml_end(xml);
}

static void put_notes(struct package *package, const struct scene *scene) {
    struct xml xml = begin_part(package);
    unsigned number = ++package->notes;
    xml_start(&xml, "p:notes");
    xml_attribute(&xml, "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main");
    xml_attribute(&xml, "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    xml_attribute(&xml, "xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main");
    xml_start(&xml, "p:cSld");
    xml_start(&xml, "p:spTree");
    static const char root[] = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
                               "<p:grpSpPr/>";
    xml_raw(&xml, root, strlen(root));
    begin_placeholder(&xml, 2, "Slide", "sldImg", 2);
    xml_end(&xml);
    begin_placeholder(&xml, 3, "Notes", "body", 3);
    put_notes_text(package, &xml, scene);
    xml_end(&xml);
    xml_end(&xml);
    xml_end(&xml);
    xml_start(&xml, "p:clrMapOvr");
    xml_start(&xml, "a:masterClrMapping");
    xml_end(&xml);
    xml_end(&xml);
    xml_end(&xml);
    end_part(package, arena_printf(package->arena, "ppt/notesSlides/notesSlide%u.xml", number));
    xml = begin_part(package);
    begin_relations(&xml);
    put_relation(&xml, "rId1", "notesMaster", "../notesMasters/notesMaster1.xml", false);
    put_relation(&xml, "rId2", "slide", arena_printf(package->arena, "../slides/slide%u.xml", package->slides), false);
    xml_end(&xml);
    end_part(package, arena_printf(package->arena, "ppt/notesSlides/_rels/notesSlide%u.xml.rels", number));
}

/* --- slides ------------------------------------------------------------------------------------------------------------------ */

static void put_slide(struct package *package, const struct scene *scene, bool noted) {
    struct pptx_slide slide = {.arena = package->arena, .scene = scene, .media = &package->media};
    unsigned number = ++package->slides;
    pptx_relate(&slide, "slideLayout", "../slideLayouts/slideLayout1.xml", false);
    if (noted)
        pptx_relate(&slide, "notesSlide",
                    arena_printf(package->arena, "../notesSlides/notesSlide%u.xml", package->notes + 1), false);
    begin_part(package);
    pptx_slide_put(&slide, &package->part);
    end_part(package, arena_printf(package->arena, "ppt/slides/slide%u.xml", number));
    struct xml xml = begin_part(package);
    begin_relations(&xml);
    for (size_t i = 0; i < slide.relations.n; i++) {
        const struct pptx_relation *relation = &slide.relations.at[i];
        put_relation(&xml, arena_printf(package->arena, "rId%zu", i + 1), relation->type, relation->target,
                     relation->outside);
    }
    xml_end(&xml);
    end_part(package, arena_printf(package->arena, "ppt/slides/_rels/slide%u.xml.rels", number));
    if (noted)
        put_notes(package, scene);
}

static int put_media(struct package *package) {
    int result = 0;
    for (size_t i = 0; i < package->media.icons.n; i++) {
        const struct icon *icon = package->media.icons.at[i];
        str_clear(&package->part);
        result |= embed_pixels(icon, ICON_PIXELS, &package->part);
        end_part(package, arena_printf(package->arena, "ppt/media/icon%zu.png", i + 1));
        str_clear(&package->part);
        embed_icon(icon, &package->part);
        end_part(package, arena_printf(package->arena, "ppt/media/icon%zu.svg", i + 1));
    }
    return result;
}

/* The list of types stands first, as readers expect, and must know how many slides there are. */
static void count(struct package *package) {
    for (const struct scene *scene = package->first; scene; scene = scene->also) {
        package->notes++;
        for (const struct scene *page = scene; page; page = page->next)
            package->slides++;
    }
}

int pptx_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct package package = {.arena = arena_new(), .part = STR_EMPTY, .first = scene};
    (void)options;
    zip_begin(&package.zip, out);
    count(&package);
    put_types(&package);
    for (size_t i = 0; i < pptx_part_count; i++)
        zip_add(&package.zip, pptx_parts[i].name, pptx_parts[i].text, strlen(pptx_parts[i].text));
    put_core(&package);
    put_presentation(&package);
    package.slides = package.notes = 0;
    for (const struct scene *lang = scene; lang; lang = lang->also)
        for (const struct scene *page = lang; page; page = page->next)
            put_slide(&package, page, page == lang);
    int result = put_media(&package);
    result |= zip_end(&package.zip);
    if (result != 0)
        diag_add(diags, DIAG_internal, (struct mark){0}, "the presentation could not be packed");
    str_free(&package.part);
    arena_free(package.arena);
    return result;
}
