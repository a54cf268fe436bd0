#include "source/identity.h"

#include "base/utf8.h"
#include "source/source_internal.h"

static git_config *open_config(const struct source_place *place)
{
    git_config *config = NULL;
    git_repository *repository = NULL;
    if (place && place->git_folder.len > 0 &&
        git_repository_open(&repository, place->git_folder.ptr) == 0) {
        if (git_repository_config_snapshot(&config, repository) != 0)
            config = NULL;
        git_repository_free(repository);
    }
    git_config *all = NULL;
    if (!config && git_config_open_default(&all) == 0) {
        /* Texts can be borrowed from a snapshot only. */
        if (git_config_snapshot(&config, all) != 0)
            config = NULL;
        git_config_free(all);
    }
    return config;
}

static struct str get(git_config *config, struct arena *arena, const char *key)
{
    const char *text = NULL;
    if (git_config_get_string(&text, config, key) != 0)
        return (struct str){0};
    struct str found = str_trim(str_from(text));
    return utf8_invalid(found) == STR_NONE ? arena_str(arena, found) : (struct str){0};
}

struct identity identity_read(const struct source_place *place, struct arena *arena)
{
    struct identity identity = {0};
    source_git_begin();
    git_config *config = open_config(place);
    if (config) {
        identity.name = get(config, arena, "user.name");
        identity.email = get(config, arena, "user.email");
        identity.origin = get(config, arena, "remote.origin.url");
        git_config_free(config);
    }
    source_git_end();
    return identity;
}
