/* Soft solids as a distance field.
 *
 * Called by the generators in objects/ and by lump_mesh.c, on the thread that builds the world. The
 * field is the polynomial smooth union (Quilez 2008) of the lumps in the order of their table, cut
 * off at the floor. Distances never fall faster than points move apart (CT_LUMP_BOUND), so of forty
 * lumps some five matter in any small part of space. Colours are told by distances, so that their
 * borders are sharp however coarse a mesh is. */
#include "engines/scene/geometry/lump_field.h"

#include "engines/scene/math/fn.h"

#define TOUCH_CM 3.0f   /* how far a feature's place may be given from the surface */
#define PAINT_FAR 4.0f  /* cm; further than any vertex from a border it decides about */
#define FOOT_EDGE 0.22f /* cm, rounding where a thing is cut off at the floor */

static float smooth_min(float a, float b, float k)
{
    float h = ct_maxf(k - fabsf(a - b), 0);
    return ct_minf(a, b) - (k > 0 ? h * h / (4 * k) : 0);
}

static struct ct_lump_solid prepare(const struct ct_lump *lump)
{
    struct ct_lump_solid solid = { .lump = *lump, .turned = lump->pitch != 0 || lump->roll != 0 };
    ct_sincosf(-lump->pitch, &solid.sin_pitch, &solid.cos_pitch);
    ct_sincosf(-lump->roll, &solid.sin_roll, &solid.cos_roll);
    return solid;
}

static ct_v3 turned_back(const struct ct_lump_solid *solid, ct_v3 p)
{
    if (!solid->turned)
        return p;
    float s = solid->sin_roll, c = solid->cos_roll;
    p = v3(p.x * c - p.y * s, p.x * s + p.y * c, p.z);
    s = solid->sin_pitch;
    c = solid->cos_pitch;
    return v3(p.x, p.y * c - p.z * s, p.y * s + p.z * c);
}

static float ball_distance(ct_v3 p, ct_v3 r)
{
    ct_v3 q = v3(p.x / r.x, p.y / r.y, p.z / r.z);
    float k0 = v3_len(q), k1 = v3_len(v3(q.x / r.x, q.y / r.y, q.z / r.z));
    float least = ct_minf(r.x, ct_minf(r.y, r.z));
    return k1 > 1e-6f ? k0 * (k0 - 1) / k1 : -least;
}

/* A cone with round ends (Quilez). */
static float limb_distance(const struct ct_lump *lump, ct_v3 p)
{
    ct_v3 ba = v3_sub(lump->b, lump->a), pa = v3_sub(p, lump->a);
    float l2 = v3_dot(ba, ba), rr = lump->r0 - lump->r1, a2 = l2 - rr * rr;
    if (l2 < 1e-8f || a2 <= 0)
        return v3_len(pa) - ct_maxf(lump->r0, lump->r1);
    float y = v3_dot(pa, ba), z = y - l2, il2 = 1 / l2;
    ct_v3 across = v3_sub(v3_scale(pa, l2), v3_scale(ba, y));
    float x2 = v3_dot(across, across), y2 = y * y * l2, z2 = z * z * l2;
    float k = (rr > 0 ? 1.0f : -1.0f) * rr * rr * x2;
    if ((z > 0 ? 1.0f : -1.0f) * a2 * z2 > k)
        return sqrtf(x2 + z2) * il2 - lump->r1;
    if ((y > 0 ? 1.0f : -1.0f) * a2 * y2 < k)
        return sqrtf(x2 + y2) * il2 - lump->r0;
    return (sqrtf(x2 * a2 * il2) + y * rr) * il2 - lump->r0;
}

static float block_distance(const struct ct_lump *lump, ct_v3 p)
{
    float r = lump->r0;
    ct_v3 q = v3(fabsf(p.x) - lump->b.x + r, fabsf(p.y) - lump->b.y + r,
                 fabsf(p.z) - lump->b.z + r);
    float inside = ct_minf(v3_max(q), 0);
    return inside + v3_len(v3(ct_maxf(q.x, 0), ct_maxf(q.y, 0), ct_maxf(q.z, 0))) - r;
}

static float one_distance(const struct ct_lump_solid *solid, ct_v3 p)
{
    const struct ct_lump *lump = &solid->lump;
    switch (lump->kind) {
    case CT_LUMP_BALL:
        return ball_distance(turned_back(solid, v3_sub(p, lump->a)), lump->b);
    case CT_LUMP_LIMB:
        return limb_distance(lump, p);
    case CT_LUMP_BLOCK:
        return block_distance(lump, turned_back(solid, v3_sub(p, lump->a)));
    }
    return CT_LUMP_FAR;
}

static float lump_distance(const struct ct_lump_solid *solid, ct_v3 p)
{
    float d = one_distance(solid, p);
    return solid->lump.both ? ct_minf(d, one_distance(solid, v3(-p.x, p.y, p.z))) : d;
}

