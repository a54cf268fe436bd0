#include "site/rules.h"
#include "base/suggest.h"

#include <stdlib.h>

/* Sorted by code; a test proves it. */
static const struct rule rules[] = {
    {"attribute-list", false,
     "The text holds an attribute list such as {: .img-fluid}, which another program understands "
     "and copse leaves out.",
     "Delete it."},
    {"awkward-name", false, "A file's name holds blanks or characters that addresses must encode.",
     "Rename it with letters a-z, digits, dots and dashes, and correct the links to it."},
    {"bad-alias", true, "An alias is no plain address of this site.",
     "Write the old address from its first slash on: /blog/old-name/."},
    {"bad-date", false, "A date cannot be read.",
     "Write year, month and day, then a time if there is one: 2026-03-01 or 2026-03-01 18:30."},
    {"bad-rule", true,
     "The rule by which an event repeats cannot be understood or would never end.",
     "See the message; FREQ=MONTHLY;BYDAY=1TH is the first Thursday of each month."},
    {"bad-slug", false, "Nothing is left of a name when it is turned into an address.",
     "Give the file `slug:` with letters a-z, digits and dashes."},
    {"broken-picture", false,
     "A picture's file is empty, cut off or damaged; in a pull request: it holds something besides "
     "the picture, or is a drawing (SVG) among bios.",
     "Open it on your computer and save it again as JPEG or PNG; without it pages show its "
     "description."},
    {"changed-output", false, "A file that copse wrote was changed by someone since.",
     "Change the content it is made from; copse leaves the file alone."},
    {"colour-contrast", false, "Text in a colour that site.yml gives would be hard to read.",
     "Give the colour that the message names, or another darker one."},
    {"comment-order", false, "A comment is older than the article or the comment it answers.",
     "Check the comment's date."},
    {"comment-ring", true, "A comment answers itself, or comments answer each other in a ring.",
     "Correct `reply_to`: it names the comment's file without .md that was there before."},
    {"control-character", true, "The file holds a byte that no text should hold.",
     "Delete the character at the place that is named; retyping the line helps."},
    {"curly-quotes", false,
     "A value stands between curly quotes, which quote nothing here and become part of it.",
     "Leave them out, or use straight ones (\") if the value needs quotes."},
    {"dead-external-link", false,
     "A link leads to a page of another site that is not there (any more).",
     "Look for the page's new address, or take the link out."},
    {"dead-fragment", false, "A link leads to a part of a page that is not there.",
     "Use the id of a heading of that page: its words in lower case with dashes between them."},
    {"dead-link", false, "A link leads to a page of this site that does not exist.",
     "Correct the address, or link to the content file: ../members/jo-tremblay.md."},
    {"designation-not-granted", false,
     "A bio claims a designation that content/roster.yml does not grant.",
     "Ask the committee to add it to the roster, or take it out of the bio."},
    {"dropped-html", false, "HTML that is not on the list of what content may hold was left out.",
     "Write it in Markdown, or leave it out."},
    {"duplicate-account", true, "Two bios name the same account in `github`.",
     "An account owns one bio: correct one of them."},
    {"duplicate-key", true, "A key stands twice in the front matter with different values.",
     "Delete one of the two lines."},
    {"duplicate-slug", true, "Two files of a kind would be published at the same address.",
     "Give one of them another file name, or a `slug:` of its own."},
    {"duplicate-title", false, "Two pages of one kind and language have the same title.",
     "Say in one of the titles what is different, or keep only one of the files."},
    {"duplicate-uid", true, "Two events have the same `uid`, and calendars would show only one.",
     "Give one of them another, or leave `uid` out: the event's address serves."},
    {"duplicate-url", true, "Two things would be published at the same address.",
     "Rename one of them; addresses that differ only in upper and lower case count as the same."},
    {"end-before-start", true, "An event ends before it begins.", "Correct `start` or `end`."},
    {"event-end", false, "Nothing says when an event ends.",
     "Add `end:` with a date and time, or `all_day: true`."},
    {"event-zone", false, "Nothing says in which time zone an event takes place.",
     "Add `timezone:` to content/site.yml, or to an event elsewhere."},
    {"external-picture", false,
     "A picture comes from another site, which can then see who reads the page.",
     "Put the picture beside the content file and use its name."},
    {"file-case", false, "Two files' names differ only in upper and lower case.",
     "Rename or delete one of them."},
    {"file-mode", false, "A content file is marked as a program.",
     "Take the mark away: git update-index --chmod=-x FILE."},
    {"file-name", true, "A file's name cannot be used.",
     "Rename it, best with letters a-z, digits and dashes."},
    {"file-too-large", true, "A file is larger than copse reads.", "Make it smaller."},
    {"foreign-file", true, "A file that copse did not write stands where a page must go.",
     "Move it away, or build into another folder."},
    {"front-matter", true, "A content file has no front matter, or it is not closed.",
     "Begin the file with a line ---, then `title: …`, then a line --- again."},
    {"heading-level", false, "A heading skips a level.",
     "Take one # away until it is one level below the heading that it belongs to."},
    {"heavy-picture", false, "A picture's file is larger than any page needs.",
     "Make it smaller before you add it: 2,400 pixels on the longer side are plenty."},
    {"hidden-character", false,
     "A name holds a character that nobody sees or that turns the direction of writing.",
     "Type the name again instead of pasting it."},
    {"history", false, "Dates from the git history are missing.",
     "Put the site under git, or fetch the whole history: git fetch --unshallow."},
    {"json-syntax", true, "A JSON file cannot be understood.", "See the place that is named."},
    {"layout-error", true, "A template in layouts/ has a mistake.",
     "See the place that is named; `copse layouts` lists the templates in use."},
    {"link-text", false, "A link's text does not say where it leads, or there is none.",
     "Link the words that name what is there, in place of \"here\"."},
    {"look-alike", false,
     "A name, address or link is written with letters that look like others (Unicode TR39), so "
     "that it can be taken for something else.",
     "Type it again with the letters of your keyboard, or choose a name that is not mistaken."},
    {"loose-date", false,
     "A date is written with single digits, which other programs may not read.",
     "Write two digits for month, day and hour; `copse check --fix` does it."},
    {"lost-address", false,
     "A page of the site moves or goes, and nothing leads from its address on.",
     "Give the page that takes its place `aliases:` with the old address."},
    {"merge-conflict", true, "Both branches changed the same part of a file.",
     "Bring the branch up to date (git merge), settle the difference, and send it again."},
    {"missing-alt", false, "Nothing says what a picture shows.",
     "Describe it in a few words: between the brackets of ![…](…), or with `image_alt:`."},
    {"missing-date", false, "Nothing says when an article was written.",
     "Add `date:`, or begin the file's name with the date."},
    {"missing-file", false, "A link or picture names a file that is not there.",
     "Put the file beside the content file, or correct its name; upper and lower case count."},
    {"missing-key", true, "A key that every file of this kind needs is not there.",
     "Add it to the front matter."},
    {"missing-layout", true, "The template that a page asks for does not exist.",
     "Correct `layout:`, or add the template to layouts/."},
    {"missing-words", false, "The theme's words are not all written in a language of the site.",
     "Write them into content/i18n/ in a file named after the language."},
    {"moved-link", false, "A page of another site has moved for good.",
     "Write the new address in place of the old one."},
    {"name-form", false,
     "A file's name has accents as characters of their own (Unicode's form NFD), so that two names "
     "can look the same and differ.",
     "Rename the file, best without accents."},
    {"nearly-member", false, "A name is a letter off that of a member.",
     "Write the name as the member's bio has it, or the bio's file name without .md."},
    {"never-repeats", true, "An event's rule matches no day.", "Correct `repeat`."},
    {"no-common-history", true, "Two branches have no commit in common.",
     "Make a new branch from the one it is for; in a shallow clone, fetch the whole history."},
    {"not-allowed", true,
     "The account that sends a change may not make it: bios belong to the account in their "
     "`github:`, other content to the accounts that site.yml lists under `review`.",
     "Take that file out of the change, or ask an editor to send it."},
    {"not-utf8", true, "The file is not UTF-8 text.", "Save it again with the encoding UTF-8."},
    {"orphan-comment", false, "A comment stands under an article that does not exist.",
     "Its folder in content/comments/ must bear the article's slug."},
    {"output-collision", true, "Two files of the site would be one in the output folder.",
     "Rename one of them."},
    {"output-folder", true, "The output folder is one that must not be written to.",
     "Name another with -o."},
    {"output-locked", true, "Another copse is writing to this output folder.",
     "Wait until it has ended."},
    {"output-path", true, "A path cannot be written in the output folder.",
     "Rename what it is made from."},
    {"picture-place", false, "A picture's file says where it was taken.",
     "`copse check --fix` takes it out; or save the picture without "
     "metadata."},
    {"picture-too-large", false,
     "A picture has more bytes, pixels or frames than site.yml's `pictures` takes.",
     "Save it smaller, or raise `megabytes`, `megapixels` or `frames` under `pictures` in "
     "content/site.yml."},
    {"private-link", false, "A link leads to an address that only a private network knows.",
     "Use an address that everyone can reach, or take the link out."},
    {"removed-member", true, "A bio has a slug that content/members/removed.yml keeps free.",
     "The member has asked to be removed; the bio must go."},
    {"render-data", true, "The data for a template are no map and no list.",
     "Give `copse render` YAML or JSON with names and values."},
    {"repeated-date", false, "A date stands twice in a list.", "Delete one of the two."},
    {"roster", true, "content/roster.yml has a mistake.", "See the place that is named."},
    {"roster-overlap", false, "The roster grants a designation twice for the same time.",
     "Join the two entries."},
    {"security-expired", false, "The day until which security.txt holds is over.",
     "Check the contact, and write a later `expires` under `security` in content/site.yml."},
    {"several-merge-bases", true,
     "Two branches were merged into each other crosswise, so that it cannot be told what is new.",
     "Make a new branch from the one it is for, and bring your files there."},
    {"similar-tags", false, "Two tags differ by a letter, a dash or a plural.",
     "Use one of them everywhere, or name the other as its synonym in content/tags.yml."},
    {"site-config", true, "content/site.yml has a mistake.", "See the place that is named."},
    {"source", true, "The site's files cannot be read from where they are.",
     "See what the message says."},
    {"special-file", true, "A file is neither a file nor a folder.", "Remove it."},
    {"start-off-rule", false, "An event's first date does not follow its own rule.",
     "Move `start` to a day that the rule names, or correct `repeat`."},
    {"stray-file", false, "A file is in no folder that copse reads.",
     "Move it to content/articles, members, events, pages, comments, data or i18n."},
    {"submodule", true, "A folder is a repository of its own.",
     "Copy its files into this repository in its place."},
    {"symbolic-link", true, "A file is a symbolic link, which could lead anywhere.",
     "Put the file itself there."},
    {"system", true, "The system refused something.", "See what the message says."},
    {"tags", true, "content/tags.yml has a mistake.", "See the place that is named."},
    {"time-gap", false, "A time does not exist on that day, because clocks are put forward.",
     "Choose a time outside the hour that is left out."},
    {"time-mismatch", true, "A date has a time where its event has none, or the reverse.",
     "Write both as dates, or both with a time."},
    {"time-range", false, "Two times stand where there is place for one: 14:00-15:00.",
     "Write `start` and `end` on lines of their own."},
    {"too-large", true, "A text is larger than copse renders, or nested more deeply.",
     "Split it into several files, or do what the message proposes."},
    {"too-many-dates", true, "An event has more dates than a calendar can show.",
     "End the series with COUNT or UNTIL, or make it less frequent."},
    {"translation", true, "A translation does not fit with what it translates.",
     "`translation_of` names the slug of a file of the same kind in another language; each "
     "language has one translation."},
    {"unchecked-link", false, "A site does not let programs ask whether its pages are there.",
     "Nothing needs to be done; look at the links yourself."},
    {"unknown-article", true, "There is no article of that slug.",
     "Use the last part of the article's address; the message names the nearest one."},
    {"unknown-comment", true, "`reply_to` names a comment that is not there.",
     "Use the name of the comment's file without .md, from the same folder."},
    {"unknown-designation", true, "A designation is not in content/designations.yml.",
     "Correct the code, or have the designation added to the registry."},
    {"unknown-file-type", false, "A file beside the content is of a type that is not published.",
     "Pictures, PDF, audio, video, office and plain text files are; HTML, scripts and SVG are "
     "not."},
    {"unknown-footnote", false, "A footnote is used and not written, or written and not used.",
     "For [^1] in the text there is a line [^1]: with the note."},
    {"unknown-key", false, "A key looks like a misspelt one.", "Correct it as proposed."},
    {"unknown-language", true, "A language is not one of the site's.",
     "Add it to `languages` in content/site.yml, or correct `lang`."},
    {"unknown-member", true, "A slug names no file in content/members/.",
     "Correct it; a guest's name is written as a name, with a capital or a space: Ada Guest."},
    {"unknown-zone", true, "A time zone does not exist.",
     "Zones are named by continent and city: America/Halifax."},
    {"unmatched-date", false,
     "An exception or change names a day on which the event does not take place.",
     "Correct the date: it is the day of the original occurrence."},
    {"unreachable-page", false, "No page of the site links to a page of it.",
     "Link to it, put it into the menu, or give it `noindex: true` if that is what you want."},
    {"unread-link", false,
     "A link or picture is shown as it was typed, because its address has a space in it.",
     "Write %20 for each space, or rename the file without spaces."},
    {"unsafe-url", false, "A link uses a scheme that can do harm.",
     "Use http, https, mailto or tel, or a path of this site."},
    {"wrong-type", true, "A key holds something of another form than it should.",
     "See the example in the message."},
    {"yaml-reference", true, "The YAML uses an anchor or alias (& or *).",
     "Write the value out; a text that begins with & or * needs quotes."},
    {"yaml-syntax", true, "The YAML cannot be understood.",
     "Most often a text with a colon, a bracket or a quotation mark needs quotes around it."},
    {"yaml-tag", true, "The YAML uses a tag (!).", "Take it out, or put the text into quotes."},
    {"yaml-too-large", true, "The YAML is too large or nested too deeply.", "Make it smaller."},
};
#define RULE_COUNT (sizeof rules / sizeof *rules)

