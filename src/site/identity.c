/* What each entry is called and where it lives: language, slug, date, group, URL, and whether it is
 * published. */
#include "base/path.h"
#include "base/suggest.h"
#include "lang/slug.h"
#include "site/linker.h"

struct span entry_span(const struct entry *entry, struct place place)
{
    return record_span(entry->record, place);
}

static const struct edition *find_edition(const struct linker *linker, struct str lang)
{
    const struct edition *edition = site_edition(linker->site, lang);
    return edition ? edition : &linker->site->editions[0];
}

static void find_language(struct linker *linker, struct entry *entry,
                          const struct content_place *place)
{
    const struct field_text *given = &entry->record->lang;
    struct str lang = given->text.len > 0   ? given->text
                      : place->lang.len > 0 ? place->lang
                                            : linker->site->config.language;
    if (given->text.len > 0 && !site_edition(linker->site, lang)) {
        diag_error(linker->diags, "unknown-language", entry_span(entry, given->place),
                   "'%.*s' is not one of the site's languages", STR_ARG(lang));
        diag_hint(linker->diags, "content/site.yml lists them under 'languages'");
    }
    entry->edition = find_edition(linker, lang);
}

static void find_slug(struct linker *linker, struct entry *entry, const struct content_place *place)
{
    if (entry->kind == KIND_COMMENT)
        entry->comment_id = path_name(place->stem);
    entry->slug = address_slug(linker->arena, place, entry->record->slug.text);
}

static void find_article_date(struct linker *linker, struct entry *entry,
                              const struct content_place *place)
{
    const struct zone *zone = linker->site->config.zone;
    struct field_date named = address_date(place);
    if (entry->record->date.given) {
        entry->date = moment_make(zone, &entry->record->date);
        return;
    }
    int64_t utc = linker->site->now;
    if (named.given) {
        entry->date = moment_make(zone, &named);
        return;
    }
    if (entry->history) {
        utc = entry->history->first.utc;
    } else if (!entry->record->date_in_doubt) {
        diag_add(linker->diags, SEVERITY_WARNING, "missing-date", span_file(entry->record->text),
                 "nothing says when this article was written, so today's date is used");
        diag_hint(linker->diags, "add a line such as  date: 2026-03-01");
    }
    struct field_date found = {.given = true,
                               .time = date_from_seconds(utc, zone_at(zone, utc).offset)};
    found.time.has_zone = true;
    entry->date = moment_make(zone, &found);
}

static void find_dates(struct linker *linker, struct entry *entry,
                       const struct content_place *place)
{
    const struct zone *zone = linker->site->config.zone;
    if (entry->kind == KIND_ARTICLE) {
        find_article_date(linker, entry, place);
        entry->updated = moment_make(zone, &entry->record->article.updated);
        entry->expires = moment_make(zone, &entry->record->article.expires);
        entry->expired = entry->expires.given && entry->expires.utc <= linker->site->now;
        entry->future = entry->date.utc > linker->site->now;
    } else if (entry->kind == KIND_EVENT) {
        occurrences_open(linker, entry);
    } else if (entry->kind == KIND_COMMENT) {
        entry->date = moment_make(zone, &entry->record->date);
    }
}

static void decide_published(const struct linker *linker, struct entry *entry)
{
    const struct load_options *options = linker->options;
    entry->published = !entry->expired && (!entry->future || options->future) &&
                       (!entry->record->draft.value || options->drafts);
}

static void add_to_group(struct linker *linker, struct group *group, struct entry *entry)
{
    const struct entry **entries = arena_zalloc(linker->arena, group->count + 1, sizeof *entries);
    size_t at = 0;
    while (at < group->count && group->entries[at]->edition <= entry->edition) {
        entries[at] = group->entries[at];
        at++;
    }
    entries[at] = entry;
    for (size_t i = at; i < group->count; i++)
        entries[i + 1] = group->entries[i];
    group->entries = entries;
    group->count++;
    group->primary = entries[0];
    group->kind = entry->kind;
    entry->group = group;
}

