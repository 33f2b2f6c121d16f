/* Seconds for each stage of one drawing, rays a second, peak memory; and the error that is left.
 *
 *   ninja -C build bench/bench_render
 *   build/bench/bench_render [prompt=..] [size=1024x1024] [quality=0..4 | samples=N] [threads=2]
 *                            [isa=0|1] [out=mug.png] [raw=1] [linear=mug.pfm] [ref=mug.pfm]
 *                            [seed=N] [plain=1] [world=mug.json]
 *
 * CPU seconds are given beside wall seconds: on a busy machine only they can be compared.
 *
 * raw=1 draws without denoising and without leaving clean tiles alone. linear= keeps the light
 * before development as a PFM file. plain=1 and world= are for bench/cycles (bench_world.h). ref= compares with such a file, usually one of raw=1 and
 * thousands of samples: relMSE is the mean of (x - ref)^2 / (ref^2 + 0.01) over pixels and colours
 * (Rousselle et al. 2011), without the worst 0.1 % of pixels; "smooth" is the same of both after
 * an 8x8 box: the blotches that a denoiser leaves. */
#include "bench_world.h"

#include "base/arena.h"
#include "base/blob.h"
#include "base/clock.h"
#include "base/pool.h"
#include "engines/scene/render/drawing.h"
#include "engines/scene/stage/scene3.h"
#include "image/codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct options {
    const char *prompt, *out, *linear, *ref, *world;
    int width, height, quality, samples, threads, isa, raw, plain, seed;
};

static bool read_option(struct options *o, const char *arg)
{
    if (strncmp(arg, "prompt=", 7) == 0)
        o->prompt = arg + 7;
    else if (strncmp(arg, "out=", 4) == 0)
        o->out = arg + 4;
    else if (strncmp(arg, "linear=", 7) == 0)
        o->linear = arg + 7;
    else if (strncmp(arg, "ref=", 4) == 0)
        o->ref = arg + 4;
    else if (strncmp(arg, "world=", 6) == 0)
        o->world = arg + 6;
    else if (strncmp(arg, "plain=", 6) == 0)
        o->plain = (int)strtol(arg + 6, NULL, 10);
    else if (strncmp(arg, "seed=", 5) == 0)
        o->seed = (int)strtol(arg + 5, NULL, 10);
    else if (strncmp(arg, "raw=", 4) == 0)
        o->raw = (int)strtol(arg + 4, NULL, 10);
    else if (strncmp(arg, "size=", 5) == 0) {
        char *x = NULL;
        o->width = (int)strtol(arg + 5, &x, 10);
        o->height = *x == 'x' ? (int)strtol(x + 1, NULL, 10) : o->width;
    } else if (strncmp(arg, "quality=", 8) == 0)
        o->quality = (int)strtol(arg + 8, NULL, 10);
    else if (strncmp(arg, "samples=", 8) == 0)
        o->samples = (int)strtol(arg + 8, NULL, 10);
    else if (strncmp(arg, "threads=", 8) == 0)
        o->threads = (int)strtol(arg + 8, NULL, 10);
    else if (strncmp(arg, "isa=", 4) == 0)
        o->isa = (int)strtol(arg + 4, NULL, 10);
    else
        return false;
    return true;
}

static ct_code build(struct ct_world *world, const struct options *o, struct ct_arena *arena,
                     struct ct_err *err)
{
    const struct ct_intent *intent;
    const struct ct_scene3 *scene;
    struct ct_slice prompt = { o->prompt, strlen(o->prompt) };
    CT_TRY(ct_intent_read(&intent, arena, prompt, err));
    CT_TRY(ct_scene3_compose(&scene, arena, intent,
                             &(struct ct_scene3_params){
                                 .aspect = (float)o->width / (float)o->height, .seed = 1 },
                             err));
    CT_TRY(ct_scene3_build(world, scene, err));
    if (o->plain)
        bench_world_plain(world);
    if (o->world && !bench_world_write(world, o->world))
        return ct_fail_errno(err, CT_E_IO, "Cannot write %s", o->world);
    return CT_OK;
}

static void report(const struct options *o, const struct ct_render_kernels *kernels, int samples,
                   const struct ct_render_stats *s, double total)
{
    struct rusage usage;
    double pixels = (double)o->width * o->height;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec;
    printf("%s %dx%d, %d samples (%.1f taken), %d threads, %u triangles\n", kernels->name, o->width,
           o->height, samples, (double)s->paths / pixels, o->threads, s->triangles);
    printf("  build %.3f  trace %.3f  denoise %.3f  detail %.3f  develop %.3f  total %.3f s"
           " (cpu %.2f s)\n",
           1e-6 * (double)s->build_us, 1e-6 * (double)s->trace_us, 1e-6 * (double)s->denoise_us,
           1e-6 * (double)s->detail_us, 1e-6 * (double)s->develop_us, total, cpu);
    printf("  %.2f Mrays/s, %.2f rays a path, peak %ld MB\n", (double)s->rays / (double)s->trace_us,
           (double)s->rays / (double)s->paths, usage.ru_maxrss / 1024);
}

/* Portable float map, little endian, bottom row first. */
static ct_code save_linear(const struct options *o, const float *rgb, struct ct_err *err)
{
    FILE *f = fopen(o->linear, "wb");
    if (!f)
        return ct_fail_errno(err, CT_E_IO, "Cannot write %s", o->linear);
    fprintf(f, "PF\n%d %d\n-1.0\n", o->width, o->height);
    for (int y = o->height - 1; y >= 0; y--)
        fwrite(rgb + (size_t)y * (size_t)o->width * 3, sizeof(float), (size_t)o->width * 3, f);
    fclose(f);
    return CT_OK;
}

