"""Edits of what a site has besides its articles' texts: site.yml, registries, words, layouts that ask for this and
that, whole folders, the repository itself. Mixed into edits.py's Site, which has the helpers."""
import os
import re
import shutil

# Values of site.yml that change the site and are no mistakes; None takes the key out.
SETTINGS = {
    "title": ["The Guild", "A guild & friends", "La guilde"],
    "url": ["https://guild.example.org", "https://example.org/guild", "https://other.example"],
    "description": ["Another line.", "We help.", None],
    "languages": ["[en, fr]", "[en]", "[en, fr, de]", "[fr, en]"],
    "language": ["en", "fr", None],
    "prefix_default": ["true", "false", None],
    "timezone": ["America/Halifax", "UTC", "Asia/Kolkata", "Pacific/Auckland"],
    "paginate": ["1", "2", "5", None],
    "permalinks": ["{articles: /:year/:slug/}", "{events: /when/:slug/}", None],
    "rules": ["{dead-fragment: off}", "{unknown-key: off, dead-link: warning}", None],
    "repository": ["https://git.example.org/guild/site", "https://github.com/guild/site", None],
    "branch": ["main", "live", None],
    "feeds": ["{content: full}", "{content: summary, entries: 2}", "{entries: 1}", "{tags: false}", "{members: false}",
              None],
    "compress": ["[gz]", "[gz, br, zst]", "[zst]", "[br]", None],
    "designations": ["{former: show}", "{former: hide}", "{credentials: false}", None],
    "directory": ["{sort: family}", "{sort: family, particles: [de, van]}", None],
    "comments": ["off", "closed", "open", None],
    "calendar": ["{past_days: 10}", "{ahead_days: 30, cancelled_days: 1}", "{tags: false, events: false}", None],
    "search": ["true", "false", None],
    "embeds": ["usual", "[video.example.org]", None],
    "organisation": ["{name: A guild, url: https://guild.example.org}", "{name: Another}", None],
    "social": ["[{label: Forum, url: https://forum.example.org}]",
               "[{label: Forum, url: https://forum.example.org, members: 1200}]", None],
    "fallback": ["{fr: en}", None],
    "pictures": ["{format: avif}", "{svg: articles}", "{social: true}", None],
    "motto": ["Together", "Alone", None],  # a key of the site's own, for its layouts
}

# What a layout of the site's own may ask for; each reads other facts.
QUESTIONS = [
    "{{ site.articles.size }} {{ site.members.size }} {{ site.events.size }} {{ site.pages.size }}",
    "{% for a in site.articles limit: 2 %}{{ a.title }}|{{ a.author.name }};{% endfor %}",
    "{% for m in site.members %}{{ m.name }} {{ m.location }} {{ m.post_nominals }};{% endfor %}",
    "{% for e in site.events %}{{ e.title }} {{ e.start | date: '%F' }};{% endfor %}",
    "{% for t in site.tags %}{{ t.name }} {{ t.articles.size }};{% endfor %}",
    "{% for d in site.designations %}{{ d.code }} {{ d.name }} {{ d.holders.size }};{% endfor %}",
    "{{ site.time | date: '%F %H:%M' }}",
    "{{ site.data.note.text }} {{ site.data.more }}",
    "{{ site.motto }} {{ site.title }} {{ site.url }} {{ site.description }}",
    "{% for p in site.pages %}{{ p.title }}{{ p.url }};{% endfor %}",
    "{% for a in site.articles %}{{ a.content | strip_html | truncate: 30 }}{% endfor %}",
    "{% for a in site.articles %}{% for c in a.comments %}{{ c.author.name }}{% endfor %}{% endfor %}",
    "{{ page.title }} {{ page.url }} {{ page.date | date: '%F' }} {{ page.modified | date: '%F' }}",
    "{% for t in page.translations %}{{ t.url }};{% endfor %}",
    "{% for a in page.related %}{{ a.title }};{% endfor %}{{ page.newer.title }}{{ page.older.title }}",
]

WORD_KEYS = ["newsfeed", "title_articles", "title_tags", "title_members", "updated", "contents", "by", "with", "page",
             "reading_time", "next_events", "all_articles", "language_fr", "skip", "menu"]


