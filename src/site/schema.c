#include "site/schema.h"
#include "base/suggest.h"
#include "site/record.h"

#define AT(member) offsetof(struct record, member)

static const struct field_schema article_fields[] = {
    {STR_INIT("title"), FIELD_TEXT, true, AT(title), NULL, "The headline of the article.",
     "Six questions before you rewrite a résumé"},
    {STR_INIT("date"), FIELD_DATE, false, AT(date), NULL,
     "When it is published; without it, the date in the file's name or of its first commit counts. "
     "An article with a date in the future waits until then.",
     "2026-03-01"},
    {STR_INIT("author"), FIELD_PERSON, false, AT(article.author), NULL,
     "Who wrote it: the name of a file in content/members/ without .md, or a guest's name.",
     "jo-tremblay"},
    {STR_INIT("authors"), FIELD_PERSONS, false, AT(article.authors), NULL, "Several authors.",
     "[jo-tremblay, Ada Guest]"},
    {STR_INIT("editor"), FIELD_PERSONS, false, AT(article.editor), NULL,
     "Who edited it: a member or a name.", "maya-okafor"},
    {STR_INIT("with"), FIELD_PERSONS, false, AT(article.with), NULL,
     "\"With files from\": members or names.", "[sam-lee]"},
    {STR_INIT("tags"), FIELD_LIST, false, AT(tags), NULL, "What it is about.",
     "[résumés, interviews]"},
    {STR_INIT("description"), FIELD_TEXT, false, AT(description), NULL,
     "One or two sentences for lists, search engines and shared links.",
     "What to ask a client before the first line is written."},
    {STR_INIT("image"), FIELD_FILE, false, AT(image), NULL,
     "A picture beside the article, shown with it in lists and when it is shared.", "desk.jpg"},
    {STR_INIT("image_alt"), FIELD_TEXT, false, AT(image_alt), NULL,
     "What the picture shows, for people who cannot see it.", "A desk with two empty chairs"},
    {STR_INIT("updated"), FIELD_DATE, false, AT(article.updated), NULL,
     "When it was last changed in a way that readers should know of.", "2026-04-12"},
    {STR_INIT("draft"), FIELD_FLAG, false, AT(draft), NULL, "true: not published yet.", "true"},
    {STR_INIT("expires"), FIELD_DATE, false, AT(article.expires), NULL,
     "From then on it is no longer published.", "2026-12-31"},
    {STR_INIT("aliases"), FIELD_ALIASES, false, AT(aliases), NULL,
     "Old addresses of this page, which lead here.", "[/blog/old-name/]"},
    {STR_INIT("lang"), FIELD_LANGUAGE, false, AT(lang), NULL,
     "Its language, if it is not the site's.", "fr"},
    {STR_INIT("translation_of"), FIELD_TEXT, false, AT(translation_of), NULL,
     "The slug of the article that this one translates.", "six-questions"},
    {STR_INIT("series"), FIELD_TEXT, false, AT(article.series), NULL, "The series it is a part of.",
     "Career conversations"},
    {STR_INIT("series_part"), FIELD_NUMBER, false, AT(article.series_part), NULL,
     "Its place in the series, where dates do not say it.", "2"},
    {STR_INIT("featured"), FIELD_FLAG, false, AT(article.featured), NULL,
     "true: shown first on the home page.", "true"},
    {STR_INIT("comments"), FIELD_CHOICE, false, AT(article.comments), "closed|open|off",
     "closed: the comments stay and no new ones are asked for.", "closed"},
    {STR_INIT("noindex"), FIELD_FLAG, false, AT(noindex), NULL,
     "true: search engines are asked to leave it out.", "true"},
    {STR_INIT("layout"), FIELD_TEXT, false, AT(layout), NULL,
     "The template in layouts/ that shows it, if it is not the usual one.", "interview"},
    {STR_INIT("slug"), FIELD_SLUG, false, AT(slug), NULL,
     "The last part of its address, if it is not the file's name.", "six-questions"},
};

