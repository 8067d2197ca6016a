/* The icon pack as const C tables: reads the SVG files of the installed npm packages and writes rows of model/icon.h.
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

#include "base/out.h"
#include "read/svg_icon.h"

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
    struct sources sources;
    struct diags diags;
    ARRAY(struct icon) icons;
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
        const char *name = arena_printf(pack->arena, "%s/%.*s", prefix, (int)n - 4, entry->d_name);
        const char *path = arena_printf(pack->arena, "%s/%s", directory, entry->d_name);
        const struct source *source = source_open(&pack->sources, path, NULL, &pack->diags);
        const struct icon *icon = source ? svg_icon_read(source, name, pack->arena, &pack->diags) : NULL;
        if (icon)
            *array_push(pack->arena, &pack->icons) = *icon;
    }
    closedir(folder);
}

/* Every icon that the catalogue names must be there. */
static void check_needs(struct pack *pack, const char *path) {
    char *at = read_file(pack->arena, path);
    for (char *line = strtok(at, "\n"); line; line = strtok(NULL, "\n")) {
        char *type = strchr(line, ' ');
        if (!type)
            continue;
        *type = '\0';
        if (known(pack, line))
            continue;
        diag_add(&pack->diags, DIAG_unknown_icon, (struct mark){0},
                 "the type `%s` has the icon `%s`, which is not in the pack", type + 1, line);
    }
}

static void put_d(struct str *out, const char *d) {
    str_put(out, d ? "\"" : "NULL");
    str_put(out, d ? d : ""); /* path data, in which svg_icon_read lets no quotes and backslashes pass */
    str_put(out, d ? "\"" : "");
}

static void put_icon(struct str *paths, struct str *rows, const struct icon *icon, size_t index) {
    str_printf(paths, "static const struct icon_path i%zu[] = {\n", index);
    for (size_t i = 0; i < icon->n; i++) {
        const struct icon_path *path = &icon->paths[i];
        str_put(paths, "    {");
        put_d(paths, path->d);
        str_printf(paths, ", 0x%06X, %s, %s, 0x%06X, ", (unsigned)path->fill, path->filled ? "true" : "false",
                   path->even_odd ? "true" : "false", (unsigned)path->stroke);
        str_number(paths, path->stroke_width, 4);
        str_put(paths, ", ");
        put_d(paths, path->clip);
        str_printf(paths, ", %s},\n", path->clip_even_odd ? "true" : "false");
    }
    str_put(paths, "};\n");
    str_printf(rows, "    {\"%s\", ", icon->name);
    str_number(rows, icon->width, 4);
    str_put(rows, ", ");
    str_number(rows, icon->height, 4);
    str_printf(rows, ", i%zu, %zu},\n", index, icon->n);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct icon *)a)->name, ((const struct icon *)b)->name);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: generate_icons OUT.c [RELEASE needs=FILE PREFIX=DIRECTORY...]\n", stderr);
        return 2;
    }
    struct pack pack = {.arena = arena_new()};
    pack.sources = (struct sources){.arena = pack.arena};
    pack.diags = diags_new(pack.arena);
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
    if (needs)
        check_needs(&pack, needs);
    if (pack.icons.n)
        qsort(pack.icons.at, pack.icons.n, sizeof *pack.icons.at, by_name);
    struct str out = STR_EMPTY, rows = STR_EMPTY;
    str_put(&out, "/* Written by the build from the installed icon packages. */\n#include \"model/icon.h\"\n\n");
    for (size_t i = 0; i < pack.icons.n; i++)
        put_icon(&out, &rows, &pack.icons.at[i], i);
    str_put(&out, "const struct icon icon_pack[] = {\n");
    str_putn(&out, rows.at, rows.n);
    str_printf(&out, "    {0},\n};\nconst size_t icon_pack_count = %zu;\nconst char *const icon_pack_release = ",
               pack.icons.n);
    str_printf(&out, argc > 2 ? "\"%s\";\n" : "NULL;\n", argc > 2 ? argv[2] : "");
    if (!diags_failed(&pack.diags))
        out_save(argv[1], out.at, out.n, &pack.diags);
    struct str report = STR_EMPTY;
    diags_print(&pack.diags, &report, false);
    fputs(report.at, stderr);
    int status = (int)diags_outcome(&pack.diags);
    str_free(&report);
    str_free(&out);
    str_free(&rows);
    arena_free(pack.arena);
    return status;
}
