#include "pages/search_edit.h"
#include "base/vec.h"
#include "pages/search_edit_internal.h"
#include "pages/search_range.h"

#include <string.h>

/* A changed document of an edition. */
struct altered {
    const struct entry *entry;
    size_t at; /* among the known documents */
    uint64_t inputs;
    struct search_card card;
    struct str json;
};

struct altered_list {
    struct altered *items;
    size_t count, capacity;
};

bool search_edit_read(struct search_editing *editing, struct str url, uint64_t digest,
                      struct str *bytes)
{
    return editing->reader->read(editing->reader->context, url, &editing->scratch, bytes) &&
           search_file_digest(*bytes) == digest;
}

/* ---- the changed documents */

static bool is_in(const struct altered_list *list, size_t at)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].at == at)
            return true;
    }
    return false;
}

/* The changed entries that an edition's index has. False: one is in another place than it was. */
static bool find_altered(struct search_editing *editing, const struct entry *const *changed,
                         size_t count, struct altered_list *out)
{
    const struct search_kept_edition *known = editing->known;
    for (size_t i = 0; i < count; i++) {
        size_t at = search_kept_find(known, changed[i]->url);
        bool holds = search_holds(changed[i]);
        bool own = changed[i]->edition == editing->edition;
        if (at == known->count && own && holds)
            return false;
        if (at == known->count || is_in(out, at))
            continue;
        uint64_t facets;
        uint64_t inputs = search_inputs(editing->edition, changed[i], &editing->scratch, &facets);
        if (!holds || facets != known->documents[at]->facets)
            return false;
        *vec_push(&editing->scratch, out) = (struct altered){changed[i], at, inputs, {0}, {0}};
    }
    return true;
}

static struct str draw(struct search_editing *editing, const struct altered *altered,
                       uint32_t number)
{
    struct buf out = {0};
    search_draw_card(editing->site, editing->edition, altered->entry, number, &editing->scratch,
                     &out);
    struct str json = arena_str(&editing->scratch, buf_str(&out));
    buf_release(&out);
    return json;
}

/* Makes their cards and sees in what they differ from the old ones. Returns the vocabulary that the
 * new cards are in, kept. */
static const struct search_vocabulary *cut_altered(struct search_editing *editing,
                                                   struct altered_list *altered,
                                                   struct search_changes *changes)
{
    const struct search_kept_edition *known = editing->known;
    struct search_cutter cutter;
    search_cutter_init(&cutter, editing->site, editing->edition, editing->keep, &editing->scratch);
    for (size_t i = 0; i < altered->count; i++)
        altered->items[i].card = search_card_make(&cutter, altered->items[i].entry);
    struct search_vocabulary own = search_words_vocabulary(&cutter.words);
    const struct search_vocabulary *kept = search_vocabulary_keep(&own, editing->keep);
    for (size_t i = 0; i < altered->count; i++) {
        struct altered *one = &altered->items[i];
        const struct search_kept_document *old = known->documents[one->at];
        uint32_t number = known->files.numbers[old->place];
        one->json = draw(editing, one, number);
        search_diff(&old->card, known->vocabularies[old->vocabulary], &one->card, kept, number,
                    &editing->scratch, changes);
    }
    search_changes_sort(changes);
    search_cutter_release(&cutter);
    return kept;
}

/* ---- what is kept */

/* What is kept of the known edition is this process's own to change, however constant to most. */
#define OWN(type, pointer) ((type *)(uintptr_t)(pointer))

static void keep_documents(struct search_editing *editing, const struct altered_list *altered)
{
    const struct search_kept_edition *known = editing->known;
    for (size_t i = 0; i < altered->count; i++) {
        const struct altered *one = &altered->items[i];
        struct search_kept_document *document =
            OWN(struct search_kept_document, known->documents[one->at]);
        document->inputs = one->inputs;
        document->card = one->card;
        document->vocabulary = (uint32_t)known->vocabulary_count;
        uint32_t *size = OWN(uint32_t, &known->files.sizes[document->place]);
        if (*size != one->json.len)
            *size = (uint32_t)one->json.len;
    }
}

static void keep_ranges(struct search_editing *editing, struct search_kept_files *out)
{
    const struct search_kept_files *now = &editing->files;
    if (now->range_count != out->range_count) {
        size_t size = now->range_count * sizeof *now->ranges;
        out->ranges = memcpy(arena_alloc(editing->keep, size), now->ranges, size);
        out->range_count = now->range_count;
        return;
    }
    for (size_t i = 0; i < now->range_count; i++) {
        if (out->ranges[i] != now->ranges[i])
            OWN(const struct search_kept_range *, out->ranges)[i] = now->ranges[i];
    }
}

static void keep_cards(struct search_editing *editing, struct search_kept_files *out)
{
    const struct search_kept_files *now = &editing->files;
    if (now->cards_count != out->cards_count) {
        size_t size = now->cards_count * sizeof *now->cards;
        out->cards = memcpy(arena_alloc(editing->keep, size), now->cards, size);
        out->cards_count = now->cards_count;
        return;
    }
    for (size_t i = 0; i < now->cards_count; i++) {
        if (memcmp(&out->cards[i], &now->cards[i], sizeof now->cards[i]) != 0)
            OWN(struct search_kept_cards, out->cards)[i] = now->cards[i];
    }
}

