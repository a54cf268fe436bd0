#include "cli/completions.h"

#include "site/rules.h"
#include "site/schema.h"

static size_t kinds(struct arena *arena, const struct str **names)
{
    struct str *list = arena_zalloc(arena, KIND_COUNT, sizeof *list);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        list[kind] = str_from(schema_of((enum kind)kind)->name);
    *names = list;
    return KIND_COUNT;
}

static size_t topics(struct arena *arena, const struct str **names)
{
    size_t rule_count = 0;
    const struct rule *rules = rules_all(&rule_count);
    struct str *list = arena_zalloc(arena, command_count + rule_count + 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < command_count; i++)
        list[count++] = str_from(command_table[i].name);
    list[count++] = STR("options");
    for (size_t i = 0; i < rule_count; i++)
        list[count++] = str_from(rules[i].code);
    *names = list;
    return count;
}

size_t completions_operands(const struct command *command, struct arena *arena,
                            const struct str **names)
{
    switch (command->operand) {
    case COMMAND_OPERAND_KIND: return kinds(arena, names);
    case COMMAND_OPERAND_TOPIC: return topics(arena, names);
    case COMMAND_OPERAND_NONE:
    case COMMAND_OPERAND_FILE:
    case COMMAND_OPERAND_FOLDER:
    case COMMAND_OPERAND_REVISION: break;
    }
    *names = NULL;
    return 0;
}
