/* Reading what GET /metrics writes (Prometheus' text format, as far as we use it). */
#ifndef CT_CLI_SAMPLES_H
#define CT_CLI_SAMPLES_H

#include "base/slice.h"

struct ct_sample {
    struct ct_slice name, labels; /* labels: what stands between the braces; "" without */
    double value;
};
/* Takes the next sample off the text; comments and lines that are none are passed over. */
bool ct_sample_next(struct ct_slice *text, struct ct_sample *out);
/* Adds up the samples of that name whose labels have both parts ("" or NULL: any), as in
 * `state="done"`. */
double ct_samples_sum(struct ct_slice text, const char *name, const char *part, const char *other);
/* The value of a label of the sample, or "". */
struct ct_slice ct_sample_label(const struct ct_sample *sample, const char *label);

/* From the buckets of a histogram in two texts: below which bound lies that share of what came in
 * between (0.5: the median). Interpolated; negative when nothing came. */
double ct_samples_quantile(struct ct_slice before, struct ct_slice now, const char *name,
                           const char *part, double share);

#endif
