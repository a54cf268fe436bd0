#include "source/repository.h"

#include "source/source_internal.h"

/* Everything into the index, the index into a tree; its id in *tree. */
static int add_all(git_repository *repository, git_oid *tree)
{
    git_index *index = NULL;
    int error = git_repository_index(&index, repository);
    if (error == 0)
        error = git_index_add_all(index, NULL, GIT_INDEX_ADD_DEFAULT, NULL, NULL);
    if (error == 0)
        error = git_index_write(index);
    if (error == 0)
        error = git_index_write_tree(tree, index);
    git_index_free(index);
    return error;
}

static int commit(git_repository *repository, const git_oid *id, const struct identity *who,
                  const char *message)
{
    git_tree *tree = NULL;
    git_signature *signature = NULL;
    git_oid made;
    int error = git_signature_now(&signature, who->name.ptr, who->email.ptr);
    if (error == 0)
        error = git_tree_lookup(&tree, repository, id);
    if (error == 0)
        error = git_commit_create(&made, repository, "HEAD", signature, signature, "UTF-8", message,
                                  tree, 0, NULL);
    git_tree_free(tree);
    git_signature_free(signature);
    return error;
}

int repository_create(const char *folder, const struct identity *who, const char *message,
                      struct diags *diags)
{
    source_git_begin();
    git_repository *repository = NULL;
    git_repository_init_options options;
    git_oid tree;
    int error = git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    options.flags = GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = "main";
    if (error == 0)
        error = git_repository_init_ext(&repository, folder, &options);
    if (error == 0)
        error = add_all(repository, &tree);
    if (error == 0)
        error = commit(repository, &tree, who, message);
    if (error != 0)
        source_git_failed(diags, str_from(folder), "make a git repository");
    git_repository_free(repository);
    source_git_end();
    return error == 0 ? 0 : -1;
}
