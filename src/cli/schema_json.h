/* JSON Schema (draft 2020-12) of the kinds' front matter, made from the tables of site/schema.h and
 * site/field_lists.h: editors complete and check with it. It describes YAML as editors read it
 * (dates are strings); what copse accepts, it accepts. */
#ifndef COPSE_CLI_SCHEMA_JSON_H
#define COPSE_CLI_SCHEMA_JSON_H

#include "base/buf.h"
#include "site/schema.h"

/* The schema of one kind. */
void schema_json_kind(struct buf *out, const struct kind_schema *schema);

/* One document with the schema of each kind under $defs, by the kind's name. */
void schema_json_all(struct buf *out);

#endif
