"""Writes NAME.ics and NAME.txt from a built site: its calendar, and the instances as its months' pages
show them, for the checks beside this file to compare.

Usage: pages.py SITE BUILT-FOLDER NOW OUTPUT-PREFIX [LANGUAGE]"""
import datetime
import html.parser
import pathlib
import re
import shutil
import sys


class Agenda(html.parser.HTMLParser):
    """The rows of <ol class="events">: address, whether cancelled, and the times in order."""

    def __init__(self):
        super().__init__()
        self.inside = False
        self.rows = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if tag == "ol" and "events" in classes:
            self.inside = True
        elif self.inside and tag == "li":
            self.rows.append({"cancelled": "is-cancelled" in classes, "times": [], "url": None})
        elif self.inside and tag == "a" and not self.rows[-1]["url"]:
            self.rows[-1]["url"] = given["href"]
        elif self.inside and tag == "time":
            self.rows[-1]["times"].append(given["datetime"])

    def handle_endtag(self, tag):
        if tag == "ol":
            self.inside = False


def utc(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def instance(row):
    first, last = row["times"][0], row["times"][-1]
    status = "CANCELLED" if row["cancelled"] else "CONFIRMED"
    if "T" in first:
        return (utc(first), utc(last), status)
    after = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
    return (first, after.isoformat(), status)


def days(settings, name, usual):
    """`calendar` of site.yml: how far the pages look."""
    given = re.search(rf"^[ \t]+{name}:[ \t]*(\d+)", settings, re.M)
    return datetime.timedelta(days=int(given[1]) if given else usual)


def main(site, folder, now, prefix, language=""):
    settings = (pathlib.Path(site) / "content/site.yml").read_text()
    root = pathlib.Path(folder) / language
    moment = datetime.datetime.fromisoformat(now.replace("Z", "+00:00"))
    window = [(moment - days(settings, "past_days", 365)).strftime("%Y-%m-%dT%H:%M:%SZ"),
              (moment + days(settings, "ahead_days", 730)).strftime("%Y-%m-%dT%H:%M:%SZ")]
    found = set()
    for page in root.glob("events/[0-9][0-9][0-9][0-9]/[0-9][0-9]/index.html"):
        agenda = Agenda()
        agenda.feed(page.read_text())
        found |= {(row["url"], *instance(row)) for row in agenda.rows}
    every = sorted("\t".join(row) for row in found)
    near = [row[1:] for row in found if row[1] < window[1] and (row[2] > window[0] or row[1] >= window[0])]
    lines = ["\t".join(window)] + sorted("\t".join(row) for row in near)
    pathlib.Path(prefix + ".txt").write_text("\n".join(lines) + "\n")
    pathlib.Path(prefix + ".pages").write_text("\n".join(every) + "\n")
    shutil.copy(root / "events.ics", prefix + ".ics")


main(*sys.argv[1:])
