/* The digests of facts. */
#include "pages/facts.h"
#include "base/hash.h"
#include "pages/badge.h"
#include "pages/body.h"
#include "pages/facts_internal.h"
#include "pages/objects.h"
#include "pages/sitemap.h"

static void mix_moment(uint64_t *sum, const struct moment *moment)
{
    facts_mix(sum, moment->given);
    facts_mix(sum, (uint64_t)moment->utc);
    facts_mix(sum, (uint64_t)moment->shown.offset);
    facts_mix_str(sum, moment->zone_name);
}

static void mix_list(uint64_t *sum, const struct entry_list *list)
{
    facts_mix(sum, list->count);
    for (size_t i = 0; i < list->count; i++)
        facts_mix_str(sum, list->items[i]->file->path);
}

static void mix_people(uint64_t *sum, const struct person_list *people)
{
    facts_mix(sum, people->count);
    for (size_t i = 0; i < people->count; i++) {
        const struct group *member = people->items[i].member;
        facts_mix_str(sum, people->items[i].name);
        facts_mix_str(sum, member ? member->primary->file->path : STR(""));
    }
}

static void mix_occurrence(uint64_t *sum, const struct finding *finding,
                           const struct occurrence *occurrence)
{
    facts_mix(sum, occurrence != NULL);
    if (!occurrence)
        return;
    facts_mix(sum, (uint64_t)occurrence->utc_start);
    facts_mix(sum, (uint64_t)occurrence->utc_end);
    facts_mix(sum, (uint64_t)occurrence->cancelled * 2 +
                       (occurrence->utc_end <= finding->facts->plan->site->now));
    facts_mix(sum, (uint64_t)occurrence->first_day);
    facts_mix(sum, (uint64_t)occurrence->last_day);
    mix_moment(sum, &occurrence->start);
    mix_moment(sum, &occurrence->end);
    mix_moment(sum, &occurrence->moved_from);
    facts_mix_str(sum, occurrence->title);
    facts_mix_str(sum, occurrence->location);
}

static void mix_words(uint64_t *sum, const struct designation_words *words)
{
    facts_mix_str(sum, words->name);
    facts_mix_str(sum, words->issuer);
    facts_mix_str(sum, words->level);
    facts_mix_str(sum, words->description);
    facts_mix_str(sum, words->url);
}

static void mix_designation(uint64_t *sum, const struct finding *finding,
                            const struct designation *designation)
{
    facts_mix_str(sum, designation->code);
    for (size_t i = 0; i < finding->facts->plan->site->edition_count; i++)
        mix_words(sum, &designation->words[i]);
    struct arena scratch = {0};
    facts_mix_str(sum, designation->badge);
    facts_mix_str(sum, badge_find(finding->facts->plan, designation, &scratch));
    facts_mix(sum, designation->order);
    arena_release(&scratch);
}

static void mix_grants(uint64_t *sum, const struct finding *finding,
                       const struct grant_list *grants)
{
    int64_t now = finding->facts->plan->site->now;
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->items[i];
        mix_designation(sum, finding, grant->designation);
        mix_moment(sum, &grant->since);
        mix_moment(sum, &grant->until);
        facts_mix_str(sum, grant->credential_url);
        facts_mix(sum, (uint64_t)grant->end);
        facts_mix(sum, (uint64_t)grant->live * 2 + (grant->end <= now));
    }
}

static void mix_history(uint64_t *sum, const struct history_file *history)
{
    facts_mix(sum, history != NULL);
    if (!history)
        return;
    facts_mix(sum, (uint64_t)history->first.utc);
    facts_mix(sum, (uint64_t)history->last.utc);
    facts_mix(sum, (uint64_t)history->last.offset);
    facts_mix(sum, history->commits);
    for (size_t i = 0; i < history->author_count; i++)
        facts_mix_str(sum, history->authors[i].name);
}

static void mix_group(uint64_t *sum, const struct group *group)
{
    facts_mix_str(sum, group->sort_key);
    facts_mix(sum, (unsigned char)group->letter);
    for (size_t i = 0; i < group->count; i++) {
        const struct entry *other = group->entries[i];
        facts_mix_str(sum, other->file->path);
        facts_mix_str(sum, other->url);
        facts_mix_str(sum, other->edition->lang);
        facts_mix_str(sum, other->record->title.text);
        facts_mix(sum, other->published);
    }
}

/* Where a picture that front matter names is published, and which it is. */
static void mix_picture(uint64_t *sum, const struct finding *finding, const struct entry *entry,
                        struct str name)
{
    if (name.len == 0)
        return;
    struct body_target target = body_look_up(finding->facts->plan, entry, name);
    facts_mix(sum, (uint64_t)target.goal);
    if (target.output)
        facts_mix_output(sum, finding, target.output);
}

