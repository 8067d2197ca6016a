/* The pipeline and the public API. The way of the data is `open_source` and `draw`; everything else here is bookkeeping. */
#include "awsdiag/awsdiag.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/source.h"
#include "base/str.h"
#include "check/notes.h"
#include "check/places.h"
#include "check/report.h"
#include "guide/guide.h"
#include "layout/choose.h"
#include "layout/measure.h"
#include "layout/against.h"
#include "layout/quality.h"
#include "model/model.h"
#include "read/load.h"
#include "read/own_types.h"
#include "read/own_notes.h"
#include "read/template.h"
#include "read/yaml.h"
#include "scene/compose.h"
#include "write/write.h"

struct awsdiag {
    struct arena *arena; /* everything but the strings below */
    struct sources sources;
    struct diags diags;
    struct template_paths paths;
    struct catalog catalog; /* with the types of the template directories */
    struct load_limits load_limits;
    struct place_limits place_limits;
    const char *name;
    const char *as_of;     /* or NULL */
    struct tree *tree;     /* as written */
    struct tree *expanded; /* without parts */
    struct model *model;
    enum check_use use;
    size_t max_notes; /* 0: as the scenario says */
    struct findings findings;
    struct shown_notes notes;
    struct layout *layout;   /* NULL until asked for; the same in all languages */
    struct quality *quality; /* of it; NULL until asked for */
    struct str graphs;
    struct str bytes, report, dump;
};

/* --- the line ----------------------------------------------------------------------------------------------------------- */

static void open_source(struct awsdiag *d, struct source *source) {
    if (!source)
        return;
    own_types_add(&d->catalog, &d->paths, d->arena, &d->diags);
    d->tree = yaml_read(source, d->arena, &yaml_default_limits, &d->diags);
    if (d->tree)
        d->expanded = template_expand(d->tree, &d->paths, d->arena, &d->diags);
    if (d->expanded)
        d->model = load_model(d->expanded, &d->catalog, &d->load_limits, d->arena, &d->diags);
    if (d->model)
        own_notes_add(d->model, &d->paths, &d->diags);
    if (d->model && d->as_of)
        d->model->as_of = d->as_of;
    if (d->model)
        places_check(d->model, &d->diags);
    if (d->model && d->max_notes)
        d->model->notes_max = d->max_notes;
    if (d->model && !diags_failed(&d->diags)) {
        d->findings = check_run(d->model, d->use, &d->diags);
        d->notes = notes_match(d->model, &d->findings, &d->diags);
    }
}

static const struct layout *lay_out(struct awsdiag *d) {
    if (!d->layout)
        d->layout = layout_choose(d->model, &d->place_limits, NULL, d->arena, &d->diags);
    return d->layout;
}

/* How a drawing looks, in one language or in several: the first of them shows unless the reader asks for another. */
struct looks {
    struct compose_options look;
    enum lang langs[LANGS];
    size_t n;
};

static struct scene *compose_in_language(struct awsdiag *d, struct compose_options look, enum lang lang) {
    look.lang = lang;
    return compose_scene(d->model, lay_out(d), &d->notes, &look, d->arena);
}

/* The scene, and behind it those of the other languages, all of one size. */
static const struct scene *compose_languages(struct awsdiag *d, const struct looks *looks) {
    struct compose_options look = looks->look;
    struct scene *scene = NULL;
    for (size_t i = 0; looks->n > 1 && i < looks->n; i++) {
        scene = compose_in_language(d, look, looks->langs[i]);
        look.least_width = scene->width, look.least_height = scene->height;
    }
    const struct scene *also = NULL;
    for (size_t i = looks->n; i-- > 0; also = scene) {
        scene = compose_in_language(d, look, looks->langs[i]);
        scene->also = also;
    }
    return scene;
}

static int draw(struct awsdiag *d, const struct looks *looks, const struct format *format,
                const struct write_options *options) {
    struct looks own = *looks;
    own.look.pages = format->pages, own.look.bare = format->bare;
    const struct scene *scene = compose_languages(d, &own);
    str_clear(&d->bytes);
    return format->write(scene, options, &d->bytes, &d->diags);
}

/* --- opening and closing -------------------------------------------------------------------------------------------------- */

