#include "build/social.h"
#include "base/base64.h"
#include "base/html.h"
#include "base/path.h"

/* Pictures of this site in the drawing: who draws it opens no files of ours. */
static bool can_hold(enum picture_type type)
{
    return type == PICTURE_JPEG || type == PICTURE_PNG || type == PICTURE_GIF ||
           type == PICTURE_SVG;
}

static void embed(const struct writer *writer, const struct write_job *job, struct str url,
                  struct buf *out)
{
    struct str base = writer->plan->site->config.base_path;
    struct buf bytes = {0};
    if (base.len > 0 && path_inside(url, base))
        url = str_after(url, base.len);
    const struct output *picture =
        plan_find(writer->plan, str_sub(url, 0, str_find_byte(url, '?', 0)));
    if (!picture || (picture->kind != OUTPUT_ASSET && picture->kind != OUTPUT_ATTACHMENT &&
                     picture->kind != OUTPUT_VARIANT))
        return;
    if (write_output(writer, job, picture, &bytes) == 0) {
        enum picture_type type = picture_type_of(buf_str(&bytes));
        if (can_hold(type)) {
            buf_addf(out, "data:%s;base64,", picture_media_type(type));
            base64_add(out, buf_str(&bytes));
        }
    }
    buf_release(&bytes);
}

/* Copies the drawing, with the bytes in place of the address of each <image>. */
static void embed_all(const struct writer *writer, const struct write_job *job, struct str drawing,
                      struct buf *out)
{
    static const struct str open = STR_INIT("<image ");
    static const struct str link = STR_INIT(" href=\"");
    for (;;) {
        size_t at = str_find(drawing, open, 0);
        size_t end = at == STR_NONE ? STR_NONE : str_find_byte(drawing, '>', at);
        size_t href = at == STR_NONE ? STR_NONE : str_find(drawing, link, at);
        if (at == STR_NONE || end == STR_NONE)
            break;
        size_t from = href + link.len;
        size_t to = href < end ? str_find_byte(drawing, '"', from) : STR_NONE;
        if (to == STR_NONE) {
            buf_add(out, str_sub(drawing, 0, end));
            drawing = str_after(drawing, end);
            continue;
        }
        buf_add(out, str_sub(drawing, 0, from));
        embed(writer, job, str_sub(drawing, from, to), out);
        drawing = str_after(drawing, to);
    }
    buf_add(out, drawing);
}

/* "/articles/cop/social.jpg" is of "/articles/cop/". */
static struct output page_of(const struct plan *plan, const struct output *output)
{
    size_t slash = str_rfind_byte(output->url, '/');
    struct output page = *plan_find(plan, str_sub(output->url, 0, slash + 1));
    page.layout = output->layout;
    return page;
}

int social_write(const struct writer *writer, const struct write_job *job,
                 const struct output *output, struct buf *out)
{
    struct output page = page_of(writer->plan, output);
    struct buf drawing = {0};
    struct buf whole = {0};
    const struct page_job rendering = {
        .output = &page,
        .scratch = job->scratch,
        .diags = job->diags,
        .trace = job->trace,
    };
    trace_before(job->trace, &page);
    trace_output_plan(job->trace, output);
    int status = templates_render(writer->templates, &rendering, &drawing);
    if (status == 0) {
        embed_all(writer, job, str_trim(buf_str(&drawing)), &whole);
        status = pictures_draw(writer->pictures, job->worker, buf_str(&whole), job->scratch, out);
    }
    buf_release(&drawing);
    buf_release(&whole);
    return status;
}
