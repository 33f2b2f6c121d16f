/* Soft solids: the field is what the table says, and its mesh a closed skin that faces out. */
#include "base/mem.h"
#include "engines/scene/geometry/cell_sheets.h"
#include "engines/scene/geometry/lumps.h"

#include "stage_mesh.h"
#include "t.h"

#define BALL(use_, x, y, z, r)                                                                     \
    {                                                                                              \
        .kind = CT_LUMP_BALL, .use = use_, .a = { x, y, z }, .b = { r, r, r }                      \
    }
#define LUMPS(rows, cells_)                                                                        \
    {                                                                                              \
        .lumps = rows, .n = (int)(sizeof(rows) / sizeof(*(rows))), .cells = cells_                 \
    }

static bool is_near(float a, float b, float tolerance)
{
    return fabsf(a - b) <= tolerance;
}

TEST(stage_lumps__distances_are_those_of_the_solids)
{
    static const struct ct_lump ball[] = { BALL(CT_LUMP_ADD, 0, 5, 0, 2) };
    static const struct ct_lump limb[] = {
        { .kind = CT_LUMP_LIMB, .a = { -3, 5, 0 }, .b = { 3, 5, 0 }, .r0 = 1, .r1 = 1 }
    };
    static const struct ct_lump block[] = {
        { .kind = CT_LUMP_BLOCK, .a = { 0, 5, 0 }, .b = { 3, 2, 1 }, .r0 = 0.2f }
    };
    static const struct ct_lump turned[] = {
        { .kind = CT_LUMP_BLOCK, .a = { 0, 5, 0 }, .b = { 3, 2, 1 }, .r0 = 0.2f, .roll = CT_PI / 2 }
    };
    const struct ct_lumps of_ball = LUMPS(ball, 32), of_limb = LUMPS(limb, 32);
    const struct ct_lumps of_block = LUMPS(block, 32), of_turned = LUMPS(turned, 32);
    CHECK(is_near(ct_lumps_distance(&of_ball, v3(0, 5, 5)), 3, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_ball, v3(1, 5, 0)), -1, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_limb, v3(1, 7, 0)), 1, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_limb, v3(6, 5, 0)), 2, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_block, v3(5, 5, 0)), 2, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_block, v3(0, 5, 0)), -1, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_turned, v3(5, 5, 0)), 3, 1e-4f));
    CHECK(is_near(ct_lumps_distance(&of_turned, v3(0, 10, 0)), 2, 1e-4f));
}

TEST(stage_lumps__flow_together_are_cut_mirrored_and_stand_on_the_floor)
{
    static const struct ct_lump apart[] = { BALL(CT_LUMP_ADD, -2, 5, 0, 2),
                                            BALL(CT_LUMP_ADD, 2, 5, 0, 2) };
    static const struct ct_lump soft[] = {
        BALL(CT_LUMP_ADD, -2, 5, 0, 2),
        { .kind = CT_LUMP_BALL, .a = { 2, 5, 0 }, .b = { 2, 2, 2 }, .blend = 2 }
    };
    static const struct ct_lump mirrored[] = {
        { .kind = CT_LUMP_BALL, .a = { 2, 5, 0 }, .b = { 2, 2, 2 }, .both = true }
    };
    static const struct ct_lump hollow[] = { BALL(CT_LUMP_ADD, 0, 5, 0, 3),
                                             BALL(CT_LUMP_CUT, 0, 5, 3, 1.5f) };
    static const struct ct_lump sunk[] = { BALL(CT_LUMP_ADD, 0, 0, 0, 3) };
    const struct ct_lumps of_apart = LUMPS(apart, 32), of_soft = LUMPS(soft, 32);
    const struct ct_lumps of_mirrored = LUMPS(mirrored, 32), of_hollow = LUMPS(hollow, 32);
    const struct ct_lumps of_sunk = LUMPS(sunk, 32);
    ct_v3 between = v3(0, 5, 0.5f);
    CHECK(ct_lumps_distance(&of_apart, between) > 0);
    CHECK(is_near(ct_lumps_distance(&of_soft, between),
                  ct_lumps_distance(&of_apart, between) - 0.5f, 1e-4f)); /* by blend / 4 */
    for (float x = -4; x <= 4; x += 0.5f)
        CHECK(ct_lumps_distance(&of_mirrored, v3(x, 4, 1)) ==
              ct_lumps_distance(&of_apart, v3(x, 4, 1)));
    CHECK(ct_lumps_distance(&of_hollow, v3(0, 5, 2)) > 0);
    CHECK(ct_lumps_distance(&of_hollow, v3(0, 5, -2)) < 0);
    CHECK(ct_lumps_distance(&of_sunk, v3(0, -1, 0)) > 0);
    CHECK(ct_lumps_distance(&of_sunk, v3(0, 1, 0)) < 0);
}

