/* The icon pack as const C tables: reads the SVG files of the installed npm packages and writes src/scene/icon.h's rows.
 *
 *     generate_icons OUT.c RELEASE needs=FILE PREFIX=DIRECTORY...
 *     generate_icons OUT.c                              (an empty pack)
 *
 * The files use a small part of SVG, which is what writers can draw. Anything else in a file stops the build with the file, the
 * offset and the word, so that a new release of the pack cannot silently draw wrong, and so does an icon that the catalogue
 * names (`needs`: a line an icon, with the type that has it) and the pack does not hold. Path data goes through unchanged.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/out.h"
#include "base/diag.h"
#include "base/str.h"

enum { DEEPEST = 16 };

struct paint_state {
    bool filled;
    uint32_t fill, stroke;
    double stroke_width;
    bool even_odd;
    const char *clip; /* id, or NULL */
};

struct icon_path_row {
    const char *d;
    struct paint_state paint;
};

struct clip {
    const char *id, *d;
    bool even_odd;
};

struct icon_row {
    const char *name;
    double width, height;
    ARRAY(struct icon_path_row) paths;
    ARRAY(struct clip) clips;
};

struct parser {
    struct arena *arena;
    const char *file, *start, *at;
    struct icon_row *icon;
    struct paint_state stack[DEEPEST];
    const char *open[DEEPEST];
    unsigned depth;
    const char *clip_id; /* inside a clipPath */
    bool in_defs, has_box;
};

struct attribute {
    const char *name, *value;
};

static _Noreturn void refuse(const struct parser *parser, const char *what, const char *word) {
    fprintf(stderr, "%s:%zu: %s%s%s\n", parser->file, (size_t)(parser->at - parser->start), what, word ? " " : "",
            word ? word : "");
    exit(1);
}

static bool space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static void skip_space(struct parser *parser) {
    while (space(*parser->at))
        parser->at++;
}

static const char *word(struct parser *parser) {
    size_t n = strspn(parser->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_");
    if (!n)
        refuse(parser, "a name is expected", NULL);
    char *copy = arena_copy(parser->arena, parser->at, n);
    parser->at += n;
    return copy;
}

static size_t attributes(struct parser *parser, struct attribute *out, size_t most) {
    size_t n = 0;
    for (skip_space(parser); *parser->at && *parser->at != '>' && *parser->at != '/'; skip_space(parser)) {
        if (n == most)
            refuse(parser, "too many attributes", NULL);
        out[n].name = word(parser);
        if (parser->at[0] != '=' || parser->at[1] != '"')
            refuse(parser, "=\"...\" is expected", NULL);
        parser->at += 2;
        size_t length = strcspn(parser->at, "\"");
        if (memchr(parser->at, '&', length) || !parser->at[length])
            refuse(parser, "entities are not expected", NULL);
        out[n++].value = arena_copy(parser->arena, parser->at, length);
        parser->at += length + 1;
    }
    return n;
}

static double number(struct parser *parser, const char **at) {
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
    if (!digits)
        refuse(parser, "a number is expected, not", *at);
    return sign * value;
}

/* "#fff", "#8c4fff", "none"; false for none. */
static bool colour(struct parser *parser, const char *text, uint32_t *out) {
    size_t n = strlen(text);
    uint32_t value = 0;
    if (strcmp(text, "none") == 0)
        return false;
    if (strcmp(text, "#fff") != 0 && (n != 4 && n != 7))
        refuse(parser, "unknown colour", text);
    for (size_t i = 1; i < n; i++) {
        char c = text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0 || text[0] != '#')
            refuse(parser, "unknown colour", text);
        value = n == 4 ? value << 8 | (uint32_t)(digit * 17) : value << 4 | (uint32_t)digit;
    }
    *out = value;
    return true;
}

static void paint_attribute(struct parser *parser, struct paint_state *paint, const struct attribute *attribute) {
    const char *value = attribute->value;
    if (strcmp(attribute->name, "fill") == 0) {
        paint->filled = colour(parser, value, &paint->fill);
    } else if (strcmp(attribute->name, "fill-rule") == 0) {
        if (strcmp(value, "evenodd") != 0 && strcmp(value, "nonzero") != 0)
            refuse(parser, "unknown fill-rule", value);
        paint->even_odd = value[0] == 'e';
    } else if (strcmp(attribute->name, "stroke") == 0) {
        if (!colour(parser, value, &paint->stroke))
            paint->stroke_width = 0;
        else if (paint->stroke_width <= 0)
            paint->stroke_width = 1;
    } else if (strcmp(attribute->name, "stroke-width") == 0) {
        paint->stroke_width = number(parser, &value);
    } else if (strcmp(attribute->name, "clip-path") == 0) {
        size_t n = strlen(value);
        if (n < 7 || strncmp(value, "url(#", 5) != 0)
            refuse(parser, "unknown clip-path", value);
        paint->clip = arena_copy(parser->arena, value + 5, n - 6);
    } else {
        refuse(parser, "unknown attribute", attribute->name);
    }
}

