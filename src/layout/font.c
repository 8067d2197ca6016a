#include "layout/font.h"

#include <string.h>

#include "layout/font_tables.h"

static unsigned get16(const unsigned char *at) { return (unsigned)at[0] << 8 | at[1]; }
static int get_signed(const unsigned char *at) { return (int16_t)get16(at); }
static uint32_t get32(const unsigned char *at) { return (uint32_t)get16(at) << 16 | get16(at + 2); }

struct font_bytes font_table_bytes(enum weight weight, const char tag[4]) {
    const unsigned char *ttf = font_tables[weight].ttf;
    for (unsigned i = 0, n = get16(ttf + 4); i < n; i++) {
        const unsigned char *row = ttf + 12 + 16 * (size_t)i;
        if (memcmp(row, tag, 4) == 0)
            return (struct font_bytes){ttf + get32(row + 8), get32(row + 12)};
    }
    return (struct font_bytes){NULL, 0};
}

/* --- characters ------------------------------------------------------------------------------------------------------- */

unsigned font_glyph_count(enum weight weight) { return font_tables[weight].glyphs; }

uint16_t font_glyph(enum weight weight, uint32_t code) {
    const struct font_table *table = &font_tables[weight];
    return code > 0xFFFF ? 0 : table->glyph_of[table->page[code / FONT_PAGE] * FONT_PAGE + code % FONT_PAGE];
}

/* Characters that ask for something and show nothing: soft hyphen, joiners, variation selectors, byte order mark. */
static bool shows_nothing(uint32_t code) {
    return code == 0xAD || (code >= 0x200B && code <= 0x200F) || (code >= 0x2060 && code <= 0x2064) ||
           (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF || (code >= 0xE0100 && code <= 0xE01EF);
}

static bool is_mark(uint32_t code) {
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x302A && code <= 0x302D) || code == 0x3099 || code == 0x309A;
}

static const struct font_pair *find_pair(const struct font_table *table, uint16_t base, uint32_t code) {
    size_t low = 0, high = table->pair_count;
    uint32_t wanted = (uint32_t)base << 16 | code;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t here = (uint32_t)table->pairs[middle].base << 16 | table->pairs[middle].next;
        if (here == wanted)
            return &table->pairs[middle];
        if (here < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct font_reader font_read(enum weight weight, const char *text, size_t n) {
    return (struct font_reader){.at = text, .end = text + n, .start = text, .weight = weight};
}

/* Whether what begins here may be one glyph with what stands before it: marks, U+3035, dashes. Most kana are told by their bytes. */
static bool may_join(const char *at, const char *end) {
    unsigned char first = at < end ? (unsigned char)*at : 0, second = at + 1 < end ? (unsigned char)at[1] : 0;
    return first == 0xCC || first == 0xCD || (first == 0xE2 && second == 0x80) ||
           (first == 0xE3 &&
            (second == 0x80 || (second == 0x82 && at + 2 < end && ((unsigned char)at[2] & 0xFC) == 0x98)));
}

/* What follows a character, as long as the font has one glyph for both. */
static void join(struct font_reader *reader) {
    while (may_join(reader->at, reader->end)) {
        const char *at = reader->at;
        uint32_t code = utf8_next(&at, reader->end);
        const struct font_pair *pair = find_pair(&font_tables[reader->weight], reader->glyph, code);
        if (!pair)
            return;
        reader->glyph = pair->glyph, reader->code = pair->code;
        reader->at = at;
    }
}

bool font_next(struct font_reader *reader) {
    do {
        if (reader->at >= reader->end)
            return false;
        reader->cluster = (uint32_t)(reader->at - reader->start);
        reader->code = (unsigned char)*reader->at;
        if (reader->code < 0x80)
            reader->at++;
        else
            reader->code = utf8_next(&reader->at, reader->end);
    } while (reader->code > 0x80 && shows_nothing(reader->code));
    reader->glyph = font_glyph(reader->weight, reader->code == '\t' || reader->code == '\n' ? ' ' : reader->code);
    reader->mark = reader->code >= 0x300 && reader->glyph && is_mark(reader->code);
    if (reader->glyph && !reader->mark)
        join(reader);
    return true;
}

/* A byte that marks begin with, so that most texts need no second look. */
static bool may_hold_marks(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0xCC || c == 0xCD || (c == 0xE3 && i + 2 < n && (text[i + 1] == '\x82' || text[i + 1] == '\x80')))
            return true;
    }
    return false;
}

