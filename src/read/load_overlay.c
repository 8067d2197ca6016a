/* `overlays:` of a scenario: frames over what stands in different groups. */
#include <stdlib.h>
#include <string.h>

#include "read/load_parts.h"

struct overlay_keys {
    struct overlay *overlay;
    const struct tree *type, *members;
    struct text label;
};

static void keep_type(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct overlay_keys *)object)->type = value;
}

static void keep_members(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)key;
    ((struct overlay_keys *)object)->members = value;
}

static void read_style(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    load_style(reader->context, value, &((struct overlay_keys *)object)->overlay->style);
}

static const struct schema_row rows[] = {
    {"type", SCHEMA_FUNCTION, 0, .required = true, .read = keep_type, .json = "type",
     .about = "Type of the catalogue; gives the colour and dash of the frame."},
    {"label", SCHEMA_TEXT, offsetof(struct overlay_keys, label),
     .about = "Name on the frame; the type's name when left out."},
    {"members", SCHEMA_FUNCTION, 0, .required = true, .read = keep_members, .json = "references",
     .about = "Nodes and groups that the frame is drawn around."},
    {"style", SCHEMA_FUNCTION, 0, .read = read_style, .json = "style",
     .about = "Colour by name of the theme, dash, width."},
};
const struct schema load_overlay_schema = {"overlay", rows, sizeof rows / sizeof *rows, NULL};

static int by_index(const void *a, const void *b) {
    size_t x = (*(struct node *const *)a)->index, y = (*(struct node *const *)b)->index;
    return (x > y) - (x < y);
}

/* A node named twice, or one that stands within another member, adds nothing. */
static void sort_members(struct loader *loader, struct overlay *overlay, const struct tree *list) {
    qsort(overlay->members, overlay->member_count, sizeof *overlay->members, by_index);
    size_t n = 0;
    for (size_t i = 0; i < overlay->member_count; i++) {
        struct node *node = overlay->members[i];
        if (n && model_within(node, overlay->members[n - 1]))
            diag_add(loader->diags, DIAG_hint_ignored, list->mark, "`%s` is in `%s` already", node->path,
                     overlay->members[n - 1]->path);
        else
            overlay->members[n++] = node;
    }
    overlay->member_count = n;
}

static void load_members(struct loader *loader, struct overlay *overlay, const struct tree *list) {
    if (list->kind != TREE_LIST || list->n == 0) {
        diag_add(loader->diags, DIAG_wrong_shape, list->mark, "`members` takes a list of nodes, as in [app-a, app-b]");
        return;
    }
    overlay->members = arena_array(loader->arena, list->n, sizeof(struct node *));
    for (size_t i = 0; i < list->n; i++) {
        const struct tree *item = list->items[i];
        if (item->kind != TREE_SCALAR) {
            diag_add(loader->diags, DIAG_wrong_shape, item->mark, "a member is the id of a node");
            continue;
        }
        struct node *node = load_reference(loader, item->text, item->mark);
        if (node)
            overlay->members[overlay->member_count++] = node;
    }
    sort_members(loader, overlay, list);
}

static bool id_is_good(struct loader *loader, const struct tree *key) {
    if (!load_good_id(key->text)) {
        diag_add(loader->diags, DIAG_bad_id, key->mark, "`%s` cannot be an id: use letters a to z, digits, - and _",
                 key->text);
        return false;
    }
    const struct node *node = table_get(&loader->paths, key->text);
    if (node)
        diag_add(loader->diags, DIAG_duplicate_node, key->mark,
                 "`%s` is a node already; an overlay needs a name of its own", key->text)
            ->also = node->mark;
    return !node;
}

static struct overlay *load_overlay(struct loader *loader, const struct tree *key, const struct tree *value) {
    struct overlay *overlay = arena_alloc(loader->arena, sizeof *overlay);
    struct overlay_keys keys = {.overlay = overlay};
    *overlay = (struct overlay){.id = key->text, .mark = key->mark};
    if (!id_is_good(loader, key) || !schema_read(&load_overlay_schema, &loader->reader, value, &keys) || !keys.type ||
        !keys.members)
        return NULL;
    overlay->type = load_type(loader, keys.type);
    overlay->label = keys.label;
    load_members(loader, overlay, keys.members);
    if (!overlay->type || !overlay->member_count)
        return NULL;
    if (!overlay->label.in[LANG_EN] && !overlay->label.in[LANG_JA])
        for (int lang = 0; lang < LANGS; lang++)
            overlay->label.in[lang] = overlay->type->name[lang];
    load_text(loader, &overlay->label);
    return overlay;
}

void load_overlays(struct loader *loader, const struct tree *map) {
    struct model *model = loader->model;
    if (map->kind != TREE_MAP) {
        diag_add(loader->diags, DIAG_wrong_shape, map->mark, "`overlays` takes a mapping of ids to frames");
        return;
    }
    model->overlays = arena_array(loader->arena, map->n, sizeof(struct overlay *));
    for (size_t i = 0; i < map->n; i++) {
        struct overlay *overlay = load_overlay(loader, map->keys[i], map->items[i]);
        if (!overlay)
            continue;
        overlay->index = model->overlay_count;
        model->overlays[model->overlay_count++] = overlay;
    }
}
