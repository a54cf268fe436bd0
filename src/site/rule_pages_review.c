/* Why the rules of `copse review` are there: what is judged in a pull request only. */
#include "site/rule_pages_internal.h"

const struct rule_page rule_pages_review[] = {
    {"broken-picture", false,
     "A file can be a picture for one program and a page with script for another; and a picture "
     "that ends too early is grey where people expect a face.",
     "content/members/jo-tremblay.svg", "content/members/jo-tremblay.jpg"},
    {"file-mode", false,
     "Content is read and never run; a program among it is a mistake or a trap.",
     "git update-index --chmod=+x content/members/jo-tremblay.md",
     "git update-index --chmod=-x content/members/jo-tremblay.md"},
    {"hidden-character", false,
     "A name that holds what nobody sees can be typed by nobody, and can look like another name in "
     "a review.",
     "name: Jo<U+202E>Tremblay", "name: Jo Tremblay"},
    {"look-alike", false,
     "A Cyrillic a looks like a Latin one: visitors would take a stranger's page or link for one "
     "that they trust.",
     "name: Sarn Burn (where Sam Burn is a member)", "name: Sarn J. Burn"},
    {"lost-address", false,
     "Others have linked to the page and search engines know it; they would all find nothing.",
     "git mv content/articles/cop.md content/articles/communities.md",
     "the same, and in communities.md: aliases: [/articles/cop/]"},
    {"merge-conflict", false, "Nobody but you can know which of the two texts is meant.",
     "github: jo-t (here) and github: jo-tremblay (on main)", "github: jo-tremblay"},
    {"name-form", false,
     "Two files could have names that look the same; programs would find one and not the other.",
     "jose<U+0301>.md", "jose.md"},
    {"no-common-history", false,
     "Without a commit in common nobody can tell what the branch changes; merging it would bring "
     "everything at once.",
     "git checkout --orphan my-bio", "git checkout -b my-bio main"},
    {"not-allowed", false,
     "Otherwise anybody could speak in a member's name or award themselves a designation. Who may "
     "do what is read from the site as it is, never from the change.",
     "content/members/maria-lopez.md, changed by the account jo-t",
     "content/members/jo-tremblay.md, whose github: is jo-t"},
    {"several-merge-bases", false,
     "The change could be counted from more than one commit, and each way would show another.",
     "git merge main (and on main: git merge my-bio)", "git checkout -b my-bio-2 main"},
};
const size_t rule_pages_review_count = sizeof rule_pages_review / sizeof *rule_pages_review;
