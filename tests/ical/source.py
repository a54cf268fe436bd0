"""Compares the instances that pages.py found (PREFIX.pages) with the front matter of one-off events,
read here on its own, in Europe/London.

Usage: source.py FOLDER-OF-EVENTS PREFIX.pages COUNT"""
import datetime
import pathlib
import re
import sys
import zoneinfo

LONDON = zoneinfo.ZoneInfo("Europe/London")


def when(text):
    """(sort key as on the pages, whether it is a whole day)"""
    date, _, time = text.strip().strip("\"'").partition(" ")
    year, month, day = (int(part) for part in date.split("-"))
    if not time:
        return f"{year:04}-{month:02}-{day:02}"
    hour, minute = (int(part) for part in time.split(":")[:2])
    moment = datetime.datetime(year, month, day, hour, minute, tzinfo=LONDON)
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def main(folder, pages, count):
    expected = []
    for file in sorted(pathlib.Path(folder).glob("*.md")):
        front = re.split(r"^---[ \t]*$", file.read_text(encoding="utf-8-sig"), flags=re.M)[1]
        fields = dict(re.findall(r"^(start|end|draft):[ \t]*(.*?)[ \t\r]*$", front, re.M))
        if fields.get("draft") == "true":
            continue
        start = when(fields["start"])
        end = when(fields["end"]) if fields.get("end") else start
        if "T" not in start:
            end = (datetime.date.fromisoformat(end) + datetime.timedelta(days=1)).isoformat()
        expected.append((start, end))
    shown = sorted(tuple(line.split("\t")[1:3]) for line in pathlib.Path(pages).read_text().splitlines())
    expected.sort()
    if shown != expected or len(shown) != int(count):
        print(f"{pages}: {len(shown)} on the pages, {len(expected)} in the files, wanted {count}; "
              f"only pages: {set(shown) - set(expected)}; only files: {set(expected) - set(shown)}",
              file=sys.stderr)
        return 1
    print(f"{folder}: {len(shown)} events, all at their times")
    return 0


sys.exit(main(*sys.argv[1:]))
