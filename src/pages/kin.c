#include "pages/kin.h"
#include "base/vec.h"

/* How many of a tag's articles are looked at on each side of the one in question. */
enum { NEIGHBOURS = 32 };

/* How many articles have a word, in an open table; `size` is a power of two. */
struct word_use {
    uint32_t word;
    uint32_t uses;
    struct kin_list *list; /* of a rare one */
};

struct word_table {
    struct arena *arena;
    struct word_use *slots;
    size_t size;
    size_t count;
};

static struct word_use *find_word(const struct word_table *table, uint32_t word)
{
    size_t slot = word & (table->size - 1);
    while (table->slots[slot].uses > 0 && table->slots[slot].word != word)
        slot = (slot + 1) & (table->size - 1);
    return &table->slots[slot];
}

/* Half of the slots stay free. The table grows with the words there are: most are in many articles,
 * so a place for each use would be most of a large site's memory. */
static void make_room(struct word_table *table)
{
    struct word_table larger = {table->arena, NULL, table->size * 2, table->count};
    if (table->count * 2 < table->size)
        return;
    larger.slots = arena_zalloc(larger.arena, larger.size, sizeof *larger.slots);
    for (size_t i = 0; i < table->size; i++) {
        if (table->slots[i].uses > 0)
            *find_word(&larger, table->slots[i].word) = table->slots[i];
    }
    *table = larger;
}

static void count_uses(const struct edition *edition, struct word_table *table)
{
    for (size_t i = 0; i < edition->articles.count; i++) {
        const struct record *record = edition->articles.items[i]->record;
        for (size_t j = 0; j < record->word_count; j++) {
            struct word_use *use = find_word(table, record->words[j]);
            table->count += use->uses == 0;
            use->word = record->words[j];
            use->uses++;
            make_room(table);
        }
    }
}

static bool is_rare(const struct word_use *use, size_t most)
{
    return use->uses >= 2 && use->uses <= most;
}

/* How often rare words are used in all. */
static size_t count_rare(const struct word_table *table, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < table->size; i++)
        count += is_rare(&table->slots[i], most) ? table->slots[i].uses : 0;
    return count;
}

/* Puts an article into the lists of its rare words. */
static void list_words(const struct entry *article, const struct word_table *table,
                       struct arena *arena, struct kin_words *out, struct kin_list ***next)
{
    const struct record *record = article->record;
    struct kin_of *own = &out->articles[article->number];
    own->lists = *next;
    for (size_t i = 0; i < record->word_count; i++) {
        struct word_use *use = find_word(table, record->words[i]);
        if (!is_rare(use, out->most))
            continue;
        if (!use->list)
            use->list = arena_zalloc(arena, 1, sizeof *use->list);
        use->list->word = use->word;
        *vec_push(arena, &use->list->sharers) = article;
        own->lists[own->count++] = use->list;
    }
    *next += own->count;
}

void kin_words_find(const struct site *site, const struct edition *edition, struct arena *arena,
                    struct kin_words *out)
{
    struct arena scratch = {0};
    struct word_table table = {.arena = &scratch, .size = 4096};
    size_t most = edition->articles.count / 10;
    *out = (struct kin_words){.entries = site->entries,
                              .most = most < KIN_WORD_MOST ? most : KIN_WORD_MOST};
    if (out->most < 2)
        return;
    table.slots = arena_zalloc(&scratch, table.size, sizeof *table.slots);
    count_uses(edition, &table);
    struct kin_list **next =
        arena_zalloc(arena, count_rare(&table, out->most), sizeof(struct kin_list *));
    out->articles = arena_zalloc(arena, site->entry_count, sizeof *out->articles);
    out->entry_count = site->entry_count;
    out->near = arena_zalloc(arena, site->entry_count, sizeof *out->near);
    for (size_t i = 0; i < edition->articles.count; i++)
        list_words(edition->articles.items[i], &table, arena, out, &next);
    arena_release(&scratch);
}

/* ---- after an edit */

/* The changed words, and what is new of each. */
struct renewal {
    const struct kin_changes *changes;
    struct kin_list **lists; /* by place in changes->words: it and who has it now */
    uint64_t passed[64];     /* bits of words that may be among them */
};

