/* What the writers of iCalendar share. Not for others. */
#ifndef COPSE_PAGES_ICS_INTERNAL_H
#define COPSE_PAGES_ICS_INTERNAL_H

#include "pages/ics.h"

/* Adds a content line: "NAME:value" with CRLF, folded at 75 octets between characters. Control
 * characters are left out of it and bad UTF-8 becomes U+FFFD, so that nothing can end it early. */
void ics_line(struct buf *out, struct str line);

/* Adds "NAME:text", the text escaped; nothing for an empty text. */
void ics_text(struct buf *out, const char *name, struct str text);

/* Adds a text to a line that is being made, with \ ; , and line ends escaped. */
void ics_escape(struct buf *line, struct str text);

/* Adds the VTIMEZONE of a zone, right for every moment in [from, to]. */
void ics_zone(struct buf *out, const struct zone *zone, int64_t from, int64_t to,
              struct arena *scratch);

#endif
