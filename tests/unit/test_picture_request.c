/* What copse and copse-pictures say to each other, and what neither takes from the other. */
#include "base/picture_request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct str body_of(struct buf *frame)
{
    size_t length;
    assert_true(picture_frame_length(buf_str(frame), &length));
    assert_int_equal(length, frame->len - PICTURE_FRAME_HEAD);
    return str_after(buf_str(frame), PICTURE_FRAME_HEAD);
}

static const struct picture_request sample = {
    .wishes = {{640, 427, false, PICTURE_AS_WEBP, 78}, {64, 64, true, PICTURE_AS_JPEG, 80}},
    .count = 2,
    .bytes = STR_INIT("pixels"),
};

static void a_request_comes_back_as_it_was(void **state)
{
    struct buf frame = {0};
    struct picture_request read;
    (void)state;
    picture_request_write(&sample, &frame);
    assert_true(picture_request_read(body_of(&frame), &read));
    assert_int_equal(read.count, 2);
    assert_int_equal(read.wishes[1].width, 64);
    assert_true(read.wishes[1].crop);
    assert_int_equal(read.wishes[0].format, PICTURE_AS_WEBP);
    assert_true(str_eq(read.bytes, STR("pixels")));
    buf_release(&frame);
}

static void a_response_comes_back_as_it_was(void **state)
{
    const struct picture_response given = {
        .answer = PICTURE_MADE, .results = {STR_INIT("one"), STR_INIT("")}, .count = 2};
    struct buf frame = {0};
    struct picture_response read;
    (void)state;
    picture_response_write(&given, &frame);
    assert_true(picture_response_read(body_of(&frame), &read));
    assert_int_equal(read.count, 2);
    assert_true(str_eq(read.results[0], STR("one")));
    buf_release(&frame);
}

static void a_greeting_comes_back_as_it_was(void **state)
{
    const struct picture_hello given = {STR("libvips 8"), STR("/lib/x"), STR("seccomp")};
    struct buf frame = {0};
    struct picture_hello read;
    (void)state;
    picture_hello_write(&given, &frame);
    assert_true(picture_hello_read(body_of(&frame), &read));
    assert_true(str_eq(read.version, given.version));
    assert_true(str_eq(read.confined, given.confined));
    buf_release(&frame);
}

/* Every byte of a sound message changed to every kind of extreme: nothing is read beyond its end
 * (the sanitizer watches), and what is taken is within the caps. */
static void changed_messages_lead_nowhere(void **state)
{
    static const unsigned char extremes[] = {0, 1, 0x7F, 0x80, 0xFF};
    struct buf frame = {0};
    (void)state;
    picture_request_write(&sample, &frame);
    struct str body = body_of(&frame);
    for (size_t at = 0; at < body.len; at++) {
        for (size_t i = 0; i < sizeof extremes; i++) {
            struct buf copy = {0};
            struct picture_request request;
            struct picture_response response;
            struct picture_hello hello;
            buf_add(&copy, body);
            copy.ptr[at] = (char)extremes[i];
            if (picture_request_read(buf_str(&copy), &request)) {
                assert_true(request.count <= PICTURE_VARIANTS_MOST);
                assert_true(request.wishes[0].width <= PICTURE_SIDE_MOST);
                assert_true(request.bytes.len <= body.len);
            }
            (void)picture_response_read(buf_str(&copy), &response);
            (void)picture_hello_read(buf_str(&copy), &hello);
            buf_release(&copy);
        }
    }
    buf_release(&frame);
}

static void messages_that_are_cut_off_are_refused(void **state)
{
    struct buf frame = {0};
    struct picture_request request;
    (void)state;
    picture_request_write(&sample, &frame);
    struct str body = body_of(&frame);
    for (size_t length = 0; length < body.len; length++)
        assert_false(picture_request_read(str_sub(body, 0, length), &request));
    buf_release(&frame);
}

static void heads_that_announce_too_much_are_refused(void **state)
{
    size_t length;
    (void)state;
    assert_false(picture_frame_length(STR("CPQ1\xFF\xFF\xFF\xFF"), &length));
    assert_false(picture_frame_length(STR("XXXX\0\0\0\0"), &length));
    assert_false(picture_frame_length(STR("CPQ1\0\0\0"), &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_comes_back_as_it_was),
        cmocka_unit_test(a_response_comes_back_as_it_was),
        cmocka_unit_test(a_greeting_comes_back_as_it_was),
        cmocka_unit_test(changed_messages_lead_nowhere),
        cmocka_unit_test(messages_that_are_cut_off_are_refused),
        cmocka_unit_test(heads_that_announce_too_much_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
