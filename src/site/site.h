/* The site: every record in its place, linked to every other.
 *
 * Made once by site_load() (load.h) and constant from then on. What is published and what is not is
 * decided here (drafts, the future, the expired); everything after this stage sees the lists of an
 * edition, which hold only what is published, in the order people will see it.
 *
 * A record in its place is an *entry*. Entries that translate each other form a *group*. Each
 * language of the site has an *edition*: its own lists, tags, menu and words, under its own prefix.
 *
 * All of it lives in the build arena. */
#ifndef COPSE_SITE_SITE_H
#define COPSE_SITE_SITE_H

#include "base/map.h"
#include "base/picture.h"
#include "lang/calendar.h"
#include "site/config.h"
#include "site/record.h"
#include "site/words.h"
#include "source/history.h"
#include "source/source.h"

struct bodies;
struct picture_set;
struct picture_shape;
struct picture_variant;
struct edition;
struct entry;
struct group;
struct tag;

struct entry_list {
    const struct entry **items;
    size_t count, capacity;
};

/* A date with its zone resolved. `utc` orders; `shown` is the wall-clock time where it happens. */
struct moment {
    bool given;
    int64_t utc;
    struct date_time shown;
    struct str zone_name; /* "ADT"; empty for whole days */
};

/* Someone who is named: a member, or a guest who is only a name. */
struct person {
    struct str name;
    const struct group *member; /* NULL: a guest */
};

struct person_list {
    const struct person *items;
    size_t count;
};

struct tag_list {
    const struct tag **items;
    size_t count, capacity;
};

/* What the registry says of a designation, in one language. */
struct designation_words {
    struct str name;
    struct str issuer;
    struct str level;
    struct str description;
    struct str url; /* the issuer's page */
};

/* A professional credential, from content/designations.yml. */
struct designation {
    struct str code;
    struct str slug;                       /* the code in lower case */
    const struct designation_words *words; /* one an edition, in their order */
    struct str badge;                      /* a picture in assets/ or a URL */
    struct span badge_span;
    size_t order; /* place in the registry */
    struct span span;
};

struct designation_list {
    const struct designation **items;
    size_t count, capacity;
};

/* That a member holds a designation, or did. */
struct grant {
    const struct designation *designation;
    struct moment since;
    struct moment until;
    struct str credential_url;
    int64_t end; /* UTC seconds from which on it is not held any more; INT64_MAX: none */
    bool live;   /* false: lapsed or revoked, or not yet begun */
};

struct grant_list {
    struct grant *items;
    size_t count, capacity;
};

/* A role with its team found. */
struct team;
struct position {
    const struct team *team; /* NULL: a title without a team */
    struct str title;
};

/* One time that an event takes place, changes applied. */
struct occurrence {
    const struct entry *event;
    int64_t utc_start;
    int64_t utc_end;   /* exclusive; of an all-day event the midnight after its last day */
    int64_t first_day; /* days since 1970 on which it is, by its own clock */
    int64_t last_day;
    struct moment start;
    struct moment end;        /* not given: nothing is said of an end; all-day: its last day */
    struct moment moved_from; /* where the rule has it, if it was moved */
    struct str title;
    struct str location;
    bool cancelled; /* it, or the whole event */
};

struct occurrence_list {
    const struct occurrence *items;
    size_t count;
};

struct entry {
    const struct record *record;
    const struct source_file *file;
    enum kind kind;
    uint32_t number; /* its place in site->entries */
    struct str slug; /* unique in its kind and language; of a page, its path: "about/board" */
    struct str url;  /* "/articles/cop/": root-relative, without the site's base path */
    const struct edition *edition;
    struct group *group;
    bool published;
    bool future;
    bool expired;
    struct moment date;      /* article, comment: published; event: first start; else not given */
    struct moment updated;   /* article: `updated` */
    struct moment ends;      /* event: the end of the occurrence that is shown */
    struct moment expires;   /* article */
    const struct zone *zone; /* event */
    const struct calendar *calendar;    /* event; NULL if its times have errors */
    struct occurrence_list occurrences; /* event: all; of a rule those in site.yml's window */
    const struct occurrence *next;      /* event: the next that is held; NULL: none is to come */
    const struct occurrence *shown;     /* event: the next, else the last; rarely NULL */
    bool over;                          /* event: nothing of it is to come */
    const struct history_file *history; /* NULL: not committed, or no repository */

    struct tag_list tags;
    struct person_list authors; /* comment: its one author */
    struct person_list editors;
    struct person_list with;
    struct person_list speakers;
    struct person_list organisers;
    const struct position *positions; /* member */
    size_t position_count;
    const struct entry *newer; /* articles: neighbours in the edition's list */
    const struct entry *older;

    struct str comment_id;         /* comment: its file's name without .md */
    const struct entry *parent;    /* comment: what it replies to, or NULL */
    struct entry_list replies;     /* comment: oldest first */
    const struct group *commented; /* comment: the articles it stands under */
};

/* One thing in all its languages; of most things there is only one entry. */
struct group {
    const struct entry **entries; /* in the order of the site's languages */
    size_t count;
    enum kind kind;
    const struct entry *primary; /* in the default language if there is one, else the first */
    struct entry_list comments;  /* article: top-level comments, oldest first */
    size_t comment_count;        /* all of them, replies too */
    struct grant_list grants;    /* member: in the registry's order */
    struct str sort_key;         /* member: for the directory */
    char letter;                 /* member: 'A'-'Z', or '#' */
};

struct tag {
    struct str name; /* as tags.yml has it, else as it is most often written */
    struct str slug;
    struct str description;
    struct str intro; /* Markdown, for the head of its page */
    struct str url;
    const struct tag *parent;   /* the wider tag that tags.yml names, or NULL */
    struct tag_list narrower;   /* whose parent it is, by name */
    struct entry_list articles; /* published, newest first */
    struct entry_list events;
};

