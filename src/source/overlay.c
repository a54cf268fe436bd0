#include "source/overlay.h"

#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

/* Before the backends that libgit2 adds itself, whose priorities are 1 and 2. */
enum { PRIORITY = 1000 };

struct object {
    git_object_t type;
    struct str bytes;
};

struct backend {
    git_odb_backend parent;
    struct overlay *overlay;
};

static const struct object *find(git_odb_backend *parent, const git_oid *id)
{
    const struct backend *backend = (const struct backend *)parent;
    return map_get(&backend->overlay->objects, (struct str){(const char *)id->id, GIT_OID_RAWSZ});
}

static int read_object(void **bytes, size_t *size, git_object_t *type, git_odb_backend *parent,
                       const git_oid *id)
{
    const struct object *object = find(parent, id);
    if (object == NULL)
        return GIT_ENOTFOUND;
    *bytes = git_odb_backend_data_alloc(parent, object->bytes.len + 1);
    if (*bytes == NULL)
        return GIT_ERROR;
    memcpy(*bytes, object->bytes.ptr, object->bytes.len + 1);
    *size = object->bytes.len;
    *type = object->type;
    return 0;
}

static int read_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
    const struct object *object = find(parent, id);
    if (object == NULL)
        return GIT_ENOTFOUND;
    *size = object->bytes.len;
    *type = object->type;
    return 0;
}

static int exists(git_odb_backend *parent, const git_oid *id)
{
    return find(parent, id) != NULL;
}

static int write_object(git_odb_backend *parent, const git_oid *id, const void *bytes, size_t size,
                        git_object_t type)
{
    struct overlay *overlay = ((struct backend *)parent)->overlay;
    struct object *object = arena_alloc(overlay->arena, sizeof *object);
    object->type = type;
    object->bytes = arena_str(overlay->arena, (struct str){bytes, size});
    struct str key = {(const char *)id->id, GIT_OID_RAWSZ};
    map_put(&overlay->objects, arena_str(overlay->arena, key), object);
    return 0;
}

static void free_backend(git_odb_backend *parent)
{
    free(parent);
}

void overlay_init(struct overlay *overlay, struct arena *arena)
{
    overlay->arena = arena;
    map_init(&overlay->objects, arena);
}

int overlay_attach(struct overlay *overlay, git_odb *odb, bool writable)
{
    struct backend *backend = calloc(1, sizeof *backend);
    if (backend == NULL)
        return GIT_ERROR;
    git_odb_init_backend(&backend->parent, GIT_ODB_BACKEND_VERSION);
    backend->parent.read = read_object;
    backend->parent.read_header = read_header;
    backend->parent.exists = exists;
    backend->parent.free = free_backend;
    if (writable)
        backend->parent.write = write_object;
    backend->overlay = overlay;
    int error = git_odb_add_backend(odb, &backend->parent, PRIORITY);
    if (error != 0)
        free(backend);
    return error;
}
