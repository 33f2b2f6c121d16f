/* Denoised light of a coarse picture, with what a finer one needs to tell where it belongs.
 *
 * Large pictures are traced for squares of two by two pixels (render.c); denoise.c writes a texel
 * for each square, detail.c reads them. Both groups are one vector, so that a texel is compared
 * and weighed in a few instructions. */
#ifndef CT_SCENE_TEXEL_H
#define CT_SCENE_TEXEL_H

struct ct_texel {
    float diffuse[4];  /* divided by albedo + CT_TEXEL_ALBEDO_BIAS; the fourth is not used */
    float specular[4]; /* all other light */
    float normal[3];
    float depth;       /* its logarithm; 0 with a normal of 0: nothing was traced here */
    float albedo[3];
    float circle; /* that a point here is spread over, diameter in pixels of the fine picture */
} __attribute__((aligned(32)));

#define CT_TEXEL_ALBEDO_BIAS 0.02f

#endif
