#include "base/suggest.h"

enum { WORD_MOST = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Damerau's distance with adjacent swaps (optimal string alignment), three rows at a time. */
size_t suggest_distance(struct str a, struct str b, size_t limit)
{
    size_t rows[3][WORD_MOST + 1];
    size_t least_edits = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (a.len > WORD_MOST || b.len > WORD_MOST || least_edits > limit)
        return limit + 1;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *above2 = rows[(i + 1) % 3];
        size_t best = row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = str_lower(a.ptr[i - 1]);
            char y = str_lower(b.ptr[j - 1]);
            size_t cost = least(above[j - 1] + (x != y), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == str_lower(b.ptr[j - 2]) && y == str_lower(a.ptr[i - 2]))
                cost = least(cost, above2[j - 2] + 1);
            row[j] = cost;
            best = least(best, cost);
        }
        if (best > limit)
            return limit + 1;
    }
    size_t distance = rows[a.len % 3][b.len];
    return distance > limit ? limit + 1 : distance;
}

struct str suggest_nearest(struct str word, const struct str *candidates, size_t count)
{
    struct str nearest = {0};
    size_t limit = word.len <= 4 ? 1 : word.len <= 8 ? 2 : 3;
    for (size_t i = 0; i < count; i++) {
        size_t distance = suggest_distance(word, candidates[i], limit);
        if (distance > limit)
            continue;
        nearest = candidates[i];
        if (distance == 0)
            break;
        limit = distance - 1;
    }
    return nearest;
}
