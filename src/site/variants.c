#include "site/variants.h"
#include "base/html.h"
#include "base/map.h"
#include "base/path.h"
#include "lang/markup.h"
#include "site/attachments.h"

/* What is hard to tell from the picture itself on a screen. */
enum { QUALITY_JPEG = 80, QUALITY_WEBP = 78, QUALITY_AVIF = 55, QUALITY_EXACT = 100 };

struct planning {
    struct site *site;
    struct arena *arena;
    unsigned *uses; /* of each attachment */
};

static void note(struct planning *planning, const struct entry *entry, struct str name,
                 enum picture_use use)
{
    if (name.len == 0 || url_is_external(name))
        return;
    const struct attachment *attachment = attachment_named(planning->site, entry, name);
    if (attachment)
        planning->uses[attachment - planning->site->attachments] |= use;
}

static void note_uses(struct planning *planning)
{
    for (size_t i = 0; i < planning->site->entry_count; i++) {
        const struct entry *entry = &planning->site->entries[i];
        const struct markup *body = &entry->record->body;
        if (!entry->published)
            continue;
        if (entry->kind == KIND_MEMBER)
            note(planning, entry, entry->record->member.photo.text, PICTURE_AS_PHOTO);
        note(planning, entry, entry->record->image.text, PICTURE_AS_IMAGE);
        for (size_t j = 0; j < body->link_count; j++) {
            struct markup_link link = markup_link_at(body, j);
            if (link.kind == MARKUP_PICTURE)
                note(planning, entry, link.target, PICTURE_IN_TEXT);
        }
    }
}

/* Whether it is one that can be made smaller. */
static bool is_still(const struct attachment *attachment)
{
    const struct picture *picture = &attachment->picture;
    switch (picture->type) {
    case PICTURE_JPEG:
    case PICTURE_PNG:
    case PICTURE_WEBP:
    case PICTURE_AVIF:
        return !attachment->fault && !picture->animated && picture->width > 0 &&
               picture->height > 0;
    case PICTURE_NONE:
    case PICTURE_GIF:
    case PICTURE_SVG: break;
    }
    return false;
}

static uint32_t quality_of(enum picture_format format)
{
    switch (format) {
    case PICTURE_AS_JPEG: return QUALITY_JPEG;
    case PICTURE_AS_WEBP: return QUALITY_WEBP;
    case PICTURE_AS_AVIF: return QUALITY_AVIF;
    case PICTURE_AS_PNG:
    case PICTURE_AS_TONE: break;
    }
    return QUALITY_EXACT;
}

static const char *extension_of(enum picture_format format)
{
    switch (format) {
    case PICTURE_AS_JPEG: return "jpg";
    case PICTURE_AS_WEBP: return "webp";
    case PICTURE_AS_AVIF: return "avif";
    case PICTURE_AS_PNG:
    case PICTURE_AS_TONE: break;
    }
    return "png";
}

/* Of one picture. */
struct making {
    struct planning *planning;
    struct attachment *attachment;
    struct picture_variant *variants;
    struct map by_url;
    uint32_t width; /* as it is shown */
    uint32_t height;
};

static const struct picture_variant *add(struct making *making, struct picture_wish wish)
{
    struct attachment *attachment = making->attachment;
    struct arena *arena = making->planning->arena;
    struct str url = arena_printf(arena, "%.*s.%ux%u.%s", STR_ARG(attachment->url), wish.width,
                                  wish.height, extension_of(wish.format));
    struct picture_variant *variant = map_get(&making->by_url, url);
    if (variant)
        return variant;
    wish.quality = quality_of(wish.format);
    variant = &making->variants[attachment->variant_count++];
    *variant = (struct picture_variant){attachment, wish, url};
    map_put(&making->by_url, url, variant);
    return variant;
}

/* The size of a shape at a width, `most` being the widest that the picture fills. */
static uint32_t widest(const struct making *making, const struct picture_shape *shape)
{
    if (shape->across == 0)
        return making->width;
    uint64_t filled = (uint64_t)making->height * shape->across / shape->down;
    return filled < making->width ? (uint32_t)filled : making->width;
}

static struct picture_wish wish_of(const struct making *making, const struct picture_shape *shape,
                                   uint32_t width)
{
    struct picture_wish wish = {.width = width, .crop = shape->across > 0};
    uint64_t across = wish.crop ? shape->across : making->width;
    uint64_t down = wish.crop ? shape->down : making->height;
    uint64_t height = (width * down + across / 2) / across;
    wish.height = height < 1                   ? 1
                  : height > PICTURE_SIDE_MOST ? PICTURE_SIDE_MOST
                                               : (uint32_t)height;
    return wish;
}

static void add_step(struct making *making, struct picture_set *set, struct picture_step *steps,
                     uint32_t width)
{
    struct picture_wish wish = wish_of(making, set->shape, width);
    bool avif = making->planning->site->config.pictures.avif;
    struct picture_step *step = &steps[set->count++];
    wish.format = avif ? PICTURE_AS_AVIF : PICTURE_AS_WEBP;
    step->modern = add(making, wish);
    wish.format = making->attachment->picture.has_alpha ? PICTURE_AS_PNG : PICTURE_AS_JPEG;
    step->fallback = add(making, wish);
}

