/* Hot: the path loop.
 *
 * For each sample of a pixel a path starts at the lens and meets, in turn: a light or the sky (it
 * ends), glass (it is reflected or refracted, and the medium it leaves absorbs along the way), or
 * an opaque surface, where lights are sampled directly and the path goes on by the surface's own
 * lobes. Both ways to find a light are weighted by the power heuristic (Veach 1997).
 *
 * Shadow rays pass glass in a straight line and are dimmed by it. So a path that went on from an
 * opaque surface and only passed glass may not count a light again; one that glass mirrored may,
 * in full. Light is spread as if glass did not bend it: no caustics, and no noise from them.
 *
 * Media are the two sides of each mesh rather than a stack: glass against liquid against air is
 * exact wherever the meshes say what lies inside and outside of them.
 *
 * What the first opaque surface scatters diffusely is kept apart from all other light, with its
 * albedo, normal and depth: the denoiser works on these (denoise.c).
 *
 * Runs on every worker; writes only its own tile of the film. */
#include "engines/scene/math/fn.h"
#include "engines/scene/render/bsdf.h"
#include "engines/scene/render/lens.h"
#include "engines/scene/render/sampler.h"
#include "engines/scene/render/tracer.h"

#define MAX_BOUNCES 6 /* off opaque surfaces */
#define RAY_FAR 1e30f
#define SKY_DEPTH 1e4f    /* cm, for the denoiser */
#define RADIANCE_MAX 1e6f /* a sample above it, or NaN, is dropped */
#define GLASS_ROULETTE_DEPTH 4
#define SHADOW_GLASS_MAX 16 /* sheets of glass that a shadow ray passes */
#define CATCHES 2 /* looks at each light by a path that ends on a shadow catcher: it is short */

/* The texture at the last place that the camera saw in a pixel. */
struct glimpse {
    const struct ct_instance *instance; /* NULL: nothing yet */
    ct_v3 position, normal;
    struct ct_surface surface;
};

struct path {
    struct ct_sampler sampler;
    struct glimpse *glimpse; /* of its pixel */
    ct_v3 origin, direction;
    ct_v3 throughput;
    ct_v3 diffuse, specular; /* radiance gathered */
    ct_v3 diffuse_share;     /* of what arrives at the first surface */
    float pdf;               /* of the last bounce; 0 after the camera and after glass */
    int depth, bounces;
    ct_v3 albedo, normal;
    float distance;
    bool has_albedo, has_normal;
    bool lamps_sampled; /* at an opaque surface, and nothing mirrored the path since */
    bool covered;       /* the camera sees an object, not the backdrop */
    float shade;        /* if not: share of the ground's light that objects let through */
};

/* What a ray met. */
struct spot {
    const struct ct_mesh *mesh;
    const struct ct_material *material;
    const struct ct_instance *instance;
    ct_v3 position, normal, geometric; /* both normals on the outer side of the mesh */
    float u, v, distance, epsilon;
    bool inside;
};

static void start_path(struct path *p, const struct ct_tracer *t, struct glimpse *glimpse, int x,
                       int y, int sample)
{
    *p = (struct path){ .glimpse = glimpse, .throughput = { 1, 1, 1 }, .shade = 1 };
    ct_sampler_init(&p->sampler, &t->seeds, x, y, sample, t->sample_bits);
    ct_v2 film = ct_sample2(&p->sampler), lens = v2(0, 0);
    if (t->aperture > 0)
        lens = ct_sample2(&p->sampler);
    ct_lens_ray(t, ct_lens_place(x, y, film), lens, &p->origin, &p->direction);
}

CT_INLINE ct_v3 limited(ct_v3 c, float limit, bool indirect)
{
    float brightest = v3_max(c);
    return indirect && limit > 0 && brightest > limit ? v3_scale(c, limit / brightest) : c;
}

/* Light that reaches the first surface, or the camera itself, by this path. */
CT_INLINE void add_light(struct path *p, ct_v3 c)
{
    ct_v3 share = p->diffuse_share;
    p->diffuse = v3_add(p->diffuse, v3_mul(c, share));
    p->specular = v3_add(p->specular, v3_mul(c, v3_sub(v3(1, 1, 1), share)));
}

CT_INLINE void note_geometry(struct path *p, ct_v3 normal, float distance)
{
    if (p->has_normal)
        return;
    p->has_normal = true;
    p->normal = normal;
    p->distance = distance;
}

CT_INLINE void note_albedo(struct path *p, ct_v3 albedo)
{
    if (p->has_albedo)
        return;
    p->has_albedo = true;
    p->albedo = albedo;
}

