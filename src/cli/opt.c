#include "cli/opt.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

enum form {
    FORM_TEXT,
    FORM_FLAG,
    FORM_SIZE,
    FORM_NUMBER,
    FORM_PAIR,
    FORM_TEMPLATE,
    FORM_W,
    FORM_DOT,
    FORM_QUALITY,
    FORM_MAX,
    FORM_MIN
};

/* Commands an option belongs to. */
#define ON(name) (1u << COMMAND_##name)
#define DRAW ON(render)
#define CHECK ON(check)
#define READ (ON(render) | ON(check))
#define TELL (ON(list) | ON(explain))
#define ALL (~0u)

static const struct row {
    unsigned of; /* the commands that take it */
    char letter; /* 0: none */
    const char *name;
    enum form form;
    size_t offset;
    const char *value; /* what the help calls it */
    const char *help;
} rows[] = {
    {DRAW, 'o', "output", FORM_PAIR, 0, "FILE",
     "where to write: a file, a folder ending in /, or - for standard output"},
    {DRAW, 'T', "format", FORM_PAIR, 0, "FORMAT", "one of `awsdiag list formats`; else by the extension of the output"},
    {CHECK, 0, "format", FORM_TEXT, offsetof(struct options, report), "FORM",
     "text, json, sarif or github: how to tell what is wrong"},
    {DRAW, 0, "lang", FORM_TEXT, offsetof(struct options, lang), "LANG",
     "en or ja, else the scenario's own; en,ja writes a file each, en+ja one SVG or HTML that can switch"},
    {TELL, 0, "lang", FORM_TEXT, offsetof(struct options, lang), "LANG", "en or ja; else both"},
    {TELL, 0, "json", FORM_FLAG, offsetof(struct options, json), NULL, "answer in JSON, for programs"},
    {ON(list), 0, "scenario", FORM_FLAG, offsetof(struct options, scenario), NULL,
     "answer with a scenario that shows them: awsdiag list services --scenario | awsdiag -o icons.svg"},
    {READ, 0, "as-of", FORM_TEXT, offsetof(struct options, as_of), "DATE",
     "2019 or 2019-07: services that were current then are no mistake"},
    {DRAW, 0, "theme", FORM_TEXT, offsetof(struct options, theme), "THEME", "light, dark, auto or print"},
    {DRAW, 0, "scale", FORM_NUMBER, offsetof(struct options, scale), "N",
     "size of raster formats: 2 for sharp screens"},
    {DRAW, 0, "icons", FORM_TEXT, offsetof(struct options, icons), "on|off",
     "off draws monogram tiles in place of icons"},
    {DRAW, 0, "svg-text", FORM_TEXT, offsetof(struct options, svg_text), "WAY",
     "embed the glyphs used as a font (the default), draw them as an outline, or plain text"},
    {DRAW, 0, "alt", FORM_TEXT, offsetof(struct options, alt), "FILE",
     "write the picture in words, for those who cannot see it"},
    {DRAW, 0, "id-prefix", FORM_TEXT, offsetof(struct options, id_prefix), "TEXT",
     "put before every id of the SVG, for pages with several"},
    {READ | TELL | ON(schema), 0, "templates", FORM_TEMPLATE, 0, "DIR",
     "folder with parts of one's own (DIR/parts/NAME.yaml); may be repeated"},
    {DRAW, 0, "dump", FORM_TEXT, offsetof(struct options, dump), "STAGE",
     "print tree, model, notes, graph, layout or scene instead of drawing"},
    {DRAW, 0, "quality", FORM_QUALITY, 0, "text|json",
     "print what the picture is worth, and where it has faults; draws only with -o"},
    {DRAW, 0, "against", FORM_TEXT, offsetof(struct options, against), "OLD.svg",
     "print how far nodes moved since that picture (JSON with --quality json); draws only with -o"},
    {DRAW, 0, "max", FORM_MAX, 0, "NAME=N",
     "fail when a measure of --quality is greater: --max crossings=0; may be repeated"},
    {DRAW, 0, "min", FORM_MIN, 0, "NAME=N", "fail when it is smaller: --min smallest-text=8"},
    {DRAW, 'M', "depfile", FORM_TEXT, offsetof(struct options, depfile), "FILE",
     "write the files that were read, as a rule for make"},
    {DRAW, 'j', "jobs", FORM_SIZE, offsetof(struct options, workers), "N",
     "draw N files at a time; else one for each core when there are four or more"},
    {READ, 'W', "warnings", FORM_W, 0, "error", "treat warnings as errors"},
    {READ, 'q', "quiet", FORM_FLAG, offsetof(struct options, quiet), NULL, "say nothing but errors and warnings"},
    {DRAW, 0, "max-notes", FORM_SIZE, offsetof(struct options, max_notes), "N",
     "how many notes come by themselves, the most telling first; violated ones do in any case"},
    {READ, 0, "max-bytes", FORM_SIZE, offsetof(struct options, max_bytes), "N", "limit of an input file (4194304)"},
    {READ, 0, "max-nodes", FORM_SIZE, offsetof(struct options, max_nodes), "N", "limit of nodes (20000)"},
    {READ, 0, "max-edges", FORM_SIZE, offsetof(struct options, max_edges), "N", "limit of edges (50000)"},
    {DRAW, 0, "max-seconds", FORM_NUMBER, offsetof(struct options, max_seconds), "N",
     "limit of the layout of one file (30)"},
    {READ, 0, "max-memory", FORM_SIZE, offsetof(struct options, max_memory), "N",
     "limit in bytes for one file (1073741824)"},
    {DRAW, 'O', "beside", FORM_FLAG, offsetof(struct options, beside), NULL,
     "write to FILE.FORMAT, as dot does: cloudhub.yaml.svg"},
    {DRAW, 'K', "engine", FORM_DOT, 0, "NAME",
     "of dot, as are -G -N -E -s: taken, so that callers of dot work, without effect"},
    {DRAW, 'G', "graph-attribute", FORM_DOT, 0, "NAME=TEXT", NULL},
    {DRAW, 'N', "node-attribute", FORM_DOT, 0, "NAME=TEXT", NULL},
    {DRAW, 'E', "edge-attribute", FORM_DOT, 0, "NAME=TEXT", NULL},
    {DRAW, 's', "input-scale", FORM_DOT, 0, "N", NULL},
    {ALL, 0, "licenses", FORM_FLAG, offsetof(struct options, licenses), NULL, "print the notices of icons and font"},
    {ALL, 'V', "version", FORM_FLAG, offsetof(struct options, version), NULL, "print the version"},
    {ALL, 'h', "help", FORM_FLAG, offsetof(struct options, help), NULL, "print this"},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* --- near words --------------------------------------------------------------------------------------------------------- */

static size_t distance(const char *a, const char *b) {
    enum { MOST = 40 };
    size_t na = strlen(a), nb = strlen(b), row[MOST + 1];
    if (na > MOST || nb > MOST)
        return MOST;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = row[j];
            row[j] = best;
        }
    }
    return row[nb];
}

