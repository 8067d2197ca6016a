/* The program: a client of awsdiag/awsdiag.h like any other. */
#include <errno.h>
#include <signal.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command.h"

const struct command commands[COMMANDS] = {
#define COMMAND(name, operands, about) {#name, operands, about, cmd_##name},
#include "cli/command.def"
#undef COMMAND
};

int worse(int a, int b) { return a > b ? a : b; }

int usage(const char *what, const char *word) {
    fprintf(stderr, "awsdiag: %s `%s`\n", what, word);
    return AWSDIAG_USAGE;
}

int finish_stdout(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "awsdiag: cannot write standard output: %s\n", strerror(errno));
    return worse(status, AWSDIAG_IO);
}

int print_answer(enum awsdiag_status status, char *text) {
    fputs(text, status == AWSDIAG_OK ? stdout : stderr);
    awsdiag_free(text);
    return finish_stdout((int)status);
}

const char *input_stem(const char *input, size_t *n) {
    const char *slash = strrchr(input, '/'), *base = strcmp(input, "-") == 0 ? "diagram" : slash ? slash + 1 : input;
    const char *dot = strrchr(base, '.');
    *n = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    return base;
}

struct awsdiag_question question_of(const struct options *options) {
    struct winsize screen = {0};
    size_t columns = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &screen) == 0 ? screen.ws_col : 0;
    return (struct awsdiag_question){.lang = options->lang,
                                     .templates = options->templates,
                                     .json = options->json,
                                     .scenario = options->scenario,
                                     .columns = columns};
}

/* An argument is a command only if it equals one exactly; else it is a file to draw. */
static enum command_id command_of(const char *word) {
    for (int i = 0; word && i < COMMANDS; i++)
        if (strcmp(commands[i].name, word) == 0)
            return (enum command_id)i;
    return COMMANDS;
}

/* A lone word that is no file and reads like a command was meant as one: saying that a file is missing would not help. */
static const char *meant_command(const char *word) {
    const char *names[COMMANDS + 1] = {0};
    for (int i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    return word && !strpbrk(word, "-./") && access(word, F_OK) != 0 ? opt_nearest(word, names) : NULL;
}

/* Freed memory is needed again at once; giving it back to the system in between costs more than drawing a small picture. */
static void keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
#endif
}

int main(int argc, char **argv) {
    static struct options options; /* too large for the stack of a small machine */
    enum command_id named = command_of(argv[1]), id = named == COMMANDS ? COMMAND_render : named;
    int skip = named == COMMANDS ? 1 : 2;
    const char *meant = named == COMMANDS ? meant_command(argv[1]) : NULL;
    keep_memory();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe and a full quota are errors to report, not to die of */
    signal(SIGXFSZ, SIG_IGN);
    if (meant) {
        fprintf(stderr, "awsdiag: there is no command or file `%s`; did you mean `awsdiag %s`?\n", argv[1], meant);
        return AWSDIAG_USAGE;
    }
    if (opt_parse(id, argc - skip, argv + skip, &options) != 0) {
        fprintf(stderr, "Try `awsdiag %s%s--help`.\n", named == COMMANDS ? "" : argv[1], named == COMMANDS ? "" : " ");
        return AWSDIAG_USAGE;
    }
    if (options.help && named == COMMANDS)
        opt_help(stdout);
    else if (options.help)
        opt_help_command(named, stdout);
    else if (options.version)
        fputs(awsdiag_about(), stdout);
    else if (options.licenses)
        fputs(awsdiag_licenses(), stdout);
    else
        return commands[id].run(&options);
    return finish_stdout(AWSDIAG_OK);
}
