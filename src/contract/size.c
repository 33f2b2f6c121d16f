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

static const int64_t area_px[] = { 1572864, 4194304, CT_SIZE_AREA_MAX_PX };
static const int square_px[] = { 1024, 2048, 2880 };

static void largest(int *width, int *height, int a, int b, enum ct_resolution resolution)
{
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

static bool is_legal(int64_t width, int64_t height, int64_t area_min, int64_t area_max)
{
    int64_t longest = width > height ? width : height;
    int64_t shortest = width > height ? height : width;
    return width % CT_SIZE_MULTIPLE_PX == 0 && height % CT_SIZE_MULTIPLE_PX == 0 &&
           longest <= CT_SIZE_EDGE_MAX_PX && longest <= shortest * CT_SIZE_RATIO_MAX &&
           longest * shortest >= area_min && longest * shortest <= area_max;
}

static void nearest_classic(int *width, int *height, int64_t w, int64_t h)
{
    /* The border between 1:1 and 3:2 is where both are equally far: at the root of 3/2. */
    *width = 2 * w * w > 3 * h * h ? 1536 : 1024;
    *height = 2 * h * h > 3 * w * w ? 1536 : 1024;
}

/* Of all sizes in range the one whose ratio differs least from w:h; the largest of equals. */
static void nearest_free(int *width, int *height, int64_t w, int64_t h, int64_t area)
{
    double least = 10;
    for (int64_t a = CT_SIZE_MULTIPLE_PX; a <= CT_SIZE_EDGE_MAX_PX; a += CT_SIZE_MULTIPLE_PX) {
        int64_t b = (a * h / w + CT_SIZE_MULTIPLE_PX / 2) / CT_SIZE_MULTIPLE_PX;
        b *= CT_SIZE_MULTIPLE_PX;
        if (!is_legal(a, b, area * 2 / 3, area))
            continue;
        int64_t difference = a * h > b * w ? a * h - b * w : b * w - a * h;
        double error = (double)difference / (double)(a * h);
        if (error > least)
            continue;
        least = error;
        *width = (int)a;
        *height = (int)b;
    }
}

void ct_size_of_picture(int *width, int *height, int picture_width, int picture_height,
                        enum ct_resolution resolution, bool classic)
{
    int64_t w = picture_width, h = picture_height;

    *width = *height = square_px[resolution];
    if (classic) {
        nearest_classic(width, height, w, h);
    } else if (resolution == CT_RESOLUTION_1K &&
               is_legal(w, h, CT_SIZE_AREA_MIN_PX, area_px[CT_RESOLUTION_2K])) {
        *width = picture_width;
        *height = picture_height;
    } else if (w > h * CT_SIZE_RATIO_MAX) {
        largest(width, height, 3, 1, resolution);
    } else if (h > w * CT_SIZE_RATIO_MAX) {
        largest(height, width, 3, 1, resolution);
    } else if (w != h) {
        nearest_free(width, height, w, h, area_px[resolution]);
    }
}

void ct_size_put_ratios(struct ct_buf *b)
{
    ct_buf_puts(b, "'1:1'");
    for (size_t i = 1; i < N_RATIOS; i++)
        ct_buf_printf(b, ", '%s', %s'%s'", ratios[i].wide, i + 1 == N_RATIOS ? "and " : "",
                      ratios[i].tall);
}