static const struct field_schema member_fields[] = {
    {STR_INIT("name"), FIELD_TEXT, true, AT(title), NULL, "The member's name.", "Jo Tremblay"},
    {STR_INIT("designations"), FIELD_CLAIMS, false, AT(member.designations), NULL,
     "Codes from content/designations.yml.", "[MCRS]"},
    {STR_INIT("roles"), FIELD_ROLES, false, AT(member.roles), NULL,
     "What the member does in the association: team and title.",
     "[{team: Board, title: Treasurer}]"},
    {STR_INIT("location"), FIELD_TEXT, false, AT(member.location), NULL,
     "Where the member practises.", "Halifax, NS"},
    {STR_INIT("languages"), FIELD_LIST, false, AT(member.languages), NULL,
     "Languages the member works in.", "[en, fr]"},
    {STR_INIT("services"), FIELD_LIST, false, AT(member.services), NULL, "What the member offers.",
     "[résumé writing, interview coaching]"},
    {STR_INIT("photo"), FIELD_FILE, false, AT(member.photo), NULL, "A portrait beside the bio.",
     "photo.jpg"},
    {STR_INIT("links"), FIELD_LINKS, false, AT(member.links), NULL, "The member's pages elsewhere.",
     "[{label: Website, url: https://example.org}]"},
    {STR_INIT("pronouns"), FIELD_TEXT, false, AT(member.pronouns), NULL,
     "The pronouns to use for the member.", "she/her"},
    {STR_INIT("joined"), FIELD_DATE, false, AT(member.joined), NULL, "When the member joined.",
     "2019-09-01"},
    {STR_INIT("email"), FIELD_EMAIL, false, AT(member.email), NULL,
     "An address that the site shows protected from simple harvesters.", "jo@example.org"},
    {STR_INIT("github"), FIELD_TEXT, false, AT(member.github), NULL,
     "The account that may change this bio.", "jotremblay"},
    {STR_INIT("sort_name"), FIELD_TEXT, false, AT(member.sort_name), NULL,
     "The name as the directory sorts it.", "Tremblay, Jo"},
    {STR_INIT("description"), FIELD_TEXT, false, AT(description), NULL,
     "One sentence for lists and search engines.", "Career counsellor for newcomers."},
    {STR_INIT("aliases"), FIELD_ALIASES, false, AT(aliases), NULL,
     "Old addresses of this page, which lead here.", "[/people/jo/]"},
    {STR_INIT("lang"), FIELD_LANGUAGE, false, AT(lang), NULL,
     "The bio's language, if it is not the site's.", "fr"},
    {STR_INIT("translation_of"), FIELD_TEXT, false, AT(translation_of), NULL,
     "The slug of the bio that this one translates.", "jo-tremblay"},
    {STR_INIT("slug"), FIELD_SLUG, false, AT(slug), NULL,
     "The last part of its address, if it is not the file's name.", "jo-tremblay"},
    {STR_INIT("draft"), FIELD_FLAG, false, AT(draft), NULL, "true: not published yet.", "true"},
};

static const struct field_schema event_fields[] = {
    {STR_INIT("title"), FIELD_TEXT, true, AT(title), NULL, "What it is called.", "Résumé clinic"},
    {STR_INIT("start"), FIELD_DATE, true, AT(event.start), NULL,
     "When it begins; a date alone makes it an all-day event.", "2026-04-02 18:30"},
    {STR_INIT("end"), FIELD_DATE, false, AT(event.end), NULL,
     "When it ends; of an all-day event, its last day.", "2026-04-02 20:00"},
    {STR_INIT("timezone"), FIELD_ZONE, false, AT(event.timezone), NULL,
     "The zone its times are in, if it is not the site's.", "America/Halifax"},
    {STR_INIT("all_day"), FIELD_FLAG, false, AT(event.all_day), NULL,
     "true: the times of day do not matter.", "true"},
    {STR_INIT("repeat"), FIELD_TEXT, false, AT(event.repeat), NULL,
     "How it recurs: a recurrence rule of RFC 5545.", "FREQ=MONTHLY;BYDAY=1TH"},
    {STR_INIT("except"), FIELD_DATES, false, AT(event.except), NULL,
     "Days on which it does not take place.", "[2026-07-02]"},
    {STR_INIT("changes"), FIELD_CHANGES, false, AT(event.changes), NULL,
     "Single dates that differ: the day it would have been, and what is different.",
     "[{date: 2026-09-03, start: 2026-09-10 18:30}]"},
    {STR_INIT("sessions"), FIELD_SESSIONS, false, AT(event.sessions), NULL,
     "Its parts, each with start and end.", "[{start: 2026-04-02 09:00, end: 2026-04-02 12:00}]"},
    {STR_INIT("location"), FIELD_TEXT, false, AT(event.location), NULL, "Where it is.",
     "Central Library, Halifax"},
    {STR_INIT("online"), FIELD_URL, false, AT(event.online), NULL, "Where to join it online.",
     "https://meet.example.org/clinic"},
    {STR_INIT("registration"), FIELD_URL, false, AT(event.registration), NULL, "Where to register.",
     "https://example.org/register"},
    {STR_INIT("price"), FIELD_TEXT, false, AT(event.price), NULL, "What it costs.",
     "Free for members"},
    {STR_INIT("sold_out"), FIELD_FLAG, false, AT(event.sold_out), NULL, "true: no places are left.",
     "true"},
    {STR_INIT("organiser"), FIELD_PERSONS, false, AT(event.organiser), NULL,
     "Who organises it: a member or a name.", "maya-okafor"},
    {STR_INIT("speakers"), FIELD_PERSONS, false, AT(event.speakers), NULL,
     "Who speaks: members or names.", "[jo-tremblay]"},
    {STR_INIT("tags"), FIELD_LIST, false, AT(tags), NULL, "What it is about.", "[webinars]"},
    {STR_INIT("credits"), FIELD_CREDITS, false, AT(event.credits), NULL,
     "Hours of continuing education: a number, or hours by designation.", "{MCRS: 1.5}"},
    {STR_INIT("cancelled"), FIELD_FLAG, false, AT(event.cancelled), NULL,
     "true: it does not take place.", "true"},
    {STR_INIT("description"), FIELD_TEXT, false, AT(description), NULL,
     "One sentence for lists and search engines.", "Bring a résumé, leave with a better one."},
    {STR_INIT("image"), FIELD_FILE, false, AT(image), NULL, "A picture beside the event.",
     "hall.jpg"},
    {STR_INIT("image_alt"), FIELD_TEXT, false, AT(image_alt), NULL, "What the picture shows.",
     "The library's reading room"},
    {STR_INIT("aliases"), FIELD_ALIASES, false, AT(aliases), NULL,
     "Old addresses of this page, which lead here.", "[/events/clinic/]"},
    {STR_INIT("lang"), FIELD_LANGUAGE, false, AT(lang), NULL,
     "Its language, if it is not the site's.", "fr"},
    {STR_INIT("translation_of"), FIELD_TEXT, false, AT(translation_of), NULL,
     "The slug of the event that this one translates.", "resume-clinic"},
    {STR_INIT("uid"), FIELD_TEXT, false, AT(event.uid), NULL,
     "Its identifier in calendars, where it came from another system.", "a1b2@example.org"},
    {STR_INIT("slug"), FIELD_SLUG, false, AT(slug), NULL,
     "The last part of its address, if it is not the file's name.", "resume-clinic"},
    {STR_INIT("draft"), FIELD_FLAG, false, AT(draft), NULL, "true: not published yet.", "true"},
};

