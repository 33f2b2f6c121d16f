/* Samples of /metrics as `calotype top` reads them: it goes on to the end, and what it finds lies in
 * the text. */
#include "cli/samples.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice text = ct_slice_n((const char *)data, size), rest = text;
    struct ct_sample sample;
    size_t left = rest.len + 1;
    while (ct_sample_next(&rest, &sample)) {
        struct ct_slice le = ct_sample_label(&sample, "le");
        require(rest.len < left && sample.name.len > 0 && isfinite(sample.value));
        require(le.len == 0 || (le.ptr >= text.ptr && le.ptr + le.len <= text.ptr + text.len));
        left = rest.len;
    }
    (void)ct_samples_sum(text, "calotype_http_requests_total", "class=\"2xx\"", NULL);
    double median = ct_samples_quantile(text, text, "x_bucket", NULL, 0.5);
    require(!isnan(ct_samples_quantile(CT_S(""), text, "x_bucket", "a=\"b\"", 0.95)));
    require(!isnan(median));
    return 0;
}
