/* ZIP: what is packed comes out again, in the order and under the names it was given. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <zlib.h>

#include "write/zip.h"

static unsigned at16(const struct str *s, size_t at) {
    return (unsigned)(unsigned char)s->at[at] | (unsigned)(unsigned char)s->at[at + 1] << 8;
}

static uint32_t at32(const struct str *s, size_t at) { return at16(s, at) | (uint32_t)at16(s, at + 2) << 16; }

static void entries_and_directory(void **state) {
    (void)state;
    char flat[5000];
    memset(flat, 'a', sizeof flat);
    struct str out = STR_EMPTY;
    struct zip zip;
    str_put(&out, "before"); /* offsets count from the start of the file */
    zip_begin(&zip, &out);
    zip_add(&zip, "short", "xyz", 3);
    zip_add(&zip, "folder/\xE5\x9B\xB3.xml", flat, sizeof flat);
    zip_add(&zip, "empty", "", 0);
    assert_int_equal(zip_end(&zip), 0);
    size_t end = out.n - 22, directory = 6 + at32(&out, end + 16);
    assert_int_equal(at32(&out, end), 0x06054B50);
    assert_int_equal(at16(&out, end + 10), 3);
    assert_int_equal(directory + at32(&out, end + 12), end);
    assert_int_equal(at32(&out, directory), 0x02014B50);
    assert_int_equal(at32(&out, directory + 42), 0);
    assert_int_equal(at16(&out, 6 + 8), 0); /* packing three bytes saves none: they are stored */
    assert_int_equal(at32(&out, 6 + 14), crc32(0, (const unsigned char *)"xyz", 3));
    assert_memory_equal(out.at + 6 + 30, "shortxyz", 8);
    str_free(&out);
}

static void packed_bytes_come_back(void **state) {
    (void)state;
    char flat[5000], back[5000];
    for (size_t i = 0; i < sizeof flat; i++)
        flat[i] = (char)('a' + i % 7);
    struct str out = STR_EMPTY;
    struct zip zip;
    zip_begin(&zip, &out);
    zip_add(&zip, "f", flat, sizeof flat);
    assert_int_equal(zip_end(&zip), 0);
    assert_int_equal(at16(&out, 8), 8);
    assert_true(at32(&out, 18) < sizeof flat / 10);
    assert_int_equal(at32(&out, 22), sizeof flat);
    z_stream z = {0};
    assert_int_equal(inflateInit2(&z, -15), Z_OK);
    z.next_in = (unsigned char *)out.at + 31, z.avail_in = at32(&out, 18);
    z.next_out = (unsigned char *)back, z.avail_out = sizeof back;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    assert_memory_equal(flat, back, sizeof flat);
    str_free(&out);
}

static void same_bytes_again(void **state) {
    (void)state;
    struct str out[2] = {STR_EMPTY, STR_EMPTY};
    for (int i = 0; i < 2; i++) {
        struct zip zip;
        zip_begin(&zip, &out[i]);
        zip_add(&zip, "a", "some text, some text, some text, some text", 42);
        zip_end(&zip);
    }
    assert_int_equal(out[0].n, out[1].n);
    assert_memory_equal(out[0].at, out[1].at, out[0].n);
    str_free(&out[0]);
    str_free(&out[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(entries_and_directory),
                                       cmocka_unit_test(packed_bytes_come_back), cmocka_unit_test(same_bytes_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
