/* The cards files after an edit. */
#include "base/vec.h"
#include "pages/search_edit_internal.h"

#include <string.h>

struct cards {
    struct search_editing *editing;
    const struct search_drawn *drawn;
    size_t count;
    const uint32_t *sizes;
    struct kept {
        struct search_kept_cards *items;
        size_t count, capacity;
    } kept;
    const struct search_kept_cards *open; /* the old file that was read last */
    struct str bytes;
    bool failed;
};

static const struct search_drawn *drawn_at(const struct cards *cards, size_t place)
{
    for (size_t i = 0; i < cards->count; i++) {
        if (cards->drawn[i].place == place)
            return &cards->drawn[i];
    }
    return NULL;
}

static bool is_drawn(const struct cards *cards, size_t first, size_t end)
{
    for (size_t i = 0; i < cards->count; i++) {
        if (cards->drawn[i].place >= first && cards->drawn[i].place < end)
            return true;
    }
    return false;
}

static struct str url_of(const struct cards *cards, const struct search_kept_cards *file)
{
    return search_cards_url(cards->editing->edition, file->from, file->digest,
                            cards->editing->arena);
}

static void note(struct cards *cards, const struct search_kept_cards *file, struct str bytes,
                 bool is)
{
    *vec_push(&cards->editing->scratch, &cards->editing->names) =
        (struct search_name){'c', file->digest, url_of(cards, file), bytes, !is, is};
}

/* A card as it stands in its old file: its place there follows from the sizes of those before. */
static struct str old_card(struct cards *cards, size_t place)
{
    const struct search_kept_files *old = &cards->editing->known->files;
    size_t at = 1;
    if (!cards->open || place < cards->open->first || place >= cards->open->end) {
        size_t i = 0;
        while (i < old->cards_count && old->cards[i].end <= place)
            i++;
        if (i == old->cards_count ||
            !search_edit_read(cards->editing, url_of(cards, &old->cards[i]), old->cards[i].digest,
                              &cards->bytes)) {
            cards->failed = true;
            return (struct str){0};
        }
        cards->open = &old->cards[i];
    }
    for (size_t i = cards->open->first; i < place; i++)
        at += old->sizes[i] + 1;
    return str_sub(cards->bytes, at, at + old->sizes[place]);
}

/* The old file of the same range, or NULL. */
static const struct search_kept_cards *old_file(const struct cards *cards, uint32_t from,
                                                uint32_t depth)
{
    const struct search_kept_files *old = &cards->editing->known->files;
    size_t low = 0;
    size_t high = old->cards_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (old->cards[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    bool found =
        low < old->cards_count && old->cards[low].from == from && old->cards[low].depth == depth;
    return found ? &old->cards[low] : NULL;
}

static void add_file(void *context, uint32_t from, uint32_t depth, size_t first, size_t end)
{
    struct cards *cards = context;
    const struct search_kept_cards *same = old_file(cards, from, depth);
    struct search_kept_cards *file = vec_push(&cards->editing->scratch, &cards->kept);
    if (same && !is_drawn(cards, first, end)) {
        *file = *same;
        return;
    }
    struct buf out = {0};
    for (size_t i = first; i < end && !cards->failed; i++) {
        const struct search_drawn *drawn = drawn_at(cards, i);
        search_cards_begin(&out, i == first);
        buf_add(&out, drawn ? drawn->json : old_card(cards, i));
    }
    search_cards_end(&out);
    struct str bytes = arena_str(cards->editing->arena, buf_str(&out));
    *file = (struct search_kept_cards){from, depth, (uint32_t)first, (uint32_t)end,
                                       search_file_digest(bytes)};
    if (!same || same->digest != file->digest)
        note(cards, file, bytes, true);
    buf_release(&out);
}

/* The old files that are no part of the index as they were. */
static void note_old(struct cards *cards)
{
    const struct search_kept_files *old = &cards->editing->known->files;
    size_t at = 0;
    for (size_t i = 0; i < old->cards_count; i++) {
        while (at < cards->kept.count && cards->kept.items[at].from < old->cards[i].from)
            at++;
        if (at == cards->kept.count ||
            memcmp(&cards->kept.items[at], &old->cards[i], sizeof old->cards[i]) != 0)
            note(cards, &old->cards[i], (struct str){0}, false);
    }
}

bool search_edit_cards(struct search_editing *editing, const struct search_drawn *drawn,
                       size_t count)
{
    const struct search_kept_files *old = &editing->known->files;
    size_t documents = editing->known->count;
    uint32_t *sizes = arena_alloc(&editing->scratch, (documents + 1) * sizeof *sizes);
    struct cards cards = {.editing = editing, .drawn = drawn, .count = count, .sizes = sizes};
    memcpy(sizes, old->sizes, documents * sizeof *sizes);
    for (size_t i = 0; i < count; i++)
        sizes[drawn[i].place] = (uint32_t)drawn[i].json.len;
    cards.kept.items =
        arena_alloc(&editing->scratch, (old->cards_count + 8) * sizeof *cards.kept.items);
    cards.kept.capacity = old->cards_count + 8;
    search_halve(old->numbers, sizes, documents, add_file, &cards);
    note_old(&cards);
    editing->files.numbers = old->numbers;
    editing->files.sizes = sizes;
    editing->files.cards = cards.kept.items;
    editing->files.cards_count = cards.kept.count;
    return !cards.failed;
}
