#include "build/picture_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 120 }; /* seconds for a picture; a large one takes one or two */

static int64_t clock_milliseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until a descriptor is ready; false where the time is over. */
static bool wait_for(int descriptor, short events, int64_t deadline)
{
    for (;;) {
        struct pollfd ready = {descriptor, events, 0};
        int64_t left = deadline - clock_milliseconds();
        int count = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (count > 0)
            return true;
        if (count == 0 || errno != EINTR)
            return false;
    }
}

static bool send_all(int descriptor, struct str bytes, int64_t deadline)
{
    while (bytes.len > 0) {
        ssize_t count = write(descriptor, bytes.ptr, bytes.len);
        if (count >= 0)
            bytes = str_after(bytes, (size_t)count);
        else if (errno != EINTR && (errno != EAGAIN || !wait_for(descriptor, POLLOUT, deadline)))
            return false;
    }
    return true;
}

static bool receive_all(int descriptor, char *into, size_t length, int64_t deadline)
{
    while (length > 0) {
        ssize_t count = read(descriptor, into, length);
        if (count > 0) {
            into += count;
            length -= (size_t)count;
        } else if (count == 0 || (errno != EINTR &&
                                  (errno != EAGAIN || !wait_for(descriptor, POLLIN, deadline)))) {
            return false;
        }
    }
    return true;
}

/* What follows the head of the next message, into client->frame. */
static bool receive_frame(struct picture_client *client, int64_t deadline)
{
    char head[PICTURE_FRAME_HEAD];
    size_t length;
    if (!receive_all(client->from, head, sizeof head, deadline) ||
        !picture_frame_length((struct str){head, sizeof head}, &length))
        return false;
    buf_clear(&client->frame);
    buf_reserve(&client->frame, length);
    if (!receive_all(client->from, client->frame.ptr, length, deadline))
        return false;
    client->frame.len = length;
    return true;
}

static void drop(struct picture_client *client, bool kill_it)
{
    if (client->process == 0)
        return;
    close(client->to);
    close(client->from);
    if (kill_it)
        kill(client->process, SIGKILL);
    while (waitpid(client->process, NULL, 0) < 0 && errno == EINTR)
        ;
    client->process = 0;
    client->answered = false;
}

/* A pipe whose ends no other process inherits. */
static bool make_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC) == 0;
}

static bool spawn(struct picture_client *client, int input, int output)
{
    char locale[] = "LC_ALL=C.UTF-8";
    char arenas[] = "MALLOC_ARENA_MAX=1";
    char *environment[] = {locale, arenas, NULL};
    char name[] = "copse-pictures";
    char draw[] = "--draw";
    char *arguments[] = {name, client->draws ? draw : NULL, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool started =
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_addclosefrom_np(&actions, 3) == 0 &&
        posix_spawn(&client->process, client->program, &actions, NULL, arguments, environment) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!started)
        client->process = 0;
    return started;
}

static bool start_process(struct picture_client *client)
{
    int down[2];
    int up[2];
    if (!make_pipe(down))
        return false;
    if (!make_pipe(up)) {
        close(down[0]);
        close(down[1]);
        return false;
    }
    bool started = spawn(client, down[0], up[1]);
    close(down[0]);
    close(up[1]);
    client->to = down[1];
    client->from = up[0];
    if (!started || fcntl(client->to, F_SETFL, O_NONBLOCK) != 0 ||
        fcntl(client->from, F_SETFL, O_NONBLOCK) != 0) {
        if (started) {
            drop(client, true);
        } else {
            close(client->to);
            close(client->from);
        }
        return false;
    }
    return true;
}

bool picture_client_start(struct picture_client *client)
{
    if (client->process != 0)
        return true;
    if (!start_process(client))
        return false;
    int64_t deadline = clock_milliseconds() + (int64_t)PATIENCE * 1000;
    if (receive_frame(client, deadline) &&
        picture_hello_read(buf_str(&client->frame), &client->hello)) {
        client->unconfined = str_eq(client->hello.confined, STR("none"));
        return true;
    }
    drop(client, true);
    return false;
}

/* A process that died leaves a pipe without a reader: that is an answer, not a signal. */
static bool send_quietly(struct picture_client *client, int64_t deadline)
{
    sigset_t pipe_set;
    sigset_t before;
    sigset_t pending;
    sigemptyset(&pipe_set);
    sigaddset(&pipe_set, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_set, &before);
    bool sent = send_all(client->to, buf_str(&client->request), deadline);
    const struct timespec now = {0};
    if (!sent && sigismember(&pending, SIGPIPE) == 0)
        sigtimedwait(&pipe_set, NULL, &now);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return sent;
}

static bool try_to_ask(struct picture_client *client, struct picture_response *response)
{
    if (!picture_client_start(client))
        return false;
    int64_t deadline = clock_milliseconds() + (int64_t)PATIENCE * 1000;
    if (send_quietly(client, deadline) && receive_frame(client, deadline) &&
        picture_response_read(buf_str(&client->frame), response)) {
        client->answered = true;
        return true;
    }
    drop(client, true);
    return false;
}

bool picture_client_ask(struct picture_client *client, const struct picture_request *request,
                        struct picture_response *response)
{
    buf_clear(&client->request);
    picture_request_write(request, &client->request);
    /* One that has worked for long may have used up its time: another begins afresh. */
    bool worn = client->answered;
    if (try_to_ask(client, response))
        return response->answer != PICTURE_MADE || response->count == request->count;
    return worn && try_to_ask(client, response) &&
           (response->answer != PICTURE_MADE || response->count == request->count);
}

void picture_client_stop(struct picture_client *client)
{
    drop(client, false);
    buf_release(&client->request);
    buf_release(&client->frame);
}
