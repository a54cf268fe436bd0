/* The files of an index: how lists and cards are laid out for the reader.
 *
 * **Words file** (w….bin): ten hexadecimal digits, the digest of the file of its marks (zeros: it
 * has none), then entries in order of their keys' bytes. A key is a form, a stem or both, a filter
 * ("tag:ethics"), or a form of four letters and more turned round ("~reerac"), which leads to
 * nothing. An entry:
 *
 *     byte     how many bytes of the key before it in this file it begins with
 *     byte     how many more it has, then these
 *     byte     bits 0-1: its list as a stem: 0 none, 1 here, 2 in a file of its own
 *              bits 2-6: how many other stems it leads to as a form; bit 7: it stands in a text
 *     each other stem: a byte (how many of the key's bytes it begins with), a byte (how many more),
 *              then these
 *     list 1:  varint length, the list (search_postings.h)
 *     list 2:  varint documents, ten digits (of p….bin), ten digits (of m….bin; zeros: none)
 *
 * **Marks file** (m….bin): the marks of one list; that of a words file: for each list in it, in
 * order, varint length and marks.
 *
 * **Cards file** (c….json): {"<number>": [address, title, summary, date and note], …}
 *
 * **Filters file** (f….json): {"tag": [[slug, label, documents], …], …}
 *
 * **Manifest** (index.json):
 *
 *     version    1; a reader that knows another one does nothing
 *     documents  how many there are
 *     letters    lang/fold.h's tables: dense, gaps and dropped as insides of character classes,
 *                spelt as a map
 *     keys       for each words file the text from which on keys are in it, separated by spaces;
 *                words holds 7 hexadecimal digits for each
 *     depths     a letter a cards file, in order of number: `a` holds all numbers, `b` half of
 *                them, `c` a quarter …; cards holds 7 hexadecimal digits for each. The file's name
 *                is c, its first number in hexadecimal, -, these.
 *     filters    10 hexadecimal digits */
#ifndef COPSE_PAGES_SEARCH_SHARDS_H
#define COPSE_PAGES_SEARCH_SHARDS_H

#include "pages/search.h"
#include "pages/search_kept.h"

enum {
    SEARCH_LIST_MOST = 600,    /* bytes of a list within a words file */
    SEARCH_WORDS_MOST = 12288, /* bytes of a words file that can be cut */
    SEARCH_CARDS_MOST = 3072   /* likewise of a cards file */
};

/* What an index is laid out from. */
struct search_making {
    const struct site *site;
    const struct edition *edition;
    const struct search_document *documents; /* by number */
    size_t count;
    const struct search_lists *lists;
    struct pool *pool;
    struct arena *arena; /* where all files will lie */
    struct arena *keep;  /* where what is kept of them will, one a worker; NULL: nothing is */
};

/* Lays out an index; `kept` is NULL where nothing is kept. */
void search_shards_make(const struct search_making *making, struct search *out,
                        struct search_kept_files *kept);

#endif