static const char *const *copy_list(struct arena *arena, const char *const *list) {
    size_t n = 0;
    while (list && list[n])
        n++;
    const char **copy = arena_array(arena, n + 1, sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] = arena_copy(arena, list[i], strlen(list[i]));
    return copy;
}

static struct awsdiag *open_empty(const char *name, const struct awsdiag_input *input) {
    static const struct awsdiag_input defaults = {0};
    input = input ? input : &defaults;
    struct arena *arena = arena_new();
    struct awsdiag *d = arena_alloc(arena, sizeof *d);
    size_t memory = input->max_memory ? input->max_memory : (size_t)1 << 30;
    arena_limit(arena, memory);
    d->arena = arena;
    d->name = arena_copy(arena, name, strlen(name));
    d->sources = (struct sources){.arena = arena, .limit = input->max_bytes ? input->max_bytes : (size_t)4 << 20};
    d->diags = diags_new(arena);
    d->diags.warnings_are_errors = input->warnings_are_errors != 0;
    d->paths = (struct template_paths){.sources = &d->sources, .directories = copy_list(arena, input->templates)};
    d->catalog = catalog_builtin;
    d->load_limits = load_default_limits;
    d->load_limits.templates = &d->paths;
    if (input->max_nodes)
        d->load_limits.nodes = input->max_nodes;
    if (input->max_edges)
        d->load_limits.edges = input->max_edges;
    d->max_notes = input->max_notes;
    if (input->as_of && !catalog_date(input->as_of))
        diag_add(&d->diags, DIAG_unknown_name, (struct mark){0},
                 "`%s` is no date: a year, or year and month as in 2019-07", input->as_of);
    else if (input->as_of)
        d->as_of = arena_copy(arena, input->as_of, strlen(input->as_of));
    d->use = input->check ? CHECK_REPORT : CHECK_DRAW;
    d->place_limits = (struct place_limits){.seconds = input->max_seconds, .memory = memory};
    d->graphs = d->bytes = d->report = d->dump = STR_EMPTY;
    return d;
}

struct awsdiag *awsdiag_open(const char *path, const struct awsdiag_input *input) {
    struct awsdiag *d = open_empty(strcmp(path, "-") == 0 ? "<stdin>" : path, input);
    open_source(d, source_open(&d->sources, path, NULL, &d->diags));
    return d;
}

struct awsdiag *awsdiag_open_memory(const char *name, const void *bytes, size_t size,
                                    const struct awsdiag_input *input) {
    struct awsdiag *d = open_empty(name, input);
    open_source(d, source_memory(&d->sources, name, bytes, size, &d->diags));
    return d;
}

void awsdiag_close(struct awsdiag *d) {
    if (!d)
        return;
    str_free(&d->graphs);
    str_free(&d->bytes);
    str_free(&d->report);
    str_free(&d->dump);
    arena_free(d->arena);
}

enum awsdiag_status awsdiag_status(const struct awsdiag *d) { return (enum awsdiag_status)diags_outcome(&d->diags); }

/* --- drawing ---------------------------------------------------------------------------------------------------------------- */

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool unknown(struct awsdiag *d, const char *what, const char *name) {
    diag_add(&d->diags, DIAG_unknown_name, (struct mark){0}, "there is no %s `%s`", what, name);
    return false;
}

