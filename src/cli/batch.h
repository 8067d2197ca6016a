/* Several scenarios in one call: drawn side by side by worker processes, told of in the order of the command line. */
#ifndef AWSDIAG_CLI_BATCH_H
#define AWSDIAG_CLI_BATCH_H

#include "cli/opt.h"

/* Draws one input, tells what there is to tell on stdout and stderr, gives the exit code. */
typedef int batch_job(const struct options *options, const char *input);

/* Run `job` for every input. What a failing or even dying one leaves undone stops no other. Gives the worst exit code. */
int batch_run(const struct options *options, batch_job *job);

#endif
