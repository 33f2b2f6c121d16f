/* The scene as JSON, in a fixed order: kept beside the picture for edits, shown by `calotype
 * explain`, and compared in tests. Lengths in cm, angles in radians, colours linear; four
 * significant decimals are enough to draw the same picture to the eye. */
#include "base/json.h"
#include "engines/scene/stage/scene3.h"

static void put_number(struct ct_buf *b, const char *key, float value)
{
    ct_json_put_key(b, key);
    float rounded = value > -5e-5f && value < 5e-5f ? 0 : value; /* no "-0" */
    ct_buf_printf(b, "%.4f", (double)rounded);
}

static void put_bool(struct ct_buf *b, const char *key, bool value)
{
    ct_json_put_key(b, key);
    ct_buf_puts(b, value ? "true" : "false");
}

static void put_v3(struct ct_buf *b, const char *key, ct_v3 v)
{
    const float parts[3] = { v.x, v.y, v.z };
    ct_json_put_key(b, key);
    ct_buf_putc(b, '[');
    for (int i = 0; i < 3; i++) {
        float p = parts[i] > -5e-5f && parts[i] < 5e-5f ? 0 : parts[i];
        ct_buf_printf(b, i ? ",%.4f" : "%.4f", (double)p);
    }
    ct_buf_putc(b, ']');
}

static void put_name(struct ct_buf *b, const char *key, const struct ct_table_row *row)
{
    ct_json_put_key(b, key);
    ct_json_put_cstring(b, row ? row->id : NULL);
}

static const char *finish_name(enum ct_finish finish)
{
    static const char *const names[] = {
        [CT_FINISH_UNSET] = NULL,        [CT_FINISH_MATTE] = "matte",
        [CT_FINISH_SATIN] = "satin",     [CT_FINISH_GLOSSY] = "glossy",
        [CT_FINISH_BRUSHED] = "brushed", [CT_FINISH_POLISHED] = "polished",
        [CT_FINISH_FROSTED] = "frosted",
    };
    const int n = (int)(sizeof(names) / sizeof(*names));
    return (int)finish < n ? names[finish] : NULL;
}

static void put_look(struct ct_buf *b, const char *key, const struct ct_look *look)
{
    ct_json_put_key(b, key);
    ct_buf_putc(b, '{');
    put_name(b, "material", ct_material_info(look->material));
    if (look->has_color)
        put_v3(b, "color", look->color);
    if (finish_name(look->finish)) {
        ct_json_put_key(b, "finish");
        ct_json_put_cstring(b, finish_name(look->finish));
    }
    ct_buf_putc(b, '}');
}

static void put_object(struct ct_buf *b, const struct ct_scene3_object *o)
{
    const struct ct_object_row *row = ct_object_info(o->object);
    ct_buf_putc(b, '{');
    put_name(b, "object", row ? &row->row : NULL);
    ct_json_put_key(b, "entity");
    ct_buf_puti(b, o->entity);
    put_v3(b, "position", o->position);
    put_number(b, "yaw", o->yaw);
    put_number(b, "scale", o->scale);
    put_look(b, "look", &o->look);
    put_name(b, "contents", ct_material_info(o->contents));
    if (o->has_part)
        put_look(b, "part", &o->part);
    if (o->text.ptr) {
        ct_json_put_key(b, "text");
        ct_json_put_string(b, o->text);
    }
    ct_buf_putc(b, '}');
}

static void put_camera(struct ct_buf *b, const struct ct_scene3 *scene)
{
    const struct ct_camera *c = &scene->camera;
    ct_json_put_key(b, "camera");
    ct_buf_putc(b, '{');
    put_name(b, "view", ct_camera_info(scene->camera_id));
    put_v3(b, "eye", c->eye);
    put_v3(b, "target", c->target);
    put_number(b, "fov_deg", c->fov_deg);
    put_number(b, "aperture_cm", c->aperture_cm);
    put_number(b, "focus_cm", c->focus_cm);
    put_number(b, "shift_x", c->shift_x);
    put_number(b, "shift_y", c->shift_y);
    put_bool(b, "orthographic", c->orthographic);
    put_number(b, "aspect", scene->aspect);
    ct_buf_putc(b, '}');
}

void ct_scene3_print(struct ct_buf *b, const struct ct_scene3 *scene)
{
    ct_buf_puts(b, "{");
    ct_json_put_key(b, "objects");
    ct_buf_putc(b, '[');
    for (int i = 0; i < scene->n_objects; i++) {
        if (i)
            ct_buf_putc(b, ',');
        put_object(b, &scene->objects[i]);
    }
    ct_buf_putc(b, ']');
    put_name(b, "backdrop", ct_backdrop_info(scene->backdrop));
    put_look(b, "support", &scene->support);
    put_v3(b, "backdrop_color", scene->backdrop_color);
    put_name(b, "rig", ct_rig_info(scene->rig));
    put_number(b, "light_side", scene->light_side);
    put_camera(b, scene);
    ct_json_put_key(b, "post");
    ct_buf_putc(b, '{');
    put_number(b, "exposure", scene->post.exposure);
    ct_json_put_key(b, "tone");
    ct_json_put_cstring(b, scene->post.tone == CT_TONE_NEUTRAL ? "neutral" : "aces");
    put_number(b, "vignette", scene->post.vignette);
    put_number(b, "bloom", scene->post.bloom);
    ct_buf_putc(b, '}');
    put_bool(b, "transparent", scene->transparent);
    ct_json_put_key(b, "seed");
    ct_buf_printf(b, "%u}", scene->seed);
}
