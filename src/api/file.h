/* The Files API (contract 4.2): what the handlers share. */
#ifndef CT_API_FILE_H
#define CT_API_FILE_H

#include "api/call.h"

#define CT_FILE_REPLY_MAX ((size_t)16 << 20)

/* The purposes that a client may give; the refusal lists them. */
CT_MUSTCHECK ct_code ct_file_check_purpose(struct ct_slice purpose, struct ct_err *err);
/* Appends the file object. */
void ct_file_put_object(struct ct_buf *b, const struct ct_file *file);
/* Runs fn on a worker, which answers the call and frees ctx. When too many are waiting it answers
 * 503 and frees ctx (ct_free) itself. */
void ct_file_work(struct ct_call *call, void (*fn)(struct ct_call *call, void *ctx), void *ctx);

#endif
