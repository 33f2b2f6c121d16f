/* URLs that users name. Checked beside memory errors: what was read once reads the same again, a
 * host that anybody could take for a number is an address, and none of the forms that readers
 * disagree about gets through. */
#include "net/url.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_url url, again;
    struct sockaddr_storage address;
    struct ct_err err;
    if (ct_url_parse(&url, ct_slice_n((const char *)data, size), &err) != CT_OK) {
        require(err.code == CT_E_IMAGE_URL && err.msg[0]);
        return 0;
    }
    require(url.port >= 1 && url.port <= 65535 && url.host[0]);
    require(strpbrk(url.host, "@/\\?#%[] ") == NULL);
    require(strspn(url.host, "0123456789.") != strlen(url.host) || url.literal);
    require(ct_url_address(&address, &url) == url.literal);
    require(ct_url_parse(&again, ct_slice(url.text), &err) == CT_OK);
    require(strcmp(again.text, url.text) == 0 && strcmp(again.host, url.host) == 0);
    require(again.port == url.port && again.https == url.https && again.literal == url.literal);
    if (url.literal)
        (void)ct_address_is_public((const struct sockaddr *)&address);
    return 0;
}
