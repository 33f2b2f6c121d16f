"""What is refused, over HTTP: status, type, code, param and the official sentence.

The rows of the contract are covered in depth by tests/unit/contract; here one of each kind goes the
whole way, and what no body may do to the server is tried on it.
"""

import json

import pytest

from calotype import FAST, PAGE, Server

PATH = "/v1/images/generations"
INVALID, USER = "invalid_request_error", "image_generation_user_error"
PARSE = "We could not parse the JSON body of your request. (HINT: "


def ask(server, body):
    """The error object of a body (an object, or raw bytes) that must be refused with 400."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    status, headers, data = server.request("POST", PATH, raw=raw)
    assert status == 400, (status, data[:300])
    assert headers["content-type"] == "application/json"
    assert headers["x-request-id"].startswith("req_")
    reply = json.loads(data)
    assert set(reply) == {"error"} and set(reply["error"]) == {"message", "type", "param", "code"}
    return reply["error"]


def without(key):
    return {k: v for k, v in FAST.items() if k != key}


ROWS = {
    "missing prompt": (without("prompt"), INVALID, "missing_required_parameter", "prompt",
                       "Missing required parameter: 'prompt'."),
    "unknown key": (FAST | {"colour": 1}, INVALID, "unknown_parameter", "colour",
                    "Unknown parameter: 'colour'."),
    "unknown key of null": (FAST | {"colour": None}, INVALID, "unknown_parameter", "colour",
                            "Unknown parameter: 'colour'."),
    "keys of edits": (FAST | {"image": "x"}, INVALID, "unknown_parameter", "image",
                      "Unknown parameter: 'image'."),
    "string wanted": (FAST | {"model": None}, INVALID, "invalid_type", "model",
                      "Invalid type for 'model': expected a string, but got null instead."),
    "prompt of another type": (FAST | {"prompt": 3}, INVALID, "invalid_type", "prompt",
                               "Invalid type for 'prompt': expected a string, but got an integer "
                               "instead."),
    "prompt is an object": (FAST | {"prompt": {}}, INVALID, "invalid_type", "prompt",
                            "Invalid type for 'prompt': expected a string, but got an object "
                            "instead."),
    "integer wanted, string": (FAST | {"n": "2"}, INVALID, "invalid_type", "n",
                               "Invalid type for 'n': expected an integer, but got a string "
                               "instead."),
    "integer wanted, boolean": (FAST | {"n": True}, INVALID, "invalid_type", "n",
                                "Invalid type for 'n': expected an integer, but got a boolean "
                                "instead."),
    "integer wanted, decimal": (FAST | {"n": 1.5}, INVALID, "invalid_type", "n",
                                "Invalid type for 'n': expected an integer, but got a decimal "
                                "number instead."),
    "boolean wanted": (FAST | {"stream": "yes"}, INVALID, "invalid_type", "stream",
                       "Invalid type for 'stream': expected a boolean, but got a string instead."),
    "word wanted, integer": (FAST | {"quality": 3}, INVALID, "invalid_type", "quality",
                             "Invalid type for 'quality': expected one of 'low', 'medium', 'high', "
                             "or 'auto', but got an integer instead."),
    "unknown quality": (FAST | {"quality": "ultra"}, INVALID, "invalid_value", "quality",
                        "Invalid value: 'ultra'. Supported values are: 'low', 'medium', 'high', "
                        "and 'auto'."),
    "unknown format": (FAST | {"output_format": "gif"}, INVALID, "invalid_value", "output_format",
                       "Invalid value: 'gif'. Supported values are: 'png', 'webp', and 'jpeg'."),
    "unknown moderation": (FAST | {"moderation": "high"}, INVALID, "invalid_value", "moderation",
                           "Invalid value: 'high'. Supported values are: 'auto' and 'low'."),
    "unknown background": (FAST | {"background": "red"}, INVALID, "invalid_value", "background",
                           "Invalid value: 'red'. Supported values are: 'transparent', 'opaque', "
                           "and 'auto'."),
    "below minimum": (FAST | {"n": 0}, INVALID, "integer_below_min_value", "n",
                      "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 "
                      "instead."),
    "above maximum": (FAST | {"n": 11}, INVALID, "integer_above_max_value", "n",
                      "Invalid 'n': integer above maximum value. Expected a value <= 10, but got "
                      "11 instead."),
    "compression above maximum": (FAST | {"output_format": "jpeg", "output_compression": 101},
                                  INVALID, "integer_above_max_value", "output_compression",
                                  "Invalid 'output_compression': integer above maximum value. "
                                  "Expected a value <= 100, but got 101 instead."),
    "partial images above maximum": (FAST | {"partial_images": 4}, INVALID,
                                     "integer_above_max_value", "partial_images",
                                     "Invalid 'partial_images': integer above maximum value. "
                                     "Expected a value <= 3, but got 4 instead."),
    "empty string": (FAST | {"prompt": ""}, INVALID, "empty_string", "prompt",
                     "Invalid 'prompt': empty string. Expected a string with minimum length 1, but "
                     "got an empty string instead."),
    "long prompt": (FAST | {"prompt": "é" * 32001}, INVALID, "string_above_max_length", "prompt",
                    "Invalid 'prompt': string too long. Expected a string with maximum length "
                    "32000, but got a string with length 32001 instead."),
    "unknown model": (FAST | {"model": "dall-e-3"}, USER, "invalid_value", "model",
                      "The model 'dall-e-3' does not exist."),
    "size syntax": (FAST | {"size": "bogus"}, USER, "invalid_value", "size",
                    "Invalid size 'bogus'. Expected WIDTHxHEIGHT, for example '1824x1024'."),
    "size not of 16": (FAST | {"size": "1792x936"}, USER, "invalid_value", "size",
                       "Invalid size '1792x936'. Width and height must both be divisible by 16."),
    "size too long": (FAST | {"size": "3856x2160"}, USER, "invalid_value", "size",
                      "Invalid size '3856x2160'. The longest edge must be less than or equal to "
                      "3840."),
    "size too small": (FAST | {"size": "512x512"}, USER, "invalid_value", "size",
                       "Invalid size '512x512'. Requested resolution is below the current minimum "
                       "pixel budget."),
    "size too large": (FAST | {"size": "3840x3840"}, USER, "invalid_value", "size",
                       "Invalid size '3840x3840'. Requested resolution exceeds the current pixel "
                       "budget."),
    "size of another type": (FAST | {"size": 1024}, INVALID, "invalid_type", "size",
                             "Invalid type for 'size': expected a string, but got an integer "
                             "instead."),
    "transparent where it is not": (FAST | {"background": "transparent"}, USER, "invalid_value",
                                    "background",
                                    "Transparent background is not supported for this model."),
    "transparent JPEG": (FAST | {"model": "gpt-image-1.5", "background": "transparent",
                                 "output_format": "jpeg"}, USER, "invalid_value", "background",
                         "Transparent background is not supported for JPEG output format"),
    "seed outside 32 bits": (FAST | {"seed": 2 ** 31}, INVALID, "integer_above_max_value", "seed",
                             "Invalid 'seed': integer above maximum value. Expected a value <= "
                             "2147483647, but got 2147483648 instead."),
    "integer beyond 64 bits": (FAST | {"n": 10 ** 30}, INVALID, "integer_above_max_value", "n",
                               "Invalid 'n': integer above maximum value. Expected a value <= 10, "
                               "but got 1000000000000000000000000000000 instead."),
}


@pytest.mark.parametrize("row", ROWS)
def test_parameters_are_refused_in_the_official_words(server, row):
    body, kind, code, param, message = ROWS[row]
    assert ask(server, body) == {"message": message, "type": kind, "param": param, "code": code}


def test_a_wrong_ratio_names_the_limits(server):
    error = ask(server, FAST | {"size": "3840x1024"})
    assert (error["type"], error["code"], error["param"]) == (USER, "invalid_value", "size")
    assert error["message"].startswith("Invalid size '3840x1024'. ")
    assert "aspect ratio" in error["message"] and "between 1:3 and 3:1" in error["message"]


def test_classic_models_take_three_sizes(server):
    error = ask(server, FAST | {"model": "gpt-image-1.5", "size": "1536x864"})
    assert (error["code"], error["param"]) == ("invalid_value", "size")
    assert "'1024x1024'" in error["message"] and "'auto'" in error["message"]


@pytest.mark.parametrize("bad, param", [
    ({"model": "none", "zzz": 1, "prompt": 1, "n": 0, "quality": "x", "size": "x"}, "model"),
    ({"zzz": 1, "prompt": 1, "n": 0, "quality": "x", "size": "x"}, "zzz"),
    ({"prompt": 1, "n": 0, "quality": "x", "size": "x"}, "prompt"),
    ({"n": 0, "quality": "x", "output_compression": -1, "size": "x"}, "n"),
    ({"quality": "x", "output_compression": -1, "size": "x"}, "quality"),
    ({"output_compression": -1, "size": "x", "background": "x"}, "output_compression"),
    ({"size": "x", "background": "x"}, "size"),
])
def test_only_the_first_failure_is_told_in_the_official_order(server, bad, param):
    keys = list(bad)
    assert ask(server, FAST | bad)["param"] == param
    backwards = {k: bad[k] for k in reversed(keys)} | {k: v for k, v in FAST.items() if k not in bad}
    assert ask(server, backwards)["param"] == param, "the order of the keys does not matter"


def test_null_means_omitted_for_optional_parameters(server):
    status, _, reply = server.generate(
        prompt=PAGE, n=None, size=None, quality=None, stream=None, output_compression=None,
        partial_images=None, output_format=None, background=None, moderation=None, user=None,
        safety_identifier=None, seed=None, response_format=None)
    assert status == 200, reply
    assert (len(reply["data"]), reply["size"], reply["output_format"], reply["background"]) == (
        1, "1024x1024", "png", "opaque")
    assert reply["quality"] in ("low", "medium", "high") and "safety_identifier" not in reply


@pytest.mark.parametrize("user", ["name", 7, True, ["a"], {"b": 1}])
def test_user_may_be_anything(server, user):
    assert server.generate(**FAST, user=user)[0] == 200


# What may not even be JSON: refused by one sentence that says what stood where.
GARBAGE = {
    "nothing at all": b"",
    "no JSON": b"prompt=a+cat",
    "an array": b'[{"model":"gpt-image-2"}]',
    "a string": b'"a cat"',
    "null": b"null",
    "cut short": b'{"model":"gpt-image-2","prompt":"a',
    "a comma too many": b'{"model":"gpt-image-2","prompt":"a",}',
    "something behind it": b'{"model":"gpt-image-2","prompt":"a"} x',
    "single quotes": b"{'prompt':'a'}",
    "NaN": b'{"prompt":"a","n":NaN}',
    "leading zero": b'{"prompt":"a","n":01}',
    "invalid UTF-8": b'{"prompt":"\xff\xfe"}',
    "overlong UTF-8": b'{"prompt":"\xc0\xaf"}',
    "surrogate in UTF-8": b'{"prompt":"\xed\xa0\x80"}',
    "byte order mark of UTF-16": '{"prompt":"a"}'.encode("utf-16"),
    "a raw control byte": b'{"prompt":"a\nb"}',
    "NUL escaped": b'{"prompt":"a\\u0000b"}',
    "NUL raw": b'{"prompt":"a\0b"}',
    "lone high surrogate": b'{"prompt":"\\ud800"}',
    "lone low surrogate": b'{"prompt":"a\\udc00b"}',
    "1,000 arrays deep": b'{"prompt":' + b"[" * 1000 + b"]" * 1000 + b"}",
    "1,000 objects deep": b'{"a":' * 1000 + b"1" + b"}" * 1000,
    "a million open brackets": b"[" * 1000000,
    "duplicate keys": b'{"prompt":"a","prompt":"b"}',
    "duplicate keys, one escaped": b'{"prompt":"a","pr\\u006fmpt":"b"}',
    "10 MB of blanks": b" " * 10_000_000,
    "a million values": b'{"prompt":[' + b"0," * 1000000 + b"0]}",
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_bodies_that_are_no_json_object(server, kind):
    error = ask(server, GARBAGE[kind])
    assert (error["type"], error["code"], error["param"]) == (INVALID, None, None)
    assert error["message"].startswith(PARSE)


def test_a_fault_is_located(server):
    message = ask(server, b'{"model": "gpt-image-2",\n "prompt" "a"}')["message"]
    assert "line 2, column 11" in message


def test_10_mb_of_blanks_around_a_request_change_nothing(server):
    raw = b" " * 5_000_000 + json.dumps(FAST | {"n": 0}).encode() + b"\n" * 5_000_000
    assert ask(server, raw)["code"] == "integer_below_min_value"


def test_10_mb_of_blanks_as_prompt_are_too_long(server):
    assert ask(server, FAST | {"prompt": " " * 10_000_000})["message"].endswith(
        "but got a string with length 10000000 instead.")


def test_32000_characters_of_four_bytes_are_not_too_long(server):
    assert ask(server, FAST | {"prompt": "🦊" * 32000, "n": 0})["param"] == "n"


def test_a_prompt_of_blanks_is_drawn(server):
    assert server.generate(**FAST | {"prompt": "   "})[0] == 200


@pytest.mark.parametrize("number, code", [
    (b"1e999", "invalid_type"), (b"1e0", "invalid_type"), (b"1.0", "invalid_type"),
    (b"-0", "integer_below_min_value"), (b"-1", "integer_below_min_value"),
    (b"99999999999999999999999", "integer_above_max_value"),
    (b"-99999999999999999999999", "integer_below_min_value"), (b'"2"', "invalid_type"),
    (b"[1]", "invalid_type"), (b"{}", "invalid_type"), (b"false", "invalid_type")])
def test_numbers_that_are_no_count(server, number, code):
    error = ask(server, b'{"model":"gpt-image-2","prompt":"a","n":' + number + b"}")
    assert (error["code"], error["param"]) == (code, "n")


def test_a_long_value_is_quoted_short(server):
    error = ask(server, FAST | {"quality": "x" * 100000})
    assert len(error["message"]) < 1000 and error["message"].endswith("and 'auto'.")
    error = ask(server, FAST | {"k" * 100000: 1})
    assert len(error["message"]) < 1000 and error["code"] == "unknown_parameter"


def test_quotes_and_controls_in_a_value_stay_json(server):
    error = ask(server, FAST | {"size": '"\\\u0001\u2028é\n'})
    assert '"\\\u0001\u2028é\n' in error["message"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded",
                                          "multipart/form-data; boundary=x", "application/jsonx",
                                          "application/json-patch+json"])
def test_other_content_types_are_refused(server, content_type):
    status, _, data = server.request("POST", PATH, FAST, {"Content-Type": content_type})
    error = json.loads(data)["error"]
    assert (status, error["type"], error["code"], error["param"]) == (
        400, INVALID, "unsupported_content_type", None)
    assert error["message"] == (
        f"Unsupported content type: '{content_type}'. This API method only accepts "
        f"'application/json' requests, but you specified the header 'Content-Type: {content_type}'. "
        "Please try again with a supported content type.")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8",
                                          "Application/JSON;charset=UTF-8"])
def test_json_may_carry_a_charset(server, content_type):
    status, _, data = server.request("POST", PATH, FAST | {"n": 0}, {"Content-Type": content_type})
    assert json.loads(data)["error"]["param"] == "n", data


def test_accept_is_never_negotiated(server):
    for accept in ("application/json", "text/event-stream", "image/png", "nonsense"):
        status, headers, _ = server.request("POST", PATH, FAST, {"Accept": accept})
        assert (status, headers["content-type"]) == (200, "application/json")


def test_no_key_and_no_bearer_are_the_same_401(server):
    bodies = set()
    for value in (None, "", "Bearer", "Bearer ", "Basic dTpw", "sk-123"):
        status, _, data = server.request("POST", PATH, FAST, {"Authorization": value})
        bodies.add(data)
        assert status == 401
    error = json.loads(bodies.pop())["error"]
    assert not bodies
    assert error["message"].startswith("You didn't provide an API key.")
    assert (error["type"], error["code"], error["param"]) == (INVALID, None, None)


def test_the_scheme_may_be_written_in_any_case_and_the_key_hold_blanks(server):
    for value in ("bearer x", "BEARER x", "Bearer My API Key"):
        assert server.request("GET", "/v1/models", headers={"Authorization": value})[0] == 200


EXTENSIONS = {"seed": 1, "response_format": "b64_json", "style": "vivid", "thinking": "low",
              "resolution": "1K"}


@pytest.mark.parametrize("key", EXTENSIONS)
def test_strict_knows_no_extension(strict_server, key):
    for value in (EXTENSIONS[key], None):
        assert ask(strict_server, FAST | {key: value}) == {
            "message": f"Unknown parameter: '{key}'.", "type": INVALID, "param": key,
            "code": "unknown_parameter"}


def test_strict_takes_only_official_values(strict_server):
    assert ask(strict_server, without("model"))["message"] == "Missing required parameter: 'model'."
    assert ask(strict_server, FAST | {"quality": "hd"})["code"] == "invalid_value"
    assert ask(strict_server, FAST | {"size": "16:9"})["param"] == "size"


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def test_refused_requests_write_nothing(tmp_path):
    with Server(data=tmp_path) as server:
        before = files(tmp_path)
        for body, *_ in ROWS.values():
            ask(server, body | {"response_format": "url"})
        for raw in (b"", b"{", b'{"prompt":"\xff"}'):
            ask(server, raw)
        assert files(tmp_path) == before
        picture = server.picture(**FAST)
        scene, = files(tmp_path) - before
        assert scene.parent.parent == tmp_path / "scenes" and before < files(tmp_path)
        assert scene.stat().st_size < len(picture) / 10, (
            "of a picture in the reply only the scene is kept, so that it can be edited")


UNPRICED = """\
models:
  - id: house-1
    owned_by: house
    created: 1776729600
    sizes: free
    qualities: [low, medium, high]
    quality_auto: low
    transparent: false
    formats: [png]
    output_tokens:
      patches: { low: 16, medium: 48, high: 96 }
"""


def test_a_model_without_a_price_is_refused_before_any_work(tmp_path):
    (tmp_path / "house.yaml").write_text(UNPRICED)
    with Server("--set", f"models={tmp_path}") as server:
        status, headers, reply = server.generate(**FAST | {"model": "house-1"})
        assert status == 503 and headers["retry-after"]
        assert (reply["error"]["type"], reply["error"]["code"]) == (
            "service_unavailable_error", "image_billing_not_configured")
        assert server.generate(**FAST)[0] == 200
