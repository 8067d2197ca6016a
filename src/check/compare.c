#include "check/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/index.h"
#include "model/cidr.h"

static unsigned char lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

static int order(const char *a, const char *b) {
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return (int)lower(*a) - (int)lower(*b);
}

/* The one way of writing a value that has several. */
static const char *plain(const char *value) {
    if (order(value, "yes") == 0 || order(value, "on") == 0) {
        return "true";
    }
    return order(value, "no") == 0 || order(value, "off") == 0 ? "false" : value;
}

bool compare_same(const char *a, const char *b) { return order(plain(a), plain(b)) == 0; }

bool compare_holds(const char *text, const char *word) {
    for (; *text; text++) {
        size_t i = 0;
        while (word[i] && lower(text[i]) == lower(word[i])) {
            i++;
        }
        if (!word[i]) {
            return true;
        }
    }
    return false;
}

static long long unit_of(const char *text) {
    static const struct {
        const char *name;
        long long seconds;
    } units[] = {{"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(text, units[i].name) == 0) {
            return units[i].seconds;
        }
    }
    return 1;
}

bool compare_number(const char *text, long long *out) {
    const long long most = 1000LL * 1000 * 1000 * 1000 / 100000;
    bool minus = *text == '-', digits = false;
    long long value = 0, unit = 1000000;
    text += minus;
    for (; *text >= '0' && *text <= '9'; text++, digits = true) {
        value = value < most ? value * 10 + (*text - '0') : most;
    }
    value *= unit;
    if (*text == '.') {
        for (text++; *text >= '0' && *text <= '9'; text++, digits = true) {
            unit /= 10;
            value += unit * (*text - '0');
        }
    }
    value *= unit_of(text);
    *out = minus ? -value : value;
    return digits;
}

static bool compare_numbers(const char *a, const char *b, bool above) {
    long long x, y;
    return compare_number(a, &x) && compare_number(b, &y) && (above ? x > y : x < y);
}

static bool inside_one(const struct cidr *range, const char *list) {
    struct cidr outer;
    for (int more; (more = cidr_next(&list, &outer)) != 0;) {
        if (more > 0 && cidr_inside(range, &outer)) {
            return true;
        }
    }
    return false;
}

/* Every range of `list` lies in one of `outer`; ranges that cannot be read are left to the reader of the scenario. */
static bool all_inside(const char *list, const char *outer) {
    struct cidr range;
    for (int more; (more = cidr_next(&list, &range)) != 0;) {
        if (more > 0 && !inside_one(&range, outer)) {
            return false;
        }
    }
    return true;
}

