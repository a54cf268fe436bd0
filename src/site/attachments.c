/* Files beside content: published only if their bytes are of a known harmless type (DESIGN §6),
 * whatever their names say. */
#include "site/attachments.h"
#include "base/path.h"
#include "base/utf8.h"
#include "lang/svg.h"
#include "site/linker.h"

enum { ATTACHMENT_MOST = 64 * 1024 * 1024 };

/* What a file of a type begins with that is no picture (base/picture.h knows those), `offset` bytes
 * in; several rows may share a type. */
struct magic {
    struct str bytes;
    size_t offset;
    const char *type;
};

static const struct magic magics[] = {
    {STR_INIT("%PDF-"), 0, "application/pdf"},
    {STR_INIT("ID3"), 0, "audio/mpeg"},
    {STR_INIT("\xFF\xFB"), 0, "audio/mpeg"},
    {STR_INIT("OggS"), 0, "application/ogg"},
    {STR_INIT("fLaC"), 0, "audio/flac"},
    {STR_INIT("WAVE"), 8, "audio/wav"},
    {STR_INIT("ftypM4A"), 4, "audio/mp4"},
    {STR_INIT("ftyp"), 4, "video/mp4"},
    {STR_INIT("\x1A\x45\xDF\xA3"), 0, "video/webm"},
    {STR_INIT("PK\x03\x04"), 0, "application/zip"},
    {STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0, "application/msword"},
};

/* Which extensions a type may have: what a server tells a browser follows the extension, so bytes
 * and name must agree. */
static const struct {
    const char *type;
    const char *extensions; /* between bars */
} names[] = {
    {"image/jpeg", "|.jpg|.jpeg|"},
    {"image/png", "|.png|"},
    {"image/gif", "|.gif|"},
    {"image/webp", "|.webp|"},
    {"image/avif", "|.avif|"},
    {"application/pdf", "|.pdf|"},
    {"audio/mpeg", "|.mp3|"},
    {"application/ogg", "|.ogg|.oga|.ogv|.opus|"},
    {"audio/flac", "|.flac|"},
    {"audio/wav", "|.wav|"},
    {"audio/mp4", "|.m4a|"},
    {"video/mp4", "|.mp4|.m4v|.mov|"},
    {"video/webm", "|.webm|"},
    {"application/zip", "|.docx|.xlsx|.pptx|.odt|.ods|.odp|"},
    {"application/msword", "|.doc|.xls|.ppt|"},
    {"text/plain", "|.txt|.csv|.ics|.bib|"},
};

/* Plain text: UTF-8 without control characters, and nothing a browser could take for markup. */
static bool is_plain_text(struct str bytes)
{
    struct str head = str_trim_left(str_sub(bytes, 0, 1024));
    if (str_starts(head, STR("<")) || utf8_invalid(bytes) != STR_NONE)
        return false;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        if (c < 0x20 && !str_is_space((char)c))
            return false;
    }
    return true;
}

static const char *type_of_bytes(struct str bytes)
{
    enum picture_type picture = picture_type_of(bytes);
    if (picture != PICTURE_NONE && picture != PICTURE_SVG)
        return picture_media_type(picture);
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *magic = &magics[i];
        if (str_starts(str_after(bytes, magic->offset), magic->bytes))
            return magic->type;
    }
    return is_plain_text(bytes) ? "text/plain" : NULL;
}

const char *attachment_type(struct str name, struct str bytes)
{
    struct str extension = path_extension(name);
    char bars[16] = "|";
    const char *type = type_of_bytes(bytes);
    if (!type || extension.len == 0 || extension.len > 8)
        return NULL;
    for (size_t i = 0; i < extension.len; i++)
        bars[i + 1] = str_lower(extension.ptr[i]);
    bars[extension.len + 1] = '|';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(str_from(names[i].type), str_from(type)) &&
            str_has(str_from(names[i].extensions), (struct str){bars, extension.len + 2}))
            return type;
    }
    return NULL;
}

/* A file in a record's own folder (cop/index.md) lives under the record's URL, any other under its
 * kind's, at its path. */
static struct str url_of(struct linker *linker, const struct source_file *file,
                         const struct content_place *place, const struct map *owners)
{
    struct str folder = path_folder(file->path);
    struct str below = path_name(file->path);
    for (;;) {
        const struct entry *owner = map_get(owners, folder);
        if (owner)
            return arena_printf(linker->arena, "%.*s%.*s", STR_ARG(owner->url), STR_ARG(below));
        if (folder.len <= 8 || str_rfind_byte(folder, '/') == STR_NONE)
            break;
        below = path_join(linker->arena, path_name(folder), below);
        folder = path_folder(folder);
    }
    const char *base = place->kind == KIND_PAGE ? "" : "/";
    struct str kind = place->kind == KIND_PAGE ? STR("") : schema_of(place->kind)->folder;
    struct str name = path_join(linker->arena, place->folder, path_name(file->path));
    return arena_printf(linker->arena, "%s%.*s/%.*s", base, STR_ARG(kind), STR_ARG(name));
}

