#!/usr/bin/env python3
"""run.py: builds one site with copse, Hugo and Eleventy in turn, and prints how long each took.

Every generator has the same content (gen.py) and layouts that do equal work (layouts/); that they made the same pages
is checked before anything is printed. Each build goes into a new folder, with nothing kept from the one before; the
generators take turns, so that what else the machine does falls on all of them; the figures are medians. The floor
(floor.c) is a program that only reads the same sources, runs cmark over them and writes files of the sizes that copse
wrote.

The row "copse" is what the others do too: site.yml leaves out what they do not make (a search index, the feeds of tags
and members, a calendar a tag and an event, a file for each credential; gen.py has the lines). "copse, all its outputs"
is the same site with all of them.

usage: run.py --copse PROGRAM --work FOLDER --tools FOLDER [--articles N] [--runs N] [--growth N,N,N] [--peers hugo,eleventy]
"""
import argparse
import glob
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from gen import PEERS_WORK  # noqa: E402
NOW = "2026-06-01T00:00:00Z"
# What copse builds besides the peers' pages, each with a floor of its own.
OWN = [("all", "copse, all its outputs"), ("plain", "copse, its own theme, no search"),
       ("theme", "copse, its own theme")]


def fail(text):
    print(f"not ok {text}", file=sys.stderr)
    sys.exit(1)


class Run:
    """One finished process: seconds and MiB as the system accounts for them, with those of its children."""

    def __init__(self, command, folder, log):
        environment = dict(os.environ, HUGO_CACHEDIR=os.path.join(folder, ".hugo_cache"))
        before = time.monotonic()
        with open(log, "wb") as out:
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - before
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        if status != 0:
            with open(log, encoding="utf-8", errors="replace") as text:
                print(text.read()[-3000:], file=sys.stderr)
            fail(f"{' '.join(command)} ended with {status}")


class Generator:
    """How one generator builds the site in `root` into a folder `out` beside it."""

    def __init__(self, name, label, root, command):
        self.name, self.label, self.root, self.command = name, label, root, command
        self.runs, self.edits = [], []
        self.output = None
        self.outputs = 0

    def build(self, log):
        """Into a new folder: writing where something was just removed is another thing to measure."""
        self.outputs += 1
        output = os.path.join(os.path.dirname(self.root), f"out-{self.name}-{self.outputs}")
        self.runs.append(Run(self.command(output), self.root, log))
        self.output = output

    def edit(self, log):
        """One word of one article changed, and built again into the last folder."""
        article = sorted(glob.glob(os.path.join(self.root, "**", "articles", "*.md"), recursive=True))[-1]
        with open(article, "a", encoding="utf-8") as file:
            file.write(f"\nOne more line, number {len(self.edits)}.\n")
        self.edits.append(Run(self.command(self.output, again=True), self.root, log))


def make_generators(options, work, size):
    base = os.path.join(work, str(size))
    eleventy = os.path.join(options.tools, "node_modules", "@11ty", "eleventy", "cmd.cjs")

    def copse(root):
        def command(output, again=False):
            # What copse keeps between builds belongs to one output, so a new one begins with nothing.
            return [options.copse, "build", "-C", root, "-o", output, "--now", NOW, "-q", "--no-progress",
                    "-j", str(options.threads)]
        return command

    def hugo(output, again=False):
        return ["hugo", "--quiet", "--source", os.path.join(base, "hugo"), "--destination", output]

    def eleventy_command(output, again=False):
        out = os.path.relpath(output, os.path.join(base, "eleventy"))
        return ["node", eleventy, "--quiet", f"--output={out}"] + (["--incremental"] if again else [])

    generators = [Generator("copse", "copse", os.path.join(base, "copse"), copse(os.path.join(base, "copse")))]
    if "hugo" in options.peers:
        generators.append(Generator("hugo", "Hugo", os.path.join(base, "hugo"), hugo))
    if "eleventy" in options.peers:
        generators.append(Generator("eleventy", "Eleventy", os.path.join(base, "eleventy"), eleventy_command))
    for name, label in OWN:
        root = os.path.join(base, name)
        generators.append(Generator(name, label, root, copse(root)))
    return generators


