#include "source/commits.h"

#include "base/map.h"
#include "base/vec.h"

#include <string.h>

/* Beyond git's own habits; an octopus has a handful of parents. */
#define MAX_PARENTS 256

/* 9999-12-31T23:59:59Z and 0001-01-01T00:00:00Z: what date.h can show. */
#define LATEST INT64_C(253402300799)
#define EARLIEST INT64_C(-62135596800)

struct reading {
    git_odb *odb;
    struct arena *arena;
    struct commit_list *list;
    struct commit_ids known;
    struct map numbers; /* 20 bytes of id -> number plus 1 */
};

bool commit_ids_have(struct commit_ids ids, const git_oid *id)
{
    size_t low = 0;
    size_t high = ids.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = git_oid_cmp(&ids.items[middle], id);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The number of a commit; one that is new is added, to be read later. */
static uint32_t number_of(struct reading *reading, const git_oid *id)
{
    struct str key = {(const char *)id->id, GIT_OID_RAWSZ};
    void *known = map_get(&reading->numbers, key);
    if (known != NULL)
        return (uint32_t)((uintptr_t)known - 1);
    uint32_t number = (uint32_t)reading->list->count;
    *vec_push(reading->arena, reading->list) =
        (struct commit){.id = *id, .known = commit_ids_have(reading->known, id)};
    map_put(&reading->numbers, arena_str(reading->arena, key), (void *)((uintptr_t)number + 1));
    return number;
}

/* "tree <40 hex digits>": the id behind the word, or false. */
static bool take_id(struct str *rest, struct str word, git_oid *id)
{
    if (!str_starts(*rest, word) || rest->len < word.len + GIT_OID_HEXSZ + 1)
        return false;
    if (git_oid_fromstrn(id, rest->ptr + word.len, GIT_OID_HEXSZ) != 0)
        return false;
    *rest = str_after(*rest, word.len + GIT_OID_HEXSZ + 1);
    return true;
}

/* "1656666000 +0100", which strangers can forge: what makes no sense becomes 0. */
static struct history_time read_time(struct str text)
{
    struct history_time when = {0};
    struct str part;
    if (!str_split(&text, ' ', &part))
        return when;
    bool negative = part.len > 0 && part.ptr[0] == '-';
    long long number;
    if (str_to_long(negative ? str_after(part, 1) : part, &number) != 0)
        return when;
    when.utc = negative ? -number : number;
    when.utc = when.utc > LATEST ? LATEST : when.utc < EARLIEST ? EARLIEST : when.utc;
    long long zone;
    if (text.ptr == NULL || text.len != 5 || str_to_long(str_after(text, 1), &zone) != 0)
        return when;
    long long seconds = zone / 100 * 3600 + zone % 100 * 60;
    if (seconds < 86400)
        when.offset = (int32_t)(text.ptr[0] == '-' ? -seconds : seconds);
    return when;
}

/* Splits "author Name <email> time zone" behind the word; false if there is no '>'. */
static bool split_person(struct str line, struct str *person, struct str *time)
{
    size_t end = str_rfind_byte(line, '>');
    if (end == STR_NONE)
        return false;
    *person = str_sub(line, 0, end + 1);
    *time = str_trim(str_after(line, end + 1));
    return true;
}

/* Parents are appended to the list while the commit is read, so it is addressed by number. */
static int parse(struct reading *reading, uint32_t number, struct str bytes)
{
    struct commit commit = reading->list->items[number];
    uint32_t parents[MAX_PARENTS];
    git_oid id;
    if (!take_id(&bytes, STR("tree "), &commit.tree))
        return GIT_ERROR;
    while (!commit.known && take_id(&bytes, STR("parent "), &id)) {
        if (commit.parent_count == MAX_PARENTS)
            return GIT_ERROR;
        parents[commit.parent_count++] = number_of(reading, &id);
    }
    struct str line;
    while (!commit.known && str_line(&bytes, &line) && line.len > 0) {
        struct str person;
        struct str time;
        if (str_starts(line, STR("author ")) && split_person(str_after(line, 7), &person, &time))
            commit.author = arena_str(reading->arena, person);
        if (str_starts(line, STR("committer ")) &&
            split_person(str_after(line, 10), &person, &time))
            commit.when = read_time(time);
    }
    size_t size = commit.parent_count * sizeof *parents;
    if (size > 0)
        commit.parents = memcpy(arena_alloc(reading->arena, size), parents, size);
    reading->list->items[number] = commit;
    return 0;
}

int commits_read(git_odb *odb, const git_oid *tip, struct commit_ids known, struct arena *arena,
                 struct commit_list *out)
{
    struct reading reading = {.odb = odb, .arena = arena, .list = out, .known = known};
    map_init(&reading.numbers, arena);
    number_of(&reading, tip);
    int error = 0;
    for (uint32_t number = 0; number < out->count && error == 0; number++) {
        git_odb_object *object;
        git_oid id = out->items[number].id;
        error = git_odb_read(&object, odb, &id);
        if (error != 0)
            break;
        struct str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
        error = git_odb_object_type(object) == GIT_OBJECT_COMMIT ? parse(&reading, number, bytes)
                                                                 : GIT_ERROR;
        git_odb_object_free(object);
    }
    return error;
}
