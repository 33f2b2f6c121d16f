/* Tokens and money: the formulas of the contract's section 6, in integers.
 *
 * Pure functions: any thread. The largest request a catalogue can describe stays below 2^62
 * nano-dollars (the ceilings are in model_entry.c); a sum beyond 63 bits is held at INT64_MAX,
 * so that it refuses a reservation instead of wrapping into a gift. */
#include "contract/usage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* A picture sent while it is still being made. */
#define PARTIAL_IMAGE_TOKENS 100
/* What a generation adds to the tokens of its prompt. */
#define PROMPT_OVERHEAD_TOKENS 6

static int64_t ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* s = q * shorter / longer, rounded half up; tokens = ceil(q s (2,000,000 + W H) / 4,000,000). */
static int64_t patch_tokens(int64_t q, int64_t width, int64_t height)
{
    int64_t longer = width > height ? width : height;
    int64_t shorter = width > height ? height : width;
    int64_t s = (2 * q * shorter + longer) / (2 * longer);
    return ceil_div(q * s * (2000000 + width * height), 4000000);
}

int64_t ct_output_tokens(const struct ct_model *model, enum ct_quality quality, int width,
                         int height)
{
    if (model->tokens == CT_TOKENS_TABLE) {
        int shape = width == height ? 0 : width < height ? 1 : 2;
        return model->table[quality][shape];
    }
    return patch_tokens(model->tier_q[quality], width, height);
}

/* An area of this many patches of 32x32 is the most that a picture is read at. */
#define PATCH_EDGE 32
#define PATCHES_MAX 1536
#define SLACK 1e-9

static double patches_along(double edge)
{
    return ceil(edge / PATCH_EDGE - SLACK);
}

/* The fit over public probes: widen to 3:1, enlarge what is small, count patches; over 1,536 of
 * them shrink so that whole patches fit. */
static int64_t input_patches(double w, double h)
{
    w = w < h / 3 ? ceil(h / 3) : w;
    h = h < w / 3 ? ceil(w / 3) : h;
    double longest = w > h ? w : h;
    double enlarge = longest < 1024 ? fmin(2, 1024 / longest) : 1;
    w *= enlarge;
    h *= enlarge;
    double patches = patches_along(w) * patches_along(h);
    if (patches > PATCHES_MAX) {
        double r = sqrt((double)PATCH_EDGE * PATCH_EDGE * PATCHES_MAX / (w * h));
        double a = w * r / PATCH_EDGE, b = h * r / PATCH_EDGE;
        r *= fmin(floor(a + SLACK) / a, floor(b + SLACK) / b);
        patches = patches_along(w * r) * patches_along(h * r);
    }
    return (int64_t)patches;
}

/* Tiles of 512 px once the shortest side is 512, as the first models counted. */
static int64_t input_tiles(double w, double h, enum ct_input_fidelity fidelity)
{
    double shrink = 512 / fmin(w, h);
    double tiles = ceil(w * shrink / 512 - SLACK) * ceil(h * shrink / 512 - SLACK);
    int64_t extra = fidelity == CT_FIDELITY_HIGH ? (w == h ? 4160 : 6240) : 0;
    return 65 + 129 * (int64_t)tiles + extra;
}

int64_t ct_input_image_tokens(const struct ct_model *model, int width, int height,
                              enum ct_input_fidelity fidelity)
{
    return model->tokens == CT_TOKENS_TABLE ? input_tiles(width, height, fidelity)
                                            : input_patches(width, height);
}

static int64_t input_tokens(const struct ct_image_request *rq)
{
    int64_t sum = 0;
    for (int i = 0; i < rq->n_inputs; i++)
        sum += ct_input_image_tokens(rq->model, rq->inputs[i].width, rq->inputs[i].height,
                                     rq->input_fidelity);
    const struct ct_input_image *overlay = rq->mask.file ? &rq->mask : &rq->markup;
    if (overlay->file)
        sum += ct_input_image_tokens(rq->model, overlay->width, overlay->height,
                                     rq->input_fidelity);
    return sum;
}

