#include <stdio.h>

#include "cli/command.h"

/* What has a name that can be explained, as `list` calls it. */
static int nothing_named(void) {
    const char *name, *about;
    fputs("awsdiag: explain what? Give a name from one of these lists (`awsdiag list LIST` prints it):\n", stderr);
    for (size_t i = 0; awsdiag_list_name(i, &name, &about); i++)
        fprintf(stderr, "  %-12s %s\n", name, about);
    fputs("or the code that a message ends with, as in `awsdiag explain unknown-type`\n", stderr);
    return AWSDIAG_USAGE;
}

int cmd_explain(struct options *options) {
    struct awsdiag_question question = question_of(options);
    int worst = AWSDIAG_OK;
    if (options->input_count == 0)
        return nothing_named();
    for (size_t i = 0; i < options->input_count; i++) {
        char *text;
        enum awsdiag_status status = awsdiag_explain(options->inputs[i], &question, &text);
        if (i && status == AWSDIAG_OK)
            putchar('\n');
        worst = worse(worst, print_answer(status, text));
    }
    return worst;
}
