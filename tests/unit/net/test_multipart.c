/* Forms taken apart: whatever way the bytes are cut, the parts are the same; and what could be read
 * in two ways is not read at all. */
#include "net/multipart.h"
#include "t.h"

#define TYPE "multipart/form-data; boundary=bnd"
#define DISPOSITION "Content-Disposition: form-data; name="

/* What the handler heard, as text: "[name]" or "<name>" of a file, its bytes, "|". */
struct heard {
    char text[4096];
    size_t len;
    int refuse_after; /* parts; 0: never */
};

static void hear(struct heard *h, struct ct_slice s)
{
    if (s.len > sizeof(h->text) - 1 - h->len)
        s.len = sizeof(h->text) - 1 - h->len;
    memcpy(h->text + h->len, s.ptr ? s.ptr : "", s.len);
    h->len += s.len;
    h->text[h->len] = '\0';
}

static ct_code on_part(void *ctx, const struct ct_multipart_part *part, struct ct_err *err)
{
    struct heard *h = ctx;
    if (h->refuse_after && --h->refuse_after == 0)
        return ct_fail(err, CT_E_OVERLOADED, NULL, "Enough.");
    hear(h, part->has_filename ? CT_S("<") : CT_S("["));
    hear(h, part->name);
    hear(h, part->has_filename ? CT_S(">") : CT_S("]"));
    return CT_OK;
}

static ct_code on_data(void *ctx, struct ct_slice bytes, struct ct_err *err)
{
    CHECK(bytes.len > 0);
    hear(ctx, bytes);
    return CT_OK;
}

static ct_code on_end(void *ctx, struct ct_err *err)
{
    hear(ctx, CT_S("|"));
    return CT_OK;
}

/* Feeds the body cut into [0, a), [a, b), [b, end). */
static ct_code feed(struct heard *h, const char *type, struct ct_slice body, size_t a, size_t b,
                    struct ct_err *err)
{
    struct ct_multipart m;
    memset(h, 0, sizeof(*h));
    const struct ct_multipart_handler handler = { h, on_part, on_data, on_end };
    CT_TRY(ct_multipart_init(&m, ct_slice(type), &handler, err));
    CT_TRY(ct_multipart_feed(&m, ct_slice_sub(body, 0, a), err));
    CT_TRY(ct_multipart_feed(&m, ct_slice_sub(body, a, b), err));
    CT_TRY(ct_multipart_feed(&m, ct_slice_sub(body, b, body.len), err));
    return ct_multipart_finish(&m, err);
}

static ct_code feed_bytes(struct heard *h, const char *type, struct ct_slice body,
                          struct ct_err *err)
{
    struct ct_multipart m;
    memset(h, 0, sizeof(*h));
    const struct ct_multipart_handler handler = { h, on_part, on_data, on_end };
    CT_TRY(ct_multipart_init(&m, ct_slice(type), &handler, err));
    for (size_t i = 0; i < body.len; i++)
        CT_TRY(ct_multipart_feed(&m, ct_slice_n(body.ptr + i, 1), err));
    return ct_multipart_finish(&m, err);
}

static void check(const char *type, struct ct_slice body, const char *expected)
{
    struct heard h;
    struct ct_err err = { 0 };
    ct_code code = feed(&h, type, body, body.len, body.len, &err);
    if (code != CT_OK)
        t_fail(__FILE__, __LINE__, "%s: %s", type, err.msg);
    else
        CHECK_STR(h.text, expected);
}

static void check_refused(const char *type, struct ct_slice body, const char *why)
{
    struct heard h;
    struct ct_err err = { 0 };
    CHECK_INT(feed(&h, type, body, body.len, body.len, &err), CT_E_FORM);
    if (!strstr(err.msg, why))
        t_fail(__FILE__, __LINE__, "expected \"%s\", got \"%s\"", why, err.msg);
    CHECK_INT(feed_bytes(&h, type, body, &err), CT_E_FORM);
    if (!strstr(err.msg, why))
        t_fail(__FILE__, __LINE__, "byte by byte: expected \"%s\", got \"%s\"", why, err.msg);
}

/* Data that looks like a delimiter in every way but one. */
#define LOOKALIKES "\r\n--bn\r\n--\r\r\n-bnd\r\r\n--bnD--bnd\n--bnd\r\n-\r"

static const char form[] = "--bnd\r\n" DISPOSITION "\"model\"\r\n\r\ngpt-image-2\r\n"
                           "--bnd\r\n" DISPOSITION "\"image[]\"; filename=\"a.png\"\r\n"
                           "Content-Type: image/png\r\n\r\n" LOOKALIKES "\r\n"
                           "--bnd\r\n" DISPOSITION "empty\r\n\r\n\r\n"
                           "--bnd--\r\n";
