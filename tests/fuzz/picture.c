/* Fuzzing what reads and strips picture files (libFuzzer):
 *
 *     clang -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer,address,undefined -Isrc \
 *         -o build/fuzz-picture tests/fuzz/picture.c src/base/picture*.c src/base/buf.c \
 *         src/base/str.c src/base/mem.c
 *     build/fuzz-picture tests/fuzz/corpus/picture
 *
 * The first byte says how much of the file is shown as its head. Stripping keeps type, size, turn
 * and frames, leaves no place behind, and stripping again changes nothing; what the reader calls
 * sound is stripped, or it would be published with all that it says. */
#include "base/picture.h"
#include "base/picture_strip.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool fact, const char *what)
{
    if (fact)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static void strip_twice(struct str bytes, enum picture_state state, const struct picture *before)
{
    struct buf once = {0};
    struct buf twice = {0};
    struct picture after;
    enum picture_stripped result = picture_strip(bytes, &once);
    require((result == PICTURE_BAD) == (state != PICTURE_SOUND), "reader and stripper disagree");
    if (result == PICTURE_STRIPPED) {
        require(picture_read(buf_str(&once), &after) == PICTURE_SOUND, "not sound once stripped");
        require(after.type == before->type, "another type");
        require(after.width == before->width && after.height == before->height, "another size");
        require(after.orientation == before->orientation, "turned");
        require(after.frames == before->frames, "other frames");
        require(!after.has_place, "a place is left");
        require(picture_strip(buf_str(&once), &twice) == PICTURE_STRIPPED, "refused");
        require(str_eq(buf_str(&once), buf_str(&twice)), "not the same twice");
    }
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct picture picture;
    if (size == 0)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    size_t cut = bytes.len * data[0] / 255;
    picture_read_parts(str_sub(bytes, 0, cut), str_after(bytes, bytes.len - (bytes.len - cut) / 2),
                       bytes.len, &picture);
    enum picture_state state = picture_read(bytes, &picture);
    strip_twice(bytes, state, &picture);
    return 0;
}
