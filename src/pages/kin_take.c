/* Akin articles as they were found in a site of which this one is an edit. */
#include "pages/kin.h"

/* The numbers that the articles of an edition have in two sites. */
struct pairing {
    uint32_t *numbers; /* by the number in the first: that in the second plus 1; 0: none */
    size_t count;
};

static bool same_list(const struct pairing *pairing, const struct entry_list *was,
                      const struct entry_list *now)
{
    bool same = was->count == now->count;
    for (size_t i = 0; i < was->count && same; i++)
        same = pairing->numbers[was->items[i]->number] == now->items[i]->number + 1;
    return same;
}

static bool same_tags(const struct pairing *pairing, const struct tag_list *was,
                      const struct tag_list *now)
{
    bool same = was->count == now->count;
    for (size_t i = 0; i < was->count && same; i++)
        same = str_eq(was->items[i]->slug, now->items[i]->slug) &&
               same_list(pairing, &was->items[i]->articles, &now->items[i]->articles);
    return same;
}

static bool has_same_tags(const struct entry *was, const struct entry *now)
{
    bool same = was->tags.count == now->tags.count;
    for (size_t i = 0; i < was->tags.count && same; i++)
        same = str_eq(was->tags.items[i]->slug, now->tags.items[i]->slug);
    return same;
}

/* One that stands in for a translation has the tags of another edition: it is not compared. */
static bool same_article(const struct edition *was_in, const struct entry *was,
                         const struct edition *now_in, const struct entry *now)
{
    return was->record == now->record && was->date.utc == now->date.utc && was->edition == was_in &&
           now->edition == now_in && has_same_tags(was, now);
}

/* Of articles that are equally near the one with the lower number comes first. */
static bool same_order(const struct pairing *pairing)
{
    uint32_t last = 0;
    for (size_t i = 0; i < pairing->count; i++) {
        if (pairing->numbers[i] == 0)
            continue;
        if (pairing->numbers[i] <= last)
            return false;
        last = pairing->numbers[i];
    }
    return true;
}

/* Whether all that kin_find() looks at is the same; then *pairing is whole. */
static bool pair(const struct edition *was, const struct edition *now, struct pairing *pairing)
{
    if (was->articles.count != now->articles.count)
        return false;
    for (size_t i = 0; i < was->articles.count; i++) {
        const struct entry *article = was->articles.items[i];
        if (!same_article(was, article, now, now->articles.items[i]))
            return false;
        pairing->numbers[article->number] = now->articles.items[i]->number + 1;
    }
    return same_order(pairing) && same_tags(pairing, &was->tags, &now->tags);
}

static bool take(const struct kin_near *was, const struct pairing *pairing, struct kin_near *now)
{
    uint8_t state = atomic_load(&was->state);
    if (state < 2)
        return false;
    for (size_t i = 0; i < state - 2U; i++) {
        uint32_t number = pairing->numbers[was->numbers[i]];
        if (number == 0)
            return false;
        now->numbers[i] = number - 1;
    }
    atomic_store(&now->state, state);
    return true;
}

bool kin_words_take(const struct kin_known *known, const struct site *site,
                    const struct edition *edition, struct arena *arena, struct kin_words *out)
{
    const struct kin_words *words = known->words;
    if (words->entry_count == 0)
        return false; /* there is little to find */
    struct arena scratch = {0};
    struct pairing pairing = {arena_zalloc(&scratch, words->entry_count, sizeof *pairing.numbers),
                              words->entry_count};
    bool taken = pair(known->edition, edition, &pairing);
    struct kin_near *near = taken ? arena_zalloc(arena, site->entry_count, sizeof *near) : NULL;
    for (size_t i = 0; i < pairing.count && taken; i++) {
        if (pairing.numbers[i] > 0)
            taken = take(&words->near[i], &pairing, &near[pairing.numbers[i] - 1]);
    }
    if (taken)
        *out = (struct kin_words){.entries = site->entries, .most = words->most, .near = near};
    arena_release(&scratch);
    return taken;
}
