/* The master secret's file. Read or made once at start; see secret.h. */
#include "store/secret.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdio.h>

#define FILE_MAX ((size_t)4096)

static ct_code make_secret(struct ct_secret *out, const char *data_dir, const char *path,
                           struct ct_err *err)
{
    CT_TRY(ct_mkdir_all(data_dir, 0700, err));
    ct_random(out->bytes, sizeof(out->bytes));
    return ct_file_write(path, out->bytes, sizeof(out->bytes), 0600, err);
}

ct_code ct_secret_open(struct ct_secret *out, const char *data_dir, struct ct_err *err)
{
    char path[4096];
    struct ct_buf file;

    if (snprintf(path, sizeof(path), "%s/secret", data_dir) >= (int)sizeof(path))
        return ct_fail(err, CT_E_CONFIG, NULL, "The path of the data folder is too long.");
    ct_buf_init(&file, FILE_MAX);
    ct_code rc = ct_file_read(&file, path, err);
    if (rc == CT_E_NOT_FOUND) {
        rc = make_secret(out, data_dir, path, err);
    } else if (rc == CT_OK && file.len != sizeof(out->bytes)) {
        rc = ct_fail(err, CT_E_CONFIG, NULL,
                     "%s holds %zu bytes instead of %zu: restore it from a backup, or delete it "
                     "to get a new one (which voids all signed URLs).",
                     path, file.len, sizeof(out->bytes));
    } else if (rc == CT_OK) {
        memcpy(out->bytes, file.data, sizeof(out->bytes));
    } else if (rc == CT_E_IO) {
        struct ct_err cause = err ? *err : (struct ct_err){ 0 };
        rc = ct_fail(err, CT_E_CONFIG, NULL, "The server's secret cannot be read (%s).", cause.msg);
    }
    if (file.data)
        ct_wipe(file.data, file.len);
    ct_buf_release(&file);
    return rc;
}

ct_code ct_secret_parse(struct ct_secret *out, struct ct_slice text, const char *where,
                        struct ct_err *err)
{
    if (text.len == sizeof(out->bytes)) {
        memcpy(out->bytes, text.ptr, sizeof(out->bytes));
        return CT_OK;
    }
    if (ct_unhex(out->bytes, sizeof(out->bytes), ct_slice_trim(text)))
        return CT_OK;
    return ct_fail(err, CT_E_CONFIG, NULL,
                   "%s: the server's secret is 64 hex digits, or 32 bytes in a file; "
                   "`openssl rand -hex 32` makes one.",
                   where);
}

ct_code ct_secret_read(struct ct_secret *out, const char *path, struct ct_err *err)
{
    struct ct_buf file;
    struct ct_err cause = { 0 };
    ct_buf_init(&file, FILE_MAX);
    ct_code rc = ct_file_read(&file, path, &cause);
    if (rc != CT_OK)
        rc = ct_fail(err, CT_E_CONFIG, NULL, "The server's secret cannot be read (%s).", cause.msg);
    else
        rc = ct_secret_parse(out, ct_buf_slice(&file), path, err);
    if (file.data)
        ct_wipe(file.data, file.len);
    ct_buf_release(&file);
    return rc;
}

void ct_secret_derive(struct ct_secret *out, const struct ct_secret *secret, const char *purpose)
{
    ct_hmac_sha256(out->bytes, secret->bytes, sizeof(secret->bytes), purpose, strlen(purpose));
}

void ct_secret_wipe(struct ct_secret *secret)
{
    ct_wipe(secret, sizeof(*secret));
}
