/* Tools for foreign pictures against a known truth: our own subjects, drawn with a transparent ground
 * and so with their exact coverage, laid on other pictures and made to look foreign (vignette,
 * sensor noise, JPEG). Prints a Markdown table; bench/edits.sh makes the pictures.
 *
 *     bench_edits GROUND... -- SUBJECT...        (pictures of one size; subjects are RGBA)
 *
 * IoU of the found subject at coverage 128; PSNR in the hole of what is painted
 * in after the subject is removed by its true mask, grown by 6 pixels, and after a disc of 30 % of
 * the picture is, against the ground that was there; CPU times, and seconds on two threads. */
#include "base/file.h"
#include "engines/scene/prompt/intent.h"
#include "engines/scene/retouch/backdrop.h"
#include "engines/scene/retouch/inpaint.h"
#include "engines/scene/retouch/lettering.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/recolour.h"
#include "engines/scene/retouch/segment.h"
#include "engines/scene/retouch/transfer.h"
#include "engines/scene/style/style.h"
#include "image/codec.h"
#include "image/decode.h"
#include "image/resize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EDGE 1024
#define FILES_MAX 32

static void must(ct_code rc, const struct ct_err *err)
{
    if (rc == CT_OK)
        return;
    fprintf(stderr, "bench_edits: %s\n", err->msg);
    exit(1);
}

static struct ct_image *load(const char *path)
{
    struct ct_buf file;
    struct ct_image *image, *sized;
    struct ct_err err = { 0 };
    ct_buf_init(&file, (size_t)64 << 20);
    must(ct_file_read(&file, path, &err), &err);
    must(ct_decode(&image, ct_buf_slice(&file), &err), &err);
    must(ct_resize_cover(&sized, image, EDGE, EDGE, NULL, &err), &err);
    ct_image_unref(&image);
    ct_buf_release(&file);
    return sized;
}

