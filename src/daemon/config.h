/* Settings: defaults, then the configuration file, then the environment, then the command line.
 *
 * One table (config.def) is the truth for names, defaults, ranges and documentation. */
#ifndef CT_DAEMON_CONFIG_H
#define CT_DAEMON_CONFIG_H

#include "base/buf.h"
#include "base/err.h"
#include "store/secret.h"

#define CT_CONFIG_TEXT_MAX 1024

struct ct_config {
    char listen[CT_CONFIG_TEXT_MAX];
    char data[CT_CONFIG_TEXT_MAX];
    char models[CT_CONFIG_TEXT_MAX]; /* "": none */
    int compat;                      /* enum ct_compat: index of the choice */
    char default_model[CT_CONFIG_TEXT_MAX];
    int allow_preview_transparent;
    int url_minutes;
    char public_url[CT_CONFIG_TEXT_MAX]; /* "": from the Host field */
    char organization[CT_CONFIG_TEXT_MAX];
    int runners, queue, task_queue, wait_seconds, task_wait_hours, task_hours, loops, drain_seconds;
    int cache, cache_mb, cache_memory_mb, cache_hours, cache_price;
    int replay_hours, replay_mb;
    int budgets_count_simulated;
    int edit_body_mb, fetch_http, fetch_private, fetchers;
    int log_level;  /* enum ct_log_level */
    int log_format; /* enum ct_log_format */
    char log_file[CT_CONFIG_TEXT_MAX]; /* "": stderr */
    int log_prompts;
    int ledger_days, min_free_mb;
    char secret[CT_CONFIG_TEXT_MAX], secret_file[CT_CONFIG_TEXT_MAX]; /* "": DATA/secret */
    char file[CT_CONFIG_TEXT_MAX]; /* the file that was read; "": none */
};

struct ct_config_override {
    const char *name;  /* a setting's name */
    const char *value;
};

/* `file`: --config (NULL: CALOTYPE_CONFIG, else XDG config folder/calotype/calotype.yaml if it is
 * there). A file that was named and is missing, an unknown key, a value out of range: CT_E_CONFIG
 * saying where and what would be right. */
CT_MUSTCHECK ct_code ct_config_load(struct ct_config *out, const char *file,
                                    const struct ct_config_override *overrides, int n_overrides,
                                    struct ct_err *err);
/* The server's secret, from where the settings say: `secret`, else `secret_file`, else DATA/secret,
 * which is made when it is missing. CT_E_CONFIG, CT_E_IO. */
CT_MUSTCHECK ct_code ct_config_secret(struct ct_secret *out, const struct ct_config *config,
                                      struct ct_err *err);
/* The reference of `calotype help config`, made from the table. */
void ct_config_describe(struct ct_buf *b);

#endif
