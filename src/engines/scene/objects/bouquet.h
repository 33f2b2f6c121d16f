/* Cut flowers on bare stems, which stand in something: shared by the kinds of bouquet. */
#ifndef CT_SCENE_BOUQUET_H
#define CT_SCENE_BOUQUET_H

#include "engines/scene/objects/object.h"

enum ct_bloom { CT_BLOOM_ROSE, CT_BLOOM_DAISY, CT_BLOOM_TULIP, CT_BLOOM_SUNFLOWER };

struct ct_bouquet {
    enum ct_bloom main, second; /* every third flower is of the second kind */
    ct_v3 colors[3];            /* of the main kind, in turn, where the prompt names none */
    int count;                  /* at most CT_BOUQUET_FLOWERS */
};

#define CT_BOUQUET_FLOWERS 13
#define CT_BOUQUET_VASE 22.0f /* height of what it is made for; it is scaled to others */

/* `reach` and `height` are those of the kind's flowers, which differ in size. */
#define CT_BOUQUET_SHAPE(reach, height)                                                            \
    {                                                                                              \
        .min = { -(reach), 0, -(reach) }, .max = { (reach), (height), (reach) },                   \
        .stem_radius = 1.3f, .stem_height = CT_BOUQUET_VASE,                                       \
    }

/* With a glass vase of its own, unless it was put in something. */
void ct_bouquet_add(struct ct_object_builder *b, const struct ct_bouquet *bouquet);

#endif