/* Two files may say that they are one thing in one language: `cop.fr.md` and `fr/articles/cop.md`.
 * If their addresses are the same too, that is told instead. */
static void check_group(struct linker *linker, const struct group *group, const struct entry *entry)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct entry *other = group->entries[i];
        if (other->edition != entry->edition || !other->published || !entry->published ||
            entry->kind == KIND_COMMENT || str_eq(other->slug, entry->slug))
            continue;
        diag_error(linker->diags, "translation", span_file(entry->record->text),
                   "%.*s is already the version in that language ('%.*s')",
                   STR_ARG(other->file->path), STR_ARG(entry->edition->lang));
        diag_hint(linker->diags, "keep one of the two, or rename one if they are two things");
    }
}

/* `cop.fr.md`, `fr/articles/cop.md` and `cop.md` belong together by their path. */
static void find_group(struct linker *linker, struct entry *entry,
                       const struct content_place *place)
{
    if (entry->record->translation_of.text.len > 0)
        return; /* joined later, when all slugs are known */
    struct str key =
        arena_printf(linker->working, "%d/%.*s", (int)entry->kind, STR_ARG(place->stem));
    void **slot = map_slot(&linker->groups, key);
    if (!*slot)
        *slot = arena_zalloc(linker->arena, 1, sizeof(struct group));
    check_group(linker, *slot, entry);
    add_to_group(linker, *slot, entry);
}

static struct str slug_key(struct arena *arena, enum kind kind, struct str lang, struct str slug)
{
    return arena_printf(arena, "%d/%.*s/%.*s", (int)kind, STR_ARG(lang), STR_ARG(slug));
}

static void note_slug(struct linker *linker, struct entry *entry)
{
    if (entry->kind == KIND_COMMENT)
        return;
    struct str key = slug_key(linker->working, entry->kind, entry->edition->lang, entry->slug);
    void **slot = map_slot(&linker->slugs, key);
    const struct entry *other = *slot;
    /* A draft may share its slug with what it will replace. */
    if (!other || !other->published) {
        *slot = entry;
        return;
    }
    if (!entry->published)
        return;
    struct place place = entry->record->slug.place;
    diag_error(linker->diags, "duplicate-slug", entry_span(entry, place),
               "this %s would have the same address as %.*s: '%.*s'", schema_of(entry->kind)->name,
               STR_ARG(other->file->path), STR_ARG(entry->slug));
    diag_hint(linker->diags, "rename one of the two files, or give it a 'slug:' of its own");
}

struct entry *linker_find_slug(const struct linker *linker, enum kind kind, struct str lang,
                               struct str slug)
{
    struct arena scratch = {0};
    struct entry *found = map_get(&linker->slugs, slug_key(&scratch, kind, lang, slug));
    for (size_t i = 0; !found && i < linker->site->edition_count; i++)
        found =
            map_get(&linker->slugs, slug_key(&scratch, kind, linker->site->editions[i].lang, slug));
    arena_release(&scratch);
    return found;
}

struct str linker_suggest_slug(const struct linker *linker, enum kind kind, struct str slug)
{
    struct arena scratch = {0};
    struct str *slugs = arena_zalloc(&scratch, linker->site->entry_count, sizeof *slugs);
    size_t count = 0;
    for (size_t i = 0; i < linker->site->entry_count; i++) {
        if (linker->site->entries[i].kind == kind)
            slugs[count++] = linker->site->entries[i].slug;
    }
    struct str nearest = suggest_nearest(slug, slugs, count);
    arena_release(&scratch);
    return nearest;
}

