/* Which articles are akin: those that share tags, and words that few others have.
 *
 * A tag, or a word, that few articles have counts for more. Of each tag's articles those that are
 * nearest in time are looked at, and a word is only rare if at most KIN_WORD_MOST articles have it
 * and at most a tenth of all, so that a page costs the same whatever a site's size is. The same
 * articles always give the same answer. */
#ifndef COPSE_PAGES_KIN_H
#define COPSE_PAGES_KIN_H

#include "base/arena.h"
#include "site/site.h"

#include <stdatomic.h>

/* The nearest are what pages show; each of the two has a fact of its own (facts.h). */
enum { KIN_WORD_MOST = 16, KIN_NEAREST = 3, KIN_MOST = 6 };

/* What was found for an article: its fact and its page both ask. */
struct kin_near {
    _Atomic(uint8_t) state; /* 0: not yet, 1: being written, else 2 + count */
    uint32_t numbers[KIN_MOST];
};

/* Who shares a rare word. */
struct kin_list {
    uint32_t word;
    struct entry_list sharers;
};

/* Those of an article's rare words. */
struct kin_of {
    struct kin_list **lists;
    size_t count;
};

/* The rare words of an edition's articles. Constant once made, but for `near`. */
struct kin_words {
    struct kin_of *articles;     /* by entry->number */
    size_t entry_count;          /* 0: too few articles for a word to be rare */
    size_t most;                 /* that a rare word has */
    const struct entry *entries; /* of the site */
    struct kin_near *near;       /* by entry->number; filled by whoever asks first */
    bool taken; /* most of `near` from another site; the other articles' words only */
};

/* Finds them; in `arena`. */
void kin_words_find(const struct site *site, const struct edition *edition, struct arena *arena,
                    struct kin_words *out);

/* What was found in another site, whole by now and not changed meanwhile. */
struct kin_known {
    const struct kin_words *words;
    const struct edition *edition; /* of which they are */
};

/* Instead of kin_words_find(): takes over what was found for articles for which the answer is the
 * same, since nothing that it hangs on is touched by the few articles that came, went or changed
 * (by one that is another record, at another moment, under other tags). The rest is found when it
 * is asked for. Such words can neither be renewed nor taken from. False, with *out as it was, if
 * too much is different. */
bool kin_words_take(const struct kin_known *known, const struct site *site,
                    const struct edition *edition, struct arena *arena, struct kin_words *out);

/* Words by which articles are known, sorted. */
struct kin_changes {
    const uint32_t *words;
    size_t count;
};

/* Finds them anew after some articles got other words: `changes` are those that any of them has now
 * and had not, or the reverse. Adds the articles that may be akin to others now to `touched`. In
 * `arena`; what was found before must last. */
void kin_words_renew(struct kin_words *words, const struct edition *edition,
                     const struct kin_changes *changes, struct arena *arena,
                     struct entry_list *touched, struct arena *touched_arena);

/* Makes `words` a copy of what it was, in `arena`, that can be renewed without a change to that. */
void kin_words_copy(struct kin_words *words, struct arena *arena);

/* Writes the articles that are akin to `article` to `found`, nearest first, and returns how many.
 * From any thread. */
size_t kin_find(const struct kin_words *words, const struct entry *article,
                const struct entry *found[KIN_MOST], struct arena *scratch);

#endif
