/* `copse new`: one more article, member, event, page or comment, with everything filled in that can
 * be known. */
#include "base/path.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/new_file.h"
#include "cli/new_site.h"
#include "cli/new_words.h"
#include "cli/streams.h"
#include "lang/slug.h"
#include "source/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_VALUES = 8, PLACEHOLDER_DAYS = 14 };

struct job {
    struct cli *cli;
    struct new_site site;
    const struct kind_schema *schema;
    struct str title; /* a comment's: the slug of its article */
    struct str slug;
    struct str author;     /* a member's slug or a guest's name; empty: not known */
    struct str account;    /* member: of the forge, or empty */
    struct str folder;     /* in the site, "content/articles" */
    struct str name;       /* of the file in it, without .md */
    struct date_time when; /* now, by the site's clock */
    struct new_value values[MOST_VALUES];
    size_t count;
};

static enum status wrong(struct job *job, enum status status, const char *code, const char *what,
                         struct str about)
{
    diag_error(job->cli->diags, code, (struct span){0}, what, STR_ARG(about));
    return status;
}

static void add(struct job *job, const char *key, struct str text, bool is_yaml)
{
    job->values[job->count++] = (struct new_value){str_from(key), text, is_yaml};
}

/* One line from a person at a terminal, trimmed; empty if nobody can be asked or nothing was said.
 */
static struct str ask(struct job *job, const char *question)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return (struct str){0};
    fprintf(stderr, "%s ", question);
    char *line = NULL;
    size_t capacity = 0;
    ssize_t got = getline(&line, &capacity, stdin);
    struct str said = {0};
    if (got > 0)
        said = arena_str(job->cli->arena, str_trim((struct str){line, (size_t)got}));
    free(line);
    return said;
}

/* What is left of a line when what no line of text holds is a blank. */
static struct str clean(struct arena *arena, struct str text)
{
    struct buf out = {0};
    while (text.len > 0) {
        size_t length = 0;
        uint32_t code = utf8_decode(text, &length);
        bool control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
                       code == 0x2029 || code == 0xfeff || (code & 0xfffe) == 0xfffe;
        buf_add(&out, control ? STR(" ") : str_sub(text, 0, length));
        text = str_after(text, length);
    }
    struct str cleaned = arena_str(arena, str_trim(buf_str(&out)));
    buf_release(&out);
    return cleaned;
}

static enum status read_kind(struct job *job)
{
    struct str names[KIND_COUNT];
    struct str wanted = str_from(job->cli->options->operands[0]);
    if (job->cli->options->operand_count == 0)
        wanted = ask(job, "What is it to be: article, member, event, page or comment?");
    if (wanted.len == 0)
        return wrong(job, STATUS_USAGE, "usage",
                     "say what it is to be, for example: copse new article \"A first try\"%.*s",
                     STR(""));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        names[kind] = str_from(schema_of((enum kind)kind)->name);
        if (str_eq(names[kind], wanted))
            job->schema = schema_of((enum kind)kind);
    }
    if (job->schema)
        return STATUS_DONE;
    diag_error(job->cli->diags, "usage", (struct span){0},
               "there is no kind of content called '%.*s'", STR_ARG(wanted));
    struct str near = suggest_nearest(wanted, names, KIND_COUNT);
    if (near.len > 0)
        diag_hint(job->cli->diags, "did you mean %.*s?", STR_ARG(near));
    else
        diag_hint(job->cli->diags, "it can be article, member, event, page or comment");
    return STATUS_USAGE;
}

/* Options that a kind has no use for are said, not overlooked. */
static enum status check_options(struct job *job)
{
    const bool *given = job->cli->options->given;
    enum kind kind = job->schema->kind;
    bool signed_kind = kind == KIND_ARTICLE || kind == KIND_COMMENT;
    const char *odd = given[OPTION_AUTHOR] && !signed_kind             ? "--author"
                      : given[OPTION_REPLY_TO] && kind != KIND_COMMENT ? "--reply-to"
                      : given[OPTION_SLUG] && kind == KIND_COMMENT     ? "--slug"
                                                                       : NULL;
    if (!odd)
        return STATUS_DONE;
    diag_error(job->cli->diags, "usage", (struct span){0}, "`copse new %s` has no use for %s",
               job->schema->name, odd);
    return STATUS_USAGE;
}

