/* What the files of the guide share. Nothing else includes this. */
#ifndef AWSDIAG_GUIDE_GUIDE_PARTS_H
#define AWSDIAG_GUIDE_GUIDE_PARTS_H

#include "guide/guide.h"

/* One thing that can be listed and found. Fields that are NULL are not known of it. */
struct guide_row {
    const char *list; /* the list it stands in: filled by guide_rows */
    const char *key;  /* what a scenario calls it */
    const char *name[LANGS];
    const char *under;          /* category, section */
    const char *const *also;    /* other words for it, NULL behind the last */
    const char *code;           /* CloudFormation type */
    const char *state;          /* "retired 2024-05, see systems-manager"; NULL for what is current */
    const char *about[LANGS];   /* a sentence */
    const char *today[LANGS];   /* of an outdated note: what holds now */
    const char *since, *source; /* of a note */
};

struct guide_rows {
    struct guide_row *at;
    size_t n, cap;
};

/* A list: where its rows come from and how one of them is explained. One row of the table in list.c. */
struct guide_topic {
    const char *list, *one; /* "services", "service" */
    const char *about;      /* what `awsdiag list` says of it */
    void (*rows)(const struct guide *guide, struct guide_rows *out);
    bool (*explain)(const struct guide *guide, const char *name, struct str *out); /* false: nothing is called so */
};
extern const struct guide_topic guide_topics[];
extern const size_t guide_topic_count;

struct guide_row *guide_add(const struct guide *guide, struct guide_rows *out);
struct guide_rows guide_rows(const struct guide *guide, const struct guide_topic *topic);

/* The rows that a word finds, best first. */
struct guide_rows guide_search(const struct guide *guide, const struct guide_rows *rows, const char *word);

/* The types among the rows as a scenario that shows each once. False when there are none. */
bool guide_put_scenario(const struct guide *guide, const struct guide_rows *rows, struct str *out);
void guide_put_json(const struct guide_rows *rows, struct str *out);

/* Sources of rows, and what explains them. */
void guide_service_rows(const struct guide *guide, struct guide_rows *out);
void guide_group_rows(const struct guide *guide, struct guide_rows *out);
void guide_actor_rows(const struct guide *guide, struct guide_rows *out);
void guide_category_rows(const struct guide *guide, struct guide_rows *out);
void guide_attribute_rows(const struct guide *guide, struct guide_rows *out);
void guide_kind_rows(const struct guide *guide, struct guide_rows *out);
void guide_note_rows(const struct guide *guide, struct guide_rows *out);
void guide_part_rows(const struct guide *guide, struct guide_rows *out);
void guide_theme_rows(const struct guide *guide, struct guide_rows *out);
void guide_format_rows(const struct guide *guide, struct guide_rows *out);
void guide_icon_rows(const struct guide *guide, struct guide_rows *out);
void guide_diagnostic_rows(const struct guide *guide, struct guide_rows *out);

bool guide_explain_service(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_group(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_actor(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_attribute(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_kind(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_note(const struct guide *guide, const char *name, struct str *out);
bool guide_explain_part(const struct guide *guide, const char *name, struct str *out);

/* "Amazon S3 (Amazon S3)": the name in the language asked for, or in all where they differ. */
void guide_put_name(const struct guide *guide, const char *const name[LANGS], struct str *out);

/* "    key:  value" with the values of one explanation under each other; nothing for a NULL value. */
void guide_put_fact(struct str *out, const char *key, const char *value);
void guide_put_fact_list(struct str *out, const char *key, const char *const *list);

/* Text broken at spaces into lines of at most 100 columns, each behind `indent` spaces. */
void guide_put_wrapped(struct str *out, size_t indent, const char *text);

/* "retired 2024-05, use `systems-manager`"; NULL for what is current. */
const char *guide_state(const struct guide *guide, const struct type *type);

#endif
