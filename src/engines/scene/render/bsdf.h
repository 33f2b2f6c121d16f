/* How an opaque surface scatters light: clear coat over a microfacet lobe over diffuse and sheen.
 *
 * Directions are unit vectors in world space that point away from the surface. Everything here is
 * hot (isa.h) and pure. Sources: GGX with Smith's masking (Walter 2007), Schlick's Fresnel,
 * visible-normal sampling by spherical caps (Dupuy and Benyoub 2023), sheen distribution and
 * albedo scaling after Estevez and Kulla 2017 with the visibility of Neubelt and Pettineo 2013. */
#ifndef CT_SCENE_BSDF_H
#define CT_SCENE_BSDF_H

#include "engines/scene/render/isa.h"
#include "engines/scene/render/world.h"

struct ct_bsdf {
    ct_v3 n, t, b; /* shading frame */
    ct_v3 diffuse; /* albedo of the diffuse lobe */
    ct_v3 f0;      /* reflectance of the microfacet lobe at normal incidence */
    ct_v3 sheen;
    float alpha, coat, coat_alpha;
    float sheen_view;            /* share of light that the sheen takes on the way in */
    float p_diffuse, p_specular; /* chances of the lobes; the rest is the coat's */
};

/* The split in diffuse and specular light is for the denoiser. Both include the cosine. */
struct ct_scatter {
    ct_v3 diffuse, specular;
    float pdf; /* of ct_bsdf_sample() for this direction, per steradian */
};

#define ct_bsdf_init CT_ISA_NAME(ct_bsdf_init)
#define ct_bsdf_eval CT_ISA_NAME(ct_bsdf_eval)
#define ct_bsdf_sample CT_ISA_NAME(ct_bsdf_sample)
#define ct_ggx_sample CT_ISA_NAME(ct_ggx_sample)

/* From a surface whose normal is unit and on wo's side. */
void ct_bsdf_init(struct ct_bsdf *bsdf, const struct ct_surface *s, ct_v3 wo);
/* Zero (pdf too) where wo or wi is below the horizon. */
struct ct_scatter ct_bsdf_eval(const struct ct_bsdf *bsdf, ct_v3 wo, ct_v3 wi);
/* A direction, by the lobe `choose` picks and the point u in the unit square. It may lie below the
 * horizon: then ct_bsdf_eval() gives a pdf of 0 and the path ends. */
ct_v3 ct_bsdf_sample(const struct ct_bsdf *bsdf, ct_v3 wo, float choose, ct_v2 u);
/* wo mirrored at a microfacet of roughness alpha around bsdf->n, for rough glass. */
ct_v3 ct_ggx_sample(const struct ct_bsdf *bsdf, ct_v3 wo, float alpha, ct_v2 u);

/* Orthonormal frame around unit n (Duff et al. 2017). */
CT_INLINE void ct_frame(ct_v3 n, ct_v3 *t, ct_v3 *b)
{
    float s = copysignf(1.0f, n.z), a = -1.0f / (s + n.z), c = n.x * n.y * a;
    *t = v3(1 + s * n.x * n.x * a, s * c, -s * n.x);
    *b = v3(c, s + n.y * n.y * a, -n.y);
}

/* Unpolarised Fresnel reflectance at cos_i > 0; eta = n_transmitted / n_incident. */
CT_INLINE float ct_fresnel_dielectric(float cos_i, float eta)
{
    float sin2 = (1 - cos_i * cos_i) / (eta * eta);
    if (sin2 >= 1)
        return 1;
    float cos_t = sqrtf(1 - sin2);
    float s = (cos_i - eta * cos_t) / (cos_i + eta * cos_t);
    float p = (eta * cos_i - cos_t) / (eta * cos_i + cos_t);
    return 0.5f * (s * s + p * p);
}

#endif
