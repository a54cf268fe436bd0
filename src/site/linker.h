/* What the steps of linking share while the site is still being made. Only for the files of this
 * folder that load.c calls, each of which takes the site one step further:
 *
 *     registry.c  designations, roster, removed members
 *     tag_rows.c  tags.yml
 *     identity.c  languages, slugs, dates, groups, URLs, what is published
 *     addresses.c what of that follows from a file's name
 *     occurrences.c  events in time
 *     people.c    authors, speakers, organisers
 *     grants.c    who holds which designation
 *     comments.c  threads
 *     editions.c  the lists of each language, teams, years
 *     tags.c      the tags of each language
 *     logo.c      the organisation's logo; whether security.txt still holds
 *     shapes.c    in which shapes layouts ask for pictures */
#ifndef COPSE_SITE_LINKER_H
#define COPSE_SITE_LINKER_H

#include "base/pool.h"
#include "base/vec.h"
#include "site/contents.h"
#include "site/load.h"
#include "site/site.h"

/* A row of content/roster.yml. */
struct roster_row {
    struct field_text member;
    struct field_text code;
    struct field_date since;
    struct field_date until;
    struct field_date revoked;
    struct span span;
};

struct roster {
    struct roster_row *items;
    size_t count, capacity;
    const struct text *text;
    bool given; /* there is a roster.yml: it is the truth */
};

/* A row of content/tags.yml. */
struct tag_row {
    struct str name;
    struct str slug;
    struct value names; /* these three by language; nil if not given */
    struct value description;
    struct value intro;
    const struct tag_row *parent; /* NULL: none */
    struct field_text parent_name;
    struct span span;
};

struct linker {
    const struct load_options *options;
    struct arena *arena;
    struct arena *working; /* for what nobody needs once the site is linked */
    struct diags *diags;
    struct site *site;
    struct map designations; /* code: struct designation */
    struct roster roster;
    struct tag_row *tag_rows;
    size_t tag_row_count;
    struct map tag_synonyms;      /* slug of a tag or of a synonym: struct tag_row */
    struct map removed;           /* slug: struct str, the name that articles keep (maybe empty) */
    struct content_place *places; /* of each entry */
    size_t attachment_count;      /* files beside content, at most */
    struct map groups;            /* "articles/cop": struct group */
    struct map slugs;             /* "0/fr/cop" (kind, language, slug): struct entry */
    struct map member_names;      /* name: struct group */
    struct map zones;             /* name: struct zone, of events */
};

/* The span of a place in an entry's file. */
struct span entry_span(const struct entry *entry, struct place place);

/* A content file that may be missing: its text in the build arena, or NULL. */
const struct text *linker_read(struct linker *linker, struct str path);

int registry_read(struct linker *linker);
void tag_rows_read(struct linker *linker);
/* A registry whose top is a sequence or a mapping; NULL if it is absent, empty or wrong. */
const struct yaml_node *registry_read_top(struct linker *linker, const char *path,
                                          enum yaml_kind kind, const char *form,
                                          const struct text **text);
void identity_find(struct linker *linker);
/* The slug of a file at a place, `given` being its front matter's, which may be empty. That of a
 * page keeps its folders (address_page_slug): content/pages/about/board.md is /about/board/. */
struct str address_slug(struct arena *arena, const struct content_place *place, struct str given);
struct str address_page_slug(struct arena *arena, struct str path);
/* The date in a file's name; not given if it has none. */
struct field_date address_date(const struct content_place *place);
/* The URL of an entry with edition, slug and date, by the pattern of its kind. */
struct str address_of(struct arena *arena, const struct config *config, const struct entry *entry);
/* The zone, start and calendar of an event, and, once all have them, when they take place. */
void occurrences_open(struct linker *linker, struct entry *entry);
void occurrences_find(struct linker *linker);
void people_find(struct linker *linker);
void grants_find(struct linker *linker);
void comments_find(struct linker *linker);
void editions_make(struct linker *linker);
void tags_make(struct linker *linker, struct edition *edition);
void attachments_find(struct linker *linker);
void shapes_read(struct linker *linker);
void logo_read(struct linker *linker);

/* A date in a zone. Times without a zone are the zone's own; all are shown in it. */
struct moment moment_make(const struct zone *zone, const struct field_date *date);
/* The moment at which a whole day (or a moment) is over. */
int64_t moment_end(const struct zone *zone, const struct field_date *date);

/* The entry with that slug of a kind: in `lang`, else in any language. NULL if there is none. */
struct entry *linker_find_slug(const struct linker *linker, enum kind kind, struct str lang,
                               struct str slug);
/* The slug of that kind that is nearest to a mistyped one; may be empty. */
struct str linker_suggest_slug(const struct linker *linker, enum kind kind, struct str slug);

#endif
