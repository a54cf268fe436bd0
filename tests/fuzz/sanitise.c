/* Fuzzing the sanitiser (libFuzzer):
 *
 *     clang -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer,address,undefined -Isrc -Itests/unit \
 *         -o build/fuzz-sanitise tests/fuzz/sanitise.c tests/unit/markup_[a-z]*.c \
 *         src/base/[a-z]*.c src/lang/markup/[a-z]*.c src/lang/sanitise/[a-z]*.c \
 *         -lgumbo -lm -pthread
 *     build/fuzz-sanitise tests/fuzz/corpus/sanitise
 *
 * The first byte chooses the policy. What comes out holds nothing that the list does not, nothing
 * that a second list takes for dangerous, and sanitising it again gives the same bytes. */
#include "lang/sanitise.h"
#include "markup_listed.h"
#include "markup_safety.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool fact, const char *what, struct str html)
{
    if (fact)
        return;
    fprintf(stderr, "%s:\n%.*s\n", what, STR_ARG(html));
    abort();
}

static struct sanitise_policy policy_of(unsigned char choice)
{
    struct sanitise_policy policy = choice & 1 ? sanitise_article : sanitise_person;
    if (choice & 2) {
        policy.embed_hosts = sanitise_embed_hosts;
        policy.embed_host_count = sanitise_embed_host_count;
    }
    if (choice & 8)
        policy.groups = SANITISE_TEXT | (choice & 16 ? SANITISE_TABLES : 0) |
                        (choice & 32 ? SANITISE_FIGURES | SANITISE_DETAILS : 0) |
                        (choice & 64 ? SANITISE_LAYOUT | SANITISE_MEDIA : 0) |
                        (choice & 128 ? SANITISE_PICTURES : 0);
    return policy;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena arena = {0};
    struct sanitise_policy policy = policy_of(data[0]);
    struct sanitise_input input = {.html = {(const char *)data + 1, size - 1}};
    if (data[0] & 4)
        input.id_prefix = STR("c1-");
    struct markup_draft once;
    struct markup_draft twice;
    int status = sanitise_html(&policy, &input, &arena, &once);
    const char *danger = markup_danger(once.html, policy.external_pictures, &arena);
    require(!danger, danger ? danger : "", once.html);
    const char *unlisted = markup_off_list(once.html, &policy, &arena);
    require(!unlisted, unlisted ? unlisted : "", once.html);
    input.html = once.html;
    if (status == 0) {
        require(sanitise_html(&policy, &input, &arena, &twice) == 0, "refused", once.html);
        require(str_eq(once.html, twice.html), "not the same twice", once.html);
    }
    arena_release(&arena);
    return 0;
}
