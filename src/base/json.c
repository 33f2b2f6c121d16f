/* The JSON reader: recursive descent over RFC 8259, nothing more.
 *
 * A string is read in two passes. The first finds its end, validating UTF-8 and escapes on the way
 * at the speed of ct_json_plain_len(); most strings, among them megabytes of base64, are then
 * borrowed from the input. Only a string with an escape is copied, by a second pass that can no
 * longer fail. Depth and number of values are limited, so the recursion and the arena are bounded.
 *
 * Columns count characters: `wide` holds the continuation bytes seen so far on the current line. */
#include "base/json.h"

#include "base/json_tree.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_DEPTH 64
#define HIGHEST_DEPTH 512 /* what the stack of a loop thread carries easily */
#define DEFAULT_VALUES 100000

struct reader {
    const char *at, *end;
    const char *line_start;
    size_t wide;
    uint32_t line, depth, max_depth, n_values, max_values;
    struct ct_arena *arena;
    struct ct_err *err;
};

static uint32_t column(const struct reader *r, const char *at)
{
    size_t bytes = (size_t)(at - r->line_start) - r->wide;
    return bytes < UINT32_MAX ? (uint32_t)bytes + 1 : UINT32_MAX;
}

static ct_code out_of_memory(struct reader *r)
{
    return ct_fail(r->err, CT_E_MEMORY, NULL, "the JSON text needs more memory than is allowed");
}

/* Describes the byte or character at `at`. */
static void describe(char out[24], const struct reader *r, const char *at)
{
    size_t i = 0;
    if (at >= r->end) {
        snprintf(out, 24, "the end of the text");
        return;
    }
    struct ct_slice rest = ct_slice_n(at, (size_t)(r->end - at));
    uint32_t c = ct_utf8_next(rest, &i);
    bool printable = c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0);
    if (printable && (c != 0xFFFD || i > 1))
        snprintf(out, 24, "'%.*s'", (int)i, at);
    else
        snprintf(out, 24, "byte 0x%02X", (unsigned char)*at);
}

/* Fails with "line L, column C: expected <what> but found <what stands at `at`>". */
static ct_code expected(struct reader *r, const char *at, const char *what)
{
    char found[24];
    describe(found, r, at);
    return ct_fail(r->err, CT_E_JSON, NULL, "line %u, column %u: expected %s but found %s", r->line,
                   column(r, at), what, found);
}

static ct_code refused(struct reader *r, const char *at, const char *why)
{
    return ct_fail(r->err, CT_E_JSON, NULL, "line %u, column %u: %s", r->line, column(r, at), why);
}

static void skip_blanks(struct reader *r)
{
    static const char eight[] = "        ";
    while (r->at < r->end) {
        char c = *r->at;
        if (c == '\n') {
            r->line++;
            r->line_start = r->at + 1;
            r->wide = 0;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
        r->at++;
        while (r->end - r->at >= 8 && memcmp(r->at, eight, 8) == 0)
            r->at += 8; /* indentation */
    }
}

/* The four hex digits of a \u escape whose 'u' is at `at`; false when they are not there. */
static bool read_unit(uint32_t *out, const char *at, const char *end)
{
    uint32_t unit = 0;
    if (end - at < 5)
        return false;
    for (int i = 1; i <= 4; i++) {
        char c = at[i];
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return false;
        unit = unit << 4 | digit;
    }
    *out = unit;
    return true;
}

/* Checks the escape whose backslash is at r->at and steps behind it. */
static ct_code check_escape(struct reader *r)
{
    const char *at = r->at + 1;
    uint32_t unit, low;
    if (at >= r->end || !memchr("\"\\/bfnrtu", *at, 9))
        return expected(r, at, "one of \" \\ / b f n r t u behind a backslash");
    if (*at != 'u') {
        r->at = at + 1;
        return CT_OK;
    }
    if (!read_unit(&unit, at, r->end))
        return refused(r, r->at, "\\u must be followed by four hexadecimal digits");
    if (unit == 0)
        return refused(r, r->at, "a string may not contain the NUL character (\\u0000)");
    at += 5;
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        bool pair = unit < 0xDC00 && r->end - at >= 6 && at[0] == '\\' && at[1] == 'u' &&
                    read_unit(&low, at + 1, r->end) && low >= 0xDC00 && low <= 0xDFFF;
        if (!pair)
            return refused(r, r->at, "half of a surrogate pair is not a character");
        at += 6;
    }
    r->at = at;
    return CT_OK;
}

