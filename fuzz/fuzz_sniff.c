/* ct_sniff() on any bytes. */
#include "image/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum ct_format format = CT_FORMAT_PNG;
    if (ct_sniff(&format, ct_slice_n((const char *)data, size)) && format > CT_FORMAT_WEBP)
        __builtin_trap();
    return 0;
}
