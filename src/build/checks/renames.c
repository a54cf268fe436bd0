/* lost-address: pages whose file was renamed, as the history shows, and to which nothing leads from
 * the address that they had.
 *
 * A file that was renamed twice had two addresses. What the address was is told by today's
 * permalinks and front matter: the bytes did not change when the file was renamed. */
#include "base/map.h"
#include "build/checks/checks_internal.h"

struct renames {
    const struct site *site;
    const struct history_rename *items;
    size_t count;
    struct map by_name; /* the last one away from a name */
};

/* Commits that were rewritten together bear one time. */
static bool comes_after(const struct renames *renames, const struct history_rename *next,
                        const struct history_rename *now)
{
    if (next->when.utc != now->when.utc)
        return next->when.utc > now->when.utc;
    return !map_has(&renames->site->entries_by_path, now->to);
}

/* Follows a file from name to name to the one it has now. */
static struct str name_today(const struct renames *renames, const struct history_rename *now)
{
    const struct history_rename *next = map_get(&renames->by_name, now->to);
    for (size_t i = 0; next && i < renames->count && comes_after(renames, next, now); i++) {
        now = next;
        next = map_get(&renames->by_name, now->to);
    }
    return now->to;
}

static void tell(const struct entry *entry, const struct history_rename *rename, struct str address,
                 struct diags *diags)
{
    struct date_time when = date_from_seconds(rename->when.utc, rename->when.offset);
    diag_add(
        diags, SEVERITY_WARNING, "lost-address", span_file(entry->record->text),
        "until %04d-%02d-%02d, when %.*s was renamed, this page was at %.*s, and nothing leads "
        "from there to it",
        when.year, when.month, when.day, STR_ARG(rename->from), STR_ARG(address));
    diag_hint(diags, "add  aliases: [%.*s]", STR_ARG(address));
}

static void check_rename(const struct plan *plan, const struct entry *entry,
                         const struct history_rename *rename, struct map *told, struct diags *diags)
{
    struct str address = site_address_at(plan->site, entry, rename->from, told->arena);
    if (address.len == 0 || plan_find(plan, address) || map_put(told, address, told))
        return;
    tell(entry, rename, address, diags);
}

void check_renames(const struct plan *plan, const struct history *history, struct arena *scratch,
                   struct diags *diags)
{
    struct renames renames = {.site = plan->site};
    struct map told;
    renames.items = history_renames(history, &renames.count);
    map_init(&renames.by_name, scratch);
    map_init(&told, scratch);
    for (size_t i = 0; i < renames.count; i++)
        map_put(&renames.by_name, renames.items[i].from, (void *)&renames.items[i]);
    for (size_t i = 0; i < renames.count; i++) {
        const struct entry *entry =
            map_get(&plan->site->entries_by_path, name_today(&renames, &renames.items[i]));
        if (entry && entry->published && entry->kind != KIND_COMMENT)
            check_rename(plan, entry, &renames.items[i], &told, diags);
    }
}
