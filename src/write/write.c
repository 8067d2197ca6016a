#include "write/write.h"

#include <string.h>

const char *const svg_text_names[SVG_TEXTS] = {"embed", "outline", "plain"};

const struct format formats[] = {
    {"svg", ".svg", "image/svg+xml", "Vector picture with searchable text, for web pages and documents", svg_write,
     true, false},
    {"pdf", ".pdf", "application/pdf", "Vector page with selectable text, for printing and reports", pdf_write, false,
     true},
    {"png", ".png", "image/png", "Raster picture; --scale 2 for sharp screens", png_write, false, false},
    {"json", ".json", "application/json", "What the diagram is and where everything stands, for other programs",
     json_write, true, false},
};
const size_t format_count = sizeof formats / sizeof *formats;

const struct format *format_find(const char *name) {
    for (size_t i = 0; i < format_count; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

const struct format *format_of_path(const char *path) {
    size_t n = strlen(path);
    for (size_t i = 0; i < format_count; i++) {
        size_t m = strlen(formats[i].extension);
        if (n > m && strcmp(path + n - m, formats[i].extension) == 0)
            return &formats[i];
    }
    return NULL;
}
