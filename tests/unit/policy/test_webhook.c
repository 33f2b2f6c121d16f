#include "t.h"

#include "policy/webhook.h"

/* The vector of the official documentation. */
#define SECRET "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="
#define ID "wh_685c059ae39c8190af8c71ed1022a24d"
#define BODY                                                                                       \
    "{\"id\": \"evt_685c059ae3a481909bdc86819b066fb6\", \"object\": \"event\", "                   \
    "\"created_at\": 1750861210, \"type\": \"response.completed\", "                               \
    "\"data\": {\"id\": \"resp_123\"}}"
#define SIGNATURE "v1,gUAg4R2hWouRZqRQG4uJypNS8YK885G838+EHb4nKBY="

static const struct ct_webhook hook = { { ID, sizeof(ID) - 1 },
                                        1750861210,
                                        { BODY, sizeof(BODY) - 1 } };

static struct ct_slice key_of(struct ct_webhook_key *key, const char *text)
{
    CHECK(ct_webhook_key_read(key, ct_slice(text)));
    return ct_slice_n((const char *)key->bytes, key->len);
}

TEST(webhook__signs_the_official_vector)
{
    struct ct_webhook_key key;
    struct ct_buf b;
    ct_buf_init(&b, 256);
    ct_webhook_put_signature(&b, key_of(&key, SECRET), &hook);
    CHECK_STR(ct_buf_text(&b), SIGNATURE);
    ct_webhook_put_signature(&b, CT_S("plain"), &hook);
    CHECK(strncmp(ct_buf_text(&b), SIGNATURE " v1,", sizeof(SIGNATURE) + 3) == 0);
    CHECK_INT(b.len, 2 * (sizeof(SIGNATURE) - 1) + 1);
    ct_buf_release(&b);
}

TEST(webhook__believes_what_is_right_and_nothing_else)
{
    struct ct_webhook_key key;
    struct ct_slice k = key_of(&key, SECRET);
    struct ct_webhook other = hook;
    CHECK(ct_webhook_verify(CT_S(SIGNATURE), k, &hook));
    CHECK(ct_webhook_verify(CT_S("v1,AAAA v2,x " SIGNATURE), k, &hook));
    CHECK(!ct_webhook_verify(CT_S(""), k, &hook));
    CHECK(!ct_webhook_verify((struct ct_slice){ NULL, 0 }, k, &hook));
    CHECK(!ct_webhook_verify(CT_S("v2,gUAg4R2hWouRZqRQG4uJypNS8YK885G838+EHb4nKBY="), k, &hook));
    CHECK(!ct_webhook_verify(CT_S(SIGNATURE "="), k, &hook));
    CHECK(!ct_webhook_verify(CT_S(SIGNATURE), CT_S("another"), &hook));
    other.timestamp++;
    CHECK(!ct_webhook_verify(CT_S(SIGNATURE), k, &other));
    other = hook;
    other.id.len--;
    CHECK(!ct_webhook_verify(CT_S(SIGNATURE), k, &other));
    other = hook;
    other.body.len--;
    CHECK(!ct_webhook_verify(CT_S(SIGNATURE), k, &other));
}

TEST(webhook__reads_secrets)
{
    struct ct_webhook_key key;
    CHECK_SLICE(key_of(&key, "plain text"), "plain text");
    CHECK(!ct_webhook_key_read(&key, CT_S("")));
    CHECK(!ct_webhook_key_read(&key, CT_S("whsec_")));
    CHECK(!ct_webhook_key_read(&key, CT_S("whsec_no base64")));
    char longest[400];
    memset(longest, 'A', sizeof(longest));
    memcpy(longest, "whsec_", 6);
    CHECK(!ct_webhook_key_read(&key, ct_slice_n(longest, 398)));
    CHECK(!ct_webhook_key_read(&key, ct_slice_n(longest + 6, 129)));
}

TEST(webhook__secrets_differ_by_key_and_generation_and_come_back)
{
    const struct ct_secret server = { { 7 } };
    struct ct_secret a, again, b, c;
    char text[CT_WEBHOOK_SECRET_MAX];
    struct ct_webhook_key key;
    ct_webhook_secret(&a, &server, CT_S("key_1"), 0);
    ct_webhook_secret(&again, &server, CT_S("key_1"), 0);
    ct_webhook_secret(&b, &server, CT_S("key_1"), 1);
    ct_webhook_secret(&c, &server, CT_S("key_2"), 0);
    CHECK(memcmp(&a, &again, sizeof(a)) == 0);
    CHECK(memcmp(&a, &b, sizeof(a)) != 0);
    CHECK(memcmp(&a, &c, sizeof(a)) != 0);
    ct_webhook_secret_text(text, &a);
    struct ct_slice bytes = key_of(&key, text);
    CHECK_INT(bytes.len, sizeof(a.bytes));
    CHECK(memcmp(bytes.ptr, a.bytes, sizeof(a.bytes)) == 0);
}
