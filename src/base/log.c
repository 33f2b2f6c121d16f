/* The log.
 *
 * A line is built in an array on the stack and leaves in one write(2): no allocation (the log must
 * work when memory is out) and no lock. Lines stay within PIPE_BUF, below which POSIX promises
 * that writes to a pipe are not torn apart. A field that does not fit is left out and the line
 * ends in truncated=true. The logger is immutable, so any thread may use it. */
#include "base/log.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES ((size_t)PIPE_BUF)
#define TAIL_BYTES ((size_t)32) /* room kept for truncated=true and the end of the line */
#define TEXT_MAX_BYTES ((size_t)1024)
#define MSG_MAX_BYTES ((size_t)256) /* six times that, escaped, fits the line */

struct ct_log {
    int fd;
    enum ct_log_level level;
    enum ct_log_format format;
};

static const char *const level_names[] = { "error", "warn", "info", "debug" };

struct ct_log *ct_log_new(int fd, enum ct_log_level level, enum ct_log_format format)
{
    struct ct_log *log = ct_malloc(sizeof(*log));
    if (log)
        *log = (struct ct_log){ fd, level, format };
    return log;
}

void ct_log_free(struct ct_log **log)
{
    ct_free(*log);
    *log = NULL;
}

bool ct_log_wants(const struct ct_log *log, enum ct_log_level level)
{
    return log && level <= log->level;
}

static void put_time(struct ct_buf *b)
{
    int64_t now_ms = ct_clock_wall_ms();
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm utc;
    if (!gmtime_r(&seconds, &utc))
        return;
    ct_buf_printf(b, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                  utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, (int)(now_ms % 1000));
}

/* Text that needs no quotes in logfmt. */
static bool is_bare(struct ct_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c <= ' ' || c >= 0x7F || c == '"' || c == '=' || c == '\\')
            return false;
    }
    return text.len > 0;
}

static void put_key(struct ct_buf *b, enum ct_log_format format, const char *key)
{
    if (format == CT_LOG_JSON) {
        ct_json_put_key(b, key);
        return;
    }
    if (b->len)
        ct_buf_putc(b, ' ');
    ct_buf_puts(b, key);
    ct_buf_putc(b, '=');
}

static void put_text(struct ct_buf *b, enum ct_log_format format, const char *key,
                     struct ct_slice text)
{
    put_key(b, format, key);
    text = ct_utf8_cut(text, TEXT_MAX_BYTES);
    if (format == CT_LOG_LOGFMT && is_bare(text))
        ct_buf_put(b, text);
    else
        ct_json_put_string(b, text);
}

static void put_field(struct ct_buf *b, enum ct_log_format format, const struct ct_log_field *field)
{
    if (field->text.ptr) {
        put_text(b, format, field->key, field->text);
        return;
    }
    put_key(b, format, field->key);
    ct_buf_puti(b, field->number);
}

static void put_head(struct ct_buf *b, const struct ct_log *log, enum ct_log_level level,
                     const char *msg)
{
    bool json = log->format == CT_LOG_JSON;
    if (json)
        ct_buf_putc(b, '{');
    put_key(b, log->format, "time");
    ct_buf_puts(b, json ? "\"" : "");
    put_time(b);
    ct_buf_puts(b, json ? "\"" : "");
    put_text(b, log->format, "level", ct_slice(level_names[level]));
    put_text(b, log->format, "msg", ct_utf8_cut(ct_slice(msg), MSG_MAX_BYTES));
}

static void write_line(int fd, const struct ct_buf *b)
{
    ssize_t put;
    do
        put = write(fd, b->data, b->len);
    while (put < 0 && errno == EINTR);
    /* There is nowhere to report a log that cannot be written. */
}

void ct_log_fields(struct ct_log *log, enum ct_log_level level, const char *msg,
                   const struct ct_log_field *fields, size_t n_fields)
{
    char line[LINE_MAX_BYTES + 1]; /* a buffer keeps one byte for a NUL */
    struct ct_buf b = { .data = line, .cap = LINE_MAX_BYTES, .max = LINE_MAX_BYTES };
    bool truncated = false;
    if (!ct_log_wants(log, level))
        return;
    put_head(&b, log, level, msg);
    for (size_t i = 0; i < n_fields; i++) {
        size_t before = b.len;
        put_field(&b, log->format, &fields[i]);
        if (b.failed || b.len > LINE_MAX_BYTES - TAIL_BYTES) {
            b.failed = false;
            b.len = before;
            truncated = true;
        }
    }
    if (truncated) {
        put_key(&b, log->format, "truncated");
        ct_buf_puts(&b, "true");
    }
    ct_buf_puts(&b, log->format == CT_LOG_JSON ? "}\n" : "\n");
    write_line(log->fd, &b);
}