const char *opt_nearest(const char *word, const char *const *candidates) {
    const char *best = NULL;
    size_t least = strlen(word) < 4 ? 2 : 3;
    for (; *candidates; candidates++) {
        size_t d = distance(word, *candidates);
        if (d < least)
            least = d, best = *candidates;
    }
    return best;
}

/* --- parsing ------------------------------------------------------------------------------------------------------------- */

static int wrong(const char *what, const char *word) {
    fprintf(stderr, "awsdiag: %s `%s`\n", what, word);
    return -1;
}

static int takes(unsigned command, const char *name) {
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].of & 1u << command && strcmp(rows[i].name, name) == 0)
            return 1;
    return 0;
}

static int unknown(unsigned command, const char *name) {
    const char *names[ROWS + 1] = {0};
    size_t n = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].of & 1u << command)
            names[n++] = rows[i].name;
        else if (strcmp(rows[i].name, name) == 0 && !takes(command, name)) {
            fprintf(stderr, "awsdiag: `%s` takes no option `--%s`\n", commands[command].name, name);
            return -1;
        }
    }
    const char *near = opt_nearest(name, names);
    fprintf(stderr, "awsdiag: there is no option `--%s`%s%s%s\n", name, near ? "; did you mean `--" : "",
            near ? near : "", near ? "`?" : "");
    return -1;
}

