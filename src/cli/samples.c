/* See samples.h. The text is gone through again for each question: it has some hundred lines, and
 * is asked some dozens of questions a second. */
#include "cli/samples.h"

#include <math.h>
#include <stdlib.h>

#define NUMBER_MAX 40
#define BOUNDS_MAX 64
#define NUMBER_LIMIT 1e18 /* sums of them stay numbers */

static bool read_number(double *out, struct ct_slice text)
{
    char copy[NUMBER_MAX], *end;
    text = ct_slice_trim(text);
    if (text.len == 0 || text.len >= sizeof(copy))
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && fabs(*out) <= NUMBER_LIMIT;
}

static bool read_line(struct ct_sample *out, struct ct_slice line)
{
    struct ct_slice rest, value;
    if (line.len == 0 || line.ptr[0] == '#')
        return false;
    out->labels = CT_S("");
    if (ct_slice_cut(line, '{', &out->name, &rest)) {
        const char *close = memrchr(rest.ptr, '}', rest.len);
        if (!close)
            return false;
        size_t len = (size_t)(close - rest.ptr);
        out->labels = ct_slice_sub(rest, 0, len);
        value = ct_slice_sub(rest, len + 1, rest.len);
    } else if (!ct_slice_cut(line, ' ', &out->name, &value)) {
        return false;
    }
    return out->name.len > 0 && read_number(&out->value, value);
}

bool ct_sample_next(struct ct_slice *text, struct ct_sample *out)
{
    while (text->len > 0) {
        struct ct_slice line, rest = { 0 };
        if (!ct_slice_cut(*text, '\n', &line, &rest)) {
            line = *text;
            rest = (struct ct_slice){ 0 };
        }
        *text = rest;
        if (read_line(out, line))
            return true;
    }
    return false;
}

static bool has(struct ct_slice labels, const char *part)
{
    return !part || !part[0] ||
           (labels.len > 0 && memmem(labels.ptr, labels.len, part, strlen(part)) != NULL);
}

double ct_samples_sum(struct ct_slice text, const char *name, const char *part, const char *other)
{
    struct ct_sample sample;
    double sum = 0;
    while (ct_sample_next(&text, &sample))
        if (ct_slice_is(sample.name, name) && has(sample.labels, part) && has(sample.labels, other))
            sum += sample.value;
    return sum;
}

struct ct_slice ct_sample_label(const struct ct_sample *sample, const char *label)
{
    struct ct_slice rest = sample->labels, one, tail, key, value;
    while (rest.len > 0) {
        if (!ct_slice_cut(rest, ',', &one, &tail)) {
            one = rest;
            tail = (struct ct_slice){ 0 };
        }
        rest = tail;
        if (ct_slice_cut(one, '=', &key, &value) && ct_slice_is(key, label) && value.len >= 2)
            return ct_slice_sub(value, 1, value.len - 1);
    }
    return CT_S("");
}

/* How many lie at or below each bound, over all series of the name that have the part. */
static int read_buckets(double bounds[BOUNDS_MAX], double counts[BOUNDS_MAX], struct ct_slice text,
                        const char *name, const char *part)
{
    struct ct_sample sample;
    int n = 0;
    while (ct_sample_next(&text, &sample)) {
        double bound;
        struct ct_slice le = ct_sample_label(&sample, "le");
        if (!ct_slice_is(sample.name, name) || !has(sample.labels, part))
            continue;
        if (!read_number(&bound, le))
            bound = ct_slice_is(le, "+Inf") ? HUGE_VAL : -1;
        int i = 0;
        while (i < n && bounds[i] != bound)
            i++;
        if (i == BOUNDS_MAX || bound < 0)
            continue;
        if (i == n) {
            bounds[n] = bound;
            counts[n++] = 0;
        }
        counts[i] += sample.value;
    }
    return n;
}

double ct_samples_quantile(struct ct_slice before, struct ct_slice now, const char *name,
                           const char *part, double share)
{
    double bounds[BOUNDS_MAX], counts[BOUNDS_MAX], old_bounds[BOUNDS_MAX], old[BOUNDS_MAX];
    int n = read_buckets(bounds, counts, now, name, part);
    int n_old = read_buckets(old_bounds, old, before, name, part);
    for (int i = 0; i < n && i < n_old; i++)
        counts[i] -= old_bounds[i] == bounds[i] ? old[i] : 0;
    double all = n ? counts[n - 1] : 0, low = 0, below = 0;
    if (all <= 0)
        return -1;
    for (int i = 0; i < n; i++) {
        if (counts[i] >= share * all) {
            double in = counts[i] - below;
            return isinf(bounds[i]) || in <= 0
                       ? low
                       : low + (bounds[i] - low) * (share * all - below) / in;
        }
        low = bounds[i];
        below = counts[i];
    }
    return low;
}
