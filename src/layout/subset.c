#include "layout/subset.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    SMALL = 160, /* bytes: tables that are not worth packing */
    /* Of zlib. Outlines repeat little: the best level takes twice the time for 1.5 %, the usual window and hash table seven times the memory,
     * which is cleared for every table, for 1 % */
    LEVEL = 4,
    WINDOW = 12,
    MEMORY = 6
};

struct subset *subset_new(struct arena *arena, enum weight weight) {
    struct subset *subset = arena_alloc(arena, sizeof *subset);
    *subset = (struct subset){.arena = arena, .weight = weight};
    subset->number = arena_array(arena, font_glyph_count(weight), sizeof *subset->number);
    *array_push(arena, &subset->glyphs) = 0;
    return subset;
}

uint16_t subset_glyph(struct subset *subset, uint16_t glyph) {
    if (glyph && !subset->number[glyph]) {
        subset->number[glyph] = (uint16_t)subset->glyphs.n;
        *array_push(subset->arena, &subset->glyphs) = glyph;
    }
    return subset->number[glyph];
}

/* --- characters ------------------------------------------------------------------------------------------------------- */

/* `number` counts here which glyphs have a character already, as index + 1 of the last one; most glyphs have one only. */
static void take_character(struct subset *subset, uint32_t code, uint16_t glyph) {
    size_t known = subset->number[glyph];
    if (known && subset->characters.at[known - 1].code == code)
        return;
    for (size_t i = 0; known && i < subset->characters.n; i++)
        if (subset->characters.at[i].code == code)
            return;
    *array_push(subset->arena, &subset->characters) = (struct subset_character){code, glyph};
    subset->number[glyph] = (uint16_t)subset->characters.n;
}

void subset_text(struct subset *subset, const char *text, size_t n) {
    struct font_reader reader = font_read(subset->weight, text, n);
    uint16_t before = 0;
    while (font_next(&reader)) {
        if (reader.code)
            take_character(subset, reader.code, reader.glyph);
        for (const char *at = text + reader.cluster;
             !reader.code && at < reader.at;) { /* in parts, one over the other */
            uint32_t code = utf8_next(&at, reader.at);
            take_character(subset, code, font_glyph(subset->weight, code));
        }
        if (font_kern(subset->weight, before, reader.glyph))
            *array_push(subset->arena, &subset->kerned) = (uint32_t)before << 16 | reader.glyph;
        before = reader.glyph;
    }
}

static int by_code(const void *a, const void *b) {
    uint32_t x = ((const struct subset_character *)a)->code, y = ((const struct subset_character *)b)->code;
    return x < y ? -1 : x > y;
}

