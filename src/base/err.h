/* The one error type.
 *
 * A fallible call returns a ct_code (CT_OK is 0) and takes `struct ct_err *err` last; on failure
 * it fills *err through ct_fail() and returns the code, so `return ct_fail(...)` is the idiom.
 * `err` may be NULL when the caller wants only the code. The message is written for the user who
 * caused it: which parameter, which value, what would be right. It never carries a secret.
 * There is no thread-local or global error. Functions here are thread-safe. */
#ifndef CT_BASE_ERR_H
#define CT_BASE_ERR_H

#include "base/slice.h"

#define CT_MUSTCHECK __attribute__((warn_unused_result))
#define CT_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

typedef enum ct_code {
    CT_OK = 0,
#define CT_ERR(id, status, type, code, doc) CT_##id,
#include "base/err.def"
#undef CT_ERR
    CT_CODE_COUNT
} ct_code;

struct ct_err {
    ct_code code;
    char param[64]; /* the parameter at fault, "" for none (null on the wire) */
    char msg[1024]; /* one sentence or two, UTF-8, NUL-terminated, cut at a character */
};

/* What the wire shows for a code; the strings live forever. `code` may be NULL (null on the wire).
 */
struct ct_err_info {
    int status;
    const char *type;
    const char *code;
    const char *doc;
};
const struct ct_err_info *ct_err_info(ct_code code);
/* "E_RATE": the row's id, which stands in logs, metrics and databases; it does not change when rows
 * are added, as the number does. */
const char *ct_err_name(ct_code code);
/* The row of that id; false when there is none. */
bool ct_err_by_name(ct_code *out, struct ct_slice name);

/* Fills *err (unless NULL) and returns `code`. `param` may be NULL. */
ct_code ct_fail(struct ct_err *err, ct_code code, const char *param, const char *fmt, ...)
    CT_PRINTF(4, 5);
/* The same for a failed system call: appends strerror(errno). */
ct_code ct_fail_errno(struct ct_err *err, ct_code code, const char *fmt, ...) CT_PRINTF(3, 4);

/* Returns the code to the caller when it is not CT_OK. The only control-flow macro we have. */
#define CT_TRY(expression)                                                                         \
    do {                                                                                           \
        ct_code ct_try_code_ = (expression);                                                       \
        if (ct_try_code_ != CT_OK)                                                                 \
            return ct_try_code_;                                                                   \
    } while (0)

/* CT_CLEANUP(ct_thing_free) struct ct_thing *t = NULL;  runs ct_thing_free(&t) at scope end. */
#define CT_CLEANUP(fn) __attribute__((cleanup(fn)))

#endif
