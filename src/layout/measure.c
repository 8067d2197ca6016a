/* Sizes from texts. Lines are chosen by dynamic programming over the places breaks_find names: the cheapest way to cut the text into
 * lines that fit, where cheap means cheap breaks, few lines and, where wanted, lines of even length.
 */
#include "layout/measure.h"

#include <math.h>
#include <string.h>

#include "layout/breaks.h"

enum { COST_LINE = 400, COST_WIDOW = 100, COST_OVER = 100000000 };

struct breaker {
    struct arena *arena;
    const char *text;
    const struct fit *fit;
    struct break_place *places;
    size_t n;
    enum weight weight;
    double width; /* of a line, at most */
    double cost_line;
    double *starts; /* width of the text up to every place's `after`, in units of the font */
    double *ends;   /* and up to its `before` */
};

/* px; rounded as font_width does it. */
static double scaled(const struct breaker *breaker, double units) { return units * breaker->fit->size / FONT_EM; }

/* Widths of all prefixes in one pass over the text; a start lies behind the kerning over its break, which no line has. */
static void measure_prefixes(struct breaker *breaker, size_t length) {
    struct font_reader reader = font_read(breaker->weight, breaker->text, length);
    uint16_t last = 0;
    long pen = 0;
    bool more = font_next(&reader);
    for (size_t i = 0; i < 2 * breaker->n;
         i++) { /* the end of the line before each place, then the start of the one behind it */
        const struct break_place *place = &breaker->places[i / 2];
        for (size_t offset = i % 2 ? place->after : place->before; more && reader.cluster < offset;
             more = font_next(&reader)) {
            pen += font_kern(breaker->weight, last, reader.glyph) +
                   (reader.mark ? 0 : font_advance(breaker->weight, reader.glyph));
            last = reader.glyph;
        }
        if (i % 2)
            breaker->starts[i / 2] = (double)(pen + (more ? font_kern(breaker->weight, last, reader.glyph) : 0));
        else
            breaker->ends[i / 2] = (double)pen;
    }
}

/* Lines that end at every place, cheapest first choice kept: `from[i]` is the place the last line begins behind, n for the start. */
struct choice {
    double cost;
    size_t from, lines;
};

/* `alone`: it is the only line. A last line of two or three characters looks like a slip. */
static double line_cost(const struct breaker *breaker, double width, double ideal, const struct break_place *end,
                        bool last, bool alone) {
    double over = width - breaker->width, cost = (last ? 0 : end->cost) + breaker->cost_line;
    if (over > 0.5)
        return cost + COST_OVER + over * 100;
    if (last && !alone && width < 3.5 * breaker->fit->size && breaker->width > 10 * breaker->fit->size)
        cost += COST_WIDOW;
    if (breaker->fit->balanced && ideal > 0)
        cost += 1.2 * fabs(width - ideal);
    else if (!last)
        cost += 0.5 * (breaker->width - width) * (breaker->width - width) / breaker->width;
    return cost;
}

static void choose_lines(const struct breaker *breaker, double ideal, struct choice *best) {
    for (size_t i = 0; i < breaker->n; i++) {
        best[i] = (struct choice){INFINITY, breaker->n, 1};
        for (size_t back = i + 1; back-- > 0;) {
            /* the line from behind place back - 1 (or the start) to place i */
            bool first = back == 0;
            if (!first && breaker->places[back - 1].forced && back - 1 == i)
                continue;
            double start = first ? 0 : breaker->starts[back - 1], width = scaled(breaker, breaker->ends[i] - start);
            double before = first ? 0 : best[back - 1].cost;
            double cost = before + line_cost(breaker, width, ideal, &breaker->places[i],
                                             i + 1 == breaker->n || breaker->places[i].forced, first);
            if (cost < best[i].cost - 1e-9)
                best[i] = (struct choice){cost, first ? breaker->n : back - 1, first ? 1 : best[back - 1].lines + 1};
            if (!first && breaker->places[back - 1].forced)
                break; /* a line does not reach over a line feed */
            if (width > breaker->width + 0.5)
                break; /* longer ones only get worse */
        }
    }
}