class MoreEdits:
    def setting(self):
        return self.settings_of(1)

    def settings_of(self, count):
        path = os.path.join(self.site, "content/site.yml")
        told = []
        for _ in range(count):
            name = self.random.choice(sorted(SETTINGS))
            value = self.random.choice(SETTINGS[name])
            text = re.sub(rf"(?m)^{name}:[^\n]*\n([ -][^\n]*\n)*", "", self.read(path))
            self.write(path, text.rstrip("\n") + (f"\n{name}: {value}\n" if value else "\n"))
            told.append(f"{name}: {value}")
        return "site.yml " + ", ".join(told)

    def some_settings(self):
        return self.settings_of(3)

    # ---- registries

    def lines_of(self, name, line, chance_of_removal=0.15):
        """Adds, takes away or replaces a line of a file that is a list with an item a line."""
        path = os.path.join(self.site, "content", name)
        lines = self.read(path).splitlines() if os.path.exists(path) else []
        turn = self.random.random()
        if lines and turn < chance_of_removal:
            os.remove(path)
            return f"{name} removed"
        if lines and turn < 0.4:
            lines.pop(self.random.randrange(len(lines)))
        elif lines and turn < 0.5:
            self.random.shuffle(lines)
        else:
            lines.append(line)
        self.write(path, "\n".join(lines) + "\n")
        return f"{name}: {line}"

    def designation(self):
        code = self.random.choice(["MCRS", "CRA", "NEW", "OLD"])
        return self.lines_of("designations.yml", f"- {{code: {code}, name: {self.words(2)}, level: {self.words(1)}, "
                             f"url: https://example.org/{self.step}}}", 0.02)

    def grant(self):
        member = self.pick("content/members")
        slug = re.sub(r"(/index)?(\.fr)?\.md$", "", os.path.relpath(member, os.path.join(self.site, "content/members"))) \
            if member else "nobody"
        more = self.random.choice(["", ", until: 2026-07-01", ", revoked: 2026-03-01", ", until: 2031-01-01"])
        return self.lines_of("roster.yml", f"- {{member: {slug}, code: {self.random.choice(['MCRS', 'CRA'])}, "
                             f"since: 20{self.random.randint(10, 25)}-05-01{more}}}", 0.1)

    def tag_line(self):
        tag = self.random.choice(["résumés", "career", "mentor", "interview", "clinic"])
        more = self.random.choice([f", description: {self.words(3)}", ", synonyms: [network, practice]", ", parent: career",
                                   f", name: {{en: {self.words(1)}, fr: {self.words(1)}}}", ", synonyms: [CV]"])
        return self.lines_of("tags.yml", f"- {{tag: {tag}{more}}}")

    def removed_member(self):
        name = self.random.choice(["jo-tremblay", "emile-roy", "someone"])
        path = os.path.join(self.site, "content/members/removed.yml")
        if os.path.exists(path):
            os.remove(path)
            return "removed.yml removed"
        self.write(path, f"{name}: {self.random.choice(['A name', 'null'])}\n")
        return f"{name} must not be published"

    def words_file(self):
        lang = self.random.choice(["en", "fr", "de"])
        path = os.path.join(self.site, f"content/i18n/{lang}.yml")
        keys = self.random.sample(WORD_KEYS, 3)
        self.write(path, "".join(f"{key}: {self.words(1)}\n" for key in keys))
        return f"words of {lang}: {keys}"

    def data(self):
        path = os.path.join(self.site, "content/data", self.random.choice(["note.yml", "more.yml", "deep/note.yml"]))
        if os.path.exists(path) and self.random.random() < 0.4:
            os.remove(path)
            return f"{path} removed"
        self.write(path, f"text: {self.words(2)}\n")
        return f"data {path}"

    # ---- entries

    def article_key(self):
        path = self.pick("content/articles")
        name, value = self.random.choice([
            ("slug", f"slug-{self.random.randint(1, 4)}"), ("author", "jo-tremblay"), ("author", "Someone Else"),
            ("authors", "[emile-roy, jo-tremblay]"), ("editor", "Kim"), ("with", "[jo-tremblay, Max]"),
            ("updated", f"2026-05-{self.random.randint(10, 28)}"), ("noindex", "true"), ("noindex", "false"),
            ("description", self.words(5)), ("comments", "closed"), ("comments", "open"), ("layout", "page"),
            ("layout", "article"), ("lang", "fr"), ("lang", "en"), ("note", self.words(2))])
        return path and self.key(path, name, value)

    def member_key(self):
        path = self.pick("content/members")
        name, value = self.random.choice([
            ("designations", "[CRA]"), ("designations", "[MCRS, CRA]"), ("designations", "[]"),
            ("roles", f"[{{team: {self.words(1)}, title: {self.words(1)}}}]"), ("roles", "[{team: Board, title: Chair}]"),
            ("links", f"[{{label: Site, url: 'https://example.org/{self.step}'}}]"), ("joined", "2020-01-01"),
            ("pronouns", "they"), ("sort_name", self.words(1)), ("slug", f"member-{self.random.randint(1, 3)}"),
            ("email", "jo@example.org"), ("github", "jo"), ("aliases", f"[/people/{self.step}/]")])
        return path and self.key(path, name, value)

    def event_key(self):
        path = self.pick("content/events")
        name, value = self.random.choice([
            ("start", f"2026-0{self.random.randint(4, 9)}-1{self.random.randint(0, 9)} 18:00"), ("repeat", "FREQ=WEEKLY;COUNT=5"),
            ("repeat", "FREQ=MONTHLY;COUNT=3"), ("repeat", ""), ("cancelled", "true"), ("cancelled", "false"),
            ("online", f"https://meet.example.org/{self.step}"), ("registration", "https://example.org/in"),
            ("price", self.words(1)), ("sold_out", "true"), ("speakers", "[jo-tremblay, Kim]"), ("organiser", "emile-roy"),
            ("timezone", "Europe/Paris"), ("credits", "2"), ("credits", "{CRA: 1.5}"), ("uid", f"u{self.step}@example.org"),
            ("end", "")])
        return path and self.key(path, name, value)

    def page_key(self):
        path = self.pick("content/pages")
        name, value = self.random.choice([
            ("menu", "true"), ("menu", "false"), ("slug", f"page-{self.random.randint(1, 3)}"), ("noindex", "true"),
            ("description", self.words(4)), ("aliases", f"[/gone/{self.step}/]"), ("layout", "article"), ("layout", "page")])
        return path and self.key(path, name, value)

    def comment_key(self):
        path = self.pick("content/comments")
        name, value = self.random.choice([
            ("author", "jo-tremblay"), ("author", "Kim Lee"), ("date", f"2026-03-{self.random.randint(10, 28)}"),
            ("reply_to", "2026-02-11-emile")])
        return path and self.key(path, name, value)

    def new_member(self):
        path = os.path.join(self.site, f"content/members/member-{self.step}.md")
        self.write(path, f"---\nname: {self.words(2)}\nlocation: {self.words(1)}\nroles: [{{team: Board, title: {self.words(1)}}}]\n"
                         f"services: [{self.words(1)}]\n---\n\n{self.words(9)}\n")
        return f"new {path}"

    def new_event(self):
        path = os.path.join(self.site, f"content/events/event-{self.step}.md")
        self.write(path, f"---\ntitle: {self.words(3)}\nstart: 2026-0{self.random.randint(5, 9)}-12 18:00\n"
                         f"tags: [{self.words(1)}]\nspeakers: [{self.random.choice(['jo-tremblay', 'Kim'])}]\n---\n\n{self.words(9)}\n")
        return f"new {path}"

    def new_page(self):
        path = os.path.join(self.site, f"content/pages/{self.random.choice(['', 'deep/'])}page-{self.step}.md")
        self.write(path, f"---\ntitle: {self.words(2)}\n---\n\n[members](/members/) {self.words(9)}\n")
        return f"new {path}"

    def translation(self):
        """A second language beside an entry, or what stands beside it taken away."""
        path = self.record()
        if not path or "/comments/" in path or "/fr/" in path:
            return None
        other = path[:-3] + ".fr.md" if not path.endswith(".fr.md") else path[:-6] + ".md"
        if os.path.exists(other):
            os.remove(path)
            return f"{path} removed, its translation stays"
        self.write(other, self.read(path))
        return f"{path} has a translation"

    def link(self):
        """From one entry to another, or to a part of it."""
        path, other = self.record(), self.record()
        if not path or not other:
            return None
        target = os.path.relpath(other, os.path.dirname(path))
        self.write(path, self.read(path) + f"\n[there]({target}{self.random.choice(['', '#top', '#career'])})\n")
        return f"{path} links to {target}"

    # ---- files and folders

    def file_removed(self):
        path = self.pick(self.random.choice(["layouts", "assets", "content"]),
                         self.random.choice([".png", ".html", ".css", ".gif", ".yml"]))
        if not path or path.endswith("site.yml"):
            return None
        os.remove(path)
        return f"{path} removed"

    def file_renamed(self):
        path = self.pick(self.random.choice(["layouts", "assets", "content/articles"]),
                         self.random.choice([".png", ".html", ".css", ".gif"]))
        if not path:
            return None
        os.rename(path, os.path.join(os.path.dirname(path), f"r{self.step}-" + os.path.basename(path)))
        return f"{path} renamed"

    def folder_moved(self):
        """Articles into a folder of their own, or back; an article's page into its bundle."""
        path = self.pick("content/articles")
        if not path or "index" in os.path.basename(path):
            return None
        base = os.path.basename(path)[:-3]
        to = self.random.choice([f"content/articles/moved/{base}.md", f"content/articles/{base}.md",
                                 f"content/articles/{base.split('.')[0]}/index.md"])
        to = os.path.join(self.site, to)
        if os.path.exists(to):
            return None
        os.makedirs(os.path.dirname(to), exist_ok=True)
        os.rename(path, to)
        return f"{path} moved to {to}"

    def kind_removed(self):
        folder = os.path.join(self.site, "content", self.random.choice(["comments", "events", "pages", "fr"]))
        if not os.path.isdir(folder) or self.random.random() < 0.7:
            return None
        shutil.rmtree(folder)
        return f"{folder} removed"

    def root_asset(self):
        name = self.random.choice(["robots.txt", "CNAME", ".well-known/security.txt", "_headers"])
        path = os.path.join(self.site, "assets/root", name)
        if os.path.exists(path):
            os.remove(path)
            return f"{path} removed"
        self.write(path, f"# {self.step}\n")
        return f"{path}"

    def theme_asset(self):
        """One of the theme's own files, replaced."""
        path = os.path.join(self.site, "assets", self.random.choice(["style.css", "tones.css", "filter.js"]))
        if os.path.exists(path):
            os.remove(path)
            return f"{path} taken back"
        self.write(path, f"body {{ margin: {self.step}px }}\n")
        return f"own {path}"

    def disguised(self):
        """Another text of the same length, with the time of the old one."""
        path = self.record()
        if not path:
            return None
        text = self.read(path)
        changed = re.sub(r"[aeiou](?=[^\n]*\n?$)", lambda at: "u" if at.group() != "u" else "a", text, count=1)
        stat = os.stat(path)
        self.write(path, changed)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"{path} changed behind its time"

    def replaced(self):
        """By a file of the same bytes: nothing changes but the inode."""
        path = self.record()
        if not path:
            return None
        shutil.copy2(path, path + ".new")
        os.rename(path + ".new", path)
        return f"{path} replaced by itself"

    # ---- layouts

    def question(self):
        """A layout or a partial of the site's own that asks for something else."""
        name = self.random.choice(["article.html", "member.html", "event.html", "home.html", "tag.html", "page.html",
                                   "designation.html", "404.html"])
        ask = self.random.choice(QUESTIONS)
        partial = self.random.random() < 0.4
        if partial:
            self.write(os.path.join(self.site, "layouts/includes/asked.html"), ask + "\n")
            ask = "{% include asked.html %}"
        self.write(os.path.join(self.site, "layouts", name),
                   f"<!doctype html><html lang=\"en\"><head><title>{{{{ page.title }}}}</title></head>"
                   f"<body><h1>{{{{ page.title }}}}</h1>{ask}{{{{ page.content }}}}</body></html>\n")
        return f"layout {name} asks {ask}"

    # ---- the repository, and how it is built

    def rewritten(self):
        if not self.has_git():
            return None
        self.git("add", "-A")
        self.git("commit", "-q", "--amend", "--no-edit", "--reset-author", f"--date={1600000000 + self.step * 5000} +0000")
        return "the last commit rewritten"

    def another_hand(self):
        if not self.has_git():
            return None
        self.git("add", "-A")
        self.git("commit", "-qm", f"step {self.step}", f"--author={self.words(1)} <{self.step}@example.org>")
        return "committed by somebody else"

    def back(self):
        if not self.has_git():
            return None
        self.commit()
        self.git("checkout", "-q", "-")
        return "back on the branch before"

    def merged(self):
        if not self.has_git():
            return None
        self.commit()
        self.git("merge", "-q", "--no-edit", "-X", "ours", "HEAD@{2}")
        return "merged"

    def options(self):
        self.more = self.random.choice([
            [], [], ["--drafts"], ["--future"], ["--drafts", "--future"], ["--base-url", "https://preview.example.org/x"],
            ["-j", "1"], ["-j", "3"], ["--warnings-as-errors"]])
        return f"options {self.more}"

    def output_gone(self):
        shutil.rmtree(self.out, ignore_errors=True)
        return "the output deleted"

    def manifest_cut(self):
        for at, _, names in os.walk(self.site):
            for name in names:
                if name.startswith("manifest-"):
                    path = os.path.join(at, name)
                    os.truncate(path, self.random.randint(0, os.path.getsize(path)))
        return "the manifest cut off"


MORE = ("setting setting setting some_settings designation grant grant tag_line removed_member words_file data data "
        "article_key article_key member_key member_key event_key event_key page_key comment_key new_member new_event new_page "
        "translation link link file_removed file_renamed folder_moved kind_removed root_asset theme_asset disguised replaced "
        "question question rewritten another_hand back merged options output_gone").split()
