#include "pages/forge.h"
#include "base/html.h"
#include "base/path.h"
#include "lang/slug.h"

/* How a kind of forge addresses its editor and its form; the branch follows `edit` and `create`. */
struct forge {
    const char *name;
    const char *edit;
    const char *create; /* NULL: its form cannot be filled in */
    const char *path_key;
    const char *text_key;
};

static const struct forge forges[] = {
    {"github", "/edit/", "/new/", "filename", "value"},
    {"gitlab", "/-/edit/", "/-/new/", "file_name", "content"},
    {"forgejo", "/_edit/", NULL, NULL, NULL},
    {"gitea", "/_edit/", NULL, NULL, NULL},
    {"codeberg", "/_edit/", NULL, NULL, NULL},
};

static const struct forge *forge_of(const struct config *config)
{
    const struct value *named = value_map_get(&config->values, STR("forge"));
    struct str name = named && named->type == VALUE_TEXT ? named->str : config->repository;
    for (size_t i = 0; i < sizeof forges / sizeof *forges; i++) {
        if (str_has(name, str_from(forges[i].name)))
            return &forges[i];
    }
    return &forges[0];
}

/* The repository's page; people also write the address that is cloned from. */
static struct str page_of(struct str repository)
{
    if (str_ends(repository, STR("/")))
        repository.len--;
    if (str_ends(repository, STR(".git")))
        repository.len -= 4;
    return repository;
}

static struct str in_arena(struct arena *arena, struct buf *buf)
{
    struct str text = arena_str(arena, buf_str(buf));
    buf_release(buf);
    return text;
}

struct str forge_edit_url(const struct site *site, const struct entry *entry, struct arena *arena)
{
    const struct config *config = &site->config;
    struct buf url = {0};
    if (config->repository.len == 0)
        return (struct str){0};
    buf_add(&url, page_of(config->repository));
    buf_adds(&url, forge_of(config)->edit);
    url_escape_path(&url, config->branch);
    buf_addc(&url, '/');
    url_escape_path(&url, path_join(arena, site->repository_folder, entry->file->path));
    return in_arena(arena, &url);
}

static struct str form_url(const struct site *site, struct str path, struct str text,
                           struct arena *arena)
{
    const struct config *config = &site->config;
    const struct forge *forge = forge_of(config);
    struct buf url = {0};
    if (config->repository.len == 0 || !forge->create)
        return (struct str){0};
    buf_add(&url, page_of(config->repository));
    buf_adds(&url, forge->create);
    url_escape_path(&url, config->branch);
    buf_addf(&url, "?%s=", forge->path_key);
    url_escape_component(&url, path_join(arena, site->repository_folder, path));
    buf_addf(&url, "&%s=", forge->text_key);
    url_escape_component(&url, text);
    return in_arena(arena, &url);
}

static struct str word(const struct edition *edition, const char *key, struct arena *arena)
{
    struct str found = words_find(edition->words, str_from(key), NULL, arena);
    return found.len > 0 ? found : str_from(key);
}

/* A file of someone who has yet to write their name: "your-name". */
static struct str file_name(const struct edition *edition, struct arena *arena)
{
    struct str slug = slug_fold(arena, word(edition, "form_name", arena));
    return slug.len > 0 ? slug : STR("your-name");
}

bool forge_shows_comments(const struct site *site, const struct entry *article)
{
    return site->config.comments != COMMENTS_OFF &&
           !str_eq(article->record->article.comments.text, STR("off"));
}

bool forge_takes_comments(const struct site *site, const struct entry *article)
{
    return forge_shows_comments(site, article) && site->config.comments != COMMENTS_CLOSED &&
           !str_eq(article->record->article.comments.text, STR("closed"));
}

struct str forge_comment_url(const struct site *site, const struct entry *article,
                             struct arena *arena)
{
    const struct edition *edition = article->edition;
    if (!forge_takes_comments(site, article))
        return (struct str){0};
    struct str path =
        arena_printf(arena, "content/comments/%.*s/%.*s.md", STR_ARG(article->group->primary->slug),
                     STR_ARG(file_name(edition, arena)));
    /* The date is left to be filled in: the page stands for years, and a day that is not today
     * would pass unseen. */
    struct str text = arena_printf(arena, "---\nauthor: %.*s\ndate: %.*s\n---\n\n%.*s\n",
                                   STR_ARG(word(edition, "form_name", arena)),
                                   STR_ARG(word(edition, "form_date", arena)),
                                   STR_ARG(word(edition, "form_comment", arena)));
    return form_url(site, path, text, arena);
}

struct str forge_bio_url(const struct site *site, const struct edition *edition,
                         struct arena *arena)
{
    /* Only what most bios say; an empty key is an absent one. */
    static const char *const keys[] = {"designations", "location", "languages", "services",
                                       "email",        "links",    "github"};
    struct buf text = {0};
    struct str path =
        arena_printf(arena, "content/members/%.*s.md", STR_ARG(file_name(edition, arena)));
    buf_addf(&text, "---\nname: %.*s\n", STR_ARG(word(edition, "form_name", arena)));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        buf_addf(&text, "%s:\n", keys[i]);
    if (edition != site->editions)
        buf_addf(&text, "lang: %.*s\n", STR_ARG(edition->lang));
    buf_addf(&text, "---\n\n%.*s\n", STR_ARG(word(edition, "form_bio", arena)));
    struct str url = form_url(site, path, buf_str(&text), arena);
    buf_release(&text);
    return url;
}
