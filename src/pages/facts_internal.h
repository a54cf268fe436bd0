/* What the files of facts share; facts.h is the manual.
 *
 *     facts_find.c     which facts there are, and their order
 *     facts.c          the digests of entries, lists and subjects
 *     facts_outputs.c  which of them writers in C read, besides what templates look at
 *     facts_trace.c    what was read while a page was made */
#ifndef COPSE_PAGES_FACTS_INTERNAL_H
#define COPSE_PAGES_FACTS_INTERNAL_H

#include "base/hash.h"
#include "pages/facts.h"

enum { FACTS_OF_OUTPUT = 2 };  /* that it is there, what it is */
enum { FACTS_OF_SUBJECT = 2 }; /* all that it is, what it is called */

struct finding {
    struct facts *facts;
    const struct facts_digests *digests;
    struct arena *scratch; /* one a worker */
};

static inline void facts_mix(uint64_t *sum, uint64_t number)
{
    uint64_t mixed = (*sum ^ number) * 0x9E3779B97F4A7C15U;
    *sum = (mixed ^ mixed >> 29) * 0xD6E8FEB86659FD93U + 1;
}

static inline void facts_mix_str(uint64_t *sum, struct str text)
{
    facts_mix(sum, hash_bytes(text, 7));
}

/* Which output it is, and of a file which bytes. */
void facts_mix_output(uint64_t *sum, const struct finding *finding, const struct output *output);

uint64_t facts_line(const struct entry *entry);
uint64_t facts_card(const struct finding *finding, const struct entry *entry);
uint64_t facts_body(const struct finding *finding, const struct entry *entry);
uint64_t facts_addresses(const struct plan *plan);
uint64_t facts_aliases(const struct plan *plan);
uint64_t facts_comments(const struct entry *entry);
uint64_t facts_relations(const struct finding *finding, const struct entry *entry,
                         struct arena *scratch);
uint64_t facts_kin(const struct finding *finding, const struct entry *entry, struct arena *scratch);
/* What it is called, and all that it is. */
uint64_t facts_subject_name(const struct finding *finding, enum output_kind kind,
                            const void *subject);
uint64_t facts_subject(const struct finding *finding, enum output_kind kind, const void *subject);
/* After the cards and subjects. */
uint64_t facts_edition(const struct finding *finding, const struct edition *edition,
                       enum fact_edition fact);

/* What was found already. */
uint64_t facts_digest_of_card(const struct facts *facts, const struct entry *entry);
/* The number of a subject's first fact plus 1; 0: it has none. */
uint32_t facts_subject_number(const struct facts *facts, const void *subject);
uint64_t facts_digest_of(const struct facts *facts, const void *subject);
uint64_t facts_digest_of_name(const struct facts *facts, const void *subject);

#endif
