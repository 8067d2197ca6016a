/* JSON Schema (draft 7) of scenarios, from the rows that read them. What a row leaves to a function is described here by name. */
#include <string.h>

#include "base/json.h"
#include "guide/guide_parts.h"
#include "read/load.h"

#define SCALAR "{\"type\": [\"string\", \"number\", \"boolean\"]}"
#define REF(name) "{\"$ref\": \"#/definitions/" name "\"}"
#define MAP_OF(value) "{\"type\": \"object\", \"additionalProperties\": " value "}"
#define LIST_OF(value) "{\"type\": \"array\", \"items\": " value "}"
#define ID "{\"pattern\": \"^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$\"}"

/* Definitions that rows name in `json`. Those of kinds and types are lists of the catalogue. */
static const struct {
    const char *name, *json;
} forms[] = {
    {"text", "{\"anyOf\": [" SCALAR ", {\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": false, "
             "\"properties\": {\"en\": " SCALAR ", \"ja\": " SCALAR "}}]}"},
    {"words", "{\"anyOf\": [" SCALAR ", " LIST_OF(SCALAR) "]}"},
    {"truth", "{\"enum\": [true, false, \"yes\", \"no\"]}"},
    {"colour", "{\"type\": \"string\", \"pattern\": \"^#[0-9A-Fa-f]{6}$\", \"examples\": [\"#8C4FFF\"]}"},
    {"date", "{\"type\": [\"string\", \"integer\"], \"examples\": [\"2019\", \"2019-07\"]}"},
    {"icon", "{\"type\": \"string\", \"examples\": [\"service/AmazonEC2\", \"icons/robot.svg\"]}"},
    {"icons", MAP_OF("{\"type\": \"string\"}")},
    {"ids", LIST_OF("{\"type\": \"string\"}")},
    {"reasons", MAP_OF(REF("text"))},
    {"reference", "{\"type\": [\"string\", \"number\"], \"examples\": [\"db\", \"cloud.vpc.db\", \"e1\"]}"},
    {"references", LIST_OF(REF("reference"))},
    {"link", "{\"type\": \"string\", \"examples\": [\"https://example.com\", \"../runbook.html\"]}"},
    {"attributes", MAP_OF(SCALAR)},
    {"same-rank", LIST_OF(LIST_OF("{\"type\": \"string\"}"))},
    {"steps",
     "{\"type\": \"object\", \"propertyNames\": {\"pattern\": \"^[0-9]{1,2}$\"}, \"additionalProperties\": " REF(
         "text") "}"},
    {"rules", "{\"type\": \"object\"}"},
    {"own-notes", LIST_OF(REF("a-note"))},
    {"types", MAP_OF(REF("a-type"))},
    {"overlays", MAP_OF(REF("a-overlay"))},
    {"nodes", "{\"type\": \"object\", \"propertyNames\": " ID ", \"additionalProperties\": {\"anyOf\": [" REF(
                  "type") ", " REF("a-node") "]}, "
                                             "\"examples\": [{\"app\": \"ec2\"}]}"},
    {"edges", LIST_OF("{\"anyOf\": [{\"type\": \"string\", \"examples\": [\"a -> b: HTTPS\"]}, " REF(
                  "a-edge") ", "
                            "{\"type\": \"object\", \"maxProperties\": 1, \"minProperties\": 1, \"propertyNames\": "
                            "{\"pattern\": \" \"}, "
                            "\"additionalProperties\": {\"anyOf\": [{\"type\": \"null\"}, " REF("text") ", " REF(
                                "a-edge") "]}}]}")},
    {"side", REF("a-side")},
    {"style", REF("a-style")},
    {"notes", REF("a-notes")},
    {"lifecycle", REF("a-lifecycle")},
};

/* A type by all its words, on a line. */
static void put_words(const struct type *type, bool more, struct str *out) {
    str_put(out, more ? ",\n    " : "\n    ");
    json_string(out, type->key);
    for (const char *const *alias = type->aliases; alias && *alias; alias++) {
        str_put(out, ", ");
        json_string(out, *alias);
    }
    if (type->cloudformation) {
        str_put(out, ", ");
        json_string(out, type->cloudformation);
    }
}

static void put_names(const struct guide *guide, struct str *out) {
    str_put(out, "  \"type\": {\"description\": \"A type of the catalogue, by key, alias or CloudFormation name, or "
                 "one of the scenario's own.\", "
                 "\"anyOf\": [{\"enum\": [");
    for (size_t i = 0; i < guide->catalog->type_count; i++)
        put_words(&guide->catalog->types[i], i > 0, out);
    for (size_t i = 0; i < guide->catalog->own_count; i++) /* one that stands in for a built-in type is there already */
        if (catalog_type(&catalog_builtin, guide->catalog->own[i]->key) == NULL)
            put_words(guide->catalog->own[i], true, out);
    str_put(out, "]}, {\"type\": \"string\"}], \"examples\": [\"ec2\", \"vpc\", \"AWS::S3::Bucket\"]},\n  \"kind\": "
                 "{\"anyOf\": [{\"enum\": [");
    for (size_t i = 0; i < guide->catalog->kind_count; i++) {
        str_put(out, i ? ", " : "");
        json_string(out, guide->catalog->kinds[i].key);
    }
    str_put(out, "]}, {\"type\": \"string\"}]}");
}

