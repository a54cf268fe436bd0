#include "build/pictures.h"
#include "base/html.h"
#include "base/map.h"
#include "build/icons.h"
#include "build/picture_cache.h"
#include "build/picture_client.h"
#include "build/picture_library.h"
#include "site/attachments.h"

#include <fcntl.h>
#include <stdatomic.h>

enum { READ_MOST = 64 * 1024 * 1024, REQUEST_MOST = PICTURE_VARIANTS_MOST };

/* How it went with one picture. */
enum outcome { UNTRIED, SOUND, UNREADABLE, FAILED };

struct pictures {
    struct pictures_options own;
    struct picture_cache cache;
    struct picture_library library;
    struct picture_client *clients; /* one a worker */
    struct picture_client *artists; /* likewise, for drawings */
    struct buf plain;               /* a social picture without a page's own words */
    atomic_size_t undrawn;
    struct arena *arenas; /* likewise, for texts that stay */
    unsigned workers;
    enum outcome *outcomes; /* of each attachment */
    atomic_size_t made;
};

/* The first transformation of every picture; what is kept under its key says whether it can be
 * decoded at all: "=" and three bytes of colour, or "!" and what the library says. */
static const struct picture_wish tone_wish = {1, 1, false, PICTURE_AS_TONE, 100};

static struct digest key_of(const struct pictures *pictures, const struct attachment *attachment,
                            const struct picture_wish *wish)
{
    struct buf text = {0};
    buf_add(&text, (struct str){(const char *)attachment->blob.bytes, sizeof attachment->blob});
    variants_describe(wish, &text);
    buf_addf(&text, "\n%.*s", STR_ARG(pictures->library.version));
    struct digest key = digest_of(buf_str(&text));
    buf_release(&text);
    return key;
}

/* ---- what is asked for */

/* All wishes of a picture: variant number `count` is its whole, the next one the tone. */
static size_t wish_count(const struct attachment *attachment)
{
    return attachment->variant_count + (attachment->whole ? 1 : 0);
}

static const struct picture_wish *wish_at(const struct attachment *attachment, size_t index)
{
    return index < attachment->variant_count ? &attachment->variants[index].wish
                                             : &attachment->whole->wish;
}

/* The largest first: what is of one size is decoded once. */
static bool comes_before(const struct picture_wish *a, const struct picture_wish *b)
{
    return (uint64_t)a->width * a->height > (uint64_t)b->width * b->height;
}

static void add_wish(struct picture_request *request, const struct picture_wish *wish)
{
    uint32_t at = request->count++;
    while (at > 0 && comes_before(wish, &request->wishes[at - 1])) {
        request->wishes[at] = request->wishes[at - 1];
        at--;
    }
    request->wishes[at] = *wish;
}

static void keep_results(struct pictures *pictures, const struct attachment *attachment,
                         const struct picture_request *request,
                         const struct picture_response *response)
{
    for (uint32_t i = 0; i < request->count; i++) {
        struct digest key = key_of(pictures, attachment, &request->wishes[i]);
        struct str bytes = response->results[i];
        struct buf tone = {0};
        if (request->wishes[i].format == PICTURE_AS_TONE) {
            buf_addc(&tone, '=');
            buf_add(&tone, bytes);
            bytes = buf_str(&tone);
        }
        /* What cannot be kept is made again where it is written. */
        (void)picture_cache_put(&pictures->cache, key, bytes);
        buf_release(&tone);
        atomic_fetch_add(&pictures->made, request->wishes[i].format != PICTURE_AS_TONE);
    }
}

static enum outcome ask(struct pictures *pictures, unsigned worker,
                        const struct attachment *attachment, struct picture_request *request,
                        struct picture_response *response)
{
    struct arena scratch = {0};
    struct diags ignored;
    struct text text;
    enum outcome outcome = FAILED;
    diags_init(&ignored, &scratch);
    if (source_read(pictures->own.source, worker, attachment->file, READ_MOST, &scratch, &ignored,
                    &text) == 0) {
        request->bytes = text.bytes;
        if (picture_client_ask(&pictures->clients[worker], request, response))
            outcome = response->answer == PICTURE_MADE         ? SOUND
                      : response->answer == PICTURE_UNREADABLE ? UNREADABLE
                                                               : FAILED;
    }
    request->bytes = (struct str){0};
    arena_release(&scratch);
    return outcome;
}

