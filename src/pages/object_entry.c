#include "base/html.h"
#include "pages/body.h"
#include "pages/forge.h"
#include "pages/objects.h"

static struct value entry_get(const void *self, struct value_key key, struct value_reader *reader)
{
    return object_entry_get(self, key, reader);
}

static struct value entry_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct entry *)self)->record->title.text);
}

static const struct value_class classes[KIND_COUNT] = {
    [KIND_ARTICLE] = {.name = "article", .lasting = true, .get = entry_get, .print = entry_print},
    [KIND_MEMBER] = {.name = "member", .lasting = true, .get = entry_get, .print = entry_print},
    [KIND_EVENT] = {.name = "event", .lasting = true, .get = entry_get, .print = entry_print},
    [KIND_COMMENT] = {.name = "comment", .lasting = true, .get = entry_get, .print = entry_print},
    [KIND_PAGE] = {.name = "page", .lasting = true, .get = entry_get, .print = entry_print},
};

struct value object_entry(const struct entry *entry)
{
    return entry ? value_object(&classes[entry->kind], entry) : value_nil();
}

static struct value body_html(const struct entry *entry, struct value_reader *reader)
{
    struct buf html = {0};
    body_write(view_of(reader)->plan, entry, BODY_PAGE, &html);
    struct value value = value_html(arena_str(reader->arena, buf_str(&html)));
    buf_release(&html);
    return value;
}

static struct value table_of_contents(const struct entry *entry, struct value_reader *reader)
{
    const struct markup *body = &entry->record->body;
    struct value *items = arena_zalloc(reader->arena, body->heading_count, sizeof *items);
    for (size_t i = 0; i < body->heading_count; i++) {
        struct markup_heading heading = markup_heading_at(body, i);
        const struct value_entry parts[] = {
            {STR("level"), value_integer(heading.level)},
            {STR("id"), value_text_or_nil(heading.id)},
            {STR("text"), value_text(heading.text)},
        };
        items[i] = object_map(reader, parts, 3);
    }
    return value_list(reader->arena, items, body->heading_count);
}

/* The same thing in other languages. */
static struct value translations(const struct entry *entry, struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, entry->group->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < entry->group->count; i++) {
        const struct entry *other = entry->group->entries[i];
        if (other == entry || !other->published)
            continue;
        const struct value_entry parts[] = {
            {STR("lang"), value_text(other->edition->lang)},
            {STR("url"), object_url(other->url, reader)},
            {STR("title"), value_text(other->record->title.text)},
        };
        items[count++] = object_map(reader, parts, 3);
    }
    return value_list(reader->arena, items, count);
}

static struct value contributors(const struct entry *entry, struct value_reader *reader)
{
    if (!entry->history)
        return value_nil();
    struct value *items = arena_zalloc(reader->arena, entry->history->author_count, sizeof *items);
    for (size_t i = 0; i < entry->history->author_count; i++)
        items[i] = value_text(entry->history->authors[i].name);
    return value_list(reader->arena, items, entry->history->author_count);
}

static struct value edit_url(const struct entry *entry, struct value_reader *reader)
{
    const struct site *site = view_of(reader)->plan->site;
    return value_text_or_nil(forge_edit_url(site, entry, reader->arena));
}

/* People read about 220 words a minute. */
int64_t entry_reading_minutes(const struct entry *entry)
{
    return (int64_t)(entry->record->body.words + 219) / 220;
}

static struct value comments_feed(const struct entry *article, struct value_reader *reader)
{
    struct str url = arena_printf(reader->arena, "%.*scomments.xml", STR_ARG(article->url));
    return plan_find(view_of(reader)->plan, url) ? object_url(url, reader) : value_nil();
}

/* Of the article's own edition, whichever page shows it. */
static const struct relations *relations_of(const struct entry *article,
                                            const struct value_reader *reader)
{
    const struct plan *plan = view_of(reader)->plan;
    return &plan->editions[article->edition - plan->site->editions].relations;
}

/* The articles akin to one. */
struct kin {
    const struct entry *article;
    const struct entry *found[KIN_MOST];
    size_t count;
};

static size_t kin_count(const void *self, struct value_reader *reader)
{
    (void)reader;
    return ((const struct kin *)self)->count;
}

static struct value kin_item(const void *self, size_t index, struct value_reader *reader)
{
    const struct kin *kin = self;
    if (index >= KIN_NEAREST)
        trace_entry(view_of(reader)->trace, kin->article, FACT_KIN);
    return object_entry(kin->found[index]);
}

static const struct value_class kin_class = {
    .name = "list of entries", .count = kin_count, .item = kin_item};

static struct value related(const struct entry *article, struct value_reader *reader)
{
    struct kin *kin = arena_zalloc(reader->arena, 1, sizeof *kin);
    struct arena scratch = {0};
    trace_kin(view_of(reader)->trace);
    kin->article = article;
    kin->count = kin_find(&relations_of(article, reader)->words, article, kin->found, &scratch);
    arena_release(&scratch);
    return value_object(&kin_class, kin);
}

