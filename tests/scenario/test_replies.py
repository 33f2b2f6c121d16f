"""What a successful request brings: fields, headers, pictures, and the same again tomorrow."""

import base64
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import pictures
from calotype import FAST, PAGE, SCENE, Server, wait_until

TRANSPARENT = FAST | {"model": "gpt-image-1.5", "background": "transparent"}


def decode(reply, index=0):
    return base64.b64decode(reply["data"][index]["b64_json"], validate=True)


@pytest.mark.parametrize("method, path, body, status", [
    ("POST", "/v1/images/generations", FAST, 200), ("POST", "/v1/images/generations", {}, 400),
    ("GET", "/v1/models", None, 200), ("GET", "/v1/models/gpt-image-2", None, 200),
    ("GET", "/v1/models/none", None, 404), ("GET", "/v1/nowhere", None, 404),
    ("PUT", "/v1/models", None, 405), ("GET", "/v1/files/img/x", None, 403)])
def test_every_v1_reply_carries_the_official_headers(server, method, path, body, status):
    got, headers, _ = server.request(method, path, body, {"OpenAI-Organization": "org-test"})
    assert got == status
    assert re.fullmatch(r"req_[0-9a-f]{32}", headers["x-request-id"])
    assert headers["openai-version"] == "2020-10-01"
    assert headers["openai-organization"] == "org-test"
    assert headers["openai-processing-ms"].isdigit()
    assert headers["x-calotype-engine"] == "scene"
    assert headers["content-type"] == "application/json"


def test_the_organization_has_a_default_and_a_project_is_echoed(server):
    headers = server.request("GET", "/v1/models", headers={"OpenAI-Project": "proj_1"})[1]
    assert headers["openai-organization"] == "calotype"
    assert headers["openai-project"] == "proj_1"


def test_request_ids_are_never_repeated(server):
    ids = {server.request("GET", "/v1/models")[1]["x-request-id"] for _ in range(50)}
    assert len(ids) == 50


def test_processing_time_is_measured(server):
    started = time.monotonic()
    headers = server.generate(**FAST | {"n": 3})[1]
    assert 0 < int(headers["openai-processing-ms"]) <= (time.monotonic() - started) * 1000 + 1


def test_the_reply_has_the_official_shape(strict_server):
    before = int(time.time())
    status, _, reply = strict_server.generate(**FAST)
    assert status == 200
    assert list(reply) == ["created", "background", "data", "output_format", "quality", "size",
                           "usage"]
    assert before <= reply["created"] <= time.time()
    assert (reply["background"], reply["output_format"], reply["quality"], reply["size"]) == (
        "opaque", "png", "low", "1024x1024")
    assert list(reply["data"][0]) == ["b64_json"]
    usage = reply["usage"]
    assert set(usage) == {"total_tokens", "input_tokens", "output_tokens", "input_tokens_details",
                          "output_tokens_details"}
    assert usage["input_tokens_details"] == {"text_tokens": usage["input_tokens"],
                                             "image_tokens": 0}
    assert usage["output_tokens_details"] == {"image_tokens": 196, "text_tokens": 0}
    assert usage["total_tokens"] == usage["input_tokens"] + 196


@pytest.mark.parametrize("size, quality, tokens", [
    ("1024x1024", "low", 196), ("1024x1024", "medium", 1756), ("1024x1024", "high", 7024),
    ("1536x1024", "low", 158), ("1024x1536", "high", 5488), ("1536x864", "low", 120),
    ("2048x1152", "medium", 1413), ("2560x1440", "low", 205), ("3840x2160", "high", 13342),
    ("768x1024", "low", 134), ("2880x2880", "low", 659)])
def test_usage_is_the_official_price(server, size, quality, tokens):
    _, _, reply = server.generate(prompt=PAGE, size=size, quality=quality, output_format="jpeg")
    assert (reply["usage"]["output_tokens"], reply["size"], reply["quality"]) == (
        tokens, size, quality)
    assert pictures.size_of(decode(reply)) == tuple(map(int, size.split("x")))


