/* What a file's name and the permalinks of site.yml make of it: slug and address. */
#include "base/path.h"
#include "lang/slug.h"
#include "site/linker.h"

struct str address_page_slug(struct arena *arena, struct str path)
{
    struct str folded = {0};
    struct str part;
    while (str_split(&path, '/', &part))
        folded = path_join(arena, folded, slug_fold(arena, part));
    return folded;
}

struct str address_slug(struct arena *arena, const struct content_place *place, struct str given)
{
    struct str name = path_name(place->stem);
    struct str date, rest;
    if (place->kind == KIND_ARTICLE && content_name_date(name, &date, &rest) && rest.len > 0)
        name = rest;
    struct str source = given.len > 0 ? given : name;
    if (str_ends(source, STR(".md")))
        source.len -= 3;
    struct str slug = place->kind == KIND_PAGE
                          ? address_page_slug(arena, given.len > 0 ? source : place->stem)
                          : slug_fold(arena, source);
    /* A name in another script has no letters to fold; a digest of it is ugly but lasts. */
    return slug.len > 0 ? slug : slug_fallback(arena, source);
}

struct field_date address_date(const struct content_place *place)
{
    struct field_date found = {0};
    struct str date, rest;
    const char *why;
    if (content_name_date(path_name(place->stem), &date, &rest) &&
        date_parse(date, &found.time, &why) == 0)
        found.given = true;
    return found;
}

/* Fills in a permalink's pattern. */
static struct str expand(struct arena *arena, const struct entry *entry, struct str pattern)
{
    struct buf url = {0};
    buf_add(&url, entry->edition->prefix);
    for (size_t at = 0; at < pattern.len;) {
        struct str rest = str_after(pattern, at);
        if (str_starts(rest, STR(":slug"))) {
            buf_add(&url, entry->slug);
            at += 5;
        } else if (str_starts(rest, STR(":year"))) {
            buf_addf(&url, "%04d", entry->date.shown.year);
            at += 5;
        } else if (str_starts(rest, STR(":month"))) {
            buf_addf(&url, "%02d", entry->date.shown.month);
            at += 6;
        } else if (str_starts(rest, STR(":day"))) {
            buf_addf(&url, "%02d", entry->date.shown.day);
            at += 4;
        } else {
            buf_addc(&url, pattern.ptr[at++]);
        }
    }
    struct str made = arena_str(arena, buf_str(&url));
    buf_release(&url);
    return made;
}

struct str address_of(struct arena *arena, const struct config *config, const struct entry *entry)
{
    static const enum permalink patterns[KIND_COUNT] = {[KIND_ARTICLE] = PERMALINK_ARTICLE,
                                                        [KIND_MEMBER] = PERMALINK_MEMBER,
                                                        [KIND_EVENT] = PERMALINK_EVENT,
                                                        [KIND_PAGE] = PERMALINK_PAGE};
    if (entry->kind == KIND_COMMENT)
        return (struct str){0};
    return expand(arena, entry, config->permalinks[patterns[entry->kind]]);
}

struct str site_address_at(const struct site *site, const struct entry *entry, struct str path,
                           struct arena *arena)
{
    struct content_place place = content_place(&site->config, path);
    struct str lang = entry->record->lang.text.len > 0 ? entry->record->lang.text : place.lang;
    const struct edition *edition = site_edition(site, lang.len > 0 ? lang : site->config.language);
    if (place.role != CONTENT_RECORD || place.kind == KIND_COMMENT || !edition)
        return (struct str){0};
    struct entry there = *entry;
    struct field_date named = address_date(&place);
    there.kind = place.kind;
    there.edition = edition;
    there.slug = address_slug(arena, &place, entry->record->slug.text);
    if (!entry->record->date.given && named.given)
        there.date = moment_make(site->config.zone, &named);
    return address_of(arena, &site->config, &there);
}
