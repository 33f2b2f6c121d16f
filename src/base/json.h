/* JSON (RFC 8259), read strictly and written by direct append.
 *
 * The reader is the first stage of the contract, so it keeps what the contract must report:
 * duplicate keys are an error, integers stay exact, strings are valid UTF-8 without NUL and
 * without lone surrogates, every value knows where it stood. Text that needs no unescaping is
 * borrowed from the input: input and arena must outlive the tree. */
#ifndef CT_BASE_JSON_H
#define CT_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum ct_json_type {
    CT_JSON_NULL,
    CT_JSON_BOOL,
    CT_JSON_INT,  /* no fraction, no exponent */
    CT_JSON_REAL, /* the rest, also what overflows a double (number = +-HUGE_VAL) */
    CT_JSON_STRING,
    CT_JSON_ARRAY,
    CT_JSON_OBJECT,
};

struct ct_json {
    enum ct_json_type type;
    uint32_t line, column;       /* of the value's first byte, both from 1 */
    struct ct_slice key;         /* of a member of an object */
    const struct ct_json *next;  /* sibling */
    const struct ct_json *child; /* first member or element */
    uint32_t count;              /* members or elements */
    bool boolean;
    bool out_of_range;           /* CT_JSON_INT beyond int64: `integer` is clamped */
    int64_t integer;
    double number;               /* also set for CT_JSON_INT */
    struct ct_slice text;        /* string value unescaped; for numbers the digits as written */
};

struct ct_json_limits {
    uint32_t max_depth;  /* 0 = 64 */
    uint32_t max_values; /* 0 = 100,000 */
};

/* *out is valid until the arena is reset. CT_E_JSON says what stood where; CT_E_MEMORY when the
 * arena is full. `limits` may be NULL. */
CT_MUSTCHECK ct_code ct_json_parse(const struct ct_json **out, struct ct_arena *arena,
                                   struct ct_slice text, const struct ct_json_limits *limits,
                                   struct ct_err *err);
/* Member of an object, NULL when absent or when `object` is NULL or no object. */
const struct ct_json *ct_json_get(const struct ct_json *object, const char *key);
const char *ct_json_type_name(const struct ct_json *value); /* "a string", "a decimal number" */

/* Writing: `"text"` with the escapes JSON needs; invalid UTF-8 becomes U+FFFD. */
void ct_json_put_string(struct ct_buf *b, struct ct_slice text);
void ct_json_put_cstring(struct ct_buf *b, const char *text_or_null); /* null for NULL */
/* `"key":` with a comma before it unless the buffer ends in '{' or '['. */
void ct_json_put_key(struct ct_buf *b, const char *key);

#endif
