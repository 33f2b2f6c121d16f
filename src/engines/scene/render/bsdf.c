/* Hot: evaluating and sampling the layered surface (bsdf.h).
 *
 * Energy: the coat passes on (1 - Fc) on the way in and out; the diffuse lobe gets what Fresnel
 * leaves of both directions; sheen takes its directional albedo from what lies below. The sum
 * never exceeds 1 for colours in [0, 1] (tests/unit/engines/test_scene_bsdf.c integrates it). */
#include "engines/scene/render/bsdf.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/render/sampler.h"

#define COAT_F0 0.04f
#define ALPHA_MIN 0.0015f
#define COSINE_MIN 1e-4f

CT_INLINE float schlick(float c)
{
    float m = 1 - ct_clampf(c, 0, 1), m2 = m * m;
    return m2 * m2 * m;
}

CT_INLINE float ggx_distribution(float nh, float alpha)
{
    float a2 = alpha * alpha, d = nh * nh * (a2 - 1) + 1;
    return a2 / (CT_PI * d * d + 1e-20f);
}

CT_INLINE float smith_lambda(float c, float alpha)
{
    float c2 = c * c;
    return 0.5f * (sqrtf(1 + alpha * alpha * (1 - c2) / (c2 + 1e-9f)) - 1);
}

/* Directional albedo of the sheen lobe at full colour: a fit that lies up to 0.016 above the
 * integral, so that the base never gets more than is left. */
CT_INLINE float sheen_albedo(float c)
{
    float s = sqrtf(c);
    return 0.938f + s * (0.2551f * s - 1.1396f);
}

CT_INLINE ct_v3 to_world(const struct ct_bsdf *b, ct_v3 l)
{
    return v3_mad(b->t, l.x, v3_mad(b->b, l.y, v3_scale(b->n, l.z)));
}

/* Chances of the lobes by their weight towards wo, each with a floor: a lobe that is seldom drawn
 * but bright is what makes fireflies. */
static void choose_chances(struct ct_bsdf *b, float cos_o)
{
    float fresnel = schlick(cos_o), f0 = ct_luminance(b->f0);
    float base = ct_luminance(b->diffuse) + ct_luminance(b->sheen) * 0.25f;
    float coat = b->coat * (COAT_F0 + (1 - COAT_F0) * fresnel);
    float specular = v3_max(b->f0) > 0 ? (1 - coat) * (f0 + (1 - f0) * fresnel) : 0;
    float diffuse = (1 - coat) * (1 - specular) * base;
    float sum = coat + specular + diffuse;
    if (!(sum > 0)) {
        b->p_diffuse = 1;
        b->p_specular = 0;
        return;
    }
    if (base > 0)
        diffuse = ct_maxf(diffuse, 0.2f * sum);
    if (specular > 0)
        specular = ct_maxf(specular, 0.1f * sum);
    if (b->coat > 0)
        coat = ct_maxf(coat, 0.1f * sum);
    sum = coat + specular + diffuse;
    b->p_diffuse = diffuse / sum;
    /* Without a coat the two must sum to one in spite of rounding. */
    b->p_specular = b->coat > 0 ? specular / sum : 1 - b->p_diffuse;
}

/* x in [0, 1]; NaN gives 0. */
CT_INLINE float unit(float x)
{
    return x > 0 ? ct_minf(x, 1) : 0;
}

void ct_bsdf_init(struct ct_bsdf *b, const struct ct_surface *s, ct_v3 wo)
{
    float roughness = unit(s->roughness), coat_roughness = unit(s->coat_roughness);
    float metallic = unit(s->metallic), dielectric = unit(s->specular) * (1 - metallic);
    ct_v3 color = v3(unit(s->base_color.x), unit(s->base_color.y), unit(s->base_color.z));
    float cos_o = ct_clampf(v3_dot(wo, s->normal), 1e-3f, 1);
    b->n = s->normal;
    ct_frame(b->n, &b->t, &b->b);
    b->diffuse = v3_scale(color, 1 - metallic);
    b->f0 = v3_mad(color, metallic, v3(dielectric, dielectric, dielectric));
    b->sheen = v3(unit(s->sheen_color.x), unit(s->sheen_color.y), unit(s->sheen_color.z));
    b->alpha = ct_maxf(roughness * roughness, ALPHA_MIN);
    b->coat = unit(s->coat);
    b->coat_alpha = ct_maxf(coat_roughness * coat_roughness, ALPHA_MIN);
    b->sheen_view = sheen_albedo(cos_o);
    choose_chances(b, cos_o);
}

