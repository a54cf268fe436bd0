/* Why the rules about texts, links, pictures and what may be found are there. */
#include "site/rule_pages_internal.h"

const struct rule_page rule_pages_texts[] = {
    {"attribute-list", false,
     "Jekyll's Markdown gives pictures and paragraphs classes in this way. copse has no use for "
     "them and leaves them out, so visitors do not see them; the next writer does. `copse check "
     "--fix` takes them away.",
     "![Our office](office.jpg){: .img-fluid}", "![Our office](office.jpg)"},
    {"dead-external-link", true,
     "A page elsewhere that is gone says that yours is not looked after. `copse check --external` "
     "asks each address once.",
     "[The study](https://example.org/studies/2014.pdf)",
     "[The study](https://example.org/archive/studies/2014.pdf)"},
    {"dead-fragment", false,
     "Whoever follows the link lands at the top of the page and has to search for what was meant.",
     "[How to join](about.md#how-too-join)", "[How to join](about.md#how-to-join)"},
    {"dead-link", false,
     "Visitors who follow it are told that there is no such page, and most of them do not come "
     "back.",
     "[Jo's bio](../members/jo-trembley.md)", "[Jo's bio](../members/jo-tremblay.md)"},
    {"dropped-html", false,
     "Content comes from many hands, so only HTML that cannot run anything or imitate the site's "
     "own controls is let through. What is left out is missing from the page.",
     "<font color=\"red\">Bring your own lunch.</font>", "**Bring your own lunch.**"},
    {"duplicate-title", true,
     "In a list, a search result or a reader's bookmarks nobody can tell the two apart.",
     "title: Annual report", "title: Annual report 2026"},
    {"external-picture", false,
     "The other site learns who reads the page and when, can change the picture at any time, and "
     "when it goes away the picture does too. The headers that copse writes for web servers stop "
     "such pictures, unless site.yml says  rules: {external-picture: off}",
     "![Our hall](https://example.com/hall.jpg)", "![Our hall](hall.jpg)"},
    {"heading-level", true,
     "People who cannot see the page go from heading to heading and by level; a level that is left "
     "out sounds like a part that is missing. Levels give order; how large a heading looks is for "
     "the layout.",
     "# Before you begin\n"
     "### Ask these questions",
     "# Before you begin\n"
     "## Ask these questions"},
    {"heavy-picture", true,
     "Everyone who works on the site downloads the file with its history, for ever. 2,400 pixels "
     "on the longer side are plenty for any screen.",
     "photo.jpg: 6000 x 4000 pixels, 9 MB", "photo.jpg: 2400 x 1600 pixels, 900 KB"},
    {"link-text", true,
     "People who listen to a page often have its links read out one after the other, and search "
     "engines read them too: \"here\" says nothing of what is there.",
     "The minutes of May are [here](minutes-may.pdf).",
     "Read [the minutes of May](minutes-may.pdf)."},
    {"missing-alt", true,
     "People who cannot see the picture hear its file's name or nothing at all. Say in a few words "
     "what it shows.",
     "![](clinic.jpg)", "![Two people bent over a résumé](clinic.jpg)"},
    {"missing-file", false,
     "Visitors see an empty frame in its place, or a link that leads nowhere.",
     "![Two people at a desk](Clinic.JPG)", "![Two people at a desk](clinic.jpg)"},
    {"missing-words", true,
     "Visitors find a button or a heading in English in the middle of a page in their own "
     "language, "
     "and their screen reader pronounces it wrongly.",
     "content/i18n/de.yml:  menu: Hauptmenü",
     "content/i18n/de.yml:  menu: Hauptmenü\n"
     "                      skip: Zum Inhalt"},
    {"moved-link", true,
     "The old address works only as long as someone keeps the signpost up. `copse check "
     "--external` tells where it leads now.",
     "[The study](http://example.org/study)",
     "[The study](https://www.example.org/research/study/)"},
    {"picture-place", true,
     "Phones write into each picture where it was taken. Whoever has the file can read it: often "
     "that is where a member lives. `copse check --fix` takes it out and leaves the picture as it "
     "is.",
     "content/members/jo-tremblay/photo.jpg says 44.6488 N, 63.5752 W",
     "content/members/jo-tremblay/photo.jpg says nothing of a place"},
    {"private-link", true,
     "The address is one of this computer or of a network behind a door (10.…, 192.168.…, "
     "localhost): visitors elsewhere cannot follow it. copse does not ask such addresses unless "
     "you say --private.",
     "[The form](http://192.168.1.20/form)", "[The form](https://forms.example.org/form)"},
    {"similar-tags", true,
     "Each tag has a page and a feed of its own. Someone who follows one of the two misses what "
     "stands under the other.",
     "tags: [webinar]      # 24 other articles have webinars", "tags: [webinars]"},
    {"too-large", false,
     "Rendering a text of megabytes takes long, and nobody reads a page of that length.",
     "content/articles/minutes.md, of 9 MB",
     "content/articles/minutes-2025.md and minutes-2026.md, of 4 MB each"},
    {"unchecked-link", true,
     "Some sites refuse every program, so nobody can say from here whether the page is there. "
     "Nothing needs to be done; follow the link yourself now and then.",
     "https://www.linkedin.com/in/jo-tremblay (status 999)",
     "https://www.linkedin.com/in/jo-tremblay, looked at in a browser"},
    {"unknown-footnote", false,
     "A mark without a note is shown as plain text, and a note without a mark is not shown at all.",
     "Most of them found work.[^1]\n"
     "\n"
     "[^2]: Survey of 2025.",
     "Most of them found work.[^1]\n"
     "\n"
     "[^1]: Survey of 2025."},
    {"unreachable-page", true,
     "Visitors go from link to link, beginning at the home page; to a page that none leads to "
     "nobody comes.",
     "# content/pages/privacy.md\n"
     "title: Privacy",
     "# content/pages/privacy.md\n"
     "title: Privacy\n"
     "menu: true"},
    {"unread-link", false,
     "In Markdown an address ends at a space, and what follows makes the whole no link: visitors "
     "see "
     "the brackets and no picture.",
     "![The hall](our hall.jpg)", "![The hall](our%20hall.jpg)"},
    {"unsafe-url", false,
     "An address such as javascript:… runs a program in the visitor's browser, in the name of the "
     "site.",
     "[Sign up](javascript:signup())", "[Sign up](https://forms.example.org/join)"},
};
const size_t rule_pages_texts_count = sizeof rule_pages_texts / sizeof *rule_pages_texts;
