/* A figure of an emoji: its outline blown up like vinyl, its picture printed on both sides.
 *
 * The height z over the picture's plane comes from a membrane: w solves laplace(w) = -2 inside the
 * outline and is 0 on it, and z^2 = w, which makes a half circle of a strip and has no creases;
 * thick parts are flattened towards DEPTH. The outline is the contour of the blurred coverage at
 * one half, found with marching squares; its points lie at z = 0 and are shared by both sides, so
 * the mesh is closed. The surface normal is the gradient of z^2 - w, which is outward on the rim.
 *
 * A named material takes the place of the picture: "a bronze fox" is bronze all over. */
#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/emoji.h"
#include "engines/scene/objects/object.h"

#include <stddef.h>

#define HEIGHT 14.0f
#define HALF_WIDTH 6.1f
#define DEPTH 26.0f                 /* pixels; half the thickness nothing reaches */
#define OVER 1.94f                  /* over-relaxation */
#define FALLBACK "\xf0\x9f\xa7\xb8" /* for a figure of nothing in particular: a teddy bear */

enum {
    N = CT_EMOJI_SIZE,
    SWEEPS = 160,
    FINE = 4, /* raster pixels to one of the glyph */
};

const struct ct_object_shape ct_object_relief_shape = {
    .min = { -HALF_WIDTH, 0, -2.3f },
    .max = { HALF_WIDTH, HEIGHT, 2.3f },
    .on_y = HEIGHT,
    .yaw = 0.22f,
};

struct figure {
    struct ct_emoji emoji;
    float cover[N * N]; /* blurred, less one half: inside where positive */
    float w[N * N];
    int32_t front[N * N], back[N * N], across[N * N], down[N * N]; /* vertices; -1 for none */
    float scale, left, foot;                                       /* pixels to cm */
};

static void blur_cover(struct figure *f)
{
    for (int y = 0; y < N; y++)
        for (int x = 0; x < N; x++) {
            float sum = 0;
            for (int j = -1; j <= 1; j++)
                for (int i = -1; i <= 1; i++)
                    if (x + i > 0 && x + i < N - 1 && y + j > 0 && y + j < N - 1)
                        sum += f->emoji.px[(y + j) * N + x + i][3] *
                               (float)((2 - i * i) * (2 - j * j));
            f->cover[y * N + x] = sum / 16 - 0.5f;
        }
}

/* What w would be at an outside neighbour, in units of w here, for it to be 0 on the outline. */
static float beyond(float here, float there)
{
    return ct_maxf(there / ct_maxf(here, 0.04f), -6);
}

static void inflate(struct figure *f)
{
    static const int step[4] = { -1, 1, -N, N };
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int i = N; i < N * N - N; i++) {
            if (f->cover[i] <= 0)
                continue;
            float sum = 2, own = 4;
            for (int k = 0; k < 4; k++) {
                float there = f->cover[i + step[k]];
                if (there > 0)
                    sum += f->w[i + step[k]];
                else
                    own -= beyond(f->cover[i], there);
            }
            f->w[i] += OVER * (sum / own - f->w[i]);
            f->w[i] = ct_maxf(f->w[i], 0);
        }
}

static float slope_of(const struct figure *f, int i, int step)
{
    float side[2];
    for (int k = 0; k < 2; k++) {
        int at = i + (k ? step : -step);
        side[k] = f->cover[at] > 0 ? f->w[at] : f->w[i] * beyond(f->cover[i], f->cover[at]);
    }
    return 0.5f * (side[1] - side[0]);
}

static ct_v3 place(const struct figure *f, float x, float y, float z)
{
    return v3((x - f->left) * f->scale, (f->foot - y) * f->scale, z * f->scale);
}

static void set_uv(struct ct_mesh *mesh, uint32_t vertex, float x, float y)
{
    mesh->uvs[2 * vertex] = (x + 0.5f) / N;
    mesh->uvs[2 * vertex + 1] = 1 - (y + 0.5f) / N;
}

