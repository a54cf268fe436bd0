#include "review/names.h"

#include "base/path.h"
#include "base/utf8.h"
#include "lang/confusable.h"
#include "review/names_internal.h"

/* What a path may be so that every system can check it out. */
enum { PART_MOST = 255 };

struct names {
    const struct names_question *question;
    struct diags *diags;
    struct arena *arena;  /* the diagnostics' */
    struct arena scratch; /* of the whole check */
    struct map folded;    /* every path of BASE, its folders too, in small letters: the path */
};

static struct span path_span(struct names *names, struct str path)
{
    struct text *text = arena_zalloc(names->arena, 1, sizeof *text);
    text->path = source_printable(names->arena, path);
    return span_file(text);
}

/* ---- one path */

static const char *hidden_name(uint32_t letter)
{
    if (letter < 0x20 || (letter >= 0x7F && letter < 0xA0))
        return "a control character";
    if (letter == 0x200E || letter == 0x200F || letter == 0x061C ||
        (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069))
        return "a mark that turns the direction of writing";
    if (letter == 0xAD || (letter >= 0x200B && letter <= 0x200D) || letter == 0x2060 ||
        letter == 0xFEFF || (letter >= 0xFE00 && letter <= 0xFE0F) ||
        (letter >= 0xE0000 && letter <= 0xE0FFF))
        return "a character that nobody sees";
    if (letter == 0x2028 || letter == 0x2029)
        return "a line break";
    return NULL;
}

size_t names_hidden(struct str text, uint32_t *letter, const char **what)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        *letter = utf8_decode(str_after(text, at), &len);
        *what = hidden_name(*letter);
        if (*what)
            return at;
    }
    return STR_NONE;
}

static bool check_hidden(struct names *names, struct str path)
{
    uint32_t letter;
    const char *what;
    if (names_hidden(path, &letter, &what) == STR_NONE)
        return false;
    diag_error(names->diags, "hidden-character", path_span(names, path),
               "the name of this file holds %s (U+%04X)", what, (unsigned)letter);
    diag_hint(names->diags, "rename it with letters a-z, digits and dashes");
    return true;
}

static bool check_letters(struct names *names, struct str path)
{
    uint32_t letter;
    const char *looks;
    struct str composed;
    size_t at = confusable_in_word(path, &letter, &looks);
    if (at != STR_NONE) {
        diag_error(names->diags, "look-alike", path_span(names, path),
                   "in the name of this file a letter of another script (U+%04X) looks like '%s'",
                   (unsigned)letter, looks);
        diag_hint(names->diags, "type the name again with the letter %s of your keyboard", looks);
        return true;
    }
    if (confusable_whole(path_stem(path))) {
        diag_error(names->diags, "look-alike", path_span(names, path),
                   "the name of this file is of letters of another script that look like %.*s",
                   STR_ARG(confusable_read(names->arena, path_stem(path))));
        diag_hint(names->diags, "rename it with letters a-z, digits and dashes");
        return true;
    }
    if (!confusable_is_composed(&names->scratch, path, &composed)) {
        diag_error(names->diags, "name-form", path_span(names, path),
                   "the accents in the name of this file are characters of their own, so that two "
                   "names can look the same and not be");
        diag_hint(names->diags, "rename it, best without accents: the address has none anyway");
        return true;
    }
    return false;
}

static bool check_length(struct names *names, struct str path)
{
    struct str rest = path;
    struct str part;
    bool bad = path.len > SOURCE_MAX_PATH;
    while (str_split(&rest, '/', &part))
        bad = bad || part.len > PART_MOST;
    if (!bad)
        return false;
    diag_error(names->diags, "file-name", path_span(names, str_sub(path, 0, 120)),
               "the path of this file has %zu bytes, more than every system can write", path.len);
    diag_hint(names->diags, "%d bytes are the most, and %d for one name", SOURCE_MAX_PATH,
              PART_MOST);
    return true;
}

