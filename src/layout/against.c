/* The earlier places are read from the SVG itself, of which the contract (DESIGN: ids are paths, a node's group begins with its icon)
 * is all that is known here. That the whole picture moved, because its title has a line more or its first column is wider, is
 * nothing a reader has to learn anew: the middle of all movements is taken off.
 */
#include "layout/against.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static const char *find_text(const char *at, const char *end, const char *text) {
    size_t n = strlen(text);
    for (; (size_t)(end - at) >= n; at++) {
        at = memchr(at, text[0], (size_t)(end - at) - n + 1);
        if (!at)
            return NULL;
        if (memcmp(at, text, n) == 0)
            return at;
    }
    return NULL;
}

/* The value of an attribute of the tag from `at` to `end`. */
static const char *attribute(const char *at, const char *end, const char *name, size_t *n) {
    const char *found = find_text(at, end, name);
    if (!found)
        return NULL;
    found += strlen(name);
    const char *quote = memchr(found, '"', (size_t)(end - found));
    *n = quote ? (size_t)(quote - found) : 0;
    return quote ? found : NULL;
}

/* A number without exponent, as this program writes them; strtod would ask the locale. */
static bool number_at(const char *at, const char *end, const char *name, double *out) {
    size_t n;
    const char *text = attribute(at, end, name, &n);
    if (!text || n == 0 || n > 20)
        return false;
    bool minus = *text == '-';
    double value = 0, unit = 0;
    for (size_t i = minus; i < n; i++) {
        if (text[i] == '.' && unit <= 0)
            unit = 1;
        else if (text[i] >= '0' && text[i] <= '9')
            value = 10 * value + (text[i] - '0'), unit *= 10;
        else
            return false;
    }
    *out = (minus ? -value : value) / (unit > 0 ? unit : 1);
    return true;
}

/* The first thing with a size in the element that begins at `at`: the icon, or a ring around its middle. */
static bool icon_middle(const char *at, const char *end, struct point *middle) {
    for (int tags = 0; tags < 6 && (at = memchr(at, '<', (size_t)(end - at))) != NULL; tags++) {
        const char *close = memchr(at, '>', (size_t)(end - at));
        double x, y, w, h;
        if (!close)
            return false;
        if (number_at(at, close, " x=\"", &x) && number_at(at, close, " y=\"", &y) &&
            number_at(at, close, " width=\"", &w) && number_at(at, close, " height=\"", &h)) {
            *middle = (struct point){x + w / 2, y + h / 2};
            return true;
        }
        at = close;
    }
    return false;
}

/* --- measuring ---------------------------------------------------------------------------------------------------------- */

struct move {
    const struct node *node;
    struct point by;
};

static int by_path(const void *a, const void *b) {
    return strcmp((*(const struct node *const *)a)->path, (*(const struct node *const *)b)->path);
}

struct leaves {
    const struct node **at; /* by path */
    size_t n;
};

static struct leaves sort_leaves(const struct model *model, struct arena *arena) {
    struct leaves leaves = {arena_array(arena, model->node_count, sizeof *leaves.at), 0};
    for (size_t i = 0; i < model->node_count; i++)
        if (!model->nodes[i]->group)
            leaves.at[leaves.n++] = model->nodes[i];
    qsort(leaves.at, leaves.n, sizeof *leaves.at, by_path);
    return leaves;
}

static const struct node *leaf_called(const struct leaves *leaves, const char *path) {
    struct node wanted = {.path = path};
    const struct node *key = &wanted, **found = bsearch(&key, leaves->at, leaves->n, sizeof *leaves->at, by_path);
    return found ? *found : NULL;
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const struct move *moves, size_t n, bool vertical, double *scratch) {
    for (size_t i = 0; i < n; i++)
        scratch[i] = vertical ? moves[i].by.y : moves[i].by.x;
    qsort(scratch, n, sizeof *scratch, by_number);
    return n ? scratch[n / 2] : 0;
}

static size_t list_moves(const struct model *model, const struct layout *layout, const char *svg, size_t n,
                         struct arena *arena, struct move *moves, size_t *gone) {
    static const char opening[] = "<g class=\"node\" id=\"";
    const char *end = svg + n;
    bool *seen = arena_array(arena, model->node_count, sizeof *seen);
    struct leaves leaves = sort_leaves(model, arena);
    size_t count = 0;
    *gone = 0;
    for (const char *at = svg; (at = find_text(at, end, opening)) != NULL;) {
        at += sizeof opening - 1;
        const char *quote = memchr(at, '"', (size_t)(end - at)),
                   *close = quote ? memchr(quote, '>', (size_t)(end - quote)) : NULL;
        if (!close)
            break;
        const struct node *node = leaf_called(&leaves, arena_copy(arena, at, (size_t)(quote - at)));
        struct point before;
        if (!node) {
            ++*gone;
        } else if (!seen[node->index] && icon_middle(close, end, &before)) {
            struct point now = rect_centre(layout->nodes[node->index].icon);
            seen[node->index] = true;
            moves[count++] = (struct move){node, {now.x - before.x, now.y - before.y}};
        }
        at = close;
    }
    return count;
}

struct against against_measure(const struct model *model, const struct layout *layout, const char *svg, size_t n,
                               struct arena *arena) {
    struct against against = {0};
    struct move *moves = arena_array(arena, model->node_count, sizeof *moves);
    double *scratch = arena_array(arena, model->node_count, sizeof *scratch), sum = 0;
    against.kept = list_moves(model, layout, svg, n, arena, moves, &against.gone);
    for (size_t i = 0; i < model->node_count; i++)
        against.fresh += !model->nodes[i]->group;
    against.fresh -= against.kept; /* among which each stands once */
    against.shift = (struct point){median(moves, against.kept, false, scratch),
                                   median(moves, against.kept, true, scratch)};
    for (size_t i = 0; i < against.kept; i++) {
        double by = hypot(moves[i].by.x - against.shift.x, moves[i].by.y - against.shift.y);
        sum += by;
        against.moved += by > 1;
        if (by > 1 && by > against.most)
            against.most = by, against.farthest = moves[i].node;
    }
    against.mean = against.kept ? sum / (double)against.kept : 0;
    return against;
}

/* --- words -------------------------------------------------------------------------------------------------------------- */

void against_print(const struct against *against, const char *file, struct str *out) {
    str_printf(out, "against %s\nnodes-kept %zu\nnodes-new %zu\nnodes-gone %zu\nnodes-moved %zu\nmoved-mean ", file,
               against->kept, against->fresh, against->gone, against->moved);
    str_number(out, against->mean, 1);
    str_put(out, "\nmoved-most ");
    str_number(out, against->most, 1);
    str_putc(out, '\n');
    if (!against->farthest)
        return;
    struct position position = source_position(against->farthest->mark.source, against->farthest->mark.start);
    str_printf(out, "%s:%u:%u: `%s` moved by ", against->farthest->mark.source->name, position.line, position.column,
               against->farthest->path);
    str_number(out, against->most, 1);
    str_put(out, " px [moved-most]\n");
}

void against_print_json(const struct against *against, const char *file, struct str *out) {
    str_put(out, "{\"against\": ");
    json_string(out, file);
    str_printf(out, ", \"kept\": %zu, \"new\": %zu, \"gone\": %zu, \"moved\": %zu, \"mean\": ", against->kept,
               against->fresh, against->gone, against->moved);
    str_number(out, against->mean, 1);
    str_put(out, ", \"most\": ");
    str_number(out, against->most, 1);
    str_put(out, ", \"farthest\": ");
    json_string(out, against->farthest ? against->farthest->path : NULL);
    str_put(out, "}\n");
}
