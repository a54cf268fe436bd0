/* What partials printed, kept by their parameters. */
#include "lang/liquid/memo.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHAINS = 1 << 16,
    WORTH_OPS = 14, /* shorter partials are run faster than they are found */
    KEY_MOST = 12,  /* values */
    KEY_TEXT_MOST = 512
};

/* A value that what was printed depends on, or one that was assigned. */
struct slot_value {
    uint64_t slot; /* parameters and variables are told apart by PARAMETER */
    struct value value;
};

#define PARAMETER ((uint64_t)1 << 32)

struct key {
    const struct liquid_template *compiled;
    const void *scope;
    uint64_t hash;
    size_t count;
    struct slot_value values[KEY_MOST];
};

/* One block of memory, with all that it points to behind it. */
struct memo_entry {
    struct memo_entry *next;
    const struct liquid_template *compiled;
    const void *scope;
    uint64_t hash;
    uint64_t iterations;
    size_t scratch;
    bool asked_now;
    uint32_t key_count, assigned_count, link_count;
    const struct slot_value *key, *assigned;
    const struct liquid_link *links;
    struct str notes, printed;
};

struct liquid_memo {
    size_t most;
    atomic_size_t used;
    _Atomic(struct memo_entry *) chains[CHAINS];
};

struct liquid_memo *liquid_memo_new(size_t most)
{
    struct liquid_memo *memo = mem_zalloc(1, sizeof *memo);
    memo->most = most;
    return memo;
}

void liquid_memo_free(struct liquid_memo *memo)
{
    for (size_t i = 0; memo != NULL && i < CHAINS; i++) {
        for (struct memo_entry *entry = atomic_load(&memo->chains[i]); entry != NULL;) {
            struct memo_entry *next = entry->next;
            free(entry);
            entry = next;
        }
    }
    free(memo);
}

/* ---- keys */

static bool lasts(struct value value)
{
    switch (value.type) {
    case VALUE_NIL:
    case VALUE_BOOLEAN:
    case VALUE_INTEGER: return true;
    case VALUE_TEXT:
    case VALUE_HTML: return value.str.len <= KEY_TEXT_MOST;
    case VALUE_OBJECT: return value.object.class->lasting;
    default: return false;
    }
}

static bool same(struct value a, struct value b)
{
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case VALUE_BOOLEAN: return a.boolean == b.boolean;
    case VALUE_INTEGER: return a.integer == b.integer;
    case VALUE_TEXT:
    case VALUE_HTML: return str_eq(a.str, b.str);
    case VALUE_OBJECT: return a.object.class == b.object.class && a.object.self == b.object.self;
    default: return true;
    }
}

static void mix(uint64_t *hash, uint64_t number)
{
    *hash = (*hash ^ number) * 0x9E3779B97F4A7C15U;
    *hash ^= *hash >> 29;
}

static bool add_value(struct key *key, uint64_t slot, struct value value)
{
    if (!lasts(value) || key->count == KEY_MOST)
        return false;
    key->values[key->count++] = (struct slot_value){slot, value};
    mix(&key->hash, slot << 8 | (uint64_t)value.type);
    if (value_is_string(value))
        mix(&key->hash, hash_bytes(value.str, 7));
    else if (value.type == VALUE_OBJECT)
        mix(&key->hash, (uint64_t)(uintptr_t)value.object.self);
    else if (value.type == VALUE_INTEGER)
        mix(&key->hash, (uint64_t)value.integer);
    else if (value.type == VALUE_BOOLEAN)
        mix(&key->hash, value.boolean);
    return true;
}

static bool add_variables(struct liquid_run *run, const struct memo_plan *plan, struct key *key)
{
    bool fits = true;
    for (size_t i = 0; i < plan->keyed.count && fits; i++)
        fits = add_value(key, plan->keyed.items[i], run_variable(run, plan->keyed.items[i]));
    for (size_t i = 0; i < plan->covered.count && fits; i++) {
        const struct binding *binding = &run->bindings[plan->covered.items[i]];
        if (binding->scoped > 0)
            fits = add_value(key, plan->covered.items[i], binding->current);
    }
    for (size_t i = 0; i < plan->shadowed.count && fits; i++) {
        const struct binding *binding = &run->bindings[plan->shadowed.items[i]];
        if (binding->scoped > 0 || binding->assigned.type != VALUE_UNSET)
            fits = add_value(key, plan->shadowed.items[i], binding->current);
    }
    return fits;
}

/* False if a value is none that a key can hold. */
static bool make_key(struct liquid_run *run, const struct partial_use *use,
                     const struct value_entry *parameters, struct key *key)
{
    key->count = 0;
    key->hash = (uint64_t)(uintptr_t)key->compiled;
    mix(&key->hash, (uint64_t)(uintptr_t)key->scope);
    for (size_t i = 0; i < use->argument_count; i++)
        if (!add_value(key, PARAMETER | use->argument_slots[i], parameters[i].value))
            return false;
    return add_variables(run, use->partial->memo, key);
}

