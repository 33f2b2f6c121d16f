/* What the path tracer draws: meshes, materials, lights, a camera, a sky; and how it is developed.
 *
 * stage/ fills it, render/ reads it. Everything is by index, so a world is a few flat arrays.
 * A world is built by one thread and immutable while it is drawn. */
#ifndef CT_SCENE_WORLD_H
#define CT_SCENE_WORLD_H

#include "base/err.h"
#include "engines/scene/geometry/mesh.h"
#include "engines/scene/render/dome.h"

#include <stdatomic.h>

/* Appearance at one point, in the words of physically based rendering. Colours linear RGB. */
struct ct_surface {
    ct_v3 base_color;
    float roughness;      /* 0..1, perceptual (alpha = roughness^2) */
    float metallic;       /* 0 dielectric, 1 metal */
    float specular;       /* reflectance at normal incidence of the dielectric, usually 0.04 */
    float coat;           /* clear coat weight */
    float coat_roughness;
    ct_v3 sheen_color;    /* retro-reflective fuzz of cloth; 0 = none */
    ct_v3 emission;
    ct_v3 normal;         /* shading normal, may be bent by a texture */
};

struct ct_shade_point {
    ct_v3 position;       /* world, cm */
    ct_v3 local;          /* in the object's own space (before placing), cm */
    ct_v3 normal;         /* interpolated shading normal, facing the viewer */
    ct_v3 geometric_normal;
    float u, v;           /* texture coordinates, 0 when the mesh has none */
    int bounce;           /* 0 at the first non-specular hit: detail matters only there */
};

struct ct_material;
/* Changes *s, which arrives filled with the material's own surface. Pure. */
typedef void (*ct_texture_fn)(const struct ct_material *material, const struct ct_shade_point *at,
                              struct ct_surface *s);

enum ct_decal_face {
    CT_DECAL_NONE,
    CT_DECAL_FRONT, /* the plane z = center.z, seen from +z */
    CT_DECAL_ROUND, /* a wall of radius center.z around the y axis, unrolled */
    CT_DECAL_TOP,   /* the plane y = center.y, seen from above, read from +z */
};

/* Where the raster of a material lies on a thing, in the thing's own space (materials/decal.h). */
struct ct_decal {
    enum ct_decal_face face;
    ct_v3 center;                  /* of the area; x is 0 where ROUND */
    float half_width, half_height; /* cm, along the surface */
    float turn;                    /* ROUND: radians from +z towards +x to the area's middle */
    float yaw;                     /* of the thing in the world */
    ct_v3 ink;
    ct_texture_fn under;           /* the surface without it; NULL: plain */
    int entity;                    /* whose lettering it is: alike things share one raster */
};

/* How the two coordinates of a pattern run over a thing. */
enum ct_pattern_form {
    CT_PATTERN_ROUND,  /* around the y axis and up it */
    CT_PATTERN_BALL,   /* around it, and along the meridian */
    CT_PATTERN_CANOPY, /* seen from above */
    CT_PATTERN_SIDES,  /* in the plane of each side */
};

/* A second colour over a material, in the thing's own space (materials/pattern.h). */
struct ct_pattern {
    int kind; /* enum ct_pattern_kind */
    enum ct_pattern_form form;
    ct_v3 color;
    float size;           /* of one repeat, cm */
    float radius, height; /* of the thing, cm */
    float turned_cos, turned_sin; /* of its yaw in the world */
    ct_texture_fn under;  /* the surface without it; NULL: plain */
};

struct ct_material {
    struct ct_surface surface;
    bool glass;              /* a dielectric interface between the mesh's media; base_color tints */
    ct_texture_fn texture;   /* NULL: the surface everywhere */
    ct_v3 color2;            /* second colour of a texture */
    ct_v3 color3;            /* and a third */
    ct_texture_fn under;     /* of a texture laid over another one; NULL: over plain stuff */
    float scale;             /* texture frequency, 1/cm */
    float bump;              /* strength of normal detail */
    float param[4];          /* the texture's own */
    const struct ct_raster *raster; /* an image laid on by `decal`; NULL for none */
    struct ct_decal decal;
    struct ct_pattern pattern;
};

