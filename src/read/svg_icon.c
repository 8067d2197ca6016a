#include "read/svg_icon.h"

#include <string.h>

enum { DEEPEST = 16, MOST_ATTRIBUTES = 32 };

struct paint_state {
    bool filled;
    uint32_t fill, stroke;
    double stroke_width;
    bool stroked, even_odd;
    const char *clip; /* id, or NULL */
};

struct drawn {
    const char *d;
    struct paint_state paint;
};

struct clip {
    const char *id, *d;
    bool even_odd;
};

struct parser {
    const struct source *source;
    struct arena *arena;
    struct diags *diags;
    const char *at;
    double width, height; /* of the canvas; 0: not said yet */
    ARRAY(struct drawn) paths;
    ARRAY(struct clip) clips;
    struct paint_state stack[DEEPEST];
    const char *open[DEEPEST];
    unsigned depth;
    const char *clip_id; /* inside a clipPath */
    bool in_defs, failed;
};

struct attribute_text {
    const char *name, *value;
    const char *start; /* of the name, in the file */
};

/* --- what is wrong -------------------------------------------------------------------------------------------------------- */

/* The first complaint counts: what follows from it is no news. */
static void refuse(struct parser *parser, const char *start, size_t n, const char *what, const char *word) {
    size_t from = (size_t)(start - parser->source->bytes);
    if (parser->failed)
        return;
    parser->failed = true;
    struct mark mark = {.source = parser->source, .start = from, .end = from + n};
    diag_add(parser->diags, DIAG_bad_icon, mark, "%s%s%s%s", what, word ? " `" : "", word ? word : "", word ? "`" : "");
    diag_hint(parser->diags, "an icon has paths alone (svg, title, desc, g, path, defs, clipPath), with fills and "
                             "strokes as #rrggbb or none");
}

static void refuse_here(struct parser *parser, const char *what) { refuse(parser, parser->at, 1, what, NULL); }

static void refuse_attribute(struct parser *parser, const struct attribute_text *attribute, const char *what,
                             const char *word) {
    refuse(parser, attribute->start, strlen(attribute->name), what, word);
}

/* --- words ------------------------------------------------------------------------------------------------------------------ */

static bool space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static void skip_space(struct parser *parser) {
    while (space(*parser->at))
        parser->at++;
}

