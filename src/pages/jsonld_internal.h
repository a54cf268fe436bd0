/* What the things of a page's JSON-LD share. Only for jsonld*.c. */
#ifndef COPSE_PAGES_JSONLD_INTERNAL_H
#define COPSE_PAGES_JSONLD_INTERNAL_H

#include "pages/json.h"
#include "pages/jsonld.h"

/* A page's data in the making. */
struct jsonld {
    const struct plan *plan;
    const struct site *site;
    const struct output *output;
    const struct edition *edition;
    struct arena *scratch;
    struct buf *out;
};

/* Begins an object of a type of schema.org. */
void jsonld_open(struct jsonld *page, const char *key, const char *type);

/* An absolute address of a page of the site, and of a file that front matter names (empty if it
 * leads nowhere). */
struct str jsonld_url(struct jsonld *page, struct str url);
struct str jsonld_file(struct jsonld *page, const struct entry *entry, struct str name);

/* A moment, or the day where no time was given; nothing if it was not given at all. */
void jsonld_add_moment(struct jsonld *page, const char *key, const struct moment *moment);

/* A list of texts; nothing for an empty one. */
void jsonld_add_texts(struct jsonld *page, const char *key, const struct field_list *list);

/* The description of an entry, or what its first paragraph says. */
void jsonld_add_description(struct jsonld *page, const struct entry *entry);

/* jsonld_organization.c: who stands behind the site, in short or with all their accounts; and the
 * site itself. */
void jsonld_add_organization(struct jsonld *page, const char *key);
void jsonld_add_organization_in_full(struct jsonld *page);
void jsonld_add_website(struct jsonld *page);

/* jsonld_person.c: someone who is named, with what they hold; a member in full; a designation. */
void jsonld_add_person(struct jsonld *page, const char *key, const struct person *person);
void jsonld_add_people(struct jsonld *page, const char *key, const struct person_list *people);
void jsonld_add_member(struct jsonld *page, const struct entry *member);
void jsonld_add_designation(struct jsonld *page, const struct holding *holding);

/* jsonld_article.c, jsonld_event.c. */
void jsonld_add_article(struct jsonld *page, const struct entry *article);
void jsonld_add_event(struct jsonld *page, const struct entry *event);

/* jsonld_trail.c: the way from the home page to this one. */
void jsonld_add_trail(struct jsonld *page);

#endif
