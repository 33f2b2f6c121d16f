/* The elementary functions against libm, and the noise against what textures rely on. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include "t.h"

static double worst(double so_far, double error)
{
    return error > so_far ? error : so_far;
}

TEST(scene_math__sine_and_cosine_are_within_an_ulp)
{
    double sine = 0, cosine = 0;
    for (int i = -200000; i <= 200000; i++) {
        float x = (float)i * 0.0031f, s, c;
        ct_sincosf(x, &s, &c);
        sine = worst(sine, fabs((double)s - sin((double)x)));
        cosine = worst(cosine, fabs((double)c - cos((double)x)));
    }
    CHECK(sine < 6e-8);
    CHECK(cosine < 6e-8);
}

TEST(scene_math__exp_log_pow_are_within_an_ulp)
{
    double e = 0, l = 0, p = 0;
    for (int i = -100000; i <= 100000; i++) {
        float x = (float)i * 8e-4f;
        double exact = exp((double)x);
        e = worst(e, fabs((double)ct_expf(x) - exact) / exact);
        float positive = (float)(i + 100001) * 1e-3f;
        double log_exact = log((double)positive);
        l = worst(l, fabs((double)ct_logf(positive) - log_exact) / fmax(1.0, fabs(log_exact)));
        double pow_exact = pow((double)positive, (double)2.4f);
        p = worst(p, fabs((double)ct_powf(positive, 2.4f) - pow_exact) / pow_exact);
    }
    CHECK(e < 1.2e-7);
    CHECK(l < 1.2e-7);
    CHECK(p < 1.2e-7);
}

TEST(scene_math__inverse_functions_are_close)
{
    double t = 0, a = 0;
    for (int i = -2000; i <= 2000; i++) {
        float y = (float)i * 0.01f, c = (float)i / 2000.0f;
        for (float x = -3; x <= 3; x += 0.75f)
            t = worst(t, fabs((double)ct_atan2f(y, x) - (i == 0 && x < 0 ? M_PI
                                                         : i == 0        ? 0
                                                                  : atan2((double)y, (double)x))));
        a = worst(a, fabs((double)ct_acosf(c) - acos((double)c)));
    }
    CHECK(t < 3e-7);
    CHECK(a < 5e-7);
}

TEST(scene_math__odd_arguments_are_defined)
{
    float s, c;
    ct_sincosf(NAN, &s, &c);
    CHECK(s == 0 && c == 1);
    ct_sincosf(INFINITY, &s, &c);
    CHECK(s == 0 && c == 1);
    CHECK(ct_expf(NAN) == 0 && ct_expf(-INFINITY) == 0);
    CHECK(ct_expf(INFINITY) > 3e38f && isfinite(ct_expf(INFINITY)));
    CHECK(ct_log2f(0) == -1000 && ct_log2f(-1) == -1000 && ct_log2f(NAN) == -1000);
    CHECK(ct_log2f(INFINITY) == 128 && ct_log2f(1) == 0 && ct_log2f(8) == 3);
    CHECK(fabsf(ct_log2f(1e-42f) - log2f(1e-42f)) < 1e-4f);
    CHECK(ct_powf(0, 2.2f) == 0 && ct_powf(-3, 2.2f) == 0 && ct_powf(-3, 0) == 1);
    CHECK(ct_atan2f(0, 0) == 0 && ct_atan2f(NAN, 1) >= 0);
    CHECK(ct_acosf(2) == 0 && ct_acosf(-2) > 3.14f);
    CHECK(isnan(ct_floorf(NAN)) && ct_floorf(-1.5f) == -2 && ct_floorf(-2) == -2);
    CHECK(ct_floorf(3e9f) == 3e9f && ct_fractf(-0.25f) == 0.75f && ct_fractf(-1e-9f) < 1);
}

TEST(scene_math__srgb_curve_goes_both_ways)
{
    for (int i = 0; i < 256; i++) {
        float c = (float)i / 255.0f;
        CHECK(fabsf(ct_linear_to_srgb(ct_srgb_to_linear(c)) - c) < 1e-6f);
    }
    ct_v3 orange = ct_hex_color(0xff8000);
    CHECK(orange.x == 1 && fabsf(orange.y - 0.2158605f) < 1e-6f && orange.z == 0);
}

TEST(scene_math__noise_is_smooth_bounded_and_centred)
{
    double sum = 0;
    float low = 0, high = 0, step = 0;
    for (int i = 0; i < 40000; i++) {
        ct_v3 p = v3((float)(i % 200) * 0.173f - 9, (float)(i / 200) * 0.211f - 17, 0.37f);
        float n = ct_noise3(p);
        low = ct_minf(low, n);
        high = ct_maxf(high, n);
        step = ct_maxf(step, fabsf(ct_noise3(v3(p.x + 1e-3f, p.y, p.z)) - n));
        sum += (double)n;
    }
    CHECK(low > -1.1f && low < -0.6f && high < 1.1f && high > 0.6f);
    CHECK(step < 0.01f);
    CHECK(fabs(sum / 40000) < 0.02);
    CHECK(ct_noise3(v3(3, -4, 5)) == 0);
    CHECK(ct_noise3(v3(NAN, 0, 0)) == 0 && ct_noise3(v3(0, INFINITY, 0)) == 0);
    CHECK(ct_noise3(v3(0, 1e12f, 0.5f)) == 0);
    CHECK(fabsf(ct_noise3(v3(0.3f, 0.4f, 0.5f)) + 0.0590219f) < 1e-6f);
    CHECK(fabsf(ct_fbm3(v3(9.3f, -4.4f, 0.5f), 5) + 0.0309338f) < 1e-5f);
}

TEST(scene_math__hash_spreads_every_bit)
{
    for (int bit = 0; bit < 32; bit++) {
        int flips = 0;
        for (uint32_t i = 0; i < 1000; i++)
            flips += __builtin_popcount(ct_hash32(i * 77u) ^ ct_hash32((i * 77u) ^ (1u << bit)));
        CHECK(flips > 15000 && flips < 17000);
    }
    CHECK(ct_hash32_unit(0xffffffffu) < 1);
}

TEST(scene_math__many_points_of_noise_are_the_same_bits_as_one)
{
    ct_v3 at[61];
    float many[61];
    for (int i = 0; i < 61; i++)
        at[i] = v3((float)i * 0.37f - 11, 5 - (float)i * 1.3f, (float)(i % 7) * 40.25f - 90);
    at[0] = v3(3, -4, 5);
    at[1] = v3(NAN, 0.5f, 0.5f);
    at[2] = v3(0.5f, INFINITY, 0.5f);
    at[3] = v3(0.5f, 0.5f, -1e12f);
    at[4] = v3(-1e8f, 0.3f, -0.3f);
    at[5] = v3(-0.0f, 0.25f, -1e-20f);
    for (int n = 0; n <= 61; n += 1 + n / 3) {
        memset(many, 0xff, sizeof(many));
        ct_noise3_many(many, at, n);
        for (int i = 0; i < n; i++) {
            float one = ct_noise3(at[i]);
            CHECK(one == many[i]);
        }
        CHECK(n == 61 || isnan(many[n])); /* nothing is written beyond */
    }
    CHECK(ct_fbm3(v3(1, 2, 3.5f), 0) == 0);
    CHECK(ct_fbm3(v3(1, 2, 3.5f), 99) == ct_fbm3(v3(1, 2, 3.5f), CT_OCTAVES_MAX));
}
