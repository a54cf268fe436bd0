# Events in time: their rules, pages, calendars, and `copse next`.
load helpers

check() {
    run timeout 20 "$COPSE" check -C site --now "$NOW" "$@"
}

page() {
    cat "site/public/$1"
}

# event SLUG LINE...: an event with these lines of front matter.
event() {
    local slug=$1
    shift
    { echo ---; echo "title: The $slug"; printf '%s\n' "$@"; echo ---; echo Text.; } |
        write "site/content/events/$slug.md"
}

meeting() {
    event meeting 'start: 2026-01-01 19:00' 'end: 2026-01-01 20:00' 'repeat: FREQ=MONTHLY;BYDAY=+1TH' "$@"
}

# moments N [OPTION...]: the next N moments, one a line.
moments() {
    local count=$1
    shift
    "$COPSE" next -C site --now "$NOW" -n "$count" --format json "$@" |
        grep -o '"at":"[^"]*"' | cut -d'"' -f4 | sort -u
}

@test "a rule that copse cannot follow is refused at its line" {
    small_site
    event often 'start: 2026-03-01 10:00' 'repeat: FREQ=SECONDLY'
    event both 'start: 2026-03-01 10:00' 'repeat: FREQ=DAILY;COUNT=3;UNTIL=20270101'
    event never 'start: 2026-03-01 10:00' 'repeat: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'
    check
    fails_with 1 'content/events/often.md:4:9: error: an event cannot repeat SECONDLY'
    fails_with 1 'content/events/both.md:4:9: error: COUNT and UNTIL cannot stand in one rule'
    fails_with 1 'content/events/never.md:4:9: error: the rule gives no date'
}

@test "a rule without end is no mistake, and a city is a hint at a zone" {
    small_site
    event endless 'start: 2026-03-01 10:00' 'repeat: FREQ=DAILY'
    check
    fails_with 0 ''
    build
    [ "$(page events/2026/07/index.html | grep -o 'href="/events/endless/"' | wc -l)" = 62 ]
    event zone 'start: 2026-03-02 10:00' 'timezone: Halifax'
    check
    fails_with 1 'content/events/zone.md:4:11: error:'
    fails_with 1 "did you mean 'America/Halifax'?"
}

@test "an end before its start, an hour 25 and an unknown zone are errors at their lines" {
    small_site
    event order 'start: 2026-03-02 10:00' 'end: 2026-03-01 10:00'
    event hour 'start: 2026-03-02 25:00'
    event day 'start: 2026-02-30'
    event session 'start: 2026-03-02 10:00' 'sessions:' '  - {start: 2026-03-02 10:00, end: 2026-03-02 09:00}'
    event zone 'start: 2026-03-02 10:00' 'timezone: Europe/Lundon'
    check
    fails_with 1 'content/events/order.md:4:6: error:'
    fails_with 1 'content/events/hour.md:3:8: error:'
    fails_with 1 'content/events/day.md:3:8: error:'
    fails_with 1 'content/events/session.md:5:36: error:'
    fails_with 1 'content/events/zone.md:4:11: error: no time zone is called'
    fails_with 1 "did you mean 'Europe/London'?"
}

@test "a time in a gap, a start off its rule and dates that match nothing are warnings" {
    small_site
    event gap 'start: 2026-03-29 01:30'
    event off 'start: 2026-03-06 10:00' 'repeat: FREQ=MONTHLY;BYDAY=1TH'
    event none 'start: 2026-03-05 10:00' 'repeat: FREQ=MONTHLY;BYDAY=1TH' \
        'except: [2026-03-06]' 'changes: [{date: 2026-04-01, cancelled: true}]'
    check
    fails_with 0 'content/events/gap.md:3:8: warning: the clocks of Europe/London skip Sunday 2026-03-29 01:30, so Sunday 2026-03-29 02:30 is taken'
    fails_with 0 'content/events/off.md:3:8: warning:'
    fails_with 0 'content/events/none.md:5:10: warning:'
    fails_with 0 'content/events/none.md:6:18: warning:'
}