static ct_code check_character(struct reader *r)
{
    struct ct_slice rest = ct_slice_n(r->at, (size_t)(r->end - r->at));
    size_t len = 0;
    if (ct_utf8_next(rest, &len) == 0xFFFD && len == 1)
        return refused(r, r->at, "the text is not valid UTF-8");
    r->at += len;
    r->wide += len - 1;
    return CT_OK;
}

/* Writes what the escape at *from stands for; both were checked by check_escape(). */
static char *put_escape(char *to, const char **from, const char *end)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *at = *from + 1;
    uint32_t unit = 0, low = 0;
    if (*at != 'u') {
        *to = meant[(const char *)memchr(names, *at, sizeof(names)) - names];
        *from = at + 1;
        return to + 1;
    }
    read_unit(&unit, at, end);
    at += 5;
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        read_unit(&low, at + 1, end);
        at += 6;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    *from = at;
    return to + ct_utf8_put(to, unit);
}

static ct_code unescape(struct ct_slice *out, struct reader *r, struct ct_slice raw)
{
    const char *from = raw.ptr, *end = raw.ptr + raw.len;
    char *text = ct_arena_alloc(r->arena, raw.len); /* an escape is longer than what it means */
    char *to = text;
    if (!text)
        return out_of_memory(r);
    while (from < end) {
        const char *escape = memchr(from, '\\', (size_t)(end - from));
        size_t len = (size_t)((escape ? escape : end) - from);
        memcpy(to, from, len);
        to += len;
        from += len;
        if (escape)
            to = put_escape(to, &from, end);
    }
    *out = ct_slice_n(text, (size_t)(to - text));
    return CT_OK;
}

/* Reads the string whose opening quote is at r->at. */
static ct_code read_string(struct ct_slice *out, struct reader *r)
{
    const char *start = ++r->at;
    bool escaped = false;
    for (;;) {
        r->at += ct_json_plain_len(ct_slice_n(r->at, (size_t)(r->end - r->at)));
        if (r->at >= r->end)
            return expected(r, r->at, "'\"' at the end of a string");
        unsigned char c = (unsigned char)*r->at;
        if (c == '"')
            break;
        if (c < 0x20)
            return refused(r, r->at, "a control character in a string must be escaped");
        escaped |= c == '\\';
        CT_TRY(c == '\\' ? check_escape(r) : check_character(r));
    }
    struct ct_slice raw = ct_slice_n(start, (size_t)(r->at - start));
    r->at++;
    if (escaped)
        return unescape(out, r, raw);
    *out = raw;
    return CT_OK;
}

