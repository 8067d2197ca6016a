/* `render`: scenarios in, pictures out. */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/batch.h"
#include "cli/command.h"

enum { LONGEST_PATH = 4096 };

/* What one run of the program does to one scenario. */
struct job {
    const struct options *options;
    const char *input;
};

static bool on_terminal; /* stderr, for people; asked once, since workers write into files */

static int colour_wanted(void) {
    const char *no = getenv("NO_COLOR");
    return on_terminal && !(no && *no);
}

static void report(struct awsdiag *diagram) {
    fputs(awsdiag_report(diagram, colour_wanted() ? AWSDIAG_REPORT_COLOUR : AWSDIAG_REPORT_TEXT), stderr);
}

/* --- names of outputs --------------------------------------------------------------------------------------------------- */

static const char *extension_of(const char *format) {
    struct awsdiag_format row;
    for (size_t i = 0; awsdiag_format(i, &row); i++)
        if (strcmp(row.name, format) == 0)
            return row.extension;
    return NULL;
}

/* "a/b.yaml" to "b.svg" in `folder` (which ends in / or is empty). */
static int name_output(const char *input, const char *folder, const char *format, char out[LONGEST_PATH]) {
    size_t n;
    const char *stem = input_stem(input, &n), *extension = extension_of(format);
    int length = snprintf(out, LONGEST_PATH, "%s%.*s%s", folder, (int)n, stem, extension ? extension : "");
    return length > 0 && length < LONGEST_PATH ? 0 : -1;
}

static int same_file(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino && S_ISREG(x.st_mode);
}

static int is_folder(const char *path) {
    struct stat info;
    size_t n = strlen(path);
    return (n > 0 && path[n - 1] == '/') || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

static int make_folder(const char *path) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return 0;
    fprintf(stderr, "awsdiag: cannot make the folder `%s`: %s\n", path, strerror(errno));
    return -1;
}

/* --- one scenario ---------------------------------------------------------------------------------------------------------- */

static struct awsdiag_drawing drawing_of(const struct options *options, const char *format) {
    return (struct awsdiag_drawing){.format = format,
                                    .lang = options->lang,
                                    .theme = options->theme,
                                    .scale = options->scale,
                                    .id_prefix = options->id_prefix,
                                    .svg_text = options->svg_text,
                                    .no_icons = options->icons && strcmp(options->icons, "off") == 0};
}

/* "a/x.svg" and "ja" to "a/x.ja.svg". */
static int name_in_language(const char *path, const char *lang, size_t n, char out[LONGEST_PATH]) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    size_t stem = dot && dot != path ? (size_t)(dot - path) : strlen(path);
    int length = snprintf(out, LONGEST_PATH, "%.*s.%.*s%s", (int)stem, path, (int)n, lang, path + stem);
    return length > 0 && length < LONGEST_PATH ? 0 : -1;
}

/* A file for each language of --lang en,ja, with the language in its name; else the one file. */
static int each_language(const struct options *options, struct awsdiag *diagram, const char *format, const char *output,
                         int (*make)(struct awsdiag *, const struct awsdiag_drawing *, const char *path)) {
    struct awsdiag_drawing drawing = drawing_of(options, format);
    int status = AWSDIAG_OK;
    if (!options->lang || !strchr(options->lang, ','))
        return make(diagram, &drawing, output);
    if (strcmp(output, "-") == 0)
        return usage("several languages need a file each, or + in place of the comma:", options->lang);
    for (const char *at = options->lang; at && status == AWSDIAG_OK; at = *at ? at + 1 : NULL) {
        char path[LONGEST_PATH], lang[16];
        size_t n = strcspn(at, ",");
        if (snprintf(lang, sizeof lang, "%.*s", (int)n, at) >= (int)sizeof lang)
            return usage("there is no language", at);
        if (name_in_language(output, at, n, path) != 0)
            return usage("the name is too long:", output);
        drawing.lang = lang;
        status = make(diagram, &drawing, path);
        at += n;
    }
    return status;
}

