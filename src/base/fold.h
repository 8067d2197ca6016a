/* Words as people mean them: what is the same word in another case, width or spelling becomes the same code points.
 *
 * Folded away: case of ASCII letters; full-width letters and half-width kana (as NFKC does); hiragana against katakana; the prolonged
 * sound mark, which Japanese technical words have or lack at will; spaces, hyphens, dots, colons and other signs between words, of
 * which only the beginnings of the words are kept.
 */
#ifndef AWSDIAG_BASE_FOLD_H
#define AWSDIAG_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct folded {
    const uint32_t *at;
    const bool *starts; /* a word begins at this code point */
    size_t n;
};

struct folded fold(struct arena *arena, const char *text);

/* How well `word` is found in `text`: the smaller the better. From FOLD_NEAR on the number of slips is added. */
enum { FOLD_SAME = 0, FOLD_PREFIX = 1, FOLD_WORD = 2, FOLD_PART = 3, FOLD_NEAR = 4, FOLD_NOT = 99 };
int fold_match(struct folded word, struct folded text);

/* Edit distance of the whole texts in code points; stops at `most` and gives most + 1. */
size_t fold_distance(struct folded a, struct folded b, size_t most);

#endif
