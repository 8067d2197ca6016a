#include "base/json.h"

#include <string.h>

void json_string(struct str *out, const char *text) {
    if (!text) {
        str_put(out, "null");
        return;
    }
    str_putc(out, '"');
    for (const char *end = text + strlen(text); text < end;) {
        char bytes[4];
        uint32_t code = utf8_next(&text, end);
        if (code == '"' || code == '\\')
            str_printf(out, "\\%c", (int)code);
        else if (code == '\n')
            str_put(out, "\\n");
        else if (code < 0x20)
            str_printf(out, "\\u%04x", (unsigned)code);
        else
            str_putn(out, bytes, utf8_put(bytes, code)); /* names of files may be no UTF-8; JSON always is */
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
