/* Folding: what of a text counts when words are compared in search.
 *
 * fold_add() takes letters apart by Unicode's compatibility decomposition (NFKD), drops accents,
 * vowel points and what nobody sees, makes letters small and spells those that have no
 * decomposition (æ ae, ß ss, ø o). In folded text each code point either belongs to a word or
 * separates words: fold_is_word(). The script assets/search.js folds queries in the visitor's
 * browser by the very same tables, which the index brings along (fold_class()). utf8proc.h is
 * included only here, in slug and in collation. */
#ifndef COPSE_LANG_FOLD_H
#define COPSE_LANG_FOLD_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Adds the folded form of UTF-8 text; a byte that is no UTF-8 makes the whole text fold to nothing.
 */
void fold_add(struct buf *out, struct str text);

/* Adds the text in small letters, composed (NFC) and with its accents: what stemmers expect. */
void fold_lower(struct buf *out, struct str text);

/* Whether a code point of folded text is part of a word. */
bool fold_is_word(uint32_t code_point);

/* Whether it belongs to a script that is written without spaces (Han, Kana, Thai, Lao, Khmer,
 * Burmese), of which pairs of neighbours stand for words. */
bool fold_is_dense(uint32_t code_point);

/* How a letter that no decomposition takes apart is spelt ("ss" for ß), or NULL. */
const char *fold_spelling(uint32_t letter);

enum fold_class { FOLD_DROPPED, FOLD_GAPS, FOLD_DENSE };

/* Adds one of the tables as the inside of a character class of JavaScript's regular expressions. */
void fold_class(enum fold_class class, struct buf *out);

#endif
