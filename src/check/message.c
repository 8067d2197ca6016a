/* The texts of violations: messages with the names and values of a proof in them. */
#include <string.h>

#include "check/predicate.h"

void predicate_name(const struct element *element, const struct index *index, struct str *out) {
    if (element->edge) {
        str_putc(out, '`');
        str_put(out, index_short_path(index, element->edge->from));
        str_put(out, element->edge->arrow_from ? element->edge->arrow_to ? " <-> " : " <- "
                     : element->edge->arrow_to ? " -> "
                                               : " -- ");
        str_put(out, index_short_path(index, element->edge->to));
        str_putc(out, '`');
    } else if (element->node && element->node->parent) {
        str_putc(out, '`');
        str_put(out, index_short_path(index, element->node));
        str_putc(out, '`');
    } else {
        str_put(out, "the diagram");
    }
}

static void put_value(const struct element *element, const char *key, size_t n, struct str *out) {
    const struct value *values = element->node ? element->node->values : element->edge ? element->edge->values : NULL;
    size_t count = element->node ? element->node->value_count : element->edge ? element->edge->value_count : 0;
    for (size_t i = 0; i < count; i++) {
        if (strlen(values[i].key) == n && memcmp(values[i].key, key, n) == 0) {
            str_put(out, values[i].value);
            return;
        }
    }
    str_put(out, "not given");
}

static size_t word(const char *at) {
    size_t n = 0;
    while ((at[n] >= 'a' && at[n] <= 'z') || (at[n] >= '0' && at[n] <= '9') || (at[n] == '-' && n > 0)) {
        n++;
    }
    return n;
}

static const struct element *named(const struct proof *proof, const char *name, size_t n) {
    const char *const *names = proof->condition->names;
    for (size_t i = 0; names && names[i] && i < PREDICATE_SLOTS; i++) {
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
            return &proof->slots[i];
        }
    }
    return NULL;
}

void predicate_message(const struct proof *proof, const struct index *index, const char *message, struct str *out) {
    while (*message) {
        size_t n = *message == '$' ? word(message + 1) : 0;
        const struct element *element = n ? named(proof, message + 1, n) : NULL;
        if (!element) {
            str_putc(out, *message++);
            continue;
        }
        message += 1 + n;
        size_t key = *message == '.' ? word(message + 1) : 0;
        if (key) {
            put_value(element, message + 1, key, out);
            message += 1 + key;
        } else {
            predicate_name(element, index, out);
        }
    }
}
