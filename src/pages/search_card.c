#include "pages/search_card.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "site/bodies.h"

#include <stdlib.h>
#include <string.h>

/* What a word counts. */
enum {
    WEIGHT_TITLE = 10,
    WEIGHT_DESIGNATION = 6,
    WEIGHT_PLACE = 5,
    WEIGHT_TAG = 4,
    WEIGHT_PERSON = 3,
    WEIGHT_SUMMARY = 2,
    WEIGHT_BODY = 1
};

/* A word met in the document. */
struct slot {
    uint32_t stem;
    uint32_t weight;
    uint32_t count; /* of times */
    uint32_t first; /* of its occurrences, plus 1 */
    uint32_t last;
};

void search_cutter_init(struct search_cutter *cutter, const struct site *site,
                        const struct edition *edition, struct arena *arena,
                        struct arena *vocabulary)
{
    *cutter = (struct search_cutter){.bodies = site->bodies, .edition = edition, .arena = arena};
    search_words_init(&cutter->words, vocabulary);
}

void search_cutter_release(struct search_cutter *cutter)
{
    search_words_release(&cutter->words);
    arena_release(&cutter->scratch);
    buf_release(&cutter->text);
    free(cutter->slots);
    free(cutter->met);
    *cutter = (struct search_cutter){0};
}

static void add_text(struct search_cutter *cutter, const struct entry *entry, struct str text,
                     uint32_t weight)
{
    size_t before = cutter->run.count;
    search_words_read(&cutter->words, text, entry->edition->lang, &cutter->scratch, &cutter->run);
    if (cutter->run.count > before)
        *vec_push(&cutter->scratch, &cutter->fields) =
            (struct field_span){cutter->run.count, weight};
}

static void add_people(struct search_cutter *cutter, const struct entry *entry,
                       const struct person_list *people)
{
    for (size_t i = 0; i < people->count; i++)
        add_text(cutter, entry, people->items[i].name, WEIGHT_PERSON);
}

static void add_list(struct search_cutter *cutter, const struct entry *entry,
                     const struct field_list *list, uint32_t weight)
{
    for (size_t i = 0; i < list->count; i++)
        add_text(cutter, entry, list->items[i].text, weight);
}

static void add_member(struct search_cutter *cutter, const struct entry *entry)
{
    const struct record_member *bio = &entry->record->member;
    const struct grant_list *grants = &entry->group->grants;
    for (size_t i = 0; i < grants->count; i++) {
        if (!grants->items[i].live)
            continue;
        add_text(cutter, entry, grants->items[i].designation->code, WEIGHT_DESIGNATION);
        add_text(cutter, entry,
                 site_designation_words(cutter->edition, grants->items[i].designation)->name,
                 WEIGHT_PERSON);
    }
    add_text(cutter, entry, bio->location.text, WEIGHT_PLACE);
    add_list(cutter, entry, &bio->services, WEIGHT_PLACE);
    for (size_t i = 0; i < entry->position_count; i++) {
        const struct position *position = &entry->positions[i];
        add_text(cutter, entry, position->title, WEIGHT_PERSON);
        if (position->team)
            add_text(cutter, entry, position->team->name, WEIGHT_PERSON);
    }
}

/* What the visitor may call a member's languages, in the site's own words. */
static void add_languages(struct search_cutter *cutter, const struct entry *entry,
                          const struct search_facets *facets)
{
    for (size_t i = 0; i < facets->count; i++) {
        if (str_eq(str_from(facets->items[i].field), STR("language")))
            add_text(cutter, entry, facets->items[i].label, WEIGHT_PLACE);
    }
}

static void add_fields(struct search_cutter *cutter, const struct entry *entry)
{
    const struct record *record = entry->record;
    add_text(cutter, entry, record->title.text, WEIGHT_TITLE);
    if (entry->kind == KIND_MEMBER)
        add_member(cutter, entry);
    if (entry->kind == KIND_EVENT)
        add_text(cutter, entry, record->event.location.text, WEIGHT_PLACE);
    for (size_t i = 0; i < entry->tags.count; i++)
        add_text(cutter, entry, entry->tags.items[i]->name, WEIGHT_TAG);
    add_people(cutter, entry, &entry->authors);
    add_people(cutter, entry, &entry->with);
    add_people(cutter, entry, &entry->speakers);
    add_people(cutter, entry, &entry->organisers);
    if (entry->kind == KIND_ARTICLE)
        add_text(cutter, entry, record->article.series.text, WEIGHT_PERSON);
    add_text(cutter, entry, record->description.text, WEIGHT_SUMMARY);
    for (size_t i = 0; i < record->body.heading_count; i++)
        add_text(cutter, entry, markup_heading_at(&record->body, i).text, WEIGHT_SUMMARY);
}