static int set_number(const char *name, const char *value, double *out) {
    double number = 0, unit = 1;
    const char *at = value;
    for (; *at >= '0' && *at <= '9'; at++)
        number = number * 10 + (*at - '0');
    if (*at == '.')
        for (at++; *at >= '0' && *at <= '9'; at++)
            number += (unit /= 10) * (*at - '0');
    if (*at || at == value || number <= 0 || number > 1e15)
        return wrong(name, value);
    *out = number;
    return 0;
}

/* NAME=N; whether there is such a measure is for the library to say. */
static int set_limit(const char *value, int upper, struct options *options) {
    const char *equals = strchr(value, '=');
    if (options->limit_count == sizeof options->limits / sizeof *options->limits)
        return wrong("too many limits, from", value);
    struct opt_limit *limit = &options->limits[options->limit_count];
    size_t n = equals ? (size_t)(equals - value) : 0;
    if (n == 0 || n >= sizeof limit->name)
        return wrong("NAME=N is expected, not", value);
    *limit = (struct opt_limit){.upper = upper};
    memcpy(limit->name, value, n);
    limit->name[n] = '\0';
    options->limit_count++;
    return strcmp(equals + 1, "0") == 0 ? 0 : set_number("not a number from 0:", equals + 1, &limit->value);
}

static int set_quality(const char *value, struct options *options) {
    if (strcmp(value, "text") != 0 && strcmp(value, "json") != 0)
        return wrong("--quality takes text or json, not", value);
    options->quality = value;
    return 0;
}

/* An option of dot: what it asks for is not done, and that is said. The engine named dot is what there is. */
static int set_dot(const struct row *row, const char *value) {
    if (row->letter != 'K' || strcmp(value, "dot") != 0)
        fprintf(stderr, "awsdiag: `-%c%s` is for dot and has no effect here\n", row->letter, value);
    return 0;
}

static int set(const struct row *row, const char *value, struct options *options) {
    void *field = (char *)options + row->offset;
    double number = 0;
    switch (row->form) {
    case FORM_TEXT: *(const char **)field = value; return 0;
    case FORM_FLAG: *(int *)field = 1; return 0;
    case FORM_NUMBER: return set_number("not a number above 0:", value, field);
    case FORM_SIZE:
        if (set_number("not a number above 0:", value, &number) != 0)
            return -1;
        *(size_t *)field = (size_t)number;
        return 0;
    case FORM_PAIR:
        if (options->pair_count == sizeof options->pairs / sizeof *options->pairs)
            return wrong("too many outputs:", value);
        options->pairs[options->pair_count++] = (struct opt_pair){row->letter, value};
        return 0;
    case FORM_TEMPLATE:
        if (options->template_count == 16)
            return wrong("too many template folders:", value);
        options->templates[options->template_count++] = value;
        return 0;
    case FORM_QUALITY: return set_quality(value, options);
    case FORM_MAX: return set_limit(value, 1, options);
    case FORM_DOT: return set_dot(row, value);
    case FORM_MIN: return set_limit(value, 0, options);
    default:
        if (strcmp(value, "error") != 0)
            return wrong("-W takes `error`, not", value);
        options->warnings_are_errors = 1;
        return 0;
    }
}

