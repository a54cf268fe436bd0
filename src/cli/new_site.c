#include "cli/new_site.h"

#include "base/suggest.h"
#include "base/vec.h"
#include "build/texts.h"
#include "lang/slug.h"
#include "site/bodies.h"
#include "site/load.h"

static int load(struct cli *cli, struct new_site *new_site, struct diags *diags)
{
    const struct build_options *build = &new_site->run.build;
    new_site->pool = pool_new(build->threads);
    new_site->workers = pool_size(new_site->pool);
    new_site->worker_arenas = arena_zalloc(cli->arena, new_site->workers, sizeof(struct arena));
    const struct source_options source = {
        .fs = cli->fs,
        .place = &new_site->run.place,
        .workers = new_site->workers,
        .embedded = source_embedded,
        .embedded_count = source_embedded_count,
    };
    if (source_open(&source, cli->arena, diags, &new_site->source) != 0)
        return -1;
    const struct load_options options = {
        .fs = cli->fs,
        .source = new_site->source,
        .pool = new_site->pool,
        .worker_arenas = new_site->worker_arenas,
        .now = build->now,
        .drafts = true,
        .future = true,
    };
    struct site *site = NULL;
    int result = site_load(&options, cli->arena, diags, &site);
    new_site->site = site;
    return result;
}

enum status new_site_open(struct cli *cli, struct new_site *new_site)
{
    *new_site = (struct new_site){0};
    enum status status = site_run_prepare(cli, &new_site->run);
    if (status != STATUS_DONE)
        return status;
    const struct source_place *place = &new_site->run.place;
    if (place->bare || !place->has_content) {
        diag_error(cli->diags, "source", (struct span){0}, "%.*s is no site: it has no content/",
                   STR_ARG(place->folder));
        diag_hint(cli->diags, "go into your site's folder, or begin one with `copse init DIR`");
        return STATUS_CONTENT;
    }
    struct diags diags;
    diags_init(&diags, cli->arena);
    if (load(cli, new_site, &diags) == 0 && new_site->site)
        return STATUS_DONE;
    diags_merge(cli->diags, &diags);
    return STATUS_CONTENT;
}

void new_site_close(struct cli *cli, struct new_site *new_site)
{
    if (new_site->pool)
        pool_free(new_site->pool);
    bodies_free(new_site->site ? new_site->site->bodies : NULL);
    if (new_site->source)
        texts_complete(new_site->source, cli->arena, cli->diags);
    source_close(new_site->source);
    for (unsigned i = 0; i < new_site->workers; i++)
        arena_adopt(cli->arena, &new_site->worker_arenas[i]); /* problems point into it */
}

const struct entry *new_site_find(const struct site *site, enum kind kind, struct str slug)
{
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind == kind && entry->edition == &site->editions[0] &&
            str_eq(entry->slug, slug))
            return entry;
    }
    return NULL;
}

static bool is_under(const struct entry *comment, const struct entry *article)
{
    return comment->kind == KIND_COMMENT && comment->commented &&
           comment->commented == article->group;
}

const struct entry *new_site_comment(const struct site *site, const struct entry *article,
                                     struct str id)
{
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (is_under(entry, article) && str_eq(entry->comment_id, id))
            return entry;
    }
    return NULL;
}

struct str new_site_suggest(const struct site *site, enum kind kind, const struct entry *article,
                            struct str slug, struct arena *arena)
{
    struct str *names = arena_zalloc(arena, site->entry_count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind != kind)
            continue;
        if (kind != KIND_COMMENT)
            names[count++] = entry->slug;
        else if (is_under(entry, article))
            names[count++] = entry->comment_id;
    }
    return suggest_nearest(slug, names, count);
}

struct str new_site_account(struct str email)
{
    const struct str host = STR("@users.noreply.github.com");
    if (email.len <= host.len || !str_ends(email, host))
        return (struct str){0};
    email.len -= host.len;
    size_t plus = str_find_byte(email, '+', 0);
    return plus == STR_NONE ? email : str_after(email, plus + 1);
}

static bool is_account(const struct record_member *member, struct str email)
{
    struct str account = new_site_account(email);
    return (account.len > 0 && str_eq_nocase(member->github.text, account)) ||
           (email.len > 0 && str_eq_nocase(member->email.text, email));
}

/* DESIGN §1: what has this form must be a member. */
static bool looks_like_slug(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (!(byte >= 'a' && byte <= 'z') && !str_is_digit(byte) && byte != '-')
            return false;
    }
    return true;
}

struct str new_site_person(const struct site *site, struct str name, struct str email,
                           struct arena *arena)
{
    const struct entry *named = NULL;
    struct str folded = slug_fold(arena, name);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind != KIND_MEMBER)
            continue;
        if (is_account(&entry->record->member, email) || str_eq(entry->slug, name))
            return entry->slug;
        if (str_eq(entry->record->title.text, name) ||
            (!named && folded.len > 0 &&
             str_eq(slug_fold(arena, entry->record->title.text), folded)))
            named = entry;
    }
    if (named)
        return named->slug;
    return looks_like_slug(name) ? (struct str){0} : name;
}
