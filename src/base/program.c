#include "base/program.h"
#include "base/hash.h"

#include <fcntl.h>
#include <link.h>

struct gathering {
    const struct fs *fs;
    uint64_t digest;
    bool failed;
};

/* A file is known by its number and times; the way to it need not be resolved, which costs as much
 * as all else where there are fifty libraries. */
static void add_file(struct gathering *gathering, const char *path)
{
    struct fs_stat stat;
    if (fs_stat_following(gathering->fs, AT_FDCWD, path, &stat) != 0) {
        gathering->failed = true;
        return;
    }
    const uint64_t state[] = {stat.size, stat.inode, (uint64_t)stat.modified,
                              (uint64_t)stat.changed};
    gathering->digest = hash_bytes(str_from(path), gathering->digest);
    gathering->digest =
        hash_bytes((struct str){(const char *)state, sizeof state}, gathering->digest);
}

/* What the linker called it (ld(1), --build-id): the file may be another one by now, or not be the
 * one that was started (ld.so(8)). */
static void add_notes(struct gathering *gathering, const struct dl_phdr_info *info)
{
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        const char *bytes = (const char *)(uintptr_t)(info->dlpi_addr + part->p_vaddr);
        if (part->p_type == PT_NOTE)
            gathering->digest = hash_bytes((struct str){bytes, part->p_memsz}, gathering->digest);
    }
}

/* The program itself comes first and without a name; the kernel's own page has a name that is no
 * path. */
static int add_object(struct dl_phdr_info *info, size_t size, void *context)
{
    bool is_program = !info->dlpi_name || info->dlpi_name[0] == '\0';
    (void)size;
    if (is_program || info->dlpi_name[0] == '/')
        add_notes(context, info);
    if (!is_program && info->dlpi_name[0] == '/')
        add_file(context, info->dlpi_name);
    return 0;
}

uint64_t program_digest(const struct fs *fs)
{
    struct gathering gathering = {.fs = fs, .digest = 1};
    add_file(&gathering, "/proc/self/exe");
    dl_iterate_phdr(add_object, &gathering);
    return gathering.failed ? 0 : gathering.digest | 1;
}
