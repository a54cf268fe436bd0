/* What is said once for each language: {en: Interviews, fr: Entrevues} where one text could stand.
 *
 * A map counts as such if it has at least one key and every key is one of the site's languages. In
 * a language that it does not name, what stands for its fallback language (site.yml) is taken, then
 * for the default language, then the first. */
#ifndef COPSE_SITE_LOCALISED_H
#define COPSE_SITE_LOCALISED_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "lang/value.h"
#include "lang/yaml.h"
#include "site/config.h"

/* The text for `lang`: of a plain text the text itself, the empty slice of anything else. */
struct str localised_text(const struct config *config, const struct value *value, struct str lang);

/* A copy of a value in which every such map, at any depth, is replaced by what stands for `lang`.
 * Parts without one are shared with the original. */
struct value localised_value(const struct config *config, struct value value, struct str lang,
                             struct arena *arena);

/* Whether a node is a text, or a map that gives a text for some of the site's languages. Adds an
 * error that names `key` and returns -1 if it is neither; a blank or absent (NULL) one is fine. */
int localised_check(const struct config *config, const struct text *text,
                    const struct yaml_node *node, struct str key, struct diags *diags);

#endif
