/* Masks and what is put together by them (mask.h). Called by edits on job threads.
 *
 * Mixing rounds to the nearest value and is exact at both ends, so that "everything else stays
 * identical" holds to the byte without a second look. */
#include "image/mask.h"

#include "base/mem.h"

#include <string.h>

ct_code ct_mask_new(struct ct_mask **out, int width, int height, struct ct_err *err)
{
    *out = NULL;
    if (width < 1 || height < 1 || width > CT_IMAGE_MAX_EDGE || height > CT_IMAGE_MAX_EDGE ||
        (size_t)width * (size_t)height > CT_IMAGE_MAX_PIXELS)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A mask of %dx%d pixels.", width, height);
    struct ct_mask *mask = ct_calloc(1, sizeof(*mask) + (size_t)width * (size_t)height);
    if (!mask)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a mask of %dx%d pixels.", width,
                       height);
    *mask = (struct ct_mask){ width, height, (uint8_t *)(mask + 1) };
    *out = mask;
    return CT_OK;
}

void ct_mask_free(struct ct_mask **mask)
{
    ct_free(*mask);
    *mask = NULL;
}

ct_code ct_mask_of_alpha(struct ct_mask **out, const struct ct_image *image, int width, int height,
                         struct ct_err *err)
{
    *out = NULL;
    if (image->width != width || image->height != height)
        return ct_fail(err, CT_E_IMAGE_FILE, "mask",
                       "The mask has %dx%d pixels and the first image %dx%d: they must be equal.",
                       image->width, image->height, width, height);
    if (image->channels != 4)
        return ct_fail(err, CT_E_IMAGE_FILE, "mask",
                       "The mask has no alpha channel. It must be a PNG that is transparent where "
                       "the image is to be changed.");
    CT_TRY(ct_mask_new(out, width, height, err));
    size_t n = (size_t)width * (size_t)height;
    for (size_t i = 0; i < n; i++)
        (*out)->px[i] = (uint8_t)(255 - image->px[4 * i + 3]);
    return CT_OK;
}

static unsigned mix(unsigned from, unsigned to, unsigned m)
{
    return (from * (255 - m) + to * m + 127) / 255;
}

static unsigned alpha_of(const struct ct_image *image, size_t i)
{
    return image->channels == 4 ? image->px[4 * i + 3] : 255;
}

/* Colours are mixed by what is seen of them: alpha times coverage. */
static void mix_pixel(uint8_t *to, const struct ct_image *a, const struct ct_image *b, size_t i,
                      unsigned m, int channels)
{
    const uint8_t *pa = a->px + i * (size_t)a->channels, *pb = b->px + i * (size_t)b->channels;
    unsigned aa = alpha_of(a, i), ab = alpha_of(b, i);
    if (m == 0 || m == 255) {
        memcpy(to, m ? pb : pa, 3);
    } else if (aa == ab) {
        for (int c = 0; c < 3; c++)
            to[c] = (uint8_t)mix(pa[c], pb[c], m);
    } else {
        unsigned wa = (255 - m) * aa, wb = m * ab;
        for (int c = 0; c < 3; c++)
            to[c] = (uint8_t)((pa[c] * wa + pb[c] * wb + (wa + wb) / 2) / (wa + wb));
    }
    if (channels == 4)
        to[3] = (uint8_t)mix(aa, ab, m);
}

ct_code ct_mask_mix(struct ct_image **out, const struct ct_image *original,
                    const struct ct_image *changed, const struct ct_mask *mask, struct ct_err *err)
{
    int channels = original->channels > changed->channels ? original->channels : changed->channels;
    *out = NULL;
    if (original->width != changed->width || original->height != changed->height ||
        original->width != mask->width || original->height != mask->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "Two pictures and a mask of different sizes.");
    CT_TRY(ct_image_new(out, original->width, original->height, channels, err));
    size_t n = (size_t)mask->width * (size_t)mask->height;
    for (size_t i = 0; i < n; i++)
        mix_pixel((*out)->px + i * (size_t)channels, original, changed, i, mask->px[i], channels);
    return CT_OK;
}

bool ct_mask_bounds(const struct ct_mask *mask, uint8_t least, struct ct_mask_box *box)
{
    *box = (struct ct_mask_box){ mask->width, mask->height, 0, 0 };
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            if (mask->px[(size_t)y * (size_t)mask->width + (size_t)x] < least)
                continue;
            box->x0 = x < box->x0 ? x : box->x0;
            box->x1 = x + 1 > box->x1 ? x + 1 : box->x1;
            box->y0 = y < box->y0 ? y : box->y0;
            box->y1 = y + 1;
        }
    return box->x0 < box->x1;
}

static void put_over(uint8_t *base, int channels, const uint8_t *top, unsigned alpha)
{
    unsigned below = channels == 4 ? base[3] : 255;
    unsigned rest = (below * (255 - alpha) + 127) / 255, sum = alpha + rest;
    if (alpha == 0)
        return;
    for (int c = 0; c < 3; c++)
        base[c] = (uint8_t)((top[c] * alpha + base[c] * rest + sum / 2) / sum);
    if (channels == 4)
        base[3] = (uint8_t)sum;
}

void ct_image_over(struct ct_image *base, const struct ct_image *top, int x, int y)
{
    for (int ty = 0; ty < top->height; ty++)
        for (int tx = 0; tx < top->width; tx++) {
            int64_t bx = (int64_t)x + tx, by = (int64_t)y + ty;
            if (bx < 0 || by < 0 || bx >= base->width || by >= base->height)
                continue;
            size_t i = (size_t)ty * (size_t)top->width + (size_t)tx;
            put_over(base->px + ((size_t)by * (size_t)base->width + (size_t)bx) *
                                    (size_t)base->channels,
                     base->channels, top->px + i * (size_t)top->channels, alpha_of(top, i));
        }
}
