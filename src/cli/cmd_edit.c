/* `calotype edit IMAGE... -p "PROMPT"`: options and files -> the form of the API -> pictures.
 *
 * The options become the same form a client would send and go through the same contract. Files are
 * mapped, not read. Photographs are larger than anything that is drawn from them: what exceeds the
 * size of the result is reduced before it is sent or edited (--no-resize leaves it), except for
 * pictures that carry their scene, whose own pixels count, and those that have a mask or markup. */
#include "cli/generate.h"

#include "base/json.h"
#include "cli/filename.h"
#include "image/decoder.h"
#include "image/metadata.h"
#include "policy/recipe.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARENA_BYTES ((size_t)16 << 20)
#define REDUCED_EDGE_PX 2048 /* no picture is reduced below this longer edge */
#define MODEL "gpt-image-2"
#define MARKUP_MODEL "gpt-image-2.5-sunburst" /* the newest that takes a markup */

static ct_code open_picture(struct ct_blob **out, const char *path, struct ct_err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        ct_code code = fd < 0 && errno == ENOENT
                           ? ct_fail(err, CT_E_USAGE, NULL, "There is no file '%s'.", path)
                           : ct_fail(err, CT_E_USAGE, NULL, "'%s' cannot be read as a file.", path);
        if (fd >= 0)
            close(fd);
        return code;
    }
    if ((uint64_t)st.st_size > CT_INPUT_MAX_BYTES) {
        close(fd);
        return ct_fail(err, CT_E_USAGE, NULL, "'%s' is larger than 50 MB.", path);
    }
    *out = ct_blob_file(fd, (size_t)st.st_size);
    return *out ? CT_OK
                : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading '%s'.", path);
}

static ct_code add_file(struct ct_form *form, enum ct_form_part part, const char *path,
                        struct ct_err *err)
{
    struct ct_blob *file = NULL;
    CT_TRY(open_picture(&file, path, err));
    return ct_form_add_file(form, part, file, err);
}

static ct_code add_text(struct ct_form *form, const char *name, const char *value,
                        struct ct_err *err)
{
    return value ? ct_form_add_text(form, ct_slice(name), ct_slice(value), err) : CT_OK;
}

static ct_code add_texts(struct ct_form *form, const struct ct_args *args, struct ct_err *err)
{
    static const struct {
        const char *option, *name;
    } texts[] = {
        { "prompt", "prompt" },          { "n", "n" },
        { "size", "size" },              { "resolution", "resolution" },
        { "quality", "quality" },        { "background", "background" },
        { "fidelity", "input_fidelity" }, { "compression", "output_compression" },
        { "seed", "seed" },              { "style", "style" },
        { "thinking", "thinking" },
    };
    const char *model = ct_args_get(args, "model"), *format = ct_args_get(args, "format");
    const char *output = ct_args_get(args, "output");

    if (!model)
        model = ct_args_get(args, "markup") ? MARKUP_MODEL : MODEL;
    CT_TRY(add_text(form, "model", model, err));
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        CT_TRY(add_text(form, texts[i].name, ct_args_get(args, texts[i].option), err));
    if (!format && output)
        format = ct_format_of_filename(output);
    CT_TRY(add_text(form, "output_format", format, err));
    if (!ct_args_get(args, "stream"))
        return CT_OK;
    CT_TRY(add_text(form, "stream", "true", err));
    return add_text(form, "partial_images", "3", err);
}

static ct_code add_files(struct ct_form *form, const struct ct_args *args, struct ct_err *err)
{
    const char *mask = ct_args_get(args, "mask"), *markup = ct_args_get(args, "markup");
    for (int i = 0; i < args->n_words; i++)
        CT_TRY(add_file(form, CT_FORM_IMAGE, args->words[i], err));
    if (mask)
        CT_TRY(add_file(form, CT_FORM_MASK, mask, err));
    return markup ? add_file(form, CT_FORM_MARKUP, markup, err) : CT_OK;
}

/* --- reducing ------------------------------------------------------------------------------- */

static bool carries_scene(const struct ct_blob *file)
{
    struct ct_buf scene;
    ct_buf_init(&scene, 2 * CT_RECIPE_MAX);
    bool found = ct_metadata_find(&scene, ct_slice_n(file->data, file->len), CT_RECIPE_METADATA,
                                  NULL) != CT_E_NOT_FOUND;
    ct_buf_release(&scene);
    return found;
}

/* The same picture with this longer edge, as JPEG, or PNG when it has alpha. */
static ct_code reduce(struct ct_blob **out, struct ct_decoder *decoder, const struct ct_blob *file,
                      int edge, int number, struct ct_err *err)
{
    struct ct_image *image = NULL;
    const struct ct_decoder_input input = { .bytes = ct_slice_n(file->data, file->len),
                                            .number = number };
    const struct ct_decode_params params = { .max_edge = edge };
    CT_TRY(ct_decoder_decode(decoder, &image, &input, &params, err));
    const struct ct_encode_params encode = {
        .format = image->channels == 4 ? CT_FORMAT_PNG : CT_FORMAT_JPEG, .quality = 95
    };
    ct_code code = ct_encode(out, image, &encode, err);
    ct_image_unref(&image);
    return code;
}

