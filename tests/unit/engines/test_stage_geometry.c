/* The mesh kernel: closed where closed is meant, facing outwards, and honest about memory. */
#include "base/mem.h"
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"

#include "stage_mesh.h"
#include "t.h"

TEST(stage_geometry__box_is_closed_and_faces_out)
{
    struct ct_mesh *box = ct_shape_box(v3(2, 3, 4), 0.5f, 6);
    REQUIRE(box);
    CHECK(stage_mesh_is_closed(box));
    CHECK(stage_mesh_faces_its_normals(box));
    double volume = stage_mesh_volume(box);
    CHECK(volume > 0.93 * 192 && volume < 192);
    ct_v3 min, max;
    ct_mesh_bounds(box, &min, &max);
    CHECK(fabsf(min.x + 2) < 1e-4f && fabsf(max.y - 3) < 1e-4f && fabsf(max.z - 4) < 1e-4f);
    ct_mesh_flip(box);
    CHECK(stage_mesh_volume(box) < 0 && stage_mesh_faces_its_normals(box));
    ct_mesh_free(&box);
    CHECK(!box);
}

TEST(stage_geometry__box_radius_is_limited_by_its_sides)
{
    struct ct_mesh *box = ct_shape_box(v3(1, 0.1f, 1), 5, 100);
    REQUIRE(box);
    CHECK(stage_mesh_is_closed(box) && stage_mesh_faces_its_normals(box));
    ct_mesh_free(&box);
}

TEST(stage_geometry__revolve_closes_a_vessel)
{
    static const struct ct_corner profile[] = { { 0, 0, 0 },       { 3, 0, 0.4f }, { 4, 9, 0.1f },
                                                { 3.7f, 9, 0.1f }, { 3, 1, 0.5f }, { 0, 1, 0 } };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 6, 8);
    struct ct_mesh *m = ct_shape_revolve(&curve, 64, 40);
    REQUIRE(m);
    CHECK(stage_mesh_is_closed(m));
    CHECK(stage_mesh_faces_its_normals(m));
    CHECK(stage_mesh_volume(m) > 0);
    ct_mesh_free(&m);
    curve.n = 1;
    CHECK(!ct_shape_revolve(&curve, 64, 40));
    curve.n = 6;
    CHECK(!ct_shape_revolve(&curve, 2, 40));
}

TEST(stage_geometry__revolved_circle_has_the_volume_of_a_ball)
{
    struct ct_curve arc = { .n = 0 };
    for (int i = 0; i <= 90; i++)
        ct_curve_add(
            &arc, v2(i % 90 ? ct_sinf(CT_PI * (float)i / 90) : 0, -ct_cosf(CT_PI * (float)i / 90)));
    struct ct_mesh *m = ct_shape_revolve(&arc, 180, 60);
    REQUIRE(m);
    CHECK(fabs(stage_mesh_volume(m) - 4.18879) < 0.01);
    for (uint32_t i = 0; i < m->n_vertices; i++)
        CHECK(v3_dot(ct_mesh_normal(m, i), ct_mesh_position(m, i)) > 0.99f);
    ct_mesh_free(&m);
}

TEST(stage_geometry__sweep_is_a_closed_rod)
{
    static const ct_v2 knots[] = { { 0, 0 }, { 1, 3 }, { 4, 3 }, { 5, 0 } };
    struct ct_curve path;
    float half[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, 4, 10);
    CHECK_INT(path.n, 31);
    for (int i = 0; i < path.n; i++)
        half[i] = 0.3f;
    struct ct_mesh *m = ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 24, 1 });
    REQUIRE(m);
    CHECK(stage_mesh_is_closed(m));
    CHECK(stage_mesh_faces_its_normals(m));
    CHECK(stage_mesh_volume(m) > 0);
    ct_mesh_free(&m);
    path.n = 1;
    CHECK(!ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 24, 1 }));
}

static float ramp(const void *ctx, float x, float z)
{
    return *(const float *)ctx * x + 0 * z;
}

