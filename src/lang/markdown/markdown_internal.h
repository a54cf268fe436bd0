/* One rendering, as the parts of markdown/ share it. */
#ifndef COPSE_LANG_MARKDOWN_MARKDOWN_INTERNAL_H
#define COPSE_LANG_MARKDOWN_MARKDOWN_INTERNAL_H

#include "base/map.h"
#include "lang/markdown.h"
#include "lang/markdown/features.h"
#include "lang/markdown/memory.h"
#include "lang/markdown/prepare.h"

#include <cmark.h>

enum md_raw {
    MD_RAW_PASS,   /* as it stands (no policy, or for the sanitiser to judge) */
    MD_RAW_FILTER, /* GitHub's tag filter on it */
    MD_RAW_ESCAPE  /* shown as text: the sanitiser gave up on it */
};

struct md_origins {
    struct sanitise_origin *items;
    size_t count, capacity;
};

/* What a node means beyond cmark's types; hangs on the node as its user data. */
enum md_mark_kind {
    MD_MARK_AUTOLINK,      /* a LINK that we made: `source` is where its text stands */
    MD_MARK_DELETED,       /* a CUSTOM_INLINE: <del> */
    MD_MARK_FOOTNOTE,      /* a CUSTOM_INLINE: a reference to `footnote` */
    MD_MARK_FOOTNOTE_BODY, /* an ITEM: what `footnote` says; printed at the end */
    MD_MARK_TABLE,         /* an HTML_BLOCK that stands for `table` */
    MD_MARK_CELL,          /* a HEADING in front of the text: what is in a cell of a table */
    MD_MARK_COLUMNS,       /* an ITEM: how far its text is indented */
    MD_MARK_TASK,          /* an ITEM whose box is open */
    MD_MARK_TASK_DONE      /* … or ticked */
};

struct md_mark {
    enum md_mark_kind kind;
    size_t source;
    size_t columns;
    struct md_footnote *footnote;
    struct str id; /* of a reference to a footnote */
    struct md_table *table;
};

struct md_job {
    const struct md_options *options;
    struct arena *arena;
    struct markup_draft *out;
    struct md_memory memory; /* where `root` lies */
    struct md_features features;
    struct md_prepared prepared; /* the text that cmark read */
    cmark_node *root;
    enum md_raw raw;
    struct str marker; /* see escapes.h; empty: none is in the text */

    struct buf html;
    struct md_origins origins; /* only kept if the sanitiser may need them */
    bool keeps_origins;
    bool raw_html; /* raw HTML is in `html` */

    bool autolinks;        /* to be made when a text is printed: no other pass needs to see them */
    size_t link_depth;     /* of links around what is being printed */
    const cmark_node *top; /* the root of the subtree that is being printed */
    bool lead_found;       /* lead_end is final */
    bool more_pending;     /* <!--more--> was met inside a block */

    struct map ids; /* id -> how often asked for, as size_t in a pointer */
    struct buf scratch;

    struct md_footnotes *footnotes; /* NULL: none */
    struct md_tables *tables;       /* NULL: none */
};

/* render.c: prints `root` and what is below it (its own tags not, unless it is the document). */
void md_print(struct md_job *job, cmark_node *root);
/* Begins a new line of html, unless at the start of one. */
void md_print_fresh_line(struct md_job *job);

/* inlines.c: an inline node being entered or left. Returns whether its children are to be skipped.
 */
bool md_print_inline(struct md_job *job, cmark_node *node, cmark_node_type type, bool entering);
/* The plain text of what is below `node`, as an alt text and a heading's id need it. */
void md_plain_text(cmark_node *node, struct buf *out, bool with_alt);

/* texts.c: a text, with autolinks if job->autolinks. */
void md_print_text(struct md_job *job, cmark_node *node);

/* links.c: an <a> begins, ends; an <img>. */
void md_print_link(struct md_job *job, cmark_node *node, bool entering);
/* A whole <a>, around `text`, to that with `prefix` in front. `source` is where it stands. */
void md_print_autolink(struct md_job *job, struct str prefix, struct str text, size_t source);
void md_print_picture(struct md_job *job, cmark_node *node);
/* Whether the policy lets a picture with that URL stand. */
bool md_picture_stays(const struct md_job *job, struct str url);

/* raw.c: HTML from the source. */
void md_print_html_block(struct md_job *job, cmark_node *node);
void md_print_html_inline(struct md_job *job, cmark_node *node);

/* headings.c */
void md_heading_begin(struct md_job *job, cmark_node *node);
void md_heading_end(struct md_job *job, cmark_node *node);
/* Makes `wanted` an id of this body: prefixed, and unique by a number behind it. */
struct str md_new_id(struct md_job *job, struct str wanted);

/* notes.c: where a node stands in the source, and what is to be said about it. */
struct md_place {
    size_t start, end;
};
/* The place of an inline or block node; `needle`, where it is not empty, is looked for nearby. */
struct md_place md_place_of(struct md_job *job, cmark_node *node, struct str needle);
void md_note(struct md_job *job, enum markup_rule rule, struct md_place place, struct str hint,
             const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Notes that html from here on comes from `source`: MD_COPIED is the author's own HTML, byte by
 * byte; MD_RAW too, but changed on the way. */
enum md_origin_kind { MD_MADE, MD_RAW, MD_COPIED };
void md_origin(struct md_job *job, size_t source, enum md_origin_kind kind);

static inline struct md_mark *md_mark_of(cmark_node *node)
{
    return cmark_node_get_user_data(node);
}

#endif
