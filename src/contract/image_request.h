/* One validated wish for pictures, whatever surface it came from: immutable, typed, resolved.
 *
 * contract/parse.h makes it out of a JSON body; after that nobody looks at JSON again. Everything
 * it points to lives in the arena it was parsed into. */
#ifndef CT_CONTRACT_IMAGE_REQUEST_H
#define CT_CONTRACT_IMAGE_REQUEST_H

#include "base/slice.h"
#include "image/codec.h"

enum ct_operation { CT_OPERATION_GENERATE };
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
enum ct_reply_as { CT_REPLY_B64_JSON, CT_REPLY_URL };
enum ct_style { CT_STYLE_UNSET, CT_STYLE_VIVID, CT_STYLE_NATURAL };
enum ct_thinking { CT_THINKING_OFF, CT_THINKING_LOW, CT_THINKING_MEDIUM, CT_THINKING_HIGH };

struct ct_model;

struct ct_image_request {
    enum ct_operation operation;
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
    /* Effective: the parameter when not empty, else `user` when a string; ptr NULL when absent. */
    struct ct_slice safety_identifier;
    /* compat: extended */
    enum ct_reply_as reply_as;
    int32_t seed; /* picture i uses seed + i (wrapping); 0 when not given */
    bool seed_given;
    enum ct_style style;
    enum ct_thinking thinking;
    bool extended; /* the contract it was parsed under: extension keys in the reply */
};

const char *ct_quality_name(enum ct_quality quality);
const char *ct_background_name(enum ct_background background);

#endif
