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
    ct_url_sign_picture(b, &call->api->url_key, name, ct_clock_wall() + call->api->url_ttl_s);
}
