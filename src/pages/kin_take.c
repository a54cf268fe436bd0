/* Akin articles as they were found in a site of which this one is an edit.
 *
 * What is akin to an article hangs on its tags (which articles have them, and how many), on its
 * rare words (which articles have them) and on the moments of those. Where few articles are not
 * what they were, most others are akin to the same as before; those whose tags or words the change
 * touches are looked for anew, by lists made of the ones that were. */
#include "base/vec.h"
#include "pages/kin.h"

#include <stdlib.h>

/* More than that is as well found from the beginning, and a stranger decides how many tags an
 * article has. */
enum { CHANGED_MOST = 16, TAGS_MOST = 256 };

struct words {
    uint32_t *items;
    size_t count, capacity;
};

struct tag_names {
    struct str *items;
    size_t count, capacity;
};

/* Two editions, and what differs in them. */
struct taking {
    const struct kin_words *old;
    const struct edition *was, *now;
    const struct site *site;
    struct arena *scratch;
    uint32_t *numbers;            /* by an entry's number in the first: that in the second plus 1 */
    const struct entry **origins; /* by number in the second: the article in the first */
    struct words words;    /* that others have now, or whose bearers stand elsewhere: sorted */
    uint64_t passed[64];   /* bits of words that may be among them */
    struct tag_names tags; /* likewise, by slug */
    bool *anew;            /* by number in the second: to be looked for */
    size_t changed;
};

/* ---- which articles are the same */

/* One that stands in for a translation has the tags of another edition: it is not compared. */
static bool are_own(const struct edition *edition)
{
    for (size_t i = 0; i < edition->articles.count; i++) {
        if (edition->articles.items[i]->edition != edition)
            return false;
    }
    return true;
}

/* Both sites have their entries by path. */
static void pair(struct taking *taking)
{
    const struct entry *was = taking->old->entries;
    const struct entry *was_end = was + taking->old->entry_count;
    const struct entry *now = taking->site->entries;
    const struct entry *now_end = now + taking->site->entry_count;
    while (was < was_end && now < now_end) {
        bool same_file = was->record && was->record == now->record;
        int order = same_file ? 0 : str_cmp(was->file->path, now->file->path);
        if (order == 0 && was->kind == KIND_ARTICLE && now->kind == KIND_ARTICLE) {
            taking->numbers[was->number] = now->number + 1;
            taking->origins[now->number] = was;
        }
        was += order <= 0;
        now += order >= 0;
    }
}

static bool has_tag(const struct entry *article, struct str slug)
{
    for (size_t i = 0; article && i < article->tags.count; i++) {
        if (str_eq(article->tags.items[i]->slug, slug))
            return true;
    }
    return false;
}

/* The tags of one that the other has not; all of them with `other` NULL. */
static void note_tags(struct taking *taking, const struct entry *article, const struct entry *other)
{
    for (size_t i = 0; article && i < article->tags.count; i++) {
        if (!has_tag(other, article->tags.items[i]->slug))
            *vec_push(taking->scratch, &taking->tags) = article->tags.items[i]->slug;
    }
}

static bool has_word(const struct entry *article, uint32_t word)
{
    const struct record *record = article ? article->record : NULL;
    for (size_t i = 0; record && i < record->word_count; i++) {
        if (record->words[i] == word)
            return true;
    }
    return false;
}

static void note_words(struct taking *taking, const struct entry *article,
                       const struct entry *other)
{
    for (size_t i = 0; article && i < article->record->word_count; i++) {
        uint32_t word = article->record->words[i];
        if (!has_word(other, word))
            *vec_push(taking->scratch, &taking->words) = word;
    }
}

static bool has_same_tags(const struct entry *was, const struct entry *now)
{
    bool same = was->tags.count == now->tags.count;
    for (size_t i = 0; i < was->tags.count && same; i++)
        same = str_eq(was->tags.items[i]->slug, now->tags.items[i]->slug);
    return same;
}

/* An article of both editions or of one of them (the other is NULL). */
static bool compare(struct taking *taking, const struct entry *was, const struct entry *now)
{
    bool both = was && now && was->date.utc == now->date.utc;
    if (both && was->record == now->record && has_same_tags(was, now))
        return true;
    if (now)
        taking->anew[now->number] = true;
    note_tags(taking, was, both ? now : NULL);
    note_tags(taking, now, both ? was : NULL);
    note_words(taking, was, both ? now : NULL);
    note_words(taking, now, both ? was : NULL);
    return ++taking->changed <= CHANGED_MOST && taking->tags.count <= TAGS_MOST;
}

