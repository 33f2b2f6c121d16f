/* A light rig: sets the lights and the sky of a world for a stage of any size.
 *
 * Rigs speak in the terms of a photographer: directions seen from the subject (azimuth from the
 * camera towards the key's side, elevation), distances and sizes in radii of the subject, and
 * strength as irradiance at the subject. So one rig lights a perfume bottle and a row of lamps
 * alike, and exposure 1 always fits. One rig = one file rigs/<id>.c and one row of rigs.def. */
#ifndef CT_SCENE_RIG_H
#define CT_SCENE_RIG_H

#include "engines/scene/stage/scene3.h"

#define CT_RIG_MAX_GLASS 4

/* A transparent thing, which needs something bright behind it to be seen. */
struct ct_rig_glass {
    ct_v3 center;
    float half_width, half_height, half_depth; /* as the camera sees it, cm */
};

struct ct_rig_stage {
    ct_v3 center;        /* of all the subjects */
    float radius;        /* of the sphere around them, cm */
    ct_v3 right, front;  /* horizontal unit vectors: the camera's right, and towards the camera */
    float side;          /* 1: key from the left, -1: from the right */
    struct ct_rig_glass glass[CT_RIG_MAX_GLASS];
    int n_glass;
};

typedef void (*ct_rig_fn)(struct ct_world *world, const struct ct_rig_stage *stage);
#define CT_RIG(id, words)                                                                          \
    void ct_rig_##id(struct ct_world *world, const struct ct_rig_stage *stage);
#include "engines/scene/rigs/rigs.def"
#undef CT_RIG

/* Dispatch by table; an id out of range lights with soft_side. */
void ct_rig_set_up(struct ct_world *world, enum ct_rig_id id, const struct ct_rig_stage *stage);
/* How pictures in this light are developed. */
struct ct_post ct_rig_post(enum ct_rig_id id);

/* --- for the rigs --- */
struct ct_rig_light {
    enum ct_light_shape shape;
    float azimuth_deg;   /* 0 from the camera, 90 from the key's side, 180 from behind; < 0: fill */
    float elevation_deg; /* above the subject */
    float distance;      /* radii */
    float half_width, half_height; /* radii */
    ct_v3 aim; /* what it shines on, in radii right, up and front of the subject's middle */
    ct_v3 irradiance;    /* there, on a surface facing the light */
};
void ct_rig_light(struct ct_world *world, const struct ct_rig_stage *stage,
                  const struct ct_rig_light *light);
/* A glowing gradient card close behind each glass thing, hidden from the camera's direct view but
 * not through the glass. */
void ct_rig_cards(struct ct_world *world, const struct ct_rig_stage *stage, ct_v3 radiance);
void ct_rig_sky(struct ct_world *world, ct_v3 zenith, ct_v3 horizon, ct_v3 nadir);

#endif
