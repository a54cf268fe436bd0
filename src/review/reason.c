#include "review/reason.h"
#include "base/buf.h"
#include "site/variants.h"

#include "source/source.h"

void reasons_init(struct reasons *reasons, const struct plan *base, const struct plan *after,
                  const struct merge_change *changes, size_t count, struct arena *arena)
{
    *reasons = (struct reasons){
        .base = base, .after = after, .changes = changes, .change_count = count, .arena = arena};
    reasons->lists = arena_zalloc(arena, 1, sizeof *reasons->lists);
    map_init(reasons->lists, arena);
    map_init(&reasons->touched, arena);
    for (size_t i = 0; i < count; i++) {
        if (changes[i].in_site.len > 0)
            map_put(&reasons->touched, changes[i].in_site, (void *)&changes[i]);
    }
}

static const struct merge_change *touch_of(const struct reasons *reasons,
                                           const struct source_file *file)
{
    return file ? map_get(&reasons->touched, file->path) : NULL;
}

static const struct source_file *file_of(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_ENTRY: return ((const struct entry *)output->subject)->file;
    case OUTPUT_ASSET: return output->subject;
    case OUTPUT_ATTACHMENT: return ((const struct attachment *)output->subject)->file;
    case OUTPUT_VARIANT: return ((const struct picture_variant *)output->subject)->attachment->file;
    default: return NULL;
    }
}

const struct merge_change *reasons_own_file(const struct reasons *reasons,
                                            const struct output *output)
{
    return output ? touch_of(reasons, file_of(output)) : NULL;
}

struct str reasons_title(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_ENTRY: return ((const struct entry *)output->subject)->record->title.text;
    case OUTPUT_TAG: return ((const struct tag *)output->subject)->name;
    case OUTPUT_TEAM: return ((const struct team *)output->subject)->name;
    case OUTPUT_DESIGNATION: return ((const struct holding *)output->subject)->designation->code;
    case OUTPUT_FACET: return ((const struct facet *)output->subject)->label;
    default: return (struct str){0};
    }
}

/* ---- what an output shows */

/* A record that an output shows and that the change touches; `how` is the first word of the
 * sentence. */
struct shown {
    const struct entry *entry;
    const char *how;
};

static bool is_touched(const struct reasons *reasons, const struct entry *entry)
{
    return entry && touch_of(reasons, entry->file) != NULL;
}

static const struct entry *first_touched(const struct reasons *reasons,
                                         const struct entry_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (is_touched(reasons, list->items[i]))
            return list->items[i];
    }
    return NULL;
}

/* What was found in a list: the first that is touched, the first that names somebody who is. */
struct looked_at {
    const struct entry *found, *named;
    bool is_deep; /* `named` was looked for */
};

/* A thousand pages of a newsfeed show one list. */
static struct looked_at *look_at(const struct reasons *reasons, const struct entry_list *list)
{
    struct str address = {(const char *)&list, sizeof list};
    struct looked_at *looked = map_get(reasons->lists, address);
    if (!looked) {
        looked = arena_zalloc(reasons->arena, 1, sizeof *looked);
        looked->found = first_touched(reasons, list);
        map_put(reasons->lists, arena_str(reasons->arena, address), looked);
    }
    return looked;
}

static const struct entry *in_list(const struct reasons *reasons, const struct entry_list *list)
{
    return list ? look_at(reasons, list)->found : NULL;
}

static const struct entry *in_entry(const struct reasons *reasons, const struct entry *entry);

/* A list shows what is in it and whom that names. */
static const struct entry *in_list_deep(const struct reasons *reasons,
                                        const struct entry_list *list)
{
    if (!list)
        return NULL;
    struct looked_at *looked = look_at(reasons, list);
    for (size_t i = 0; i < list->count && !looked->is_deep && !looked->found && !looked->named; i++)
        looked->named = in_entry(reasons, list->items[i]);
    looked->is_deep = true;
    return looked->found ? looked->found : looked->named;
}

static const struct entry *in_group(const struct reasons *reasons, const struct group *group)
{
    for (size_t i = 0; group && i < group->count; i++) {
        if (is_touched(reasons, group->entries[i]))
            return group->entries[i];
    }
    return NULL;
}

static const struct entry *in_people(const struct reasons *reasons, const struct person_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct entry *entry = in_group(reasons, list->items[i].member);
        if (entry)
            return entry;
    }
    return NULL;
}

/* A comment under an article that is touched; threads are walked without recursion, since a
 * comment's article is known to itself. */
