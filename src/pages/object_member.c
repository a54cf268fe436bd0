#include "base/utf8.h"
#include "pages/avatar.h"
#include "pages/body.h"
#include "pages/contact.h"
#include "pages/credentials.h"
#include "pages/objects.h"

/* On a member's own page: where their credential is published for machines. */
static struct value open_badge(const struct grant *grant, struct value_reader *reader)
{
    const struct view *view = view_of(reader);
    const struct output *output = view_output(view);
    const struct entry *member = output->subject;
    if (output->kind != OUTPUT_ENTRY || member->kind != KIND_MEMBER || !grant->live)
        return value_nil();
    struct str url = credentials_url(member->group->primary, grant->designation, reader->arena);
    return plan_find(view->plan, url) ? object_url(url, reader) : value_nil();
}

static struct value grant_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct grant *grant = self;
    const struct designation *designation = grant->designation;
    const struct designation_words *words =
        site_designation_words(view_of(reader)->edition, designation);
    switch ((enum property)key.symbol) {
    case PROPERTY_code: return value_text(designation->code);
    case PROPERTY_name: return value_text(words->name);
    case PROPERTY_issuer: return value_text_or_nil(words->issuer);
    case PROPERTY_since: return object_moment(&grant->since, reader);
    case PROPERTY_expires:
    case PROPERTY_until: return object_moment(&grant->until, reader);
    case PROPERTY_open_badge_url: return open_badge(grant, reader);
    case PROPERTY_credential_url: return value_text_or_nil(grant->credential_url);
    case PROPERTY_url:
        return object_url(view_of(reader)->edition->holdings[designation->order].url, reader);
    default: return value_nil();
    }
}

static struct value grant_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct grant *)self)->designation->code);
}

static const struct value_class grant_class = {
    .name = "designation held", .get = grant_get, .print = grant_print};

static bool holds(const struct entry *member, const struct designation *designation)
{
    const struct grant_list *list = &member->group->grants;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].designation == designation && list->items[i].live)
            return true;
    }
    return false;
}

/* A member's grants that are in force, or those that are over and were not renewed. */
static struct value grants(const struct entry *member, bool live, struct value_reader *reader)
{
    const struct grant_list *list = &member->group->grants;
    const struct site *site = view_of(reader)->plan->site;
    struct value *items = arena_zalloc(reader->arena, list->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct grant *grant = &list->items[i];
        bool repeated =
            count > 0 &&
            ((const struct grant *)items[count - 1].object.self)->designation == grant->designation;
        bool former = !grant->live && grant->end <= site->now && !holds(member, grant->designation);
        if ((live ? grant->live : former) && !repeated)
            items[count++] = value_object(&grant_class, grant);
    }
    return value_list(reader->arena, items, count);
}

static const struct team *team_of(const struct edition *edition, struct str slug)
{
    for (size_t i = 0; i < edition->team_count; i++) {
        if (str_eq(edition->teams[i]->slug, slug))
            return edition->teams[i];
    }
    return NULL;
}

static struct value roles(const struct entry *member, struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, member->position_count, sizeof *items);
    for (size_t i = 0; i < member->position_count; i++) {
        const struct position *position = &member->positions[i];
        const struct team *team =
            position->team ? team_of(view_of(reader)->edition, position->team->slug) : NULL;
        const struct value_entry parts[] = {
            {STR("team"), position->team ? value_text(position->team->name) : value_nil()},
            {STR("title"), value_text_or_nil(position->title)},
            {STR("url"), team ? object_url(team->url, reader) : value_nil()},
        };
        items[i] = object_map(reader, parts, 3);
    }
    return value_list(reader->arena, items, member->position_count);
}

static struct value links(const struct entry *member, struct value_reader *reader)
{
    struct link_list list = member->record->member.links;
    struct value *items = arena_zalloc(reader->arena, list.count, sizeof *items);
    for (size_t i = 0; i < list.count; i++) {
        const struct named_link *link = &list.items[i];
        struct str label = link->label.text.len > 0 ? link->label.text : link->url.text;
        const struct value_entry parts[] = {{STR("label"), value_text(label)},
                                            {STR("url"), value_text(link->url.text)}};
        items[i] = object_map(reader, parts, 2);
    }
    return value_list(reader->arena, items, list.count);
}

