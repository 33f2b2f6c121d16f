/* Energy and sampling of the layered surface, by integration. */
#include "engines/scene/math/noise.h"
#include "engines/scene/render/kernels.h"

#include "t.h"

static struct ct_surface white(void)
{
    return (struct ct_surface){ .base_color = { 1, 1, 1 }, .normal = { 0, 0, 1 } };
}

/* A spread of the looks that scenes use, all white. */
static int looks(struct ct_surface out[16])
{
    int n = 0;
    for (int i = 0; i < 3; i++) {
        float roughness = 0.15f + 0.4f * (float)i;
        out[n] = white(); /* plastic */
        out[n].roughness = roughness;
        out[n++].specular = 0.04f;
        out[n] = white(); /* metal */
        out[n].roughness = roughness;
        out[n++].metallic = 1;
        out[n] = white(); /* ceramic */
        out[n].coat = 1;
        out[n++].coat_roughness = roughness;
        out[n] = white(); /* cloth */
        out[n].roughness = roughness;
        out[n++].sheen_color = v3(1, 1, 1);
        out[n] = white(); /* everything at once */
        out[n].roughness = roughness;
        out[n].specular = 0.08f;
        out[n].metallic = 0.3f;
        out[n].coat = 0.7f;
        out[n].coat_roughness = 0.3f;
        out[n++].sheen_color = v3(0.5f, 0.5f, 0.5f);
    }
    return n;
}

static ct_v3 towards(float cosine)
{
    return v3(sqrtf(1 - cosine * cosine), 0, cosine);
}

struct integral {
    double albedo; /* of all light scattered */
    double pdf;    /* of the sampling density over the hemisphere */
};

/* By a regular grid, finer towards the lobe at the mirror direction. */
static struct integral integrate(const struct ct_render_kernels *k, const struct ct_bsdf *b,
                                 ct_v3 wo)
{
    enum { THETA = 400, PHI = 400 };
    struct integral sum = { 0, 0 };
    for (int i = 0; i < THETA; i++) {
        float z = ((float)i + 0.5f) / THETA, r = sqrtf(1 - z * z);
        for (int j = 0; j < PHI; j++) {
            float phi = 2 * CT_PI * ((float)j + 0.5f) / PHI;
            struct ct_scatter f = k->bsdf_eval(b, wo, v3(r * cosf(phi), r * sinf(phi), z));
            double weight = 2 * M_PI / ((double)THETA * PHI);
            sum.albedo += (double)(f.diffuse.x + f.specular.x) * weight;
            sum.pdf += (double)f.pdf * weight;
        }
    }
    return sum;
}

TEST(scene_bsdf__never_returns_more_than_it_got)
{
    struct ct_surface look[16];
    int n = looks(look);
    const struct ct_render_kernels *k = ct_render_kernels_best();
    for (int i = 0; i < n; i++) {
        for (float cosine = 0.1f; cosine <= 1; cosine += 0.3f) {
            struct ct_bsdf b;
            ct_v3 wo = towards(cosine);
            k->bsdf_init(&b, &look[i], wo);
            struct integral s = integrate(k, &b, wo);
            if (s.albedo > 1.01 || s.pdf > 1.01 || s.albedo < 0.3)
                t_fail(__FILE__, __LINE__, "look %d at %.1f: albedo %.3f, pdf %.3f", i,
                       (double)cosine, s.albedo, s.pdf);
        }
    }
}

TEST(scene_bsdf__smooth_plastic_and_metal_keep_nearly_all)
{
    const struct ct_render_kernels *k = ct_render_kernels_best();
    struct ct_surface s = white();
    struct ct_bsdf b;
    k->bsdf_init(&b, &s, towards(0.8f));
    CHECK(fabs(integrate(k, &b, towards(0.8f)).albedo - 1) < 0.01);
    s.metallic = 1;
    s.roughness = 0.3f;
    k->bsdf_init(&b, &s, towards(0.8f));
    double metal = integrate(k, &b, towards(0.8f)).albedo;
    CHECK(metal > 0.97 && metal < 1.005);
}

/* Sampling must agree with the density it states: the mean of f / pdf over samples is the albedo,
 * and the share of samples in a part of the hemisphere is the density's integral over it. */
