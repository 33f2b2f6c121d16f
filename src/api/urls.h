/* Absolute URLs of this server, as its clients reach it. */
#ifndef CT_API_URLS_H
#define CT_API_URLS_H

#include "api/call.h"

/* Appends "https://pictures.example": the public_url setting, else http:// and the Host asked. */
void ct_url_put_base(struct ct_buf *b, const struct ct_call *call);
/* Appends the signed URL of a stored picture, good for url_ttl_s from now: stored keys, fresh
 * URLs. */
void ct_url_put_picture(struct ct_buf *b, const struct ct_call *call, const char *name);
/* Appends a kept reply, with the URLs of its pictures signed anew. */
void ct_url_renew(struct ct_buf *b, const struct ct_call *call, struct ct_slice text);

#endif
