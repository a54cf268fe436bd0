/* Designations for machines: the roster of a language, and for each holder and designation a
 * credential in the form of Open Badges 3.0 (1EdTech), which is a W3C Verifiable Credential.
 *
 * The credentials are not signed. What one proves is that this site says so, at an address that
 * only this site can publish at, now: an employer fetches it from there, and it is gone when the
 * designation has lapsed. A copy of one proves nothing. No e-mail address is written.
 *
 * `validFrom` is the grant's `since`, else the first commit of the member's bio, else left out: of
 * a site without history that says no `since`, a strict reader will then refuse the credential. */
#ifndef COPSE_PAGES_CREDENTIALS_H
#define COPSE_PAGES_CREDENTIALS_H

#include "base/buf.h"
#include "pages/plan.h"

/* The live grants of the members of an edition, in `arena`: each designation once a member, and
 * only of members whose primary bio is in this language, so that a credential has one address. */
const struct credential *credentials_of(const struct edition *edition, struct arena *arena,
                                        size_t *count);

/* Where a member's credential is published: "/members/jo/credentials/mcrs.json". */
struct str credentials_url(const struct entry *member, const struct designation *designation,
                           struct arena *arena);

/* The credential that `output` (OUTPUT_CREDENTIAL) is. */
void credentials_write(const struct plan *plan, const struct output *output, struct buf *out);

/* designations/index.json (OUTPUT_ROSTER): every designation with its holders. */
void credentials_write_roster(const struct plan *plan, const struct output *output,
                              struct buf *out);

#endif
