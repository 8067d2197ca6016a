#include <stdio.h>

#include "cli/command.h"

int cmd_explain(struct options *options) {
    struct awsdiag_question question = question_of(options);
    int worst = AWSDIAG_OK;
    if (options->input_count == 0) {
        opt_help_command(COMMAND_explain, stderr);
        return AWSDIAG_USAGE;
    }
    for (size_t i = 0; i < options->input_count; i++) {
        char *text;
        enum awsdiag_status status = awsdiag_explain(options->inputs[i], &question, &text);
        if (i && status == AWSDIAG_OK)
            putchar('\n');
        worst = worse(worst, print_answer(status, text));
    }
    return worst;
}
