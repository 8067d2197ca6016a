/* Where a line of text may break, and how dear that is. */
#ifndef AWSDIAG_LAYOUT_BREAKS_H
#define AWSDIAG_LAYOUT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

/* Good: where a phrase ends. Fair: where a word ends. Odd: beside a word that leans on its neighbour. Poor: before a particle, an ending or a suffix. Tear: within a word. Dire: within
 * what means nothing in two pieces, as an address. */
enum {
    BREAK_FREE = 0,
    BREAK_GOOD = 10,
    BREAK_FAIR = 60,
    BREAK_ODD = 200,
    BREAK_PARTICLE = 600, /* poor, but behind what is most likely a particle */
    BREAK_POOR = 700,
    BREAK_TEAR = 3000,
    BREAK_DIRE = 5000,
    BREAK_NEVER = 100000
};

/* A place between two characters. A text ends in one at its end. */
struct break_place {
    size_t before; /* offset where the line ends (spaces cut off) */
    size_t after;  /* offset where the next begins */
    int cost;
    bool forced; /* a line feed */
};

/* All places of a text in order, the last at its end; how many. `places` has room for one more than the text has characters. */
size_t breaks_find(const char *text, size_t n, struct break_place *places);

#endif
