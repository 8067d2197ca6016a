#include "read/own_types.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/svg_icon.h"

/* --- pictures --------------------------------------------------------------------------------------------------------------- */

static bool ends_in_svg(const char *name) {
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".svg") == 0;
}

/* False for absolute paths and those that leave the folder they start in. */
static bool stays_below(const char *path) {
    if (*path == '/')
        return false;
    for (; *path; path += strcspn(path, "/"), path += *path == '/')
        if (strncmp(path, "..", 2) == 0 && (path[2] == '/' || !path[2]))
            return false;
    return true;
}

static const char *find_file(const struct own_icons *icons, const char *name, struct arena *arena) {
    const char *beside = arena_printf(arena, "%s%s", icons->directory, name);
    for (const char *const *other = icons->others; access(beside, F_OK) != 0 && other && *other; other++) {
        const char *path = arena_printf(arena, "%s/%s", *other, name);
        if (access(path, F_OK) == 0)
            return path;
    }
    return beside;
}

/* A name of its own for every path, in letters that an id may hold. */
static const char *icon_name(const char *path, struct arena *arena) {
    struct str name = STR_EMPTY;
    str_put(&name, "own/");
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_')
            str_putc(&name, *path);
        else
            str_printf(&name, "-%s%02X", c == '/' ? "s" : "x", c);
    }
    const char *copy = arena_copy(arena, name.at, name.n);
    str_free(&name);
    return copy;
}

/* A file that several types have as their icon is read once. */
static const struct icon *same_file(const struct catalog *catalog, const char *name) {
    for (size_t i = 0; i < catalog->own_count; i++)
        if (catalog->own[i]->picture && strcmp(catalog->own[i]->picture->name, name) == 0)
            return catalog->own[i]->picture;
    return NULL;
}

static const struct icon *open_icon(const struct catalog *catalog, const struct own_icons *icons, const char *name,
                                    struct mark mark, struct arena *arena, struct diags *diags) {
    if (!stays_below(name)) {
        diag_add(diags, DIAG_outside_path, mark, "an icon is a file in the folder of the file that names it, or below");
        return NULL;
    }
    const char *path = find_file(icons, name, arena), *called = icon_name(path, arena);
    const struct icon *known = same_file(catalog, called);
    if (known)
        return known;
    struct source *source = icons->sources ? source_open(icons->sources, path, &mark, diags) : NULL;
    return source ? svg_icon_read(source, called, arena, diags) : NULL;
}

static void unknown_icon(const struct own_icons *icons, const char *name, struct mark mark, struct arena *arena,
                         struct diags *diags) {
    size_t n = 0, given = icons->names && icons->names->kind == TREE_MAP ? icons->names->n : 0;
    const char **names = arena_array(arena, icon_pack_count + given, sizeof *names);
    for (size_t i = 0; i < given; i++)
        names[n++] = icons->names->keys[i]->text;
    for (size_t i = 0; i < icon_pack_count; i++)
        names[n++] = icon_pack[i].name;
    diag_add(diags, DIAG_unknown_icon, mark, "there is no icon `%s`", name);
    diag_hint(diags, "name one of `awsdiag list icons`, of `icons:`, or a file ending in .svg");
    diag_suggest(diags, name, names, n);
}

/* The picture of a type: a file, a name of `icons:`, or one of the pack, which compose finds by itself. */
static void find_picture(const struct catalog *catalog, struct raw_type *raw, const struct own_icons *icons,
                         struct arena *arena, struct diags *diags) {
    const char *name = raw->type.icon;
    struct mark mark = raw->icon_mark;
    const struct tree *file = name && icons->names && icons->names->kind == TREE_MAP ? tree_get(icons->names, name)
                                                                                     : NULL;
    if (file && file->kind == TREE_SCALAR)
        raw->type.picture = open_icon(catalog, icons, file->text, file->mark, arena, diags);
    else if (name && ends_in_svg(name))
        raw->type.picture = open_icon(catalog, icons, name, mark, arena, diags);
    else if (name && icon_pack_count && !icon_find(name)) /* without a pack everything is a tile anyway */
        unknown_icon(icons, name, mark, arena, diags);
}

/* --- rows -------------------------------------------------------------------------------------------------------------------- */

/* The two arrays in one. */
static const void *joined(struct arena *arena, const void *first, size_t n, const void *second, size_t more,
                          size_t size) {
    char *all = arena_array(arena, n + more + 1, size);
    if (n)
        memcpy(all, first, n * size);
    if (more)
        memcpy(all + n * size, second, more * size);
    return all;
}

void own_types_take(struct catalog *catalog, struct knowledge *knowledge, const struct own_icons *icons,
                    struct diags *diags) {
    struct arena *arena = knowledge->arena;
    knowledge_finish(knowledge, diags);
    struct catalog more = knowledge_catalog(knowledge);
    catalog->kinds = joined(arena, catalog->kinds, catalog->kind_count, more.kinds, more.kind_count,
                            sizeof *catalog->kinds);
    catalog->categories = joined(arena, catalog->categories, catalog->category_count, more.categories,
                                 more.category_count, sizeof *catalog->categories);
    catalog->attributes = joined(arena, catalog->attributes, catalog->attribute_count, more.attributes,
                                 more.attribute_count, sizeof *catalog->attributes);
    catalog->kind_count += more.kind_count, catalog->category_count += more.category_count,
        catalog->attribute_count += more.attribute_count;
    for (size_t i = 0; i < knowledge->types.n; i++) {
        struct type *type = arena_alloc(arena, sizeof *type);
        find_picture(catalog, &knowledge->types.at[i], icons, arena, diags);
        *type = knowledge->types.at[i].type;
        catalog_add(catalog, arena, type);
    }
}

/* --- template directories ------------------------------------------------------------------------------------------------------ */

static void add_directory(struct catalog *catalog, const struct template_paths *paths, const char *directory,
                          struct arena *arena, struct diags *diags) {
    struct catalog base = *catalog;
    struct knowledge *knowledge = arena_alloc(arena, sizeof *knowledge);
    const char **files;
    size_t n = source_list(arena, directory, "catalogue", &files);
    *knowledge = (struct knowledge){.arena = arena, .base = &base};
    for (size_t i = 0; i < n; i++) {
        struct source *source = source_open(paths->sources, files[i], NULL, diags);
        struct tree *tree = source ? yaml_read(source, arena, &yaml_default_limits, diags) : NULL;
        if (tree)
            knowledge_read(knowledge, tree, diags);
    }
    struct own_icons icons = {.directory = arena_printf(arena, "%s/", directory), .sources = paths->sources};
    if (n)
        own_types_take(catalog, knowledge, &icons, diags);
}

void own_types_add(struct catalog *catalog, const struct template_paths *paths, struct arena *arena,
                   struct diags *diags) {
    size_t n = 0;
    while (paths->directories && paths->directories[n])
        n++;
    while (n-- > 0) /* the last one first, as later types win */
        add_directory(catalog, paths, paths->directories[n], arena, diags);
}
