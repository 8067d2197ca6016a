/* Streams for PNG: zlib reads back the rows that went in, whatever the picture; and they are about as small as its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "write/flat.h"

static uint32_t seed;

static uint32_t random_below(uint32_t n) { /* the same on every machine */
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)seed * n >> 32);
}

/* What a reader of PNG sees in the stream: every row with its filter in front, none or the difference to the row above. */
static void check_rows(const struct str *stream, const uint32_t *pixels, size_t w, size_t h) {
    size_t row_n = 3 * w + 1;
    uLongf n = (uLongf)(row_n * h) + 1;
    unsigned char *raw = mem_resize(NULL, n, 1), *above = mem_resize(NULL, row_n, 1);
    assert_int_equal(uncompress(raw, &n, (const unsigned char *)stream->at, (uLong)stream->n), Z_OK);
    assert_int_equal(n, row_n * h);
    memset(above, 0, row_n);
    for (size_t y = 0; y < h; y++) {
        unsigned char *row = raw + y * row_n;
        assert_true(row[0] == 0 || row[0] == 2);
        for (size_t i = 1; i < row_n; i++) {
            unsigned char value = (unsigned char)(row[i] + (row[0] == 2 ? above[i] : 0));
            uint32_t pixel = pixels[y * w + (i - 1) / 3];
            if (value != (pixel >> (16 - 8 * ((i - 1) % 3)) & 255))
                fail_msg("%zu x %zu: byte %zu of row %zu is %d", w, h, i, y, value);
            above[i] = value;
        }
    }
    free(raw);
    free(above);
}

static size_t check_picture(const uint32_t *pixels, size_t w, size_t h, bool emptied) {
    struct str part = STR_EMPTY, all = STR_EMPTY;
    struct flat *flat = flat_new(w, &part);
    for (size_t y = 0; y < h; y++) {
        flat_row(flat, pixels + y * w);
        if (emptied) {
            str_putn(&all, part.at, part.n);
            str_clear(&part);
        }
    }
    flat_end(flat);
    str_putn(&all, part.at, part.n);
    check_rows(&all, pixels, w, h);
    size_t n = all.n;
    str_free(&part);
    str_free(&all);
    return n;
}

/* Ground, boxes, thin lines, patches of noise as of letters; rows that repeat. */
static void paint(uint32_t *pixels, size_t w, size_t h, uint32_t colours, uint32_t noise) {
    for (size_t i = 0; i < w * h; i++)
        pixels[i] = 0xFF000000u | 0xFFFFFF; /* the upper byte says nothing */
    for (size_t k = 0; k < 12; k++) {
        size_t x0 = random_below((uint32_t)w), y0 = random_below((uint32_t)h), x1 = x0 + random_below((uint32_t)w),
               y1 = y0 + 1 + random_below(9);
        uint32_t colour = random_below(colours) * 0x10305u;
        for (size_t y = y0; y < y1 && y < h; y++)
            for (size_t x = x0; x < x1 && x < w; x++)
                pixels[y * w + x] = random_below(100) < noise ? random_below(1u << 24) : colour;
    }
}

static void test_pictures(void **state) {
    static const size_t widths[] = {1, 2, 3, 4, 85, 86, 87, 88, 173, 300, 10922, 10923, 12000, 32000};
    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        for (uint32_t kind = 0; kind < 6; kind++) {
            size_t w = widths[i], h = 1 + (w > 5000 ? 12 : 40);
            uint32_t *pixels = mem_resize(NULL, w * h, sizeof *pixels);
            seed = (uint32_t)(i * 6) + kind;
            paint(pixels, w, h, kind + 1, (uint32_t[]){0, 0, 5, 30, 100, 60}[kind]);
            check_picture(pixels, w, h, kind % 2);
            free(pixels);
        }
}

/* Noise alone fills many blocks, and its codes are as long as codes may be; one colour alone has next to nothing to count. */
static void test_extremes(void **state) {
    enum { W = 400, H = 700 };
    uint32_t *pixels = mem_resize(NULL, W * H, sizeof *pixels);
    (void)state;
    seed = 7;
    for (size_t i = 0; i < W * H; i++)
        pixels[i] = random_below(1u << 24);
    size_t noise = check_picture(pixels, W, H, true);
    assert_true(noise < 3 * W * H * 101 / 100);
    for (size_t i = 0; i < W * H; i++) { /* counts like those of Fibonacci make the deepest trees */
        uint32_t value = 0;
        while (value < 40 && random_below(1000) < 618)
            value++;
        pixels[i] = value * 0x010101u;
    }
    check_picture(pixels, W, H, false);
    for (size_t i = 0; i < W * H; i++)
        pixels[i] = 0x112233;
    assert_true(check_picture(pixels, W, H, false) < 5000);
    free(pixels);
}

/* About as small as zlib at its fastest. */
static void test_size(void **state) {
    enum { W = 1200, H = 600 };
    uint32_t *pixels = mem_resize(NULL, W * H, sizeof *pixels);
    (void)state;
    seed = 1;
    paint(pixels, W, H, 9, 10);
    size_t ours = check_picture(pixels, W, H, false);
    uLongf theirs = compressBound(3 * W * H);
    unsigned char *bytes = mem_resize(NULL, 3 * W * H, 1), *packed = mem_resize(NULL, theirs, 1);
    for (size_t i = 0; i < W * H; i++)
        for (size_t k = 0; k < 3; k++)
            bytes[3 * i + k] = (unsigned char)(pixels[i] >> (16 - 8 * k));
    assert_int_equal(compress2(packed, &theirs, bytes, 3 * W * H, 1), Z_OK);
    print_message("%zu bytes, zlib %lu\n", ours, (unsigned long)theirs);
    assert_true(ours < theirs * 11 / 10);
    free(bytes);
    free(packed);
    free(pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
