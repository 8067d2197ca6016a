/* The build's generator: YAML under templates/ to const C tables, read by the same schema rows that read a user's own files.
 *
 *     generate catalogue OUT.c FILE.yaml...
 *     generate icons OUT.txt FILE.yaml...        (which icons the catalogue needs, for generate_icons)
 *     generate notes OUT.c CATALOGUE-FILE... -- NOTES-FILE...
 *     generate parts OUT.c FILE.yaml...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/out.h"
#include "generate_notes.h"
#include "read/knowledge.h"
#include "read/knowledge_notes.h"

struct generator {
    struct arena *arena;
    struct sources sources;
    struct diags diags;
    struct str out;
};

static struct tree *read_file(struct generator *g, const char *path) {
    struct source *source = source_open(&g->sources, path, NULL, &g->diags);
    return source ? yaml_read(source, g->arena, &yaml_default_limits, &g->diags) : NULL;
}

/* --- printing ------------------------------------------------------------------------------------------------------------- */

static void put_string(struct str *out, const char *text) {
    if (!text) {
        str_put(out, "NULL");
        return;
    }
    str_putc(out, '"');
    for (; *text; text++)
        if (*text == '\n')
            str_put(out, "\\n");
        else if (strchr("\"\\?", *text))
            str_printf(out, "\\%c", *text);
        else
            str_putc(out, *text);
    str_putc(out, '"');
}

static void put_texts(struct str *out, const char *const text[LANGS]) {
    for (int lang = 0; lang < LANGS; lang++) {
        str_put(out, lang ? ", " : "{");
        put_string(out, text[lang]);
    }
    str_putc(out, '}');
}

/* A list as a table of its own before the rows; the expression that names it comes back in `name`. */
static void put_list(struct str *out, const char *const *list, const char *prefix, size_t number, struct str *name) {
    str_clear(name);
    if (!list) {
        str_put(name, "NULL");
        return;
    }
    str_printf(name, "%s%zu", prefix, number);
    str_printf(out, "static const char *const %s[] = {", name->at);
    for (; *list; list++) {
        put_string(out, *list);
        str_put(out, ", ");
    }
    str_put(out, "NULL};\n");
}

static const char *truth(bool value) { return value ? "true" : "false"; }

/* --- catalogue ------------------------------------------------------------------------------------------------------------- */

static void put_attributes(struct str *out, const struct catalog *catalog) {
    struct str rows = STR_EMPTY, name = STR_EMPTY;
    for (size_t i = 0; i < catalog->attribute_count; i++) {
        const struct attribute *row = &catalog->attributes[i];
        put_list(out, row->choices, "choices", i, &name);
        str_put(&rows, "    {");
        put_string(&rows, row->key);
        str_put(&rows, ", ");
        put_texts(&rows, row->name);
        str_printf(&rows, ", (enum value_type)%d, %s, %s, ", (int)row->value, name.at, truth(row->shown));
        put_texts(&rows, row->form);
        str_put(&rows, "},\n");
    }
    str_printf(out, "static const struct attribute attributes[] = {\n%s    {0},\n};\n\n", rows.at);
    str_free(&rows);
    str_free(&name);
}

static void put_categories(struct str *out, const struct catalog *catalog) {
    str_put(out, "static const struct category categories[] = {\n");
    for (size_t i = 0; i < catalog->category_count; i++) {
        const struct category *row = &catalog->categories[i];
        str_put(out, "    {");
        put_string(out, row->key);
        str_put(out, ", ");
        put_texts(out, row->name);
        str_printf(out, ", 0x%06X},\n", (unsigned)row->colour);
    }
    str_put(out, "    {0},\n};\n\n");
}

static void put_kinds(struct str *out, const struct catalog *catalog) {
    str_put(out, "static const struct kind kinds[] = {\n");
    for (size_t i = 0; i < catalog->kind_count; i++) {
        const struct kind *row = &catalog->kinds[i];
        str_put(out, "    {");
        put_string(out, row->key);
        str_put(out, ", ");
        put_texts(out, row->name);
        str_printf(out, ", 0x%06X, (enum dash)%d, ", (unsigned)row->colour, (int)row->dash);
        str_number(out, row->width, 4);
        str_printf(out, ", .lateral = %s, .blocked = %s},\n", truth(row->lateral), truth(row->blocked));
    }
    str_put(out, "    {0},\n};\n\n");
}

