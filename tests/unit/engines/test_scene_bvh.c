/* The hierarchy against brute force, against holes, and against triangles made to break it. */
#include "base/mem.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/render/kernels.h"

#include "scene_world.h"
#include "t.h"

/* Nearest hit by Moeller and Trumbore in double; *edge is how far inside the triangle it lies. */
static double brute_force(const float *p, uint32_t n, ct_v3 o, ct_v3 d, uint32_t *which,
                          double *edge)
{
    double best = INFINITY;
    for (uint32_t i = 0; i < n; i++, p += 9) {
        double e1[3], e2[3], t[3], h[3], q[3];
        const double dd[3] = { (double)d.x, (double)d.y, (double)d.z };
        const double oo[3] = { (double)o.x, (double)o.y, (double)o.z };
        for (int k = 0; k < 3; k++) {
            e1[k] = (double)p[3 + k] - (double)p[k];
            e2[k] = (double)p[6 + k] - (double)p[k];
            t[k] = oo[k] - (double)p[k];
        }
        for (int k = 0; k < 3; k++) {
            int a = (k + 1) % 3, b = (k + 2) % 3;
            h[k] = dd[a] * e2[b] - dd[b] * e2[a];
            q[k] = t[a] * e1[b] - t[b] * e1[a];
        }
        double det = e1[0] * h[0] + e1[1] * h[1] + e1[2] * h[2];
        if (fabs(det) < 1e-12)
            continue;
        double u = (t[0] * h[0] + t[1] * h[1] + t[2] * h[2]) / det;
        double v = (dd[0] * q[0] + dd[1] * q[1] + dd[2] * q[2]) / det;
        double s = (e2[0] * q[0] + e2[1] * q[1] + e2[2] * q[2]) / det;
        if (u < 0 || v < 0 || u + v > 1 || s <= 0 || s >= best)
            continue;
        best = s;
        *which = i;
        *edge = fmin(fmin(u, v), 1 - u - v);
    }
    return best;
}

static ct_v3 random_direction(uint32_t *state)
{
    for (;;) {
        ct_v3 d = v3(scene_random(state) * 2 - 1, scene_random(state) * 2 - 1,
                     scene_random(state) * 2 - 1);
        if (v3_len(d) > 0.01f && v3_len(d) < 1)
            return v3_norm(d);
    }
}

static void random_triangles(float *p, uint32_t n, uint32_t *state)
{
    for (uint32_t i = 0; i < n; i++, p += 9) {
        ct_v3 c = v3(scene_random(state) * 20 - 10, scene_random(state) * 20 - 10,
                     scene_random(state) * 20 - 10);
        for (int corner = 0; corner < 3; corner++) {
            ct_v3 v = v3_mad(random_direction(state), 2, c);
            p[3 * corner] = v.x;
            p[3 * corner + 1] = v.y;
            p[3 * corner + 2] = v.z;
        }
        if (i % 7 == 0) /* a point, and a needle */
            memcpy(p + 3, p, 3 * sizeof(float));
        if (i % 14 == 0)
            memcpy(p + 6, p, 3 * sizeof(float));
    }
}

TEST(scene_bvh__finds_what_brute_force_finds)
{
    enum { N = 700 };
    static float p[9 * N];
    uint32_t state = 1;
    random_triangles(p, N, &state);
    struct ct_world world;
    struct ct_bvh bvh;
    ct_world_init(&world);
    ct_world_add_mesh(&world, scene_soup(p, N, 0), 0, NULL);
    REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
    CHECK_INT(bvh.n_triangles, N);
    int hits = 0, wrong = 0;
    for (int i = 0; i < 4000; i++) {
        ct_v3 o = v3_scale(random_direction(&state), 15 * scene_random(&state));
        ct_v3 d = i % 9 ? random_direction(&state) : v3((float)(i % 2), 0, (float)(1 - i % 2));
        uint32_t which = 0;
        double edge = 0, t = brute_force(p, N, o, d, &which, &edge);
        for (int k = 0; ct_render_kernels_get(k); k++) {
            struct ct_hit hit = { 0 };
            const struct ct_render_kernels *kernels = ct_render_kernels_get(k);
            bool met = kernels->nearest(&bvh, o, d, 1e30f, &hit);
            wrong += met != kernels->occluded(&bvh, o, d, 1e30f);
            if (edge < 1e-4 && isfinite(t))
                continue; /* within rounding of an edge either answer is right */
            wrong += met != isfinite(t);
            if (met && isfinite(t)) {
                wrong += fabs((double)hit.t - t) > 1e-3 || hit.triangle != which;
                wrong += kernels->occluded(&bvh, o, d, hit.t * 0.999f) &&
                         brute_force(p, N, o, d, &which, &edge) >= (double)hit.t;
                hits++;
            }
        }
    }
    CHECK_INT(wrong, 0);
    CHECK(hits > 1000);
    ct_bvh_release(&bvh);
    ct_world_release(&world);
}