uint64_t facts_line(const struct entry *entry)
{
    uint64_t sum = 11;
    if (entry->kind != KIND_ARTICLE)
        return sum;
    facts_mix_str(&sum, entry->record->title.text);
    facts_mix_str(&sum, entry->slug);
    facts_mix_str(&sum, entry->url);
    facts_mix_str(&sum, entry->edition->lang);
    mix_moment(&sum, &entry->date);
    return sum;
}

uint64_t facts_card(const struct finding *finding, const struct entry *entry)
{
    const struct record *record = entry->record;
    uint64_t sum = 1;
    facts_mix_str(&sum, record->text->bytes);
    facts_mix_str(&sum, record->body.excerpt);
    facts_mix(&sum, (uint64_t)entry_reading_minutes(entry));
    facts_mix_str(&sum, entry->file->path);
    facts_mix_str(&sum, entry->slug);
    facts_mix_str(&sum, entry->url);
    facts_mix_str(&sum, entry->edition->lang);
    facts_mix(&sum, (uint64_t)entry->published | (uint64_t)entry->future << 1 |
                        (uint64_t)entry->expired << 2 | (uint64_t)entry->over << 3);
    mix_moment(&sum, &entry->date);
    mix_moment(&sum, &entry->updated);
    mix_moment(&sum, &entry->ends);
    mix_moment(&sum, &entry->expires);
    facts_mix(&sum, entry->occurrences.count);
    for (size_t i = 0; i < entry->occurrences.count; i++)
        mix_occurrence(&sum, finding, &entry->occurrences.items[i]);
    mix_occurrence(&sum, finding, entry->next);
    mix_occurrence(&sum, finding, entry->shown);
    mix_history(&sum, entry->history);
    mix_people(&sum, &entry->authors);
    mix_people(&sum, &entry->editors);
    mix_people(&sum, &entry->with);
    mix_people(&sum, &entry->speakers);
    mix_people(&sum, &entry->organisers);
    for (size_t i = 0; i < entry->tags.count; i++) {
        facts_mix_str(&sum, entry->tags.items[i]->name);
        facts_mix_str(&sum, entry->tags.items[i]->url);
    }
    for (size_t i = 0; i < entry->position_count; i++) {
        const struct team *team = entry->positions[i].team;
        facts_mix_str(&sum, team ? team->name : STR(""));
        facts_mix_str(&sum, team ? team->url : STR(""));
    }
    facts_mix_str(&sum, entry->comment_id);
    facts_mix_str(&sum, entry->parent ? entry->parent->file->path : STR(""));
    mix_list(&sum, &entry->replies);
    mix_group(&sum, entry->group);
    mix_grants(&sum, finding, &entry->group->grants);
    mix_picture(&sum, finding, entry, record->image.text);
    if (entry->kind == KIND_MEMBER)
        mix_picture(&sum, finding, entry, record->member.photo.text);
    return sum;
}

uint64_t facts_body(const struct finding *finding, const struct entry *entry)
{
    const struct plan *plan = finding->facts->plan;
    const struct markup *body = &entry->record->body;
    uint64_t sum = entry->record->body_digest;
    facts_mix(&sum, body->words);
    facts_mix_str(&sum, entry->url); /* feeds make links in it absolute */
    for (size_t i = 0; i < body->link_count; i++) {
        struct body_target target = body_look_up(plan, entry, markup_link_at(body, i).target);
        facts_mix(&sum, (uint64_t)target.goal);
        if (target.output)
            facts_mix_output(&sum, finding, target.output);
    }
    return sum;
}

/* Of what sitemaps say of it. */
static void mix_address(uint64_t *sum, const struct output *output)
{
    facts_mix_str(sum, output->url);
    facts_mix(sum, (uint64_t)output->kind);
    facts_mix(sum, output->page);
    facts_mix(sum, sitemap_lists(output) ? 1 + (uint64_t)sitemap_changed(output) : 0);
    if (output->kind != OUTPUT_ENTRY)
        return;
    const struct entry *entry = output->subject;
    facts_mix(sum, entry->record->noindex.value);
    facts_mix_str(sum, entry->group->primary->file->path);
}

uint64_t facts_addresses(const struct plan *plan)
{
    uint64_t sum = 5;
    for (size_t i = 0; i < plan->count; i++) {
        if (output_is_page(&plan->outputs[i]))
            mix_address(&sum, &plan->outputs[i]);
    }
    return sum;
}

