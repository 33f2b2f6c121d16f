/* Colours of a drawn picture (looks.h), as of an animation cel: everything has its own colour in
 * two tones, lit and shaded, where the shaded one is what turns away from the key light or lies in
 * its shadow. What shines has a spot, metal has bands by where it mirrors, and glass shows what is
 * behind it, straight through, tinted by what it holds. */
#include "engines/scene/math/fn.h"
#include "engines/scene/render/lens.h"
#include "engines/scene/render/looks.h"

#define FAR 1e30f
#define LIFT 1e-3f      /* of the distance: from a surface, before a ray leaves it */
#define TERMINATOR 0.1f /* cosine: what is lit more than that is lit */
#define SPOT 0.965f     /* cosine to the half vector: the edge of a highlight */
#define GLOSSY 0.45f    /* roughness of what has one */
#define RIM 0.42f       /* cosine: glass seen more askew than that has an edge */
#define PANES 12        /* sheets of glass that are looked through */
#define VIVID 1.18f     /* saturation */

struct place {
    ct_v3 at, direction; /* where the look meets, and whence it comes */
    ct_v3 normal;        /* facing the look */
    const struct ct_instance *instance;
    const struct ct_material *material;
};

/* --- light --- */

static float strength_of(const struct ct_lamp *lamp, ct_v3 target)
{
    ct_v3 away = v3_sub(target, lamp->center);
    float squared = ct_maxf(v3_dot(away, away), 1e-3f);
    float facing = v3_dot(lamp->normal, away) / sqrtf(squared);
    return ct_luminance(lamp->radiance) * lamp->area * ct_maxf(facing, 0) / squared;
}

/* A light's colour without its strength, half of the way from white. */
static ct_v3 tint_of(ct_v3 light)
{
    float most = ct_maxf(light.x, ct_maxf(light.y, light.z));
    return most > 0 ? v3_lerp(v3(1, 1, 1), v3_scale(light, 1 / most), 0.5f) : v3(1, 1, 1);
}

/* The strongest lamp; pulled towards the left above the camera, so that the side one sees has some
 * light even when the lamp is behind. */
void ct_cel_prepare(struct ct_looks *l)
{
    const struct ct_tracer *t = &l->tracer;
    ct_v3 target = t->world->camera.target, sky = t->world->sky.zenith;
    ct_v3 front = v3_norm(v3_add(v3_scale(t->right, -0.5f), v3_mad(t->forward, -0.7f, t->up)));
    const struct ct_lamp *key = NULL;
    float strongest = 0;
    for (int i = 0; i < t->n_lamps; i++) {
        float strength = strength_of(&t->lamps[i], target);
        if (strength > strongest) {
            strongest = strength;
            key = &t->lamps[i];
        }
    }
    ct_v3 to_key = key ? v3_norm(v3_sub(key->center, target)) : front;
    l->to_key = v3_norm(v3_mad(front, 0.5f, to_key));
    l->key = v3_scale(key ? tint_of(key->radiance) : v3(1, 1, 1), 1.1f);
    l->fill = v3_mul(v3(0.54f, 0.56f, 0.66f), tint_of(sky));
}

/* --- surfaces --- */

static bool is_lit(const struct ct_looks *l, const struct place *p, float distance)
{
    if (v3_dot(p->normal, l->to_key) < TERMINATOR)
        return false;
    ct_v3 from = v3_mad(p->normal, LIFT * distance, p->at);
    return l->kernels->shadow(&l->tracer.bvh, from, l->to_key, FAR) != CT_SHADOW_FULL;
}

static bool has_spot(const struct ct_looks *l, const struct place *p)
{
    ct_v3 half = v3_norm(v3_sub(l->to_key, p->direction));
    return p->instance->object >= 0 && v3_dot(p->normal, half) > SPOT;
}

/* Bands: what a mirror at this place would show of a bright ceiling and a dark floor. */
static float band_of(const struct place *p)
{
    ct_v3 mirrored = v3_mad(p->normal, -2 * v3_dot(p->normal, p->direction), p->direction);
    return mirrored.y > 0.55f ? 1.15f : mirrored.y < -0.1f ? 0.55f : 0.85f;
}

static ct_v3 tone(const struct ct_looks *l, const struct place *p, ct_v3 color, float distance)
{
    const struct ct_surface *s = &p->material->surface;
    bool lit = is_lit(l, p, distance);
    ct_v3 c = v3_mul(color, lit ? l->key : l->fill);
    if (s->metallic > 0.5f)
        c = v3_scale(v3_mul(s->base_color, lit ? l->key : v3(0.8f, 0.8f, 0.85f)), band_of(p));
    if (lit && (s->roughness < GLOSSY || s->coat > 0.3f) && has_spot(l, p))
        c = v3_lerp(c, v3(1, 1, 1), 0.6f);
    return c;
}

/* --- glass --- */

