/* Compositions: how many are tried, how they are judged, what style and the seeds of a set do. */
#include "base/buf.h"
#include "engines/scene/page/page.h"
#include "engines/scene/stage/stage.h"
#include "t.h"

#include <stdio.h>
#include <string.h>

static const struct ct_intent *read_prompt(struct ct_arena *arena, const char *prompt)
{
    const struct ct_intent *intent = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_intent_read(&intent, arena, ct_slice(prompt), &err), CT_OK);
    return intent;
}

static const struct ct_scene3 *compose(struct ct_arena *arena, const char *prompt,
                                       const struct ct_scene3_params *params)
{
    const struct ct_scene3 *scene = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_scene3_compose(&scene, arena, read_prompt(arena, prompt), params, &err), CT_OK);
    return scene;
}

static const char *const crowds[] = {
    "two mugs, three apples and a wine glass behind a stack of books",
    "a small candle behind a large vase, with a bowl and a lamp",
    "six apples, two bottles and a book with the title \"Sea\"",
    "a mug to the left of a vase, in front of two candles",
};

TEST(stage_score__quality_and_thinking_buy_compositions)
{
    CHECK_INT(ct_scene3_candidates(CT_QUALITY_LOW, CT_THINKING_OFF), 1);
    CHECK_INT(ct_scene3_candidates(CT_QUALITY_MEDIUM, CT_THINKING_OFF), 4);
    CHECK_INT(ct_scene3_candidates(CT_QUALITY_HIGH, CT_THINKING_HIGH), 64);
    for (int q = 0; q < CT_QUALITY_COUNT; q++) {
        for (int t = CT_THINKING_LOW; t <= CT_THINKING_HIGH; t++) {
            enum ct_quality quality = (enum ct_quality)q;
            enum ct_thinking more = (enum ct_thinking)t, less = (enum ct_thinking)(t - 1);
            CHECK(ct_scene3_candidates(quality, more) > ct_scene3_candidates(quality, less));
            CHECK(ct_page_candidates(quality, more) > ct_page_candidates(quality, less));
        }
    }
}

TEST(stage_score__more_compositions_are_never_worse)
{
    int better = 0;
    for (size_t i = 0; i < sizeof(crowds) / sizeof(*crowds); i++) {
        for (uint32_t seed = 0; seed < 3; seed++) {
            struct ct_arena *arena = ct_arena_new(4 << 20);
            struct ct_scene3_params params = { .aspect = 1, .seed = seed };
            float one = compose(arena, crowds[i], &params)->score.total;
            params.candidates = 16;
            const struct ct_scene3 *best = compose(arena, crowds[i], &params);
            CHECK_INT(best->tried, 16);
            CHECK(best->score.total >= one);
            CHECK(best->kept == 0 ? best->score.total == one : best->score.total > one);
            better += best->kept > 0;
            ct_arena_free(&arena);
        }
    }
    CHECK(better >= 4); /* it is worth trying */
}

TEST(stage_score__the_same_request_composes_the_same_scene)
{
    struct ct_scene3_params params = { .aspect = 1.5f, .seed = 7, .candidates = 8 };
    struct ct_buf a, b;
    struct ct_arena *arena = ct_arena_new(4 << 20);
    ct_buf_init(&a, 1 << 20);
    ct_buf_init(&b, 1 << 20);
    ct_scene3_print(&a, compose(arena, crowds[0], &params));
    ct_scene3_print(&b, compose(arena, crowds[0], &params));
    CHECK_STR(ct_buf_text(&a), ct_buf_text(&b));
    ct_buf_release(&a);
    ct_buf_release(&b);
    ct_arena_free(&arena);
}

