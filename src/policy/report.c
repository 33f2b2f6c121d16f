/* One pass over the lines, written as they come; every number is an integer until it is printed.
 * Real and simulated money stay in columns of their own to the end. */
#include "policy/report.h"

#include "base/json.h"
#include "contract/usage.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static const char *const by_words[] = {
    [CT_USAGE_BY_KEY] = "key",
    [CT_USAGE_BY_USER] = "user",
    [CT_USAGE_BY_MODEL] = "model",
    [CT_USAGE_BY_DAY] = "day",
};

struct report {
    struct ct_buf *out;
    const struct ct_usage_query *query;
    enum ct_report_format format;
    struct ct_usage_line total;
    int n;
};

bool ct_report_by(enum ct_usage_by *out, struct ct_slice word)
{
    for (size_t i = 0; i < sizeof(by_words) / sizeof(by_words[0]); i++) {
        if (ct_slice_is(word, by_words[i])) {
            *out = (enum ct_usage_by)i;
            return true;
        }
    }
    return false;
}

void ct_day_text(char out[16], int64_t day)
{
    time_t seconds = (time_t)(day * 86400);
    struct tm tm;
    out[0] = '\0';
    if (gmtime_r(&seconds, &tm))
        strftime(out, 16, "%Y-%m-%d", &tm);
}

bool ct_day_read(int64_t *day, struct ct_slice text)
{
    uint64_t year, month, mday;
    char again[16];
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-' ||
        !ct_slice_u64(ct_slice_sub(text, 0, 4), &year) ||
        !ct_slice_u64(ct_slice_sub(text, 5, 7), &month) ||
        !ct_slice_u64(ct_slice_sub(text, 8, 10), &mday))
        return false;
    struct tm tm = { .tm_year = (int)year - 1900, .tm_mon = (int)month - 1, .tm_mday = (int)mday };
    *day = (int64_t)timegm(&tm) / 86400;
    ct_day_text(again, *day);
    return year >= 1970 && ct_slice_is(text, again); /* there is no 30th of February */
}

