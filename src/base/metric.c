/* See metric.h. Any thread may count; whoever answers /metrics writes. */
#include "base/metric.h"

#include <inttypes.h>

static const struct {
    int64_t us;
    const char *text;
} bounds[CT_HISTOGRAM_BOUNDS] = {
    { 1000, "0.001" },     { 5000, "0.005" },      { 10000, "0.01" },    { 25000, "0.025" },
    { 50000, "0.05" },     { 100000, "0.1" },      { 250000, "0.25" },   { 500000, "0.5" },
    { 1000000, "1" },      { 2500000, "2.5" },     { 5000000, "5" },     { 10000000, "10" },
    { 30000000, "30" },    { 60000000, "60" },     { 120000000, "120" },
};

void ct_histogram_add(struct ct_histogram *h, int64_t us)
{
    int i = 0;
    if (us < 0)
        us = 0;
    while (i < CT_HISTOGRAM_BOUNDS && us > bounds[i].us)
        i++;
    ct_count(&h->counts[i], 1);
    ct_count(&h->sum_us, (uint64_t)us);
}

uint64_t ct_histogram_count(struct ct_histogram *h)
{
    uint64_t n = 0;
    for (int i = 0; i <= CT_HISTOGRAM_BOUNDS; i++)
        n += ct_counted(&h->counts[i]);
    return n;
}

void ct_metric_head(struct ct_buf *b, const char *name, const char *type, const char *help)
{
    ct_buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_name(struct ct_buf *b, const char *name, const char *suffix, const char *labels)
{
    ct_buf_printf(b, "%s%s", name, suffix);
    if (labels)
        ct_buf_printf(b, "{%s}", labels);
    ct_buf_putc(b, ' ');
}

void ct_metric_int(struct ct_buf *b, const char *name, const char *labels, int64_t value)
{
    put_name(b, name, "", labels);
    ct_buf_printf(b, "%" PRId64 "\n", value);
}

static void put_decimal(struct ct_buf *b, int64_t value, int digits)
{
    int64_t unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    ct_buf_printf(b, "%" PRId64 ".%0*" PRId64 "\n", value / unit, digits, value % unit);
}

void ct_metric_decimal(struct ct_buf *b, const char *name, const char *labels, int64_t value,
                       int digits)
{
    put_name(b, name, "", labels);
    put_decimal(b, value, digits);
}

void ct_metric_histogram(struct ct_buf *b, const char *name, const char *labels,
                         struct ct_histogram *h)
{
    uint64_t n = 0;
    const char *comma = labels ? "," : "";
    for (int i = 0; i <= CT_HISTOGRAM_BOUNDS; i++) {
        n += ct_counted(&h->counts[i]);
        ct_buf_printf(b, "%s_bucket{%s%sle=\"%s\"} %" PRIu64 "\n", name, labels ? labels : "",
                      comma, i < CT_HISTOGRAM_BOUNDS ? bounds[i].text : "+Inf", n);
    }
    put_name(b, name, "_sum", labels);
    put_decimal(b, (int64_t)ct_counted(&h->sum_us), 6);
    put_name(b, name, "_count", labels); /* the same number as the last bucket's, by the format */
    ct_buf_printf(b, "%" PRIu64 "\n", n);
}
