/* What the three forms of a feed have in common. Only for feed_*.c. */
#ifndef COPSE_PAGES_FEED_INTERNAL_H
#define COPSE_PAGES_FEED_INTERNAL_H

#include "base/arena.h"
#include "pages/feed.h"

/* A feed in the making. `scratch` is its own and is released by feed_end(). */
struct feed_writer {
    const struct plan *plan;
    const struct site *site;
    const struct output *output;
    const struct feed *feed;
    size_t count; /* how many of feed->articles are in it */
    struct arena scratch;
};

void feed_begin(struct feed_writer *writer, const struct plan *plan, const struct output *output);
void feed_end(struct feed_writer *writer);

/* "The Guild", and of a tag or an author "Webinars · The Guild". */
struct str feed_title(struct feed_writer *writer);
/* The language of an entry that stands in for one that nobody has translated; else empty. */
struct str feed_language(const struct feed_writer *writer, const struct entry *entry);
/* What the site says of itself, or its title. */
struct str feed_description(const struct feed_writer *writer);
/* Who is named where an entry names nobody: the organisation, else the site. */
struct str feed_publisher(const struct feed_writer *writer);

/* An address below the site's, as RFC 3986 wants it. */
struct str feed_absolute(struct feed_writer *writer, struct str url);

/* The address of the feed, and of the page it belongs to. */
struct str feed_self(struct feed_writer *writer);
struct str feed_page(struct feed_writer *writer);

/* An entry's permanent identifier, and its address. Equal unless the entry has aliases. */
struct str feed_id(struct feed_writer *writer, const struct entry *entry);
struct str feed_link(struct feed_writer *writer, const struct entry *entry);

/* The page of an author who is a member, or the empty slice. */
struct str feed_person_link(struct feed_writer *writer, const struct person *person);

/* The address of an article's picture, or the empty slice. */
struct str feed_image(struct feed_writer *writer, const struct entry *entry);

/* What it says in a sentence or two: plain text, may be empty. */
struct str feed_summary(const struct entry *entry);

/* A moment (UTC seconds) in the site's zone. Feeds know no whole days: a day begins at midnight. */
struct date_time feed_time(const struct feed_writer *writer, int64_t utc);

/* When it was published and when it last changed: moments in the site's zone. */
struct date_time feed_published(const struct feed_writer *writer, const struct entry *entry);
struct date_time feed_updated(const struct feed_writer *writer, const struct entry *entry);
/* The latest change of any entry; of an empty feed the beginning of 1970. */
struct date_time feed_newest(const struct feed_writer *writer);

#endif
