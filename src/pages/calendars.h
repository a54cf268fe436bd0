/* Calendars to subscribe to: /events.ics, one for each tag and one for each event, in the language
 * of their edition, from what the site knows (ics.h writes it).
 *
 * An event's UID is its `uid`, else the address under which it was first known (its first alias
 * under /events/, else its own), so that a renamed event is not new again. DTSTAMP, LAST-MODIFIED
 * and SEQUENCE come from the history of its file; without a history they are the beginning of 1970
 * and 0. A cancelled event leaves the shared calendars `calendar.cancelled_days` after it would
 * have been over, and stays in its own. No e-mail address is written. */
#ifndef COPSE_PAGES_CALENDARS_H
#define COPSE_PAGES_CALENDARS_H

#include "base/buf.h"
#include "pages/plan.h"

/* What an OUTPUT_CALENDAR is about. */
struct calendar_file {
    struct str name;                 /* of a calendar of many; empty: one event's */
    const struct entry_list *events; /* of many */
    const struct entry *event;       /* of one */
};

/* Where the calendar of one event is published: "/events/clinic/event.ics". */
struct str calendars_event_url(const struct entry *event, struct arena *arena);

/* The UID of an event, in `arena`. */
struct str calendars_uid(const struct site *site, const struct entry *event, struct arena *arena);

/* Writes the file that `output` (OUTPUT_CALENDAR) is. `scratch` is used and not cleared. */
void calendars_write(const struct plan *plan, const struct output *output, struct arena *scratch,
                     struct buf *out);

#endif