/* The first letters of the first and the last word of a name. */
static struct value initials(const struct entry *member, struct value_reader *reader)
{
    struct str name = str_trim(member->record->title.text);
    struct buf letters = {0};
    size_t len;
    size_t space = str_rfind_byte(name, ' ');
    utf8_decode(name, &len);
    buf_add(&letters, str_sub(name, 0, len));
    if (space != STR_NONE) {
        struct str last = str_after(name, space + 1);
        utf8_decode(last, &len);
        buf_add(&letters, str_sub(last, 0, len));
    }
    struct value value = value_text(arena_str(reader->arena, buf_str(&letters)));
    buf_release(&letters);
    return value;
}

static struct value avatar(const struct entry *member, struct value_reader *reader)
{
    struct buf element = {0};
    avatar_write(member->record->title.text, initials(member, reader).str, &element);
    struct value value = value_html(arena_str(reader->arena, buf_str(&element)));
    buf_release(&element);
    return value;
}

static struct value email_link(struct str address, struct value_reader *reader)
{
    if (address.len == 0)
        return value_nil();
    struct buf link = {0};
    contact_write_email(&link, address);
    struct value value = value_html(arena_str(reader->arena, buf_str(&link)));
    buf_release(&link);
    return value;
}

bool object_member_get(const struct entry *member, enum property property,
                       struct value_reader *reader, struct value *out)
{
    const struct record_member *bio = &member->record->member;
    const struct view *view = view_of(reader);
    const char letter[1] = {member->group->letter};
    switch (property) {
    case PROPERTY_designations: *out = grants(member, true, reader); return true;
    case PROPERTY_former:
        *out = view->plan->site->config.show_former ? grants(member, false, reader) : value_nil();
        return true;
    case PROPERTY_post_nominals:
        *out = value_text_or_nil(site_post_nominals(member->group, reader->arena));
        return true;
    case PROPERTY_roles:
        trace_edition(view->trace, view->edition, FACT_TEAMS);
        *out = roles(member, reader);
        return true;
    case PROPERTY_location: *out = value_text_or_nil(bio->location.text); return true;
    case PROPERTY_languages: *out = object_text_list(&bio->languages, reader); return true;
    case PROPERTY_services: *out = object_text_list(&bio->services, reader); return true;
    case PROPERTY_photo:
    case PROPERTY_image:
        *out = value_text_or_nil(body_file_url(view->plan, member, bio->photo.text, reader->arena));
        return true;
    case PROPERTY_avatar: *out = avatar(member, reader); return true;
    case PROPERTY_initials: *out = initials(member, reader); return true;
    case PROPERTY_email_link: *out = email_link(bio->email.text, reader); return true;
    case PROPERTY_email: *out = value_text_or_nil(bio->email.text); return true;
    case PROPERTY_github: *out = value_text_or_nil(bio->github.text); return true;
    case PROPERTY_links: *out = links(member, reader); return true;
    case PROPERTY_pronouns: *out = value_text_or_nil(bio->pronouns.text); return true;
    case PROPERTY_joined:
        *out = bio->joined.given ? value_time(reader->arena, bio->joined.time, (struct str){0})
                                 : value_nil();
        return true;
    case PROPERTY_articles:
        *out = object_entries(
            relations_written(&view->sections->relations, view->edition, member->group));
        return true;
    case PROPERTY_events:
        *out = object_events(
            view, relations_spoken(&view->sections->relations, view->edition, member->group),
            reader);
        return true;
    case PROPERTY_mentions:
        *out = object_entries(relations_mentions(&view->sections->relations, member->group));
        return true;
    case PROPERTY_sort_letter:
        *out = value_text(arena_str(reader->arena, (struct str){letter, 1}));
        return true;
    case PROPERTY_feed_url:
        *out =
            member->edition == view->edition
                ? object_planned(arena_concat(reader->arena, member->url, STR("feed.xml")), reader)
                : value_nil();
        return true;
    default: return false;
    }
}

static struct value person_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct person *person = self;
    const struct view *view = view_of(reader);
    const struct entry *member =
        person->member ? site_in_language(view->plan->site, person->member, view->edition->lang)
                       : NULL;
    trace_entry(view->trace, member, FACT_CARD);
    switch ((enum property)key.symbol) {
    case PROPERTY_name:
    case PROPERTY_title: return value_text(person->name);
    case PROPERTY_url: return member ? object_url(member->url, reader) : value_nil();
    case PROPERTY_slug: return member ? value_text(member->slug) : value_nil();
    case PROPERTY_member: return object_entry(member);
    case PROPERTY_post_nominals:
        return value_text_or_nil(site_post_nominals(person->member, reader->arena));
    default: return value_nil();
    }
}

static struct value person_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct person *)self)->name);
}

static const struct value_class person_class = {
    .name = "person", .lasting = true, .get = person_get, .print = person_print};

struct value object_person(const struct person *person)
{
    return value_object(&person_class, person);
}