static const struct field_schema comment_fields[] = {
    {STR_INIT("author"), FIELD_PERSON, true, AT(comment.author), NULL,
     "Who wrote it: a member's slug, or a name.", "jo-tremblay"},
    {STR_INIT("date"), FIELD_DATE, true, AT(date), NULL, "When it was written.",
     "2026-03-02 10:15"},
    {STR_INIT("reply_to"), FIELD_TEXT, false, AT(comment.reply_to), NULL,
     "The comment it answers: the name of its file without .md.", "2026-03-01-sam"},
};

static const struct field_schema page_fields[] = {
    {STR_INIT("title"), FIELD_TEXT, true, AT(title), NULL, "The page's title.", "About us"},
    {STR_INIT("menu"), FIELD_MENU, false, AT(page.menu), NULL,
     "true, or a number that gives its place: the page is in the menu.", "2"},
    {STR_INIT("description"), FIELD_TEXT, false, AT(description), NULL,
     "One sentence for search engines.", "Who we are and how to reach us."},
    {STR_INIT("layout"), FIELD_TEXT, false, AT(layout), NULL,
     "The template in layouts/ that shows it.", "page"},
    {STR_INIT("image"), FIELD_FILE, false, AT(image), NULL, "A picture beside the page.",
     "office.jpg"},
    {STR_INIT("image_alt"), FIELD_TEXT, false, AT(image_alt), NULL, "What the picture shows.",
     "Our office"},
    {STR_INIT("aliases"), FIELD_ALIASES, false, AT(aliases), NULL,
     "Old addresses of this page, which lead here.", "[/contact-us/]"},
    {STR_INIT("lang"), FIELD_LANGUAGE, false, AT(lang), NULL,
     "Its language, if it is not the site's.", "fr"},
    {STR_INIT("translation_of"), FIELD_TEXT, false, AT(translation_of), NULL,
     "The slug of the page that this one translates.", "about"},
    {STR_INIT("slug"), FIELD_SLUG, false, AT(slug), NULL,
     "The last part of its address, if it is not the file's name.", "about"},
    {STR_INIT("noindex"), FIELD_FLAG, false, AT(noindex), NULL,
     "true: search engines are asked to leave it out.", "true"},
    {STR_INIT("draft"), FIELD_FLAG, false, AT(draft), NULL, "true: not published yet.", "true"},
};

#define FIELDS(table) table, sizeof table / sizeof *table

static const struct kind_schema schemas[KIND_COUNT] = {
    {KIND_ARTICLE, "article", "an article", STR_INIT("articles"), FIELDS(article_fields)},
    {KIND_MEMBER, "member", "a member's bio", STR_INIT("members"), FIELDS(member_fields)},
    {KIND_EVENT, "event", "an event", STR_INIT("events"), FIELDS(event_fields)},
    {KIND_COMMENT, "comment", "a comment", STR_INIT("comments"), FIELDS(comment_fields)},
    {KIND_PAGE, "page", "a page", STR_INIT("pages"), FIELDS(page_fields)},
};

const struct kind_schema *schema_of(enum kind kind)
{
    return &schemas[kind];
}

const struct field_schema *schema_field(const struct kind_schema *schema, struct str key)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (str_eq(schema->fields[i].key, key))
            return &schema->fields[i];
    }
    return NULL;
}

struct str schema_suggest(const struct kind_schema *schema, struct str key)
{
    struct str keys[64];
    size_t count = 0;
    for (; count < schema->count && count < sizeof keys / sizeof *keys; count++)
        keys[count] = schema->fields[count].key;
    struct str nearest = suggest_nearest(key, keys, count);
    /* Real content has keys of its own: one letter of a short word proves nothing, but for the
     * plural of "tag". */
    return key.len < 4 && !str_eq_nocase(key, STR("tag")) ? (struct str){0} : nearest;
}
