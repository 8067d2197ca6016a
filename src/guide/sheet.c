/* Rows as a scenario, so that a person can look at them: every type once, by category, drawn by the program itself. */
#include <string.h>

#include "guide/guide_parts.h"

static const struct type *type_of(const struct guide *guide, const struct guide_row *row) {
    return strcmp(row->list, "service") == 0 || strcmp(row->list, "group") == 0 || strcmp(row->list, "actor") == 0
               ? catalog_type(guide->catalog, row->key)
               : NULL;
}

static void put_text(struct str *out, const char *const text[LANGS]) {
    for (int lang = 0; lang < LANGS; lang++) {
        str_put(out, lang ? ", " : "{");
        str_printf(out, "%s: \"%s\"", lang_codes[lang], text[lang]); /* names of categories hold no quotes */
    }
    str_put(out, "}\n");
}

static bool in_category(const struct type *type, const struct category *category, enum shape shape) {
    return type && type->category == category && type->shape == shape;
}

/* One category, services before resources. */
static void put_category(const struct guide *guide, const struct guide_rows *rows, const struct category *category,
                         struct str *out) {
    static const enum shape order[] = {SHAPE_SERVICE, SHAPE_RESOURCE, SHAPE_ACTOR, SHAPE_GROUP};
    size_t n = 0;
    for (size_t s = 0; s < sizeof order / sizeof *order; s++)
        for (size_t i = 0; i < rows->n; i++) {
            const struct type *type = type_of(guide, &rows->at[i]);
            if (!in_category(type, category, order[s]))
                continue;
            if (n++ == 0) {
                str_printf(out, "  %s:\n    type: group\n    label: ", category->key);
                put_text(out, category->name);
                str_put(out, "    nodes:\n");
            }
            if (type->shape == SHAPE_GROUP && type->inside) /* in what it needs around it */
                str_printf(out, "      around-%s: {type: %s, nodes: {%s: {type: %s, nodes: {}}}}\n", type->key,
                           type->inside[0], type->key, type->key);
            else if (type->shape == SHAPE_GROUP)
                str_printf(out, "      %s: {type: %s, nodes: {}}\n", type->key, type->key);
            else
                str_printf(out, "      %s: %s\n", type->key, type->key);
        }
}

bool guide_put_scenario(const struct guide *guide, const struct guide_rows *rows, struct str *out) {
    /* at the beginning of time nothing is old, and nothing stands wrong on a sheet of samples */
    str_put(out, "page: free\nas-of: 2000\nnotes: {mode: none}\nnodes:\n");
    size_t before = out->n;
    for (size_t i = 0; i < guide->catalog->category_count; i++)
        put_category(guide, rows, &guide->catalog->categories[i], out);
    return out->n > before;
}
