/* Search with no server: the index that assets/search.js reads in the visitor's browser.
 *
 * search_make() is a pure function of the frozen site. It runs before the plan is made, because the
 * files' names hold digests of their bytes and the plan must name every output. Two parts:
 *
 *   1. cards   (search_card.h)      each document alone becomes the list of its words, in parallel;
 *               (search_kept.h)      of what did not change it is known from the last build
 *   2. shards  (search_postings.h,  the cards are turned round into one list a word, and these are
 *               search_shards.h)    laid out as files, each a pure function of what falls in it
 *
 * Each language of the site has an index of its own, under <prefix>/search/:
 *
 *     index.json             the manifest, the one file of fixed name: where the others are
 *     w<digest>.bin          words, in alphabetical ranges, with the short ones of the lists
 *     p<digest>.bin          the list of one frequent word: documents and how much it counts there
 *     m<digest>.bin          the marks (neighbours) of that list, or of a words file's short lists
 *     c<number>-<digest>.json   titles, addresses and summaries of neighbouring document numbers
 *     f<digest>.json         what can be filtered by
 *
 * A query costs the manifest, one words file a word, the lists of its frequent words, and a cards
 * file a result that is shown; a filter costs a list, a quoted phrase the marks of its words.
 *
 * Caching. Whatever holds a digest never changes: hosts may say `immutable`, browsers keep it. The
 * manifest is fetched with `cache: no-cache`, so that it is asked for again but, unchanged, not
 * sent again. All other files are published before it and the old ones removed after it; a reader
 * who meets a removed one fetches the manifest anew, once.
 *
 * Numbers. A document's number is 22 bits of the digest of its URL; it depends on nothing else, so
 * that a new document shifts no other. Where two fall together (at 13,000 documents a new one meets
 * another with a chance of 0.3 %), the later URL takes the next 22 bits, then counts upward.
 *
 * Words (lang/fold.h) are folded for case and accents; libstemmer reduces those of the document's
 * language to stems, and lists are by stem. The reader does not stem: the words files hold every
 * folded surface form with the stems it leads to, so that `carrieres` leads to what `carrières`
 * leads to. What is misspelt is looked for by its first half among the forms and by its second half
 * among the forms turned round: one slip leaves one of the two as it was. Rejected: the forms of
 * each word with one letter left out, eight times as many. Of scripts without spaces each pair of
 * neighbouring characters is a word. Arabic, Cyrillic and Greek words are stemmed as such in a
 * document of any Latin language.
 *
 * Weight. Of each field a word counts as search_card.c's table says; the sum is divided by a
 * measure of the body's length (BM25's, against a fixed length of 400 words and in steps of √2, so
 * that a small edit leaves all other words as they are) and kept as one of 16 levels. Saturation
 * and the rarity of the word are the reader's work, who knows the number of documents.
 *
 * Phrases. A list's marks tell, for each time the word stands in the document, six bits of the form
 * before it and six of the form after it. Two words are a phrase where the one's mark is the other
 * word and the other way round: a false hit comes once in some thousand documents that hold both
 * words, and frequent words (`state of the art`) need not be fetched at all; those in more than
 * 4,000 documents are known by their neighbours' marks alone, since their own would be tens of
 * kilobytes (a false hit comes then once in sixty places of the rarer word). A phrase that has none
 * but such words fetches theirs after all. Rejected: positions.
 * They are exact, but a word added at the top of an article moves all that follow, and the lists of
 * all its words would be written anew. An edit must touch its own words and their neighbours only.
 *
 * Snippets come from the result's page, which the reader fetches for results in view whose summary
 * shows not all the words: it is the page that the visitor opens next. Rejected: a second copy of
 * all text (56 MB at 10,000 articles), as large as the rest four times over.
 *
 * Splitting has no sizes that depend on the whole. Words, in order, are a range; a range of more
 * than SEARCH_WORDS_MOST bytes is cut at those words whose digest has the most zero bits at its
 * end, and so on within each part. Documents, in order of number, are halved by number until a part
 * is below SEARCH_CARDS_MOST bytes. So where the cuts are is decided by what lies around them, and
 * an edit moves at most the ones beside it. Rejected: as many shards as the size of the vocabulary
 * asks for (all are cut anew when it doubles); cutting at fixed sizes (one word shifts all later
 * cuts); ordinal numbers for documents, whose lists are half as long, but of which each is
 * rewritten when an article comes in between.
 *
 * The formats, byte by byte, are in search_postings.h (lists and marks) and search_shards.h. */
#ifndef COPSE_PAGES_SEARCH_H
#define COPSE_PAGES_SEARCH_H

#include "base/arena.h"
#include "base/pool.h"
#include "site/site.h"

struct search_outline; /* search_outline.h */

/* One file of an index. */
struct search_file {
    struct str url; /* "/fr/search/w4k2m9xq1.bin": root-relative, without the base path */
    struct str bytes;
    const struct search_outline *outline; /* it stands for a whole index; or NULL */
};

/* The index of an edition: its files, the manifest first. */
struct search {
    const struct edition *edition;
    const struct search_file *files;
    size_t count;
};

struct search_kept; /* search_kept.h */

/* What passes from one build to the next. */
struct search_keeping {
    const struct search_kept *known; /* NULL: nothing */
    struct arena *arenas;            /* one a worker: where what is to be known next time lies */
    const struct search_kept *made;  /* set by search_make() */
};

/* Makes the indexes of all editions, in the order of site->editions, each with the threads of
 * `pool`. All of it lives in `arena`. The bytes depend neither on the number of threads nor on what
 * is known. `keeping` may be NULL: nothing is known, nothing is kept. */
const struct search *search_make(const struct site *site, struct pool *pool,
                                 struct search_keeping *keeping, struct arena *arena);

/* Whether an entry is to be found: all that is published but comments and what asks for `noindex`.
 */
bool search_holds(const struct entry *entry);

#endif
