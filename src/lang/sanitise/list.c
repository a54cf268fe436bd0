/* What may come out of the sanitiser: all of it is in this file. Elements, attributes and classes
 * that are not here do not come out; URL schemes are those of url_is_safe(). */
#include "lang/sanitise/list.h"

const struct sanitise_policy sanitise_article = {
    .groups = SANITISE_TEXT | SANITISE_TABLES | SANITISE_FIGURES | SANITISE_DETAILS |
              SANITISE_LAYOUT | SANITISE_PICTURES | SANITISE_MEDIA,
    .external_pictures = true,
    .rel = STR_INIT(""),
};

const struct sanitise_policy sanitise_person = {
    .groups = SANITISE_TEXT | SANITISE_TABLES | SANITISE_PICTURES,
    .external_pictures = false,
    .rel = STR_INIT("nofollow ugc noopener"),
};

const struct sanitise_choice sanitise_choices[] = {
    {STR_INIT("tables"), SANITISE_TABLES},     {STR_INIT("figures"), SANITISE_FIGURES},
    {STR_INIT("details"), SANITISE_DETAILS},   {STR_INIT("layout"), SANITISE_LAYOUT},
    {STR_INIT("pictures"), SANITISE_PICTURES}, {STR_INIT("media"), SANITISE_MEDIA},
};
const size_t sanitise_choice_count = sizeof sanitise_choices / sizeof sanitise_choices[0];

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

/* name, group, void, own attributes (besides those of every element) */
const struct list_element list_elements[] = {
    {"a", SANITISE_TEXT, false,
     "href name title data-footnote-ref data-footnote-backref "
     "data-footnote-backref-idx"},
    {"abbr", SANITISE_TEXT, false, "title"},
    {"b", SANITISE_TEXT, false, ""},
    {"bdi", SANITISE_TEXT, false, ""},
    {"bdo", SANITISE_TEXT, false, ""},
    {"blockquote", SANITISE_TEXT, false, ""},
    {"br", SANITISE_TEXT, true, ""},
    {"cite", SANITISE_TEXT, false, ""},
    {"code", SANITISE_TEXT, false, ""},
    {"dd", SANITISE_TEXT, false, ""},
    {"del", SANITISE_TEXT, false, ""},
    {"dfn", SANITISE_TEXT, false, "title"},
    {"dl", SANITISE_TEXT, false, ""},
    {"dt", SANITISE_TEXT, false, ""},
    {"em", SANITISE_TEXT, false, ""},
    {"h1", SANITISE_TEXT, false, ""},
    {"h2", SANITISE_TEXT, false, ""},
    {"h3", SANITISE_TEXT, false, ""},
    {"h4", SANITISE_TEXT, false, ""},
    {"h5", SANITISE_TEXT, false, ""},
    {"h6", SANITISE_TEXT, false, ""},
    {"hr", SANITISE_TEXT, true, ""},
    {"i", SANITISE_TEXT, false, ""},
    {"input", SANITISE_TEXT, true, "checked disabled type"}, /* only a disabled checkbox */
    {"ins", SANITISE_TEXT, false, ""},
    {"kbd", SANITISE_TEXT, false, ""},
    {"li", SANITISE_TEXT, false, "value"},
    {"mark", SANITISE_TEXT, false, ""},
    {"ol", SANITISE_TEXT, false, "start reversed type"},
    {"p", SANITISE_TEXT, false, "align"},
    {"pre", SANITISE_TEXT, false, ""},
    {"q", SANITISE_TEXT, false, ""},
    {"rp", SANITISE_TEXT, false, ""},
    {"rt", SANITISE_TEXT, false, ""},
    {"ruby", SANITISE_TEXT, false, ""},
    {"s", SANITISE_TEXT, false, ""},
    {"samp", SANITISE_TEXT, false, ""},
    {"section", SANITISE_TEXT, false, "data-footnotes"},
    {"small", SANITISE_TEXT, false, ""},
    {"span", SANITISE_TEXT, false, ""},
    {"strong", SANITISE_TEXT, false, ""},
    {"sub", SANITISE_TEXT, false, ""},
    {"sup", SANITISE_TEXT, false, ""},
    {"time", SANITISE_TEXT, false, "datetime"},
    {"u", SANITISE_TEXT, false, ""},
    {"ul", SANITISE_TEXT, false, ""},
    {"var", SANITISE_TEXT, false, ""},
    {"wbr", SANITISE_TEXT, true, ""},

    {"caption", SANITISE_TABLES, false, ""},
    {"col", SANITISE_TABLES, true, "span"},
    {"colgroup", SANITISE_TABLES, false, "span"},
    {"table", SANITISE_TABLES, false, ""},
    {"tbody", SANITISE_TABLES, false, ""},
    {"td", SANITISE_TABLES, false, "align colspan rowspan"},
    {"tfoot", SANITISE_TABLES, false, ""},
    {"th", SANITISE_TABLES, false, "align colspan rowspan scope"},
    {"thead", SANITISE_TABLES, false, ""},
    {"tr", SANITISE_TABLES, false, "align"},

    {"address", SANITISE_LAYOUT, false, ""},
    {"article", SANITISE_LAYOUT, false, ""},
    {"aside", SANITISE_LAYOUT, false, ""},
    {"details", SANITISE_DETAILS, false, "open"},
    {"div", SANITISE_LAYOUT, false, "align"},
    {"figcaption", SANITISE_FIGURES, false, ""},
    {"figure", SANITISE_FIGURES, false, ""},
    {"summary", SANITISE_DETAILS, false, ""},

    {"img", SANITISE_PICTURES, true, "alt height src title width"},

    {"audio", SANITISE_MEDIA, false, "controls loop muted preload src title"},
    {"source", SANITISE_MEDIA, true, "src"},
    {"track", SANITISE_MEDIA, true, "kind label src srclang"},
    {"video", SANITISE_MEDIA, false,
     "controls height loop muted playsinline poster preload src title width"},

    {"iframe", SANITISE_EMBEDS, false, "allowfullscreen height src title width"},
};
const size_t list_element_count = sizeof list_elements / sizeof list_elements[0];

