#include "base/str.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char str_nothing[1];

void str_free(struct str *s) {
    if (s->cap)
        free(s->at);
    *s = STR_EMPTY;
}

void str_clear(struct str *s) {
    s->n = 0;
    if (s->cap)
        s->at[0] = '\0';
}

char *str_detach(struct str *s, size_t *n) {
    char *at = s->cap ? s->at : mem_resize(NULL, 1, 1);
    at[s->n] = '\0';
    if (n)
        *n = s->n;
    *s = STR_EMPTY;
    return at;
}

static void reserve(struct str *s, size_t more) {
    if (more > SIZE_MAX / 4 - s->n)
        mem_fail(more);
    size_t need = s->n + more + 1;
    if (need <= s->cap)
        return;
    size_t cap = s->cap + s->cap / 2;
    cap = cap < need ? need : cap;
    cap = cap < 64 ? 64 : cap;
    s->at = mem_resize(s->cap ? s->at : NULL, cap, 1);
    s->cap = cap;
}

void str_reserve(struct str *s, size_t more) { reserve(s, more); }

void str_putn(struct str *s, const void *bytes, size_t n) {
    reserve(s, n);
    if (n)
        memcpy(s->at + s->n, bytes, n);
    s->n += n;
    s->at[s->n] = '\0';
}

void str_put(struct str *s, const char *text) { str_putn(s, text, strlen(text)); }

void str_putc(struct str *s, char c) {
    reserve(s, 1);
    s->at[s->n++] = c;
    s->at[s->n] = '\0';
}

void str_fill(struct str *s, char c, size_t n) {
    reserve(s, n);
    memset(s->at + s->n, c, n);
    s->n += n;
    s->at[s->n] = '\0';
}

void str_printf(struct str *s, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        reserve(s, (size_t)n);
        vsnprintf(s->at + s->n, (size_t)n + 1, format, again);
        s->n += (size_t)n;
    }
    va_end(again);
}

static void put_digits(struct str *s, unsigned long long value, int least) {
    char digits[24], *end = digits + sizeof digits, *at = end;
    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    while (end - at < least)
        *--at = '0';
    str_putn(s, at, (size_t)(end - at));
}

void str_int(struct str *s, long long value) {
    if (value < 0)
        str_putc(s, '-');
    put_digits(s, value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value, 1);
}

/* Whole parts beyond 2^63 keep their leading digits only; pictures never have them. */
void str_number(struct str *s, double value, int decimals) {
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    static const unsigned long long whole[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    if (!isfinite(value))
        value = 0;
    decimals = decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
    double size = fabs(value);
    if (size >= 9e18 / powers[decimals])
        decimals = 0;
    if (size >= 9e18)
        size = 9e18;
    unsigned long long scaled = (unsigned long long)round(size * powers[decimals]);
    if (scaled && value < 0)
        str_putc(s, '-');
    put_digits(s, scaled / whole[decimals], 1);
    unsigned long long part = scaled % whole[decimals];
    if (!part)
        return;
    while (part % 10 == 0)
        part /= 10, decimals--;
    str_putc(s, '.');
    put_digits(s, part, decimals);
}

/* --- UTF-8 ---------------------------------------------------------------------------------------------------- */

/* Length of the well-formed sequence at `at`, with its code point; 0 when it is not well-formed. */
static size_t sequence(const unsigned char *at, size_t left, uint32_t *code) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (left == 0)
        return 0;
    unsigned char first = at[0];
    size_t n = first < 0x80                    ? 1
               : first >= 0xC2 && first < 0xE0 ? 2
               : first >= 0xE0 && first < 0xF0 ? 3
               : first >= 0xF0 && first < 0xF5 ? 4
                                               : 0;
    if (n == 0 || n > left)
        return 0;
    uint32_t c = n == 1 ? first : first & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (at[i] & 0x3F);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *code = c;
    return n;
}

uint32_t utf8_next(const char **at, const char *end) {
    uint32_t code = 0xFFFD;
    size_t n = sequence((const unsigned char *)*at, (size_t)(end - *at), &code);
    *at += n ? n : 1;
    return n ? code : 0xFFFD;
}

bool utf8_valid(const char *at, size_t n, size_t *bad) {
    uint32_t code;
    for (size_t i = 0; i < n;) {
        size_t step = sequence((const unsigned char *)at + i, n - i, &code);
        if (!step) {
            *bad = i;
            return false;
        }
        i += step;
    }
    return true;
}

size_t utf8_put(char out[4], uint32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)((0xF00u >> n & 0xFF) | code);
    return n;
}

size_t utf8_count(const char *at, size_t n) {
    size_t count = 0;
    for (const char *end = at + n; at < end; count++)
        utf8_next(&at, end);
    return count;
}

static bool within(uint32_t code, const uint32_t (*ranges)[2], size_t n) {
    for (size_t i = 0; i < n; i++)
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    return false;
}

size_t utf8_columns(const char *at, size_t n) {
    static const uint32_t wide[][2] = {{0x1100, 0x115F},  {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
                                       {0x4E00, 0x9FFF},  {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
                                       {0xFE30, 0xFE4F},  {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF},
                                       {0x20000, 0x3FFFD}};
    static const uint32_t marks[][2] = {
        {0x300, 0x36F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}};
    size_t columns = 0;
    for (const char *end = at + n; at < end;) {
        uint32_t code = utf8_next(&at, end);
        columns += within(code, marks, sizeof marks / sizeof *marks) ? 0
                   : within(code, wide, sizeof wide / sizeof *wide)  ? 2
                                                                     : 1;
    }
    return columns;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

enum { LONGEST_WORD = 64 };

size_t str_distance(const char *a, const char *b, size_t most) {
    size_t na = strlen(a), nb = strlen(b);
    if (na > LONGEST_WORD || nb > LONGEST_WORD || (na > nb ? na - nb : nb - na) > most)
        return most + 1;
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            char x = lower(a[i - 1]), y = lower(b[j - 1]);
            size_t best = above[j - 1] + (x != y);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[na % 3][nb] > most ? most + 1 : rows[na % 3][nb];
}

uint32_t str_hash(const char *at, size_t n) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)at[i]) * 16777619u;
    return hash;
}