static void meet_sky(struct path *p, const struct ct_tracer *t)
{
    const struct ct_sky *sky = &t->world->sky;
    ct_v3 radiance =
        p->depth == 0 && !sky->visible ? sky->plain : ct_sky_radiance(sky, p->direction);
    if (sky->dome && p->depth == 0)
        radiance = v3_add(radiance, ct_dome_disc(sky->dome, p->direction));
    if (sky->dome && p->bounces == 1 && p->pdf > 0) /* the first surface samples it as well */
        radiance = v3_scale(radiance, p->pdf / (p->pdf + ct_dome_pdf(sky->dome, p->direction)));
    add_light(p, limited(v3_mul(p->throughput, radiance), t->world->clamp, p->depth > 1));
    note_albedo(p, v3(1, 1, 1));
    note_geometry(p, v3_scale(p->direction, -1), SKY_DEPTH);
}

/* Power heuristic (Veach 1997): what a find by chance pdf `a` counts for when it could have been
 * made with pdf `b` as well. In large soft lights the better way is better by far, and squares
 * leave it nearly all. */
CT_INLINE float power_share(float a, float b)
{
    return a * a / (a * a + b * b);
}

/* The nearest light in front of t_max that this path may see; the path ends there. */
static bool meet_lamp(struct path *p, const struct ct_tracer *t, float t_max)
{
    const struct ct_lamp *lamp = NULL;
    float a = 0, b = 0;
    for (int i = 0; i < t->n_lamps; i++) {
        float distance, at_a, at_b;
        if (p->depth == 0 && !t->lamps[i].camera_visible)
            continue;
        if (ct_lamp_hit(&t->lamps[i], p->origin, p->direction, t_max, &distance, &at_a, &at_b)) {
            lamp = &t->lamps[i];
            t_max = distance;
            a = at_a;
            b = at_b;
        }
    }
    if (!lamp)
        return false;
    float weight = p->lamps_sampled ? 0 : 1; /* through glass */
    if (p->pdf > 0) {
        float facing = -v3_dot(p->direction, lamp->normal);
        float chosen = p->bounces > 1 ? 1.0f / (float)t->n_lamps : 1.0f;
        float pdf = t_max * t_max / (facing * lamp->area) * chosen;
        weight = power_share(p->pdf, pdf);
    }
    ct_v3 c = v3_scale(v3_mul(p->throughput, ct_lamp_radiance(lamp, a, b)), weight);
    add_light(p, limited(c, t->world->clamp, p->depth > 1));
    note_albedo(p, v3(1, 1, 1));
    note_geometry(p, lamp->normal, t_max);
    return true;
}

CT_INLINE ct_v3 corner_of(const float *triples, uint32_t vertex)
{
    return v3(triples[3 * (size_t)vertex], triples[3 * (size_t)vertex + 1],
              triples[3 * (size_t)vertex + 2]);
}

CT_INLINE ct_v3 blend(const float *triples, const uint32_t *index, float u, float v)
{
    float w = 1 - u - v;
    return v3_mad(
        corner_of(triples, index[0]), w,
        v3_mad(corner_of(triples, index[1]), u, v3_scale(corner_of(triples, index[2]), v)));
}

static void locate(struct spot *s, const struct ct_tracer *t, ct_v3 direction,
                   const struct ct_hit *hit)
{
    s->instance = &t->world->instances[hit->instance];
    s->mesh = s->instance->mesh;
    s->material = &t->world->materials[s->mesh->material];
    const uint32_t *index = s->mesh->indices + 3 * (size_t)hit->triangle;
    const float *positions = s->mesh->positions;
    /* From the corners rather than along the ray: the error does not grow with distance. */
    s->position = blend(positions, index, hit->u, hit->v);
    ct_v3 a = corner_of(positions, index[0]);
    s->geometric = v3_norm(v3_cross(v3_sub(corner_of(positions, index[1]), a),
                                    v3_sub(corner_of(positions, index[2]), a)));
    s->normal = v3_norm(blend(s->mesh->normals, index, hit->u, hit->v));
    if (!(v3_dot(s->normal, s->normal) > 0.5f))
        s->normal = s->geometric;
    if (v3_dot(s->geometric, s->normal) < 0)
        s->geometric = v3_scale(s->geometric, -1);
    s->inside = v3_dot(s->geometric, direction) > 0;
    s->distance = hit->t;
    s->u = s->v = 0;
    if (s->mesh->uvs) {
        float w = 1 - hit->u - hit->v;
        const float *uv = s->mesh->uvs;
        s->u = uv[2 * (size_t)index[0]] * w + uv[2 * (size_t)index[1]] * hit->u +
               uv[2 * (size_t)index[2]] * hit->v;
        s->v = uv[2 * (size_t)index[0] + 1] * w + uv[2 * (size_t)index[1] + 1] * hit->u +
               uv[2 * (size_t)index[2] + 1] * hit->v;
    }
    float largest =
        ct_maxf(fabsf(s->position.x), ct_maxf(fabsf(s->position.y), fabsf(s->position.z)));
    s->epsilon = 1e-4f * ct_maxf(1, largest);
}