/* Where a word stands among those that changed, or SIZE_MAX. */
static size_t find_change(const struct renewal *renewal, uint32_t word)
{
    size_t low = 0;
    size_t high = renewal->changes->count;
    if ((renewal->passed[word >> 6 & 63] >> (word & 63) & 1) == 0)
        return SIZE_MAX;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (renewal->changes->words[middle] == word)
            return middle;
        if (renewal->changes->words[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

/* Notes which of the changed words an article has; whether it has any, or had. */
static bool note_changes(struct renewal *renewal, const struct kin_words *words,
                         const struct entry *article, struct arena *arena)
{
    const struct record *record = article->record;
    const struct kin_of *own = &words->articles[article->number];
    bool touched = false;
    for (size_t i = 0; i < record->word_count; i++) {
        size_t at = find_change(renewal, record->words[i]);
        if (at == SIZE_MAX)
            continue;
        *vec_push(arena, &renewal->lists[at]->sharers) = article;
        touched = true;
    }
    for (size_t i = 0; i < own->count && !touched; i++)
        touched = find_change(renewal, own->lists[i]->word) != SIZE_MAX;
    return touched;
}

/* Its lists: those of words that did not change, and the new ones. */
static void relist(const struct renewal *renewal, struct kin_words *words,
                   const struct entry *article, struct arena *arena)
{
    const struct record *record = article->record;
    struct kin_of *own = &words->articles[article->number];
    struct kin_of now = {arena_zalloc(arena, own->count + record->word_count, sizeof *now.lists),
                         0};
    for (size_t i = 0; i < own->count; i++) {
        if (find_change(renewal, own->lists[i]->word) == SIZE_MAX)
            now.lists[now.count++] = own->lists[i];
    }
    for (size_t i = 0; i < record->word_count; i++) {
        size_t at = find_change(renewal, record->words[i]);
        size_t uses = at == SIZE_MAX ? 0 : renewal->lists[at]->sharers.count;
        if (uses >= 2 && uses <= words->most)
            now.lists[now.count++] = renewal->lists[at];
    }
    *own = now;
    atomic_store(&words->near[article->number].state, (uint8_t)0);
}

void kin_words_copy(struct kin_words *words, struct arena *arena)
{
    const struct kin_words old = *words;
    if (old.entry_count == 0)
        return; /* no word is rare */
    words->articles = arena_zalloc(arena, old.entry_count, sizeof *words->articles);
    words->near = arena_zalloc(arena, old.entry_count, sizeof *words->near);
    for (size_t i = 0; i < old.entry_count; i++)
        words->articles[i] = old.articles[i];
    /* What was found for pages stays where it is; it is soon found again. */
}

void kin_words_renew(struct kin_words *words, const struct edition *edition,
                     const struct kin_changes *changes, struct arena *arena,
                     struct entry_list *touched, struct arena *touched_arena)
{
    struct renewal renewal = {.changes = changes};
    size_t first = touched->count;
    if (words->entry_count == 0 || words->taken)
        return;
    renewal.lists = arena_zalloc(arena, changes->count, sizeof(struct kin_list *));
    for (size_t i = 0; i < changes->count; i++) {
        uint32_t word = changes->words[i];
        renewal.lists[i] = arena_zalloc(arena, 1, sizeof **renewal.lists);
        renewal.lists[i]->word = word;
        renewal.passed[word >> 6 & 63] |= UINT64_C(1) << (word & 63);
    }
    for (size_t i = 0; i < edition->articles.count; i++) {
        const struct entry *article = edition->articles.items[i];
        if (note_changes(&renewal, words, article, arena))
            *vec_push(touched_arena, touched) = article;
    }
    for (size_t i = first; i < touched->count; i++)
        relist(&renewal, words, touched->items[i], arena);
}

struct kin {
    const struct entry *article;
    size_t weight;
};

/* Where an article of that moment stands in a list that is sorted newest first. */
static size_t find_moment(const struct entry_list *list, int64_t utc)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle]->date.utc > utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Candidates in an open table, by their numbers: a page has a hundred or two, and sorting them on
 * each of ten thousand pages would show, as would a look into each of them. `size` is a power of
 * two above their count. */
struct kin_slot {
    uint32_t article; /* its number plus 1; 0: free */
    uint32_t weight;
};

struct kin_table {
    struct kin_slot *slots;
    size_t size;
};

static void add_kin(struct kin_table *table, const struct entry *article, uint32_t weight)
{
    uint32_t number = article->number + 1;
    size_t slot = number & (table->size - 1);
    while (table->slots[slot].article && table->slots[slot].article != number)
        slot = (slot + 1) & (table->size - 1);
    table->slots[slot].article = number;
    table->slots[slot].weight += weight;
}

static void add_neighbours(const struct tag *tag, const struct entry *article,
                           struct kin_table *table)
{
    const struct entry_list *list = &tag->articles;
    size_t at = find_moment(list, article->date.utc);
    size_t first = at > NEIGHBOURS ? at - NEIGHBOURS : 0;
    uint32_t weight = (uint32_t)(1 + 1000000 / list->count);
    size_t end = list->count - at > NEIGHBOURS + 1 ? at + NEIGHBOURS + 1 : list->count;
    for (size_t i = first; i < end; i++) {
        if (list->items[i] != article)
            add_kin(table, list->items[i], weight);
    }
}

/* The heavier first; of equals the newer, then by number, so that the order is always the same. */
static bool is_nearer(const struct kin *a, const struct kin *b)
{
    if (a->weight != b->weight)
        return a->weight > b->weight;
    if (a->article->date.utc != b->article->date.utc)
        return a->article->date.utc > b->article->date.utc;
    return a->article->number < b->article->number;
}

/* Puts `kin` among the nearest found so far, which are sorted; *count is how many there are. */
static void offer(struct kin *nearest, size_t *count, size_t most, const struct kin *kin)
{
    size_t at = *count;
    while (at > 0 && is_nearer(kin, &nearest[at - 1]))
        at--;
    if (at == most)
        return;
    if (*count < most)
        (*count)++;
    for (size_t i = *count - 1; i > at; i--)
        nearest[i] = nearest[i - 1];
    nearest[at] = *kin;
}

/* A word that two share weighs as much as a tag that eight have. */
static void add_sharers(const struct entry_list *list, const struct entry *article,
                        struct kin_table *table)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] != article)
            add_kin(table, list->items[i], (uint32_t)(250000 / list->count));
    }
}

