/* What houses are put together from: windows, doors, gabled roofs of tiles, chimneys. All in the
 * object's own space, walls along x and z; see object.h for thread and errors. */
#ifndef CT_SCENE_BUILDING_H
#define CT_SCENE_BUILDING_H

#include "engines/scene/objects/model.h"

#define CT_WINDOWS_MAX 96

enum ct_facade { CT_FACADE_FRONT, CT_FACADE_BACK, CT_FACADE_RIGHT, CT_FACADE_LEFT };

/* Windows of one kind. `at` is the middle of each on the wall's plane. */
struct ct_windows {
    struct ct_window_place {
        enum ct_facade on;
        ct_v3 at;
    } place[CT_WINDOWS_MAX];
    int n;
    float half_width, half_height;
    float frame;       /* width of the frame; 0: panes only */
    int columns, rows; /* of panes */
    bool sill;
};
/* Appends one, as long as there is room. */
void ct_windows_put(struct ct_windows *w, enum ct_facade on, float x, float y, float z);
void ct_windows_add(struct ct_object_builder *b, const struct ct_windows *w, int frame, int glass);
/* What is behind a window by day. */
int ct_window_glass(struct ct_object_builder *b);
/* And in the evening, when somebody is at home. */
int ct_window_lit(struct ct_object_builder *b);

/* A gabled roof in rows of tiles; the ridge runs along x, or along z. */
struct ct_gable {
    ct_v3 at;         /* middle of the ridge's foot: on the height of the walls' top */
    float half_ridge; /* length of the roof along the ridge */
    float half_span;  /* from the ridge to the eaves, level */
    float rise;       /* of the ridge over the eaves */
    float thickness;
    int rows; /* of tiles on each side; at most 24 */
    bool along_z;
};
void ct_gable_add(struct ct_object_builder *b, const struct ct_gable *roof, int material);
/* Walls with a pentagon for a gable end: half.x by half.z on the ground, half.y = eaves' height. */
void ct_gable_walls(struct ct_object_builder *b, ct_v3 at, ct_v3 size, float rise, bool along_z,
                    int material);

/* A panelled door with frame, knob and two steps, in a wall facing the front. */
struct ct_door {
    ct_v3 at; /* middle of its foot on the wall's plane */
    float half_width, height;
    bool round; /* with an arch instead of a lintel */
};
void ct_door_add(struct ct_object_builder *b, const struct ct_door *door, int leaf, int frame);
void ct_chimney_add(struct ct_object_builder *b, ct_v3 top, float half_width, float height);
/* A clipped bush. */
void ct_bush_add(struct ct_object_builder *b, ct_v3 at, float radius, int k);

#endif