/* Beer-Lambert along the segment that ends here. */
static void absorb(ct_v3 *light, const struct ct_tracer *t, const struct spot *s)
{
    int medium = s->inside ? s->mesh->medium_inside : s->mesh->medium_outside;
    ct_v3 a = t->world->media[medium].absorption;
    if (!(v3_max(a) > 0))
        return;
    float d = -s->distance;
    *light = v3_mul(*light, v3(ct_expf(a.x * d), ct_expf(a.y * d), ct_expf(a.z * d)));
}

/* What glass leaves of light that comes along the way in a straight line. To a shadow catcher the
 * backdrop casts no shadow. */
static ct_v3 pass_glass(const struct ct_tracer *t, ct_v3 origin, ct_v3 direction, float distance,
                        bool catcher, uint64_t *rays)
{
    ct_v3 light = v3(1, 1, 1);
    for (int i = 0; i < SHADOW_GLASS_MAX; i++) {
        struct ct_hit hit;
        struct spot s;
        ++*rays;
        if (!ct_bvh_nearest(&t->bvh, origin, direction, distance, &hit))
            return light;
        locate(&s, t, direction, &hit);
        if (catcher && s.instance->object < 0)
            return light;
        if (!s.material->glass)
            break;
        float inner = t->world->media[s.mesh->medium_inside].ior;
        float outer = t->world->media[s.mesh->medium_outside].ior;
        float eta = inner > outer ? inner / outer : outer / inner;
        float facing = ct_clampf(fabsf(v3_dot(s.normal, direction)), 1e-3f, 1);
        absorb(&light, t, &s);
        light = v3_scale(v3_mul(light, s.material->surface.base_color),
                         1 - ct_fresnel_dielectric(facing, eta));
        origin = v3_mad(direction, s.epsilon, s.position);
        distance -= hit.t + s.epsilon;
    }
    return v3(0, 0, 0);
}

/* Ends the path with a chance that grows as it grows dark; what survives is made brighter. */
CT_INLINE bool roulette(struct path *p, float most)
{
    float keep = ct_minf(v3_max(p->throughput), most);
    if (!(ct_sample1(&p->sampler) < keep))
        return true;
    p->throughput = v3_scale(p->throughput, 1.0f / keep);
    return false;
}

/* Reflects or refracts; returns true when the path ends. */
static bool cross_glass(struct path *p, const struct ct_tracer *t, const struct spot *s)
{
    const struct ct_surface *surface = &s->material->surface;
    float side = s->inside ? -1.0f : 1.0f;
    ct_v3 n = v3_scale(s->normal, side), g = v3_scale(s->geometric, side);
    ct_v3 wo = v3_scale(p->direction, -1);
    if (surface->roughness > 0 && v3_dot(wo, n) > 0) {
        struct ct_bsdf facets = { .n = n };
        ct_frame(n, &facets.t, &facets.b);
        float alpha = surface->roughness * surface->roughness;
        ct_v3 mirrored = ct_ggx_sample(&facets, wo, alpha, ct_sample2(&p->sampler));
        n = v3_norm(v3_add(mirrored, wo));
    }
    float cos_i = v3_dot(wo, n);
    if (cos_i < 1e-4f) {
        n = g;
        cos_i = v3_dot(wo, n);
    }
    int from = s->inside ? s->mesh->medium_inside : s->mesh->medium_outside;
    int to = s->inside ? s->mesh->medium_outside : s->mesh->medium_inside;
    float eta = t->world->media[to].ior / t->world->media[from].ior;
    float fresnel = ct_fresnel_dielectric(cos_i, eta);
    note_geometry(p, n, s->distance);
    /* The camera's own segment tries both ways often enough to keep reflections clean. */
    float p_reflect = p->depth == 0 && fresnel < 1 ? ct_clampf(fresnel, 0.15f, 0.85f) : fresnel;
    float choose = ct_sample1(&p->sampler);
    p->pdf = 0;
    if (choose < p_reflect || fresnel >= 1) {
        p->lamps_sampled = false;
        p->throughput = v3_scale(p->throughput, fresnel / p_reflect);
        p->direction = v3_norm(v3_mad(n, 2 * cos_i, p->direction));
        float up = v3_dot(p->direction, g);
        if (up <= 0) /* the bent normal mirrored it into the glass */
            p->direction = v3_norm(v3_mad(g, 1e-3f - 2 * up, p->direction));
        p->origin = v3_mad(g, s->epsilon, s->position);
    } else {
        float k = 1.0f / eta, sin2 = (1 - cos_i * cos_i) * k * k;
        float bend = k * cos_i - sqrtf(ct_maxf(1 - sin2, 0));
        p->throughput =
            v3_scale(v3_mul(p->throughput, surface->base_color), (1 - fresnel) / (1 - p_reflect));
        p->direction = v3_norm(v3_add(v3_scale(p->direction, k), v3_scale(n, bend)));
        p->origin = v3_mad(g, -s->epsilon, s->position);
    }
    return p->depth > GLASS_ROULETTE_DEPTH && roulette(p, 0.98f);
}

