/* Values of attributes, compared. */
#ifndef AWSDIAG_CHECK_COMPARE_H
#define AWSDIAG_CHECK_COMPARE_H

#include "model/model.h"
#include "model/predicate.h"

bool compare_same(const char *a, const char *b);        /* ASCII case ignored; true is yes, false is no */
bool compare_holds(const char *text, const char *word); /* `word` is in `text`, ASCII case ignored */

/* A test of `value` (NULL: not given), against `other` where the test compares two attributes. */
bool compare_test(const struct test *test, const struct value *value, const struct value *other);

struct compare_pair {
    const struct node *first, *second; /* first stands before second in the file */
};

/* Members (in file order) that repeat the value of an earlier one, or whose ranges overlap those of another; each once, with
 * the one it clashes with, in file order of the second. Members without the attribute do not count. The caller frees with free(). */
struct compare_pair *compare_repeats(const struct node *const *members, size_t n, const char *key, size_t *pairs);
struct compare_pair *compare_overlaps(const struct node *const *members, size_t n, const char *key, size_t *pairs);

/* A decimal number at the start of a value ("7", "2.5 MB/s", "-1"), in millionths; a time ("15m") in seconds. False when there is
 * none. Saturates rather than overflows. */
bool compare_number(const char *text, long long *out);

/* How many different values of `key` there are. */
size_t compare_values(const struct node *const *members, size_t n, const char *key);

#endif
