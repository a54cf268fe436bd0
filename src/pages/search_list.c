#include "pages/search_list.h"
#include "pages/search_bits.h"
#include "pages/search_shards.h"
#include "pages/varint.h"

bool search_is_filter(struct str stem)
{
    return str_find_byte(stem, ':', 0) != STR_NONE;
}

static unsigned bit_length(uint32_t number)
{
    return number == 0 ? 0 : 32 - (unsigned)__builtin_clz(number);
}

/* Numbers are spread evenly, so the gaps of a list have a length that follows from their count. */
static unsigned rice_of(size_t documents)
{
    uint32_t gap = (1U << SEARCH_NUMBER_BITS) / (uint32_t)documents;
    unsigned length = bit_length(gap * 7 / 10);
    return length > 0 ? length - 1 : 0;
}

static struct str write_postings(const struct search_place *places, size_t count,
                                 struct arena *arena)
{
    unsigned rice = rice_of(count);
    size_t bits = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        bits += bits_rice(places[i].number - last, rice) + bits_rice(places[i].level, 1);
        last = places[i].number + 1;
    }
    unsigned char *start = arena_alloc(arena, bits / 8 + 8);
    struct bits out = {.next = start};
    uint32_t documents = (uint32_t)count;
    for (; documents >= 0x80; documents >>= 7)
        *out.next++ = (unsigned char)(documents | 0x80);
    *out.next++ = (unsigned char)documents;
    *out.next++ = (unsigned char)rice;
    last = 0;
    for (size_t i = 0; i < count; i++) {
        bits_put_rice(&out, places[i].number - last, rice);
        bits_put_rice(&out, places[i].level, 1);
        last = places[i].number + 1;
    }
    return (struct str){(const char *)start, (size_t)(bits_end(&out) - start)};
}

static struct str write_marks(const struct search_place *places, size_t count, struct arena *arena)
{
    size_t bits = 0;
    for (size_t i = 0; i < count; i++)
        bits += bits_rice(places[i].marked, 1) + places[i].marked * 12U;
    unsigned char *start = arena_alloc(arena, bits / 8 + 1);
    struct bits out = {.next = start};
    for (size_t i = 0; i < count; i++) {
        bits_put_rice(&out, places[i].marked, 1);
        for (uint8_t j = 0; j < places[i].marked; j++)
            bits_put(&out, places[i].marks[j], 12);
    }
    return (struct str){(const char *)start, (size_t)(bits_end(&out) - start)};
}

void search_list_write(const struct search_place *places, size_t count, struct arena *arena,
                       struct search_list *list)
{
    list->documents = (uint32_t)count;
    list->postings = write_postings(places, count, arena);
    list->apart = list->postings.len > SEARCH_LIST_MOST;
    list->marks = (struct str){0};
    if (!search_is_filter(list->stem))
        list->marks = write_marks(places, count, arena);
}

static bool read_marks(struct str bytes, struct arena *arena, struct search_place *places,
                       size_t count)
{
    struct bits_reader reader = {bytes, 0};
    uint16_t *next = arena_alloc(arena, (bytes.len * 8 / 12 + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        uint32_t marked = bits_take_rice(&reader, 1);
        if (marked > SEARCH_MARKS_MOST || reader.at + marked * 12U > bytes.len * 8)
            return false;
        places[i].marked = (uint8_t)marked;
        places[i].marks = next;
        for (uint32_t j = 0; j < marked; j++)
            *next++ = (uint16_t)bits_take(&reader, 12);
    }
    return true;
}

bool search_list_read(const struct search_list *list, struct arena *arena,
                      struct search_place **places, size_t *count)
{
    struct str rest = list->postings;
    uint32_t documents = rest.len > 0 ? varint_take(&rest) : 0;
    unsigned rice = rest.len > 0 ? (unsigned char)rest.ptr[0] : 0;
    if (rest.len < 2 || documents != list->documents || documents > rest.len * 8 ||
        rice > SEARCH_NUMBER_BITS)
        return false;
    struct bits_reader reader = {str_after(rest, 1), 0};
    struct search_place *out = arena_zalloc(arena, documents + 1, sizeof *out);
    uint32_t last = 0;
    for (uint32_t i = 0; i < documents; i++) {
        out[i].number = last + bits_take_rice(&reader, rice);
        out[i].level = (uint8_t)bits_take_rice(&reader, 1);
        last = out[i].number + 1;
    }
    *places = out;
    *count = documents;
    return !bits_past(&reader) &&
           (list->marks.len == 0 || read_marks(list->marks, arena, out, documents));
}