/* What an attribute's value may be, wherever it is allowed. */
const struct list_attribute list_attributes[] = {
    {"align", LIST_ONE_OF, "center left right"},
    {"allowfullscreen", LIST_SET, ""},
    {"alt", LIST_TEXT, ""},
    {"aria-label", LIST_TEXT, ""},
    {"checked", LIST_SET, ""},
    {"class", LIST_CLASSES, ""},
    {"colspan", LIST_NUMBER, ""},
    {"controls", LIST_SET, ""},
    {"data-footnote-backref", LIST_SET, ""},
    {"data-footnote-backref-idx", LIST_TEXT, ""},
    {"data-footnote-ref", LIST_SET, ""},
    {"data-footnotes", LIST_SET, ""},
    {"datetime", LIST_TEXT, ""},
    {"dir", LIST_ONE_OF, "auto ltr rtl"},
    {"disabled", LIST_SET, ""},
    {"height", LIST_LENGTH, ""},
    {"href", LIST_LINK, ""},
    {"id", LIST_ID, ""},
    {"kind", LIST_ONE_OF, "captions chapters descriptions subtitles"},
    {"label", LIST_TEXT, ""},
    {"lang", LIST_TEXT, ""},
    {"loop", LIST_SET, ""},
    {"muted", LIST_SET, ""},
    {"name", LIST_ID, ""},
    {"open", LIST_SET, ""},
    {"playsinline", LIST_SET, ""},
    {"poster", LIST_RESOURCE, ""},
    {"preload", LIST_ONE_OF, "auto metadata none"},
    {"reversed", LIST_SET, ""},
    {"rowspan", LIST_NUMBER, ""},
    {"scope", LIST_ONE_OF, "col colgroup row rowgroup"},
    {"span", LIST_NUMBER, ""},
    {"src", LIST_RESOURCE, ""},
    {"srclang", LIST_TEXT, ""},
    {"start", LIST_NUMBER, ""},
    {"title", LIST_TEXT, ""},
    {"type", LIST_ONE_OF, "1 A I a checkbox i"},
    {"value", LIST_NUMBER, ""},
    {"width", LIST_LENGTH, ""},
};
const size_t list_attribute_count = sizeof list_attributes / sizeof list_attributes[0];

/* Attributes of every element. */
const char list_common_attributes[] = "aria-label class dir id lang";

/* Classes, whole or up to a `*`. */
const char *const list_classes[] = {"footnote-backref", "footnote-ref", "footnotes", "language-*"};
const size_t list_class_count = sizeof list_classes / sizeof list_classes[0];

/* Elements that go with all they hold, besides all that is not HTML (svg, math). */
const char *const list_dropped_whole[] = {
    "applet",  "embed",    "frame",    "frameset", "head",     "iframe",    "math",
    "noembed", "noframes", "noscript", "object",   "param",    "plaintext", "script",
    "select",  "style",    "svg",      "template", "textarea", "title",     "xmp"};
const size_t list_dropped_whole_count = sizeof list_dropped_whole / sizeof list_dropped_whole[0];

/* What an iframe gets in any case. */
const char list_embed_attributes[] =
    " loading=\"lazy\" referrerpolicy=\"strict-origin-when-cross-origin\""
    " sandbox=\"allow-forms allow-popups allow-presentation allow-same-origin allow-scripts\"";
