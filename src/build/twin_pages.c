/* The outputs that read what differs, made with the records lent. */
#include "base/hash.h"
#include "build/incremental_internal.h"
#include "build/text_only.h"
#include "build/twin_internal.h"
#include "build/write.h"

#include <stdatomic.h>
#include <string.h>

/* One worker's own. */
struct bench {
    struct trace trace;
    struct arena notes;
    struct arena scratch;
    struct diags diags;
    struct buf buf;
    bool *read; /* by number of fact; all false between pages */
};

struct making {
    const struct twin_work *work;
    struct incremental *was;     /* how the outputs were made or kept */
    struct facts facts;          /* as they are with the records lent */
    struct kin_words *own_words; /* of each edition, as they were */
    struct links *links;
    struct bench *benches;
    uint32_t *outputs; /* to be made */
    size_t output_count;
    atomic_bool failed;
};

/* The plan is of the build that is under way. */
static struct relations *relations_of(const struct plan *plan, size_t edition)
{
    return (struct relations *)(uintptr_t)&plan->editions[edition].relations;
}

/* What is akin goes by the words that are lent. Returns the articles for which it may be others. */
static struct entry_list renew_words(struct making *making)
{
    const struct twin_work *work = making->work;
    const struct plan *plan = work->of->plan;
    struct arena *arena = work->of->arena;
    struct text_words words = {0};
    struct entry_list related = {0};
    for (size_t i = 0; i < work->text_count; i++) {
        if (work->texts[i].entry->kind == KIND_ARTICLE)
            text_words_differ(&words, work->texts[i].own, work->texts[i].record, arena);
    }
    text_words_sort(&words);
    const struct kin_changes changes = {words.items, words.count};
    making->own_words = arena_zalloc(arena, plan->site->edition_count, sizeof(struct kin_words));
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        struct relations *relations = relations_of(plan, i);
        making->own_words[i] = relations->words;
        if (words.count == 0)
            continue;
        kin_words_copy(&relations->words, arena);
        kin_words_renew(&relations->words, &plan->site->editions[i], &changes, arena, &related,
                        arena);
    }
    return related;
}

static void renew_facts(struct making *making)
{
    const struct twin_work *work = making->work;
    struct arena *arena = work->of->arena;
    const struct facts_digests digests = {.file = incremental_file, .context = making->was};
    const struct entry **entries = arena_zalloc(arena, work->text_count, sizeof *entries);
    for (size_t i = 0; i < work->text_count; i++)
        entries[i] = work->texts[i].entry;
    making->facts = *making->was->facts;
    making->facts.items = arena_alloc(arena, making->facts.count * sizeof *making->facts.items);
    memcpy(making->facts.items, making->was->facts->items,
           making->facts.count * sizeof *making->facts.items);
    struct entry_list related = renew_words(making);
    const struct facts_renewed renewed = {.entries = entries,
                                          .entry_count = work->text_count,
                                          .related = related.items,
                                          .related_count = related.count,
                                          .times = true};
    facts_renew(&making->facts, &digests, &renewed);
}

static void give_words_back(const struct making *making)
{
    const struct plan *plan = making->work->of->plan;
    for (size_t i = 0; i < plan->site->edition_count; i++)
        relations_of(plan, i)->words = making->own_words[i];
}

static bool differs(const struct making *making, uint32_t fact)
{
    return making->facts.items[fact].digest != making->was->facts->items[fact].digest;
}

/* What the output read in the site that was built, one after the other: the number of a fact. */
static size_t reads_of(const struct making *making, size_t index)
{
    const struct made *made = &making->was->made[index];
    return made->is_made ? made->fact_count : making->was->pages[index]->facts_count;
}

static uint32_t read_at(const struct making *making, size_t index, size_t i)
{
    const struct incremental *was = making->was;
    const struct made *made = &was->made[index];
    if (made->is_made)
        return made->facts[i];
    return was->numbers[was->old.page_facts[was->pages[index]->facts_at + i]] - 1;
}

static bool reads_other(const struct making *making, size_t index)
{
    size_t count = reads_of(making, index);
    for (size_t i = 0; i < count; i++) {
        if (differs(making, read_at(making, index, i)))
            return true;
    }
    return false;
}

