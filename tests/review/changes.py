#!/usr/bin/env python3
"""What `copse review` says of a change is what a comparison of two clean builds finds, whatever the change.

    tests/review/changes.py COPSE SITE [--changes N] [--seed N] [--texts] [--beside PROGRAM] [--keep]

Copies SITE into a repository and makes N branches of random edits (those of tests/incremental/edits.py), now and then
with the base moving on meanwhile, or with a sender who may not touch layouts. Each is merged for real; the base and the
merge are built clean, and every file that was added, changed or removed must be in the review's list, as such, and
nothing else. Then the base is built with its cache where the review finds it, and the review must be the same to the
byte. --texts edits bodies and the words of front matter only, which a review has a shorter way for; with --beside another
build of the program must say the same. The seed is printed; the same seed gives the same changes. Prints TAP-like lines and ends with a count.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "incremental"))
from edits import Site  # noqa: E402

EDITS = ("body body first_paragraph title title tags date draft expires location member_lists event_time featured "
         "link heading series new_article new_article new_comment remove rename alias layout own_layout picture "
         "picture picture_changed settings menu_page registry roster word tag_words asset").split()
TEXTS = "body sentence sentence first_paragraph title description link link heading".split()
KEPT = ("layouts", "assets", "content/site.yml", ".mailmap")
# A review makes no pictures: what is cut from one that changed counts as changed, though it may come out the same.
CUT = re.compile(r"\.\d+x\d+\.[a-z]+$")
# The parts of a search index, which its manifest names: a review tells of the manifest alone.
SHARD = re.compile(r"/search/[a-z][0-9a-f-]*\.[a-z]+$")


class Changes(Site):
    def __init__(self, copse, source, seed, texts=False, beside=None):
        super().__init__(copse, source, seed)
        self.names, self.beside = TEXTS if texts else EDITS, beside
        shutil.rmtree(os.path.join(self.site, ".git"), ignore_errors=True)
        path = os.path.join(self.site, "content/site.yml")
        text = re.sub(r"(?m)^review:[^\n]*(\n[ -][^\n]*)*\n?", "", self.read(path))
        self.write(path, text + "\nreview: {admins: [ada-admin]}\n")
        self.git("init", "-q", "-b", "main")
        self.commit()
        self.cache = os.path.join(self.site, ".git/copse")
        self.now = 1795910400  # what is to come in a site is there by then
        self.start = "main"
        with open(copse, "rb") as file:  # threads are watched where a cache would have to lie in memory
            self.keeps = b"__tsan_init" not in file.read()
        self.found = 0

    def output_of(self, *arguments):
        return subprocess.run(["git", *arguments], cwd=self.site, capture_output=True, text=True, check=False).stdout

    def edit(self, most):
        edits = []
        wanted = self.random.randint(1, most)
        while len(edits) < wanted:
            done = getattr(self, self.random.choice(self.names))()
            if done:
                edits.append(done.replace(self.root + "/", ""))
        return edits

    def sentence(self):
        path = self.record()
        if path:
            self.write(path, self.read(path) + f"\n{self.words(4).capitalize()}.\n")
        return path and f"a sentence in {path}"

    def link(self):
        """To another page, at times to a part that is not there."""
        path, other = self.record(), self.record()
        if not path or not other or path == other:
            return None
        target = os.path.relpath(other, os.path.dirname(path)) + self.random.choice(["", "", "", "#nowhere"])
        self.write(path, self.read(path) + f"\n[{self.words(2).capitalize()}]({target})\n")
        return f"a link to {other} in {path}"

    def heading(self):
        path = self.record()
        if path:
            self.write(path, self.read(path) + f"\n## {self.words(2).capitalize()}\n\nMore.\n")
        return path and f"a heading in {path}"

    def description(self):
        path = self.record()
        text = path and self.read(path)
        keys = text and re.findall(r"(?m)^(description|pronouns|image_alt|role):", text.split("\n---", 1)[0])
        if not keys:
            return None
        key = self.random.choice(keys)
        self.write(path, re.sub(rf"\n{key}:.*", f"\n{key}: {self.words(5).capitalize()}", text, count=1))
        return f"{key} of {path}"

    def begin(self):
        """A branch with edits; the base may have moved on. Returns what was done."""
        self.git("checkout", "-qf", "main")
        self.git("clean", "-qfdx", "-e", ".git")
        self.start = self.output_of("rev-parse", "main").strip()
        self.git("checkout", "-qB", "change")
        edits = self.edit(3)
        self.commit()
        if self.random.random() < 0.3:
            self.git("checkout", "-qf", "main")
            edits += ["on the base: " + edit for edit in self.edit(1)]
            self.step += 1
            self.commit()
        return edits

    def merge(self, admin):
        """Merges for real; what a stranger may not touch stays the base's. False: a conflict."""
        self.git("checkout", "-qf", "-B", "merged", "main")
        self.git("merge", "-q", "--no-ff", "--no-commit", "change")
        if self.output_of("ls-files", "--unmerged"):
            self.git("merge", "--abort")
            return False
        for path in () if admin else KEPT:
            self.git("rm", "-rqf", "--cached", "--ignore-unmatch", path)
            self.git("reset", "-q", "main", "--", path)
        self.git("commit", "-qm", "Merge", "--allow-empty")
        self.git("checkout", "-qf", "change")
        return True

    def clean_build(self, revision):
        out, cache = os.path.join(self.root, "out"), os.path.join(self.root, "clean-cache")
        for folder in (out, cache):
            shutil.rmtree(folder, ignore_errors=True)
        status = self.build(out, ["--force", "--cache", cache, "--rev", revision])[0]
        return status, {self.url(path): digest for path, digest in self.tree(out).items()} if status == 0 else {}

    @staticmethod
    def url(path):
        return re.sub(r"/index\.html$", "/", "/" + path)

    def review(self, admin, threads, program=None):
        command = [program or self.copse, "review", "main", "change", "-C", self.site, "--now", self.rfc(), "--format", "json",
                   "-j", str(threads)] + (["--actor", "ada-admin"] if admin else [])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    @staticmethod
    def difference(before, after):
        kinds = {}
        for url in set(before) | set(after):
            if before.get(url) != after.get(url) and not SHARD.search(url):
                kinds[url] = "added" if url not in before else "removed" if url not in after else "changed"
        return kinds

    @staticmethod
    def told(review, after):
        kinds = {}
        for page in review["pages"]:
            if page["change"] == "moved":
                kinds[page["old_url"]] = "changed" if page["old_url"] in after else "removed"
                kinds[page["url"]] = "added"
            else:
                kinds[page["url"]] = page["change"]
        return kinds

    def check(self, admin):
        """Wrong things, as lines."""
        shutil.rmtree(self.cache, ignore_errors=True)
        status, text = self.review(admin, self.random.choice([1, 2, 3]))
        if not self.merge(admin):
            return [] if status == 1 and "merge-conflict" in text else [f"a conflict, and the review says:\n{text}"]
        if self.beside:
            other = self.review(admin, 1, self.beside)
            if other != (status, text):
                return [f"{self.beside} says:\n{other[1]}\n--- and the program:\n{text}"]
        if status not in (0, 1):
            return [f"the review ends with {status}:\n{text}"]
        (base_status, before), (after_status, after) = self.clean_build("main"), self.clean_build("merged")
        review = json.loads(text)
        wrong = []
        if base_status == 0 and after_status != 0 and status == 0:
            wrong.append("the merge cannot be built, and the review says it may be merged")
        if base_status == 0 and after_status == 0:
            wanted, told = self.difference(before, after), self.told(review, after)
            self.found += len(wanted)
            wrong += [f"{url}: {wanted.get(url, 'the same')}, and the review says {told.get(url, 'nothing')}"
                      for url in sorted(set(wanted) | set(told)) if wanted.get(url) != told.get(url)
                      and not (CUT.search(url) and url not in wanted and told[url] == "changed")]
        if base_status == 0:
            kept = os.path.join(self.root, "kept")
            shutil.rmtree(kept, ignore_errors=True)
            built = self.build(kept, ["--rev", "main"])
            if not self.keeps:
                return wrong
            if built[0] != 0 or not any(name.startswith("cache-") for name in os.listdir(self.cache)):
                wrong.append(f"the build of the base left no cache:\n{built[1]}")
            for threads in (1, 2):
                again = self.review(admin, threads)
                if again != (status, text):
                    wrong.append(f"with the base's cache and {threads} threads the review is another one:\n{again[1]}"
                                 f"\n--- without:\n{text}")
        return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("copse")
    parser.add_argument("site")
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--beside")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randint(0, 10**6)
    print(f"# seed {seed}, {arguments.changes} changes", flush=True)
    site = Changes(arguments.copse, arguments.site, seed, arguments.texts, arguments.beside)
    passed = failed = 0
    while passed + failed < arguments.changes and not failed:
        edits = site.begin()
        admin = site.random.random() < 0.7
        wrong = site.check(admin)
        site.step += 1
        if wrong:
            print(f"not ok {site.step}, by {'an admin' if admin else 'anybody'}: {'; '.join(edits)}")
            for line in wrong[:12]:
                print("#   " + line.replace("\n", "\n#   "))
        passed, failed = passed + (not wrong), failed + bool(wrong)
        site.git("checkout", "-qf", "main")
        if site.random.random() < 0.5:  # the next change is for what this one has left
            site.git("reset", "-q", "--hard", "merged")
        if site.clean_build("main")[0] != 0:
            site.git("reset", "-q", "--hard", site.start)
    if arguments.keep or failed:
        print(f"# kept: {site.root}")
    else:
        shutil.rmtree(site.root)
    print(f"{passed} passed, {failed} failed; {site.found} files changed in all")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