static size_t search(const struct kin_words *words, const struct entry *article,
                     struct kin nearest[KIN_MOST], struct arena *scratch)
{
    struct kin_table table = {.size = 64};
    const struct kin_of none = {NULL, 0};
    const struct kin_of *own = words->entry_count > 0 ? &words->articles[article->number] : &none;
    size_t candidates = 0;
    for (size_t i = 0; i < article->tags.count; i++) {
        size_t tagged = article->tags.items[i]->articles.count;
        candidates += tagged < 2 * NEIGHBOURS + 1 ? tagged : 2 * NEIGHBOURS + 1;
    }
    for (size_t i = 0; i < own->count; i++)
        candidates += own->lists[i]->sharers.count;
    while (table.size < candidates * 2)
        table.size *= 2;
    table.slots = arena_zalloc(scratch, table.size, sizeof *table.slots);
    for (size_t i = 0; i < article->tags.count; i++)
        add_neighbours(article->tags.items[i], article, &table);
    for (size_t i = 0; i < own->count; i++)
        add_sharers(&own->lists[i]->sharers, article, &table);
    size_t count = 0;
    for (size_t i = 0; i < table.size; i++) {
        const struct kin_slot *slot = &table.slots[i];
        /* Most weigh less than the last of the nearest: these are not looked into. */
        if (slot->article == 0 || (count == KIN_MOST && slot->weight < nearest[count - 1].weight))
            continue;
        const struct kin kin = {&words->entries[slot->article - 1], slot->weight};
        offer(nearest, &count, KIN_MOST, &kin);
    }
    return count;
}

/* Only one thread writes; another that asks meanwhile looks for itself. */
static void keep(struct kin_near *near, const struct kin *nearest, size_t count)
{
    uint8_t none = 0;
    if (!atomic_compare_exchange_strong(&near->state, &none, 1))
        return;
    for (size_t i = 0; i < count; i++)
        near->numbers[i] = nearest[i].article->number;
    atomic_store(&near->state, (uint8_t)(2 + count));
}

size_t kin_find(const struct kin_words *words, const struct entry *article,
                const struct entry *found[KIN_MOST], struct arena *scratch)
{
    struct kin_near *near = words->near ? &words->near[article->number] : NULL;
    uint8_t state = near ? atomic_load(&near->state) : 0;
    if (state >= 2) {
        for (size_t i = 0; i < state - 2U; i++)
            found[i] = &words->entries[near->numbers[i]];
        return state - 2U;
    }
    struct kin nearest[KIN_MOST];
    size_t count = search(words, article, nearest, scratch);
    for (size_t i = 0; i < count; i++)
        found[i] = nearest[i].article;
    if (near)
        keep(near, nearest, count);
    return count;
}