/* Whether an entry is among the articles of the edition: all others are none of its pages'. */
static bool *members_of(const struct edition *edition, size_t count, struct arena *arena)
{
    bool *members = arena_zalloc(arena, count, sizeof *members);
    for (size_t i = 0; i < edition->articles.count; i++)
        members[edition->articles.items[i]->number] = true;
    return members;
}

static bool compare_all(struct taking *taking)
{
    const bool *had = members_of(taking->was, taking->old->entry_count, taking->scratch);
    const bool *has = members_of(taking->now, taking->site->entry_count, taking->scratch);
    bool good = true;
    for (size_t i = 0; i < taking->was->articles.count && good; i++) {
        const struct entry *was = taking->was->articles.items[i];
        uint32_t number = taking->numbers[was->number];
        if (number > 0 && !has[number - 1])
            taking->numbers[was->number] = number = 0;
        good = compare(taking, was, number > 0 ? &taking->site->entries[number - 1] : NULL) && good;
    }
    for (size_t i = 0; i < taking->now->articles.count && good; i++) {
        const struct entry *now = taking->now->articles.items[i];
        const struct entry *was = taking->origins[now->number];
        if (was && had[was->number])
            continue;
        taking->origins[now->number] = NULL;
        good = compare(taking, NULL, now);
    }
    return good;
}

/* ---- which tags and words are */

