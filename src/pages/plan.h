/* The plan: which outputs the site has, each with its URL, its subject and its layout. Nothing is
 * rendered yet, so links can be checked against it.
 *
 * Made once by plan_make() from the frozen site, and constant from then on. Two outputs at one
 * path, or at two that differ only in letter case, are an error that names both. */
#ifndef COPSE_PAGES_PLAN_H
#define COPSE_PAGES_PLAN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "pages/relations.h"
#include "pages/search.h"
#include "site/site.h"

/* What an output is; says how `subject` is to be read. */
enum output_kind {
    OUTPUT_HOME,           /* none: page `number` of the newsfeed */
    OUTPUT_ENTRY,          /* struct entry: an article, member, event or free page */
    OUTPUT_ARCHIVE,        /* none: all years */
    OUTPUT_YEAR,           /* struct year */
    OUTPUT_YEAR_MONTH,     /* struct year_month: the articles of a month */
    OUTPUT_TAGS,           /* none */
    OUTPUT_TAG,            /* struct tag */
    OUTPUT_MEMBERS,        /* none */
    OUTPUT_FACET,          /* struct facet: a part of the directory */
    OUTPUT_DESIGNATIONS,   /* none */
    OUTPUT_DESIGNATION,    /* struct holding */
    OUTPUT_EVENTS,         /* none */
    OUTPUT_MONTH,          /* struct month */
    OUTPUT_TEAMS,          /* none */
    OUTPUT_TEAM,           /* struct team */
    OUTPUT_SEARCH,         /* none: the page with the search form */
    OUTPUT_SEARCH_FILE,    /* struct search_file: a part of the search index */
    OUTPUT_NOT_FOUND,      /* none: 404.html */
    OUTPUT_REDIRECT,       /* struct alias */
    OUTPUT_ATOM,           /* struct feed */
    OUTPUT_RSS,            /* struct feed */
    OUTPUT_JSON_FEED,      /* struct feed */
    OUTPUT_COMMENTS,       /* struct discussion: comments as Atom */
    OUTPUT_CALENDAR,       /* struct calendar_file: iCalendar, of an edition, a tag or an event */
    OUTPUT_ROSTER,         /* none: designations/index.json */
    OUTPUT_CREDENTIAL,     /* struct credential */
    OUTPUT_SITEMAP,        /* none: `page` 0 is sitemap.xml, others the parts of a large one */
    OUTPUT_ROBOTS,         /* none */
    OUTPUT_MANIFEST,       /* none: site.webmanifest */
    OUTPUT_SECURITY,       /* none: .well-known/security.txt */
    OUTPUT_HUMANS,         /* none: humans.txt */
    OUTPUT_ICON,           /* struct icon (icons.h) */
    OUTPUT_REDIRECTS,      /* none: _redirects */
    OUTPUT_NGINX,          /* none: redirects.nginx.conf */
    OUTPUT_APACHE,         /* none: redirects.apache.conf */
    OUTPUT_HEADERS,        /* none: _headers */
    OUTPUT_NGINX_HEADERS,  /* none: headers.nginx.conf */
    OUTPUT_APACHE_HEADERS, /* none: headers.apache.conf */
    OUTPUT_ASSET,          /* struct source_file */
    OUTPUT_ATTACHMENT,     /* struct attachment */
    OUTPUT_VARIANT,        /* struct picture_variant (site/variants.h) */
    OUTPUT_SOCIAL          /* none: a page's picture for who shares a link to it */
};

/* An old address that leads to an entry, or the root of a site whose languages all have a prefix,
 * which leads to the default language's home. */
struct alias {
    struct str url; /* "/blog/old/": root-relative */
    struct str to;
    struct str title; /* of the page it leads to */
    struct span span;
};

/* What a feed is about: its title and the entries in it, newest first. */
struct feed {
    struct str title;
    struct str page_url; /* the page it belongs to */
    struct str folder;   /* where its files lie: "/", "/tags/webinars/" */
    const struct entry_list *articles;
    bool full; /* whole articles, not summaries */
};

/* Comments to follow, newest first: on one article, or on all of an edition (`article` NULL). */
struct discussion {
    const struct entry *article;
    struct entry_list comments;
};

