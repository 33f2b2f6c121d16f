"""The official OpenAI SDK for Python against a running server: what its users do every day."""

import asyncio
import base64
import struct
import urllib.request

import openai
import pytest

from calotype import PAGE, SCENE


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_generate_gives_a_picture_of_the_asked_size(client):
    reply = client.images.generate(model="gpt-image-2", prompt=PAGE, size="1536x1024", quality="low")
    assert png_size(base64.b64decode(reply.data[0].b64_json)) == (1536, 1024)
    assert (reply.size, reply.quality, reply.output_format, reply.background) == (
        "1536x1024", "low", "png", "opaque")
    assert reply.usage.output_tokens == 158
    assert reply.usage.total_tokens == reply.usage.input_tokens + 158
    assert reply.usage.input_tokens_details.image_tokens == 0
    assert reply._request_id.startswith("req_") and len(reply._request_id) == 36


def test_a_rendered_scene_arrives_too(client):
    reply = client.images.generate(model="gpt-image-2", prompt=SCENE, size="1024x1024", quality="low")
    assert png_size(base64.b64decode(reply.data[0].b64_json)) == (1024, 1024)


def test_the_same_request_gives_the_same_bytes(client):
    ask = dict(model="gpt-image-2", prompt=PAGE, size="1024x1024", quality="low",
               extra_body={"seed": 7})
    first, second = client.images.generate(**ask), client.images.generate(**ask)
    assert first.data[0].b64_json == second.data[0].b64_json
    assert first.data[0].seed == 7


def test_several_pictures_differ_and_count_their_seeds(client):
    reply = client.images.generate(model="gpt-image-2", prompt=PAGE, n=3, size="1024x1024",
                                   quality="low", extra_body={"seed": 41})
    assert [d.seed for d in reply.data] == [41, 42, 43]
    assert len({d.b64_json for d in reply.data}) == 3
    assert reply.usage.output_tokens == 3 * 196


@pytest.mark.parametrize("output_format, magic", [("jpeg", b"\xff\xd8\xff"), ("webp", b"RIFF")])
def test_other_formats(client, output_format, magic):
    reply = client.images.generate(model="gpt-image-2", prompt=PAGE, size="1024x1024", quality="low",
                                   output_format=output_format, output_compression=80)
    assert base64.b64decode(reply.data[0].b64_json).startswith(magic)
    assert reply.output_format == output_format


def test_transparent_background_where_the_model_has_it(client):
    reply = client.images.generate(model="gpt-image-1.5", prompt="a red apple", size="1024x1024",
                                   quality="low", background="transparent")
    data = base64.b64decode(reply.data[0].b64_json)
    assert data[25] == 6  # colour type: RGB with alpha
    assert reply.background == "transparent"


def test_stream_brings_partials_then_the_picture(client):
    events = list(client.images.generate(model="gpt-image-2", prompt=SCENE, size="1024x1024",
                                         quality="low", stream=True, partial_images=2))
    assert [e.type for e in events] == ["image_generation.partial_image"] * 2 + [
        "image_generation.completed"]
    assert [e.partial_image_index for e in events[:2]] == [0, 1]
    pictures = [base64.b64decode(e.b64_json) for e in events]
    assert len(set(pictures)) == 3, "each stage of the rendering looks different"
    assert all(png_size(p) == (1024, 1024) for p in pictures)
    assert events[-1].usage.output_tokens == 196 + 2 * 100


def test_stream_without_partials_is_one_event(client):
    events = list(client.images.generate(model="gpt-image-2", prompt=PAGE, size="1024x1024",
                                         quality="low", stream=True))
    assert [e.type for e in events] == ["image_generation.completed"]


def test_url_reply_can_be_fetched(client):
    reply = client.images.generate(model="gpt-image-2", prompt=PAGE, size="1024x1024", quality="low",
                                   response_format="url")
    assert reply.data[0].b64_json is None
    with urllib.request.urlopen(reply.data[0].url) as picture:
        assert picture.headers["Content-Type"] == "image/png"
        assert png_size(picture.read()) == (1024, 1024)


