#include "build/meant.h"
#include "base/path.h"
#include "base/suggest.h"

/* The best so far of those that were offered for a word. */
struct best {
    struct str word;
    size_t limit; /* the next must be at most so far away */
    const void *subject;
};

static struct best begin(struct str word)
{
    return (struct best){word, word.len <= 4 ? 1 : word.len <= 8 ? 2 : 3, NULL};
}

/* Nearer than a slip of the fingers is none; farther than any is a name with a part more or less:
 * /about-us/ for /about/. */
static void offer(struct best *best, struct str name, const void *subject)
{
    size_t distance = suggest_distance(best->word, name, best->limit);
    struct str shorter = name.len < best->word.len ? name : best->word;
    struct str longer = name.len < best->word.len ? best->word : name;
    if (distance <= best->limit) {
        best->subject = subject;
        best->limit = distance > 0 ? distance - 1 : 0;
    } else if (!best->subject && shorter.len > 2 && longer.len > shorter.len &&
               str_starts(longer, shorter) && longer.ptr[shorter.len] == '-') {
        best->subject = subject;
    }
}

static bool is_page(const struct entry *entry)
{
    return entry->published && entry->kind != KIND_COMMENT;
}

void meant_address(const struct plan *plan, struct str written, struct diags *diags)
{
    const struct site *site = plan->site;
    struct str name = str_ends(written, STR("/")) ? path_name(str_sub(written, 0, written.len - 1))
                                                  : path_stem(written);
    struct best best = begin(name);
    for (size_t i = 0; i < site->entry_count; i++) {
        if (is_page(&site->entries[i]))
            offer(&best, site->entries[i].slug, &site->entries[i]);
    }
    const struct output *output = best.subject ? plan_entry(plan, best.subject) : NULL;
    if (output)
        diag_hint(diags, "did you mean '%.*s'?", STR_ARG(output->url));
}

/* The way from a folder to a file, both from the site's root. */
static void put_way(struct buf *out, struct str folder, struct str file)
{
    while (folder.len > 0 && !path_inside(file, folder)) {
        folder = path_folder(folder);
        buf_add(out, STR("../"));
    }
    buf_add(out, folder.len > 0 ? str_after(file, folder.len + 1) : file);
}

static void hint_way(const struct entry *entry, struct str file, struct diags *diags)
{
    struct buf way = {0};
    put_way(&way, path_folder(entry->file->path), file);
    diag_hint(diags, "did you mean '%.*s'?", STR_ARG(buf_str(&way)));
    buf_release(&way);
}

static bool suggest_content(const struct plan *plan, const struct entry *entry, struct str written,
                            struct diags *diags)
{
    const struct site *site = plan->site;
    struct best best = begin(path_stem(path_name(written)));
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *other = &site->entries[i];
        if (!is_page(other))
            continue;
        offer(&best, other->slug, other);
        offer(&best, path_stem(path_name(other->file->path)), other);
    }
    const struct entry *meant = best.subject;
    if (meant)
        hint_way(entry, meant->file->path, diags);
    return meant != NULL;
}

static bool suggest_beside(const struct plan *plan, const struct entry *entry, struct str written,
                           struct diags *diags)
{
    const struct site *site = plan->site;
    struct str folder = path_folder(entry->file->path);
    struct best best = begin(path_name(written));
    for (size_t i = 0; i < site->attachment_count; i++) {
        struct str path = site->attachments[i].file->path;
        if (str_eq(path_folder(path), folder))
            offer(&best, path_name(path), &site->attachments[i]);
    }
    const struct attachment *meant = best.subject;
    if (meant)
        hint_way(entry, meant->file->path, diags);
    return meant != NULL;
}

bool meant_file(const struct plan *plan, const struct entry *entry, struct str written,
                struct diags *diags)
{
    size_t end = str_find_byte(written, '#', 0);
    struct str name = str_sub(written, 0, end == STR_NONE ? written.len : end);
    if (str_starts(name, STR("www."))) {
        diag_hint(diags, "an address elsewhere begins with https://");
        return true;
    }
    if (str_find_byte(name, '@', 0) != STR_NONE) {
        diag_hint(diags, "an e-mail address is linked to as mailto:%.*s", STR_ARG(name));
        return true;
    }
    if (diags->count > MEANT_MOST)
        return false;
    return str_ends(name, STR(".md")) ? suggest_content(plan, entry, name, diags)
                                      : suggest_beside(plan, entry, name, diags);
}
