/* Which facts a site has, and their order: site, editions, entries, outputs, layouts, subjects. */
#include "base/vec.h"
#include "pages/alternates.h"
#include "pages/calendars.h"
#include "pages/facts_internal.h"
#include "site/variants.h"

#include <string.h>

static uint64_t id_of(const char *kind, struct str about, uint64_t number)
{
    uint64_t id = hash_bytes(about, hash_bytes(str_from(kind), 11));
    facts_mix(&id, number);
    return id;
}

static void mix_wish(uint64_t *sum, const struct finding *finding, const struct picture_wish *wish)
{
    struct buf text = {0};
    variants_describe(wish, &text);
    facts_mix_str(sum, buf_str(&text));
    facts_mix_str(sum, finding->facts->plan->site->picture_library);
    buf_release(&text);
}

/* What pages show of a picture: which variants it has, in which shapes, and its tone. */
static void mix_variants(uint64_t *sum, const struct finding *finding,
                         const struct attachment *attachment)
{
    facts_mix_str(sum, attachment->tone);
    if (attachment->whole)
        mix_wish(sum, finding, &attachment->whole->wish);
    for (size_t i = 0; i < attachment->set_count; i++) {
        const struct picture_set *set = &attachment->sets[i];
        facts_mix_str(sum, set->shape->name);
        facts_mix_str(sum, set->shape->sizes);
        facts_mix(sum, set->count);
        for (size_t j = 0; j < set->count; j++) {
            facts_mix_str(sum, set->steps[j].modern->url);
            facts_mix_str(sum, set->steps[j].fallback->url);
        }
    }
}

void facts_mix_output(uint64_t *sum, const struct finding *finding, const struct output *output)
{
    facts_mix_str(sum, output->url);
    if (output->kind != OUTPUT_ATTACHMENT && output->kind != OUTPUT_VARIANT)
        return;
    const struct picture_variant *variant = output->kind == OUTPUT_VARIANT ? output->subject : NULL;
    const struct attachment *attachment = variant ? variant->attachment : output->subject;
    facts_mix(sum, finding->digests->file(finding->digests->context, attachment->file));
    if (variant)
        mix_wish(sum, finding, &variant->wish);
    else
        mix_variants(sum, finding, attachment);
}

uint64_t facts_digest_of_card(const struct facts *facts, const struct entry *entry)
{
    return facts->items[facts->first_entry + entry->number * FACT_ENTRY_COUNT + FACT_CARD].digest;
}

uint32_t facts_subject_number(const struct facts *facts, const void *subject)
{
    struct str address = {(const char *)&subject, sizeof subject};
    return (uint32_t)(uintptr_t)map_get(&facts->subjects, address);
}

uint64_t facts_digest_of(const struct facts *facts, const void *subject)
{
    uint32_t number = facts_subject_number(facts, subject);
    return number > 0 ? facts->items[number - 1].digest : 0;
}

uint64_t facts_digest_of_name(const struct facts *facts, const void *subject)
{
    uint32_t number = facts_subject_number(facts, subject);
    return number > 0 ? facts->items[number].digest : 0;
}

uint64_t facts_entry_id(struct str path, enum fact_entry fact)
{
    return id_of("entry", path, fact);
}

static void find_entry(void *context, unsigned worker, size_t index)
{
    const struct finding *finding = context;
    struct facts *facts = finding->facts;
    const struct entry *entry = &facts->plan->site->entries[index];
    struct fact *at = &facts->items[facts->first_entry + index * FACT_ENTRY_COUNT];
    if (!entry->edition || !entry->group)
        return;
    uint64_t digests[FACT_ENTRY_COUNT] = {
        [FACT_LINE] = facts_line(entry),
        [FACT_CARD] = facts_card(finding, entry),
        [FACT_BODY] = facts_body(finding, entry),
        [FACT_COMMENTS] = facts_comments(entry),
        [FACT_RELATIONS] =
            entry->published ? facts_relations(finding, entry, &finding->scratch[worker]) : 0,
        [FACT_KIN] = entry->published ? facts_kin(finding, entry, &finding->scratch[worker]) : 0,
    };
    arena_clear(&finding->scratch[worker]);
    for (unsigned i = 0; i < FACT_ENTRY_COUNT; i++)
        at[i] = (struct fact){facts_entry_id(entry->file->path, (enum fact_entry)i), digests[i]};
}

static void mix_list(uint64_t *sum, const struct entry_list *list, size_t most)
{
    for (size_t i = 0; i < list->count && i < most; i++)
        facts_mix_str(sum, list->items[i]->file->path);
}

