#include "base/html.h"
#include "pages/jsonld_internal.h"

static void add_issuer(struct jsonld *page, const struct designation_words *words)
{
    if (words->issuer.len == 0)
        return;
    jsonld_open(page, "recognizedBy", "Organization");
    json_add_text(page->out, "name", words->issuer);
    if (url_is_safe(words->url) && url_is_external(words->url))
        json_add_text(page->out, "url", words->url);
    json_close_object(page->out);
}

static void open_credential(struct jsonld *page, const struct designation *designation)
{
    const struct holding *holding = &page->edition->holdings[designation->order];
    jsonld_open(page, NULL, "EducationalOccupationalCredential");
    json_add_text(page->out, "name", holding->words.name);
    json_add_text(page->out, "alternateName", designation->code);
    json_add_given(page->out, "credentialCategory", holding->words.level);
    json_add_text(page->out, "url", jsonld_url(page, holding->url));
    add_issuer(page, &holding->words);
}

/* What is in force, each designation once; grants are in the registry's order. */
static void add_credentials(struct jsonld *page, const struct group *member)
{
    const struct designation *last = NULL;
    for (size_t i = 0; i < member->grants.count; i++) {
        const struct grant *grant = &member->grants.items[i];
        if (!grant->live || grant->designation == last)
            continue;
        if (!last)
            json_open_list(page->out, "hasCredential");
        last = grant->designation;
        open_credential(page, grant->designation);
        jsonld_add_moment(page, "expires", &grant->until);
        json_add_given(page->out, "sameAs", grant->credential_url);
        json_close_object(page->out);
    }
    if (last)
        json_close_list(page->out);
}

void jsonld_add_person(struct jsonld *page, const char *key, const struct person *person)
{
    jsonld_open(page, key, "Person");
    json_add_text(page->out, "name", person->name);
    if (person->member) {
        const struct entry *bio = site_in_language(page->site, person->member, page->edition->lang);
        if (plan_entry(page->plan, bio))
            json_add_text(page->out, "url", jsonld_url(page, bio->url));
        json_add_given(page->out, "honorificSuffix",
                       site_post_nominals(person->member, page->scratch));
        add_credentials(page, person->member);
    }
    json_close_object(page->out);
}

void jsonld_add_people(struct jsonld *page, const char *key, const struct person_list *people)
{
    if (people->count == 0)
        return;
    json_open_list(page->out, key);
    for (size_t i = 0; i < people->count; i++)
        jsonld_add_person(page, NULL, &people->items[i]);
    json_close_list(page->out);
}

/* The association itself, and each part that the member plays in it. */
static void add_memberships(struct jsonld *page, const struct entry *member)
{
    json_open_list(page->out, "memberOf");
    jsonld_add_organization(page, NULL);
    for (size_t i = 0; i < member->position_count; i++) {
        const struct position *position = &member->positions[i];
        jsonld_open(page, NULL, "OrganizationRole");
        json_add_given(page->out, "roleName", position->title);
        if (position->team) {
            jsonld_open(page, "memberOf", "Organization");
            json_add_text(page->out, "name", position->team->name);
            json_close_object(page->out);
        }
        json_close_object(page->out);
    }
    json_close_list(page->out);
}

static void add_links(struct jsonld *page, const struct link_list *links)
{
    size_t count = 0;
    for (size_t i = 0; i < links->count; i++) {
        struct str url = links->items[i].url.text;
        if (!url_is_safe(url) || !str_starts(url, STR("http")))
            continue;
        if (count++ == 0)
            json_open_list(page->out, "sameAs");
        json_add_text(page->out, NULL, url);
    }
    if (count > 0)
        json_close_list(page->out);
}

void jsonld_add_member(struct jsonld *page, const struct entry *member)
{
    const struct record_member *bio = &member->record->member;
    jsonld_open(page, NULL, "Person");
    json_add_text(page->out, "name", member->record->title.text);
    json_add_given(page->out, "honorificSuffix", site_post_nominals(member->group, page->scratch));
    json_add_text(page->out, "url", jsonld_url(page, member->url));
    json_add_text(page->out, "mainEntityOfPage", jsonld_url(page, member->url));
    json_add_given(page->out, "image", jsonld_file(page, member, bio->photo.text));
    jsonld_add_description(page, member);
    if (bio->location.text.len > 0) {
        jsonld_open(page, "workLocation", "Place");
        json_add_text(page->out, "name", bio->location.text);
        json_close_object(page->out);
    }
    jsonld_add_texts(page, "knowsLanguage", &bio->languages);
    jsonld_add_texts(page, "knowsAbout", &bio->services);
    add_links(page, &bio->links);
    add_memberships(page, member);
    add_credentials(page, member->group);
    json_close_object(page->out);
}

void jsonld_add_designation(struct jsonld *page, const struct holding *holding)
{
    open_credential(page, holding->designation);
    json_add_given(page->out, "description", holding->words.description);
    json_close_object(page->out);
}