static bool is_of(const struct memo_entry *entry, const struct key *key)
{
    if (entry->hash != key->hash || entry->compiled != key->compiled ||
        entry->scope != key->scope || entry->key_count != key->count)
        return false;
    for (size_t i = 0; i < key->count; i++)
        if (entry->key[i].slot != key->values[i].slot ||
            !same(entry->key[i].value, key->values[i].value))
            return false;
    return true;
}

static const struct memo_entry *find(struct liquid_memo *memo, const struct key *key)
{
    const struct memo_entry *entry =
        atomic_load_explicit(&memo->chains[key->hash % CHAINS], memory_order_acquire);
    while (entry != NULL && !is_of(entry, key))
        entry = entry->next;
    return entry;
}

/* ---- from the memo */

static void print_again(struct liquid_run *run, const struct memo_entry *entry)
{
    struct liquid_call *call = run->call;
    buf_add(run->out, entry->printed);
    call->iterations += entry->iterations;
    run->scratch += entry->scratch;
    if (entry->asked_now && call->now_was_read != NULL)
        *call->now_was_read = true;
    for (uint32_t i = 0; i < entry->link_count; i++)
        run_tell(run, &entry->links[i]);
    if (call->notes != NULL)
        call->notes->again(call->notes->context, entry->notes);
    for (uint32_t i = 0; i < entry->assigned_count; i++)
        run_assign(run, (uint32_t)entry->assigned[i].slot, entry->assigned[i].value);
    if (run->out->len > run->out_limit)
        run_fail(run, "this page is larger than %zu bytes",
                 run->liquid->settings.limits.output_bytes);
}

/* ---- for the memo */

/* How things stood before a partial ran. */
struct before {
    size_t printed, heard, said, scratch;
    uint64_t iterations;
    bool asked_now;
    struct value *assigned;
};

/* What was assigned outside is put aside, so that one sees what the partial assigns. It reads none
 * of it. */
static void begin(struct liquid_run *run, const struct memo_plan *plan, struct before *before)
{
    struct liquid_call *call = run->call;
    *before = (struct before){.printed = run->out->len,
                              .heard = run->heard.count,
                              .said = call->diags->count,
                              .scratch = run->scratch,
                              .iterations = call->iterations};
    before->assigned = arena_alloc(run->arena, (plan->assigned.count + 1) * sizeof(struct value));
    for (size_t i = 0; i < plan->assigned.count; i++) {
        struct binding *binding = &run->bindings[plan->assigned.items[i]];
        before->assigned[i] = binding->assigned;
        binding->assigned.type = VALUE_UNSET;
        if (binding->scoped == 0)
            binding->current.type = VALUE_UNSET;
    }
    if (call->now_was_read != NULL) {
        before->asked_now = *call->now_was_read;
        *call->now_was_read = false;
    }
    run->recording++;
    if (call->notes != NULL)
        call->notes->begin(call->notes->context);
}

/* What the partial assigned, at most as many as the plan has; the rest is put back. Returns false
 * if a value does not outlive the page. */
static bool take_assigned(struct liquid_run *run, const struct memo_plan *plan,
                          const struct before *before, struct slot_value *taken, uint32_t *count)
{
    bool all_last = true;
    *count = 0;
    for (size_t i = 0; i < plan->assigned.count; i++) {
        uint32_t slot = plan->assigned.items[i];
        struct binding *binding = &run->bindings[slot];
        if (binding->assigned.type != VALUE_UNSET) {
            all_last = all_last && lasts(binding->assigned);
            taken[(*count)++] = (struct slot_value){slot, binding->assigned};
            continue;
        }
        binding->assigned = before->assigned[i];
        if (binding->scoped == 0)
            binding->current.type = VALUE_UNSET;
    }
    return all_last;
}

/* A block being filled from its start. */
struct filler {
    char *at;
};

static void *fill(struct filler *filler, const void *bytes, size_t size)
{
    void *start = filler->at;
    if (size > 0)
        memcpy(start, bytes, size);
    filler->at += size;
    return start;
}

static size_t text_bytes(const struct slot_value *values, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += value_is_string(values[i].value) ? values[i].value.str.len : 0;
    return bytes;
}

static void fill_texts(struct filler *filler, struct slot_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value_is_string(values[i].value)) {
            struct str *str = &values[i].value.str;
            str->ptr = fill(filler, str->ptr, str->len);
        }
}

/* What is put into an entry, still where it came about. */
struct finding {
    struct slot_value *assigned;
    uint32_t assigned_count;
    const struct liquid_link *links;
    uint32_t link_count;
    struct str notes, printed;
};