/* Returns how many words the body has. */
static size_t add_body(struct search_cutter *cutter, const struct entry *entry)
{
    struct markup body = bodies_markup(cutter->bodies, entry);
    size_t before = cutter->run.count;
    buf_clear(&cutter->text);
    markup_text(&body, 0, body.html.len, &cutter->text);
    add_text(cutter, entry, buf_str(&cutter->text), WEIGHT_BODY);
    return cutter->run.count - before;
}

/* How much longer or shorter than usual, times 1024, in steps of √2: a quarter counts always, the
 * rest by length. */
static uint64_t measure_of(size_t length)
{
    enum { USUAL = 400, LEAST = 50 };
    uint64_t step = (uint64_t)LEAST * 1024;
    uint64_t exact = (uint64_t)(length < LEAST ? LEAST : length) * 1024;
    while (step * 1189 / 1000 < exact)
        step = step * 1414 / 1000;
    return 256 + step * 3 / 4 / USUAL;
}

/* The level of a weight: round(2 log2(weight / measure)) + 4, in whole numbers so that every
 * machine agrees. */
static uint32_t level_of(uint32_t weight, uint64_t measure)
{
    /* 1024 · 2^((level - 4.5) / 2): the least ratio of each level. */
    static const uint32_t least[SEARCH_LEVELS] = {0,     304,   431,   609,  861,  1218,
                                                  1722,  2435,  3444,  4871, 6889, 9742,
                                                  13777, 19484, 27554, 38968};
    uint64_t ratio = (uint64_t)weight * 1024 * 1024 / measure;
    uint32_t level = SEARCH_LEVELS - 1;
    while (level > 0 && ratio < least[level])
        level--;
    return level;
}

/* `list` with room for twice as many numbers, those that were not there before 0. */
static uint32_t *roomier(uint32_t *list, size_t *room, size_t wanted)
{
    if (wanted <= *room)
        return list;
    size_t count = wanted * 2;
    list = mem_realloc(list, count * sizeof *list);
    memset(list + *room, 0, (count - *room) * sizeof *list);
    *room = count;
    return list;
}

static void make_room(struct search_cutter *cutter)
{
    cutter->slots = roomier(cutter->slots, &cutter->slot_count, cutter->words.stems.count);
    cutter->met = roomier(cutter->met, &cutter->met_count, cutter->words.tokens.count);
}

/* A document's words as they are gone through. */
struct tally {
    struct slot *slots;
    size_t count;
    uint32_t *next;        /* by place: the next one of the same stem, plus 1 */
    uint16_t *marks;       /* by place */
    unsigned char *tokens; /* each once, as varints */
    unsigned char *tokens_end;
};

static struct slot *slot_of(struct search_cutter *cutter, struct tally *tally, uint32_t stem,
                            uint32_t at)
{
    uint32_t known = cutter->slots[stem];
    if (known > 0) {
        struct slot *slot = &tally->slots[known - 1];
        tally->next[slot->last] = at + 1;
        return slot;
    }
    struct slot *slot = &tally->slots[tally->count++];
    *slot = (struct slot){.stem = stem, .first = at + 1};
    cutter->slots[stem] = (uint32_t)tally->count;
    return slot;
}

static void note_token(struct search_cutter *cutter, struct tally *tally, uint32_t token)
{
    if (cutter->met[token] == cutter->made)
        return;
    cutter->met[token] = cutter->made;
    unsigned char *end = tally->tokens_end;
    for (; token >= 0x80; token >>= 7)
        *end++ = (unsigned char)(token | 0x80);
    *end++ = (unsigned char)token;
    tally->tokens_end = end;
}

/* Counts the words, chains the places of each and notes what stands beside it: a field's first word
 * has nothing before it. */