/* An sRGB picture used as a texture; owned by the world, top row first. */
struct ct_raster {
    int width, height;
    uint8_t *rgba; /* straight alpha */
};

/* Linear RGB at (u, v), bilinear; u runs to the right, v upwards, (0, 0) is the lower left corner
 * and coordinates beyond [0, 1] are held at the edge. *alpha (may be NULL) is the coverage there.
 * NULL or empty rasters give black with alpha 0. Pure. */
ct_v3 ct_raster_sample(const struct ct_raster *raster, float u, float v, float *alpha);

struct ct_medium {
    float ior;        /* 1 for air */
    ct_v3 absorption; /* 1/cm, Beer-Lambert */
};

enum ct_light_shape {
    CT_LIGHT_SOFTBOX,
    CT_LIGHT_WINDOW,
    CT_LIGHT_CARD,
    CT_LIGHT_UNIFORM,
    CT_LIGHT_DISC, /* the ellipse inside the rectangle: the sun */
};

/* A rectangle: center +- half_u +- half_v, shining along cross(half_u, half_v). */
struct ct_light {
    ct_v3 center, half_u, half_v;
    ct_v3 radiance;
    enum ct_light_shape shape; /* how the radiance falls off over the rectangle */
    bool camera_visible;
};

struct ct_camera {
    ct_v3 eye, target;
    float fov_deg;       /* vertical */
    float aperture_cm;   /* lens radius; 0 = pinhole */
    float focus_cm;      /* distance in focus; 0 = the target */
    float shift_x, shift_y; /* lens shift in half-heights: room for a title without turning */
    bool orthographic;   /* isometric: fov gives the height at the target */
};

struct ct_sky {
    ct_v3 zenith, horizon, nadir; /* radiance */
    bool visible;                 /* false: the camera sees `plain` instead */
    ct_v3 plain;
    struct ct_dome *dome;         /* instead of the three colours; owned by the world; NULL: none */
};

enum ct_tone_curve { CT_TONE_CURVE_ACES, CT_TONE_CURVE_NEUTRAL };

struct ct_post {
    float exposure;  /* 1 = as is */
    enum ct_tone_curve tone;
    float vignette, bloom;
    float saturation; /* added to that of the picture: 0 as is, -1 grey */
};

struct ct_instance {
    struct ct_mesh *mesh;  /* owned by the world; already in world space */
    float to_local[12];    /* rows of the 3x4 matrix world -> the object's own space */
    int object;            /* index of the scene object, -1 for backdrop: id buffer, alpha */
};

struct ct_world {
    struct ct_instance *instances;
    int n_instances, cap_instances;
    struct ct_material *materials;
    int n_materials, cap_materials;
    struct ct_medium media[16];
    int n_media; /* >= 1: media[0] is air */
    struct ct_light lights[16];
    int n_lights;
    struct ct_raster rasters[24];
    int n_rasters;
    struct ct_camera camera;
    struct ct_sky sky;
    struct ct_post post;
    float clamp;     /* brightest contribution of an indirect path; 0 = none */
    int max_depth;   /* path segments */
    bool transparent;/* backdrop instances only catch shadows: alpha = coverage of objects */
    const atomic_int *cancel; /* building looks at it where it takes long; may be NULL */
    bool failed;     /* an addition ran out of memory: checked once by the renderer (CT_E_MEMORY) */
};

/* Zeroed, air as media[0], exposure 1, clamp 8, max_depth 12. */
void ct_world_init(struct ct_world *world);
void ct_world_release(struct ct_world *world);
/* Each returns the new index, -1 (and failed) when out of memory or full. */
int ct_world_add_material(struct ct_world *world, const struct ct_material *material);
int ct_world_add_medium(struct ct_world *world, float ior, ct_v3 absorption);
int ct_world_add_light(struct ct_world *world, const struct ct_light *light);
/* Copies width * height * 4 bytes; *rgba stays the caller's. */
int ct_world_add_raster(struct ct_world *world, const uint8_t *rgba, int width, int height);
/* Takes the mesh (also on failure; NULL only sets failed). to_local NULL = identity. */
int ct_world_add_mesh(struct ct_world *world, struct ct_mesh *mesh, int object,
                      const float to_local[12]);

#endif