static int save(struct awsdiag *diagram, const struct awsdiag_drawing *drawing, const char *path) {
    return (int)awsdiag_save(diagram, path, drawing);
}

static int draw_to(struct job *job, struct awsdiag *diagram, const char *format, const char *output) {
    char path[LONGEST_PATH], folder[LONGEST_PATH];
    const struct options *options = job->options;
    if (!output || (strcmp(output, "-") != 0 && is_folder(output))) {
        size_t n = output ? strlen(output) : 0;
        snprintf(folder, sizeof folder, "%s%s", output ? output : "", n && output[n - 1] != '/' ? "/" : "");
        if (output && make_folder(folder) != 0)
            return AWSDIAG_IO;
        if (!output && strcmp(job->input, "-") == 0)
            snprintf(path, sizeof path, "-");
        else if (name_output(job->input, folder, format ? format : "svg", path) != 0)
            return usage("the name is too long:", job->input);
        format = format ? format : "svg";
        output = path;
    }
    if (strcmp(output, "-") != 0 && same_file(job->input, output))
        return usage("the picture would overwrite its own scenario", output);
    int status = each_language(options, diagram, format, output, save);
    bool told = on_terminal && !options->quiet && options->input_count == 1; /* of many there is a progress line */
    if (status == AWSDIAG_OK && output == path && strcmp(output, "-") != 0 && told)
        fprintf(stderr, "%s\n", output);
    return status;
}

static size_t count_pairs(const struct options *options, char letter) {
    size_t n = 0;
    for (size_t i = 0; i < options->pair_count; i++)
        n += options->pairs[i].letter == letter;
    return n;
}

/* The value of the `n`th pair of that letter, from 0, or NULL. */
static const char *nth_pair(const struct options *options, char letter, size_t n) {
    for (size_t i = 0; i < options->pair_count; i++)
        if (options->pairs[i].letter == letter && n-- == 0)
            return options->pairs[i].value;
    return NULL;
}

/* The format of the output that is pair `i` and the `n`th of its kind. Where there are as many -T as -o they belong together in order, as
 * dot takes them, whichever stands before the other; else the last -T before it, or, as people write it, the only one behind it. */
static const char *format_for(const struct options *options, size_t i, size_t n) {
    if (count_pairs(options, 'T') == count_pairs(options, 'o'))
        return nth_pair(options, 'T', n);
    while (i-- > 0)
        if (options->pairs[i].letter == 'T')
            return options->pairs[i].value;
    return NULL;
}

/* "a/b.yaml" to "a/b.yaml.svg", for every -T. */
static int draw_beside(struct job *job, struct awsdiag *diagram) {
    char path[LONGEST_PATH];
    size_t n = count_pairs(job->options, 'T');
    int status = AWSDIAG_OK;
    for (size_t i = 0; i < n || i == 0; i++) {
        const char *format = n ? nth_pair(job->options, 'T', i) : "svg";
        const char *input = strcmp(job->input, "-") == 0 ? "diagram" : job->input;
        int length = snprintf(path, sizeof path, "%s.%s", input, format);
        if (length < 0 || length >= LONGEST_PATH)
            return usage("the name is too long:", job->input);
        status = worse(status, draw_to(job, diagram, format, path));
    }
    return status;
}

static int draw_all(struct job *job, struct awsdiag *diagram) {
    const struct options *options = job->options;
    size_t outputs = 0;
    int status = AWSDIAG_OK;
    if (options->beside)
        return draw_beside(job, diagram);
    for (size_t i = 0; i < options->pair_count; i++)
        if (options->pairs[i].letter == 'o') {
            const char *format = format_for(options, i, outputs++);
            status = worse(status, draw_to(job, diagram, format, options->pairs[i].value));
        }
    size_t formats = count_pairs(options, 'T');
    return outputs ? status : draw_to(job, diagram, formats ? nth_pair(options, 'T', formats - 1) : NULL, NULL);
}