/* Of what is no page and has no fact of its own. */
static void mix_subject(uint64_t *sum, const struct finding *finding, const struct output *output)
{
    const struct facts_digests *digests = finding->digests;
    switch (output->kind) {
    case OUTPUT_ASSET: facts_mix(sum, digests->file(digests->context, output->subject)); break;
    case OUTPUT_ATTACHMENT:
    case OUTPUT_VARIANT: facts_mix_output(sum, finding, output); break;
    case OUTPUT_SOCIAL:
        facts_mix_str(sum, finding->facts->plan->site->picture_library);
        facts_mix_str(sum, finding->facts->plan->site->picture_fonts);
        break;
    case OUTPUT_ICON:
        facts_mix_str(sum, finding->facts->plan->site->picture_library);
        facts_mix(sum, digests->file(digests->context, finding->facts->plan->site->logo.file));
        break;
    case OUTPUT_SEARCH_FILE:
        facts_mix_str(sum, ((const struct search_file *)output->subject)->bytes);
        break;
    case OUTPUT_ATOM:
    case OUTPUT_RSS:
    case OUTPUT_JSON_FEED: {
        const struct feed *feed = output->subject;
        facts_mix_str(sum, feed->title);
        facts_mix_str(sum, feed->page_url);
        mix_list(sum, feed->articles, (size_t)finding->facts->plan->site->config.feeds_entries);
        break;
    }
    case OUTPUT_CALENDAR: {
        const struct calendar_file *file = output->subject;
        facts_mix_str(sum, file->name);
        if (file->events)
            mix_list(sum, file->events, SIZE_MAX);
        break;
    }
    case OUTPUT_COMMENTS:
        mix_list(sum, &((const struct discussion *)output->subject)->comments, SIZE_MAX);
        break;
    default: break;
    }
}

/* The articles on a page of the newsfeed. */
static void mix_newsfeed(uint64_t *sum, const struct plan *plan, const struct output *output)
{
    const struct entry_list *articles = &output->edition->articles;
    const struct entry_range range = plan_newsfeed_range(plan, output);
    facts_mix(sum, articles->count);
    for (size_t i = range.first; i < range.end; i++)
        facts_mix_str(sum, articles->items[i]->file->path);
}

/* Where a page stands among others, and in which other languages there is one like it. */
static uint64_t output_digest(const struct finding *finding, const struct output *output)
{
    const struct plan *plan = finding->facts->plan;
    const struct edition *edition = output->edition;
    uint64_t sum = 6 + (uint64_t)output->kind;
    facts_mix_str(&sum, output->url);
    facts_mix_str(&sum, output->layout);
    facts_mix(&sum, output->page);
    facts_mix(&sum, output->pages);
    if (output->kind == OUTPUT_HOME)
        mix_newsfeed(&sum, plan, output);
    mix_subject(&sum, finding, output);
    if (output->kind == OUTPUT_ENTRY || !output_is_page(output) || !edition)
        return sum;
    for (size_t i = 0; plan->site->edition_count > 1 && i < plan->site->edition_count; i++) {
        const struct output *other = alternates_find(plan, output, &plan->site->editions[i]);
        facts_mix_str(&sum, other ? other->url : STR(""));
    }
    if (output->kind == OUTPUT_REDIRECT) {
        const struct alias *alias = output->subject;
        facts_mix_str(&sum, alias->to);
        facts_mix_str(&sum, alias->title);
    }
    return sum;
}

static void find_output(void *context, unsigned worker, size_t index)
{
    const struct finding *finding = context;
    const struct facts *facts = finding->facts;
    const struct output *output = &facts->plan->outputs[index];
    struct fact *at = &facts->items[facts->first_output + index * FACTS_OF_OUTPUT];
    (void)worker;
    at[0] = (struct fact){id_of("there", output->path, 0), 1};
    at[1] = (struct fact){id_of("output", output->path, 0), output_digest(finding, output)};
}

static void add_subject(struct finding *finding, struct arena *arena, enum output_kind kind,
                        const void *subject, struct str name, uint64_t edition)
{
    struct facts *facts = finding->facts;
    const void **address = arena_alloc(arena, sizeof *address);
    *address = subject;
    facts->subject_kinds[facts->subjects.count] = kind;
    struct fact *at = &facts->items[facts->count];
    uint64_t which = (uint64_t)kind << 32 | edition;
    at[0] = (struct fact){id_of("subject", name, which), facts_subject(finding, kind, subject)};
    at[1] = (struct fact){id_of("subject's name", name, which),
                          facts_subject_name(finding, kind, subject)};
    map_put(&facts->subjects, (struct str){(const char *)address, sizeof *address},
            (void *)(uintptr_t)(facts->count + 1));
    facts->count += FACTS_OF_SUBJECT;
}

static size_t count_subjects(const struct plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        const struct edition *edition = &plan->site->editions[i];
        count += edition->tags.count + edition->team_count + edition->year_count +
                 edition->holding_count + plan->editions[i].month_count +
                 plan->editions[i].facet_count;
    }
    return count;
}