bool font_simple(enum weight weight, const char *text, size_t n) {
    struct font_reader reader = font_read(weight, text, n);
    bool simple = true;
    if (!may_hold_marks(text, n))
        return true;
    while (simple && font_next(&reader))
        simple = reader.code && !is_mark(reader.code);
    return simple;
}

uint32_t font_lacks(const char *text, size_t n, size_t *offset) {
    struct font_reader reader = font_read(WEIGHT_REGULAR, text, n);
    while (font_next(&reader))
        if (!reader.glyph) {
            *offset = reader.cluster;
            return reader.code;
        }
    return 0;
}

/* --- widths ------------------------------------------------------------------------------------------------------------ */

int font_advance(enum weight weight, uint16_t glyph) {
    const struct font_table *table = &font_tables[weight];
    unsigned row = glyph < table->long_advances ? glyph : table->long_advances - 1u;
    return (int)get16(table->ttf + table->hmtx + 4 * (size_t)row);
}

int font_kern(enum weight weight, uint16_t a, uint16_t b) {
    const struct font_table *table = &font_tables[weight];
    if (a >= table->kerned || b >= table->kerned)
        return 0;
    return table->kern[table->first[a] * table->columns + table->second[b]];
}

double font_width(enum weight weight, double size, const char *text, size_t n) {
    struct font_reader reader = font_read(weight, text, n);
    long sum = 0;
    uint16_t before = 0;
    while (font_next(&reader)) {
        sum += font_kern(weight, before, reader.glyph) + (reader.mark ? 0 : font_advance(weight, reader.glyph));
        before = reader.glyph;
    }
    return (double)sum * size / FONT_EM;
}

bool font_fits(enum weight weight, double size, const char *text, size_t n, double most, double *width) {
    struct font_reader reader = font_read(weight, text, n);
    long sum = 0, limit = (long)(most / size * FONT_EM) + FONT_EM; /* kerning may take a little back */
    uint16_t before = 0;
    while (sum <= limit && font_next(&reader)) {
        sum += font_kern(weight, before, reader.glyph) + (reader.mark ? 0 : font_advance(weight, reader.glyph));
        before = reader.glyph;
    }
    *width = (double)sum * size / FONT_EM;
    return sum <= limit && *width <= most;
}

/* Put a mark over the middle of the glyph before it, and above its top. */
static void place_mark(enum weight weight, const struct glyph *base, struct glyph *mark, double scale) {
    enum { GAP = 50 }; /* units between letter and mark */
    struct font_bytes below = font_glyph_bytes(weight, base->id), above = font_glyph_bytes(weight, mark->id);
    if (!below.n || !above.n)
        return;
    double middle = (get_signed(below.at + 2) + get_signed(below.at + 6)) / 2.0; /* xMin, yMin, xMax, yMax */
    double own = (get_signed(above.at + 2) + get_signed(above.at + 6)) / 2.0;
    int rise = get_signed(below.at + 8) + GAP - get_signed(above.at + 4);
    mark->x = base->x + (float)((middle - own) * scale);
    mark->y = rise > 0 && get_signed(above.at + 4) > 0 ? (float)(-rise * scale) : 0;
}

struct run font_shape(struct arena *arena, enum weight weight, double size, const char *text, size_t n) {
    struct font_reader reader = font_read(weight, text, n);
    struct run run = {arena_array(arena, n, sizeof(struct glyph)), 0, 0};
    double scale = size / FONT_EM;
    long pen = 0;
    while (font_next(&reader)) {
        struct glyph *last = run.n ? &run.glyphs[run.n - 1] : NULL;
        int kern = last ? font_kern(weight, last->id, reader.glyph) : 0;
        int advance = reader.mark ? 0 : font_advance(weight, reader.glyph);
        pen += kern;
        if (kern)
            last->advance += (float)(kern * scale);
        struct glyph *glyph = &run.glyphs[run.n++];
        *glyph = (struct glyph){reader.glyph, reader.cluster, (float)((double)pen * scale), 0,
                                (float)(advance * scale)};
        if (last && reader.mark)
            place_mark(weight, last, glyph, scale);
        pen += advance;
    }
    run.width = (double)pen * scale;
    return run;
}