static size_t take_lines(const struct breaker *breaker, const struct choice *best, struct line *lines) {
    size_t n = best[breaker->n - 1].lines, at = breaker->n - 1;
    for (size_t k = n; k-- > 0;) {
        bool first = best[at].from == breaker->n;
        size_t from = best[at].from, start = first ? 0 : breaker->places[from].after;
        size_t end = breaker->places[at].before > start ? breaker->places[at].before : start;
        double width = end > start ? scaled(breaker, breaker->ends[at] - (first ? 0 : breaker->starts[from])) : 0;
        lines[k] = (struct line){breaker->text + start, end - start, width};
        at = from;
    }
    return n;
}

/* The line with as many of its characters as fit before an ellipsis; that of the font stands high, as Japanese wants it. */
static struct line with_ellipsis(const struct breaker *breaker, struct line line) {
    size_t n = line.n;
    for (;;) {
        while (n > 0 && line.at[n - 1] == ' ')
            n--;
        bool latin = n == 0 || (unsigned char)line.at[n - 1] < 0x80;
        char *text = arena_printf(breaker->arena, "%.*s%s", (int)n, line.at, latin ? "..." : "\xE2\x80\xA6");
        double width = font_width(breaker->weight, breaker->fit->size, text, strlen(text));
        if (width <= breaker->width || n == 0)
            return (struct line){text, strlen(text), width};
        while (n > 0 && ((unsigned char)line.at[--n] & 0xC0) == 0x80)
            ;
    }
}

/* Room for the places of most texts, so that they leave nothing in the arena. */
enum { FEW = 160 };
enum { LABEL_WIDTH = 130, LABEL_MOST = 160, LABEL_LINES = 3 };
struct room {
    struct break_place places[FEW];
    struct choice best[FEW];
    double starts[FEW], ends[FEW];
};

/* The breaks that are not dire, which are most of all places: those inside words. */
static struct breaker without_dire(const struct breaker *all, struct room *room) {
    struct breaker few = *all;
    few.places = room->places, few.starts = room->starts, few.ends = room->ends, few.n = 0;
    for (size_t i = 0; i < all->n && few.n < FEW; i++)
        if (all->places[i].cost < BREAK_DIRE || i + 1 == all->n) {
            few.places[few.n] = all->places[i];
            few.starts[few.n] = all->starts[i];
            few.ends[few.n++] = all->ends[i];
        }
    return few;
}

static size_t choose_and_take(struct breaker *breaker, struct choice *best, struct line **lines) {
    size_t n = best[breaker->n - 1].lines;
    if (breaker->fit->balanced && n > 1) {
        choose_lines(breaker, scaled(breaker, breaker->ends[breaker->n - 1]) / (double)n, best);
        n = best[breaker->n - 1].lines;
    }
    *lines = arena_array(breaker->arena, n, sizeof **lines);
    return take_lines(breaker, best, *lines);
}

/* The cheapest lines, without dire breaks where that goes. How many. */
static size_t cheapest_lines(struct breaker *breaker, struct choice *best, struct line **lines) {
    struct room cheap;
    struct breaker few = without_dire(breaker, &cheap);
    if (few.n > 0 && few.n < FEW) {
        choose_lines(&few, 0, cheap.best);
        if (cheap.best[few.n - 1].cost < COST_OVER)
            return choose_and_take(&few, cheap.best, lines);
    }
    choose_lines(breaker, 0, best);
    return choose_and_take(breaker, best, lines);
}

/* As wide as the widest piece between breaks where a word or phrase ends, where that may be. */
static double wide_enough(const struct breaker *breaker) {
    double width = breaker->fit->width, start = 0;
    for (size_t i = 0; i < breaker->n; i++) {
        if (breaker->places[i].cost >= BREAK_PARTICLE)
            continue;
        double piece = scaled(breaker, breaker->ends[i] - start);
        if (piece > width && piece <= breaker->fit->most)
            width = piece;
        start = breaker->starts[i];
    }
    return width;
}

