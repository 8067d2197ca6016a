/* Apart from the rest of icon.c, as the build's generators have no pack. */
#include "model/icon.h"

#include <string.h>

const struct icon *icon_find(const char *name) {
    size_t lo = 0, hi = icon_pack_count;
    while (name && lo < hi) {
        size_t mid = (lo + hi) / 2;
        int order = strcmp(icon_pack[mid].name, name);
        if (order == 0)
            return &icon_pack[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}
