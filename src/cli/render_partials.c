#include "cli/render_partials.h"

#include "base/path.h"
#include "base/vec.h"

#include <fcntl.h>

#define PARTIAL_MOST ((size_t)4 << 20)
/* A folder given by mistake is not read to its end. */
#define FILES_MOST 10000
#define DEPTH_MOST 16

void render_partials_init(struct render_partials *partials, struct cli *cli, const char *folder)
{
    *partials = (struct render_partials){.cli = cli, .folder = folder};
    map_init(&partials->texts, cli->arena);
}

static const struct text *read_file(struct render_partials *partials, struct str name)
{
    struct arena *arena = partials->cli->arena;
    struct str inside;
    if (path_resolve(arena, STR(""), name, &inside) != 0 || inside.len == 0)
        return NULL;
    struct str path = path_join(arena, str_from(partials->folder), inside);
    const struct text *known = map_get(&partials->texts, path);
    if (known != NULL)
        return known;
    struct str bytes;
    if (fs_read(partials->cli->fs, AT_FDCWD, arena_cstr(arena, path), PARTIAL_MOST, arena, &bytes))
        return NULL;
    struct text *text = arena_zalloc(arena, 1, sizeof *text);
    *text = (struct text){path, bytes};
    map_put(&partials->texts, path, text);
    return text;
}

const struct text *render_partials_load(void *context, struct str name, size_t *start)
{
    static const char *const endings[] = {"", ".html", ".liquid"};
    struct render_partials *partials = context;
    struct arena *arena = partials->cli->arena;
    *start = 0;
    if (partials->folder == NULL || str_find_byte(name, '\0', 0) != STR_NONE)
        return NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str file = arena_printf(arena, "%.*s%s", STR_ARG(name), endings[i]);
        const struct text *text = read_file(partials, file);
        if (text != NULL)
            return text;
    }
    return NULL;
}

static void add_name(struct render_partials *partials, struct str name)
{
    struct arena *arena = partials->cli->arena;
    struct str extension = path_extension(name);
    *vec_push(arena, &partials->names) = name;
    if (str_eq(extension, STR(".html")) || str_eq(extension, STR(".liquid")))
        *vec_push(arena, &partials->names) = str_sub(name, 0, name.len - extension.len);
}

static void list_folder(struct render_partials *partials, struct str folder, int depth)
{
    struct arena *arena = partials->cli->arena;
    struct str path = path_join(arena, str_from(partials->folder), folder);
    struct fs_entry *entries;
    size_t count;
    int handle;
    if (depth > DEPTH_MOST || fs_open_folder(partials->cli->fs, AT_FDCWD, arena_cstr(arena, path),
                                             depth == 0 ? FS_FOLLOW : FS_NO_FOLLOW, &handle) != 0)
        return;
    if (fs_list(partials->cli->fs, handle, arena, &entries, &count) != 0)
        count = 0;
    fs_close(handle);
    for (size_t i = 0; i < count && partials->names.count < FILES_MOST; i++) {
        struct str name = path_join(arena, folder, entries[i].name);
        if (entries[i].name.ptr[0] == '.')
            continue;
        if (entries[i].kind == FS_FOLDER)
            list_folder(partials, name, depth + 1);
        else if (entries[i].kind == FS_FILE)
            add_name(partials, name);
    }
}

size_t render_partials_names(void *context, const struct str **names)
{
    struct render_partials *partials = context;
    if (!partials->listed && partials->folder != NULL)
        list_folder(partials, STR(""), 0);
    partials->listed = true;
    *names = partials->names.items;
    return partials->names.count;
}