struct team {
    struct str name;
    struct str slug;
    struct str url;
    struct entry_list members; /* in the directory's order */
};

struct year_month {
    int year;
    int month; /* 1-12 */
    struct entry_list articles;
};

struct year {
    int year;
    struct entry_list articles;
    const struct year_month *months; /* that have articles, newest first */
    size_t month_count;
};

/* The holders of one designation, in one language. */
struct holding {
    const struct designation *designation;
    struct designation_words words; /* in that language */
    struct str url;
    struct entry_list holders;
};

struct edition {
    struct str lang;
    struct str prefix;                     /* "" or "/fr", in front of its URLs */
    const struct config_edition *settings; /* what site.yml says in its language */
    const struct words *words;
    /* Articles, events and pages that have no translation into this language are in its lists in
     * the fallback language that site.yml names; entry->edition then is the other edition, and the
     * page is there only. */
    struct entry_list articles; /* newest first */
    struct entry_list members;  /* in the directory's order; those of other languages where they
                                   have no bio in this one */
    struct entry_list events;   /* by start */
    struct entry_list pages;    /* by path */
    struct entry_list menu;     /* pages with `menu`, in its order */
    struct tag_list tags;       /* by name */
    const struct team **teams;  /* by name */
    size_t team_count;
    const struct year *years; /* newest first */
    size_t year_count;
    const struct holding *holdings; /* in the registry's order */
    size_t holding_count;
    struct map members_by_group; /* the edition's entry of a group, by the primary's path */
    /* What members did, by the primary's path: struct entry_list. */
    struct map written;
    struct map spoken;
};

/* What the bytes of a file beside content say. It lives with the records, so that it can be kept
 * between builds: looking means reading every photograph. */
struct attachment_look {
    const char *type; /* as in struct attachment; static */
    const char *fault;
    struct str why;
    struct picture picture;
    struct blob_id blob;
};

/* A file beside content that is published: a picture (without its metadata), a PDF (as it is). */
struct attachment {
    const struct source_file *file;
    struct str url;         /* "/articles/cop/chart.png" */
    struct str type;        /* "image/png" */
    struct picture picture; /* what its bytes say; all 0 of what is none */
    /* A picture that cannot be shown: the rule it breaks and why, a sentence; else NULL and empty.
     * It is not published; pages have its alternative text in its place. */
    const char *fault;
    struct str why;
    struct blob_id blob;
    const struct attachment_look *look; /* all that as it was seen */
    /* What is made of it (variants.h); none of what no page shows, or where nothing can be made. */
    const struct picture_variant *variants;
    size_t variant_count;
    const struct picture_set *sets; /* one for each shape that pages may ask for */
    size_t set_count;
    const struct picture_variant *whole; /* published in its own place; NULL: the file itself */
    struct str tone; /* its mean colour, three of the digits 0369cf; empty: not known */
};

/* The organisation's logo, if it is a picture in assets/. */
struct logo {
    const struct source_file *file; /* NULL: there is none */
    struct str url;                 /* root-relative */
    struct picture picture;
};

struct site {
    struct config config;
    int64_t now;                  /* seconds since 1970 */
    struct str repository_folder; /* where it lies in its repository: "", "examples/guild" */
    struct entry *entries;
    size_t entry_count;
    const struct edition *editions; /* the default language first */
    size_t edition_count;
    struct designation_list designations; /* in the registry's order */
    const struct str *removed;            /* slugs of members that must not come back */
    size_t removed_count;
    struct attachment *attachments; /* by the files' paths */
    size_t attachment_count;
    const struct picture_shape *shapes; /* that the layouts ask for (variants.h) */
    size_t shape_count;
    struct logo logo;
    bool icons;                 /* icons are made of the logo */
    bool social;                /* pages have a picture for who shares a link to them */
    struct str picture_library; /* what pictures are made with, "libvips 8.14.1, recipe 2"; empty:
                                   nothing */
    struct str picture_fonts;   /* and social pictures drawn: how the fonts look */
    struct map entries_by_path; /* content path: struct entry */
    struct map attachments_by_path; /* content path: struct attachment */
    struct map attachments_by_url;  /* the same under their URLs */
    struct value data;              /* content/data/, a map by name */
    struct bodies *bodies;          /* bodies.h: not part of the frozen site */
};

/* The entry of a group in a language: its own, else in the fallback language that site.yml names,
 * else the primary one. Never NULL. */
const struct entry *site_in_language(const struct site *site, const struct group *group,
                                     struct str lang);

/* The address that an entry would have if its file lay at `path`; empty if it would have none. */
struct str site_address_at(const struct site *site, const struct entry *entry, struct str path,
                           struct arena *arena);

/* The edition of a language, or NULL. */
const struct edition *site_edition(const struct site *site, struct str lang);

/* What a designation is called and said to be, in an edition. */
const struct designation_words *site_designation_words(const struct edition *edition,
                                                       const struct designation *designation);

/* "MCRS, MCIS": the live designations of a member in the registry's order; empty for a guest. */
struct str site_post_nominals(const struct group *member, struct arena *arena);

/* What a member wrote or where they speak, in an edition; may be empty, never NULL. */
const struct entry_list *site_written(const struct edition *edition, const struct group *member);
const struct entry_list *site_spoken(const struct edition *edition, const struct group *member);

/* UTC seconds up to which the zones in calendars must be right for endless events, at a moment: the
 * end of the year that `calendar.ahead_days` leads to, so that it rarely moves. */
int64_t site_calendar_horizon(const struct site *site, int64_t now);

#endif