static size_t break_lines(struct breaker *breaker, size_t length, struct line **lines) {
    struct room room;
    struct choice *best = room.best;
    size_t most = utf8_count(breaker->text, length) + 1;
    breaker->places = room.places, breaker->starts = room.starts, breaker->ends = room.ends;
    if (most > FEW) {
        breaker->places = arena_array(breaker->arena, most, sizeof *breaker->places);
        breaker->starts = arena_array(breaker->arena, most, sizeof *breaker->starts);
        breaker->ends = arena_array(breaker->arena, most, sizeof *breaker->ends);
        best = arena_array(breaker->arena, most, sizeof *best);
    }
    breaker->n = breaks_find(breaker->text, length, breaker->places);
    measure_prefixes(breaker, length);
    breaker->width = wide_enough(breaker);
    size_t found = cheapest_lines(breaker, best, lines);
    if (breaker->fit->lines && found > breaker->fit->lines) { /* as few lines as can be, whatever the breaks */
        breaker->cost_line = 10 * BREAK_DIRE;
        found = cheapest_lines(breaker, best, lines);
    }
    breaker->places = NULL, breaker->starts = breaker->ends = NULL; /* they end with this call */
    return found;
}

static bool fits_one_line(const struct breaker *breaker, size_t length, double *width) {
    if (breaker->text[length - 1] == ' ' || memchr(breaker->text, '\n', length))
        return false;
    return font_fits(breaker->weight, breaker->fit->size, breaker->text, length, breaker->fit->width, width);
}

struct block measure_text(struct arena *arena, const char *text, const struct fit *fit) {
    struct block block = {
        .size = fit->size, .leading = fit->leading > 0 ? fit->leading : round(fit->size * 1.35), .bold = fit->bold};
    if (!text || !*text)
        return block;
    struct breaker breaker = {.arena = arena,
                              .text = text,
                              .fit = fit,
                              .weight = fit->bold ? WEIGHT_BOLD : WEIGHT_REGULAR,
                              .width = fit->width,
                              .cost_line = COST_LINE};
    size_t length = strlen(text);
    double width;
    if (fits_one_line(&breaker, length, &width)) {
        block.lines = arena_alloc(arena, sizeof *block.lines);
        block.lines[block.n++] = (struct line){text, length, width};
    } else {
        block.n = break_lines(&breaker, length, &block.lines);
    }
    if (fit->lines && block.n > fit->lines) {
        struct line *last = &block.lines[fit->lines - 1];
        *last = with_ellipsis(&breaker, *last);
        block.n = fit->lines;
        block.cut = true;
    }
    for (size_t i = 0; i < block.n; i++)
        block.width = fmax(block.width, block.lines[i].width);
    return block;
}

/* --- nodes and edges ------------------------------------------------------------------------------------------------------ */

struct measurer {
    const struct model *model;
    const struct metrics *metrics;
    struct arena *arena;
    struct diags *diags;
};

/* The place of a character in the source, when it stands there as itself and not as an escape. */
static struct mark narrowed(struct mark mark, const char *character, size_t n) {
    for (size_t at = mark.start; mark.source && at + n <= mark.end && mark.end <= mark.source->size; at++)
        if (memcmp(mark.source->bytes + at, character, n) == 0) {
            mark.start = at, mark.end = at + n;
            break;
        }
    return mark;
}

/* What follows `at` that the font lacks as well: where it ends. The code points go into `codes`. */
static const char *lacking_run(const char *at, const char *end, struct str *codes, size_t *count) {
    enum { MOST_NAMED = 8 };
    size_t offset = 0;
    uint32_t code;
    for (*count = 0; (code = font_lacks(at, (size_t)(end - at), &offset)) != 0 && offset == 0; ++*count) {
        if (*count < MOST_NAMED)
            str_printf(codes, "%sU+%04X", *count ? ", " : "", (unsigned)code);
        else if (*count == MOST_NAMED)
            str_put(codes, ", ...");
        utf8_next(&at, end);
    }
    return at;
}

