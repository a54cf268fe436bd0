/* Where in an HTML document a template stands at each point: the states of a tokenizer, followed
 * over the literal text when the template compiles. */
#ifndef COPSE_LANG_LIQUID_SURROUNDINGS_H
#define COPSE_LANG_LIQUID_SURROUNDINGS_H

#include "base/str.h"
#include "lang/liquid/liquid.h"

enum html_state {
    HTML_TEXT,
    HTML_TAG_OPEN, /* behind < or </ */
    HTML_TAG_NAME,
    HTML_IN_TAG,     /* between attributes */
    HTML_NAME,       /* in an attribute's name */
    HTML_AFTER_NAME, /* behind it */
    HTML_EQUALS,     /* behind =, before the value */
    HTML_DOUBLE,     /* in "…" */
    HTML_SINGLE,     /* in '…' */
    HTML_UNQUOTED,
    HTML_COMMENT,
    HTML_DECLARATION, /* <!doctype …> and <? … > */
    HTML_SCRIPT,      /* inside <script> and <style> */
    HTML_STYLE
};

enum html_attribute {
    HTML_PLAIN_ATTRIBUTE,
    HTML_URL_ATTRIBUTE,
    HTML_SRCSET_ATTRIBUTE,
    HTML_ID_ATTRIBUTE,
    HTML_STYLE_ATTRIBUTE,
    HTML_EVENT_ATTRIBUTE, /* on… */
    HTML_SRCDOC_ATTRIBUTE
};

struct surroundings {
    uint8_t state;
    uint8_t attribute;
    uint8_t element;         /* HTML_SCRIPT or HTML_STYLE if the open tag begins one, else 0 */
    uint8_t settled;         /* of a URL: literal text has decided its scheme */
    uint8_t dynamic;         /* of a URL: a value was printed while its scheme was open */
    uint8_t shares;          /* of a tag: it is a <meta> whose content is an address, "og:image" */
    uint8_t quote;           /* the closing quote comes next; never set between texts */
    struct str element_name; /* slices of this template, for messages; not compared */
    struct str attribute_name;
    const char *value_start; /* where the value began, in this template; or NULL */
};

/* Drops what the state makes meaningless (the kind of an attribute that has ended), so that two
 * places can be compared. */
void surroundings_forget(struct surroundings *here);

/* In a word, for the cache of partials; and back. */
uint32_t surroundings_pack(const struct surroundings *here);
struct surroundings surroundings_unpack(uint32_t packed);

/* What happens on the way through a text. */
enum html_event { HTML_NOTHING, HTML_VALUE_BEGINS, HTML_VALUE_ENDS };

/* Goes on through text from *at, until the end or until a URL or id attribute's value begins or
 * ends; *at is then where. */
enum html_event surroundings_step(struct surroundings *here, struct str text, size_t *at);

/* Whether an attribute's values are reported, and as what. */
bool surroundings_link(const struct surroundings *here, enum liquid_link_kind *kind);

/* In words, for messages: "inside a tag". */
const char *surroundings_name(const struct surroundings *here);

#endif