static void take_tone(struct pictures *pictures, unsigned worker, struct attachment *attachment,
                      struct str bytes)
{
    static const char digits[] = "0369cf";
    char tone[3];
    if (bytes.len != 3 || attachment->picture.has_alpha)
        return;
    for (size_t i = 0; i < 3; i++)
        tone[i] = digits[((unsigned char)bytes.ptr[i] + 25) / 51];
    attachment->tone = arena_str(&pictures->arenas[worker], (struct str){tone, 3});
}

/* Only what the library says of it: what is wrong with the file is the author's to mend. */
static void set_fault(struct pictures *pictures, unsigned worker, struct attachment *attachment,
                      struct str message)
{
    message = str_trim(message);
    attachment->why = arena_printf(
        &pictures->arenas[worker], "this %s picture is broken: it cannot be decoded%s%.*s%s",
        picture_type_name(attachment->picture.type), message.len > 0 ? " (" : "",
        STR_ARG(str_sub(message, 0, 160)), message.len > 0 ? ")" : "");
    attachment->fault = "broken-picture";
}

static enum outcome make_some(struct pictures *pictures, unsigned worker,
                              struct attachment *attachment, struct picture_request *request)
{
    struct picture_response response;
    enum outcome outcome = ask(pictures, worker, attachment, request, &response);
    if (outcome == SOUND)
        keep_results(pictures, attachment, request, &response);
    for (uint32_t i = 0; outcome == SOUND && i < request->count; i++) {
        if (request->wishes[i].format == PICTURE_AS_TONE)
            take_tone(pictures, worker, attachment, response.results[i]);
    }
    if (outcome == UNREADABLE) {
        struct buf note = {0};
        buf_addc(&note, '!');
        buf_add(&note, response.message);
        (void)picture_cache_put(&pictures->cache, key_of(pictures, attachment, &tone_wish),
                                buf_str(&note));
        set_fault(pictures, worker, attachment, response.message);
        buf_release(&note);
    }
    request->count = 0;
    return outcome;
}

/* Whether the cache knows the picture; then its tone or its fault is taken from there. */
static bool is_known(struct pictures *pictures, unsigned worker, struct attachment *attachment)
{
    struct arena scratch = {0};
    struct str note;
    struct digest key = key_of(pictures, attachment, &tone_wish);
    bool known = picture_cache_holds(&pictures->cache, key) &&
                 picture_cache_get(&pictures->cache, key, &scratch, &note) && note.len > 0;
    if (known && note.ptr[0] == '!')
        set_fault(pictures, worker, attachment, str_after(note, 1));
    else if (known)
        take_tone(pictures, worker, attachment, str_after(note, 1));
    arena_release(&scratch);
    return known;
}

static enum outcome make_missing(struct pictures *pictures, unsigned worker,
                                 struct attachment *attachment)
{
    struct picture_request request = {0};
    enum outcome outcome = SOUND;
    if (!is_known(pictures, worker, attachment))
        add_wish(&request, &tone_wish);
    if (attachment->fault)
        return UNREADABLE;
    for (size_t i = 0; outcome == SOUND && i < wish_count(attachment); i++) {
        const struct picture_wish *wish = wish_at(attachment, i);
        if (!picture_cache_holds(&pictures->cache, key_of(pictures, attachment, wish)))
            add_wish(&request, wish);
        if (request.count == REQUEST_MOST)
            outcome = make_some(pictures, worker, attachment, &request);
    }
    return outcome == SOUND && request.count > 0 ? make_some(pictures, worker, attachment, &request)
                                                 : outcome;
}

static void make_picture(void *context, unsigned worker, size_t index)
{
    struct pictures *pictures = context;
    struct attachment *attachment = &pictures->own.site->attachments[index];
    if (attachment->variant_count > 0)
        pictures->outcomes[index] = make_missing(pictures, worker, attachment);
    if (worker == 0)
        pictures->own.progress(pictures->own.progress_context, index,
                               pictures->own.site->attachment_count);
}

/* ---- the stage */

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

/* ---- drawings */