/* The field with one more lump. */
static float join(float d, const struct ct_lump *lump, float one)
{
    if (lump->use == CT_LUMP_CUT)
        return -smooth_min(-d, one, lump->blend);
    return smooth_min(d, one, d < CT_LUMP_FAR ? lump->blend : 0);
}

static float above_floor(float d, ct_v3 p)
{
    return -smooth_min(-d, p.y, FOOT_EDGE);
}

float ct_lumps_distance(const struct ct_lumps *lumps, ct_v3 p)
{
    float d = CT_LUMP_FAR;
    for (int i = 0; i < lumps->n; i++) {
        struct ct_lump_solid solid = prepare(&lumps->lumps[i]);
        if (solid.lump.use != CT_LUMP_PAINT)
            d = join(d, &solid.lump, lump_distance(&solid, p));
    }
    return above_floor(d, p);
}

float ct_lump_field_distance(const struct ct_lump_field *field, ct_v3 p)
{
    float d = CT_LUMP_FAR;
    for (int k = 0; k < field->n_near; k++) {
        const struct ct_lump_solid *solid = &field->solids[field->near[k]];
        if (solid->lump.use != CT_LUMP_PAINT)
            d = join(d, &solid->lump, lump_distance(solid, p));
    }
    return above_floor(d, p);
}

void ct_lump_field_enter(struct ct_lump_field *field, ct_v3 middle, float radius)
{
    float distance[CT_LUMPS_MAX], nearest = CT_LUMP_FAR, blend = 0, reach = CT_LUMP_BOUND * radius;
    for (int i = 0; i < field->n; i++) {
        const struct ct_lump *lump = &field->solids[i].lump;
        distance[i] = lump_distance(&field->solids[i], middle);
        blend = ct_maxf(blend, lump->blend);
        if (lump->use == CT_LUMP_ADD)
            nearest = ct_minf(nearest, distance[i]);
    }
    field->n_near = 0;
    for (int i = 0; i < field->n; i++) {
        bool stuff = field->solids[i].lump.use == CT_LUMP_ADD;
        if (distance[i] < (stuff ? nearest + 2 * reach : reach) + blend)
            field->near[field->n_near++] = (uint8_t)i;
    }
}

static float along(const struct ct_lump_field *field, ct_v3 p, ct_v3 h)
{
    return ct_lump_field_distance(field, v3_add(p, h)) -
           ct_lump_field_distance(field, v3_sub(p, h));
}

ct_v3 ct_lump_field_gradient(const struct ct_lump_field *field, ct_v3 p, float h)
{
    ct_v3 g;
    g.x = along(field, p, v3(h, 0, 0));
    g.y = along(field, p, v3(0, h, 0));
    g.z = along(field, p, v3(0, 0, h));
    return v3_norm(g);
}

void ct_lump_field_init(struct ct_lump_field *field, const struct ct_lumps *lumps)
{
    field->n = lumps->n < CT_LUMPS_MAX ? lumps->n : CT_LUMPS_MAX;
    field->n_near = 0;
    for (int i = 0; i < field->n; i++)
        field->solids[i] = prepare(&lumps->lumps[i]);
}

ct_v3 ct_lumps_touch(const struct ct_lumps *lumps, ct_v3 p, ct_v3 *normal)
{
    struct ct_lump_field field;
    ct_v3 n = v3(0, 1, 0);
    ct_lump_field_init(&field, lumps);
    ct_lump_field_enter(&field, p, TOUCH_CM);
    for (int i = 0; i < 6; i++) {
        n = ct_lump_field_gradient(&field, p, 0.02f);
        p = v3_mad(n, -ct_lump_field_distance(&field, p), p);
    }
    if (normal)
        *normal = n;
    return p;
}

void ct_lump_field_paints(const struct ct_lump_field *field, ct_v3 p, float out[CT_LUMP_PAINTS])
{
    float stuff[CT_LUMP_PAINTS], marks[CT_LUMP_PAINTS];
    for (int k = 0; k < CT_LUMP_PAINTS; k++)
        stuff[k] = marks[k] = CT_LUMP_FAR;
    for (int i = 0; i < field->n_near; i++) {
        const struct ct_lump_solid *solid = &field->solids[field->near[i]];
        int paint = solid->lump.paint;
        if (solid->lump.use == CT_LUMP_ADD)
            stuff[paint] = ct_minf(stuff[paint], lump_distance(solid, p));
        else if (solid->lump.use == CT_LUMP_PAINT)
            marks[paint] = ct_minf(marks[paint], lump_distance(solid, p));
    }
    for (int k = 0; k < CT_LUMP_PAINTS; k++) {
        float others = CT_LUMP_FAR, over = CT_LUMP_FAR;
        for (int j = 0; j < CT_LUMP_PAINTS; j++) {
            others = j == k ? others : ct_minf(others, stuff[j]);
            over = j == k ? over : ct_minf(over, marks[j]);
        }
        float own = stuff[k] < CT_LUMP_FAR ? stuff[k] - others : CT_LUMP_FAR;
        out[k] = ct_clampf(ct_minf(marks[k], ct_maxf(own, -over)), -PAINT_FAR, PAINT_FAR);
    }
}
