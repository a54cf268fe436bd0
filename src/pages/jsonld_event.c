#include "base/html.h"
#include "pages/jsonld_internal.h"

static void add_place(struct jsonld *page, const char *key, struct str location)
{
    jsonld_open(page, key, "Place");
    json_add_text(page->out, "name", location);
    json_add_text(page->out, "address", location);
    json_close_object(page->out);
}

static void add_virtual_place(struct jsonld *page, const char *key, struct str url)
{
    jsonld_open(page, key, "VirtualLocation");
    json_add_text(page->out, "url", url);
    json_close_object(page->out);
}

/* Where people meet: in a room, on a screen, or both. */
static void add_location(struct jsonld *page, const struct record_event *event)
{
    struct str room = event->location.text;
    struct str screen = url_is_safe(event->online.text) ? event->online.text : (struct str){0};
    const char *mode = room.len == 0     ? "https://schema.org/OnlineEventAttendanceMode"
                       : screen.len == 0 ? "https://schema.org/OfflineEventAttendanceMode"
                                         : "https://schema.org/MixedEventAttendanceMode";
    if (room.len == 0 && screen.len == 0)
        return;
    json_add_text(page->out, "eventAttendanceMode", str_from(mode));
    if (room.len > 0 && screen.len > 0) {
        json_open_list(page->out, "location");
        add_place(page, NULL, room);
        add_virtual_place(page, NULL, screen);
        json_close_list(page->out);
    } else if (room.len > 0) {
        add_place(page, "location", room);
    } else {
        add_virtual_place(page, "location", screen);
    }
}

/* What an event costs is free text; only a plain "free" can be told to a machine. */
static bool is_free(struct str price)
{
    static const struct str words[] = {STR_INIT("free"), STR_INIT("gratuit"), STR_INIT("0")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(price, words[i]))
            return true;
    }
    return false;
}

static void add_offer(struct jsonld *page, const struct entry *entry)
{
    const struct record_event *event = &entry->record->event;
    struct str registration = event->registration.text;
    if (registration.len == 0 && event->price.text.len == 0 && !event->sold_out.value)
        return;
    jsonld_open(page, "offers", "Offer");
    json_add_text(page->out, "url",
                  registration.len > 0 && url_is_safe(registration) ? registration
                                                                    : jsonld_url(page, entry->url));
    json_add_text(page->out, "availability",
                  event->sold_out.value ? STR("https://schema.org/SoldOut")
                                        : STR("https://schema.org/InStock"));
    if (is_free(event->price.text))
        json_add_integer(page->out, "price", 0);
    else
        json_add_given(page->out, "description", event->price.text);
    json_close_object(page->out);
}

void jsonld_add_event(struct jsonld *page, const struct entry *entry)
{
    const struct record_event *event = &entry->record->event;
    struct str url = jsonld_url(page, entry->url);
    jsonld_open(page, NULL, "Event");
    json_add_text(page->out, "@id", url);
    json_add_text(page->out, "name", entry->record->title.text);
    json_add_text(page->out, "url", url);
    json_add_text(page->out, "inLanguage", entry->edition->lang);
    jsonld_add_description(page, entry);
    json_add_given(page->out, "image", jsonld_file(page, entry, entry->record->image.text));
    jsonld_add_moment(page, "startDate", &entry->date);
    if (event->end.given)
        jsonld_add_moment(page, "endDate", &entry->ends);
    json_add_text(page->out, "eventStatus",
                  event->cancelled.value ? STR("https://schema.org/EventCancelled")
                                         : STR("https://schema.org/EventScheduled"));
    add_location(page, event);
    if (entry->organisers.count > 0)
        jsonld_add_people(page, "organizer", &entry->organisers);
    else
        jsonld_add_organization(page, "organizer");
    jsonld_add_people(page, "performer", &entry->speakers);
    if (is_free(event->price.text))
        json_add_boolean(page->out, "isAccessibleForFree", true);
    add_offer(page, entry);
    json_close_object(page->out);
}
