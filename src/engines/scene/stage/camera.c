/* Framing: where the camera stands so that everything is in the picture, at any aspect.
 *
 * A camera row fixes the direction of view and the lens; what is left is the distance and the
 * point looked at. Both follow from the corners of the objects' boxes: for a distance, the corners'
 * projection is measured; the smallest distance whose projection fits the wanted part of the frame
 * is found by bisection, and the target is moved until the projection is centred there. Room for a
 * title is made by shifting the lens, which moves the picture without turning the camera, so
 * uprights stay upright. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#include <stddef.h>

struct camera_row {
    float azimuth_deg, elevation_deg;
    float fov_deg;
    float fill;     /* 1: as large as a product picture has it */
    float aperture; /* lens radius of the distance */
    bool orthographic;
    bool by_subject; /* elevation from the subject's proportions instead */
};

static const struct camera_row rows[] = {
    [CT_CAMERA_eye_level] = { 0, 3.5f, 18, 1, 0.010f, false, false },
    [CT_CAMERA_three_quarter] = { 0, 14, 18, 1, 0.012f, false, true },
    [CT_CAMERA_close_up] = { 0, 12, 16, 1.34f, 0.016f, false, true },
    [CT_CAMERA_macro] = { 8, 20, 12, 1.6f, 0.030f, false, true },
    [CT_CAMERA_wide] = { 0, 10, 30, 0.56f, 0.005f, false, true },
    [CT_CAMERA_top_down] = { 0, 88, 20, 1, 0.004f, false, false },
    [CT_CAMERA_low_angle] = { 0, 0, 26, 1.08f, 0.008f, false, false },
    [CT_CAMERA_isometric] = { 45, 35.264f, 18, 0.95f, 0, true, false },
};

#define FRAME_LIMIT 0.97f /* of half the frame: whole in the picture */
#define ALOFT_ELEVATION_DEG (-2.5f) /* a little from below */
#define INTERIOR_FOV 40.0f /* degrees */
#define FILL_LIMIT 0.93f /* of half the frame: nothing touches its edge */

/* Under the open sky the horizon belongs in the picture: nearly level, a wider lens. */
static const struct camera_row open_air[] = {
    [CT_CAMERA_eye_level] = { 0, 2, 26, 0.85f, 0.012f, false, false },
    [CT_CAMERA_three_quarter] = { 0, 5.5f, 27, 0.82f, 0.014f, false, false },
    [CT_CAMERA_close_up] = { 0, 5, 22, 1.15f, 0.020f, false, false },
    [CT_CAMERA_macro] = { 8, 9, 16, 1.5f, 0.030f, false, false },
    [CT_CAMERA_wide] = { 0, 5, 34, 0.50f, 0.006f, false, false },
};

static const struct camera_row *row_of(const struct ct_scene3 *scene)
{
    if (scene->backdrop == CT_BACKDROP_land && (int)scene->camera_id >= 0 &&
        scene->camera_id <= CT_CAMERA_wide)
        return &open_air[scene->camera_id];
    const int n = (int)(sizeof(rows) / sizeof(*rows));
    int id = (int)scene->camera_id;
    return &rows[id >= 0 && id < n ? id : CT_CAMERA_three_quarter];
}

float ct_stage_azimuth(const struct ct_camera *camera)
{
    ct_v3 back = v3_sub(camera->eye, camera->target);
    return ct_atan2f(back.x, back.z);
}

float ct_stage_camera_azimuth(const struct ct_scene3 *scene)
{
    return row_of(scene)->azimuth_deg * CT_PI / 180;
}

struct view {
    ct_v3 right, up, forward;
    float slope_x, slope_y; /* half the frame at distance 1 (or in cm when orthographic) */
    bool orthographic;
};

/* What the objects' projection covers, in half frames: x and y in [-1, 1] are in the picture. */
struct cover {
    float x0, x1, y0, y1;
};

static void cover_point(struct cover *c, const struct view *v, ct_v3 target, float distance,
                        ct_v3 p, bool first)
{
    ct_v3 d = v3_sub(p, target);
    float depth = distance + v3_dot(d, v->forward);
    float scale = v->orthographic ? distance : ct_maxf(depth, 0.02f * distance);
    float x = v3_dot(d, v->right) / (scale * v->slope_x);
    float y = v3_dot(d, v->up) / (scale * v->slope_y);
    c->x0 = first ? x : ct_minf(c->x0, x);
    c->x1 = first ? x : ct_maxf(c->x1, x);
    c->y0 = first ? y : ct_minf(c->y0, y);
    c->y1 = first ? y : ct_maxf(c->y1, y);
}