/* The operands behind the kind are one title, quoted or not. */
static enum status read_title(struct job *job)
{
    static const char *const questions[KIND_COUNT] = {
        [KIND_ARTICLE] = "What is the article's headline?",
        [KIND_MEMBER] = "What is your name, as the site should show it?",
        [KIND_EVENT] = "What is the event called?",
        [KIND_COMMENT] = "Which article is the comment about (the last part of its address)?",
        [KIND_PAGE] = "What is the page's title?",
    };
    const struct options *options = job->cli->options;
    struct buf title = {0};
    for (size_t i = 1; i < options->operand_count; i++)
        buf_addf(&title, "%s%s", i > 1 ? " " : "", options->operands[i]);
    struct str given = arena_str(job->cli->arena, buf_str(&title));
    buf_release(&title);
    if (options->operand_count <= 1)
        given = ask(job, questions[job->schema->kind]);
    if (utf8_invalid(given) != STR_NONE)
        return wrong(job, STATUS_USAGE, "usage", "this title is not in UTF-8%.*s", STR(""));
    job->title = clean(job->cli->arena, given);
    if (job->title.len > 0)
        return STATUS_DONE;
    if (job->schema->kind == KIND_COMMENT)
        return wrong(job, STATUS_USAGE, "usage",
                     "say which article the comment is about: copse new comment "
                     "six-questions%.*s",
                     STR(""));
    return wrong(job, STATUS_USAGE, "usage",
                 "say what it is called, for example: copse new %.*s \"A first try\"",
                 str_from(job->schema->name));
}

static enum status find_slug(struct job *job)
{
    struct str given = str_from(job->cli->options->value[OPTION_SLUG]);
    job->slug = slug_fold(job->cli->arena, given.len > 0 ? given : job->title);
    if (job->slug.len == 0) {
        wrong(job, STATUS_USAGE, "usage",
              "'%.*s' has no letter from a to z and no digit to make an address of",
              given.len > 0 ? given : job->title);
        diag_hint(job->cli->diags, "choose the last part of its address: --slug summer-party");
        return STATUS_USAGE;
    }
    const struct entry *other = new_site_find(job->site.site, job->schema->kind, job->slug);
    if (!other)
        return STATUS_DONE;
    diag_error(job->cli->diags, "exists", span_file(other->record->text),
               "this file has the address %.*s already", STR_ARG(other->url));
    diag_hint(job->cli->diags, "Change that file, or choose another address with --slug.");
    return STATUS_CONTENT;
}

static struct str day_of(struct job *job, int days_ahead, const char *time)
{
    const struct date_time *now = &job->when;
    int year, month, day;
    date_from_days(date_days(now->year, now->month, now->day) + days_ahead, &year, &month, &day);
    return arena_printf(job->cli->arena, "%04d-%02d-%02d%s", year, month, day, time);
}

/* Who writes: --author, else who git says this is, else who answers. */
static enum status find_author(struct job *job)
{
    struct cli *cli = job->cli;
    const struct site *site = job->site.site;
    struct identity git = identity_read(&job->site.run.place, cli->arena);
    struct str given = clean(cli->arena, str_from(cli->options->value[OPTION_AUTHOR]));
    if (given.len == 0 && (git.name.len > 0 || git.email.len > 0)) {
        job->author = new_site_person(site, clean(cli->arena, git.name), git.email, cli->arena);
        if (job->author.len > 0)
            return STATUS_DONE;
    }
    if (given.len == 0)
        given = clean(cli->arena, ask(job, "Who writes it? (a name)"));
    if (utf8_invalid(given) != STR_NONE)
        return wrong(job, STATUS_USAGE, "usage", "the author's name is not in UTF-8%.*s", STR(""));
    if (given.len > 0) {
        job->author = new_site_person(site, given, (struct str){0}, cli->arena);
        if (job->author.len > 0)
            return STATUS_DONE;
        wrong(job, STATUS_CONTENT, "unknown-member",
              "there is no member '%.*s' in content/members/", given);
        struct str near = new_site_suggest(site, KIND_MEMBER, NULL, given, cli->arena);
        if (near.len > 0)
            diag_hint(cli->diags, "did you mean '%.*s'?", STR_ARG(near));
        else
            diag_hint(cli->diags, "for a guest, write the name with a capital: --author \"Ada "
                                  "Guest\"");
        return STATUS_CONTENT;
    }
    if (job->schema->kind == KIND_COMMENT)
        return wrong(job, STATUS_USAGE, "usage",
                     "say who writes the comment: --author \"Jo Tremblay\"%.*s", STR(""));
    return STATUS_DONE;
}