TEST(stage_geometry__planes_face_their_side)
{
    float slope = 0.5f;
    struct ct_mesh *quad = ct_shape_quad(v3(0, 1, 0), v3(2, 0, 0), v3(0, 3, 0));
    struct ct_height_field f = { -1, 1, -2, 2, 10, 20, ramp, &slope };
    struct ct_mesh *field = ct_shape_height_field(&f);
    REQUIRE(quad && field);
    CHECK(ct_mesh_normal(quad, 0).z == 1 && stage_mesh_faces_its_normals(quad) &&
          quad->uvs[4] == 1);
    CHECK(stage_mesh_faces_its_normals(field));
    CHECK_INT(field->n_triangles, 400);
    CHECK(fabsf(ct_mesh_normal(field, 50).x + 0.4472f) < 1e-3f);
    ct_mesh_free(&quad);
    ct_mesh_free(&field);
    f.nx = 0;
    CHECK(!ct_shape_height_field(&f));
}

TEST(stage_geometry__curves_keep_their_ends)
{
    struct ct_corner zigzag[40];
    struct ct_curve curve;
    for (int i = 0; i < 40; i++)
        zigzag[i] = (struct ct_corner){ (float)i, i & 1 ? 1 : 0, 0.4f };
    ct_curve_fillet(&curve, zigzag, 40, 32); /* more points than there is room for */
    CHECK_INT(curve.n, CT_CURVE_MAX);
    CHECK(curve.p[0].x == 0 && curve.p[curve.n - 1].x == 39);
    ct_curve_fillet(&curve, zigzag, 3, 4);
    CHECK_INT(curve.n, 7);
    for (int i = 1; i < 6; i++) /* the corner is cut, and on its inner side */
        CHECK(curve.p[i].y < 0.99f && curve.p[i].y > 0.5f);
}

TEST(stage_geometry__placement_has_an_inverse)
{
    float place[12], back[12];
    ct_matrix_place(place, v3(3, -4, 5), 0.7f, 1.6f);
    ct_matrix_invert_place(back, v3(3, -4, 5), 0.7f, 1.6f);
    ct_v3 p = ct_matrix_point(back, ct_matrix_point(place, v3(1, 2, 3)));
    CHECK(v3_len(v3_sub(p, v3(1, 2, 3))) < 1e-5f);
}

TEST(stage_geometry__changes_keep_normals_right)
{
    struct ct_mesh *m = ct_shape_box(v3(1, 1, 1), 0.3f, 4);
    REQUIRE(m);
    ct_mesh_scale(m, v3(3, 1, 0.5f));
    ct_mesh_rotate(m, 0, 0.4f);
    ct_mesh_rotate(m, 1, 1.4f);
    ct_mesh_rotate(m, 2, -0.9f);
    ct_mesh_move(m, v3(5, 5, 5));
    CHECK(stage_mesh_is_closed(m) && stage_mesh_faces_its_normals(m));
    ct_mesh_smooth(m);
    CHECK(stage_mesh_faces_its_normals(m));
    ct_mesh_free(&m);
}

TEST(stage_geometry__null_and_oversize_are_harmless)
{
    struct ct_mesh *none = NULL;
    ct_v3 min, max;
    ct_mesh_move(none, v3(1, 1, 1));
    ct_mesh_scale(none, v3(1, 1, 1));
    ct_mesh_rotate(none, 1, 1);
    ct_mesh_smooth(none);
    ct_mesh_flip(none);
    ct_mesh_free(&none);
    ct_mesh_bounds(none, &min, &max);
    CHECK(min.x == 0 && max.y == 0 && !ct_mesh_add_uvs(none));
    CHECK(!ct_mesh_new(UINT32_MAX, 10));
    CHECK(!ct_mesh_new(10, 1u << 29));
}

TEST(stage_geometry__out_of_memory_gives_null)
{
    for (long nth = 1; nth <= 5; nth++) {
        ct_mem_fail_nth(nth);
        struct ct_mesh *m = ct_shape_quad(v3(0, 0, 0), v3(1, 0, 0), v3(0, 1, 0));
        ct_mem_fail_nth(0);
        CHECK(!m);
        ct_mesh_free(&m);
    }
}
