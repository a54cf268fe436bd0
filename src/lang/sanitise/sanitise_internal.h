/* What the parts of the sanitiser share. */
#ifndef COPSE_LANG_SANITISE_SANITISE_INTERNAL_H
#define COPSE_LANG_SANITISE_SANITISE_INTERNAL_H

#include "base/map.h"
#include "lang/sanitise.h"
#include "lang/sanitise/list.h"

#include <gumbo.h>

#define SANITISE_MAX_ATTRIBUTES 64
#define SANITISE_MAX_ROUNDS 5

/* caps.c: whether gumbo can parse it in reasonable time. */
bool sanitise_within_caps(const struct sanitise_input *input);

/* One round: a tree being written as HTML. */
struct writer {
    const struct sanitise_policy *policy;
    const struct sanitise_input *input;
    struct arena *arena;
    struct markup_draft *out;
    struct buf html;
    struct {
        struct sanitise_origin *items;
        size_t count, capacity;
    } origins; /* of what is written */
    struct map ids;
    size_t next_link; /* the first of input->links that is not behind us */
    bool notes;       /* tell what is left out (in the first round only) */
};

/* write.c: writes all below `root`. */
void sanitise_write(struct writer *writer, const GumboNode *root);

/* attributes.c: writes the attributes of a start tag; `element` may stand for an <iframe>. */
void sanitise_write_attributes(struct writer *writer, const struct list_element *element,
                               const GumboElement *node);
/* An <img>, whole, with its hole. */
void sanitise_write_picture(struct writer *writer, const struct list_element *element,
                            const GumboElement *node);
/* Whether an <iframe>'s source is on the list of hosts, an <input> a disabled checkbox. */
bool sanitise_embed_stays(const struct writer *writer, const GumboElement *node);
bool sanitise_input_stays(const GumboElement *node);

/* sanitise.c: the source offset of an offset in the input. */
size_t sanitise_source(const struct sanitise_input *input, size_t html);
void sanitise_note(struct writer *writer, enum markup_rule rule, size_t start, size_t end,
                   const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Where an element's tag stands in the input; STR_NONE if the parser made it up. */
size_t sanitise_offset(const struct writer *writer, const GumboElement *node);
/* Its name, in lower case. */
struct str sanitise_name(struct writer *writer, const GumboElement *node);

#endif
