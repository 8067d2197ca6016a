#include "check/places.h"

#include <string.h>

/* The innermost group around a node that is of one of the types; NULL when there is none. */
static const struct node *around(const struct node *node, const char *const *types) {
    for (const struct node *group = node->parent; group && group->type; group = group->parent)
        for (const char *const *type = types; *type; type++)
            if (type_is(group->type, *type))
                return group;
    return NULL;
}

static const char *name_of(const struct model *model, const char *key) {
    const struct type *type = catalog_type(model->catalog, key);
    return type ? type->name[LANG_EN] : key;
}

static void check_place(const struct model *model, const struct node *node, struct diags *diags) {
    const struct type *type = node->type;
    const struct node *wrong = type->outside ? around(node, type->outside) : NULL;
    if (wrong) {
        struct diag *diag = diag_add(diags, DIAG_misplaced, node->mark, "`%s` (%s) cannot stand inside `%s` (%s)",
                                     node->id, type->name[LANG_EN], wrong->id, wrong->type->name[LANG_EN]);
        diag->also = wrong->mark;
    } else if (type->inside && !around(node, type->inside)) {
        struct str names = STR_EMPTY;
        for (const char *const *key = type->inside; *key; key++)
            str_printf(&names, "%s%s", key == type->inside ? "" : " or ", name_of(model, *key));
        diag_add(diags, DIAG_misplaced, node->mark, "`%s` (%s) stands outside of any %s", node->id, type->name[LANG_EN],
                 names.at);
        str_free(&names);
    }
}

/* Told once a type, at the first node that has it. */
static bool told(const struct model *model, const struct node *node) {
    for (size_t i = 0; i < node->index; i++)
        if (model->nodes[i]->type == node->type)
            return true;
    return false;
}

static void check_life(const struct model *model, const struct node *node, struct diags *diags) {
    static const char *const became[LIFECYCLES] = {"", "has another name", "takes no new customers",
                                                   "is no longer offered"};
    const struct type *type = node->type;
    if (!type_changed(type, model->as_of) || told(model, node))
        return;
    diag_add(diags, DIAG_lifecycle, node->type_mark, "%s %s%s%s", type->name[LANG_EN], became[type->lifecycle],
             type->since ? " since " : "", type->since ? type->since : "");
    if (type->successor)
        diag_hint(diags, "today: `%s` (%s); `as-of` draws an architecture of an earlier time", type->successor,
                  name_of(model, type->successor));
    else
        diag_hint(diags, "`as-of` draws an architecture of an earlier time");
}

void places_check(const struct model *model, struct diags *diags) {
    for (size_t i = 0; i < model->node_count; i++) {
        check_place(model, model->nodes[i], diags);
        check_life(model, model->nodes[i], diags);
    }
}