CT_INLINE ct_v3 to_local(const float m[12], ct_v3 p)
{
    return v3(m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3],
              m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7],
              m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11]);
}

static void apply_texture(struct ct_surface *out, const struct spot *s, const struct path *p,
                          ct_v3 normal, ct_v3 geometric)
{
    struct ct_shade_point at = {
        .position = s->position,
        .local = to_local(s->instance->to_local, s->position),
        .normal = normal,
        .geometric_normal = geometric,
        .u = s->u,
        .v = s->v,
        .bounce = p->bounces,
    };
    s->material->texture(s->material, &at, out);
    out->normal = v3_norm(out->normal);
}

/* Is the spot where the pixel looked before, as far as can be seen? In focus: within a pixel's
 * width. Out of focus the lens spreads it: within half the radius of its cone. */
static bool is_same_place(const struct glimpse *g, const struct ct_tracer *t, const struct spot *s,
                          const struct path *p)
{
    ct_v3 way = v3_sub(s->position, g->position);
    float width = 2 * t->half_height / (float)t->height, along = v3_dot(way, p->direction);
    float cone = 0.5f * t->aperture * fabsf(1 - s->distance / t->focus);
    width *= t->world->camera.orthographic ? 1 : s->distance;
    float squared = v3_dot(way, way);
    return squared < width * width || squared - along * along < cone * cone;
}

/* Textures are dear, and within a pixel they change little: paths of one pass that leave the
 * camera and meet the same surface in the same place share what the first of them saw. */
static void texture_seen(struct ct_surface *out, const struct ct_tracer *t, const struct spot *s,
                         const struct path *p, ct_v3 normal, ct_v3 geometric)
{
    struct glimpse *g = p->glimpse;
    if (g->instance == s->instance && v3_dot(normal, g->normal) > 0.99f &&
        is_same_place(g, t, s, p)) {
        *out = g->surface;
        return;
    }
    apply_texture(out, s, p, normal, geometric);
    *g = (struct glimpse){ s->instance, s->position, normal, *out };
}

/* The surface at a spot, textured, its normal on wo's side. */
static void shade(struct ct_surface *out, const struct ct_tracer *t, const struct spot *s,
                  const struct path *p, ct_v3 normal, ct_v3 geometric, ct_v3 wo)
{
    *out = s->material->surface;
    out->normal = normal;
    if (s->material->texture && p->depth == 0)
        texture_seen(out, t, s, p, normal, geometric);
    else if (s->material->texture)
        apply_texture(out, s, p, normal, geometric);
    /* Bent too far, or not a number. */
    if (!(v3_dot(out->normal, geometric) >= 0.02f && v3_dot(out->normal, wo) >= 0.01f))
        out->normal = normal;
}