static const char *skip_digits(const struct reader *r, const char *at)
{
    while (at < r->end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* Steps over `fraction` and `exponent` behind the integer part; *real says whether there was one.
 */
static ct_code skip_fraction(struct reader *r, const char **at, bool *real)
{
    const char *p = *at, *digits;
    if (p < r->end && *p == '.') {
        *real = true;
        digits = p + 1;
        p = skip_digits(r, digits);
        if (p == digits)
            return expected(r, p, "a digit behind the decimal point");
    }
    if (p < r->end && (*p == 'e' || *p == 'E')) {
        *real = true;
        digits = p + 1;
        if (digits < r->end && (*digits == '+' || *digits == '-'))
            digits++;
        p = skip_digits(r, digits);
        if (p == digits)
            return expected(r, p, "a digit in the exponent");
    }
    *at = p;
    return CT_OK;
}

/* strtod() wants a NUL, which the input does not have. The process never leaves the C locale. */
static ct_code to_double(double *out, struct reader *r, struct ct_slice digits)
{
    char small[64];
    char *text = small;
    if (digits.len < sizeof(small)) {
        memcpy(small, digits.ptr, digits.len);
        small[digits.len] = '\0';
    } else {
        text = ct_arena_strdup(r->arena, digits);
    }
    if (!text)
        return out_of_memory(r);
    *out = strtod(text, NULL);
    return CT_OK;
}

static ct_code read_number(struct ct_json *value, struct reader *r)
{
    const char *start = r->at, *at = start;
    bool negative = *at == '-', real = false;
    at += negative;
    const char *digits = at;
    at = skip_digits(r, digits);
    if (at == digits)
        return expected(r, at, "a digit behind '-'");
    if (at - digits > 1 && *digits == '0')
        return refused(r, start, "a number may not start with a zero");
    CT_TRY(skip_fraction(r, &at, &real));
    r->at = at;
    value->text = ct_slice_n(start, (size_t)(at - start));
    value->type = real ? CT_JSON_REAL : CT_JSON_INT;
    if (real)
        return to_double(&value->number, r, value->text);
    if (ct_slice_i64(value->text, &value->integer)) {
        value->number = (double)value->integer;
        return CT_OK;
    }
    value->out_of_range = true;
    value->integer = negative ? INT64_MIN : INT64_MAX;
    return to_double(&value->number, r, value->text);
}

static ct_code read_word(struct ct_json *value, struct reader *r)
{
    static const struct {
        struct ct_slice word;
        enum ct_json_type type;
        bool boolean;
    } words[] = {
        { { "true", 4 }, CT_JSON_BOOL, true },
        { { "false", 5 }, CT_JSON_BOOL, false },
        { { "null", 4 }, CT_JSON_NULL, false },
    };
    struct ct_slice rest = ct_slice_n(r->at, (size_t)(r->end - r->at));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!ct_slice_starts(rest, words[i].word.ptr))
            continue;
        value->type = words[i].type;
        value->boolean = words[i].boolean;
        r->at += words[i].word.len;
        return CT_OK;
    }
    return expected(r, r->at, "a value");
}

static ct_code read_value(struct ct_json **out, struct reader *r, struct ct_slice key);

/* `,` or the closing bracket: sets *more, steps behind it. */
static ct_code read_comma(bool *more, struct reader *r, char closing)
{
    skip_blanks(r);
    char c = r->at < r->end ? *r->at : '\0';
    if (c != ',' && c != closing)
        return expected(r, r->at, closing == '}' ? "',' or '}'" : "',' or ']'");
    *more = c == ',';
    r->at++;
    skip_blanks(r);
    return CT_OK;
}

static ct_code read_array(struct ct_json *array, struct reader *r)
{
    struct ct_json_parent parent;
    struct ct_json *element;
    bool more = true;
    ct_json_parent_init(&parent, array);
    array->type = CT_JSON_ARRAY;
    r->at++;
    skip_blanks(r);
    if (r->at < r->end && *r->at == ']') {
        r->at++;
        return CT_OK;
    }
    while (more) {
        CT_TRY(read_value(&element, r, (struct ct_slice){ 0 }));
        ct_json_parent_add(&parent, element);
        CT_TRY(read_comma(&more, r, ']'));
    }
    return CT_OK;
}

