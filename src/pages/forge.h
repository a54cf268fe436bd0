/* Links to the forge that keeps the site's repository: its editor with one of our files in it, and
 * its "new file" form already filled in, so that a comment or a bio needs no tool but a browser.
 *
 * site.yml's `repository` names the forge; GitHub, GitLab, Forgejo and Gitea are told apart by the
 * address, or by `forge:` (github, gitlab, forgejo, gitea) where the address does not say. */
#ifndef COPSE_PAGES_FORGE_H
#define COPSE_PAGES_FORGE_H

#include "base/arena.h"
#include "site/site.h"

/* The editor for an entry's file; empty if site.yml names no repository. In `arena`. */
struct str forge_edit_url(const struct site *site, const struct entry *entry, struct arena *arena);

/* The form for a comment on an article, in the words of the article's language; empty if there is
 * no forge with such a form, or if the article takes no (more) comments. */
struct str forge_comment_url(const struct site *site, const struct entry *article,
                             struct arena *arena);

/* The form for a new member's bio; empty if there is no forge with such a form. */
struct str forge_bio_url(const struct site *site, const struct edition *edition,
                         struct arena *arena);

/* Whether comments stand under an article at all, and whether new ones are taken. */
bool forge_shows_comments(const struct site *site, const struct entry *article);
bool forge_takes_comments(const struct site *site, const struct entry *article);

#endif
