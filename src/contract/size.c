/* Sizes: syntax, the free rule of GPT Image 2, the classic list, and ratios with a resolution.
 *
 * Pure functions without allocation: any thread. An edge has at most nine digits, so that no
 * product below can overflow 64 bits; a longer one is bad syntax. */
#include "contract/size.h"

const struct ct_word ct_classic_words[CT_N_CLASSIC_WORDS] = {
    { "1024x1024", 0 },
    { "1024x1536", 0 },
    { "1536x1024", 0 },
    { "auto", CT_WORD_AUTO },
};

/* Each row in lowest terms, the wide form's a:b; the tall form is the same swapped. */
static const struct {
    const char *wide, *tall;
    int a, b;
} ratios[] = {
    { "1:1", "1:1", 1, 1 },   { "3:2", "2:3", 3, 2 },    { "4:3", "3:4", 4, 3 },
    { "5:4", "4:5", 5, 4 },   { "16:9", "9:16", 16, 9 }, { "2:1", "1:2", 2, 1 },
    { "21:9", "9:21", 7, 3 }, { "3:1", "1:3", 3, 1 },
};

#define N_RATIOS (sizeof(ratios) / sizeof(ratios[0]))

static bool read_edge(int *out, struct ct_slice digits)
{
    uint64_t value;
    if (digits.len > 9 || !ct_slice_u64(digits, &value) || digits.ptr[0] == '0')
        return false;
    *out = (int)value;
    return true;
}

bool ct_size_read(int *width, int *height, struct ct_slice text)
{
    struct ct_slice w, h;
    return ct_slice_cut(text, 'x', &w, &h) && read_edge(width, w) && read_edge(height, h);
}

static ct_code refuse(struct ct_slice text, const char *why, struct ct_err *err)
{
    return ct_fail(err, CT_E_IMAGE_VALUE, "size", "Invalid size '%.*s'. %s", CT_SARG(text), why);
}

ct_code ct_size_check_free(int width, int height, struct ct_slice text, struct ct_err *err)
{
    int64_t longest = width > height ? width : height;
    int64_t shortest = width > height ? height : width;
    int64_t area = longest * shortest;

    if (width % CT_SIZE_MULTIPLE_PX || height % CT_SIZE_MULTIPLE_PX)
        return refuse(text, "Width and height must both be divisible by 16.", err);
    if (longest > CT_SIZE_EDGE_MAX_PX)
        return refuse(text, "The longest edge must be less than or equal to 3840.", err);
    if (longest > shortest * CT_SIZE_RATIO_MAX)
        return refuse(text, "The aspect ratio must be between 1:3 and 3:1.", err);
    if (area < CT_SIZE_AREA_MIN_PX)
        return refuse(text, "Requested resolution is below the current minimum pixel budget.", err);
    if (area > CT_SIZE_AREA_MAX_PX)
        return refuse(text, "Requested resolution exceeds the current pixel budget.", err);
    return CT_OK;
}

bool ct_size_is_classic(int width, int height)
{
    return (width == 1024 && (height == 1024 || height == 1536)) ||
           (width == 1536 && height == 1024);
}

static void largest(int *width, int *height, int a, int b, enum ct_resolution resolution)
{
    static const int64_t area_px[] = { 1572864, 4194304, CT_SIZE_AREA_MAX_PX };
    static const int square_px[] = { 1024, 2048, 2880 };
    int best = 0;

    if (a == b) {
        *width = *height = square_px[resolution];
        return;
    }
    /* Every exact size is (a * k, b * k). In lowest terms a or b is odd, so both edges are
     * multiples of 16 exactly when k is. */
    for (int k = CT_SIZE_MULTIPLE_PX; a * k <= CT_SIZE_EDGE_MAX_PX; k += CT_SIZE_MULTIPLE_PX) {
        if ((int64_t)a * k * b * k <= area_px[resolution])
            best = k;
    }
    *width = a * best;
    *height = b * best;
}

bool ct_size_of_ratio(int *width, int *height, struct ct_slice ratio, enum ct_resolution resolution)
{
    for (size_t i = 0; i < N_RATIOS; i++) {
        if (ct_slice_is(ratio, ratios[i].wide)) {
            largest(width, height, ratios[i].a, ratios[i].b, resolution);
            return true;
        }
        if (ct_slice_is(ratio, ratios[i].tall)) {
            largest(height, width, ratios[i].a, ratios[i].b, resolution);
            return true;
        }
    }
    return false;
}

void ct_size_put_ratios(struct ct_buf *b)
{
    ct_buf_puts(b, "'1:1'");
    for (size_t i = 1; i < N_RATIOS; i++)
        ct_buf_printf(b, ", '%s', %s'%s'", ratios[i].wide, i + 1 == N_RATIOS ? "and " : "",
                      ratios[i].tall);
}
