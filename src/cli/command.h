/* The commands of the program as a table. */
#ifndef AWSDIAG_CLI_COMMAND_H
#define AWSDIAG_CLI_COMMAND_H

#include "awsdiag/awsdiag.h"
#include "cli/opt.h"

enum command_id {
#define COMMAND(name, operands, about) COMMAND_##name,
#include "cli/command.def"
#undef COMMAND
    COMMANDS
};

/* Takes the options and operands, gives the exit code. */
#define COMMAND(name, operands, about) int cmd_##name(struct options *options);
#include "cli/command.def"
#undef COMMAND

struct command {
    const char *name, *operands, *about;
    int (*run)(struct options *options);
};
extern const struct command commands[COMMANDS];

/* --- what commands share ---------------------------------------------------------------------------------------------------- */

int worse(int a, int b); /* of two exit codes */

/* A message on stderr: "awsdiag: WHAT `WORD`". Gives AWSDIAG_USAGE. */
int usage(const char *what, const char *word);

/* Everything written to standard output must have arrived: `status`, or AWSDIAG_IO after a message. */
int finish_stdout(int status);

/* Print an answer of the library to standard output, or to stderr when it failed, and free it. Gives the exit code. */
int print_answer(enum awsdiag_status status, char *text);

/* What an output is called after the input "a/b.yaml": "b", `*n` bytes. */
const char *input_stem(const char *input, size_t *n);

/* How awsdiag_list and awsdiag_explain shall answer. */
struct awsdiag_question question_of(const struct options *options);

#endif
