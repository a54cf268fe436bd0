/* HTML from strangers made harmless: an allow-list over a real HTML parser.
 *
 * The input is parsed as a browser would (HTML5, by gumbo), walked, and written anew from the list:
 * only elements, attributes and URL schemes that the policy names come out, all text and values are
 * escaped by us, and nothing is copied verbatim. What came out is parsed and written again until
 * nothing changes, at most five times; if it still changes, all of it is escaped and shown as text.
 * svg, math, template, noscript and the raw-text elements (script, style, …) go with all they hold;
 * of other elements that are not on the list only the tags go.
 *
 * gumbo is quadratic in depth, so the number of start tags and of attributes a tag is capped first.
 * gumbo.h is included only below this folder. */
#ifndef COPSE_LANG_SANITISE_H
#define COPSE_LANG_SANITISE_H

#include "lang/markup/draft.h"

/* Which parts of the list (sanitise/list.c) a policy lets through; bits. */
enum sanitise_group {
    SANITISE_TEXT = 1 << 0,     /* paragraphs, lists, quotes, code, headings, inline marks, links */
    SANITISE_TABLES = 1 << 1,   /* table and its parts */
    SANITISE_LAYOUT = 1 << 2,   /* div, section, figure, details and the like */
    SANITISE_PICTURES = 1 << 3, /* img, picture's source */
    SANITISE_MEDIA = 1 << 4,    /* audio, video with local files */
    SANITISE_EMBEDS = 1 << 5    /* iframe, from `embed_hosts` only */
};

struct sanitise_policy {
    unsigned groups;
    bool external_pictures;        /* pictures on other hosts stay (with a note) */
    struct str rel;                /* for every link that leaves its own page; may be empty */
    const struct str *embed_hosts; /* exact host names, "www.youtube-nocookie.com" */
    size_t embed_host_count;
};

/* Articles, events and pages (no embed hosts; site.yml may add them in a copy), and members'
 * bios and comments: no layout, media or embeds, no pictures from elsewhere, links nofollow. */
extern const struct sanitise_policy sanitise_article;
extern const struct sanitise_policy sanitise_person;

/* The hosts that embeds are usually wanted from, for articles, unless site.yml says otherwise. */
extern const struct str sanitise_embed_hosts[];
extern const size_t sanitise_embed_host_count;

/* Where a part of the input came from, sorted by `html`: from there up to the next origin the input
 * was made of source bytes from `source` on, copied byte by byte if `verbatim`. `raw` is what the
 * author wrote as HTML, in contrast to what Markdown made. */
struct sanitise_origin {
    size_t html;
    size_t source;
    bool verbatim;
    bool raw;
};

struct sanitise_input {
    struct str html;
    const struct sanitise_origin
        *origins; /* none: offsets are those of the source, and all is raw */
    size_t origin_count;
    const struct markup_links *links; /* those that Markdown made, with their holes in html */
    size_t lead_end;                  /* a part for a teaser is known to end here; 0: it is not */
    struct str id_prefix;             /* put before ids that do not have it yet */
};

/* Sanitises; all of *out lives in `arena`. Returns 0, or -1 if the input could not be
 * made safe (over a cap, or it never came to rest): html is then the input escaped as text, with a
 * note that says so. */
int sanitise_html(const struct sanitise_policy *policy, const struct sanitise_input *input,
                  struct arena *arena, struct markup_draft *out);

#endif
