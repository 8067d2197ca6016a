/* Deflate for flat pictures, several times as fast as zlib at nearly its size: it looks at pixels, not bytes. A row that repeats the one
 * above is written as no difference to it; any other as it is, in runs of one colour, runs that stand in the last such row or were seen
 * not long ago, and single pixels. Tokens are gathered into blocks, each with Huffman codes of its own (RFC 1950, 1951).
 */
#include "write/flat.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    LITERALS = 286, /* bytes, end of block, lengths */
    DISTANCES = 30,
    LENGTHS = 19, /* lengths of codes, and runs of them */
    END = 256,
    MOST_BITS = 15,
    MOST_LENGTH_BITS = 7,
    MOST_RUN = 86, /* pixels: 258 bytes */
    MOST_DISTANCE = 32768,
    TOKENS = 1 << 15,
    PLACES = 1 << 12, /* pairs of pixels seen: by hash */
    NEAR = 3          /* bytes: the pixel before */
};

/* A token: a pixel; or RUN, pixels << 16, distance - 1; or BYTE, a byte. */
#define RUN 0x80000000u
#define BYTE 0x40000000u

struct code {
    uint16_t bits; /* first bit lowest */
    uint8_t n;
};

struct flat {
    size_t w;
    struct str *out;
    uint64_t held; /* bits not yet written */
    unsigned held_n;
    uint64_t a, b; /* of the checksum */
    uint32_t *row; /* the present one, and the last that was not a repetition */
    uint32_t *before;
    uint32_t start, before_start; /* where their pixels begin in the stream; it may wrap, as only differences count */
    bool any;                     /* there is a row before */
    uint32_t place[PLACES];       /* where in the stream a pair of pixels was seen; behind what can be reached: never */
    size_t n;
    uint32_t tokens[TOKENS];
};

struct flat *flat_new(size_t w, struct str *out) {
    struct flat *flat = mem_resize(NULL, 1, sizeof *flat);
    memset(flat, 0, offsetof(struct flat, tokens));
    flat->w = w, flat->out = out, flat->a = 1;
    flat->row = mem_resize(NULL, w, sizeof *flat->row);
    flat->before = mem_resize(NULL, w, sizeof *flat->before);
    flat->start = 2 * MOST_DISTANCE; /* nothing was seen at 0 */
    str_putn(out, "\x78\x01", 2);    /* deflate with a window of 32 kB, packed fast */
    return flat;
}

/* --- bits ----------------------------------------------------------------------------------------------------------------- */

static void put_bits(struct flat *flat, uint32_t bits, unsigned n) {
    flat->held |= (uint64_t)bits << flat->held_n;
    flat->held_n += n;
    if (flat->held_n >= 32) {
        unsigned char bytes[4];
        for (unsigned i = 0; i < 4; i++)
            bytes[i] = (unsigned char)(flat->held >> 8 * i);
        str_putn(flat->out, bytes, 4);
        flat->held >>= 32;
        flat->held_n -= 32;
    }
}

static void put_code(struct flat *flat, struct code code) { put_bits(flat, code.bits, code.n); }

static void put_last_bits(struct flat *flat) {
    for (; flat->held_n > 0; flat->held_n = flat->held_n > 8 ? flat->held_n - 8 : 0) {
        str_putc(flat->out, (char)(flat->held & 255));
        flat->held >>= 8;
    }
}

/* --- codes ---------------------------------------------------------------------------------------------------------------- */

struct leaf {
    uint32_t count;
    uint16_t symbol;
};

