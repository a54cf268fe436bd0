/* Markdown to HTML: CommonMark by cmark, GitHub's extensions on cmark's tree.
 *
 * Without options the output is byte for byte that of `cmark --unsafe`. With `gfm` come tables,
 * strikethrough, task lists, autolinks, footnotes and the tag filter, as GitHub prints them. With a
 * `policy` nothing unsafe comes out, whatever goes in: URLs are of allowed schemes, raw HTML passes
 * the sanitiser (sanitise.h), and Markdown makes no table, picture or caption that it would not
 * let through.
 *
 * Everything is linear in the length of the input (raw HTML aside, which is capped), no function
 * recurses by the input's nesting, and any bytes are accepted: what is no UTF-8 and NUL bytes
 * become U+FFFD.
 *
 * cmark.h is included only below this folder; its trees are freed before md_render() returns. */
#ifndef COPSE_LANG_MARKDOWN_H
#define COPSE_LANG_MARKDOWN_H

#include "lang/markup.h"
#include "lang/sanitise.h"

/* Larger bodies are refused: of content, and where nothing is done but what cmark does. */
#define MD_MAX_BYTES ((size_t)8 * 1024 * 1024)
#define MD_MAX_PURE_BYTES ((size_t)64 * 1024 * 1024)

/* Quotation marks, dashes and dots as a printer would set them. */
enum md_smart {
    MD_SMART_OFF,
    MD_SMART_ENGLISH, /* “ ” ‘ ’ – — … */
    MD_SMART_FRENCH   /* « », no-break spaces inside them and before : ; ! ? */
};

/* The words that the renderer itself prints; empty ones are English. */
struct md_words {
    struct str footnotes;         /* the heading of the notes, read aloud only: "Footnotes" */
    struct str back_to_reference; /* "Back to reference", a number follows */
    struct str task_done;         /* read aloud for the box of a task that is done: "Done" */
    struct str task_open;         /* and for one that is not; without them boxes have no name, as
                                     GitHub prints them */
};

struct md_options {
    bool gfm;
    bool heading_ids; /* as the forges make them; unique within the body */
    bool captions;    /* a picture alone in its paragraph with a title becomes a <figure> */
    bool kramdown;    /* leave out `{: .class }` with a note, where it follows what it would mark */
    enum md_smart smart;
    struct md_words words;
    struct str id_prefix; /* put before every id and every #fragment of the body's own */
    const struct sanitise_policy *policy; /* NULL: raw HTML and all URLs pass */
};

/* Pure CommonMark, and what content is rendered with (all on but `smart`; the policy is to be
 * chosen: sanitise_article, sanitise_person). */
extern const struct md_options md_pure;
extern const struct md_options md_content;

/* The bytes that a body may have with these options. */
size_t md_most_bytes(const struct md_options *options);

/* Renders bytes [start, end) of `text`. All of *out lives in `arena`. A body over
 * md_most_bytes(), or one that cmark would need more than linear time for, gives empty html and a
 * note (markup_report() makes an error of it). */
void md_render(const struct md_options *options, const struct text *text, size_t start, size_t end,
               struct arena *arena, struct markup *out);

/* For a text without a file (a template's `markdownify`). */
void md_render_str(const struct md_options *options, struct str markdown, struct arena *arena,
                   struct markup *out);

/* Adds `text` with what Markdown would take for markup escaped, so that it renders as it is. */
void md_escape(struct buf *out, struct str text);

#endif
