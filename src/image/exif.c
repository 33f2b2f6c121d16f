/* EXIF orientation: finds the tag in IFD0, and turns pixels by it.
 *
 * Offsets in a TIFF structure point anywhere: each is checked against the bytes there are, and
 * IFD0 is read once, with at most as many entries as fit into it. */
#include "image/exif.h"

#include "image/chunks.h"

#define ENTRY_BYTES 12
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

struct tiff {
    struct ct_slice bytes;
    bool little;
};

static uint32_t u16(const struct tiff *t, size_t at)
{
    return t->little ? ct_le16(t->bytes.ptr + at) : ct_be16(t->bytes.ptr + at);
}

static uint32_t u32(const struct tiff *t, size_t at)
{
    return t->little ? ct_le32(t->bytes.ptr + at) : ct_be32(t->bytes.ptr + at);
}

static bool open_tiff(struct tiff *t, struct ct_slice exif)
{
    if (exif.len >= 6 && memcmp(exif.ptr, "Exif\0", 6) == 0)
        exif = ct_slice_sub(exif, 6, exif.len);
    if (exif.len < 8)
        return false;
    t->bytes = exif;
    t->little = exif.ptr[0] == 'I';
    return memcmp(exif.ptr, "II*\0", 4) == 0 || memcmp(exif.ptr, "MM\0*", 4) == 0;
}

int ct_exif_orientation(struct ct_slice exif)
{
    struct tiff t;
    if (!open_tiff(&t, exif))
        return 1;
    size_t len = t.bytes.len, at = u32(&t, 4);
    if (at > len || len - at < 2)
        return 1;
    size_t n = u16(&t, at);
    at += 2;
    for (; n > 0 && len - at >= ENTRY_BYTES; n--, at += ENTRY_BYTES) {
        if (u16(&t, at) != TAG_ORIENTATION)
            continue;
        uint32_t value = u16(&t, at + 8);
        bool valid = u16(&t, at + 2) == TYPE_SHORT && u32(&t, at + 4) == 1;
        return valid && value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* Where pixel (0, 0) of the upright picture stands in the old one, and the steps from there, in
 * pixels: along a row of the new picture, and down one of its columns. */
static void find_steps(int orientation, ptrdiff_t w, ptrdiff_t h, ptrdiff_t *from, ptrdiff_t *along,
                       ptrdiff_t *down)
{
    const ptrdiff_t right = w - 1, bottom = (h - 1) * w;
    const ptrdiff_t steps[9][3] = {
        [1] = { 0, 1, w },           [2] = { right, -1, w }, [3] = { right + bottom, -1, -w },
        [4] = { bottom, 1, -w },     [5] = { 0, w, 1 },      [6] = { bottom, -w, 1 },
        [7] = { right + bottom, -w, -1 }, [8] = { right, w, -1 },
    };
    *from = steps[orientation][0];
    *along = steps[orientation][1];
    *down = steps[orientation][2];
}

ct_code ct_exif_upright(struct ct_image **image, int orientation, struct ct_err *err)
{
    struct ct_image *old = *image, *new;
    ptrdiff_t from, along, down;
    if (orientation <= 1 || orientation > 8)
        return CT_OK;
    bool turns = ct_exif_turns(orientation);
    int width = turns ? old->height : old->width, height = turns ? old->width : old->height;
    CT_TRY(ct_image_new(&new, width, height, old->channels, err));
    find_steps(orientation, old->width, old->height, &from, &along, &down);
    size_t channels = (size_t)old->channels;
    uint8_t *to = new->px;
    for (int y = 0; y < height; y++) {
        ptrdiff_t at = from + y * down;
        for (int x = 0; x < width; x++, at += along, to += channels)
            memcpy(to, old->px + (size_t)at * channels, channels);
    }
    ct_image_unref(image);
    *image = new;
    return CT_OK;
}