static double share(int64_t part, int64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

/* What a picture cost that was paid for or would have been. */
static int64_t per_picture(const struct ct_usage_line *line)
{
    return line->pictures ? (line->cost_real + line->cost_simulated) / line->pictures : 0;
}

static void group_text(char out[320], const struct report *r, const struct ct_usage_line *line)
{
    if (r->query->by == CT_USAGE_BY_DAY)
        ct_day_text(out, line->day);
    else
        snprintf(out, 320, "%.*s", CT_SARG(line->group));
}

static void put_dollars(struct ct_buf *b, const char *key, int64_t nano)
{
    char dollars[32];
    ct_dollars_text(dollars, nano);
    ct_json_put_key(b, key);
    ct_buf_puts(b, dollars);
}

static void put_numbers(struct ct_buf *b, const struct ct_usage_line *line)
{
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {
        { "requests", line->requests },
        { "failed", line->failed },
        { "cached", line->cached },
        { "pictures", line->pictures },
        { "input_text_tokens", line->text_tokens_in },
        { "input_image_tokens", line->image_tokens_in },
        { "output_tokens", line->image_tokens_out },
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        ct_json_put_key(b, numbers[i].key);
        ct_buf_puti(b, numbers[i].value);
    }
    put_dollars(b, "cost_usd", line->cost_real);
    put_dollars(b, "simulated_cost_usd", line->cost_simulated);
    put_dollars(b, "cost_per_picture_usd", per_picture(line));
    ct_json_put_key(b, "error_rate");
    ct_buf_printf(b, "%.6g", share(line->failed, line->requests));
    ct_json_put_key(b, "cache_hit_rate");
    ct_buf_printf(b, "%.6g", share(line->cached, line->requests));
}

static void put_json_line(struct report *r, const struct ct_usage_line *line)
{
    char group[320];
    group_text(group, r, line);
    ct_buf_puts(r->out, r->n ? ",{" : "{");
    ct_json_put_key(r->out, by_words[r->query->by]);
    ct_json_put_cstring(r->out, group);
    put_numbers(r->out, line);
    ct_buf_putc(r->out, '}');
}

/* RFC 4180; a spreadsheet must not take what a client called its user for a formula. */
static void put_csv_text(struct ct_buf *b, const char *text)
{
    ct_buf_putc(b, '"');
    if (strchr("=+-@\t\r", text[0]) && text[0])
        ct_buf_putc(b, '\'');
    for (; *text; text++) {
        if (*text == '"')
            ct_buf_putc(b, '"');
        ct_buf_putc(b, *text);
    }
    ct_buf_putc(b, '"');
}

static void put_csv_line(struct report *r, const struct ct_usage_line *line)
{
    char group[320], real[32], simulated[32], each[32];
    group_text(group, r, line);
    ct_dollars_text(real, line->cost_real);
    ct_dollars_text(simulated, line->cost_simulated);
    ct_dollars_text(each, per_picture(line));
    put_csv_text(r->out, group);
    ct_buf_printf(r->out,
                  ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
                  ",%" PRId64 ",%s,%s,%s,%.6g,%.6g\r\n",
                  line->requests, line->failed, line->cached, line->pictures, line->text_tokens_in,
                  line->image_tokens_in, line->image_tokens_out, real, simulated, each,
                  share(line->failed, line->requests), share(line->cached, line->requests));
}

static void put_table_line(struct report *r, const char *group, const struct ct_usage_line *line)
{
    char real[32], simulated[32], each[32];
    ct_cost_text(real, line->cost_real);
    ct_cost_text(simulated, line->cost_simulated);
    ct_cost_text(each, per_picture(line));
    ct_buf_printf(r->out,
                  "%-24s %9" PRId64 " %9" PRId64 " %12" PRId64 " %14s %14s %12s %6.1f%% %6.1f%%\n",
                  group, line->requests, line->pictures, line->image_tokens_out, real, simulated,
                  each, 100 * share(line->failed, line->requests),
                  100 * share(line->cached, line->requests));
}

static void add(struct ct_usage_line *total, const struct ct_usage_line *line)
{
    total->requests += line->requests;
    total->failed += line->failed;
    total->cached += line->cached;
    total->pictures += line->pictures;
    total->text_tokens_in += line->text_tokens_in;
    total->image_tokens_in += line->image_tokens_in;
    total->image_tokens_out += line->image_tokens_out;
    total->cost_real += line->cost_real;
    total->cost_simulated += line->cost_simulated;
}

static ct_code put_line(void *ctx, const struct ct_usage_line *line, struct ct_err *err)
{
    struct report *r = ctx;
    char group[320];
    (void)err;
    if (r->format == CT_REPORT_JSON) {
        put_json_line(r, line);
    } else if (r->format == CT_REPORT_CSV) {
        put_csv_line(r, line);
    } else {
        group_text(group, r, line);
        put_table_line(r, group[0] ? group : "(none)", line);
    }
    add(&r->total, line);
    r->n++;
    return CT_OK;
}

static void begin(struct report *r)
{
    char from[16], to[16];
    const char *by = by_words[r->query->by];
    ct_day_text(from, r->query->from_day);
    ct_day_text(to, r->query->to_day);
    if (r->format == CT_REPORT_JSON)
        ct_buf_printf(
            r->out, "{\"object\":\"usage\",\"by\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"data\":[",
            by, from, to);
    else if (r->format == CT_REPORT_CSV)
        ct_buf_printf(r->out,
                      "%s,requests,failed,cached,pictures,input_text_tokens,input_image_tokens,"
                      "output_tokens,cost_usd,simulated_cost_usd,cost_per_picture_usd,error_rate,"
                      "cache_hit_rate\r\n",
                      by);
    else
        ct_buf_printf(r->out, "%-24s %9s %9s %12s %14s %14s %12s %7s %7s\n", by, "requests",
                      "pictures", "tokens out", "cost", "simulated", "a picture", "errors",
                      "cached");
}

static void finish(struct report *r)
{
    if (r->format == CT_REPORT_JSON) {
        ct_buf_puts(r->out, "],\"total\":{");
        put_numbers(r->out, &r->total);
        ct_buf_puts(r->out, "}}");
    } else if (r->format == CT_REPORT_TABLE && r->n > 1) {
        put_table_line(r, "total", &r->total);
    } else if (r->format == CT_REPORT_TABLE && r->n == 0) {
        char from[16], to[16];
        ct_day_text(from, r->query->from_day);
        ct_day_text(to, r->query->to_day);
        ct_buf_printf(r->out, "No requests from %s to %s.\n", from, to);
    }
}

ct_code ct_report_write(struct ct_buf *out, struct ct_sql *sql, const struct ct_usage_query *query,
                        enum ct_report_format format, struct ct_err *err)
{
    struct report r = { .out = out, .query = query, .format = format };
    begin(&r);
    CT_TRY(ct_usage_lines(sql, query, put_line, &r, err));
    finish(&r);
    return out->failed ? ct_fail(err, CT_E_MEMORY, NULL, "The report is too long.") : CT_OK;
}
