#!/usr/bin/env python3
"""gen.py N FOLDER [SEED]: the same site for each generator, in FOLDER/copse, FOLDER/hugo, FOLDER/eleventy.

copse has it four times: in copse with the layouts that the others have too and with only their outputs (PEERS_WORK),
in all with these layouts and all that copse makes by itself, in theme with its own theme, in plain with that and
without a search index.

N articles of about 600 words, N/5 members, N/10 events. The same arguments give the same bytes. The layouts come from
layouts/ beside this file.
"""
import datetime
import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUBFOLDERS = {  # where each generator looks for articles, members, events
    "copse": ("content/articles", "content/members", "content/events"),
    "all": ("content/articles", "content/members", "content/events"),
    "theme": ("content/articles", "content/members", "content/events"),
    "plain": ("content/articles", "content/members", "content/events"),
    "hugo": ("content/articles", "content/members", "content/events"),
    "eleventy": ("src/articles", "src/members", "src/events"),
}

COMMON = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were all her she there would their we him been has when who will no more if out so up said what its about
than into them can only other time new some could these two may first then do any like my now over such our man me even
most made after also did many""".split()
ROOTS = """record audit archiv govern member certif manag polic retent inform system compli regul standard profess ethic
mentor journ chapt commun confer sess train assess evidenc risk control process frame strateg digit metadat classif
dispos discov priv secur access account integr protect avail transpar plan budget volunt award nomin elect board
committ secretar treasur preside account local nation region internation acad librar museum histor heritag preserv
conserv migrat convers scan captur index search retriev storag cloud vend contract procur licens legal court litig hold
review approv publish draft editor colum feature interview question answ surv report statist measur improv qualit matur
model assess benchm case stud less learn practic tool techniq method approach""".split()
ENDINGS = ["", "e", "ed", "ing", "ment", "ion", "or", "al", "ive", "ity", "s", "able"]
TAGS = """retention privacy governance ethics audit cloud metadata training mentoring conference webinar research
standards iso-15489 email legal-hold e-discovery risk compliance archives preservation digitization scanning
classification taxonomy disposition security access transparency foi gdpr hipaa healthcare finance government education
nonprofit energy careers leadership chapter-news member-news awards elections volunteering scholarships book-review
case-study interview opinion how-to tools automation ai data-quality migration procurement disaster-recovery
maturity-model history""".split()
CODES = ["MCRS", "CRA", "CRM", "IGP", "CIP", "PMP", "CIPP", "CA", "FIIM", "MLIS", "CDIA", "ERMP"]
FIRST = """Ada Ben Carla Dev Elena Farid Grace Hugo Ines Jonas Keiko Liam Maya Nadia Omar Priya Quinn Rosa Sam Tara Uma
Victor Wren Xavier Yara Zoe""".split()
LAST = """Abbott Barros Chen Dlamini Evans Fischer Garcia Haddad Ivanova Jansen Kimura Lopez Moreau Nguyen Okafor Patel
Quist Rossi Schmidt Tanaka Ueda Vargas Walsh Xu Yilmaz Zimmer""".split()
CITIES = """Toronto Leeds Austin Nairobi Oslo Lyon Perth Boise Ottawa Dublin Lagos Mumbai Quito Zagreb Denver
Halifax""".split()
ROLES = ["Member", "Fellow", "Board member", "Chapter president", "Treasurer", "Secretary", "Mentor", "Student member"]


def slugify(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Words by Zipf's law over a made-up vocabulary."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.vocabulary = COMMON + [root + end for root in dict.fromkeys(ROOTS) for end in ENDINGS]
        total = 0.0
        self.weights = []
        for rank in range(len(self.vocabulary)):
            total += 40.0 / (rank + 1) + 1.0
            self.weights.append(total)

    def words(self, count):
        return self.rng.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def phrase(self, count):
        return " ".join(self.words(count))

    def sentence(self, count):
        words = self.words(count)
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def paragraph(self, count, inserted=()):
        """Sentences of about 15 words, one of `inserted` in each, wrapped by hand at 76."""
        sentences = []
        inserted = list(inserted)
        while count > 0:
            length = min(count, self.rng.randint(9, 20))
            count -= length
            words = self.words(length)
            words[0] = words[0].capitalize()
            if inserted:
                words.insert(len(words) // 2, inserted.pop(0))
            sentences.append(" ".join(words) + ".")
        lines = []
        line = ""
        for word in " ".join(sentences).split(" "):
            if line and len(line) + 1 + len(word) > 76:
                lines.append(line)
                line = word
            else:
                line = line + " " + word if line else word
        return "\n".join(lines + [line])


def make_members(writer, count):
    rng = writer.rng
    members = []
    for i in range(count):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        members.append({"name": name, "slug": f"{slugify(name)}-{i:05d}",
                        "codes": sorted(rng.sample(CODES, rng.randint(1, 4))),
                        "city": rng.choice(CITIES), "role": rng.choice(ROLES)})
    return members


def make_articles(writer, count, members):
    rng = writer.rng
    first = datetime.datetime(2016, 1, 4, 9, 0, 0)
    minutes = int((datetime.datetime(2026, 6, 1) - first).total_seconds() // 60)
    articles = []
    for i in range(count):
        title = writer.phrase(rng.randint(4, 8)).capitalize()
        date = first + datetime.timedelta(minutes=int(minutes * (i + rng.random()) / count))
        articles.append({"title": title, "slug": f"{slugify(title)}-{i:05d}", "date": date,
                         "author": members[rng.randrange(len(members))]["slug"],
                         "tags": sorted(rng.sample(TAGS, rng.randint(2, 4)))})
    return articles


def make_events(writer, count):
    rng = writer.rng
    events = []
    for i in range(count):
        title = writer.phrase(rng.randint(3, 6)).capitalize()
        hours = int(24 * 365 * 7 * (i + rng.random()) / count)
        start = datetime.datetime(2020, 1, 1, 9) + datetime.timedelta(hours=hours)
        end = start + datetime.timedelta(hours=rng.choice([1, 2, 8, 32, 56]))
        events.append({"title": title, "slug": f"{slugify(title)}-{i:05d}", "start": start, "end": end,
                       "city": rng.choice(CITIES), "tags": sorted(rng.sample(TAGS, rng.randint(1, 3)))})
    return events


def article_body(writer, number, articles):
    w = writer
    one, other = (articles[w.rng.randrange(len(articles))] for _ in range(2))
    blocks = [
        w.paragraph(60, [f"*{w.phrase(2)}*", f"[{one['title']}](/articles/{one['slug']}/)"]),
        "## " + w.phrase(4).capitalize(),
        w.paragraph(90, ["`retention_period`", f"**{w.phrase(3)}**"]),
        "\n".join("- " + w.sentence(12) for _ in range(5)),
        "## " + w.phrase(5).capitalize(),
        w.paragraph(90, [f"[{w.phrase(3)}](https://example.org/{w.phrase(1)}/{number})", f"*{w.phrase(1)}*"]),
        "\n".join("> " + line for line in w.paragraph(40).split("\n")),
        "\n".join(f"{i + 1}. {w.sentence(12)}" for i in range(4)),
        "### " + w.phrase(3).capitalize(),
        w.paragraph(90, [f"**{w.phrase(1)}**"]),
        w.paragraph(90, [f"[{other['title']}](/articles/{other['slug']}/)"]),
    ]
    return "\n\n".join(blocks) + "\n"


def put(roots, kind, slug, text):
    data = text.encode()
    for root in roots.values():
        with open(os.path.join(root[kind], slug + ".md"), "wb") as file:
            file.write(data)


def make_folders(out):
    roots = {}
    for generator, subfolders in SUBFOLDERS.items():
        root = os.path.join(out, generator)
        shutil.rmtree(root, ignore_errors=True)
        os.makedirs(root)
        layouts = {"all": "copse", "theme": None, "plain": None}.get(generator, generator)
        if layouts:
            shutil.copytree(os.path.join(HERE, "layouts", layouts), root, dirs_exist_ok=True)
        for subfolder in subfolders:
            os.makedirs(os.path.join(root, subfolder), exist_ok=True)
        roots[generator] = [os.path.join(root, subfolder) for subfolder in subfolders]
    return roots


# What copse makes besides and the others do not, left out where their work is compared.
PEERS_WORK = """search: false
feeds: {content: summary, tags: false, members: false}
calendar: {tags: false, events: false}
designations: {credentials: false}
"""


def write_settings(root, more=""):
    with open(os.path.join(root, "content", "site.yml"), "w", encoding="utf-8") as file:
        file.write("title: Records Association\nurl: https://example.org\nlanguage: en\ntimezone: UTC\n"
                   "paginate: 10\nrules: {unknown-key: off}\n" + more)
    with open(os.path.join(root, "content", "designations.yml"), "w", encoding="utf-8") as file:
        for code in CODES:
            file.write(f"- code: {code}\n  name: Certified {code} Practitioner\n  issuer: Records Association\n")


def main():
    count, out = int(sys.argv[1]), sys.argv[2]
    writer = Writer(int(sys.argv[3]) if len(sys.argv) > 3 else 20240607)
    members = make_members(writer, max(1, count // 5))
    articles = make_articles(writer, count, members)
    events = make_events(writer, max(1, count // 10))
    roots = make_folders(out)
    for i, article in enumerate(articles):
        head = (f'---\ntitle: "{article["title"]}"\ndate: {iso(article["date"])}\nauthor: {article["author"]}\n'
                f'tags: [{", ".join(article["tags"])}]\ndescription: "{writer.sentence(18)}"\n---\n\n')
        put(roots, 0, article["slug"], head + article_body(writer, i, articles))
    for member in members:
        head = (f'---\ntitle: "{member["name"]}"\nname: "{member["name"]}"\nslug: {member["slug"]}\n'
                f'designations: [{", ".join(member["codes"])}]\nlocation: {member["city"]}\n'
                f'role: "{member["role"]}"\n---\n\n')
        link = f"[{writer.phrase(1)}](https://example.org/p/{member['slug']})"
        put(roots, 1, member["slug"], head + writer.paragraph(70, [f"*{writer.phrase(1)}*", link]) + "\n\n" +
            writer.paragraph(50, [f"**{writer.phrase(1)}**"]) + "\n")
    for event in events:
        head = (f'---\ntitle: "{event["title"]}"\nstart: {iso(event["start"])}\nend: {iso(event["end"])}\n'
                f'location: {event["city"]}\ntags: [{", ".join(event["tags"])}]\n---\n\n')
        put(roots, 2, event["slug"], head + writer.paragraph(60, [f"**{writer.phrase(1)}**"]) + "\n\n" +
            "\n".join("- " + writer.sentence(10) for _ in range(4)) + "\n\n" + writer.paragraph(50) + "\n")
    write_settings(os.path.join(out, "copse"), PEERS_WORK)
    write_settings(os.path.join(out, "all"))
    write_settings(os.path.join(out, "theme"))
    write_settings(os.path.join(out, "plain"), "search: false\n")


if __name__ == "__main__":
    main()
