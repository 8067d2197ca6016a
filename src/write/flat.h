/* zlib streams of flat pictures: rows of RGB pixels for PNG, most of which repeat their neighbours. Bytes depend on the pixels alone, not on
 * a library. */
#ifndef AWSDIAG_WRITE_FLAT_H
#define AWSDIAG_WRITE_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct flat;

/* For rows of `w` pixels, at least one. The stream goes to the end of `out`, which outlives it and may be emptied between the calls. */
struct flat *flat_new(size_t w, struct str *out);
void flat_row(struct flat *flat, const uint32_t *pixels); /* 0x00RRGGBB; the upper byte is passed over */
void flat_end(struct flat *flat);                         /* the last row was given; frees it */

#endif
