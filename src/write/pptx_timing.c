/* What clicks show: a click a step, at which its badges, its lines and its row in the table appear. Nothing moves, so that every program
 * that can show slides can show these, and all of the picture is there to edit and to print.
 */
#include <stdlib.h>

#include "write/pptx.h"

struct timing {
    struct xml *xml;
    unsigned last_id;
};

static void begin_node(struct timing *t) {
    xml_start(t->xml, "p:cTn");
    xml_printf(t->xml, "id", "%u", ++t->last_id);
}

static void put_start(struct timing *t, const char *delay) {
    xml_start(t->xml, "p:stCondLst");
    xml_start(t->xml, "p:cond");
    xml_attribute(t->xml, "delay", delay);
    xml_end(t->xml);
    xml_end(t->xml);
}

/* <p:par><p:cTn fill="hold"> with its start, open for what is in it: three elements. */
static void begin_par(struct timing *t, const char *delay) {
    xml_start(t->xml, "p:par");
    begin_node(t);
    xml_attribute(t->xml, "fill", "hold");
    put_start(t, delay);
    xml_start(t->xml, "p:childTnLst");
}

static void end(struct timing *t, int n) {
    while (n-- > 0)
        xml_end(t->xml);
}

static void put_target(struct timing *t, const struct pptx_build *build) {
    xml_start(t->xml, "p:tgtEl");
    xml_start(t->xml, "p:spTgt");
    xml_printf(t->xml, "spid", "%u", build->id);
    end(t, 2);
}

static void put_set(struct timing *t, const struct pptx_build *build) {
    xml_start(t->xml, "p:set");
    xml_start(t->xml, "p:cBhvr");
    begin_node(t);
    xml_attribute(t->xml, "dur", "1");
    xml_attribute(t->xml, "fill", "hold");
    put_start(t, "0");
    xml_end(t->xml);
    put_target(t, build);
    xml_start(t->xml, "p:attrNameLst");
    xml_start(t->xml, "p:attrName");
    xml_text(t->xml, "style.visibility");
    end(t, 3);
    xml_start(t->xml, "p:to");
    xml_start(t->xml, "p:strVal");
    xml_attribute(t->xml, "val", "visible");
    end(t, 3);
}

static void put_appear(struct timing *t, const struct pptx_build *build, bool first) {
    xml_start(t->xml, "p:par");
    begin_node(t);
    xml_attribute(t->xml, "presetID", "1");
    xml_attribute(t->xml, "presetClass", "entr");
    xml_attribute(t->xml, "presetSubtype", "0");
    xml_attribute(t->xml, "fill", "hold");
    if (build->shape)
        xml_attribute(t->xml, "grpId", "0");
    xml_attribute(t->xml, "nodeType", first ? "clickEffect" : "withEffect");
    put_start(t, "0");
    xml_start(t->xml, "p:childTnLst");
    put_set(t, build);
    end(t, 3);
}

static void put_turn(struct timing *t, const char *list, const char *event) {
    xml_start(t->xml, list);
    xml_start(t->xml, "p:cond");
    xml_attribute(t->xml, "evt", event);
    xml_attribute(t->xml, "delay", "0");
    xml_start(t->xml, "p:tgtEl");
    xml_start(t->xml, "p:sldTgt");
    end(t, 4);
}

static int by_step(const void *a, const void *b) {
    const struct pptx_build *x = a, *y = b;
    return x->step != y->step ? (x->step > y->step) - (x->step < y->step) : (x->id > y->id) - (x->id < y->id);
}

static void put_clicks(struct timing *t, const struct pptx_slide *slide) {
    for (size_t i = 0; i < slide->builds.n;) {
        int step = slide->builds.at[i].step;
        begin_par(t, "indefinite");
        begin_par(t, "0");
        for (size_t first = i; i < slide->builds.n && slide->builds.at[i].step == step; i++)
            put_appear(t, &slide->builds.at[i], i == first);
        end(t, 6);
    }
}

/* Shapes that can hold text are listed once more. */
static void put_list(struct timing *t, const struct pptx_slide *slide) {
    bool any = false;
    for (size_t i = 0; i < slide->builds.n; i++)
        any = any || slide->builds.at[i].shape;
    if (!any)
        return;
    xml_start(t->xml, "p:bldLst");
    for (size_t i = 0; i < slide->builds.n; i++) {
        if (!slide->builds.at[i].shape)
            continue;
        xml_start(t->xml, "p:bldP");
        xml_printf(t->xml, "spid", "%u", slide->builds.at[i].id);
        xml_attribute(t->xml, "grpId", "0");
        if (!slide->builds.at[i].text)
            xml_attribute(t->xml, "animBg", "1");
        xml_end(t->xml);
    }
    xml_end(t->xml);
}

void pptx_timing_put(struct pptx_slide *slide) {
    struct timing t = {&slide->xml, 0};
    if (!slide->builds.n)
        return;
    qsort(slide->builds.at, slide->builds.n, sizeof *slide->builds.at, by_step);
    xml_start(t.xml, "p:timing");
    xml_start(t.xml, "p:tnLst");
    xml_start(t.xml, "p:par");
    begin_node(&t);
    xml_attribute(t.xml, "dur", "indefinite");
    xml_attribute(t.xml, "restart", "never");
    xml_attribute(t.xml, "nodeType", "tmRoot");
    xml_start(t.xml, "p:childTnLst");
    xml_start(t.xml, "p:seq");
    xml_attribute(t.xml, "concurrent", "1");
    xml_attribute(t.xml, "nextAc", "seek");
    begin_node(&t);
    xml_attribute(t.xml, "dur", "indefinite");
    xml_attribute(t.xml, "nodeType", "mainSeq");
    xml_start(t.xml, "p:childTnLst");
    put_clicks(&t, slide);
    end(&t, 2);
    put_turn(&t, "p:prevCondLst", "onPrev");
    put_turn(&t, "p:nextCondLst", "onNext");
    end(&t, 5);
    put_list(&t, slide);
    xml_end(t.xml);
}
