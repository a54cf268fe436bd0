/* An e-mail address on a page, for people and not for harvesters. */
#ifndef COPSE_PAGES_CONTACT_H
#define COPSE_PAGES_CONTACT_H

#include "base/buf.h"
#include "base/str.h"

/* Writes a link to an address: a real one, that a keyboard reaches, a screen reader reads as the
 * plain address and a mail program opens (RFC 6068), with no script. A harvester that looks for
 * something@something in the page's source, in its resolved character references or in its text
 * without tags does not find it. The same address always gives the same bytes. What is no address
 * is written as text. */
void contact_write_email(struct buf *out, struct str address);

#endif