static const struct picture_wish social_wish = {1200, 630, false, PICTURE_AS_JPEG, 85};

static struct digest drawing_key(const struct pictures *pictures, struct str drawing,
                                 const struct picture_wish *wish)
{
    struct buf text = {0};
    struct digest digest = digest_of(drawing);
    buf_adds(&text, "drawing ");
    variants_describe(wish, &text);
    buf_addf(&text, "\n%.*s\n%.*s", STR_ARG(pictures->library.version),
             STR_ARG(pictures->own.site->picture_fonts));
    struct digest key = digest_join(digest, digest_of(buf_str(&text)));
    buf_release(&text);
    return key;
}

static bool draw(struct pictures *pictures, unsigned worker, struct str drawing,
                 const struct picture_wish *wish, struct arena *scratch, struct buf *out)
{
    struct picture_request request = {.bytes = drawing, .count = 1, .wishes = {*wish}};
    struct picture_response response;
    struct digest key = drawing_key(pictures, drawing, wish);
    struct str bytes;
    if (picture_cache_get(&pictures->cache, key, scratch, &bytes)) {
        buf_add(out, bytes);
        return true;
    }
    if (!picture_client_ask(&pictures->artists[worker], &request, &response) ||
        response.answer != PICTURE_MADE)
        return false;
    (void)picture_cache_put(&pictures->cache, key, response.results[0]);
    atomic_fetch_add(&pictures->made, 1);
    buf_add(out, response.results[0]);
    return true;
}

/* Tries it with one that has the site's title alone, which is shown where another fails. */
static void prepare_drawing(struct pictures *pictures, struct diags *diags)
{
    struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct buf drawing = {0};
    buf_adds(&drawing, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">"
                       "<rect width=\"1200\" height=\"630\" fill=\"#f4f4f0\"/>"
                       "<text x=\"80\" y=\"330\" font-size=\"60\" fill=\"#222222\" "
                       "font-family=\"sans-serif\">");
    html_escape(&drawing, site->config.title);
    buf_adds(&drawing, "</text></svg>");
    site->social = draw(pictures, 0, buf_str(&drawing), &social_wish, &scratch, &pictures->plain);
    if (!site->social) {
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "pages have no social pictures: copse-pictures cannot draw text here");
        diag_hint(diags,
                  "it needs a libvips with librsvg, and a font (fonts-dejavu-core in Debian)");
    }
    buf_release(&drawing);
    arena_release(&scratch);
}

static struct picture_wish icon_wish(uint32_t size)
{
    return (struct picture_wish){size, size, false, PICTURE_AS_PNG, 100};
}

/* Tries it with the last of them, which is kept: it is wanted anyway. */
static void prepare_icons(struct pictures *pictures, struct diags *diags)
{
    struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct buf drawing = {0};
    struct buf icon = {0};
    struct diags ignored;
    struct text logo;
    size_t count;
    const struct icon *last = icons_all(&count) + count - 1;
    const struct picture_wish wish = icon_wish(last->size);
    diags_init(&ignored, &scratch);
    site->icons = source_read(pictures->own.source, 0, site->logo.file, READ_MOST, &scratch,
                              &ignored, &logo) == 0;
    if (site->icons) {
        icons_drawing(site, last, logo.bytes, &drawing);
        site->icons = draw(pictures, 0, buf_str(&drawing), &wish, &scratch, &icon);
    }
    if (!site->icons)
        diag_add(diags, SEVERITY_NOTE, "pictures", (struct span){0},
                 "no icons were made of %.*s: copse-pictures cannot draw it here",
                 STR_ARG(site->logo.file->path));
    buf_release(&drawing);
    buf_release(&icon);
    arena_release(&scratch);
}

int pictures_draw_icon(struct pictures *pictures, unsigned worker, struct str drawing,
                       uint32_t size, struct arena *scratch, struct diags *diags, struct buf *out)
{
    const struct picture_wish wish = icon_wish(size);
    if (!pictures->own.make) {
        buf_add(out, drawing);
        return 0;
    }
    if (draw(pictures, worker, drawing, &wish, scratch, out))
        return 0;
    return diag_error(diags, "broken-picture", (struct span){0},
                      "one icon was made of the organisation's logo, and another fails");
}

