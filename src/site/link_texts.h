/* What the links of a text are heard as, for the rule link-text (build/checks.h). */
#ifndef COPSE_SITE_LINK_TEXTS_H
#define COPSE_SITE_LINK_TEXTS_H

#include "base/arena.h"
#include "base/str.h"
#include "lang/markup.h"

/* The text of link `number` of a markup with its html, as it is heard: that of a picture in it is
 * its alt text. In `scratch`. */
struct str link_text(const struct markup *markup, size_t number, struct arena *scratch);

/* Whether a text says nothing of where its link leads ("here", "read more"), in a language ("en",
 * "fr-CA"; empty: in any). */
bool link_text_is_vague(struct str text, struct str lang, struct arena *scratch);

/* Whether any link has no text, or one that is vague in some language. Kept with the record, so
 * that only such bodies have to be looked at. */
bool link_texts_doubtful(const struct markup *markup, struct arena *scratch);

#endif
