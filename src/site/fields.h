/* The value of one front matter key, decoded by its type: between the schema's table and the typed
 * fields of a record. Used by record.c, and by others that read lists of maps (registry.c). */
#ifndef COPSE_SITE_FIELDS_H
#define COPSE_SITE_FIELDS_H

#include "base/arena.h"
#include "base/diag.h"
#include "lang/yaml.h"
#include "site/record.h"

/* What a decoder needs to know and where it puts its complaints. */
struct field_reader {
    const struct text *text;
    struct arena *arena;
    struct diags *diags;
    struct str key; /* for messages */
};

/* Decodes `node` as `schema` says into the field of `record`; a blank node leaves it absent.
 * Returns 0, or -1 after an error at the node's place. */
int field_decode(const struct field_reader *reader, const struct field_schema *schema,
                 const struct yaml_node *node, struct record *record);

/* Whether it is an address of another site that lacks its https:// (zoom.us/j/123), and not words,
 * a path or something with a scheme. */
bool field_is_host(struct str text);

/* Single values; each returns 0, or -1 after an error. Blank ones leave *out as it was. */
int field_read_text(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_text *out);
int field_read_date(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_date *out);
int field_read_flag(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_flag *out);
/* A sequence of texts, or one text with commas. */
int field_read_list(const struct field_reader *reader, const struct yaml_node *node,
                    struct field_list *out);

/* What a member of a map is called and where its value goes: a row of a small schema. PART_WORDS is
 * a text, or one for each language (localised.h), as a struct value. */
enum part_type { PART_TEXT, PART_DATE, PART_FLAG, PART_LIST, PART_WORDS };
struct part_schema {
    struct str key;
    enum part_type type;
    bool required;
    size_t offset; /* in the item's struct */
};

/* Decodes a map by such rows into `item`. Unknown keys are warned of with the known one that is
 * near. Returns 0, or -1 after an error. */
int field_read_map(const struct field_reader *reader, const struct yaml_node *node,
                   const struct part_schema *parts, size_t count, void *item);

struct place field_place(const struct yaml_node *node);

#endif