static void put_type(struct str *tables, struct str *rows, const struct catalog *catalog, size_t i) {
    const struct type *type = &catalog->types[i];
    struct str aliases = STR_EMPTY, inside = STR_EMPTY, outside = STR_EMPTY, border = STR_EMPTY;
    put_list(tables, type->aliases, "aliases", i, &aliases);
    put_list(tables, type->inside, "inside", i, &inside);
    put_list(tables, type->outside, "outside", i, &outside);
    put_list(tables, type->border, "border", i, &border);
    if (type->attributes) {
        str_printf(tables, "static const struct attribute *const has%zu[] = {", i);
        for (const struct attribute *const *at = type->attributes; *at; at++)
            str_printf(tables, "&attributes[%zu], ", (size_t)(*at - catalog->attributes));
        str_put(tables, "NULL};\n");
    }
    size_t category = 0;
    while (strcmp(catalog->categories[category].key, type->category->key) != 0)
        category++;
    str_put(rows, "    {.key = ");
    put_string(rows, type->key);
    str_put(rows, ", .name = ");
    put_texts(rows, type->name);
    str_printf(rows, ", .aliases = %s, .cloudformation = ", aliases.at);
    put_string(rows, type->cloudformation);
    str_printf(rows, ", .category = &categories[%zu], .family = ", category);
    put_string(rows, type->family);
    str_printf(rows, ", .shape = (enum shape)%d, .icon = ", (int)type->shape);
    put_string(rows, type->icon);
    str_put(rows, ", .monogram = ");
    put_string(rows, type->monogram);
    if (type->attributes)
        str_printf(rows, ", .attributes = has%zu", i);
    str_printf(rows,
               ",\n     .frame = 0x%06X, .dash = (enum dash)%d, .filled = %s, .peers = (enum peers)%d, .inside = %s, "
               ".outside = %s, .border = %s, .global = %s",
               (unsigned)type->frame, (int)type->dash, truth(type->filled), (int)type->peers, inside.at, outside.at,
               border.at, truth(type->global));
    str_printf(rows, ", .lifecycle = (enum lifecycle)%d, .since = ", (int)type->lifecycle);
    put_string(rows, type->since);
    str_put(rows, ", .successor = ");
    put_string(rows, type->successor);
    str_put(rows, "},\n");
    str_free(&aliases);
    str_free(&inside);
    str_free(&outside);
    str_free(&border);
}

/* The attributes of types point into the list of raw rows; the catalogue has its own copy, to which they are led back by key. */
static void lead_back(struct generator *g, struct catalog *catalog) {
    struct type *types = (struct type *)(size_t)catalog->types;
    for (size_t i = 0; i < catalog->type_count; i++) {
        size_t n = 0;
        while (types[i].attributes && types[i].attributes[n])
            n++;
        const struct attribute **list = arena_array(g->arena, n + 1, sizeof *list);
        for (size_t k = 0; k < n; k++)
            for (size_t a = 0; a < catalog->attribute_count; a++)
                if (strcmp(catalog->attributes[a].key, types[i].attributes[k]->key) == 0)
                    list[k] = &catalog->attributes[a];
        types[i].attributes = n ? list : NULL;
    }
}

static struct catalog read_catalogue(struct generator *g, char **files, int n) {
    struct knowledge *knowledge = arena_alloc(g->arena, sizeof *knowledge);
    knowledge->arena = g->arena;
    for (int i = 0; i < n; i++) {
        struct tree *tree = read_file(g, files[i]);
        if (tree)
            knowledge_read(knowledge, tree, &g->diags);
    }
    knowledge_finish(knowledge, &g->diags);
    struct catalog catalog = knowledge_catalog(knowledge);
    for (size_t i = 1; i < catalog.name_count; i++)
        if (strcmp(catalog.names[i - 1].name, catalog.names[i].name) == 0)
            diag_add(&g->diags, DIAG_duplicate_key, knowledge->types.at[catalog.names[i].type].mark,
                     "the name `%s` stands for both `%s` and `%s`", catalog.names[i].name,
                     catalog.types[catalog.names[i - 1].type].key, catalog.types[catalog.names[i].type].key);
    for (size_t i = 0; i < catalog.type_count; i++)
        if (utf8_count(catalog.types[i].monogram, strlen(catalog.types[i].monogram)) > 4)
            diag_add(&g->diags, DIAG_bad_value, knowledge->types.at[i].mark,
                     "the monogram `%s` has more than 4 characters", catalog.types[i].monogram);
    lead_back(g, &catalog);
    return catalog;
}