TEST(stage_lumps__touch_walks_to_the_surface)
{
    static const struct ct_lump rows[] = { BALL(CT_LUMP_ADD, 0, 5, 0, 3),
                                           BALL(CT_LUMP_ADD, 0, 9, 0, 2) };
    const struct ct_lumps lumps = LUMPS(rows, 32);
    ct_v3 normal, p = ct_lumps_touch(&lumps, v3(0, 5, 4), &normal);
    CHECK(v3_len(v3_sub(p, v3(0, 5, 3))) < 1e-3f);
    CHECK(v3_len(v3_sub(normal, v3(0, 0, 1))) < 1e-2f);
    p = ct_lumps_touch(&lumps, v3(0.4f, 10, 0.3f), NULL);
    CHECK(is_near(ct_lumps_distance(&lumps, p), 0, 1e-3f));
}

static void check_skin(const struct ct_lumps *lumps, double volume, double tolerance)
{
    struct ct_mesh *m = ct_shape_lumps(lumps);
    REQUIRE(m);
    CHECK(stage_mesh_is_closed(m));
    CHECK(stage_mesh_faces_its_normals(m));
    double found = stage_mesh_volume(m);
    if (fabs(found - volume) > tolerance * volume)
        t_fail(__FILE__, __LINE__, "a volume of %g, not %g", found, volume);
    float furthest = 0;
    for (uint32_t i = 0; i < m->n_vertices; i++)
        furthest = ct_maxf(furthest, fabsf(ct_lumps_distance(lumps, ct_mesh_position(m, i))));
    CHECK(furthest < 0.02f);
    ct_mesh_free(&m);
}

TEST(stage_lumps__mesh_is_closed_faces_out_and_has_the_volume)
{
    static const struct ct_lump ball[] = { BALL(CT_LUMP_ADD, 0, 5, 0, 3) };
    static const struct ct_lump limb[] = { { .kind = CT_LUMP_LIMB,
                                             .a = { -3, 5, 2 },
                                             .b = { 3, 7, 0 },
                                             .r0 = 2,
                                             .r1 = 1,
                                             .both = true } };
    const struct ct_lumps of_ball = LUMPS(ball, 40);
    check_skin(&of_ball, 4.0 / 3 * 3.14159265 * 27, 0.02);
    struct ct_mesh *m = ct_shape_lumps(&(struct ct_lumps)LUMPS(limb, 48));
    REQUIRE(m);
    CHECK(stage_mesh_is_closed(m) && stage_mesh_faces_its_normals(m));
    ct_mesh_free(&m);
}

/* Two sheets pass each cell of a gap narrower than a cell: with one vertex for both they folded. */
TEST(stage_lumps__narrow_gaps_do_not_fold)
{
    for (int i = 1; i <= 12; i++) {
        float gap = 0.02f * (float)i, y = 5 + 0.013f * (float)i;
        const struct ct_lump rows[] = {
            { .kind = CT_LUMP_BLOCK, .a = { 0, y, 0 }, .b = { 3, 2, 3 }, .r0 = 0.4f },
            { .kind = CT_LUMP_BALL, .a = { 0, y + 2 + gap + 3, 0.3f }, .b = { 3, 3, 3 } },
            { .kind = CT_LUMP_LIMB,
              .a = { -3, y + 2 + gap + 0.5f, 2 },
              .b = { 3, y + 2 + gap + 0.5f, 2 },
              .r0 = 0.5f,
              .r1 = 0.5f },
        };
        struct ct_mesh *m = ct_shape_lumps(&(struct ct_lumps)LUMPS(rows, 40));
        REQUIRE(m);
        CHECK(stage_mesh_is_closed(m));
        CHECK(stage_mesh_faces_its_normals(m));
        ct_mesh_free(&m);
    }
}