static const struct entry *in_comments(const struct reasons *reasons, const struct site *site,
                                       const struct group *article)
{
    if (!article || article->comment_count == 0)
        return NULL;
    for (size_t i = 0; i < reasons->change_count; i++) {
        const struct entry *entry = map_get(&site->entries_by_path, reasons->changes[i].in_site);
        if (entry && entry->kind == KIND_COMMENT && entry->commented == article)
            return entry;
    }
    return NULL;
}

/* Somebody whom an entry names. */
static const struct entry *in_entry(const struct reasons *reasons, const struct entry *entry)
{
    const struct person_list *people[] = {&entry->authors, &entry->editors, &entry->with,
                                          &entry->speakers, &entry->organisers};
    const struct entry *found = NULL;
    for (size_t i = 0; i < sizeof people / sizeof *people && !found; i++)
        found = in_people(reasons, people[i]);
    return found;
}

static struct shown shown_by_entry(const struct reasons *reasons, const struct site *site,
                                   const struct entry *entry)
{
    const struct entry *found = in_comments(reasons, site, entry->group);
    if (found)
        return (struct shown){found, "comment"};
    found = in_entry(reasons, entry);
    if (found)
        return (struct shown){found, "names"};
    found = in_group(reasons, entry->group);
    if (found)
        return (struct shown){found, "translates"};
    if (entry->kind == KIND_MEMBER) {
        found = in_list(reasons, site_written(entry->edition, entry->group));
        if (!found)
            found = in_list(reasons, site_spoken(entry->edition, entry->group));
        if (found)
            return (struct shown){found, "lists"};
    }
    if (is_touched(reasons, entry->newer))
        return (struct shown){entry->newer, "leads to"};
    if (is_touched(reasons, entry->older))
        return (struct shown){entry->older, "leads to"};
    return (struct shown){0};
}

static const struct entry *in_month(const struct reasons *reasons, const struct month *month)
{
    for (size_t i = 0; i < month->occurrences.count; i++) {
        if (is_touched(reasons, month->occurrences.items[i]->event))
            return month->occurrences.items[i]->event;
    }
    return NULL;
}

static const struct entry *in_tag(const struct reasons *reasons, const struct tag *tag)
{
    const struct entry *found = in_list_deep(reasons, &tag->articles);
    return found ? found : in_list_deep(reasons, &tag->events);
}

static const struct entry *in_tags(const struct reasons *reasons, const struct edition *edition)
{
    const struct entry *found = NULL;
    for (size_t i = 0; i < edition->tags.count && !found; i++)
        found = in_tag(reasons, edition->tags.items[i]);
    return found;
}

static const struct entry *listed(const struct reasons *reasons, const struct output *output)
{
    const struct edition *edition = output->edition;
    switch (output->kind) {
    case OUTPUT_HOME:
    case OUTPUT_ARCHIVE: return edition ? in_list_deep(reasons, &edition->articles) : NULL;
    case OUTPUT_YEAR:
        return in_list_deep(reasons, &((const struct year *)output->subject)->articles);
    case OUTPUT_TAG: return in_tag(reasons, output->subject);
    case OUTPUT_TAGS: return edition ? in_tags(reasons, edition) : NULL;
    case OUTPUT_MEMBERS: return edition ? in_list(reasons, &edition->members) : NULL;
    case OUTPUT_FACET: return in_list(reasons, &((const struct facet *)output->subject)->members);
    case OUTPUT_DESIGNATION:
        return in_list(reasons, &((const struct holding *)output->subject)->holders);
    case OUTPUT_EVENTS: return edition ? in_list_deep(reasons, &edition->events) : NULL;
    case OUTPUT_MONTH: return in_month(reasons, output->subject);
    case OUTPUT_TEAM: return in_list(reasons, &((const struct team *)output->subject)->members);
    case OUTPUT_ATOM:
    case OUTPUT_RSS:
    case OUTPUT_JSON_FEED:
        return in_list_deep(reasons, ((const struct feed *)output->subject)->articles);
    case OUTPUT_COMMENTS:
        return in_list(reasons, &((const struct discussion *)output->subject)->comments);
    case OUTPUT_CREDENTIAL:
        return in_group(reasons, ((const struct credential *)output->subject)->member->group);
    default: return NULL;
    }
}

static struct shown shown_by(const struct reasons *reasons, const struct plan *plan,
                             const struct output *output)
{
    if (!output)
        return (struct shown){0};
    if (output->kind == OUTPUT_ENTRY)
        return shown_by_entry(reasons, plan->site, output->subject);
    if (output->kind == OUTPUT_REDIRECT) {
        const struct output *page = plan_find(plan, ((const struct alias *)output->subject)->to);
        const struct entry *target = page && page->kind == OUTPUT_ENTRY ? page->subject : NULL;
        return is_touched(reasons, target) ? (struct shown){target, "leads to"} : (struct shown){0};
    }
    return (struct shown){listed(reasons, output), "lists"};
}

