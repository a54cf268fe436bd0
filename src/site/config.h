/* content/site.yml: what the maintainer decides about the whole site.
 *
 * Only title and url are required; every other value has a default, so that a reader of struct
 * config never asks whether a key was given. Trusted, but mistakes are told with their place. All
 * of it lives in the arena it was read into and is constant. */
#ifndef COPSE_SITE_CONFIG_H
#define COPSE_SITE_CONFIG_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "base/zone.h"
#include "lang/liquid/liquid.h"
#include "lang/sanitise.h"
#include "lang/value.h"
#include "lang/yaml.h"
#include "site/brand.h"
#include "site/schema.h"

/* The patterns that site.yml's `permalinks` can change, in the order of config.c's table. */
enum permalink {
    PERMALINK_ARTICLE,
    PERMALINK_MEMBER,
    PERMALINK_EVENT,
    PERMALINK_PAGE,
    PERMALINK_TAG,
    PERMALINK_DESIGNATION,
    PERMALINK_TEAM
};
#define PERMALINK_COUNT 7

enum config_comments { COMMENTS_OPEN, COMMENTS_CLOSED, COMMENTS_OFF };

/* site.yml's `compress`. */
enum config_compress { CONFIG_GZIP, CONFIG_BROTLI, CONFIG_ZSTD };
#define CONFIG_COMPRESS_COUNT 3

struct menu_item {
    struct str label;
    struct str url;
    struct span span;
};

/* A rule whose severity site.yml changes. */
struct rule_setting {
    struct str code;
    bool off;
    int severity; /* enum severity */
};

/* What site.yml says in one language: a title, or anything else, may be a map with a text for each
 * (localised.h). */
struct config_edition {
    struct str lang;
    struct str title;
    struct str description;
    const struct menu_item *menu; /* NULL: made of the pages that have `menu` */
    size_t menu_count;
    struct value_map values; /* everything, for layouts' site.KEY */
};

/* What pictures may be, before anything decodes them, and what is made of them. */
struct config_pictures {
    size_t bytes;    /* of a file */
    uint64_t pixels; /* of a picture */
    size_t frames;   /* of one that moves */
    bool avif;       /* beside JPEG; else WebP */
    bool social;     /* each page has a picture for who shares a link to it */
    bool icons;      /* the site's icons are made of the organisation's logo */
    bool svg;        /* drawings are published beside articles, sanitised */
    size_t cache;    /* bytes kept between builds of what no longer is on the site */
};

/* Whom to tell of a hole in the site's security: what security.txt says (RFC 9116). */
struct config_security {
    const struct str *contacts; /* URIs: mailto:, tel:, https:; none: no such file */
    size_t contact_count;
    struct date_time expires;
    struct span expires_span;
    struct str languages;                                     /* "en, fr"; empty: the site's */
    struct str encryption, acknowledgments, policy, hiring; /* URLs, or empty */
};

/* What the web manifest says beside names, language and icons. Empty: not given. */
struct config_manifest {
    struct str display;
    struct str theme_color;
    struct str background_color;
};

struct config {
    const struct text *text; /* site.yml, for spans */
    struct str title;        /* in the default language, as the description below */
    struct str url;          /* scheme, host and path, without a slash at the end */
    struct str origin;       /* scheme and host */
    struct str base_path;    /* "" or "/guild" */
    struct str description;
    struct str language;         /* of the content that does not say otherwise */
    const struct str *languages; /* all of them, the default one first */
    size_t language_count;
    const struct config_edition *editions; /* one a language, in that order */
    bool prefix_default;                   /* the default language lives under /<lang>/ too */
    struct str timezone;                   /* as written */
    const struct zone *zone;
    size_t paginate;      /* articles a page of the newsfeed */
    bool paginate_stable; /* old pages keep their articles: counted from the oldest */
    struct str permalinks[PERMALINK_COUNT];
    const struct rule_setting *rules;
    size_t rule_count;
    struct str repository; /* the forge's URL, or empty */
    struct str branch;
    bool feeds_full;     /* the site's feeds carry whole articles */
    bool feeds_all_full; /* those of tags and members too: only if site.yml asks for `full` */
    size_t feeds_entries;
    bool feeds_of_tags, feeds_of_members; /* beside the site's */
    bool compress[CONFIG_COMPRESS_COUNT]; /* copies wanted beside text files */
    bool show_former;
    bool credentials; /* a file for machines of each designation that a member holds */
    bool directory_by_family;
    const struct str *particles;
    size_t particle_count;
    enum config_comments comments;
    bool search; /* the site has an index and a page to search it */
    int calendar_past_days;
    int calendar_ahead_days;
    int calendar_cancelled_days;
    bool calendar_of_tags, calendar_of_events; /* beside the site's */
    struct sanitise_policy policies[KIND_COUNT]; /* what a kind's texts may hold */
    struct config_pictures pictures;
    struct config_security security;
    struct config_manifest manifest;
    struct str humans; /* humans.txt, as it is; empty: none */
    struct brand brand;          /* the colours, given or the theme's own */
    struct liquid_limits limits; /* of layouts; 0: the engine's own */
    struct value_map values;     /* everything as it was written */
};

struct config_options {
    const struct fs *fs; /* for tzdata */
    struct str base_url; /* --base-url, or empty */
};

/* Reads site.yml from `text`. Returns 0 with *out complete, or -1 after at least one error; *out
 * then still has a value for every field (defaults where it must), so that the rest of the content
 * can be checked too. */
int config_read(const struct text *text, const struct config_options *options, struct arena *arena,
                struct diags *diags, struct config *out);

/* The fallback language of `lang` that site.yml names, or the empty slice. */
struct str config_fallback(const struct config *config, struct str lang);

#endif