/* A rectangle of the old 2.1.0 files would be refused here; they have none. */
static void path_element(struct parser *parser, const struct attribute *list, size_t n) {
    struct paint_state paint = parser->stack[parser->depth - 1];
    const char *d = NULL;
    bool clip_even_odd = false, stroke_given = paint.stroke_width > 0;
    for (size_t i = 0; i < n; i++) {
        stroke_given = stroke_given || strcmp(list[i].name, "stroke") == 0;
        if (strcmp(list[i].name, "d") == 0)
            d = list[i].value;
        else if (strcmp(list[i].name, "clip-rule") == 0)
            clip_even_odd = list[i].value[0] == 'e';
        else
            paint_attribute(parser, &paint, &list[i]);
    }
    if (!d)
        refuse(parser, "a path without d", NULL);
    if (!stroke_given)
        paint.stroke_width = 0;
    if (parser->clip_id)
        *array_push(parser->arena, &parser->icon->clips) = (struct clip){parser->clip_id, d, clip_even_odd};
    else if (!parser->in_defs)
        *array_push(parser->arena, &parser->icon->paths) = (struct icon_path_row){d, paint};
}

static void open_element(struct parser *parser, const char *name, const struct attribute *list, size_t n) {
    struct paint_state paint = parser->depth ? parser->stack[parser->depth - 1] : (struct paint_state){.filled = true};
    for (size_t i = 0; i < n; i++) {
        const char *key = list[i].name, *value = list[i].value;
        if (strcmp(name, "svg") == 0 && strcmp(key, "viewBox") == 0) {
            number(parser, &value), number(parser, &value);
            parser->icon->width = number(parser, &value), parser->icon->height = number(parser, &value);
            parser->has_box = true;
        } else if (strcmp(name, "svg") == 0 &&
                   (strncmp(key, "xmlns", 5) == 0 || strcmp(key, "width") == 0 || strcmp(key, "height") == 0)) {
            continue;
        } else if (strcmp(name, "clipPath") == 0 && strcmp(key, "id") == 0) {
            parser->clip_id = value;
        } else if (strcmp(name, "g") == 0 || strcmp(name, "svg") == 0) {
            paint_attribute(parser, &paint, &list[i]);
        } else if (strcmp(key, "id") != 0) {
            refuse(parser, "unknown attribute", key);
        }
    }
    parser->in_defs = parser->in_defs || strcmp(name, "defs") == 0;
    if (parser->depth == DEEPEST)
        refuse(parser, "too deep", NULL);
    parser->stack[parser->depth] = paint;
    parser->open[parser->depth++] = name;
}

static void close_element(struct parser *parser, const char *name) {
    if (!parser->depth || strcmp(parser->open[parser->depth - 1], name) != 0)
        refuse(parser, "an end tag that matches nothing:", name);
    parser->depth--;
    if (strcmp(name, "clipPath") == 0)
        parser->clip_id = NULL;
    if (strcmp(name, "defs") == 0)
        parser->in_defs = false;
}

static void element(struct parser *parser) {
    static const char *const known[] = {"svg", "title", "g", "path", "defs", "clipPath"};
    struct attribute list[16];
    parser->at++;
    if (*parser->at == '/') {
        parser->at++;
        close_element(parser, word(parser));
        skip_space(parser);
    } else {
        const char *name = word(parser);
        bool fine = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            fine = fine || strcmp(known[i], name) == 0;
        if (!fine)
            refuse(parser, "unknown element", name);
        size_t n = attributes(parser, list, sizeof list / sizeof *list);
        bool empty = *parser->at == '/';
        parser->at += empty;
        if (strcmp(name, "path") == 0)
            path_element(parser, list, n);
        if (!empty || strcmp(name, "path") != 0)
            open_element(parser, name, strcmp(name, "path") == 0 ? NULL : list, strcmp(name, "path") == 0 ? 0 : n);
        if (empty && strcmp(name, "path") != 0)
            close_element(parser, name);
    }
    if (*parser->at != '>')
        refuse(parser, "> is expected", NULL);
    parser->at++;
}

static void parse(struct parser *parser) {
    skip_space(parser);
    do {
        if (*parser->at == '<') {
            element(parser);
            continue;
        }
        bool title = parser->depth && strcmp(parser->open[parser->depth - 1], "title") == 0;
        if (!title && !space(*parser->at))
            refuse(parser, "text is not expected", NULL);
        parser->at++;
    } while (parser->depth && *parser->at);
    if (!parser->has_box || parser->depth)
        refuse(parser, "the file is not whole", NULL);
}

static char *read_file(struct arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    struct str bytes = STR_EMPTY;
    char buffer[8192];
    size_t n;
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(1);
    }
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
        str_putn(&bytes, buffer, n);
    fclose(file);
    char *copy = arena_copy(arena, bytes.at, bytes.n);
    str_free(&bytes);
    return copy;
}

struct pack {
    struct arena *arena;
    ARRAY(struct icon_row) icons;
};

static bool known(const struct pack *pack, const char *name) {
    for (size_t i = 0; i < pack->icons.n; i++)
        if (strcmp(pack->icons.at[i].name, name) == 0)
            return true;
    return false;
}