static struct cover cover_of(const struct ct_scene3 *scene, const struct view *v, ct_v3 target,
                             float distance)
{
    struct cover c = { 0 };
    float azimuth = ct_atan2f(-v->right.z, v->right.x), s, k;
    ct_sincosf(azimuth, &s, &k);
    int n = scene->n_objects ? scene->n_objects : 1;
    for (int i = 0; i < n; i++) {
        struct ct_stage_box box = scene->n_objects
                                      ? ct_stage_object_box(&scene->objects[i], azimuth)
                                      : ct_stage_scene_box(scene, azimuth);
        for (int corner = 0; corner < 8; corner++) {
            float x = corner & 1 ? box.max.x : box.min.x, z = corner & 2 ? box.max.z : box.min.z;
            ct_v3 p = v3(x * k + z * s, corner & 4 ? box.max.y : box.min.y, z * k - x * s);
            cover_point(&c, v, target, distance, p, i == 0 && corner == 0);
        }
    }
    return c;
}

/* The part of the frame the objects may take, and where its middle is, in half frames. */
struct safe_area {
    float half_x, half_y, mid_x, mid_y;
};

/* Elevation asked for by a car or a house; 0: the subject is none. */
static float large_view(const struct ct_scene3 *scene)
{
    const struct ct_object_shape *shape =
        scene->n_objects > 0 ? ct_object_shape(scene->objects[0].object) : NULL;
    return shape ? shape->view_deg : 0;
}

static struct safe_area safe_area(const struct ct_scene3 *scene, const struct ct_stage_box *box,
                                  bool title_room)
{
    float fill = row_of(scene)->fill * (1 + ct_stage_vary(scene->variant, 1, 0.07f));
    float aspect = scene->aspect;
    float width = box->max.x - box->min.x, height = box->max.y - box->min.y;
    /* A slender bottle may nearly reach from top to bottom, a mug needs air around it. */
    float slender = ct_smoothstep(1.0f, 3.2f, height / ct_maxf(width, 0.1f));
    float flat = ct_smoothstep(0.6f, 0.2f, height / ct_maxf(width, 0.1f));
    struct safe_area a = {
        .half_x = ct_lerp(0.62f + 0.1f * flat, 0.80f, ct_smoothstep(1.2f, 0.6f, aspect)),
        .half_y = ct_lerp(0.58f, 0.84f, slender),
    };
    if (scene->interior) {
        a.half_x = 0.90f;
        a.half_y = 0.66f;
    } else if (ct_stage_is_indoors(scene->backdrop)) { /* and there is room for it */
        /* furniture is at home there, and may be large */
        float air = scene->n_objects == 1 && ct_stage_is_furniture(scene->objects[0].object)
                        ? 0.95f
                        : 0.84f;
        a.half_x *= air;
        a.half_y *= air;
    }
    if (scene->n_objects == 1 && large_view(scene) > 0) {
        a.half_x = ct_maxf(a.half_x, 0.80f);
        a.half_y = ct_maxf(a.half_y, 0.74f);
    }
    if (scene->n_objects > 0 && ct_stage_is_figure(scene->objects[0].object)) {
        a.half_x = ct_maxf(a.half_x, 0.74f);
        a.half_y = ct_maxf(a.half_y, 0.72f);
    }
    if (scene->n_objects > 1) {
        a.half_x = ct_maxf(a.half_x, 0.78f);
        a.half_y = ct_maxf(a.half_y, 0.70f);
    }
    if (scene->backdrop == CT_BACKDROP_land && !row_of(scene)->orthographic)
        a.mid_y = ct_stage_is_aloft(scene) ? 0.14f : -0.16f;
    if (title_room) {
        bool beside = aspect > 1.25f;
        a.half_x = ct_minf(a.half_x, beside ? 0.42f : 0.7f);
        a.half_y = beside ? a.half_y : ct_minf(a.half_y, 0.48f);
        a.mid_x = beside ? 0.44f : 0;
        a.mid_y = beside ? 0 : -0.36f;
    }
    a.half_x = ct_minf(a.half_x * fill, FILL_LIMIT - fabsf(a.mid_x));
    a.half_y = ct_minf(a.half_y * fill, FILL_LIMIT - fabsf(a.mid_y));
    return a;
}

/* Nearest distance at which the projection is no larger than the safe area. */
static float fitting_distance(const struct ct_scene3 *scene, const struct view *v, ct_v3 target,
                              const struct safe_area *area, float radius)
{
    float near = 0.5f * radius, far = 4000 * radius;
    for (int i = 0; i < 48; i++) {
        float middle = sqrtf(near * far); /* the range spans four orders of magnitude */
        struct cover c = cover_of(scene, v, target, middle);
        bool fits = c.x1 - c.x0 <= 2 * area->half_x && c.y1 - c.y0 <= 2 * area->half_y;
        *(fits ? &far : &near) = middle;
    }
    return far;
}