@test "a monthly meeting is among what is coming up, at its next date, and says how often it is" {
    small_site
    meeting
    build
    page events/index.html | tr -d '\n' | grep -q 'id="upcoming".*2026-03-05T19:00:00.*id="past"'
    page events/meeting/index.html | grep -q 'First Thursday of each month'
    page index.html | grep -q '2026-03-05T19:00:00+00:00'
}

@test "every occurrence is on its day, at the same hour when the clocks change" {
    small_site
    meeting
    build
    page events/2026/03/index.html | grep -q '2026-03-05T19:00:00+00:00'
    page events/2026/04/index.html | grep -q '2026-04-02T19:00:00+01:00'
    page events/2026/04/index.html | grep -q 'rel="next" href="/events/2026/05/"'
}

@test "exceptions are left out, moved and cancelled dates say so" {
    small_site
    meeting 'except: [2026-04-02]' 'changes:' '  - {date: 2026-05-07, cancelled: true}' \
        '  - {date: 2026-06-04, start: 2026-06-11 18:30, end: 2026-06-11 20:00, title: The quiz}'
    build
    page events/meeting/index.html | not grep -q '2026-04-02T'
    page events/meeting/index.html | tr -d '\n' | grep -q '2026-05-07T19:00:00+01:00[^/]*/time>[^!]*Cancelled'
    page events/2026/06/index.html | grep -q '2026-06-11T18:30:00+01:00'
    page events/2026/06/index.html | grep -q 'The quiz'
    page events/2026/06/index.html | not grep -q '2026-06-04T'
    page events.ics | grep -q 'RECURRENCE-ID;TZID=Europe/London:20260604T190000'
    page events.ics | grep -q 'EXDATE;TZID=Europe/London:20260402T190000'
    page events.ics | grep -q 'STATUS:CANCELLED'
}

@test "the window of site.yml bounds what a rule without end gives" {
    small_site
    printf 'calendar: {past_days: 40, ahead_days: 70}\n' >>site/content/site.yml
    meeting
    build
    [ -e site/public/events/2026/02/index.html ]
    [ ! -e site/public/events/2026/01/index.html ]
    [ -e site/public/events/2026/05/index.html ]
    [ ! -e site/public/events/2026/06/index.html ]
}

@test "sessions stand on their days and end together" {
    small_site
    event course 'start: 2026-02-01 10:00' 'end: 2026-03-08 12:00' 'sessions:' \
        '  - {start: 2026-02-01 10:00, end: 2026-02-01 12:00}' \
        '  - {start: 2026-03-08 10:00, end: 2026-03-08 12:00}'
    build
    page events/2026/02/index.html | grep -q '/events/course/'
    page events/index.html | tr -d '\n' | grep -q 'id="upcoming".*2026-03-08T10:00:00'
    page events/course/event.ics | grep -q 'UID:https://guild.example.org/events/course/-session-2'
}

@test "an event over several days stands on each of them, in two months if need be" {
    small_site
    event retreat 'start: 2026-04-29' 'end: 2026-05-02'
    build
    [ "$(page events/2026/04/index.html | grep '<td><span' | grep -c 'href="/events/retreat/"')" = 2 ]
    [ "$(page events/2026/05/index.html | grep '<td><span' | grep -c 'href="/events/retreat/"')" = 2 ]
}

@test "days and hours are both said of an event that lasts over midnight; whole days have no hours" {
    small_site
    event night 'start: 2026-03-28 22:00' 'end: 2026-03-29 06:00'
    event retreat 'start: 2026-04-29' 'end: 2026-05-02'
    event hours 'start: 2026-04-29' 'end: 2026-05-02 10:00'
    check
    fails_with 0 'content/events/hours.md:4:6: warning: the start is only a day'
    build
    bare() { page "$1" | sed -n '/class="standfirst"/p' | sed 's/<[^>]*>//g; s/\xc2\xa0/ /g'; }
    [ "$(bare events/night/index.html)" = 'Saturday, March 28, 2026, 10:00 PM GMT – Sunday, March 29, 2026, 6:00 AM BST' ]
    [ "$(bare events/retreat/index.html)" = 'Wednesday, April 29, 2026 – Saturday, May 2, 2026' ]
    not grep -q times.js site/public/events/retreat/index.html
}

