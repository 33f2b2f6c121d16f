/* Spoon, fork and knife as smooth bodies through stations along their length.
 *
 * A station says how wide and thick the piece is there, how high its middle lies, and how far its
 * edges rise above the middle (the dish of a spoon). Between stations everything is interpolated
 * by a Catmull-Rom spline; the section is an ellipse bent by the dish. */
#include "engines/scene/objects/utensil.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"

struct station {
    float z, half_width, half_thick, height, dish;
};

struct body {
    const struct station *stations;
    int n;
    float x;
};

static float through(const float k[4], float t)
{
    return 0.5f * (2 * k[1] + t * ((k[2] - k[0]) + t * ((2 * k[0] - 5 * k[1] + 4 * k[2] - k[3]) +
                                                        t * (3 * k[1] - k[0] - 3 * k[2] + k[3]))));
}

static struct station station_at(const struct body *body, float v)
{
    float at = v * (float)(body->n - 1), floor_at = ct_clampf(ct_floorf(at), 0, (float)body->n - 2);
    const struct station *s[4];
    for (int k = 0; k < 4; k++) {
        int i = (int)floor_at + k - 1;
        s[k] = &body->stations[i < 0 ? 0 : i >= body->n ? body->n - 1 : i];
    }
#define THROUGH(field)                                                                             \
    through((const float[4]){ s[0]->field, s[1]->field, s[2]->field, s[3]->field }, at - floor_at)
    struct station result = { THROUGH(z), ct_maxf(THROUGH(half_width), 0),
                              ct_maxf(THROUGH(half_thick), 0), THROUGH(height), THROUGH(dish) };
#undef THROUGH
    return result;
}

static ct_v3 body_at(const void *ctx, float u, float v)
{
    const struct body *body = ctx;
    struct station p = station_at(body, v);
    float s, c;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    return v3(body->x - p.half_width * c, p.height + p.half_thick * s + p.dish * c * c, p.z);
}

static void add(struct ct_object_builder *b, const struct station *stations, int n, float x)
{
    struct body body = { stations, n, x };
    struct ct_mesh *mesh =
        ct_shape_grid(&(struct ct_grid){ 40, 14 * (n - 1), true, body_at, &body });
    ct_object_add_part(b, mesh, b->body);
}

void ct_utensil_spoon(struct ct_object_builder *b, float x)
{
    static const struct station stations[] = {
        { -10.0f, 0, 0, 1.15f, 0 },
        { -9.85f, 0.72f, 0.07f, 0.95f, 0.20f },
        { -9.2f, 1.45f, 0.08f, 0.55f, 0.55f },
        { -7.9f, 1.98f, 0.08f, 0.18f, 0.92f },
        { -6.3f, 2.02f, 0.08f, 0.12f, 0.98f },
        { -4.8f, 1.45f, 0.09f, 0.42f, 0.55f },
        { -3.8f, 0.62f, 0.16f, 0.98f, 0.08f },
        { -2.9f, 0.40f, 0.20f, 1.38f, 0 },
        { -1.0f, 0.40f, 0.17f, 1.50f, 0 },
        { 2.5f, 0.55f, 0.13f, 1.20f, 0 },
        { 6.5f, 0.85f, 0.12f, 0.55f, 0 },
        { 9.2f, 1.02f, 0.12f, 0.14f, 0 },
        { 9.85f, 0.70f, 0.11f, 0.13f, 0 },
        { 10.0f, 0, 0, 0.13f, 0 },
    };
    add(b, stations, 14, x);
}

/* The four tines start inside the head, so that no seam shows. */
void ct_utensil_fork(struct ct_object_builder *b, float x)
{
    static const struct station head[] = {
        { -6.3f, 0, 0, 0.32f, 0 },
        { -6.2f, 1.05f, 0.06f, 0.30f, 0.04f },
        { -5.9f, 1.26f, 0.09f, 0.32f, 0.06f },
        { -5.2f, 1.24f, 0.10f, 0.42f, 0.10f },
        { -4.4f, 1.00f, 0.11f, 0.66f, 0.10f },
        { -3.6f, 0.55f, 0.15f, 1.05f, 0.03f },
        { -2.8f, 0.38f, 0.19f, 1.38f, 0 },
        { -1.0f, 0.38f, 0.17f, 1.50f, 0 },
        { 2.5f, 0.55f, 0.13f, 1.20f, 0 },
        { 6.5f, 0.85f, 0.12f, 0.55f, 0 },
        { 9.2f, 1.02f, 0.12f, 0.14f, 0 },
        { 9.85f, 0.70f, 0.11f, 0.13f, 0 },
        { 10.0f, 0, 0, 0.13f, 0 },
    };
    static const struct station tine[] = {
        { -10.0f, 0, 0, 1.10f, 0 },        { -9.92f, 0.07f, 0.05f, 1.05f, 0 },
        { -9.2f, 0.15f, 0.07f, 0.72f, 0 }, { -8.2f, 0.18f, 0.085f, 0.42f, 0 },
        { -7.0f, 0.20f, 0.09f, 0.30f, 0 }, { -5.9f, 0.24f, 0.085f, 0.36f, 0 },
        { -5.3f, 0.20f, 0.06f, 0.45f, 0 }, { -5.0f, 0, 0, 0.5f, 0 },
    };
    add(b, head, 13, x);
    for (int k = 0; k < 4; k++)
        add(b, tine, 8, x + 0.66f * ((float)k - 1.5f));
}

/* The blade lies flat, its edge to the left, its tip rounded. */
void ct_utensil_knife(struct ct_object_builder *b, float x)
{
    static const struct station blade[] = {
        { -10.0f, 0, 0, 0.20f, 0 },        { -9.8f, 0.45f, 0.05f, 0.20f, 0 },
        { -9.0f, 0.85f, 0.06f, 0.20f, 0 }, { -7.0f, 1.02f, 0.07f, 0.22f, 0 },
        { -3.0f, 1.00f, 0.08f, 0.26f, 0 }, { -0.6f, 0.92f, 0.10f, 0.30f, 0 },
        { 0.1f, 0.52f, 0.22f, 0.34f, 0 },  { 0.8f, 0.46f, 0.30f, 0.36f, 0 },
        { 4.5f, 0.66f, 0.32f, 0.35f, 0 },  { 8.8f, 0.88f, 0.30f, 0.31f, 0 },
        { 9.8f, 0.66f, 0.24f, 0.30f, 0 },  { 10.0f, 0, 0, 0.30f, 0 },
    };
    add(b, blade, 12, x);
}
