/* What pictures say of themselves, and pictures without what they should not say. */
#include "base/arena.h"
#include "base/picture.h"
#include "base/picture_strip.h"
#include "picture_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    void (*make)(struct buf *out, const struct made *made);
    enum picture_type type;
} makers[] = {{made_jpeg, PICTURE_JPEG},
              {made_png, PICTURE_PNG},
              {made_gif, PICTURE_GIF},
              {made_webp, PICTURE_WEBP},
              {made_avif, PICTURE_AVIF}};

enum { MAKERS = sizeof makers / sizeof *makers };

static bool has_exif(enum picture_type type)
{
    return type != PICTURE_GIF;
}

/* Where the turn is told by Exif, so that a block of it stays. */
static bool has_own_exif(enum picture_type type)
{
    return has_exif(type) && type != PICTURE_AVIF;
}

/* A copy that ends exactly where the bytes do, so that a sanitizer sees a step too far. */
static char *exact(struct str bytes)
{
    char *copy = malloc(bytes.len > 0 ? bytes.len : 1);
    assert_non_null(copy);
    if (bytes.len > 0)
        memcpy(copy, bytes.ptr, bytes.len);
    return copy;
}

static enum picture_state read_exactly(struct str bytes, struct picture *picture)
{
    char *copy = exact(bytes);
    enum picture_state state = picture_read((struct str){copy, bytes.len}, picture);
    free(copy);
    return state;
}

static void type_and_size_are_told_by_the_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct picture picture;
        makers[i].make(&file, &(struct made){.width = 640, .height = 480});
        assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
        assert_int_equal(picture.type, makers[i].type);
        assert_int_equal(picture.width, 640);
        assert_int_equal(picture.height, 480);
        assert_int_equal(picture.orientation, 1);
        assert_int_equal(picture.frames, 1);
        assert_false(picture.animated || picture.has_metadata || picture.has_place ||
                     picture.has_profile);
        buf_release(&file);
    }
}

static void every_orientation_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        for (unsigned turn = 1; turn <= 8 && has_exif(makers[i].type); turn++) {
            struct buf file = {0};
            struct picture picture;
            uint32_t width;
            uint32_t height;
            makers[i].make(&file, &(struct made){.width = 40, .height = 30, .orientation = turn});
            assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
            assert_int_equal(picture.orientation, turn);
            picture_shown_size(&picture, &width, &height);
            assert_int_equal(width, turn < 5 ? 40 : 30);
            assert_int_equal(height, turn < 5 ? 30 : 40);
            buf_release(&file);
        }
    }
}

static void places_and_other_metadata_are_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct picture picture;
        if (has_exif(makers[i].type)) {
            makers[i].make(&file,
                           &(struct made){.width = 4, .height = 3, .orientation = 1, .gps = true});
            assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
            assert_true(picture.has_metadata);
            assert_true(picture.has_place);
        }
        if (makers[i].type != PICTURE_AVIF) {
            buf_clear(&file);
            makers[i].make(&file, &(struct made){.width = 4, .height = 3, .xmp_gps = true});
            assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
            assert_true(picture.has_place);
            buf_clear(&file);
            makers[i].make(&file, &(struct made){.width = 4, .height = 3, .trailing = true});
            assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
            assert_true(picture.has_metadata);
            assert_false(picture.has_place);
        }
        if (makers[i].type != PICTURE_GIF) {
            buf_clear(&file);
            makers[i].make(&file, &(struct made){.width = 4, .height = 3, .profile = true});
            assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
            assert_true(picture.has_profile);
            assert_false(picture.has_metadata);
        }
        buf_release(&file);
    }
}

static void frames_are_counted(void **state)
{
    (void)state;
    for (size_t i = 1; i < MAKERS; i++) {
        struct buf file = {0};
        struct picture picture;
        makers[i].make(&file, &(struct made){.width = 9, .height = 9, .frames = 3});
        assert_int_equal(read_exactly(buf_str(&file), &picture), PICTURE_SOUND);
        assert_true(picture.animated);
        assert_int_equal(picture.frames, makers[i].type == PICTURE_AVIF ? 2 : 3);
        buf_release(&file);
    }
}

static const struct made full = {.width = 64,
                                 .height = 48,
                                 .orientation = 6,
                                 .gps = true,
                                 .xmp_gps = true,
                                 .profile = true,
                                 .comment = true};

static void whatever_is_cut_off_is_no_sound_picture(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        makers[i].make(&file, &full);
        for (size_t length = 0; length < file.len; length++) {
            struct picture picture;
            struct buf out = {0};
            enum picture_state found = read_exactly(str_sub(buf_str(&file), 0, length), &picture);
            assert_true(found == PICTURE_CUT_OFF || found == PICTURE_UNKNOWN ||
                        found == PICTURE_GARBLED);
            assert_int_equal(picture_strip(str_sub(buf_str(&file), 0, length), &out), PICTURE_BAD);
            assert_int_equal(out.len, 0);
        }
        buf_release(&file);
    }
}