static enum status plan_article(struct job *job)
{
    enum status status = find_author(job);
    if (status != STATUS_DONE)
        return status;
    struct str today = day_of(job, 0, "");
    job->name = arena_printf(job->cli->arena, "%.*s-%.*s", STR_ARG(today), STR_ARG(job->slug));
    add(job, "title", job->title, false);
    add(job, "date", today, true);
    if (job->author.len > 0)
        add(job, "author", job->author, false);
    add(job, "description", STR(""), true);
    add(job, "tags", STR("[]"), true);
    add(job, "draft", STR("true"), true);
    return STATUS_DONE;
}

static struct str ask_account(struct job *job)
{
    struct str said = ask(job, "With which account, at GitHub for example, will you change your "
                               "bio? (may stay empty)");
    said = clean(job->cli->arena, said);
    return str_starts(said, STR("@")) ? str_after(said, 1) : said;
}

static enum status plan_member(struct job *job)
{
    struct identity git = identity_read(&job->site.run.place, job->cli->arena);
    struct str member = new_site_person(job->site.site, STR("-"), git.email, job->cli->arena);
    /* Someone who has a bio is writing a colleague's: then the account is not theirs. */
    bool own = member.len == 0;
    if (own)
        job->account = new_site_account(git.email);
    if (own && job->account.len == 0)
        job->account = ask_account(job);
    if (utf8_invalid(job->account) != STR_NONE)
        return wrong(job, STATUS_USAGE, "usage", "the account's name is not in UTF-8%.*s", STR(""));
    job->folder = path_join(job->cli->arena, job->folder, job->slug);
    job->name = STR("index");
    add(job, "name", job->title, false);
    add(job, "location", STR(""), true);
    add(job, "languages", STR("[]"), true);
    add(job, "services", STR("[]"), true);
    add(job, "designations", STR("[]"), true);
    if (own)
        add(job, "github", job->account, false);
    return STATUS_DONE;
}

static enum status plan_event(struct job *job)
{
    struct str start = day_of(job, PLACEHOLDER_DAYS, " 18:00");
    struct str end = day_of(job, PLACEHOLDER_DAYS, " 20:00");
    add(job, "title", job->title, false);
    add(job, "start", start, true);
    add(job, "end", end, true);
    add(job, "location", STR(""), true);
    add(job, "description", STR(""), true);
    add(job, "tags", STR("[]"), true);
    add(job, "draft", STR("true"), true);
    job->name = job->slug;
    return STATUS_DONE;
}

static enum status plan_page(struct job *job)
{
    add(job, "title", job->title, false);
    add(job, "description", STR(""), true);
    add(job, "draft", STR("true"), true);
    job->name = job->slug;
    return STATUS_DONE;
}

/* The article that a comment is about, and what it answers. */
static enum status find_commented(struct job *job, const struct entry **article)
{
    struct cli *cli = job->cli;
    const struct site *site = job->site.site;
    *article = new_site_find(site, KIND_ARTICLE, job->title);
    if (!*article) {
        wrong(job, STATUS_CONTENT, "unknown-article", "there is no article '%.*s'", job->title);
        struct str near = new_site_suggest(site, KIND_ARTICLE, NULL, job->title, cli->arena);
        if (near.len > 0)
            diag_hint(cli->diags, "did you mean %.*s?", STR_ARG(near));
        else
            diag_hint(cli->diags, "it is the last part of the article's address: six-questions of "
                                  "/articles/six-questions/");
        return STATUS_CONTENT;
    }
    struct str parent = str_from(cli->options->value[OPTION_REPLY_TO]);
    if (parent.len == 0 || new_site_comment(site, *article, parent))
        return STATUS_DONE;
    wrong(job, STATUS_CONTENT, "unknown-comment", "there is no comment '%.*s' under this article",
          parent);
    struct str near = new_site_suggest(site, KIND_COMMENT, *article, parent, cli->arena);
    if (near.len > 0)
        diag_hint(cli->diags, "did you mean %.*s?", STR_ARG(near));
    else
        diag_hint(cli->diags, "it is the name of the comment's file, without .md");
    return STATUS_CONTENT;
}

static enum status plan_comment(struct job *job)
{
    struct arena *arena = job->cli->arena;
    const struct entry *article = NULL;
    enum status status = find_commented(job, &article);
    if (status == STATUS_DONE)
        status = find_author(job);
    if (status != STATUS_DONE)
        return status;
    struct str who = slug_fold(arena, job->author);
    if (who.len == 0)
        who = slug_fallback(arena, job->author);
    struct str id = arena_printf(arena, "%.*s-%.*s", STR_ARG(day_of(job, 0, "")), STR_ARG(who));
    job->name = id;
    for (int number = 2; new_site_comment(job->site.site, article, job->name); number++)
        job->name = arena_printf(arena, "%.*s-%d", STR_ARG(id), number);
    job->folder = path_join(arena, job->folder, article->slug);
    struct str time = arena_printf(arena, " %02d:%02d", job->when.hour, job->when.minute);
    add(job, "author", job->author, false);
    add(job, "date", day_of(job, 0, time.ptr), true);
    if (job->cli->options->given[OPTION_REPLY_TO])
        add(job, "reply_to", str_from(job->cli->options->value[OPTION_REPLY_TO]), false);
    return STATUS_DONE;
}