TEST(stage_lumps__colours_are_told_by_distances)
{
    static const struct ct_lump rows[] = {
        BALL(CT_LUMP_ADD, 0, 5, 0, 3),
        { .kind = CT_LUMP_BALL,
          .use = CT_LUMP_PAINT,
          .a = { 0, 8, 0 },
          .b = { 2, 2, 2 },
          .paint = 1 },
        { .kind = CT_LUMP_BALL, .a = { 0, 5, 4 }, .b = { 2, 2, 2 }, .paint = 2 },
    };
    struct ct_mesh *m = ct_shape_lumps(&(struct ct_lumps)LUMPS(rows, 40));
    REQUIRE(m && m->uvs);
    int marked = 0, other = 0, off = 0;
    for (uint32_t i = 0; i < m->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(m, i);
        float mark = v3_len(v3_sub(p, v3(0, 8, 0))) - 2;
        float own = v3_len(v3_sub(p, v3(0, 5, 4))) - 2, first = v3_len(v3_sub(p, v3(0, 5, 0))) - 3;
        off += (m->uvs[2 * i] < 0) != (mark < 0);
        off += fabsf(mark) < 0.1f && !is_near(m->uvs[2 * i], mark, 1e-3f); /* exact at the border */
        off += (m->uvs[2 * i + 1] < 0) != (own < first && mark > 0);
        marked += m->uvs[2 * i] < 0;
        other += m->uvs[2 * i + 1] < 0;
    }
    CHECK_INT(off, 0);
    CHECK(marked > 20 && other > 20);
    ct_mesh_free(&m);
}

TEST(stage_lumps__no_stuff_and_no_memory_give_null)
{
    static const struct ct_lump paint[] = { BALL(CT_LUMP_PAINT, 0, 5, 0, 3) };
    static const struct ct_lump ball[] = { BALL(CT_LUMP_ADD, 0, 5, 0, 3) };
    CHECK(!ct_shape_lumps(&(struct ct_lumps)LUMPS(paint, 32)));
    CHECK(!ct_shape_lumps(&(struct ct_lumps){ .lumps = ball, .n = 0, .cells = 32 }));
    ct_mem_fail_nth(0);
    struct ct_mesh *m = ct_shape_lumps(&(struct ct_lumps)LUMPS(ball, 8));
    long made = ct_mem_fail_nth(0);
    CHECK(m != NULL && made > 4);
    ct_mesh_free(&m);
    for (long nth = 1; nth <= made; nth++) {
        ct_mem_fail_nth(nth);
        m = ct_shape_lumps(&(struct ct_lumps)LUMPS(ball, 8));
        ct_mem_fail_nth(0);
        CHECK(!m);
        ct_mesh_free(&m);
    }
}

/* What two cells see on the face between them is the same from both sides: the skin has no seam. */
TEST(stage_lumps__sheets_of_a_cell)
{
    struct ct_cell_sheets sheets;
    ct_cell_sheets_init(&sheets);
    CHECK(sheets.n[0] == 0 && sheets.n[255] == 0);
    for (int corner = 0; corner < 8; corner++) {
        CHECK_INT(sheets.n[1 << corner], 1);
        CHECK_INT(sheets.n[255 ^ 1 << corner], 1);
        CHECK_INT(sheets.n[1 << corner | 128 >> corner], 2); /* opposite through the cell */
    }
    CHECK_INT(sheets.n[0x0f], 1); /* a flat sheet */
    CHECK_INT(sheets.n[0x09], 2); /* opposite on a face: kept apart */
    CHECK_INT(sheets.n[0x69], 4); /* every other corner */
    for (int inside = 0; inside < 256; inside++)
        for (int edge = 0; edge < 12; edge++) {
            int from[3], to[3];
            ct_cell_edge_ends(edge, from, to);
            CHECK_INT(ct_cell_edge(edge / 4, from), edge);
            int a = from[0] + 2 * from[1] + 4 * from[2], b = to[0] + 2 * to[1] + 4 * to[2];
            bool crosses = (inside >> a & 1) != (inside >> b & 1);
            uint8_t sheet = sheets.of[inside][edge];
            CHECK(crosses ? sheet < sheets.n[inside] : sheet == CT_NO_SHEET);
        }
}