static void find_subjects(struct finding *finding, size_t number, struct arena *arena)
{
    const struct plan *plan = finding->facts->plan;
    const struct edition *edition = &plan->site->editions[number];
    const struct edition_plan *sections = &plan->editions[number];
    for (size_t i = 0; i < edition->tags.count; i++)
        add_subject(finding, arena, OUTPUT_TAG, edition->tags.items[i],
                    edition->tags.items[i]->slug, number);
    for (size_t i = 0; i < edition->team_count; i++)
        add_subject(finding, arena, OUTPUT_TEAM, edition->teams[i], edition->teams[i]->slug,
                    number);
    for (size_t i = 0; i < edition->year_count; i++)
        add_subject(finding, arena, OUTPUT_YEAR, &edition->years[i],
                    arena_printf(arena, "%d", edition->years[i].year), number);
    for (size_t i = 0; i < edition->holding_count; i++)
        add_subject(finding, arena, OUTPUT_DESIGNATION, &edition->holdings[i],
                    edition->holdings[i].designation->slug, number);
    for (size_t i = 0; i < sections->month_count; i++)
        add_subject(finding, arena, OUTPUT_MONTH, &sections->months[i], sections->months[i].url,
                    number);
    for (size_t i = 0; i < sections->facet_count; i++)
        add_subject(finding, arena, OUTPUT_FACET, &sections->facets[i], sections->facets[i].url,
                    number);
}

static void sum_up(const struct facts *facts, uint64_t *everything, uint64_t *bodies)
{
    *everything = 8;
    *bodies = 9;
    for (size_t i = facts->first_entry; i < facts->first_output; i++) {
        unsigned kind = (unsigned)((i - facts->first_entry) % FACT_ENTRY_COUNT);
        facts_mix(kind == FACT_BODY ? bodies : everything, facts->items[i].digest);
    }
    for (size_t i = facts->first_output; i < facts->first_layout; i++)
        facts_mix(everything, facts->items[i].digest);
}

static void find_site(struct finding *finding)
{
    struct facts *facts = finding->facts;
    uint64_t everything;
    uint64_t bodies;
    sum_up(facts, &everything, &bodies);
    const uint64_t digests[FACT_SITE_COUNT] = {
        [FACT_SETTINGS] = finding->digests->settings,
        [FACT_WORDS] = finding->digests->words,
        [FACT_ASSETS] = finding->digests->assets,
        [FACT_NOW] = (uint64_t)facts->plan->site->now,
        [FACT_MOMENT] = finding->digests->moment,
        [FACT_ADDRESSES] = facts_addresses(facts->plan),
        [FACT_ALIASES] = facts_aliases(facts->plan),
        [FACT_EVERYTHING] = everything,
        [FACT_ALL_BODIES] = bodies,
    };
    for (unsigned i = 0; i < FACT_SITE_COUNT; i++)
        facts->items[i] = (struct fact){id_of("site", STR(""), i), digests[i]};
}

static void find_layouts(struct finding *finding)
{
    struct facts *facts = finding->facts;
    const struct facts_digests *digests = finding->digests;
    for (size_t i = 0; i < digests->layout_count; i++) {
        size_t number = facts->first_layout + i;
        facts->items[number] =
            (struct fact){id_of("layout", digests->layout_names[i], 0), digests->layout_digests[i]};
        map_put(&facts->layouts, digests->layout_names[i], (void *)(uintptr_t)(number + 1));
    }
}

const struct facts *facts_find(const struct plan *plan, const struct facts_digests *digests,
                               struct pool *pool, struct arena *arena)
{
    struct facts *facts = arena_zalloc(arena, 1, sizeof *facts);
    struct finding finding = {facts, digests, NULL};
    const struct site *site = plan->site;
    facts->plan = plan;
    facts->kin = digests->kin;
    facts->first_edition = FACT_SITE_COUNT;
    facts->first_entry =
        facts->first_edition + (uint32_t)(site->edition_count * FACT_EDITION_COUNT);
    facts->first_output = facts->first_entry + (uint32_t)(site->entry_count * FACT_ENTRY_COUNT);
    facts->first_layout = facts->first_output + (uint32_t)(plan->count * FACTS_OF_OUTPUT);
    facts->count = facts->first_layout + digests->layout_count;
    facts->items = arena_zalloc(arena, facts->count + count_subjects(plan) * FACTS_OF_SUBJECT,
                                sizeof *facts->items);
    facts->subject_kinds = arena_zalloc(arena, count_subjects(plan), sizeof *facts->subject_kinds);
    map_init(&facts->subjects, arena);
    map_init(&facts->layouts, arena);
    finding.scratch = arena_zalloc(arena, pool_size(pool), sizeof *finding.scratch);
    pool_run(pool, site->entry_count, 64, find_entry, &finding);
    pool_run(pool, plan->count, 256, find_output, &finding);
    for (unsigned i = 0; i < pool_size(pool); i++)
        arena_release(&finding.scratch[i]);
    find_layouts(&finding);
    for (size_t i = 0; i < site->edition_count; i++)
        find_subjects(&finding, i, arena);
    for (size_t i = 0; i < site->edition_count; i++) {
        for (unsigned fact = 0; fact < FACT_EDITION_COUNT; fact++)
            facts->items[facts->first_edition + i * FACT_EDITION_COUNT + fact] =
                (struct fact){id_of("edition", site->editions[i].lang, fact),
                              facts_edition(&finding, &site->editions[i], (enum fact_edition)fact)};
    }
    find_site(&finding);
    return facts;
}