/* What iPhones write, of which browsers show nothing (ISO 23008-12, annex B). */
static bool is_heic(struct str bytes)
{
    static const struct str brands[] = {STR_INIT("heic"), STR_INIT("heix"), STR_INIT("hevc"),
                                        STR_INIT("heim"), STR_INIT("heis"), STR_INIT("mif1")};
    struct str brand = str_sub(bytes, 8, 12);
    bool found = false;
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
        found = found || str_eq(brand, brands[i]);
    return found && str_eq(str_sub(bytes, 4, 8), STR("ftyp"));
}

static void refuse(struct linker *linker, const struct source_file *file, struct str bytes,
                   bool drawing)
{
    struct text *text = arena_zalloc(linker->arena, 1, sizeof *text);
    text->path = file->path;
    if (drawing) {
        diag_add(linker->diags, SEVERITY_WARNING, "unknown-file-type", span_file(text),
                 "this file is not published: drawings (SVG) can hold more than a picture");
        diag_hint(linker->diags, "save it as PNG; content/site.yml can allow drawings beside "
                                 "articles with  pictures: {svg: articles}");
        return;
    }
    if (is_heic(bytes)) {
        diag_add(linker->diags, SEVERITY_WARNING, "unknown-file-type", span_file(text),
                 "this file is not published: it is a HEIC picture, which few browsers can show");
        diag_hint(linker->diags, "save it as JPEG; iPhones make JPEG where Settings, Camera, "
                                 "Formats says Most Compatible");
        return;
    }
    diag_add(linker->diags, SEVERITY_WARNING, "unknown-file-type", span_file(text),
             "this file is not published: its bytes are not of a type that its name promises and "
             "that copse knows to be harmless");
    diag_hint(linker->diags, "pictures (JPEG, PNG, GIF, WebP, AVIF), PDF, audio, video, office "
                             "and plain text files are published");
}

static void find_fault(struct linker *linker, struct attachment *attachment, struct str bytes)
{
    const struct config_pictures *limits = &linker->site->config.pictures;
    struct picture *picture = &attachment->picture;
    enum picture_state state = picture_read(bytes, picture);
    const char *type = picture_type_name(picture->type);
    uint64_t pixels = (uint64_t)picture->width * picture->height;
    attachment->fault = "broken-picture";
    if (state == PICTURE_CUT_OFF) {
        attachment->why = arena_printf(linker->arena,
                                       "this %s picture is cut off: its file ends too early", type);
    } else if (state != PICTURE_SOUND) {
        attachment->why = arena_printf(
            linker->arena, "this %s picture is broken: its file contradicts itself", type);
    } else if (bytes.len > limits->bytes) {
        attachment->why =
            arena_printf(linker->arena, "this picture has %zu megabytes, and at most %zu are taken",
                         bytes.len >> 20, limits->bytes >> 20);
        attachment->fault = "picture-too-large";
    } else if (pixels > limits->pixels) {
        attachment->why = arena_printf(
            linker->arena, "this picture has %u by %u pixels, and at most %zu million are taken",
            picture->width, picture->height, (size_t)(limits->pixels / 1000000));
        attachment->fault = "picture-too-large";
    } else if (picture->frames > limits->frames) {
        attachment->why = arena_printf(
            linker->arena, "this picture moves through %u frames, and at most %zu are taken",
            picture->frames, limits->frames);
        attachment->fault = "picture-too-large";
    } else {
        attachment->fault = NULL;
    }
}

/* A drawing is published as svg_sanitise() writes it. */
static void take_drawing(struct linker *linker, struct attachment *attachment, struct str bytes)
{
    struct buf harmless = {0};
    const char *why = svg_sanitise(bytes, &harmless);
    buf_release(&harmless);
    attachment->type = STR("image/svg+xml");
    attachment->blob = blob_id_of(bytes);
    find_fault(linker, attachment, bytes);
    if (!why || attachment->fault)
        return;
    attachment->fault = "broken-picture";
    attachment->why = arena_printf(linker->arena, "this drawing (SVG) is not published: %s", why);
}

/* What is named like a picture and is none: who names it hears of it there. */
static bool make_broken(struct linker *linker, struct attachment *attachment, struct str bytes)
{
    static const struct str extensions[] = {STR_INIT(".jpg"), STR_INIT(".jpeg"), STR_INIT(".png"),
                                            STR_INIT(".gif"), STR_INIT(".webp"), STR_INIT(".avif")};
    struct str extension = path_extension(attachment->file->path);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (!str_eq_nocase(extension, extensions[i]))
            continue;
        enum picture_type type = picture_type_of(bytes);
        attachment->fault = "broken-picture";
        attachment->why =
            bytes.len == 0 ? STR("this picture's file is empty")
            : is_heic(bytes)
                ? STR("this is a HEIC picture, which few browsers can show: save it as JPEG")
            : type == PICTURE_NONE
                ? STR("this file is no picture, whatever its name says")
                : arena_printf(linker->arena,
                               "this picture is of the type %s, and its name ends in %.*s",
                               picture_type_name(type), STR_ARG(extension));
        return true;
    }
    return false;
}

