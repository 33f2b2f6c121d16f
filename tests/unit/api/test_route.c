#include "t.h"

#include "api/route.h"

struct found {
    ct_code rc;
    const struct ct_route *route;
    const char *allowed;
    struct ct_slice id;
    struct ct_err err;
};

static struct found find(const char *method, struct ct_slice path)
{
    struct found f = { .rc = CT_OK };
    f.rc = ct_route_find(&f.route, &f.id, &f.allowed, ct_slice(method), path, &f.err);
    return f;
}

TEST(route__every_row_is_found_by_its_method_and_path)
{
    static const struct {
        const char *method, *path;
        void (*handle)(struct ct_call *call, const struct ct_http_request *rq);
        unsigned flags;
    } rows[] = {
        { "POST", "/v1/images/generations", ct_api_generate, CT_ROUTE_WRITE | CT_ROUTE_REPLAY | CT_ROUTE_JSON },
        { "POST", "/v1/images/generations/async", ct_api_generate_async,
          CT_ROUTE_WRITE | CT_ROUTE_REPLAY | CT_ROUTE_JSON },
        { "GET", "/v1/tasks", ct_api_tasks, CT_ROUTE_READ },
        { "GET", "/v1/tasks/imgtask_1", ct_api_task, CT_ROUTE_READ },
        { "GET", "/v1/tasks/req_1", ct_api_task, CT_ROUTE_READ },
        { "GET", "/v1/images/tasks/imgtask_1", ct_api_task, CT_ROUTE_READ },
        { "GET", "/v1/images/generations/imgtask_1", ct_api_task, CT_ROUTE_READ },
        { "GET", "/v1/images/imgtask_1", ct_api_task, CT_ROUTE_READ },
        { "GET", "/v1/tasks/imgtask_1/events", ct_api_task_events, CT_ROUTE_READ },
        { "POST", "/v1/tasks/imgtask_1/cancel", ct_api_task_cancel,
          CT_ROUTE_WRITE | CT_ROUTE_REPLAY },
        { "DELETE", "/v1/tasks/imgtask_1", ct_api_task_cancel, CT_ROUTE_WRITE },
        { "GET", "/v1/models", ct_api_models, CT_ROUTE_KEY },
        { "GET", "/v1/models/gpt-image-2", ct_api_model, CT_ROUTE_KEY },
        { "GET", "/v1/usage", ct_api_usage, CT_ROUTE_USAGE },
        { "GET", "/v1/admin/keys", ct_api_keys, CT_ROUTE_ADMIN },
        { "POST", "/v1/admin/keys", ct_api_key_create, CT_ROUTE_ADMIN | CT_ROUTE_JSON },
        { "POST", "/v1/admin/keys/key_1/rotate", ct_api_key_rotate, CT_ROUTE_ADMIN },
        { "DELETE", "/v1/admin/keys/key_1", ct_api_key_revoke, CT_ROUTE_ADMIN },
        { "GET", "/v1/admin/callbacks", ct_api_callbacks, CT_ROUTE_ADMIN },
        { "POST", "/v1/admin/callbacks/evt_1/redeliver", ct_api_callback_redeliver,
          CT_ROUTE_ADMIN },
        { "GET", "/v1/files", ct_api_files, CT_ROUTE_READ },
        { "GET", "/v1/files/file_1", ct_api_file, CT_ROUTE_READ },
        { "GET", "/v1/files/file_1/content", ct_api_file_content, CT_ROUTE_READ },
        { "DELETE", "/v1/files/file_1", ct_api_file_delete, CT_ROUTE_WRITE },
        { "GET", "/v1/files/img/a.png", ct_api_picture, 0 },
        { "GET", "/metrics", ct_api_metrics, 0 },
        { "GET", "/health", ct_api_health, 0 },
        { "GET", "/health/live", ct_api_live, 0 },
        { "GET", "/health/ready", ct_api_health, 0 },
        { "HEAD", "/v1/models", ct_api_models, CT_ROUTE_KEY },
        { "HEAD", "/v1/files/img/a.png", ct_api_picture, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct found f = find(rows[i].method, ct_slice(rows[i].path));
        CHECK_INT(f.rc, CT_OK);
        REQUIRE(f.route);
        CHECK(f.route->handle == rows[i].handle);
        CHECK_INT(f.route->flags, rows[i].flags);
        CHECK(f.allowed == NULL);
    }
}

TEST(route__a_star_takes_one_segment_from_its_beginning)
{
    CHECK_SLICE(find("GET", CT_S("/v1/tasks/imgtask_1")).id, "imgtask_1");
    CHECK_SLICE(find("GET", CT_S("/v1/images/imgtask_1")).id, "imgtask_1");
    CHECK_SLICE(find("POST", CT_S("/v1/tasks/imgtask_1/cancel")).id, "imgtask_1");
    CHECK_INT(find("GET", CT_S("/v1/tasks/a/b")).rc, CT_E_URL);
    CHECK_INT(find("POST", CT_S("/v1/tasks//cancel")).rc, CT_E_URL);
    CHECK_INT(find("GET", CT_S("/v1/images/imgtask_")).rc, CT_E_URL);
    CHECK_INT(find("GET", CT_S("/v1/images/other")).rc, CT_E_URL);
}

TEST(route__two_stars_take_the_rest)
{
    CHECK_SLICE(find("GET", CT_S("/v1/models/a/b")).id, "a/b");
    CHECK_SLICE(find("GET", CT_S("/v1/files/img/../x")).id, "../x");
}

TEST(route__unknown_paths_are_not_found)
{
    static const struct ct_slice paths[] = {
        { "", 0 },
        { "/", 1 },
        { "*", 1 },
        { "/v1", 3 },
        { "/v1/models/", 11 }, /* an id is needed */
        { "/v1/models\0", 11 },
        { "/v1/files/img/", 14 },
        { "/V1/models", 10 },
        { "/v1/images/generations/", 23 },
        { "/v1/images/generation", 21 },
        { "//health", 8 },
    };
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct found f = find("GET", paths[i]);
        CHECK_INT(f.rc, CT_E_URL);
        CHECK(f.route == NULL && f.allowed == NULL);
    }
    CHECK_STR(find("GET", CT_S("/nowhere")).err.msg, "Invalid URL (GET /nowhere)");
}

TEST(route__a_wrong_method_names_the_right_one)
{
    static const struct {
        const char *method, *path, *allowed;
    } rows[] = {
        { "GET", "/v1/images/generations", "POST" },
        { "HEAD", "/v1/images/generations", "POST" },
        { "POST", "/v1/models", "GET" },
        { "GET", "/v1/tasks/x/cancel", "POST" },
        { "DELETE", "/v1/models/x", "GET" },
        { "get", "/health", "GET" },
        { "", "/health", "GET" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct found f = find(rows[i].method, ct_slice(rows[i].path));
        CHECK_INT(f.rc, CT_E_METHOD);
        CHECK(f.route == NULL);
        CHECK_STR(f.allowed, rows[i].allowed);
    }
    CHECK_STR(find("GET", CT_S("/v1/images/generations")).err.msg,
              "Only POST requests are accepted.");
}

TEST(route__long_input_makes_a_bounded_message)
{
    char path[9000], method[100];
    memset(path, 'a', sizeof(path));
    memset(method, 'M', sizeof(method) - 1);
    method[sizeof(method) - 1] = '\0';
    path[0] = '/';
    struct found f = find(method, ct_slice_n(path, sizeof(path)));
    CHECK_INT(f.rc, CT_E_URL);
    CHECK(strlen(f.err.msg) < 600);
}
