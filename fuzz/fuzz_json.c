/* ct_json_parse() on any bytes. What it accepts must be sound: strings are UTF-8 without NUL, keys
 * are unique, counts and positions are right, and the tree written out again reads back. */
#include "base/json.h"
#include "base/utf8.h"

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

static void write_value(struct ct_buf *b, const struct ct_json *value);

static void write_children(struct ct_buf *b, const struct ct_json *parent)
{
    bool object = parent->type == CT_JSON_OBJECT;
    uint32_t count = 0;
    ct_buf_putc(b, object ? '{' : '[');
    for (const struct ct_json *c = parent->child; c; c = c->next, count++) {
        if (count)
            ct_buf_putc(b, ',');
        if (object) {
            check(is_text(c->key));
            ct_json_put_string(b, c->key);
            ct_buf_putc(b, ':');
        }
        write_value(b, c);
    }
    check(count == parent->count);
    ct_buf_putc(b, object ? '}' : ']');
}

static void write_value(struct ct_buf *b, const struct ct_json *value)
{
    check(value->line >= 1 && value->column >= 1);
    switch (value->type) {
    case CT_JSON_NULL:
        ct_buf_puts(b, "null");
        break;
    case CT_JSON_BOOL:
        ct_buf_puts(b, value->boolean ? "true" : "false");
        break;
    case CT_JSON_INT:
    case CT_JSON_REAL:
        ct_buf_put(b, value->text);
        break;
    case CT_JSON_STRING:
        check(is_text(value->text));
        ct_json_put_string(b, value->text);
        break;
    case CT_JSON_ARRAY:
    case CT_JSON_OBJECT:
        write_children(b, value);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_arena *arena = ct_arena_new(8 << 20);
    const struct ct_json *root;
    struct ct_err err;
    struct ct_buf first, second;
    ct_buf_init(&first, 8 << 20);
    ct_buf_init(&second, 8 << 20);
    if (ct_json_parse(&root, arena, ct_slice_n((const char *)data, size), NULL, &err) == CT_OK) {
        write_value(&first, root);
        check(ct_json_parse(&root, arena, ct_buf_slice(&first), NULL, &err) == CT_OK);
        write_value(&second, root);
        check(ct_slice_eq(ct_buf_slice(&first), ct_buf_slice(&second)));
    } else {
        check(root == NULL && err.msg[0] && ct_utf8_valid(ct_slice(err.msg)));
    }
    ct_buf_release(&first);
    ct_buf_release(&second);
    ct_arena_free(&arena);
    return 0;
}