static int check_translation(struct linker *linker, const struct entry *entry,
                             const struct entry *original)
{
    struct span span = entry_span(entry, entry->record->translation_of.place);
    struct str slug = entry->record->translation_of.text;
    if (!original) {
        diag_error(linker->diags, "translation", span, "there is no %s '%.*s' to translate",
                   schema_of(entry->kind)->name, STR_ARG(slug));
        struct str nearest = linker_suggest_slug(linker, entry->kind, slug);
        if (nearest.len > 0)
            diag_hint(linker->diags, "did you mean '%.*s'?", STR_ARG(nearest));
        return -1;
    }
    if (original->record->translation_of.text.len > 0) {
        diag_error(linker->diags, "translation", span, "%.*s is a translation itself",
                   STR_ARG(original->file->path));
        diag_hint(linker->diags, "name what it was translated from: '%.*s'",
                  STR_ARG(original->record->translation_of.text));
        return -1;
    }
    for (size_t i = 0; i < original->group->count; i++) {
        const struct entry *other = original->group->entries[i];
        if (other->edition == entry->edition)
            return diag_error(linker->diags, "translation", span,
                              "%.*s is already the version in that language ('%.*s')",
                              STR_ARG(other->file->path), STR_ARG(entry->edition->lang));
    }
    return 0;
}

static void join_translation(struct linker *linker, struct entry *entry)
{
    const struct field_text *of = &entry->record->translation_of;
    if (of->text.len == 0)
        return;
    struct str slug = slug_fold(linker->arena, of->text);
    if (entry->kind == KIND_PAGE)
        slug = address_page_slug(linker->arena, of->text);
    struct entry *original =
        linker_find_slug(linker, entry->kind, linker->site->config.language, slug);
    struct group *group = NULL;
    if (check_translation(linker, entry, original) == 0)
        group = original->group;
    add_to_group(linker, group ? group : arena_zalloc(linker->arena, 1, sizeof *group), entry);
}

static void find_url(struct linker *linker, struct entry *entry)
{
    entry->url = address_of(linker->arena, &linker->site->config, entry);
}

static void check_removed(struct linker *linker, const struct entry *entry)
{
    if (entry->kind != KIND_MEMBER || !map_has(&linker->removed, entry->slug))
        return;
    diag_error(linker->diags, "removed-member", span_file(entry->record->text),
               "content/members/removed.yml says that '%.*s' must not be published again",
               STR_ARG(entry->slug));
}

/* `cop.de.md` beside `cop.md` is meant as a translation; without German it would be a second page
 * in the default language. */
static void check_suffix(struct linker *linker, const struct entry *entry,
                         const struct content_place *place)
{
    size_t dot = str_rfind_byte(path_name(place->stem), '.');
    size_t below = place->stem.len - path_name(place->stem).len;
    struct str lang = dot == STR_NONE ? STR("") : str_after(place->stem, below + dot + 1);
    struct arena scratch = {0};
    struct str key = arena_printf(&scratch, "%d/%.*s", (int)entry->kind,
                                  STR_ARG(str_sub(place->stem, 0, below + dot)));
    bool meant = dot != STR_NONE && lang.len == 2 && str_is_alpha(lang.ptr[0]) &&
                 str_is_alpha(lang.ptr[1]) && map_has(&linker->groups, key);
    arena_release(&scratch);
    if (!meant || entry->kind == KIND_COMMENT)
        return;
    diag_error(
        linker->diags, "unknown-language", span_file(entry->record->text),
        "the file's name says that it is in '%.*s', which is not one of the site's languages",
        STR_ARG(lang));
    diag_hint(linker->diags,
              "content/site.yml lists them under 'languages'; if it is no translation, "
              "rename it");
}

void identity_find(struct linker *linker)
{
    struct site *site = linker->site;
    map_init(&linker->groups, linker->working);
    map_init(&linker->slugs, linker->working);
    map_init(&linker->zones, linker->arena);
    map_init(&site->entries_by_path, linker->arena);
    map_room(&site->entries_by_path, site->entry_count);
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        entry->history = history_find(linker->options->history, entry->file->path);
        find_language(linker, entry, &linker->places[i]);
        find_slug(linker, entry, &linker->places[i]);
        find_dates(linker, entry, &linker->places[i]);
        decide_published(linker, entry);
        check_removed(linker, entry);
        find_group(linker, entry, &linker->places[i]);
        note_slug(linker, entry);
        map_put(&site->entries_by_path, entry->file->path, entry);
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        check_suffix(linker, &site->entries[i], &linker->places[i]);
        join_translation(linker, &site->entries[i]);
        find_url(linker, &site->entries[i]);
    }
}