def test_text_tokens_are_counted(server):
    short = server.generate(**FAST | {"prompt": "a" * 4})[2]["usage"]["input_tokens"]
    longer = server.generate(**FAST | {"prompt": "a" * 400})[2]["usage"]["input_tokens"]
    assert short == 1 + 6 and longer == 100 + 6


@pytest.mark.parametrize("output_format", ["png", "jpeg", "webp"])
def test_formats(server, output_format):
    _, _, reply = server.generate(**FAST | {"size": "1536x864", "output_format": output_format})
    data = decode(reply)
    assert data.startswith(pictures.MAGIC[output_format])
    assert pictures.size_of(data) == (1536, 864)
    assert reply["output_format"] == output_format


def test_a_png_is_whole_and_opaque(server):
    data = server.picture(**FAST)
    assert not pictures.png_has_alpha(data)
    green = pictures.png_channel(data, 1)
    assert len(green) == 1024 * 1024 and len(set(green)) > 16, "something is drawn"


@pytest.mark.parametrize("output_format", ["jpeg", "webp"])
def test_compression_makes_smaller_files(server, output_format):
    best, worst = (len(server.picture(**FAST | {"output_format": output_format,
                                                "output_compression": c})) for c in (100, 20))
    assert worst < best / 2


def test_several_pictures(server):
    status, _, reply = server.generate(**FAST | {"n": 10, "seed": 5})
    assert status == 200 and len(reply["data"]) == 10
    assert [d["seed"] for d in reply["data"]] == list(range(5, 15))
    assert len({d["b64_json"] for d in reply["data"]}) == 10
    assert reply["usage"]["output_tokens"] == 10 * 196


def test_a_picture_of_a_set_is_the_picture_of_its_seed(server):
    set_of_three = server.generate(**FAST | {"n": 3, "seed": 5})[2]
    assert decode(set_of_three, 2) == server.picture(**FAST | {"seed": 7})


def test_seeds_wrap_within_32_bits(server):
    reply = server.generate(**FAST | {"n": 2, "seed": 2 ** 31 - 1})[2]
    assert [d["seed"] for d in reply["data"]] == [2 ** 31 - 1, -2 ** 31]


def test_another_seed_is_another_picture(server):
    one, two, one_again = (server.picture(**FAST | {"seed": seed}) for seed in (1, 2, 1))
    assert one == one_again and one != two


def test_strict_replies_name_no_seed_and_no_model(strict_server):
    reply = strict_server.generate(**FAST | {"n": 2})[2]
    assert [list(d) for d in reply["data"]] == [["b64_json"]] * 2
    assert "model" not in reply and "warnings" not in reply


@pytest.mark.parametrize("keys, identifier", [
    ({"user": "u1"}, "u1"), ({"safety_identifier": "s1"}, "s1"),
    ({"user": "u1", "safety_identifier": "s1"}, "s1"),
    ({"user": "u1", "safety_identifier": ""}, "u1"), ({"user": 7}, None), ({}, None)])
def test_the_safety_identifier_is_echoed(strict_server, keys, identifier):
    assert strict_server.generate(**FAST, **keys)[2].get("safety_identifier") == identifier


def test_extended_keys_are_honoured(server):
    _, _, reply = server.generate(prompt=PAGE, size="16:9", resolution="2k", quality="standard",
                                  style="natural", thinking="high", seed=9,
                                  response_format="b64_json", output_format="jpeg")
    assert (reply["size"], reply["quality"], reply["model"]) == ("2560x1440", "medium",
                                                                 "gpt-image-2")
    assert reply["data"][0]["seed"] == 9
    assert pictures.size_of(decode(reply)) == (2560, 1440)


def test_the_model_may_be_left_out_in_extended(server):
    status, _, data = server.request("POST", "/v1/images/generations",
                                     {"prompt": PAGE, "quality": "low"})
    assert status == 200 and b'"model":"gpt-image-2"' in data


