#include "pages/headers.h"

static bool wants_pictures_from_elsewhere(const struct config *config)
{
    for (size_t i = 0; i < config->rule_count; i++) {
        if (str_eq(config->rules[i].code, STR("external-picture")))
            return config->rules[i].off;
    }
    return false;
}

/* Each host once, in the order of site.yml. */
static void add_frames(const struct config *config, struct buf *out)
{
    struct arena scratch = {0};
    struct map seen;
    map_init(&seen, &scratch);
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        const struct sanitise_policy *policy = &config->policies[kind];
        for (size_t i = 0; i < policy->embed_host_count; i++) {
            if (map_put(&seen, policy->embed_hosts[i], &seen))
                continue;
            buf_addf(out, "%s https://%.*s", seen.count == 1 ? "; frame-src 'self'" : "",
                     STR_ARG(policy->embed_hosts[i]));
        }
    }
    arena_release(&scratch);
}

static void add_policy(const struct config *config, struct buf *out)
{
    buf_adds(out, "default-src 'self'");
    if (wants_pictures_from_elsewhere(config))
        buf_adds(out, "; img-src 'self' https:");
    add_frames(config, out);
    buf_adds(out, "; object-src 'none'; base-uri 'none'; form-action 'self'; "
                  "frame-ancestors 'self'");
}

/* One line a header: what stands before its name, between it and its value, and after that. */
static void add_lines(const struct config *config, const char *before, const char *between,
                      const char *after, struct buf *out)
{
    static const char *const fixed[][2] = {{"X-Content-Type-Options", "nosniff"},
                                           {"Referrer-Policy", "strict-origin-when-cross-origin"}};
    buf_addf(out, "%sContent-Security-Policy%s", before, between);
    add_policy(config, out);
    buf_adds(out, after);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        buf_addf(out, "%s%s%s%s%s", before, fixed[i][0], between, fixed[i][1], after);
}

void headers_write(const struct plan *plan, const struct output *output, struct buf *out)
{
    const struct config *config = &plan->site->config;
    if (output->kind == OUTPUT_NGINX_HEADERS) {
        buf_adds(out, "# What nginx is to say with every page. Include this file in the server "
                      "block, and again in\n# each location block that has an add_header of its "
                      "own.\n");
        add_lines(config, "add_header ", " \"", "\" always;\n", out);
    } else if (output->kind == OUTPUT_APACHE_HEADERS) {
        buf_adds(out, "# What Apache is to say with every page (a2enmod headers). Include this "
                      "file in the virtual\n# host, or put its lines into .htaccess.\n");
        add_lines(config, "Header always set ", " \"", "\"\n", out);
    } else {
        buf_addf(out, "%.*s/*\n", STR_ARG(config->base_path));
        add_lines(config, "  ", ": ", "\n", out);
    }
}
