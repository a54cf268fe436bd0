#include "lang/yaml/yaml_internal.h"

#include "base/utf8.h"

/* What YAML 1.2.2 §5.1 allows of the characters below U+00A0 and at the end of the first plane.
 * libyaml would refuse them too, but says neither which nor how to get rid of it. */
static bool is_allowed(uint32_t character)
{
    if (character == '\t' || character == '\n' || character == '\r' || character == 0x85)
        return true;
    return (character >= 0x20 && character < 0x7F) ||
           (character >= 0xA0 && character != 0xFFFE && character != 0xFFFF);
}

static int check_characters(const struct text *text, size_t start, size_t end, struct diags *diags)
{
    struct str bytes = text->bytes;
    for (size_t at = start; at < end;) {
        if ((unsigned char)bytes.ptr[at] >= 0x20 && (unsigned char)bytes.ptr[at] < 0x7F) {
            at++;
            continue;
        }
        size_t len;
        uint32_t character = utf8_decode(str_sub(bytes, at, end), &len);
        if (!is_allowed(character)) {
            diag_error(diags, "control-character", span_of(text, at, at + len),
                       "a control character (U+%04X) stands here, which nobody can see",
                       (unsigned)character);
            diag_hint(diags, "delete it: it often comes along when text is copied from a PDF or a "
                             "word processor");
            return -1;
        }
        at += len;
    }
    return 0;
}

int yaml_check_bytes(const struct text *text, size_t start, size_t end, struct diags *diags)
{
    if (end - start > YAML_MAX_BYTES) {
        diag_error(diags, "yaml-too-large", span_of(text, start, start),
                   "%zu bytes of YAML are too many: at most %zu are read", end - start,
                   (size_t)YAML_MAX_BYTES);
        diag_hint(diags, "move long texts below the front matter, or split the data into several "
                         "files");
        return -1;
    }
    size_t bad = utf8_invalid(str_sub(text->bytes, start, end));
    if (bad != STR_NONE) {
        diag_error(diags, "not-utf8", span_of(text, start + bad, start + bad + 1),
                   "byte %zu of the file is not part of any UTF-8 character", start + bad + 1);
        diag_hint(diags, "open the file in an editor and save it with the encoding UTF-8");
        return -1;
    }
    return check_characters(text, start, end, diags);
}
