#!/usr/bin/env python3
"""What a long history costs: dates and contributors of all files are found once, then of new commits only.

    tests/bench/history/run.py --copse PROGRAM [--commits N] [--articles N] [--runs N] [--work FOLDER]

Makes a repository with so many commits (git fast-import), each by one of 200 people and of one to three articles, and
builds it: with nothing known, with nothing changed, after one commit more, after that commit was amended, and after the
last 100 were rewritten. Prints how long each took and how many commits were compared (copse build -v says it),
with the ratio of each to the first. The same build without git is the floor: what the history adds is the rest."""
import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

NOW = "2026-06-01T00:00:00Z"


def stream(commits, articles, out):
    """The history, as git-fast-import(1) reads it."""
    chance = random.Random(1)

    def data(text):
        out.write(f"data {len(text)}\n{text}\n".encode())

    def person(number, when):
        return f"Person {number} <person{number}@example.org> {when} +0000"

    def article(number, turn):
        return f"---\ntitle: Article {number}\n---\n\nVersion {turn} of it.\n"

    for number in range(commits):
        when = 1400000000 + number * 6000
        who = person(chance.randrange(200), when)
        out.write(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\n".encode())
        data(f"Change {number}")
        if number == 0:
            out.write(b"M 100644 inline content/site.yml\n")
            data("title: The Guild\nurl: https://guild.example.org\nsearch: false\n")
            for at in range(articles):
                out.write(f"M 100644 inline content/articles/{at % 40}/article-{at}.md\n".encode())
                data(article(at, 0))
        else:
            for at in chance.sample(range(articles), chance.choice([1, 1, 1, 2, 3])):
                out.write(f"M 100644 inline content/articles/{at % 40}/article-{at}.md\n".encode())
                data(article(at, number))


def git(site, *arguments):
    subprocess.run(["git", "-C", site, "-c", "user.name=Jo", "-c", "user.email=jo@example.org", "-c", "gc.auto=0",
                    *arguments], check=True, stdout=subprocess.DEVNULL)


def make(site, commits, articles):
    os.makedirs(site)
    git(site, "init", "-q", "-b", "main")
    importer = subprocess.Popen(["git", "-C", site, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    stream(commits, articles, importer.stdin)
    importer.stdin.close()
    if importer.wait() != 0:
        sys.exit("git fast-import failed")
    git(site, "reset", "-q", "--hard", "main")


def build(copse, site, out):
    """Seconds of the whole process, and how many commits it compared."""
    began = time.monotonic()
    done = subprocess.run([copse, "build", "-C", site, "-o", out, "--now", NOW, "-v", "--no-progress"], capture_output=True,
                          text=True, check=False)
    took = time.monotonic() - began
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    found = re.search(r"history: (\d+) commits? compared", done.stdout + done.stderr)
    return took, int(found.group(1)) if found else 0


def edit(site, number):
    path = os.path.join(site, f"content/articles/{number % 40}/article-{number}.md")
    with open(path, "a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")
    git(site, "add", "-A")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copse", required=True)
    parser.add_argument("--commits", type=int, default=50000)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", default=None)
    parser.add_argument("--check", action="store_true", help="fail unless only new commits were compared")
    arguments = parser.parse_args()
    work = tempfile.mkdtemp(prefix="copse-history-", dir=arguments.work)
    site, out = os.path.join(work, "site"), os.path.join(work, "out")
    turns = []
    try:
        make(site, arguments.commits, arguments.articles)
        for run in range(arguments.runs):
            for folder in (out, os.path.join(site, ".git", "copse")):
                shutil.rmtree(folder, ignore_errors=True)
            plain = os.path.join(work, "plain")
            shutil.copytree(os.path.join(site, "content"), os.path.join(plain, "content"))
            floor, _ = build(arguments.copse, plain, os.path.join(work, "plain-out"))
            for folder in (plain, os.path.join(work, "plain-out")):
                shutil.rmtree(folder)
            first = build(arguments.copse, site, out)
            same = build(arguments.copse, site, out)
            edit(site, run * 3)
            git(site, "commit", "-qm", "One more")
            more = build(arguments.copse, site, out)
            edit(site, run * 3 + 1)
            git(site, "commit", "-q", "--amend", "-m", "Amended")
            amended = build(arguments.copse, site, out)
            git(site, "reset", "-q", "--soft", "HEAD~100")
            edit(site, run * 3 + 2)
            git(site, "commit", "-qm", "A hundred in one")
            rewritten = build(arguments.copse, site, out)
            turns.append([(floor, 0), first, same, more, amended, rewritten])
            git(site, "reset", "-q", "--hard", "HEAD")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{arguments.commits} commits, {arguments.articles} articles, medians of {arguments.runs}")
    names = ["without git", "nothing known", "nothing changed", "one commit more", "amended", "100 commits rewritten"]
    medians = [statistics.median(turn[at][0] for turn in turns) for at in range(len(names))]
    for at, name in enumerate(names):
        print(f"{name:24}{medians[at]:8.3f} s  {medians[at] / medians[1]:6.3f} of the first"
              f"{turns[0][at][1]:9} commits compared")
    counts = [count for _, count in turns[0]]
    if arguments.check and counts[1:4] != [arguments.commits, 0, 1]:
        sys.exit(f"not ok: compared {counts}")


if __name__ == "__main__":
    main()
