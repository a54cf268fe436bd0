# What copse writes as iCalendar, read by programs of others.

@test "libical, ical.js and icalendar find what the pages show, in hard cases and real sites" {
    build=$(dirname "${COPSE:-$PWD/build/copse}")
    tests/ical/run.sh "$build"
}
