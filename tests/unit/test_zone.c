/* Time zones: the system's own, and files made here: of rules that are rare, and damaged. */
#include "base/date.h"
#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const struct fs FS = {0};

struct fixture {
    struct arena arena;
    char folder[32]; /* a zone database of the test's own */
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){.folder = "/tmp/copse-zones-XXXXXX"};
    *state = &fixture;
    return mkdtemp(fixture.folder) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char path[64];

    snprintf(path, sizeof path, "%s/Test", fixture->folder);
    unlink(path);
    arena_release(&fixture->arena);
    return rmdir(fixture->folder);
}

static const struct zone *load(struct fixture *fixture, const char *name)
{
    const struct zone *zone = NULL;

    assert_int_equal(zone_load(&FS, NULL, str_from(name), &fixture->arena, &zone), 0);
    return zone;
}

static int load_bytes(struct fixture *fixture, struct str bytes, const struct zone **zone)
{
    char path[64];
    int handle;

    snprintf(path, sizeof path, "%s/Test", fixture->folder);
    handle = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(handle >= 0);
    assert_int_equal(write(handle, bytes.ptr, bytes.len), bytes.len);
    close(handle);
    return zone_load(&FS, fixture->folder, STR("Test"), &fixture->arena, zone);
}

/* A version 3 file without changes, whose rule is a POSIX TZ string. */
static int load_posix(struct fixture *fixture, const char *rule, const struct zone **zone)
{
    static const char header[] = "TZif3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                 "\0\0\0\0\0\0\0\1\0\0\0\4";
    static const char block[] = "\0\0\0\0\0\0LMT";
    struct buf bytes = {0};
    int error;

    for (int i = 0; i < 2; i++) {
        buf_add(&bytes, (struct str){header, 44});
        buf_add(&bytes, (struct str){block, 10});
    }
    buf_addf(&bytes, "\n%s\n", rule);
    error = load_bytes(fixture, buf_str(&bytes), zone);
    buf_release(&bytes);
    return error;
}

static int64_t local(const char *text)
{
    struct date_time time;
    const char *why;

    assert_int_equal(date_parse(str_from(text), &time, &why), 0);
    return date_local_seconds(&time);
}

static void check_fit(const struct zone *zone, const char *wall, enum zone_fit fit,
                      const char *moment)
{
    int64_t utc = 0;

    assert_int_equal(zone_to_utc(zone, local(wall), &utc), fit);
    if (utc != local(moment))
        fail_msg("%s: %lld seconds from %s", wall, (long long)(utc - local(moment)), moment);
}

static void gaps_and_overlaps_are_read_as_rfc_5545_says(void **state)
{
    const struct zone *london = load(*state, "Europe/London");
    const struct zone *new_york = load(*state, "America/New_York");
    const struct zone *apia = load(*state, "Pacific/Apia");

    check_fit(london, "2022-03-27 00:59:59", ZONE_ONCE, "2022-03-27 00:59:59");
    check_fit(london, "2022-03-27 01:00", ZONE_GAP, "2022-03-27 01:00");
    check_fit(london, "2022-03-27 01:30", ZONE_GAP, "2022-03-27 01:30");
    check_fit(london, "2022-03-27 02:00", ZONE_ONCE, "2022-03-27 01:00");
    check_fit(london, "2022-10-30 00:59:59", ZONE_ONCE, "2022-10-29 23:59:59");
    check_fit(london, "2022-10-30 01:00", ZONE_TWICE, "2022-10-30 00:00");
    check_fit(london, "2022-10-30 01:59:59", ZONE_TWICE, "2022-10-30 00:59:59");
    check_fit(london, "2022-10-30 02:00", ZONE_ONCE, "2022-10-30 02:00");
    /* The two examples of the RFC. */
    check_fit(new_york, "2007-11-04 01:30", ZONE_TWICE, "2007-11-04 05:30");
    check_fit(new_york, "2007-03-11 02:30", ZONE_GAP, "2007-03-11 07:30");
    /* A whole day that never was. */
    check_fit(apia, "2011-12-30 12:00", ZONE_GAP, "2011-12-30 22:00");
    check_fit(apia, "2011-12-31 12:00", ZONE_ONCE, "2011-12-30 22:00");
}

