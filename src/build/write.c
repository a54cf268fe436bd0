#include "build/write.h"
#include "base/picture_strip.h"
#include "build/icons.h"
#include "build/social.h"
#include "lang/svg.h"
#include "pages/calendars.h"
#include "pages/credentials.h"
#include "pages/feed.h"
#include "pages/headers.h"
#include "pages/redirects.h"
#include "pages/sitemap.h"
#include "pages/stylesheets.h"

enum { FILE_MOST = 256 * 1024 * 1024 };

static int write_page(const struct writer *writer, const struct write_job *job,
                      const struct output *output, struct buf *out)
{
    void *context = links_page(writer->links, job->worker, output, job->notes, job->diags);
    links_trace(writer->links, job->worker, job->trace);
    const struct page_job page = {
        .output = output,
        .scratch = job->scratch,
        .diags = job->diags,
        .link = links_note,
        .link_context = context,
        .alike = true,
        .trace = job->trace,
    };
    return templates_render(writer->templates, &page, out);
}

static int copy_file(const struct writer *writer, const struct write_job *job,
                     const struct source_file *file, struct buf *out)
{
    struct text text;
    if (source_read(writer->source, job->worker, file, FILE_MOST, job->scratch, job->diags,
                    &text) != 0)
        return -1;
    buf_add(out, text.bytes);
    return 0;
}

static int copy_asset(const struct writer *writer, const struct write_job *job,
                      const struct source_file *file, struct buf *out)
{
    if (!stylesheet_is(file))
        return copy_file(writer, job, file, out);
    return stylesheet_write(writer->source, job->worker, file, &writer->plan->site->config.brand,
                            job->scratch, job->diags, out);
}

/* A picture goes out without its metadata: visitors need not learn where it was taken. */
static int copy_attachment(const struct writer *writer, const struct write_job *job,
                           const struct attachment *attachment, struct buf *out)
{
    struct text text;
    if (attachment->whole)
        return pictures_write(writer->pictures, job->worker, attachment->whole, job->scratch,
                              job->diags, out);
    if (attachment->picture.type == PICTURE_NONE)
        return copy_file(writer, job, attachment->file, out);
    if (source_read(writer->source, job->worker, attachment->file, FILE_MOST, job->scratch,
                    job->diags, &text) != 0)
        return -1;
    if (attachment->picture.type == PICTURE_SVG)
        (void)svg_sanitise(text.bytes, out);
    else
        (void)picture_strip(text.bytes, out);
    /* Where there is nothing: it changed since it was looked at, and the next build sees it. */
    return 0;
}

int write_output(const struct writer *writer, const struct write_job *job,
                 const struct output *output, struct buf *out)
{
    trace_before(job->trace, output);
    if (output_is_page(output))
        return write_page(writer, job, output, out);
    switch (output->kind) {
    case OUTPUT_ATOM: feed_write_atom(writer->plan, output, out); return 0;
    case OUTPUT_RSS: feed_write_rss(writer->plan, output, out); return 0;
    case OUTPUT_JSON_FEED: feed_write_json(writer->plan, output, out); return 0;
    case OUTPUT_COMMENTS: feed_write_comments(writer->plan, output, out); return 0;
    case OUTPUT_CALENDAR: calendars_write(writer->plan, output, job->scratch, out); return 0;
    case OUTPUT_ROSTER: credentials_write_roster(writer->plan, output, out); return 0;
    case OUTPUT_CREDENTIAL: credentials_write(writer->plan, output, out); return 0;
    case OUTPUT_SITEMAP: sitemap_write(writer->plan, output, out); return 0;
    case OUTPUT_ROBOTS: robots_write(writer->plan, out); return 0;
    case OUTPUT_REDIRECTS:
    case OUTPUT_NGINX:
    case OUTPUT_APACHE: redirects_write(writer->plan, output, out); return 0;
    case OUTPUT_HEADERS:
    case OUTPUT_NGINX_HEADERS:
    case OUTPUT_APACHE_HEADERS: headers_write(writer->plan, output, out); return 0;
    case OUTPUT_MANIFEST: icons_write_manifest(writer->plan, output, out); return 0;
    case OUTPUT_SECURITY: icons_write_security(writer->plan, out); return 0;
    case OUTPUT_HUMANS: buf_add(out, writer->plan->site->config.humans); return 0;
    case OUTPUT_ICON: return icons_write(writer, job, output, out);
    case OUTPUT_SOCIAL: return social_write(writer, job, output, out);
    case OUTPUT_SEARCH_FILE:
        buf_add(out, ((const struct search_file *)output->subject)->bytes);
        return 0;
    case OUTPUT_ASSET: return copy_asset(writer, job, output->subject, out);
    case OUTPUT_ATTACHMENT: return copy_attachment(writer, job, output->subject, out);
    case OUTPUT_VARIANT:
        return pictures_write(writer->pictures, job->worker, output->subject, job->scratch,
                              job->diags, out);
    default: return 0;
    }
}

bool write_takes_files(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_ASSET:
    case OUTPUT_ATTACHMENT:
    case OUTPUT_VARIANT:
    case OUTPUT_SOCIAL:
    case OUTPUT_ICON: return true;
    default: return false;
    }
}

enum store_rank write_rank(const struct output *output)
{
    switch (output->kind) {
    /* What the manifest names must be there before it. */
    case OUTPUT_SEARCH_FILE:
        return str_ends(output->path, STR("/index.json")) ? STORE_FEED : STORE_ASSET;
    case OUTPUT_ASSET:
    case OUTPUT_ATTACHMENT:
    case OUTPUT_VARIANT:
    case OUTPUT_ICON:
    case OUTPUT_SOCIAL: return STORE_ASSET;
    case OUTPUT_ENTRY: return STORE_PAGE;
    default: return output_is_page(output) ? STORE_INDEX : STORE_FEED;
    }
}
