/* Pictures inside of other files: icons and drawings as SVG files of their own, and bytes as text. */
#ifndef AWSDIAG_WRITE_EMBED_H
#define AWSDIAG_WRITE_EMBED_H

#include "scene/scene.h"

void put_base64(struct str *out, const unsigned char *at, size_t n);

/* An SVG file with the icon alone, unmodified. */
void embed_icon(const struct icon *icon, struct str *out);

/* A PNG file of `side` pixels square with the icon alone on nothing. 0, or -1 when it could not be painted. (In cairo.c.) */
int embed_pixels(const struct icon *icon, int side, struct str *out);

/* An SVG file with one path, whose extent, grown by half the stroke, is the picture; gives that place on the page. */
struct rect embed_path(const struct path *path, const struct theme *theme, struct str *out);

#endif