static int dump(const struct options *options, struct awsdiag *diagram) {
    struct awsdiag_drawing drawing = drawing_of(options, NULL);
    const char *text;
    int status = (int)awsdiag_dump(diagram, options->dump, &drawing, &text);
    fputs(text, stdout);
    return finish_stdout(status);
}

static int print_quality(const struct options *options, struct awsdiag *diagram) {
    const char *text;
    int status = (int)awsdiag_quality(diagram, strcmp(options->quality, "json") == 0, &text);
    fputs(text, stdout);
    return finish_stdout(status);
}

static int print_against(const struct options *options, struct awsdiag *diagram) {
    const char *text;
    int json = options->quality && strcmp(options->quality, "json") == 0;
    int status = (int)awsdiag_against(diagram, options->against, json, &text);
    fputs(text, stdout);
    return finish_stdout(status);
}

static int apply_limits(const struct options *options, struct awsdiag *diagram) {
    int status = AWSDIAG_OK;
    for (size_t i = 0; i < options->limit_count; i++) {
        const struct opt_limit *limit = &options->limits[i];
        double none = (double)NAN;
        status = (int)awsdiag_limit(diagram, limit->name, limit->upper ? none : limit->value,
                                    limit->upper ? limit->value : none);
    }
    return status;
}

static int write_alt(struct awsdiag *diagram, const struct awsdiag_drawing *drawing, const char *path) {
    const char *text;
    int status = (int)awsdiag_alt(diagram, drawing, &text);
    if (!text)
        return status;
    if (strcmp(path, "-") == 0) {
        puts(text);
        return finish_stdout(status);
    }
    FILE *file = fopen(path, "w");
    int failed = !file || fprintf(file, "%s\n", text) < 0;
    if (file && fclose(file) != 0)
        failed = 1;
    if (failed)
        fprintf(stderr, "awsdiag: cannot write `%s`: %s\n", path, strerror(errno));
    return failed ? AWSDIAG_IO : status;
}

/* Measure, and draw what is good enough; --quality alone only measures. */
static int measure_and_draw(struct job *job, struct awsdiag *diagram) {
    const struct options *options = job->options;
    int status = options->quality ? print_quality(options, diagram) : AWSDIAG_OK;
    if (options->against)
        status = worse(status, print_against(options, diagram));
    status = worse(status, apply_limits(options, diagram));
    if (options->alt && status == AWSDIAG_OK)
        status = each_language(options, diagram, NULL, options->alt, write_alt);
    bool measure_only = (options->quality || options->against) && options->pair_count == 0;
    return status == AWSDIAG_OK && !measure_only ? draw_all(job, diagram) : status;
}

static void put_make_word(FILE *file, const char *word) {
    for (; *word; word++) {
        if (*word == ' ' || *word == '#')
            fputc('\\', file);
        if (*word == '$')
            fputc('$', file);
        fputc(*word, file);
    }
}

static int write_depfile(const struct options *options, const struct awsdiag *diagram, const char *target) {
    FILE *file = fopen(options->depfile, "w");
    const char *name;
    if (file) {
        put_make_word(file, target);
        fputc(':', file);
        for (size_t i = 0; (name = awsdiag_dependency(diagram, i)) != NULL; i++) {
            fputs(" \\\n  ", file);
            put_make_word(file, name);
        }
        fputc('\n', file);
    }
    int failed = !file || ferror(file);
    if (file && fclose(file) != 0)
        failed = 1;
    if (failed)
        fprintf(stderr, "awsdiag: cannot write `%s`: %s\n", options->depfile, strerror(errno));
    return failed ? AWSDIAG_IO : AWSDIAG_OK;
}

static const char *first_output(const struct options *options, const char *input) {
    for (size_t i = 0; i < options->pair_count; i++)
        if (options->pairs[i].letter == 'o')
            return options->pairs[i].value;
    return input;
}

