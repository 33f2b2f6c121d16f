/* YAML into the tree of json.h.
 *
 * libyaml turns the bytes into events; this folds them with one recursive function, whose depth is
 * limited, and resolves plain scalars by the core schema of YAML 1.2 (section 10.3.2). Of YAML's
 * features we keep what a person needs in a settings file: no anchors and aliases (a small file
 * could unfold into a huge tree), no tags, no second document, no duplicate keys, no NaN. */
#include "base/yaml.h"

#include "base/json_tree.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <yaml.h>

#define MAX_DEPTH 64
#define MAX_VALUES 100000

struct reader {
    yaml_parser_t parser;
    struct ct_arena *arena;
    const char *name;
    struct ct_err *err;
    uint32_t depth, n_values;
};

static ct_code fail_at(struct reader *r, yaml_mark_t mark, const char *what)
{
    return ct_fail(r->err, CT_E_CONFIG, NULL, "%s:%zu:%zu: %s", r->name, mark.line + 1,
                   mark.column + 1, what);
}

static ct_code out_of_memory(struct reader *r)
{
    return ct_fail(r->err, CT_E_MEMORY, NULL, "%s: needs more memory than is allowed", r->name);
}

static ct_code next_event(yaml_event_t *event, struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (yaml_parser_parse(&r->parser, event))
        return CT_OK;
    if (p->error == YAML_MEMORY_ERROR)
        return out_of_memory(r);
    const char *problem = p->problem ? p->problem : "not readable as YAML";
    if (p->error == YAML_READER_ERROR)
        return ct_fail(r->err, CT_E_CONFIG, NULL, "%s:%zu:%zu: %s", r->name, p->mark.line + 1,
                       p->mark.column + 1, problem);
    return fail_at(r, p->problem_mark, problem);
}

static bool one_of(struct ct_slice text, const char *const words[4])
{
    for (int i = 0; i < 4 && words[i]; i++) {
        if (ct_slice_is(text, words[i]))
            return true;
    }
    return false;
}

static size_t count_digits(struct ct_slice text, size_t from)
{
    size_t i = from;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i - from;
}

