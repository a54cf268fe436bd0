/* The words of texts: cut, folded, stemmed, and numbered.
 *
 * A vocabulary belongs to one worker. It numbers stems (the terms that lists are made for), forms
 * (folded words as they stand in texts) and tokens (a form with the stem it leads to). Numbers are
 * given in the order of meeting and so differ between runs: what is published is sorted by text
 * (search_postings.h). A text is looked up as it stands, so that each different word is folded and
 * stemmed once. Words end after SEARCH_WORD_MOST characters.
 *
 * libstemmer.h is included only in search_words.c. */
#ifndef COPSE_PAGES_SEARCH_WORDS_H
#define COPSE_PAGES_SEARCH_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "pages/search_table.h"

#include <stdint.h>

enum { SEARCH_WORD_MOST = 32 };

/* A form and the stem it leads to. */
struct search_token {
    uint32_t form;
    uint32_t stem;
};

struct search_form {
    struct str text;
    uint8_t mark; /* 1-63: stands for it beside its neighbours */
};

struct search_forms {
    struct search_form *items;
    size_t count, capacity;
};

struct search_stems {
    struct str *items;
    size_t count, capacity;
};

struct search_tokens {
    struct search_token *items;
    size_t count, capacity;
};

/* What a card needs of a token, side by side. */
struct search_sense {
    uint32_t stem;
    uint8_t mark;  /* its form's */
    uint32_t next; /* another token of the same form, plus 1 */
};

struct search_senses {
    struct search_sense *items; /* by token */
    size_t count, capacity;
};

struct search_stemmers; /* libstemmer's, by language */

struct search_words {
    struct arena *arena;
    struct search_table form_numbers; /* their values: the first token of each, plus 1 */
    struct search_table stem_numbers;
    struct search_forms forms;
    struct search_stems stems;
    struct search_tokens tokens;
    struct search_senses senses;
    struct search_stemmers *stemmers;
};

/* What lists need of a vocabulary: that of a worker, or one that an earlier build left. */
struct search_vocabulary {
    const struct str *stems;
    size_t stem_count;
    const struct search_form *forms;
    size_t form_count;
    const struct search_token *tokens;
    size_t token_count;
};

struct search_vocabulary search_words_vocabulary(const struct search_words *words);

/* A copy in `arena`, its texts too. */
const struct search_vocabulary *search_vocabulary_keep(const struct search_vocabulary *vocabulary,
                                                       struct arena *arena);

/* An empty vocabulary in `arena`. Give back libstemmer's objects with search_words_release(). */
void search_words_init(struct search_words *words, struct arena *arena);
void search_words_release(struct search_words *words);

/* Token numbers of a text in order. */
struct search_run {
    uint32_t *items;
    size_t count, capacity;
};

/* Adds the tokens of plain text in a language ("en", "fr-CA") to `run`, whose items are in
 * `scratch`. Linear in the text. */
void search_words_read(struct search_words *words, struct str text, struct str lang,
                       struct arena *scratch, struct search_run *run);

/* The number of a stem that is no word: a filter's, such as "tag:ethics". */
uint32_t search_words_filter(struct search_words *words, struct str key);

/* What stands for a form in its neighbours' marks. */
uint8_t search_mark(struct str form);

#endif