static int run_one(const struct options *options, const char *path) {
    struct job job = {options, path};
    struct awsdiag_input input = {.templates = options->templates,
                                  .warnings_are_errors = options->warnings_are_errors,
                                  .max_notes = options->max_notes,
                                  .as_of = options->as_of,
                                  .max_bytes = options->max_bytes,
                                  .max_nodes = options->max_nodes,
                                  .max_edges = options->max_edges,
                                  .max_seconds = options->max_seconds,
                                  .max_memory = options->max_memory};
    struct awsdiag *diagram = awsdiag_open(path, &input);
    int status = (int)awsdiag_status(diagram);
    if (options->dump)
        status = worse(status, dump(options, diagram));
    else if (status == AWSDIAG_OK)
        status = worse(status, measure_and_draw(&job, diagram));
    report(diagram);
    if (options->depfile && status == AWSDIAG_OK)
        status = write_depfile(options, diagram, first_output(options, path));
    awsdiag_close(diagram);
    return status;
}

/* --- the command -------------------------------------------------------------------------------------------------------------- */

static int one_output_for_many(const struct options *options) {
    for (size_t i = 0; i < options->pair_count && options->input_count > 1; i++)
        if (options->pairs[i].letter == 'o' && !is_folder(options->pairs[i].value))
            return 1;
    return 0;
}

/* Before anything is written: `en,xx` writes no file in English either. */
static int check_languages(const char *names) {
    for (const char *at = names; at; at = *at ? at + 1 : NULL) {
        size_t n = strcspn(at, ",+"), i = 0;
        const char *known;
        while ((known = awsdiag_lang(i)) != NULL && (strlen(known) != n || strncmp(known, at, n) != 0))
            i++;
        if (!known) {
            fprintf(stderr, "awsdiag: there is no language `%.*s`; there are", (int)n, at);
            for (i = 0; (known = awsdiag_lang(i)) != NULL; i++)
                fprintf(stderr, "%s `%s`", i ? "," : "", known);
            fputc('\n', stderr);
            return -1;
        }
        at += n;
    }
    return 0;
}

/* `svg:cairo` names one of several renderers of dot; here every format has one. */
static void refuse_format(const char *word, const char *const *names) {
    size_t n = strcspn(word, ":");
    const char *near = opt_nearest(word, names);
    for (size_t i = 0; word[n] && names[i]; i++)
        if (strlen(names[i]) == n && strncmp(names[i], word, n) == 0)
            near = names[i];
    fprintf(stderr, "awsdiag: there is no format `%s`%s%s%s\n", word, near ? "; did you mean `" : "", near ? near : "",
            near ? "`?" : "");
}

static int check_words(const struct options *options) {
    const char *names[32] = {0};
    struct awsdiag_format row;
    for (size_t i = 0; i < 31 && awsdiag_format(i, &row); i++)
        names[i] = row.name;
    for (size_t i = 0; i < options->pair_count; i++)
        if (options->pairs[i].letter == 'T' && !extension_of(options->pairs[i].value)) {
            refuse_format(options->pairs[i].value, names);
            return -1;
        }
    if (options->icons && strcmp(options->icons, "on") != 0 && strcmp(options->icons, "off") != 0) {
        usage("--icons takes on or off, not", options->icons);
        return -1;
    }
    return check_languages(options->lang);
}

int cmd_render(struct options *options) {
    if (check_words(options) != 0)
        return AWSDIAG_USAGE;
    if (options->input_count == 0) {
        if (isatty(STDIN_FILENO)) {
            opt_help(stderr);
            return AWSDIAG_USAGE;
        }
        options->inputs[options->input_count++] = "-";
    }
    if (one_output_for_many(options))
        return usage("several scenarios need a folder (ending in /) to be written to, not", first_output(options, ""));
    on_terminal = isatty(STDERR_FILENO);
    return batch_run(options, run_one);
}
