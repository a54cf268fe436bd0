/* Old addresses: aliases as pages that lead on. */
#include "base/html.h"
#include "base/path.h"
#include "base/utf8.h"
#include "pages/plan_internal.h"

#include <stdlib.h>
#include <string.h>

/* An alias is a plain path of this site. Blanks come from %20 only, and no %XX is left. */
static bool is_plain_path(struct str alias)
{
    struct str rest = alias;
    struct str part;
    if (!str_starts(alias, STR("/")) || url_is_external(alias) || alias.len > 1000 ||
        utf8_invalid(alias) != STR_NONE)
        return false;
    for (size_t i = 0; i < alias.len; i++) {
        unsigned char c = (unsigned char)alias.ptr[i];
        if (c < 0x20 || c == 0x7F || (c != 0 && strchr("\\?#\"<%", c)))
            return false;
    }
    while (str_split(&rest, '/', &part)) {
        if (str_eq(part, STR("..")) || str_eq(part, STR(".")))
            return false;
    }
    return true;
}

struct str plan_alias_path(struct str alias, struct arena *arena)
{
    struct buf path = {0};
    url_unescape(&path, alias);
    if (path_extension(buf_str(&path)).len == 0 && !str_ends(buf_str(&path), STR("/")))
        buf_addc(&path, '/');
    struct str made = arena_str(arena, buf_str(&path));
    buf_release(&path);
    return made;
}

static void plan_alias(struct planner *planner, const struct entry *entry,
                       const struct field_text *given)
{
    struct span span = record_span(entry->record, given->place);
    struct str url = plan_alias_path(given->text, planner->arena);
    if (str_find_byte(given->text, ' ', 0) != STR_NONE || !is_plain_path(url)) {
        diag_error(planner->diags, "bad-alias", span,
                   "an alias is an old address on this site, and '%.*s' is none",
                   STR_ARG(given->text));
        diag_hint(planner->diags, "write it from the first slash on: /blog/old-name/");
        return;
    }
    struct alias *alias = arena_zalloc(planner->arena, 1, sizeof *alias);
    *alias = (struct alias){url, entry->url, entry->record->title.text, span};
    *vec_push(planner->arena, &planner->aliases) = *alias;
    planner->edition = entry->edition;
    planner_add(planner, OUTPUT_REDIRECT, url, "redirect", alias)->span = span;
}

static int compare_aliases(const void *a, const void *b)
{
    return str_cmp(((const struct alias *)a)->url, ((const struct alias *)b)->url);
}

static void plan_root(struct planner *planner)
{
    const struct edition *edition = &planner->site->editions[0];
    struct alias *alias = arena_zalloc(planner->arena, 1, sizeof *alias);
    planner->edition = edition;
    *alias = (struct alias){
        .url = STR("/"), .to = planner_url(planner, "/"), .title = edition->settings->title};
    *vec_push(planner->arena, &planner->aliases) = *alias;
    planner_add(planner, OUTPUT_REDIRECT, alias->url, "redirect", alias);
}

void plan_aliases(struct planner *planner)
{
    const struct site *site = planner->site;
    if (site->editions[0].prefix.len > 0)
        plan_root(planner);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        for (size_t j = 0; entry->published && j < entry->record->aliases.count; j++)
            plan_alias(planner, entry, &entry->record->aliases.items[j]);
    }
    if (planner->aliases.count > 1)
        qsort(planner->aliases.items, planner->aliases.count, sizeof *planner->aliases.items,
              compare_aliases);
    planner->plan->aliases = planner->aliases.items;
    planner->plan->alias_count = planner->aliases.count;
}
