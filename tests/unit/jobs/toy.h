/* A small engine with manners to choose from, and an observer that writes down what it hears. */
#ifndef CT_TESTS_JOBS_TOY_H
#define CT_TESTS_JOBS_TOY_H

#include "jobs/jobs.h"
#include "jobs/run.h"

#include <semaphore.h>

enum manners {
    TOY_DRAWS,         /* partials as asked for, then n pictures of 16x16 */
    TOY_HOLDS,         /* nothing until it is cancelled */
    TOY_WAITS,         /* as DRAWS, once the gate was opened */
    TOY_TOO_FEW,       /* n - 1 pictures, and calls that done */
    TOY_TOO_MANY,      /* n + 1 pictures; ignores that the last is refused */
    TOY_SHIFTED,       /* as many as asked for, numbered from 1 */
    TOY_NEGATIVE,      /* picture -1 */
    TOY_TWICE,         /* picture 0 again and again */
    TOY_FAILS,         /* says why */
    TOY_FAILS_MUTE,    /* does not */
    TOY_FAILS_LATE,    /* after all pictures */
    TOY_TALKS,         /* more warnings than are kept */
    TOY_STRAY_PARTIAL, /* partials of pictures and numbers nobody asked for */
    TOY_DOCUMENTS,     /* n documents of its own, "<svg/>" */
    TOY_DEAF,          /* finishes although it was cancelled meanwhile */
};

struct toy {
    struct ct_engine engine; /* first: what draw() is given */
    enum manners manners;
    sem_t started; /* posted when a draw begins */
    sem_t gate;    /* WAITS, DEAF: posted by the test, once a draw */
};

void toy_init(struct toy *toy, enum manners manners);
void toy_release(struct toy *toy);

/* 'A' accepted (durable jobs only), 'w' progress, 'p' partial, 'P' picture, each with its numbers,
 * 'E' end: "w p0.0 P0 E " */
struct watcher {
    char log[1024];
    struct ct_blob *partial; /* the last one */
    atomic_int ends;
    sem_t accepted; /* posted when a durable job is */
    sem_t ended;
    sem_t *hold; /* on_end waits for it first; NULL: it does not */
};

void watcher_init(struct watcher *watcher);
void watcher_release(struct watcher *watcher);
struct ct_job_observer watcher_observer(struct watcher *watcher);

/* A queued job of n pictures with seed 7. NULL: out of memory. */
struct ct_job *toy_job(struct toy *toy, struct watcher *watcher, int n);
/* The request of a job that was not submitted yet. */
struct ct_image_request *toy_request(struct ct_job *job);

#endif
