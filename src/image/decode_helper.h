/* The other end of image/decoder.h: the process that decodes.
 *
 * The program calls ct_decode_helper_main() first of all when its first argument is
 * CT_DECODE_HELPER_ARG, before it opens, reads or starts anything. */
#ifndef CT_IMAGE_DECODE_HELPER_H
#define CT_IMAGE_DECODE_HELPER_H

#include "image/decode.h"

#define CT_DECODE_HELPER_ARG "__decode"
#define CT_DECODE_HELPER_FD 3
#define CT_DECODE_HELPER_SAYS 256

/* ct_decode_with(), or what a test puts in its place. */
typedef ct_code (*ct_decode_fn)(struct ct_image **out, struct ct_slice file,
                                const struct ct_decode_params *params, struct ct_err *err);

/* Serves requests from CT_DECODE_HELPER_FD until the other end closes. Returns the exit status. */
int ct_decode_helper_main(ct_decode_fn decode);

/* One request: this, and three descriptors: the file, where pixels go, where the reply goes. */
struct ct_decode_request {
    int max_edge;
};

/* `pixels` bytes stand in the second descriptor when code is CT_OK. */
struct ct_decode_reply {
    int code; /* CT_OK, CT_E_IMAGE_FILE, CT_E_MEMORY */
    int width, height, channels;
    char says[CT_DECODE_HELPER_SAYS];
};

#endif