static ct_v3 face_normal(const struct ct_mesh *mesh, uint32_t triangle)
{
    const uint32_t *corner = mesh->indices + 3 * (size_t)triangle;
    ct_v3 a = ct_mesh_position(mesh, corner[0]);
    return v3_norm(v3_cross(v3_sub(ct_mesh_position(mesh, corner[1]), a),
                            v3_sub(ct_mesh_position(mesh, corner[2]), a)));
}

static ct_v3 to_local(const struct ct_instance *instance, ct_v3 p)
{
    const float *m = instance->to_local;
    return v3(m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3],
              m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7],
              m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11]);
}

static ct_v3 own_color(const struct place *p)
{
    struct ct_surface s = p->material->surface;
    const struct ct_shade_point point = { .position = p->at,
                                          .local = to_local(p->instance, p->at),
                                          .normal = p->normal,
                                          .geometric_normal = p->normal };
    s.normal = p->normal;
    if (p->material->texture)
        p->material->texture(p->material, &point, &s);
    return s.base_color;
}

static ct_v3 absorbed(ct_v3 light, const struct ct_medium *medium, float way)
{
    ct_v3 a = medium->absorption;
    return v3_mul(light, v3(ct_expf(-ct_minf(a.x * way, 40)), ct_expf(-ct_minf(a.y * way, 40)),
                            ct_expf(-ct_minf(a.z * way, 40))));
}

/* Straight on from the camera through all that is glass, to what is not. */
static ct_v3 through_glass(const struct ct_looks *l, ct_v3 origin, ct_v3 direction, bool spot)
{
    const struct ct_world *world = l->tracer.world;
    ct_v3 light = v3(1, 1, 1), behind = v3(0.85f, 0.88f, 0.9f);
    float rim = 0, distance = 0;
    int medium = 0;
    for (int i = 0; i < PANES; i++) {
        struct ct_hit hit;
        struct place p = { .direction = direction };
        if (!l->kernels->nearest(&l->tracer.bvh, origin, direction, FAR, &hit))
            break;
        p.instance = world->instances + hit.instance;
        p.material = world->materials + p.instance->mesh->material;
        p.at = v3_mad(direction, hit.t, origin);
        ct_v3 normal = face_normal(p.instance->mesh, hit.triangle);
        bool inside = v3_dot(normal, direction) > 0;
        p.normal = v3_scale(normal, inside ? -1.0f : 1.0f);
        distance += hit.t;
        light = absorbed(light, &world->media[medium], hit.t);
        if (!p.material->glass) {
            behind = tone(l, &p, own_color(&p), distance);
            break;
        }
        const struct ct_mesh *mesh = p.instance->mesh;
        medium = inside ? mesh->medium_outside : mesh->medium_inside;
        light = v3_mul(light, v3_lerp(v3(1, 1, 1), p.material->surface.base_color, 0.5f));
        rim = ct_maxf(rim, -v3_dot(p.normal, direction) < RIM ? 0.5f : 0.07f);
        float step = LIFT * ct_maxf(distance, 1);
        origin = v3_mad(direction, step, p.at);
        distance += step;
    }
    ct_v3 c = v3_lerp(v3_mul(behind, light), v3(0.42f, 0.60f, 0.72f), rim);
    return spot ? v3_lerp(c, v3(1, 1, 1), 0.8f) : c;
}

/* --- a look --- */

static float shown(float glow, float exposure)
{
    return 1 - ct_expf(-ct_minf(ct_maxf(glow * exposure, 0), 40));
}

static ct_v3 encode(ct_v3 c)
{
    float grey = ct_luminance(c);
    c = v3_lerp(v3(grey, grey, grey), c, VIVID);
    return v3(ct_linear_to_srgb(ct_clampf(c.x, 0, 1)), ct_linear_to_srgb(ct_clampf(c.y, 0, 1)),
              ct_linear_to_srgb(ct_clampf(c.z, 0, 1)));
}

ct_v3 ct_cel_color(const struct ct_look_tile *tile, int look)
{
    const struct ct_looks *l = tile->looks;
    const struct ct_world *world = l->tracer.world;
    const struct ct_glance *g = tile->glances + look;
    float exposure = world->post.exposure;
    ct_v3 glow = v3(shown(g->light.x, exposure), shown(g->light.y, exposure),
                    shown(g->light.z, exposure));
    if (g->instance < 0)
        return encode(glow);
    ct_v3 origin, direction;
    ct_v2 at = v2((float)(tile->x0 + look % tile->side) + 0.5f,
                  (float)(tile->y0 + look / tile->side) + 0.5f);
    ct_lens_ray(&l->tracer, at, v2(0, 0), &origin, &direction);
    float distance = ct_expf(g->depth);
    const struct ct_instance *instance = world->instances + g->instance;
    const struct place p = { .at = v3_mad(direction, distance, origin),
                             .direction = direction,
                             .normal = g->form,
                             .instance = instance,
                             .material = world->materials + instance->mesh->material };
    if (g->glass)
        return encode(through_glass(l, origin, direction, has_spot(l, &p)));
    return encode(v3_add(tone(l, &p, g->albedo, distance), glow));
}
