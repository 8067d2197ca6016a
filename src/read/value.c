#include "read/value.h"

#include <string.h>

#include "model/cidr.h"

static bool digits(const char *text, size_t *n) {
    *n = 0;
    while (text[*n] >= '0' && text[*n] <= '9')
        ++*n;
    return *n > 0 && !text[*n];
}

static bool is_asn(const char *text) {
    size_t n;
    unsigned long long value = 0;
    if (!digits(text, &n) || n > 10)
        return false;
    for (; *text; text++)
        value = value * 10 + (unsigned)(*text - '0');
    return value >= 1 && value <= 4294967295ULL;
}

static bool is_range(const char *text, bool prefix) {
    struct cidr range;
    const char *slash = strchr(text, '/');
    return (slash != NULL) == prefix && cidr_parse(text, strlen(text), &range, NULL);
}

/* Several ranges may be given, parted by commas. */
static bool is_ranges(const char *text) {
    struct cidr range;
    const char *at = text;
    int found = 0, more;
    while ((more = cidr_next(&at, &range)) > 0)
        found++;
    return more == 0 && found > 0 && strchr(text, '/');
}

const char *value_wanted(enum value_type type, const char *text) {
    size_t n;
    switch (type) {
    case VALUE_INT: return digits(text + (*text == '-'), &n) && n < 16 ? NULL : "a whole number";
    case VALUE_BOOL:
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || strcmp(text, "yes") == 0 ||
                       strcmp(text, "no") == 0
                   ? NULL
                   : "true or false";
    case VALUE_CIDR: return is_ranges(text) ? NULL : "an address range such as 10.0.0.0/16";
    case VALUE_IP: return is_range(text, false) ? NULL : "an IP address such as 198.51.100.1";
    case VALUE_ASN: return is_asn(text) ? NULL : "an AS number, 1 to 4294967295";
    case VALUE_ACCOUNT: return digits(text, &n) && n == 12 ? NULL : "an account id of twelve digits, in quotes";
    default: return NULL;
    }
}