/* The centring above converges for ordinary groups; a wide flat one seen from close by a low camera
 * may end off centre. Stepping back until nothing leaves the frame is right for all of them. */
static float distance_in_frame(const struct ct_scene3 *scene, const struct view *v, ct_v3 target,
                               const struct safe_area *area, float distance)
{
    float limit_x = FILL_LIMIT - fabsf(area->mid_x), limit_y = FILL_LIMIT - fabsf(area->mid_y);
    for (int i = 0; i < 64; i++) {
        struct cover at = cover_of(scene, v, target, distance);
        if (ct_maxf(-at.x0, at.x1) <= limit_x && ct_maxf(-at.y0, at.y1) <= limit_y)
            break;
        distance *= 1.04f;
    }
    return distance;
}

/* A title on the upper side is to be read. */
static bool lettered_on_top(const struct ct_scene3_object *object)
{
    const struct ct_object_shape *shape = ct_object_shape(object->object);
    return object->text.ptr && shape && shape->label.face == CT_DECAL_TOP;
}

static float elevation_of(const struct ct_scene3 *scene, const struct ct_stage_box *box)
{
    const struct camera_row *row = row_of(scene);
    float degrees = row->elevation_deg;
    if (row->elevation_deg < 60 && !row->orthographic && ct_stage_is_aloft(scene))
        return ALOFT_ELEVATION_DEG * CT_PI / 180;
    if (row->by_subject && !row->orthographic && large_view(scene) > 0) {
        degrees = large_view(scene);
    } else if (row->by_subject && !row->orthographic && ct_stage_is_indoors(scene->backdrop)) {
        /* Low enough that the place behind is in the picture. */
        float width = ct_maxf(box->max.x - box->min.x, box->max.z - box->min.z);
        degrees = 4.5f + 7 * ct_smoothstep(0.75f, 0.2f, (box->max.y - box->min.y) / width);
    } else if (row->by_subject) {
        /* Tall things are seen from the side, flat ones from above. */
        float width = ct_maxf(box->max.x - box->min.x, box->max.z - box->min.z);
        float slender = (box->max.y - box->min.y) / ct_maxf(width, 0.1f);
        float tall = ct_smoothstep(0.9f, 2.4f, slender), flat = ct_smoothstep(0.75f, 0.2f, slender);
        /* In a group something stands behind something else: never quite from the side. */
        degrees += scene->n_objects > 1 ? 2 * flat - 3 * tall : 12 * flat - 7.5f * tall;
    }
    if (row->by_subject && scene->n_objects > 0 && lettered_on_top(&scene->objects[0]))
        degrees += 24;
    if (row->elevation_deg > 0 && row->elevation_deg < 60 && !row->orthographic)
        degrees += ct_stage_vary(scene->variant, 2, ct_minf(4, 0.4f * row->elevation_deg));
    return degrees * CT_PI / 180;
}

static struct view make_view(const struct ct_scene3 *scene, float azimuth, float elevation,
                             float fov_deg)
{
    float sa, ca, se, ce;
    ct_sincosf(azimuth, &sa, &ca);
    ct_sincosf(elevation, &se, &ce);
    struct view v = { .orthographic = scene->camera.orthographic };
    v.forward = v3(-sa * ce, -se, -ca * ce);
    v.right = v3(ca, 0, -sa);
    v.up = v3_cross(v.right, v.forward);
    v.slope_y = ct_tanf(fov_deg * CT_PI / 360);
    v.slope_x = v.slope_y * scene->aspect;
    return v;
}

/* Depth of field: the blur at the subject's near and far end stays below half a percent of the
 * picture, unless the prompt wants it. */
static void set_lens(struct ct_scene3 *scene, const struct ct_stage_box *box, float distance,
                     float slope_y, bool shallow_focus)
{
    const struct camera_row *row = row_of(scene);
    struct ct_camera *camera = &scene->camera;
    const struct ct_scene3_object *subject = &scene->objects[0];
    float depth = (box->max.z - box->min.z) / 2;
    if (scene->n_objects > 0) {
        struct ct_stage_box one = ct_stage_object_box(subject, ct_stage_azimuth(camera));
        ct_v3 middle = v3_scale(v3_add(one.min, one.max), 0.5f);
        float azimuth = ct_stage_azimuth(camera), s, c;
        ct_sincosf(azimuth, &s, &c);
        middle = v3(middle.x * c + middle.z * s, middle.y, middle.z * c - middle.x * s);
        ct_v3 forward = v3_norm(v3_sub(camera->target, camera->eye));
        float subject_depth = (one.max.z - one.min.z) / 2;
        camera->focus_cm = v3_dot(v3_sub(middle, camera->eye), forward) - 0.45f * subject_depth;
        if (shallow_focus)
            depth = subject_depth;
    }
    if (camera->focus_cm < 0.2f * distance)
        camera->focus_cm = distance;
    float open = ct_stage_is_indoors(scene->backdrop) ? 0.009f : 0.026f;
    float wanted = shallow_focus ? ct_maxf(open, 1.4f * row->aperture) : row->aperture;
    if (!shallow_focus && scene->backdrop == CT_BACKDROP_land && large_view(scene) > 0)
        wanted *= 0.25f; /* a house and its mountains are both far away: both are sharp */
    if (!shallow_focus && scene->interior)
        wanted = 0; /* a room is shown for all that is in it */
    float blur = shallow_focus || scene->camera_id == CT_CAMERA_macro ? 0.020f : 0.005f;
    float limit = blur * slope_y * distance * distance / ct_maxf(depth, 0.1f);
    camera->aperture_cm = row->orthographic ? 0 : ct_minf(wanted * distance, limit);
}

