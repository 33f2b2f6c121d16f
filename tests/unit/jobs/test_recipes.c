/* A picture's recipe: in its file, and found again by its pixels. */
#include "t.h"

#include "folder.h"

#include "base/mem.h"
#include "image/decode.h"
#include "image/metadata.h"
#include "jobs/inputs.h"

#define RECIPE "{\"version\":1,\"of\":\"a test\"}"

struct fixture {
    struct folder folder;
    struct ct_recipes recipes;
    struct ct_image *image;
    struct ct_buf found;
};

static bool set_up(struct fixture *f)
{
    *f = (struct fixture){ .folder = folder_make(), .recipes = { .key = { { 9, 8, 7 } } } };
    ct_buf_init(&f->found, CT_METADATA_MAX);
    if (ct_image_new(&f->image, 48, 32, 3, NULL) != CT_OK)
        return false;
    for (int i = 0; i < 48 * 32 * 3; i++)
        f->image->px[i] = (uint8_t)(i * 5);
    return ct_scenes_open(&f->recipes.scenes, f->folder.path, NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_scenes_close(&f->recipes.scenes);
    ct_image_unref(&f->image);
    ct_buf_release(&f->found);
    folder_remove(&f->folder);
}

static struct ct_blob *encode(const struct ct_image *image, enum ct_format format)
{
    struct ct_blob *file = NULL;
    const struct ct_encode_params params = { .format = format, .quality = 90 };
    CHECK_INT(ct_encode(&file, image, &params, NULL), CT_OK);
    return file;
}

static struct ct_slice bytes(const struct ct_blob *file)
{
    return ct_slice_n(file->data, file->len);
}

TEST(recipes__travel_in_the_file_and_survive_its_loss)
{
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        struct fixture f;
        REQUIRE(set_up(&f));
        struct ct_blob *file = encode(f.image, format);
        struct ct_blob *plain = ct_blob_ref(file);
        struct ct_image *pixels = NULL;
        CHECK_INT(ct_recipes_attach(&f.recipes, &file, f.image, format, CT_S(RECIPE), NULL),
                  CT_OK);
        CHECK(file->len > plain->len);
        CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(file), NULL, NULL), CT_OK);
        CHECK_SLICE(ct_buf_slice(&f.found), RECIPE);

        ct_buf_clear(&f.found); /* stripped: only the pixels know */
        REQUIRE(ct_decode(&pixels, bytes(plain), NULL) == CT_OK);
        CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(plain), NULL, NULL),
                  CT_E_NOT_FOUND);
        CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(plain), pixels, NULL), CT_OK);
        CHECK_SLICE(ct_buf_slice(&f.found), RECIPE);

        ct_buf_clear(&f.found);
        pixels->px[0] ^= 255;
        CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(plain), pixels, NULL),
                  CT_E_NOT_FOUND);
        CHECK_INT(f.found.len, 0);
        ct_image_unref(&pixels);
        ct_blob_unref(&plain);
        ct_blob_unref(&file);
        tear_down(&f);
    }
}

TEST(recipes__of_somebody_else_are_foreign)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    struct ct_blob *file = encode(f.image, CT_FORMAT_PNG), *forged = NULL;
    struct ct_recipes theirs = { .key = { { 1 } } };
    CHECK_INT(ct_recipes_attach(&theirs, &file, f.image, CT_FORMAT_PNG, CT_S(RECIPE), NULL),
              CT_OK);
    CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(file), f.image, NULL), CT_E_NOT_FOUND);
    REQUIRE(ct_metadata_put(&forged, bytes(file), "calotype:scene", CT_S(RECIPE), NULL) == CT_OK);
    CHECK_INT(ct_recipes_find(&f.found, &f.recipes, bytes(forged), f.image, NULL),
              CT_E_NOT_FOUND);
    CHECK_INT(f.found.len, 0);
    ct_blob_unref(&forged);
    ct_blob_unref(&file);
    tear_down(&f);
}

TEST(inputs__are_decoded_when_asked_for)
{
    struct fixture f;
    struct ct_inputs inputs;
    struct ct_image *image = NULL, *again = NULL;
    struct ct_err err = { 0 };
    REQUIRE(set_up(&f));
    struct ct_image_request request = { .operation = CT_OPERATION_EDIT, .n_inputs = 2 };
    request.inputs[0] = (struct ct_input_image){ .file = encode(f.image, CT_FORMAT_PNG),
                                                 .param = "image" };
    request.inputs[1] = (struct ct_input_image){ .file = ct_blob_copy("no picture", 10),
                                                 .param = "images[1]" };
    CHECK_INT(ct_recipes_attach(&f.recipes, &request.inputs[0].file, f.image, CT_FORMAT_PNG,
                                CT_S(RECIPE), NULL),
              CT_OK);
    ct_inputs_init(&inputs, &request, &(struct ct_inputs_with){ .recipes = &f.recipes });
    CHECK_INT(inputs.draw.image(inputs.draw.ctx, &image, 0, 0, &err), CT_OK);
    CHECK_INT(inputs.draw.image(inputs.draw.ctx, &again, 0, 0, &err), CT_OK);
    CHECK(image == again && image->width == 48);
    CHECK_SLICE(inputs.draw.recipe(inputs.draw.ctx, 0), RECIPE);
    CHECK_INT(inputs.draw.recipe(inputs.draw.ctx, 1).len, 0);
    CHECK_INT(inputs.draw.recipe(inputs.draw.ctx, 2).len, 0);
    ct_image_unref(&again);
    CHECK_INT(inputs.draw.image(inputs.draw.ctx, &again, 1, 0, &err), CT_E_IMAGE_FILE);
    CHECK_STR(err.msg, "Invalid image file or mode for image 2, please check your image file.");
    CHECK_STR(err.param, "images[1]");
    CHECK(again == NULL);
    ct_image_unref(&image);
    ct_inputs_release(&inputs);
    ct_image_request_release(&request);
    tear_down(&f);
}
