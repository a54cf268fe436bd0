/* iCalendar files (RFC 5545, with REFRESH-INTERVAL and NAME of RFC 7986) from plain structs.
 *
 * A pure function of its input: the same events give the same bytes, and DTSTAMP is when the event
 * was last changed, not now. Time zones are written from the rules in force over the years that the
 * events need, under their plain IANA names. */
#ifndef COPSE_PAGES_ICS_H
#define COPSE_PAGES_ICS_H

#include "base/arena.h"
#include "base/buf.h"
#include "lang/calendar.h"

#include <stdint.h>

struct ics_event {
    struct str uid;
    int64_t sequence; /* how often the event was changed since it was first published */
    int64_t modified; /* UTC seconds */
    struct str title;
    struct str description; /* plain text */
    struct str location;
    struct str url;
    struct str contact; /* who holds it; a name */
    const struct str *categories;
    size_t category_count;
    bool cancelled;
    const struct calendar *calendar;
};

struct ics_feed {
    struct str name;    /* empty for the file of one event */
    struct str product; /* PRODID: "-//example.org//copse//EN" */
    int refresh_hours;  /* 0: nothing is said */
    int64_t horizon;    /* UTC seconds until which zones' rules must hold for endless events */
    const struct ics_event *events;
    size_t count;
};

/* Writes a whole VCALENDAR. An event that recurs becomes one VEVENT with its rule and one more for
 * each changed occurrence; an event in sessions one VEVENT a session ("-session-2" behind the UID
 * of the second, and so on); an event without an occurrence left, none. `scratch` is used and not
 * cleared. */
void ics_write(const struct ics_feed *feed, struct arena *scratch, struct buf *out);

#endif
