/* A record's body as a page shows it: the holes of its markup filled with URLs of this site.
 *
 * A relative link to a content file (../members/jo.md) becomes that page's URL, a relative picture
 * or file the URL of what is published of it; a root-relative link gets the site's base path in
 * front. What leads nowhere stays as the author wrote it: the link check (build/links.h) reports
 * it, from the same look-up. */
#ifndef COPSE_PAGES_BODY_H
#define COPSE_PAGES_BODY_H

#include "base/buf.h"
#include "pages/plan.h"

enum body_form {
    BODY_PAGE, /* URLs as a page of the site uses them: /guild/members/jo/ */
    BODY_FEED  /* absolute ones */
};

/* What a link of a body leads to. */
enum body_goal {
    BODY_OUTSIDE,       /* another site, mailto: …; or a fragment of its own page */
    BODY_OUTPUT,        /* `output`, perhaps with a fragment */
    BODY_NOT_PUBLISHED, /* `entry` is a draft, in the future or expired */
    BODY_NO_FILE,       /* a relative path to no file */
    BODY_NO_PAGE        /* a root-relative path to no output */
};

struct body_target {
    enum body_goal goal;
    const struct output *output;
    const struct entry *entry; /* the record that is linked to, if it is one */
    struct str fragment;       /* without '#'; empty if none */
    struct str suffix;         /* query and fragment as written */
};

/* Looks up one link that stands in `entry`'s body. */
struct body_target body_look_up(const struct plan *plan, const struct entry *entry,
                                struct str target);

/* Writes the body. */
void body_write(const struct plan *plan, const struct entry *entry, enum body_form form,
                struct buf *out);

/* The URL of a file that front matter names (a photo, an image): root-relative with the base path,
 * or as it is where it is absolute; empty if it leads nowhere, or if it is a portrait on another
 * site. In `arena`. */
struct str body_file_url(const struct plan *plan, const struct entry *entry, struct str name,
                         struct arena *arena);

/* "/guild/articles/cop/" and "https://example.org/guild/articles/cop/" of "/articles/cop/". */
struct str url_on_site(const struct site *site, struct str url, struct arena *arena);
struct str url_absolute(const struct site *site, struct str url, struct arena *arena);
/* The latter with what a path does not hold as it is percent-encoded (url_escape_path()). */
struct str url_published(const struct site *site, struct str url, struct arena *arena);

#endif