static double wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint32_t step(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* As a camera gives it: darker corners, noise, JPEG of quality 85. */
static struct ct_image *degrade(const struct ct_image *image)
{
    struct ct_image *rough, *back;
    struct ct_blob *file;
    struct ct_err err = { 0 };
    uint32_t state = 2463534242u;
    must(ct_image_new(&rough, EDGE, EDGE, 3, &err), &err);
    for (int i = 0; i < EDGE * EDGE; i++) {
        double x = (i % EDGE) / (EDGE / 2.0) - 1, y = (int)(i / EDGE) / (EDGE / 2.0) - 1;
        double dim = 1 - 0.16 * (x * x + y * y);
        for (int c = 0; c < 3; c++) {
            double noise = (double)(step(&state) % 1024 + step(&state) % 1024) / 1023 - 1;
            double v = image->px[(size_t)i * (size_t)image->channels + (size_t)c] * dim + 5 * noise;
            rough->px[3 * i + c] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
        }
    }
    struct ct_encode_params jpeg = { .format = CT_FORMAT_JPEG, .quality = 85 };
    must(ct_encode(&file, rough, &jpeg, &err), &err);
    must(ct_decode(&back, ct_slice_n(file->data, file->len), &err), &err);
    ct_image_unref(&rough);
    ct_blob_unref(&file);
    return back;
}

/* A subject on nothing keeps its shadow on the ground: black, of partial alpha. Its truth is that of
 * the thing alone, and a shadow would make a hole with a halo. */
static void drop_shadow(struct ct_image *subject)
{
    for (int i = 0; i < EDGE * EDGE && subject->channels == 4; i++) {
        uint8_t *px = subject->px + (size_t)i * 4;
        if (px[3] < 250 && px[0] <= 6 && px[1] <= 6 && px[2] <= 6)
            px[3] = 0;
    }
}

static double overlap(const struct ct_mask *found, const struct ct_image *truth)
{
    double both = 0, either = 0;
    for (int i = 0; i < EDGE * EDGE; i++) {
        bool a = found->px[i] > 127, b = truth->px[4 * i + 3] > 127;
        both += a && b;
        either += a || b;
    }
    return either > 0 ? both / either : 0;
}

static double squares_in(const struct ct_image *a, const struct ct_image *b,
                         const struct ct_mask *mask, double *n)
{
    double sum = 0;
    for (int i = 0; i < EDGE * EDGE; i++)
        for (int c = 0; mask->px[i] && c < 3; c++) {
            double d = (double)a->px[3 * i + c] - b->px[3 * i + c];
            sum += d * d;
            *n += 1;
        }
    return sum;
}

/* A ground without the small thing that our engine had to be given to draw it. */
static struct ct_image *cleared(struct ct_image *image)
{
    struct ct_retouch with = { 0 };
    struct ct_err err = { 0 };
    struct ct_image *out;
    struct ct_mask *found;
    float confidence;
    must(ct_segment_subject(&found, &confidence, image, NULL, &with, &err), &err);
    must(ct_plane_grow(found, 40, &err), &err);
    must(ct_inpaint(&out, image, found, NULL, &with, &err), &err);
    ct_mask_free(&found);
    ct_image_unref(&image);
    return out;
}

struct totals {
    double n, iou, worst, squares, samples, segment_ms, inpaint_ms, hole, replace_ms;
};

/* 10 log10 without libm's log: enough digits for a table. */
static double decibel(double ratio)
{
    double db = 0;
    while (ratio >= 1.0232929922807541) { /* 10^(1/100) */
        ratio /= 1.0232929922807541;
        db += 0.1;
    }
    return db;
}

/* The hole that the promise is about: a disc of 30 % of the picture, of a ground that we know. */
static void time_large_hole(struct ct_image *const *grounds, int n_grounds)
{
    const double r = 316.4; /* pi r^2 = 0.3 of 1024^2 */
    struct ct_pool *pool = NULL;
    struct ct_err err = { 0 };
    struct ct_mask *hole;
    double squares = 0, samples = 0, cpu = 0, wall = 0;
    must(ct_pool_new(&pool, 1, &err), &err);
    must(ct_mask_new(&hole, EDGE, EDGE, &err), &err);
    for (int i = 0; i < EDGE * EDGE; i++) {
        double x = i % EDGE - EDGE / 2.0, y = (int)(i / EDGE) - EDGE / 2.0;
        hole->px[i] = x * x + y * y < r * r ? 255 : 0;
    }
    for (int g = 0; g < n_grounds; g++) {
        struct ct_retouch with = { .pool = pool };
        struct ct_image *plate = degrade(grounds[g]), *filled;
        double from = cpu_ms(), began = wall_ms();
        must(ct_inpaint(&filled, plate, hole, NULL, &with, &err), &err);
        wall += wall_ms() - began;
        cpu += cpu_ms() - from;
        squares += squares_in(filled, plate, hole, &samples);
        ct_image_unref(&plate);
        ct_image_unref(&filled);
    }
    printf("| a hole of 30 %%, PSNR | %.1f dB | |\n", decibel(255.0 * 255.0 * samples / squares));
    printf("| painting it in, CPU | %.0f ms | |\n", cpu / n_grounds);
    printf("| painting it in, on two threads | %.0f ms | |\n", wall / n_grounds);
    ct_mask_free(&hole);
    ct_pool_free(&pool);
}

static void try_pair(struct totals *t, const struct ct_image *ground, const struct ct_image *subject)
{
    struct ct_retouch with = { 0 };
    struct ct_err err = { 0 };
    struct ct_image *sharp, *photo, *plate, *filled, *moved;
    struct ct_mask *found, *hole;
    float confidence;
    must(ct_crop(&sharp, ground, 0, 0, EDGE, EDGE, &err), &err);
    ct_image_over(sharp, subject, 0, 0);
    photo = degrade(sharp);
    plate = degrade(ground);
    double from = cpu_ms();
    must(ct_segment_subject(&found, &confidence, photo, NULL, &with, &err), &err);
    t->segment_ms += cpu_ms() - from;
    double iou = overlap(found, subject);
    t->iou += iou;
    t->worst = iou < t->worst ? iou : t->worst;

    must(ct_mask_new(&hole, EDGE, EDGE, &err), &err);
    for (int i = 0; i < EDGE * EDGE; i++)
        hole->px[i] = subject->px[4 * i + 3] > 0 ? 255 : 0;
    must(ct_plane_grow(hole, 6, &err), &err);
    from = cpu_ms();
    must(ct_inpaint(&filled, photo, hole, NULL, &with, &err), &err);
    t->inpaint_ms += cpu_ms() - from;
    double samples = 0;
    t->squares += squares_in(filled, plate, hole, &samples);
    t->samples += samples;
    t->hole += samples / (3.0 * EDGE * EDGE);

    from = cpu_ms();
    must(ct_backdrop_replace(&moved, photo, found, plate, NULL, &with, &err), &err);
    t->replace_ms += cpu_ms() - from;
    t->n++;
    ct_image_unref(&sharp);
    ct_image_unref(&photo);
    ct_image_unref(&plate);
    ct_image_unref(&filled);
    ct_image_unref(&moved);
    ct_mask_free(&found);
    ct_mask_free(&hole);
}

/* Texts on the grounds, photographed, then replaced: is the new one read, is the old one gone, and is
 * the rest as it was? */
struct text_row {
    const char *from, *to;
    uint32_t colour;
    struct ct_mask_box box;
};

static const struct text_row single_lines[] = {
    { "SUMMER SALE", "WINTER SALE", 0x202020, { 200, 120, 824, 220 } },
    { "Open Daily", "Closed Now", 0x8b1a1a, { 260, 380, 764, 460 } },
    { "FRESH COFFEE", "GREEN TEA", 0x14213d, { 150, 700, 874, 810 } },
    { "Room 214", "Room 305", 0x0b3d2e, { 300, 520, 724, 620 } },
};

/* The last is replaced by more than its lines hold. */
static const struct text_row several_lines[] = {
    { "GRAND\nOPENING", "FINAL\nWEEK", 0x202020, { 300, 120, 724, 320 } },
    { "Open Monday\nto Saturday\nfrom nine", "Closed until\nthe end of\nAugust", 0x8b1a1a,
      { 260, 380, 764, 660 } },
    { "FRESH COFFEE\nAND CAKE", "GREEN TEA AND SANDWICHES", 0x14213d, { 200, 700, 824, 880 } },
    { "Room 214", "Meeting rooms one to twelve", 0x0b3d2e, { 300, 520, 724, 620 } },
};

static void try_texts(const char *name, const struct text_row *rows, size_t n_rows,
                      struct ct_image *const *grounds, int n_grounds)
{
    struct ct_retouch with = { 0 };
    struct ct_err err = { 0 };
    double read = 0, gone = 0, n = 0, squares = 0, samples = 0, ms = 0;
    for (int g = 0; g < n_grounds; g++)
        for (size_t i = 0; i < n_rows; i++) {
            struct ct_image *lettered, *photo, *out;
            struct ct_reading at;
            struct ct_mask *rest;
            must(ct_lettering_place(&lettered, grounds[g], ct_slice(rows[i].from), &rows[i].box,
                                    rows[i].colour, &with, &err),
                 &err);
            photo = degrade(lettered);
            ct_image_unref(&lettered);
            n++;
            double began = wall_ms();
            ct_code rc = ct_lettering_replace(&out, photo, ct_slice(rows[i].from),
                                              ct_slice(rows[i].to), &with, &err);
            ms += wall_ms() - began;
            if (rc == CT_E_CONFIG) {
                printf("| %s | %s | |\n", name, err.msg);
                ct_image_unref(&photo);
                return;
            }
            if (rc == CT_OK) {
                read += ct_lettering_find(&at, out, ct_slice(rows[i].to), NULL) == CT_OK;
                gone += ct_lettering_find(&at, out, ct_slice(rows[i].from), NULL) != CT_OK;
                must(ct_mask_new(&rest, EDGE, EDGE, &err), &err);
                for (int p = 0; p < EDGE * EDGE; p++) {
                    int x = p % EDGE, y = p / EDGE;
                    rest->px[p] = x < rows[i].box.x0 - 24 || x >= rows[i].box.x1 + 24 ||
                                  y < rows[i].box.y0 - 24 || y >= rows[i].box.y1 + 24;
                }
                squares += squares_in(out, photo, rest, &samples);
                ct_mask_free(&rest);
                ct_image_unref(&out);
            }
            ct_image_unref(&photo);
        }
    printf("| %s replaced: the new one is read | %.0f of %.0f | |\n", name, read, n);
    printf("| the old one is not | %.0f of %.0f | |\n", gone, n);
    if (squares > 0)
        printf("| around them, PSNR | %.1f dB | |\n", decibel(255.0 * 255.0 * samples / squares));
    else
        printf("| bytes that differ around them | 0 | |\n");
    printf("| replacing one, reading included | %.0f ms | |\n", ms / n);
}

static void time_tools(const struct ct_image *image, const struct ct_image *other)
{
    static const struct {
        const char *name;
        enum ct_look_style style;
    } looks[] = { { "oil", CT_LOOK_STYLE_oil },
                  { "line art", CT_LOOK_STYLE_line_art },
                  { "posterised", CT_LOOK_STYLE_posterised },
                  { "duotone", CT_LOOK_STYLE_duotone },
                  { "halftone", CT_LOOK_STYLE_halftone },
                  { "blueprint", CT_LOOK_STYLE_blueprint },
                  { "watercolor", CT_LOOK_STYLE_watercolor } };
    struct ct_retouch with = { 0 };
    struct ct_err err = { 0 };
    struct ct_image *out;
    struct ct_pool *pool = NULL;
    must(ct_pool_new(&pool, 1, &err), &err);
    printf("\n| tool, 1024x1024 | CPU | on two threads |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        must(ct_crop(&out, image, 0, 0, EDGE, EDGE, &err), &err);
        double from = cpu_ms(), began = wall_ms();
        must(ct_style_apply_on(out, looks[i].style, pool, &err), &err);
        double took = wall_ms() - began;
        printf("| %s | %.0f ms | %.0f ms |\n", looks[i].name, cpu_ms() - from, took);
        ct_image_unref(&out);
    }
    double from = cpu_ms();
    must(ct_transfer(&out, image, other, 1, &with, &err), &err);
    printf("| colour transfer | %.0f ms | |\n", cpu_ms() - from);
    ct_image_unref(&out);
    ct_pool_free(&pool);
}

int main(int argc, char **argv)
{
    struct totals t = { .worst = 1 };
    struct ct_image *grounds[FILES_MAX], *subjects[FILES_MAX];
    int n_grounds = 0, n_subjects = 0;
    bool second = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            second = true;
        else if (second && n_subjects < FILES_MAX)
            drop_shadow(subjects[n_subjects++] = load(argv[i]));
        else if (!second && n_grounds < FILES_MAX)
            grounds[n_grounds++] = cleared(load(argv[i]));
    }
    if (n_grounds == 0 || n_subjects == 0) {
        fprintf(stderr, "Usage: bench_edits GROUND... -- SUBJECT...\n");
        return 2;
    }
    for (int g = 0; g < n_grounds; g++)
        for (int s = 0; s < n_subjects; s++)
            if (subjects[s]->channels == 4)
                try_pair(&t, grounds[g], subjects[s]);
    printf("| %.0f pictures of 1024x1024 | mean | worst |\n|---|---|---|\n", t.n);
    printf("| subject found, IoU | %.3f | %.3f |\n", t.iou / t.n, t.worst);
    printf("| finding it, CPU | %.0f ms | |\n", t.segment_ms / t.n);
    printf("| hole painted in, PSNR (%.0f %% of the picture) | %.1f dB | |\n",
           100 * t.hole / t.n, decibel(255.0 * 255.0 * t.samples / t.squares));
    printf("| painting it in, CPU | %.0f ms | |\n", t.inpaint_ms / t.n);
    printf("| placing on a backdrop, CPU | %.0f ms | |\n", t.replace_ms / t.n);
    time_large_hole(grounds, n_grounds);
    try_texts("texts", single_lines, sizeof(single_lines) / sizeof(*single_lines), grounds,
              n_grounds);
    try_texts("texts of several lines", several_lines,
              sizeof(several_lines) / sizeof(*several_lines), grounds, n_grounds);
    time_tools(grounds[0], grounds[n_grounds - 1]);
    return 0;
}