static bool article_get(const struct entry *entry, enum property property,
                        struct value_reader *reader, struct value *out)
{
    const struct record_article *article = &entry->record->article;
    const struct site *site = view_of(reader)->plan->site;
    switch (property) {
    case PROPERTY_authors: *out = object_people(&entry->authors); return true;
    case PROPERTY_author:
        *out = entry->authors.count > 0 ? object_person(entry->authors.items) : value_nil();
        return true;
    case PROPERTY_editor: *out = object_people(&entry->editors); return true;
    case PROPERTY_with: *out = object_people(&entry->with); return true;
    case PROPERTY_updated: *out = object_moment(&entry->updated, reader); return true;
    case PROPERTY_comments:
        *out = forge_shows_comments(site, entry) ? object_entries(&entry->group->comments)
                                                 : value_nil();
        return true;
    case PROPERTY_comment_count:
        *out = value_integer(
            forge_shows_comments(site, entry) ? (int64_t)entry->group->comment_count : 0);
        return true;
    case PROPERTY_comments_feed_url: *out = comments_feed(entry, reader); return true;
    case PROPERTY_comments_closed:
        *out = value_boolean(!forge_takes_comments(site, entry));
        return true;
    case PROPERTY_comment_form_url:
        *out = value_text_or_nil(forge_comment_url(site, entry, reader->arena));
        return true;
    case PROPERTY_related: *out = related(entry, reader); return true;
    case PROPERTY_series_articles:
        *out = object_entries(relations_series(relations_of(entry, reader), entry));
        return true;
    case PROPERTY_series_part:
        *out = article->series_part.given ? value_integer(article->series_part.value) : value_nil();
        return true;
    case PROPERTY_series: *out = value_text_or_nil(article->series.text); return true;
    case PROPERTY_featured: *out = value_boolean(article->featured.value); return true;
    case PROPERTY_previous: *out = object_entry(entry->older); return true;
    case PROPERTY_next: *out = object_entry(entry->newer); return true;
    case PROPERTY_expires:
        *out = article->expires.given
                   ? value_time(reader->arena, article->expires.time, (struct str){0})
                   : value_nil();
        return true;
    default: return false;
    }
}

static bool kind_get(const struct entry *entry, enum property property, struct value_reader *reader,
                     struct value *out)
{
    switch (entry->kind) {
    case KIND_ARTICLE: return article_get(entry, property, reader, out);
    case KIND_MEMBER: return object_member_get(entry, property, reader, out);
    case KIND_EVENT: return object_event_get(entry, property, reader, out);
    case KIND_COMMENT: return object_comment_get(entry, property, reader, out);
    case KIND_PAGE: return false;
    }
    return false;
}

static struct value excerpt_of(const struct record *record)
{
    struct str given = record->description.text;
    return value_text_or_nil(given.len > 0 ? given : record->body.excerpt);
}

static struct value common_get(const struct entry *entry, struct value_key key,
                               struct value_reader *reader)
{
    const struct record *record = entry->record;
    switch ((enum property)key.symbol) {
    case PROPERTY_title:
    case PROPERTY_name: return value_text(record->title.text);
    case PROPERTY_url: return object_url(entry->url, reader);
    case PROPERTY_permalink: return object_permalink(entry->url, reader);
    case PROPERTY_date: return object_moment(&entry->date, reader);
    case PROPERTY_kind: return value_text(str_from(schema_of(entry->kind)->name));
    case PROPERTY_slug: return value_text(entry->slug);
    case PROPERTY_lang: return value_text(entry->edition->lang);
    case PROPERTY_tags: return object_tags(&entry->tags);
    case PROPERTY_description: return value_text_or_nil(record->description.text);
    case PROPERTY_excerpt: return excerpt_of(record);
    case PROPERTY_content: return body_html(entry, reader);
    case PROPERTY_image:
        return value_text_or_nil(
            body_file_url(view_of(reader)->plan, entry, record->image.text, reader->arena));
    case PROPERTY_image_alt: return value_text_or_nil(record->image_alt.text);
    case PROPERTY_draft: return value_boolean(record->draft.value);
    case PROPERTY_future: return value_boolean(entry->future);
    case PROPERTY_noindex: return value_boolean(record->noindex.value);
    case PROPERTY_toc: return table_of_contents(entry, reader);
    case PROPERTY_word_count: return value_integer((int64_t)record->body.words);
    case PROPERTY_reading_time: return value_integer(entry_reading_minutes(entry));
    case PROPERTY_source_path: return value_text(entry->file->path);
    case PROPERTY_edit_url: return edit_url(entry, reader);
    case PROPERTY_contributors: return contributors(entry, reader);
    case PROPERTY_translations: return translations(entry, reader);
    default: break;
    }
    const struct value *extra = value_map_get(&record->extra, key.name);
    return extra ? *extra : value_nil();
}

/* Under which fact a property of an entry is noted. */
static enum fact_entry fact_of(const struct entry *entry, uint32_t symbol)
{
    switch ((enum property)symbol) {
    case PROPERTY_title:
    case PROPERTY_url:
    case PROPERTY_permalink:
    case PROPERTY_date:
    case PROPERTY_kind:
    case PROPERTY_slug:
    case PROPERTY_lang: return entry->kind == KIND_ARTICLE ? FACT_LINE : FACT_CARD;
    case PROPERTY_content:
    case PROPERTY_word_count:
    case PROPERTY_toc: return FACT_BODY;
    case PROPERTY_comments:
    case PROPERTY_comment_count:
    case PROPERTY_comments_feed_url: return FACT_COMMENTS;
    case PROPERTY_previous:
    case PROPERTY_next:
    case PROPERTY_related:
    case PROPERTY_series_articles:
    case PROPERTY_articles:
    case PROPERTY_events:
    case PROPERTY_mentions:
    case PROPERTY_feed_url: return FACT_RELATIONS;
    default: return FACT_CARD;
    }
}

struct value object_entry_get(const struct entry *entry, struct value_key key,
                              struct value_reader *reader)
{
    struct value value;
    trace_entry(view_of(reader)->trace, entry, fact_of(entry, key.symbol));
    if (key.symbol != PROPERTY_NONE && kind_get(entry, (enum property)key.symbol, reader, &value))
        return value;
    return common_get(entry, key, reader);
}
