#!/usr/bin/env python3
"""After any edit the incremental build gives what a clean build gives, byte for byte.

    tests/incremental/edits.py COPSE SITE [--edits N] [--seed N] [--keep]

Copies SITE, then edits the copy at random, N times. After each edit (sometimes after several) the
copy is built twice: incrementally into one folder, and with --force into another, with a cache of
its own. Outputs, messages and exit status must be the same. The seed is printed; the same seed gives
the same edits. Prints TAP-like lines and ends with a count.
"""
import argparse
import hashlib
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

from more_edits import MORE, MoreEdits

WORDS = "career mentor interview résumé portfolio workshop clinic network practice École choix".split()


class Site(MoreEdits):
    def __init__(self, copse, source, seed, now=1780315200):
        self.copse = os.path.abspath(copse)
        self.random = random.Random(seed)
        self.root = tempfile.mkdtemp(prefix="copse-edits-")
        self.site = os.path.join(self.root, "site")
        self.out = os.path.join(self.root, "out")
        self.clean = os.path.join(self.root, "clean")
        shutil.copytree(source, self.site, ignore=shutil.ignore_patterns("public", ".copse"))
        self.now = now
        self.step = 0
        self.revision = None  # the commit that is built, if it is not the work tree
        self.more = []  # options of all builds
        self.in_bare = False
        self.bare = os.path.join(self.root, "bare.git")
        if self.random.random() < 0.7:
            self.git("init", "-q")
            self.commit()

    def git(self, *arguments):
        environment = dict(os.environ, GIT_AUTHOR_DATE=f"{1700000000 + self.step * 1000} +0000",
                           GIT_COMMITTER_DATE=f"{1700000000 + self.step * 1000} +0000")
        subprocess.run(["git", "-c", "user.name=Jo", "-c", "user.email=jo@example.org",
                        "-c", "core.hooksPath=/dev/null", *arguments],
                       cwd=self.site, check=False, env=environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def has_git(self):
        return os.path.isdir(os.path.join(self.site, ".git"))

    def commit(self):
        if self.has_git():
            self.git("add", "-A")
            self.git("commit", "-qm", f"step {self.step}")

    def files(self, folder, end=".md"):
        found = []
        for at, folders, names in os.walk(os.path.join(self.site, folder)):
            folders.sort()
            found += [os.path.join(at, name) for name in sorted(names) if name.endswith(end)]
        return found

    def pick(self, folder, end=".md"):
        files = self.files(folder, end)
        return self.random.choice(files) if files else None

    def record(self):
        return self.pick("content/" + self.random.choice(
            ["articles", "articles", "members", "events", "pages", "comments"]))

    @staticmethod
    def read(path):
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()

    @staticmethod
    def write(path, text):
        """As editors do: over what was there, or beside it and then in its place."""
        if len(text) % 2:
            Site.write_beside(path, text)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    @staticmethod
    def write_beside(path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        beside = os.path.join(os.path.dirname(path), ".beside")
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(beside, path)

    def words(self, count=3):
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    # ---- edits; each says what it did, or None if there was nothing to do it to

    def body(self):
        path = self.record()
        if not path:
            return None
        extra = self.random.choice([self.words(8), f"## {self.words(2)}", f"*{self.words(2)}*",
                                    "[home](/)", "<b>bold</b>", "- one\n- two"])
        self.write(path, self.read(path) + f"\n{extra}\n")
        return f"body of {path}"

    def sentence(self):
        path = self.record()
        text = path and self.read(path).rstrip("\n")
        if not text or text.count("\n---") < 1 or text.endswith("---"):
            return None
        self.write(path, text + f" {self.words(4).capitalize()}.\n")
        return f"a sentence more in {path}"

    def unsaid(self):
        path = self.record()
        parts = path and self.read(path).split("\n---\n", 1)
        lines = parts[1].split("\n") if parts and len(parts) > 1 else []
        if len(lines) < 3:
            return None
        del lines[self.random.randint(1, len(lines) - 1)]
        self.write(path, parts[0] + "\n---\n" + "\n".join(lines))
        return f"a line less in {path}"

    def first_paragraph(self):
        path = self.record()
        if not path:
            return None
        parts = self.read(path).split("\n---\n", 1)
        if len(parts) < 2:
            return None
        self.write(path, parts[0] + "\n---\n\n" + self.words(9) + ".\n\n" + parts[1])
        return f"first paragraph of {path}"

    def key(self, path, name, value):
        text = self.read(path)
        line = f"{name}: {value}"
        changed, count = re.subn(rf"(?m)^{name}:[^\n]*(\n( |- )[^\n]*)*$", lambda _: line, text, count=1)
        if count == 0:
            changed = text.replace("---\n", f"---\n{line}\n", 1)
        self.write(path, changed)
        return f"{name} of {path}"

    def title(self):
        path = self.record()
        if not path or "/comments/" in path:
            return None
        return self.key(path, "name" if "/members/" in path else "title", '"' + self.words(3) + '"')

    def tags(self):
        path = self.pick("content/" + self.random.choice(["articles", "events"]))
        return path and self.key(path, "tags", "[" + ", ".join({self.words(1) for _ in range(3)}) + "]")

    def date(self):
        path = self.pick("content/articles")
        return path and self.key(path, "date", f"2026-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}")

    def draft(self):
        path = self.pick("content/" + self.random.choice(["articles", "members", "events", "pages"]))
        return path and self.key(path, "draft", self.random.choice(["true", "false"]))

    def expires(self):
        path = self.pick("content/articles")
        return path and self.key(path, "expires", f"2026-0{self.random.randint(4, 9)}-05")

    def location(self):
        path = self.pick("content/members")
        return path and self.key(path, "location", self.random.choice(["Halifax, NS", "Québec", "Truro, NS"]))

    def member_lists(self):
        path = self.pick("content/members")
        name = self.random.choice(["services", "languages"])
        return path and self.key(path, name, "[" + self.words(1) + "]")

    def event_time(self):
        path = self.pick("content/events")
        return path and self.key(path, "location", self.words(2))

    def featured(self):
        path = self.pick("content/articles")
        return path and self.key(path, "featured", self.random.choice(["true", "false"]))

    def series(self):
        path = self.pick("content/articles")
        return path and self.key(path, "series", self.words(1))

    def new_article(self):
        path = os.path.join(self.site, f"content/articles/new-{self.step}.md")
        member = self.pick("content/members")
        author = os.path.basename(member)[:-3].split(".")[0] if member else "Guest"
        if author == "index":
            author = "Guest"
        self.write(path, f"---\ntitle: {self.words(3)}\ndate: 2026-03-{self.random.randint(10, 28)}\n"
                         f"author: {author}\ntags: [{self.words(1)}]\n---\n\n{self.words(20)}\n")
        return f"new {path}"

    def new_comment(self):
        path = self.pick("content/articles")
        if not path:
            return None
        slug = os.path.basename(path)[:-3]
        self.write(os.path.join(self.site, f"content/comments/{slug}/2026-04-0{self.random.randint(1, 9)}-x.md"),
                   f"---\nauthor: Kim\ndate: 2026-04-09\n---\n\n{self.words(6)}\n")
        return f"comment on {slug}"

    def remove(self):
        path = self.record()
        if not path:
            return None
        os.remove(path)
        return f"removed {path}"

    def rename(self):
        path = self.record()
        if not path:
            return None
        to = os.path.join(os.path.dirname(path), f"moved-{self.step}-" + os.path.basename(path))
        os.rename(path, to)
        return f"renamed {path}"

    def alias(self):
        path = self.pick("content/articles")
        return path and self.key(path, "aliases", f"[/old/{self.step}/]")

    def layout(self):
        path = self.pick("layouts", ".html")
        if not path:
            return None
        self.write(path, self.read(path) + f"\n<!-- {self.step} -->\n")
        return f"layout {path}"

    def own_layout(self):
        name = self.random.choice(["article.html", "tag.html", "member.html", "home.html",
                                   "includes/article-row.html", "includes/byline.html", "events.html"])
        path = os.path.join(self.site, "layouts", name)
        if os.path.exists(path):
            os.remove(path)
            return f"layout {name} taken back"
        if subprocess.run([self.copse, "layouts", "--eject", name, "-C", self.site],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            return None
        self.write(path, self.read(path) + f"<!-- own {self.step} -->\n")
        return f"own layout {name}"

    def drawn(self):
        """A PNG of one colour, small or large enough to be made smaller; now and then one that is cut off."""
        width, height = self.random.choice([(1, 1), (40, 30), (300, 200), (500, 700)])
        row = b"\0" + bytes(self.random.choice([0, 90, 255]) for _ in range(3)) * width
        data = b"\x89PNG\r\n\x1a\n"
        for name, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                           (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")):
            data += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        return data[:-9] if self.random.random() < 0.1 else data

    def picture(self):
        path = self.pick("content/" + self.random.choice(["articles", "members"]))
        if not path:
            return None
        name = f"drawn-{self.random.randint(1, 3)}.png"
        with open(os.path.join(os.path.dirname(path), name), "wb") as file:
            file.write(self.drawn())
        if "/members/" in path:
            return self.key(path, "photo", name)
        if self.random.random() < 0.5:
            return self.key(path, "image", name)
        self.write(path, self.read(path) + f"\n![Drawn]({name})\n")
        return f"a picture in {path}"

    def picture_changed(self):
        path = self.pick("content", ".png")
        if not path:
            return None
        with open(path, "wb") as file:
            file.write(self.drawn())
        return f"picture {path}"

    def settings(self):
        path = os.path.join(self.site, "content/site.yml")
        return self.key(path, "description", self.words(4))

    def menu_page(self):
        path = self.pick("content/pages")
        return path and self.key(path, "menu", str(self.random.randint(1, 9)))

    def registry(self):
        path = os.path.join(self.site, "content/designations.yml")
        if not os.path.exists(path):
            return None
        text = self.read(path)
        names = re.findall(r"(?m)^\s+name: .*$", text)
        if not names:
            return None
        line = self.random.choice(names)
        self.write(path, text.replace(line, line.split("name:")[0] + "name: " + self.words(3), 1))
        return "a designation's name"

    def roster(self):
        path = os.path.join(self.site, "content/roster.yml")
        if not os.path.exists(path):
            return None
        text = self.read(path)
        self.write(path, text.replace("since: 20", "since: 19", 1) if "since: 20" in text
                   else text.replace("since: 19", "since: 20", 1))
        return "the roster"

    def word(self):
        lang = self.random.choice(["en", "fr"])
        path = os.path.join(self.site, f"content/i18n/{lang}.yml")
        if os.path.exists(path) and self.random.random() < 0.5:
            os.remove(path)
            return f"words of {lang} taken back"
        self.write(path, f"comments: {self.words(1)}\n")
        return f"a word of {lang}"

    def tag_words(self):
        path = os.path.join(self.site, "content/tags.yml")
        if not os.path.exists(path):
            return None
        self.write(path, self.read(path) + f"\n- tag: {self.words(1)}-{self.step}\n  description: {self.words(4)}\n")
        return "tags.yml"

    def asset(self):
        path = os.path.join(self.site, "assets", "more.css")
        self.write(path, f"/* {self.step} */\n")
        return "an asset"

    def later(self):
        self.now += self.random.choice([60, 3600, 86400, 30 * 86400, 200 * 86400])
        return "a later moment"

    def earlier(self):
        self.now -= self.random.choice([60, 86400, 30 * 86400])
        return "an earlier moment"

    def moment(self):
        """The next moment at which the site changes by itself, or the second before it."""
        found = subprocess.run([self.copse, "next", "-C", self.site, "--now", self.rfc(), "-n", "4", "--format", "json"],
                               capture_output=True, text=True, check=False).stdout
        moments = re.findall(r'"at": ?"([^"]+)"', found)
        if not moments:
            return None
        import datetime
        at = datetime.datetime.fromisoformat(self.random.choice(moments).replace("Z", "+00:00"))
        self.now = int(at.timestamp()) - self.random.choice([0, 0, 1])
        return f"the moment {self.rfc()}"

    def nothing(self):
        return "nothing at all"

    def waited(self):
        """Long enough for what was written before to count as surely unchanged."""
        import time
        time.sleep(0.03)
        return "a while"

    def ignored(self):
        if not self.has_git():
            return None
        path = self.record()
        self.write(os.path.join(self.site, ".gitignore"), os.path.basename(path) + "\n" if path else "")
        return f"{path} ignored"

    def empty_folder(self):
        os.makedirs(os.path.join(self.site, f"content/articles/empty-{self.step}"), exist_ok=True)
        return "an empty folder"

    def committed(self):
        if not self.has_git():
            return None
        self.commit()
        return "committed"

    def branch(self):
        if not self.has_git():
            return None
        self.commit()
        if self.random.random() < 0.5:
            self.git("checkout", "-qb", f"branch-{self.step}")
            return "a new branch"
        self.git("checkout", "-q", "HEAD~1")
        return "one commit back"

    def output_removed(self):
        path = self.pick_output()
        if not path:
            return None
        os.remove(path)
        return f"output {path} deleted"

    def output_edited(self):
        path = self.pick_output()
        if not path:
            return None
        with open(path, "ab") as file:
            file.write(b"edited by hand")
        return f"output {path} edited"

    def pick_output(self):
        found = []
        for at, folders, names in os.walk(self.out):
            folders.sort()
            found += [os.path.join(at, name) for name in sorted(names)]
        return self.random.choice(found) if found else None

    def caches(self):
        return [os.path.join(at, name) for at, _, names in os.walk(self.site) for name in names
                if name.startswith(("cache-", "changes-", "seal-"))]

    def quick(self):
        """The states of the files that a build leaves which changed little (build/edit.h)."""
        return {path: os.stat(path).st_mtime_ns for path in self.caches() if "changes-" in path}

    def cache_cut(self):
        for path in self.caches():
            os.truncate(path, self.random.randint(0, os.path.getsize(path)))
        return "the cache cut off"

    def cache_flipped(self):
        for path in filter(os.path.getsize, self.caches()):
            with open(path, "r+b") as file:
                at = self.random.randint(0, os.path.getsize(path) - 1)
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << self.random.randint(0, 7)]))
        return "a bit of the cache flipped"

    def killed(self):
        build = subprocess.Popen(self.command(self.out, []), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        try:
            build.wait(timeout=self.random.random() * 0.15)
        except subprocess.TimeoutExpired:
            build.kill()
            build.wait()
        return "a build was killed"

    # ---- builds

    def command(self, out, more):
        return [self.copse, "build", *self.where(), "-o", out, "--no-progress", "--format", "json",
                "--now", self.rfc(), *self.more, *more]

    def where(self):
        """What is built: the work tree, a commit, or the same commit out of a bare clone."""
        if self.in_bare:
            return ["-C", self.bare, "--rev", self.revision]
        return ["-C", self.site] + (["--rev", self.revision] if self.revision else [])

    def choose_revision(self):
        """A commit now and then, after the edits of this step were committed."""
        self.revision, self.in_bare = None, False
        if not self.has_git() or self.random.random() > 0.12:
            return None
        self.commit()
        revision = self.random.choice(["HEAD", "HEAD", "HEAD~1", "HEAD~2"])
        found = subprocess.run(["git", "rev-parse", "-q", "--verify", revision], cwd=self.site, capture_output=True,
                               text=True, check=False).stdout.strip()
        if not found:
            return None
        self.revision = found
        if self.random.random() < 0.4:
            self.git("init", "-q", "--bare", self.bare)
            self.git("push", "-qf", self.bare, f"{found}:refs/heads/built", f"{found}:refs/heads/main", "HEAD:refs/heads/all")
            self.in_bare = True
            return f"a build of {revision} in a bare clone"
        return f"a build of {revision}"

    def rfc(self):
        import datetime
        return datetime.datetime.fromtimestamp(self.now, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def build(self, out, more):
        done = subprocess.run(self.command(out, more), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.replace(out, "OUT"), done.stderr.replace(out, "OUT")

    @staticmethod
    def tree(folder):
        found = {}
        for at, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(at, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = hashlib.md5(file.read()).hexdigest()
        return found

    def compare(self, edits):
        out = self.out + "-bare" if self.in_bare else self.out  # another repository does not know its output
        made = self.left_alone(self.build(out, []))
        if self.random.random() < 0.3:  # a build after which nothing happened must say the same
            self.waited()
            made = self.build(out, [])
            made = self.left_alone(self.build(out, []))
        clean = self.clean_build()
        wrong = []
        if made[0] != clean[0]:
            wrong.append(f"exit status {made[0]}, a clean build's is {clean[0]}:\n{made[1]}{made[2]}{clean[1]}{clean[2]}")
        if made[0] in (0, 1) and self.problems(made[1]) != self.problems(clean[1]):
            wrong.append(f"messages differ:\n{made[1]}\n--- clean:\n{clean[1]}")
        if clean[0] == 0:
            mine, theirs = self.tree(out), self.tree(self.clean)
            for path in sorted(set(mine) | set(theirs)):
                if mine.get(path) != theirs.get(path):
                    wrong.append(f"{path}: " + ("is left over" if path not in theirs else
                                                "is missing" if path not in mine else "differs"))
        if wrong:
            print(f"not ok {self.step} after: {'; '.join(edits)}")
            for line in wrong[:12]:
                print("#   " + line.replace("\n", "\n#   "))
        return not wrong, clean[0]

    def clean_build(self):
        """Nine of ten take the pictures that clean builds before made, which are most of the work; a picture that was
        wrongly taken for another is still wrong at the tenth."""
        cache = os.path.join(self.root, "clean-cache")
        shutil.rmtree(self.clean, ignore_errors=True)
        for name in os.listdir(cache) if os.path.isdir(cache) else ():
            path = os.path.join(cache, name)
            if not os.path.isdir(path):
                os.remove(path)
            elif name != "pictures" or self.step % 10 == 0:
                shutil.rmtree(path)
        return self.build(self.clean, ["--force", "--cache", cache])

    def left_alone(self, made):
        """A file that somebody changed and that is no longer part of the site is left and told of: by intention the
        one difference to a clean build. The message is taken out here, and the file away."""
        status, text, errors = made
        told = re.findall(r'"message":"OUT[^"/]*/([^"]*) is no longer part of the site', text)
        if not told:
            return made
        for path in told:
            for out in (self.out, self.out + "-bare"):
                if os.path.exists(os.path.join(out, path)):
                    os.remove(os.path.join(out, path))
        lines = text.split("\n")
        kept = [line for line in lines if '"code":"changed-output"' not in line]
        count = len(told)
        text = re.sub(r'"warnings":(\d+)', lambda at: f'"warnings":{int(at.group(1)) - count}', "\n".join(kept), count=1)
        return status, text.replace('},\n]}', '}\n]}'), errors

    @staticmethod
    def problems(text):
        start = text.find("{")
        return text[start:] if start >= 0 else text

    def undo(self, backup):
        for name in ("content", "layouts", "assets"):
            shutil.rmtree(os.path.join(self.site, name), ignore_errors=True)
            saved = os.path.join(backup, name)
            if os.path.isdir(saved):
                shutil.copytree(saved, os.path.join(self.site, name))

    def save(self):
        backup = os.path.join(self.root, "backup")
        shutil.rmtree(backup, ignore_errors=True)
        for name in ("content", "layouts", "assets"):
            path = os.path.join(self.site, name)
            if os.path.isdir(path):
                shutil.copytree(path, os.path.join(backup, name))
        return backup


EDITS = ("body body body first_paragraph title title tags date draft expires location member_lists "
         "event_time featured series new_article new_article new_comment remove rename alias layout "
         "own_layout picture picture picture_changed picture_changed nothing nothing waited waited moment moment ignored empty_folder settings menu_page registry roster word tag_words asset later later earlier "
         "committed branch output_removed output_edited cache_cut cache_flipped killed").split() + MORE


TEXTS = "body body sentence sentence sentence unsaid first_paragraph waited".split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("copse")
    parser.add_argument("site")
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--at", type=int, default=1780315200, help="the moment of the first build, seconds since 1970")
    parser.add_argument("--texts", action="store_true", help="mostly of texts alone")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randint(0, 10**6)
    print(f"# seed {seed}, {arguments.edits} edits", flush=True)
    site = Site(arguments.copse, arguments.site, seed, arguments.at)
    passed = failed = published = quick = 0
    kinds = TEXTS * 40 + EDITS if arguments.texts else EDITS
    if arguments.texts and site.random.random() < 0.4:
        path = os.path.join(site.site, "content/site.yml")
        site.write(path, re.sub(r"(?m)^search:.*\n", "", site.read(path)) + "\nsearch: false\n")
    backup = site.save()
    while site.step < arguments.edits:
        edits = []
        for _ in range(site.random.choice([1, 1, 1, 2, 4])):
            done = getattr(site, site.random.choice(kinds))()
            if done:
                edits.append(done.replace(site.root + "/", ""))
        site.step += 1
        done = site.choose_revision()
        edits += [done] if done else []
        before = site.quick()
        good, status = site.compare(edits)
        quick += site.quick() != before
        passed, failed = passed + good, failed + (not good)
        if status == 0:
            published += 1
            if site.step % 5 == 0:
                backup = site.save()
        else:
            site.undo(backup)  # a site with errors publishes nothing: back to a good one
            site.more = []
        if failed:
            break
    if arguments.keep or failed:
        print(f"# kept: {site.root}")
    else:
        shutil.rmtree(site.root)
    print(f"# {published} of the sites could be published, {quick} by an edit of texts alone")
    print(f"{passed} passed, {failed} failed")
    if published * 50 < passed:
        print("not ok: hardly any of these sites was free of errors, so this shows nothing")
        return True
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