static const char *word(struct parser *parser) {
    size_t n = strspn(parser->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_");
    if (!n)
        refuse_here(parser, "a name is expected here");
    char *copy = arena_copy(parser->arena, parser->at, n);
    parser->at += n;
    return copy;
}

static size_t read_attributes(struct parser *parser, struct attribute_text *out) {
    size_t n = 0;
    for (skip_space(parser); *parser->at && *parser->at != '>' && *parser->at != '/' && !parser->failed;
         skip_space(parser)) {
        const char *start = parser->at, *name = word(parser);
        char quote = parser->failed ? '\0' : parser->at[1];
        if (n == MOST_ATTRIBUTES || parser->at[0] != '=' || (quote != '"' && quote != '\'')) {
            refuse_here(parser, n == MOST_ATTRIBUTES ? "there are too many attributes"
                                                     : "an attribute needs a value in quotes");
            break;
        }
        parser->at += 2;
        const char *end = strchr(parser->at, quote);
        if (!end || memchr(parser->at, '&', (size_t)(end - parser->at))) {
            refuse(parser, start, strlen(name), "this value is not understood:", name);
            break;
        }
        out[n++] = (struct attribute_text){name, arena_copy(parser->arena, parser->at, (size_t)(end - parser->at)),
                                           start};
        parser->at = end + 1;
    }
    return n;
}

static bool number(const char **at, double *out) {
    double value = 0, unit = 1, sign = 1;
    size_t digits = 0;
    while (space(**at) || **at == ',')
        ++*at;
    if (**at == '-')
        sign = -1, ++*at;
    for (; **at >= '0' && **at <= '9'; ++*at, digits++)
        value = value * 10 + (**at - '0');
    if (**at == '.')
        for (++*at; **at >= '0' && **at <= '9'; ++*at, digits++)
            value += (unit /= 10) * (**at - '0');
    *out = sign * value;
    return digits > 0 && digits < 18;
}

static int digit_of(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* "#fff", "#8c4fff" into `out`, "none" into `painted`. */
static void colour(struct parser *parser, const struct attribute_text *attribute, bool *painted, uint32_t *out) {
    const char *text = attribute->value;
    size_t n = strlen(text);
    uint32_t value = 0;
    *painted = strcmp(text, "none") != 0;
    if (!*painted)
        return;
    bool fine = text[0] == '#' && (n == 4 || n == 7);
    for (size_t i = 1; i < n && fine; i++) {
        int digit = digit_of(text[i]);
        fine = digit >= 0;
        value = n == 4 ? value << 8 | (uint32_t)(digit * 17) : value << 4 | (uint32_t)digit;
    }
    if (fine)
        *out = value;
    else
        refuse_attribute(parser, attribute, "this is no colour:", text);
}

/* --- paint ------------------------------------------------------------------------------------------------------------------ */

static void rule_of(struct parser *parser, const struct attribute_text *attribute, bool *even_odd) {
    *even_odd = strcmp(attribute->value, "evenodd") == 0;
    if (!*even_odd && strcmp(attribute->value, "nonzero") != 0)
        refuse_attribute(parser, attribute, "this is no rule of filling:", attribute->value);
}

static void clip_of(struct parser *parser, const struct attribute_text *attribute, struct paint_state *paint) {
    size_t n = strlen(attribute->value);
    if (n < 7 || strncmp(attribute->value, "url(#", 5) != 0 || attribute->value[n - 1] != ')')
        refuse_attribute(parser, attribute, "this is no clip:", attribute->value);
    else
        paint->clip = arena_copy(parser->arena, attribute->value + 5, n - 6);
}

static void paint_attribute(struct parser *parser, struct paint_state *paint, const struct attribute_text *attribute) {
    const char *value = attribute->value;
    if (strcmp(attribute->name, "fill") == 0)
        colour(parser, attribute, &paint->filled, &paint->fill);
    else if (strcmp(attribute->name, "fill-rule") == 0)
        rule_of(parser, attribute, &paint->even_odd);
    else if (strcmp(attribute->name, "stroke") == 0)
        colour(parser, attribute, &paint->stroked, &paint->stroke);
    else if (strcmp(attribute->name, "stroke-width") == 0 &&
             (!number(&value, &paint->stroke_width) || *value || paint->stroke_width < 0))
        refuse_attribute(parser, attribute, "this is no width:", attribute->value);
    else if (strcmp(attribute->name, "clip-path") == 0)
        clip_of(parser, attribute, paint);
    else if (strcmp(attribute->name, "stroke-width") != 0 && strcmp(attribute->name, "id") != 0)
        refuse_attribute(parser, attribute, "an icon cannot have the attribute", attribute->name);
}

/* --- elements ----------------------------------------------------------------------------------------------------------------- */

static void go(void *to, double x, double y) { (void)to, (void)x, (void)y; }
static void curve(void *to, double ax, double ay, double bx, double by, double x, double y) {
    (void)to, (void)ax, (void)ay, (void)bx, (void)by, (void)x, (void)y;
}
static void shut(void *to) { (void)to; }

static void path_element(struct parser *parser, const char *start, const struct attribute_text *list, size_t n) {
    static const struct icon_pen nowhere = {NULL, go, go, curve, shut};
    struct paint_state paint = parser->stack[parser->depth - 1];
    const struct attribute_text *d = NULL;
    bool clip_even_odd = false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].name, "d") == 0)
            d = &list[i];
        else if (strcmp(list[i].name, "clip-rule") == 0)
            rule_of(parser, &list[i], &clip_even_odd);
        else
            paint_attribute(parser, &paint, &list[i]);
    }
    if (!d)
        refuse(parser, start, 5, "this path has no `d`", NULL);
    else if (strpbrk(d->value, "\\\"") || !icon_walk(d->value, &nowhere))
        refuse_attribute(parser, d, "this is no path", NULL);
    if (!d || parser->failed)
        return;
    if (parser->clip_id)
        *array_push(parser->arena, &parser->clips) = (struct clip){parser->clip_id, d->value, clip_even_odd};
    else if (!parser->in_defs)
        *array_push(parser->arena, &parser->paths) = (struct drawn){d->value, paint};
}

static void canvas(struct parser *parser, const struct attribute_text *attribute) {
    const char *at = attribute->value;
    double x, y, w, h;
    if (!number(&at, &x) || !number(&at, &y) || !number(&at, &w) || !number(&at, &h))
        refuse_attribute(parser, attribute, "viewBox takes four numbers, not", attribute->value);
    else if (x < 0 || x > 0 || y < 0 || y > 0 || w <= 0 || w > 10000 || w < h || w > h)
        refuse_attribute(parser, attribute, "the canvas of an icon is a square that begins at 0 0, not",
                         attribute->value);
    else
        parser->width = w, parser->height = h;
}

