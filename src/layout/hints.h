/* Hints of the author that did not hold in the finished layout, as warnings at their place. */
#ifndef AWSDIAG_LAYOUT_HINTS_H
#define AWSDIAG_LAYOUT_HINTS_H

#include "base/diag.h"
#include "layout/layout.h"

void hints_check(const struct model *model, const struct layout *layout, struct diags *diags);

#endif
