/* A request with pictures as text, to be read again when its turn comes: its parameters as they
 * were given, without the pictures, which are kept beside it (store/job_files.h).
 *
 *   {"route":"edit","pictures":2,"mask":false,"form":{"model":"gpt-image-2","n":"2",...}}
 *   {"route":"edit","pictures":1,"mask":false,"markup":true,"form":{...}}
 *   {"route":"generate","pictures":1,"mask":false,"json":{...,"image_urls":["https://..."]}}
 *
 * It goes through the same contract again, so there is one way to make a request. Where the JSON
 * named a picture there is still a reference, without the bytes of a data URL. */
#ifndef CT_CONTRACT_KEEP_H
#define CT_CONTRACT_KEEP_H

#include "contract/parse.h"

#define CT_KEEP_MAX ((size_t)8 << 20)

/* Appends the text of a request of that route, made from `body`. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_keep_write(struct ct_buf *out, enum ct_operation route,
                                   const struct ct_body *body,
                                   const struct ct_image_request *request, struct ct_err *err);

/* Gives picture i, CT_DRAFT_MASK for the mask, CT_DRAFT_MARKUP for the markup. */
typedef ct_code (*ct_keep_file)(void *ctx, struct ct_blob **out, int i, struct ct_err *err);

/* Reads it again: a request whose files are the ones `file` gives. `text` and the arena must
 * outlive the request. CT_E_INTERNAL for a text that we did not write. */
CT_MUSTCHECK ct_code ct_keep_read(const struct ct_image_request **out, struct ct_arena *arena,
                                  struct ct_slice text, ct_keep_file file, void *ctx,
                                  const struct ct_contract *contract, struct ct_err *err);

#endif
