#include <stdio.h>

#include "cli/command.h"

int cmd_schema(struct options *options) {
    struct awsdiag_question question = question_of(options);
    char *text;
    if (options->input_count > 0)
        return usage("`schema` takes no file:", options->inputs[0]);
    enum awsdiag_status status = awsdiag_schema(&question, &text);
    return print_answer(status, text);
}