static bool some_overlap(const char *a, const char *b) {
    struct cidr x, y;
    for (int more; (more = cidr_next(&a, &x)) != 0;) {
        const char *rest = b;
        for (int others; more > 0 && (others = cidr_next(&rest, &y)) != 0;) {
            if (others > 0 && cidr_overlap(&x, &y)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether an IPv4 range of the list has a prefix of fewer (or more) bits. */
static bool some_prefix(const char *list, const char *bits, bool fewer) {
    long long wanted, prefix;
    if (!compare_number(bits, &wanted)) {
        return false;
    }
    while (*(list += strspn(list, ", "))) {
        size_t n = strcspn(list, ", ");
        const char *slash = memchr(list, '/', n);
        bool four = memchr(list, ':', n) == NULL;
        if (slash && four && compare_number(slash + 1, &prefix) && (fewer ? prefix < wanted : prefix > wanted)) {
            return true;
        }
        list += n;
    }
    return false;
}

static bool compare_with(enum test_op op, const char *value, const char *other) {
    switch (op) {
    case TEST_IS: return compare_same(value, other);
    case TEST_CONTAINS: return compare_holds(value, other);
    case TEST_ABOVE:
    case TEST_BELOW: return compare_numbers(value, other, op == TEST_ABOVE);
    case TEST_INSIDE: return all_inside(value, other);
    case TEST_OUTSIDE: return !all_inside(value, other);
    case TEST_OVERLAPS: return some_overlap(value, other);
    case TEST_SHORTER:
    case TEST_LONGER: return some_prefix(value, other, op == TEST_SHORTER);
    case TEST_PRESENT:
    case TEST_ABSENT:
    case TEST_NOT:
    case TEST_OPS: break;
    }
    return !compare_same(value, other);
}

bool compare_test(const struct test *test, const struct value *value, const struct value *other) {
    if (test->op == TEST_PRESENT || test->op == TEST_ABSENT) {
        return (value != NULL) == (test->op == TEST_PRESENT);
    }
    if (!value) {
        return false;
    }
    if (!test->values) {
        return other && compare_with(test->op, value->value, other->value);
    }
    for (const char *const *constant = test->values; *constant; constant++) {
        if (compare_with(test->op, value->value, *constant)) {
            if (test->op != TEST_NOT) {
                return true;
            }
        } else if (test->op == TEST_NOT) {
            return false;
        }
    }
    return test->op == TEST_NOT;
}

struct entry {
    const struct node *node;
    const char *value;
    struct cidr range;
};

static int by_value(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    int by = order(x->value, y->value);
    return by ? by : x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

static int by_range(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    int by = cidr_compare(&x->range, &y->range);
    return by ? by : x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

static int by_second(const void *a, const void *b) {
    const struct compare_pair *x = a, *y = b;
    return x->second->index < y->second->index ? -1 : x->second->index > y->second->index;
}

/* Members that have the attribute. */
static struct entry *entries(const struct node *const *members, size_t n, const char *key, size_t *count) {
    struct entry *all = mem_resize(NULL, n, sizeof *all);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct value *value = index_value(members[i]->values, members[i]->value_count, key);
        if (value) {
            all[(*count)++] = (struct entry){.node = members[i], .value = plain(value->value)};
        }
    }
    return all;
}

struct compare_pair *compare_repeats(const struct node *const *members, size_t n, const char *key, size_t *pairs) {
    size_t count;
    struct entry *all = entries(members, n, key, &count);
    struct compare_pair *found = mem_resize(NULL, count, sizeof *found);
    *pairs = 0;
    if (count > 1) {
        qsort(all, count, sizeof *all, by_value);
    }
    for (size_t i = 1, first = 0; i < count; i++) {
        if (order(all[first].value, all[i].value) == 0) {
            found[(*pairs)++] = (struct compare_pair){all[first].node, all[i].node};
        } else {
            first = i;
        }
    }
    if (*pairs > 1) {
        qsort(found, *pairs, sizeof *found, by_second);
    }
    free(all);
    return found;
}

/* One entry a range. */
static struct entry *ranges(const struct node *const *members, size_t n, const char *key, size_t *count) {
    struct entry *all = NULL;
    size_t cap = 0;
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct value *value = index_value(members[i]->values, members[i]->value_count, key);
        const char *at = value ? value->value : "";
        struct cidr range;
        for (int more; (more = cidr_next(&at, &range)) != 0;) {
            if (more < 0) {
                continue;
            }
            if (*count == cap) {
                cap = cap ? cap * 2 : n + 1;
                all = mem_resize(all, cap, sizeof *all);
            }
            all[(*count)++] = (struct entry){members[i], value ? value->value : "", range};
        }
    }
    return all;
}

/* Sorted by first address, a range overlaps an earlier one exactly when it starts before the farthest end so far. */
struct compare_pair *compare_overlaps(const struct node *const *members, size_t n, const char *key, size_t *pairs) {
    size_t count;
    struct entry *all = ranges(members, n, key, &count);
    struct compare_pair *found = mem_resize(NULL, count, sizeof *found);
    *pairs = 0;
    if (count > 1) {
        qsort(all, count, sizeof *all, by_range);
    }
    for (size_t i = 1, far = 0; i < count; i++) {
        const struct node *a = all[far].node, *b = all[i].node;
        if (a != b && cidr_overlap(&all[far].range, &all[i].range)) {
            found[(*pairs)++] = a->index < b->index ? (struct compare_pair){a, b} : (struct compare_pair){b, a};
        }
        if (memcmp(all[i].range.high, all[far].range.high, 16) > 0) {
            far = i;
        }
    }
    if (*pairs > 1) {
        qsort(found, *pairs, sizeof *found, by_second);
    }
    size_t kept = 0;
    for (size_t i = 0; i < *pairs; i++) {
        if (i == 0 || found[i].second != found[kept - 1].second) {
            found[kept++] = found[i];
        }
    }
    *pairs = kept;
    free(all);
    return found;
}

size_t compare_values(const struct node *const *members, size_t n, const char *key) {
    size_t count, different = 0;
    struct entry *all = entries(members, n, key, &count);
    if (count > 1) {
        qsort(all, count, sizeof *all, by_value);
    }
    for (size_t i = 0; i < count; i++) {
        different += i == 0 || order(all[i - 1].value, all[i].value) != 0;
    }
    free(all);
    return different;
}