static void lord_howe_moves_by_half_an_hour(void **state)
{
    const struct zone *zone = load(*state, "Australia/Lord_Howe");

    check_fit(zone, "2022-04-03 01:29", ZONE_ONCE, "2022-04-02 14:29");
    check_fit(zone, "2022-04-03 01:30", ZONE_TWICE, "2022-04-02 14:30");
    check_fit(zone, "2022-04-03 02:00", ZONE_ONCE, "2022-04-02 15:30");
    check_fit(zone, "2022-10-02 02:15", ZONE_GAP, "2022-10-01 15:45");
    check_fit(zone, "2022-10-02 02:30", ZONE_ONCE, "2022-10-01 15:30");
    /* Far beyond what the file lists. */
    check_fit(zone, "2122-10-04 02:15", ZONE_GAP, "2122-10-03 15:45");
}

static void rules_go_on_after_the_last_listed_change(void **state)
{
    const struct zone *zone = load(*state, "Europe/London");
    struct zone_rule summer = zone_at(zone, local("2150-07-01 12:00"));
    struct zone_rule winter = zone_at(zone, local("2150-12-01 12:00"));

    assert_int_equal(summer.offset, 3600);
    assert_true(summer.daylight && str_eq(summer.abbreviation, STR("BST")));
    assert_int_equal(winter.offset, 0);
    assert_true(!winter.daylight && str_eq(winter.abbreviation, STR("GMT")));
}

static void utc_needs_no_file_and_never_changes(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"UTC", "Z", "GMT"};

    for (size_t i = 0; i < 3; i++) {
        const struct zone *zone;
        int64_t when = 77;

        assert_int_equal(zone_load(&FS, "/nonexistent", str_from(names[i]), &fixture->arena, &zone),
                         0);
        assert_true(str_eq(zone_name(zone), STR("UTC")));
        assert_int_equal(zone_at(zone, 0).offset, 0);
        assert_false(zone_next_change(zone, 0, &when));
        assert_int_equal(when, 77);
        check_fit(zone, "2022-01-01 00:00", ZONE_ONCE, "2022-01-01 00:00");
    }
}

static void names_that_are_no_zones_are_not_found(void **state)
{
    struct fixture *fixture = *state;
    static const struct str names[] = {
        STR_INIT(""),
        STR_INIT("../../etc/passwd"),
        STR_INIT("/etc/passwd"),
        STR_INIT("."),
        STR_INIT("Europe"),
        STR_INIT("Europe/../Europe/London"),
        STR_INIT("Europe/"),
        STR_INIT("Europe//London"),
        STR_INIT("Europe/London/"),
        STR_INIT("localtime"),
        STR_INIT("right/UTC"),
        STR_INIT("posix/Europe/London"),
        STR_INIT("leapseconds"),
        STR_INIT("zone.tab"),
        STR_INIT("europe/london"),
        STR_INIT("Europe/London\0"),
        STR_INIT("Europe/Lond\xc3\xb6n"),
        STR_INIT("Mars/Olympus"),
        STR_INIT("Europe/London/Soho"),
        STR_INIT("A+++"),
        STR_INIT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct zone *zone = NULL;
        int error = zone_load(&FS, NULL, names[i], &fixture->arena, &zone);

        if (error != ENOENT || zone != NULL)
            fail_msg("'%s': %d", names[i].ptr, error);
    }
}

