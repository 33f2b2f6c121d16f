/* Soft solids as a distance field.
 *
 * Called by the generators in objects/ and by lump_mesh.c, on the thread that builds the world. The
 * field is the polynomial smooth union (Quilez 2008) of the lumps in the order of their table, cut
 * off at the floor. Distances never fall faster than points move apart (CT_LUMP_BOUND), so of forty
 * lumps some five matter in any small part of space. Colours are told by distances, so that their
 * borders are sharp however coarse a mesh is.
 *
 * Everything is computed for eight points at once: building a figure is asking the field a quarter
 * of a million times. A vertex asks for six points around it, by whose differences the gradient is
 * told, and for its own. */
#include "engines/scene/geometry/lump_field.h"

#include "base/clones.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/simd.h"

#define TOUCH_CM 3.0f   /* how far a feature's place may be given from the surface */
#define PAINT_FAR 4.0f  /* cm; further than any vertex from a border it decides about */
#define FOOT_EDGE 0.22f /* cm, rounding where a thing is cut off at the floor */

typedef struct {
    ct_f8 x, y, z;
} points8;

/* As ct_f8_min() and ct_f8_max(), which a clone for AVX2 would do by halves. */
CT_INLINE ct_f8 min8(ct_f8 a, ct_f8 b)
{
    return ct_f8_select(a < b, a, b);
}

CT_INLINE ct_f8 max8(ct_f8 a, ct_f8 b)
{
    return ct_f8_select(a > b, a, b);
}

CT_INLINE points8 load(const struct ct_lump_points *p)
{
    return (points8){ ct_f8_load(p->x), ct_f8_load(p->y), ct_f8_load(p->z) };
}

CT_INLINE points8 minus(points8 p, ct_v3 v)
{
    return (points8){ p.x - v.x, p.y - v.y, p.z - v.z };
}

