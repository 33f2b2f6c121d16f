/* See urls.h. */
#include "api/urls.h"

#include "base/clock.h"
#include "policy/url_sign.h"

void ct_url_put_base(struct ct_buf *b, const struct ct_call *call)
{
    if (call->api->public_url)
        ct_buf_puts(b, call->api->public_url);
    else
        ct_buf_printf(b, "http://%s", call->host);
}

void ct_url_put_picture(struct ct_buf *b, const struct ct_call *call, const char *name)
{
    ct_url_put_base(b, call);
    (void)ct_pictures_touch(call->api->pictures, ct_slice(name)); /* it has a live URL now */
    ct_url_sign_picture(b, &call->api->url_key, name, ct_clock_wall() + call->api->url_ttl_s);
}

/* "http://host/v1/files/img/NAME?...", signed anew; anything else as it is. */
static void renew(struct ct_buf *b, const struct ct_call *call, struct ct_slice url)
{
    static const char path[] = "/v1/files/img/";
    const char *at = memmem(url.ptr, url.len, path, sizeof(path) - 1);
    struct ct_slice name, query;
    char picture[CT_PICTURE_NAME_MAX];
    size_t before = at ? (size_t)(at - url.ptr) : 0;
    if (!at ||
        !ct_slice_cut(ct_slice_sub(url, before + sizeof(path) - 1, url.len), '?', &name, &query) ||
        !ct_picture_is_name(name)) {
        ct_buf_put(b, url);
        return;
    }
    memcpy(picture, name.ptr, name.len);
    picture[name.len] = '\0';
    ct_buf_put(b, ct_slice_n(url.ptr, before));
    (void)ct_pictures_touch(call->api->pictures, name);
    ct_url_sign_picture(b, &call->api->url_key, picture, ct_clock_wall() + call->api->url_ttl_s);
}

/* Only what stands behind our own "url": is touched. A client's texts (safety_identifier, what
 * warnings quote of a prompt) may look like a URL of ours too, and signing those would give away
 * any picture; in JSON their quotes are escaped, so none of them can look like the member. */
void ct_url_renew(struct ct_buf *b, const struct ct_call *call, struct ct_slice text)
{
    static const char member[] = "\"url\":\"";
    const char *at;
    while ((at = memmem(text.ptr, text.len, member, sizeof(member) - 1)) != NULL) {
        size_t start = (size_t)(at - text.ptr) + sizeof(member) - 1;
        const char *quote = memchr(text.ptr + start, '"', text.len - start);
        if (!quote)
            break;
        ct_buf_put(b, ct_slice_sub(text, 0, start));
        renew(b, call, ct_slice_sub(text, start, (size_t)(quote - text.ptr)));
        text = ct_slice_sub(text, (size_t)(quote - text.ptr), text.len);
    }
    ct_buf_put(b, text);
}
