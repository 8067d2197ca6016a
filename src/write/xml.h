/* An XML writer: start, attributes, text, end. Escapes by table; checks that ends match. */
#ifndef AWSDIAG_WRITE_XML_H
#define AWSDIAG_WRITE_XML_H

#include "base/str.h"

struct xml {
    struct str *out;
    const char *stack[64];
    unsigned depth;
    bool open;           /* the start tag is not yet closed by '>' */
    bool inline_content; /* text stands in the element: no indentation before its end */
};

void xml_start(struct xml *xml, const char *name); /* `name` must live until the end */
void xml_attribute(struct xml *xml, const char *name, const char *value);
void xml_colour(struct xml *xml, const char *name, uint32_t rgb); /* "#RRGGBB" */
void xml_number(struct xml *xml, const char *name, double value); /* two decimals */
void xml_printf(struct xml *xml, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
void xml_text(struct xml *xml, const char *text);
void xml_textn(struct xml *xml, const char *text, size_t n);
void xml_raw(struct xml *xml, const char *bytes, size_t n); /* already escaped: style sheets, data */
void xml_end(struct xml *xml);

#endif
