#include "markup_tree.h"

static void *take(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void leave(void *arena, void *bytes)
{
    (void)arena;
    (void)bytes;
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/* The one after `node` in document order, or NULL behind the last. */
static const GumboNode *next_node(const GumboNode *node, const GumboNode *root)
{
    if (is_element(node) && node->v.element.children.length > 0)
        return node->v.element.children.data[0];
    while (node != root && node->index_within_parent + 1 >= node->parent->v.element.children.length)
        node = node->parent;
    return node == root ? NULL
                        : node->parent->v.element.children.data[node->index_within_parent + 1];
}

const char *markup_tree_walk(struct str html, struct arena *arena, markup_tree_look *look,
                             void *context)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = leave;
    options.userdata = arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    const GumboOutput *output =
        gumbo_parse_with_options(&options, html.len ? html.ptr : "", html.len);
    const GumboNode *root = output->root;
    for (const GumboNode *node = next_node(root, root); node; node = next_node(node, root)) {
        const char *wrong = NULL;
        if (node->type == GUMBO_NODE_COMMENT)
            wrong = "a comment";
        else if (is_element(node))
            wrong = look(context, node);
        if (wrong)
            return wrong;
    }
    return NULL;
}