static void add_faces(struct figure *f, struct ct_mesh *mesh, int i)
{
    float x = (float)(i % N), y = (float)(i / N), limit = DEPTH * DEPTH;
    float flat = limit / (f->w[i] + limit), z = sqrtf(f->w[i] * flat);
    float bend = flat * flat;
    ct_v3 n = v3(-bend * slope_of(f, i, 1), bend * slope_of(f, i, N), 2 * z);
    n = v3_len(n) > 1e-6f ? v3_norm(n) : v3(0, 0, 1);
    f->front[i] = (int32_t)ct_mesh_vertex(mesh, place(f, x, y, z), n);
    set_uv(mesh, (uint32_t)f->front[i], x, y);
    f->back[i] = (int32_t)ct_mesh_vertex(mesh, place(f, x, y, -z), v3(n.x, n.y, -n.z));
    set_uv(mesh, (uint32_t)f->back[i], x, y);
}

/* The point of the outline between pixel i and the next one, `step` further. */
static int32_t add_rim(const struct figure *f, struct ct_mesh *mesh, int i, int step)
{
    float a = f->cover[i], b = f->cover[i + step];
    if ((a > 0) == (b > 0))
        return -1;
    float t = a / (a - b), g[2];
    for (int k = 0; k < 2; k++) {
        int s = k ? N : 1;
        float here = f->cover[i + s] - f->cover[i - s];
        float next = f->cover[i + step + s] - f->cover[i + step - s];
        g[k] = here + t * (next - here);
    }
    float x = (float)(i % N) + (step == 1 ? t : 0), y = (float)(i / N) + (step == N ? t : 0);
    ct_v3 n = v3(-g[0], g[1], 0);
    n = v3_len(n) > 1e-6f ? v3_norm(n) : v3(0, 1, 0);
    uint32_t vertex = ct_mesh_vertex(mesh, place(f, x, y, 0), n);
    set_uv(mesh, vertex, x, y);
    return (int32_t)vertex;
}

/* The part of one cell that lies inside, as a fan on either side. */
static void add_cell(const struct figure *f, struct ct_mesh *mesh, int i)
{
    const int corner[4] = { i, i + N, i + N + 1, i + 1 }; /* counter-clockwise seen from +z */
    const int32_t edge[4] = { f->down[i], f->across[i + N], f->down[i + 1], f->across[i] };
    int32_t front[8], back[8];
    int n = 0;
    for (int k = 0; k < 4; k++) {
        if (f->cover[corner[k]] > 0) {
            front[n] = f->front[corner[k]];
            back[n++] = f->back[corner[k]];
        }
        if (edge[k] >= 0)
            front[n] = back[n] = edge[k], n++;
    }
    for (int k = 1; k + 1 < n; k++) {
        ct_mesh_triangle(mesh, (uint32_t)front[0], (uint32_t)front[k], (uint32_t)front[k + 1]);
        ct_mesh_triangle(mesh, (uint32_t)back[0], (uint32_t)back[k + 1], (uint32_t)back[k]);
    }
}

/* The whole figure stands on y = 0, its middle at x = 0, as large as the shape allows. */
static bool fit(struct figure *f)
{
    int x0 = N, x1 = 0, y0 = N, y1 = 0;
    for (int i = 0; i < N * N; i++) {
        if (f->cover[i] <= 0)
            continue;
        x0 = i % N < x0 ? i % N : x0;
        x1 = i % N > x1 ? i % N : x1;
        y0 = i / N < y0 ? i / N : y0;
        y1 = i / N > y1 ? i / N : y1;
    }
    if (x1 <= x0 || y1 <= y0)
        return false;
    f->scale = ct_minf(HEIGHT / (float)(y1 - y0 + 1), 2 * HALF_WIDTH / (float)(x1 - x0 + 1));
    f->left = 0.5f * (float)(x0 + x1);
    f->foot = (float)y1 + 0.5f;
    return true;
}