static enum status plan(struct job *job)
{
    enum status status;
    job->folder = path_join(job->cli->arena, STR("content"), job->schema->folder);
    if (job->schema->kind == KIND_COMMENT)
        return plan_comment(job);
    status = find_slug(job);
    if (status != STATUS_DONE)
        return status;
    switch (job->schema->kind) {
    case KIND_ARTICLE: return plan_article(job);
    case KIND_MEMBER: return plan_member(job);
    case KIND_EVENT: return plan_event(job);
    case KIND_PAGE: return plan_page(job);
    case KIND_COMMENT: break;
    }
    return STATUS_DONE;
}

static struct str body_of(enum kind kind)
{
    static const struct str bodies[KIND_COUNT] = {
        [KIND_ARTICLE] =
            STR_INIT("Write the article here. An empty line begins a new paragraph.\n"),
        [KIND_MEMBER] =
            STR_INIT("Write here, in two or three paragraphs, what you do and how you can help.\n"),
        [KIND_EVENT] = STR_INIT("Say here what will happen and for whom it is.\n"),
        [KIND_COMMENT] = STR_INIT("Write the comment here.\n"),
        [KIND_PAGE] = STR_INIT("Write the page here. An empty line begins a new paragraph.\n"),
    };
    return bodies[kind];
}

static enum status write_file(struct job *job, struct str path)
{
    struct cli *cli = job->cli;
    struct str full = path_join(cli->arena, job->site.run.place.folder, path);
    struct buf out = {0};
    new_file_write(&out, job->schema, job->values, job->count, body_of(job->schema->kind));
    int error = fs_make_folders(cli->fs, AT_FDCWD, arena_cstr(cli->arena, path_folder(full)));
    if (!error)
        error = fs_create(cli->fs, AT_FDCWD, full.ptr, buf_str(&out));
    buf_release(&out);
    if (error == EEXIST)
        return wrong(job, STATUS_CONTENT, "exists", "%.*s is there already; it was not changed",
                     path);
    if (error) {
        diag_system(cli->diags, (struct span){0}, error, "write %s", full.ptr);
        return STATUS_SYSTEM;
    }
    return STATUS_DONE;
}

static enum status tell(struct job *job, struct str path)
{
    const struct source_place *place = &job->site.run.place;
    if (job->cli->options->given[OPTION_QUIET])
        return STATUS_DONE;
    const struct new_words words = {
        .kind = job->schema->kind,
        .path = site_run_path(job->cli, &job->site.run, path),
        .slug = job->schema->kind == KIND_COMMENT ? job->title : job->slug,
        .repository = job->site.site->config.repository,
        .in_git = place->git_folder.len > 0,
        .is_shared = identity_read(place, job->cli->arena).origin.len > 0,
    };
    struct buf out = {0};
    buf_addf(&out, "Made %s\n\nWhat to do next:\n\n", words.path);
    new_words_add(&out, &words);
    int result = streams_write(job->cli, buf_str(&out));
    buf_release(&out);
    return result == 0 ? STATUS_DONE : STATUS_SYSTEM;
}

static enum status make(struct job *job)
{
    const struct zone *zone = job->site.site->config.zone;
    int64_t now = job->site.run.build.now;
    job->when = date_from_seconds(now, zone_at(zone, now).offset);
    enum status status = plan(job);
    if (status != STATUS_DONE)
        return status;
    struct str path =
        arena_printf(job->cli->arena, "%.*s/%.*s.md", STR_ARG(job->folder), STR_ARG(job->name));
    status = write_file(job, path);
    return status == STATUS_DONE ? tell(job, path) : status;
}

enum status cmd_new(struct cli *cli)
{
    struct job job = {.cli = cli};
    enum status status = read_kind(&job);
    if (status == STATUS_DONE)
        status = check_options(&job);
    if (status == STATUS_DONE)
        status = new_site_open(cli, &job.site);
    if (status == STATUS_DONE)
        status = read_title(&job);
    if (status == STATUS_DONE)
        status = make(&job);
    new_site_close(cli, &job.site);
    return status;
}