uint64_t facts_aliases(const struct plan *plan)
{
    uint64_t sum = 6;
    for (size_t i = 0; i < plan->alias_count; i++) {
        facts_mix_str(&sum, plan->aliases[i].url);
        facts_mix_str(&sum, plan->aliases[i].to);
    }
    for (size_t i = 0; i < plan->site->removed_count; i++)
        facts_mix_str(&sum, plan->site->removed[i]);
    return sum;
}

uint64_t facts_comments(const struct entry *entry)
{
    uint64_t sum = 2;
    mix_list(&sum, &entry->group->comments);
    facts_mix(&sum, entry->group->comment_count);
    return sum;
}

static const struct edition_plan *sections_of(const struct finding *finding,
                                              const struct entry *entry)
{
    const struct plan *plan = finding->facts->plan;
    return &plan->editions[entry->edition - plan->site->editions];
}

/* Of those akin to an article the ones from `first` up to `end`. */
static void mix_kin(uint64_t *sum, const struct finding *finding, const struct entry *article,
                    size_t first, size_t end, struct arena *scratch)
{
    const struct entry *found[KIN_MOST];
    const struct kin_words *words = &sections_of(finding, article)->relations.words;
    size_t count = finding->facts->kin ? kin_find(words, article, found, scratch) : 0;
    facts_mix(sum, count);
    for (size_t i = first; i < count && i < end; i++)
        facts_mix_str(sum, found[i]->file->path);
}

uint64_t facts_kin(const struct finding *finding, const struct entry *entry, struct arena *scratch)
{
    uint64_t sum = 10;
    if (entry->kind == KIND_ARTICLE)
        mix_kin(&sum, finding, entry, KIN_NEAREST, KIN_MOST, scratch);
    return sum;
}

uint64_t facts_relations(const struct finding *finding, const struct entry *entry,
                         struct arena *scratch)
{
    const struct edition_plan *sections = sections_of(finding, entry);
    uint64_t sum = 3;
    if (entry->kind == KIND_ARTICLE) {
        mix_kin(&sum, finding, entry, 0, KIN_NEAREST, scratch);
        facts_mix_str(&sum, entry->newer ? entry->newer->file->path : STR(""));
        facts_mix_str(&sum, entry->older ? entry->older->file->path : STR(""));
        mix_list(&sum, relations_series(&sections->relations, entry));
    }
    if (entry->kind == KIND_MEMBER) {
        mix_list(&sum, relations_written(&sections->relations, entry->edition, entry->group));
        mix_list(&sum, relations_spoken(&sections->relations, entry->edition, entry->group));
        mix_list(&sum, relations_mentions(&sections->relations, entry->group));
    }
    return sum;
}

static void mix_tag_name(uint64_t *sum, const struct tag *tag)
{
    facts_mix_str(sum, tag ? tag->name : STR(""));
    facts_mix_str(sum, tag ? tag->url : STR(""));
}

uint64_t facts_subject_name(const struct finding *finding, enum output_kind kind,
                            const void *subject)
{
    uint64_t sum = 40 + (uint64_t)kind;
    switch (kind) {
    case OUTPUT_TAG: {
        const struct tag *tag = subject;
        mix_tag_name(&sum, tag);
        facts_mix_str(&sum, tag->slug);
        return sum;
    }
    case OUTPUT_TEAM: {
        const struct team *team = subject;
        facts_mix_str(&sum, team->name);
        facts_mix_str(&sum, team->slug);
        facts_mix_str(&sum, team->url);
        return sum;
    }
    case OUTPUT_DESIGNATION: {
        const struct holding *holding = subject;
        mix_designation(&sum, finding, holding->designation);
        facts_mix_str(&sum, holding->designation->slug);
        mix_words(&sum, &holding->words);
        facts_mix_str(&sum, holding->url);
        return sum;
    }
    default: return facts_subject(finding, kind, subject);
    }
}

