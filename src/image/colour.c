/* ICC profiles (colour.h). Called by the decoders, in the helper process for foreign files.
 *
 * Perceptual intent with black point compensation off: what Little CMS does by default and what
 * browsers show. CMYK without a profile is multiplied out, (1-C)(1-K), as they do too. */
#include "image/colour.h"

#include <lcms2.h>
#include <string.h>

#define TYPE_GREY_ALPHA_8 (COLORSPACE_SH(PT_GRAY) | EXTRA_SH(1) | CHANNELS_SH(1) | BYTES_SH(1))
#define NEAR_SRGB 1 /* code values by which a profile may differ and still count as sRGB */

struct kind {
    cmsUInt32Number in, out;
    cmsColorSpaceSignature space;
    bool alpha;
};

static const struct kind kinds[] = {
    [CT_COLOURS_GREY] = { TYPE_GRAY_8, TYPE_RGB_8, cmsSigGrayData, false },
    [CT_COLOURS_GREY_ALPHA] = { TYPE_GREY_ALPHA_8, TYPE_RGBA_8, cmsSigGrayData, true },
    [CT_COLOURS_RGB] = { TYPE_RGB_8, TYPE_RGB_8, cmsSigRgbData, false },
    [CT_COLOURS_RGB_ALPHA] = { TYPE_RGBA_8, TYPE_RGBA_8, cmsSigRgbData, true },
    [CT_COLOURS_CMYK] = { TYPE_CMYK_8, TYPE_RGB_8, cmsSigCmykData, false },
    [CT_COLOURS_CMYK_INVERTED] = { TYPE_CMYK_8_REV, TYPE_RGB_8, cmsSigCmykData, false },
};

static void make_transform(struct ct_colour *c, cmsHPROFILE profile, cmsHPROFILE srgb)
{
    const struct kind *k = &kinds[c->from];
    if (!profile || !srgb || cmsGetColorSpace(profile) != k->space)
        return;
    c->transform =
        cmsCreateTransformTHR(c->context, profile, k->in, srgb, k->out, INTENT_PERCEPTUAL,
                              cmsFLAGS_NOCACHE | (k->alpha ? cmsFLAGS_COPY_ALPHA : 0));
}

/* Corners, greys and some colours between them come back as they went in. */
static bool changes_nothing(const struct ct_colour *c)
{
    static const uint8_t probes[][3] = { { 255, 0, 0 },     { 0, 255, 0 },    { 0, 0, 255 },
                                         { 255, 255, 255 }, { 0, 0, 0 },      { 128, 128, 128 },
                                         { 40, 40, 40 },    { 200, 120, 60 }, { 60, 140, 200 } };
    uint8_t in[4] = { 0, 0, 0, 255 }, out[4] = { 0 };
    if (c->from != CT_COLOURS_RGB && c->from != CT_COLOURS_RGB_ALPHA)
        return false;
    for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
        memcpy(in, probes[i], 3);
        cmsDoTransform(c->transform, in, out, 1);
        for (int k = 0; k < 3; k++)
            if (in[k] - out[k] > NEAR_SRGB || out[k] - in[k] > NEAR_SRGB)
                return false;
    }
    return true;
}

static void drop_transform(struct ct_colour *c)
{
    if (c->transform)
        cmsDeleteTransform(c->transform);
    c->transform = NULL;
}

void ct_colour_open(struct ct_colour *colour, enum ct_colours from, struct ct_slice profile)
{
    *colour = (struct ct_colour){ .from = from };
    if (profile.len == 0 || profile.len > CT_PROFILE_MAX)
        return;
    colour->context = cmsCreateContext(NULL, NULL);
    if (!colour->context)
        return;
    cmsHPROFILE in =
        cmsOpenProfileFromMemTHR(colour->context, profile.ptr, (cmsUInt32Number)profile.len);
    cmsHPROFILE srgb = cmsCreate_sRGBProfileTHR(colour->context);
    make_transform(colour, in, srgb);
    if (in)
        cmsCloseProfile(in);
    if (srgb)
        cmsCloseProfile(srgb);
    if (colour->transform && changes_nothing(colour))
        drop_transform(colour);
}

void ct_colour_close(struct ct_colour *colour)
{
    drop_transform(colour);
    if (colour->context)
        cmsDeleteContext(colour->context);
    colour->context = NULL;
}

static void spread_grey(uint8_t *to, const uint8_t *row, size_t n, size_t channels)
{
    for (size_t i = 0; i < n; i++, row += channels, to += channels + 2) {
        to[0] = to[1] = to[2] = row[0];
        if (channels == 2)
            to[3] = row[1];
    }
}

static void multiply_out(uint8_t *to, const uint8_t *row, size_t n, unsigned flip)
{
    for (size_t i = 0; i < n; i++, row += 4, to += 3) {
        unsigned paper = row[3] ^ flip; /* 255: no black */
        for (int c = 0; c < 3; c++)
            to[c] = (uint8_t)(((row[c] ^ flip) * paper + 127) / 255);
    }
}

void ct_colour_row(const struct ct_colour *colour, uint8_t *to, const uint8_t *row, size_t n)
{
    if (colour->transform) {
        cmsDoTransform(colour->transform, row, to, (cmsUInt32Number)n);
        return;
    }
    switch (colour->from) {
    case CT_COLOURS_GREY:
        spread_grey(to, row, n, 1);
        break;
    case CT_COLOURS_GREY_ALPHA:
        spread_grey(to, row, n, 2);
        break;
    case CT_COLOURS_CMYK:
        multiply_out(to, row, n, 255);
        break;
    case CT_COLOURS_CMYK_INVERTED:
        multiply_out(to, row, n, 0);
        break;
    case CT_COLOURS_RGB:
    case CT_COLOURS_RGB_ALPHA:
        if (to != row)
            memcpy(to, row, n * (colour->from == CT_COLOURS_RGB ? 3 : 4));
        break;
    }
}