static int by_value(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* A character that the font lacks shows the box; it must not be glyph 0, or a browser would take another font for it. */
static void number_by_code(struct subset *subset) {
    if (!subset->characters.n)
        return;
    qsort(subset->characters.at, subset->characters.n, sizeof *subset->characters.at, by_code);
    memset(subset->number, 0, font_glyph_count(subset->weight) * sizeof *subset->number);
    subset->glyphs.n = 1;
    for (size_t i = 0; i < subset->characters.n; i++) {
        uint16_t glyph = subset->characters.at[i].glyph;
        if (!subset->number[glyph]) {
            subset->number[glyph] = (uint16_t)subset->glyphs.n;
            *array_push(subset->arena, &subset->glyphs) = glyph;
        }
    }
}

/* --- tables ------------------------------------------------------------------------------------------------------------ */

static uint32_t get32(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t get16(const unsigned char *at) { return (uint32_t)at[0] << 8 | at[1]; }

static void set16(char *at, uint32_t value) { at[0] = (char)(value >> 8), at[1] = (char)value; }

static void set32(char *at, uint32_t value) {
    set16(at, value >> 16);
    set16(at + 2, value);
}

static void put16(struct str *out, uint32_t value) {
    char bytes[2];
    set16(bytes, value);
    str_putn(out, bytes, 2);
}

static void put32(struct str *out, uint32_t value) {
    char bytes[4];
    set32(bytes, value);
    str_putn(out, bytes, 4);
}

static void put_copy(struct subset *subset, const char *tag, struct str *out) {
    struct font_bytes bytes = font_table_bytes(subset->weight, tag);
    str_putn(out, bytes.at, bytes.n);
}

/* Characters in a row that have glyphs in a row: [first, last] of subset->characters. */
static size_t run_end(const struct subset *subset, size_t first, uint32_t most) {
    const struct subset_character *at = subset->characters.at;
    size_t last = first;
    while (last + 1 < subset->characters.n && at[last + 1].code <= most && at[last + 1].code == at[last].code + 1 &&
           subset->number[at[last + 1].glyph] == subset->number[at[last].glyph] + 1)
        last++;
    return last;
}

struct segments {
    struct str ends, starts, deltas;
    uint32_t n;
};

static void gather_segments(const struct subset *subset, struct segments *out) {
    const struct subset_character *at = subset->characters.at;
    for (size_t i = 0; i < subset->characters.n && at[i].code < 0xFFFF; i++, out->n++) {
        size_t last = run_end(subset, i, 0xFFFE);
        put16(&out->ends, at[last].code);
        put16(&out->starts, at[i].code);
        put16(&out->deltas, (uint32_t)(subset->number[at[i].glyph] - at[i].code) & 0xFFFF);
        i = last;
    }
    put16(&out->ends, 0xFFFF);
    put16(&out->starts, 0xFFFF);
    put16(&out->deltas, 1);
    out->n++;
}

/* What binary searches of old readers want: the largest power of two in n, its logarithm, and the rest. */
static void put_search(struct str *out, uint32_t n, uint32_t size) {
    uint32_t power = 1, log = 0;
    while (power * 2 <= n)
        power *= 2, log++;
    put16(out, power * size);
    put16(out, log);
    put16(out, (n - power) * size);
}

static void put_cmap4(const struct subset *subset, struct str *out) {
    struct segments segments = {STR_EMPTY, STR_EMPTY, STR_EMPTY, 0};
    gather_segments(subset, &segments);
    put16(out, 4);
    put16(out, 16 + 8 * segments.n);
    put16(out, 0);
    put16(out, 2 * segments.n);
    put_search(out, segments.n, 2);
    str_putn(out, segments.ends.at, segments.ends.n);
    put16(out, 0);
    str_putn(out, segments.starts.at, segments.starts.n);
    str_putn(out, segments.deltas.at, segments.deltas.n);
    str_fill(out, '\0', 2 * (size_t)segments.n);
    str_free(&segments.ends);
    str_free(&segments.starts);
    str_free(&segments.deltas);
}

static void put_cmap12(const struct subset *subset, struct str *out) {
    const struct subset_character *at = subset->characters.at;
    struct str groups = STR_EMPTY;
    for (size_t i = 0; i < subset->characters.n; i++) {
        size_t last = run_end(subset, i, 0x10FFFF);
        put32(&groups, at[i].code);
        put32(&groups, at[last].code);
        put32(&groups, subset->number[at[i].glyph]);
        i = last;
    }
    put32(out, 12u << 16);
    put32(out, (uint32_t)(16 + groups.n));
    put32(out, 0);
    put32(out, (uint32_t)(groups.n / 12));
    str_putn(out, groups.at, groups.n);
    str_free(&groups);
}

static void put_cmap(struct subset *subset, const char *tag, struct str *out) {
    size_t n = subset->characters.n;
    bool beyond = n && subset->characters.at[n - 1].code >= 0xFFFF;
    struct str plane = STR_EMPTY;
    (void)tag;
    put_cmap4(subset, &plane);
    put16(out, 0);
    put16(out, beyond ? 2 : 1);
    put32(out, 3u << 16 | 1);
    put32(out, beyond ? 20 : 12);
    if (beyond) {
        put32(out, 3u << 16 | 10);
        put32(out, (uint32_t)(20 + plane.n));
    }
    str_putn(out, plane.at, plane.n);
    if (beyond)
        put_cmap12(subset, out);
    str_free(&plane);
}

static void put_glyf(struct subset *subset, const char *tag, struct str *out) {
    (void)tag;
    for (size_t i = 0; i < subset->glyphs.n; i++) {
        struct font_bytes bytes = font_glyph_bytes(subset->weight, subset->glyphs.at[i]);
        str_putn(out, bytes.at, bytes.n);
        str_fill(out, '\0', bytes.n % 2);
    }
}

static size_t glyf_size(const struct subset *subset) {
    size_t size = 0;
    for (size_t i = 0; i < subset->glyphs.n; i++)
        size += (font_glyph_bytes(subset->weight, subset->glyphs.at[i]).n + 1) / 2 * 2;
    return size;
}

enum { MOST_SHORT = 2 * 0xFFFF }; /* bytes that offsets of 16 bits reach */

static void put_loca(struct subset *subset, const char *tag, struct str *out) {
    size_t at = 0;
    bool wide = glyf_size(subset) > MOST_SHORT;
    (void)tag;
    for (size_t i = 0; i <= subset->glyphs.n; i++) {
        if (wide)
            put32(out, (uint32_t)at);
        else
            put16(out, (uint32_t)at / 2);
        if (i < subset->glyphs.n)
            at += (font_glyph_bytes(subset->weight, subset->glyphs.at[i]).n + 1) / 2 * 2;
    }
}

static void put_head(struct subset *subset, const char *tag, struct str *out) {
    size_t start = out->n;
    put_copy(subset, tag, out);
    set32(out->at + start + 8, 0); /* the sum over all, put in at the end */
    set16(out->at + start + 50, glyf_size(subset) > MOST_SHORT);
}

static void put_hhea(struct subset *subset, const char *tag, struct str *out) {
    size_t start = out->n;
    put_copy(subset, tag, out);
    set16(out->at + start + 34, (uint32_t)subset->glyphs.n);
}

static void put_hmtx(struct subset *subset, const char *tag, struct str *out) {
    (void)tag;
    for (size_t i = 0; i < subset->glyphs.n; i++) {
        struct font_bytes bytes = font_glyph_bytes(subset->weight, subset->glyphs.at[i]);
        put16(out, (uint32_t)font_advance(subset->weight, subset->glyphs.at[i]));
        put16(out, bytes.n ? get16(bytes.at + 2) : 0); /* the left edge of the outline */
    }
}

static void put_kern(struct subset *subset, const char *tag, struct str *out) {
    struct str pairs = STR_EMPTY;
    (void)tag;
    for (size_t i = 0; i < subset->kerned.n; i++) /* in the numbers of the subset, which are in another order */
        subset->kerned.at[i] = (uint32_t)subset->number[subset->kerned.at[i] >> 16] << 16 |
                               subset->number[subset->kerned.at[i] & 0xFFFF];
    if (subset->kerned.n)
        qsort(subset->kerned.at, subset->kerned.n, sizeof *subset->kerned.at, by_value);
    for (size_t i = 0; i < subset->kerned.n; i++) {
        uint32_t pair = subset->kerned.at[i];
        if (i && pair == subset->kerned.at[i - 1])
            continue;
        put32(&pairs, pair);
        put16(&pairs,
              (uint32_t)font_kern(subset->weight, subset->glyphs.at[pair >> 16], subset->glyphs.at[pair & 0xFFFF]) &
                  0xFFFF);
    }
    uint32_t n = (uint32_t)(pairs.n / 6);
    if (n) {
        put32(out, 1); /* version 0, one table */
        put16(out, 0);
        put16(out, 14 + 6 * n);
        put16(out, 1); /* horizontal */
        put16(out, n);
        put_search(out, n, 6);
        str_putn(out, pairs.at, pairs.n);
    }
    subset->kerned.n = 0;
    str_free(&pairs);
}

static void put_maxp(struct subset *subset, const char *tag, struct str *out) {
    size_t start = out->n;
    put_copy(subset, tag, out);
    set16(out->at + start + 4, (uint32_t)subset->glyphs.n);
}

/* The licence wants the notice to go with the font. */
static void put_name(struct subset *subset, const char *tag, struct str *out) {
    static const char notice[] = "(c) The Noto Project Authors, OFL 1.1";
    static const uint32_t row[] = {0, 1, 18, 1, 0, 0, 0, sizeof notice - 1,
                                   0}; /* one record: Macintosh, Roman, copyright */
    (void)subset, (void)tag;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        put16(out, row[i]);
    str_put(out, notice);
}

/* --- the file ---------------------------------------------------------------------------------------------------------- */

static const struct table {
    const char *tag;
    void (*put)(struct subset *subset, const char *tag, struct str *out);
} tables[] = {
    {"OS/2", put_copy}, {"cmap", put_cmap}, {"glyf", put_glyf}, {"head", put_head},
    {"hhea", put_hhea}, {"hmtx", put_hmtx}, {"kern", put_kern}, {"loca", put_loca},
    {"maxp", put_maxp}, {"name", put_name}, {"post", put_copy},
};
enum { TABLES = sizeof tables / sizeof *tables };

static uint32_t sum_of(const char *at, size_t n) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += 4)
        sum += get32((const unsigned char *)at + i);
    return sum;
}

