/* What a stranger's page may send to the preview: targets, paths, hosts, ranges and tags. Built with
 *     clang -fsanitize=fuzzer,address,undefined
 * The input is one header or target; whatever it is, it is read as each of them. */
#include "serve/request.h"

#include <stdlib.h>
#include <string.h>

/* A path that is let through names nothing above or beside, however it was written. */
static void check_path(struct str path)
{
    struct buf out = {0};
    if (request_path(path, &out) == 0) {
        struct str rest = buf_str(&out);
        struct str part;
        if (memchr(rest.ptr ? rest.ptr : "", '\0', rest.len) || (rest.len > 0 && rest.ptr[0] == '/'))
            abort();
        while (str_split(&rest, '/', &part)) {
            if (str_eq(part, STR("..")) || str_eq(part, STR(".")) || part.len > 255)
                abort();
            for (size_t i = 0; i < part.len; i++) {
                if ((unsigned char)part.ptr[i] < 0x20 || part.ptr[i] == '\\')
                    abort();
            }
        }
    }
    buf_release(&out);
}

/* Nothing but the three names, and perhaps a port. */
static void check_host(struct str host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    if (!request_host_is_local(host))
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        if (host.len < length || !str_eq_nocase(str_sub(host, 0, length), str_from(names[i])))
            continue;
        struct str port = str_after(host, length);
        bool digits = port.len == 0 || port.ptr[0] == ':';
        for (size_t at = 1; at < port.len; at++)
            digits = digits && str_is_digit(port.ptr[at]);
        if (digits)
            return;
    }
    abort();
}

static void check_range(struct str header, uint64_t size)
{
    uint64_t first = 0;
    uint64_t last = 0;
    if (request_range(header, size, &first, &last) == RANGE_PART && (first > last || last >= size))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    /* A copy of exactly that size, so that a byte too many is noticed. */
    char *copy = malloc(size > 0 ? size : 1);
    if (!copy)
        return 0;
    if (size > 0)
        memcpy(copy, bytes, size);
    struct str text = {copy, size};
    struct request_target target;
    if (request_target(text, &target) == 0) {
        check_path(target.path);
        check_host(target.authority);
        request_number(target.query, STR("since"));
    }
    check_path(text);
    check_host(text);
    check_range(text, 0);
    check_range(text, 1);
    check_range(text, 1000);
    check_range(text, UINT64_MAX);
    request_has_tag(text, STR("\"a-b\""));
    free(copy);
    return 0;
}
