#include "pages/redirects.h"
#include "base/html.h"

static int hex_value(char c)
{
    c = str_lower(c);
    return str_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_plain(char c)
{
    return str_is_alpha(c) || str_is_digit(c) || c == '/' || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

/* A path with everything but plain characters percent-encoded; a %XX in it stays one. */
static void add_encoded(struct buf *out, struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        bool encoded = c == '%' && i + 2 < path.len && hex_value(path.ptr[i + 1]) >= 0 &&
                       hex_value(path.ptr[i + 2]) >= 0;
        if (encoded || is_plain(c))
            buf_addc(out, c);
        else
            url_escape_component(out, (struct str){&c, 1});
    }
}

/* The path as a server compares it, %XX resolved. False, and nothing to use, if it then holds a
 * character that means something in a quoted string or a pattern of nginx or Apache. */
static bool add_decoded(struct buf *out, struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        int high = c == '%' && i + 2 < path.len ? hex_value(path.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(path.ptr[i + 2]) : -1;
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        bool harmless = is_plain(c) || (unsigned char)c >= 0x80 ||
                        (c != '\0' && str_find_byte(STR(" !&+,:=@"), c, 0) != STR_NONE);
        if (!harmless)
            return false;
        buf_addc(out, c);
    }
    return true;
}

/* An address on the server: with the site's base path. */
static void add_target(const struct plan *plan, const struct alias *alias, struct buf *out)
{
    add_encoded(out, plan->site->config.base_path);
    add_encoded(out, alias->target->url);
}

static void add_netlify(const struct plan *plan, const struct alias *alias, struct buf *out)
{
    add_encoded(out, plan->site->config.base_path);
    add_encoded(out, alias->url);
    buf_addc(out, ' ');
    add_target(plan, alias, out);
    buf_adds(out, " 301\n");
}

/* The alias as nginx and Apache see it, without the slash at its end; false if it cannot be written
 * there. */
static bool match_of(const struct plan *plan, const struct alias *alias, struct buf *match,
                     bool *slash)
{
    buf_clear(match);
    if (!add_decoded(match, plan->site->config.base_path) || !add_decoded(match, alias->url))
        return false;
    *slash = match->len > 1 && match->ptr[match->len - 1] == '/';
    buf_truncate(match, match->len - (*slash ? 1 : 0));
    return match->len > 0;
}

/* nginx compares without case and refuses to start where a key stands twice, as /a and /%61 would
 * when they are decoded. The first one counts. */
static bool is_new(struct map *seen, struct str key)
{
    char *lower = arena_cstr(seen->arena, key);
    for (size_t i = 0; i < key.len; i++)
        lower[i] = str_lower(key.ptr[i]);
    return !map_put(seen, (struct str){lower, key.len}, seen);
}

static void add_nginx(const struct plan *plan, const struct alias *alias, struct map *seen,
                      struct buf *match, struct buf *out)
{
    bool slash;
    if (!match_of(plan, alias, match, &slash))
        return;
    for (int i = 0; i <= slash; i++) {
        if (i == 1)
            buf_addc(match, '/');
        if (!is_new(seen, buf_str(match)))
            continue;
        buf_addf(out, "    \"%.*s\" \"", STR_ARG(buf_str(match)));
        add_target(plan, alias, out);
        buf_adds(out, "\";\n");
    }
}

/* Only '.' and '+' of what add_decoded() lets through mean something in a pattern. */
static void add_apache(const struct plan *plan, const struct alias *alias, struct buf *match,
                       struct buf *out)
{
    bool slash;
    if (!match_of(plan, alias, match, &slash))
        return;
    buf_adds(out, "RedirectMatch 301 \"^");
    for (size_t i = 0; i < match->len; i++) {
        char c = match->ptr[i];
        buf_addf(out, c == '.' || c == '+' ? "[%c]" : "%c", c);
    }
    buf_adds(out, slash ? "/?$\" \"" : "$\" \"");
    add_target(plan, alias, out);
    buf_adds(out, "\"\n");
}

static void begin_nginx(const struct plan *plan, struct buf *out)
{
    size_t longest = 0;
    for (size_t i = 0; i < plan->alias_count; i++) {
        size_t len = plan->site->config.base_path.len + plan->aliases[i].url.len;
        longest = len > longest ? len : longest;
    }
    buf_adds(out, "# Old addresses. Include this file in the http block, and in the server block:\n"
                  "#     if ($copse_redirect) { return 301 $copse_redirect; }\n");
    /* nginx refuses a map with a key that does not fit into a bucket, 64 bytes on most machines. */
    if (longest > 40)
        buf_addf(out, "# The http block needs a line  map_hash_bucket_size %d;\n",
                 longest > 1000  ? 2048
                 : longest > 488 ? 1024
                 : longest > 232 ? 512
                 : longest > 104 ? 256
                                 : 128);
    buf_adds(out, "map $uri $copse_redirect {\n    default \"\";\n");
}

void redirects_write(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct arena scratch = {0};
    struct map seen;
    struct buf match = {0};
    map_init(&seen, &scratch);
    if (output->kind == OUTPUT_NGINX)
        begin_nginx(plan, out);
    if (output->kind == OUTPUT_APACHE)
        buf_adds(out, "# Old addresses. Include this file in the virtual host, or put its lines "
                      "into .htaccess.\n");
    for (size_t i = 0; i < plan->alias_count; i++) {
        const struct alias *alias = &plan->aliases[i];
        switch (output->kind) {
        case OUTPUT_NGINX: add_nginx(plan, alias, &seen, &match, out); break;
        case OUTPUT_APACHE: add_apache(plan, alias, &match, out); break;
        default: add_netlify(plan, alias, out); break;
        }
    }
    if (output->kind == OUTPUT_NGINX)
        buf_adds(out, "}\n");
    buf_release(&match);
    arena_release(&scratch);
}
