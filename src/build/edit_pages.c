/* The outputs that read what changed, made in memory. */
#include "base/hash.h"
#include "base/vec.h"
#include "build/edit_internal.h"
#include "build/text_only.h"
#include "build/write.h"
#include "site/bodies.h"

#include <stdatomic.h>
#include <string.h>

/* A state is all that tells of a file that nobody changed. */
static uint64_t file_digest(void *context, const struct source_file *file)
{
    const struct edit *edit = context;
    const struct cache_source *source = cache_find(&edit->look->cache, file->path);
    static const struct source_signature none;
    const struct source_signature *signature = source ? &source->signature : &none;
    return hash_bytes((struct str){(const char *)signature, sizeof *signature}, 1);
}

/* The words by which articles are akin that came or went. */
static struct text_words find_words(struct edit *edit)
{
    struct text_words words = {0};
    for (size_t i = 0; i < edit->text_count; i++) {
        const struct edit_text *text = &edit->texts[i];
        if (text->entry->kind == KIND_ARTICLE)
            text_words_differ(&words, text->before, text->entry->record, edit->arena);
    }
    text_words_sort(&words);
    return words;
}

/* Which articles may be akin to others by them; those are found anew. */
static struct entry_list find_related(struct edit *edit)
{
    struct entry_list related = {0};
    const struct plan *plan = edit->frozen->plan;
    struct text_words words = find_words(edit);
    const struct kin_changes changes = {words.items, words.count};
    for (size_t i = 0; words.count > 0 && i < plan->site->edition_count; i++) {
        struct relations *relations = OWN(struct relations, &plan->editions[i].relations);
        kin_words_renew(&relations->words, &plan->site->editions[i], &changes, &edit->site,
                        &related, edit->arena);
    }
    return related;
}

/* Which facts are no longer what they were. So far only files of the search index are listed. */
static void find_changed(struct edit *edit)
{
    struct facts *facts = edit->frozen->facts;
    const struct facts_digests digests = {.file = file_digest, .context = edit};
    const struct entry **entries = arena_zalloc(edit->arena, edit->text_count, sizeof *entries);
    const struct output **outputs = arena_zalloc(edit->arena, edit->page_count, sizeof *outputs);
    for (size_t i = 0; i < edit->text_count; i++)
        entries[i] = edit->texts[i].entry;
    for (size_t i = 0; i < edit->page_count; i++)
        outputs[i] = &edit->frozen->plan->outputs[edit->pages[i].number];
    struct entry_list related = find_related(edit);
    const struct facts_renewed renewed = {
        .entries = entries,
        .entry_count = edit->text_count,
        .related = related.items,
        .related_count = related.count,
        .outputs = outputs,
        .output_count = edit->page_count,
    };
    facts_renew(facts, &digests, &renewed);
    for (size_t i = 0; i < edit->page_count; i++) /* as it is kept: frozen.h */
        OWN(struct output, outputs[i])->subject = NULL;
    edit->changed = arena_zalloc(edit->arena, facts->count, sizeof *edit->changed);
    for (size_t i = 0; i < facts->count; i++)
        edit->changed[i] = facts->items[i].digest != edit->look->cache.facts[i].digest;
}

static bool reads_changed(const struct edit *edit, const struct cache_page *page)
{
    const uint32_t *facts = edit->look->cache.page_facts + page->facts_at;
    for (uint32_t i = 0; i < page->facts_count; i++) {
        if (edit->changed[facts[i]])
            return true;
    }
    return false;
}

static bool list_pages(struct edit *edit)
{
    const struct cache *cache = &edit->look->cache;
    const struct plan *plan = edit->frozen->plan;
    if (cache->page_count != plan->count || cache->fact_count != edit->frozen->facts->count ||
        cache->output_count != plan->count)
        return false; /* compressed copies stand there too */
    for (size_t i = 0; i < cache->page_count; i++) {
        if (plan->outputs[i].kind == OUTPUT_SEARCH_FILE || !reads_changed(edit, &cache->pages[i]))
            continue;
        if (cache->pages[i].always || write_takes_files(&plan->outputs[i]) ||
            edit->page_count == EDIT_PAGES_MOST)
            return false;
        edit->pages[edit->page_count++].number = i;
    }
    return true;
}

/* ---- making them */

struct making {
    struct edit *edit;
    struct templates *templates; /* NULL: no page among them */
    struct links *links;
    struct trace *traces; /* one a worker, as all that follows */
    struct arena *scratch;
    struct arena *notes; /* what is kept of pages */
    struct diags *diags;
    struct buf *bufs;
    atomic_bool failed;
};

/* Whether the page has that part: in its text as it is now, or where its layouts print it. */
static bool has_part(const struct edit *edit, const struct edit_page *page, uint64_t id)
{
    const struct output *output = &edit->frozen->plan->outputs[page->number];
    for (size_t i = 0; i < page->links.id_count; i++) {
        if (page->links.ids[i] == id)
            return true;
    }
    if (output->kind != OUTPUT_ENTRY)
        return false;
    const struct markup *body = &((const struct entry *)output->subject)->record->body;
    for (size_t i = 0; i < body->id_count; i++) {
        if (links_hash(markup_id_at(body, i)) == id)
            return true;
    }
    return false;
}

