/* ct_yaml_parse() on any bytes: a tree whose text is UTF-8 without NUL, or a message that says
 * where. */
#include "base/utf8.h"
#include "base/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static bool is_text(struct ct_slice text)
{
    return ct_utf8_valid(text) && (text.len == 0 || !memchr(text.ptr, '\0', text.len));
}

/* The reader bounds the depth, and with it this recursion. */
static void walk(const struct ct_json *value)
{
    uint32_t count = 0;
    check(value->line >= 1 && value->column >= 1);
    check(is_text(value->key) && is_text(value->text));
    check(!(value->number != value->number)); /* no NaN */
    for (const struct ct_json *c = value->child; c; c = c->next, count++)
        walk(c);
    check(count == value->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_arena *arena = ct_arena_new(8 << 20);
    const struct ct_json *root;
    struct ct_err err;
    struct ct_slice text = ct_slice_n((const char *)data, size);
    if (ct_yaml_parse(&root, arena, text, "f", &err) == CT_OK)
        walk(root);
    else
        check(root == NULL && ct_slice_starts(ct_slice(err.msg), "f:") &&
              ct_utf8_valid(ct_slice(err.msg)));
    ct_arena_free(&arena);
    return 0;
}
