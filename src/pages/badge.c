#include "pages/badge.h"
#include "base/html.h"

struct str badge_find(const struct plan *plan, const struct designation *designation,
                      struct arena *arena)
{
    struct str badge = designation->badge;
    if (badge.len == 0)
        return badge;
    if (url_is_external(badge))
        return url_is_safe(badge) && str_starts(badge, STR("http")) ? badge : (struct str){0};
    if (str_starts(badge, STR("/")))
        badge = str_after(badge, 1);
    struct str whole = arena_printf(arena, "/%.*s", STR_ARG(badge));
    if (plan_find(plan, whole))
        return whole;
    struct str below = arena_printf(arena, "/assets/%.*s", STR_ARG(badge));
    return plan_find(plan, below) ? below : (struct str){0};
}
