/* The 3D scene: a plain, printable description, and the way to a world.
 *
 * intent -> ct_scene3_compose() chooses arrangement, camera, light and materials -> struct
 * ct_scene3 -> ct_scene3_build() makes meshes and materials -> struct ct_world -> render/.
 * The scene is complete: the same scene gives the same pixels. */
#ifndef CT_SCENE_SCENE3_H
#define CT_SCENE_SCENE3_H

#include "contract/image_request.h"
#include "engines/scene/prompt/intent.h"
#include "engines/scene/render/world.h"

#define CT_SCENE3_MAX_OBJECTS 48

struct ct_look {
    enum ct_material_id material;
    ct_v3 color;        /* linear; used when has_color */
    bool has_color;
    enum ct_finish finish;
    enum ct_pattern_kind pattern;
    bool has_pattern_color;
    ct_v3 pattern_color; /* linear */
};

struct ct_scene3_object {
    enum ct_object_id object;
    const char *emoji;   /* of a relief, UTF-8; lives forever; NULL for other objects */
    int entity;          /* which entity of the intent it stands for; -1: furniture nobody named */
    ct_v3 position;      /* of its foot, cm */
    float yaw;           /* radians around y */
    float scale;
    struct ct_look look;
    enum ct_material_id contents;
    bool held;           /* it stands in another thing */
    bool astride;        /* it rides another thing */
    bool has_part;
    int part_index;      /* which of the parts its kind has */
    struct ct_look part; /* of its cap, handle or the like; material NONE: only a colour */
    struct ct_slice text;/* lettering; ptr NULL for none */
};

/* What a composition is judged by, each 0 (bad) to 1 (good). (score.c) */
enum ct_score_part {
    CT_SCORE_FRAME,     /* nothing is cut off */
    CT_SCORE_SIZE,      /* the subject is as large as the view wants it */
    CT_SCORE_VISIBLE,   /* things do not hide each other */
    CT_SCORE_COUNT,     /* every one of a counted group can be seen */
    CT_SCORE_RELATIONS, /* left is left, behind is behind, in the picture */
    CT_SCORE_BALANCE,   /* the weight lies around the middle, or beside the room for a title */
    CT_SCORE_EDGES,     /* outlines part or overlap clearly, they do not graze */
    CT_SCORE_LEGIBLE,   /* lettering faces the camera */
    CT_SCORE_LIGHT,     /* no thing stands in another one's light */
    CT_SCORE_PARTS
};

struct ct_score {
    float total; /* weighted mean of the parts, 0..1 */
    float part[CT_SCORE_PARTS];
};

struct ct_scene3 {
    struct ct_scene3_object objects[CT_SCENE3_MAX_OBJECTS];
    int n_objects;
    enum ct_backdrop_id backdrop;
    struct ct_land land;            /* of backdrop land: what is around, and the hour */
    struct ct_look support;         /* the table's or sweep's look */
    ct_v3 backdrop_color;           /* wall or sweep, linear */
    struct ct_look wall;            /* what it is built of; material NONE: plain, of that colour */
    enum ct_rig_id rig;
    enum ct_camera_id camera_id;
    struct ct_camera camera;        /* as composed for the picture's aspect */
    float aspect;                   /* width / height */
    float light_side;               /* 1: the key light comes from the left, -1: from the right */
    struct ct_post post;
    /* What the backdrop and the lights are measured by; radius 0: the things themselves. An edit
     * that takes things away or adds some keeps it, so that table and light stay as they were. */
    ct_v3 middle;
    float middle_radius;
    bool interior;                  /* a room as the subject */
    bool transparent;
    uint32_t seed;    /* of textures and of what is cast or grown by chance */
    uint32_t variant; /* of the composition: which of those tried for the seed; 0 is the classic */
    struct ct_score score;
    int tried, kept; /* compositions; the index of this one among them */
};

struct ct_scene3_params {
    float aspect; /* width / height */
    bool transparent;
    uint32_t seed;
    int candidates; /* compositions tried, the best is kept; < 1: one */
    enum ct_style style;
};

/* Lives in the arena. The same intent and params give the same scene. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_scene3_compose(const struct ct_scene3 **out, struct ct_arena *arena,
                                       const struct ct_intent *intent,
                                       const struct ct_scene3_params *params, struct ct_err *err);
/* How many compositions a request pays for: 1 to 64. (compose.c) */
int ct_scene3_candidates(enum ct_quality quality, enum ct_thinking thinking);
const char *ct_score_part_name(enum ct_score_part part);
void ct_scene3_print(struct ct_buf *b, const struct ct_scene3 *scene); /* JSON, stable order */
struct ct_json;
/* What ct_scene3_print() wrote, the same to the bit; lives in the arena and borrows from the JSON.
 * CT_E_JSON for a scene that cannot be built: reading is safe whoever wrote it. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_scene3_read(struct ct_scene3 **out, struct ct_arena *arena,
                                    const struct ct_json *json, struct ct_err *err);
/* Fills an initialised world; on failure the caller still releases it. */
CT_MUSTCHECK ct_code ct_scene3_build(struct ct_world *world, const struct ct_scene3 *scene,
                                     struct ct_err *err);

#endif
