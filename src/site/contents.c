#include "site/contents.h"
#include "base/path.h"

/* Takes the first folder off the front of *path; false if there is none. */
static bool take_folder(struct str *path, struct str *folder)
{
    size_t slash = str_find_byte(*path, '/', 0);
    if (slash == STR_NONE)
        return false;
    *folder = str_sub(*path, 0, slash);
    *path = str_after(*path, slash + 1);
    return true;
}

static bool is_listed(const struct config *config, struct str lang)
{
    for (size_t i = 0; i < config->language_count; i++) {
        if (str_eq(config->languages[i], lang))
            return true;
    }
    return false;
}

static bool has_hidden_part(struct str path)
{
    struct str part;
    while (str_split(&path, '/', &part)) {
        if (str_starts(part, STR(".")))
            return true;
    }
    return false;
}

static enum content_role role_at_top(struct str name)
{
    static const struct str settings[] = {STR_INIT("site.yml"), STR_INIT("designations.yml"),
                                          STR_INIT("roster.yml"), STR_INIT("tags.yml")};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (str_eq(name, settings[i]))
            return CONTENT_SETTINGS;
    }
    return str_eq_nocase(name, STR("README.md")) ? CONTENT_HIDDEN : CONTENT_STRAY;
}

/* Without .md, a language before it, and a last /index. */
static void read_record_path(const struct config *config, struct str rest,
                             struct content_place *place)
{
    struct str stem = str_sub(rest, 0, rest.len - 3);
    struct str name = path_name(stem);
    size_t dot = str_rfind_byte(name, '.');
    if (dot != STR_NONE && dot > 0 && is_listed(config, str_after(name, dot + 1))) {
        place->lang = str_after(name, dot + 1);
        stem.len -= name.len - dot;
        name = path_name(stem);
    }
    place->folder = path_folder(rest);
    place->is_index = str_eq(name, STR("index")) && place->folder.len > 0;
    place->stem = place->is_index ? place->folder : stem;
}

struct content_place content_place(const struct config *config, struct str path)
{
    struct content_place place = {.role = CONTENT_STRAY};
    struct str rest = str_after(path, 8);
    struct str folder;
    if (has_hidden_part(rest)) {
        place.role = CONTENT_HIDDEN;
        return place;
    }
    if (!take_folder(&rest, &folder)) {
        place.role = role_at_top(rest);
        return place;
    }
    if (str_eq(folder, STR("data")) || str_eq(folder, STR("i18n"))) {
        bool data = str_eq(folder, STR("data"));
        place.role = !str_ends(rest, STR(".yml")) ? CONTENT_STRAY
                     : data                       ? CONTENT_DATA
                                                  : CONTENT_WORDS;
        place.stem = str_sub(rest, 0, rest.len - 4);
        return place;
    }
    if (is_listed(config, folder)) {
        place.lang = folder;
        if (!take_folder(&rest, &folder))
            return place;
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!str_eq(schema_of((enum kind)kind)->folder, folder))
            continue;
        place.kind = (enum kind)kind;
        place.folder = path_folder(rest);
        place.role = str_ends(rest, STR(".md")) ? CONTENT_RECORD : CONTENT_ATTACHMENT;
        if (place.kind == KIND_MEMBER && str_eq(rest, STR("removed.yml")))
            place.role = CONTENT_SETTINGS;
        if (place.role == CONTENT_RECORD)
            read_record_path(config, rest, &place);
    }
    return place;
}

/* How many digits stand at `at`. */
static size_t digits(struct str name, size_t at)
{
    size_t count = 0;
    while (at + count < name.len && str_is_digit(name.ptr[at + count]))
        count++;
    return count;
}

bool content_name_date(struct str name, struct str *date, struct str *rest)
{
    size_t at = 0;
    for (int part = 0; part < 3; part++) {
        size_t count = digits(name, at);
        if (part == 0 ? count != 4 : count < 1 || count > 2)
            return false;
        at += count;
        if (part < 2 && (at >= name.len || name.ptr[at++] != '-'))
            return false;
    }
    *date = str_sub(name, 0, at);
    if (at < name.len && name.ptr[at] != '-' && name.ptr[at] != '_')
        return false;
    *rest = str_after(name, at + 1);
    return true;
}
