/* The words for what quality.c counts. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "layout/quality.h"

enum { MOST_NAMED = 20 };

const char *const measure_names[MEASURES] = {
    "nodes-overlap", "line-through-node", "text-over-text", "line-over-text", "text-cut-by-frame",
    "shared-runs",   "line-over-title",   "loose-ends",     "crossings",      "bends",
    "jogs",          "close-runs",        "along-frame",    "short-ends",     "uneven-ends",
    "near-misses",   "unequal-peers",     "bends-per-edge", "detour",         "white-space",
    "aspect",        "smallest-text",
};

enum measure quality_find(const char *name) {
    int i = 0;
    while (i < MEASURES && strcmp(measure_names[i], name) != 0)
        i++;
    return (enum measure)i;
}

double quality_score(const struct quality *quality, double aspect) {
    double score = 0;
    for (int i = 0; i < MEASURE_CROSSINGS; i++)
        score += 400 * quality->value[i];
    score += 40 * quality->value[MEASURE_CROSSINGS] + 8 * quality->value[MEASURE_BENDS] +
             20 * quality->value[MEASURE_JOGS];
    score += quality->length / 40;
    if (quality->width > 0 && quality->height > 0) {
        double ratio = aspect > 0 ? log(quality->width / quality->height / aspect) : 0;
        /* what counts is how small the picture becomes on the page */
        double wide = aspect > 0 ? fmax(quality->width, quality->height * aspect) : quality->width;
        score += 60 * ratio * ratio + wide / 10;
    }
    return score;
}

static const char *number(struct arena *arena, double value) {
    struct str s = STR_EMPTY;
    str_number(&s, value, 2);
    const char *copy = arena_copy(arena, s.at, s.n);
    str_free(&s);
    return copy;
}

static void name_faults(const struct quality *quality, enum measure measure, struct diags *diags) {
    size_t named = 0;
    for (size_t i = 0; i < quality->fault_count && named < MOST_NAMED; i++) {
        const struct fault *fault = &quality->faults[i];
        if (fault->measure != measure)
            continue;
        diag_add(diags, DIAG_quality, fault->mark, "%s", fault->text)->also = fault->also;
        named++;
    }
}

void quality_limit(const struct quality *quality, enum measure measure, double least, double most, const char *file,
                   struct diags *diags) {
    double value = quality->value[measure];
    if (value > most)
        diag_add(diags, DIAG_quality, (struct mark){0}, "%s: %s is %s, and --max allows %s", file,
                 measure_names[measure], number(diags->arena, value), number(diags->arena, most));
    if (value < least)
        diag_add(diags, DIAG_quality, (struct mark){0}, "%s: %s is %s, and --min asks for %s", file,
                 measure_names[measure], number(diags->arena, value), number(diags->arena, least));
    if (value > most)
        name_faults(quality, measure, diags);
}

static void put_position(struct str *out, struct mark mark) {
    if (!mark.source)
        return;
    struct position position = source_position(mark.source, mark.start);
    str_printf(out, "%s:%u:%u", mark.source->name, position.line, position.column);
}

/* The bends of all lines are a number, not a list. */
static bool listed(const struct fault *fault) { return fault->measure != MEASURE_BENDS; }

void quality_print(const struct quality *quality, const char *file, struct str *out) {
    str_printf(out, "quality %s\n", file);
    for (int i = 0; i < MEASURES; i++) {
        str_printf(out, "%s ", measure_names[i]);
        str_number(out, quality->value[i], 2);
        str_putc(out, '\n');
    }
    for (size_t i = 0; i < quality->fault_count; i++) {
        const struct fault *fault = &quality->faults[i];
        if (!listed(fault))
            continue;
        put_position(out, fault->mark);
        str_printf(out, ": %s", fault->text);
        if (fault->also.source) {
            str_put(out, " (");
            put_position(out, fault->also);
            str_putc(out, ')');
        }
        str_printf(out, " [%s]\n", measure_names[fault->measure]);
    }
}

static void put_json_position(struct str *out, const char *key, struct mark mark) {
    if (!mark.source)
        return;
    struct position position = source_position(mark.source, mark.start);
    str_printf(out, ", \"%s\": {\"file\": ", key);
    json_string(out, mark.source->name);
    str_printf(out, ", \"line\": %u, \"column\": %u}", position.line, position.column);
}

void quality_print_json(const struct quality *quality, const char *file, struct str *out) {
    str_put(out, "{\"file\": ");
    json_string(out, file);
    str_put(out, ", \"measures\": {");
    for (int i = 0; i < MEASURES; i++) {
        str_printf(out, "%s\"%s\": ", i ? ", " : "", measure_names[i]);
        str_number(out, quality->value[i], 4);
    }
    str_put(out, "}, \"faults\": [");
    bool first = true;
    for (size_t i = 0; i < quality->fault_count; i++) {
        const struct fault *fault = &quality->faults[i];
        if (!listed(fault))
            continue;
        str_printf(out, "%s\n  {\"measure\": \"%s\", \"text\": ", first ? "" : ",", measure_names[fault->measure]);
        json_string(out, fault->text);
        put_json_position(out, "at", fault->mark);
        put_json_position(out, "with", fault->also);
        str_putc(out, '}');
        first = false;
    }
    str_put(out, first ? "]}\n" : "\n]}\n");
}
