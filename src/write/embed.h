/* Pictures inside of other files: the parts of SVG that several writers put, icons and drawings as SVG files of their own, bytes as text. */
#ifndef AWSDIAG_WRITE_EMBED_H
#define AWSDIAG_WRITE_EMBED_H

#include "scene/scene.h"
#include "write/xml.h"

void put_base64(struct str *out, const unsigned char *at, size_t n);

void put_view_box(struct xml *xml, struct rect view); /* the attribute */

void put_path_data(struct xml *xml, const struct path *path); /* the attribute `d` */

/* The paths of an icon, unmodified; where they are clipped, the ids of clips begin with `clips`. */
void put_icon_paths(struct xml *xml, const struct icon *icon, const char *clips);

/* An SVG file with the icon alone. */
void embed_icon(const struct icon *icon, struct str *out);

/* A PNG file of `side` pixels square with the icon alone on nothing. 0, or -1 when it could not be painted. (In cairo.c.) */
int embed_pixels(const struct icon *icon, int side, struct str *out);

/* An SVG file with one path, whose extent, grown by half the stroke, is the picture; gives that place on the page. */
struct rect embed_path(const struct path *path, const struct theme *theme, struct str *out);

#endif