int pictures_draw(struct pictures *pictures, unsigned worker, struct str drawing,
                  struct arena *scratch, struct buf *out)
{
    if (!pictures->own.make) {
        buf_add(out, drawing);
        return 0;
    }
    if (!draw(pictures, worker, drawing, &social_wish, scratch, out)) {
        atomic_fetch_add(&pictures->undrawn, 1);
        buf_add(out, buf_str(&pictures->plain));
    }
    return 0;
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

/* ---- what is told */

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
        if (pictures->outcomes[i] == UNTRIED || pictures->outcomes[i] == SOUND)
            continue;
        if (pictures->outcomes[i] == FAILED) {
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
    pictures->workers = pool_size(options->pool);
    pictures->clients = arena_zalloc(arena, pictures->workers, sizeof *pictures->clients);
    pictures->artists = arena_zalloc(arena, pictures->workers, sizeof *pictures->artists);
    pictures->arenas = arena_zalloc(arena, pictures->workers, sizeof *pictures->arenas);
    for (unsigned i = 0; i < pictures->workers; i++)
        arena_in(&pictures->arenas[i],
                 arena->region); /* what is said of pictures lasts as they do */
    pictures->outcomes = arena_zalloc(arena, site->attachment_count, sizeof *pictures->outcomes);
    pictures->cache = (struct picture_cache){
        options->fs, arena_printf(arena, "%s/pictures", options->folder).ptr, options->clock};
    (void)fs_make_folders(options->fs, AT_FDCWD, pictures->cache.folder);
    picture_library_find(options->fs, pictures->cache.folder, &pictures->clients[0], arena,
                         &pictures->library);
    for (unsigned i = 0; i < pictures->workers; i++) {
        pictures->clients[i].program = pictures->library.program;
        pictures->artists[i].program = pictures->library.program;
        pictures->artists[i].draws = true;
    }
    site->picture_library = pictures->library.version;
    if (pictures->library.version.len == 0) {
        drop_all(site);
        note_missing(pictures, count, diags);
        site->social = false;
        site->icons = false;
        return pictures;
    }
    if (site->social) {
        site->picture_fonts = picture_library_fonts(options->fs, arena);
        prepare_drawing(pictures, diags);
    }
    if (site->icons)
        prepare_icons(pictures, diags);
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

int pictures_write(struct pictures *pictures, unsigned worker,
                   const struct picture_variant *variant, struct arena *scratch,
                   struct diags *diags, struct buf *out)
{
    const struct attachment *attachment = variant->attachment;
    struct picture_request request = {0};
    struct picture_response response;
    struct str bytes;
    if (!pictures->own.make) {
        buf_add(out, (struct str){(const char *)attachment->blob.bytes, sizeof attachment->blob});
        variants_describe(&variant->wish, out);
        return 0;
    }
    if (picture_cache_get(&pictures->cache, key_of(pictures, attachment, &variant->wish), scratch,
                          &bytes)) {
        buf_add(out, bytes);
        return 0;
    }
    add_wish(&request, &variant->wish);
    if (ask(pictures, worker, attachment, &request, &response) != SOUND) {
        struct text *text = arena_zalloc(diags->arena, 1, sizeof *text);
        text->path = attachment->file->path;
        return diag_error(diags, "broken-picture", span_file(text),
                          "a smaller picture was made of this one before, and now it fails");
    }
    keep_results(pictures, attachment, &request, &response);
    buf_add(out, response.results[0]);
    return 0;
}

static void limit_cache(struct pictures *pictures)
{
    const struct site *site = pictures->own.site;
    struct arena scratch = {0};
    struct map used;
    map_init(&used, &scratch);
    for (size_t i = 0; i < site->attachment_count; i++) {
        const struct attachment *attachment = &site->attachments[i];
        if (pictures->outcomes[i] == UNTRIED)
            continue;
        map_put(&used, picture_cache_name(key_of(pictures, attachment, &tone_wish), &scratch),
                pictures);
        for (size_t j = 0; j < wish_count(attachment); j++)
            map_put(
                &used,
                picture_cache_name(key_of(pictures, attachment, wish_at(attachment, j)), &scratch),
                pictures);
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
