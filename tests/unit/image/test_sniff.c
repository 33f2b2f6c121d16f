#include "t.h"

#include "image/sniff.h"

static int sniff(struct ct_slice bytes)
{
    enum ct_format format;
    return ct_sniff(&format, bytes) ? (int)format : -1;
}

TEST(sniff__knows_the_formats)
{
    CHECK_INT(sniff(CT_S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")), CT_FORMAT_PNG);
    CHECK_INT(sniff(CT_S("\xff\xd8\xff\xe0\0\x10JFIF")), CT_FORMAT_JPEG);
    CHECK_INT(sniff(CT_S("\xff\xd8\xff\xdb")), CT_FORMAT_JPEG);
    CHECK_INT(sniff(CT_S("RIFF\x24\0\0\0WEBPVP8 ")), CT_FORMAT_WEBP);
}

TEST(sniff__refuses_everything_else)
{
    CHECK_INT(sniff(CT_S("")), -1);
    CHECK_INT(sniff((struct ct_slice){ NULL, 0 }), -1);
    CHECK_INT(sniff(CT_S("GIF89a")), -1);
    CHECK_INT(sniff(CT_S("RIFF\x24\0\0\0WAVEfmt ")), -1);
    CHECK_INT(sniff(CT_S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")), -1);
    CHECK_INT(sniff(CT_S("\x89PNG\n\x1a\n\0\0")), -1); /* line ends damaged on the way */
}

TEST(sniff__refuses_every_cut_start)
{
    static const struct ct_slice whole[] = {
        { "\x89PNG\r\n\x1a\n", 8 },
        { "\xff\xd8\xff", 3 },
        { "RIFF\x24\0\0\0WEBP", CT_SNIFF_BYTES },
    };
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
        CHECK(sniff(whole[i]) >= 0);
        for (size_t len = 0; len < whole[i].len; len++)
            CHECK_INT(sniff(ct_slice_n(whole[i].ptr, len)), -1);
    }
}
