/* Options as tables: one row an option, from which parsing, usage and help come. */
#ifndef AWSDIAG_CLI_OPT_H
#define AWSDIAG_CLI_OPT_H

#include <stddef.h>
#include <stdio.h>

/* One -T or -o with its value, in the order given: command lines made for dot hold several pairs. */
struct opt_pair {
    char letter; /* 'T' or 'o' */
    const char *value;
};

/* One --max or --min. */
struct opt_limit {
    char name[32];
    int upper;
    double value;
};

struct options {
    const char *inputs[4096];
    size_t input_count;
    struct opt_pair pairs[64];
    size_t pair_count;
    const char *lang, *as_of, *theme, *dump, *id_prefix, *depfile, *icons, *svg_text, *alt;
    const char *templates[17]; /* NULL behind the last */
    size_t template_count;
    struct opt_limit limits[32];
    size_t limit_count;
    const char *against; /* an earlier SVG */
    const char *quality; /* "text", "json", or NULL */
    const char *report;  /* of check: "text", "json", "sarif", "github"; NULL: text */
    double scale, max_seconds;
    size_t max_notes, max_bytes, max_nodes, max_edges, max_memory;
    size_t workers; /* 0: not said */
    int warnings_are_errors, quiet;
    int scenario;
    int beside; /* output names as dot -O makes them */
    int json;
    int help, version, licenses;
};

/* Parse what stands behind a command (an enum command_id). 0, or -1 after a message on stderr. */
int opt_parse(unsigned command, int argc, char **argv, struct options *options);

void opt_help(FILE *out);                           /* of the program */
void opt_help_command(unsigned command, FILE *out); /* of one command, with its options */

/* The nearest of `candidates` (NULL behind the last) to `word`, or NULL when none is near. */
const char *opt_nearest(const char *word, const char *const *candidates);

#endif