static void put_bounds(const struct schema_row *row, struct str *out) {
    str_put(out, ", \"minimum\": ");
    str_number(out, row->min, 2);
    if (row->max > row->min) {
        str_put(out, ", \"maximum\": ");
        str_number(out, row->max, 2);
    }
}

/* The form of a row, as members of an object that is already begun. */
static void put_form(const struct schema_row *row, struct str *out) {
    static const char *const references[] = {
        [SCHEMA_TEXT] = "text", [SCHEMA_BOOL] = "truth", [SCHEMA_COLOUR] = "colour", [SCHEMA_STRINGS] = "words"};
    switch (row->form) {
    case SCHEMA_STRING: str_put(out, "\"type\": [\"string\", \"number\", \"boolean\"]"); break;
    case SCHEMA_INT:
    case SCHEMA_NUMBER:
        str_put(out, row->form == SCHEMA_INT ? "\"type\": \"integer\"" : "\"type\": \"number\"");
        put_bounds(row, out);
        break;
    case SCHEMA_CHOICE:
        str_put(out, "\"enum\": ");
        json_strings(out, row->choices);
        break;
    case SCHEMA_FUNCTION: str_printf(out, "\"allOf\": [{\"$ref\": \"#/definitions/%s\"}]", row->json); break;
    default: str_printf(out, "\"allOf\": [{\"$ref\": \"#/definitions/%s\"}]", references[row->form]); break;
    }
}

static void put_property(const char *key, const char *about, struct str *out) {
    str_put(out, out->at[out->n - 1] == '{' ? "\n    " : ",\n    ");
    json_string(out, key);
    str_put(out, ": {\"description\": ");
    json_string(out, about);
    str_put(out, ", ");
}

static bool has_row(const struct schema *schema, const char *key) {
    for (size_t i = 0; i < schema->n; i++)
        if (strcmp(schema->rows[i].key, key) == 0)
            return true;
    return false;
}

/* Beside the rows of a node stand the attributes of types and, in a place for a part, its name and arguments. */
static void put_node_extras(const struct guide *guide, const struct schema *schema, struct str *out) {
    for (size_t i = 0; i < guide->catalog->attribute_count; i++) {
        const struct attribute *attribute = &guide->catalog->attributes[i];
        if (has_row(schema, attribute->key))
            continue;
        put_property(attribute->key, attribute->name[LANG_EN], out);
        str_put(out,
                attribute->choices ? "\"anyOf\": [{\"enum\": " : "\"type\": [\"string\", \"number\", \"boolean\"]}");
        if (attribute->choices) {
            json_strings(out, attribute->choices);
            str_put(out, "}, {\"type\": [\"number\", \"boolean\"]}]}");
        }
    }
    put_property("use", "Name of a part that stands in this place.", out);
    str_put(out, "\"type\": \"string\", \"examples\": [\"vpn-site\"]}");
    put_property("with", "Arguments of the part.", out);
    str_put(out, "\"type\": \"object\"}");
}

/* In short edges the ends stand in the key, so that no key of an edge is required here. */
static void put_required(const struct schema *schema, struct str *out) {
    size_t n = 0;
    for (size_t i = 0; i < schema->n; i++)
        if (schema->rows[i].required) {
            str_put(out, n++ ? ", " : ",\n   \"required\": [");
            json_string(out, schema->rows[i].key);
        }
    str_put(out, n ? "]" : "");
}

static void put_mapping(const struct guide *guide, const struct schema *schema, bool scenario, struct str *out) {
    str_put(out, "\"type\": \"object\", \"additionalProperties\": false,\n   \"properties\": {");
    for (size_t i = 0; i < schema->n; i++) {
        put_property(schema->rows[i].key, schema->rows[i].about, out);
        put_form(&schema->rows[i], out);
        str_putc(out, '}');
    }
    if (strcmp(schema->name, "node") == 0)
        put_node_extras(guide, schema, out);
    if (scenario) {
        put_property("extends", "Another scenario that this one builds on: a file in its directory or below.", out);
        str_put(out, "\"type\": \"string\", \"examples\": [\"base.yaml\"]}");
    }
    str_put(out, "}");
    if (!scenario) /* a scenario that extends another may leave everything to it */
        put_required(schema, out);
}

void guide_schema(const struct guide *guide, struct str *out) {
    str_put(out, "{\"$schema\": \"http://json-schema.org/draft-07/schema#\",\n \"title\": \"awsdiag scenario\",\n ");
    put_mapping(guide, load_schemas[0], true, out);
    str_put(out, ",\n \"anyOf\": [{\"required\": [\"nodes\"]}, {\"required\": [\"extends\"]}],\n \"definitions\": {\n");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        str_printf(out, "  \"%s\": %s,\n", forms[i].name, forms[i].json);
    for (size_t i = 1; load_schemas[i]; i++) {
        str_printf(out, "  \"a-%s\": {", load_schemas[i]->name);
        put_mapping(guide, load_schemas[i], false, out);
        str_put(out, "},\n");
    }
    put_names(guide, out);
    str_put(out, "}}\n");
}
