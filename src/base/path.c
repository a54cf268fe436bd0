#include "base/path.h"
#include "base/buf.h"

struct str path_name(struct str path)
{
    size_t slash = str_rfind_byte(path, '/');
    return slash == STR_NONE ? path : str_after(path, slash + 1);
}

struct str path_folder(struct str path)
{
    size_t slash = str_rfind_byte(path, '/');
    return str_sub(path, 0, slash == STR_NONE ? 0 : slash);
}

struct str path_extension(struct str path)
{
    struct str name = path_name(path);
    size_t dot = str_rfind_byte(name, '.');
    return str_after(name, dot == STR_NONE || dot == 0 ? name.len : dot);
}

struct str path_stem(struct str path)
{
    struct str name = path_name(path);
    return str_sub(name, 0, name.len - path_extension(path).len);
}

struct str path_join(struct arena *arena, struct str folder, struct str name)
{
    if (folder.len == 0 || name.len == 0)
        return arena_str(arena, folder.len == 0 ? name : folder);
    size_t slash = str_ends(folder, STR("/")) ? 0 : 1;
    char *joined = arena_alloc(arena, folder.len + slash + name.len + 1);
    memcpy(joined, folder.ptr, folder.len);
    memcpy(joined + folder.len, "/", slash);
    memcpy(joined + folder.len + slash, name.ptr, name.len);
    joined[folder.len + slash + name.len] = '\0';
    return (struct str){joined, folder.len + slash + name.len};
}

/* Applies each part of `path` to what stands in `out`. */
static int walk(struct buf *out, struct str path)
{
    struct str part;
    while (str_split(&path, '/', &part)) {
        if (part.len == 0 || str_eq(part, STR(".")))
            continue;
        if (!str_eq(part, STR(".."))) {
            if (out->len > 0)
                buf_addc(out, '/');
            buf_add(out, part);
            continue;
        }
        if (out->len == 0)
            return -1;
        buf_truncate(out, path_folder(buf_str(out)).len);
    }
    return 0;
}

int path_resolve(struct arena *arena, struct str folder, struct str path, struct str *out)
{
    struct buf buf = {0};
    int status = str_starts(path, STR("/")) ? 0 : walk(&buf, folder);
    if (status == 0)
        status = walk(&buf, path);
    if (status == 0)
        *out = arena_str(arena, buf_str(&buf));
    buf_release(&buf);
    return status;
}

bool path_inside(struct str path, struct str folder)
{
    if (folder.len == 0 || str_eq(path, folder))
        return true;
    return path.len > folder.len && str_starts(path, folder) && path.ptr[folder.len] == '/';
}
