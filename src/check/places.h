/* What the catalogue alone says of a model: what may stand in what, and which services are no longer what they were. */
#ifndef AWSDIAG_CHECK_PLACES_H
#define AWSDIAG_CHECK_PLACES_H

#include "base/diag.h"
#include "model/model.h"

/* Warnings alone: a picture is drawn all the same. Services that were current at model->as_of are passed over. */
void places_check(const struct model *model, struct diags *diags);

#endif
