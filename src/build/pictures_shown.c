/* Pictures that pages show: smaller variants of the site's files, and their tones. */
#include "build/pictures_internal.h"
#include "site/attachments.h"

enum { REQUEST_MOST = PICTURE_VARIANTS_MOST };

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

static enum picture_outcome ask(struct pictures *pictures, unsigned worker,
                                const struct attachment *attachment,
                                struct picture_request *request, struct picture_response *response)
{
    struct arena scratch = {0};
    struct diags ignored;
    struct text text;
    enum picture_outcome outcome = OUTCOME_FAILED;
    diags_init(&ignored, &scratch);
    if (source_read(pictures->own.source, worker, attachment->file, PICTURE_FILE_MOST, &scratch,
                    &ignored, &text) == 0) {
        request->bytes = text.bytes;
        if (picture_client_ask(&pictures->clients[worker], request, response))
            outcome = response->answer == PICTURE_MADE         ? OUTCOME_SOUND
                      : response->answer == PICTURE_UNREADABLE ? OUTCOME_UNDECODED
                                                               : OUTCOME_FAILED;
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

static enum picture_outcome make_some(struct pictures *pictures, unsigned worker,
                                      struct attachment *attachment,
                                      struct picture_request *request)
{
    struct picture_response response;
    enum picture_outcome outcome = ask(pictures, worker, attachment, request, &response);
    if (outcome == OUTCOME_SOUND)
        keep_results(pictures, attachment, request, &response);
    for (uint32_t i = 0; outcome == OUTCOME_SOUND && i < request->count; i++) {
        if (request->wishes[i].format == PICTURE_AS_TONE)
            take_tone(pictures, worker, attachment, response.results[i]);
    }
    if (outcome == OUTCOME_UNDECODED) {
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

static enum picture_outcome make_missing(struct pictures *pictures, unsigned worker,
                                         struct attachment *attachment)
{
    struct picture_request request = {0};
    enum picture_outcome outcome = OUTCOME_SOUND;
    if (!is_known(pictures, worker, attachment))
        add_wish(&request, &tone_wish);
    if (attachment->fault)
        return OUTCOME_UNDECODED;
    for (size_t i = 0; outcome == OUTCOME_SOUND && i < wish_count(attachment); i++) {
        const struct picture_wish *wish = wish_at(attachment, i);
        if (!picture_cache_holds(&pictures->cache, key_of(pictures, attachment, wish)))
            add_wish(&request, wish);
        if (request.count == REQUEST_MOST)
            outcome = make_some(pictures, worker, attachment, &request);
    }
    return outcome == OUTCOME_SOUND && request.count > 0
               ? make_some(pictures, worker, attachment, &request)
               : outcome;
}

void pictures_make_missing(struct pictures *pictures, unsigned worker, size_t index)
{
    struct attachment *attachment = &pictures->own.site->attachments[index];
    if (attachment->variant_count > 0)
        pictures->outcomes[index] = make_missing(pictures, worker, attachment);
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
    if (ask(pictures, worker, attachment, &request, &response) != OUTCOME_SOUND) {
        struct text *text = arena_zalloc(diags->arena, 1, sizeof *text);
        text->path = attachment->file->path;
        return diag_error(diags, "broken-picture", span_file(text),
                          "a smaller picture was made of this one before, and now it fails");
    }
    keep_results(pictures, attachment, &request, &response);
    buf_add(out, response.results[0]);
    return 0;
}

void pictures_note_used(const struct pictures *pictures, size_t index, struct map *used,
                        struct arena *arena)
{
    const struct attachment *attachment = &pictures->own.site->attachments[index];
    struct digest key = key_of(pictures, attachment, &tone_wish);
    map_put(used, picture_cache_name(key, arena), used);
    for (size_t i = 0; i < wish_count(attachment); i++) {
        key = key_of(pictures, attachment, wish_at(attachment, i));
        map_put(used, picture_cache_name(key, arena), used);
    }
}
