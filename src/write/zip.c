#include "write/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

enum { STORED = 0, DEFLATED = 8, VERSION = 20, UTF8_NAMES = 0x800, FIRST_DAY = 0x21 /* 1980-01-01 */ };
enum { MOST_ENTRIES = 0xFFFF, LEVEL = 6 };
static const size_t most_bytes = 0xFFFFFFFF;

static void put16(struct str *out, unsigned value) {
    str_putc(out, (char)(value & 255));
    str_putc(out, (char)(value >> 8 & 255));
}

static void put32(struct str *out, uint32_t value) {
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

/* What the two headers of an entry have in common. */
static void put_common(struct str *out, unsigned method, uint32_t crc, size_t packed, size_t n, const char *name) {
    put16(out, VERSION);
    put16(out, UTF8_NAMES);
    put16(out, method);
    put16(out, 0); /* midnight */
    put16(out, FIRST_DAY);
    put32(out, crc);
    put32(out, (uint32_t)packed);
    put32(out, (uint32_t)n);
    put16(out, (unsigned)strlen(name));
    put16(out, 0); /* no further fields */
}

/* Raw deflate; 0 when it saves nothing. The caller frees `*packed`. */
static size_t deflated(struct zip *zip, const void *bytes, size_t n, unsigned char **packed) {
    z_stream z = {0};
    *packed = NULL;
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        zip->failed = true;
        return 0;
    }
    uLong room = deflateBound(&z, (uLong)n);
    *packed = mem_resize(NULL, room, 1);
    z.next_in = (unsigned char *)(uintptr_t)bytes, z.avail_in = (uInt)n; /* zlib does not write there */
    z.next_out = *packed, z.avail_out = (uInt)room;
    zip->failed = deflate(&z, Z_FINISH) != Z_STREAM_END || zip->failed;
    size_t size = z.total_out;
    deflateEnd(&z);
    return size < n ? size : 0;
}

void zip_begin(struct zip *zip, struct str *out) {
    *zip = (struct zip){.out = out, .directory = STR_EMPTY, .start = out->n};
}

void zip_add(struct zip *zip, const char *name, const void *bytes, size_t n) {
    size_t offset = zip->out->n - zip->start;
    if (zip->entries == MOST_ENTRIES || n > most_bytes / 2 || offset > most_bytes / 2) {
        zip->failed = true;
        return;
    }
    unsigned char *packed;
    size_t size = deflated(zip, bytes, n, &packed);
    unsigned method = size ? DEFLATED : STORED;
    uint32_t crc = (uint32_t)crc32(0, bytes, (uInt)n);
    zip->entries++;
    put32(zip->out, 0x04034B50);
    put_common(zip->out, method, crc, size ? size : n, n, name);
    str_put(zip->out, name);
    str_putn(zip->out, size ? packed : bytes, size ? size : n);
    free(packed);
    put32(&zip->directory, 0x02014B50);
    put16(&zip->directory, VERSION);
    put_common(&zip->directory, method, crc, size ? size : n, n, name);
    put16(&zip->directory, 0); /* no comment */
    put16(&zip->directory, 0); /* first disk */
    put16(&zip->directory, 0); /* bytes, not text */
    put32(&zip->directory, 0); /* no rights */
    put32(&zip->directory, (uint32_t)offset);
    str_put(&zip->directory, name);
}

int zip_end(struct zip *zip) {
    size_t offset = zip->out->n - zip->start;
    str_putn(zip->out, zip->directory.at, zip->directory.n);
    put32(zip->out, 0x06054B50);
    put16(zip->out, 0);
    put16(zip->out, 0);
    put16(zip->out, zip->entries);
    put16(zip->out, zip->entries);
    put32(zip->out, (uint32_t)zip->directory.n);
    put32(zip->out, (uint32_t)offset);
    put16(zip->out, 0);
    str_free(&zip->directory);
    return zip->failed ? -1 : 0;
}
