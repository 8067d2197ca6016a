/* Parts of a presentation that are the same in every file: one master, one layout, two themes; as little as programs ask for. */
#include "write/pptx.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define SPACES                                                                                                         \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                                               \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""                                 \
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, type, target)                                                                                     \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type     \
    "\" Target=\"" target "\"/>"
#define TREE "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
#define COLOURS_MAP                                                                                                    \
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" "               \
    "accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" "                 \
    "folHlink=\"folHlink\"/>"
#define COLOUR(name, rgb) "<a:" name "><a:srgbClr val=\"" rgb "\"/></a:" name ">"
#define FONT(name)                                                                                                     \
    "<a:" name "><a:latin typeface=\"Arial\"/><a:ea typeface=\"Yu Gothic\"/><a:cs typeface=\"\"/>"                     \
    "<a:font script=\"Jpan\" typeface=\"Yu Gothic\"/></a:" name ">"
#define FILL "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define LINE "<a:ln w=\"15875\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">" FILL "<a:prstDash val=\"solid\"/></a:ln>"
#define EFFECT "<a:effectStyle><a:effectLst/></a:effectStyle>"

/* The colours are those of AWS's categories, so that what is added by hand fits. */
#define THEME                                                                                                          \
    HEAD "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"awsdiag\">"                \
         "<a:themeElements><a:clrScheme name=\"awsdiag\">" COLOUR("dk1", "16191F") COLOUR("lt1", "FFFFFF") COLOUR(     \
             "dk2", "232F3E") COLOUR("lt2", "F4F6F8") COLOUR("accent1", "ED7100") COLOUR("accent2", "8C4FFF")          \
             COLOUR("accent3", "7AA116") COLOUR("accent4", "C925D1") COLOUR("accent5", "01A88D")                       \
                 COLOUR("accent6", "DD344C") COLOUR("hlink", "0A5BB0") COLOUR(                                         \
                     "folHlink", "5A30B5") "</a:clrScheme><a:fontScheme name=\"awsdiag\">" FONT("majorFont")           \
                     FONT("minorFont") "</a:fontScheme><a:fmtScheme name=\"awsdiag\"><a:fillStyleLst>" FILL FILL FILL  \
                                       "</a:fillStyleLst><a:lnStyleLst>" LINE LINE LINE                                \
                                       "</a:lnStyleLst><a:effectStyleLst>" EFFECT EFFECT EFFECT                        \
                                       "</a:effectStyleLst><a:bgFillStyleLst>" FILL FILL FILL                          \
                                       "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"

#define TITLE_SHAPE(place)                                                                                             \
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>"        \
    "<p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr>" place "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"      \
    "<a:endParaRPr lang=\"en-US\"/></a:p></p:txBody></p:sp>"
#define PLACE(x, y, w, h)                                                                                              \
    "<a:xfrm><a:off x=\"" x "\" y=\"" y "\"/><a:ext cx=\"" w "\" cy=\"" h "\"/></a:xfrm>"                              \
    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
#define LEVEL(name, size)                                                                                              \
    "<a:" name " algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" hangingPunct=\"1\">"          \
    "<a:buNone/><a:defRPr sz=\"" size "\" kern=\"1200\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>"         \
    "<a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/></a:defRPr></a:" name ">"

const struct pptx_part pptx_parts[] = {
    {"_rels/.rels",
     HEAD RELATIONS RELATION(
         "rId1", "officeDocument",
         "ppt/presentation.xml") "<Relationship Id=\"rId2\" "
                                 "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/"
                                 "metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"},
    {"ppt/slideMasters/slideMaster1.xml", HEAD
     "<p:sldMaster" SPACES "><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>"
     "<p:spTree>" TREE TITLE_SHAPE(PLACE(
         "457200", "228600", "11277600",
         "609600")) "</p:spTree></p:cSld>" COLOURS_MAP
                    "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst>"
                    "<p:txStyles><p:titleStyle>" LEVEL("lvl1pPr", "2000") "</p:titleStyle><p:bodyStyle>" LEVEL(
                        "lvl1pPr", "1400") "</p:bodyStyle><p:otherStyle>" LEVEL("lvl1pPr",
                                                                                "1400") "</p:otherStyle>"
                                                                                        "</p:txStyles></p:sldMaster>"},
    {"ppt/slideMasters/_rels/slideMaster1.xml.rels",
     HEAD RELATIONS RELATION("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
         RELATION("rId2", "theme", "../theme/theme1.xml") "</Relationships>"},
    {"ppt/slideLayouts/slideLayout1.xml", HEAD
     "<p:sldLayout" SPACES " type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Diagram\"><p:spTree>" TREE TITLE_SHAPE(
         "") "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"},
    {"ppt/slideLayouts/_rels/slideLayout1.xml.rels",
     HEAD RELATIONS RELATION("rId1", "slideMaster", "../slideMasters/slideMaster1.xml") "</Relationships>"},
    {"ppt/notesMasters/notesMaster1.xml", HEAD
     "<p:notesMaster" SPACES "><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>"
     "<p:spTree>" TREE
     "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" "
     "noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr>" PLACE(
         "685800", "1143000", "5486400",
         "3086100") "<a:noFill/></p:spPr></p:sp>"
                    "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks "
                    "noGrp=\"1\"/></p:cNvSpPr><p:nvPr>"
                    "<p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr>" PLACE(
                        "685800", "4400550", "5486400",
                        "3600450") "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
                                   "<a:endParaRPr "
                                   "lang=\"en-US\"/></a:p></p:txBody></p:sp></p:spTree></p:cSld>" COLOURS_MAP
                                   "<p:notesStyle>" LEVEL("lvl1pPr", "1200") "</p:notesStyle></p:notesMaster>"},
    {"ppt/notesMasters/_rels/notesMaster1.xml.rels",
     HEAD RELATIONS RELATION("rId1", "theme", "../theme/theme2.xml") "</Relationships>"},
    {"ppt/theme/theme1.xml", THEME},
    {"ppt/theme/theme2.xml", THEME}, /* masters do not share a theme */
};
const size_t pptx_part_count = sizeof pptx_parts / sizeof *pptx_parts;