/* Lists of events and menus show cards. */
static void renew_lists(struct finding *finding)
{
    static const enum fact_edition with_cards[] = {FACT_EVENTS, FACT_PAGES};
    struct facts *facts = finding->facts;
    const struct site *site = facts->plan->site;
    for (size_t i = 0; i < site->edition_count; i++) {
        for (size_t j = 0; j < sizeof with_cards / sizeof *with_cards; j++)
            facts->items[facts->first_edition + i * FACT_EDITION_COUNT + with_cards[j]].digest =
                facts_edition(finding, &site->editions[i], with_cards[j]);
    }
}

static void renew_relations(struct finding *finding, const struct facts_renewed *renewed)
{
    struct facts *facts = finding->facts;
    struct arena scratch = {0};
    for (size_t i = 0; i < renewed->related_count; i++) {
        const struct entry *entry = renewed->related[i];
        struct fact *at = &facts->items[facts->first_entry + entry->number * FACT_ENTRY_COUNT];
        at[FACT_RELATIONS].digest = facts_relations(finding, entry, &scratch);
        at[FACT_KIN].digest = facts_kin(finding, entry, &scratch);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

void facts_renew(struct facts *facts, const struct facts_digests *digests,
                 const struct facts_renewed *renewed)
{
    struct finding finding = {facts, digests, NULL};
    bool cards = false;
    for (size_t i = 0; i < renewed->entry_count; i++) {
        const struct entry *entry = renewed->entries[i];
        struct fact *at = &facts->items[facts->first_entry + entry->number * FACT_ENTRY_COUNT];
        uint64_t card = facts_card(&finding, entry);
        cards = cards || card != at[FACT_CARD].digest;
        at[FACT_LINE].digest = facts_line(entry);
        at[FACT_CARD].digest = card;
        at[FACT_BODY].digest = facts_body(&finding, entry);
    }
    renew_relations(&finding, renewed);
    for (size_t i = 0; i < renewed->output_count; i++)
        find_output(&finding, 0, renewed->outputs[i]->number);
    if (cards)
        renew_lists(&finding);
    if (renewed->times)
        facts->items[FACT_ADDRESSES].digest = facts_addresses(facts->plan);
    sum_up(facts, &facts->items[FACT_EVERYTHING].digest, &facts->items[FACT_ALL_BODIES].digest);
    facts->items[FACT_NOW].digest = (uint64_t)facts->plan->site->now;
}

struct fact_about facts_about(const struct facts *facts, uint32_t number)
{
    const struct plan *plan = facts->plan;
    if (number < facts->first_edition)
        return (struct fact_about){.group = FACT_OF_SITE, .which = number};
    if (number < facts->first_entry) {
        uint32_t at = number - facts->first_edition;
        return (struct fact_about){.group = FACT_OF_EDITION,
                                   .which = at % FACT_EDITION_COUNT,
                                   .subject = &plan->site->editions[at / FACT_EDITION_COUNT]};
    }
    if (number < facts->first_output) {
        uint32_t at = number - facts->first_entry;
        return (struct fact_about){.group = FACT_OF_ENTRY,
                                   .which = at % FACT_ENTRY_COUNT,
                                   .subject = &plan->site->entries[at / FACT_ENTRY_COUNT]};
    }
    if (number < facts->first_layout) {
        uint32_t at = number - facts->first_output;
        return (struct fact_about){.group = FACT_OF_OUTPUT,
                                   .which = at % FACTS_OF_OUTPUT,
                                   .subject = &plan->outputs[at / FACTS_OF_OUTPUT]};
    }
    size_t at = number - facts->first_layout;
    if (at < facts->layouts.count)
        return (struct fact_about){.group = FACT_OF_LAYOUT, .name = facts->layouts.entries[at].key};
    at = (at - facts->layouts.count) / FACTS_OF_SUBJECT;
    const void *subject;
    memcpy(&subject, facts->subjects.entries[at].key.ptr, sizeof subject);
    return (struct fact_about){
        .group = FACT_OF_SUBJECT, .which = facts->subject_kinds[at], .subject = subject};
}
