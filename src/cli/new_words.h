/* What `copse new` says when a file is made: what to do next, step by step, down to the commands to
 * type. */
#ifndef COPSE_CLI_NEW_WORDS_H
#define COPSE_CLI_NEW_WORDS_H

#include "base/buf.h"
#include "site/schema.h"

struct new_words {
    enum kind kind;
    const char *path;      /* of the file, as it can be typed here */
    struct str slug;       /* a comment's: its article's */
    struct str repository; /* site.yml's: where pull requests are opened; may be empty */
    bool in_git;
    bool is_shared; /* the repository has a remote to push to */
};

/* Adds the steps, a number each. */
void new_words_add(struct buf *out, const struct new_words *words);

#endif