const struct rule *rules_all(size_t *count)
{
    *count = RULE_COUNT;
    return rules;
}

static int compare(const void *key, const void *rule)
{
    return str_cmp(*(const struct str *)key, str_from(((const struct rule *)rule)->code));
}

const struct rule *rules_find(struct str code)
{
    return bsearch(&code, rules, RULE_COUNT, sizeof *rules, compare);
}

struct str rules_suggest(struct str code)
{
    struct str codes[RULE_COUNT];
    for (size_t i = 0; i < RULE_COUNT; i++)
        codes[i] = str_from(rules[i].code);
    return suggest_nearest(code, codes, RULE_COUNT);
}

static const struct rule_setting *setting_of(const struct config *config, const char *code)
{
    for (size_t i = 0; i < config->rule_count; i++) {
        if (str_eq(config->rules[i].code, str_from(code)))
            return &config->rules[i];
    }
    return NULL;
}

void rules_apply(const struct config *config, struct diags *diags)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++) {
        struct diag diag = diags->items[i];
        const struct rule_setting *setting = setting_of(config, diag.code);
        if (setting && diag.severity != SEVERITY_FAILURE) {
            if (setting->off)
                continue;
            if (diag.severity != SEVERITY_NOTE)
                diag.severity = (enum severity)setting->severity;
        }
        diags->items[kept++] = diag;
    }
    diags->count = kept;
}
