/* A heap of fruit: five in a ring, a pear in their middle, strawberries in the hollows.
 *
 * Each is the thing of its own file. It lies on a table as it is; a bowl knows from the shape's
 * heap_ring where its lowest ones touch the wall. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define PART 3.95f
#define RING 6.95f /* 1.03 PART / sin 36 degrees: they touch */

const struct ct_object_shape ct_object_fruit_shape = {
    .min = { -RING - PART, 0, -RING - PART },
    .max = { RING + PART, 14.0f, RING + PART },
    .heap_ring = RING,
    .heap_part = PART,
};

void ct_object_fruit(struct ct_object_builder *b)
{
    static const struct {
        enum ct_object_id object;
        ct_v3 color;
        bool dyed;
        float yaw;
    } ring[] = {
        { CT_OBJECT_apple, { 0, 0, 0 }, false, 0.4f },
        { CT_OBJECT_orange, { 0, 0, 0 }, false, 1.3f },
        { CT_OBJECT_apple, { 0.30f, 0.42f, 0.05f }, true, 2.0f },
        { CT_OBJECT_orange, { 0, 0, 0 }, false, 0.2f },
        { CT_OBJECT_lemon, { 0, 0, 0 }, false, 0.9f },
    };
    for (int i = 0; i < 5; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * ((float)i + 0.25f) / 5, &s, &c);
        /* A lemon is lower: it lies a little further in and higher, on the others' flanks. */
        bool low = ring[i].object == CT_OBJECT_lemon;
        ct_v3 at = v3(RING * (low ? 0.92f : 1) * c, low ? 1.2f : 0, RING * (low ? 0.92f : 1) * s);
        ct_object_build_other(b, ring[i].object, at, ring[i].yaw, 1,
                              ring[i].dyed ? &ring[i].color : NULL);
    }
    ct_object_build_other(b, CT_OBJECT_pear, v3(0, 3.3f, 0), 0.3f, 1, NULL);
    for (int i = 0; i < 3; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (1.5f * (float)i + 0.75f) / 5, &s, &c);
        ct_object_build_other(b, CT_OBJECT_strawberry, v3(5.3f * c, 6.4f, 5.3f * s),
                              2.1f * (float)i, 1, NULL);
    }
}
