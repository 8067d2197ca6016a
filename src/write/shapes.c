#include "write/shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct device device;
    struct shapes *shapes;
    ARRAY(struct thing *) open;
    struct thing *loose; /* what the last primitives outside of all objects went to */
    int row;             /* the step whose badge was last seen in the table */
    size_t capacity;     /* lines the block at hand has room for */
};

static struct thing *add_shape(struct reader *reader, const struct object *object) {
    struct thing *shape = arena_alloc(reader->shapes->arena, sizeof *shape);
    shape->object = object;
    shape->index = reader->shapes->all.n;
    shape->outer = reader->open.n ? reader->open.at[reader->open.n - 1] : NULL;
    *array_push(reader->shapes->arena, &reader->shapes->all) = shape;
    return shape;
}

static int begin(struct device *device, const struct object *object) {
    struct reader *reader = (struct reader *)device;
    struct thing *shape = add_shape(reader, object);
    if (object->kind == OBJECT_NODE && reader->loose)
        shape->ground = reader->loose, reader->loose->is_ground = true;
    if (object->kind == OBJECT_STEP && shape->outer && shape->outer->object->kind == OBJECT_STEPS)
        reader->row = object->step;
    reader->loose = NULL;
    *array_push(reader->shapes->arena, &reader->open) = shape;
    return 0;
}

static int end(struct device *device, const struct object *object) {
    struct reader *reader = (struct reader *)device;
    reader->open.n--;
    if (object->kind == OBJECT_STEPS)
        reader->row = 0;
    return 0;
}

static struct piece *add_piece(struct reader *reader, enum piece_kind kind) {
    struct thing *shape = reader->open.n ? reader->open.at[reader->open.n - 1] : reader->loose;
    if (!shape)
        shape = reader->loose = add_shape(reader, NULL);
    struct piece *piece = array_push(reader->shapes->arena, &shape->pieces);
    bool in_table = shape->object && shape->object->kind == OBJECT_STEPS;
    *piece = (struct piece){.kind = kind, .step = in_table ? reader->row : 0};
    return piece;
}

static int take_path(struct device *device, const struct path *path) {
    add_piece((struct reader *)device, PIECE_PATH)->path = path;
    return 0;
}

static int take_icon(struct device *device, const struct picture *picture) {
    add_piece((struct reader *)device, PIECE_ICON)->icon = picture;
    return 0;
}

/* --- blocks of text ---------------------------------------------------------------------------------------------------- */

static const double single_leading = 1.35; /* ems, of a text of one line */

static bool same_paint(struct paint a, struct paint b) {
    return a.kind == b.kind && a.role == b.role && a.rgb == b.rgb && fabs(a.opacity - b.opacity) < 0.001;
}

static bool goes_on(const struct piece *piece, int row, const struct text_line *text) {
    const struct text_line *first = piece->words.first;
    if (piece->kind != PIECE_WORDS || piece->step != row || first->role != text->role || first->lang != text->lang ||
        first->weight != text->weight || first->anchor != text->anchor || fabs(first->size - text->size) > 0.01 ||
        fabs(first->origin.x - text->origin.x) > 0.01 || !same_paint(first->fill, text->fill))
        return false;
    double step = text->origin.y - (first->origin.y + (double)(piece->words.n - 1) * piece->words.leading);
    return piece->words.n > 1 ? fabs(step - piece->words.leading) < 0.01
                              : step > 0.9 * text->size && step < 1.7 * text->size;
}

static void measure(struct words *words, double width) {
    const struct text_line *first = words->first;
    struct font_metrics metrics = font_metrics(first->weight);
    double down = (words->leading - (metrics.ascent + metrics.descent) * first->size) / 2 +
                  metrics.ascent * first->size;
    words->box.w = fmax(words->box.w, width), words->box.h = (double)words->n * words->leading;
    words->box.x = first->origin.x - (first->anchor == ANCHOR_MIDDLE ? words->box.w / 2
                                      : first->anchor == ANCHOR_END  ? words->box.w
                                                                     : 0);
    words->box.y = first->origin.y - down;
}

static int take_text(struct device *device, const struct text_line *text) {
    struct reader *reader = (struct reader *)device;
    struct thing *shape = reader->open.n ? reader->open.at[reader->open.n - 1] : reader->loose;
    struct piece *last = shape && shape->pieces.n ? &shape->pieces.at[shape->pieces.n - 1] : NULL;
    bool joins = last && goes_on(last, shape->object && shape->object->kind == OBJECT_STEPS ? reader->row : 0, text);
    if (!joins) {
        last = add_piece(reader, PIECE_WORDS);
        last->words = (struct words){.first = text, .leading = text->size * single_leading};
        reader->capacity = 0;
    }
    struct words *words = &last->words;
    if (words->n == 1)
        words->leading = text->origin.y - words->first->origin.y;
    words->lines = arena_grow(reader->shapes->arena, words->lines, &reader->capacity, words->n + 1,
                              sizeof *words->lines);
    words->lines[words->n++] = text->at;
    measure(words, text->width);
    return 0;
}

/* --- what holds what ----------------------------------------------------------------------------------------------------- */

static bool is_place(const struct thing *shape) {
    return shape->object && shape->object->id &&
           (shape->object->kind == OBJECT_CLUSTER || shape->object->kind == OBJECT_NODE);
}

static int by_path(const void *a, const void *b) {
    const struct thing *x = *(const struct thing *const *)a, *y = *(const struct thing *const *)b;
    return strcmp(x->object->id, y->object->id);
}

struct wanted {
    const char *path;
    size_t n;
};

