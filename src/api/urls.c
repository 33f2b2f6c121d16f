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

void ct_url_renew(struct ct_buf *b, const struct ct_call *call, struct ct_slice text)
{
    static const char path[] = "/v1/files/img/";
    const char *at;
    while ((at = memmem(text.ptr, text.len, path, sizeof(path) - 1)) != NULL) {
        struct ct_slice rest = ct_slice_sub(text, (size_t)(at - text.ptr) + sizeof(path) - 1,
                                            text.len);
        struct ct_slice name, behind;
        char picture[CT_PICTURE_NAME_MAX];
        const char *quote = memchr(rest.ptr, '"', rest.len);
        if (!quote || !ct_slice_cut(rest, '?', &name, &behind) || name.len >= sizeof(picture))
            break;
        memcpy(picture, name.ptr, name.len);
        picture[name.len] = '\0';
        ct_buf_put(b, ct_slice_n(text.ptr, (size_t)(at - text.ptr)));
        (void)ct_pictures_touch(call->api->pictures, name);
        ct_url_sign_picture(b, &call->api->url_key, picture,
                            ct_clock_wall() + call->api->url_ttl_s);
        text = ct_slice_sub(text, (size_t)(quote - text.ptr), text.len);
    }
    ct_buf_put(b, text);
}