def files_of(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            found[os.path.relpath(path, folder)] = os.path.getsize(path)
    return found


def heading(folder, page):
    with open(os.path.join(folder, page), encoding="utf-8") as file:
        found = re.search(r"<h1>(.*?)</h1>", file.read(), re.S)
    return " ".join(found.group(1).split()) if found else None


def check_pages(generators):
    """The peers' pages are the same, and copse has them too, with the same headings."""
    pages = {g.name: {p for p in files_of(g.output) if p.endswith("index.html")} for g in generators}
    peers = [g for g in generators if g.name in ("hugo", "eleventy")]
    ours = next(g for g in generators if g.name == "copse")
    wanted = set.union(*(pages[g.name] for g in peers)) if peers else pages["copse"]
    # Hugo alone writes a redirect for the first page of a list.
    wanted = {page for page in wanted if not page.endswith("page/1/index.html")}
    for generator in peers + [ours]:
        missing = sorted(wanted - pages[generator.name])
        if missing:
            fail(f"{generator.label} did not make {len(missing)} of {len(wanted)} pages, such as {missing[0]}")
    for page in sorted(wanted):
        headings = {heading(g.output, page) for g in peers + [ours]}
        if len(headings) != 1:
            fail(f"{page} has different headings: {headings}")
    return len(wanted)


def floored(generators):
    return [g for g in generators if g.name not in ("hugo", "eleventy")]


def compile_floor(work):
    program = os.path.join(work, "floor")
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-D_GNU_SOURCE", "-o", program, os.path.join(HERE, "floor.c"),
                    "-lcmark", "-pthread"], check=True)
    return program


def make_floor(program, options, generator):
    """The floor of a generator: its sources, and files as many and as large as it wrote."""
    base = os.path.dirname(generator.root)
    sources = os.path.join(base, f"sources-{generator.name}")
    outputs = os.path.join(base, f"outputs-{generator.name}")
    with open(sources, "w", encoding="utf-8") as file:
        for path in sorted(glob.glob(os.path.join(generator.root, "content", "**", "*.md"), recursive=True)):
            file.write(path + "\n")
    with open(outputs, "w", encoding="utf-8") as file:
        for path, size in files_of(generator.output).items():
            file.write(f"{size} {path}\n")

    def command(output, again=False):
        return [program, str(options.threads), sources, outputs, output]

    return Generator(f"floor-{generator.name}", f"floor of {generator.label}", generator.root, command)


def median(runs, what):
    return statistics.median(getattr(run, what) for run in runs)


def ratio(own, other):
    return f"{own / other:.2f}" if other > 0 else "-"


def print_table(generators, floors, runs):
    ours = generators[0]
    print(f"\n{'':40}{'wall s':>9}{'cpu s':>9}{'MiB':>8}{'files':>8}{'MB':>7}"
          f"{'wall':>9}{'cpu':>7}{'MiB':>7}  as a multiple of copse")
    for generator in generators + floors:
        wall, processor, memory = (median(generator.runs, what) for what in ("wall", "processor", "memory"))
        files = files_of(generator.output)
        print(f"{generator.label:40}{wall:9.2f}{processor:9.2f}{memory:8.0f}{len(files):8}"
              f"{sum(files.values()) / 1e6:7.0f}{ratio(wall, median(ours.runs, 'wall')):>9}"
              f"{ratio(processor, median(ours.runs, 'processor')):>7}{ratio(memory, median(ours.runs, 'memory')):>7}")
    for generator, floor in zip(floored(generators), floors):
        print(f"{generator.label}: {ratio(median(generator.runs, 'wall'), median(floor.runs, 'wall'))} times the wall "
              f"time of its floor, {ratio(median(generator.runs, 'processor'), median(floor.runs, 'processor'))} times "
              f"its processor time")
    print(f"medians of {runs} builds each")


