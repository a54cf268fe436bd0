#!/usr/bin/env python3
"""A build that cannot go on, at each of the places where it changes the disk, keeps the site whole and the next build
right.

    tests/incremental/broken_off.py COPSE [SITE] [--every N] [--only WORD] [--seed N] [--keep]

disk.c, compiled and preloaded, makes the disk full at the Nth call that changes it, or kills the build there. N goes
from 1 to as many as there are; --every 7 takes each seventh of them, beginning somewhere that the seed says. After
each such build

  - every file in the output is whole, as it was before or as it is to be, and no page that visitors know has a link
    to one that is not there (yet, or any more);
  - a build that says that it went well did;
  - a build that says that it did not says that the disk is full, and leaves no files lying about;
  - the next build gives what a clean build gives, and leaves no files lying about.

Prints TAP-like lines and ends with a count."""
import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from edits import Site

HERE = os.path.dirname(os.path.abspath(__file__))


def compile_disk(folder):
    """The shared object, or None where there is no compiler."""
    compiler = next(filter(shutil.which, ["cc", "gcc", "clang"]), None)
    path = os.path.join(folder, "disk.so")
    if not compiler:
        return None
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", path, os.path.join(HERE, "disk.c")], check=True)
    return path


def with_disk(disk, **settings):
    """The environment of a program that is to have that disk."""
    # An address sanitiser wants to be loaded first, which it cannot be here.
    asan = "verify_asan_link_order=0:" + os.environ.get("ASAN_OPTIONS", "")
    return dict(os.environ, LD_PRELOAD=disk, ASAN_OPTIONS=asan, **{name: str(value) for name, value in settings.items()})


class Broken(Site):
    """A site that is built on such a disk."""

    def prepare(self, settings):
        self.disk = compile_disk(self.root)
        self.report = os.path.join(self.root, "calls")
        path = os.path.join(self.site, "content/site.yml")
        self.write(path, self.read(path) + "\n" + "".join(line + "\n" for line in settings))
        self.commit()

    # ---- what changes before a build that is broken off

    def fresh(self):
        for folder in (self.out, os.path.join(self.site, ".copse"), os.path.join(self.site, ".git/copse")):
            shutil.rmtree(folder, ignore_errors=True)

    def much(self):
        """Pages that come, go and change, a picture, a commit."""
        for path in self.files("content/articles"):
            if os.path.basename(path).startswith("new-"):
                os.remove(path)
        self.new_article()
        self.key(self.files("content/articles")[0], "title", self.words(3))
        self.settings()
        self.picture_changed()
        self.commit()

    def text(self):
        """What an edit of a text changes (build/edit.h), after a build that knows the site."""
        self.waited()
        self.build(self.out, [])
        self.waited()
        path = self.files("content/articles")[0]
        self.write(path, re.sub(r"\n\nThe .* time\.\n", "", self.read(path)) + f"\n\nThe {self.words(2)} time.\n")
        self.waited()

    def one_page_less(self):
        """Pages that others link to go."""
        pages = self.files("content/articles")
        for path in pages:
            if "new-" in path:
                os.remove(path)
                return
        self.new_article()

    # ---- what must hold

    def state_folders(self):
        return [os.path.join(self.site, ".copse"), os.path.join(self.site, ".git/copse")]

    def lying_about(self):
        return [os.path.relpath(os.path.join(at, name), self.root)
                for folder in [self.out, *self.state_folders()] for at, folders, names in os.walk(folder)
                for name in names + folders if name == ".copse-work" or re.match(r"\.copse-.*\.tmp$", name)]

    @staticmethod
    def links(folder, pages, tree):
        """Links of pages to files that are not there."""
        missing = set()
        for path in pages:
            if not path.endswith(".html") or ".copse-work" in path:
                continue
            with open(os.path.join(folder, path), encoding="utf-8") as file:
                text = file.read()
            for link in re.findall(r'(?:href|src)="(/[^/"#?][^"#?]*)', text):
                target = link[1:] + ("index.html" if link.endswith("/") else "")
                if target not in tree:
                    missing.add(f"{path} links to {link}, which is not there")
        return missing

    def has_begun(self):
        """Whether a build came as far as to tell the manifest what it was about to change."""
        return any(name.startswith("manifest-") for folder in self.state_folders() if os.path.isdir(folder)
                   for name in os.listdir(folder))

    def whole(self, before, after, dead):
        """What is wrong with the output after a build that was broken off."""
        wrong = []
        now = {path: digest for path, digest in self.tree(self.out).items() if not path.startswith(".copse-work/")}
        for path, digest in now.items():
            if digest not in (before.get(path), after.get(path)):
                wrong.append(f"{path} is neither as it was nor as it is to be")
        for path in set(before) & set(after) - set(now):
            wrong.append(f"{path} was there, is to be there, and is not")
        # A page that is new is found by nobody yet, and one that is to go by nobody any more.
        found = [path for path in now if path in before and path in after]
        return wrong + sorted(self.links(self.out, found, now) - dead)

    def broken(self, mode, at):
        """A build on a disk that has something at call `at`; its exit status, its words, how many calls it made."""
        if os.path.exists(self.report):
            os.remove(self.report)
        command = [part for part in self.command(self.out, ["-j1"]) if part not in ("--format", "json")]
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env=with_disk(self.disk, DISK_MODE=mode, DISK_AT=at, DISK_REPORT=self.report))
        calls = os.path.getsize(self.report) if os.path.exists(self.report) else 0
        return done.returncode, done.stdout + done.stderr, calls

    def expected(self):
        """What a clean build says and makes."""
        cache = os.path.join(self.root, "clean-cache")
        for folder in (self.clean, cache):
            shutil.rmtree(folder, ignore_errors=True)
        expected = self.build(self.clean, ["--force", "--cache", cache])
        assert expected[0] == 0, expected
        return expected, self.tree(self.clean)

    def step_of(self, edit, mode, at):
        """What was wrong, and how many calls were made."""
        self.step += 1
        getattr(self, edit)()
        before = self.tree(self.out)
        expected, after = self.expected()
        dead = self.links(self.clean, after, after) | self.links(self.out, before, before)
        status, said, calls = self.broken(mode, at)
        wrong = self.whole(before, after, dead)
        if status == 0 and self.tree(self.out) != after:
            wrong.append("it said that all went well, and it did not")
        if mode == "kill" and status not in (0, -signal.SIGKILL) or mode != "kill" and status not in (0, 3):
            wrong.append(f"exit status {status}: {said}")
        if mode != "kill":
            # The work folder may say, to the next build, that this one stopped in the middle.
            work = os.path.join(self.out, ".copse-work")
            half = ["out/.copse-work"] if status == 3 and os.path.isdir(work) and not os.listdir(work) else []
            wrong += [f"{name} was left lying about" for name in self.lying_about()
                      if name not in half or not self.has_begun()]
            if status == 3 and "the disk is full" not in said:
                wrong.append(f"it does not say what is wrong: {said}")
        for name in self.lying_about():  # of a process that may live elsewhere it must be left for a while
            os.utime(os.path.join(self.root, name), (1e9, 1e9))
        if self.random.random() < 0.5:  # it is not always the same site that is built next
            self.step += 1
            getattr(self, "much" if edit == "fresh" else edit)()
            expected, after = self.expected()
        made = self.build(self.out, [])
        if made[0] != 0 or self.problems(made[1]) != self.problems(expected[1]):
            wrong.append(f"the next build says {made[0]}: {made[1]}{made[2]}")
        now = self.tree(self.out)
        for path in sorted(set(now) | set(after)):
            if now.get(path) != after.get(path):
                wrong.append(f"after the next build {path} " + ("is left over" if path not in after else
                                                                "is missing" if path not in now else "differs"))
        wrong += [f"after the next build {name} lies about" for name in self.lying_about()]
        return wrong, calls


