/* Markup: HTML that copse made or has let through, together with what others need of it.
 *
 * Markdown (markdown.h) gives this. It is a pure function of bytes and options and knows nothing of
 * the site, so it can be kept by blob id: it is one block of memory in the arena that its maker was
 * given, of offsets into itself, with no slack. markup_keep() copies it without the html, which
 * most of a site needs no more once it is there.
 *
 * The html is complete and safe to print as it stands, but URLs in it are as the author wrote them.
 * Each one is a *hole*: the byte range of html that a page may fill otherwise, so that
 * `../members/jo.md` becomes that member's URL, a site's path prefix is put in front, a feed gets
 * absolute URLs, or a picture gets its width and height, without rendering again. Holes are sorted
 * and never overlap.
 *
 * Offsets into the source count bytes of the whole text (front matter included); offsets into html
 * count bytes of `html`. */
#ifndef COPSE_LANG_MARKUP_H
#define COPSE_LANG_MARKUP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum markup_link_kind {
    MARKUP_LINK,    /* <a href>; the hole is the attribute's value, without the quotes */
    MARKUP_PICTURE, /* <img>; the hole is the whole element */
    MARKUP_RESOURCE /* src, poster, cite … of any other element; the hole is the value */
};

struct markup_link {
    enum markup_link_kind kind;
    bool in_raw_html;      /* from HTML in the source, not from Markdown */
    struct str target;     /* the URL as written, escapes and character references resolved */
    struct str alt;        /* pictures: plain text */
    struct str title;      /* pictures: plain text */
    struct str attributes; /* pictures: further attributes as HTML, each with a space in front */
    size_t source_start;   /* where it stands in the source; for raw HTML at least its line */
    size_t source_end;
    size_t html_start; /* the hole */
    size_t html_end;
};

struct markup_heading {
    int level;         /* 1-6 */
    struct str id;     /* empty if it has none */
    struct str text;   /* plain text */
    size_t html_start; /* of its element */
    size_t html_end;   /* behind its element */
};

/* The rules that bodies can break. */
enum markup_rule {
    MARKUP_UNSAFE_URL,       /* unsafe-url: a scheme that is not allowed; the link was dropped */
    MARKUP_DROPPED_HTML,     /* dropped-html: an element or attribute off the list */
    MARKUP_EXTERNAL_PICTURE, /* external-picture: a picture on another host */
    MARKUP_ATTRIBUTE_LIST,   /* attribute-list: kramdown's {: .class }, left out */
    MARKUP_UNKNOWN_FOOTNOTE, /* unknown-footnote: [^x] that is nowhere explained, or the reverse */
    MARKUP_UNREAD_LINK,      /* unread-link: [x](a b.pdf), which Markdown takes for text */
    MARKUP_TOO_LARGE         /* too-large: over a cap; an error, the html is empty */
};

/* Something the author should hear of; markup_report() makes diagnostics of these. */
struct markup_note {
    enum markup_rule rule;
    struct str message;
    struct str hint; /* or empty */
    size_t source_start;
    size_t source_end;
};

struct markup {
    struct str html;
    const char *block; /* links and all that follows them, see the functions below */
    uint32_t link_count, picture_count, heading_count, id_count, note_count;
    uint32_t kept_size; /* of the block but for the notes, which come last */
    uint32_t words;     /* set by markup_keep(); 0 before */
    uint32_t lead_end;  /* html[0, lead_end) is the part before <!--more-->, or all up to the end of
                           the first paragraph; whole elements; for a teaser */
    bool has_more;      /* <!--more--> was there */
    bool had_raw_html;  /* the source held raw HTML */
    struct str
        excerpt; /* plain text: of the part before <!--more-->, else of the first paragraph */
};

/* The parts, numbered from 0: links by html_start, headings and ids in document order, each id
 * once. Their texts live as long as the markup. */
struct markup_link markup_link_at(const struct markup *markup, size_t number);
struct markup_heading markup_heading_at(const struct markup *markup, size_t number);
struct str markup_id_at(const struct markup *markup, size_t number);
struct markup_note markup_note_at(const struct markup *markup, size_t number);

/* Writes what belongs into the hole of `link`: for MARKUP_LINK and MARKUP_RESOURCE an attribute's
 * value, escaped (markup_put_url()), for MARKUP_PICTURE a whole element (markup_put_picture()).
 * Returns false, nothing written, to keep what is there. */
typedef bool markup_resolve(void *context, const struct markup_link *link, struct buf *out);

/* Adds html[from, to) to `out`, each hole in it given to `resolve` (NULL: all stay as they are). */
void markup_emit(const struct markup *markup, size_t from, size_t to, markup_resolve *resolve,
                 void *context, struct buf *out);

/* A URL as an attribute's value: percent-encoded where it must be, & and ' as references. */
void markup_put_url(struct buf *out, struct str url);

/* `<img src="…" alt="…" title="…" …>` for a picture, at another URL and with `extra` attributes
 * (HTML, each with a space in front; may be empty). */
void markup_put_picture(struct buf *out, const struct markup_link *picture, struct str url,
                        struct str extra);

/* The plain text of html[from, to): character references resolved, runs of white space one space,
 * one line a block; footnote marks left out. For search, and for descriptions. */
void markup_text(const struct markup *markup, size_t from, size_t to, struct buf *out);

/* The plain text of any HTML that copse wrote (text escaped, attributes in double quotes). */
void markup_text_of(struct str html, struct buf *out);

/* How many words a plain text has: runs of non-blanks that hold a letter or digit; of scripts
 * written without spaces (Han, Kana, Thai …) each character. */
size_t markup_words(struct str text);

/* The words of the whole html, without making its text. Counted each time. */
size_t markup_word_count(const struct markup *markup);

/* A copy in `arena` that takes no more room than it must, and shares nothing with `markup`: all but
 * the html and the notes, and the number of words. */
void markup_keep(const struct markup *markup, struct arena *arena, struct markup *out);

/* The code of a rule, "unsafe-url"; static. */
const char *markup_rule_code(enum markup_rule rule);

/* Adds a diagnostic for each note: MARKUP_TOO_LARGE is an error, the others are warnings. Returns
 * 0, or -1 if one was an error. `text` is what they point into; `bytes` are all of the source, of
 * which `text` may hold less. */
int markup_report(const struct markup *markup, const struct text *text, struct str bytes,
                  struct diags *diags);

#endif
