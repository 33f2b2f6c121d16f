/* The server's own secret: 32 random bytes in DATA/secret (mode 0600), made at first start.
 *
 * Nobody uses it directly: each purpose derives its own key, so a key that leaks or is misused in
 * one place opens nothing else. */
#ifndef CT_STORE_SECRET_H
#define CT_STORE_SECRET_H

#include "base/err.h"

#include <stdint.h>

struct ct_secret {
    uint8_t bytes[32];
};

/* Reads DATA/secret or makes it (the folder too). CT_E_CONFIG when the file is damaged or
 * unreadable: it is never silently replaced, since that would void every signed URL. CT_E_IO when
 * a new one cannot be written. */
CT_MUSTCHECK ct_code ct_secret_open(struct ct_secret *out, const char *data_dir,
                                    struct ct_err *err);
/* One that is given: 64 hex digits (white space around them does not count), or the 32 bytes
 * themselves. `where` stands in the message. CT_E_CONFIG. */
CT_MUSTCHECK ct_code ct_secret_parse(struct ct_secret *out, struct ct_slice text, const char *where,
                                     struct ct_err *err);
/* The same from a file. CT_E_CONFIG. */
CT_MUSTCHECK ct_code ct_secret_read(struct ct_secret *out, const char *path, struct ct_err *err);
/* HMAC(secret, purpose): "url", "key", ... */
void ct_secret_derive(struct ct_secret *out, const struct ct_secret *secret, const char *purpose);
void ct_secret_wipe(struct ct_secret *secret);

#endif