static const char form_heard[] = "[model]gpt-image-2|<image[]>" LOOKALIKES "|[empty]|";

TEST(multipart__reads_a_form_cut_at_every_two_places)
{
    struct ct_slice body = CT_S(form);
    struct heard h;
    struct ct_err err = { 0 };
    for (size_t a = 0; a <= body.len; a++) {
        for (size_t b = a; b <= body.len; b++) {
            if (feed(&h, TYPE, body, a, b, &err) != CT_OK || strcmp(h.text, form_heard) != 0) {
                t_fail(__FILE__, __LINE__, "cut at %zu and %zu: %s %s", a, b, err.msg, h.text);
                return;
            }
        }
    }
    CHECK_INT(feed_bytes(&h, TYPE, body, &err), CT_OK);
    CHECK_STR(h.text, form_heard);
}

TEST(multipart__every_beginning_of_a_form_is_incomplete)
{
    struct ct_slice body = CT_S(form);
    struct heard h;
    struct ct_err err = { 0 };
    for (size_t len = 0; len < body.len - 2; len++)
        CHECK_INT(feed(&h, TYPE, ct_slice_n(form, len), len / 2, len, &err), CT_E_FORM);
    check(TYPE, ct_slice_n(form, body.len - 2), form_heard); /* the last CRLF may be missing */
    check_refused(TYPE, ct_slice_n(form, body.len - 1), "before its final boundary");
    check_refused(TYPE, ct_slice_n(form, body.len - 4), "before its final boundary");
    check_refused(TYPE, CT_S(""), "empty");
}

TEST(multipart__reads_content_types_as_libraries_write_them)
{
    check("multipart/form-data; boundary=\"bnd\"", CT_S(form), form_heard);
    check("multipart/form-data;boundary=bnd", CT_S(form), form_heard);
    check("multipart/form-data; charset=utf-8; Boundary=bnd ;x=\"a;b\"", CT_S(form), form_heard);
    check("multipart/form-data; boundary=\"=_a/c:1?'()+.\"", CT_S("--=_a/c:1?'()+.--"), "");
}

TEST(multipart__refuses_content_types_without_a_usable_boundary)
{
    check_refused("multipart/form-data", CT_S(form), "no boundary");
    check_refused("multipart/form-data; boundary=", CT_S(form), "not 1 to 70");
    check_refused("multipart/form-data; boundary=\"\"", CT_S(form), "not 1 to 70");
    check_refused("multipart/form-data; boundary=\"a\tb\"", CT_S(form), "not 1 to 70");
    check_refused("multipart/form-data; boundary=bnd; boundary=bnd", CT_S(form), "twice");
    check_refused("multipart/form-data; boundary=\"bnd", CT_S(form), "does not end");
    check_refused("multipart/form-data; boundary", CT_S(form), "without a value");
    check_refused("multipart/form-data; boundary="
                  "12345678901234567890123456789012345678901234567890123456789012345678901",
                  CT_S(form), "not 1 to 70");
}

/* A form of one part with this header and the data "x". */
static struct ct_slice one(char out[8192], const char *header)
{
    int len = snprintf(out, 8192, "--bnd\r\n%s\r\n\r\nx\r\n--bnd--\r\n", header);
    return ct_slice_n(out, (size_t)len);
}

TEST(multipart__takes_file_names_in_every_form)
{
    static const char *const files[] = {
        "filename=\"upload\"",
        "filename=\"a b.png\"",
        "filename=a.png",
        "filename=\"\"",
        "filename=\"b\xc3\xa4r \xe2\x98\x95.png\"",
        "filename=\"say %22hi%22.png\"",
        "filename=\"say \\\"hi; name=x\\\".png\"",
        "filename=\"C:\\dir\\a.png\"",
        "filename=\"../../etc/passwd\"",
        "filename*=UTF-8''na%C3%AFve.png",
        "filename=\"a\"; filename*=UTF-8''a",
        "FileName=\"a;b\"",
    };
    char body[8192], header[512];
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        snprintf(header, sizeof(header), DISPOSITION "\"image\"; %s", files[i]);
        check(TYPE, one(body, header), "<image>x|");
        snprintf(header, sizeof(header), "content-type:image/png\r\ncontent-disposition:form-data;"
                                         "%s;name=\"image\"", files[i]);
        check(TYPE, one(body, header), "<image>x|");
    }
}