def test_words_that_are_not_drawn_are_named(server, strict_server):
    ask = FAST | {"prompt": PAGE + " with a purple flibberty and a zeppelín"}
    _, headers, reply = server.generate(**ask)
    assert any("flibberty" in warning for warning in reply["warnings"])
    assert "flibberty" in headers["x-calotype-warnings"]
    assert headers["x-calotype-warnings"].isascii()
    _, headers, reply = strict_server.generate(**ask)
    assert "warnings" not in reply and headers["x-calotype-warnings"] is None


def test_hostile_prompts_are_drawn_and_split_no_header(server):
    for prompt in ("x\r\nset-cookie: a=b", "\u202e\u0007\x1b[2J", "%n%s%n", "<svg onload=x>",
                   'poster with the title "' + "W" * 5000 + '"', "🦊" * 2000,
                   "‫עברית عربى हिन्दी ไทย 漢字‬"):
        status, headers, _ = server.generate(**FAST | {"prompt": prompt})
        assert status == 200 and headers["set-cookie"] is None


def test_transparent_png_really_is(server):
    _, _, reply = server.generate(**TRANSPARENT)
    data = decode(reply)
    assert reply["background"] == "transparent" and pictures.png_has_alpha(data)
    alpha = pictures.png_channel(data, 3)
    assert 0 in alpha and 255 in alpha


def test_transparent_webp_really_is(server):
    width, height, rgba = pictures.webp_pixels(
        server.picture(**TRANSPARENT | {"output_format": "webp"}))
    alpha = rgba[3::4]
    assert (width, height) == (1024, 1024) and 0 in alpha and 255 in alpha


def test_gpt_image_2_is_transparent_where_the_operator_allows_it():
    with Server("--set", "allow_preview_transparent=true") as server:
        assert pictures.png_has_alpha(server.picture(**FAST | {"background": "transparent"}))


def test_models_are_listed_as_the_official_api_does(server):
    _, _, data = server.request("GET", "/v1/models")
    listed = json.loads(data)
    assert listed["object"] == "list"
    ids = [m["id"] for m in listed["data"]]
    assert len(ids) == len(set(ids)) and {"gpt-image-2", "gpt-image-1.5"} <= set(ids)
    for model in listed["data"]:
        assert model["object"] == "model" and model["owned_by"] and model["created"] > 1.6e9
        one = json.loads(server.request("GET", "/v1/models/" + model["id"])[2])
        assert one == model


@pytest.fixture(scope="module")
def wide_and_narrow():
    """Two servers, the second on one CPU with one runner. The scene in a file is signed with the
    server's secret: theirs is the same."""
    secret = {"CALOTYPE_SECRET": "5a" * 32}
    narrow = Server("--set", "runners=1", environment=secret)
    narrow.arguments = ["taskset", "-c", "0", *narrow.arguments]
    with Server(environment=secret) as wide, narrow:
        yield wide, narrow


@pytest.mark.parametrize("changes", [
    {}, {"output_format": "webp"}, {"output_format": "jpeg", "size": "2048x1152"},
    {"prompt": SCENE, "size": "1024x640"}], ids=["png", "webp", "jpeg", "rendering"])
def test_the_same_request_gives_the_same_bytes_on_any_number_of_threads(wide_and_narrow, changes):
    wide, narrow = wide_and_narrow
    body = FAST | {"seed": 11} | changes
    assert narrow.picture(**body) == wide.picture(**body)


def test_health_tells_what_is_running(server):
    assert wait_until(lambda: server.jobs() == (0, 0))
    health = server.health()
    assert health["status"] == "ok" and health["live"] is health["ready"] is True
    assert health["engine"] == "scene" and re.fullmatch(r"\d+\.\d+\.\d+\S*", health["version"])
    assert server.request("GET", "/health/ready", headers={"Authorization": None})[0] == 200
    assert server.request("GET", "/health/live", headers={"Authorization": None})[0] == 200


def test_concurrent_requests_are_all_served_the_same_bytes(server):
    alone = server.picture(**FAST | {"seed": 3})
    with ThreadPoolExecutor(16) as pool:
        drawn = set(pool.map(lambda _: server.picture(**FAST | {"seed": 3}), range(48)))
    assert drawn == {alone}
