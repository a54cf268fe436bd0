/* Shared by the files of lang/yaml; outsiders use lang/yaml.h. */
#ifndef COPSE_LANG_YAML_INTERNAL_H
#define COPSE_LANG_YAML_INTERNAL_H

#include "lang/yaml.h"

/* A mistake as libyaml reports it, with places already in bytes of the text. */
struct yaml_problem {
    struct str problem; /* its sentence, "mapping values are not allowed in this context" */
    size_t at;          /* where that was noticed */
    struct str context; /* "while scanning a quoted scalar"; may be empty */
    size_t context_at;  /* where that began; STR_NONE without a context */
    size_t start;       /* the part of the text that is YAML */
    size_t end;
};

/* Adds the diagnostic for it, in words that need no knowledge of YAML. */
void yaml_explain(const struct text *text, const struct yaml_problem *problem, struct diags *diags);

/* Whether bytes [start, end) of the text may be given to libyaml: size, UTF-8, no control
 * characters. Returns 0, or -1 after an error. */
int yaml_check_bytes(const struct text *text, size_t start, size_t end, struct diags *diags);

/* Whether two nodes hold the same: kinds, texts, members in order. */
bool yaml_same(const struct yaml_node *a, const struct yaml_node *b);

#endif
