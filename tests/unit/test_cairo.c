#include "drawing.h"

#include <math.h>
#include <zlib.h>

static uint32_t big(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Walks the chunks, checks each sum, and gives the pixels: rows of a filter byte and RGB. */
static unsigned char *read_png(const struct str *png, uint32_t *width, uint32_t *height) {
    const unsigned char *at = (const unsigned char *)png->at + 8, *end = (const unsigned char *)png->at + png->n;
    struct str packed = STR_EMPTY;
    assert_memory_equal(png->at, "\x89PNG\r\n\x1a\n", 8);
    *width = *height = 0;
    while (at < end) {
        uint32_t n = big(at);
        assert_true(n <= (size_t)(end - at) - 12);
        assert_int_equal(big(at + 8 + n), crc32(0, at + 4, n + 4));
        if (memcmp(at + 4, "IHDR", 4) == 0) {
            *width = big(at + 8), *height = big(at + 12);
            assert_memory_equal(at + 16, "\x08\x02\x00\x00\x00", 5); /* 8 bits, RGB, nothing special */
        }
        if (memcmp(at + 4, "IDAT", 4) == 0)
            str_putn(&packed, at + 8, n);
        if (memcmp(at + 4, "IEND", 4) == 0)
            assert_ptr_equal(at + 12, end);
        at += n + 12;
    }
    size_t size = (size_t)*height * (1 + 3 * (size_t)*width);
    unsigned char *pixels = mem_resize(NULL, size, 1);
    uLongf length = (uLongf)size;
    assert_int_equal(uncompress(pixels, &length, (const unsigned char *)packed.at, (uLong)packed.n), Z_OK);
    assert_int_equal(length, size);
    for (size_t y = 0, row = 1 + 3 * (size_t)*width; y < *height;
         y++) { /* a row as it is, or as its difference to the one above */
        unsigned char *here = pixels + y * row;
        assert_true(here[0] == 0 || (here[0] == 2 && y > 0));
        for (size_t i = 1; here[0] == 2 && i < row; i++)
            here[i] = (unsigned char)(here[i] + here[i - row]);
    }
    str_free(&packed);
    return pixels;
}

static void pixels_are_as_many_as_the_scale_says(void **state) {
    (void)state;
    const double scales[] = {0, 0.5, 1, 2};
    struct drawing drawing;
    drawing_open(&drawing, "light", LANG_EN);
    for (size_t i = 0; i < 4; i++) {
        struct str png = STR_EMPTY;
        uint32_t width, height;
        assert_int_equal(
            png_write(drawing.scene, &(struct write_options){.scale = scales[i]}, &png, &drawing.desk.diags), 0);
        unsigned char *pixels = read_png(&png, &width, &height);
        double scale = scales[i] > 0 ? scales[i] : 1;
        assert_int_equal(width, ceil(drawing.scene->width * scale));
        assert_int_equal(height, ceil(drawing.scene->height * scale));
        free(pixels);
        str_free(&png);
    }
    drawing_close(&drawing);
}

static void the_page_has_the_colour_of_its_theme_and_something_on_it(void **state) {
    (void)state;
    for (size_t i = 0; i < theme_count; i++) {
        struct drawing drawing;
        struct str png = STR_EMPTY;
        uint32_t width, height;
        drawing_open(&drawing, themes[i].name, LANG_JA);
        assert_int_equal(png_write(drawing.scene, &(struct write_options){.scale = 1}, &png, &drawing.desk.diags), 0);
        unsigned char *pixels = read_png(&png, &width, &height);
        uint32_t page = themes[i].light[COLOUR_PAGE];
        unsigned char rgb[3] = {(unsigned char)(page >> 16), (unsigned char)(page >> 8), (unsigned char)page};
        size_t other = 0, row = 1 + 3 * (size_t)width;
        for (size_t y = 0; y < height; y++) {
            assert_memory_equal(pixels + y * row + 1, rgb, 3); /* the margin */
            for (size_t x = 0; x < width; x++)
                other += memcmp(pixels + y * row + 1 + 3 * x, rgb, 3) != 0;
        }
        assert_true(other > 2000);
        assert_true(other < (size_t)width * height / 2);
        free(pixels);
        str_free(&png);
        drawing_close(&drawing);
    }
}

static void a_picture_that_is_too_large_is_a_diagnostic(void **state) {
    (void)state;
    struct drawing drawing;
    struct str png = STR_EMPTY;
    drawing_open(&drawing, "light", LANG_EN);
    assert_int_equal(png_write(drawing.scene, &(struct write_options){.scale = 1000}, &png, &drawing.desk.diags), -1);
    assert_int_equal(png.n, 0);
    assert_int_equal(diags_outcome(&drawing.desk.diags), OUTCOME_LIMIT);
    str_free(&png);
    drawing_close(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pixels_are_as_many_as_the_scale_says),
                                       cmocka_unit_test(the_page_has_the_colour_of_its_theme_and_something_on_it),
                                       cmocka_unit_test(a_picture_that_is_too_large_is_a_diagnostic)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
