/* The search card of a document: its words, how much each counts, and their neighbours.
 *
 * A pure function of one entry (and the words of its edition), made in parallel. Numbers of stems
 * and tokens are those of the vocabulary it was made with, so cards and vocabulary are kept or
 * dropped together (search_kept.h). A card holds no text: some 3 KB for an article of 750 words.
 *
 * What a word counts in each field is a table in search_card.c: title and name 10, designations 6,
 * location and services 5, tags 4, people and roles 3, description and headings 2, body 1. */
#ifndef COPSE_PAGES_SEARCH_CARD_H
#define COPSE_PAGES_SEARCH_CARD_H

#include "pages/search_words.h"
#include "site/site.h"

#include <stdint.h>

/* Levels are half powers of two of the weight over the length's measure: level 4 is 1, level 6 is
 * 2, level 15 is 45 and more. */
enum { SEARCH_LEVELS = 16, SEARCH_MARKS_MOST = 48 };

struct search_card {
    uint32_t count;        /* terms */
    const uint32_t *terms; /* stem << 4 | level, each stem once */
    const uint8_t *marked; /* how many marks each has; 0: too many, or it is a filter's */
    const uint16_t *marks; /* of all terms in order: the form after << 6 | the form before */
    struct str tokens;     /* which it has, each once: their numbers as varints */
};

/* A worker's tools, used for one card after the other. */
struct search_cutter {
    struct search_words words;
    struct bodies *bodies;
    const struct edition *edition;
    struct arena *arena;  /* where cards live */
    struct arena scratch; /* a document's own */
    struct buf text;
    struct search_run run;
    struct spans {
        struct field_span {
            size_t end; /* tokens of the run before it */
            uint32_t weight;
        } * items;
        size_t count, capacity;
    } fields;
    struct filters {
        uint32_t *items; /* stems */
        size_t count, capacity;
    } filters;
    uint32_t *slots; /* by stem: its place in the card being made, plus 1 */
    size_t slot_count;
    uint32_t *met; /* by token: the last card that has it, counted from 1 */
    size_t met_count;
    uint32_t made; /* cards */
};

/* Tools for the documents of an edition; cards will lie in `arena`, the vocabulary in another.
 * Release them before these. */
void search_cutter_init(struct search_cutter *cutter, const struct site *site,
                        const struct edition *edition, struct arena *arena,
                        struct arena *vocabulary);
void search_cutter_release(struct search_cutter *cutter);

/* Makes one card. */
struct search_card search_card_make(struct search_cutter *cutter, const struct entry *entry);

/* A value that documents can be filtered by. */
struct search_facet {
    const char *field; /* "kind", "tag", "designation", "location", "language", "year" */
    struct str slug;
    struct str label;
};

struct search_facets {
    struct search_facet *items;
    size_t count, capacity;
};

/* Adds what an entry can be filtered by; in `arena`. */
void search_facets_of(const struct edition *edition, const struct entry *entry, struct arena *arena,
                      struct search_facets *facets);

/* The stem that stands for a facet: "tag:ethics". */
struct str search_facet_key(const struct search_facet *facet, struct arena *arena);

#endif
