/* ZIP files, for formats that are one: the same bytes for the same entries, with no date and no name of a machine in them. */
#ifndef AWSDIAG_WRITE_ZIP_H
#define AWSDIAG_WRITE_ZIP_H

#include "base/str.h"

struct zip {
    struct str *out;
    struct str directory;
    size_t start; /* of the file in `out` */
    unsigned entries;
    bool failed;
};

void zip_begin(struct zip *zip, struct str *out);

/* An entry, packed where that makes it smaller. Names are UTF-8 with '/'. */
void zip_add(struct zip *zip, const char *name, const void *bytes, size_t n);

/* 0, or -1 when zlib failed or the file grew beyond what the format can say (4 GiB, 65,535 entries). */
int zip_end(struct zip *zip);

#endif
