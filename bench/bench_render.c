/* Seconds for each stage of one drawing, rays a second and peak memory.
 *
 *   ninja -C build bench/bench_render
 *   build/bench/bench_render [prompt=..] [size=1024x1024] [quality=0..4 | samples=N] [threads=2]
 *                            [isa=0|1] [out=mug.png]
 *
 * CPU seconds are given beside wall seconds: on a busy machine only they can be compared. */
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
    const char *prompt, *out;
    int width, height, quality, samples, threads, isa;
};

static bool read_option(struct options *o, const char *arg)
{
    if (strncmp(arg, "prompt=", 7) == 0)
        o->prompt = arg + 7;
    else if (strncmp(arg, "out=", 4) == 0)
        o->out = arg + 4;
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
    CT_TRY(ct_scene3_compose(&scene, arena, intent, (float)o->width / (float)o->height, false, 1,
                             err));
    return ct_scene3_build(world, scene, err);
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
    printf("  build %.3f  trace %.3f  denoise %.3f  develop %.3f  total %.3f s (cpu %.2f s)\n",
           1e-6 * (double)s->build_us, 1e-6 * (double)s->trace_us, 1e-6 * (double)s->denoise_us,
           1e-6 * (double)s->develop_us, total, cpu);
    printf("  %.2f Mrays/s, %.2f rays a path, peak %ld MB\n", (double)s->rays / (double)s->trace_us,
           (double)s->rays / (double)s->paths, usage.ru_maxrss / 1024);
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
                         .isa = -1 };
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
        .width = o.width, .height = o.height, .samples = samples, .seed = 1, .pool = pool
    };
    if (code == CT_OK)
        code = ct_render_with(&image, kernels, &world, &params, &stats, &err);
    if (code == CT_OK)
        report(&o, kernels, samples, &stats, 1e-6 * (double)(ct_clock_us() - start));
    if (code == CT_OK && o.out)
        code = save(o.out, image, &err);
    if (code != CT_OK)
        fprintf(stderr, "bench_render: %s\n", err.msg);
    ct_image_unref(&image);
    ct_world_release(&world);
    ct_pool_free(&pool);
    ct_arena_free(&arena);
    return code != CT_OK;
}
