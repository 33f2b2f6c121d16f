/* Signed URLs: a picture can be fetched by whoever holds the URL, until it expires.
 *
 *   /v1/files/img/NAME?expires=UNIX_SECONDS&signature=64_HEX
 *
 * signature = HMAC-SHA-256(url key, "GET\n" path "\n" expires). Method, path and expiry are
 * covered, so none can be swapped; HEAD counts as GET. Thread-safe. */
#ifndef CT_POLICY_URL_SIGN_H
#define CT_POLICY_URL_SIGN_H

#include "base/buf.h"
#include "store/secret.h"

/* Appends "path?expires=...&signature=..."; a path over 512 bytes sets b->failed. */
void ct_url_sign(struct ct_buf *b, const struct ct_secret *key, const char *path, int64_t expires);
/* The same for a picture of the store, by its name. */
void ct_url_sign_picture(struct ct_buf *b, const struct ct_secret *key, const char *name,
                         int64_t expires);
/* CT_E_FORBIDDEN: the signature is not ours (also when parts are missing or twice);
 * CT_E_NOT_FOUND: it was ours, and is over. The messages leak neither. */
CT_MUSTCHECK ct_code ct_url_check(const struct ct_secret *key, struct ct_slice path,
                                  struct ct_slice query, int64_t now, struct ct_err *err);

#endif