/* Puts smaller files in place of those that are larger than the result needs. *reduced: any was. */
static ct_code reduce_inputs(bool *reduced, struct ct_form *form,
                             const struct ct_image_request *rq, struct ct_err *err)
{
    struct ct_decoder *decoder = NULL;
    int edge = rq->width > rq->height ? rq->width : rq->height;
    ct_code code = CT_OK;

    edge = edge < REDUCED_EDGE_PX ? REDUCED_EDGE_PX : edge;
    for (int i = form->mask || form->markup ? 1 : 0; i < form->n_images && code == CT_OK; i++) {
        const struct ct_input_image *input = &rq->inputs[i];
        struct ct_blob *smaller = NULL;
        if ((input->width <= edge && input->height <= edge) || carries_scene(form->images[i]))
            continue;
        if (!decoder)
            code = ct_decoder_open(&decoder, NULL, err);
        if (code == CT_OK)
            code = reduce(&smaller, decoder, form->images[i], edge, i + 1, err);
        if (code == CT_OK) {
            ct_blob_unref(&form->images[i]);
            form->images[i] = smaller;
            *reduced = true;
        }
    }
    ct_decoder_close(&decoder);
    return code;
}

/* --- the command ---------------------------------------------------------------------------- */

static ct_code make_request(const struct ct_image_request **out, struct ct_arena *arena,
                            const struct ct_form *form, const struct ct_contract *contract,
                            struct ct_err *err)
{
    struct ct_draft draft;
    CT_TRY(ct_parse_draft(&draft, arena, CT_OPERATION_EDIT, &(struct ct_body){ .form = form },
                          contract, err));
    ct_code code = ct_draft_finish(&draft, err);
    if (code != CT_OK)
        ct_draft_release(&draft);
    *out = draft.request;
    return code;
}

static ct_code prepare(const struct ct_image_request **out, struct ct_arena *arena,
                       struct ct_form *form, const struct ct_args *args,
                       const struct ct_contract *contract, struct ct_err *err)
{
    bool reduced = false;
    CT_TRY(add_texts(form, args, err));
    CT_TRY(add_files(form, args, err));
    CT_TRY(make_request(out, arena, form, contract, err));
    if (ct_args_get(args, "no-resize"))
        return CT_OK;
    ct_code code = reduce_inputs(&reduced, form, *out, err);
    if (code == CT_OK && !reduced)
        return CT_OK;
    ct_image_request_release(*out);
    return code == CT_OK ? make_request(out, arena, form, contract, err) : code;
}

static int run_in(struct ct_arena *arena, const struct ct_args *args,
                  const struct ct_config *config, const struct ct_catalogue *catalogue,
                  struct ct_err *err)
{
    const struct ct_contract contract = {
        .catalogue = catalogue,
        .compat = CT_COMPAT_EXTENDED,
        .default_model = config->default_model,
        .allow_preview_transparent = config->allow_preview_transparent != 0,
    };
    struct ct_form form;
    struct ct_generation g = { .args = args, .config = config, .path = "edits", .form = &form };
    int status;

    ct_form_init(&form, arena);
    if (prepare(&g.request, arena, &form, args, &contract, err) == CT_OK) {
        status = ct_drawing_run(&g);
        ct_image_request_release(g.request);
    } else {
        status = ct_cli_fail(err);
    }
    ct_form_release(&form);
    return status;
}

static int run_edit(const struct ct_args *args)
{
    struct ct_config config;
    struct ct_catalogue *catalogue = NULL;
    struct ct_err err = { 0 };

    if (!ct_args_get(args, "prompt")) {
        (void)ct_fail(&err, CT_E_USAGE, NULL, "Say what is to be changed: -p \"PROMPT\".");
        return ct_cli_fail(&err);
    }
    if (ct_settings_load(&config, args, &err) != CT_OK ||
        ct_catalogue_load(&catalogue, config.models[0] ? config.models : NULL, &err) != CT_OK)
        return ct_cli_fail(&err);
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    int status = arena ? run_in(arena, args, &config, catalogue, &err) : CT_EXIT_FAILED;
    ct_catalogue_free(&catalogue);
    return status;
}

const struct ct_command ct_command_edit = {
    .name = "edit",
    .synopsis = "IMAGE... -p \"PROMPT\" [--mask MASK | --markup STROKES] [-o FILE] [OPTIONS]",
    .summary = "Change a picture, or combine up to 16",
    .details =
        "Edits in this process, or on the server named by --server, CALOTYPE_BASE_URL or\n"
        "OPENAI_BASE_URL (with CALOTYPE_API_KEY or OPENAI_API_KEY). IMAGE is a PNG, JPEG or WebP\n"
        "file. The size of the result is that of the first picture, or its shape. Pictures over\n"
        "2048 pixels that are larger than the result are reduced first; a picture with a mask or "
        "a\n"
        "markup, or one that carries its scene, never is. With a markup, and no model named, the\n"
        "model is " MARKUP_MODEL ".\n",
    .examples =
        "  calotype edit mug.png -p \"change the mug's colour to navy blue, keep everything else "
        "identical\"\n"
        "  calotype edit photo.jpg --mask mask.png -p \"a beach at sunset\" -o beach.png\n"
        "  calotype edit bottle.png table.jpg -p \"put the bottle on the table\" --n 2\n",
    .options =
        (const struct ct_option[]){
            { .name = "prompt", .letter = 'p', .value = "PROMPT", .doc = "what is to be changed" },
            { .name = "mask",
              .value = "FILE",
              .doc = "PNG of the first picture's size; transparent is what may change" },
            { .name = "markup",
              .value = "FILE",
              .doc = "PNG of that size with strokes over what is meant" },
            { .name = "fidelity",
              .value = "LEVEL",
              .doc = "high or low, where the model has it",
              .choices = "high|low" },
            { .name = "no-resize", .doc = "send large pictures as they are" },
            CT_DRAW_OPTIONS,
            CT_SETTINGS_OPTIONS,
            { .name = NULL },
        },
    .min_words = 1,
    .max_words = 16,
    .run = run_edit,
};
