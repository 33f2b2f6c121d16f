/* Pictures from outside -> pixels, decoded in a process that can do nothing else.
 *
 * A memory fault in a decoder ends that process and refuses that picture; keys, other requests and
 * the server are out of its reach (seccomp, no files, no network, bounded memory and CPU). One
 * object serves many threads. The helper is started at the first picture, by executing this
 * program again, and anew when it should die. */
#ifndef CT_IMAGE_DECODER_H
#define CT_IMAGE_DECODER_H

#include "image/decode.h"

struct ct_decoder;

struct ct_decoder_options {
    const char *program; /* what to execute with CT_DECODE_HELPER_ARG; NULL: this program */
    int at_once;         /* pictures decoded at a time, others wait; 0 = 2 */
};

/* `options` may be NULL. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_decoder_open(struct ct_decoder **out,
                                     const struct ct_decoder_options *options, struct ct_err *err);
void ct_decoder_close(struct ct_decoder **decoder); /* nobody may be decoding */

/* A file by descriptor (regular, from its start; stays the caller's) or by its bytes. The latter
 * are copied once into memory that both processes see. */
struct ct_decoder_input {
    bool is_fd;
    int fd;
    struct ct_slice bytes;
    int number; /* of the picture in its request, from 1: refusals name it; 0: says what is wrong */
};

/* Like ct_decode_with(); *out is NULL on failure. CT_E_IMAGE_FILE, with the official message when
 * the input has a number, also when the decoder crashed or ran too long; CT_E_CANCELLED within
 * 20 ms (the process finishes by itself); CT_E_MEMORY; CT_E_IO when no helper can be started. */
CT_MUSTCHECK ct_code ct_decoder_decode(struct ct_decoder *decoder, struct ct_image **out,
                                       const struct ct_decoder_input *input,
                                       const struct ct_decode_params *params, struct ct_err *err);

/* "Invalid image file or mode for image N, please check your image file." Returns the code. */
ct_code ct_image_file_refused(struct ct_err *err, int number);

/* Tests only: ends the helper as a crash would. */
void ct_decoder_kill_helper(struct ct_decoder *decoder);

#endif
