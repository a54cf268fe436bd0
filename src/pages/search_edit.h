/* The search indexes after an edit, made from those before it: only what differs.
 *
 * search_make() goes over all documents, at least to see that they are as they were, and makes all
 * lists and files. Where a few texts changed and nothing else, search_edit() gives the same bytes
 * for what the edit costs: it cuts the changed texts into words, sees in which words (and their
 * neighbours' marks) they differ from their old cards, and makes the files of these anew.
 *
 * What it stands on:
 *
 *   search_kept    what search_make() or an earlier search_edit() left. Besides the cards it has an
 *                  outline of the files: where the words files begin, their digests, the sizes by
 *                  which they are cut, how many documents have each form. It lies in
 *                  keeping->arenas[0] and must be found at the same addresses.
 *   the files      of the last index itself, as they were published. An index is its own store: the
 *                  lists of some words are read from the files that hold them, changed, and laid
 *                  out again. So none of it is kept twice. What is read is checked against the
 *                  digest that was kept; what was tampered with or is gone is as if not kept.
 *   the changed    entries with their bodies. No other entry of the site is looked at, but for what
 *                  the changed ones name (tags, people, words of the edition).
 *
 * It does not do everything: where documents were added or taken out or have another address, where
 * what they can be filtered by changed (tags, place, kind, year), where two files' names agree by
 * chance, or too many vocabularies have piled up, it returns false and search_make() is to be
 * called. */
#ifndef COPSE_PAGES_SEARCH_EDIT_H
#define COPSE_PAGES_SEARCH_EDIT_H

#include "pages/search.h"

/* Reads a file of the last index, "/search/w12f0a3b.bin", whole into `arena`; false: it cannot be
 * had. An index.json is never asked for. */
struct search_reader {
    bool (*read)(void *context, struct str url, struct arena *arena, struct str *bytes);
    void *context;
};

/* What becomes of an edition's files. */
struct search_edited {
    const struct search_file *files; /* new, or the manifest with other bytes; it is the first */
    size_t count;                    /* 0: the index is as it was */
    const struct str *gone;          /* URLs of files that belong to the index no more */
    size_t gone_count;
};

struct search_change {
    const struct search_edited *editions; /* in the order of site->editions */
    const struct search_kept *kept;       /* to be known next time, in keeping->arenas[0] */
};

/* What the indexes come to after an edit. `known` is keeping->known, what was kept of the site
 * before it; `changed` are the entries of which anything changed that their words or cards are made
 * of: the file itself, but also the name of an author, a tag, a team. An entry that changed in
 * nothing does no harm. All others, their number and addresses, `site`'s settings and words must be
 * as they were: that is for the caller to see to.
 *
 * What it returns lives in `arena`, out->kept in keeping->arenas[0], whose older contents stay in
 * use and are changed: out->kept takes the place of keeping->known, which ends with that. False: it
 * could not be done so, and *out is empty; what was known is as it was. */
bool search_edit(const struct site *site, const struct entry *const *changed, size_t count,
                 const struct search_reader *reader, const struct search_keeping *keeping,
                 struct arena *arena, struct search_change *out);

#endif
