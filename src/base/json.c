#include "base/json.h"

void json_string(struct str *out, const char *text) {
    if (!text) {
        str_put(out, "null");
        return;
    }
    str_putc(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            str_printf(out, "\\%c", c);
        else if (c == '\n')
            str_put(out, "\\n");
        else if (c < 0x20)
            str_printf(out, "\\u%04x", c);
        else
            str_putc(out, *text);
    }
    str_putc(out, '"');
}

void json_strings(struct str *out, const char *const *list) {
    str_putc(out, '[');
    for (size_t i = 0; list && list[i]; i++) {
        str_put(out, i ? ", " : "");
        json_string(out, list[i]);
    }
    str_putc(out, ']');
}
