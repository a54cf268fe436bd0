#!/usr/bin/env python3
"""How long it takes from saving a file until `copse serve` shows it, and what a build of the same edit costs.

    tests/bench/serve/run.py COPSE [--articles 10000] [--edits 10] [--work FOLDER]

Makes the site of tests/bench/build/gen.py with copse's own theme and everything on. Adds a sentence to an article, asks
for its page until the sentence stands there, and so on; then the same with `copse build`, and with nothing changed.
Prints medians. The first edit after a start is not counted: it may meet files that were written just before.
"""
import argparse
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))


def page_of(path):
    name = re.sub(r"^\d{4}-\d\d-\d\d-", "", os.path.basename(path)[:-3])
    return f"articles/{name}/"


def add_sentence(path, words):
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"\n{words}.\n")


def fetch(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def serve(copse, site, articles, edits):
    process = subprocess.Popen([copse, "serve", "-C", site], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    address = None
    while address is None:
        line = process.stdout.readline()
        found = re.search(r"http://[^ ]+:\d+/", line)
        address = found.group(0) if found else None
        if not line:
            sys.exit("copse serve ended")
    while True:
        try:
            fetch(address)
            break
        except OSError:
            time.sleep(0.1)
    time.sleep(5)
    times = []
    for number in range(edits + 1):
        path = articles[number % len(articles)]
        mark = f"Sentence {number} of {int(time.time())}"
        add_sentence(path, mark)
        saved = time.monotonic()
        while mark not in fetch(address + page_of(path)):
            time.sleep(0.001)
        times.append(time.monotonic() - saved)
        time.sleep(0.5)
    process.terminate()
    process.wait()
    return times[1:]


def builds(copse, site, work, articles, edits):
    command = [copse, "build", "-C", site, "-o", os.path.join(work, "out"), "--now", "2026-06-01T00:00:00Z", "-q",
               "--no-progress"]

    def run():
        began = time.monotonic()
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return time.monotonic() - began

    run()
    time.sleep(0.5)
    nothing = [run() for _ in range(edits)]
    edited = []
    for number in range(edits + 1):
        add_sentence(articles[number % len(articles)], f"One more, number {number}")
        edited.append(run())
    return nothing, edited[1:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copse")
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--work", default="/var/tmp")
    options = parser.parse_args()
    copse = os.path.abspath(options.copse)
    work = tempfile.mkdtemp(prefix="copse-serve-", dir=options.work)
    try:
        subprocess.run([sys.executable, os.path.join(HERE, "..", "build", "gen.py"), str(options.articles), work],
                       check=True, stdout=subprocess.DEVNULL)
        site = os.path.join(work, "theme")
        articles = sorted(glob.glob(os.path.join(site, "content", "articles", "*.md")))[-5:]
        shown = serve(copse, site, articles, options.edits)
        nothing, edited = builds(copse, site, work, articles, options.edits)
        files = sum(len(names) for _, _, names in os.walk(os.path.join(work, "out")))
        print(f"{options.articles} articles, {files} files; medians of {options.edits} (most)")
        for what, times in (("saved until shown by serve", shown), ("a build of one edit", edited),
                            ("a build with nothing to do", nothing)):
            print(f"{what:28}{statistics.median(times) * 1000:6.0f} ms ({max(times) * 1000:.0f})")
    finally:
        shutil.rmtree(work)


main()