/* `"key":`, the key not being a member yet. */
static ct_code read_key(struct ct_slice *key, struct reader *r, struct ct_json_parent *parent)
{
    const char *start = r->at;
    size_t wide = r->wide;
    if (start >= r->end || *start != '"')
        return expected(r, start, parent->node->count ? "'\"' of a key" : "'\"' of a key or '}'");
    CT_TRY(read_string(key, r));
    if (ct_json_parent_has(parent, r->arena, *key)) {
        struct ct_slice shown = ct_utf8_cut(*key, 64);
        r->wide = wide;
        return ct_fail(r->err, CT_E_JSON, NULL, "line %u, column %u: the key \"%.*s\" stands twice",
                       r->line, column(r, start), CT_SARG(shown));
    }
    if (ct_arena_failed(r->arena))
        return out_of_memory(r);
    skip_blanks(r);
    if (r->at >= r->end || *r->at != ':')
        return expected(r, r->at, "':' behind a key");
    r->at++;
    skip_blanks(r);
    return CT_OK;
}

static ct_code read_object(struct ct_json *object, struct reader *r)
{
    struct ct_json_parent parent;
    struct ct_json *member;
    struct ct_slice key;
    bool more = true;
    ct_json_parent_init(&parent, object);
    object->type = CT_JSON_OBJECT;
    r->at++;
    skip_blanks(r);
    if (r->at < r->end && *r->at == '}') {
        r->at++;
        return CT_OK;
    }
    while (more) {
        CT_TRY(read_key(&key, r, &parent));
        CT_TRY(read_value(&member, r, key));
        ct_json_parent_add(&parent, member);
        CT_TRY(read_comma(&more, r, '}'));
    }
    return CT_OK;
}

static ct_code read_container(struct ct_json *value, struct reader *r)
{
    if (r->depth == r->max_depth)
        return ct_fail(r->err, CT_E_JSON, NULL,
                       "line %u, column %u: arrays and objects nest deeper than %u levels", r->line,
                       column(r, r->at), r->max_depth);
    r->depth++;
    CT_TRY(*r->at == '{' ? read_object(value, r) : read_array(value, r));
    r->depth--;
    return CT_OK;
}

/* Reads the value at r->at (no blank there). */
static ct_code read_value(struct ct_json **out, struct reader *r, struct ct_slice key)
{
    char c = r->at < r->end ? *r->at : '\0';
    if (r->n_values == r->max_values)
        return ct_fail(r->err, CT_E_JSON, NULL, "line %u, column %u: more than %u values", r->line,
                       column(r, r->at), r->max_values);
    struct ct_json *value = ct_arena_alloc(r->arena, sizeof(*value));
    if (!value)
        return out_of_memory(r);
    r->n_values++;
    value->line = r->line;
    value->column = column(r, r->at);
    value->key = key;
    *out = value;
    if (c == '"') {
        value->type = CT_JSON_STRING;
        return read_string(&value->text, r);
    }
    if (c == '{' || c == '[')
        return read_container(value, r);
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(value, r);
    return read_word(value, r);
}

ct_code ct_json_parse(const struct ct_json **out, struct ct_arena *arena, struct ct_slice text,
                      const struct ct_json_limits *limits, struct ct_err *err)
{
    static const struct ct_json_limits defaults;
    const struct ct_json_limits *l = limits ? limits : &defaults;
    struct reader r = {
        .at = text.ptr,
        .end = text.len ? text.ptr + text.len : text.ptr,
        .line_start = text.ptr,
        .line = 1,
        .max_depth = l->max_depth ? l->max_depth : DEFAULT_DEPTH,
        .max_values = l->max_values ? l->max_values : DEFAULT_VALUES,
        .arena = arena,
        .err = err,
    };
    struct ct_json *value;
    *out = NULL;
    if (r.max_depth > HIGHEST_DEPTH)
        r.max_depth = HIGHEST_DEPTH;
    if (ct_slice_starts(text, "\xEF\xBB\xBF"))
        return refused(&r, r.at, "the text starts with a byte order mark, which JSON forbids");
    skip_blanks(&r);
    CT_TRY(read_value(&value, &r, (struct ct_slice){ 0 }));
    skip_blanks(&r);
    if (r.at < r.end)
        return expected(&r, r.at, "the end of the text");
    *out = value;
    return CT_OK;
}
