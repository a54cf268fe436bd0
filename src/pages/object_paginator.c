#include "pages/objects.h"

static struct str page_url(const struct view *view, size_t page, struct arena *arena)
{
    return plan_newsfeed_url(view->plan->site, view->edition, page, view->output->pages, arena);
}

static struct value items_of(const struct view *view, struct value_reader *reader)
{
    const struct entry_range range = plan_newsfeed_range(view->plan, view->output);
    size_t count = range.end - range.first;
    struct value *items = arena_zalloc(reader->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = object_entry(view->edition->articles.items[range.first + i]);
    return value_list(reader->arena, items, count);
}

static struct value pages_of(const struct view *view, struct value_reader *reader)
{
    size_t pages = view->output->pages;
    struct value *items = arena_zalloc(reader->arena, pages, sizeof *items);
    for (size_t i = 0; i < pages; i++) {
        const struct value_entry parts[] = {
            {STR("number"), value_integer((int64_t)i + 1)},
            {STR("url"), object_url(page_url(view, i + 1, reader->arena), reader)},
            {STR("current"), value_boolean(i + 1 == view->output->page)},
        };
        items[i] = object_map(reader, parts, 3);
    }
    return value_list(reader->arena, items, pages);
}

static struct value neighbour(const struct view *view, size_t page, struct value_reader *reader)
{
    if (page < 1 || page > view->output->pages)
        return value_nil();
    return object_url(page_url(view, page, reader->arena), reader);
}

static struct value paginator_get(const void *self, struct value_key key,
                                  struct value_reader *reader)
{
    const struct view *view = self;
    size_t page = view->output->page;
    switch ((enum property)key.symbol) {
    case PROPERTY_page: return value_integer((int64_t)page);
    case PROPERTY_total_pages: return value_integer((int64_t)view->output->pages);
    case PROPERTY_per_page: return value_integer((int64_t)view->plan->site->config.paginate);
    case PROPERTY_total: return value_integer((int64_t)view->edition->articles.count);
    case PROPERTY_posts:
    case PROPERTY_items: return items_of(view, reader);
    case PROPERTY_pages: return pages_of(view, reader);
    case PROPERTY_previous_url: return neighbour(view, page - 1, reader);
    case PROPERTY_next_url: return neighbour(view, page + 1, reader);
    default: return value_nil();
    }
}

static const struct value_class paginator_class = {.name = "paginator", .get = paginator_get};

struct value object_paginator(const struct view *view)
{
    return view->output->kind == OUTPUT_HOME ? value_object(&paginator_class, view) : value_nil();
}