/* One folder. With a prefix like "2024/" only what the earlier folders do not have. */
static void read_folder(struct pack *pack, const char *prefix, const char *directory) {
    DIR *folder = opendir(directory);
    if (!folder) {
        fprintf(stderr, "%s: %s\n", directory, strerror(errno));
        exit(1);
    }
    const char *base = strncmp(prefix, "2024/", 5) == 0 ? prefix + 5 : NULL;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t n = strlen(entry->d_name);
        if (n < 5 || strcmp(entry->d_name + n - 4, ".svg") != 0)
            continue;
        if (base && known(pack, arena_printf(pack->arena, "%s/%.*s", base, (int)n - 4, entry->d_name)))
            continue;
        struct icon_row *icon = array_push(pack->arena, &pack->icons);
        icon->name = arena_printf(pack->arena, "%s/%.*s", prefix, (int)n - 4, entry->d_name);
        const char *path = arena_printf(pack->arena, "%s/%s", directory, entry->d_name);
        struct parser parser = {.arena = pack->arena, .file = path, .icon = icon};
        parser.start = parser.at = read_file(pack->arena, path);
        parse(&parser);
    }
    closedir(folder);
}

/* How many of the icons that the catalogue names are not there; each is told. */
static int check_needs(struct pack *pack, const char *path) {
    char *at = read_file(pack->arena, path);
    int missing = 0;
    for (char *line = strtok(at, "\n"); line; line = strtok(NULL, "\n")) {
        char *type = strchr(line, ' ');
        if (!type)
            continue;
        *type = '\0';
        if (known(pack, line))
            continue;
        fprintf(stderr, "the type `%s` has the icon `%s`, which is not in the pack\n", type + 1, line);
        missing++;
    }
    return missing;
}

static void put_d(struct str *out, const char *d) {
    str_putc(out, '"');
    str_put(
        out,
        d); /* path data has no quotes and no backslashes: its letters, digits, signs and spaces were read from an attribute */
    str_putc(out, '"');
}

static void put_icon(struct str *paths, struct str *rows, const struct icon_row *icon, size_t index) {
    str_printf(paths, "static const struct icon_path i%zu[] = {\n", index);
    for (size_t i = 0; i < icon->paths.n; i++) {
        const struct icon_path_row *row = &icon->paths.at[i];
        const struct clip *clip = NULL;
        for (size_t c = 0; row->paint.clip && c < icon->clips.n; c++)
            if (strcmp(icon->clips.at[c].id, row->paint.clip) == 0)
                clip = &icon->clips.at[c];
        str_put(paths, "    {");
        put_d(paths, row->d);
        str_printf(paths, ", 0x%06X, %s, %s, 0x%06X, ", (unsigned)row->paint.fill, row->paint.filled ? "true" : "false",
                   row->paint.even_odd ? "true" : "false", (unsigned)row->paint.stroke);
        str_number(paths, row->paint.stroke_width, 4);
        str_put(paths, ", ");
        if (clip)
            put_d(paths, clip->d);
        else
            str_put(paths, "NULL");
        str_printf(paths, ", %s},\n", clip && clip->even_odd ? "true" : "false");
    }
    str_put(paths, "};\n");
    str_printf(rows, "    {\"%s\", ", icon->name);
    str_number(rows, icon->width, 4);
    str_put(rows, ", ");
    str_number(rows, icon->height, 4);
    str_printf(rows, ", i%zu, %zu},\n", index, icon->paths.n);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct icon_row *)a)->name, ((const struct icon_row *)b)->name);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: generate_icons OUT.c [RELEASE needs=FILE PREFIX=DIRECTORY...]\n", stderr);
        return 2;
    }
    struct pack pack = {.arena = arena_new()};
    const char *needs = NULL;
    for (int i = 3; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value)
            return 2;
        *value++ = '\0';
        if (strcmp(argv[i], "needs") == 0)
            needs = value;
        else
            read_folder(&pack, argv[i], value);
    }
    if (needs && check_needs(&pack, needs) > 0)
        return 1;
    if (pack.icons.n)
        qsort(pack.icons.at, pack.icons.n, sizeof *pack.icons.at, by_name);
    struct str out = STR_EMPTY, rows = STR_EMPTY;
    str_put(&out, "/* Written by the build from the installed icon packages. */\n#include \"scene/icon.h\"\n\n");
    for (size_t i = 0; i < pack.icons.n; i++)
        put_icon(&out, &rows, &pack.icons.at[i], i);
    str_put(&out, "const struct icon icon_pack[] = {\n");
    str_putn(&out, rows.at, rows.n);
    str_printf(&out, "    {0},\n};\nconst size_t icon_pack_count = %zu;\nconst char *const icon_pack_release = ",
               pack.icons.n);
    str_printf(&out, argc > 2 ? "\"%s\";\n" : "NULL;\n", argc > 2 ? argv[2] : "");
    struct diags diags = diags_new(pack.arena);
    int failed = out_save(argv[1], out.at, out.n, &diags);
    if (failed)
        fprintf(stderr, "generate_icons: %s\n", diags.at[0].text);
    str_free(&out);
    str_free(&rows);
    arena_free(pack.arena);
    return failed ? 1 : 0;
}