static int compare_words(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void sort_words(struct taking *taking)
{
    if (taking->words.count > 1)
        qsort(taking->words.items, taking->words.count, sizeof(uint32_t), compare_words);
    for (size_t i = 0; i < taking->words.count; i++) {
        uint32_t word = taking->words.items[i];
        taking->passed[word >> 6 & 63] |= UINT64_C(1) << (word & 63);
    }
}

/* Where a word stands among them, or SIZE_MAX. */
static size_t find_word(const struct taking *taking, uint32_t word)
{
    if ((taking->passed[word >> 6 & 63] >> (word & 63) & 1) == 0)
        return SIZE_MAX;
    const uint32_t *found =
        bsearch(&word, taking->words.items, taking->words.count, sizeof word, compare_words);
    return found ? (size_t)(found - taking->words.items) : SIZE_MAX;
}

static bool is_touched_tag(const struct taking *taking, struct str slug)
{
    for (size_t i = 0; i < taking->tags.count; i++) {
        if (str_eq(taking->tags.items[i], slug))
            return true;
    }
    return false;
}

static const struct tag *tag_of(const struct edition *edition, struct str slug)
{
    for (size_t i = 0; i < edition->tags.count; i++) {
        if (str_eq(edition->tags.items[i]->slug, slug))
            return edition->tags.items[i];
    }
    return NULL;
}

static bool same_list(const struct taking *taking, const struct entry_list *was,
                      const struct entry_list *now)
{
    bool same = was->count == now->count;
    for (size_t i = 0; i < was->count && same; i++)
        same = taking->numbers[was->items[i]->number] == now->items[i]->number + 1;
    return same;
}

/* Whether all tags but those that are known to be touched have the same articles. */
static bool same_tags(const struct taking *taking)
{
    bool same = true;
    for (size_t i = 0; i < taking->now->tags.count && same; i++) {
        const struct tag *now = taking->now->tags.items[i];
        const struct tag *was = i < taking->was->tags.count ? taking->was->tags.items[i] : NULL;
        if (!was || !str_eq(was->slug, now->slug))
            was = tag_of(taking->was, now->slug);
        same = is_touched_tag(taking, now->slug) ||
               (was && same_list(taking, &was->articles, &now->articles));
    }
    return same;
}

/* Of articles that are equally near the one with the lower number comes first. */
static bool same_order(const struct taking *taking)
{
    uint32_t last = 0;
    for (size_t i = 0; i < taking->old->entry_count; i++) {
        if (taking->numbers[i] == 0)
            continue;
        if (taking->numbers[i] <= last)
            return false;
        last = taking->numbers[i];
    }
    return true;
}

/* ---- taking over */

/* The lists of the words that are touched: who has them now, and is to be looked for anew. */
static struct kin_list *list_touched(struct taking *taking, struct arena *arena)
{
    struct kin_list *lists = arena_zalloc(arena, taking->words.count + 1, sizeof *lists);
    for (size_t i = 0; i < taking->words.count; i++)
        lists[i].word = taking->words.items[i];
    for (size_t i = 0; i < taking->now->articles.count && taking->words.count > 0; i++) {
        const struct entry *article = taking->now->articles.items[i];
        for (size_t j = 0; j < article->record->word_count; j++) {
            size_t at = find_word(taking, article->record->words[j]);
            if (at == SIZE_MAX)
                continue;
            *vec_push(arena, &lists[at].sharers) = article;
            taking->anew[article->number] = true;
        }
    }
    return lists;
}

static void note_tagged(struct taking *taking)
{
    for (size_t i = 0; i < taking->tags.count; i++) {
        const struct tag *tag = tag_of(taking->now, taking->tags.items[i]);
        for (size_t j = 0; tag && j < tag->articles.count; j++)
            taking->anew[tag->articles.items[j]->number] = true;
    }
}

/* Who has a word that nobody got or lost, as entries of the second site. */
static struct kin_list *take_list(const struct taking *taking, const struct kin_list *was,
                                  struct arena *arena)
{
    struct kin_list *list = arena_zalloc(arena, 1, sizeof *list);
    list->word = was->word;
    for (size_t i = 0; i < was->sharers.count; i++) {
        uint32_t number = taking->numbers[was->sharers.items[i]->number];
        if (number > 0)
            *vec_push(arena, &list->sharers) = &taking->site->entries[number - 1];
    }
    return list;
}

/* The rare words of an article for which is to be looked anew. */
static void relist(const struct taking *taking, const struct entry *article,
                   struct kin_list *touched, struct kin_words *out, struct arena *arena)
{
    static const struct kin_of none;
    const struct entry *origin = taking->origins[article->number];
    const struct kin_of *was = origin ? &taking->old->articles[origin->number] : &none;
    const struct record *record = article->record;
    struct kin_of *own = &out->articles[article->number];
    own->lists = arena_zalloc(arena, was->count + record->word_count, sizeof(struct kin_list *));
    for (size_t i = 0; i < was->count; i++) {
        if (find_word(taking, was->lists[i]->word) == SIZE_MAX)
            own->lists[own->count++] = take_list(taking, was->lists[i], arena);
    }
    for (size_t i = 0; i < record->word_count && taking->words.count > 0; i++) {
        size_t at = find_word(taking, record->words[i]);
        struct kin_list *list = at < SIZE_MAX ? &touched[at] : NULL;
        if (list && list->sharers.count >= 2 && list->sharers.count <= out->most)
            own->lists[own->count++] = list;
    }
}

static bool take(const struct taking *taking, const struct kin_near *was, struct kin_near *now)
{
    uint8_t state = atomic_load(&was->state);
    if (state < 2)
        return false;
    for (size_t i = 0; i < state - 2U; i++) {
        uint32_t number = taking->numbers[was->numbers[i]];
        if (number == 0)
            return false;
        now->numbers[i] = number - 1;
    }
    atomic_store(&now->state, state);
    return true;
}

static void take_all(struct taking *taking, struct arena *arena, struct kin_words *out)
{
    struct kin_list *touched = list_touched(taking, arena);
    note_tagged(taking);
    *out = (struct kin_words){
        .articles = arena_zalloc(arena, taking->site->entry_count, sizeof *out->articles),
        .entry_count = taking->site->entry_count,
        .most = taking->old->most,
        .entries = taking->site->entries,
        .near = arena_zalloc(arena, taking->site->entry_count, sizeof *out->near),
        .taken = true,
    };
    for (size_t i = 0; i < taking->now->articles.count; i++) {
        const struct entry *article = taking->now->articles.items[i];
        const struct entry *origin = taking->origins[article->number];
        if (taking->anew[article->number] || !origin ||
            !take(taking, &taking->old->near[origin->number], &out->near[article->number]))
            relist(taking, article, touched, out, arena);
    }
}

bool kin_words_take(const struct kin_known *known, const struct site *site,
                    const struct edition *edition, struct arena *arena, struct kin_words *out)
{
    const struct kin_words *words = known->words;
    size_t most = edition->articles.count / 10;
    if (words->entry_count == 0 || words->taken ||
        words->most != (most < KIN_WORD_MOST ? most : KIN_WORD_MOST) || !are_own(known->edition) ||
        !are_own(edition))
        return false;
    struct arena scratch = {0};
    struct taking taking = {
        .old = words,
        .was = known->edition,
        .now = edition,
        .site = site,
        .scratch = &scratch,
        .numbers = arena_zalloc(&scratch, words->entry_count, sizeof *taking.numbers),
        .origins = arena_zalloc(&scratch, site->entry_count, sizeof *taking.origins),
        .anew = arena_zalloc(&scratch, site->entry_count, sizeof *taking.anew),
    };
    pair(&taking);
    bool good = compare_all(&taking) && same_tags(&taking) && same_order(&taking);
    if (good) {
        sort_words(&taking);
        take_all(&taking, arena, out);
    }
    arena_release(&scratch);
    return good;
}
