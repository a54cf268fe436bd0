#include "serve/files.h"

#include "base/path.h"

const char *files_type(struct str name)
{
    static const struct {
        struct str extension;
        const char *type;
    } types[] = {
        {STR_INIT(".html"), "text/html; charset=utf-8"},
        {STR_INIT(".css"), "text/css; charset=utf-8"},
        {STR_INIT(".js"), "text/javascript; charset=utf-8"},
        {STR_INIT(".mjs"), "text/javascript; charset=utf-8"},
        {STR_INIT(".json"), "application/json"},
        {STR_INIT(".map"), "application/json"},
        {STR_INIT(".webmanifest"), "application/manifest+json"},
        {STR_INIT(".xml"), "application/xml"},
        {STR_INIT(".ics"), "text/calendar; charset=utf-8"},
        {STR_INIT(".txt"), "text/plain; charset=utf-8"},
        {STR_INIT(".md"), "text/markdown; charset=utf-8"},
        {STR_INIT(".csv"), "text/csv; charset=utf-8"},
        {STR_INIT(".vcf"), "text/vcard; charset=utf-8"},
        {STR_INIT(".conf"), "text/plain; charset=utf-8"},
        {STR_INIT(".svg"), "image/svg+xml"},
        {STR_INIT(".png"), "image/png"},
        {STR_INIT(".jpg"), "image/jpeg"},
        {STR_INIT(".jpeg"), "image/jpeg"},
        {STR_INIT(".gif"), "image/gif"},
        {STR_INIT(".webp"), "image/webp"},
        {STR_INIT(".avif"), "image/avif"},
        {STR_INIT(".ico"), "image/vnd.microsoft.icon"},
        {STR_INIT(".pdf"), "application/pdf"},
        {STR_INIT(".mp3"), "audio/mpeg"},
        {STR_INIT(".m4a"), "audio/mp4"},
        {STR_INIT(".ogg"), "audio/ogg"},
        {STR_INIT(".wav"), "audio/wav"},
        {STR_INIT(".mp4"), "video/mp4"},
        {STR_INIT(".webm"), "video/webm"},
        {STR_INIT(".woff"), "font/woff"},
        {STR_INIT(".woff2"), "font/woff2"},
        {STR_INIT(".ttf"), "font/ttf"},
        {STR_INIT(".otf"), "font/otf"},
        {STR_INIT(".wasm"), "application/wasm"},
        {STR_INIT(".zip"), "application/zip"},
    };
    struct str extension = path_extension(name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq_nocase(types[i].extension, extension))
            return types[i].type;
    }
    return "application/octet-stream";
}

/* Feeds have types of their own. */
static const char *type_of(struct str name)
{
    return str_eq(name, STR("feed.xml"))    ? "application/atom+xml; charset=utf-8"
           : str_eq(name, STR("rss.xml"))   ? "application/rss+xml; charset=utf-8"
           : str_eq(name, STR("feed.json")) ? "application/feed+json; charset=utf-8"
                                            : files_type(name);
}

/* A build keeps what it has not published yet in such a folder. */
static bool is_hidden(struct str name)
{
    return str_starts(name, STR(".copse"));
}

static bool open_file(const struct fs *fs, int folder, const char *name, struct files_found *found)
{
    if (fs_open_file(fs, folder, name, &found->handle, &found->stat) != 0)
        return false;
    found->type = type_of(str_from(name));
    found->is_page = str_ends(str_from(name), STR(".html"));
    return true;
}

/* The last part: a file, or a folder with a page in it. */
static enum files_answer find_last(const struct fs *fs, int folder, const char *name,
                                   struct files_found *found)
{
    if (name[0] == '\0')
        return open_file(fs, folder, "index.html", found) ? FILES_FOUND : FILES_NONE;
    if (open_file(fs, folder, name, found))
        return FILES_FOUND;
    int below = -1;
    struct fs_stat stat;
    if (fs_open_folder(fs, folder, name, FS_NO_FOLLOW, &below) != 0)
        return FILES_NONE;
    bool has_page = fs_stat(fs, below, "index.html", &stat) == 0 && stat.kind == FS_FILE;
    fs_close(below);
    return has_page ? FILES_FOLDER : FILES_NONE;
}

enum files_answer files_find(const struct fs *fs, int root, struct str path,
                             struct files_found *found)
{
    int folder = root;
    enum files_answer answer = FILES_NONE;
    struct str part;
    struct buf name = {0};
    *found = (struct files_found){.handle = -1};
    if (path.len == 0)
        path = STR(""); /* the root; an empty slice may have no ptr, which means used up */
    while (str_split(&path, '/', &part)) {
        if (is_hidden(part))
            break;
        buf_clear(&name);
        buf_add(&name, part);
        if (path.ptr == NULL) {
            answer = find_last(fs, folder, name.ptr, found);
            break;
        }
        int below = -1;
        int error = fs_open_folder(fs, folder, name.ptr, FS_NO_FOLLOW, &below);
        if (folder != root)
            fs_close(folder);
        folder = below;
        if (error)
            break;
    }
    if (folder != root)
        fs_close(folder);
    buf_release(&name);
    return answer;
}

enum files_answer files_not_found(const struct fs *fs, int root, struct str path,
                                  struct files_found *found)
{
    struct str first = {0};
    enum files_answer answer = FILES_NONE;
    if (str_split(&path, '/', &first) && path.ptr != NULL && first.len > 0 && first.len < 32) {
        struct buf own = {0};
        buf_addf(&own, "%.*s/404.html", STR_ARG(first));
        answer = files_find(fs, root, buf_str(&own), found);
        buf_release(&own);
    }
    return answer == FILES_FOUND ? answer : files_find(fs, root, STR("404.html"), found);
}
