/* Errors: the table of err.def and the one function that fills a struct ct_err.
 *
 * The message is formatted into a local array first, so an argument may point into the very error
 * that is being rewritten: ct_fail(err, code, NULL, "%s: %s", path, err->msg) is a fair call.
 * Nothing here allocates, so reporting "out of memory" works when memory is out. */
#include "base/err.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct ct_err_info infos[CT_CODE_COUNT] = {
    [CT_OK] = { 200, "", NULL, "no error" },
#define CT_ERR(id, status, type, code, doc) [CT_##id] = { status, type, code, doc },
#include "base/err.def"
#undef CT_ERR
};

static const char *const names[CT_CODE_COUNT] = {
    [CT_OK] = "OK",
#define CT_ERR(id, status, type, code, doc) [CT_##id] = #id,
#include "base/err.def"
#undef CT_ERR
};

const char *ct_err_name(ct_code code)
{
    return names[(unsigned)code < CT_CODE_COUNT ? code : CT_E_INTERNAL];
}

bool ct_err_by_name(ct_code *out, struct ct_slice name)
{
    for (unsigned i = 0; i < CT_CODE_COUNT; i++) {
        if (!ct_slice_is(name, names[i]))
            continue;
        *out = (ct_code)i;
        return true;
    }
    return false;
}

const struct ct_err_info *ct_err_info(ct_code code)
{
    if ((unsigned)code >= CT_CODE_COUNT)
        code = CT_E_INTERNAL;
    return &infos[code];
}

/* Copies what fits of `from` into `to`, cut between characters. */
static void copy_cut(char *to, size_t size, const char *from)
{
    struct ct_slice fits = ct_utf8_cut(ct_slice(from), size - 1);
    memcpy(to, fits.ptr, fits.len);
    to[fits.len] = '\0';
}

ct_code ct_fail(struct ct_err *err, ct_code code, const char *param, const char *fmt, ...)
{
    if (!err)
        return code;
    char msg[sizeof(err->msg) + 4]; /* room behind the cut shows whether it falls in a character */
    char name[sizeof(err->param) + 4];
    va_list args;
    va_start(args, fmt);
    if (vsnprintf(msg, sizeof(msg), fmt, args) < 0)
        msg[0] = '\0';
    va_end(args);
    snprintf(name, sizeof(name), "%s", param ? param : "");
    err->code = code;
    copy_cut(err->param, sizeof(err->param), name);
    copy_cut(err->msg, sizeof(err->msg), msg);
    return code;
}

ct_code ct_fail_errno(struct ct_err *err, ct_code code, const char *fmt, ...)
{
    int number = errno;
    if (!err)
        return code;
    char what[sizeof(err->msg)], why[128];
    va_list args;
    va_start(args, fmt);
    if (vsnprintf(what, sizeof(what), fmt, args) < 0)
        what[0] = '\0';
    va_end(args);
    return ct_fail(err, code, NULL, "%s: %s", what, strerror_r(number, why, sizeof(why)));
}
