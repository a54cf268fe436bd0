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

/* One old address: where it leads, or that it is gone. */
struct rule {
    struct str from;
    struct str to; /* empty: gone */
};

/* One of the three files in the making. */
struct writer {
    const struct plan *plan;
    struct str base; /* the site's path on its server */
    struct arena scratch;
    struct map seen;
    struct buf match;
    size_t longest; /* of the addresses in nginx's maps */
    struct buf *out;
};

static void add_target(struct writer *writer, struct str url)
{
    add_encoded(writer->out, writer->base);
    add_encoded(writer->out, url);
}

/* Whatever is served with 410 is the page for lost visitors. */
static void add_netlify(struct writer *writer, struct rule rule)
{
    bool gone = rule.to.len == 0;
    add_target(writer, rule.from);
    buf_addc(writer->out, ' ');
    add_target(writer, gone ? STR("/404.html") : rule.to);
    buf_adds(writer->out, gone ? " 410\n" : " 301\n");
}

/* Sets `match` to the address as nginx and Apache see it, without the slash at its end; false if it
 * cannot be written there. */
static bool find_match(struct writer *writer, struct str url, bool *slash)
{
    struct buf *match = &writer->match;
    buf_clear(match);
    if (!add_decoded(match, writer->base) || !add_decoded(match, url))
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

static void add_nginx(struct writer *writer, struct rule rule)
{
    bool slash;
    if (!find_match(writer, rule.from, &slash))
        return;
    for (int i = 0; i <= slash; i++) {
        if (i == 1)
            buf_addc(&writer->match, '/');
        if (!is_new(&writer->seen, buf_str(&writer->match)))
            continue;
        if (writer->match.len > writer->longest)
            writer->longest = writer->match.len;
        buf_addf(writer->out, "    \"%.*s\" ", STR_ARG(buf_str(&writer->match)));
        if (rule.to.len == 0) {
            buf_adds(writer->out, "1;\n");
            continue;
        }
        buf_addc(writer->out, '"');
        add_target(writer, rule.to);
        buf_adds(writer->out, "\";\n");
    }
}

/* Only '.' and '+' of what add_decoded() lets through mean something in a pattern. */
static void add_apache(struct writer *writer, struct rule rule)
{
    bool slash;
    if (!find_match(writer, rule.from, &slash))
        return;
    buf_adds(writer->out, rule.to.len == 0 ? "RedirectMatch 410 \"^" : "RedirectMatch 301 \"^");
    for (size_t i = 0; i < writer->match.len; i++) {
        char c = writer->match.ptr[i];
        buf_addf(writer->out, c == '.' || c == '+' ? "[%c]" : "%c", c);
    }
    buf_adds(writer->out, slash ? "/?$\"" : "$\"");
    if (rule.to.len > 0) {
        buf_adds(writer->out, " \"");
        add_target(writer, rule.to);
        buf_addc(writer->out, '"');
    }
    buf_addc(writer->out, '\n');
}

static void each_alias(struct writer *writer, void (*add)(struct writer *, struct rule))
{
    for (size_t i = 0; i < writer->plan->alias_count; i++) {
        const struct alias *alias = &writer->plan->aliases[i];
        add(writer, (struct rule){alias->url, alias->to});
    }
}

/* The page that a removed member had, by the pattern that members' pages have today. */
static struct str page_of_removed(struct writer *writer, const struct edition *edition,
                                  struct str slug)
{
    struct str pattern = writer->plan->site->config.permalinks[PERMALINK_MEMBER];
    size_t at = str_find(pattern, STR(":slug"), 0);
    if (at == STR_NONE)
        return (struct str){0};
    return arena_printf(&writer->scratch, "%.*s%.*s%.*s%.*s", STR_ARG(edition->prefix),
                        STR_ARG(str_sub(pattern, 0, at)), STR_ARG(slug),
                        STR_ARG(str_after(pattern, at + 5)));
}

/* An alias of somebody's page at such an address goes before. */
static void each_removed(struct writer *writer, void (*add)(struct writer *, struct rule))
{
    const struct site *site = writer->plan->site;
    for (size_t i = 0; i < site->edition_count; i++) {
        for (size_t j = 0; j < site->removed_count; j++) {
            struct str url = page_of_removed(writer, &site->editions[i], site->removed[j]);
            if (url.len > 0 && !plan_find(writer->plan, url))
                add(writer, (struct rule){url, {0}});
        }
    }
}

/* nginx refuses a map with a key that does not fit into a bucket, 64 bytes on most machines. */
static void add_bucket_hint(struct writer *writer, size_t at)
{
    size_t size = 128;
    while (size < 4096 && writer->longest + 24 > size)
        size *= 2;
    struct str hint = arena_printf(
        &writer->scratch, "# The http block needs a line  map_hash_bucket_size %zu;\n", size);
    if (writer->longest > 40)
        buf_insert(writer->out, at, hint);
}

static void write_nginx(struct writer *writer)
{
    buf_adds(writer->out,
             "# Old addresses. Include this file in the http block, and in the server block:\n"
             "#     if ($copse_redirect) { return 301 $copse_redirect; }\n"
             "#     if ($copse_gone) { return 410; }\n");
    size_t head = writer->out->len;
    buf_adds(writer->out, "map $uri $copse_redirect {\n    default \"\";\n");
    each_alias(writer, add_nginx);
    buf_adds(writer->out, "}\nmap $uri $copse_gone {\n    default 0;\n");
    each_removed(writer, add_nginx);
    buf_adds(writer->out, "}\n");
    add_bucket_hint(writer, head);
}

static void write_apache(struct writer *writer)
{
    buf_adds(writer->out,
             "# Old addresses. Include this file in the virtual host, or put its lines "
             "into .htaccess.\n");
    each_alias(writer, add_apache);
    each_removed(writer, add_apache);
}

void redirects_write(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct writer writer = {.plan = plan, .base = plan->site->config.base_path, .out = out};
    map_init(&writer.seen, &writer.scratch);
    if (output->kind == OUTPUT_NGINX) {
        write_nginx(&writer);
    } else if (output->kind == OUTPUT_APACHE) {
        write_apache(&writer);
    } else {
        each_alias(&writer, add_netlify);
        each_removed(&writer, add_netlify);
    }
    buf_release(&writer.match);
    arena_release(&writer.scratch);
}
