#include "source/source_internal.h"

#include "base/mem.h"

#include <stdlib.h>

/* libgit2 begins by reading every certificate that the system trusts, which is a fifth of what a
 * build with nothing to do costs. copse reads repositories that lie on the disk and never asks it
 * to fetch, so this takes the place of the library's function, in this program only, and reads
 * none: a connection, if there ever were one, would trust nobody. Where libgit2 was made with
 * another TLS library it is never called. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
    (void)chain;
    (void)path;
    return 0;
}

void source_git_begin(void)
{
    if (git_libgit2_init() < 0)
        mem_exhausted(0);
    /* Builds as root in a container read a folder that belongs to somebody else; nothing in a
     * repository is run, so that is no danger. */
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    /* Hashing every object again would cost more than reading it; zlib's checksum finds damage. */
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

void source_git_end(void)
{
    git_libgit2_shutdown();
}

int source_git_failed(struct diags *diags, struct str path, const char *what)
{
    const git_error *error = git_error_last();
    const char *why = error != NULL && error->message != NULL ? error->message : "unknown reason";
    diag_add(diags, SEVERITY_FAILURE, "source", source_span(diags->arena, path), "cannot %s: %s",
             what, why);
    return -1;
}

/* What is pushed waits outside the repository while its pre-receive hook judges it; git names the
 * folder in the hook's environment (git-receive-pack(1), "quarantine environment"). */
static int add_objects(git_repository *repository, struct overlay *overlay)
{
    const char *quarantine = getenv("GIT_QUARANTINE_PATH");
    git_odb *odb;
    int error = git_repository_odb(&odb, repository);
    if (error != 0)
        return error;
    if (quarantine != NULL && quarantine[0] == '/')
        error = git_odb_add_disk_alternate(odb, quarantine);
    if (error == 0 && overlay != NULL)
        error = overlay_attach(overlay, odb, false);
    git_odb_free(odb);
    return error;
}

git_repository *source_open_repository(const struct source *source, struct diags *diags)
{
    git_repository *repository = NULL;
    int error = git_repository_open(&repository, source->place->git_folder.ptr);
    if (error == 0)
        error =
            add_objects(repository, source->merge != NULL ? merge_overlay(source->merge) : NULL);
    if (error != 0) {
        source_git_failed(diags, (struct str){0}, "open the git repository");
        git_repository_free(repository);
        return NULL;
    }
    return repository;
}

git_repository *source_repository(struct source *source, unsigned worker, struct diags *diags)
{
    git_repository **slot = &source->repositories[worker];
    if (*slot == NULL)
        *slot = source_open_repository(source, diags);
    return *slot;
}

struct blob_id blob_id_of(struct str bytes)
{
    struct blob_id id;
    git_oid oid;
    source_git_begin();
    if (git_odb_hash(&oid, bytes.ptr == NULL ? "" : bytes.ptr, bytes.len, GIT_OBJECT_BLOB) != 0)
        mem_exhausted(bytes.len);
    source_git_end();
    for (size_t i = 0; i < sizeof id.bytes; i++)
        id.bytes[i] = oid.id[i];
    return id;
}

bool blob_id_eq(struct blob_id a, struct blob_id b)
{
    struct str first = {(const char *)a.bytes, sizeof a.bytes};
    struct str second = {(const char *)b.bytes, sizeof b.bytes};
    return str_eq(first, second);
}