/* Light from one lamp by way of this surface. */
static void sample_lamp(struct path *p, struct ct_tracer *t, const struct ct_lamp *lamp,
                        const struct ct_bsdf *bsdf, ct_v3 from, ct_v3 geometric, ct_v3 wo,
                        float chosen, uint64_t *rays)
{
    ct_v2 u = ct_sample2(&p->sampler);
    float a = 2 * u.x - 1, b = 2 * u.y - 1;
    ct_v3 target = v3_mad(lamp->half_u, a, v3_mad(lamp->half_v, b, lamp->center));
    ct_v3 wi = v3_sub(target, from);
    float distance2 = v3_dot(wi, wi), distance = sqrtf(distance2);
    wi = v3_scale(wi, 1.0f / distance);
    float facing = -v3_dot(wi, lamp->normal);
    if (!(facing > 1e-4f) || !(v3_dot(wi, geometric) > 0))
        return;
    struct ct_scatter f = ct_bsdf_eval(bsdf, wo, wi);
    if (!(f.pdf > 0))
        return;
    ct_v3 radiance = ct_lamp_radiance(lamp, a, b);
    if (!(v3_max(radiance) > 0))
        return;
    float pdf = distance2 / (facing * lamp->area) * chosen;
    float share = power_share(pdf, f.pdf);
    ct_v3 weighted = v3_mul(p->throughput, v3_scale(radiance, share / pdf));
    ++*rays;
    enum ct_shadow shadow = ct_bvh_shadow(&t->bvh, from, wi, distance * 0.999f);
    if (shadow == CT_SHADOW_FULL)
        return;
    if (shadow == CT_SHADOW_GLASS) /* and no other way to this light */
        weighted = v3_scale(
            v3_mul(weighted, pass_glass(t, from, wi, distance * 0.999f, false, rays)), 1 / share);
    bool indirect = p->bounces > 1;
    ct_v3 diffuse = limited(v3_mul(weighted, f.diffuse), t->world->clamp, indirect);
    ct_v3 specular = limited(v3_mul(weighted, f.specular), t->world->clamp, indirect);
    if (p->depth == 0) {
        p->diffuse = v3_add(p->diffuse, diffuse);
        p->specular = v3_add(p->specular, specular);
    } else {
        add_light(p, v3_add(diffuse, specular));
    }
}

/* All lamps at the first surface, where noise shows; one of them by chance later on. */
static void sample_lamps(struct path *p, struct ct_tracer *t, const struct ct_bsdf *bsdf,
                         ct_v3 from, ct_v3 geometric, ct_v3 wo, uint64_t *rays)
{
    if (p->bounces <= 1) {
        for (int i = 0; i < t->n_lamps; i++)
            sample_lamp(p, t, &t->lamps[i], bsdf, from, geometric, wo, 1, rays);
    } else if (t->n_lamps > 0) {
        int i = (int)(ct_sample1(&p->sampler) * (float)t->n_lamps);
        i = i < t->n_lamps ? i : t->n_lamps - 1;
        sample_lamp(p, t, &t->lamps[i], bsdf, from, geometric, wo, 1.0f / (float)t->n_lamps, rays);
    }
}

/* Light from the tabulated sky by way of the first surface. What comes through glass is left to
 * the path itself, which then counts it in full. */
static void sample_dome(struct path *p, struct ct_tracer *t, const struct ct_bsdf *bsdf, ct_v3 from,
                        ct_v3 geometric, ct_v3 wo, uint64_t *rays)
{
    const struct ct_dome *dome = t->world->sky.dome;
    float pdf;
    ct_v3 wi = ct_dome_sample(dome, ct_sample2(&p->sampler), &pdf);
    if (!(v3_dot(wi, geometric) > 0) || !(pdf > 0))
        return;
    struct ct_scatter f = ct_bsdf_eval(bsdf, wo, wi);
    if (!(f.pdf > 0))
        return;
    ++*rays;
    if (ct_bvh_occluded(&t->bvh, from, wi, RAY_FAR))
        return;
    ct_v3 light = v3_mul(p->throughput,
                         v3_scale(ct_dome_radiance(dome, wi), 1.0f / (pdf + f.pdf)));
    if (p->depth == 0) {
        p->diffuse = v3_add(p->diffuse, v3_mul(light, f.diffuse));
        p->specular = v3_add(p->specular, v3_mul(light, f.specular));
    } else {
        add_light(p, v3_mul(light, v3_add(f.diffuse, f.specular)));
    }
}

