/* One validated wish for pictures, whatever surface it came from: immutable, typed, resolved.
 *
 * contract/parse.h makes it out of a body; after that nobody looks at JSON or forms again. What it
 * points to lives in the arena it was parsed into, except the files of its input pictures: those
 * are references that ct_image_request_release() gives back (the job does). */
#ifndef CT_CONTRACT_IMAGE_REQUEST_H
#define CT_CONTRACT_IMAGE_REQUEST_H

#include "base/blob.h"
#include "image/codec.h"

enum ct_operation { CT_OPERATION_GENERATE, CT_OPERATION_EDIT, CT_OPERATION_VARIATION };
enum ct_quality {
    CT_QUALITY_LOW,
    CT_QUALITY_MEDIUM,
    CT_QUALITY_HIGH,
    CT_QUALITY_XHIGH,
    CT_QUALITY_MAX,
    CT_QUALITY_COUNT
};
enum ct_background { CT_BACKGROUND_OPAQUE, CT_BACKGROUND_TRANSPARENT };
enum ct_moderation { CT_MODERATION_AUTO, CT_MODERATION_LOW };
enum ct_input_fidelity { CT_FIDELITY_UNSET, CT_FIDELITY_LOW, CT_FIDELITY_HIGH };
enum ct_reply_as { CT_REPLY_B64_JSON, CT_REPLY_URL };
enum ct_style { CT_STYLE_UNSET, CT_STYLE_VIVID, CT_STYLE_NATURAL };
enum ct_thinking { CT_THINKING_OFF, CT_THINKING_LOW, CT_THINKING_MEDIUM, CT_THINKING_HIGH };

struct ct_model;

#define CT_MAX_INPUTS 16
#define CT_INPUT_MAX_BYTES ((size_t)50 << 20) /* of one input picture's file */

enum ct_input_source {
    CT_INPUT_UPLOAD,   /* a part of a form, or a file of the command line */
    CT_INPUT_DATA_URL, /* written into the request */
    CT_INPUT_URL,      /* fetched for it */
    CT_INPUT_FILE_ID,  /* of the Files API */
};

/* A picture that comes with the request, as a file: encoded, foreign, not yet decoded. Its header
 * was read and checked; its pixels may still turn out to be undecodable. */
struct ct_input_image {
    struct ct_blob *file; /* a reference; large ones are unlinked files mapped read-only */
    enum ct_input_source source;
    char param[48];        /* who is named when it is refused: "image", "images[1].image_url" */
    enum ct_format format; /* by its first bytes */
    int width, height;     /* pixels, EXIF orientation applied */
};

struct ct_image_request {
    enum ct_operation operation;
    enum ct_operation asked_as; /* of the route, which names the events of a stream: a generation
                                   with image_urls is an edit */
    const struct ct_model *model; /* borrowed from the catalogue */
    struct ct_slice prompt;       /* UTF-8, 1..32,000 characters */
    int n;                        /* 1..10 */
    int width, height;            /* resolved pixels, never "auto" */
    enum ct_quality quality;      /* resolved */
    enum ct_format format;
    int compression;               /* 0..100, JPEG and WebP; 100 when not given */
    enum ct_background background; /* resolved */
    enum ct_moderation moderation;
    bool stream;
    int partial_images; /* 0..3; 0 unless stream */
    /* Edits: 1..16 pictures and perhaps a mask, which belongs to the first of them. Generations
     * have neither, variations one picture. */
    struct ct_input_image inputs[CT_MAX_INPUTS];
    int n_inputs;
    struct ct_input_image mask; /* file NULL: none */
    /* Strokes over the first picture, of its size, that say where the prompt's change belongs;
     * never with a mask. file NULL: none */
    struct ct_input_image markup;
    enum ct_input_fidelity input_fidelity;
    /* Effective: the parameter when not empty, else `user` when a string; ptr NULL when absent. */
    struct ct_slice safety_identifier;
    /* compat: extended */
    enum ct_reply_as reply_as;
    bool reply_as_given;
    bool async; /* answered 202 with a task */
    struct ct_slice callback_url; /* told of the task's end, and so async; ptr NULL: none */
    int32_t seed; /* of the first picture; 0 when not given */
    bool seed_given;
    enum ct_style style;
    enum ct_thinking thinking;
    bool extended; /* the contract it was parsed under: extension keys in the reply */
};

/* One more reference to each file of the inputs, for a second owner of the request. */
void ct_image_request_ref(const struct ct_image_request *request);
/* Gives the files of the inputs back; the request itself goes with its arena. NULL is fine. */
void ct_image_request_release(const struct ct_image_request *request);

/* Pictures whose seeds lie in one block of this many share palette and style, and differ in what
 * goes with the seed itself: a request's own pictures do, unless its first seed lies so near the
 * end of a block that they run into the next. */
#define CT_SET_SEEDS 16
/* The seed of picture i: the first one's plus i, wrapping (contract 7.2). A request with n 1 and
 * that seed draws the same picture. */
int32_t ct_picture_seed(const struct ct_image_request *request, int i);

const char *ct_quality_name(enum ct_quality quality);
const char *ct_background_name(enum ct_background background);

#endif