@test "sessions say their hours, and lists say how many they are" {
    small_site
    event course 'start: 2026-03-20 10:00' 'sessions:' \
        '  - {start: 2026-03-20 10:00, end: 2026-03-20 12:00}' \
        '  - {start: 2026-04-21 10:00, end: 2026-04-21 12:00}'
    build
    page events/course/index.html | sed -n '/id="sessions"/,/<\/ol>/p' >sessions
    grep -q '<time datetime="2026-03-20T10:00:00+00:00">' sessions
    grep -q '<time datetime="2026-04-21T12:00:00+01:00">' sessions
    page events/index.html | grep -q '2 sessions'
}

@test "an event that is renamed keeps its UID, and uid: goes before" {
    small_site
    event new-name 'start: 2026-04-29' 'aliases: [/events/old-name]'
    event other 'start: 2026-04-29' 'uid: a1@example.org' 'aliases: [/events/elsewhere/]'
    build
    page events/new-name/event.ics | grep -q '^UID:https://guild.example.org/events/old-name/'
    page events/other/event.ics | grep -q '^UID:a1@example.org'
}

@test "two events with one uid are an error; the languages of an event may share it" {
    small_site
    sed -i 's/^language: en/&\nlanguages: [en, fr]/' site/content/site.yml
    event one 'start: 2026-04-29' 'uid: a1@example.org'
    event one.fr 'start: 2026-04-29' 'uid: a1@example.org'
    check
    fails_with 0 ''
    event two 'start: 2026-04-30' 'uid: a1@example.org'
    check
    fails_with 1 "content/events/two.md:4:6: error: another event has this 'uid' already: content/events/one.md"
}

@test "SEQUENCE counts the commits after the first" {
    small_site
    in_git site
    build
    page events.ics | grep -q '^SEQUENCE:0'
    sed -i 's/18:00/18:30/' site/content/events/spring-meeting.md
    git -C site -c user.name=Jo -c user.email=jo@example.org commit -qam "Later"
    build
    page events.ics | grep -q '^SEQUENCE:1'
}

@test "a tag with events has a calendar, one without has none" {
    small_site
    event talk 'start: 2026-04-29 18:00' 'tags: [Talks]'
    build
    page tags/talks/events.ics | grep -q 'SUMMARY:The talk'
    page tags/talks/index.html | grep -q 'href="/tags/talks/events.ics"'
    [ ! -e site/public/tags/news/events.ics ]
    page events/talk/index.html | grep -q 'href="/events/talk/event.ics"'
}

@test "a cancelled event leaves the calendar after its days, and keeps its own" {
    small_site
    event party 'start: 2026-01-10 18:00' 'end: 2026-01-10 20:00' 'cancelled: true'
    build
    page events.ics | grep -q 'SUMMARY:The party'
    build --now 2026-04-10T20:00:00Z
    page events.ics | not grep -q 'SUMMARY:The party'
    page events/party/event.ics | grep -q 'STATUS:CANCELLED'
}

@test "hours of training are summed on the designation's page" {
    small_site
    write site/content/designations.yml <<'END'
- {code: MCRS, name: Master Certified}
END
    event one 'start: 2026-04-29 18:00' 'credits: {MCRS: 1.5}'
    event two 'start: 2026-05-29 18:00' 'credits: 2'
    event gone 'start: 2026-01-29 18:00' 'credits: 4'
    build
    page designations/mcrs/index.html | grep -q '3.5 hours'
}

