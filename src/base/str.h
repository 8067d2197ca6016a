/* A growing string buffer, UTF-8 walking and the only way this program prints numbers. */
#ifndef AWSDIAG_BASE_STR_H
#define AWSDIAG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `at` is never NULL and always ends in a NUL that `n` does not count. Start with STR_EMPTY, end with str_free. */
struct str {
    char *at;
    size_t n, cap;
};

extern char str_nothing[1];
#define STR_EMPTY ((struct str){.at = str_nothing})

void str_free(struct str *s);               /* leaves it empty and usable */
void str_clear(struct str *s);              /* keeps the memory */
char *str_detach(struct str *s, size_t *n); /* the caller frees with free(); `n` may be NULL */

void str_reserve(struct str *s, size_t more); /* room for that many bytes more, where one knows about how many come */

void str_put(struct str *s, const char *text);
void str_putn(struct str *s, const void *bytes, size_t n);
void str_putc(struct str *s, char c);
void str_fill(struct str *s, char c, size_t n);
void str_printf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A number rounded half away from zero to `decimals` (0 to 6) places, trailing zeros cut, never "-0",
 * the same in every locale. NaN and infinities are a bug of the caller and print as 0. */
void str_number(struct str *s, double value, int decimals);
void str_int(struct str *s, long long value);

/* The code point at `*at` (which is before `end`), and `*at` moved behind it. An invalid byte gives U+FFFD and moves by one. */
uint32_t utf8_next(const char **at, const char *end);
bool utf8_valid(const char *at, size_t n, size_t *bad); /* `bad`: offset of the first wrong byte */
size_t utf8_put(char out[4], uint32_t code);            /* bytes written */
size_t utf8_count(const char *at, size_t n);            /* code points */

/* Columns a terminal shows: 2 for full-width characters, 0 for combining marks, else 1. */
size_t utf8_columns(const char *at, size_t n);

/* Edit distance (insert, delete, replace, swap of neighbours), bytes, case ignored; stops at `most` and gives most + 1. */
size_t str_distance(const char *a, const char *b, size_t most);

/* FNV-1a, for hash tables that order nothing. */
uint32_t str_hash(const char *at, size_t n);

#endif
