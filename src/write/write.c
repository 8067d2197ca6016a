#include "write/write.h"

#include <string.h>

const char *const svg_text_names[SVG_TEXTS] = {"embed", "outline", "plain"};

const struct format formats[] = {
    {"svg", ".svg", NULL, "image/svg+xml", "Vector picture with searchable text, for web pages and documents",
     svg_write, .languages = true},
    {"html", ".html", ".htm", "text/html", "Page to explore: zoom, story, notes, search; one file", html_write,
     .languages = true, .bare = true, .theme = "auto"},
    {"pdf", ".pdf", NULL, "application/pdf", "Vector page with selectable text, for printing and reports", pdf_write,
     .pages = true},
    {"png", ".png", NULL, "image/png", "Raster picture; --scale 2 for sharp screens", png_write, .pages = false},
    {"json", ".json", NULL, "application/json", "What the diagram is and where everything stands, for other programs",
     json_write, .languages = true},
    {"dot", ".dot", ".gv", "text/vnd.graphviz", "The graph for Graphviz, with the places of the picture", dot_write,
     .pages = false},
    {"cmapx", ".cmapx", NULL, "text/html", "Links of the PNG as an HTML image map", cmapx_write, .pages = false},
    {"pptx", ".pptx", NULL, "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "Slides of native shapes, with glued connectors, clicks a step, and notes", pptx_write, .languages = true,
     .pages = true},
    {"drawio", ".drawio", NULL, "application/vnd.jgraph.mxfile",
     "Drawing to go on with in draw.io, with layers and tied lines", drawio_write, .languages = true},
};
const size_t format_count = sizeof formats / sizeof *formats;

const struct format *format_find(const char *name) {
    for (size_t i = 0; i < format_count; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

static bool ends_in(const char *path, const char *extension) {
    size_t n = strlen(path), m = strlen(extension);
    return n > m && strcmp(path + n - m, extension) == 0;
}

const struct format *format_of_path(const char *path) {
    for (size_t i = 0; i < format_count; i++)
        if (ends_in(path, formats[i].extension) || (formats[i].also && ends_in(path, formats[i].also)))
            return &formats[i];
    return NULL;
}