/* Every run of characters that the font lacks, the same one twice in a row once. */
static void check_text(struct measurer *measurer, const char *text, struct mark mark) {
    const char *end = text + strlen(text), *last = NULL;
    size_t offset = 0, count, length = 0;
    struct str codes = STR_EMPTY;
    while (font_lacks(text, (size_t)(end - text), &offset) != 0) {
        const char *start = text + offset;
        str_clear(&codes);
        text = lacking_run(start, end, &codes, &count);
        size_t n = (size_t)(text - start);
        if (!last || length != n || memcmp(last, start, n) != 0)
            diag_add(measurer->diags, DIAG_missing_glyph, narrowed(mark, start, n),
                     count == 1 ? "the font has no character %s `%.*s`; a box is drawn in its place"
                                : "the font has no characters %s `%.*s`; boxes are drawn in their place",
                     codes.at, (int)n, start);
        last = start, length = n;
    }
    str_free(&codes);
}

/* One text in all its languages, each distinct one once. */
static void check_languages(struct measurer *measurer, const struct text *text, struct mark fallback) {
    for (int lang = 0; lang < LANGS; lang++)
        if (text->in[lang] && (lang == 0 || !text->in[0] || strcmp(text->in[lang], text->in[0]) != 0))
            check_text(measurer, text->in[lang], text->mark.source ? text->mark : fallback);
}

static void cut_text(struct measurer *measurer, const char *text, struct mark mark) {
    diag_add(measurer->diags, DIAG_text_cut, mark, "`%s` is too long for its place and was cut", text);
}

static struct block fit_text(struct measurer *measurer, const char *text, const struct fit *fit, struct mark mark) {
    struct block block = measure_text(measurer->arena, text, fit);
    if (block.cut)
        cut_text(measurer, text, mark);
    return block;
}

/* Shown attributes, each on a line of its own (leaves) or behind each other (groups). */
static const char *details(struct measurer *measurer, const struct node *node, int lang) {
    struct str text = STR_EMPTY;
    for (size_t i = 0; i < node->value_count; i++) {
        const struct value *value = &node->values[i];
        if (!value->attribute || !value->attribute->shown || !value->attribute->form[lang])
            continue;
        if (text.n)
            str_put(&text, node->group ? "  " : "\n");
        for (const char *at = value->attribute->form[lang]; *at; at++)
            if (*at == '%')
                str_put(&text, value->value);
            else
                str_putc(&text, *at);
    }
    const char *copy = text.n ? arena_copy(measurer->arena, text.at, text.n) : NULL;
    str_free(&text);
    return copy;
}

static double even(double value) { return 2 * ceil(value / 2); }

static void measure_leaf(struct measurer *measurer, const struct node *node, struct node_size *size) {
    const struct metrics *m = measurer->metrics;
    struct fit name = {
        .size = m->label_size, .width = m->label_width, .most = 1.4 * m->label_width, .lines = 4, .balanced = true};
    struct fit detail = {.size = m->detail_size, .width = 1.5 * m->label_width, .lines = 4};
    double text_h = 0;
    size->w = m->icon +
              (type_changed(node->type, measurer->model->as_of) ? m->life : 0); /* the badge stands half beside it */
    for (int lang = 0; lang < LANGS; lang++) {
        size->label[lang] = fit_text(measurer, node->label.in[lang], &name, node->label.mark);
        size->detail[lang] = fit_text(measurer, details(measurer, node, lang), &detail, node->mark);
        size->w = fmax(size->w, fmax(size->label[lang].width, size->detail[lang].width) + 4);
        text_h = fmax(text_h, block_height(&size->label[lang]) + block_height(&size->detail[lang]));
    }
    size->w = even(size->w);
    size->h = even(m->icon + (text_h > 0 ? m->label_gap + text_h : 0));
    size->icon = (struct rect){(size->w - m->icon) / 2, 0, m->icon, m->icon};
}

static void measure_group(struct measurer *measurer, const struct node *node, struct node_size *size) {
    const struct metrics *m = measurer->metrics;
    struct fit title = {.size = m->title_size, .width = 360, .lines = 1};
    struct fit detail = {.size = m->detail_size, .width = 360, .lines = 1};
    double corner = node->type->icon ? m->corner + 8 : m->pad / 2;
    for (int lang = 0; lang < LANGS; lang++) {
        size->label[lang] = fit_text(measurer, node->label.in[lang], &title, node->label.mark);
        size->detail[lang] = fit_text(measurer, details(measurer, node, lang), &detail, node->mark);
        double w = corner + size->label[lang].width + (size->detail[lang].n ? 10 + size->detail[lang].width : 0) +
                   m->pad / 2;
        size->w = fmax(size->w, even(w));
    }
    size->h = m->band;
}

