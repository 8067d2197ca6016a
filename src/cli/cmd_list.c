#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static int list_of_lists(void) {
    const char *name, *about;
    for (size_t i = 0; awsdiag_list_name(i, &name, &about); i++)
        printf("%-12s %s\n", name, about);
    printf("%-12s %s\n", "all", "all of these");
    return finish_stdout(AWSDIAG_OK);
}

/* Words behind the list are one search: `list services load balancer`. */
int cmd_list(struct options *options) {
    char word[256] = "";
    size_t n = 0;
    if (options->input_count == 0)
        return list_of_lists();
    for (size_t i = 1; i < options->input_count; i++) {
        size_t length = strlen(options->inputs[i]);
        if (n + length + 2 > sizeof word)
            return usage("too long to search for:", options->inputs[i]);
        if (n)
            word[n++] = ' ';
        memcpy(word + n, options->inputs[i], length + 1);
        n += length;
    }
    struct awsdiag_question question = question_of(options);
    char *text;
    enum awsdiag_status status = awsdiag_list(options->inputs[0], n ? word : NULL, &question, &text);
    return print_answer(status, text);
}
