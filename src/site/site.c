#include "site/site.h"

static const struct entry *published_in(const struct group *group, struct str lang)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->entries[i]->published && str_eq(group->entries[i]->edition->lang, lang))
            return group->entries[i];
    }
    return NULL;
}

const struct entry *site_in_language(const struct site *site, const struct group *group,
                                     struct str lang)
{
    const struct entry *found = published_in(group, lang);
    if (!found)
        found = published_in(group, config_fallback(&site->config, lang));
    for (size_t i = 0; !found && i < group->count; i++) {
        if (group->entries[i]->published)
            found = group->entries[i];
    }
    return found ? found : group->primary;
}

const struct edition *site_edition(const struct site *site, struct str lang)
{
    for (size_t i = 0; i < site->edition_count; i++) {
        if (str_eq(site->editions[i].lang, lang))
            return &site->editions[i];
    }
    return NULL;
}

const struct designation_words *site_designation_words(const struct edition *edition,
                                                       const struct designation *designation)
{
    return &edition->holdings[designation->order].words;
}

struct str site_post_nominals(const struct group *member, struct arena *arena)
{
    struct str text = {0};
    const struct designation *last = NULL;
    for (size_t i = 0; member && i < member->grants.count; i++) {
        const struct grant *grant = &member->grants.items[i];
        if (!grant->live || grant->designation == last)
            continue;
        last = grant->designation;
        text = text.len == 0 ? grant->designation->code
                             : arena_printf(arena, "%.*s, %.*s", STR_ARG(text),
                                            STR_ARG(grant->designation->code));
    }
    return text;
}

static const struct entry_list *works(const struct map *map, const struct group *member)
{
    static const struct entry_list none;
    const struct entry_list *list = map_get(map, member->primary->file->path);
    return list ? list : &none;
}

const struct entry_list *site_written(const struct edition *edition, const struct group *member)
{
    return works(&edition->written, member);
}

const struct entry_list *site_spoken(const struct edition *edition, const struct group *member)
{
    return works(&edition->spoken, member);
}