/* Puts it into the place of what was known: to copy the lists of all documents for each edit would
 * cost memory pages that have to be written and read again. */
static void keep(struct search_editing *editing, const struct altered_list *altered,
                 struct search_kept_edition *out)
{
    const struct search_kept_edition *known = editing->known;
    *out = *known;
    if (altered->count == 0)
        return;
    const struct search_vocabulary **vocabularies =
        arena_alloc(editing->keep, (known->vocabulary_count + 1) * sizeof *vocabularies);
    memcpy(vocabularies, known->vocabularies, known->vocabulary_count * sizeof *vocabularies);
    vocabularies[known->vocabulary_count] = editing->vocabulary;
    keep_documents(editing, altered);
    keep_ranges(editing, &out->files);
    keep_cards(editing, &out->files);
    out->vocabularies = vocabularies;
    out->vocabulary_count = known->vocabulary_count + 1;
}

static struct str write_manifest(const struct search_editing *editing)
{
    const struct search_kept_files *files = &editing->files;
    struct search_manifest manifest = {.documents = editing->known->count,
                                       .filters = files->filters};
    for (size_t i = 0; i < files->range_count; i++)
        search_manifest_words(files->ranges[i]->first, i == 0 ? NULL : &files->ranges[i - 1]->last,
                              files->ranges[i]->words, &manifest.keys, &manifest.words);
    for (size_t i = 0; i < files->cards_count; i++)
        search_manifest_cards(files->cards[i].depth, files->cards[i].digest, &manifest.depths,
                              &manifest.cards);
    return search_manifest_write(&manifest, editing->arena);
}

/* ---- */

static bool edit_edition(struct search_editing *editing, const struct entry *const *changed,
                         size_t count, struct search_edited *out, struct altered_list *altered)
{
    struct search_changes changes = {0};
    if (!find_altered(editing, changed, count, altered))
        return false;
    if (altered->count == 0)
        return true;
    editing->vocabulary = cut_altered(editing, altered, &changes);
    struct search_drawn *drawn = arena_alloc(&editing->scratch, altered->count * sizeof *drawn);
    for (size_t i = 0; i < altered->count; i++)
        drawn[i] = (struct search_drawn){editing->known->documents[altered->items[i].at]->place,
                                         altered->items[i].json};
    struct search_file *manifest;
    editing->files = editing->known->files;
    if (!search_edit_words(editing, &changes) ||
        !search_edit_cards(editing, drawn, altered->count) ||
        !search_edit_names(editing, out, &manifest))
        return false;
    if (out->count > 0)
        *manifest = (struct search_file){search_manifest_url(editing->edition, editing->arena),
                                         write_manifest(editing), NULL};
    return true;
}

static const struct search_kept *keep_all(struct search_editing *editing,
                                          const struct altered_list *altered, size_t count)
{
    struct arena *arena = editing[0].keep;
    struct search_kept_edition *editions = arena_zalloc(arena, count, sizeof *editions);
    struct search_kept *made = arena_alloc(arena, sizeof *made);
    for (size_t i = 0; i < count; i++)
        keep(&editing[i], &altered[i], &editions[i]);
    *made = (struct search_kept){editions, count};
    return made;
}

static bool can_edit(const struct site *site, const struct search_kept *known)
{
    if (!known || known->count != site->edition_count)
        return false;
    for (size_t i = 0; i < known->count; i++) {
        const struct search_kept_edition *edition =
            search_kept_edition(known, site->editions[i].lang);
        if (edition != &known->editions[i] || edition->files.ambiguous)
            return false;
    }
    return true;
}

bool search_edit(const struct site *site, const struct entry *const *changed, size_t count,
                 const struct search_reader *reader, const struct search_keeping *keeping,
                 struct arena *arena, struct search_change *out)
{
    *out = (struct search_change){0};
    if (!can_edit(site, keeping->known))
        return false;
    size_t editions = site->edition_count;
    struct arena scratch = {0};
    struct search_editing *editing = arena_zalloc(&scratch, editions, sizeof *editing);
    struct altered_list *altered = arena_zalloc(&scratch, editions, sizeof *altered);
    struct search_edited *edited = arena_zalloc(arena, editions, sizeof *edited);
    bool done = true;
    for (size_t i = 0; done && i < editions; i++) {
        editing[i] = (struct search_editing){
            .site = site,
            .edition = &site->editions[i],
            .known = &keeping->known->editions[i],
            .reader = reader,
            .arena = arena,
            .keep = &keeping->arenas[0],
        };
        done = edit_edition(&editing[i], changed, count, &edited[i], &altered[i]);
    }
    if (done)
        *out = (struct search_change){edited, keep_all(editing, altered, editions)};
    for (size_t i = 0; i < editions; i++)
        arena_release(&editing[i].scratch);
    arena_release(&scratch);
    return done;
}
