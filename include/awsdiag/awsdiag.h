/* libawsdiag: YAML descriptions of AWS architectures to annotated diagrams.
 *
 * The simple call:
 *
 *     struct awsdiag *diagram = awsdiag_open("cloudhub.yaml", NULL);
 *     if (awsdiag_save(diagram, "cloudhub.svg", NULL) != AWSDIAG_OK)
 *         fputs(awsdiag_report(diagram, AWSDIAG_REPORT_TEXT), stderr);
 *     awsdiag_close(diagram);
 *
 * A diagram is used by one thread at a time, and because the layout engine runs in a forked child, programs with several
 * threads should draw from a process of their own. The library prints nothing, opens no network connection, changes no locale and
 * never ends the process, except when memory is gone (awsdiag_on_no_memory).
 *
 * Strings given out belong to the diagram and live until awsdiag_close unless another owner is named.
 */
#ifndef AWSDIAG_AWSDIAG_H
#define AWSDIAG_AWSDIAG_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined _WIN32 || !defined __GNUC__
#define AWSDIAG_API
#else
#define AWSDIAG_API __attribute__((visibility("default")))
#endif

#define AWSDIAG_VERSION "0.1.0"

/* What came of a call; also the exit codes of the program. The worst of all diagnostics so far. */
enum awsdiag_status {
    AWSDIAG_OK = 0,
    AWSDIAG_INPUT = 1,    /* the input has errors; nothing was written */
    AWSDIAG_USAGE = 2,    /* an option or a name is not known */
    AWSDIAG_IO = 3,       /* a file cannot be read or written */
    AWSDIAG_LIMIT = 4,    /* a limit of size, memory or time */
    AWSDIAG_INTERNAL = 5, /* a fault of awsdiag itself */
};

struct awsdiag;

/* Zero in every field is the default. Strings are copied. */
struct awsdiag_input {
    const char *const *templates; /* directories with parts of one's own; NULL behind the last */
    const char
        *as_of; /* "2019" or "2019-07": services that were current then are no mistake; NULL: the scenario's own */
    int warnings_are_errors;
    int check;        /* violated rules are errors; else warnings, as they do not keep a picture from being drawn */
    size_t max_bytes; /* a file: 4 MiB */
    size_t max_notes; /* that come by themselves; violated ones and those asked for do in any case */
    size_t max_nodes, max_edges; /* 20,000 and 50,000 */
    double max_seconds;          /* for the layout of one file: 30 */
    size_t max_memory;           /* bytes for one file: 1 GiB */
};

struct awsdiag_drawing {
    const char *format; /* NULL: from the name of the output, else "svg" */
    const char
        *lang; /* "en", "ja"; "en+ja": both in one SVG, of which one shows; NULL: the scenario's own, else "en" */
    const char *theme;     /* NULL: the scenario's own, else "light" */
    double scale;          /* of raster formats: 1 */
    int no_icons;          /* draw monogram tiles in place of icons */
    const char *id_prefix; /* put before every id of the SVG */
    const char *
        svg_text; /* "embed": the glyphs used as a font (the default), "outline": as shapes, "plain": the reader's own font */
};

/* Read and check a scenario; "-" is standard input. Never NULL: what is wrong is in the report. The caller closes it. */
AWSDIAG_API struct awsdiag *awsdiag_open(const char *path, const struct awsdiag_input *input);

/* The same from memory; `name` stands for the file in messages, and parts are looked for beside it. */
AWSDIAG_API struct awsdiag *awsdiag_open_memory(const char *name, const void *bytes, size_t size,
                                                const struct awsdiag_input *input);
AWSDIAG_API void awsdiag_close(struct awsdiag *diagram); /* accepts NULL */

/* The worst outcome so far. */
AWSDIAG_API enum awsdiag_status awsdiag_status(const struct awsdiag *diagram);

/* Draw to memory: `*bytes` belongs to the diagram until its next drawing. */
AWSDIAG_API enum awsdiag_status awsdiag_draw(struct awsdiag *diagram, const struct awsdiag_drawing *drawing,
                                             const void **bytes, size_t *size);

/* Draw to a file ("-": standard output), written beside and renamed: on failure the earlier file is as it was. */
AWSDIAG_API enum awsdiag_status awsdiag_save(struct awsdiag *diagram, const char *path,
                                             const struct awsdiag_drawing *drawing);

/* The picture in words, for those who cannot see it: title, steps, what stands where, what leads where, the notes. */
AWSDIAG_API enum awsdiag_status awsdiag_alt(struct awsdiag *diagram, const struct awsdiag_drawing *drawing,
                                            const char **text);

/* The data after one stage as stable text: "tree", "model", "notes", "graph", "layout" or "scene". */
AWSDIAG_API enum awsdiag_status awsdiag_dump(struct awsdiag *diagram, const char *stage,
                                             const struct awsdiag_drawing *drawing, const char **text);

/* What the picture is worth: faults (zero in a picture worth showing), prices such as crossings and bends, and proportions,
 * each with the places in the scenario. As text a line each, or as a JSON object. */
