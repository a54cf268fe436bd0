/* Files beside content: published only if their bytes are of a known harmless type (DESIGN §6),
 * whatever their names say. */
#include "site/attachments.h"
#include "base/path.h"
#include "base/utf8.h"
#include "site/linker.h"

enum { ATTACHMENT_MOST = 64 * 1024 * 1024 };

/* What a file of a type begins with, `offset` bytes in; several rows may share a type. */
struct magic {
    struct str bytes;
    size_t offset;
    const char *type;
};

static const struct magic magics[] = {
    {STR_INIT("\xFF\xD8\xFF"), 0, "image/jpeg"},
    {STR_INIT("\x89PNG\r\n\x1A\n"), 0, "image/png"},
    {STR_INIT("GIF87a"), 0, "image/gif"},
    {STR_INIT("GIF89a"), 0, "image/gif"},
    {STR_INIT("WEBP"), 8, "image/webp"},
    {STR_INIT("ftypavif"), 4, "image/avif"},
    {STR_INIT("ftypavis"), 4, "image/avif"},
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

static void refuse(struct linker *linker, const struct source_file *file)
{
    struct text *text = arena_zalloc(linker->arena, 1, sizeof *text);
    text->path = file->path;
    diag_add(linker->diags, SEVERITY_WARNING, "unknown-file-type", span_file(text),
             "this file is not published: its bytes are not of a type that its name promises and "
             "that copse knows to be harmless");
    diag_hint(linker->diags, "pictures (JPEG, PNG, GIF, WebP, AVIF), PDF, audio, video, office "
                             "and plain text files are published");
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

void attachments_find(struct linker *linker)
{
    struct site *site = linker->site;
    struct map owners;
    struct arena scratch = {0};
    size_t count;
    const struct source_file *files =
        source_folder(linker->options->source, STR("content"), &count);
    struct attachment *attachments = arena_zalloc(linker->arena, count, sizeof *attachments);
    find_owners(linker, &owners);
    map_init(&site->attachments_by_path, linker->arena);
    for (size_t i = 0; i < count; i++) {
        struct content_place place = content_place(&site->config, files[i].path);
        struct text text;
        if (place.role != CONTENT_ATTACHMENT)
            continue;
        arena_clear(&scratch);
        if (source_read(linker->options->source, 0, &files[i], ATTACHMENT_MOST, &scratch,
                        linker->diags, &text) != 0)
            continue;
        const char *type = attachment_type(files[i].path, text.bytes);
        if (!type) {
            refuse(linker, &files[i]);
            continue;
        }
        struct attachment *attachment = &attachments[site->attachment_count++];
        *attachment = (struct attachment){
            &files[i], url_of(linker, &files[i], &place, &owners), str_from(type), {0}};
        if (picture_read(text.bytes, &attachment->picture) != PICTURE_SOUND)
            attachment->picture = (struct picture){0};
        map_put(&site->attachments_by_path, files[i].path, attachment);
    }
    site->attachments = attachments;
    arena_release(&scratch);
}
