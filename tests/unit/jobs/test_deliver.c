/* The dispatcher, with a resolver in place of the network: it holds every delivery until it is
 * told, and counts how many come at once. */
#include "t.h"

#include "folder.h"

#include "jobs/deliver.h"
#include "store/callback_rows.h"

#include "base/clock.h"

#include <pthread.h>
#include <time.h>

#define HOSTS 6
#define OF_EACH 5

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_deliver *deliver;
    pthread_mutex_t lock;
    pthread_cond_t change;
    bool open; /* deliveries may end */
    int now, most, by_host[HOSTS], most_of_host, seen;
};

/* "host3.test"; every host is unknown, so each delivery fails once it is let go. */
static int hold(void *ctx, const char *host, int port, struct sockaddr_storage *out, int max)
{
    struct fixture *f = ctx;
    int h = host[4] - '0';
    (void)port, (void)out, (void)max;
    pthread_mutex_lock(&f->lock);
    f->seen++;
    f->most = ++f->now > f->most ? f->now : f->most;
    f->most_of_host = ++f->by_host[h] > f->most_of_host ? f->by_host[h] : f->most_of_host;
    pthread_cond_broadcast(&f->change);
    while (!f->open)
        pthread_cond_wait(&f->change, &f->lock);
    f->now--;
    f->by_host[h]--;
    pthread_mutex_unlock(&f->lock);
    return 0;
}

static ct_code add_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    for (int i = 0; i < HOSTS * OF_EACH; i++) {
        char id[32], host[32], url[64];
        snprintf(id, sizeof(id), "evt_%d", i);
        snprintf(host, sizeof(host), "host%d.test", i / OF_EACH);
        snprintf(url, sizeof(url), "https://%s/", host);
        CT_TRY(ct_delivery_row_insert(sql,
                                      &(struct ct_delivery_row){ .id = ct_slice(id),
                                                                 .job_id = CT_S("imgtask_1"),
                                                                 .key_id = CT_S(""),
                                                                 .type = CT_S("task.completed"),
                                                                 .url = ct_slice(url),
                                                                 .host = ct_slice(host),
                                                                 .body = CT_S("{}"),
                                                                 .next_ms = 1 + i,
                                                                 .first_ms = ct_clock_wall_ms() },
                                      err));
    }
    return CT_OK;
}

static void count_tried(void *ctx, const struct ct_delivery_row *row)
{
    *(int *)ctx += row->attempts == 1 && row->error.ptr != NULL;
}

static ct_code read_tried(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    *(int *)ctx = 0;
    return ct_delivery_rows_each(sql, false, 100, count_tried, ctx, err);
}

static bool all_tried(struct fixture *f)
{
    int tried = 0;
    for (int i = 0; i < 5000 && tried < HOSTS * OF_EACH; i++) {
        if (ct_db_read(f->db, read_tried, &tried, NULL) != CT_OK)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
    }
    return tried == HOSTS * OF_EACH;
}

TEST(deliver__eight_at_once_two_of_a_host_and_none_is_forgotten)
{
    struct fixture f = { .folder = folder_make() };
    const struct ct_secret secret = { { 1 } };
    pthread_mutex_init(&f.lock, NULL);
    pthread_cond_init(&f.change, NULL);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    REQUIRE(ct_db_write(f.db, add_rows, NULL, NULL) == CT_OK);
    REQUIRE(ct_deliver_start(&f.deliver,
                             &(struct ct_sender){ .db = f.db,
                                                  .fetch = { .user_agent = "test",
                                                             .resolve = hold,
                                                             .resolve_ctx = &f },
                                                  .secret = &secret },
                             NULL) == CT_OK);
    pthread_mutex_lock(&f.lock);
    while (f.now < CT_DELIVER_IN_FLIGHT)
        pthread_cond_wait(&f.change, &f.lock);
    pthread_mutex_unlock(&f.lock);
    ct_deliver_wake(f.deliver); /* changes nothing: there is no room */
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    pthread_mutex_lock(&f.lock);
    CHECK_INT(f.seen, CT_DELIVER_IN_FLIGHT);
    f.open = true;
    pthread_cond_broadcast(&f.change);
    pthread_mutex_unlock(&f.lock);
    CHECK(all_tried(&f));
    ct_deliver_stop(&f.deliver);
    CHECK_INT(f.seen, HOSTS * OF_EACH);
    CHECK_INT(f.most, CT_DELIVER_IN_FLIGHT);
    CHECK_INT(f.most_of_host, CT_DELIVER_PER_HOST);
    ct_db_close(&f.db);
    pthread_cond_destroy(&f.change);
    pthread_mutex_destroy(&f.lock);
    folder_remove(&f.folder);
}
