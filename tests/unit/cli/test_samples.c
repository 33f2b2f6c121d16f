#include "cli/samples.h"
#include "t.h"

#include <math.h>

static const char text[] = "# HELP a What\n# TYPE a counter\n"
                           "a{x=\"1\",y=\"2\"} 3\n"
                           "a{x=\"1\",y=\"3\"} 4.5\n"
                           "ab 100\nbad\nc nan\nd{ 1\n"
                           "e -7"; /* the last line need not end */

TEST(samples__are_read_one_after_the_other)
{
    struct ct_slice rest = ct_slice(text);
    struct ct_sample s;
    REQUIRE(ct_sample_next(&rest, &s));
    CHECK_SLICE(s.name, "a");
    CHECK_SLICE(ct_sample_label(&s, "x"), "1");
    CHECK_SLICE(ct_sample_label(&s, "y"), "2");
    CHECK_SLICE(ct_sample_label(&s, "z"), "");
    CHECK(ct_sample_next(&rest, &s) && fabs(s.value - 4.5) < 1e-9);
    CHECK(ct_sample_next(&rest, &s) && fabs(s.value - 100) < 1e-9);
    CHECK_SLICE(ct_sample_label(&s, "x"), "");
    CHECK(ct_sample_next(&rest, &s) && fabs(s.value + 7) < 1e-9); /* what is none is passed over */
    CHECK_SLICE(s.name, "e");
    CHECK(!ct_sample_next(&rest, &s));
}

TEST(samples__add_up_by_name_and_labels)
{
    struct ct_slice all = ct_slice(text);
    CHECK(fabs(ct_samples_sum(all, "a", NULL, NULL) - 7.5) < 1e-9);
    CHECK(fabs(ct_samples_sum(all, "a", "x=\"1\"", "y=\"3\"") - 4.5) < 1e-9);
    CHECK(fabs(ct_samples_sum(all, "a", "x=\"2\"", NULL)) < 1e-9);
    CHECK(fabs(ct_samples_sum(all, "nothing", NULL, NULL)) < 1e-9);
}

TEST(samples__a_quantile_lies_between_its_bounds)
{
    struct ct_slice none = CT_S("");
    struct ct_slice before = CT_S("h_bucket{s=\"t\",le=\"1\"} 5\nh_bucket{s=\"t\",le=\"2\"} 5\n"
                                  "h_bucket{s=\"t\",le=\"+Inf\"} 5\n");
    struct ct_slice now = CT_S("h_bucket{s=\"t\",le=\"1\"} 5\nh_bucket{s=\"t\",le=\"2\"} 15\n"
                               "h_bucket{s=\"t\",le=\"+Inf\"} 15\n");
    CHECK(fabs(ct_samples_quantile(before, now, "h_bucket", NULL, 0.5) - 1.5) < 1e-9);
    CHECK(fabs(ct_samples_quantile(none, now, "h_bucket", "s=\"t\"", 0.2) - 0.6) < 1e-9);
    CHECK(ct_samples_quantile(now, now, "h_bucket", NULL, 0.5) < 0); /* nothing came */
    CHECK(ct_samples_quantile(none, now, "h_bucket", "s=\"u\"", 0.5) < 0);
    struct ct_slice beyond = CT_S("h_bucket{le=\"1\"} 0\nh_bucket{le=\"+Inf\"} 3\n");
    CHECK(fabs(ct_samples_quantile(none, beyond, "h_bucket", NULL, 0.5) - 1) < 1e-9);
}
