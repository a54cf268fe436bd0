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
    SANITISE_FIGURES = 1 << 2,  /* figure, figcaption */
    SANITISE_DETAILS = 1 << 3,  /* details, summary */
    SANITISE_LAYOUT = 1 << 4,   /* div, aside, address, article */
    SANITISE_PICTURES = 1 << 5, /* img */
    SANITISE_MEDIA = 1 << 6,    /* audio, video with local files */
    SANITISE_EMBEDS = 1 << 7    /* iframe; judged by `embed_hosts` alone */
};

/* The groups that a site may choose, by the words for them: all but SANITISE_TEXT, which is always
 * let through, and SANITISE_EMBEDS. */
struct sanitise_choice {
    struct str name; /* "tables" */
    unsigned group;
};
extern const struct sanitise_choice sanitise_choices[];
extern const size_t sanitise_choice_count;

struct sanitise_policy {
    unsigned groups;               /* SANITISE_TEXT is always among them */
    bool external_pictures;        /* pictures on other hosts stay (with a note) */
    struct str rel;                /* for every link that leaves its own page; may be empty */
    const struct str *embed_hosts; /* exact host names, "www.youtube-nocookie.com" */
    size_t embed_host_count;
};

/* What is let through unless site.yml says otherwise: in articles, events and pages all but embeds;
 * in members' bios and comments neither figures, details, layout nor media, no pictures from
 * elsewhere, and links are nofollow. */
extern const struct sanitise_policy sanitise_article;
extern const struct sanitise_policy sanitise_person;

/* The hosts that embeds are usually wanted from; site.yml can ask for them with one word. */
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