SMALL = {
    "content/site.yml": "title: The Guild\nurl: https://guild.example.org\ndescription: We help.\nlanguage: en\n"
                        "timezone: Europe/London\n",
    "content/articles/welcome.md": "---\ntitle: Welcome\ndate: 2026-01-02\nauthor: jo-tremblay\ntags: [news]\n---\n\nHello.\n",
    "content/articles/second.md": "---\ntitle: Second\ndate: 2026-01-03\n---\n\nHello, [again](welcome.md).\n",
    "content/members/jo-tremblay.md": "---\nname: Jo Tremblay\n---\n\nJo has helped people for ten years.\n",
    "content/events/meeting.md": "---\ntitle: Meeting\nstart: 2026-08-10 18:00\n---\n\nCome along.\n",
    "content/pages/about.md": "---\ntitle: About us\nmenu: true\n---\n\nWho we are.\n",
}


def small_site(copse, seed, kind=Broken):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in SMALL.items():
            Site.write(os.path.join(folder, path), text)
        site = kind(copse, folder, seed)
    site.git("init", "-q")
    site.commit()
    return site


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("copse")
    parser.add_argument("site", nargs="?", help="default: a small one")
    parser.add_argument("--setting", action="append", default=[], help="a line more in site.yml")
    parser.add_argument("--every", type=int, default=1, help="only each Nth place")
    parser.add_argument("--only", default="", help="a word that the kind of test must hold")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randint(0, 10**6)
    print(f"# seed {seed}, each place of {arguments.every}", flush=True)
    passed = failed = 0
    for edit in ("fresh", "much", "one_page_less", "text"):
        for mode in ("full", "once", "kill"):
            if arguments.only not in f"{edit} {mode}":
                continue
            site = small_site(arguments.copse, seed) if not arguments.site else \
                Broken(arguments.copse, arguments.site, seed)
            site.prepare(arguments.setting)
            if not site.disk:
                print("ok # skip no C compiler is installed")
                return 0
            site.build(site.out, [])
            at = 1 + site.random.randrange(arguments.every)
            bad, places, done = 0, 0, False
            while not done and bad < 3:
                wrong, calls = site.step_of(edit, mode, at)
                places += 1
                done = calls < at  # it did not come to that place any more
                bad += bool(wrong)
                if wrong:
                    print(f"not ok {edit}, {mode} at call {at} of {calls}")
                    for line in wrong[:8]:
                        print("#   " + line.replace("\n", "\n#   "), flush=True)
                at += arguments.every
            print(f"# {edit}, {mode}: {places} places, {calls} calls", flush=True)
            passed, failed = passed + places - bad, failed + bad
            if arguments.keep or bad:
                print(f"# kept: {site.root}")
            else:
                shutil.rmtree(site.root)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
