/* A row is found by its key, other words, names, CloudFormation type, and lastly by what it stands under and what is said of it. */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "guide/guide_parts.h"

struct hit {
    int score;
    size_t index;
};

enum { WORDS = 16 };

static int better(int a, int b) { return a < b ? a : b; }

static int match(const struct guide *guide, struct folded word, const char *text) {
    return text ? fold_match(word, fold(guide->arena, text)) : FOLD_NOT;
}

/* Twice the score of the match, plus how little the field says about what the row is. */
static int weigh(int found, int field) { return found == FOLD_NOT ? FOLD_NOT : 3 * found + field; }

static int score_word(const struct guide *guide, struct folded word, const struct guide_row *row) {
    int best = weigh(match(guide, word, row->key), 0);
    for (const char *const *also = row->also; also && *also; also++)
        best = better(best, weigh(match(guide, word, *also), 0));
    for (int lang = 0; lang < LANGS; lang++)
        best = better(best, weigh(match(guide, word, row->name[lang]), 1));
    best = better(best, weigh(match(guide, word, row->code), 1));
    /* said of it, not its name: only where it stands there as it is */
    int said = match(guide, word, row->under);
    for (int lang = 0; lang < LANGS; lang++)
        said = better(said, match(guide, word, row->about[lang]));
    return better(best, said <= FOLD_WORD || (said == FOLD_PART && word.n >= 3) ? weigh(FOLD_PART, 2) : FOLD_NOT);
}

/* All together as one word, else each for itself. */
static int score(const struct guide *guide, struct folded whole, const struct folded *words, size_t n,
                 const struct guide_row *row) {
    int best = score_word(guide, whole, row), sum = 0;
    for (size_t i = 0; i < n; i++) {
        int one = score_word(guide, words[i], row);
        if (one == FOLD_NOT)
            return best;
        sum += one;
    }
    return n > 1 ? better(best, 1 + sum / (int)n) : best;
}

static int by_score(const void *a, const void *b) {
    const struct hit *x = a, *y = b;
    return x->score != y->score ? (x->score > y->score) - (x->score < y->score)
                                : (x->index > y->index) - (x->index < y->index);
}

static size_t split(const struct guide *guide, const char *text, struct folded words[WORDS]) {
    static const char space[] = " \t\n";
    size_t n = 0;
    for (text += strspn(text, space); *text && n < WORDS; text += strspn(text, space)) {
        size_t length = strcspn(text, space);
        struct folded word = fold(guide->arena, arena_copy(guide->arena, text, length));
        if (word.n)
            words[n++] = word;
        text += length;
    }
    return n;
}

struct guide_rows guide_search(const struct guide *guide, const struct guide_rows *rows, const char *word) {
    struct folded words[WORDS], whole = fold(guide->arena, word);
    struct hit *hits = arena_array(guide->arena, rows->n, sizeof *hits);
    size_t n = 0, count = split(guide, word, words);
    for (size_t i = 0; i < rows->n; i++) {
        int found = score(guide, whole, words, count, &rows->at[i]);
        if (found < FOLD_NOT)
            hits[n++] = (struct hit){found, i};
    }
    if (n)
        qsort(hits, n, sizeof *hits, by_score);
    /* what is only like the word, or holds a short one somewhere within, counts where nothing better is found */
    int most = FOLD_NOT;
    if (n && hits[0].score < 3 * FOLD_PART)
        most = whole.n < 4 ? 3 * FOLD_PART - 1 : 3 * FOLD_NEAR - 1;
    struct guide_rows out = {0};
    for (size_t i = 0; i < n && hits[i].score <= most; i++)
        *guide_add(guide, &out) = rows->at[hits[i].index];
    return out;
}
