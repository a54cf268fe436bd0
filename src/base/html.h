/* Writing text into HTML, XML and URLs. */
#ifndef COPSE_BASE_HTML_H
#define COPSE_BASE_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* & < > " ' as character references: right for text and for quoted attributes, HTML and XML. */
void html_escape(struct buf *out, struct str text);

/* The same for XML 1.0: control characters that it does not allow are left out, bytes that are no
 * UTF-8 become U+FFFD. */
void xml_escape(struct buf *out, struct str text);

/* The text of HTML without its tags and comments, character references resolved (the five above,
 * numeric ones, nbsp), runs of white space one space, trimmed. For descriptions. */
void html_to_text(struct buf *out, struct str html);

/* A path as part of a URL: what RFC 3986 does not allow in a path is percent-encoded; an existing
 * valid %XX stays. */
void url_escape_path(struct buf *out, struct str path);
/* The same as a text in `arena`, or the path itself where all of it may stand as it is. */
struct str url_escaped(struct arena *arena, struct str path);

/* Everything but unreserved characters percent-encoded. */
void url_escape_component(struct buf *out, struct str text);

/* %XX resolved, valid ones only; what comes out may be any byte. */
void url_unescape(struct buf *out, struct str text);

/* Whether a URL has the form and scheme that untrusted content may use: http, https, mailto, tel,
 * or relative (no scheme). Control characters and blanks inside a scheme are judged as a browser
 * would read them. The rule for text values printed into URL attributes, and for Markdown. */
bool url_is_safe(struct str url);

/* Whether it names another site or scheme: has a scheme, or begins with "//" or "\\". */
bool url_is_external(struct str url);

/* The URL as a browser reads it: without blanks and controls around it, without tabs and line ends
 * within. Part of `url`, or in `arena`. */
struct str url_as_read(struct arena *arena, struct str url);

/* A text as a JSON string with its quotes. `<`, `>`, `&`, U+2028 and U+2029 are written as \u
 * escapes, so that it may stand in a <script>; bytes that are no UTF-8 become U+FFFD. */
void json_escape(struct buf *out, struct str text);

#endif