AWSDIAG_API enum awsdiag_status awsdiag_quality(struct awsdiag *diagram, int json, const char **text);

/* How far nodes stand from where they stood in `path`, an SVG drawn earlier: how many are kept, new, gone and moved, how far in the mean
 * and at most, without what all have in common. As text a line each, or as a JSON object. */
AWSDIAG_API enum awsdiag_status awsdiag_against(struct awsdiag *diagram, const char *path, int json, const char **text);

/* Make it an error, with the places, when the measure of that name is smaller than `least` or greater than `most` (NAN: no such
 * limit). Names are those of awsdiag_measure. */
AWSDIAG_API enum awsdiag_status awsdiag_limit(struct awsdiag *diagram, const char *name, double least, double most);
AWSDIAG_API const char *awsdiag_measure(size_t i); /* NULL behind the last */

/* All diagnostics so far, sorted by position: for people, or for programs as JSON, SARIF 2.1.0 or GitHub annotations. */
enum awsdiag_report {
    AWSDIAG_REPORT_TEXT,
    AWSDIAG_REPORT_COLOUR,
    AWSDIAG_REPORT_JSON,
    AWSDIAG_REPORT_SARIF,
    AWSDIAG_REPORT_GITHUB
};
AWSDIAG_API const char *awsdiag_report(struct awsdiag *diagram, enum awsdiag_report form);

/* The same for several diagrams in one document. Diagrams may be closed once they are added; the text belongs to the log. */
struct awsdiag_log;
AWSDIAG_API struct awsdiag_log *awsdiag_log_open(enum awsdiag_report form);
AWSDIAG_API void awsdiag_log_add(struct awsdiag_log *log, struct awsdiag *diagram);
AWSDIAG_API const char *awsdiag_log_text(struct awsdiag_log *log); /* call once, when all are added */
AWSDIAG_API void awsdiag_log_close(struct awsdiag_log *log);       /* accepts NULL */

/* Numbers of errors and warnings so far. */
AWSDIAG_API size_t awsdiag_errors(const struct awsdiag *diagram);
AWSDIAG_API size_t awsdiag_warnings(const struct awsdiag *diagram);

/* The `i`th file that was read (scenario, parts of one's own), or NULL behind the last: what the picture depends on. */
AWSDIAG_API const char *awsdiag_dependency(const struct awsdiag *diagram, size_t i);

/* What the program knows, to be read by people or programs. Zero in every field is the default. */
struct awsdiag_question {
    const char *lang;             /* "en", "ja"; NULL: both */
    const char *const *templates; /* as for awsdiag_open */
    int json;                     /* answer in JSON */
    int scenario;                 /* awsdiag_list: answer with a scenario that shows the services, groups or actors */
    size_t columns;               /* of the screen: lines of a table are cut to them; 0: they are not */
};

/* A list of what there is: "services", "groups", "actors", "attributes", "categories", "kinds", "notes", "parts", "themes", "formats",
 * "icons", "diagnostics", or "all". With a `word` that is not NULL only what it finds, best first: case, width of letters, kana,
 * hyphens and small slips do not matter. `*text` is the answer or, when the call fails, what is wrong (AWSDIAG_INPUT: nothing is found);
 * it is the caller's and goes to awsdiag_free. */
AWSDIAG_API enum awsdiag_status awsdiag_list(const char *list, const char *word,
                                             const struct awsdiag_question *question, char **text);

/* All that is called `name`: a type (by key, alias or CloudFormation name), kind, note, part, ... */
AWSDIAG_API enum awsdiag_status awsdiag_explain(const char *name, const struct awsdiag_question *question, char **text);

/* The JSON Schema of scenarios, for editors; with the types of `templates`. */
AWSDIAG_API enum awsdiag_status awsdiag_schema(const struct awsdiag_question *question, char **text);
AWSDIAG_API void awsdiag_free(char *text); /* accepts NULL */

/* The `i`th list with one sentence about it; 0 behind the last. */
AWSDIAG_API int awsdiag_list_name(size_t i, const char **name, const char **about);

/* Tables: the `i`th row, or 0 behind the last. */
struct awsdiag_format {
    const char *name, *extension, *mime, *about;
};
AWSDIAG_API int awsdiag_format(size_t i, struct awsdiag_format *row);
AWSDIAG_API const char *awsdiag_theme(size_t i); /* NULL behind the last */
AWSDIAG_API const char *awsdiag_lang(size_t i);  /* NULL behind the last */

/* Version of the program, of the icons and the font in it, a line each. */
AWSDIAG_API const char *awsdiag_about(void);

/* Notices of what is carried inside: icons, font. */
AWSDIAG_API const char *awsdiag_licenses(void);

/* Called when memory is gone, before the process ends with 4; must not return. */
AWSDIAG_API void awsdiag_on_no_memory(void (*hook)(size_t wanted));

#ifdef __cplusplus
}
#endif

#endif
