/* The content cache and single flight, as a request meets them (docs/replay.md).
 *
 *   ct_cached_answer()   hit              answered now
 *                        being drawn      waits for who draws it, then answered
 *                        neither          the call draws; ct_cached_finish() keeps it and answers
 *                                         who waits
 *
 * Everybody who is answered was let in by its own key, limits and budget before. Nothing of this is
 * done without the setting `cache`. All functions are thread-safe. */
#ifndef CT_API_CACHED_H
#define CT_API_CACHED_H

#include "contract/image_request.h"
#include "jobs/job.h"
#include "policy/cache.h"

struct ct_call;
struct ct_http_request;
struct ct_flights;
struct ct_flight;

CT_MUSTCHECK ct_code ct_flights_new(struct ct_flights **out, struct ct_err *err);
void ct_flights_free(struct ct_flights **flights);

/* Reads Cache-Control: no-cache draws anew and keeps that, no-store neither reads nor keeps. */
void ct_cached_read(struct ct_call *call, const struct ct_http_request *rq);
/* Makes the key of the request, which reads its input pictures: on a worker where there are any. */
void ct_cached_make_key(struct ct_call *call, const struct ct_image_request *request);
/* *taken: the call was answered or waits, and has taken request, arena and body. Otherwise it goes
 * on, perhaps as the one that others wait for; ct_cached_fail() or ct_cached_finish() must follow.
 * CT_E_QUOTA; then nothing was taken. */
CT_MUSTCHECK ct_code ct_cached_answer(bool *taken, struct ct_call *call,
                                      const struct ct_image_request *request,
                                      struct ct_arena *arena, struct ct_blob *body,
                                      struct ct_err *err);
/* The job that draws what others may wait for; before it is submitted. */
void ct_cached_draws(struct ct_call *call, struct ct_job *job);
/* What the call drew is kept and given to those who wait; on the runner's thread, after its own
 * reply. */
void ct_cached_finish(struct ct_call *call, const struct ct_job *job);
/* It will not be drawn; those who wait are told the same. */
void ct_cached_fail(struct ct_call *call, const struct ct_err *err);
/* The client left. True: nobody else waits for what the call draws, so it may be cancelled. */
bool ct_cached_leave(struct ct_call *call);
/* What a waiting call holds, at its end. */
void ct_cached_release(struct ct_call *call);

#endif
