/* What the parts of search_edit() share. */
#ifndef COPSE_PAGES_SEARCH_EDIT_INTERNAL_H
#define COPSE_PAGES_SEARCH_EDIT_INTERNAL_H

#include "pages/search_edit.h"
#include "pages/search_internal.h"
#include "pages/search_list.h"

/* What becomes of a document in a list. */
struct search_list_change {
    struct str stem;
    struct search_place place; /* as it is now */
    bool stays;                /* false: it is taken out, and only the place's number counts */
};

/* How many documents more, or fewer, have a form for a stem. */
struct search_lead_change {
    struct str form;
    struct str stem;
    int32_t more;
};

struct search_changes {
    struct search_list_changes {
        struct search_list_change *items;
        size_t count, capacity;
    } lists;
    struct search_lead_changes {
        struct search_lead_change *items;
        size_t count, capacity;
    } leads;
};

/* Adds in what two cards of a document differ, each in its vocabulary. Texts and marks are theirs.
 */
void search_diff(const struct search_card *old, const struct search_vocabulary *old_words,
                 const struct search_card *now, const struct search_vocabulary *now_words,
                 uint32_t number, struct arena *arena, struct search_changes *changes);

/* Sorts them: lists by stem, then number; leads by form, then stem. */
void search_changes_sort(struct search_changes *changes);

/* A file's name and what is known of it. */
struct search_name {
    char kind; /* w, m, p; c: a cards file */
    uint64_t digest;
    struct str url;   /* of a cards file; of others NULL until it is wanted */
    struct str bytes; /* nothing: it was there before */
    bool was, is;     /* a part of the index before, and now */
};

struct search_names {
    struct search_name *items;
    size_t count, capacity;
};

/* The edit of one edition. */
struct search_editing {
    const struct site *site;
    const struct edition *edition;
    const struct search_kept_edition *known;
    const struct search_reader *reader;
    struct arena *arena;  /* for what is published */
    struct arena *keep;   /* for what is kept */
    struct arena scratch; /* of this edit */
    struct search_names names;
    struct search_kept_files files; /* as they are now; in `scratch`, but for the ranges */
    const struct search_vocabulary *vocabulary; /* which the new cards are in */
};

/* Reads a file of the old index into editing->scratch. False: it is not what it was. */
bool search_edit_read(struct search_editing *editing, struct str url, uint64_t digest,
                      struct str *bytes);

/* Makes editing->files.ranges of the known ones and notes the names of files that come and go. */
bool search_edit_words(struct search_editing *editing, const struct search_changes *changes);

/* A document's card as it is shown now. */
struct search_drawn {
    uint32_t place;
    struct str json;
};

/* Likewise the cards files. `drawn` are in order of place. */
bool search_edit_cards(struct search_editing *editing, const struct search_drawn *drawn,
                       size_t count);

/* Sorts out which of the names are new and which are gone; **manifest, the first of the files, is
 * left to be filled in if there are any. False: two agree by chance. */
bool search_edit_names(struct search_editing *editing, struct search_edited *out,
                       struct search_file **manifest);

#endif