/* Light that the base keeps under the sheen. */
CT_INLINE float under_sheen(const struct ct_bsdf *b, float cos_i)
{
    float taken = v3_max(b->sheen) * ct_maxf(b->sheen_view, sheen_albedo(ct_minf(cos_i, 1)));
    return ct_maxf(1 - taken, 0);
}

struct ct_scatter ct_bsdf_eval(const struct ct_bsdf *b, ct_v3 wo, ct_v3 wi)
{
    struct ct_scatter out = { { 0, 0, 0 }, { 0, 0, 0 }, 0 };
    float cos_o = v3_dot(wo, b->n), cos_i = v3_dot(wi, b->n);
    if (!(cos_o > COSINE_MIN && cos_i > COSINE_MIN))
        return out;
    ct_v3 h = v3_norm(v3_add(wo, wi));
    float nh = ct_clampf(v3_dot(h, b->n), 0, 1);
    float fresnel_h = schlick(v3_dot(h, wo)), fresnel_o = schlick(cos_o),
          fresnel_i = schlick(cos_i);
    float below = 1;
    out.pdf = b->p_diffuse * cos_i / CT_PI;

    if (b->coat > 0) {
        float d = ggx_distribution(nh, b->coat_alpha) / (4 * cos_o);
        float lo = smith_lambda(cos_o, b->coat_alpha), li = smith_lambda(cos_i, b->coat_alpha);
        float f = b->coat * (COAT_F0 + (1 - COAT_F0) * fresnel_h) * d / (1 + lo + li);
        out.specular = v3(f, f, f);
        out.pdf += (1 - b->p_diffuse - b->p_specular) * d / (1 + lo);
        below = (1 - b->coat * (COAT_F0 + (1 - COAT_F0) * fresnel_o)) *
                (1 - b->coat * (COAT_F0 + (1 - COAT_F0) * fresnel_i));
    }
    float diffuse = below * cos_i / CT_PI;
    float f0 = v3_max(b->f0);
    if (f0 > 0) {
        float d = ggx_distribution(nh, b->alpha) / (4 * cos_o);
        float lo = smith_lambda(cos_o, b->alpha), li = smith_lambda(cos_i, b->alpha);
        ct_v3 f = v3_add(b->f0, v3_scale(v3_sub(v3(1, 1, 1), b->f0), fresnel_h));
        out.specular = v3_mad(f, below * d / (1 + lo + li), out.specular);
        out.pdf += b->p_specular * d / (1 + lo);
        diffuse *= (1 - (f0 + (1 - f0) * fresnel_o)) * (1 - (f0 + (1 - f0) * fresnel_i));
    }
    if (v3_max(b->sheen) > 0) {
        /* D = (2 + 1/r) sin^(1/r) / 2 pi with r = 1/3 */
        float s2 = ct_maxf(1 - nh * nh, 0);
        float lobe =
            5 * s2 * sqrtf(s2) / (2 * CT_PI) / (4 * (cos_i + cos_o - cos_i * cos_o) + 1e-4f);
        float kept = under_sheen(b, cos_i);
        diffuse *= kept;
        out.specular = v3_scale(out.specular, kept);
        out.diffuse = v3_scale(b->sheen, lobe * cos_i);
    }
    out.diffuse = v3_mad(b->diffuse, diffuse, out.diffuse);
    return out;
}

ct_v3 ct_ggx_sample(const struct ct_bsdf *b, ct_v3 wo, float alpha, ct_v2 u)
{
    /* Stretch, draw a point of the spherical cap around wo, unstretch. */
    ct_v3 local = v3(v3_dot(wo, b->t), v3_dot(wo, b->b), v3_dot(wo, b->n));
    ct_v3 w = v3_norm(v3(local.x * alpha, local.y * alpha, local.z));
    float z = (1 - u.y) * (1 + w.z) - w.z, r = sqrtf(ct_maxf(1 - z * z, 0)), s, c;
    ct_turn(u.x, &s, &c);
    ct_v3 h = v3_add(v3(r * c, r * s, z), w);
    h = to_world(b, v3_norm(v3(h.x * alpha, h.y * alpha, ct_maxf(h.z, 1e-6f))));
    return v3_sub(v3_scale(h, 2 * v3_dot(wo, h)), wo);
}

ct_v3 ct_bsdf_sample(const struct ct_bsdf *b, ct_v3 wo, float choose, ct_v2 u)
{
    if (choose < b->p_diffuse) {
        float r = sqrtf(u.x), s, c;
        ct_turn(u.y, &s, &c);
        return to_world(b, v3(r * c, r * s, sqrtf(ct_maxf(1 - u.x, 0))));
    }
    if (choose < b->p_diffuse + b->p_specular)
        return ct_ggx_sample(b, wo, b->alpha, u);
    return ct_ggx_sample(b, wo, b->coat_alpha, u);
}