/* That a member holds a designation, for machines. */
struct credential {
    const struct entry *member;
    const struct grant *grant;
};

struct occurrences {
    const struct occurrence **items;
    size_t count, capacity;
};

struct month {
    int year;
    int month; /* 1-12 */
    struct str url;
    struct occurrences occurrences; /* that touch it, by start */
    const struct month *previous;
    const struct month *next;
};

/* A part of the directory: the members who share a letter, place, language or service. */
struct facet {
    const char *kind; /* "letter", "location", "language", "service", "designation-location" */
    struct str label;
    struct str url;
    struct entry_list members;
    const struct holding *holding; /* of a designation and a place; else NULL */
};

struct output {
    enum output_kind kind;
    uint32_t number; /* its place in plan->outputs */
    struct str url;  /* "/articles/cop/", "/feed.xml": root-relative, without the base path */
    struct str path; /* below the output folder: "articles/cop/index.html" */
    const struct edition *edition;
    struct str layout; /* the template's name for HTML; empty for what C code writes */
    const void *subject;
    size_t page; /* OUTPUT_HOME: from 1, the newest articles; OUTPUT_SITEMAP: see there */
    size_t pages;
    struct span span; /* what it is made from */
};

/* The parts of an edition that only pages need. */
struct edition_plan {
    const struct edition *edition;
    const struct month *months; /* that have events, oldest first */
    size_t month_count;
    const struct facet *facets; /* by kind, then by label */
    size_t facet_count;
    struct relations relations;
};

struct plan {
    const struct site *site;
    const struct output *outputs; /* sorted by path */
    size_t count;
    const struct edition_plan *editions; /* as in site->editions */
    const struct alias *aliases;         /* by URL */
    size_t alias_count;
    struct map by_url; /* struct output, under its url */
};

/* Makes the plan of a site, but for its relations; `assets` are the files of assets/
 * (source_folder()), `searches` the editions' indexes (search_make()), or NULL where none is
 * wanted. All of it lives in `arena`. Returns 0 with *out set, or -1 after at least one error; *out
 * is then still complete enough to check links against. */
int plan_make(const struct site *site, const struct source_file *assets, size_t asset_count,
              const struct search *searches, struct arena *arena, struct diags *diags,
              const struct plan **out);

/* The last step, apart since it may run beside others that ask nothing of relations: finds those of
 * each edition, in `arena`. From then on the plan is constant. `like`, or NULL, is the plan of a
 * site of which this one may be an edit: what is akin in it need not be found twice. */
void plan_relate(const struct plan *plan, const struct plan *like, struct arena *arena);

/* The output at a root-relative URL (without query and fragment; "/a", "/a/" and "/a/index.html"
 * are the same), or NULL. */
const struct output *plan_find(const struct plan *plan, struct str url);

/* The URL of a page of the newsfeed, of `pages`; 1 is the home page. /page/2/ is the second one,
 * or, where site.yml wants stable pages, the second oldest: what stands there never moves on. In
 * `arena`. */
struct str plan_newsfeed_url(const struct site *site, const struct edition *edition, size_t page,
                             size_t pages, struct arena *arena);

/* Which of its edition's articles, newest first, are on a page of the newsfeed. Stable pages are
 * counted from the oldest article, so that an old page keeps what it holds when a new article
 * comes: the first page then has what is left over. */
struct entry_range {
    size_t first, end;
};
struct entry_range plan_newsfeed_range(const struct plan *plan, const struct output *page);

/* The URL of a page's social picture, root-relative; empty if it has none. In `arena`. */
struct str plan_social(const struct plan *plan, const struct output *page, struct arena *arena);

/* The address that an alias in front matter stands for, as a server looks for it: %XX resolved, a
 * slash at the end of what names no file. In `arena`. */
struct str plan_alias_path(struct str alias, struct arena *arena);

/* The output that is an entry's page, or NULL if it is not published. */
const struct output *plan_entry(const struct plan *plan, const struct entry *entry);

/* Whether it is rendered by a layout. */
bool output_is_page(const struct output *output);

#endif