def print_edits(generators):
    print(f"\n{'one article edited':32}{'wall s':>9}{'cpu s':>9}{'MiB':>8}")
    for generator in generators:
        wall, processor, memory = (median(generator.edits, what) for what in ("wall", "processor", "memory"))
        print(f"{generator.label:32}{wall:9.3f}{processor:9.3f}{memory:8.0f}")


def generate(work, size):
    subprocess.run([sys.executable, os.path.join(HERE, "gen.py"), str(size), os.path.join(work, str(size))], check=True)


def compare(options, floor_program):
    generate(options.work, options.articles)
    generators = make_generators(options, options.work, options.articles)
    log = os.path.join(options.work, "log")
    for generator in generators:  # once to warm up; its output tells the floor what to write
        generator.build(log)
    pages = check_pages(generators)
    floors = [make_floor(floor_program, options, g) for g in floored(generators)]
    for generator in generators:
        generator.runs.clear()
    for _ in range(options.runs):
        for generator in generators + floors:
            generator.build(log)
    print("\nThe first row makes what the others make; its site.yml says (tests/bench/build/gen.py):\n  " +
          "\n  ".join(PEERS_WORK.strip().split("\n")))
    print(f"\n{options.articles} articles, {options.articles // 5} members, {options.articles // 10} events; "
          f"{pages} pages that every generator makes, with the same headings")
    print_table(generators, floors, options.runs)
    for _ in range(options.runs):
        for generator in generators:
            generator.edit(log)
    print_edits(generators)
    shutil.rmtree(os.path.join(options.work, str(options.articles)))


def growth(options):
    sizes = [int(size) for size in options.growth.split(",") if size]
    first = None
    print(f"\n{'copse, its own theme':32}{'wall s':>9}{'cpu s':>9}{'MiB':>8}{'files':>9}   times the row above")
    for size in sizes:
        generate(options.work, size)
        generator = make_generators(options, options.work, size)[-1]
        for _ in range(min(options.runs, 3)):
            generator.build(os.path.join(options.work, "log"))
        row = [median(generator.runs, what) for what in ("wall", "processor", "memory")]
        times = "" if first is None else "   " + " ".join(f"{own / old:.1f}" for own, old in zip(row, first))
        print(f"{str(size) + ' articles':32}{row[0]:9.2f}{row[1]:9.2f}{row[2]:8.0f}"
              f"{len(files_of(generator.output)):9}{times}", flush=True)
        first = row
        shutil.rmtree(os.path.join(options.work, str(size)))


def version(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().split("\n")[0]


def print_versions(options):
    print(f"{platform.system()} {platform.release()}, {platform.machine()}, {options.threads} threads, "
          f"Python {platform.python_version()}")
    print(version([options.copse, "--version"]))
    if "hugo" in options.peers:
        print(version(["hugo", "version"]))
    if "eleventy" in options.peers:
        package = os.path.join(options.tools, "node_modules", "@11ty", "eleventy", "package.json")
        with open(package, encoding="utf-8") as file:
            found = re.search('"version": *"([^"]+)"', file.read()).group(1)
            print(f"Eleventy {found}, node {version(['node', '--version'])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copse", required=True)
    parser.add_argument("--work", required=True, help="a folder for it all, on the disk to be measured")
    parser.add_argument("--tools", required=True, help="the folder with node_modules")
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", default="1000,10000,100000", help="empty: not at all")
    parser.add_argument("--peers", default="hugo,eleventy")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    options.copse = os.path.abspath(options.copse)
    options.work = os.path.abspath(options.work)
    options.peers = [peer for peer in options.peers.split(",") if peer]
    os.makedirs(options.work, exist_ok=True)
    print_versions(options)
    compare(options, compile_floor(options.work))
    growth(options)


main()