TEST(multipart__refuses_headers_that_can_be_read_two_ways)
{
    static const struct {
        const char *header, *why;
    } cases[] = {
        { "Content-Type: text/plain", "no Content-Disposition" },
        { "", "no Content-Disposition" },
        { "Content-Disposition: attachment; name=\"a\"", "not form-data" },
        { "Content-Disposition: form-data", "no name" },
        { "Content-Disposition: form-data; filename=\"a\"", "no name" },
        { DISPOSITION "\"\"", "no name" },
        { DISPOSITION "\"a\"; name=\"b\"", "twice" },
        { DISPOSITION "\"a\"; filename=\"b\"; filename=\"c\"", "twice" },
        { DISPOSITION "\"a\"\r\n" DISPOSITION "\"b\"", "two Content-Dispositions" },
        { DISPOSITION "\"a", "does not end" },
        { DISPOSITION "\"a\"b", "does not end" },
        { DISPOSITION "\"a\"; filename=\"ends in \\\"", "does not end" },
        { DISPOSITION "\"a\"; x", "without a value" },
        { DISPOSITION "\"a\"\r\nno colon", "without a colon" },
        { DISPOSITION "\"a\"\r\n: no name", "without a colon" },
        { DISPOSITION "\"a\";\r\n filename=\"b\"", "folded" },
        { DISPOSITION "\"a\"\r\nContent-Type: Multipart/mixed; boundary=in", "multipart body itself" },
        { DISPOSITION "\"a\"\r\nContent-Transfer-Encoding: base64", "Transfer-Encoding" },
        { DISPOSITION "\"a\"\nContent-Type: image/png", "bare LF" },
        { DISPOSITION "\"a\rb\"", "control byte" },
        { DISPOSITION "\"a\x01\"", "control byte" },
    };
    char body[8192];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_refused(TYPE, one(body, cases[i].header), cases[i].why);
    check_refused(TYPE, CT_S("--bnd\r\n" DISPOSITION "\"a\0b\"\r\n\r\nx\r\n--bnd--"), "control byte");
    check(TYPE, one(body, DISPOSITION "\"a\"\r\nContent-Transfer-Encoding: 8BIT"), "[a]x|");
}

TEST(multipart__refuses_bodies_that_can_be_read_two_ways)
{
#define PART "\r\n" DISPOSITION "\"a\"\r\n\r\nx"
    check_refused(TYPE, CT_S("--bnd\n" DISPOSITION "\"a\"\n\nx\n--bnd--\n"), "bare LF");
    check_refused(TYPE, CT_S("hello\r\n--bnd" PART "\r\n--bnd--"), "does not begin");
    check_refused(TYPE, CT_S("--other" PART "\r\n--other--"), "does not begin");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bndinside\r\n--bnd--"), "inside a file");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd \r\n--bnd--"), "inside a file");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd-x"), "inside a file");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd\rx"), "inside a file");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd--\r\nmore"), "behind its final");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd--more"), "behind its final");
    check_refused(TYPE, CT_S("--bnd" PART "\r\n--bnd--\r\n--bnd" PART "\r\n--bnd--"), "behind");
    check_refused(TYPE, CT_S("--bnd" PART "\n--bnd--\r\n"), "before its final boundary");
    check(TYPE, CT_S("\r\n--bnd" PART "\r\n--bnd--"), "[a]x|");
    check(TYPE, CT_S("--bnd--"), ""); /* a form without parts is one */
}

TEST(multipart__counts_parts_and_header_bytes)
{
    struct ct_multipart m;
    struct heard h = { 0 };
    struct ct_err err = { 0 };
    const struct ct_multipart_handler handler = { &h, on_part, on_data, on_end };
    static char body[8192], header[5000];
    REQUIRE(ct_multipart_init(&m, ct_slice(TYPE), &handler, &err) == CT_OK);
    for (int i = 0; i < CT_MULTIPART_MAX_PARTS; i++)
        CHECK_INT(ct_multipart_feed(&m, i ? CT_S("\r\n--bnd" PART) : CT_S("--bnd" PART), &err),
                  CT_OK);
    CHECK_INT(ct_multipart_feed(&m, CT_S("\r\n--bnd" PART), &err), CT_E_FORM);
    CHECK(strstr(err.msg, "128 parts"));

    memset(header, 'a', sizeof(header));
    memcpy(header, DISPOSITION "\"a\"; filename=\"", strlen(DISPOSITION) + 15);
    strcpy(header + 4092 - 1, "\""); /* and the CRLF CRLF: exactly as long as allowed */
    check(TYPE, one(body, header), "<a>x|");
    memcpy(header + 4092 - 1, "a\"", 3);
    check_refused(TYPE, one(body, header), "longer than 4096");
}

TEST(multipart__passes_on_what_the_handler_refuses)
{
    struct ct_multipart m;
    struct heard h = { .refuse_after = 2 };
    struct ct_err err = { 0 };
    const struct ct_multipart_handler handler = { &h, on_part, on_data, on_end };
    REQUIRE(ct_multipart_init(&m, ct_slice(TYPE), &handler, &err) == CT_OK);
    CHECK_INT(ct_multipart_feed(&m, CT_S(form), &err), CT_E_OVERLOADED);
    CHECK_STR(h.text, "[model]gpt-image-2|");
}
