#include "cli/why_words.h"
#include "base/html.h"
#include "base/map.h"
#include "base/vec.h"
#include "cli/messages.h"

enum { NAMED_MOST = 5 };

/* A reason and how often it came first. */
struct tally {
    struct str text;
    size_t count;
};

struct tallies {
    struct tally **items;
    size_t count, capacity;
};

/* "tags/webinars/" for tags/webinars/index.html, as its visitors know it. */
static struct str shown_path(struct str path)
{
    if (str_eq(path, STR("index.html")))
        return STR("/");
    return str_ends(path, STR("/index.html")) ? str_sub(path, 0, path.len - 10) : path;
}

static void say_page(struct buf *out, const struct why_page *page)
{
    messages_visible(out, shown_path(page->path));
    buf_adds(out, ": ");
    messages_visible(out, page->reasons[0].text);
    if (page->count > 1)
        buf_addf(out, "; and %zu more", page->count - 1);
    buf_addc(out, '\n');
}

void why_text(struct buf *out, const struct why *why)
{
    struct arena arena = {0};
    struct map known;
    struct tallies tallies = {0};
    if (why->nothing_known) {
        buf_adds(out, "everything was made: nothing is known of an earlier build with this output "
                      "and these options\n");
        return;
    }
    map_init(&known, &arena);
    for (size_t i = 0; i < why->count; i++) {
        void **slot = map_slot(&known, why->pages[i].reasons[0].text);
        struct tally *tally = *slot;
        if (!tally) {
            tally = *slot = arena_zalloc(&arena, 1, sizeof *tally);
            tally->text = why->pages[i].reasons[0].text;
            *vec_push(&arena, &tallies) = tally;
        }
        if (++tally->count <= NAMED_MOST)
            say_page(out, &why->pages[i]);
    }
    for (size_t i = 0; i < tallies.count; i++) {
        const struct tally *tally = tallies.items[i];
        if (tally->count <= NAMED_MOST)
            continue;
        size_t more = tally->count - NAMED_MOST;
        buf_addf(out, "%zu more %s: ", more, more == 1 ? "file" : "files");
        messages_visible(out, tally->text);
        buf_addc(out, '\n');
    }
    arena_release(&arena);
}

void why_json(struct buf *out, const struct why *why)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < why->count; i++) {
        const struct why_page *page = &why->pages[i];
        buf_adds(out, i == 0 ? "\n{\"path\":" : ",\n{\"path\":");
        json_escape(out, page->path);
        buf_adds(out, ",\"why\":[");
        for (size_t j = 0; j < page->count; j++) {
            const struct why_reason *reason = &page->reasons[j];
            buf_addf(out, "%s{\"kind\":\"%s\",\"about\":", j == 0 ? "" : ",", reason->kind);
            json_escape(out, reason->about);
            buf_adds(out, ",\"text\":");
            json_escape(out, reason->text);
            buf_addc(out, '}');
        }
        buf_adds(out, "]}");
    }
    buf_adds(out, "\n]");
}