/* The folders that belong to one record: "content/articles/cop" of cop/index.md. */
static void find_owners(struct linker *linker, struct map *owners)
{
    map_init(owners, linker->arena);
    for (size_t i = 0; i < linker->site->entry_count; i++) {
        struct entry *entry = &linker->site->entries[i];
        if (!linker->places[i].is_index || entry->group->primary != entry)
            continue;
        map_put(owners, path_folder(entry->file->path), entry);
    }
}

/* For the next build: where the records lie. */
static const struct attachment_look *keep_look(struct linker *linker,
                                               const struct attachment *attachment)
{
    struct arena *arena = &linker->options->worker_arenas[0];
    struct attachment_look *look = arena_zalloc(arena, 1, sizeof *look);
    *look = (struct attachment_look){.type = attachment->type.ptr,
                                     .fault = attachment->fault,
                                     .why = arena_str(arena, attachment->why),
                                     .picture = attachment->picture,
                                     .blob = attachment->blob};
    return look;
}

/* Reads the file. False if it is nothing to publish; that is said in each build. */
static bool look_at(struct linker *linker, struct attachment *attachment, enum kind kind,
                    struct arena *scratch)
{
    struct text text;
    arena_clear(scratch);
    if (source_read(linker->options->source, 0, attachment->file, ATTACHMENT_MOST, scratch,
                    linker->diags, &text) != 0)
        return false;
    const char *type = attachment_type(attachment->file->path, text.bytes);
    bool drawing = !type && picture_type_of(text.bytes) == PICTURE_SVG;
    attachment->type = str_from(type);
    if (drawing && linker->site->config.pictures.svg && kind == KIND_ARTICLE) {
        take_drawing(linker, attachment, text.bytes);
    } else if (!type) {
        refuse(linker, attachment->file, text.bytes, drawing);
        return make_broken(linker, attachment, text.bytes);
    } else if (str_starts(attachment->type, STR("image/"))) {
        find_fault(linker, attachment, text.bytes);
        attachment->blob = attachment->file->has_id ? attachment->file->id : blob_id_of(text.bytes);
    }
    attachment->look = keep_look(linker, attachment);
    return true;
}

static bool find_attachment(struct linker *linker, struct attachment *attachment, enum kind kind,
                            struct arena *scratch)
{
    const struct load_options *options = linker->options;
    const struct attachment_look *look =
        options->known_look ? options->known_look(options->known_context, attachment->file) : NULL;
    if (!look)
        return look_at(linker, attachment, kind, scratch);
    attachment->type = str_from(look->type);
    attachment->fault = look->fault;
    attachment->why = look->why;
    attachment->picture = look->picture;
    attachment->blob = look->blob;
    attachment->look = look;
    return true;
}

void attachments_find(struct linker *linker)
{
    struct site *site = linker->site;
    struct map owners;
    struct arena scratch = {0};
    size_t count;
    const struct source_file *files =
        source_folder(linker->options->source, STR("content"), &count);
    struct attachment *attachments =
        arena_zalloc(linker->arena, linker->attachment_count, sizeof *attachments);
    find_owners(linker, &owners);
    map_init(&site->attachments_by_path, linker->arena);
    map_init(&site->attachments_by_url, linker->arena);
    for (size_t i = 0; i < count && linker->attachment_count > 0; i++) {
        struct content_place place = content_place(&site->config, files[i].path);
        if (place.role != CONTENT_ATTACHMENT)
            continue;
        struct attachment *attachment = &attachments[site->attachment_count];
        *attachment = (struct attachment){.file = &files[i],
                                          .url = url_of(linker, &files[i], &place, &owners)};
        if (!find_attachment(linker, attachment, place.kind, &scratch))
            continue;
        site->attachment_count++;
        map_put(&site->attachments_by_path, files[i].path, attachment);
        map_put(&site->attachments_by_url, attachment->url, attachment);
    }
    site->attachments = attachments;
    arena_release(&scratch);
}

static int hex_value(char c)
{
    c = str_lower(c);
    return str_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %20 and the like undone: files have names, not URLs. */
static struct str percent_decode(struct arena *arena, struct str text)
{
    char *plain = arena_cstr(arena, text);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '%' && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;
        plain[len++] = low >= 0 ? (char)(high * 16 + low) : text.ptr[i];
        i += low >= 0 ? 2 : 0;
    }
    return (struct str){plain, len};
}

const struct attachment *attachment_named(const struct site *site, const struct entry *entry,
                                          struct str name)
{
    const struct attachment *found = NULL;
    struct arena scratch = {0};
    struct str resolved;
    size_t query = str_find_byte(name, '?', 0);
    size_t hash = str_find_byte(name, '#', 0);
    struct str base = site->config.base_path;
    name = percent_decode(&scratch, str_trim(str_sub(name, 0, query < hash ? query : hash)));
    if (str_starts(name, STR("/"))) {
        if (base.len > 0 && path_inside(name, base))
            name = str_after(name, base.len);
        found = map_get(&site->attachments_by_url, name);
    } else if (name.len > 0 &&
               path_resolve(&scratch, path_folder(entry->file->path), name, &resolved) == 0) {
        found = map_get(&site->attachments_by_path, resolved);
    }
    arena_release(&scratch);
    return found;
}
