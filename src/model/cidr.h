/* Ranges of IP addresses. IPv4 is kept as IPv4-mapped IPv6, so that all ranges compare alike. */
#ifndef AWSDIAG_MODEL_CIDR_H
#define AWSDIAG_MODEL_CIDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cidr {
    uint8_t low[16], high[16]; /* first and last address, in network order */
};

/* "10.0.0.0/16", "2001:db8::/32", or an address alone. Bits behind the prefix are taken as zero; `exact`, when not NULL, says
 * whether they were. False when the text is neither. */
bool cidr_parse(const char *text, size_t n, struct cidr *out, bool *exact);

/* The next range of a list parted by commas or spaces, `*at` moved behind it: 1, 0 at the end, -1 when one cannot be read. */
int cidr_next(const char **at, struct cidr *out);

bool cidr_inside(const struct cidr *inner, const struct cidr *outer);
bool cidr_overlap(const struct cidr *a, const struct cidr *b);

/* By first address, then by last, for sorting. */
int cidr_compare(const struct cidr *a, const struct cidr *b);

#endif
