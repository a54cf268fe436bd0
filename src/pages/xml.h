/* Writing XML 1.0: elements and their text, everything through xml_escape(). */
#ifndef COPSE_PAGES_XML_H
#define COPSE_PAGES_XML_H

#include "base/buf.h"
#include "base/str.h"

/* The first line of a file in UTF-8. */
#define XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* <name>text</name> and a line end. */
void xml_add_text(struct buf *out, const char *name, struct str text);
/* The same, but nothing at all for an empty text. */
void xml_add_given(struct buf *out, const char *name, struct str text);
/* ` name="value"`. */
void xml_add_attribute(struct buf *out, const char *name, struct str value);

#endif