/* 0o17 and 0xFF, without a sign. */
static bool read_based(struct ct_json *value, struct ct_slice text)
{
    bool octal = ct_slice_starts(text, "0o"), hex = ct_slice_starts(text, "0x");
    uint64_t sum = 0, base = octal ? 8 : 16;
    double number = 0;
    if (text.len < 3 || (!octal && !hex))
        return false;
    for (size_t i = 2; i < text.len; i++) {
        char c = text.ptr[i], low = (char)(c | 0x20);
        uint64_t digit = 16;
        if (c >= '0' && c <= '9')
            digit = (uint64_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            digit = (uint64_t)(low - 'a' + 10);
        if (digit >= base)
            return false;
        number = number * (double)base + (double)digit;
        sum = sum <= INT64_MAX / base ? sum * base + digit : UINT64_MAX; /* sticks at the top */
    }
    value->type = CT_JSON_INT;
    value->number = number;
    value->out_of_range = sum > INT64_MAX;
    value->integer = value->out_of_range ? INT64_MAX : (int64_t)sum;
    return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?   `text` ends in a NUL. */
static bool read_decimal(struct ct_json *value, struct ct_slice text)
{
    size_t sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    size_t whole = count_digits(text, sign), fraction = 0, at = sign + whole;
    bool real = false;
    if (at < text.len && text.ptr[at] == '.') {
        real = true;
        fraction = count_digits(text, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.len && (text.ptr[at] | 0x20) == 'e') {
        real = true;
        at++;
        at += at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
        size_t exponent = count_digits(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    if (at != text.len)
        return false;
    value->type = real ? CT_JSON_REAL : CT_JSON_INT;
    value->number = strtod(text.ptr, NULL);
    if (!real && !ct_slice_i64(ct_slice_sub(text, text.ptr[0] == '+', text.len), &value->integer)) {
        value->out_of_range = true;
        value->integer = text.ptr[0] == '-' ? INT64_MIN : INT64_MAX;
    }
    return true;
}

static bool read_infinity(struct ct_json *value, struct ct_slice text)
{
    static const char *const words[4] = { ".inf", ".Inf", ".INF" };
    bool sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    if (!one_of(ct_slice_sub(text, sign, text.len), words))
        return false;
    value->type = CT_JSON_REAL;
    value->number = text.ptr[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    return true;
}

/* Sets the type of a plain scalar from its text. */
static ct_code resolve(struct ct_json *value, struct reader *r, yaml_mark_t mark)
{
    static const char *const nulls[4] = { "null", "Null", "NULL", "~" };
    static const char *const trues[4] = { "true", "True", "TRUE" };
    static const char *const falses[4] = { "false", "False", "FALSE" };
    static const char *const nans[4] = { ".nan", ".NaN", ".NAN" };
    struct ct_slice text = value->text;
    value->type = CT_JSON_STRING;
    if (text.len == 0 || one_of(text, nulls)) {
        value->type = CT_JSON_NULL;
        value->text = (struct ct_slice){ 0 };
    } else if (one_of(text, trues) || one_of(text, falses)) {
        value->type = CT_JSON_BOOL;
        value->boolean = one_of(text, trues);
        value->text = (struct ct_slice){ 0 };
    } else if (one_of(text, nans)) {
        return fail_at(r, mark, ".nan is not a usable number");
    } else if (!read_based(value, text) && !read_decimal(value, text)) {
        read_infinity(value, text);
    }
    return CT_OK;
}

/* Copies the text of a scalar event, which must be plain text without anchor or tag. */
static ct_code scalar_text(struct ct_slice *out, struct reader *r, const yaml_event_t *event)
{
    struct ct_slice text =
        ct_slice_n((const char *)event->data.scalar.value, event->data.scalar.length);
    if (event->data.scalar.anchor)
        return fail_at(r, event->start_mark, "anchors are not supported");
    if (event->data.scalar.tag)
        return fail_at(r, event->start_mark, "tags are not supported");
    if (text.len && memchr(text.ptr, '\0', text.len))
        return fail_at(r, event->start_mark, "text may not contain the NUL character");
    *out = ct_arena_dup(r->arena, text);
    return out->ptr ? CT_OK : out_of_memory(r);
}

static ct_code read_scalar(struct ct_json *value, struct reader *r, const yaml_event_t *event)
{
    CT_TRY(scalar_text(&value->text, r, event));
    if (event->data.scalar.plain_implicit)
        return resolve(value, r, event->start_mark);
    value->type = CT_JSON_STRING;
    return CT_OK;
}

static ct_code read_node(struct ct_json **out, struct reader *r, const yaml_event_t *event,
                         struct ct_slice key);

static ct_code read_sequence(struct ct_json *array, struct reader *r)
{
    struct ct_json_parent parent;
    ct_json_parent_init(&parent, array);
    array->type = CT_JSON_ARRAY;
    for (;;) {
        CT_CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };
        struct ct_json *element;
        CT_TRY(next_event(&event, r));
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return CT_OK;
        CT_TRY(read_node(&element, r, &event, (struct ct_slice){ 0 }));
        ct_json_parent_add(&parent, element);
    }
}

static ct_code read_key(struct ct_slice *key, struct reader *r, struct ct_json_parent *parent,
                        const yaml_event_t *event)
{
    if (event->type == YAML_ALIAS_EVENT)
        return fail_at(r, event->start_mark, "aliases are not supported");
    if (event->type != YAML_SCALAR_EVENT)
        return fail_at(r, event->start_mark, "a key must be plain text");
    CT_TRY(scalar_text(key, r, event));
    if (ct_json_parent_has(parent, r->arena, *key)) {
        struct ct_slice shown = ct_utf8_cut(*key, 64);
        return ct_fail(r->err, CT_E_CONFIG, NULL, "%s:%zu:%zu: the key '%.*s' stands twice",
                       r->name, event->start_mark.line + 1, event->start_mark.column + 1,
                       CT_SARG(shown));
    }
    return ct_arena_failed(r->arena) ? out_of_memory(r) : CT_OK;
}

static ct_code read_mapping(struct ct_json *object, struct reader *r)
{
    struct ct_json_parent parent;
    ct_json_parent_init(&parent, object);
    object->type = CT_JSON_OBJECT;
    for (;;) {
        CT_CLEANUP(yaml_event_delete) yaml_event_t name = { 0 };
        CT_CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };
        struct ct_json *member;
        struct ct_slice key;
        CT_TRY(next_event(&name, r));
        if (name.type == YAML_MAPPING_END_EVENT)
            return CT_OK;
        CT_TRY(read_key(&key, r, &parent, &name));
        CT_TRY(next_event(&event, r));
        CT_TRY(read_node(&member, r, &event, key));
        ct_json_parent_add(&parent, member);
    }
}

static ct_code read_container(struct ct_json *value, struct reader *r, const yaml_event_t *event)
{
    bool mapping = event->type == YAML_MAPPING_START_EVENT;
    if (mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor)
        return fail_at(r, event->start_mark, "anchors are not supported");
    if (mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag)
        return fail_at(r, event->start_mark, "tags are not supported");
    if (r->depth == MAX_DEPTH)
        return fail_at(r, event->start_mark, "nested too deeply");
    r->depth++;
    CT_TRY(mapping ? read_mapping(value, r) : read_sequence(value, r));
    r->depth--;
    return CT_OK;
}

static ct_code read_node(struct ct_json **out, struct reader *r, const yaml_event_t *event,
                         struct ct_slice key)
{
    if (event->type == YAML_ALIAS_EVENT)
        return fail_at(r, event->start_mark, "aliases are not supported");
    if (r->n_values++ == MAX_VALUES)
        return fail_at(r, event->start_mark, "too many values");
    struct ct_json *value = ct_arena_alloc(r->arena, sizeof(*value));
    if (!value)
        return out_of_memory(r);
    value->key = key;
    value->line = (uint32_t)event->start_mark.line + 1;
    value->column = (uint32_t)event->start_mark.column + 1;
    *out = value;
    return event->type == YAML_SCALAR_EVENT ? read_scalar(value, r, event)
                                            : read_container(value, r, event);
}

/* An empty stream has no document at all. */
static ct_code empty(struct ct_json **out, struct reader *r)
{
    *out = ct_arena_alloc(r->arena, sizeof(**out));
    if (!*out)
        return out_of_memory(r);
    (*out)->line = (*out)->column = 1;
    return CT_OK;
}

static ct_code expect(struct reader *r, yaml_event_type_t type, const char *otherwise)
{
    CT_CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };
    CT_TRY(next_event(&event, r));
    return event.type == type ? CT_OK : fail_at(r, event.start_mark, otherwise);
}

static ct_code read_stream(struct ct_json **out, struct reader *r)
{
    CT_CLEANUP(yaml_event_delete) yaml_event_t document = { 0 };
    CT_CLEANUP(yaml_event_delete) yaml_event_t root = { 0 };
    CT_TRY(expect(r, YAML_STREAM_START_EVENT, "not readable as YAML"));
    CT_TRY(next_event(&document, r));
    if (document.type == YAML_STREAM_END_EVENT)
        return empty(out, r);
    CT_TRY(next_event(&root, r));
    CT_TRY(read_node(out, r, &root, (struct ct_slice){ 0 }));
    CT_TRY(expect(r, YAML_DOCUMENT_END_EVENT, "the document should end here"));
    return expect(r, YAML_STREAM_END_EVENT, "only one document is allowed");
}

ct_code ct_yaml_parse(const struct ct_json **out, struct ct_arena *arena, struct ct_slice text,
                      const char *name, struct ct_err *err)
{
    struct reader r = { .arena = arena, .name = name, .err = err };
    struct ct_json *root = NULL;
    *out = NULL;
    if (!yaml_parser_initialize(&r.parser))
        return out_of_memory(&r);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.len ? text.ptr : ""),
                                 text.len);
    ct_code code = read_stream(&root, &r);
    yaml_parser_delete(&r.parser);
    if (code == CT_OK)
        *out = root;
    return code;
}
