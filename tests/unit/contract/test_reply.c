/* The JSON that leaves: to the letter where the shape is short, parsed back where it is not. */
#include "contract/reply.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/json.h"
#include "support.h"

static struct ct_image_request request(void)
{
    return (struct ct_image_request){ .model = model("gpt-image-2"),
                                      .prompt = CT_S("p"),
                                      .n = 1,
                                      .width = 1024,
                                      .height = 1024,
                                      .quality = CT_QUALITY_LOW };
}

/* The text of a buffer made by `put`, in memory the test frees. */
#define PUT(text, ...)                                                                             \
    struct ct_buf text##_buf;                                                                      \
    ct_buf_init(&text##_buf, 1 << 24);                                                             \
    {                                                                                              \
        struct ct_buf *b = &text##_buf;                                                            \
        __VA_ARGS__;                                                                               \
    }                                                                                              \
    const char *text = ct_buf_text(&text##_buf)

static const struct ct_usage example_usage = { .text_tokens_in = 14, .image_tokens_out = 196 };

TEST(reply__official_example)
{
    struct ct_image_request r = request();
    struct ct_blob *file = ct_blob_copy("abc", 3);
    struct ct_reply_picture picture = { .file = file, .seed = 7 };
    struct ct_reply reply = { .request = &r,
                              .created = 1763600000,
                              .pictures = &picture,
                              .n_pictures = 1,
                              .usage = example_usage };
    PUT(text, ct_reply_images(b, &reply));
    CHECK_STR(text,
              "{\"created\":1763600000,\"background\":\"opaque\",\"data\":[{\"b64_json\":\"YWJj\"}]"
              ",\"output_format\":\"png\",\"quality\":\"low\",\"size\":\"1024x1024\",\"usage\":{"
              "\"input_tokens\":14,\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":14}"
              ",\"output_tokens\":196,\"output_tokens_details\":{\"image_tokens\":196,"
              "\"text_tokens\":0},\"total_tokens\":210}}");
    ct_buf_release(&text_buf);
    ct_blob_unref(&file);
}

TEST(reply__extended_adds_seed_model_and_warnings)
{
    static const char *const warnings[] = { "no \"unicorn\"", "two" };
    struct ct_image_request r = request();
    r.extended = true;
    r.format = CT_FORMAT_WEBP;
    r.background = CT_BACKGROUND_TRANSPARENT;
    r.quality = CT_QUALITY_XHIGH;
    r.safety_identifier = CT_S("who\n");
    struct ct_reply_picture pictures[2] = { { .url = "http://h/a?b=\"c\"", .seed = 7 },
                                            { .url = "u", .seed = -8 } };
    struct ct_reply reply = { .request = &r,
                              .created = 1,
                              .pictures = pictures,
                              .n_pictures = 2,
                              .usage = example_usage,
                              .warnings = warnings,
                              .n_warnings = 2 };
    PUT(text, ct_reply_images(b, &reply));
    CHECK_STR(text,
              "{\"created\":1,\"background\":\"transparent\",\"data\":[{\"url\":\"http://h/a?b="
              "\\\"c\\\"\",\"seed\":7},{\"url\":\"u\",\"seed\":-8}],\"output_format\":\"webp\","
              "\"quality\":\"xhigh\",\"size\":\"1024x1024\",\"usage\":{\"input_tokens\":14,"
              "\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":14},\"output_tokens\":"
              "196,\"output_tokens_details\":{\"image_tokens\":196,\"text_tokens\":0},"
              "\"total_tokens\":210},\"safety_identifier\":\"who\\n\",\"model\":\"gpt-image-2\","
              "\"warnings\":[\"no \\\"unicorn\\\"\",\"two\"]}");
    ct_buf_release(&text_buf);
    reply.n_warnings = 0;
    PUT(quiet, ct_reply_images(b, &reply));
    CHECK(strstr(quiet, "warnings") == NULL);
    ct_buf_release(&quiet_buf);
    r.extended = false;
    reply.n_warnings = 2;
    PUT(plain, ct_reply_images(b, &reply));
    CHECK(!strstr(plain, "warnings") && !strstr(plain, "seed") && !strstr(plain, "\"model\""));
    CHECK(strstr(plain, "\"safety_identifier\":\"who\\n\"") != NULL);
    ct_buf_release(&plain_buf);
}

