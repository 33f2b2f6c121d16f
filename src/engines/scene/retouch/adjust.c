/* Code values, as photo editors do it: contrast about the middle grey, saturation about the luma. A
 * blur is three means over squares, of covered pixels alone: a subject in front leaves no halo. */
#include "engines/scene/retouch/adjust.h"

#include "engines/scene/retouch/plane.h"
#include "image/resize.h"


#define MIDDLE 118.0f
#define BLUR_PASSES 3

static float share_at(const struct ct_mask *mask, size_t i)
{
    return mask ? (float)mask->px[i] / 255 : 1;
}

static void adjust_pixel(uint8_t *px, const struct ct_adjust *how, float share)
{
    static const float warm[3] = { 0.10f, 0.0f, -0.14f };
    float luma = 0.299f * px[0] + 0.587f * px[1] + 0.114f * px[2];
    for (int c = 0; c < 3; c++) {
        float v = luma + how->saturation * ((float)px[c] - luma);
        v *= 1 + how->warmth * warm[c];
        v = MIDDLE + how->contrast * (v - MIDDLE);
        v = px[c] + share * (v - px[c]);
        px[c] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5f);
    }
}

static void soften(struct ct_plane *plane, struct ct_plane *scratch, int radius)
{
    for (int i = 0; i < BLUR_PASSES; i++)
        ct_plane_mean(plane, scratch, radius);
}

struct planes {
    struct ct_plane weight, value, scratch;
};

static void blur_channel(struct ct_image *image, const struct ct_mask *mask, struct planes *p,
                         size_t c, int radius)
{
    size_t n = (size_t)image->width * (size_t)image->height, channels = (size_t)image->channels;
    for (size_t i = 0; i < n; i++)
        p->value.v[i] = share_at(mask, i) * (float)image->px[i * channels + c];
    soften(&p->value, &p->scratch, radius);
    for (size_t i = 0; i < n; i++) {
        uint8_t *px = &image->px[i * channels + c];
        float share = share_at(mask, i), v = p->value.v[i] / (p->weight.v[i] + 1e-4f);
        v = *px + share * (v - *px);
        *px = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5f);
    }
}

static ct_code blur(struct ct_image *image, const struct ct_mask *mask, int radius,
                    struct ct_err *err)
{
    struct planes p = { .weight = { 0 } };
    size_t n = (size_t)image->width * (size_t)image->height;
    ct_code rc = ct_plane_open(&p.weight, image->width, image->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&p.value, image->width, image->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&p.scratch, image->width, image->height, err);
    if (rc == CT_OK) {
        for (size_t i = 0; i < n; i++)
            p.weight.v[i] = share_at(mask, i);
        soften(&p.weight, &p.scratch, radius);
        for (size_t c = 0; c < 3; c++)
            blur_channel(image, mask, &p, c, radius);
    }
    ct_plane_release(&p.weight);
    ct_plane_release(&p.value);
    ct_plane_release(&p.scratch);
    return rc;
}

ct_code ct_adjust(struct ct_image **out, const struct ct_image *image, const struct ct_mask *mask,
                  const struct ct_adjust *how, struct ct_err *err)
{
    size_t n = (size_t)image->width * (size_t)image->height, channels = (size_t)image->channels;
    int longer = image->width > image->height ? image->width : image->height;
    int radius = (int)(how->blur * (float)longer / 1000 + 0.5f);
    CT_TRY(ct_crop(out, image, 0, 0, image->width, image->height, err));
    ct_code rc = radius > 0 ? blur(*out, mask, radius, err) : CT_OK;
    for (size_t i = 0; i < n && rc == CT_OK; i++)
        adjust_pixel((*out)->px + i * channels, how, share_at(mask, i));
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}
