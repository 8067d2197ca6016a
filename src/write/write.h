/* Output formats, one row each. No writer knows another, but HTML, which holds an SVG. */
#ifndef AWSDIAG_WRITE_WRITE_H
#define AWSDIAG_WRITE_WRITE_H

#include "base/diag.h"
#include "scene/scene.h"

/* How SVG carries text: real text with the glyphs used embedded as a font; outlines, for programs that ignore embedded fonts; real text
 * in whatever font the reader has. */
enum svg_text { SVG_TEXT_EMBED, SVG_TEXT_OUTLINE, SVG_TEXT_PLAIN, SVG_TEXTS };
extern const char *const svg_text_names[SVG_TEXTS]; /* "embed", "outline", "plain" */

struct write_options {
    enum svg_text svg_text;
    double scale;          /* of raster formats; 0: 1 */
    const char *id_prefix; /* put before every id, for pages that hold several pictures; or NULL */
    bool inline_svg;       /* without XML declaration */
};

struct format {
    const char *name;      /* "svg" */
    const char *extension; /* ".svg" */
    const char *also;      /* another extension that means it; or NULL */
    const char *mime;
    const char *about;
    int (*write)(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
    bool languages, pages; /* it can hold several (scene->also, scene->next) */
    bool bare;             /* title, steps, notes and legend are the writer's: the scene is the diagram alone */
    const char *theme;     /* when nobody names one; NULL: the first */
};

extern const struct format formats[];
extern const size_t format_count;

const struct format *format_find(const char *name);    /* NULL when there is none */
const struct format *format_of_path(const char *path); /* by extension; NULL when there is none */

/* Writers: bytes appended to `out`; 0, or -1 with a diagnostic. */
int svg_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int pdf_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int png_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int json_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int dot_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int cmapx_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int pptx_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int drawio_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);
int html_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags);

#endif
