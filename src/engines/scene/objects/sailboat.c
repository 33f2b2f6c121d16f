/* A sailing boat on the water: varnished deck, mast, mainsail and jib full of wind. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/loft.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 46.0f
#define DECK 4.2f

const struct ct_object_shape ct_object_sailboat_shape = {
    .min = { -5.0f, 0, -18.0f },
    .max = { 5.0f, HEIGHT, 18.7f },
    .view_deg = 7,
    .draught = 1.4f,
    .yaw = 1.05f,
    .parts = "sail|sails;deck",
};

/* A triangle of cloth between tack, clew and head, bellied out to one side. */
struct sail {
    ct_v3 tack, clew, head;
    float belly;
};

static ct_v3 sail_at(const void *ctx, float u, float v)
{
    const struct sail *s = ctx;
    float w = v > 0.985f ? 0.985f : v;
    ct_v3 foot = v3_lerp(s->tack, s->clew, u), p = v3_lerp(foot, s->head, w);
    float roach = 0.9f * ct_sinf(CT_PI * w) * u * u; /* the rear edge is a bow */
    p.x += s->belly * ct_sinf(CT_PI * u) * (1 - 0.6f * w) *
           (0.4f + 0.6f * ct_sinf(CT_PI * ct_clampf(w + 0.25f, 0, 1)));
    p.z += (s->clew.z < s->tack.z ? -roach : roach) * 0.6f;
    return p;
}

void ct_object_sailboat(struct ct_object_builder *b)
{
    static const struct ct_hull hull = { 17.5f, 4.9f, DECK, 1.5f, 0.62f, 0.18f };
    static const struct ct_hull deck = { 16.4f, 4.3f, 0.4f, 1.45f, 0.62f, 0, DECK - 0.16f };
    static const struct sail main = {
        { 0, 9.0f, 2.2f }, { 2.2f, 8.4f, -14.5f }, { 0, 44.6f, 1.9f }, 3.2f
    };
    static const struct sail jib = {
        { 0, 7.2f, 17.4f }, { 2.6f, 8.0f, 3.0f }, { 0, 38.0f, 3.0f }, 3.0f
    };
    int paint = ct_part_body(b, v3(0.80f, 0.80f, 0.78f));
    int cloth =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.84f, 0.82f, 0.77f)));
    int wood = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.36f, 0.17f, 0.07f)));
    int spar = ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.44f, 0.24f, 0.10f));
    int band = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.022f, 0.05f, 0.15f));
    ct_hull_add(b, &hull, paint);
    struct ct_hull stripe = hull;
    stripe.half_width *= 1.012f;
    stripe.depth = 1.1f;
    stripe.sheer = 0.2f;
    ct_hull_add(b, &stripe, band);
    ct_hull_add(b, &deck, wood); /* planks, lying on the hull */
    ct_model_cushion(b, v3(0, DECK + 0.9f, -0.5f), v3(2.3f, 1.3f, 5.0f), 0.35f, v3(0, 0, 0), paint);
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, DECK, 2.6f }, { 0, HEIGHT, 2.6f }, 0.42f, 0.24f, 0.1f },
        spar);
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 8.3f, 2.5f }, { 2.2f, 7.9f, -15.0f }, 0.32f, 0.28f, 0.1f },
        spar);
    struct ct_grid sail = { 20, 28, false, sail_at, &main, NULL };
    ct_object_add_part(b, ct_shape_grid(&sail), cloth);
    sail.ctx = &jib;
    ct_object_add_part(b, ct_shape_grid(&sail), cloth);
    ct_model_drum(
        b,
        (struct ct_model_drum){ { 0, 6.0f, 17.6f }, { 0, HEIGHT - 6, 2.8f }, 0.05f, 0.05f, 0.01f },
        spar);
    ct_model_drum(
        b,
        (struct ct_model_drum){ { 0, 5.0f, -16.6f }, { 0, HEIGHT - 1, 2.4f }, 0.05f, 0.05f, 0.01f },
        spar);
}