static void front_and_end_of_a_file_are_enough(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct picture whole;
        makers[i].make(&file, &full);
        struct str bytes = buf_str(&file);
        picture_read(bytes, &whole);
        for (size_t cut = 0; cut <= bytes.len; cut++) {
            struct picture parts;
            char *head = exact(str_sub(bytes, 0, cut));
            char *tail = exact(str_after(bytes, cut));
            enum picture_state found = picture_read_parts(
                (struct str){head, cut}, (struct str){tail, bytes.len - cut}, bytes.len, &parts);
            if (found == PICTURE_SOUND) {
                assert_int_equal(parts.width, whole.width);
                assert_int_equal(parts.height, whole.height);
            }
            if (cut == bytes.len)
                assert_memory_equal(&parts.type, &whole.type, sizeof whole.type);
            picture_read_parts((struct str){head, cut}, (struct str){0}, bytes.len, &parts);
            free(head);
            free(tail);
        }
        buf_release(&file);
    }
}

static void the_middle_of_a_photo_need_not_be_given(void **state)
{
    (void)state;
    struct buf file = {0};
    struct buf pixels = {0};
    struct picture picture;
    made_jpeg(&file, &full);
    for (int i = 0; i < 100000; i++)
        buf_addc(&pixels, 'x');
    size_t middle = file.len - 8;
    buf_insert(&file, middle, buf_str(&pixels));
    struct str bytes = buf_str(&file);
    assert_int_equal(picture_read_parts(str_sub(bytes, 0, 4096), str_after(bytes, bytes.len - 64),
                                        bytes.len, &picture),
                     PICTURE_SOUND);
    assert_int_equal(picture.orientation, 6);
    assert_true(picture.has_place);
    assert_int_equal(
        picture_read_parts(str_sub(bytes, 0, 4096), (struct str){0}, bytes.len, &picture),
        PICTURE_BEYOND);
    buf_release(&pixels);
    buf_release(&file);
}

static void stripping_leaves_pixels_turn_and_colours(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct buf bare = {0};
        struct buf again = {0};
        struct picture picture;
        struct made made = full;
        made.trailing = makers[i].type != PICTURE_AVIF;
        made.frames = makers[i].type == PICTURE_JPEG ? 0 : 2;
        makers[i].make(&file, &made);
        assert_int_equal(picture_strip(buf_str(&file), &bare), PICTURE_STRIPPED);
        assert_int_equal(read_exactly(buf_str(&bare), &picture), PICTURE_SOUND);
        assert_int_equal(picture.width, 64);
        assert_int_equal(picture.height, 48);
        assert_int_equal(picture.orientation, has_exif(makers[i].type) ? 6 : 1);
        assert_int_equal(picture.frames, made.frames > 0 ? made.frames : 1);
        assert_int_equal(picture.has_profile, makers[i].type != PICTURE_GIF);
        assert_false(picture.has_place);
        assert_int_equal(picture.has_metadata, has_own_exif(makers[i].type));
        assert_false(str_has(buf_str(&bare), STR("home")));
        assert_false(str_has(buf_str(&bare), STR("GPS")));
        assert_false(str_has(buf_str(&bare), STR("more")) && makers[i].type != PICTURE_JPEG);
        assert_false(str_has(buf_str(&bare), STR("film")));
        assert_int_equal(picture_strip(buf_str(&bare), &again), PICTURE_STRIPPED);
        assert_true(str_eq(buf_str(&bare), buf_str(&again)));
        buf_release(&again);
        buf_release(&bare);
        buf_release(&file);
    }
}

/* What the reader takes and the stripper does not would go out with all that it says. */
static void what_is_sound_can_be_stripped(void **state)
{
    uint32_t chance = 1;
    (void)state;
    for (size_t i = 0; i < MAKERS * 4000; i++) {
        struct buf file = {0};
        struct buf out = {0};
        struct picture picture;
        struct made made = full;
        made.trailing = makers[i % MAKERS].type != PICTURE_AVIF;
        makers[i % MAKERS].make(&file, &made);
        for (int changes = 0; changes < 3; changes++) {
            chance = chance * 1664525 + 1013904223;
            file.ptr[(chance >> 8) % file.len] = chance & 1 ? (char)(chance >> 24) : 0;
        }
        enum picture_state sound = read_exactly(buf_str(&file), &picture);
        if (sound == PICTURE_SOUND) {
            assert_int_equal(picture_strip(buf_str(&file), &out), PICTURE_STRIPPED);
            assert_int_equal(read_exactly(buf_str(&out), &picture), PICTURE_SOUND);
            assert_false(picture.has_place);
        }
        buf_release(&out);
        buf_release(&file);
    }
}

