/* The characters of the carried font, one hexadecimal code point a line: everything CP932 can write, Latin, and the signs
 * that diagrams use. Printed at build time for hb-subset.
 */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { PLANE = 0x10000 };
static unsigned char wanted[PLANE];

static const uint32_t ranges[][2] = {
    {0x20, 0x7E},     {0xA0, 0x17F},    {0x2C6, 0x2DC},   {0x300, 0x304},   {0x391, 0x3C9},   {0x400, 0x45F},
    {0x2010, 0x2027}, {0x2030, 0x203E}, {0x20AC, 0x20AC}, {0x2116, 0x2122}, {0x2150, 0x2199}, {0x21D0, 0x21D5},
    {0x2200, 0x2265}, {0x2460, 0x24EA}, {0x2500, 0x257F}, {0x25A0, 0x25EF}, {0x2605, 0x2606}, {0x2713, 0x2717},
    {0x2776, 0x277F}, {0x3000, 0x30FF}, {0x3220, 0x3243}, {0xFF01, 0xFFEE},
};

int main(void) {
    iconv_t convert = iconv_open("UCS-4BE", "CP932");
    if (convert == (iconv_t)-1) {
        fprintf(stderr, "generate_unicodes: the C library cannot read CP932: %s\n", strerror(errno));
        return 1;
    }
    for (unsigned lead = 0x81; lead <= 0xFC; lead++)
        for (unsigned trail = 0x40; trail <= 0xFC; trail++) {
            char in[2] = {(char)lead, (char)trail}, *from = in;
            unsigned char out[8], *to = out;
            size_t in_left = 2, out_left = sizeof out;
            iconv(convert, NULL, NULL, NULL, NULL);
            if (iconv(convert, &from, &in_left, (char **)&to, &out_left) == (size_t)-1 || in_left || out_left != 4)
                continue;
            uint32_t code = (uint32_t)out[0] << 24 | (uint32_t)out[1] << 16 | (uint32_t)out[2] << 8 | out[3];
            if (code < 0xE000 || (code > 0xF8FF && code < PLANE)) /* not the private use area */
                wanted[code] = 1;
        }
    iconv_close(convert);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (uint32_t code = ranges[i][0]; code <= ranges[i][1]; code++)
            wanted[code] = 1;
    for (uint32_t code = 0; code < PLANE; code++)
        if (wanted[code])
            printf("%X\n", (unsigned)code);
    return 0;
}
