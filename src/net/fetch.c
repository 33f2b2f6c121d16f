#include "net/fetch.h"
void ct_fetch_all(struct ct_fetch_item *items, int n, const struct ct_fetch_options *options,
                  bool (*cancelled)(void *ctx), void *ctx)
{
    for (int i = 0; i < n; i++)
        (void)ct_fail(&items[i].err, CT_E_IMAGE_URL, NULL, "URLs cannot be fetched yet.");
}
