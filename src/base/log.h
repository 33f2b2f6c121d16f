/* The log: one line an event, logfmt (`time=... level=... msg=...`) or JSON, to one descriptor.
 *
 * Levels are defined by consequence: error (we failed a user), warn (degraded), info (life
 * cycle, one line per request), debug. Secrets, prompts, base64 and bodies are never logged.
 * A line is one write(2), so threads do not interleave. A NULL logger swallows everything. */
#ifndef CT_BASE_LOG_H
#define CT_BASE_LOG_H

#include "base/buf.h"

enum ct_log_level { CT_LOG_ERROR, CT_LOG_WARN, CT_LOG_INFO, CT_LOG_DEBUG };
enum ct_log_format { CT_LOG_LOGFMT, CT_LOG_JSON };

struct ct_log;

struct ct_log *ct_log_new(int fd, enum ct_log_level level, enum ct_log_format format);
void ct_log_free(struct ct_log **log);
bool ct_log_wants(const struct ct_log *log, enum ct_log_level level);

/* ct_log_event(log, CT_LOG_INFO, "listening", CT_LOG_S("address", a), CT_LOG_I("port", 8787)); */
struct ct_log_field {
    const char *key;
    struct ct_slice text; /* used when ptr is not NULL */
    int64_t number;
};
#define CT_LOG_S(k, s) ((struct ct_log_field){ (k), (s), 0 })
#define CT_LOG_Z(k, z) ((struct ct_log_field){ (k), ct_slice(z), 0 })
#define CT_LOG_I(k, n) ((struct ct_log_field){ (k), { NULL, 0 }, (n) })
#define ct_log_event(log, level, msg, ...)                                                         \
    ct_log_fields(log, level, msg, (struct ct_log_field[]){ __VA_ARGS__ },                         \
                  sizeof((struct ct_log_field[]){ __VA_ARGS__ }) / sizeof(struct ct_log_field))
void ct_log_fields(struct ct_log *log, enum ct_log_level level, const char *msg,
                   const struct ct_log_field *fields, size_t n_fields);

#endif
