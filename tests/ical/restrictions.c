/* Runs libical's own check of RFC 5545's restrictions over iCalendar files: every error that it
 * notes, and lines that are longer than 75 octets or end otherwise than with CRLF. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    static const size_t most = 1 << 22;
    char *text = calloc(1, most);
    FILE *file = fopen(path, "rb");

    if (text == NULL || file == NULL || fread(text, 1, most - 1, file) == 0) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return text;
}

static int check_lines(const char *path, const char *text)
{
    int bad = 0;

    for (const char *line = text; *line != '\0';) {
        const char *end = strchr(line, '\n');

        if (end == NULL || end == line || end[-1] != '\r' || end - line - 1 > 75) {
            fprintf(stderr, "%s: a bad line: %.40s\n", path, line);
            bad = 1;
        }
        if (end == NULL)
            break;
        line = end + 1;
    }
    return bad;
}

int main(int count, char **paths)
{
    int bad = 0;

    for (int i = 1; i < count; i++) {
        char *text = read_file(paths[i]);
        icalcomponent *calendar = icalparser_parse_string(text);
        int errors = calendar == NULL ? 1 : icalcomponent_count_errors(calendar);

        bad |= check_lines(paths[i], text);
        if (calendar == NULL || !icalrestriction_check(calendar) || errors > 0 ||
            icalcomponent_count_errors(calendar) > 0) {
            fprintf(stderr, "%s: libical objects\n%s\n", paths[i],
                    calendar == NULL ? "" : icalcomponent_as_ical_string(calendar));
            bad = 1;
        }
        if (calendar != NULL)
            icalcomponent_free(calendar);
        free(text);
    }
    printf("libical: %s over %d calendars\n", bad ? "objections" : "no objection", count - 1);
    return bad || count < 2;
}