TEST(scene_bvh__closed_meshes_have_no_holes)
{
    struct ct_world world;
    struct ct_bvh bvh;
    uint32_t state = 5;
    ct_world_init(&world);
    ct_world_add_mesh(&world, scene_ball(v3(0, 0, 0), 5, 24, 0), 0, NULL);
    REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
    const struct ct_mesh *mesh = world.instances[0].mesh;
    int leaks = 0;
    struct ct_hit hit;
    for (int k = 0; ct_render_kernels_get(k); k++) {
        const struct ct_render_kernels *kernels = ct_render_kernels_get(k);
        for (int i = 0; i < 20000; i++)
            leaks += !kernels->nearest(&bvh, v3(0, 0, 0), random_direction(&state), 1e30f, &hit);
        /* Straight at corners and at points on edges, from an odd place inside. */
        ct_v3 o = v3(0.37f, -1.1f, 0.83f);
        for (uint32_t i = 0; i + 1 < mesh->n_vertices; i++) {
            const float *a = mesh->positions + 3 * i, *b = a + 3;
            ct_v3 corner = v3_sub(v3(a[0], a[1], a[2]), o), next = v3_sub(v3(b[0], b[1], b[2]), o);
            leaks += !kernels->nearest(&bvh, o, v3_norm(corner), 1e30f, &hit);
            leaks += !kernels->nearest(&bvh, o, v3_norm(v3_lerp(corner, next, 0.3f)), 1e30f, &hit);
        }
    }
    CHECK_INT(leaks, 0);
    ct_bvh_release(&bvh);
    ct_world_release(&world);
}

static uint32_t count_triangles(const struct ct_bvh *bvh, int32_t child, int depth, int *deepest)
{
    uint32_t n = 0;
    *deepest = depth > *deepest ? depth : *deepest;
    if (child < 0) {
        const struct ct_bvh_leaf *leaf = &bvh->leaves[~child];
        for (int i = 0; i < 8; i++)
            n += leaf->corner[0][0][i] != 0 || leaf->corner[1][0][i] != 0;
        return n;
    }
    for (int i = 0; i < 8; i++)
        if (bvh->nodes[child].lo[0][i] <= bvh->nodes[child].hi[0][i])
            n += count_triangles(bvh, bvh->nodes[child].child[i], depth + 1, deepest);
    return n;
}

TEST(scene_bvh__stays_shallow_on_hostile_triangles)
{
    enum { N = 3000 };
    static float p[9 * N];
    struct ct_world world;
    struct ct_bvh bvh;
    for (int kind = 0; kind < 3; kind++) {
        float x = 1e-12f;
        for (uint32_t i = 0; i < N; i++) {
            /* All the same; each larger than all before; all on one line. */
            x = i % 50 ? x * 1.9f : 1e-12f;
            float at = kind == 0 ? 1.0f : kind == 1 ? x : (float)(i + 1);
            const float corners[9] = { at, 0, 0, at * 1.1f, at, 0, at, 0, at };
            memcpy(p + 9 * i, corners, sizeof(corners));
        }
        ct_world_init(&world);
        ct_world_add_mesh(&world, scene_soup(p, N, 0), 0, NULL);
        REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
        int deepest = 0;
        CHECK_INT(count_triangles(&bvh, 0, 0, &deepest), N);
        CHECK(deepest <= CT_BVH_MAX_DEPTH);
        ct_bvh_release(&bvh);
        ct_world_release(&world);
    }
}

TEST(scene_bvh__leaves_out_what_cannot_be_hit)
{
    float p[36] = { 0, 0, 0,        1, 0, 0, 0, 1, 0, NAN, 0, 0,     1, 0, 0, 0, 1, 0,
                    0, 0, INFINITY, 1, 0, 0, 0, 1, 0, 0,   0, 1e20f, 1, 0, 0, 0, 1, 0 };
    struct ct_world world;
    struct ct_bvh bvh;
    struct ct_hit hit;
    ct_world_init(&world);
    ct_world_add_mesh(&world, scene_soup(p, 4, 0), 0, NULL);
    struct ct_mesh *broken = scene_soup(p, 1, 0);
    REQUIRE(broken);
    broken->indices[2] = 3;
    ct_world_add_mesh(&world, broken, 0, NULL);
    REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
    CHECK_INT(bvh.n_triangles, 1);
    const struct ct_render_kernels *kernels = ct_render_kernels_best();
    CHECK(kernels->nearest(&bvh, v3(0.2f, 0.2f, 1), v3(0, 0, -1), 1e30f, &hit));
    CHECK(!kernels->nearest(&bvh, v3(0.2f, 0.2f, 1), v3(0, 0, -1), 0.5f, &hit));
    CHECK(!kernels->nearest(&bvh, v3(0.2f, 0.2f, 1), v3(0, 0, 1), 1e30f, &hit));
    CHECK(!kernels->nearest(&bvh, v3(NAN, 0.2f, 1), v3(0, NAN, -1), 1e30f, &hit));
    ct_bvh_release(&bvh);
    ct_world_release(&world);

    ct_world_init(&world);
    REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
    CHECK(!kernels->nearest(&bvh, v3(0, 0, 0), v3(0, 0, -1), 1e30f, &hit));
    ct_bvh_release(&bvh);
    ct_world_release(&world);
}

TEST(scene_bvh__stops_when_cancelled_or_out_of_memory)
{
    struct ct_world world;
    struct ct_bvh bvh;
    atomic_int cancel = 1;
    scene_world(&world);
    CHECK_INT(ct_bvh_build(&bvh, &world, &cancel, NULL), CT_E_CANCELLED);
    CHECK(!bvh.nodes && !bvh.leaves);
    ct_mem_fail_nth(0);
    REQUIRE(ct_bvh_build(&bvh, &world, NULL, NULL) == CT_OK);
    ct_bvh_release(&bvh);
    long allocations = ct_mem_fail_nth(0);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        CHECK_INT(ct_bvh_build(&bvh, &world, NULL, NULL), CT_E_MEMORY);
    }
    ct_mem_fail_nth(0);
    ct_world_release(&world);
}
