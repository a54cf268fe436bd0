/* Time zones from the system's tzdata (TZif files, RFC 9636), as plain data.
 *
 * libc's own look-up knows one zone a process and races; libical's costs 40 ms for the first zone.
 * A zone here is read once, before threads start, and is constant from then on. */
#ifndef COPSE_BASE_ZONE_H
#define COPSE_BASE_ZONE_H

#include "base/arena.h"
#include "base/fs.h"
#include "base/str.h"

#include <stdint.h>

struct zone;

/* The zone of an IANA name ("Europe/London", "UTC"), read from `folder` (NULL:
 * /usr/share/zoneinfo), in the arena. Returns 0, ENOENT for no such zone (names are checked: a name
 * cannot leave the folder), EINVAL for a damaged file, or another errno number. "UTC", "Z" and
 * "GMT" need no file. */
int zone_load(const struct fs *fs, const char *folder, struct str name, struct arena *arena,
              const struct zone **out);

/* The names of all zones, sorted, for suggestions. */
int zone_names(const struct fs *fs, const char *folder, struct arena *arena, struct str **names,
               size_t *count);

struct str zone_name(const struct zone *zone);

/* What is in force at a moment (seconds since 1970, UTC). */
struct zone_rule {
    int32_t offset; /* seconds east of UTC */
    bool daylight;
    struct str abbreviation; /* "BST", "+0530" */
};
struct zone_rule zone_at(const struct zone *zone, int64_t utc);

/* How a wall-clock time (date_local_seconds) maps to a moment. RFC 5545 §3.3.5: one that does not
 * exist (gap) is read with the offset before it; of one that comes twice (overlap) the first is
 * meant. */
enum zone_fit { ZONE_ONCE, ZONE_GAP, ZONE_TWICE };
enum zone_fit zone_to_utc(const struct zone *zone, int64_t local, int64_t *utc);

/* The first change of rule after `utc`; false if there is none (then *when is untouched). */
bool zone_next_change(const struct zone *zone, int64_t utc, int64_t *when);

/* A change that a zone's last rule makes every year: at `time` (seconds after midnight, by the
 * clock before the change) of the first `weekday` on or after day `day` of `month`. */
struct zone_yearly {
    int month;
    int day;
    int weekday; /* 0 Sunday - 6 */
    int32_t time;
    int32_t from; /* offsets before and after, seconds east of UTC */
    int32_t to;
};

/* The two changes of the rule that is in force for ever after the last listed change; false if
 * there is none, or if it cannot be said like that. */
bool zone_yearly(const struct zone *zone, struct zone_yearly changes[2]);

#endif