static void count_words(struct search_cutter *cutter, struct tally *tally)
{
    const struct search_sense *senses = cutter->words.senses.items;
    const uint32_t *run = cutter->run.items;
    uint16_t *marks = tally->marks;
    uint32_t at = 0;
    for (size_t field = 0; field < cutter->fields.count; field++) {
        const struct field_span *span = &cutter->fields.items[field];
        uint32_t before = 0;
        for (; at < span->end; at++) {
            const struct search_sense *sense = &senses[run[at]];
            struct slot *slot = slot_of(cutter, tally, sense->stem, at);
            slot->weight += span->weight;
            slot->count++;
            slot->last = at;
            tally->next[at] = 0;
            marks[at] = (uint16_t)before;
            if (before > 0)
                marks[at - 1] = (uint16_t)(marks[at - 1] | sense->mark << 6);
            before = sense->mark;
            note_token(cutter, tally, run[at]);
        }
    }
}

static struct tally tally_words(struct search_cutter *cutter)
{
    enum { VARINT_MOST = 5 };
    struct arena *scratch = &cutter->scratch;
    size_t room = cutter->run.count + 1;
    struct tally tally = {
        .slots = arena_alloc(scratch, room * sizeof *tally.slots),
        .next = arena_alloc(scratch, room * sizeof *tally.next),
        .marks = arena_alloc(scratch, room * sizeof *tally.marks),
        .tokens = arena_alloc(scratch, room * VARINT_MOST),
    };
    tally.tokens_end = tally.tokens;
    cutter->made++;
    count_words(cutter, &tally);
    return tally;
}

/* Most words of a text have one of a few weights. */
enum { WEIGHTS_KEPT = 32 };

static struct search_card make_card(struct search_cutter *cutter, const struct tally *tally,
                                    uint64_t measure)
{
    size_t count = tally->count + cutter->filters.count;
    size_t marked = 0;
    uint8_t levels[WEIGHTS_KEPT];
    for (uint32_t i = 0; i < WEIGHTS_KEPT; i++)
        levels[i] = (uint8_t)level_of(i, measure);
    for (size_t i = 0; i < tally->count; i++)
        marked += tally->slots[i].count > SEARCH_MARKS_MOST ? 0 : tally->slots[i].count;
    uint32_t *terms = arena_alloc(cutter->arena, count * 5 + marked * 2 + 8);
    uint16_t *kept = (uint16_t *)(terms + count);
    uint8_t *counts = (uint8_t *)(kept + marked);
    struct str tokens = {(const char *)tally->tokens, (size_t)(tally->tokens_end - tally->tokens)};
    struct search_card card = {(uint32_t)count, terms, counts, kept,
                               arena_str(cutter->arena, tokens)};
    for (size_t i = 0; i < tally->count; i++) {
        const struct slot *slot = &tally->slots[i];
        bool many = slot->count > SEARCH_MARKS_MOST;
        uint32_t level =
            slot->weight < WEIGHTS_KEPT ? levels[slot->weight] : level_of(slot->weight, measure);
        terms[i] = slot->stem << 4 | level;
        counts[i] = (uint8_t)(many ? 0 : slot->count);
        for (uint32_t at = many ? 0 : slot->first; at > 0; at = tally->next[at - 1])
            *kept++ = tally->marks[at - 1];
    }
    for (size_t i = 0; i < cutter->filters.count; i++) {
        terms[tally->count + i] = cutter->filters.items[i] << 4;
        counts[tally->count + i] = 0;
    }
    return card;
}

static bool has(const struct filters *filters, uint32_t stem)
{
    for (size_t i = 0; i < filters->count; i++) {
        if (filters->items[i] == stem)
            return true;
    }
    return false;
}

struct search_card search_card_make(struct search_cutter *cutter, const struct entry *entry)
{
    struct search_facets facets = {0};
    arena_clear(&cutter->scratch);
    cutter->run = (struct search_run){0};
    cutter->fields = (struct spans){0};
    cutter->filters = (struct filters){0};
    search_facets_of(cutter->edition, entry, &cutter->scratch, &facets);
    for (size_t i = 0; i < facets.count; i++) {
        uint32_t stem = search_words_filter(&cutter->words,
                                            search_facet_key(&facets.items[i], &cutter->scratch));
        if (!has(&cutter->filters, stem))
            *vec_push(&cutter->scratch, &cutter->filters) = stem;
    }
    add_fields(cutter, entry);
    if (entry->kind == KIND_MEMBER)
        add_languages(cutter, entry, &facets);
    uint64_t measure = measure_of(add_body(cutter, entry));
    make_room(cutter);
    struct tally tally = tally_words(cutter);
    struct search_card card = make_card(cutter, &tally, measure);
    for (size_t i = 0; i < tally.count; i++)
        cutter->slots[tally.slots[i].stem] = 0;
    return card;
}
