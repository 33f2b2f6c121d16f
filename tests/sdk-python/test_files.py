"""The Files API by the official OpenAI SDK for Python, and its files as pictures of edits."""

import openai
import pytest

from forms import png


def test_create_retrieve_list_content_delete(client, tmp_path):
    path = tmp_path / "a b.png"
    path.write_bytes(png())
    with open(path, "rb") as opened:
        file = client.files.create(file=opened, purpose="vision")
    assert (file.object, file.filename, file.purpose, file.bytes, file.status) == (
        "file", "a b.png", "vision", path.stat().st_size, "processed")
    other = client.files.create(file=("b.png", png()), purpose="user_data",
                                expires_after={"anchor": "created_at", "seconds": 3600})
    assert other.expires_at - other.created_at == 3600
    assert client.files.retrieve(file.id) == file
    assert [f.id for f in client.files.list(purpose="vision")] == [file.id]
    assert {f.id for f in client.files.list(limit=1)} == {file.id, other.id}  # two pages
    assert client.files.content(file.id).read() == path.read_bytes()
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError, match="No such File object"):
        client.files.retrieve(file.id)


def test_what_is_refused(client):
    with pytest.raises(openai.BadRequestError) as caught:
        client.files.create(file=png(), purpose="fun")
    assert (caught.value.code, caught.value.param) == ("invalid_value", "purpose")


def test_an_edit_names_its_pictures(client):
    image = client.files.create(file=("a.png", png()), purpose="vision")
    mask = client.files.create(file=("m.png", png(alpha=True)), purpose="vision")
    reply = client.post("/images/edits", cast_to=openai.types.ImagesResponse, body={
        "model": "gpt-image-2", "prompt": "change the background to pink", "quality": "low",
        "images": [{"file_id": image.id}], "mask": {"file_id": mask.id}})
    assert reply.data[0].b64_json and reply.usage.input_tokens_details.image_tokens