def test_unknown_words_are_warned_about(client):
    reply = client.images.with_raw_response.generate(model="gpt-image-2", prompt="a purple flibberty",
                                                     size="1024x1024", quality="low")
    parsed = reply.parse()
    assert any("flibberty" in w for w in parsed.warnings)
    assert "flibberty" in reply.headers["x-calotype-warnings"]
    assert reply.headers["x-calotype-engine"] == "scene"


def test_async_client(server):
    async def draw():
        async with openai.AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0) as c:
            return await c.images.generate(model="gpt-image-2", prompt=PAGE, size="1024x1024",
                                           quality="low")
    assert asyncio.run(draw()).data[0].b64_json


def error_of(client, **changes):
    ask = dict(model="gpt-image-2", prompt="x", size="1024x1024") | changes
    with pytest.raises(openai.APIStatusError) as caught:
        client.images.generate(**ask)
    return caught.value


@pytest.mark.parametrize("changes, code, param", [
    ({"n": 0}, "integer_below_min_value", "n"),
    ({"n": 11}, "integer_above_max_value", "n"),
    ({"n": "2"}, "invalid_type", "n"),
    ({"prompt": ""}, "empty_string", "prompt"),
    ({"prompt": "x" * 32001}, "string_above_max_length", "prompt"),
    ({"size": "1000x1000"}, "invalid_value", "size"),
    ({"quality": "ultra"}, "invalid_value", "quality"),
    ({"output_format": "tiff"}, "invalid_value", "output_format"),
    ({"background": "transparent"}, "invalid_value", "background"),
    ({"model": "dall-e-3"}, "invalid_value", "model"),
    ({"extra_body": {"steps": 50}}, "unknown_parameter", "steps"),
])
def test_refusals_are_bad_requests_with_code_and_param(client, changes, code, param):
    error = error_of(client, **changes)
    assert isinstance(error, openai.BadRequestError)
    assert (error.code, error.param) == (code, param)
    assert error.type in ("invalid_request_error", "image_generation_user_error")
    assert error.request_id.startswith("req_")


def test_strict_refuses_the_extensions(strict_client):
    error = error_of(strict_client, extra_body={"seed": 1})
    assert (error.code, error.param) == ("unknown_parameter", "seed")
    error = error_of(strict_client, response_format="url")
    assert (error.code, error.param) == ("unknown_parameter", "response_format")
    with pytest.raises(openai.BadRequestError) as caught:
        strict_client.images.generate(prompt="x")
    assert caught.value.code == "missing_required_parameter"


def test_a_wrong_key_is_an_authentication_error(tmp_path):
    from calotype import Server, BINARY
    import subprocess
    subprocess.run([BINARY, "key", "create", "ada", "--data", tmp_path], check=True,
                   capture_output=True)
    with Server(data=tmp_path) as server:
        client = openai.OpenAI(base_url=server.url, api_key="sk-wrong-key-000000", max_retries=0)
        with pytest.raises(openai.AuthenticationError) as caught:
            client.models.list()
        assert caught.value.code == "invalid_api_key"
        assert "sk-wrong-key-000000" not in str(caught.value)


def test_models(client):
    ids = [m.id for m in client.models.list()]
    assert {"gpt-image-2", "gpt-image-2-2026-04-21", "gpt-image-1.5", "gpt-image-1-mini",
            "gpt-image-2.5-sunburst", "gpt-image-2.5-flare", "chatgpt-image-latest"} <= set(ids)
    assert client.models.retrieve("gpt-image-2").object == "model"
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-9")
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")


def test_what_is_not_there_is_404(client, strict_client):
    with pytest.raises(openai.NotFoundError):
        strict_client.images.create_variation(image=b"Example data")
    with pytest.raises(openai.NotFoundError):
        client.get("/no/such/path", cast_to=object)