void subset_ttf(struct subset *subset, struct str *out) {
    struct str rows = STR_EMPTY, data = STR_EMPTY;
    uint32_t count = 0, start_of_data, head = 0;
    struct str one = STR_EMPTY;
    number_by_code(subset);
    start_of_data = 12 + 16 * (uint32_t)(TABLES - (subset->kerned.n ? 0 : 1));
    for (size_t i = 0; i < TABLES; i++) {
        str_clear(&one);
        tables[i].put(subset, tables[i].tag, &one);
        if (!one.n)
            continue;
        size_t length = one.n;
        str_fill(&one, '\0', (4 - length % 4) % 4);
        if (strcmp(tables[i].tag, "head") == 0)
            head = start_of_data + (uint32_t)data.n;
        str_put(&rows, tables[i].tag);
        put32(&rows, sum_of(one.at, one.n));
        put32(&rows, start_of_data + (uint32_t)data.n);
        put32(&rows, (uint32_t)length);
        str_putn(&data, one.at, one.n);
        count++;
    }
    size_t start = out->n;
    put32(out, 0x00010000);
    put16(out, count);
    put_search(out, count, 16);
    str_putn(out, rows.at, rows.n);
    str_putn(out, data.at, data.n);
    set32(out->at + start + head + 8, 0xB1B0AFBA - sum_of(out->at + start, out->n - start));
    str_free(&rows);
    str_free(&data);
    str_free(&one);
}

