#include "build/pictures_internal.h"

#include <fcntl.h>

static void make_picture(void *context, unsigned worker, size_t index)
{
    struct pictures *pictures = context;
    pictures_make_missing(pictures, worker, index);
    if (worker == 0)
        pictures->own.progress(pictures->own.progress_context, index,
                               pictures->own.site->attachment_count);
}

static size_t count_shown(const struct site *site)
{
    size_t count = 0;
    for (size_t i = 0; i < site->attachment_count; i++)
        count += site->attachments[i].variant_count > 0;
    return count;
}

static void drop_all(struct site *site)
{
    for (size_t i = 0; i < site->attachment_count; i++)
        variants_drop(&site->attachments[i]);
}

void pictures_tell(const struct pictures *pictures, struct diags *diags)
{
    size_t count = pictures ? atomic_load(&pictures->undrawn) : 0;
    for (unsigned i = 0; pictures && i < pictures->workers; i++) {
        if (!pictures->clients[i].unconfined)
            continue;
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "copse-pictures could not be shut off from files and network on this system: it "
                 "has neither seccomp nor namespaces for it");
        diag_hint(diags, "its memory and time are limited all the same; build where they are");
        break;
    }
    if (count == 0)
        return;
    diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
             "%zu social picture%s could not be drawn and show%s the site's title alone", count,
             count == 1 ? "" : "s", count == 1 ? "s" : "");
    diag_hint(diags, "look at what layouts/social.html makes of these pages");
}

static void note_missing(const struct pictures *pictures, size_t count, struct diags *diags)
{
    const char *why = pictures->library.fails
                          ? "copse-pictures, which makes smaller ones, does not start"
                          : "there is no copse-pictures to make smaller ones";
    if (count > 0)
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "%zu picture%s published in full size, without %s metadata: %s", count,
                 count == 1 ? " is" : "s are", count == 1 ? "its" : "their", why);
    else
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "pages have no social pictures: %s",
                 pictures->library.fails ? "copse-pictures, which draws them, does not start"
                                         : "there is no copse-pictures to draw them");
    diag_hint(diags, "install libvips (libvips-dev in Debian) and run make again; "
                     "copse-pictures lies beside copse");
}

static void settle(struct pictures *pictures, struct diags *diags)
{
    struct site *site = pictures->own.site;
    size_t failed = 0;
    const struct attachment *example = NULL;
    for (size_t i = 0; i < site->attachment_count; i++) {
        if (pictures->outcomes[i] == OUTCOME_UNTRIED || pictures->outcomes[i] == OUTCOME_SOUND)
            continue;
        if (pictures->outcomes[i] == OUTCOME_FAILED) {
            failed++;
            example = example ? example : &site->attachments[i];
        }
        variants_drop(&site->attachments[i]);
    }
    if (failed == 0)
        return;
    diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
             "copse-pictures failed at %.*s%s: published in full size, without metadata",
             STR_ARG(example->file->path),
             failed > 1 ? arena_printf(diags->arena, " and %zu others", failed - 1).ptr : "");
    diag_hint(diags, "it may need more memory or time than it is given; save the picture smaller");
}

/* What each worker needs, and the program that they ask. */
static void find_program(struct pictures *pictures, struct arena *arena)
{
    const struct pictures_options *options = &pictures->own;
    pictures->workers = pool_size(options->pool);
    pictures->clients = arena_zalloc(arena, pictures->workers, sizeof *pictures->clients);
    pictures->artists = arena_zalloc(arena, pictures->workers, sizeof *pictures->artists);
    pictures->arenas = arena_zalloc(arena, pictures->workers, sizeof *pictures->arenas);
    pictures->cache = (struct picture_cache){
        options->fs, arena_printf(arena, "%s/pictures", options->folder).ptr, options->clock};
    (void)fs_make_folders(options->fs, AT_FDCWD, pictures->cache.folder);
    picture_library_find(options->fs, pictures->cache.folder, &pictures->clients[0], arena,
                         &pictures->library);
    for (unsigned i = 0; i < pictures->workers; i++) {
        arena_in(&pictures->arenas[i], arena->region); /* what is said of pictures lasts as they */
        pictures->clients[i].program = pictures->library.program;
        pictures->artists[i].program = pictures->library.program;
        pictures->artists[i].draws = true;
    }
    options->site->picture_library = pictures->library.version;
}

struct pictures *pictures_begin(const struct pictures_options *options, struct arena *arena,
                                struct diags *diags)
{
    struct site *site = options->site;
    variants_plan(site, arena);
    size_t count = count_shown(site);
    site->social = site->config.pictures.social;
    site->icons = site->config.pictures.icons && site->logo.file;
    if (count == 0 && !site->social && !site->icons)
        return NULL;
    struct pictures *pictures = arena_zalloc(arena, 1, sizeof *pictures);
    pictures->own = *options;
    if (!options->make)
        return pictures;
    find_program(pictures, arena);
    pictures->outcomes = arena_zalloc(arena, site->attachment_count, sizeof *pictures->outcomes);
    if (pictures->library.version.len == 0) {
        drop_all(site);
        note_missing(pictures, count, diags);
        site->social = false;
        site->icons = false;
        return pictures;
    }
    if (site->social) {
        site->picture_fonts = picture_library_fonts(options->fs, arena);
        pictures_try_social(pictures, diags);
    }
    if (site->icons)
        pictures_try_icons(pictures, diags);
    pool_run(options->pool, site->attachment_count, 1, make_picture, pictures);
    settle(pictures, diags);
    for (unsigned i = 0; i < pictures->workers; i++)
        arena_adopt(arena, &pictures->arenas[i]);
    return pictures;
}

size_t pictures_watched(const struct pictures *pictures, struct str files[2])
{
    size_t count = 0;
    if (pictures && pictures->library.program)
        files[count++] = str_from(pictures->library.program);
    if (pictures && pictures->library.file.len > 0)
        files[count++] = pictures->library.file;
    return count;
}

size_t pictures_made(const struct pictures *pictures)
{
    return pictures ? atomic_load(&pictures->made) : 0;
}

static void limit_cache(struct pictures *pictures)
{
    const struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct map used;
    map_init(&used, &scratch);
    for (size_t i = 0; i < site->attachment_count; i++) {
        if (pictures->outcomes[i] != OUTCOME_UNTRIED)
            pictures_note_used(pictures, i, &used, &scratch);
    }
    picture_cache_limit(&pictures->cache, site->config.pictures.cache, &used);
    arena_release(&scratch);
}

void pictures_end(struct pictures *pictures)
{
    if (!pictures || !pictures->own.make)
        return;
    for (unsigned i = 0; i < pictures->workers; i++) {
        picture_client_stop(&pictures->clients[i]);
        picture_client_stop(&pictures->artists[i]);
    }
    buf_release(&pictures->plain);
    if (atomic_load(&pictures->made) > 0)
        limit_cache(pictures);
}
