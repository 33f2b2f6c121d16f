#include "t.h"

#include "contract/model.h"
#include "policy/price.h"

struct fixture {
    struct ct_catalogue *catalogue;
    struct ct_image_request request;
};

static bool set_up(struct fixture *f)
{
    if (ct_catalogue_load(&f->catalogue, NULL, NULL) != CT_OK)
        return false;
    f->request = (struct ct_image_request){
        .model = ct_catalogue_find(f->catalogue, CT_S("gpt-image-2")),
        .prompt = CT_S("a mug"),
        .n = 1,
        .width = 1024,
        .height = 1024,
        .quality = CT_QUALITY_LOW,
    };
    return f->request.model != NULL;
}

static int64_t worst(struct fixture *f)
{
    int64_t cost = -1;
    CHECK_INT(ct_price_worst_case(&cost, &f->request, NULL), CT_OK);
    return cost;
}

TEST(price__grows_with_pictures_and_partials)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    int64_t one = worst(&f);
    CHECK(one > 0);
    f.request.n = 2;
    int64_t two = worst(&f);
    CHECK(two > one);
    f.request.partial_images = 3;
    CHECK(worst(&f) > two);
    /* Each of the two pictures may send three partials. */
    struct ct_usage usage = ct_usage_of(&f.request, 6);
    CHECK_INT(worst(&f), ct_usage_cost(f.request.model, &usage));
    ct_catalogue_free(&f.catalogue);
}

TEST(price__an_unknown_price_is_refused_before_work)
{
    struct fixture f;
    REQUIRE(set_up(&f));
    struct ct_model unpriced = *f.request.model;
    struct ct_err err = { 0 };
    int64_t cost = -1;
    unpriced.price.known = false;
    f.request.model = &unpriced;
    CHECK_INT(ct_price_worst_case(&cost, &f.request, &err), CT_E_PRICE);
    CHECK_INT(cost, 0);
    CHECK_STR(err.param, "model");
    CHECK(strstr(err.msg, "gpt-image-2") != NULL);
    ct_catalogue_free(&f.catalogue);
}