static ct_code load_linear(const struct options *o, float *rgb, struct ct_err *err)
{
    FILE *f = fopen(o->ref, "rb");
    char head[64];
    int line = 0;
    long width = 0, height = 0;
    for (; f && line < 3 && fgets(head, sizeof(head), f); line++) {
        char *end = head;
        if (line != 1)
            continue;
        width = strtol(head, &end, 10);
        height = strtol(end, NULL, 10);
    }
    bool fits = line == 3 && width == o->width && height == o->height;
    for (int y = o->height - 1; fits && y >= 0; y--)
        fits = fread(rgb + (size_t)y * (size_t)o->width * 3, sizeof(float), (size_t)o->width * 3,
                     f) == (size_t)o->width * 3;
    if (f)
        fclose(f);
    return fits ? CT_OK
                : ct_fail(err, CT_E_IO, NULL, "%s is no PFM of %dx%d.", o->ref, o->width,
                          o->height);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Over boxes of `box` pixels a side. */
static double relative_error(const float *rgb, const float *ref, int width, int height, int box)
{
    int w = width / box, h = height / box, n = w * h;
    double *error = calloc((size_t)n, sizeof(*error)), sum = 0;
    for (int i = 0; error && i < n; i++) {
        for (int k = 0; k < 3; k++) {
            double a = 0, b = 0;
            for (int j = 0; j < box * box; j++) {
                size_t at = (size_t)(i / w * box + j / box) * (size_t)width +
                            (size_t)(i % w * box + j % box);
                a += (double)rgb[3 * at + (size_t)k] / (box * box);
                b += (double)ref[3 * at + (size_t)k] / (box * box);
            }
            error[i] += (a - b) * (a - b) / (b * b + 0.01) / 3;
        }
    }
    if (error)
        qsort(error, (size_t)n, sizeof(*error), ascending);
    int kept = n - n / 1000;
    for (int i = 0; error && i < kept; i++)
        sum += error[i] / kept;
    free(error);
    return sum;
}

static ct_code compare(const struct options *o, const float *rgb, struct ct_err *err)
{
    float *ref = calloc((size_t)o->width * (size_t)o->height * 3, sizeof(float));
    if (!ref)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    ct_code code = load_linear(o, ref, err);
    if (code == CT_OK)
        printf("  relMSE %.3e  smooth %.3e\n", relative_error(rgb, ref, o->width, o->height, 1),
               relative_error(rgb, ref, o->width, o->height, 8));
    free(ref);
    return code;
}

static ct_code save(const char *path, const struct ct_image *image, struct ct_err *err)
{
    struct ct_blob *blob;
    const struct ct_encode_params params = { .format = CT_FORMAT_PNG };
    CT_TRY(ct_encode(&blob, image, &params, err));
    FILE *f = fopen(path, "wb");
    if (!f)
        return ct_fail_errno(err, CT_E_IO, "Cannot write %s", path);
    fwrite(blob->data, 1, blob->len, f);
    fclose(f);
    ct_blob_unref(&blob);
    return CT_OK;
}

int main(int argc, char **argv)
{
    struct options o = { .prompt = "a white ceramic mug of coffee on a marble table, window light",
                         .width = 1024,
                         .height = 1024,
                         .threads = 2,
                         .isa = -1,
                         .seed = 1 };
    struct ct_err err = { 0 };
    for (int i = 1; i < argc; i++) {
        if (!read_option(&o, argv[i])) {
            fprintf(stderr, "bench_render: what is \"%s\"?\n", argv[i]);
            return 2;
        }
    }
    const struct ct_render_kernels *kernels =
        o.isa < 0 ? ct_render_kernels_best() : ct_render_kernels_get(o.isa);
    struct ct_arena *arena = ct_arena_new(8 << 20);
    struct ct_pool *pool = NULL;
    struct ct_image *image = NULL;
    struct ct_render_stats stats = { 0 };
    struct ct_world world;
    int samples = o.samples ? o.samples : ct_render_samples(o.quality, o.width, o.height);
    ct_world_init(&world);
    ct_code code = kernels && arena ? build(&world, &o, arena, &err) : CT_E_INTERNAL;
    if (code == CT_OK)
        code = ct_pool_new(&pool, o.threads - 1, &err);
    int64_t start = ct_clock_us();
    const struct ct_render_params params = {
        .width = o.width, .height = o.height, .samples = samples, .seed = (uint32_t)o.seed, .pool = pool
    };
    const struct ct_render_study study = {
        .raw = o.raw != 0,
        .linear = o.linear || o.ref
                      ? calloc((size_t)o.width * (size_t)o.height * 3, sizeof(float))
                      : NULL,
    };
    if (code == CT_OK)
        code = ct_render_with(&image, kernels, &world, &params, &study, &stats, &err);
    if (code == CT_OK)
        report(&o, kernels, samples, &stats, 1e-6 * (double)(ct_clock_us() - start));
    if (code == CT_OK && o.linear)
        code = save_linear(&o, study.linear, &err);
    if (code == CT_OK && o.ref)
        code = compare(&o, study.linear, &err);
    if (code == CT_OK && o.out)
        code = save(o.out, image, &err);
    if (code != CT_OK)
        fprintf(stderr, "bench_render: %s\n", err.msg);
    free(study.linear);
    ct_image_unref(&image);
    ct_world_release(&world);
    ct_pool_free(&pool);
    ct_arena_free(&arena);
    return code != CT_OK;
}