struct edge_size measure_label(const struct edge *edge, const struct metrics *metrics, double width, size_t lines,
                               struct arena *arena) {
    struct fit fit = {.size = metrics->edge_size, .width = width, .most = LABEL_MOST, .lines = lines, .balanced = true};
    struct edge_size size = {.badge = edge->step > 0};
    for (int lang = 0; lang < LANGS && edge->label.in[lang]; lang++) {
        size.label[lang] = measure_text(arena, edge->label.in[lang], &fit);
        size.w = fmax(size.w, size.label[lang].width);
        size.h = fmax(size.h, block_height(&size.label[lang]));
    }
    if (size.badge) {
        size.w = size.w > 0 ? size.w + metrics->badge + 5 : metrics->badge;
        size.h = fmax(size.h, metrics->badge);
    }
    size.w = even(size.w), size.h = even(size.h);
    return size;
}

static struct edge_size measure_edge(struct measurer *measurer, const struct edge *edge) {
    struct edge_size size = measure_label(edge, measurer->metrics, LABEL_WIDTH, LABEL_LINES, measurer->arena);
    for (int lang = 0; lang < LANGS; lang++)
        if (size.label[lang].cut)
            cut_text(measurer, edge->label.in[lang], edge->label.mark);
    return size;
}

static void check_texts(struct measurer *measurer) {
    const struct model *model = measurer->model;
    struct mark nowhere = {0};
    check_languages(measurer, &model->title, nowhere);
    check_languages(measurer, &model->description, nowhere);
    for (size_t i = 0; i < model->node_count; i++) {
        const struct node *node = model->nodes[i];
        check_languages(measurer, &node->label, node->mark);
        for (size_t k = 0; k < node->value_count; k++)
            if (node->values[k].attribute && node->values[k].attribute->shown)
                check_text(measurer, node->values[k].value, node->values[k].mark);
    }
    for (size_t i = 0; i < model->edge_count; i++)
        check_languages(measurer, &model->edges[i]->label, model->edges[i]->mark);
    for (size_t i = 0; i < model->step_count; i++)
        check_languages(measurer, &model->steps[i].text, nowhere);
    for (size_t i = 0; i < model->overlay_count; i++)
        check_languages(measurer, &model->overlays[i]->label, model->overlays[i]->mark);
    for (size_t i = 0; i < model->own_count; i++)
        check_languages(measurer, &model->own[i].text, nowhere);
}

static void measure_overlay(struct measurer *measurer, const struct overlay *overlay, struct overlay_size *size) {
    struct fit fit = {.size = measurer->metrics->detail_size, .width = 240, .lines = 1, .bold = true};
    for (int lang = 0; lang < LANGS; lang++) {
        size->label[lang] = fit_text(measurer, overlay->label.in[lang], &fit, overlay->label.mark);
        size->w = fmax(size->w, even(size->label[lang].width));
        size->h = fmax(size->h, even(block_height(&size->label[lang])));
    }
}

struct sizes measure_model(const struct model *model, const struct metrics *metrics, struct arena *arena,
                           struct diags *diags) {
    struct measurer measurer = {model, metrics, arena, diags};
    struct sizes sizes = {arena_array(arena, model->node_count, sizeof *sizes.nodes),
                          arena_array(arena, model->edge_count, sizeof *sizes.edges),
                          arena_array(arena, model->overlay_count, sizeof *sizes.overlays)};
    check_texts(&measurer);
    for (size_t i = 0; i < model->node_count; i++)
        if (model->nodes[i]->group)
            measure_group(&measurer, model->nodes[i], &sizes.nodes[i]);
        else
            measure_leaf(&measurer, model->nodes[i], &sizes.nodes[i]);
    for (size_t i = 0; i < model->edge_count; i++)
        sizes.edges[i] = measure_edge(&measurer, model->edges[i]);
    for (size_t i = 0; i < model->overlay_count; i++)
        measure_overlay(&measurer, model->overlays[i], &sizes.overlays[i]);
    return sizes;
}