static void generate_catalogue(struct generator *g, char **files, int n) {
    struct catalog catalog = read_catalogue(g, files, n);
    struct str tables = STR_EMPTY, rows = STR_EMPTY;
    str_put(&g->out, "/* Written by the build from templates/catalogue. */\n#include \"model/catalog.h\"\n\n");
    put_attributes(&g->out, &catalog);
    put_categories(&g->out, &catalog);
    put_kinds(&g->out, &catalog);
    for (size_t i = 0; i < catalog.type_count; i++)
        put_type(&tables, &rows, &catalog, i);
    str_putn(&g->out, tables.at, tables.n);
    str_put(&g->out, "\nstatic const struct type types[] = {\n");
    str_putn(&g->out, rows.at, rows.n);
    str_put(&g->out, "    {0},\n};\n\nstatic const struct catalog_name names[] = {\n");
    for (size_t i = 0; i < catalog.name_count; i++) {
        str_put(&g->out, "    {");
        put_string(&g->out, catalog.names[i].name);
        str_printf(&g->out, ", %u},\n", catalog.names[i].type);
    }
    str_put(&g->out, "    {0},\n};\n\n");
    str_printf(&g->out,
               "const struct catalog catalog_builtin = {types, %zu, kinds, %zu, categories, %zu, attributes, %zu, "
               "names, %zu, NULL, 0, 0};\n",
               catalog.type_count, catalog.kind_count, catalog.category_count, catalog.attribute_count,
               catalog.name_count);
    str_free(&tables);
    str_free(&rows);
}

/* A line an icon: its path in the pack, and the type that has it. */
static void generate_needs(struct generator *g, char **files, int n) {
    struct catalog catalog = read_catalogue(g, files, n);
    for (size_t i = 0; i < catalog.type_count; i++)
        if (catalog.types[i].icon)
            str_printf(&g->out, "%s %s\n", catalog.types[i].icon, catalog.types[i].key);
}

/* --- notes and parts ---------------------------------------------------------------------------------------------------------- */

static void generate_all_notes(struct generator *g, char **files, int n) {
    int split = 0;
    while (split < n && strcmp(files[split], "--") != 0)
        split++;
    struct catalog catalog = read_catalogue(g, files, split);
    struct knowledge_notes notes = {.arena = g->arena, .catalog = &catalog};
    for (int i = split + 1; i < n; i++) {
        struct tree *tree = read_file(g, files[i]);
        if (tree)
            knowledge_notes_read(&notes, tree, &g->diags);
    }
    knowledge_notes_sort(&notes);
    generate_notes(&notes, &g->out);
}

static void generate_parts(struct generator *g, char **files, int n) {
    str_put(&g->out, "/* Written by the build from templates/parts. */\n#include \"read/template.h\"\n\n");
    for (int i = 0; i < n; i++) {
        struct source *source = source_open(&g->sources, files[i], NULL, &g->diags);
        str_printf(&g->out, "static const char part%d[] = {", i);
        for (size_t k = 0; source && k < source->size; k++) {
            if (k % 24 == 0)
                str_put(&g->out, "\n    ");
            str_int(&g->out, (signed char)source->bytes[k]);
            str_putc(&g->out, ',');
        }
        str_put(&g->out, "0};\n");
    }
    str_put(&g->out, "\nconst struct template_file template_parts[] = {\n");
    for (int i = 0; i < n; i++) {
        const char *slash = strrchr(files[i], '/'), *name = slash ? slash + 1 : files[i];
        str_printf(&g->out, "    {\"%.*s\", part%d, sizeof part%d - 1},\n", (int)strcspn(name, "."), name, i, i);
    }
    str_printf(&g->out, "    {0},\n};\nconst size_t template_part_count = %d;\n", n);
}

int main(int argc, char **argv) {
    struct generator g = {.arena = arena_new(), .out = STR_EMPTY};
    g.sources = (struct sources){.arena = g.arena};
    g.diags = diags_new(g.arena);
    if (argc < 3) {
        fputs("usage: generate catalogue|icons|notes|parts OUT FILE...\n", stderr);
        return 2;
    }
    if (strcmp(argv[1], "catalogue") == 0)
        generate_catalogue(&g, argv + 3, argc - 3);
    else if (strcmp(argv[1], "icons") == 0)
        generate_needs(&g, argv + 3, argc - 3);
    else if (strcmp(argv[1], "notes") == 0)
        generate_all_notes(&g, argv + 3, argc - 3);
    else
        generate_parts(&g, argv + 3, argc - 3);
    if (!diags_failed(&g.diags))
        out_save(argv[2], g.out.at, g.out.n, &g.diags);
    struct str report = STR_EMPTY;
    diags_sort(&g.diags);
    diags_print(&g.diags, &report, false);
    fputs(report.at, stderr);
    int status = (int)diags_outcome(&g.diags);
    str_free(&report);
    str_free(&g.out);
    arena_free(g.arena);
    return status;
}