static bool said_otherwise(const char *name) { /* of svg: what does not change the picture */
    static const char *const names[] = {"width", "height", "version", "role", "focusable", "class", "baseProfile"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return strncmp(name, "xml", 3) == 0 || strncmp(name, "aria-", 5) == 0;
}

static void open_element(struct parser *parser, const char *start, const char *name, const struct attribute_text *list,
                         size_t n) {
    struct paint_state paint = parser->depth ? parser->stack[parser->depth - 1]
                                             : (struct paint_state){.filled = true, .stroke_width = 1};
    bool svg = strcmp(name, "svg") == 0, group = strcmp(name, "g") == 0;
    if (parser->depth == DEEPEST) {
        refuse(parser, start, strlen(name), "elements are nested too deep", NULL);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (svg && strcmp(list[i].name, "viewBox") == 0)
            canvas(parser, &list[i]);
        else if (strcmp(name, "clipPath") == 0 && strcmp(list[i].name, "id") == 0)
            parser->clip_id = list[i].value;
        else if (!(svg && said_otherwise(list[i].name)) && (svg || group || strcmp(list[i].name, "id") != 0))
            paint_attribute(parser, &paint, &list[i]);
    }
    parser->in_defs = parser->in_defs || strcmp(name, "defs") == 0;
    parser->stack[parser->depth] = paint;
    parser->open[parser->depth++] = name;
}

static void close_element(struct parser *parser, const char *start, const char *name) {
    if (!parser->depth || strcmp(parser->open[parser->depth - 1], name) != 0) {
        refuse(parser, start, strlen(name), "this end tag matches no start:", name);
        return;
    }
    parser->depth--;
    if (strcmp(name, "clipPath") == 0)
        parser->clip_id = NULL;
    if (strcmp(name, "defs") == 0)
        parser->in_defs = false;
}

static void start_element(struct parser *parser) {
    static const char *const known[] = {"svg", "title", "desc", "g", "path", "defs", "clipPath"};
    struct attribute_text list[MOST_ATTRIBUTES];
    const char *start = parser->at, *name = word(parser);
    bool fine = false, path = strcmp(name, "path") == 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        fine = fine || strcmp(known[i], name) == 0;
    if (!fine || (parser->depth == 0) != (strcmp(name, "svg") == 0))
        refuse(parser, start, strlen(name),
               fine ? "this element stands in the wrong place:" : "an icon cannot have the element", name);
    size_t n = parser->failed ? 0 : read_attributes(parser, list);
    bool empty = *parser->at == '/';
    parser->at += empty;
    if (parser->failed)
        return;
    if (path)
        path_element(parser, start, list, n);
    if (!path || !empty)
        open_element(parser, start, name, path ? NULL : list, path ? 0 : n);
    if (!path && empty)
        close_element(parser, start, name);
}

static void element(struct parser *parser) {
    parser->at++;
    if (*parser->at == '/') {
        const char *start = ++parser->at;
        close_element(parser, start, word(parser));
        skip_space(parser);
    } else {
        start_element(parser);
    }
    if (*parser->at != '>')
        refuse_here(parser, "`>` is expected here");
    parser->at++;
}

/* <?xml ...?>, <!-- ... -->, <!DOCTYPE ...>: true when there was one. */
static bool skip_markup(struct parser *parser, const char *from, const char *to) {
    if (strncmp(parser->at, from, strlen(from)) != 0)
        return false;
    const char *end = strstr(parser->at, to);
    if (end)
        parser->at = end + strlen(to);
    else
        refuse_here(parser, "this has no end");
    return true;
}

static void content(struct parser *parser) {
    const char *within = parser->depth ? parser->open[parser->depth - 1] : "";
    if (skip_markup(parser, "<!--", "-->") || skip_markup(parser, "<?xml", "?>"))
        return;
    if (*parser->at == '<') {
        element(parser);
        return;
    }
    if (strcmp(within, "title") != 0 && strcmp(within, "desc") != 0 && !space(*parser->at))
        refuse_here(parser, "text is not expected here");
    parser->at++;
}

/* --- the icon -------------------------------------------------------------------------------------------------------------------- */

static const struct clip *find_clip(const struct parser *parser, const char *id) {
    for (size_t i = 0; id && i < parser->clips.n; i++)
        if (strcmp(parser->clips.at[i].id, id) == 0)
            return &parser->clips.at[i];
    return NULL;
}

static const struct icon *finish(struct parser *parser, const char *name) {
    struct icon_path *paths = arena_array(parser->arena, parser->paths.n + 1, sizeof *paths);
    struct icon *icon = arena_alloc(parser->arena, sizeof *icon);
    for (size_t i = 0; i < parser->paths.n; i++) {
        const struct paint_state *paint = &parser->paths.at[i].paint;
        const struct clip *clip = find_clip(parser, paint->clip);
        paths[i] = (struct icon_path){.d = parser->paths.at[i].d,
                                      .fill = paint->filled ? paint->fill : 0,
                                      .filled = paint->filled,
                                      .even_odd = paint->even_odd,
                                      .stroke = paint->stroked ? paint->stroke : 0,
                                      .stroke_width = paint->stroked ? paint->stroke_width : 0,
                                      .clip = clip ? clip->d : NULL,
                                      .clip_even_odd = clip && clip->even_odd};
    }
    *icon = (struct icon){arena_copy(parser->arena, name, strlen(name)), parser->width, parser->height, paths,
                          parser->paths.n};
    return icon;
}

const struct icon *svg_icon_read(const struct source *source, const char *name, struct arena *arena,
                                 struct diags *diags) {
    struct parser parser = {.source = source, .arena = arena, .diags = diags, .at = source->bytes};
    bool begun = false;
    while (*parser.at && !parser.failed && (parser.depth || !begun)) {
        content(&parser);
        begun = begun || parser.depth > 0;
    }
    if (parser.depth || !begun)
        refuse(&parser, source->bytes, 1, "this is no whole SVG file", NULL);
    else if (parser.width <= 0)
        refuse(&parser, source->bytes, 1, "this icon has no viewBox", NULL);
    else if (!parser.paths.n)
        refuse(&parser, source->bytes, 1, "this icon draws nothing", NULL);
    return parser.failed ? NULL : finish(&parser, name);
}