static void all_names_are_listed_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct str *names;
    size_t count;
    bool found = false;

    assert_int_equal(zone_names(&FS, NULL, &fixture->arena, &names, &count), 0);
    assert_true(count > 300);
    for (size_t i = 0; i < count; i++) {
        const struct zone *zone;

        assert_true(i == 0 || str_cmp(names[i - 1], names[i]) < 0);
        found = found || str_eq(names[i], STR("America/Argentina/Buenos_Aires"));
        assert_int_equal(zone_load(&FS, NULL, names[i], &fixture->arena, &zone), 0);
    }
    assert_true(found);
    assert_int_equal(zone_names(&FS, "/nonexistent", &fixture->arena, &names, &count), ENOENT);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct str whole;
    const struct zone *zone;

    assert_int_equal(fs_read_following(&FS, AT_FDCWD, "/usr/share/zoneinfo/Europe/Dublin", 1 << 20,
                                       &fixture->arena, &whole),
                     0);
    assert_int_equal(load_bytes(fixture, whole, &zone), 0);
    for (size_t len = 0; len < whole.len; len++) {
        if (load_bytes(fixture, str_sub(whole, 0, len), &zone) != EINVAL)
            fail_msg("%zu of %zu bytes", len, whole.len);
    }
}

/* Whatever a damaged file says, it is refused or answers without end or crash. */
static void a_file_with_any_bad_byte_does_no_harm(void **state)
{
    struct fixture *fixture = *state;
    static const unsigned char bad[] = {0x00, 0x01, 0x7f, 0x80, 0xff, ','};
    struct str whole;

    assert_int_equal(fs_read_following(&FS, AT_FDCWD, "/usr/share/zoneinfo/Australia/Lord_Howe",
                                       1 << 20, &fixture->arena, &whole),
                     0);
    for (size_t at = 0; at < whole.len; at++) {
        struct arena arena = {0};
        char *copy = arena_cstr(&arena, whole);
        const struct zone *zone;
        int64_t when = 0;

        copy[at] = (char)bad[at % sizeof bad];
        if (load_bytes(fixture, (struct str){copy, whole.len}, &zone) == 0) {
            zone_to_utc(zone, local("2022-04-03 01:45"), &when);
            for (int i = 0; i < 5 && zone_next_change(zone, when, &when); i++)
                zone_at(zone, when);
        }
        arena_release(&arena);
    }
}

static void damaged_rules_are_refused(void **state)
{
    static const char *const rules[] = {"X",
                                        "XY",
                                        "XYZ",
                                        "XYZ25",
                                        "XYZ1:60",
                                        "<XYZ0",
                                        "<X>0",
                                        "XYZ0DST",
                                        "XYZ0DST,",
                                        "XYZ0DST,M3.2.0",
                                        "XYZ0DST,M13.1.0,M3.2.0",
                                        "XYZ0DST,M0.1.0,M3.2.0",
                                        "XYZ0DST,M3.6.0,M3.2.0",
                                        "XYZ0DST,M3.1.7,M3.2.0",
                                        "XYZ0DST,J0,J365",
                                        "XYZ0DST,J1,J366",
                                        "XYZ0DST,366,1",
                                        "XYZ0DST,J1/168,J2",
                                        "XYZ0DST,M3.2.0,M11.1.0x",
                                        "XYZ0DST,M3.2.0,M11.1.0 ",
                                        "XYZ99999999"};
    const struct zone *zone;

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (load_posix(*state, rules[i], &zone) != EINVAL)
            fail_msg("%s", rules[i]);
    }
}