static bool was_wanted(const struct edit *edit, const struct cache_page *old,
                       const struct links_want *want)
{
    for (size_t i = 0; i < old->wants_count; i++) {
        const struct links_want *known = &edit->look->cache.wants[old->wants_at + i];
        if (known->id == want->id &&
            known->output == edit->frozen->facts->first_output + want->output * 2)
            return true;
    }
    return false;
}

/* Whether what of a page takes part in the link check is as good as it was: its parts that others
 * may link to are the same, and whatever it links to itself is there. */
static bool fits(const struct edit *edit, const struct edit_page *page)
{
    const struct cache *cache = &edit->look->cache;
    const struct cache_page *old = &cache->pages[page->number];
    const struct links_of_page *new = &page->links;
    if (new->dead || new->id_count != old->ids_count || new->want_count > old->wants_room ||
        page->fact_count > old->facts_room)
        return false;
    for (size_t i = 0; i < new->id_count; i++) {
        if (new->ids[i] != cache->ids[old->ids_at + i])
            return false;
    }
    for (size_t i = 0; i < new->want_count; i++) {
        const struct links_want *want = &new->wants[i];
        if (want->output == page->number ? !has_part(edit, page, want->id)
                                         : !was_wanted(edit, old, want))
            return false;
    }
    return true;
}

static void keep(struct making *making, unsigned worker, struct edit_page *page)
{
    const struct trace *trace = &making->traces[worker];
    struct arena *notes = &making->notes[worker];
    page->bytes = arena_str(notes, buf_str(&making->bufs[worker]));
    page->fact_count = trace->count;
    page->facts = arena_alloc(notes, trace->count * sizeof *page->facts);
    memcpy(page->facts, trace->items, trace->count * sizeof *page->facts);
}

static void make_page(void *context, unsigned worker, size_t index)
{
    struct making *making = context;
    struct edit *edit = making->edit;
    struct edit_page *page = &edit->pages[index];
    const struct output *output = &edit->frozen->plan->outputs[page->number];
    const struct writer writer = {edit->frozen->plan, making->templates, edit->frozen->source,
                                  making->links, NULL};
    struct write_job job = {worker, &making->scratch[worker], &making->notes[worker],
                            &making->diags[worker], &making->traces[worker]};
    if (page->is_search || atomic_load(&making->failed))
        return;
    buf_clear(&making->bufs[worker]);
    arena_clear(&making->scratch[worker]);
    trace_begin(&making->traces[worker]);
    if (write_output(&writer, &job, output, &making->bufs[worker]) != 0 ||
        making->diags[worker].count > 0) {
        atomic_store(&making->failed, true);
        return;
    }
    if (output_is_page(output))
        page->links = links_taken(making->links, worker);
    keep(making, worker, page);
    if (!fits(edit, page))
        atomic_store(&making->failed, true);
}

static void begin(struct making *making, struct edit *edit)
{
    unsigned workers = edit->workers;
    making->edit = edit;
    making->links = links_new(edit->frozen->plan, workers, edit->arena);
    making->traces = arena_zalloc(edit->arena, workers, sizeof *making->traces);
    making->scratch = arena_zalloc(edit->arena, workers, sizeof *making->scratch);
    making->notes = arena_zalloc(edit->arena, workers, sizeof *making->notes);
    making->diags = arena_zalloc(edit->arena, workers, sizeof *making->diags);
    making->bufs = arena_zalloc(edit->arena, workers, sizeof *making->bufs);
    for (unsigned i = 0; i < workers; i++) {
        trace_init(&making->traces[i], edit->frozen->facts, &making->notes[i]);
        diags_init(&making->diags[i], &making->notes[i]);
    }
}

static void end(struct making *making)
{
    templates_end(making->templates);
    for (unsigned i = 0; i < making->edit->workers; i++) {
        arena_release(&making->scratch[i]);
        buf_release(&making->bufs[i]);
        arena_adopt(making->edit->arena, &making->notes[i]);
    }
}

static bool load_templates(struct making *making)
{
    struct edit *edit = making->edit;
    const struct plan *plan = edit->frozen->plan;
    bool wanted = false;
    for (size_t i = 0; i < edit->page_count; i++)
        wanted = wanted || output_is_page(&plan->outputs[edit->pages[i].number]);
    const struct templates_options options = {edit->frozen->source, plan, edit->options->strict};
    return !wanted ||
           (templates_load(&options, edit->arena, &edit->said, &making->templates) == 0 &&
            edit->said.count == 0);
}

enum { FEW = 12 }; /* with the files of the search index, of which nothing is to be made any more */

bool edit_make_pages(struct edit *edit)
{
    struct making making = {0};
    find_changed(edit);
    if (!list_pages(edit))
        return false;
    begin(&making, edit);
    bool good = load_templates(&making);
    /* A few are sooner made than somebody is free to help. */
    bool few = edit->page_count <= FEW;
    for (size_t i = 0; good && few && i < edit->page_count; i++)
        make_page(&making, 0, i);
    good = edit_outputs_stand(edit) && good;
    if (good && !few)
        pool_run(edit->pool, edit->page_count, 1, make_page, &making);
    end(&making);
    return good && !atomic_load(&making.failed) &&
           bodies_report(edit->frozen->site->bodies, &edit->said) == 0;
}