static void a_picture_without_metadata_stays_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct buf out = {0};
        makers[i].make(&file, &(struct made){.width = 3,
                                             .height = 5,
                                             .profile = true,
                                             .frames = makers[i].type == PICTURE_GIF ? 2 : 0});
        assert_int_equal(picture_strip(buf_str(&file), &out), PICTURE_STRIPPED);
        assert_true(str_eq(buf_str(&file), buf_str(&out)));
        buf_release(&out);
        buf_release(&file);
    }
}

static void an_upright_picture_keeps_no_exif_at_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < MAKERS; i++) {
        struct buf file = {0};
        struct buf out = {0};
        struct picture picture;
        makers[i].make(&file, &(struct made){.width = 3, .height = 5, .orientation = 1});
        assert_int_equal(picture_strip(buf_str(&file), &out), PICTURE_STRIPPED);
        assert_int_equal(read_exactly(buf_str(&out), &picture), PICTURE_SOUND);
        assert_false(picture.has_metadata);
        buf_release(&out);
        buf_release(&file);
    }
}

static void assert_svg(const char *text, uint32_t width, uint32_t height)
{
    struct picture picture;
    assert_int_equal(read_exactly(str_from(text), &picture), PICTURE_SOUND);
    assert_int_equal(picture.type, PICTURE_SVG);
    assert_int_equal(picture.width, width);
    assert_int_equal(picture.height, height);
}

static void an_svg_tells_its_size_in_css_pixels(void **state)
{
    (void)state;
    assert_svg("<svg width='10' height=\"20px\"></svg>", 10, 20);
    assert_svg("<svg viewBox='0 0 300 150.4'/>\n", 300, 150);
    assert_svg("<svg width='100%' height='100%' viewBox='-5,-5,30,60'></svg>", 30, 60);
    assert_svg("<svg width='1in' height='2.54cm'></svg>", 96, 96);
    assert_svg("<svg></svg>", 0, 0);
    assert_svg("<svg width='99999999999999999999' height='1e9'></svg>", 0, 0);
    assert_svg("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a <svg> -->"
               "<!DOCTYPE svg [<!ENTITY a 'b>'>]>\n<svg\nwidth='7'\nheight='8'/>",
               7, 8);
}

static void what_is_no_picture_is_unknown(void **state)
{
    (void)state;
    struct picture picture;
    static const char *const texts[] = {
        "", "<html><svg/></html>", "<svgx/>", "GIF88a......", "\xFF\xD8", "RIFF....WAVE", "plain"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(read_exactly(str_from(texts[i]), &picture), PICTURE_UNKNOWN);
        assert_int_equal(picture.type, PICTURE_NONE);
    }
}

static void impossible_headers_are_garbled(void **state)
{
    (void)state;
    struct picture picture;
    static const struct str files[] = {
        STR_INIT("\xFF\xD8\xFF\xD9"),             /* ends before it begins */
        STR_INIT("\xFF\xD8\xFF\xE0\0\1"),         /* a length that holds not even itself */
        STR_INIT("\xFF\xD8\xFF\xDA\0\2\xFF\xD9"), /* a scan without a frame */
        STR_INIT("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\0\0\0\0\1\x08\2\0\0\0aaaa"), /* width 0 */
        STR_INIT("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\x80\0\0\0\0\0\0\1\x08\2\0\0\0aaaa"),
        STR_INIT("GIF89a\1\0\1\0\0\0\0\x3B"),         /* no picture in it */
        STR_INIT("RIFF\x0E\0\0\0WEBPXXXX\2\0\0\0ab"), /* no size */
        STR_INIT("\0\0\0\x14"
                 "ftypavif\0\0\0\0avif"), /* nothing but a name */
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_int_equal(read_exactly(files[i], &picture), PICTURE_GARBLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(type_and_size_are_told_by_the_bytes),
        cmocka_unit_test(every_orientation_is_read),
        cmocka_unit_test(places_and_other_metadata_are_noticed),
        cmocka_unit_test(frames_are_counted),
        cmocka_unit_test(whatever_is_cut_off_is_no_sound_picture),
        cmocka_unit_test(front_and_end_of_a_file_are_enough),
        cmocka_unit_test(the_middle_of_a_photo_need_not_be_given),
        cmocka_unit_test(stripping_leaves_pixels_turn_and_colours),
        cmocka_unit_test(what_is_sound_can_be_stripped),
        cmocka_unit_test(a_picture_without_metadata_stays_as_it_is),
        cmocka_unit_test(an_upright_picture_keeps_no_exif_at_all),
        cmocka_unit_test(an_svg_tells_its_size_in_css_pixels),
        cmocka_unit_test(what_is_no_picture_is_unknown),
        cmocka_unit_test(impossible_headers_are_garbled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