/* The names there are, and the nearest; for lists as short as these it is quicker to read all than to look them up. */
static void hint_names(struct awsdiag *d, const char *word, const char *const *names, size_t n) {
    struct str all = STR_EMPTY;
    for (size_t i = 0; i < n; i++)
        str_printf(&all, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", names[i]);
    diag_hint(&d->diags, "there are %s", all.at);
    diag_suggest(&d->diags, word, names, n);
    str_free(&all);
}

static bool unknown_theme(struct awsdiag *d, const char *name) {
    const char **names = arena_array(d->arena, theme_count, sizeof *names);
    for (size_t i = 0; i < theme_count; i++)
        names[i] = themes[i].name;
    unknown(d, "theme", name);
    hint_names(d, name, names, theme_count);
    return false;
}

static bool unknown_format(struct awsdiag *d, const char *name, const char *path) {
    const char **names = arena_array(d->arena, format_count, sizeof *names);
    for (size_t i = 0; i < format_count; i++)
        names[i] = formats[i].name;
    diag_add(&d->diags, DIAG_unknown_name, (struct mark){0}, "no format is known for `%s`", name ? name : path);
    hint_names(d, name ? name : "", names, format_count);
    return false;
}

/* "en", or "en+ja" for several in one picture. */
static bool resolve_languages(struct awsdiag *d, const char *names, const struct format *format, struct looks *looks) {
    looks->langs[0] = d->model->lang, looks->n = 1;
    for (const char *at = names, *end; names; at = end + 1) {
        size_t lang = 0, n = strcspn(at, "+");
        end = at + n;
        while (lang < LANGS && (strlen(lang_codes[lang]) != n || strncmp(lang_codes[lang], at, n) != 0))
            lang++;
        looks->n = at == names ? 0 : looks->n;
        if (lang == LANGS || looks->n == LANGS)
            return unknown(d, "language", names);
        looks->langs[looks->n++] = (enum lang)lang;
        if (!*end)
            break;
    }
    if (looks->n > 1 && format && !format->languages) {
        diag_add(&d->diags, DIAG_unknown_name, (struct mark){0}, "%s holds one language, not `%s`", format->name,
                 names);
        diag_hint(&d->diags, "use svg or html, or a comma for a file each");
        return false;
    }
    return true;
}

static bool resolve_text(struct awsdiag *d, const char *name, enum svg_text *out) {
    for (int i = 0; name && i < SVG_TEXTS; i++)
        if (strcmp(svg_text_names[i], name) == 0) {
            *out = (enum svg_text)i;
            return true;
        }
    return name ? unknown(d, "way of text", name) : true;
}

/* The names in `drawing` to rows; what is unknown is a fault of the caller, and reported as such. */
static bool resolve(struct awsdiag *d, const struct awsdiag_drawing *drawing, const char *path, struct looks *looks,
                    const struct format **format, struct write_options *options) {
    const char *name = drawing->format;
    *format = name ? format_find(name) : path && strcmp(path, "-") != 0 ? format_of_path(path) : format_find("svg");
    const char *theme = drawing->theme    ? drawing->theme
                        : d->model->theme ? d->model->theme
                        : *format         ? (*format)->theme
                                          : NULL;
    *options = (struct write_options){.scale = drawing->scale, .id_prefix = drawing->id_prefix};
    *looks = (struct looks){
        .look = {.theme = theme_find(theme), .name = base_name(d->name), .no_icons = drawing->no_icons != 0}};
    bool known = resolve_languages(d, drawing->lang, *format, looks);
    known = resolve_text(d, drawing->svg_text, &options->svg_text) && known;
    if (!looks->look.theme)
        known = unknown_theme(d, theme);
    if (*format)
        return known;
    return unknown_format(d, name, path);
}

static bool draw_to_bytes(struct awsdiag *d, const struct awsdiag_drawing *drawing, const char *path) {
    static const struct awsdiag_drawing defaults = {0};
    struct looks looks;
    struct write_options options;
    const struct format *format;
    if (diags_failed(&d->diags) || !d->model ||
        !resolve(d, drawing ? drawing : &defaults, path, &looks, &format, &options))
        return false;
    return draw(d, &looks, format, &options) == 0 && !diags_failed(&d->diags);
}

enum awsdiag_status awsdiag_draw(struct awsdiag *d, const struct awsdiag_drawing *drawing, const void **bytes,
                                 size_t *size) {
    bool drawn = draw_to_bytes(d, drawing, NULL);
    *bytes = drawn ? d->bytes.at : NULL;
    *size = drawn ? d->bytes.n : 0;
    return awsdiag_status(d);
}

enum awsdiag_status awsdiag_save(struct awsdiag *d, const char *path, const struct awsdiag_drawing *drawing) {
    if (draw_to_bytes(d, drawing, path))
        out_save(path, d->bytes.at, d->bytes.n, &d->diags);
    return awsdiag_status(d);
}

enum awsdiag_status awsdiag_alt(struct awsdiag *d, const struct awsdiag_drawing *drawing, const char **text) {
    static const struct awsdiag_drawing defaults = {0};
    struct looks looks;
    struct write_options options;
    const struct format *format;
    *text = NULL;
    if (!diags_failed(&d->diags) && d->model &&
        resolve(d, drawing ? drawing : &defaults, NULL, &looks, &format, &options))
        *text = compose_languages(d, &looks)->description;
    return awsdiag_status(d);
}

/* --- dumps ------------------------------------------------------------------------------------------------------------------- */

static void dump_tree(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    (void)drawing;
    if (d->expanded)
        tree_dump(d->expanded, &d->dump);
}

static void dump_model(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    (void)drawing;
    if (d->model)
        model_dump(d->model, &d->dump);
}

static void dump_notes(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    (void)drawing;
    notes_dump(&d->notes, &d->dump);
}

static void dump_graph(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    (void)drawing;
    if (d->model)
        layout_choose(d->model, &d->place_limits, &d->graphs, d->arena, &d->diags);
    str_put(&d->dump, d->graphs.at);
}

static void dump_layout(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    (void)drawing;
    if (d->model)
        layout_dump(d->model, lay_out(d), &d->dump);
}

static void dump_scene(struct awsdiag *d, const struct awsdiag_drawing *drawing) {
    struct looks looks;
    struct write_options options;
    const struct format *format;
    if (d->model && resolve(d, drawing, NULL, &looks, &format, &options))
        scene_dump(compose_languages(d, &looks), &d->dump);
}

static const struct stage {
    const char *name;
    bool needs_sound_input;
    void (*dump)(struct awsdiag *d, const struct awsdiag_drawing *drawing);
} stages[] = {
    {"tree", false, dump_tree},  {"model", false, dump_model},  {"notes", true, dump_notes},
    {"graph", true, dump_graph}, {"layout", true, dump_layout}, {"scene", true, dump_scene},
};

enum awsdiag_status awsdiag_dump(struct awsdiag *d, const char *name, const struct awsdiag_drawing *drawing,
                                 const char **text) {
    static const struct awsdiag_drawing defaults = {0};
    const struct stage *stage = NULL;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (strcmp(stages[i].name, name) == 0)
            stage = &stages[i];
    str_clear(&d->dump);
    if (!stage)
        diag_add(&d->diags, DIAG_unknown_name, (struct mark){0}, "there is no stage `%s`", name);
    else if (!stage->needs_sound_input || !diags_failed(&d->diags))
        stage->dump(d, drawing ? drawing : &defaults);
    *text = d->dump.at;
    return awsdiag_status(d);
}

/* --- quality -------------------------------------------------------------------------------------------------------------------- */

/* NULL when there is no picture. */
static const struct quality *measure(struct awsdiag *d) {
    if (!d->model || diags_failed(&d->diags))
        return NULL;
    if (!d->quality) {
        d->quality = arena_alloc(d->arena, sizeof *d->quality);
        *d->quality = quality_measure(d->model, lay_out(d), d->arena);
    }
    return d->quality;
}

enum awsdiag_status awsdiag_quality(struct awsdiag *d, int json, const char **text) {
    const struct quality *quality = measure(d);
    str_clear(&d->dump);
    if (quality && json)
        quality_print_json(quality, d->name, &d->dump);
    else if (quality)
        quality_print(quality, d->name, &d->dump);
    *text = d->dump.at;
    return awsdiag_status(d);
}

enum { MOST_SVG = 64 << 20 }; /* bytes */

enum awsdiag_status awsdiag_against(struct awsdiag *d, const char *path, int json, const char **text) {
    struct sources earlier = {.arena = d->arena, .limit = MOST_SVG}; /* no dependency of the picture */
    struct source *svg = source_open(&earlier, path, NULL, &d->diags);
    str_clear(&d->dump);
    if (svg && d->model && !diags_failed(&d->diags)) {
        struct against against = against_measure(d->model, lay_out(d), svg->bytes, svg->size, d->arena);
        if (!against.kept && !against.gone)
            diag_add(&d->diags, DIAG_cannot_read, (struct mark){0}, "`%s` is no SVG of this program", path);
        else if (json)
            against_print_json(&against, path, &d->dump);
        else
            against_print(&against, path, &d->dump);
    }
    *text = d->dump.at;
    return awsdiag_status(d);
}

enum awsdiag_status awsdiag_limit(struct awsdiag *d, const char *name, double least, double most) {
    enum measure which = quality_find(name);
    if (which == MEASURES) {
        diag_add(&d->diags, DIAG_unknown_name, (struct mark){0}, "there is no measure `%s`", name);
        diag_suggest(&d->diags, name, measure_names, MEASURES);
        return awsdiag_status(d);
    }
    const struct quality *quality = measure(d);
    if (quality)
        quality_limit(quality, which, least, most, d->name, &d->diags);
    return awsdiag_status(d);
}

const char *awsdiag_measure(size_t i) { return i < MEASURES ? measure_names[i] : NULL; }

/* --- reports and tables -------------------------------------------------------------------------------------------------------- */

struct awsdiag_log {
    struct arena *arena;
    struct report *report; /* NULL: for people */
    bool colour;
    struct str text;
};

struct awsdiag_log *awsdiag_log_open(enum awsdiag_report form) {
    static const enum report_form forms[] = {[AWSDIAG_REPORT_JSON] = REPORT_JSON,
                                             [AWSDIAG_REPORT_SARIF] = REPORT_SARIF,
                                             [AWSDIAG_REPORT_GITHUB] = REPORT_GITHUB};
    struct arena *arena = arena_new();
    struct awsdiag_log *log = arena_alloc(arena, sizeof *log);
    *log = (struct awsdiag_log){.arena = arena, .colour = form == AWSDIAG_REPORT_COLOUR, .text = STR_EMPTY};
    if (form != AWSDIAG_REPORT_TEXT && form != AWSDIAG_REPORT_COLOUR)
        log->report = report_new(forms[form], AWSDIAG_VERSION, arena);
    return log;
}

void awsdiag_log_add(struct awsdiag_log *log, struct awsdiag *d) {
    diags_sort(&d->diags);
    if (log->report)
        report_add(log->report, d->name, &d->diags, &d->findings);
    else
        diags_print(&d->diags, &log->text, log->colour);
}

const char *awsdiag_log_text(struct awsdiag_log *log) {
    return log->report ? report_finish(log->report) : log->text.at;
}

void awsdiag_log_close(struct awsdiag_log *log) {
    if (!log)
        return;
    str_free(&log->text);
    arena_free(log->arena);
}

const char *awsdiag_report(struct awsdiag *d, enum awsdiag_report form) {
    struct awsdiag_log *log = awsdiag_log_open(form);
    awsdiag_log_add(log, d);
    str_clear(&d->report);
    str_put(&d->report, awsdiag_log_text(log));
    awsdiag_log_close(log);
    return d->report.at;
}

size_t awsdiag_errors(const struct awsdiag *d) { return diags_count(&d->diags, SEVERITY_ERROR); }
size_t awsdiag_warnings(const struct awsdiag *d) { return diags_count(&d->diags, SEVERITY_WARNING); }

const char *awsdiag_dependency(const struct awsdiag *d, size_t i) {
    for (size_t k = 0; k < d->sources.n; k++)
        if (!d->sources.at[k]->builtin && i-- == 0)
            return d->sources.at[k]->name;
    return NULL;
}

int awsdiag_format(size_t i, struct awsdiag_format *row) {
    if (i >= format_count)
        return 0;
    *row = (struct awsdiag_format){formats[i].name, formats[i].extension, formats[i].mime, formats[i].about};
    return 1;
}

const char *awsdiag_theme(size_t i) { return i < theme_count ? themes[i].name : NULL; }
const char *awsdiag_lang(size_t i) { return i < LANGS ? lang_codes[i] : NULL; }

const char *awsdiag_about(void) {
    static char text[512]; /* the same bytes in every call */
    struct str s = STR_EMPTY;
    str_printf(&s, "awsdiag %s\nicons: %s\nfont: Noto Sans JP\n", AWSDIAG_VERSION,
               icon_pack_release ? icon_pack_release : "none");
    memcpy(text, s.at, s.n < sizeof text ? s.n + 1 : sizeof text);
    text[sizeof text - 1] = '\0';
    str_free(&s);
    return text;
}

const char *awsdiag_licenses(void) {
    return "awsdiag: MIT licence, (c) the awsdiag authors.\n\n"
           "AWS Architecture Icons (c) Amazon Web Services, Inc. or its affiliates. Carried unmodified, for drawing\n"
           "architecture diagrams. AWS publishes them for that use; as published in awslabs/aws-icons-for-plantuml "
           "they are\n"
           "under CC BY-ND 2.0. The package they were built from is aws-icons (MIT licence for the packaging).\n\n"
           "Noto Sans JP (c) The Noto Project Authors, SIL Open Font License 1.1: https://openfontlicense.org\n"
           "The carried copy is a subset of the characters; glyphs are unchanged.\n\n"
           "Where they have archives, these libraries are linked into the program: cairo (LGPL-2.1 or MPL-1.1), "
           "pixman, libyaml\n"
           "and expat (MIT), FreeType (FreeType Licence), Fontconfig (MIT-like), libpng and zlib (their own licences), "
           "Brotli (MIT).\n"
           "Graphviz (EPL-1.0), loaded when a layout needs it, stays a library of its own. Their sources are those of "
           "your\n"
           "distribution; a build with -DAWSDIAG_STATIC=OFF links them as shared libraries.\n";
}

/* --- the guide ------------------------------------------------------------------------------------------------------------------ */

struct answering {
    struct guide guide;
    struct catalog catalog;
    struct sources sources;
    struct diags diags;
    struct template_paths paths;
    struct str answer;
};

/* -1 when the language is not known, which is reported. */
static int begin_answer(struct answering *a, const struct awsdiag_question *question) {
    static const struct awsdiag_question defaults = {0};
    question = question ? question : &defaults;
    struct arena *arena = arena_new();
    a->sources = (struct sources){.arena = arena, .limit = (size_t)4 << 20};
    a->diags = diags_new(arena);
    a->paths = (struct template_paths){.sources = &a->sources, .directories = copy_list(arena, question->templates)};
    a->answer = STR_EMPTY;
    a->catalog = catalog_builtin;
    own_types_add(&a->catalog, &a->paths, arena, &a->diags);
    a->guide = (struct guide){.arena = arena,
                              .diags = &a->diags,
                              .catalog = &a->catalog,
                              .paths = &a->paths,
                              .lang = -1,
                              .json = question->json != 0,
                              .scenario = question->scenario != 0,
                              .columns = question->columns};
    for (int lang = 0; question->lang && lang < LANGS; lang++)
        if (strcmp(lang_codes[lang], question->lang) == 0)
            a->guide.lang = lang;
    if (!question->lang || a->guide.lang >= 0)
        return 0;
    diag_add(&a->diags, DIAG_unknown_name, (struct mark){0}, "there is no language `%s`", question->lang);
    return -1;
}

static enum awsdiag_status end_answer(struct answering *a, char **text) {
    enum awsdiag_status status = (enum awsdiag_status)diags_outcome(&a->diags);
    if (status != AWSDIAG_OK) {
        str_clear(&a->answer);
        diags_sort(&a->diags);
        diags_print(&a->diags, &a->answer, false);
    }
    *text = str_detach(&a->answer, NULL);
    arena_free(a->guide.arena);
    return status;
}

enum awsdiag_status awsdiag_list(const char *list, const char *word, const struct awsdiag_question *question,
                                 char **text) {
    struct answering a;
    if (begin_answer(&a, question) == 0)
        guide_list(&a.guide, list, word, &a.answer);
    return end_answer(&a, text);
}

enum awsdiag_status awsdiag_explain(const char *name, const struct awsdiag_question *question, char **text) {
    struct answering a;
    if (begin_answer(&a, question) == 0)
        guide_explain(&a.guide, name, &a.answer);
    return end_answer(&a, text);
}

enum awsdiag_status awsdiag_schema(const struct awsdiag_question *question, char **text) {
    struct answering a;
    if (begin_answer(&a, question) == 0)
        guide_schema(&a.guide, &a.answer);
    return end_answer(&a, text);
}

void awsdiag_free(char *text) { free(text); }

int awsdiag_list_name(size_t i, const char **name, const char **about) { return guide_list_name(i, name, about); }

void awsdiag_on_no_memory(void (*hook)(size_t wanted)) { mem_on_failure(hook); }
