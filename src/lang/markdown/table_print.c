/* A table as GitHub prints it. */
#include "lang/markdown/blocks.h"
#include "lang/markdown/tables.h"

static void print_cell(struct md_job *job, const struct md_table *table, const struct md_row *row,
                       size_t column, bool head)
{
    struct buf *html = &job->html;
    buf_add(html, head ? STR("<th") : STR("<td"));
    switch (table->columns.items[column]) {
    case MD_ALIGN_LEFT: buf_add(html, STR(" align=\"left\"")); break;
    case MD_ALIGN_CENTER: buf_add(html, STR(" align=\"center\"")); break;
    case MD_ALIGN_RIGHT: buf_add(html, STR(" align=\"right\"")); break;
    default: break;
    }
    buf_addc(html, '>');
    if (column < row->count)
        md_print(job, job->tables->inlines[row->cell + column]);
    buf_add(html, head ? STR("</th>\n") : STR("</td>\n"));
}

static void print_row(struct md_job *job, const struct md_table *table, size_t index)
{
    const struct md_row *row = &table->rows.items[index];
    size_t columns = table->columns.count;
    buf_add(&job->html, STR("<tr>\n"));
    for (size_t i = 0; i < columns; i++)
        print_cell(job, table, row, i, index == 0);
    buf_add(&job->html, STR("</tr>\n"));
}

void md_print_table(struct md_job *job, const struct md_table *table)
{
    md_print_fresh_line(job);
    buf_add(&job->html, STR("<table>\n<thead>\n"));
    print_row(job, table, 0);
    buf_add(&job->html, STR("</thead>\n"));
    if (table->rows.count > 1) {
        buf_add(&job->html, STR("<tbody>\n"));
        for (size_t i = 1; i < table->rows.count; i++)
            print_row(job, table, i);
        buf_add(&job->html, STR("</tbody>\n"));
    }
    buf_add(&job->html, STR("</table>\n"));
}
