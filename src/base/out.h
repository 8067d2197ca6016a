/* Output files: written beside and renamed, so that a failed run leaves the earlier file as it was. */
#ifndef AWSDIAG_BASE_OUT_H
#define AWSDIAG_BASE_OUT_H

#include <stddef.h>

struct diags;

/* Write `n` bytes to `path`; "-" is standard output, and what is no regular file (a device, a pipe) is written directly.
 * 0, or -1 with a diagnostic. The earlier file keeps its permissions, and its bytes on any failure. */
int out_save(const char *path, const void *bytes, size_t n, struct diags *diags);

#endif
