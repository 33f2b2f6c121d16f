/* A request whose parameters are checked and whose pictures may still be missing.
 *
 *   body --parse--> draft --(fetch, decode)--> draft --finish--> struct ct_image_request
 *
 * Whoever holds a draft gets the pictures that it names by URL (api/gather.c) and finishes it: the
 * pictures' headers are read, mask and markup are compared, `auto` becomes a size. */
#ifndef CT_CONTRACT_DRAFT_H
#define CT_CONTRACT_DRAFT_H

#include "contract/model.h"
#include "contract/size.h"

/* Indices of the mask and the markup in urls[], behind those of the pictures. */
#define CT_DRAFT_MASK CT_MAX_INPUTS
#define CT_DRAFT_MARKUP (CT_MAX_INPUTS + 1)
#define CT_DRAFT_INPUTS (CT_MAX_INPUTS + 2)

struct ct_draft {
    struct ct_image_request *request; /* in the arena it was parsed into */
    /* What is still to be got: "data:...", "https://..." or a file's id, as the input's source
     * says; ptr NULL when there is nothing. */
    struct ct_slice urls[CT_DRAFT_INPUTS];
    int n_urls;
    bool auto_size; /* of the first picture's shape */
    enum ct_resolution resolution;
};

/* The input at index i of urls[]. */
struct ct_input_image *ct_draft_input(const struct ct_draft *draft, int i);
/* Takes file as the one that urls[i] named. */
void ct_draft_put(struct ct_draft *draft, int i, struct ct_blob *file);
/* Every file is there: checks them and resolves the size. CT_E_IMAGE_FILE in the official words for
 * what is no picture. The request is immutable from here on. */
CT_MUSTCHECK ct_code ct_draft_finish(const struct ct_draft *draft, struct ct_err *err);
/* Gives the files back of a draft that does not become a request. */
void ct_draft_release(struct ct_draft *draft);

/* "data:[type][;parameter]*;base64,DATA" -> bytes. The decoded bytes are spooled to `dir`.
 * CT_E_IMAGE_URL, naming `param`. */
CT_MUSTCHECK ct_code ct_data_url_decode(struct ct_blob **out, struct ct_slice url, const char *dir,
                                        const char *param, struct ct_err *err);

#endif