static int compare_wanted(const void *key, const void *element) {
    const struct wanted *wanted = key;
    const char *path = (*(const struct thing *const *)element)->object->id;
    int order = strncmp(wanted->path, path, wanted->n);
    return order ? order : path[wanted->n] ? -1 : 0;
}

static const struct thing *find(const struct shapes *shapes, const char *path, size_t n) {
    struct wanted wanted = {path, n};
    struct thing **found = shapes->places.n ? bsearch(&wanted, shapes->places.at, shapes->places.n,
                                                      sizeof *shapes->places.at, compare_wanted)
                                            : NULL;
    return found ? *found : NULL;
}

const struct thing *shapes_find(const struct shapes *shapes, const char *path) {
    return find(shapes, path, strlen(path));
}

/* The innermost cluster around what has this path, of which the first `n` bytes count. */
static const struct thing *around(const struct shapes *shapes, const char *path, size_t n) {
    while (n > 0) {
        while (n > 0 && path[n - 1] != '.')
            n--;
        const struct thing *group = n > 1 ? find(shapes, path, n - 1) : NULL;
        if (group && group->object->kind == OBJECT_CLUSTER)
            return group;
        n = n > 0 ? n - 1 : 0;
    }
    return NULL;
}

/* Both ends stand in the group, or one of them is it. */
static const struct thing *around_both(const struct shapes *shapes, const struct object *edge) {
    size_t common = 0, dot = 0;
    const char *a = edge->from, *b = edge->to;
    while (a[common] && a[common] == b[common]) {
        if (a[common] == '.')
            dot = common + 1;
        common++;
    }
    bool a_ends = !a[common] || a[common] == '.', b_ends = !b[common] || b[common] == '.';
    const struct thing *whole = a_ends && b_ends && common ? find(shapes, a, common) : NULL;
    if (whole && whole->object->kind == OBJECT_CLUSTER)
        return whole;
    return a_ends && b_ends ? around(shapes, a, common) : around(shapes, a, dot);
}

static void nest(struct shapes *shapes) {
    for (size_t i = 0; i < shapes->all.n; i++)
        if (is_place(shapes->all.at[i]))
            *array_push(shapes->arena, &shapes->places) = shapes->all.at[i];
    if (shapes->places.n)
        qsort(shapes->places.at, shapes->places.n, sizeof *shapes->places.at, by_path);
    for (size_t i = 0; i < shapes->all.n; i++) {
        struct thing *shape = shapes->all.at[i];
        if (is_place(shape))
            shape->group = around(shapes, shape->object->id, strlen(shape->object->id));
        else if (shape->object && shape->object->kind == OBJECT_EDGE)
            shape->group = around_both(shapes, shape->object);
    }
}

struct shapes shapes_read(const struct scene *scene, struct arena *arena) {
    struct shapes shapes = {.arena = arena, .scene = scene};
    struct reader reader = {{begin, end, take_path, take_text, take_icon}, .shapes = &shapes};
    scene_play(scene, &reader.device);
    nest(&shapes);
    return shapes;
}

/* --- asking ------------------------------------------------------------------------------------------------------------------ */

const struct piece *shape_piece(const struct thing *shape, enum piece_kind kind) {
    for (size_t i = 0; i < shape->pieces.n; i++)
        if (shape->pieces.at[i].kind == kind)
            return &shape->pieces.at[i];
    return NULL;
}

const struct path *shape_path(const struct thing *shape, enum role role) {
    for (size_t i = 0; i < shape->pieces.n; i++)
        if (shape->pieces.at[i].kind == PIECE_PATH && shape->pieces.at[i].path->role == role)
            return shape->pieces.at[i].path;
    return NULL;
}

static const char *end_name(const struct shapes *shapes, const char *path) {
    const struct thing *shape = shapes_find(shapes, path);
    return shape && shape->object->name ? shape->object->name : path;
}

const char *shapes_edge_name(const struct shapes *shapes, const struct thing *edge) {
    static const char *const arrows[2][2] = {{"–", "→"}, {"←", "↔"}};
    const struct object *object = edge->object;
    return arena_printf(shapes->arena, "%s %s %s%s%s", end_name(shapes, object->from),
                        arrows[object->arrow_from][object->arrow_to], end_name(shapes, object->to),
                        object->name ? ": " : "", object->name ? object->name : "");
}

const char *shapes_note_text(const struct shapes *shapes, int number) {
    struct str text = STR_EMPTY;
    for (size_t i = 0; i < shapes->all.n && !text.n; i++) {
        const struct thing *shape = shapes->all.at[i];
        if (!shape->object || shape->object->kind != OBJECT_NOTE || shape->object->number != number)
            continue;
        const struct piece *piece = shape_piece(shape, PIECE_WORDS);
        for (size_t k = 0; piece && k < piece->words.n; k++)
            str_printf(&text, "%s%s", k && shapes->scene->lang != LANG_JA ? " " : "", piece->words.lines[k]);
    }
    const char *copy = text.n ? arena_copy(shapes->arena, text.at, text.n) : NULL;
    str_free(&text);
    return copy;
}

struct rect path_extent(const struct path *path) {
    static const int points[] = {1, 1, 3, 0};
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    if (path->rectangle || path->circle)
        return path->box;
    for (size_t i = 0; i < path->n; i++)
        for (int k = 0; k < points[path->steps[i].verb]; k++) {
            struct point p = path->steps[i].p[k];
            x0 = fmin(x0, p.x), y0 = fmin(y0, p.y), x1 = fmax(x1, p.x), y1 = fmax(y1, p.y);
        }
    return x0 <= x1 ? (struct rect){x0, y0, x1 - x0, y1 - y0} : (struct rect){0, 0, 0, 0};
}
