/* copse-pictures: makes pictures for copse, which starts it where one is to be made.
 *
 * It decodes what strangers send, so it is a program of its own: confined (confine.h) before it
 * reads the first request, it knows nothing but the bytes it is given on standard input and gives
 * nothing but bytes on standard output. base/picture_request.h is the language. With --draw it
 * makes pictures of the theme's drawings (SVG), for which it may read the system's fonts. */
#include "base/picture_request.h"
#include "pictures/confine.h"
#include "pictures/fonts.h"
#include "pictures/make.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { MEMORY_MEGABYTES = 0 }; /* the sanitizer reserves terabytes */
#else
enum { MEMORY_MEGABYTES = 2048 };
#endif
enum { SECONDS = 1800 };

/* 1 when the bytes were read, 0 at the end of the input before the first, -1 otherwise. */
static int read_all(void *into, size_t length)
{
    char *at = into;
    size_t done = 0;
    while (done < length) {
        ssize_t count = read(STDIN_FILENO, at + done, length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count == 0 && done == 0 ? 0 : -1;
        done += (size_t)count;
    }
    return 1;
}

static int write_all(struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t count = write(STDOUT_FILENO, bytes.ptr, bytes.len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return -1;
        bytes = str_after(bytes, (size_t)count);
    }
    return 0;
}

struct worker {
    struct buf frame;
    struct buf results;
    struct buf answer;
    bool has_no_font; /* and is to draw */
};

/* Boxes in the place of letters are no picture of a word. */
static bool needs_font(const struct worker *worker, const struct picture_request *request)
{
    return worker->has_no_font && str_has(request->bytes, STR("<text"));
}

/* 1 after a request was answered, 0 where no more come, -1 where something is wrong with them. */
static int serve_one(struct worker *worker)
{
    char head[PICTURE_FRAME_HEAD];
    size_t length;
    struct picture_request request;
    struct picture_response response;
    int status = read_all(head, sizeof head);
    if (status != 1)
        return status;
    if (!picture_frame_length((struct str){head, sizeof head}, &length))
        return -1;
    buf_clear(&worker->frame);
    buf_reserve(&worker->frame, length);
    if (read_all(worker->frame.ptr, length) != 1 ||
        !picture_request_read((struct str){worker->frame.ptr, length}, &request))
        return -1;
    if (needs_font(worker, &request))
        response = (struct picture_response){.answer = PICTURE_UNREADABLE,
                                             .message = STR("there is no font to draw with")};
    else
        make_pictures(&request, &worker->results, &response);
    buf_clear(&worker->answer);
    picture_response_write(&response, &worker->answer);
    return write_all(buf_str(&worker->answer)) == 0 ? 1 : -1;
}

static int greet(bool draws)
{
    struct buf library = {0};
    struct buf out = {0};
    struct str version;
    make_library(&library);
    struct str rest = buf_str(&library);
    struct str file = {0};
    str_line(&rest, &file);
    version = str_trim(rest);
    struct buf name = {0};
    buf_addf(&name, "libvips %.*s, recipe %d", STR_ARG(version), MAKE_RECIPE);
    const struct confine_limits limits = {(size_t)MEMORY_MEGABYTES << 20, SECONDS, draws};
    const struct picture_hello hello = {
        .version = buf_str(&name), .library = file, .confined = str_from(confine(&limits))};
    picture_hello_write(&hello, &out);
    int status = write_all(buf_str(&out));
    buf_release(&name);
    buf_release(&out);
    buf_release(&library);
    return status;
}

/* Libraries remark on strangers' files and on the system's fonts; copse tells what matters. */
static void be_quiet(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0)
        return;
    (void)dup2(nowhere, STDERR_FILENO);
    if (nowhere != STDERR_FILENO)
        close(nowhere);
#endif
}

int main(int count, char **arguments)
{
    struct worker worker = {0};
    int status = 1;
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        printf("copse-pictures (%s)\n", make_version());
        return 0;
    }
    if (isatty(STDIN_FILENO)) {
        fputs("copse starts this program where a picture is to be made; it is of no use alone.\n",
              stderr);
        return 2;
    }
    be_quiet();
    bool draws = count > 1 && strcmp(arguments[1], "--draw") == 0;
    worker.has_no_font = draws && !fonts_are_there();
    if (make_start(draws) != 0 || greet(draws) != 0)
        return 3;
    while (status == 1)
        status = serve_one(&worker);
    buf_release(&worker.answer);
    buf_release(&worker.results);
    buf_release(&worker.frame);
    _exit(status == 0 ? 0 : 3); /* nothing is left to be written or removed */
}