TEST(scene_bsdf__samples_follow_their_density)
{
    struct ct_surface look[16];
    int n = looks(look);
    const struct ct_render_kernels *k = ct_render_kernels_best();
    for (int i = 0; i < n; i++) {
        enum { SAMPLES = 40000 };
        struct ct_bsdf b;
        ct_v3 wo = towards(0.6f);
        double albedo = 0, above = 0;
        uint32_t state = 77;
        k->bsdf_init(&b, &look[i], wo);
        for (int j = 0; j < SAMPLES; j++) {
            float choose = ct_hash32_unit(ct_hash32(state++)),
                  x = ct_hash32_unit(ct_hash32(state++));
            ct_v2 u = v2(x, ct_hash32_unit(ct_hash32(state++)));
            ct_v3 wi = k->bsdf_sample(&b, wo, choose, u);
            struct ct_scatter f = k->bsdf_eval(&b, wo, wi);
            CHECK(fabsf(v3_len(wi) - 1) < 1e-3f);
            above += f.pdf > 0;
            if (f.pdf > 0)
                albedo += (double)((f.diffuse.x + f.specular.x) / f.pdf);
        }
        struct integral exact = integrate(k, &b, wo);
        if (fabs(albedo / SAMPLES - exact.albedo) > 0.02 ||
            fabs(above / SAMPLES - exact.pdf) > 0.02)
            t_fail(__FILE__, __LINE__, "look %d: albedo %.3f of %.3f, density %.3f of %.3f", i,
                   albedo / SAMPLES, exact.albedo, above / SAMPLES, exact.pdf);
    }
}

TEST(scene_bsdf__is_reciprocal)
{
    struct ct_surface look[16];
    int n = looks(look);
    const struct ct_render_kernels *k = ct_render_kernels_best();
    for (int i = 0; i < n; i++) {
        struct ct_bsdf forth, back;
        ct_v3 a = towards(0.9f), b = v3_norm(v3(-0.3f, 0.6f, 0.4f));
        k->bsdf_init(&forth, &look[i], a);
        k->bsdf_init(&back, &look[i], b);
        struct ct_scatter f = k->bsdf_eval(&forth, a, b), g = k->bsdf_eval(&back, b, a);
        float there = (f.diffuse.x + f.specular.x) / b.z, here = (g.diffuse.x + g.specular.x) / a.z;
        CHECK(fabsf(there - here) < 1e-4f * (1 + there));
    }
}

TEST(scene_bsdf__odd_surfaces_are_harmless)
{
    const struct ct_render_kernels *k = ct_render_kernels_best();
    struct ct_surface s = white();
    s.base_color = v3(NAN, -3, 50);
    s.roughness = NAN;
    s.metallic = 7;
    s.specular = -1;
    s.coat = INFINITY;
    s.coat_roughness = -INFINITY;
    s.sheen_color = v3(NAN, NAN, 9);
    struct ct_bsdf b;
    k->bsdf_init(&b, &s, towards(0.5f));
    struct ct_scatter f = k->bsdf_eval(&b, towards(0.5f), v3_norm(v3(0.1f, 0.4f, 0.5f)));
    CHECK(isfinite(f.diffuse.x + f.diffuse.y + f.diffuse.z));
    CHECK(isfinite(f.specular.x + f.specular.y + f.specular.z) && isfinite(f.pdf));
    f = k->bsdf_eval(&b, towards(0.5f), v3(0, 0, -1));
    CHECK(f.pdf == 0 && f.diffuse.x == 0 && f.specular.x == 0);
    struct ct_surface black = { .normal = { 0, 0, 1 } };
    k->bsdf_init(&b, &black, towards(1));
    CHECK(k->bsdf_eval(&b, towards(1), towards(0.7f)).diffuse.x == 0);
}

TEST(scene_bsdf__fresnel_has_its_known_values)
{
    CHECK(fabsf(ct_fresnel_dielectric(1, 1.5f) - 0.04f) < 1e-6f);
    CHECK(fabsf(ct_fresnel_dielectric(1, 1 / 1.5f) - 0.04f) < 1e-6f);
    CHECK(ct_fresnel_dielectric(0.5f, 1 / 1.5f) == 1); /* total inner reflection */
    CHECK(ct_fresnel_dielectric(0.5f, 1) < 1e-10f);
}