CT_INLINE ct_f8 dot8(points8 a, points8 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

CT_INLINE ct_f8 len8(points8 a)
{
    return ct_f8_sqrt(dot8(a, a));
}

CT_INLINE ct_f8 smooth_min(ct_f8 a, ct_f8 b, float k)
{
    ct_f8 least = min8(a, b);
    if (k <= 0)
        return least;
    ct_f8 h = max8(k - ct_f8_abs(a - b), ct_f8_set(0));
    return least - h * h / (4 * k);
}

static struct ct_lump_solid prepare(const struct ct_lump *lump)
{
    struct ct_lump_solid solid = { .lump = *lump, .turned = lump->pitch != 0 || lump->roll != 0 };
    ct_sincosf(-lump->pitch, &solid.sin_pitch, &solid.cos_pitch);
    ct_sincosf(-lump->roll, &solid.sin_roll, &solid.cos_roll);
    return solid;
}

CT_INLINE points8 turned_back(const struct ct_lump_solid *solid, points8 p)
{
    if (!solid->turned)
        return p;
    float s = solid->sin_roll, c = solid->cos_roll;
    p = (points8){ p.x * c - p.y * s, p.x * s + p.y * c, p.z };
    s = solid->sin_pitch;
    c = solid->cos_pitch;
    return (points8){ p.x, p.y * c - p.z * s, p.y * s + p.z * c };
}

CT_INLINE ct_f8 ball_distance(ct_v3 r, points8 p)
{
    points8 q = { p.x / r.x, p.y / r.y, p.z / r.z };
    ct_f8 k0 = len8(q), k1 = len8((points8){ q.x / r.x, q.y / r.y, q.z / r.z });
    float least = ct_minf(r.x, ct_minf(r.y, r.z));
    return ct_f8_select(k1 > 1e-6f, k0 * (k0 - 1) / k1, ct_f8_set(-least));
}

/* A cone with round ends (Quilez). */
CT_INLINE ct_f8 limb_distance(const struct ct_lump *lump, points8 p)
{
    ct_v3 ba = v3_sub(lump->b, lump->a);
    points8 pa = minus(p, lump->a);
    float l2 = v3_dot(ba, ba), rr = lump->r0 - lump->r1, a2 = l2 - rr * rr;
    if (l2 < 1e-8f || a2 <= 0)
        return len8(pa) - ct_maxf(lump->r0, lump->r1);
    float il2 = 1 / l2, lean = (rr > 0 ? 1.0f : -1.0f) * rr * rr;
    ct_f8 y = pa.x * ba.x + pa.y * ba.y + pa.z * ba.z, z = y - l2;
    points8 across = { pa.x * l2 - ba.x * y, pa.y * l2 - ba.y * y, pa.z * l2 - ba.z * y };
    ct_f8 x2 = dot8(across, across), y2 = y * y * l2, z2 = z * z * l2, k = lean * x2;
    ct_f8 plus = ct_f8_set(a2), less = ct_f8_set(-a2);
    ct_i8 behind = ct_f8_select(z > 0, plus, less) * z2 > k;
    ct_i8 before = ct_f8_select(y > 0, plus, less) * y2 < k;
    ct_f8 beside = (ct_f8_sqrt(x2 * a2 * il2) + y * rr) * il2 - lump->r0;
    ct_f8 first = ct_f8_sqrt(x2 + y2) * il2 - lump->r0;
    ct_f8 last = ct_f8_sqrt(x2 + z2) * il2 - lump->r1;
    return ct_f8_select(behind, last, ct_f8_select(before, first, beside));
}

CT_INLINE ct_f8 block_distance(const struct ct_lump *lump, points8 p)
{
    const ct_f8 zero = ct_f8_set(0);
    float r = lump->r0;
    points8 q = { ct_f8_abs(p.x) - lump->b.x + r, ct_f8_abs(p.y) - lump->b.y + r,
                  ct_f8_abs(p.z) - lump->b.z + r };
    ct_f8 inside = min8(max8(q.x, max8(q.y, q.z)), zero);
    points8 outside = { max8(q.x, zero), max8(q.y, zero), max8(q.z, zero) };
    return inside + len8(outside) - r;
}

CT_INLINE ct_f8 one_distance(const struct ct_lump_solid *solid, points8 p)
{
    const struct ct_lump *lump = &solid->lump;
    switch (lump->kind) {
    case CT_LUMP_BALL:
        return ball_distance(lump->b, turned_back(solid, minus(p, lump->a)));
    case CT_LUMP_LIMB:
        return limb_distance(lump, p);
    case CT_LUMP_BLOCK:
        return block_distance(lump, turned_back(solid, minus(p, lump->a)));
    }
    return ct_f8_set(CT_LUMP_FAR);
}

/* Distances to lumps, one by one, and to the surface of those that were there so far. */
struct walk {
    points8 p;
    ct_f8 lump, surface;
    bool any; /* stuff, so far */
};

CT_INLINE struct walk set_out(points8 p)
{
    return (struct walk){ .p = p, .surface = ct_f8_set(CT_LUMP_FAR) };
}

CT_INLINE void pass(struct walk *walk, const struct ct_lump_solid *solid)
{
    const struct ct_lump *lump = &solid->lump;
    walk->lump = one_distance(solid, walk->p);
    if (lump->both)
        walk->lump =
            min8(walk->lump, one_distance(solid, (points8){ -walk->p.x, walk->p.y, walk->p.z }));
    if (lump->use == CT_LUMP_CUT)
        walk->surface = -smooth_min(-walk->surface, walk->lump, lump->blend);
    else if (lump->use == CT_LUMP_ADD)
        walk->surface = smooth_min(walk->surface, walk->lump, walk->any ? lump->blend : 0);
    walk->any |= lump->use == CT_LUMP_ADD;
}

/* What lies below the floor is cut off. */
CT_INLINE ct_f8 arrive(const struct walk *walk)
{
    return -smooth_min(-walk->surface, walk->p.y, FOOT_EDGE);
}

void ct_lump_field_init(struct ct_lump_field *field, const struct ct_lumps *lumps)
{
    field->n = lumps->n < CT_LUMPS_MAX ? lumps->n : CT_LUMPS_MAX;
    field->n_near = 0;
    field->blend = 0;
    for (int i = 0; i < field->n; i++) {
        field->solids[i] = prepare(&lumps->lumps[i]);
        field->blend = ct_maxf(field->blend, lumps->lumps[i].blend);
    }
}

CT_CLONES void ct_lump_field_survey(struct ct_lump_survey *out, const struct ct_lump_field *field,
                                    const struct ct_lump_points *points)
{
    struct walk walk = set_out(load(points));
    for (int i = 0; i < field->n; i++) {
        pass(&walk, &field->solids[i]);
        ct_f8_store(out->lump[i], walk.lump);
    }
    ct_f8_store(out->surface, arrive(&walk));
}

void ct_lump_field_enter(struct ct_lump_field *field, const struct ct_lump_survey *survey,
                         int point, float radius)
{
    float nearest = CT_LUMP_FAR, reach = CT_LUMP_BOUND * radius;
    for (int i = 0; i < field->n; i++)
        if (field->solids[i].lump.use == CT_LUMP_ADD)
            nearest = ct_minf(nearest, survey->lump[i][point]);
    field->n_near = 0;
    for (int i = 0; i < field->n; i++) {
        bool stuff = field->solids[i].lump.use == CT_LUMP_ADD;
        if (survey->lump[i][point] < (stuff ? nearest + 2 * reach : reach) + field->blend)
            field->near[field->n_near++] = (uint8_t)i;
    }
}

CT_CLONES void ct_lump_field_distances(float out[CT_LUMP_POINTS], const struct ct_lump_field *field,
                                       const struct ct_lump_points *points)
{
    struct walk walk = set_out(load(points));
    for (int k = 0; k < field->n_near; k++) {
        const struct ct_lump_solid *solid = &field->solids[field->near[k]];
        if (solid->lump.use != CT_LUMP_PAINT)
            pass(&walk, solid);
    }
    ct_f8_store(out, arrive(&walk));
}

static void tell_paints(float out[CT_LUMP_PAINTS], const float stuff[CT_LUMP_PAINTS],
                        const float marks[CT_LUMP_PAINTS])
{
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

CT_CLONES void ct_lump_field_sample(struct ct_lump_sample *out, const struct ct_lump_field *field,
                                    ct_v3 p, float h)
{
    enum { ITSELF = 6 };
    float stuff[CT_LUMP_PAINTS], marks[CT_LUMP_PAINTS];
    for (int k = 0; k < CT_LUMP_PAINTS; k++)
        stuff[k] = marks[k] = CT_LUMP_FAR;
    struct walk walk = set_out((points8){
        { p.x + h, p.x - h, p.x, p.x, p.x, p.x, p.x, p.x },
        { p.y, p.y, p.y + h, p.y - h, p.y, p.y, p.y, p.y },
        { p.z, p.z, p.z, p.z, p.z + h, p.z - h, p.z, p.z },
    });
    for (int k = 0; k < field->n_near; k++) {
        const struct ct_lump_solid *solid = &field->solids[field->near[k]];
        int paint = solid->lump.paint;
        pass(&walk, solid);
        if (solid->lump.use == CT_LUMP_ADD)
            stuff[paint] = ct_minf(stuff[paint], walk.lump[ITSELF]);
        else if (solid->lump.use == CT_LUMP_PAINT)
            marks[paint] = ct_minf(marks[paint], walk.lump[ITSELF]);
    }
    ct_f8 d = arrive(&walk);
    out->distance = d[ITSELF];
    out->normal = v3_norm(v3(d[0] - d[1], d[2] - d[3], d[4] - d[5]));
    tell_paints(out->paint, stuff, marks);
}

static void survey_one(struct ct_lump_survey *out, const struct ct_lump_field *field, ct_v3 p)
{
    struct ct_lump_points points;
    for (int i = 0; i < CT_LUMP_POINTS; i++) {
        points.x[i] = p.x;
        points.y[i] = p.y;
        points.z[i] = p.z;
    }
    ct_lump_field_survey(out, field, &points);
}

float ct_lumps_distance(const struct ct_lumps *lumps, ct_v3 p)
{
    struct ct_lump_field field;
    struct ct_lump_survey survey;
    ct_lump_field_init(&field, lumps);
    survey_one(&survey, &field, p);
    return survey.surface[0];
}

ct_v3 ct_lumps_touch(const struct ct_lumps *lumps, ct_v3 p, ct_v3 *normal)
{
    struct ct_lump_field field;
    struct ct_lump_survey survey;
    struct ct_lump_sample sample = { .normal = { 0, 1, 0 } };
    ct_lump_field_init(&field, lumps);
    survey_one(&survey, &field, p);
    ct_lump_field_enter(&field, &survey, 0, TOUCH_CM);
    for (int i = 0; i < 6; i++) {
        ct_lump_field_sample(&sample, &field, p, 0.02f);
        p = v3_mad(sample.normal, -sample.distance, p);
    }
    if (normal)
        *normal = sample.normal;
    return p;
}
