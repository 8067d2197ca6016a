#include "model/cidr.h"

#include <string.h>

/* Decimal digits at `*at`, at most `most`; false when there are none, more than three, or a leading zero. */
static bool number(const char **at, const char *end, unsigned most, unsigned *out) {
    const char *p = *at;
    unsigned value = 0;
    while (p < end && *p >= '0' && *p <= '9' && p - *at < 4) {
        value = value * 10 + (unsigned)(*p++ - '0');
    }
    if (p == *at || value > most || p - *at > 3 || (p - *at > 1 && **at == '0')) {
        return false;
    }
    *at = p;
    *out = value;
    return true;
}

static bool address4(const char **at, const char *end, uint8_t out[4]) {
    for (int i = 0; i < 4; i++) {
        unsigned value;
        if (i > 0 && (*at >= end || *(*at)++ != '.')) {
            return false;
        }
        if (!number(at, end, 255, &value)) {
            return false;
        }
        out[i] = (uint8_t)value;
    }
    return true;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Up to four hexadecimal digits; how many there were. */
static int hex_group(const char **at, const char *end, unsigned *out) {
    int digits = 0;
    *out = 0;
    while (*at < end && digits < 4 && hex_digit(**at) >= 0) {
        *out = *out << 4 | (unsigned)hex_digit(*(*at)++);
        digits++;
    }
    return digits;
}

/* RFC 4291 text without the embedded IPv4 form, which no diagram of a VPC needs. */
static bool address6(const char **at, const char *end, uint8_t out[16]) {
    uint8_t tail[16];
    size_t head_n = 0, tail_n = 0;
    bool gap = false;
    if (end - *at >= 2 && (*at)[0] == ':' && (*at)[1] == ':') {
        gap = true;
        *at += 2;
    }
    while (head_n + tail_n < 16) {
        unsigned value;
        if (hex_group(at, end, &value) == 0) {
            if (gap && tail_n == 0) {
                break; /* ends in "::" */
            }
            return false;
        }
        uint8_t *to = gap ? tail + tail_n : out + head_n;
        to[0] = (uint8_t)(value >> 8);
        to[1] = (uint8_t)value;
        *(gap ? &tail_n : &head_n) += 2;
        if (*at >= end || **at != ':') {
            break;
        }
        if (end - *at >= 2 && (*at)[1] == ':') {
            if (gap) {
                return false;
            }
            gap = true;
            *at += 2;
            if (*at >= end || hex_digit(**at) < 0) {
                break;
            }
        } else {
            ++*at;
        }
    }
    if (gap ? head_n + tail_n > 14 : head_n != 16) {
        return false;
    }
    if (gap) {
        memset(out + head_n, 0, 16 - head_n);
        memcpy(out + 16 - tail_n, tail, tail_n);
    }
    return true;
}

bool cidr_parse(const char *text, size_t n, struct cidr *out, bool *exact) {
    const char *at = text, *end = text + n;
    uint8_t address[16] = {[10] = 0xff, [11] = 0xff};
    bool six = memchr(text, ':', n) != NULL;
    unsigned prefix = six ? 128 : 32;
    if (!(six ? address6(&at, end, address) : address4(&at, end, address + 12))) {
        return false;
    }
    if (at < end && (*at++ != '/' || !number(&at, end, prefix, &prefix) || at != end)) {
        return false;
    }
    prefix += six ? 0 : 96;
    bool clean = true;
    for (unsigned i = 0; i < 16; i++) {
        unsigned kept = prefix <= i * 8 ? 0 : prefix - i * 8 >= 8 ? 8 : prefix - i * 8;
        uint8_t host = (uint8_t)(0xffu >> kept);
        clean = clean && (address[i] & host) == 0;
        out->low[i] = (uint8_t)(address[i] & ~host);
        out->high[i] = (uint8_t)(address[i] | host);
    }
    if (exact) {
        *exact = clean;
    }
    return true;
}

int cidr_next(const char **at, struct cidr *out) {
    *at += strspn(*at, ", \t\n");
    if (!**at) {
        return 0;
    }
    size_t n = strcspn(*at, ", \t\n");
    bool good = cidr_parse(*at, n, out, NULL);
    *at += n;
    return good ? 1 : -1;
}

bool cidr_inside(const struct cidr *inner, const struct cidr *outer) {
    return memcmp(inner->low, outer->low, 16) >= 0 && memcmp(inner->high, outer->high, 16) <= 0;
}

bool cidr_overlap(const struct cidr *a, const struct cidr *b) {
    return memcmp(a->low, b->high, 16) <= 0 && memcmp(b->low, a->high, 16) <= 0;
}

int cidr_compare(const struct cidr *a, const struct cidr *b) {
    int order = memcmp(a->low, b->low, 16);
    return order ? order : memcmp(a->high, b->high, 16);
}
