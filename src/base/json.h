/* Texts as JSON. */
#ifndef AWSDIAG_BASE_JSON_H
#define AWSDIAG_BASE_JSON_H

#include "base/str.h"

void json_string(struct str *out, const char *text);         /* quoted and escaped; NULL gives null */
void json_strings(struct str *out, const char *const *list); /* NULL behind the last; a NULL list is empty */

#endif