int64_t ct_text_tokens(struct ct_slice prompt)
{
    return ceil_div((int64_t)prompt.len, 4) + PROMPT_OVERHEAD_TOKENS;
}

static struct ct_usage usage_of(const struct ct_image_request *request, int pictures,
                                int64_t partials)
{
    int64_t picture =
        ct_output_tokens(request->model, request->quality, request->width, request->height);
    return (struct ct_usage){
        .text_tokens_in = ct_text_tokens(request->prompt),
        .image_tokens_in = input_tokens(request),
        .image_tokens_out = pictures * picture + partials * PARTIAL_IMAGE_TOKENS,
    };
}

struct ct_usage ct_usage_of(const struct ct_image_request *request, int64_t partials)
{
    return usage_of(request, request->n, partials);
}

struct ct_usage ct_usage_of_picture(const struct ct_image_request *request, int index,
                                    int64_t partials)
{
    struct ct_usage usage = usage_of(request, 1, partials);
    if (index > 0)
        usage.text_tokens_in = usage.image_tokens_in = 0;
    return usage;
}

static int64_t add_cost(int64_t sum, int64_t tokens, int64_t nano_per_token)
{
    int64_t cost;
    if (__builtin_mul_overflow(tokens, nano_per_token, &cost) ||
        __builtin_add_overflow(sum, cost, &sum))
        return INT64_MAX;
    return sum;
}

int64_t ct_usage_cost(const struct ct_model *model, const struct ct_usage *usage)
{
    const struct ct_price *price = &model->price;
    int64_t sum = add_cost(0, usage->text_tokens_in, price->text_in);
    sum = add_cost(sum, usage->image_tokens_in, price->image_in);
    sum = add_cost(sum, usage->image_tokens_out, price->image_out);
    return add_cost(sum, usage->text_tokens_out, price->text_out);
}

void ct_cost_text(char out[32], int64_t nano_dollars)
{
    const char *sign = nano_dollars < 0 ? "-" : "";
    uint64_t nano = nano_dollars < 0 ? 0 - (uint64_t)nano_dollars : (uint64_t)nano_dollars;
    uint64_t dollars = nano / 1000000000, rest = nano % 1000000000;

    if (rest % 1000 == 0)
        snprintf(out, 32, "%s$%" PRIu64 ".%06" PRIu64, sign, dollars, rest / 1000);
    else
        snprintf(out, 32, "%s$%" PRIu64 ".%09" PRIu64, sign, dollars, rest);
}

bool ct_dollars_read(int64_t *nano_dollars, struct ct_slice text)
{
    struct ct_slice whole, decimals;
    uint64_t dollars, nano = 0;
    if (ct_slice_starts(text, "$"))
        text = ct_slice_sub(text, 1, text.len);
    if (!ct_slice_cut(text, '.', &whole, &decimals))
        whole = text;
    else if (decimals.len > 9 || !ct_slice_u64(decimals, &nano))
        return false;
    else
        for (size_t i = decimals.len; i < 9; i++)
            nano *= 10;
    if (whole.len > 9 || !ct_slice_u64(whole, &dollars))
        return false;
    *nano_dollars = (int64_t)(dollars * 1000000000 + nano);
    return true;
}

void ct_dollars_text(char out[32], int64_t nano_dollars)
{
    const char *sign = nano_dollars < 0 ? "-" : "";
    uint64_t nano = nano_dollars < 0 ? 0 - (uint64_t)nano_dollars : (uint64_t)nano_dollars;
    int len = snprintf(out, 32, "%s%" PRIu64 ".%09" PRIu64, sign, nano / 1000000000,
                       nano % 1000000000);
    while (out[len - 1] == '0')
        out[--len] = '\0';
    if (out[len - 1] == '.')
        out[--len] = '\0';
}
