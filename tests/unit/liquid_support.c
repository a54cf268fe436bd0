#include "liquid_support.h"

#include "lang/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PARTIALS 4

static const struct text *load(void *context, struct str name, size_t *start)
{
    struct liquid_trial *trial = context;
    *start = 0;
    for (size_t i = 0; i < PARTIALS && trial->partials[i * 2] != NULL; i++) {
        if (!str_eq(str_from(trial->partials[i * 2]), name))
            continue;
        struct text *text = arena_zalloc(&trial->arena, 1, sizeof *text);
        *text =
            (struct text){str_from(trial->partials[i * 2]), str_from(trial->partials[i * 2 + 1])};
        return text;
    }
    return NULL;
}

static size_t names(void *context, const struct str **out)
{
    struct liquid_trial *trial = context;
    struct str *all = arena_zalloc(&trial->arena, PARTIALS, sizeof *all);
    size_t count = 0;
    while (count < PARTIALS && trial->partials[count * 2] != NULL) {
        all[count] = str_from(trial->partials[count * 2]);
        count++;
    }
    *out = all;
    return count;
}

static bool on_link(void *context, const struct liquid_link *link)
{
    struct liquid_trial *trial = context;
    size_t used = strlen(trial->links);
    snprintf(trial->links + used, sizeof trial->links - used, "%.*s=%.*s ",
             STR_ARG(link->attribute), STR_ARG(link->value));
    return true;
}

static void keep_message(struct liquid_trial *trial)
{
    trial->message = trial->hint = "";
    if (trial->diags.count == 0)
        return;
    const struct diag *first = &trial->diags.items[0];
    trial->message = arena_cstr(&trial->arena, first->message);
    trial->hint = arena_cstr(&trial->arena, first->hint);
    if (first->span.text != NULL && first->span.start != STR_NONE)
        trial->at = text_position(first->span.text, first->span.start);
}

void liquid_try(struct liquid_trial *trial, const char *source, const char *json)
{
    struct buf out = {0};
    struct text *text = arena_zalloc(&trial->arena, 1, sizeof *text);
    struct text *data = arena_zalloc(&trial->arena, 1, sizeof *data);
    struct value globals = value_nil();
    diags_init(&trial->diags, &trial->arena);
    *text = (struct text){STR("layouts/test.html"), str_from(source)};
    *data = (struct text){STR("data.json"), str_from(json)};
    if (json != NULL)
        assert_int_equal(json_read(data, &trial->arena, &trial->diags, &globals), 0);
    trial->settings.host.context = trial;
    trial->settings.host.load = load;
    trial->settings.host.names = names;
    struct liquid *liquid = liquid_new(&trial->arena, &trial->settings);
    const struct liquid_template *compiled =
        liquid_compile(liquid, text, 0, trial->language, &trial->diags);
    struct liquid_call call = {.globals = globals,
                               .reader = {.arena = &trial->arena},
                               .diags = &trial->diags,
                               .now = 1656666000, /* 2022-07-01T09:00:00Z */
                               .subject = str_from(trial->subject),
                               .link = on_link,
                               .link_context = trial};
    trial->status = compiled == NULL ? -1 : liquid_render(compiled, &call, &out);
    trial->output = arena_cstr(&trial->arena, buf_str(&out));
    buf_release(&out);
    keep_message(trial);
}

void liquid_trial_end(struct liquid_trial *trial)
{
    arena_release(&trial->arena);
}

void liquid_gives(const struct liquid_settings *settings, const char *source, const char *json,
                  const char *expected)
{
    struct liquid_trial trial = {.settings = *settings};
    liquid_try(&trial, source, json);
    if (trial.status != 0)
        print_message("%s: %s\n", source, trial.message);
    assert_int_equal(trial.status, 0);
    assert_string_equal(trial.output, expected);
    liquid_trial_end(&trial);
}

void liquid_refuses(const struct liquid_settings *settings, const char *source, const char *json,
                    const char *part)
{
    struct liquid_trial trial = {.settings = *settings};
    liquid_try(&trial, source, json);
    if (trial.status == 0 || strstr(trial.message, part) == NULL)
        print_message("%s: gave '%s', said '%s'\n", source, trial.output, trial.message);
    assert_int_equal(trial.status, -1);
    assert_non_null(strstr(trial.message, part));
    liquid_trial_end(&trial);
}
