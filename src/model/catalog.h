/* The catalogue: every type a node can have, every kind an edge can have, and their looks.
 *
 * The built-in rows are const tables written at build time from templates/catalogue; a scenario's own types are added behind
 * them. Rows are borrowed for as long as the catalogue lives.
 *
 * In the YAML: `peers: loose|strict` (accounts, Regions, sites: loose; zones, shards: strict), `border: [vpc, region]` is a list of
 * group types, and kinds may say `lateral: true`.
 */
#ifndef AWSDIAG_MODEL_CATALOG_H
#define AWSDIAG_MODEL_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct icon;

/* Languages texts can be in. The order is that of every [LANGS] array. */
enum lang { LANG_EN, LANG_JA, LANGS };
extern const char *const lang_codes[LANGS]; /* "en", "ja" */

struct category {
    const char *key;
    const char *name[LANGS];
    uint32_t colour; /* 0xRRGGBB: of the tile, and of the frame of its groups */
};

/* What the value of an attribute must look like. */
enum value_type { VALUE_STRING, VALUE_INT, VALUE_BOOL, VALUE_CIDR, VALUE_IP, VALUE_ASN, VALUE_ACCOUNT, VALUE_TYPES };
extern const char *const value_type_names[VALUE_TYPES];

struct attribute {
    const char *key;
    const char *name[LANGS]; /* "ASN" */
    enum value_type value;
    const char *const *choices; /* NULL, or the only values allowed, NULL behind the last */
    bool shown;                 /* stands under the label in the picture */
    const char *form[LANGS];    /* how it is shown: "ASN %", "%"; % is the value. NULL when not shown */
};

enum shape { SHAPE_SERVICE, SHAPE_RESOURCE, SHAPE_GROUP, SHAPE_ACTOR, SHAPES };
extern const char *const shape_names[SHAPES];
enum dash { DASH_SOLID, DASH_DASHED, DASH_DOTTED, DASHES }; /* dashed: 6 4, dotted: 2 3, in px of the picture */
extern const char *const dash_names[DASHES];
/* Siblings of a type that stand side by side with the same extent: loosely, when no edge flows from one to the other, or always. */
enum peers { PEERS_NONE, PEERS_LOOSE, PEERS_STRICT, PEERS };
extern const char *const peers_names[PEERS]; /* "none", "loose", "strict" */
enum lifecycle { LIFECYCLE_CURRENT, LIFECYCLE_RENAMED, LIFECYCLE_CLOSED, LIFECYCLE_RETIRED, LIFECYCLES };
extern const char *const lifecycle_names[LIFECYCLES];

struct type {
    const char *key; /* kebab-case: "customer-gateway" */
    const char *name[LANGS];
    const char *const *aliases; /* NULL behind the last; may be NULL */
    const char *cloudformation; /* "AWS::EC2::CustomerGateway", or NULL */
    const struct category *category;
    const char *family; /* what rules may name for several types at once: "elb"; or NULL */
    enum shape shape;
    const char *icon;           /* path in the icon pack without ".svg": "resource/AmazonVPCCustomerGateway"; or NULL */
    const struct icon *picture; /* an icon of the author's own, from a file; NULL: `icon` names one of the pack */
    const char *monogram;       /* at most 4 characters, for the tile that stands in for the icon */
    const struct attribute *const *attributes; /* NULL behind the last; may be NULL */

    /* groups */
    uint32_t frame; /* colour of the frame, 0xRRGGBB */
    enum dash dash;
    bool filled; /* a light tint of the frame's colour inside (subnets) */
    enum peers peers;
    const char *const *inside;  /* types of groups one of which must be around it; NULL: it stands anywhere */
    const char *const *outside; /* types of groups that cannot be around it; NULL: none */

    /* leaves */
    const char *const *border; /* types of groups on whose frame it stands astride; NULL: none */
    bool global;               /* a service outside of any VPC */

    /* life */
    enum lifecycle lifecycle;
    const char *since;     /* "2024-05", of the change; or NULL */
    const char *successor; /* key of a type; or NULL */
};

/* How the ends of an edge of a kind look when the edge itself does not say. */
struct kind {
    const char *key;         /* "vpn" */
    const char *name[LANGS]; /* text of the legend */
    uint32_t colour;         /* 0xRRGGBB; 0 is the colour of plain lines */
    enum dash dash;
    double width; /* px */
    bool lateral; /* joins equals (replication, peering, failover): does not say which of two peers comes first */
    bool blocked; /* drawn crossed out; rules skip it */
};

struct catalog {
    const struct type *types; /* built in, sorted by key */
    size_t type_count;
    const struct kind *kinds; /* the first is the default */
    size_t kind_count;
    const struct category *categories;
    size_t category_count;
    const struct attribute *attributes;
    size_t attribute_count;
    const struct catalog_name {
        const char *name; /* key, alias or CloudFormation name, in lower case */
        uint16_t type;    /* index into types */
    } * names;            /* sorted by name */
    size_t name_count;
    struct type **own; /* types a scenario or a template directory adds */
    size_t own_count, own_cap;
};

extern const struct catalog catalog_builtin;

/* By key, alias or CloudFormation name, case ignored, a blank or `_` for a dash; own types first, of these the one that was added last. NULL when there is none. */
const struct type *catalog_type(const struct catalog *catalog, const char *name);
const struct kind *catalog_kind(const struct catalog *catalog, const char *name);
const struct attribute *catalog_attribute(const struct type *type, const char *key);

/* The names nearest to `word`, best first, at most `most`; how many there are. */
size_t catalog_near(const struct catalog *catalog, const char *word, const char **out, size_t most);

void catalog_add(struct catalog *catalog, struct arena *arena, struct type *type);

/* Whether a text is a date as `since` and --as-of have it: "2024" or "2024-05". */
bool catalog_date(const char *text);

/* True when the type is no longer what it was; with a date, whether it was so already then. */
bool type_changed(const struct type *type, const char *as_of);

/* True when `type` is the type called `name` or of the family `name`. */
bool type_is(const struct type *type, const char *name);

#endif
