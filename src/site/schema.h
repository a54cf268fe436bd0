/* The kinds of content and the keys of their front matter, as data: DESIGN §1 in one table.
 *
 * It drives the decoder (record.h), the near-miss warnings, `copse new`, the editors' JSON Schema
 * and the documentation. To add a key: a line in schema.c and a field in record.h. */
#ifndef COPSE_SITE_SCHEMA_H
#define COPSE_SITE_SCHEMA_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum kind { KIND_ARTICLE, KIND_MEMBER, KIND_EVENT, KIND_COMMENT, KIND_PAGE };
#define KIND_COUNT 5

/* What a key may hold, and the C type of its field in struct record. */
enum field_type {
    FIELD_TEXT,     /* struct field_text: one line */
    FIELD_SLUG,     /* struct field_text: folded to a-z 0-9 - later */
    FIELD_EMAIL,    /* struct field_text: jo@example.org */
    FIELD_URL,      /* struct field_text: an absolute http(s) URL */
    FIELD_FILE,     /* struct field_text: a file beside the content, or a URL */
    FIELD_LANGUAGE, /* struct field_text: a language of the site */
    FIELD_ZONE,     /* struct field_text: an IANA time zone */
    FIELD_CHOICE,   /* struct field_text: one of `choices` */
    FIELD_PERSON,   /* struct field_list: a member's slug, or a name */
    FIELD_PERSONS,  /* struct field_list: several of these */
    FIELD_LIST,     /* struct field_list: texts, or one text with commas */
    FIELD_ALIASES,  /* struct field_list: old paths */
    FIELD_DATE,     /* struct field_date */
    FIELD_DATES,    /* struct date_list */
    FIELD_FLAG,     /* struct field_flag */
    FIELD_NUMBER,   /* struct field_number: a whole number from 1 on */
    FIELD_MENU,     /* struct field_menu: true or a number */
    FIELD_CLAIMS,   /* struct claim_list: designation codes, or maps */
    FIELD_ROLES,    /* struct role_list */
    FIELD_LINKS,    /* struct link_list */
    FIELD_SESSIONS, /* struct session_list */
    FIELD_CHANGES,  /* struct change_list */
    FIELD_CREDITS   /* struct credit_list */
};

struct field_schema {
    struct str key;
    enum field_type type;
    bool required;
    size_t offset;       /* of the field in struct record */
    const char *choices; /* FIELD_CHOICE: "closed|open"; else NULL */
    const char *about;   /* one sentence for volunteers */
    const char *example; /* a value as it would be typed */
};

struct kind_schema {
    enum kind kind;
    const char *name;  /* "article" */
    const char *one;   /* "an article" */
    struct str folder; /* "articles", below content/ and in URLs */
    const struct field_schema *fields;
    size_t count;
};

const struct kind_schema *schema_of(enum kind kind);

/* The schema of a key, or NULL. */
const struct field_schema *schema_field(const struct kind_schema *schema, struct str key);

/* The known key that a mistyped one was meant to be, or the empty slice. */
struct str schema_suggest(const struct kind_schema *schema, struct str key);

#endif
