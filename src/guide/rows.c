/* Where the rows of the lists come from. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "guide/guide_parts.h"
#include "read/yaml.h"
#include "model/icon.h"
#include "scene/theme.h"
#include "write/write.h"

/* --- types --------------------------------------------------------------------------------------------------------------- */

const char *guide_state(const struct guide *guide, const struct type *type) {
    if (type->lifecycle == LIFECYCLE_CURRENT)
        return NULL;
    const char *since = type->since ? arena_printf(guide->arena, " %s", type->since) : "";
    return arena_printf(guide->arena, "%s%s%s%s", lifecycle_names[type->lifecycle], since,
                        type->successor ? ", today " : "", type->successor ? type->successor : "");
}

static void add_type(const struct guide *guide, const struct type *type, struct guide_rows *out) {
    struct guide_row *row = guide_add(guide, out);
    row->key = type->key;
    memcpy(row->name, type->name, sizeof row->name);
    row->under = type->shape == SHAPE_GROUP || type->shape == SHAPE_ACTOR ? NULL : type->category->key;
    row->also = type->aliases;
    row->code = type->cloudformation;
    row->state = guide_state(guide, type);
}

static void add_types(const struct guide *guide, bool (*wanted)(const struct type *type), struct guide_rows *out) {
    for (size_t i = 0; i < guide->catalog->own_count; i++)
        if (wanted(guide->catalog->own[i]))
            add_type(guide, guide->catalog->own[i], out);
    for (size_t i = 0; i < guide->catalog->type_count; i++)
        if (wanted(&guide->catalog->types[i]))
            add_type(guide, &guide->catalog->types[i], out);
}

static bool is_service(const struct type *type) {
    return type->shape == SHAPE_SERVICE || type->shape == SHAPE_RESOURCE;
}
static bool is_group(const struct type *type) { return type->shape == SHAPE_GROUP; }
static bool is_actor(const struct type *type) { return type->shape == SHAPE_ACTOR; }

void guide_service_rows(const struct guide *guide, struct guide_rows *out) { add_types(guide, is_service, out); }
void guide_group_rows(const struct guide *guide, struct guide_rows *out) { add_types(guide, is_group, out); }
void guide_actor_rows(const struct guide *guide, struct guide_rows *out) { add_types(guide, is_actor, out); }

/* --- the rest of the catalogue ----------------------------------------------------------------------------------------------- */

void guide_category_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < guide->catalog->category_count; i++) {
        const struct category *category = &guide->catalog->categories[i];
        struct guide_row *row = guide_add(guide, out);
        row->key = category->key;
        memcpy(row->name, category->name, sizeof row->name);
        row->under = arena_printf(guide->arena, "#%06X", (unsigned)category->colour);
    }
}

void guide_attribute_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < guide->catalog->attribute_count; i++) {
        const struct attribute *attribute = &guide->catalog->attributes[i];
        struct guide_row *row = guide_add(guide, out);
        row->key = attribute->key;
        memcpy(row->name, attribute->name, sizeof row->name);
        row->under = value_type_names[attribute->value];
        row->also = attribute->choices;
    }
}

void guide_kind_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < guide->catalog->kind_count; i++) {
        const struct kind *kind = &guide->catalog->kinds[i];
        struct guide_row *row = guide_add(guide, out);
        row->key = kind->key;
        memcpy(row->name, kind->name, sizeof row->name);
        row->under = kind->blocked ? "crossed out" : dash_names[kind->dash];
    }
}

/* --- parts --------------------------------------------------------------------------------------------------------------------- */

static void add_part(const struct guide *guide, const char *name, const struct tree *tree, struct guide_rows *out) {
    struct guide_row *row = guide_add(guide, out);
    const struct tree *title = tree ? tree_get(tree, "title") : NULL;
    row->key = name;
    for (int lang = 0; title && lang < LANGS; lang++) {
        const struct tree *text = title->kind == TREE_MAP ? tree_get(title, lang_codes[lang]) : title;
        row->name[lang] = text && text->kind == TREE_SCALAR ? text->text : NULL;
    }
    const struct tree *parameters = tree ? tree_get(tree, "parameters") : NULL;
    if (!parameters || parameters->kind != TREE_MAP)
        return;
    const char **names = arena_array(guide->arena, parameters->n + 1, sizeof *names);
    for (size_t i = 0; i < parameters->n; i++)
        names[i] = parameters->keys[i]->text;
    row->also = names;
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Names of DIR/parts/NAME.yaml, sorted, since a folder has no order of its own. */
static size_t names_in(const struct guide *guide, const char *directory, const char ***out) {
    ARRAY(const char *) names = {0};
    DIR *folder = opendir(arena_printf(guide->arena, "%s/parts", directory));
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        size_t n = strlen(entry->d_name);
        if (n > 5 && entry->d_name[0] != '.' && strcmp(entry->d_name + n - 5, ".yaml") == 0)
            *array_push(guide->arena, &names) = arena_copy(guide->arena, entry->d_name, n - 5);
    }
    if (folder)
        closedir(folder);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    *out = names.at;
    return names.n;
}

void guide_part_rows(const struct guide *guide, struct guide_rows *out) {
    const char **names;
    for (const char *const *directory = guide->paths->directories; directory && *directory; directory++) {
        size_t n = names_in(guide, *directory, &names);
        for (size_t i = 0; i < n; i++)
            add_part(guide, names[i], template_part(guide->paths, names[i], guide->arena, guide->diags), out);
    }
    size_t own = out->n;
    for (size_t i = 0; i < template_part_count; i++) {
        bool hidden = false;
        for (size_t k = 0; k < own; k++)
            hidden = hidden || strcmp(out->at[k].key, template_parts[i].name) == 0;
        if (!hidden)
            add_part(guide, template_parts[i].name,
                     template_part(guide->paths, template_parts[i].name, guide->arena, guide->diags), out);
    }
}

/* --- what draws ------------------------------------------------------------------------------------------------------------------ */

void guide_theme_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < theme_count; i++) {
        struct guide_row *row = guide_add(guide, out);
        row->key = themes[i].name;
        row->about[LANG_EN] = row->about[LANG_JA] = themes[i].about;
    }
}

void guide_format_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < format_count; i++) {
        struct guide_row *row = guide_add(guide, out);
        row->key = formats[i].name;
        row->under = formats[i].mime;
        row->about[LANG_EN] = row->about[LANG_JA] = formats[i].about;
    }
}

void guide_icon_rows(const struct guide *guide, struct guide_rows *out) {
    for (size_t i = 0; i < icon_pack_count; i++)
        guide_add(guide, out)->key = icon_pack[i].name;
}

void guide_diagnostic_rows(const struct guide *guide, struct guide_rows *out) {
#define DIAG(id, name, severity, outcome, title)                                                                       \
    {                                                                                                                  \
        struct guide_row *row = guide_add(guide, out);                                                                 \
        row->key = name;                                                                                               \
        row->under = SEVERITY_##severity == SEVERITY_ERROR ? "error" : "warning";                                      \
        row->about[LANG_EN] = row->about[LANG_JA] = title;                                                             \
    }
#include "base/diag.def"
#undef DIAG
}
