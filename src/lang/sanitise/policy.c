#include "lang/sanitise.h"

const struct sanitise_policy sanitise_article = {
    .groups = SANITISE_TEXT | SANITISE_TABLES | SANITISE_LAYOUT | SANITISE_PICTURES |
              SANITISE_MEDIA | SANITISE_EMBEDS,
    .external_pictures = true,
    .rel = STR_INIT(""),
};

const struct sanitise_policy sanitise_person = {
    .groups = SANITISE_TEXT | SANITISE_TABLES | SANITISE_PICTURES,
    .external_pictures = false,
    .rel = STR_INIT("nofollow ugc noopener"),
};

const struct str sanitise_embed_hosts[] = {
    STR_INIT("www.youtube-nocookie.com"),
    STR_INIT("www.youtube.com"),
    STR_INIT("player.vimeo.com"),
    STR_INIT("www.openstreetmap.org"),
    STR_INIT("archive.org"),
    STR_INIT("embed.acast.com"),
    STR_INIT("open.spotify.com"),
    STR_INIT("w.soundcloud.com"),
};
const size_t sanitise_embed_host_count =
    sizeof sanitise_embed_hosts / sizeof sanitise_embed_hosts[0];
