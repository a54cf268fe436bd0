/* What `copse new` must know of the site before it adds to it: who the members are, which addresses
 * are taken, which comments there are. Mistakes elsewhere in the content do not stand in its way.
 */
#ifndef COPSE_CLI_NEW_SITE_H
#define COPSE_CLI_NEW_SITE_H

#include "cli/site_run.h"
#include "site/site.h"

struct new_site {
    struct site_run run;
    const struct site *site;
    struct source *source;
    struct pool *pool;
    struct arena *worker_arenas;
    unsigned workers;
};

/* Finds and reads the site. Anything but STATUS_DONE: a diagnostic says why. Close it all the same.
 */
enum status new_site_open(struct cli *cli, struct new_site *new_site);
void new_site_close(struct cli *cli, struct new_site *new_site);

/* The entry of that kind and slug in the site's own language, drafts too, or NULL. */
const struct entry *new_site_find(const struct site *site, enum kind kind, struct str slug);

/* The comment of that id under the article, or NULL. */
const struct entry *new_site_comment(const struct site *site, const struct entry *article,
                                     struct str id);

/* The nearest slug of that kind (for comments: of their ids under `article`), or empty. */
struct str new_site_suggest(const struct site *site, enum kind kind, const struct entry *article,
                            struct str slug, struct arena *arena);

/* Who is meant by an author's line: the slug of the member with that slug, exact name or (where
 * `email` is given) address or account; a guest's name as it is; or empty if it has the form of a
 * slug and no member has it. */
struct str new_site_person(const struct site *site, struct str name, struct str email,
                           struct arena *arena);

/* The account in an address of GitHub's, "12+jo@users.noreply.github.com", or empty. */
struct str new_site_account(struct str email);

#endif