static struct ct_mesh *build(struct figure *f)
{
    struct ct_mesh *mesh = ct_mesh_new(4 * N * N, 8 * N * N);
    if (!ct_mesh_add_uvs(mesh)) {
        ct_mesh_free(&mesh);
        return NULL;
    }
    for (int i = 0; i < N * N; i++) {
        bool inner = i % N > 0 && i % N < N - 1 && i >= N && i < N * N - 2 * N;
        f->across[i] = f->down[i] = -1;
        if (inner && f->cover[i] > 0)
            add_faces(f, mesh, i);
        if (inner) {
            f->across[i] = add_rim(f, mesh, i, 1);
            f->down[i] = add_rim(f, mesh, i, N);
        }
    }
    for (int i = N; i < N * N - 2 * N; i++)
        if (i % N > 0 && i % N < N - 2)
            add_cell(f, mesh, i);
    return mesh;
}

static float cubic(float x)
{
    x = fabsf(x);
    if (x < 1)
        return (1.5f * x - 2.5f) * x * x + 1;
    return x < 2 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : 0;
}

static uint8_t fine_channel(const struct ct_emoji *e, float x, float y, int channel)
{
    int ix = (int)ct_floorf(x), iy = (int)ct_floorf(y);
    float sum = 0;
    for (int j = iy - 1; j <= iy + 2; j++)
        for (int i = ix - 1; i <= ix + 2; i++)
            if (i >= 0 && j >= 0 && i < N && j < N)
                sum += cubic(x - (float)i) * cubic(y - (float)j) * e->px[j * N + i][channel];
    return (uint8_t)(255 * ct_clampf(sum, 0, 1) + 0.5f);
}

static const struct ct_raster *add_picture(struct ct_world *world, const struct ct_emoji *e)
{
    const int size = FINE * N;
    uint8_t *rgba = ct_malloc((size_t)size * (size_t)size * 4);
    for (int i = 0; rgba && i < size * size; i++) {
        float x = ((float)(i % size) + 0.5f) / FINE - 0.5f;
        float y = ((float)(i / size) + 0.5f) / FINE - 0.5f;
        for (int c = 0; c < 3; c++)
            rgba[4 * i + c] = fine_channel(e, x, y, c);
        rgba[4 * i + 3] = 255;
    }
    int index = rgba ? ct_world_add_raster(world, rgba, size, size) : -1;
    ct_free(rgba);
    return index < 0 ? NULL : &world->rasters[index];
}

static void print_picture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    s->base_color = v3_scale(ct_raster_sample(m->raster, at->u, at->v, NULL), 0.92f);
}

/* Alike figures share the picture. */
static const struct ct_raster *picture_of(struct ct_object_builder *b, const struct ct_emoji *e)
{
    for (int i = 0; i < b->world->n_materials; i++) {
        const struct ct_material *m = &b->world->materials[i];
        if (m->texture == print_picture && m->decal.entity == b->object->entity)
            return m->raster;
    }
    return add_picture(b->world, e);
}

void ct_object_relief(struct ct_object_builder *b)
{
    struct figure *f = ct_calloc(1, sizeof(*f));
    const char *emoji = b->object->emoji ? b->object->emoji : FALLBACK;
    struct ct_mesh *mesh = NULL;
    bool drawn = f && ct_emoji_draw(&f->emoji, emoji);
    if (drawn) {
        blur_cover(f);
        if (fit(f)) {
            inflate(f);
            mesh = build(f);
        }
    }
    bool plain = b->object->look.material != CT_MATERIAL_plastic || b->object->look.has_color;
    const struct ct_raster *picture = drawn && !plain ? picture_of(b, &f->emoji) : NULL;
    b->world->failed |= drawn && !plain && !picture;
    if (picture && b->body >= 0) {
        struct ct_material *m = &b->world->materials[b->body];
        m->raster = picture;
        m->texture = print_picture;
        m->decal.entity = b->object->entity;
    }
    ct_object_add_part(b, mesh, b->body);
    ct_free(f);
}
