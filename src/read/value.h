/* What the value of an attribute or a parameter must look like. */
#ifndef AWSDIAG_READ_VALUE_H
#define AWSDIAG_READ_VALUE_H

#include "model/catalog.h"

/* NULL when `text` is a value of the type, else what is wanted: "an AS number, 1 to 4294967295". */
const char *value_wanted(enum value_type type, const char *text);

#endif
