/* `check`: what contradicts the knowledge base, for people on the terminal or for programs in one document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

static const struct {
    const char *name;
    enum awsdiag_report form;
} forms[] = {{"text", AWSDIAG_REPORT_TEXT},
             {"json", AWSDIAG_REPORT_JSON},
             {"sarif", AWSDIAG_REPORT_SARIF},
             {"github", AWSDIAG_REPORT_GITHUB}};
enum { FORMS = sizeof forms / sizeof *forms };

static int find_form(const char *name, enum awsdiag_report *form) {
    const char *names[FORMS + 1] = {0};
    for (size_t i = 0; i < FORMS; i++) {
        names[i] = forms[i].name;
        if (!name || strcmp(forms[i].name, name) == 0) {
            *form = forms[i].form;
            return 0;
        }
    }
    const char *near = opt_nearest(name, names);
    fprintf(stderr, "awsdiag: there is no form `%s` of a report%s%s%s\n", name, near ? "; did you mean `" : "",
            near ? near : "", near ? "`?" : "");
    return -1;
}

struct totals {
    size_t files, bad, errors, warnings;
};

static int check_one(const struct options *options, const char *path, struct awsdiag_log *log, struct totals *totals) {
    struct awsdiag_input input = {.templates = options->templates,
                                  .warnings_are_errors = options->warnings_are_errors,
                                  .check = 1,
                                  .max_bytes = options->max_bytes,
                                  .max_nodes = options->max_nodes,
                                  .max_edges = options->max_edges,
                                  .max_memory = options->max_memory};
    struct awsdiag *diagram = awsdiag_open(path, &input);
    int status = (int)awsdiag_status(diagram);
    size_t errors = awsdiag_errors(diagram), warnings = awsdiag_warnings(diagram);
    awsdiag_log_add(log, diagram);
    awsdiag_close(diagram);
    totals->files++;
    totals->errors += errors;
    totals->warnings += warnings;
    totals->bad += errors + warnings > 0;
    return status;
}

static const char *s(size_t n) { return n == 1 ? "" : "s"; }

/* One line for people, where the report says nothing of numbers; on stderr, since the report may be read by another program. */
static void print_totals(const struct totals *totals) {
    fprintf(stderr, "%zu file%s: %zu error%s and %zu warning%s", totals->files, s(totals->files), totals->errors,
            s(totals->errors), totals->warnings, s(totals->warnings));
    if (totals->bad && totals->files > 1)
        fprintf(stderr, " in %zu of them", totals->bad);
    fputc('\n', stderr);
}

static int colour_wanted(void) {
    const char *no = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no && *no);
}

int cmd_check(struct options *options) {
    enum awsdiag_report form;
    if (find_form(options->report, &form) != 0)
        return AWSDIAG_USAGE;
    if (options->input_count == 0 && isatty(STDIN_FILENO)) {
        opt_help_command(COMMAND_check, stderr);
        return AWSDIAG_USAGE;
    }
    if (options->input_count == 0)
        options->inputs[options->input_count++] = "-";
    if (form == AWSDIAG_REPORT_TEXT && colour_wanted())
        form = AWSDIAG_REPORT_COLOUR;
    struct awsdiag_log *log = awsdiag_log_open(form);
    struct totals totals = {0};
    int worst = AWSDIAG_OK;
    for (size_t i = 0; i < options->input_count; i++)
        worst = worse(worst, check_one(options, options->inputs[i], log, &totals));
    fputs(awsdiag_log_text(log), stdout);
    awsdiag_log_close(log);
    if (!options->quiet && (form == AWSDIAG_REPORT_TEXT || form == AWSDIAG_REPORT_COLOUR))
        print_totals(&totals);
    return finish_stdout(worst);
}