CT_INLINE float share_of(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

/* Gathers light at an opaque surface and bounces; returns true when the path ends. */
static bool scatter(struct path *p, struct ct_tracer *t, const struct spot *s, uint64_t *rays)
{
    float side = s->inside ? -1.0f : 1.0f;
    ct_v3 normal = v3_scale(s->normal, side), geometric = v3_scale(s->geometric, side);
    ct_v3 wo = v3_scale(p->direction, -1);
    float facing = v3_dot(normal, wo);
    if (facing < 0.01f)
        normal = v3_norm(v3_mad(wo, 0.02f - facing, normal));
    struct ct_surface surface;
    struct ct_bsdf bsdf;
    shade(&surface, t, s, p, normal, geometric, wo);
    ct_bsdf_init(&bsdf, &surface, wo);
    if (v3_max(surface.emission) > 0) {
        float share = p->depth == 0 ? 1 - ct_tracer_sharpness(t, s->distance) : 1;
        ct_v3 light = v3_mul(p->throughput, v3_scale(surface.emission, share));
        add_light(p, limited(light, t->world->clamp, p->depth > 1));
    }
    ct_v3 albedo = v3_mad(bsdf.sheen, 0.15f, bsdf.diffuse);
    note_albedo(p, p->depth == 0 ? albedo : v3_mul(p->throughput, v3_add(albedo, bsdf.f0)));
    note_geometry(p, bsdf.n, s->distance);

    p->bounces++;
    ct_v3 from = v3_mad(geometric, s->epsilon, s->position);
    sample_lamps(p, t, &bsdf, from, geometric, wo, rays);
    if (t->world->sky.dome && p->bounces == 1)
        sample_dome(p, t, &bsdf, from, geometric, wo, rays);
    if (p->bounces >= MAX_BOUNCES)
        return true;

    float choose = ct_sample1(&p->sampler);
    ct_v3 wi = ct_bsdf_sample(&bsdf, wo, choose, ct_sample2(&p->sampler));
    if (!(v3_dot(wi, geometric) > 1e-4f))
        return true;
    struct ct_scatter f = ct_bsdf_eval(&bsdf, wo, wi);
    if (!(f.pdf > 1e-8f))
        return true;
    ct_v3 sum = v3_add(f.diffuse, f.specular);
    if (p->depth == 0)
        p->diffuse_share = v3(share_of(f.diffuse.x, sum.x), share_of(f.diffuse.y, sum.y),
                              share_of(f.diffuse.z, sum.z));
    p->throughput = v3_mul(p->throughput, v3_scale(sum, 1.0f / f.pdf));
    p->pdf = f.pdf;
    p->lamps_sampled = true;
    p->origin = from;
    p->direction = wi;
    return p->bounces >= 2 && roulette(p, 0.95f);
}

/* The lamp's light at a point of the ground, and what of it the objects let through. */
static void catch_lamp(float *lit, float *unlit, struct path *p, const struct ct_tracer *t,
                       const struct ct_lamp *lamp, ct_v3 from, ct_v3 normal, uint64_t *rays)
{
    ct_v2 u = ct_sample2(&p->sampler);
    float a = 2 * u.x - 1, b = 2 * u.y - 1;
    ct_v3 target = v3_mad(lamp->half_u, a, v3_mad(lamp->half_v, b, lamp->center));
    ct_v3 wi = v3_sub(target, from);
    float distance2 = v3_dot(wi, wi), distance = sqrtf(distance2);
    wi = v3_scale(wi, 1.0f / distance);
    float facing = -v3_dot(wi, lamp->normal), cosine = v3_dot(wi, normal);
    if (!(facing > 1e-4f && cosine > 0))
        return;
    float light = ct_luminance(ct_lamp_radiance(lamp, a, b)) * lamp->area * facing * cosine /
                  distance2;
    *unlit += light;
    *lit += light * ct_luminance(pass_glass(t, from, wi, distance * 0.999f, true, rays));
}

static void catch_sky(float *lit, float *unlit, struct path *p, const struct ct_tracer *t,
                      ct_v3 from, ct_v3 normal, ct_v3 across, ct_v3 along, uint64_t *rays)
{
    ct_v2 u = ct_sample2(&p->sampler);
    float r = sqrtf(u.x), sine, cosine;
    ct_turn(u.y, &sine, &cosine);
    ct_v3 wi = v3_mad(across, r * cosine,
                      v3_mad(along, r * sine, v3_scale(normal, sqrtf(ct_maxf(1 - u.x, 0)))));
    float sky = CT_PI * ct_luminance(ct_sky_radiance(&t->world->sky, wi));
    *unlit += sky;
    *lit += sky * ct_luminance(pass_glass(t, from, wi, RAY_FAR, true, rays));
}

/* A shadow catcher: the share of the light on level ground that the objects leave. Walls catch
 * nothing. */
static float catch_shadow(struct path *p, const struct ct_tracer *t, const struct spot *s,
                          uint64_t *rays)
{
    ct_v3 normal = s->geometric;
    float level = ct_smoothstep(0.5f, 0.85f, normal.y), lit = 0, unlit = 0;
    if (!(level > 0) || s->inside)
        return 1;
    ct_v3 from = v3_mad(normal, s->epsilon, s->position), across, along;
    ct_frame(normal, &across, &along);
    for (int k = 0; k < CATCHES; k++) {
        for (int i = 0; i < t->n_lamps; i++)
            catch_lamp(&lit, &unlit, p, t, &t->lamps[i], from, normal, rays);
        catch_sky(&lit, &unlit, p, t, from, normal, across, along, rays);
    }
    return unlit > 0 ? 1 - level * (1 - lit / unlit) : 1;
}

/* Distance: haze dims what lies behind it and adds its own light. */
static void cross_haze(struct path *p, const struct ct_dome *dome, float distance)
{
    ct_v3 scattered;
    if (!(dome->haze_density > 0))
        return;
    float passes = ct_dome_haze(dome, p->origin, p->direction, distance, &scattered);
    add_light(p, v3_mul(p->throughput, scattered));
    p->throughput = v3_scale(p->throughput, passes);
}

static void follow(struct path *p, struct ct_tracer *t, uint64_t *rays)
{
    for (; p->depth < t->world->max_depth; p->depth++) {
        struct ct_hit hit;
        ++*rays;
        bool met = ct_bvh_nearest(&t->bvh, p->origin, p->direction, RAY_FAR, &hit);
        if (meet_lamp(p, t, met ? hit.t : RAY_FAR))
            return;
        if (!met) {
            meet_sky(p, t);
            return;
        }
        struct spot spot;
        locate(&spot, t, p->direction, &hit);
        if (p->depth == 0) {
            p->covered = spot.instance->object >= 0;
            if (!p->covered && t->world->transparent) {
                p->shade = catch_shadow(p, t, &spot, rays);
                return;
            }
        }
        absorb(&p->throughput, t, &spot);
        if (t->world->sky.dome && p->bounces <= 1)
            cross_haze(p, t->world->sky.dome, hit.t);
        bool ended = spot.material->glass ? cross_glass(p, t, &spot) : scatter(p, t, &spot, rays);
        if (ended)
            return;
    }
}

CT_INLINE void drop_if_wild(ct_v3 *c)
{
    if (!(c->x + c->y + c->z < RADIANCE_MAX) || !(c->x >= 0 && c->y >= 0 && c->z >= 0))
        *c = v3(0, 0, 0);
}

CT_INLINE void add3(float sum[3], ct_v3 c)
{
    sum[0] += c.x;
    sum[1] += c.y;
    sum[2] += c.z;
}

/* Both take NaN to their lower end. */
CT_INLINE uint16_t unit_feature(float x)
{
    return (uint16_t)((x > 0 ? ct_minf(x, 1) : 0) * CT_FILM_FEATURE_SCALE + 0.5f);
}

CT_INLINE int16_t signed_feature(float x)
{
    return (int16_t)((x > -1 ? ct_minf(x, 1) : -1) * CT_FILM_NORMAL_SCALE);
}

static void add_features(struct ct_film_pixel *px, const struct path *p)
{
    px->albedo[0] = (uint16_t)(px->albedo[0] + unit_feature(p->albedo.x));
    px->albedo[1] = (uint16_t)(px->albedo[1] + unit_feature(p->albedo.y));
    px->albedo[2] = (uint16_t)(px->albedo[2] + unit_feature(p->albedo.z));
    px->normal[0] = (int16_t)(px->normal[0] + signed_feature(p->normal.x));
    px->normal[1] = (int16_t)(px->normal[1] + signed_feature(p->normal.y));
    px->normal[2] = (int16_t)(px->normal[2] + signed_feature(p->normal.z));
    px->depth += p->distance > 0 ? ct_minf(p->distance, SKY_DEPTH) : 0;
}

static void add_sample(struct ct_film_pixel *px, struct path *p)
{
    drop_if_wild(&p->diffuse);
    drop_if_wild(&p->specular);
    drop_if_wild(&p->albedo);
    ct_v3 irradiance =
        v3(p->diffuse.x / (p->albedo.x + 0.02f), p->diffuse.y / (p->albedo.y + 0.02f),
           p->diffuse.z / (p->albedo.z + 0.02f));
    add3(px->diffuse, p->diffuse);
    add3(px->specular, p->specular);
    px->diffuse_sq += v3_dot(irradiance, irradiance) * (1 / 3.0f);
    px->specular_sq += v3_dot(p->specular, p->specular) * (1 / 3.0f);
}

static void trace_pixel(struct ct_tracer *t, struct ct_film *film, int x, int y, int first,
                        int n_samples, uint64_t *rays)
{
    size_t index = ct_film_index(film, x, y);
    struct ct_film_pixel *px = &film->pixels[index];
    struct glimpse glimpse = { 0 };
    for (int sample = first; sample < first + n_samples; sample++) {
        struct path path;
        start_path(&path, t, &glimpse, x, y, sample);
        follow(&path, t, rays);
        bool featured = sample < CT_FILM_FEATURE_SAMPLES;
        if (film->covered) {
            if (!path.covered) {
                film->shade[index].sum += path.shade;
                film->shade[index].sum_sq += path.shade * path.shade;
                continue;
            }
            film->covered[index]++;
            film->covered_features[index] = (uint8_t)(film->covered_features[index] + featured);
        }
        add_sample(px, &path);
        if (featured)
            add_features(px, &path);
    }
}

void ct_trace_tile(struct ct_tracer *t, struct ct_film *film, int tile, int n_samples)
{
    int x0 = tile % film->tiles_x * CT_FILM_TILE, y0 = tile / film->tiles_x * CT_FILM_TILE;
    int x1 = x0 + CT_FILM_TILE < film->width ? x0 + CT_FILM_TILE : film->width;
    int y1 = y0 + CT_FILM_TILE < film->height ? y0 + CT_FILM_TILE : film->height;
    int first = film->tile_samples[tile];
    uint64_t rays = 0;
    for (int y = y0; y < y1; y++) {
        if (ct_tracer_cancelled(t))
            return;
        for (int x = x0; x < x1; x++)
            trace_pixel(t, film, x, y, first, n_samples, &rays);
    }
    film->tile_samples[tile] = (uint16_t)(first + n_samples);
    atomic_fetch_add_explicit(&t->rays, rays, memory_order_relaxed);
}

static void glance_at_surface(struct ct_glance *out, struct path *p, const struct ct_tracer *t,
                              const struct spot *s)
{
    float side = s->inside ? -1.0f : 1.0f;
    ct_v3 normal = v3_scale(s->normal, side), wo = v3_scale(p->direction, -1);
    out->instance = (int32_t)(s->instance - t->world->instances);
    out->form = out->normal = normal;
    out->glass = s->material->glass;
    out->ground = t->world->transparent && s->instance->object < 0;
    if (out->glass || out->ground || !(out->sharpness > 0))
        return;
    float facing = v3_dot(normal, wo);
    if (facing < 0.01f)
        normal = v3_norm(v3_mad(wo, 0.02f - facing, normal));
    struct ct_surface surface;
    struct ct_bsdf bsdf;
    shade(&surface, t, s, p, normal, v3_scale(s->geometric, side), wo);
    ct_bsdf_init(&bsdf, &surface, wo);
    out->normal = bsdf.n;
    out->albedo = v3_mad(bsdf.sheen, 0.15f, bsdf.diffuse);
    out->light = v3_scale(surface.emission, out->sharpness);
    if (t->world->sky.dome && t->world->sky.dome->haze_density > 0) {
        ct_v3 scattered; /* which the path loop counts */
        out->light = v3_scale(out->light, ct_dome_haze(t->world->sky.dome, p->origin, p->direction,
                                                       s->distance, &scattered));
    }
    drop_if_wild(&out->albedo);
    drop_if_wild(&out->light);
}

void ct_glance_at(struct ct_glance *out, const struct ct_tracer *t, ct_v2 at)
{
    struct glimpse glimpse = { 0 };
    struct path p = { .glimpse = &glimpse, .throughput = { 1, 1, 1 } };
    struct ct_hit hit;
    struct spot spot;
    *out = (struct ct_glance){ .instance = -1 };
    ct_lens_ray(t, at, v2(0, 0), &p.origin, &p.direction);
    bool met = ct_bvh_nearest(&t->bvh, p.origin, p.direction, RAY_FAR, &hit);
    if (meet_lamp(&p, t, met ? hit.t : RAY_FAR) || !met) {
        if (!p.has_normal)
            meet_sky(&p, t);
        out->form = out->normal = p.normal;
        out->sharpness = ct_tracer_sharpness(t, p.distance);
        out->albedo = v3(1, 1, 1);
        out->light = p.specular;
        out->ground = t->world->transparent;
        drop_if_wild(&out->light);
    } else {
        locate(&spot, t, p.direction, &hit);
        p.distance = spot.distance;
        out->sharpness = ct_tracer_sharpness(t, spot.distance);
        glance_at_surface(out, &p, t, &spot);
    }
    out->depth = ct_logf(ct_minf(ct_maxf(p.distance, 0), SKY_DEPTH) + 1e-3f);
}
