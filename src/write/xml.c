#include "write/xml.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What stands for a byte; NULL: itself. Control characters are no XML and cannot come this far (see source.c). */
static const char *entity(unsigned char c, bool attribute) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return attribute ? "&quot;" : NULL;
    case '\n': return attribute ? "&#10;" : NULL;
    case '\t': return attribute ? "&#9;" : NULL;
    case '\r': return "&#13;";
    default: return NULL;
    }
}

static void escape(struct str *out, const char *text, size_t n, bool attribute) {
    size_t start = 0;
    for (size_t i = 0; i < n; i++) {
        const char *with = entity((unsigned char)text[i], attribute);
        if (!with)
            continue;
        str_putn(out, text + start, i - start);
        str_put(out, with);
        start = i + 1;
    }
    str_putn(out, text + start, n - start);
}

static void close_tag(struct xml *xml) {
    if (xml->open)
        str_putc(xml->out, '>');
    xml->open = false;
}

void xml_start(struct xml *xml, const char *name) {
    assert(xml->depth < sizeof xml->stack / sizeof *xml->stack);
    close_tag(xml);
    if (xml->out->n && !xml->inline_content) {
        str_putc(xml->out, '\n');
        str_fill(xml->out, ' ', 2 * (size_t)xml->depth);
    }
    str_putc(xml->out, '<');
    str_put(xml->out, name);
    xml->stack[xml->depth++] = name;
    xml->open = true;
    xml->inline_content = false;
}

static void open_attribute(struct xml *xml, const char *name) {
    assert(xml->open);
    str_putc(xml->out, ' ');
    str_put(xml->out, name);
    str_put(xml->out, "=\"");
}

void xml_attribute(struct xml *xml, const char *name, const char *value) {
    open_attribute(xml, name);
    escape(xml->out, value, strlen(value), true);
    str_putc(xml->out, '"');
}

void xml_number(struct xml *xml, const char *name, double value) {
    open_attribute(xml, name);
    str_number(xml->out, value, 2);
    str_putc(xml->out, '"');
}

void xml_colour(struct xml *xml, const char *name, uint32_t rgb) {
    static const char digits[] = "0123456789ABCDEF";
    char text[] = "#......";
    for (int i = 0; i < 6; i++)
        text[1 + i] = digits[rgb >> (20 - 4 * i) & 15];
    xml_attribute(xml, name, text);
}

void xml_printf(struct xml *xml, const char *name, const char *format, ...) {
    char few[128], *value = few;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    size_t size = (size_t)(n < 0 ? 0 : n) + 1;
    if (size > sizeof few) {
        value = mem_resize(NULL, size, 1);
        vsnprintf(value, size, format, again);
    }
    va_end(again);
    xml_attribute(xml, name, value);
    if (value != few)
        free(value);
}

void xml_textn(struct xml *xml, const char *text, size_t n) {
    close_tag(xml);
    escape(xml->out, text, n, false);
    xml->inline_content = true;
}

void xml_text(struct xml *xml, const char *text) { xml_textn(xml, text, strlen(text)); }

void xml_raw(struct xml *xml, const char *bytes, size_t n) {
    close_tag(xml);
    str_putn(xml->out, bytes, n);
    xml->inline_content = true;
}

void xml_end(struct xml *xml) {
    assert(xml->depth > 0);
    const char *name = xml->stack[--xml->depth];
    if (xml->open) {
        str_put(xml->out, "/>");
    } else {
        if (!xml->inline_content) {
            str_putc(xml->out, '\n');
            str_fill(xml->out, ' ', 2 * (size_t)xml->depth);
        }
        str_put(xml->out, "</");
        str_put(xml->out, name);
        str_putc(xml->out, '>');
    }
    xml->open = false;
    xml->inline_content = false;
}
