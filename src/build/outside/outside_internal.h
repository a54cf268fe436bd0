/* The parts of the check of outside links; outside.h says what they make together. */
#ifndef COPSE_BUILD_OUTSIDE_OUTSIDE_INTERNAL_H
#define COPSE_BUILD_OUTSIDE_OUTSIDE_INTERNAL_H

#include "base/map.h"
#include "build/outside.h"

/* One place that links out. */
struct outside_link {
    struct str url; /* as it is asked for: without fragment, percent-encoded */
    struct span span;
};

struct outside_links {
    struct outside_link *items;
    size_t count, capacity;
};

/* All of them, in `arena`. Files that cannot be read or parsed were reported before. */
void outside_gather(const struct plan *plan, struct source *source, struct arena *arena,
                    struct outside_links *out);

/* What is known of an address. */
enum answer_kind {
    ANSWER_NONE,    /* not asked yet */
    ANSWER_FOUND,   /* it is there */
    ANSWER_MOVED,   /* it is there, by redirects that say they are for good */
    ANSWER_GONE,    /* the server says that it is not */
    ANSWER_SILENT,  /* no server, no answer, or none that can be understood */
    ANSWER_PRIVATE, /* refused: it is in a private network */
    ANSWER_CLOSED   /* the server does not tell programs */
};

struct answer {
    struct str url;
    struct str host; /* a slice of url, with its port */
    enum answer_kind kind;
    long status;         /* HTTP's; 0 if there was none */
    struct str moved_to; /* ANSWER_MOVED */
    struct str why;      /* ANSWER_SILENT: a sentence part; "" otherwise */
    bool no_such_host;   /* ANSWER_SILENT: its name is not known */
};

/* Asks for each answer whose kind is ANSWER_NONE: HEAD, then GET where HEAD is not liked. At most
 * 16 questions at a time, one at a host, with a pause between them. Texts live in `arena`. Returns
 * 0, or -1 with a failure. */
int outside_ask(const struct outside_options *options, struct answer *answers, size_t count,
                struct arena *arena, struct diags *diags);

/* Whether anybody on the internet could have this address; 4 or 16 bytes in network order. */
bool outside_is_public(const unsigned char *bytes, size_t len);

/* Fills in the good answers that are young enough. */
void outside_recall(const struct outside_options *options, const struct fs *fs,
                    struct answer *answers, size_t count, struct arena *arena);

/* Keeps the good answers, older ones of other addresses too while they are young enough. Returns 0
 * or an errno number. */
int outside_remember(const struct outside_options *options, const struct fs *fs,
                     const struct answer *answers, size_t count, struct arena *arena);

#endif