/* 0, or -1 when zlib fails. */
static int pack(const unsigned char *at, size_t n, unsigned char *packed, size_t *packed_n) {
    z_stream z = {.next_in = (unsigned char *)(size_t)at, .avail_in = (uInt)n, .next_out = packed};
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return -1;
    z.avail_out = (uInt)*packed_n;
    int result = deflate(&z, Z_FINISH);
    *packed_n = z.total_out;
    deflateEnd(&z);
    return result == Z_STREAM_END ? 0 : result == Z_OK ? 1 : -1;
}

/* One table, packed where that makes it smaller, padded to four bytes. Gives the bytes without padding; 0 when zlib fails. */
static size_t put_packed(struct str *out, const unsigned char *at, size_t n) {
    unsigned char *packed = mem_resize(NULL, n, 1);
    size_t packed_n = n;
    int result = n > SMALL ? pack(at, n, packed, &packed_n) : 1; /* 1: not smaller */
    if (result == 0 && packed_n < n)
        at = packed, n = packed_n;
    str_putn(out, at, n);
    str_fill(out, '\0', (4 - n % 4) % 4);
    free(packed);
    return result < 0 ? 0 : n;
}

/* A header of 44 bytes, 20 a table, then the tables. */
int subset_woff(struct subset *subset, struct str *out) {
    struct str ttf = STR_EMPTY, rows = STR_EMPTY, data = STR_EMPTY;
    subset_ttf(subset, &ttf);
    const unsigned char *at = (const unsigned char *)ttf.at;
    uint32_t count = get16(at + 4), offset = 44 + 20 * count;
    int result = 0;
    for (uint32_t i = 0; i < count; i++) {
        const unsigned char *row = at + 12 + 16 * (size_t)i;
        size_t start = offset + data.n, used = put_packed(&data, at + get32(row + 8), get32(row + 12));
        result = used ? result : -1;
        str_putn(&rows, row, 4);
        put32(&rows, (uint32_t)start);
        put32(&rows, (uint32_t)used);
        put32(&rows, get32(row + 12));
        put32(&rows, get32(row + 4));
    }
    str_put(out, "wOFF");
    put32(out, get32(at));
    put32(out, (uint32_t)(offset + data.n));
    put32(out, count << 16);
    put32(out, (uint32_t)ttf.n);
    put32(out, 0x00010000);
    str_fill(out, '\0', 20);
    str_putn(out, rows.at, rows.n);
    str_putn(out, data.at, data.n);
    str_free(&ttf);
    str_free(&rows);
    str_free(&data);
    return result;
}