struct font_metrics font_metrics(enum weight weight) {
    const unsigned char *hhea = font_tables[weight].ttf + font_tables[weight].hhea;
    struct font_bytes capital = font_glyph_bytes(weight, font_glyph(weight, 'H'));
    return (struct font_metrics){get_signed(hhea + 4) / (double)FONT_EM, -get_signed(hhea + 6) / (double)FONT_EM,
                                 get_signed(capital.at + 8) / (double)FONT_EM};
}

/* --- outlines --------------------------------------------------------------------------------------------------------- */

struct font_bytes font_glyph_bytes(enum weight weight, uint16_t glyph) {
    const struct font_table *table = &font_tables[weight];
    const unsigned char *at = table->ttf + table->loca + 4 * (size_t)glyph;
    if (glyph >= table->glyphs)
        return (struct font_bytes){table->ttf, 0};
    return (struct font_bytes){table->ttf + table->glyf + get32(at), get32(at + 4) - get32(at)};
}

enum { ON_CURVE = 1, X_SHORT = 2, Y_SHORT = 4, REPEAT = 8, X_SAME = 16, Y_SAME = 32, MOST_POINTS = 1024 };

struct outline_point {
    double x, y;
    bool on;
};

/* Flags, then all x, then all y, each a difference from the point before. */
static void read_points(const unsigned char *at, size_t n, double scale, struct outline_point *points) {
    unsigned char flags[MOST_POINTS];
    int value = 0;
    for (size_t i = 0; i < n;) {
        unsigned char flag = *at++;
        for (unsigned times = flag & REPEAT ? *at++ + 1u : 1u; times > 0 && i < n; times--)
            flags[i++] = flag;
    }
    for (size_t i = 0; i < n; i++) {
        if (flags[i] & X_SHORT)
            value += flags[i] & X_SAME ? *at : -*at, at++;
        else if (!(flags[i] & X_SAME))
            value += get_signed(at), at += 2;
        points[i].x = value * scale;
        points[i].on = flags[i] & ON_CURVE;
    }
    value = 0;
    for (size_t i = 0; i < n; i++) {
        if (flags[i] & Y_SHORT)
            value += flags[i] & Y_SAME ? *at : -*at, at++;
        else if (!(flags[i] & Y_SAME))
            value += get_signed(at), at += 2;
        points[i].y = -value * scale;
    }
}

static struct outline_point between(struct outline_point a, struct outline_point b) {
    return (struct outline_point){(a.x + b.x) / 2, (a.y + b.y) / 2, true};
}

/* A ring of points on the curve and off it; between two that are off it, one on it is implied. */
static void draw_contour(const struct outline_point *points, size_t n, const struct font_pen *pen) {
    size_t first = 0;
    if (n == 0)
        return;
    while (first < n && !points[first].on) /* NOLINT(clang-analyzer-core.uninitialized.Branch): read_points filled n */
        first++;
    struct outline_point start = first < n ? points[first] : between(points[0], points[n - 1]), control = start;
    bool pending = false;
    size_t from = first < n ? first + 1 : 0, count = first < n ? n - 1 : n;
    pen->move(pen->to, start.x, start.y);
    for (size_t i = 0; i < count; i++) {
        struct outline_point point = points[(from + i) % n];
        if (!point.on) {
            struct outline_point middle = between(control, point);
            if (pending)
                pen->quad(pen->to, control.x, control.y, middle.x, middle.y);
            control = point, pending = true;
        } else if (pending) {
            pen->quad(pen->to, control.x, control.y, point.x, point.y);
            pending = false;
        } else {
            pen->line(pen->to, point.x, point.y);
        }
    }
    if (pending)
        pen->quad(pen->to, control.x, control.y, start.x, start.y);
    pen->close(pen->to);
}

void font_outline(enum weight weight, uint16_t glyph, double size, const struct font_pen *pen) {
    struct outline_point
        points[MOST_POINTS]; /* the build checks that no glyph has more, and that none is composed of others */
    struct font_bytes bytes = font_glyph_bytes(weight, glyph);
    if (bytes.n == 0)
        return;
    unsigned contours = get16(bytes.at);
    const unsigned char *ends = bytes.at + 10, *rest = ends + 2 * (size_t)contours;
    size_t n = contours ? get16(ends + 2 * (size_t)(contours - 1)) + 1u : 0, start = 0;
    read_points(rest + 2 + get16(rest), n, size / FONT_EM, points);
    for (size_t i = 0; i < contours; i++) {
        size_t end = get16(ends + 2 * i) + 1u;
        if (end > start)
            draw_contour(points + start, end - start, pen);
        start = end;
    }
}
