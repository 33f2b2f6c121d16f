#include "base/metric.h"
#include "t.h"

#include <pthread.h>

TEST(metric__a_histogram_adds_up)
{
    struct ct_histogram h = { 0 };
    struct ct_buf b;
    ct_histogram_add(&h, -5);       /* a clock that went back */
    ct_histogram_add(&h, 1000);     /* a bound belongs to its bucket */
    ct_histogram_add(&h, 1001);
    ct_histogram_add(&h, 500000000);
    CHECK_INT(ct_histogram_count(&h), 4);
    ct_buf_init(&b, 4096);
    ct_metric_histogram(&b, "x", "a=\"b\"", &h);
    const char *text = ct_buf_text(&b);
    CHECK(strstr(text, "x_bucket{a=\"b\",le=\"0.001\"} 2\n") == text);
    CHECK(strstr(text, "x_bucket{a=\"b\",le=\"0.005\"} 3\n") != NULL);
    CHECK(strstr(text, "x_bucket{a=\"b\",le=\"120\"} 3\nx_bucket{a=\"b\",le=\"+Inf\"} 4\n"
                       "x_sum{a=\"b\"} 500.002001\nx_count{a=\"b\"} 4\n") != NULL);
    ct_buf_clear(&b);
    ct_metric_histogram(&b, "x", NULL, &h);
    CHECK(ct_slice_starts(ct_buf_slice(&b), "x_bucket{le=\"0.001\"} 2\n"));
    CHECK(ct_slice_ends(ct_buf_slice(&b), "x_sum 500.002001\nx_count 4\n"));
    ct_buf_release(&b);
}

TEST(metric__numbers_are_written_whole)
{
    struct ct_buf b;
    ct_buf_init(&b, 4096);
    ct_metric_head(&b, "a_total", "counter", "What it is");
    ct_metric_int(&b, "a_total", NULL, INT64_MAX);
    ct_metric_int(&b, "a_total", "l=\"v\"", -1);
    ct_metric_decimal(&b, "d", NULL, 5, 9);
    ct_metric_decimal(&b, "d", NULL, INT64_MAX, 9);
    CHECK_STR(ct_buf_text(&b), "# HELP a_total What it is\n# TYPE a_total counter\n"
                               "a_total 9223372036854775807\na_total{l=\"v\"} -1\n"
                               "d 0.000000005\nd 9223372036.854775807\n");
    ct_buf_release(&b);
}

static void *add_many(void *ctx)
{
    for (int i = 0; i < 100000; i++)
        ct_histogram_add(ctx, i);
    return NULL;
}

TEST(metric__threads_lose_nothing)
{
    struct ct_histogram h = { 0 };
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        REQUIRE(pthread_create(&threads[i], NULL, add_many, &h) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(ct_histogram_count(&h), 400000);
    CHECK_INT(ct_counted(&h.sum_us), 4ull * 99999 * 100000 / 2);
}