static int by_count(const void *a, const void *b) {
    const struct leaf *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

/* Depths of the leaves in Huffman's tree, by symbol; the greatest. Two queues, leaves and what was joined, are both in order. */
static unsigned measure_depths(const struct leaf *leaves, size_t n, uint8_t *depth) {
    uint32_t count[2 * LITERALS] = {0};
    uint16_t parent[2 * LITERALS] = {0};
    uint8_t level[2 * LITERALS] = {0};
    unsigned deepest = 0;
    for (size_t i = 0; i < n; i++)
        count[i] = leaves[i].count;
    size_t leaf = 0, joined = n, end = n;
    for (; end < 2 * n - 1; end++) {
        count[end] = 0;
        for (int side = 0; side < 2; side++) {
            size_t least = leaf < n && (joined == end || count[leaf] <= count[joined]) ? leaf++ : joined++;
            count[end] += count[least];
            parent[least] = (uint16_t)end;
        }
    }
    level[end - 1] = 0;
    for (size_t i = end - 1; i-- > 0;) {
        level[i] = (uint8_t)(level[parent[i]] + 1);
        if (i < n)
            depth[leaves[i].symbol] = level[i];
        deepest = i < n && level[i] > deepest ? level[i] : deepest;
    }
    return deepest;
}

static void name_codes(struct code *codes, size_t n) {
    unsigned next = 0;
    for (unsigned bits = 1; bits <= MOST_BITS; bits++, next <<= 1)
        for (size_t i = 0; i < n; i++)
            if (codes[i].n == bits) {
                unsigned reversed = 0;
                for (unsigned k = 0; k < bits; k++)
                    reversed |= (next >> k & 1) << (bits - 1 - k);
                codes[i].bits = (uint16_t)reversed;
                next++;
            }
}

/* Two symbols have a code at least, as readers want them. Counts are halved until no code is longer than `most`. */
static void find_codes(const uint32_t *counts, size_t n, unsigned most, struct code *codes) {
    struct leaf leaves[LITERALS];
    uint8_t depth[LITERALS] = {0};
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (counts[i])
            leaves[used++] = (struct leaf){counts[i], (uint16_t)i};
    for (uint16_t i = 0; used < 2; i++)
        if (!counts[i])
            leaves[used++] = (struct leaf){1, i};
    qsort(leaves, used, sizeof *leaves, by_count);
    while (measure_depths(leaves, used, depth) > most)
        for (size_t i = 0; i < used; i++)
            leaves[i].count = (leaves[i].count + 1) / 2; /* stays in order */
    for (size_t i = 0; i < n; i++)
        codes[i] = (struct code){0, depth[i]};
    name_codes(codes, n);
}

/* --- blocks --------------------------------------------------------------------------------------------------------------- */

struct band {
    uint16_t symbol, extra; /* extra: bits */
    uint32_t first;
};

/* The length of a run, 3 to 258 bytes, and a distance, 1 to 32768, as a symbol and bits behind it. */
static struct band length_band(uint32_t length) {
    if (length == 258)
        return (struct band){285, 0, 258};
    uint32_t at = length - 3;
    unsigned extra = 0;
    while (at >> extra >= 8)
        extra++;
    return (struct band){(uint16_t)(257 + 4 * extra + (at >> extra)), (uint16_t)extra, (at >> extra << extra) + 3};
}

static struct band distance_band(uint32_t distance) {
    uint32_t at = distance - 1;
    unsigned extra = 0;
    while (at >> extra >= 4)
        extra++;
    return (struct band){(uint16_t)(2 * extra + (at >> extra)), (uint16_t)extra, (at >> extra << extra) + 1};
}

struct block {
    uint32_t literal_count[LITERALS], distance_count[DISTANCES];
    struct code literal[LITERALS], distance[DISTANCES];
    struct band lengths[MOST_RUN + 1]; /* by pixels */
};

static void count_tokens(const struct flat *flat, struct block *block) {
    for (uint32_t pixels = 1; pixels <= MOST_RUN; pixels++)
        block->lengths[pixels] = length_band(3 * pixels);
    for (size_t i = 0; i < flat->n; i++) {
        uint32_t token = flat->tokens[i];
        if (token & RUN) {
            block->literal_count[block->lengths[token >> 16 & 127].symbol]++;
            block->distance_count[distance_band((token & 0xFFFF) + 1).symbol]++;
        } else if (token & BYTE) {
            block->literal_count[token & 255]++;
        } else {
            block->literal_count[token >> 16 & 255]++;
            block->literal_count[token >> 8 & 255]++;
            block->literal_count[token & 255]++;
        }
    }
    block->literal_count[END]++;
}

static void put_tokens(struct flat *flat, const struct block *block) {
    for (size_t i = 0; i < flat->n; i++) {
        uint32_t token = flat->tokens[i];
        if (token & RUN) {
            uint32_t pixels = token >> 16 & 127, way = (token & 0xFFFF) + 1;
            struct band length = block->lengths[pixels], distance = distance_band(way);
            put_code(flat, block->literal[length.symbol]);
            put_bits(flat, 3 * pixels - length.first, length.extra);
            put_code(flat, block->distance[distance.symbol]);
            put_bits(flat, way - distance.first, distance.extra);
        } else if (token & BYTE) {
            put_code(flat, block->literal[token & 255]);
        } else {
            put_code(flat, block->literal[token >> 16 & 255]);
            put_code(flat, block->literal[token >> 8 & 255]);
            put_code(flat, block->literal[token & 255]);
        }
    }
    put_code(flat, block->literal[END]);
}

/* The lengths of both codes in one row; runs of three and more as 16 (the last one again), 17 and 18 (zero). */
static size_t run_lengths(const struct block *block, uint8_t symbol[], uint8_t extra[]) {
    uint8_t all[LITERALS + DISTANCES];
    size_t n = 0;
    for (size_t i = 0; i < LITERALS; i++)
        all[i] = block->literal[i].n;
    for (size_t i = 0; i < DISTANCES; i++)
        all[LITERALS + i] = block->distance[i].n;
    for (size_t i = 0, run; i < sizeof all; i += run) {
        for (run = 1; i + run < sizeof all && all[i + run] == all[i]; run++)
            ;
        if (all[i] == 0 && run >= 3) {
            run = run > 138 ? 138 : run;
            symbol[n] = run > 10 ? 18 : 17, extra[n++] = (uint8_t)(run > 10 ? run - 11 : run - 3);
        } else if (run >= 4) {
            run = run > 7 ? 7 : run; /* one, and up to six again */
            symbol[n] = all[i], extra[n++] = 0;
            symbol[n] = 16, extra[n++] = (uint8_t)(run - 4);
        } else {
            run = 1;
            symbol[n] = all[i], extra[n++] = 0;
        }
    }
    return n;
}

static void put_codes(struct flat *flat, const struct block *block) {
    static const uint8_t order[LENGTHS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    static const uint8_t bits[] = {[16] = 2, [17] = 3, [18] = 7};
    uint8_t symbol[LITERALS + DISTANCES], extra[LITERALS + DISTANCES];
    uint32_t counts[LENGTHS] = {0};
    struct code codes[LENGTHS];
    size_t n = run_lengths(block, symbol, extra);
    for (size_t i = 0; i < n; i++)
        counts[symbol[i]]++;
    find_codes(counts, LENGTHS, MOST_LENGTH_BITS, codes);
    put_bits(flat, LITERALS - 257, 5);
    put_bits(flat, DISTANCES - 1, 5);
    put_bits(flat, LENGTHS - 4, 4);
    for (size_t i = 0; i < LENGTHS; i++)
        put_bits(flat, codes[order[i]].n, 3);
    for (size_t i = 0; i < n; i++) {
        put_code(flat, codes[symbol[i]]);
        put_bits(flat, extra[i], bits[symbol[i]]);
    }
}

static void put_block(struct flat *flat, bool last) {
    struct block block = {.literal_count = {0}};
    count_tokens(flat, &block);
    find_codes(block.literal_count, LITERALS, MOST_BITS, block.literal);
    find_codes(block.distance_count, DISTANCES, MOST_BITS, block.distance);
    put_bits(flat, last, 1);
    put_bits(flat, 2, 2); /* codes of its own */
    put_codes(flat, &block);
    put_tokens(flat, &block);
    flat->n = 0;
}

/* --- rows ----------------------------------------------------------------------------------------------------------------- */

static void add(struct flat *flat, uint32_t token) {
    if (flat->n == TOKENS)
        put_block(flat, false);
    flat->tokens[flat->n++] = token;
}

static void add_run(struct flat *flat, size_t pixels, uint32_t distance) {
    for (size_t some; pixels > 0; pixels -= some) {
        some = pixels > MOST_RUN ? MOST_RUN : pixels;
        add(flat, RUN | (uint32_t)some << 16 | (distance - 1));
    }
}

enum { PRIME = 65521 };

/* `n` times one pixel goes into the checksum: a is the sum of all bytes, b the sum of all values of a. What a row adds fits by far, so that
 * the remainder is taken once a row. */
static void sum(struct flat *flat, uint32_t pixel, uint64_t n) {
    uint64_t red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255, all = red + green + blue;
    flat->b += n * (3 * flat->a + 3 * red + 2 * green + blue) + 3 * all * (n * (n - 1) / 2);
    flat->a += n * all;
}

static void sum_byte(struct flat *flat, unsigned byte) {
    flat->a += byte;
    flat->b += flat->a;
}

static size_t same_as(const uint32_t *a, const uint32_t *b, size_t most) {
    size_t n = 0;
    for (uint64_t x, y; n + 2 <= most; n += 2) {
        memcpy(&x, a + n, sizeof x);
        memcpy(&y, b + n, sizeof y);
        if (x != y)
            return n + (a[n] == b[n]);
    }
    return n < most && a[n] == b[n] ? n + 1 : n;
}

/* Pixels from x on that were seen at `seen` in the stream, which is in this row or in the one before. */
static size_t seen_again(const struct flat *flat, size_t x, uint32_t seen) {
    uint32_t back = flat->start - seen, into = flat->before_start <= seen ? seen - flat->before_start : 0;
    const uint32_t *at = NULL;
    size_t from = 0;
    if (back > MOST_DISTANCE && seen - flat->start < 3 * x) {
        from = (seen - flat->start) / 3;
        at = flat->row;
    } else if (flat->any && seen >= flat->before_start && into < 3 * flat->w && into % 3 == 0) {
        from = into / 3;
        at = flat->before;
    }
    if (!at || flat->start + 3 * (uint32_t)x - seen > MOST_DISTANCE)
        return 0;
    return same_as(flat->row + x, at + from, flat->w - (x > from ? x : from));
}

static uint32_t *place_of(struct flat *flat, size_t x) {
    uint32_t second = x + 1 < flat->w ? flat->row[x + 1] : 0;
    return &flat->place[((flat->row[x] * 0x9E3779B1u) ^ (second * 0x85EBCA6Bu)) >> 20];
}

/* What the row has from x on, as one token or run; how many pixels. */
static size_t add_next(struct flat *flat, size_t x) {
    const uint32_t *row = flat->row, here = flat->start + 3 * (uint32_t)x;
    size_t left = flat->w - x, near = x > 0 ? same_as(row + x, row + x - 1, left) : 0;
    if (near >= 8 || near == left) {
        add_run(flat, near, NEAR);
        sum(flat, row[x], near);
        return near;
    }
    uint32_t *place = place_of(flat, x), seen = *place, distance = here - seen;
    size_t best = seen_again(flat, x, seen), above = 0;
    *place = here;
    if (flat->any && flat->start - flat->before_start <= MOST_DISTANCE)
        above = same_as(row + x, flat->before + x, left);
    if (above >= best && above > 0)
        best = above, distance = flat->start - flat->before_start;
    if (near > 0 && near + 1 >= best)
        best = near, distance = NEAR;
    if (best < 2 && distance != NEAR) {
        add(flat, row[x]);
        sum(flat, row[x], 1);
        return 1;
    }
    add_run(flat, best, distance);
    for (size_t i = 0; i < best; i++)
        sum(flat, row[x + i], 1);
    return best;
}

static void add_repetition(struct flat *flat) {
    add(flat, BYTE | 2); /* a difference to the row above */
    sum_byte(flat, 2);
    add(flat, 0);
    add_run(flat, flat->w - 1, NEAR);
    sum(flat, 0, flat->w);
}

void flat_row(struct flat *flat, const uint32_t *pixels) {
    uint32_t others = 0;
    for (size_t x = 0; x < flat->w; x++) {
        flat->row[x] = pixels[x] & 0xFFFFFF;
        others |= flat->row[x] ^ flat->before[x];
    }
    if (flat->any && others == 0) {
        add_repetition(flat);
    } else {
        add(flat, BYTE | 0); /* as it is */
        sum_byte(flat, 0);
        flat->start++;
        for (size_t x = 0; x < flat->w;)
            x += add_next(flat, x);
        uint32_t *old = flat->before;
        flat->before = flat->row, flat->row = old;
        flat->before_start = flat->start;
        flat->any = true;
        flat->start--;
    }
    flat->start += 1 + 3 * (uint32_t)flat->w;
    flat->a %= PRIME, flat->b %= PRIME;
}

void flat_end(struct flat *flat) {
    put_block(flat, true);
    put_last_bits(flat);
    uint32_t sums = (uint32_t)(flat->b << 16 | flat->a);
    for (int shift = 24; shift >= 0; shift -= 8)
        str_putc(flat->out, (char)(sums >> shift & 255));
    free(flat->row);
    free(flat->before);
    free(flat);
}
