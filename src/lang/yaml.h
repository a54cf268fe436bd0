/* YAML as content may use it: the core schema of YAML 1.2, without anchors, aliases and tags.
 *
 * yaml_parse() turns a part of a text (front matter, or a whole data file) into a tree of nodes
 * that keep their places as byte offsets in that text, so that every later complaint about a value
 * can point at it. Syntax is libyaml's, through its events; this module is its only user. What
 * libyaml says about a mistake is replaced by words for people who know no YAML.
 *
 * Departures from YAML, all for safety: anchors, aliases and tags are errors, but for the
 * non-specific tag `!` alone, which makes a string of its scalar; one document a text; keys are
 * scalars; a key that stands twice is a warning if both values are the same, else an error.
 *
 * Input is untrusted. Beyond the limits below a text is an error; time and memory are linear in
 * its length.
 *
 * Codes of the diagnostics: yaml-syntax, yaml-reference (anchors, aliases), yaml-tag,
 * yaml-too-large (any limit), duplicate-key, not-utf8, control-character (NUL too). */
#ifndef COPSE_LANG_YAML_H
#define COPSE_LANG_YAML_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/text.h"
#include "lang/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define YAML_MAX_BYTES ((size_t)4 << 20)
#define YAML_MAX_DEPTH 64
#define YAML_MAX_NODES 400000 /* keys counted too */

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_pair;

/* Lives in the arena given to yaml_parse(), and is constant. */
struct yaml_node {
    enum yaml_kind kind;
    bool plain;   /* scalar: written bare, so it may be null, a boolean or a number */
    size_t start; /* bytes [start, end) of the text; a collection ends with its last member */
    size_t end;
    size_t count;    /* members of a sequence or mapping */
    struct str text; /* scalar: its characters, quotes and escapes resolved */
    union {
        const struct yaml_node *items; /* sequence */
        const struct yaml_pair *pairs; /* mapping: in source order, each key once */
    };
};

struct yaml_pair {
    struct str key;
    size_t key_start; /* bytes of the text, the quotes included */
    size_t key_end;
    struct yaml_node value;
};

/* Reads bytes [start, end) of `text` as one document; offsets in nodes and diagnostics count from
 * the beginning of the text. A BOM at `start` is skipped. Returns 0 with *root set (an empty
 * document is a null scalar), or -1 after at least one error: *root is then NULL where the syntax
 * is broken, else the tree as far as it could be understood (of a key that stands twice the first
 * is kept), good for finding more mistakes.
 * The tree lives in `arena`; it does not refer to the bytes of `text`. */
int yaml_parse(const struct text *text, size_t start, size_t end, struct arena *arena,
               struct diags *diags, const struct yaml_node **root);

/* The same for a tree that is wanted only until its values are taken from it: nodes and pairs live
 * in `tree`, which may be cleared then; the characters of keys and scalars go on living, as slices
 * of `text` where they stand there as they are, else in `texts`. */
int yaml_parse_briefly(const struct text *text, size_t start, size_t end, struct arena *tree,
                       struct arena *texts, struct diags *diags, const struct yaml_node **root);

/* What a scalar means in the core schema (YAML 1.2.2 §10.3.2). */
enum yaml_type { YAML_NULL, YAML_BOOLEAN, YAML_INTEGER, YAML_FLOAT, YAML_TEXT };
enum yaml_type yaml_scalar_type(const struct yaml_node *node);

/* Null, or an empty string: both are "absent" in front matter. False for collections. */
bool yaml_is_blank(const struct yaml_node *node);

/* The number or truth value of a scalar that has it (plain ones only); false if it has none. */
bool yaml_boolean(const struct yaml_node *node, bool *out);
bool yaml_integer(const struct yaml_node *node, int64_t *out);

/* The value under `key` of a mapping, or NULL (also if `node` is NULL or no mapping). Linear. */
const struct yaml_node *yaml_get(const struct yaml_node *node, struct str key);
const struct yaml_pair *yaml_pair(const struct yaml_node *node, struct str key);

/* The node as a value in `arena`: maps in source order; null is nil; text (dates too) is
 * VALUE_TEXT; integers beyond int64 are VALUE_BIG. Texts are borrowed from the node. */
struct value yaml_to_value(const struct yaml_node *node, struct arena *arena);

/* The span of a node in its text. */
struct span yaml_span(const struct text *text, const struct yaml_node *node);

#endif