/* Indexes are summed up apart. Of what there was something to say about, it is said by a build. */
static bool list_outputs(struct making *making)
{
    const struct plan *plan = making->work->of->plan;
    making->outputs = arena_zalloc(making->work->of->arena, plan->count, sizeof(uint32_t));
    for (size_t i = 0; i < plan->count; i++) {
        const struct made *made = &making->was->made[i];
        if (!made->is_made && (!making->was->pages || !making->was->pages[i]))
            return false;
        if (plan->outputs[i].kind == OUTPUT_SEARCH_FILE || !reads_other(making, i))
            continue;
        bool always = made->is_made ? made->always : making->was->pages[i]->always;
        if (always || (making->work->of->recalled && write_takes_files(&plan->outputs[i])))
            return false;
        making->outputs[making->output_count++] = (uint32_t)i;
    }
    return true;
}

/* ---- making them */

static bool same_links(const struct making *making, size_t index, const struct links_of_page *new,
                       struct arena *scratch)
{
    const struct made *made = &making->was->made[index];
    struct links_of_page old =
        made->is_made ? made->links : incremental_wants(making->was, index, scratch);
    if (making->work->grew)
        return twin_page_links_kept(making->work, index, &old, new);
    if (new->dead || old.dead || new->id_count != old.id_count || new->want_count != old.want_count)
        return false;
    for (size_t i = 0; i < new->id_count; i++) {
        if (new->ids[i] != old.ids[i])
            return false;
    }
    for (size_t i = 0; i < new->want_count; i++) {
        if (new->wants[i].id != old.wants[i].id || new->wants[i].output != old.wants[i].output)
            return false;
    }
    return true;
}

/* Where it leads is among them, so that the same pages can be reached; of texts that grew at least
 * these. */
static bool same_reads(const struct making *making, size_t index, struct bench *bench)
{
    size_t count = reads_of(making, index);
    bool same = count == bench->trace.count || making->work->grew;
    for (size_t i = 0; i < bench->trace.count; i++)
        bench->read[bench->trace.items[i]] = true;
    for (size_t i = 0; i < count; i++)
        same = same && bench->read[read_at(making, index, i)];
    for (size_t i = 0; i < bench->trace.count; i++)
        bench->read[bench->trace.items[i]] = false;
    return same;
}

static struct digest digest_before(const struct making *making, size_t index)
{
    const struct made *made = &making->was->made[index];
    return made->is_made ? made->digest : making->was->pages[index]->digest;
}

static bool make(struct making *making, unsigned worker, size_t index)
{
    const struct twin_of *of = making->work->of;
    struct twin *twin = making->work->twin;
    struct bench *bench = &making->benches[worker];
    const struct output *output = &of->plan->outputs[index];
    const struct writer writer = {of->plan, of->templates, of->source, making->links, of->pictures};
    struct write_job job = {worker, &bench->scratch, &bench->notes, &bench->diags, &bench->trace};
    struct links_of_page links = {0};
    buf_clear(&bench->buf);
    arena_clear(&bench->scratch);
    trace_begin(&bench->trace);
    if (write_output(&writer, &job, output, &bench->buf) != 0 || bench->diags.count > 0)
        return false;
    if (output_is_page(output))
        links = links_taken(making->links, worker);
    twin->digests[index] = digest_of_file(buf_str(&bench->buf));
    twin->differs[index] = !digest_eq(twin->digests[index], digest_before(making, index));
    return same_links(making, index, &links, &bench->scratch) && same_reads(making, index, bench);
}

static void make_one(void *context, unsigned worker, size_t index)
{
    struct making *making = context;
    if (!atomic_load(&making->failed) && !make(making, worker, making->outputs[index]))
        atomic_store(&making->failed, true);
}

static void begin(struct making *making)
{
    const struct twin_of *of = making->work->of;
    unsigned workers = pool_size(of->pool);
    making->links = links_new(of->plan, workers, of->arena);
    making->benches = arena_zalloc(of->arena, workers, sizeof *making->benches);
    for (unsigned i = 0; i < workers; i++) {
        struct bench *bench = &making->benches[i];
        bench->read = arena_zalloc(&bench->notes, making->facts.count, sizeof *bench->read);
        trace_init(&bench->trace, &making->facts, &bench->notes);
        diags_init(&bench->diags, &bench->notes);
    }
}

static void end(struct making *making)
{
    for (unsigned i = 0; i < pool_size(making->work->of->pool); i++) {
        arena_release(&making->benches[i].scratch);
        arena_release(&making->benches[i].notes);
        buf_release(&making->benches[i].buf);
    }
}

bool twin_make_pages(struct twin_work *work)
{
    struct making making = {.work = work, .was = work->of->incremental};
    if (!making.was || !making.was->made)
        return false;
    renew_facts(&making);
    bool good = list_outputs(&making);
    if (good) {
        begin(&making);
        pool_run(work->of->pool, making.output_count, 1, make_one, &making);
        end(&making);
    }
    give_words_back(&making);
    return good && !atomic_load(&making.failed);
}
