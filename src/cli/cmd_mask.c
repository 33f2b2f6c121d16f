/* `calotype mask IMAGE "the background"`: the mask that an edit of it would use, as a file.
 *
 * A picture that carries its scene (or whose scene is kept in the data folder) knows its things;
 * any other has a subject that stands out, or not. In this process only. */
#include "cli/generate.h"

#include "base/file.h"
#include "cli/filename.h"
#include "engines/engine.h"
#include "image/decoder.h"
#include "jobs/recipes.h"
#include "policy/recipe.h"

#include <stdio.h>
#include <string.h>

#define SURE 0.5f /* below it the subject is a guess (retouch/segment.h) */

static ct_code load(struct ct_image **image, struct ct_buf *recipe, const struct ct_args *args,
                    const struct ct_config *config, struct ct_err *err)
{
    struct ct_decoder *decoder = NULL;
    struct ct_recipes recipes;
    CT_CLEANUP(ct_buf_release) struct ct_buf file;
    ct_buf_init(&file, CT_INPUT_MAX_BYTES);
    ct_code rc = ct_file_read(&file, args->words[0], err);
    if (rc == CT_E_NOT_FOUND)
        return ct_fail(err, CT_E_USAGE, NULL, "There is no file '%s'.", args->words[0]);
    CT_TRY(rc);
    CT_TRY(ct_decoder_open(&decoder, NULL, err));
    const struct ct_decoder_input input = { .bytes = ct_buf_slice(&file) };
    const struct ct_decode_params params = { .max_edge = 0 };
    rc = ct_decoder_decode(decoder, image, &input, &params, err);
    ct_decoder_close(&decoder);
    if (rc == CT_OK && ct_local_recipes_open(&recipes, config)) {
        struct ct_err why;
        if (ct_recipes_find(recipe, &recipes, ct_buf_slice(&file), *image, &why) != CT_OK)
            ct_buf_clear(recipe); /* a foreign picture */
        ct_local_recipes_close(&recipes);
    }
    return rc;
}

static ct_code save(const struct ct_args *args, const struct ct_image *mask, struct ct_err *err)
{
    char name[CT_FILENAME_MAX], words[CT_FILENAME_MAX];
    struct ct_blob *png = NULL;
    const char *base = strrchr(args->words[0], '/');
    base = base ? base + 1 : args->words[0];
    const char *dot = strrchr(base, '.');
    snprintf(words, sizeof(words), "%.*s mask", (int)(dot ? (size_t)(dot - base) : strlen(base)),
             base);
    CT_TRY(ct_encode(&png, mask, &(struct ct_encode_params){ .format = CT_FORMAT_PNG }, err));
    ct_code rc =
        ct_filename_write(name, ct_args_get(args, "output"), ct_slice(words), "png", 0,
                          ct_args_get(args, "force") != NULL, ct_slice_n(png->data, png->len), err);
    ct_blob_unref(&png);
    if (rc == CT_OK && strcmp(name, "-") != 0)
        puts(name);
    return rc;
}

static ct_code make(struct ct_engine *engine, const struct ct_args *args,
                    const struct ct_config *config, struct ct_err *err)
{
    CT_CLEANUP(ct_image_unref) struct ct_image *image = NULL;
    CT_CLEANUP(ct_image_unref) struct ct_image *mask = NULL;
    CT_CLEANUP(ct_buf_release) struct ct_buf recipe;
    float confidence = 0;
    ct_buf_init(&recipe, 2 * CT_RECIPE_MAX);
    CT_TRY(load(&image, &recipe, args, config, err));
    CT_TRY(engine->area(engine, &mask, &confidence, image, ct_buf_slice(&recipe),
                        ct_slice(args->words[1]), err));
    if (confidence < SURE)
        fprintf(stderr, "calotype: what this picture is of is a guess: look at the mask.\n");
    return save(args, mask, err);
}

static int run_mask(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_engine *engine = NULL;
    struct ct_err err = { 0 };
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_scene_engine_open(&engine, &err) != CT_OK)
        return ct_cli_fail(&err);
    ct_code rc = make(engine, args, &config, &err);
    engine->close(engine);
    return rc == CT_OK ? CT_EXIT_OK : ct_cli_fail(&err);
}

const struct ct_command ct_command_mask = {
    .name = "mask",
    .synopsis = "IMAGE WHAT [-o FILE]",
    .summary = "Write the mask that an edit of a picture would use",
    .details =
        "WHAT is \"the background\", \"the subject\", \"the sky\", a thing with its colour "
        "(\"the red\n"
        "cup\"), or in a picture that was drawn here the name of any thing. The mask is a PNG "
        "of the\n"
        "picture's size, transparent where WHAT is seen: look at it, improve it, and give it "
        "to\n"
        "`calotype edit --mask`.\n",
    .examples = "  calotype mask street.jpg \"the red car\" -o car.png\n"
                "  calotype mask photo.jpg \"the background\" -o mask.png\n"
                "  calotype mask mug.png \"the mug\"\n",
    .options =
        (const struct ct_option[]){
            { .name = "output",
              .letter = 'o',
              .value = "FILE",
              .doc = "where to write; - is stdout" },
            { .name = "force", .letter = 'f', .doc = "let -o replace an existing file" },
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 2,
    .max_words = 2,
    .run = run_mask,
};