/* Compares with libc, in a child process since the zone is the process's. `tz` is what TZ holds. */
static int compare_with_libc(const struct zone *zone, const char *tz, time_t from)
{
    pid_t child = fork();
    int status = 1;

    if (child == 0) {
        setenv("TZ", tz, 1);
        tzset();
        for (time_t at = from; at < 7000000000; at += 4000037) {
            struct zone_rule rule = zone_at(zone, at);
            struct tm tm;

            localtime_r(&at, &tm);
            if (rule.offset != tm.tm_gmtoff || rule.daylight != (tm.tm_isdst > 0) ||
                !str_eq(rule.abbreviation, str_from(tm.tm_zone)))
                _exit(2);
        }
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    return status;
}

static void rules_of_every_form_agree_with_libc(void **state)
{
    static const char *const rules[] = {
        "GMT0BST,M3.5.0/1,M10.5.0",             /* London */
        "IST-1GMT0,M10.5.0,M3.5.0/1",           /* Dublin, winter as "daylight" */
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", /* Lord Howe */
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",      /* Nuuk, a negative time */
        "EET-2EEST,M3.4.4/50,M10.4.4/50",       /* Gaza, two days later */
        "IST-2IDT,M3.4.4/26,M10.5.0",           /* Jerusalem */
        "EST5EDT,J59,J300",                     /* 28 February, in leap years too */
        "EST5EDT,J60,J300/12:30:15",            /* 29 February not counted */
        "EST5EDT,59,300",                       /* 29 February counted */
        "<+0545>-5:45",                         /* Kathmandu, no daylight saving */
        "NZST-12NZDT,M9.5.0,M4.1.0/3",          /* the southern half */
    };

    /* glibc does not apply such rules before 1971. */
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct zone *zone;

        assert_int_equal(load_posix(*state, rules[i], &zone), 0);
        if (compare_with_libc(zone, rules[i], 40000000) != 0)
            fail_msg("%s", rules[i]);
    }
}

static void daylight_saving_all_year_never_changes(void **state)
{
    const struct zone *zone;
    int64_t when;

    assert_int_equal(load_posix(*state, "XXX3EDT4,0/0,J365/23", &zone), 0);
    assert_int_equal(zone_at(zone, local("2024-01-01 03:00")).offset, -4 * 3600);
    assert_int_equal(zone_at(zone, local("2024-12-31 23:00")).offset, -4 * 3600);
    assert_false(zone_next_change(zone, 0, &when));
}

static void the_system_s_zones_agree_with_libc(void **state)
{
    static const char *const names[] = {
        "Europe/London",     "Europe/Dublin",   "America/New_York", "America/Halifax",
        "America/St_Johns",  "America/Toronto", "Asia/Kolkata",     "Australia/Lord_Howe",
        "Africa/Casablanca", "Asia/Gaza",       "America/Nuuk",     "Pacific/Apia",
        "America/Sao_Paulo", "Asia/Tehran",     "Antarctica/Troll", "US/Eastern"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (compare_with_libc(load(*state, names[i]), names[i], -5000000000) != 0)
            fail_msg("%s", names[i]);
    }
}

static void changes_come_in_order_and_change_something(void **state)
{
    const struct zone *zone = load(*state, "America/New_York");
    int64_t when = local("2021-12-31 00:00");

    assert_true(zone_next_change(zone, when, &when));
    assert_int_equal(when, local("2022-03-13 07:00"));
    assert_true(zone_next_change(zone, when, &when));
    assert_int_equal(when, local("2022-11-06 06:00"));
    assert_int_equal(zone_at(zone, when - 1).offset, -4 * 3600);
    assert_int_equal(zone_at(zone, when).offset, -5 * 3600);
    zone = load(*state, "America/Sao_Paulo"); /* none since 2019 */
    assert_false(zone_next_change(zone, local("2022-01-01 00:00"), &when));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_and_overlaps_are_read_as_rfc_5545_says),
        cmocka_unit_test(lord_howe_moves_by_half_an_hour),
        cmocka_unit_test(rules_go_on_after_the_last_listed_change),
        cmocka_unit_test(utc_needs_no_file_and_never_changes),
        cmocka_unit_test(names_that_are_no_zones_are_not_found),
        cmocka_unit_test(all_names_are_listed_in_order),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_file_with_any_bad_byte_does_no_harm),
        cmocka_unit_test(damaged_rules_are_refused),
        cmocka_unit_test(rules_of_every_form_agree_with_libc),
        cmocka_unit_test(daylight_saving_all_year_never_changes),
        cmocka_unit_test(the_system_s_zones_agree_with_libc),
        cmocka_unit_test(changes_come_in_order_and_change_something),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
