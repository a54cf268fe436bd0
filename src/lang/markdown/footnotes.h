/* Footnotes, as GitHub has them: `[^label]` in the text, `[^label]: …` anywhere as a block.
 *
 * Before cmark reads the text, the label of each explanation becomes the list marker `01)`, which
 * has the same rules for what belongs to it (an indent of four). The items are taken out of where
 * they stand and printed at the end. What looked like a label but gave no item (in a code block,
 * say) stays text. */
#ifndef COPSE_LANG_MARKDOWN_FOOTNOTES_H
#define COPSE_LANG_MARKDOWN_FOOTNOTES_H

#include "lang/markdown/markdown_internal.h"

/* Longer labels are no labels. */
#define MD_MAX_LABEL 200

struct md_footnote {
    struct str label;
    size_t at;        /* offset of `[^` in the text that was looked at */
    size_t after;     /* offset behind the colon and blanks */
    size_t source;    /* the same as `at`, in the source */
    bool rejected;    /* no item came of it */
    cmark_node *body; /* the item */
    size_t number;    /* from 1, in the order of mention; 0: never mentioned */
    struct str id;    /* of its list item in html */
    struct {
        struct str *items; /* ids of the references to it */
        size_t count, capacity;
    } references;
};

struct md_footnotes {
    struct md_footnote *items; /* in source order */
    size_t count, capacity;
    struct map labels; /* lower-cased label -> struct md_footnote */
    struct {
        struct md_footnote **items; /* by number */
        size_t count, capacity;
    } order;
};

/* footnotes_parse.c: parses a text that may hold footnotes or escapes; sets job->prepared and
 * job->root. Returns what was found; md_keep_footnotes() makes it count once the tree is final. */
struct md_footnotes *md_parse_footnotes(struct md_job *job, int parse_options);
/* Finds the items in job->root; rejects the footnotes without one and returns how many. */
size_t md_find_footnote_bodies(struct md_job *job, struct md_footnotes *footnotes);
void md_keep_footnotes(struct md_job *job, struct md_footnotes *footnotes);

/* The footnote of that label, or NULL. job->footnotes must be set. */
struct md_footnote *md_footnote_named(const struct md_job *job, struct str label);

/* footnotes_print.c: numbers the footnotes in the order of their first mention, once all references
 * are marked. */
void md_number_footnotes(struct md_job *job);
void md_print_footnote_mark(struct md_job *job, cmark_node *node, const struct md_mark *mark);
void md_print_footnotes(struct md_job *job);

#endif