@test "next: nothing is to come, and that is no error" {
    small_site
    rm site/content/events/*
    run "$COPSE" next -C site --now "$NOW" --format json
    [ "$status" = 0 ]
    [ "$output" = '{"changes":[]}' ]
    run "$COPSE" next -C site --now "$NOW"
    fails_with 0 'Nothing is to come'
}

@test "next: what, when and where, for people, programs, cron and systemd" {
    small_site
    run "$COPSE" next -C site --now "$NOW"
    fails_with 0 '2026-04-10T19:00:00Z  the event “Spring meeting” ends  (content/events/spring-meeting.md)'
    run "$COPSE" next -C site --now "$NOW" --format json
    fails_with 0 '{"changes":[{"at":"2026-04-10T19:00:00Z","why":"the event “Spring meeting” ends","path":"content/events/spring-meeting.md"}]}'
    TZ=UTC run "$COPSE" next -C site --now "$NOW" --cron
    fails_with 0 "0 19 10 4 * copse build -C '"
    run "$COPSE" next -C site --now "$NOW" --systemd
    fails_with 0 'OnCalendar=2026-04-10 19:00:00 UTC'
    run "$COPSE" next -C site --cron --systemd
    [ "$status" = 2 ]
}

@test "next: a site with errors is told so" {
    small_site
    event zone 'start: 2026-03-02 10:00' 'timezone: Europe/Lundon'
    run "$COPSE" next -C site --now "$NOW"
    fails_with 1 'unknown-zone'
}

@test "next: a build at each moment differs from the one before it, and at no moment in between" {
    small_site
    printf 'calendar: {past_days: 40, ahead_days: 70}\n' >>site/content/site.yml
    write site/content/designations.yml <<'END'
- {code: MCRS, name: Master Certified}
- {code: CRA, name: Certified Associate}
END
    write site/content/members/ada.md <<'END'
---
name: Ada
designations: [{code: MCRS, since: 2024-01-01, expires: 2026-04-20}, {code: CRA, since: 2026-03-12}]
---
END
    write site/content/articles/soon.md <<'END'
---
title: Soon
date: 2026-03-17 09:30
expires: 2026-04-01
---
Text.
END
    meeting 'changes: [{date: 2026-04-02, cancelled: true}]'
    event party 'start: 2026-03-03 18:00' 'end: 2026-03-03 20:00' 'cancelled: true'
    event course 'start: 2026-03-20 10:00' 'sessions:' \
        '  - {start: 2026-03-20 10:00, end: 2026-03-20 12:00}' \
        '  - {start: 2026-03-21 10:00, end: 2026-03-21 12:00}'
    event retreat 'start: 2026-04-29' 'end: 2026-05-02'
    event ramadan 'start: 2026-03-07 21:00' 'timezone: Africa/Casablanca' 'repeat: FREQ=YEARLY'
    local last=$NOW at before
    moments 22 >moments
    [ "$(wc -l <moments)" = 22 ]
    grep -q 2026-03-17T09:30:00Z moments
    build
    fingerprint site/public >at_last
    while read -r at; do
        before=$(date -u -d "$at - 1 second" +%Y-%m-%dT%H:%M:%SZ)
        build --now "$before"
        fingerprint site/public >just_before
        cmp at_last just_before || { echo "between $last and $before"; return 1; }
        build --now "$at"
        fingerprint site/public >at_last
        not cmp -s at_last just_before || { echo "nothing happens at $at"; return 1; }
        last=$at
    done <moments
}

@test "lists name the zone of an event elsewhere, and of no other" {
    small_site
    write site/content/events/far.md <<'END'
---
title: Far
start: 2026-04-20 14:00
end: 2026-04-20 15:00
timezone: America/Halifax
---
Text.
END
    build
    grep -A4 '/events/far/' site/public/index.html | grep -q 'America/Halifax'
    run grep -c 'class="zone"' site/public/index.html
    [ "$output" -eq 1 ]
}
