#include "base/vec.h"
#include "build/outside/outside_internal.h"

#include <stdlib.h>

struct answer_list {
    struct answer *items;
    size_t count, capacity;
};

/* Host and port of a request: between the slashes and the next one, without a user's name. */
static struct str host_of(struct str url)
{
    struct str rest = str_after(url, str_find(url, STR("//"), 0) + 2);
    size_t end = 0;
    while (end < rest.len && !strchr("/?#", rest.ptr[end]))
        end++;
    struct str host = str_sub(rest, 0, end);
    size_t at = str_rfind_byte(host, '@');
    return at == STR_NONE ? host : str_after(host, at + 1);
}

/* One question for each address. */
static struct answer_list list_answers(const struct outside_links *links, struct arena *arena)
{
    struct answer_list answers = {0};
    struct map seen;
    map_init(&seen, arena);
    for (size_t i = 0; i < links->count; i++) {
        struct str url = links->items[i].url;
        if (!map_put(&seen, url, &seen))
            *vec_push(arena, &answers) = (struct answer){.url = url, .host = host_of(url)};
    }
    return answers;
}

/* Where not one of several hosts has a name, it is this computer that has no network. */
static bool is_offline(const struct answer_list *answers)
{
    bool several = false;
    for (size_t i = 0; i < answers->count; i++) {
        if (!answers->items[i].no_such_host)
            return false;
        several = several || !str_eq(answers->items[i].host, answers->items[0].host);
    }
    return several;
}

static void report_link(const struct outside_link *link, const struct answer *answer,
                        struct diags *diags)
{
    switch (answer->kind) {
    case ANSWER_GONE:
        diag_add(diags, SEVERITY_WARNING, "dead-external-link", link->span,
                 "the page at %.*s is not there (status %ld)", STR_ARG(link->url), answer->status);
        return;
    case ANSWER_SILENT:
        diag_add(diags, SEVERITY_WARNING, "dead-external-link", link->span,
                 "%.*s cannot be reached: %.*s", STR_ARG(link->url), STR_ARG(answer->why));
        return;
    case ANSWER_MOVED:
        diag_add(diags, SEVERITY_WARNING, "moved-link", link->span,
                 "the page at %.*s has moved for good", STR_ARG(link->url));
        diag_hint(diags, "it is now at %.*s", STR_ARG(answer->moved_to));
        return;
    case ANSWER_PRIVATE:
        diag_add(diags, SEVERITY_WARNING, "private-link", link->span,
                 "%.*s is an address in a private network, so it was not asked for",
                 STR_ARG(link->url));
        diag_hint(diags, "visitors cannot follow it; to ask for such addresses too, say --private");
        return;
    case ANSWER_NONE:
    case ANSWER_FOUND:
    case ANSWER_CLOSED: return;
    }
}

/* One note for each host, at the first link to it. */
static void report_closed(const struct outside_links *links, const struct map *by_url,
                          struct arena *arena, struct diags *diags)
{
    struct map counts; /* host: how many of its links were not told */
    map_init(&counts, arena);
    for (size_t i = 0; i < links->count; i++) {
        const struct answer *answer = map_get(by_url, links->items[i].url);
        if (answer->kind == ANSWER_CLOSED) {
            void **slot = map_slot(&counts, answer->host);
            *slot = (void *)((uintptr_t)*slot + 1);
        }
    }
    for (size_t i = 0; i < links->count; i++) {
        const struct answer *answer = map_get(by_url, links->items[i].url);
        size_t count = (uintptr_t)map_get(&counts, answer->host);
        if (answer->kind != ANSWER_CLOSED || count == 0)
            continue;
        diag_add(diags, SEVERITY_NOTE, "unchecked-link", links->items[i].span,
                 "%.*s does not let programs ask (status %ld), so %zu link%s to it %s not checked",
                 STR_ARG(answer->host), answer->status, count, count == 1 ? "" : "s",
                 count == 1 ? "was" : "were");
        map_put(&counts, answer->host, NULL);
    }
}

static void report(const struct outside_links *links, const struct answer_list *answers,
                   struct arena *arena, struct diags *diags)
{
    struct map by_url;
    map_init(&by_url, arena);
    if (is_offline(answers)) {
        diag_add(diags, SEVERITY_WARNING, "unchecked-link", (struct span){0},
                 "no outside link could be checked: this computer seems to have no network");
        return;
    }
    for (size_t i = 0; i < answers->count; i++)
        map_put(&by_url, answers->items[i].url, &answers->items[i]);
    for (size_t i = 0; i < links->count; i++)
        report_link(&links->items[i], map_get(&by_url, links->items[i].url), diags);
    report_closed(links, &by_url, arena, diags);
}

int outside_check(const struct outside_options *options, const struct fs *fs,
                  const struct plan *plan, struct source *source, struct arena *arena,
                  struct diags *diags)
{
    struct outside_links links = {0};
    outside_gather(plan, source, arena, &links);
    struct answer_list answers = list_answers(&links, arena);
    outside_recall(options, fs, answers.items, answers.count, arena);
    if (outside_ask(options, answers.items, answers.count, arena, diags) != 0)
        return -1;
    report(&links, &answers, arena, diags);
    int error = outside_remember(options, fs, answers.items, answers.count, arena);
    if (error != 0) {
        diag_add(diags, SEVERITY_WARNING, "system", (struct span){0},
                 "the answers of other sites could not be kept in %s, so all will be asked again",
                 options->cache);
    }
    return 0;
}