/* The vertical angle of a lens before a frame 24 mm high, or the row's. */
static float view_angle(const struct camera_row *row, int focal_mm)
{
    if (focal_mm <= 0 || row->orthographic)
        return row->fov_deg;
    float degrees = 2 * ct_atan2f(12, (float)focal_mm) * 180 / CT_PI;
    return ct_clampf(degrees, 5, 60);
}

void ct_stage_frame(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    const struct camera_row *row = row_of(scene);
    /* A room behind is a background: out of focus. */
    bool shallow = intent->shallow_focus ||
                   (ct_stage_is_indoors(scene->backdrop) && !scene->interior);
    float azimuth = ct_stage_camera_azimuth(scene);
    struct ct_stage_box box = ct_stage_scene_box(scene, azimuth);
    struct safe_area area = safe_area(scene, &box, intent->title_room);
    ct_v3 half = v3_scale(v3_sub(box.max, box.min), 0.5f);
    float radius = v3_len(half), s, c;
    ct_sincosf(azimuth, &s, &c);
    ct_v3 middle = v3_scale(v3_add(box.min, box.max), 0.5f);
    ct_v3 target = v3(middle.x * c + middle.z * s, middle.y, middle.z * c - middle.x * s);

    scene->camera = (struct ct_camera){ .orthographic = row->orthographic };
    /* The vertical angle grows in tall pictures, or the camera would have to stand very far. */
    float fov = view_angle(row, intent->focal_mm) * ct_clampf(1 / sqrtf(scene->aspect), 1, 1.6f);
    float elevation = elevation_of(scene, &box);
    if (scene->interior) /* a room is seen whole, from inside */
        fov = ct_maxf(fov, INTERIOR_FOV);
    struct view v = make_view(scene, azimuth, elevation, fov);
    float distance = 10 * radius;
    /* Half a step at a time: what stands nearer than the target moves further than it does. */
    for (int i = 0; i < 14; i++) {
        distance = fitting_distance(scene, &v, target, &area, radius);
        if (scene->camera_id == CT_CAMERA_low_angle) {
            /* A hand's breadth above the support, looking up. */
            float lower = ct_clampf((0.15f * radius - target.y) / distance, -0.5f, 0.2f);
            elevation = ct_atan2f(lower, sqrtf(1 - lower * lower));
            v = make_view(scene, azimuth, elevation, fov);
        }
        struct cover at = cover_of(scene, &v, target, distance);
        target = v3_mad(v.right, (at.x0 + at.x1) / 4 * v.slope_x * distance, target);
        target = v3_mad(v.up, (at.y0 + at.y1) / 4 * v.slope_y * distance, target);
    }
    distance = fitting_distance(scene, &v, target, &area, radius);
    distance = distance_in_frame(scene, &v, target, &area, distance);
    scene->camera.target = target;
    scene->camera.eye = v3_mad(v.forward, -distance, target);
    scene->camera.fov_deg = fov;
    scene->camera.shift_x = -area.mid_x * scene->aspect;
    scene->camera.shift_y = -area.mid_y;
    set_lens(scene, &box, distance, v.slope_y, shallow);
}

bool ct_stage_in_frame(const struct ct_scene3 *scene)
{
    const struct ct_camera *camera = &scene->camera;
    ct_v3 back = v3_sub(camera->eye, camera->target);
    float elevation = ct_atan2f(back.y, ct_hypotf(back.x, back.z));
    struct view v = make_view(scene, ct_stage_azimuth(camera), elevation, camera->fov_deg);
    struct cover c = cover_of(scene, &v, camera->target, v3_len(back));
    float x = camera->shift_x / scene->aspect, y = camera->shift_y;
    return scene->n_objects == 0 || (c.x0 - x >= -FRAME_LIMIT && c.x1 - x <= FRAME_LIMIT &&
                                     c.y0 - y >= -FRAME_LIMIT && c.y1 - y <= FRAME_LIMIT);
}