uint64_t facts_subject(const struct finding *finding, enum output_kind kind, const void *subject)
{
    uint64_t sum = 4 + (uint64_t)kind;
    switch (kind) {
    case OUTPUT_TAG: {
        const struct tag *tag = subject;
        facts_mix_str(&sum, tag->name);
        facts_mix_str(&sum, tag->description);
        facts_mix_str(&sum, tag->url);
        facts_mix_str(&sum, tag->intro);
        mix_tag_name(&sum, tag->parent);
        for (size_t i = 0; i < tag->narrower.count; i++) {
            mix_tag_name(&sum, tag->narrower.items[i]);
            facts_mix(&sum, tag->narrower.items[i]->articles.count);
            facts_mix(&sum, tag->narrower.items[i]->events.count);
        }
        mix_list(&sum, &tag->articles);
        mix_list(&sum, &tag->events);
        break;
    }
    case OUTPUT_TEAM: {
        const struct team *team = subject;
        facts_mix_str(&sum, team->name);
        facts_mix_str(&sum, team->url);
        mix_list(&sum, &team->members);
        break;
    }
    case OUTPUT_YEAR: mix_list(&sum, &((const struct year *)subject)->articles); break;
    case OUTPUT_YEAR_MONTH: mix_list(&sum, &((const struct year_month *)subject)->articles); break;
    case OUTPUT_DESIGNATION: {
        const struct holding *holding = subject;
        mix_designation(&sum, finding, holding->designation);
        mix_words(&sum, &holding->words);
        facts_mix_str(&sum, holding->url);
        mix_list(&sum, &holding->holders);
        break;
    }
    case OUTPUT_FACET: {
        const struct facet *facet = subject;
        facts_mix_str(&sum, facet->label);
        facts_mix_str(&sum, facet->url);
        mix_list(&sum, &facet->members);
        break;
    }
    case OUTPUT_MONTH: {
        const struct month *month = subject;
        for (size_t i = 0; i < month->occurrences.count; i++) {
            facts_mix_str(&sum, month->occurrences.items[i]->event->file->path);
            mix_occurrence(&sum, finding, month->occurrences.items[i]);
        }
        facts_mix_str(&sum, month->previous ? month->previous->url : STR(""));
        facts_mix_str(&sum, month->next ? month->next->url : STR(""));
        break;
    }
    default: break;
    }
    return sum;
}

static void mix_cards(uint64_t *sum, const struct finding *finding, const struct entry_list *list)
{
    facts_mix(sum, list->count);
    for (size_t i = 0; i < list->count; i++)
        facts_mix(sum, facts_digest_of_card(finding->facts, list->items[i]));
}

uint64_t facts_edition(const struct finding *finding, const struct edition *edition,
                       enum fact_edition fact)
{
    const struct plan *plan = finding->facts->plan;
    const struct edition_plan *sections = &plan->editions[edition - plan->site->editions];
    uint64_t sum = 5 + (uint64_t)fact;
    facts_mix_str(&sum, edition->prefix);
    switch (fact) {
    case FACT_ARTICLES:
        mix_list(&sum, &edition->articles);
        for (size_t i = 0; i < edition->articles.count; i++)
            facts_mix(&sum, edition->articles.items[i]->record->article.featured.value);
        break;
    case FACT_MEMBERS: mix_list(&sum, &edition->members); break;
    case FACT_EVENTS: mix_cards(&sum, finding, &edition->events); break;
    case FACT_PAGES:
        mix_list(&sum, &edition->pages);
        mix_cards(&sum, finding, &edition->menu);
        break;
    case FACT_TAGS:
        for (size_t i = 0; i < edition->tags.count; i++)
            facts_mix(&sum, facts_digest_of(finding->facts, edition->tags.items[i]));
        break;
    case FACT_HOLDINGS:
        for (size_t i = 0; i < edition->holding_count; i++) {
            facts_mix(&sum, facts_digest_of_name(finding->facts, &edition->holdings[i]));
            facts_mix(&sum, edition->holdings[i].holders.count);
        }
        break;
    case FACT_TEAMS:
        for (size_t i = 0; i < edition->team_count; i++)
            facts_mix(&sum, facts_digest_of(finding->facts, edition->teams[i]));
        break;
    case FACT_SECTIONS:
        facts_mix(&sum, edition->articles.count > 0);
        facts_mix(&sum, edition->events.count > 0);
        facts_mix(&sum, edition->members.count > 0);
        facts_mix(&sum, edition->holding_count > 0);
        break;
    case FACT_YEARS:
        for (size_t i = 0; i < edition->year_count; i++) {
            facts_mix(&sum, (uint64_t)edition->years[i].year);
            mix_list(&sum, &edition->years[i].articles);
            for (size_t j = 0; j < edition->years[i].month_count; j++) {
                facts_mix(&sum, (uint64_t)edition->years[i].months[j].month);
                mix_list(&sum, &edition->years[i].months[j].articles);
            }
        }
        for (size_t i = 0; i < sections->month_count; i++) {
            facts_mix_str(&sum, sections->months[i].url);
            facts_mix(&sum, sections->months[i].occurrences.count);
        }
        break;
    case FACT_FACETS:
        for (size_t i = 0; i < sections->facet_count; i++) {
            facts_mix_str(&sum, sections->facets[i].label);
            facts_mix_str(&sum, sections->facets[i].url);
            facts_mix(&sum, sections->facets[i].members.count);
        }
        break;
    case FACT_EDITION_COUNT: break;
    }
    return sum;
}
