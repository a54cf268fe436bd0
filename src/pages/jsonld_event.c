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
static void add_location(struct jsonld *page, const struct entry *entry)
{
    const struct record_event *event = &entry->record->event;
    struct str room = entry->shown ? entry->shown->location : event->location.text;
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

/* How often a series comes, as ISO 8601 has it, from its rule "FREQ=MONTHLY;INTERVAL=2;…". */
static void add_schedule(struct jsonld *page, const struct entry *entry)
{
    struct buf rule = {0};
    if (!entry->calendar || !calendar_repeats(entry->calendar))
        return;
    calendar_rule_write(entry->calendar, &rule);
    struct str text = buf_str(&rule);
    size_t at = str_find(text, STR(";INTERVAL="), 0);
    struct str each = at == STR_NONE ? STR("1") : str_after(text, at + 10);
    each = str_sub(each, 0, str_find_byte(each, ';', 0));
    jsonld_open(page, "eventSchedule", "Schedule");
    json_add_text(page->out, "repeatFrequency",
                  arena_printf(page->scratch, "P%.*s%c", STR_ARG(each), str_after(text, 5).ptr[0]));
    jsonld_add_moment(page, "startDate", &entry->date);
    json_add_text(page->out, "scheduleTimezone", zone_name(entry->zone));
    json_close_object(page->out);
    buf_release(&rule);
}

static void add_status(struct jsonld *page, bool cancelled, bool moved)
{
    json_add_text(page->out, "eventStatus",
                  cancelled ? STR("https://schema.org/EventCancelled")
                  : moved   ? STR("https://schema.org/EventRescheduled")
                            : STR("https://schema.org/EventScheduled"));
}

static void add_organizer(struct jsonld *page, const struct entry *entry)
{
    if (entry->organisers.count > 0)
        jsonld_add_people(page, "organizer", &entry->organisers);
    else
        jsonld_add_organization(page, "organizer");
}

static void add_sessions(struct jsonld *page, const struct entry *entry)
{
    const struct occurrence_list *all = &entry->occurrences;
    if (entry->record->event.sessions.count == 0 || all->count < 2)
        return;
    json_open_list(page->out, "subEvent");
    for (size_t i = 0; i < all->count; i++) {
        jsonld_open(page, NULL, "Event");
        json_add_text(page->out, "name", all->items[i].title);
        jsonld_add_moment(page, "startDate", &all->items[i].start);
        jsonld_add_moment(page, "endDate", &all->items[i].end);
        add_status(page, all->items[i].cancelled, false);
        add_location(page, entry);
        add_organizer(page, entry);
        json_close_object(page->out);
    }
    json_close_list(page->out);
}

/* The next time of a series (else the last), the whole span of an event in sessions. */
static void add_times(struct jsonld *page, const struct entry *entry)
{
    const struct occurrence_list *all = &entry->occurrences;
    const struct occurrence *first = entry->shown;
    const struct occurrence *last = entry->shown;
    if (entry->record->event.sessions.count > 0 && all->count > 0) {
        first = &all->items[0];
        last = &all->items[all->count - 1];
    }
    jsonld_add_moment(page, "startDate", first ? &first->start : &entry->date);
    if (last)
        jsonld_add_moment(page, "endDate", &last->end);
    bool moved = first && first->moved_from.given && !first->cancelled;
    if (moved)
        jsonld_add_moment(page, "previousStartDate", &first->moved_from);
    bool cancelled = first ? first->cancelled : entry->record->event.cancelled.value;
    add_status(page, cancelled, moved);
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
    add_times(page, entry);
    add_schedule(page, entry);
    add_sessions(page, entry);
    add_location(page, entry);
    add_organizer(page, entry);
    jsonld_add_people(page, "performer", &entry->speakers);
    if (is_free(event->price.text))
        json_add_boolean(page->out, "isAccessibleForFree", true);
    add_offer(page, entry);
    json_close_object(page->out);
}
