/* The passes over cmark's tree that make GitHub's extensions of it, one file each. Each looks at
 * the text first and does nothing where it cannot matter. */
#ifndef COPSE_LANG_MARKDOWN_EXTENSIONS_H
#define COPSE_LANG_MARKDOWN_EXTENSIONS_H

#include "lang/markdown/markdown_internal.h"

/* escapes.c: cmark joins text nodes, so that `\~~` could not be told from `~~` in its tree. A
 * character of Unicode punctuation that the text does not hold (job->marker) is put behind what is
 * escaped, and behind the `]` of what looks like a footnote, before cmark reads the text, and taken
 * out of the tree when the passes are done. It is punctuation like what it stands behind, so that
 * emphasis around it stays what it is. */
bool md_escape_at(struct str text, size_t at);
struct str md_choose_marker(struct str text);
void md_take_markers_out(struct md_job *job);

/* tasks.c */
void md_find_tasks(struct md_job *job);

/* texts.c: autolinks and references to footnotes, in text that is not in a link or picture. */
void md_split_texts(struct md_job *job);
/* autolinks.c: the first autolink in text[from, …): its range, and what its URL has in front of the
 * text. `at_start_ok` says whether www. may begin at offset 0. Returns false if there is none. */
struct md_autolink {
    size_t start, end;
    struct str prefix;
};
bool md_autolink_at(struct str text, size_t from, size_t at, bool start_ok,
                    struct md_autolink *out);

/* strikethrough.c */
void md_strike(struct md_job *job);

/* kramdown.c */
void md_drop_attribute_lists(struct md_job *job);

/* unread.c: links and pictures with a space in their address are told; the tree stays. */
void md_note_unread(struct md_job *job);

/* smart.c */
void md_set_french(struct md_job *job);

#endif