static void add_set(struct making *making, struct picture_set *set,
                    const struct picture_shape *shape)
{
    struct picture_step *steps =
        arena_zalloc(making->planning->arena, SHAPE_WIDTHS_MOST + 1, sizeof *steps);
    uint32_t most = widest(making, shape);
    if (most == 0)
        most = 1;
    if (most > PICTURE_SIDE_MOST)
        most = PICTURE_SIDE_MOST;
    *set = (struct picture_set){.shape = shape, .steps = steps};
    /* A picture that is smaller than the widest is taken as wide as it is. */
    if (most < shape->widths[0])
        add_step(making, set, steps, most);
    for (size_t i = 0; i < shape->width_count; i++) {
        if (shape->widths[i] < most || (shape->widths[i] == most && set->count == 0))
            add_step(making, set, steps, shape->widths[i]);
    }
}

static enum picture_format own_format(const struct attachment *attachment)
{
    switch (attachment->picture.type) {
    case PICTURE_PNG: return PICTURE_AS_PNG;
    case PICTURE_WEBP: return PICTURE_AS_WEBP;
    case PICTURE_AVIF: return PICTURE_AS_AVIF;
    default: return PICTURE_AS_JPEG;
    }
}

/* Browsers agree on Exif's orientation in a JPEG only. */
static bool is_turned_unseen(const struct picture *picture)
{
    return picture->orientation != 1 &&
           (picture->type == PICTURE_WEBP || picture->type == PICTURE_PNG);
}

static void add_whole(struct making *making, uint32_t most)
{
    struct attachment *attachment = making->attachment;
    uint32_t longer = making->width > making->height ? making->width : making->height;
    if (longer <= most && !is_turned_unseen(&attachment->picture))
        return;
    if (most > longer)
        most = longer;
    uint64_t width = ((uint64_t)making->width * most + longer / 2) / longer;
    uint64_t height = ((uint64_t)making->height * most + longer / 2) / longer;
    struct picture_variant *whole = arena_zalloc(making->planning->arena, 1, sizeof *whole);
    enum picture_format format = own_format(attachment);
    *whole = (struct picture_variant){
        attachment,
        {.width = width < 1 ? 1 : (uint32_t)width,
         .height = height < 1 ? 1 : (uint32_t)height,
         .format = format,
         .quality = quality_of(format)},
        attachment->url,
    };
    attachment->whole = whole;
}

static void plan_picture(struct planning *planning, struct attachment *attachment, unsigned uses)
{
    const struct site *site = planning->site;
    struct making making = {.planning = planning, .attachment = attachment};
    struct picture_set *sets = arena_zalloc(planning->arena, site->shape_count, sizeof *sets);
    uint32_t whole = 0;
    bool whole_is_limited = true;
    picture_shown_size(&attachment->picture, &making.width, &making.height);
    map_init(&making.by_url, planning->arena);
    making.variants = arena_zalloc(planning->arena, site->shape_count * 2 * (SHAPE_WIDTHS_MOST + 1),
                                   sizeof *making.variants);
    for (size_t i = 0; i < site->shape_count; i++) {
        const struct picture_shape *shape = &site->shapes[i];
        if (!(shape->uses & uses))
            continue;
        add_set(&making, &sets[attachment->set_count++], shape);
        whole_is_limited = whole_is_limited && shape->whole > 0;
        whole = shape->whole > whole ? shape->whole : whole;
    }
    attachment->variants = making.variants;
    attachment->sets = sets;
    if (attachment->set_count > 0)
        add_whole(&making, whole_is_limited ? whole : PICTURE_SIDE_MOST);
}

void variants_plan(struct site *site, struct arena *arena)
{
    struct arena scratch = {0};
    struct planning planning = {site, arena, NULL};
    if (site->shape_count > 0) {
        planning.uses = arena_zalloc(&scratch, site->attachment_count, sizeof *planning.uses);
        note_uses(&planning);
    }
    for (size_t i = 0; planning.uses && i < site->attachment_count; i++) {
        if (planning.uses[i] != 0 && is_still(&site->attachments[i]))
            plan_picture(&planning, &site->attachments[i], planning.uses[i]);
    }
    arena_release(&scratch);
}

void variants_drop(struct attachment *attachment)
{
    attachment->variants = NULL;
    attachment->variant_count = 0;
    attachment->sets = NULL;
    attachment->set_count = 0;
    attachment->whole = NULL;
    attachment->tone = (struct str){0};
}

const struct picture_set *variants_set(const struct attachment *attachment, struct str shape)
{
    for (size_t i = 0; i < attachment->set_count; i++) {
        if (str_eq(attachment->sets[i].shape->name, shape))
            return &attachment->sets[i];
    }
    return NULL;
}

const struct picture_set *variants_for(const struct attachment *attachment, enum picture_use use)
{
    for (size_t i = 0; i < attachment->set_count; i++) {
        if (attachment->sets[i].shape->uses & use)
            return &attachment->sets[i];
    }
    return NULL;
}

void variants_describe(const struct picture_wish *wish, struct buf *out)
{
    buf_addf(out, "%ux%u %s %s q%u", wish->width, wish->height, wish->crop ? "cut" : "whole",
             wish->format == PICTURE_AS_TONE ? "tone" : extension_of(wish->format), wish->quality);
}