TEST(reply__pictures_come_back_byte_for_byte)
{
    enum { LEN = 100001 };
    struct ct_image_request r = request();
    struct ct_buf raw;
    ct_buf_init(&raw, LEN);
    for (int i = 0; i < LEN; i++)
        ct_buf_putc(&raw, (char)(i * 7 + i / 256));
    struct ct_blob *file = ct_blob_take(&raw);
    REQUIRE(file);
    struct ct_reply_picture pictures[3] = { { .file = file }, { .file = file }, { .file = file } };
    struct ct_reply reply = { .request = &r, .pictures = pictures, .n_pictures = 3 };
    PUT(text, ct_reply_images(b, &reply));

    struct ct_arena *arena = ct_arena_new(4 << 20);
    const struct ct_json *root = NULL;
    CHECK_INT(ct_json_parse(&root, arena, ct_slice(text), NULL, NULL), CT_OK);
    const struct ct_json *data = ct_json_get(root, "data");
    CHECK(data && data->count == 3);
    char *back = malloc(LEN + 3);
    for (const struct ct_json *item = data ? data->child : NULL; item; item = item->next) {
        size_t len = 0;
        CHECK(ct_base64_decode(back, &len, ct_json_get(item, "b64_json")->text));
        CHECK(len == LEN && memcmp(back, file->data, LEN) == 0);
    }
    free(back);
    ct_arena_free(&arena);
    ct_buf_release(&text_buf);
    ct_blob_unref(&file);
}

TEST(reply__partial_event)
{
    struct ct_image_request r = request();
    r.extended = true; /* nothing of ours goes into a partial event */
    struct ct_blob *file = ct_blob_copy("abc", 3);
    PUT(text, ct_reply_partial_event(b, &r, 1763600000, 2, file));
    CHECK_STR(text, "event: image_generation.partial_image\n"
                    "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"YWJj\","
                    "\"created_at\":1763600000,\"size\":\"1024x1024\",\"quality\":\"low\","
                    "\"background\":\"opaque\",\"output_format\":\"png\","
                    "\"partial_image_index\":2}\n\n");
    ct_buf_release(&text_buf);
    ct_blob_unref(&file);
}

TEST(reply__completed_event)
{
    struct ct_image_request r = request();
    r.safety_identifier = CT_S("s");
    struct ct_blob *file = ct_blob_copy("abc", 3);
    struct ct_reply_picture picture = { .file = file, .seed = 3 };
    struct ct_reply reply = {
        .request = &r, .created = 5, .pictures = &picture, .n_pictures = 1, .usage = example_usage
    };
    PUT(text, ct_reply_completed_event(b, &reply, 0));
    CHECK_STR(text, "event: image_generation.completed\n"
                    "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"YWJj\","
                    "\"created_at\":5,\"size\":\"1024x1024\",\"quality\":\"low\",\"background\":"
                    "\"opaque\",\"output_format\":\"png\",\"usage\":{\"input_tokens\":14,"
                    "\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":14},"
                    "\"output_tokens\":196,\"total_tokens\":210},\"safety_identifier\":\"s\"}\n\n");
    ct_buf_release(&text_buf);
    r.extended = true;
    PUT(more, ct_reply_completed_event(b, &reply, 0));
    CHECK(strstr(more, ",\"seed\":3,\"safety_identifier\":\"s\",\"model\":\"gpt-image-2\"}\n\n"));
    ct_buf_release(&more_buf);
    ct_blob_unref(&file);
}

TEST(reply__errors)
{
    struct parsed p = strict(WITH("\"n\":11"));
    PUT(text, ct_reply_error(b, &p.err));
    CHECK_STR(text, "{\"error\":{\"message\":\"Invalid 'n': integer above maximum value. Expected "
                    "a value <= 10, but got 11 instead.\",\"type\":\"invalid_request_error\","
                    "\"param\":\"n\",\"code\":\"integer_above_max_value\"}}");
    ct_buf_release(&text_buf);
    struct ct_err plain = { .code = CT_E_NOT_FOUND, .msg = "gone" };
    PUT(event, ct_reply_error_event(b, &plain));
    CHECK_STR(event, "event: error\ndata: {\"error\":{\"message\":\"gone\",\"type\":"
                     "\"invalid_request_error\",\"param\":null,\"code\":null}}\n\n");
    ct_buf_release(&event_buf);
}

