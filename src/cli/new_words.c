#include "cli/new_words.h"

#include "base/path.h"

/* A path to be typed: in quotes where it holds what a shell would take apart. */
static void add_path(struct buf *out, struct str path)
{
    bool plain = true;
    for (size_t i = 0; i < path.len; i++) {
        char byte = path.ptr[i];
        if (!str_is_alpha(byte) && !str_is_digit(byte) && byte != '/' && byte != '.' &&
            byte != '-' && byte != '_')
            plain = false;
    }
    if (plain) {
        buf_add(out, path);
        return;
    }
    buf_addc(out, '\'');
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '\'')
            buf_adds(out, "'\\''");
        else
            buf_addc(out, path.ptr[i]);
    }
    buf_addc(out, '\'');
}

/* A bio has a folder of its own, and perhaps a photo in it. */
static void add_commit(struct buf *out, const struct new_words *words, const char *what)
{
    struct str path = str_from(words->path);
    if (words->kind == KIND_MEMBER)
        path = path_folder(path);
    buf_adds(out, "         git add ");
    add_path(out, path);
    buf_addf(out, "\n         git commit -m \"%s%.*s\"\n", what, STR_ARG(words->slug));
}

static void add_member(struct buf *out, const struct new_words *words)
{
    buf_adds(out,
             "  1. Open it in any text editor. Fill in the lines at its top as far as you like\n"
             "     and write about yourself below the second line of dashes. `github` is the\n"
             "     account that may change this bio later.\n");
    if (words->is_shared)
        buf_adds(out, "     Leave `designations` as it is: an editor adds what you hold.\n");
    buf_adds(out, "  2. A photo? Put it beside the file as photo.jpg and take the # away from the\n"
                  "     line that begins with #photo.\n"
                  "  3. `copse check` says whether all is well; `copse serve` shows your page.\n");
    if (!words->in_git)
        return;
    buf_addf(out, "  4. %s:\n", words->is_shared ? "Send it in" : "Keep it");
    if (words->is_shared)
        buf_addf(out, "         git switch -c bio-%.*s\n", STR_ARG(words->slug));
    add_commit(out, words, "Bio of ");
    if (!words->is_shared)
        return;
    buf_adds(out, "         git push -u origin HEAD\n     and open a pull request");
    if (words->repository.len > 0)
        buf_addf(out, " at %.*s", STR_ARG(words->repository));
    buf_adds(out, ".\n");
}

void new_words_add(struct buf *out, const struct new_words *words)
{
    static const char *const messages[KIND_COUNT] = {
        [KIND_ARTICLE] = "Article: ",   [KIND_MEMBER] = "Bio of ", [KIND_EVENT] = "Event: ",
        [KIND_COMMENT] = "Comment on ", [KIND_PAGE] = "Page: ",
    };
    if (words->kind == KIND_MEMBER) {
        add_member(out, words);
        return;
    }
    buf_adds(out, "  1. Open it in any text editor and write below the second line of dashes.\n");
    if (words->kind == KIND_EVENT)
        buf_adds(out, "     The day and the hours in it are only a guess: put in the real ones.\n");
    buf_adds(out, "  2. `copse serve` shows it while you write.\n");
    if (words->kind == KIND_COMMENT)
        buf_adds(out, "  3. `copse check` says whether all is well.\n");
    else
        buf_adds(out,
                 "  3. When it is ready, delete the line `draft: true` (until then nobody else\n"
                 "     sees it) and see what `copse check` says.\n");
    if (!words->in_git) {
        buf_adds(out, "  4. `copse build` makes the site with it, in public/.\n");
        return;
    }
    buf_addf(out, "  4. Keep it%s:\n", words->is_shared ? ", and share it" : "");
    add_commit(out, words, messages[words->kind]);
    if (words->is_shared)
        buf_adds(out, "         git push\n");
}
