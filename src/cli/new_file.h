/* What `copse new` writes: a file whose front matter explains itself, made from the schema. Pure.
 *
 * The keys that are filled in come first, each under a comment that says what it is for. All other
 * keys of the kind follow as comments with an example, so that nobody has to look one up. */
#ifndef COPSE_CLI_NEW_FILE_H
#define COPSE_CLI_NEW_FILE_H

#include "base/buf.h"
#include "site/schema.h"

#include <stdbool.h>

struct new_value {
    struct str key;
    struct str text;
    bool is_yaml; /* written as it stands; else it is a one-line text, quoted where YAML asks */
};

/* The whole file: front matter with `values` in their order, then `body`. */
void new_file_write(struct buf *out, const struct kind_schema *schema,
                    const struct new_value *values, size_t count, struct str body);

/* A one-line text as a YAML scalar: plain where every reader takes it for a text, else quoted. */
void new_file_scalar(struct buf *out, struct str text);

#endif