static size_t entry_size(const struct key *key, const struct finding *finding)
{
    size_t size = sizeof(struct memo_entry);
    size += (key->count + finding->assigned_count) * sizeof(struct slot_value);
    size += finding->link_count * sizeof(struct liquid_link);
    for (uint32_t i = 0; i < finding->link_count; i++)
        size += finding->links[i].value.len;
    return size + text_bytes(key->values, key->count) +
           text_bytes(finding->assigned, finding->assigned_count) + finding->notes.len +
           finding->printed.len;
}

static struct memo_entry *make_entry(const struct key *key, const struct finding *finding,
                                     size_t size)
{
    struct memo_entry *entry = mem_alloc(size);
    struct filler filler = {(char *)(entry + 1)};
    struct slot_value *values = fill(&filler, key->values, key->count * sizeof *values);
    struct slot_value *assigned =
        fill(&filler, finding->assigned, finding->assigned_count * sizeof *assigned);
    struct liquid_link *links = fill(&filler, finding->links, finding->link_count * sizeof *links);
    *entry = (struct memo_entry){.compiled = key->compiled,
                                 .scope = key->scope,
                                 .hash = key->hash,
                                 .key_count = (uint32_t)key->count,
                                 .assigned_count = finding->assigned_count,
                                 .link_count = finding->link_count,
                                 .key = values,
                                 .assigned = assigned,
                                 .links = links};
    entry->notes.ptr = fill(&filler, finding->notes.ptr, finding->notes.len);
    entry->notes.len = finding->notes.len;
    fill_texts(&filler, values, key->count);
    fill_texts(&filler, assigned, finding->assigned_count);
    for (uint32_t i = 0; i < finding->link_count; i++)
        links[i].value.ptr = fill(&filler, links[i].value.ptr, links[i].value.len);
    entry->printed.ptr = fill(&filler, finding->printed.ptr, finding->printed.len);
    entry->printed.len = finding->printed.len;
    return entry;
}

/* Two threads may put in the same: either is found later, and they are alike. */
static void put(struct liquid_memo *memo, struct memo_entry *entry)
{
    _Atomic(struct memo_entry *) *chain = &memo->chains[entry->hash % CHAINS];
    entry->next = atomic_load_explicit(chain, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(chain, &entry->next, entry, memory_order_release,
                                                  memory_order_relaxed))
        continue;
}

static void keep(struct liquid_run *run, const struct key *key, const struct before *before,
                 const struct finding *finding)
{
    struct liquid_memo *memo = run->call->memo;
    size_t size = entry_size(key, finding);
    if (atomic_fetch_add(&memo->used, size) > memo->most)
        return;
    struct memo_entry *entry = make_entry(key, finding, size);
    entry->iterations = run->call->iterations - before->iterations;
    entry->scratch = run->scratch - before->scratch;
    entry->asked_now = run->call->now_was_read != NULL && *run->call->now_was_read;
    put(memo, entry);
}

static void end(struct liquid_run *run, const struct memo_plan *plan, const struct key *key,
                const struct before *before)
{
    struct liquid_call *call = run->call;
    struct buf notes = {0};
    struct finding finding = {0};
    run->recording--;
    bool kept = call->notes == NULL || call->notes->end(call->notes->context, &notes);
    finding.assigned =
        arena_alloc(run->arena, (plan->assigned.count + 1) * sizeof *finding.assigned);
    kept &= take_assigned(run, plan, before, finding.assigned, &finding.assigned_count);
    finding.link_count = (uint32_t)(run->heard.count - before->heard);
    if (finding.link_count > 0)
        finding.links = run->heard.items + before->heard;
    finding.notes = buf_str(&notes);
    finding.printed = str_after(buf_str(run->out), before->printed);
    if (kept && !run->failed && run->interrupt == INTERRUPT_NONE &&
        call->diags->count == before->said)
        keep(run, key, before, &finding);
    if (call->now_was_read != NULL)
        *call->now_was_read = *call->now_was_read || before->asked_now;
    if (run->recording == 0)
        run->heard.count = 0;
    buf_release(&notes);
}

bool memo_include(struct liquid_run *run, const struct partial_use *use,
                  const struct liquid_template *compiled, const struct value_entry *parameters)
{
    const struct partial *partial = use->partial;
    const struct memo_plan *plan = partial == NULL ? NULL : partial->memo;
    if (plan == NULL || plan->op_count < WORTH_OPS || partial->before != 0 || partial->after != 0 ||
        run->liquid->loops_continue || (plan->parameters && use->argument_count == 0))
        return false;
    struct key key; /* most of its values are never used */
    key.compiled = compiled;
    key.scope = run->call->memo_scope;
    if (!make_key(run, use, parameters, &key))
        return false;
    const struct memo_entry *entry = find(run->call->memo, &key);
    if (entry != NULL) {
        print_again(run, entry);
        return true;
    }
    struct before before;
    begin(run, plan, &before);
    run_with_parameters(run, use, compiled, parameters);
    end(run, plan, &key, &before);
    return true;
}
