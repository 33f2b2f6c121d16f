"""images.edit of the official OpenAI SDK for Python: every way it has to hand over pictures. What an
edit draws is another suite's matter."""

import io

import openai
import pytest

from forms import noise_png, png, ring_png

ASK = dict(model="gpt-image-2", prompt="make it navy blue, keep everything else identical", quality="low")


def test_one_picture_in_every_form(client, tmp_path):
    path = tmp_path / "a b.png"
    path.write_bytes(png())
    with open(path, "rb") as file:
        for image in (path, file, png(), io.BytesIO(png()), ("na\u00efve.png", png(), "image/png"),
                      ("x", png(200, 200))):
            client.images.edit(image=image, **ASK)


def test_a_list_and_a_mask(client):
    client.images.edit(image=[png(), png()], **ASK)
    client.images.edit(image=[("a.png", png())] * 16, **ASK)
    client.images.edit(image=png(), mask=png(alpha=True), **ASK)
    client.images.edit(image=[png(), png()], mask=("m.png", png(alpha=True)), n=2, size="1024x1024",
                       output_format="webp", background="opaque", output_compression=70, user="me",
                       extra_body={"seed": 3}, **ASK)


def test_a_picture_of_ours_comes_back_to_be_edited(client):
    import base64
    drawn = client.images.generate(model="gpt-image-2", prompt="a white ceramic mug on a marble table",
                                   size="1024x1024", quality="low")
    picture = base64.b64decode(drawn.data[0].b64_json)
    reply = client.images.edit(
        image=picture,
        **(ASK | {"prompt": "change the mug's colour to navy blue, keep everything else identical"}))
    assert reply.size == "1024x1024"
    assert reply.usage.input_tokens_details.image_tokens == 1024


def test_a_stream_of_an_edit_has_its_own_events(client):
    with client.images.edit(image=png(), stream=True, partial_images=1, **ASK) as events:
        types = [event.type for event in events]
    assert types[-1] == "image_edit.completed"
    assert set(types) <= {"image_edit.partial_image", "image_edit.completed"}


@pytest.mark.parametrize("more, code, param", [
    (dict(image=b"Example data"), "invalid_image_file", "image"),
    (dict(image=[png(), b"Example data"]), "invalid_image_file", "image[1]"),
    (dict(image=[png()] * 17), "array_above_max_length", "image"),
    (dict(image=png(), mask=png(32, 32, alpha=True)), "invalid_image_file", "mask"),
    (dict(image=png(), input_fidelity="high"), "invalid_input_fidelity_model", "input_fidelity"),
    (dict(image=png(), n=11), "integer_above_max_value", "n"),
    (dict(image=png(), model="gpt-image-9"), "invalid_value", "model"),
], ids=lambda v: v if isinstance(v, str) else "")
def test_refusals(client, more, code, param):
    with pytest.raises(openai.BadRequestError) as caught:
        client.images.edit(**(ASK | more))
    assert (caught.value.code, caught.value.param) == (code, param)


def test_a_variation(client):
    client.images.create_variation(image=png(), n=1, size="1024x1024")
    client.images.create_variation(image=png(), model="dall-e-2")


def test_edits_under_the_strict_contract(strict_client):
    strict_client.images.edit(image=png(), **ASK)


def test_the_asynchronous_client(server):
    import asyncio

    async def run():
        async with openai.AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0) as client:
            return await client.images.edit(image=[png(), png()], mask=png(alpha=True), **ASK)
    try:
        asyncio.run(run())
    except openai.BadRequestError as error:
        assert error.code == "edit_not_supported"


def test_a_markup_which_the_sdk_has_no_word_for(client):
    """As JSON through a raw post, and as a file of a form."""
    import base64
    ask = ASK | dict(model="gpt-image-2.5-sunburst", prompt="make this navy blue")
    url = lambda data: {"image_url": "data:image/png;base64," + base64.b64encode(data).decode()}
    by_json = client.post("/images/edits", cast_to=openai.types.ImagesResponse,
                          body=ask | {"images": [url(png())], "markup": url(ring_png())})
    by_form = client.post("/images/edits", cast_to=openai.types.ImagesResponse, body=ask,
                          files=[("image", ("a.png", png())), ("markup", ("m.png", ring_png()))],
                          options={"headers": {"Content-Type": "multipart/form-data"}})
    assert by_json.data[0].b64_json == by_form.data[0].b64_json
    assert by_form.usage.input_tokens_details.image_tokens == 32
    with pytest.raises(openai.BadRequestError) as caught:
        client.post("/images/edits", cast_to=openai.types.ImagesResponse,
                    body=ASK | {"images": [url(png())], "markup": url(ring_png())})
    assert (caught.value.code, caught.value.param) == ("unknown_parameter", "markup")
