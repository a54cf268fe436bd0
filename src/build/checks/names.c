/* awkward-name, bad-slug and file-case: names of files that make trouble in addresses or on other
 * disks. */
#include "base/map.h"
#include "base/path.h"
#include "build/checks/checks_internal.h"
#include "lang/slug.h"

static struct span path_span(const struct source_file *file, struct diags *diags)
{
    struct text *text = arena_zalloc(diags->arena, 1, sizeof *text);
    text->path = file->path;
    return span_file(text);
}

/* What an address would have to encode or take for something else; blanks above all. Letters
 * beyond ASCII are fine in the name of a record, whose address is folded. */
static bool is_awkward(struct str path)
{
    bool record = str_ends(path, STR(".md"));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.ptr[i];
        bool plain = str_is_alpha((char)byte) || str_is_digit((char)byte) ||
                     strchr("-._~/", (char)byte) != NULL;
        if (byte == '\0' || (!plain && (byte < 0x80 || !record)))
            return true;
    }
    return false;
}

static struct str better_name(struct arena *scratch, struct str path)
{
    struct str stem = slug_fold(scratch, path_stem(path));
    return arena_printf(scratch, "%.*s%.*s", STR_ARG(stem.len > 0 ? stem : STR("file")),
                        STR_ARG(path_extension(path)));
}

static void check_characters(const struct source_file *file, struct arena *scratch,
                             struct diags *diags)
{
    if (!is_awkward(file->path))
        return;
    bool folder = !is_awkward(path_name(file->path));
    diag_add(diags, SEVERITY_WARNING, "awkward-name", path_span(file, diags),
             "the name of this file%s holds blanks or characters that addresses must encode",
             folder ? "'s folder" : "");
    if (!folder)
        diag_hint(diags, "rename it, for example to %.*s",
                  STR_ARG(better_name(scratch, path_name(file->path))));
}

/* Whether the last part of an address was made up by slug_fallback(). */
static bool is_made_up(struct str slug)
{
    struct str last = path_name(slug);
    if (last.len != 14 || !str_starts(last, STR("x-")))
        return false;
    for (size_t i = 2; i < last.len; i++) {
        if (!str_is_digit(last.ptr[i]) && !(last.ptr[i] >= 'a' && last.ptr[i] <= 'f'))
            return false;
    }
    return true;
}

void check_slug(const struct check *check)
{
    const struct entry *entry = check->entry;
    struct diags *diags = check->diags;
    if (entry->kind == KIND_COMMENT || !is_made_up(entry->slug))
        return;
    diag_add(diags, SEVERITY_WARNING, "bad-slug", span_file(entry->record->text),
             "no letter a-z or digit is in this file's name, so its address is %.*s",
             STR_ARG(entry->url));
    diag_hint(diags, "add a line such as  slug: job-fair");
}

void check_names(struct source *source, struct arena *scratch, struct diags *diags)
{
    size_t count;
    const struct source_file *files = source_files(source, &count);
    struct map seen;
    map_init(&seen, scratch);
    for (size_t i = 0; i < count; i++) {
        const struct source_file *file = &files[i];
        if (file->layer != SOURCE_SITE || str_has(file->path, STR("/.")))
            continue;
        if (file->area == SOURCE_CONTENT)
            check_characters(file, scratch, diags);
        void **slot = map_slot(&seen, slug_name_key(scratch, file->path));
        const struct source_file *other = *slot;
        if (other) {
            diag_add(diags, SEVERITY_WARNING, "file-case", path_span(file, diags),
                     "this file's name differs from %.*s only in upper and lower case, so many "
                     "computers cannot hold both",
                     STR_ARG(other->path));
            diag_hint(diags, "rename one of them");
        }
        *slot = (void *)(uintptr_t)file;
    }
}
