/* See grade.h. */
#include "engines/scene/edit/grade.h"

#include "engines/scene/retouch/tone.h"

ct_code ct_grade(struct ct_image **out, const struct ct_image *image, ct_v3 gain,
                     const struct ct_mask *mask, struct ct_err *err)
{
    struct ct_tone tone;
    CT_CLEANUP(ct_image_unref) struct ct_image *graded = NULL;
    ct_tone_init(&tone);
    CT_TRY(ct_image_new(&graded, image->width, image->height, image->channels, err));
    size_t n = (size_t)image->width * (size_t)image->height, channels = (size_t)image->channels;
    memcpy(graded->px, image->px, n * channels);
    for (size_t i = 0; i < n; i++) {
        ct_v3 light = ct_tone_light(&tone, image->px + i * channels);
        ct_v3 to = v3_mul(light, gain);
        /* brighter light leans towards white instead of being cut off */
        float peak = v3_max(to);
        if (peak > 0.8f)
            to = v3_scale(to, (1 - 0.2f * 0.2f / (peak - 0.6f)) / peak);
        ct_tone_put(&tone, graded->px + i * channels, to);
    }
    if (mask)
        return ct_mask_mix(out, image, graded, mask, err);
    *out = ct_image_ref(graded);
    return CT_OK;
}
