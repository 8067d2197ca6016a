/* An icon from an SVG file: the small part of SVG that the icon pack uses and all writers can draw. */
#ifndef AWSDIAG_READ_SVG_ICON_H
#define AWSDIAG_READ_SVG_ICON_H

#include "base/diag.h"
#include "base/mem.h"
#include "model/icon.h"

/* Elements svg, title, desc, g, path, defs, clipPath; fills and strokes in #rgb, #rrggbb or none; no transforms, styles, gradients.
 * The first thing that is not understood is reported at its place in the file, and NULL comes back. The icon lives in `arena`;
 * its path data are those of the file, unchanged. */
const struct icon *svg_icon_read(const struct source *source, const char *name, struct arena *arena,
                                 struct diags *diags);

#endif