static int parse_long(unsigned command, int argc, char **argv, int *i, struct options *options) {
    const char *name = argv[*i] + 2, *equals = strchr(name, '=');
    size_t n = equals ? (size_t)(equals - name) : strlen(name);
    for (size_t r = 0; r < ROWS; r++) {
        if (!(rows[r].of & 1u << command) || strlen(rows[r].name) != n || strncmp(rows[r].name, name, n) != 0)
            continue;
        if (rows[r].form == FORM_FLAG)
            return equals ? wrong("takes no value:", argv[*i]) : set(&rows[r], NULL, options);
        if (rows[r].form == FORM_QUALITY && !equals) { /* its value may be left out */
            int given = *i + 1 < argc && (strcmp(argv[*i + 1], "text") == 0 || strcmp(argv[*i + 1], "json") == 0);
            return set_quality(given ? argv[++*i] : "text", options);
        }
        if (!equals && *i + 1 >= argc)
            return wrong("needs a value:", argv[*i]);
        return set(&rows[r], equals ? equals + 1 : argv[++*i], options);
    }
    return unknown(command, name);
}

/* -Tsvg, -T svg, -oFILE, -qh. */
static int parse_short(unsigned command, int argc, char **argv, int *i, struct options *options) {
    for (const char *at = argv[*i] + 1; *at; at++) {
        const struct row *row = NULL;
        for (size_t r = 0; r < ROWS; r++)
            if (rows[r].of & 1u << command && rows[r].letter == *at)
                row = &rows[r];
        if (!row)
            return wrong("there is no option", argv[*i]);
        if (row->form == FORM_FLAG) {
            set(row, NULL, options);
            continue;
        }
        if (!at[1] && *i + 1 >= argc)
            return wrong("needs a value:", argv[*i]);
        return set(row, at[1] ? at + 1 : argv[++*i], options);
    }
    return 0;
}

int opt_parse(unsigned command, int argc, char **argv, struct options *options) {
    int files_only = 0;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        int result = 0;
        if (!files_only && strcmp(word, "--") == 0) {
            files_only = 1;
        } else if (!files_only && strncmp(word, "--", 2) == 0) {
            result = parse_long(command, argc, argv, &i, options);
        } else if (!files_only && word[0] == '-' && word[1]) {
            result = parse_short(command, argc, argv, &i, options);
        } else {
            if (options->input_count == sizeof options->inputs / sizeof *options->inputs)
                return wrong("too many files, from", word);
            options->inputs[options->input_count++] = word;
        }
        if (result != 0)
            return -1;
    }
    return 0;
}

static void put_options(unsigned command, FILE *out) {
    fputs("Options:\n", out);
    for (size_t i = 0; i < ROWS; i++) {
        char left[64];
        if (!(rows[i].of & 1u << command) || !rows[i].help)
            continue;
        snprintf(left, sizeof left, "%c%c%s--%s%s%s", rows[i].letter ? '-' : ' ', rows[i].letter ? rows[i].letter : ' ',
                 rows[i].letter ? ", " : "  ", rows[i].name, rows[i].value ? " " : "",
                 rows[i].value ? rows[i].value : "");
        fprintf(out, "    %-28s %s\n", left, rows[i].help);
    }
}

void opt_help(FILE *out) {
    fputs(
        "    awsdiag scenarios/cloudhub.yaml -o cloudhub.svg\n\n"
        "awsdiag draws AWS architectures from YAML and says where they contradict what is known about the services.\n\n"
        "Commands (awsdiag COMMAND --help tells more):\n",
        out);
    for (int i = 0; i < COMMANDS; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].operands);
        fprintf(out, "    %-28s %s\n", left, commands[i].about);
    }
    fputs("\nWithout -o a picture is written into the working folder, under the name of its scenario. - is standard "
          "input "
          "or output.\n\n",
          out);
    put_options(COMMAND_render, out);
    fputs("\nExit codes: 0 fine; 1 the input has errors; 2 wrong usage; 3 cannot read or write; 4 a limit; 5 a fault "
          "of awsdiag.\n",
          out);
}

void opt_help_command(unsigned command, FILE *out) {
    fprintf(out, "    awsdiag %s %s\n\n%s\n\n", commands[command].name, commands[command].operands,
            commands[command].about);
    put_options(command, out);
}