/* ---- words */

static const char *verb_of(const struct merge_change *change)
{
    if (change->moved_from.len > 0 || change->moved_to.len > 0)
        return "moved";
    return change->status == MERGE_ADDED     ? "new"
           : change->status == MERGE_REMOVED ? "removed"
                                             : "changed";
}

static struct str explain_file(const struct reasons *reasons, const struct merge_change *change)
{
    struct str path = source_printable(reasons->arena, change->in_site);
    if (change->moved_from.len > 0)
        return arena_printf(reasons->arena, "its file %.*s was %.*s before", STR_ARG(path),
                            STR_ARG(source_printable(reasons->arena, change->moved_from)));
    return arena_printf(reasons->arena, "its file %.*s is %s", STR_ARG(path), verb_of(change));
}

/* As it is after the change: lists of a twin lead to entries as they were (build/twin.h). */
static const struct entry *as_it_is(const struct reasons *reasons, const struct entry *entry)
{
    const struct entry *now = map_get(&reasons->after->site->entries_by_path, entry->file->path);
    return now ? now : entry;
}

static struct str explain_shown(const struct reasons *reasons, const struct shown *shown)
{
    const struct merge_change *change = touch_of(reasons, shown->entry->file);
    struct str title = shown->entry->record->title.text;
    const char *verb = verb_of(change);
    if (shown->entry->kind == KIND_COMMENT) {
        struct str name =
            shown->entry->authors.count > 0 ? shown->entry->authors.items[0].name : STR("somebody");
        return arena_printf(reasons->arena, "a comment by %.*s is %s", STR_ARG(name), verb);
    }
    if (shown->entry->kind == KIND_MEMBER)
        return arena_printf(reasons->arena, "it names %.*s, whose bio is %s", STR_ARG(title), verb);
    return arena_printf(reasons->arena, "it %s “%.*s”, which is %s", shown->how, STR_ARG(title),
                        verb);
}

/* Settings, layouts, data: what any page may show something of. */
static bool is_shared(struct str path)
{
    return str_ends(path, STR(".yml")) || !str_starts(path, STR("content/"));
}

/* Of the change those that count here: what is shared if there is any, else all. Which of them it
 * was cannot be told from where it shows. */
static struct str explain_rest(const struct reasons *reasons)
{
    enum { NAMED = 3 };
    const struct merge_change *found = NULL;
    struct buf names = {0};
    size_t count = 0;
    bool shared = false;
    for (size_t i = 0; i < reasons->change_count; i++)
        shared = shared ||
                 (reasons->changes[i].in_site.len > 0 && is_shared(reasons->changes[i].in_site));
    for (size_t i = 0; i < reasons->change_count; i++) {
        const struct merge_change *change = &reasons->changes[i];
        if (change->in_site.len == 0 || (shared && !is_shared(change->in_site)))
            continue;
        found = change;
        if (++count <= NAMED)
            buf_addf(&names, "%s%.*s", count > 1 ? " or " : "",
                     STR_ARG(source_printable(reasons->arena, change->in_site)));
    }
    struct str text = STR("the branch it is merged into has moved on");
    if (count == 1)
        text = arena_printf(reasons->arena, "it shows something of %.*s, which is %s",
                            STR_ARG(buf_str(&names)), verb_of(found));
    else if (count > NAMED)
        text = arena_printf(reasons->arena, "it shows something of %.*s or %zu more file%s",
                            STR_ARG(buf_str(&names)), count - NAMED, count == NAMED + 1 ? "" : "s");
    else if (count > 1)
        text = arena_printf(reasons->arena, "it shows something of %.*s", STR_ARG(buf_str(&names)));
    buf_release(&names);
    return text;
}

struct str reasons_explain(const struct reasons *reasons, const struct output *before,
                           const struct output *after)
{
    const struct merge_change *own = reasons_own_file(reasons, after);
    if (!own)
        own = reasons_own_file(reasons, before);
    if (own)
        return explain_file(reasons, own);
    struct shown shown = shown_by(reasons, reasons->after, after);
    if (shown.entry)
        shown.entry = as_it_is(reasons, shown.entry);
    else
        shown = shown_by(reasons, reasons->base, before);
    return shown.entry ? explain_shown(reasons, &shown) : explain_rest(reasons);
}
