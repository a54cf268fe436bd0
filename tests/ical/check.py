"""Reads each NAME.ics of a folder with icalendar, expands it with dateutil in the wall-clock time
of its VTIMEZONE, and compares it with NAME.txt."""
import datetime
import pathlib
import sys
import warnings

import icalendar
from dateutil import rrule

warnings.simplefilter("ignore")
UTC = datetime.timezone.utc


def wall(value):
    """A day or a time without its zone, as a datetime."""
    if not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, datetime.time())
    return value.replace(tzinfo=None)


class Zone:
    """Offsets as the VTIMEZONE says, by its own observances."""

    def __init__(self, component):
        self.changes = []
        for part in component.walk():
            if part.name not in ("STANDARD", "DAYLIGHT"):
                continue
            before = part["TZOFFSETFROM"].td
            after = part["TZOFFSETTO"].td
            start = wall(part["DTSTART"].dt)
            onsets = [start]
            dates = part.get("RDATE", [])
            for dates in dates if isinstance(dates, list) else [dates]:
                onsets += [wall(date.dt) for date in dates.dts]
            if "RRULE" in part:
                rule = part["RRULE"].to_ical().decode()
                onsets = rrule.rrulestr(rule, dtstart=start).between(
                    start, datetime.datetime(2045, 1, 1), inc=True)
            self.changes += [(onset - before, before, after) for onset in onsets]
        self.changes.sort()

    def utc(self, local):
        """RFC 5545: a gap is read with the offset before it, an overlap means the first."""
        offset = self.changes[0][1]
        for moment, before, after in self.changes:
            if local - before < moment:
                break
            # In a gap the offset before the change still counts.
            offset = before if local - after < moment else after
        return local - offset


def instances(calendar, start, end):
    zones = {str(c["TZID"]): Zone(c) for c in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    moved = {(str(e["UID"]), wall(e["RECURRENCE-ID"].dt)): e for e in events
             if "RECURRENCE-ID" in e}
    found = []

    def moment(prop, local):
        zone = zones.get(prop.params.get("TZID", ""))
        return zone.utc(local) if zone else local

    def keep(event, first, last, days):
        form = "%Y-%m-%d" if days else "%Y-%m-%dT%H:%M:%SZ"
        row = [first.strftime(form), last.strftime(form), str(event["STATUS"])]
        if row[0] < end and (row[1] > start or row[0] >= start):
            found.append("\t".join(row))

    for event in events:
        if "RECURRENCE-ID" in event:
            continue
        begin = event["DTSTART"]
        days = not isinstance(begin.dt, datetime.datetime)
        close = event.get("DTEND", begin)
        first = wall(begin.dt)
        length = moment(close, wall(close.dt)) - moment(begin, first)
        if days:
            length = wall(close.dt) - first
        starts = [first]
        if "RRULE" in event:
            until = event["RRULE"].pop("UNTIL", [None])[0]
            rule = event["RRULE"].to_ical().decode()
            starts = []
            for local in rrule.rrulestr(rule, dtstart=first):
                at = local if days else moment(begin, local)
                if (until and at > wall(until)) or local.year > int(end[:4]):
                    break
                starts.append(local)
        excluded = event.get("EXDATE", [])
        excluded = excluded if isinstance(excluded, list) else [excluded]
        excluded = {wall(date.dt) for dates in excluded for date in dates.dts}
        for local in starts:
            if local in excluded:
                continue
            other = moved.get((str(event["UID"]), local))
            if other is not None:
                to = other["DTSTART"]
                until = other.get("DTEND", to)
                keep(other, moment(to, wall(to.dt)), moment(until, wall(until.dt)), days)
            else:
                at = local if days else moment(begin, local)
                keep(event, at, at + length, days)
    return sorted(found)


def main(folder):
    failures = 0
    files = sorted(pathlib.Path(folder).glob("*.ics"))
    for file in files:
        calendar = icalendar.Calendar.from_ical(file.read_bytes())
        window, *expected = file.with_suffix(".txt").read_text().splitlines()
        found = instances(calendar, *window.split("\t"))
        expected.sort()
        if found != expected:
            failures += 1
            pairs = [pair for pair in zip(found, expected) if pair[0] != pair[1]]
            print(f"{file.name}: icalendar has {len(found)} instances, the page {len(expected)}; "
                  f"first difference {pairs[:1]}", file=sys.stderr)
    print(f"icalendar: {len(files) - failures} of {len(files)} calendars agree")
    return 1 if failures or not files else 0


sys.exit(main(sys.argv[1]))
