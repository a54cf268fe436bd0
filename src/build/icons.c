#include "build/icons.h"
#include "base/base64.h"
#include "base/html.h"

void icons_drawing(const struct site *site, const struct icon *icon, struct str logo,
                   struct buf *out)
{
    unsigned side = icon->size * icon->share / 100;
    unsigned edge = (icon->size - side) / 2;
    struct str ground = site->config.manifest.background_color;
    buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\">",
             icon->size, icon->size);
    if (icon->solid) {
        buf_adds(out, "<rect width=\"100%\" height=\"100%\" fill=\"");
        html_escape(out, ground.len > 0 ? ground : STR("#ffffff"));
        buf_adds(out, "\"/>");
    }
    buf_addf(out, "<image x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" href=\"data:%s;base64,",
             edge, edge, side, side, picture_media_type(site->logo.picture.type));
    base64_add(out, logo);
    buf_adds(out, "\"/></svg>");
}

static void add_little_endian(struct buf *out, size_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        buf_addc(out, (char)(unsigned char)(number >> (8 * i)));
}

/* An ICO file is a list of pictures, which may be PNG: here of one. */
static void add_ico_head(struct buf *out, uint32_t size, size_t bytes)
{
    enum { HEAD = 22, DEPTH = 32 };
    add_little_endian(out, 0, 2);
    add_little_endian(out, 1, 2); /* icons */
    add_little_endian(out, 1, 2); /* one of them */
    add_little_endian(out, size, 1);
    add_little_endian(out, size, 1);
    add_little_endian(out, 0, 2);
    add_little_endian(out, 1, 2); /* plane */
    add_little_endian(out, DEPTH, 2);
    add_little_endian(out, bytes, 4);
    add_little_endian(out, HEAD, 4);
}

int icons_write(const struct writer *writer, const struct write_job *job,
                const struct output *output, struct buf *out)
{
    const struct icon *icon = output->subject;
    const struct site *site = writer->plan->site;
    struct text logo;
    struct buf drawing = {0};
    struct buf picture = {0};
    if (source_read(writer->source, job->worker, site->logo.file, SIZE_MAX - 1, job->scratch,
                    job->diags, &logo) != 0)
        return -1;
    icons_drawing(site, icon, logo.bytes, &drawing);
    int status = pictures_draw_icon(writer->pictures, job->worker, buf_str(&drawing), icon->size,
                                    job->scratch, job->diags, &picture);
    if (status == 0 && str_ends(output->url, STR(".ico")))
        add_ico_head(out, icon->size, picture.len);
    buf_add(out, buf_str(&picture));
    buf_release(&drawing);
    buf_release(&picture);
    return status;
}
