#include "base/picture_request.h"

#define LETTERS_REQUEST "CPQ1"
#define LETTERS_RESPONSE "CPA1"
#define LETTERS_HELLO "CPH1"

static void add32(struct buf *out, uint32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        buf_addc(out, (char)(number >> shift & 0xFF));
}

static uint32_t number_at(struct str bytes, size_t at)
{
    uint32_t number = 0;
    for (size_t i = 0; i < 4; i++)
        number |= (uint32_t)(unsigned char)bytes.ptr[at + i] << 8 * i;
    return number;
}

static void add_text(struct buf *out, struct str text)
{
    add32(out, (uint32_t)text.len);
    buf_add(out, text);
}

/* The head, with a length that frame_end() sets once it is known. */
static size_t frame_start(struct buf *out, const char *letters)
{
    buf_adds(out, letters);
    add32(out, 0);
    return out->len;
}

static void frame_end(struct buf *out, size_t start)
{
    uint32_t length = (uint32_t)(out->len - start);
    for (size_t i = 0; i < 4; i++)
        out->ptr[start - 4 + i] = (char)(length >> 8 * i & 0xFF);
}

void picture_request_write(const struct picture_request *request, struct buf *out)
{
    size_t start = frame_start(out, LETTERS_REQUEST);
    add32(out, request->count);
    for (uint32_t i = 0; i < request->count; i++) {
        const struct picture_wish *wish = &request->wishes[i];
        add32(out, wish->width);
        add32(out, wish->height);
        add32(out, wish->crop);
        add32(out, wish->format);
        add32(out, wish->quality);
    }
    add_text(out, request->bytes);
    frame_end(out, start);
}

void picture_response_write(const struct picture_response *response, struct buf *out)
{
    size_t start = frame_start(out, LETTERS_RESPONSE);
    add32(out, response->answer);
    add_text(out, response->message);
    add32(out, response->count);
    for (uint32_t i = 0; i < response->count; i++)
        add_text(out, response->results[i]);
    frame_end(out, start);
}

void picture_hello_write(const struct picture_hello *hello, struct buf *out)
{
    size_t start = frame_start(out, LETTERS_HELLO);
    add_text(out, hello->version);
    add_text(out, hello->library);
    add_text(out, hello->confined);
    frame_end(out, start);
}

bool picture_frame_length(struct str head, size_t *length)
{
    if (head.len < PICTURE_FRAME_HEAD ||
        !(str_starts(head, STR(LETTERS_REQUEST)) || str_starts(head, STR(LETTERS_RESPONSE)) ||
          str_starts(head, STR(LETTERS_HELLO))))
        return false;
    *length = number_at(head, 4);
    return *length <= PICTURE_FRAME_MOST;
}

/* Takes fields off the front of a frame; `sound` turns false where one does not fit. */
struct frame {
    struct str rest;
    bool sound;
};

static uint32_t take32(struct frame *frame)
{
    if (frame->rest.len < 4) {
        frame->sound = false;
        return 0;
    }
    uint32_t number = number_at(frame->rest, 0);
    frame->rest = str_after(frame->rest, 4);
    return number;
}

static struct str take_text(struct frame *frame)
{
    size_t length = take32(frame);
    if (length > frame->rest.len)
        frame->sound = false;
    struct str text = str_sub(frame->rest, 0, length);
    frame->rest = str_after(frame->rest, length);
    return text;
}

static bool is_whole(const struct frame *frame)
{
    return frame->sound && frame->rest.len == 0;
}

static bool is_sensible(const struct picture_wish *wish)
{
    return wish->width >= 1 && wish->width <= PICTURE_SIDE_MOST && wish->height >= 1 &&
           wish->height <= PICTURE_SIDE_MOST && wish->format <= PICTURE_AS_TONE &&
           wish->quality >= 1 && wish->quality <= 100;
}

bool picture_request_read(struct str bytes, struct picture_request *out)
{
    struct frame frame = {bytes, true};
    *out = (struct picture_request){.count = take32(&frame)};
    if (out->count < 1 || out->count > PICTURE_VARIANTS_MOST)
        return false;
    for (uint32_t i = 0; i < out->count; i++) {
        struct picture_wish *wish = &out->wishes[i];
        wish->width = take32(&frame);
        wish->height = take32(&frame);
        wish->crop = take32(&frame) != 0;
        wish->format = take32(&frame);
        wish->quality = take32(&frame);
        if (!is_sensible(wish))
            return false;
    }
    out->bytes = take_text(&frame);
    return is_whole(&frame);
}

bool picture_response_read(struct str bytes, struct picture_response *out)
{
    struct frame frame = {bytes, true};
    *out = (struct picture_response){.answer = take32(&frame)};
    out->message = take_text(&frame);
    out->count = take32(&frame);
    if (out->answer > PICTURE_TOO_MUCH || out->count > PICTURE_VARIANTS_MOST)
        return false;
    for (uint32_t i = 0; i < out->count; i++)
        out->results[i] = take_text(&frame);
    return is_whole(&frame);
}

bool picture_hello_read(struct str bytes, struct picture_hello *out)
{
    struct frame frame = {bytes, true};
    out->version = take_text(&frame);
    out->library = take_text(&frame);
    out->confined = take_text(&frame);
    return is_whole(&frame);
}
