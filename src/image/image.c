/* Pixels and their reference count.
 *
 * The count sits in front of the pixels in one zeroed allocation, so that a picture is one
 * allocation to fail and one to free. Large ones come from the kernel as zero pages, which makes
 * "pixels are zeroed" cost nothing. Any thread may ref and unref; nobody writes once shared. */
#include "image/image.h"

#include "base/mem.h"

#include <stdatomic.h>

struct shared_image {
    struct ct_image image; /* first: the public pointer is the pointer to the whole */
    atomic_int refs;
    uint8_t px[];
};

ct_code ct_image_new(struct ct_image **out, int width, int height, int channels, struct ct_err *err)
{
    *out = NULL;
    if (width < 1 || height < 1 || width > CT_IMAGE_MAX_EDGE || height > CT_IMAGE_MAX_EDGE)
        return ct_fail(err, CT_E_INTERNAL, NULL,
                       "A picture of %dx%d pixels: both edges must be from 1 to %d.", width, height,
                       CT_IMAGE_MAX_EDGE);
    if ((size_t)width * (size_t)height > CT_IMAGE_MAX_PIXELS)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A picture of %dx%d pixels: more than %u in all.",
                       width, height, CT_IMAGE_MAX_PIXELS);
    if (channels != 3 && channels != 4)
        return ct_fail(err, CT_E_INTERNAL, NULL,
                       "A picture of %d channels: must be 3 (RGB) or 4 (RGBA).", channels);
    /* The limits keep this below 2^28 bytes: nothing to overflow. */
    size_t n_bytes = (size_t)width * (size_t)height * (size_t)channels;
    struct shared_image *s = ct_calloc(1, sizeof(*s) + n_bytes);
    if (!s)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a picture of %dx%d pixels.",
                       width, height);
    s->image = (struct ct_image){ .width = width, .height = height, .channels = channels };
    s->image.px = s->px;
    atomic_init(&s->refs, 1);
    *out = &s->image;
    return CT_OK;
}

struct ct_image *ct_image_ref(struct ct_image *image)
{
    if (image)
        atomic_fetch_add_explicit(&((struct shared_image *)image)->refs, 1, memory_order_relaxed);
    return image;
}

void ct_image_unref(struct ct_image **image)
{
    struct shared_image *s = (struct shared_image *)*image;
    *image = NULL;
    /* acq_rel: what other threads did with the pixels happens before the free. */
    if (s && atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) == 1)
        ct_free(s);
}