/* What is moved to a bad place must be found out by its part of the score. */
TEST(stage_score__parts_see_what_they_are_for)
{
    struct ct_arena *arena = ct_arena_new(4 << 20);
    const char *prompt = "a large vase to the left of a small apple";
    const struct ct_intent *intent = read_prompt(arena, prompt);
    struct ct_scene3 good = *compose(arena, prompt, &(struct ct_scene3_params){ .aspect = 1 });
    struct ct_scene3 bad = good;
    REQUIRE(good.n_objects == 2);
    CHECK(good.score.part[CT_SCORE_RELATIONS] > 0.99f && good.score.part[CT_SCORE_FRAME] > 0.99f);
    CHECK(good.score.part[CT_SCORE_VISIBLE] > 0.99f);

    bad.objects[0].position = good.objects[1].position; /* the other way round */
    bad.objects[1].position = good.objects[0].position;
    ct_stage_score(&bad, intent);
    CHECK(bad.score.part[CT_SCORE_RELATIONS] < 0.1f);

    bad = good;
    bad.objects[1].position = bad.objects[0].position;
    bad.objects[1].position.z -= 15; /* behind the vase */
    ct_stage_score(&bad, intent);
    CHECK(bad.score.part[CT_SCORE_VISIBLE] < 0.7f);

    bad = good;
    bad.camera.shift_x = 1; /* half the picture aside */
    ct_stage_score(&bad, intent);
    CHECK(bad.score.part[CT_SCORE_FRAME] < 0.5f && bad.score.part[CT_SCORE_BALANCE] < 0.7f);
    CHECK(bad.score.total < good.score.total);
    ct_arena_free(&arena);
}

TEST(stage_score__style_moves_what_the_prompt_leaves_open)
{
    struct ct_arena *arena = ct_arena_new(4 << 20);
    struct ct_scene3_params params = { .aspect = 1 };
    const struct ct_scene3 *plain = compose(arena, "a white mug", &params);
    params.style = CT_STYLE_VIVID;
    const struct ct_scene3 *vivid = compose(arena, "a white mug", &params);
    const struct ct_scene3 *named = compose(arena, "a white mug on a sage green background", &params);
    params.style = CT_STYLE_NATURAL;
    const struct ct_scene3 *natural = compose(arena, "a white mug", &params);
    const struct ct_scene3 *same = compose(arena, "a white mug on a sage green background", &params);
    CHECK(vivid->post.saturation > 0.1f && natural->post.saturation < -0.05f);
    CHECK(plain->post.saturation == 0);
    CHECK(v3_len(v3_sub(vivid->backdrop_color, plain->backdrop_color)) > 0.2f);
    CHECK(v3_len(v3_sub(named->backdrop_color, same->backdrop_color)) == 0);
    ct_arena_free(&arena);
}

TEST(stage_score__pictures_of_a_set_have_the_seeds_that_follow)
{
    static const int32_t firsts[] = { 0, 5, 16, -3, INT32_MAX, INT32_MIN };
    for (size_t k = 0; k < sizeof(firsts) / sizeof(*firsts); k++) {
        struct ct_image_request request = { .n = 10, .seed = firsts[k] };
        CHECK_INT(ct_picture_seed(&request, 0), firsts[k]);
        for (int i = 0; i < 10; i++) {
            int32_t seed = ct_picture_seed(&request, i);
            CHECK_INT(seed, (int32_t)((uint32_t)firsts[k] + (uint32_t)i));
        }
    }
}

/* The pictures of a set share the colours of their page, and another block has others. */
TEST(stage_score__a_set_of_pages_shares_its_palette)
{
    struct ct_err err = { 0 };
    char first[32] = "";
    int others = 0;
    for (uint32_t seed = 0; seed < 64; seed += seed < 16 ? 1 : 16) {
        const struct ct_page *page = NULL;
        struct ct_buf b;
        struct ct_arena *arena = ct_arena_new(8 << 20);
        const struct ct_intent *intent = read_prompt(arena, "poster titled \"Sea\"");
        struct ct_page_params params = { .width = 512, .height = 768, .seed = seed };
        REQUIRE(ct_page_compose(&page, arena, intent, &params, &err) == CT_OK);
        ct_buf_init(&b, 4 << 20);
        ct_page_print(&b, page);
        const char *text = strstr(ct_buf_text(&b), "\"layer\":\"text\"");
        const char *fill = text ? strstr(text, "\"fill\":\"") : NULL; /* the ink */
        REQUIRE(fill != NULL);
        if (seed == 0)
            snprintf(first, sizeof(first), "%.18s", fill);
        else if (seed < 16)
            CHECK(strncmp(first, fill, strlen(first)) == 0);
        else
            others += strncmp(first, fill, strlen(first)) != 0;
        ct_buf_release(&b);
        ct_arena_free(&arena);
    }
    CHECK(others > 0);
}
