#include "source/tree.h"

#include <string.h>

struct tree_rest tree_entries(git_odb_object *tree)
{
    const unsigned char *bytes = git_odb_object_data(tree);
    return (struct tree_rest){bytes, bytes + git_odb_object_size(tree)};
}

static enum tree_kind kind_of(unsigned mode)
{
    switch (mode & 0170000) {
    case 0040000: return TREE_FOLDER;
    case 0120000: return TREE_SYMLINK;
    case 0160000: return TREE_SUBMODULE;
    default: return TREE_FILE;
    }
}

bool tree_next(struct tree_rest *rest, struct tree_entry *entry)
{
    const unsigned char *at = rest->at;
    unsigned mode = 0;
    while (at < rest->end && *at >= '0' && *at <= '7')
        mode = (mode << 3) | (unsigned)(*at++ - '0');
    if (at == rest->end || *at != ' ')
        return false;
    const unsigned char *name = ++at;
    const unsigned char *nul = memchr(name, '\0', (size_t)(rest->end - name));
    if (nul == NULL || rest->end - nul < 1 + GIT_OID_RAWSZ)
        return false;
    entry->kind = kind_of(mode);
    entry->executable = entry->kind == TREE_FILE && (mode & 0111) != 0;
    entry->name = (struct str){(const char *)name, (size_t)(nul - name)};
    entry->id = nul + 1;
    rest->at = nul + 1 + GIT_OID_RAWSZ;
    return true;
}

/* The byte at `at`, with what git puts behind the name. */
static int sort_byte(const struct tree_entry *entry, size_t at)
{
    if (at < entry->name.len)
        return (unsigned char)entry->name.ptr[at];
    return at == entry->name.len && entry->kind == TREE_FOLDER ? '/' : 0;
}

int tree_compare(const struct tree_entry *a, const struct tree_entry *b)
{
    size_t common = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = memcmp(a->name.ptr, b->name.ptr, common);
    return order != 0 ? order : sort_byte(a, common) - sort_byte(b, common);
}

bool tree_find(git_odb_object *tree, struct str name, struct tree_entry *entry)
{
    struct tree_rest rest = tree_entries(tree);
    while (tree_next(&rest, entry))
        if (str_eq(entry->name, name))
            return true;
    return false;
}

int tree_descend(git_odb *odb, const git_oid *root, struct str path, git_oid *out)
{
    *out = *root;
    struct str rest = path;
    struct str part;
    while (str_split(&rest, '/', &part)) {
        if (part.len == 0)
            continue;
        git_odb_object *tree;
        int error = git_odb_read(&tree, odb, out);
        if (error != 0)
            return error;
        struct tree_entry entry;
        bool found = git_odb_object_type(tree) == GIT_OBJECT_TREE &&
                     tree_find(tree, part, &entry) && entry.kind == TREE_FOLDER;
        if (found)
            git_oid_fromraw(out, entry.id);
        git_odb_object_free(tree);
        if (!found)
            return 1;
    }
    return 0;
}
