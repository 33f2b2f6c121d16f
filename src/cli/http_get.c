/* See http_get.h. */
#include "cli/http_get.h"

#include <curl/curl.h>
#include <stdio.h>

#define TIMEOUT_MS 5000L

static size_t take(char *bytes, size_t size, size_t n, void *ctx)
{
    struct ct_buf *out = ctx;
    ct_buf_append(out, bytes, size * n);
    return out->failed ? 0 : size * n;
}

ct_code ct_http_get(struct ct_buf *out, int *status, const char *url, const char *key,
                    struct ct_err *err)
{
    char field[1024];
    long code = 0;
    struct curl_slist *fields = NULL;
    CURL *curl = curl_easy_init();
    if (!curl)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory.");
    if (key) {
        snprintf(field, sizeof(field), "Authorization: Bearer %s", key);
        fields = curl_slist_append(NULL, field);
    }
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "calotype/" CALOTYPE_VERSION);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
    CURLcode rc = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    curl_slist_free_all(fields);
    curl_easy_cleanup(curl);
    *status = (int)code;
    return rc == CURLE_OK ? CT_OK
                          : ct_fail(err, CT_E_UPSTREAM, NULL, "%s does not answer: %s.", url,
                                    curl_easy_strerror(rc));
}
