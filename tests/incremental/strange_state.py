#!/usr/bin/env python3
"""What a build finds of the one before may be of another version, machine or repository, damaged, in somebody else's
hands, or from the future: the site stays whole, and comes out as a clean build makes it.

    tests/incremental/strange_state.py COPSE [--seed N] [--times N] [--only WORD] [--keep]

--times says how often what is done at random is done. Prints TAP lines and ends with a count."""
import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

from broken_off import Broken, small_site, with_disk

SKIP = "# skip"


class Strange(Broken):
    """Each method that begins with a `try_` returns what was wrong, a list of lines, or why it was skipped."""

    # ---- helpers

    def start(self):
        self.prepare(["search: true", *(["compress: [gz]"] if self.random.random() < 0.5 else [])])
        self.more = []
        for _ in range(3):
            self.new_article()
        self.commit()
        self.build(self.out, [])
        self.waited()

    def check(self, words, expect=0):
        """Builds and compares with a clean build."""
        self.step += 1
        made = self.build(self.out, [])
        for folder in (self.clean, self.root + "/clean-cache"):
            shutil.rmtree(folder, ignore_errors=True)
        clean = self.build(self.clean, ["--force", "--cache", self.root + "/clean-cache"])
        wrong = []
        if made[0] != expect or clean[0] != 0:
            wrong.append(f"{words}: exit status {made[0]}: {made[1]}{made[2]}{clean[1]}")
        now, after = self.tree(self.out), self.tree(self.clean)
        for path in sorted(set(now) | set(after)):
            if now.get(path) != after.get(path):
                wrong.append(f"{words}: {path} " + ("is left over" if path not in after else
                                                    "is missing" if path not in now else "differs"))
        return wrong

    def edited_text(self):
        """As an editor leaves it that a build of texts alone can follow."""
        path = self.pick("content/articles")
        self.write(path, re.sub(r"\n\nThe .* time\.\n", "", self.read(path)) +
                   f"\n\nThe {self.words(3)} zq{self.step} time.\n")
        self.waited()

    def edited_much(self):
        old = [path for path in self.files("content/articles") if "new-" in path]
        if len(old) > 3:
            os.remove(self.random.choice(old))
        self.new_article()
        self.key(self.pick("content/articles"), "title", self.words(3))
        self.waited()

    def text_of(self, copse, more=()):
        """The words of a build, as a person sees them."""
        command = [part for part in self.command(self.out, ["-v", *more]) if part not in ("--format", "json")]
        done = subprocess.run([*copse, *command[1:]], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    # ---- of another version

    def try_another_program(self):
        """The program that wrote the cache was replaced by another one."""
        copy = os.path.join(self.root, "copse")
        shutil.copy(self.copse, copy)
        self.text_of([copy])
        _, before = self.text_of([copy])
        with open(copy, "rb") as file:
            bytes_of = file.read()
        os.remove(copy)
        with open(copy, "wb") as file:
            file.write(bytes_of)
        os.chmod(copy, 0o755)
        status, after = self.text_of([copy])
        wrong = [] if "nothing changed since" in before else [f"the same program made something: {before}"]
        if status != 0 or "nothing is known of an earlier build" not in after:
            wrong.append(f"another program took the first one's cache: {after}")
        return wrong + self.check("another program")

    def try_a_program_without_a_file(self):
        """Started by the dynamic linker, a program's own file is not what the system says that it is; of two such
        that lie at one path the second must not take what the first left."""
        linker = next((path for path in ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
                       if os.path.exists(path)), None)
        copy = os.path.join(self.root, "copse")
        shutil.copy(self.copse, copy)
        notes = subprocess.run(["readelf", "-n", copy], capture_output=True, text=True, check=False).stdout \
            if shutil.which("readelf") else ""
        found = re.search(r"Build ID: ([0-9a-f]+)", notes)
        if not linker or not found or b"__asan" in open(copy, "rb").read():
            return f"{SKIP} no dynamic linker or no readelf here, or a program that cannot be started so"
        self.text_of([linker, copy])
        _, before = self.text_of([linker, copy])
        with open(copy, "rb") as file:
            program = file.read()
        old = bytes.fromhex(found.group(1))
        with open(copy, "wb") as file:  # the same path, size and inode
            file.write(program.replace(old, old[::-1]))
        status, after = self.text_of([linker, copy])
        wrong = [] if "nothing changed since" in before else [f"the same program made something: {before}"]
        if status != 0 or "nothing is known of an earlier build" not in after:
            wrong.append(f"another program took the first one's cache: {after}")
        return wrong + self.check("a program without a file")

    # ---- of another machine or repository

    def try_copied_elsewhere(self):
        """A site that was copied with its output and all that is known of it, as a runner's cache brings it back."""
        wrong = []
        for edit in (lambda: None, self.edited_text, self.edited_much):
            moved = self.site + "-moved"
            os.rename(self.site, moved)
            shutil.copytree(moved, self.site, symlinks=True)
            shutil.rmtree(moved)
            out = self.out + "-moved"
            os.rename(self.out, out)
            shutil.copytree(out, self.out)
            shutil.rmtree(out)
            edit()
            wrong += self.check("copied elsewhere and back")
        return wrong

    def try_another_repository(self):
        """Another site at the same place, with the first one's caches and output."""
        kept = os.path.join(self.root, "kept")
        shutil.move(os.path.join(self.site, ".git/copse"), kept)
        other = small_site(self.copse, 77)
        other.key(os.path.join(other.site, "content/articles/welcome.md"), "title", "Another site")
        os.remove(os.path.join(other.site, "content/articles/second.md"))
        other.commit()
        shutil.rmtree(self.site)
        shutil.move(other.site, self.site)
        shutil.rmtree(other.root)
        shutil.move(kept, os.path.join(self.site, ".git/copse"))
        return self.check("another repository's cache")

    def try_output_of_another_repository(self):
        """That it cannot know: it says so, and changes nothing."""
        shutil.rmtree(os.path.join(self.site, ".git/copse"))
        self.key(os.path.join(self.site, "content/articles/welcome.md"), "title", "Another site")
        before = self.tree(self.out)
        status, said = self.text_of([self.copse])
        wrong = [] if status == 1 and "copse did not put it there" in said and "Move it away" in said else [said]
        return wrong + ([] if self.tree(self.out) == before else ["the output changed"])

    # ---- damaged

    def state_files(self):
        return [path for folder in self.state_folders() for path in sorted(self.files_of(folder))]

    @staticmethod
    def files_of(folder):
        return [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]

    def damage(self, path):
        size = os.path.getsize(path)
        kind = self.random.choice(["cut", "flip", "flip", "flip", "zero", "grow", "empty", "gone"])
        at = self.random.randrange(max(size, 1))
        if self.random.random() < 0.4:
            at = min(at, self.random.randrange(400))  # heads
        with open(path, "rb") as file:
            words = [found.start() for found in re.finditer(rb"zq\d", file.read())]
        if words and self.random.random() < 0.5:
            kind, at = "flip", self.random.choice(words)  # a text of the site
        if kind == "gone" and "manifest-" in path and not path.endswith("-changes"):
            kind = "cut"  # without one an output is foreign: try_output_of_another_repository()
        if kind == "cut":
            os.truncate(path, at)
        elif kind == "empty":
            os.truncate(path, 0)
        elif kind == "gone":
            os.remove(path)
        else:
            with open(path, "r+b") as file:
                if kind == "grow":
                    file.seek(0, os.SEEK_END)
                    file.write(b"\0more\n" * 3)
                else:
                    file.seek(at)
                    was = file.read(1 if kind == "flip" else 64) or b"x"
                    file.seek(at)
                    file.write(bytes([was[0] ^ 1 << self.random.randrange(8)]) if kind == "flip" else bytes(len(was)))
        return f"{os.path.basename(path)}: {kind} at {at} of {size}"

    def damaged(self, word):
        """Builds that leave such a file, damage to it, and an edit before or after."""
        path = os.path.join(self.site, "content/site.yml")
        self.write(path, self.read(path).replace("compress: [gz]\n", ""))  # a build with it is always a whole one
        wrong, seen = [], 0
        for turn in range(self.times * 4):
            self.edited_much() if turn % 3 == 0 else self.edited_text()
            self.build(self.out, [])
            if turn % 3:
                self.edited_text()
                self.build(self.out, [])
            found = [path for path in self.state_files() if word(os.path.basename(path))]
            told = [self.damage(path) for path in found]
            seen += len(found)
            edit = self.random.choice([self.edited_text, self.edited_text, self.edited_much, lambda: None])
            edit()
            wrong += self.check("; ".join(told) + f", then {edit.__name__}")
            if len(wrong) > 5:
                break
        return wrong if seen else ["there was no such file"]

    def try_damaged_cache(self):
        return self.damaged(lambda name: name.startswith("cache-"))

    def try_damaged_changes_of_the_cache(self):
        return self.damaged(lambda name: name.startswith("changes-"))

    def try_damaged_manifest(self):
        return self.damaged(lambda name: name.startswith("manifest-") and not name.endswith("-changes"))

    def try_damaged_changes_of_the_manifest(self):
        return self.damaged(lambda name: name.endswith("-changes"))

    def try_damaged_history(self):
        return self.damaged(lambda name: name.startswith("history-"))

    # ---- at once

    def try_two_builds_at_once(self):
        """The second says who is at work, and since when; the first is not disturbed."""
        wrong = []
        for edit in (self.edited_much, self.edited_text):
            edit()
            environment = with_disk(self.disk, DISK_MODE="stop", DISK_AT="12")
            first = subprocess.Popen(self.command(self.out, ["-j1"]), env=environment, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
            os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
            before = self.tree(self.out)
            began = time.time()
            status, said = self.text_of([self.copse])
            told = re.search(r"another build is writing .*process (\d+), since (\S+)\)", said)
            if status != 3 or not told or int(told.group(1)) != first.pid or "Wait until it is done" not in said:
                wrong.append(f"status {status}: {said}")
            elif abs(self.seconds(told.group(2)) - began) > 60:
                wrong.append(f"since {told.group(2)}, at {began}")
            if self.tree(self.out) != before:
                wrong.append("the second changed the output")
            first.send_signal(signal.SIGCONT)
            if first.wait() != 0:
                wrong.append(f"the first ended with {first.returncode}")
            wrong += self.check("after two builds at once")
        return wrong

    @staticmethod
    def seconds(text):
        import datetime
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    def try_many_builds_and_edits_at_once(self):
        """The files are put in their places whole: of half a file a build would rightly say what is wrong with it."""
        wrong = []
        self.write = self.write_beside
        for _ in range(self.times):
            builds = []
            for _ in range(5):
                self.random.choice([self.edited_text, self.edited_text, self.edited_much])()
                builds.append(subprocess.Popen(self.command(self.out, []), text=True, stdout=subprocess.PIPE,
                                               stderr=subprocess.STDOUT))
                time.sleep(self.random.random() * 0.02)
            for build in builds:
                said = build.communicate()[0]
                if build.returncode not in (0, 3):
                    wrong.append(f"exit status {build.returncode}: {said}")
            wrong += self.check("after many builds at once")
        del self.write
        return wrong

    # ---- the clock

    def try_clock_that_jumps(self):
        """The clock is a day ahead, is put right, then is a day slow; there is an article of in between."""
        wrong = []
        at = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 43200))
        self.write(os.path.join(self.site, "content/articles/tomorrow.md"),
                   f"---\ntitle: Tomorrow\ndate: {at}\n---\n\nNot yet.\n")
        command = [part for part in self.command(self.out, [])]
        at = command.index("--now")
        plain = command[:at] + command[at + 2:]
        for ahead in [86400, 0, -86400, 3, 0, -1, 0, 400 * 86400, 0][:3 + self.times]:
            for edit in (lambda: None, self.edited_text, self.edited_much):
                edit()
                environment = with_disk(self.disk, CLOCK_AHEAD=ahead)
                made = subprocess.run(plain, env=environment, capture_output=True, text=True, check=False)
                if self.random.random() < 0.5:
                    edit()
                    made = subprocess.run(plain, env=environment, capture_output=True, text=True, check=False)
                shutil.rmtree(self.clean, ignore_errors=True)
                shutil.rmtree(self.root + "/clean-cache", ignore_errors=True)
                clean = subprocess.run([*[part.replace(self.out, self.clean) for part in plain], "--force", "--cache",
                                        self.root + "/clean-cache"], env=environment, capture_output=True, text=True,
                                       check=False)
                if made.returncode != 0 or clean.returncode != 0:
                    wrong.append(f"{made.stdout}{made.stderr}{clean.stdout}")
                if self.tree(self.out) != self.tree(self.clean):
                    wrong.append(f"not what a clean build makes, with the clock {ahead} s ahead")
                self.step += 1
        return wrong

    # ---- a small disk

    def try_a_disk_too_small(self):
        """A file system of its own, of sizes that the output, the cache or both do not fit into."""
        if os.geteuid() != 0:
            return f"{SKIP} only root can make a small disk"
        disk = os.path.join(self.root, "disk")
        os.makedirs(disk)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=False,
                          capture_output=True).returncode != 0:
            return f"{SKIP} no tmpfs can be mounted here"
        try:
            return self.on_small_disk(disk)
        finally:
            subprocess.run(["umount", disk], check=False)

    def on_small_disk(self, disk):
        wrong = []
        out, cache = os.path.join(disk, "out"), os.path.join(disk, "cache")
        for which in ("out", "cache", "both"):
            out = os.path.join(disk if which != "cache" else self.root, f"out-{which}")
            cache = os.path.join(disk if which != "out" else self.root, f"cache-{which}")
            self.out = out
            self.more = ["--cache", cache]
            failed = went = 0
            for turn in range(self.times * 6):
                self.edited_text() if turn % 2 else self.edited_much()
                if turn % 5 == 0:
                    shutil.rmtree(cache, ignore_errors=True)
                    shutil.rmtree(out, ignore_errors=True)
                before = self.tree(out)
                ballast = os.path.join(disk, "ballast")
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                with open(ballast, "wb") as file:
                    os.posix_fallocate(file.fileno(), 0, max(1, free - 4096 * self.random.choice(
                        [0, 1, 2, 5, 10, 20, 40, 60, 80, 120, 200, 300, 500])))
                status, said = self.text_of([self.copse])
                failed, went = failed + (status != 0), went + (status == 0)
                os.remove(ballast)
                if status not in (0, 3) or status == 3 and "the disk is full" not in said:
                    wrong.append(f"{which}: status {status}: {said}")
                for path in self.tree(out):
                    if ".copse" in path:
                        wrong.append(f"{which}: {path} lies about")
                if status == 3 and set(before) - set(self.tree(out)):
                    wrong.append(f"{which}: a file is gone")
                wrong += self.check(f"after a full disk ({which})")
                if len(wrong) > 5:
                    return wrong
            print(f"# {which}: {failed} builds did not fit, {went} did", flush=True)
        return wrong

    def build(self, out, more):
        # A clean build has its own cache.
        kept, self.more = self.more, [] if "--cache" in more else self.more
        try:
            return super().build(out, more)
        finally:
            self.more = kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("copse")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randint(0, 10**6)
    print(f"# seed {seed}")
    passed = failed = 0
    for name in [name for name in dir(Strange) if name.startswith("try_") and arguments.only in name]:
        site = small_site(arguments.copse, seed, Strange)
        site.times = arguments.times
        site.start()
        words = name[4:].replace("_", " ")
        wrong = getattr(site, name)() if site.disk else f"{SKIP} no C compiler is installed"
        if isinstance(wrong, str):
            print(f"ok {words} {wrong}")
        else:
            print(f"{'not ok' if wrong else 'ok'} {words}", flush=True)
            for line in wrong[:8]:
                print("#   " + line.replace("\n", "\n#   "), flush=True)
            passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong and not isinstance(wrong, str) or arguments.keep:
            print(f"# kept: {site.root}")
        else:
            shutil.rmtree(site.root, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
