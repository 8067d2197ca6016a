/* What arrange.c and order.c share: the boxes and bends of one group, rank by rank. */
#ifndef AWSDIAG_LAYOUT_ROWS_H
#define AWSDIAG_LAYOUT_ROWS_H

#include "layout/arrange.h"

enum { NO_BOX = -1 };

struct item {
    double v_size, gap;
    long box; /* place by the file's order (or whatever is told instead of it), or NO_BOX for a bend */
    size_t rank, order;
    long block;    /* index */
    double offset; /* from the block's position to the item's start */
    double guess;  /* v of the centre as the engine saw it */
};

/* A piece of a link between neighbouring ranks. */
struct piece {
    size_t a, b; /* items; a in the rank before b's */
    double pa, pb;
    int weight;
    bool aligned;
};

struct row {
    size_t *items;
    size_t n;
};

struct block {
    double at;
};

struct work {
    struct arena *arena;
    const struct arrange_gaps *gaps;
    struct item *items; /* boxes first, then bends */
    size_t item_count;
    struct piece *pieces;
    size_t piece_count;
    struct row *rows;
    size_t row_count;
    struct block *blocks;
    size_t block_count;
    size_t **touching; /* pieces of every item, by item; ended by piece_count */
    void *scratch;     /* of order.c */
};

/* Where a piece ends in its row, to a fraction of the box: ports of one box count as different places. */
double rows_place(const struct work *work, size_t item, double port);

/* Order every row: as few crossings as can be found, and among such orders the one nearest to the file's. `guessed`: the items hold
 * guesses of an engine, which are tried too. Gives the crossings that remain. */
size_t rows_order(struct work *work, bool guessed);

#endif
