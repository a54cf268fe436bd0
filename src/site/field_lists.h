/* Front matter values that are lists of maps: designations, roles, links, sessions, changes and
 * credits. One decoder a type, called by fields.c through the schema. Each returns 0, or -1 after
 * an error. */
#ifndef COPSE_SITE_FIELD_LISTS_H
#define COPSE_SITE_FIELD_LISTS_H

#include "site/fields.h"

int field_read_dates(const struct field_reader *reader, const struct yaml_node *node,
                     struct date_list *out);
/* Codes, maps with `code`, or both mixed. */
int field_read_claims(const struct field_reader *reader, const struct yaml_node *node,
                      struct claim_list *out);
/* Titles, maps, or both mixed. */
int field_read_roles(const struct field_reader *reader, const struct yaml_node *node,
                     struct role_list *out);
/* URLs, maps, or both mixed. */
int field_read_links(const struct field_reader *reader, const struct yaml_node *node,
                     struct link_list *out);
int field_read_sessions(const struct field_reader *reader, const struct yaml_node *node,
                        struct session_list *out);
int field_read_changes(const struct field_reader *reader, const struct yaml_node *node,
                       struct change_list *out);
/* A number, or a map of hours by designation code. */
int field_read_credits(const struct field_reader *reader, const struct yaml_node *node,
                       struct credit_list *out);

/* The parts of one map in a list of that type, and whether a bare text may stand for the map. NULL
 * for types that hold no maps. */
const struct part_schema *field_parts(enum field_type type, size_t *count, bool *bare);

#endif
