#include "base/err.h"
#include "base/utf8.h"
#include "t.h"

#include <errno.h>

TEST(err__fills_every_field)
{
    struct ct_err err;
    CHECK(ct_fail(&err, CT_E_VALUE, "size", "width %d is odd", 7) == CT_E_VALUE);
    CHECK(err.code == CT_E_VALUE);
    CHECK_STR(err.param, "size");
    CHECK_STR(err.msg, "width 7 is odd");
}

TEST(err__takes_no_error_and_no_parameter)
{
    struct ct_err err;
    CHECK(ct_fail(NULL, CT_E_IO, "x", "y") == CT_E_IO);
    CHECK(ct_fail(&err, CT_E_IO, NULL, "y") == CT_E_IO);
    CHECK_STR(err.param, "");
    errno = ENOENT;
    CHECK(ct_fail_errno(NULL, CT_E_IO, "y") == CT_E_IO);
}

TEST(err__cuts_long_text_between_characters)
{
    struct ct_err err;
    char text[3001];
    for (int offset = 0; offset < 3; offset++) {
        memset(text, 'a', 3000);
        for (int i = offset; i + 3 <= 3000; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 3);
        text[3000] = '\0';
        ct_fail(&err, CT_E_VALUE, text, "%s", text);
        CHECK(ct_utf8_valid(ct_slice(err.msg)));
        CHECK(ct_utf8_valid(ct_slice(err.param)));
        CHECK(strlen(err.msg) > sizeof(err.msg) - 4);
        CHECK(strlen(err.param) > sizeof(err.param) - 4);
    }
}

TEST(err__message_may_quote_itself)
{
    struct ct_err err;
    ct_fail(&err, CT_E_VALUE, "a", "first");
    ct_fail(&err, CT_E_CONFIG, err.param, "file: %s", err.msg);
    CHECK_STR(err.msg, "file: first");
    CHECK_STR(err.param, "a");
}

TEST(err__errno_names_the_reason)
{
    struct ct_err err;
    errno = ENOENT;
    CHECK(ct_fail_errno(&err, CT_E_IO, "cannot open %s", "x") == CT_E_IO);
    CHECK_STR(err.msg, "cannot open x: No such file or directory");
}

TEST(err__every_code_has_its_row)
{
    for (int code = CT_OK + 1; code < CT_CODE_COUNT; code++) {
        const struct ct_err_info *info = ct_err_info((ct_code)code);
        CHECK(info->status >= 400 && info->status < 600);
        CHECK(info->type && info->type[0]);
        CHECK(info->doc && info->doc[0]);
    }
    CHECK_INT(ct_err_info(CT_E_RATE)->status, 429);
    CHECK_STR(ct_err_info(CT_E_RATE)->code, "rate_limit_exceeded");
    CHECK(ct_err_info(CT_E_JSON)->code == NULL);
}

TEST(err__names_lead_to_their_rows_and_back)
{
    for (int code = CT_OK; code < CT_CODE_COUNT; code++) {
        ct_code back = CT_CODE_COUNT;
        CHECK(ct_err_by_name(&back, ct_slice(ct_err_name((ct_code)code))));
        CHECK_INT(back, code);
    }
    ct_code none = CT_E_IO;
    CHECK_STR(ct_err_name(CT_E_RATE), "E_RATE");
    CHECK(!ct_err_by_name(&none, CT_S("E_RAT")) && !ct_err_by_name(&none, (struct ct_slice){ 0 }));
    CHECK_INT(none, CT_E_IO);
}

TEST(err__an_unknown_code_is_internal)
{
    CHECK(ct_err_info((ct_code)9999) == ct_err_info(CT_E_INTERNAL));
    CHECK(ct_err_info((ct_code)-1) == ct_err_info(CT_E_INTERNAL));
}