static void check_mode(struct names *names, const struct merge_change *change, struct str path)
{
    struct span span = path_span(names, path);
    if (change->new_mode == MERGE_EXECUTABLE && change->old_mode != MERGE_EXECUTABLE &&
        path_inside(path, STR("content"))) {
        diag_error(names->diags, "file-mode", span, "this file is marked as a program (mode 755)");
        diag_hint(names->diags, "take the mark away: git update-index --chmod=-x FILE");
    } else if (change->new_mode == MERGE_SYMLINK && change->old_mode != MERGE_SYMLINK) {
        diag_error(names->diags, "symbolic-link", span,
                   "this is a symbolic link, which could lead anywhere");
        diag_hint(names->diags, "put the file itself here");
    } else if (change->new_mode == MERGE_SUBMODULE && change->old_mode != MERGE_SUBMODULE) {
        diag_error(names->diags, "submodule", span, "this folder is a git repository of its own");
        diag_hint(names->diags, "copy its files into this repository in its place");
    }
}

/* ---- letter case */

static struct str in_small(struct arena *arena, struct str path)
{
    char *copy = arena_cstr(arena, path);
    for (size_t i = 0; i < path.len; i++)
        copy[i] = str_lower(copy[i]);
    return (struct str){copy, path.len};
}

/* The path and every folder above it. */
static void note_path(struct names *names, struct str path)
{
    for (; path.len > 0; path = path_folder(path)) {
        void **slot = map_slot(&names->folded, in_small(&names->scratch, path));
        if (*slot)
            return;
        struct str *kept = arena_alloc(&names->scratch, sizeof *kept);
        *kept = path;
        *slot = kept;
    }
}

static void note_base(struct names *names, const struct map *removed)
{
    size_t count;
    const struct source_file *files = source_files(names->question->base_files, &count);
    for (size_t i = 0; i < count; i++) {
        if (!map_has(removed, files[i].path))
            note_path(names, files[i].path);
    }
}

static void check_case(struct names *names, struct str path)
{
    for (struct str part = path; part.len > 0; part = path_folder(part)) {
        const struct str *other = map_get(&names->folded, in_small(&names->scratch, part));
        if (!other || str_eq(*other, part))
            continue;
        diag_error(names->diags, "file-case", path_span(names, path),
                   "%.*s is there already, and on many computers the two are one",
                   STR_ARG(source_printable(names->arena, *other)));
        diag_hint(names->diags, "write the name as the other is written, or choose another");
        return;
    }
    note_path(names, path);
}

/* ---- all */

static void check_path(struct names *names, const struct merge_change *change)
{
    struct str path = change->in_site.len > 0 ? change->in_site : change->path;
    if (change->status == MERGE_REMOVED)
        return;
    check_mode(names, change, path);
    if (change->status != MERGE_ADDED || check_length(names, path))
        return;
    if (utf8_invalid(path) != STR_NONE) {
        diag_error(names->diags, "file-name", path_span(names, path),
                   "this file's name is not UTF-8 text");
        diag_hint(names->diags, "rename it, best with letters a-z, digits and dashes");
        return;
    }
    if (!check_hidden(names, path) && !check_letters(names, path) && change->in_site.len > 0)
        check_case(names, path);
}

void names_check(const struct names_question *question, struct diags *diags)
{
    struct names names = {.question = question, .diags = diags, .arena = diags->arena};
    struct map removed;
    size_t count;
    const struct merge_change *changes = merge_changes(question->merge, &count);
    map_init(&names.folded, &names.scratch);
    map_init(&removed, &names.scratch);
    for (size_t i = 0; i < count; i++) {
        if (changes[i].status == MERGE_REMOVED && changes[i].in_site.len > 0)
            map_put(&removed, changes[i].in_site, (void *)&changes[i]);
    }
    note_base(&names, &removed);
    for (size_t i = 0; i < count; i++)
        check_path(&names, &changes[i]);
    if (question->after)
        names_check_records(question, changes, count, diags);
    arena_release(&names.scratch);
}