TEST(reply__the_wire_form_of_each_refusal)
{
    static const struct {
        const char *body, *type, *code;
    } rows[] = {
        { "{}", "invalid_request_error", "missing_required_parameter" },
        { WITH("\"k\":1"), "invalid_request_error", "unknown_parameter" },
        { WITH("\"n\":\"1\""), "invalid_request_error", "invalid_type" },
        { WITH("\"quality\":\"ultra\""), "invalid_request_error", "invalid_value" },
        { WITH("\"n\":0"), "invalid_request_error", "integer_below_min_value" },
        { WITH("\"n\":11"), "invalid_request_error", "integer_above_max_value" },
        { "{\"model\":\"gpt-image-2\",\"prompt\":\"\"}", "invalid_request_error", "empty_string" },
        { WITH_MODEL("x", "\"n\":1"), "image_generation_user_error", "invalid_value" },
        { WITH("\"size\":\"bogus\""), "image_generation_user_error", "invalid_value" },
        { WITH("\"background\":\"transparent\""), "image_generation_user_error", "invalid_value" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct parsed p = strict(rows[i].body);
        char want[200];
        CHECK_INT(ct_err_info(p.code)->status, 400);
        PUT(text, ct_reply_error(b, &p.err));
        snprintf(want, sizeof(want), "\"type\":\"%s\",\"param\":\"%s\",\"code\":\"%s\"}}",
                 rows[i].type, p.err.param, rows[i].code);
        CHECK(strstr(text, want) != NULL);
        ct_buf_release(&text_buf);
    }
}

TEST(reply__models)
{
    PUT(text, ct_reply_models(b, builtin()));
    struct ct_arena *arena = ct_arena_new(1 << 20);
    const struct ct_json *root = NULL;
    CHECK_INT(ct_json_parse(&root, arena, ct_slice(text), NULL, NULL), CT_OK);
    CHECK_SLICE(ct_json_get(root, "object")->text, "list");
    const struct ct_json *data = ct_json_get(root, "data");
    CHECK_INT(data->count, ct_catalogue_count(builtin()));
    CHECK_SLICE(ct_json_get(data->child, "id")->text, "gpt-image-2");
    ct_arena_free(&arena);
    ct_buf_release(&text_buf);

    PUT(one, ct_reply_model(b, model("gpt-image-2")));
    CHECK_STR(one, "{\"id\":\"gpt-image-2\",\"object\":\"model\",\"created\":1776729600,"
                   "\"owned_by\":\"system\"}");
    ct_buf_release(&one_buf);
    struct ct_model gone = *model("gpt-image-2");
    gone.shutdown_date = "2026-10-23";
    PUT(two, ct_reply_model(b, &gone));
    CHECK(strstr(two, "\"owned_by\":\"system\",\"shutdown_date\":\"2026-10-23\"}") != NULL);
    ct_buf_release(&two_buf);
}

TEST(reply__a_buffer_that_is_too_small_says_so)
{
    struct ct_image_request r = request();
    struct ct_blob *file = ct_blob_copy("abc", 3);
    struct ct_reply_picture picture = { .file = file };
    struct ct_reply reply = { .request = &r, .pictures = &picture, .n_pictures = 1 };
    struct ct_buf b;
    ct_buf_init(&b, 50);
    ct_reply_images(&b, &reply);
    CHECK(b.failed);
    ct_buf_release(&b);
    ct_blob_unref(&file);
}

TEST(reply__names)
{
    CHECK_STR(ct_quality_name(CT_QUALITY_XHIGH), "xhigh");
    CHECK_STR(ct_background_name(CT_BACKGROUND_OPAQUE), "opaque");
    CHECK_STR(ct_quality_name(CT_QUALITY_COUNT), "");
}
