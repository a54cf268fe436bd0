/* Why the rules about front matter and what it says together are there. */
#include "site/rule_pages_internal.h"

const struct rule_page rule_pages_fields[] = {
    {"bad-alias", false,
     "An alias is an address that people and search engines still use; copse puts a page there "
     "that leads on to the new one. It can do that only for addresses of this site.",
     "aliases: [https://guild.example.org/blog/old-name]", "aliases: [/blog/old-name/]"},
    {"bad-date", false,
     "What copse cannot read it cannot sort, and it does not guess: 3/4/2026 is March to some and "
     "April to others.",
     "date: 3/4/2026", "date: 2026-03-04"},
    {"bad-rule", false,
     "The rule is given as it stands to the calendars of everyone who subscribes; one that "
     "programs read differently, or that never ends, would fill them with dates that nobody meant.",
     "repeat: every first thursday", "repeat: FREQ=MONTHLY;BYDAY=1TH"},
    {"bad-slug", true,
     "copse then makes up an address such as /articles/x-3f2a9c81d04b/, which works and which "
     "nobody can read, type or remember.",
     "title: 就職フェア",
     "title: 就職フェア\n"
     "slug: job-fair"},
    {"comment-order", false,
     "Comments are shown oldest first; an answer that is older than its question stands in the "
     "wrong place, and most often one of the two dates is a slip.",
     "date: 2025-03-02 10:15\n"
     "reply_to: 2026-03-01-sam",
     "date: 2026-03-02 10:15\n"
     "reply_to: 2026-03-01-sam"},
    {"comment-ring", false,
     "Each comment is shown below the one it answers. In a ring there is no first one, so none of "
     "them could be shown.",
     "# in 2026-03-02-jo.md\n"
     "reply_to: 2026-03-02-jo",
     "# in 2026-03-02-jo.md\n"
     "reply_to: 2026-03-01-sam"},
    {"curly-quotes", false,
     "Word processors turn straight quotes into curly ones. YAML knows straight ones only, so the "
     "date is no date any more, and the tag is another one. `copse check --fix` takes them away.",
     "date: “2026-03-01”", "date: 2026-03-01"},
    {"designation-not-granted", false,
     "Where there is a roster, it is the committee's word on who holds what. A bio is written by "
     "its member, and nobody should be able to award themselves a credential.",
     "# content/members/jo-tremblay.md\n"
     "designations: [MCRS, MCIS]",
     "# content/members/jo-tremblay.md; content/roster.yml grants Jo the MCRS\n"
     "designations: [MCRS]"},
    {"duplicate-account", false,
     "The account decides who may change a bio. If two bios named it, its owner could change "
     "another member's.",
     "# content/members/jo-tremblay.md and sam-lee.md\n"
     "github: jotremblay",
     "# content/members/sam-lee.md\n"
     "github: samlee"},
    {"duplicate-key", false,
     "Only one of the two values can count, and which one it is differs from program to program.",
     "title: Spring meeting\n"
     "location: Halifax\n"
     "title: Spring meeting 2026",
     "title: Spring meeting 2026\n"
     "location: Halifax"},
    {"duplicate-uid", false,
     "Calendars tell events apart by it: of two with one identifier they show whichever came last.",
     "uid: a1b2@example.org      # in two files", "uid: a1b2-2027@example.org # in one of them"},
    {"end-before-start", false,
     "Calendars refuse such an event or show it at a time that nobody meant.",
     "start: 2026-04-10 18:00\n"
     "end: 2026-04-10 08:00",
     "start: 2026-04-10 18:00\n"
     "end: 2026-04-10 20:00"},
    {"event-end", true,
     "Without an end every calendar guesses, most often an hour or none at all, so nobody knows "
     "how long to keep free.",
     "start: 2026-04-10 18:00",
     "start: 2026-04-10 18:00\n"
     "end: 2026-04-10 20:00"},
    {"event-zone", true,
     "Without a zone the time is taken for UTC. Calendars of people in Halifax would then show a "
     "meeting at six in the evening at two in the afternoon.",
     "# content/site.yml\n"
     "title: The Guild",
     "# content/site.yml\n"
     "title: The Guild\n"
     "timezone: America/Halifax"},
    {"front-matter", false,
     "The lines between the dashes hold the title and everything else that lists, feeds and "
     "calendars need to know of a file.",
     "Welcome to the Guild!",
     "---\n"
     "title: Welcome\n"
     "---\n"
     "\n"
     "Welcome to the Guild!"},
    {"loose-date", true,
     "copse reads it, but spreadsheets, other site programs and scripts that sort by text often do "
     "not. `copse check --fix` puts the missing noughts in.",
     "date: 2026-3-1 9:00", "date: 2026-03-01 09:00"},
    {"missing-date", false,
     "Without a date an article has no place in the newsfeed, which goes from new to old.",
     "title: Welcome",
     "title: Welcome\n"
     "date: 2026-03-01"},
    {"missing-key", false,
     "A page without a title, an event without a start or a comment without an author cannot be "
     "shown in any list.",
     "start: 2026-04-10 18:00",
     "title: Spring meeting\n"
     "start: 2026-04-10 18:00"},
    {"nearly-member", true,
     "Whoever is no member is a guest, whose name is shown and leads nowhere. A letter too few and "
     "the article is not listed in its author's bio.",
     "author: Jo Trembaly", "author: Jo Tremblay"},
    {"never-repeats", false, "The event would be on no day at all, so nobody would see it.",
     "repeat: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "repeat: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28"},
    {"orphan-comment", false,
     "A comment is shown below its article; without one it is shown nowhere. Most often the "
     "article was renamed and the folder of its comments was not.",
     "content/comments/welcom/2026-03-01-sam.md", "content/comments/welcome/2026-03-01-sam.md"},
    {"removed-member", false,
     "Someone asked that their page be taken down. Old copies of the bio come back easily, with a "
     "merge or a restored file, so the slug is kept on a list.",
     "content/members/removed.yml holds ada-guest, and content/members/ada-guest.md is there",
     "content/members/ada-guest.md is deleted"},
    {"repeated-date", false,
     "It does no harm, but most often another date was meant, and that one is now missing.",
     "except: [2026-07-02, 2026-07-02]", "except: [2026-07-02, 2026-08-06]"},
    {"roster", false,
     "The roster is the truth about who holds which designation. A line of it that cannot be "
     "understood could hide or award one.",
     "- member: jo-tremblay\n"
     "  code: MCRS\n"
     "  since: 2024-01-01\n"
     "  until: 2023-12-31",
     "- member: jo-tremblay\n"
     "  code: MCRS\n"
     "  since: 2024-01-01\n"
     "  until: 2026-12-31"},
    {"roster-overlap", false,
     "Someone holds a designation or does not; twice at the same time is most often a renewal with "
     "a wrong date.",
     "- {member: jo-tremblay, code: MCRS, since: 2024-01-01, until: 2026-12-31}\n"
     "- {member: jo-tremblay, code: MCRS, since: 2026-06-01, until: 2029-05-31}",
     "- {member: jo-tremblay, code: MCRS, since: 2024-01-01, until: 2026-12-31}\n"
     "- {member: jo-tremblay, code: MCRS, since: 2027-01-01, until: 2029-12-31}"},
    {"start-off-rule", false,
     "Calendars differ on whether such a first date is part of the series, so some people would "
     "come on a day on which nobody else does.",
     "start: 2026-04-10 18:00        # a Friday\n"
     "repeat: FREQ=MONTHLY;BYDAY=1TH # first Thursdays",
     "start: 2026-04-02 18:00        # the first Thursday of April\n"
     "repeat: FREQ=MONTHLY;BYDAY=1TH"},
    {"tags", false,
     "Readers follow a tag to everything about it. If one name stands for two tags, or tags are "
     "part of each other in a ring, nobody can say where it leads.",
     "- tag: résumés\n"
     "  synonyms: [CV]\n"
     "- tag: CV\n"
     "  synonyms: [résumés]",
     "- tag: résumés\n"
     "  synonyms: [CV]"},
    {"time-gap", false,
     "On the day on which clocks are put forward an hour is left out, and programs disagree about "
     "what a time within it means.",
     "start: 2026-03-08 02:30\n"
     "timezone: America/Halifax",
     "start: 2026-03-08 03:30\n"
     "timezone: America/Halifax"},
    {"time-mismatch", false,
     "An event is either at a time or all day. With one of each nobody can say how long it lasts.",
     "start: 2026-04-10\n"
     "end: 2026-04-11 12:00",
     "start: 2026-04-10 09:00\n"
     "end: 2026-04-11 12:00"},
    {"time-range", false,
     "What follows a time is its zone, as calendars write it: 2026-04-20 14:00-03:00 is two in the "
     "afternoon in Halifax. 14:00-15:00 would be a time in a zone that does not exist.",
     "start: 2026-04-20 14:00-15:00",
     "start: 2026-04-20 14:00\n"
     "end: 2026-04-20 15:00"},
    {"too-many-dates", false,
     "Each date is put into the calendar file and the pages of months; so many would make them too "
     "large to open.",
     "repeat: FREQ=MINUTELY", "repeat: FREQ=DAILY;COUNT=10"},
    {"translation", false,
     "Readers are led from one language to the other by this key, so it has to lead to the same "
     "thing in another language.",
     "lang: fr\n"
     "translation_of: welcom",
     "lang: fr\n"
     "translation_of: welcome"},
    {"unknown-article", false,
     "A comment is put into the folder of its article, so copse has to know which one is meant.",
     "copse new comment welcom", "copse new comment welcome"},
    {"unknown-comment", false,
     "An answer is shown below what it answers; without that it has no place in the thread.",
     "reply_to: 2026-03-01-sma", "reply_to: 2026-03-01-sam"},
    {"unknown-designation", false,
     "Visitors trust the letters behind a name. Only what the association has registered is shown, "
     "so that a slip does not become a credential.",
     "designations: [MCSR]", "designations: [MCRS]"},
    {"unknown-key", false,
     "Keys that copse does not know are kept for layouts, so a misspelt one is not an error: it "
     "just has no effect, which is hard to notice.",
     "discription: What to ask before the first line.",
     "description: What to ask before the first line."},
    {"unknown-language", false,
     "Each language has its own lists and words; copse makes those that site.yml names.",
     "lang: francais", "lang: fr"},
    {"unknown-member", false,
     "A name in small letters with dashes is taken for a member, whose page is linked to; there is "
     "no such page.",
     "author: jo-tremblai", "author: jo-tremblay"},
    {"unknown-zone", false,
     "Abbreviations such as EST mean different times in different places; zones named by city know "
     "when clocks change.",
     "timezone: Halifax", "timezone: America/Halifax"},
    {"unmatched-date", false,
     "The date that was to be left out or changed then still takes place as if nothing had been "
     "said, and people come to a locked door.",
     "start: 2026-04-02 18:00\n"
     "repeat: FREQ=MONTHLY;BYDAY=1TH\n"
     "except: [2026-07-03]",
     "start: 2026-04-02 18:00\n"
     "repeat: FREQ=MONTHLY;BYDAY=1TH\n"
     "except: [2026-07-02]"},
    {"wrong-type", false,
     "A text where true or false belongs, or a list where one date belongs: copse could only guess "
     "what is meant, and a wrong guess would be on the web.",
     "draft: \"yes\"", "draft: true"},
};
const size_t rule_pages_fields_count = sizeof rule_pages_fields / sizeof *rule_pages_fields;
