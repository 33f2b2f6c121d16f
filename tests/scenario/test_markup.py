"""`markup` of edits: strokes over the first picture. Its way in, its refusals, its tokens, and that
tasks, Idempotency-Key and the content cache know it. What strokes mean is the unit tests' matter."""

import json
import signal
import threading
import uuid

import pytest

from calotype import ENDLESS, Server, cli, wait_until
from forms import CONTENT_TYPE, IMAGE, LOW, MODEL, form, part, png, ring_png
from test_edit_tasks import as_json, directly, kept, picture, submit
from test_edits import EDITS, assert_refused, assert_taken, data_url, edit, edit_json
from test_tasks import ask

NEW = "gpt-image-2.5-sunburst"
TAKES_IT = part("model", NEW)
THIS = part("prompt", "make this navy blue")
PARTS = (TAKES_IT, THIS, LOW, IMAGE)
MARKUP = part("markup", ring_png(), "strokes.png", "image/png")


def test_a_markup_is_taken_and_counted_like_a_picture(server, strict_server):
    answer = edit(server, *PARTS, MARKUP)
    assert_taken(answer)
    assert answer[1]["usage"]["input_tokens_details"]["image_tokens"] == 2 * 16
    assert_taken(edit(strict_server, *PARTS, MARKUP))
    image, strokes = {"image_url": data_url(png())}, {"image_url": data_url(ring_png())}
    for model in (NEW, "gpt-image-2.5-flare", "gpt-image-2.5-sunburst-2026-09-08"):
        assert_taken(edit_json(server, model=model, prompt="make this blue", images=[image],
                               markup=strokes))
    assert_taken(edit_json(server, model=NEW, images=[image], markup=None))


def test_a_markup_may_be_a_file_of_the_files_api(server):
    ids = []
    for name, data in (("a.png", png()), ("m.png", ring_png())):
        status, _, body = server.request("POST", "/v1/files", headers=CONTENT_TYPE,
                                         raw=form(part("purpose", "vision"), part("file", data, name)))
        assert status == 200, body
        ids.append({"file_id": json.loads(body)["id"]})
    answer = edit_json(server, model=NEW, prompt="make this blue", images=[ids[0]], markup=ids[1])
    assert_taken(answer)
    assert_refused(edit_json(server, model=NEW, images=[ids[0]], markup={"file_id": "file-none"}),
                   "invalid_value", "markup.file_id")


@pytest.mark.parametrize("parts, code, message", [
    ((MODEL, THIS, LOW, IMAGE, MARKUP), "unknown_parameter",
     "Unknown parameter: 'markup'. The model 'gpt-image-2' does not take it."),
    ((*PARTS, MARKUP, part("mask", png(alpha=True), "m.png")), "mutually_exclusive_parameters",
     "Mutually exclusive parameters: 'mask' and 'markup'."),
    ((*PARTS, part("markup", ring_png(32, 64), "m.png")), "invalid_image_file",
     "Invalid markup image: its size 32x64 is not the size 64x64 of image 1"),
    ((*PARTS, part("markup", png(), "m.png")), "invalid_image_file", "it has no alpha channel"),
    ((*PARTS, part("markup", b"Example data", "m.png")), "invalid_image_file",
     "Invalid image file or mode for markup"),
    ((*PARTS, MARKUP, MARKUP), "invalid_value", "twice"),
    ((*PARTS, part("markup", png(alpha=True, clear=True), "m.png")), "edit_not_supported", "has no strokes"),
], ids=["model without", "with a mask", "size", "no alpha", "no picture", "twice", "no strokes"])
def test_a_markup_is_refused(server, parts, code, message):
    assert_refused(edit(server, *parts), code, "markup", message)


def test_other_routes_do_not_know_it(server):
    status, _, body = server.request("POST", "/v1/images/generations", {
        "model": NEW, "prompt": "a mug", "quality": "low", "markup": {"image_url": data_url(ring_png())}})
    assert_refused((status, json.loads(body)), "unknown_parameter", "markup")
    assert_refused(edit(server, TAKES_IT, LOW, IMAGE, MARKUP, path="/v1/images/variations"),
                   "unknown_parameter", "markup")


def test_a_task_keeps_it_through_a_kill(tmp_path):
    first = Server("--set", "runners=1", data=tmp_path)
    first.start()
    busy = threading.Thread(target=lambda: pytest.raises(OSError, first.generate, **ENDLESS))
    busy.start()
    assert wait_until(lambda: first.jobs()[1] == 1)
    body = as_json(**{"async": True, "model": NEW, "prompt": "make this navy blue",
                      "images": [{"image_url": data_url(png())}],
                      "markup": {"image_url": data_url(ring_png())}})
    del body["mask"], body["seed"]
    tasks = [submit(first, *PARTS, MARKUP, part("async", "true")), ask(first, "POST", EDITS, body)[2]["id"]]
    assert kept(first) == sorted(f"{task}.{i}" for task in tasks for i in (0, 17))
    first.signal(signal.SIGKILL)
    first.stop()
    busy.join()
    with Server(data=tmp_path) as second:
        expected = directly(second, *PARTS, MARKUP)
        assert [picture(second, task) for task in tasks] == [expected, expected]
        assert kept(second) == []


def test_an_idempotency_key_and_the_cache_tell_markups_apart():
    other = part("markup", ring_png(radius=20), "strokes.png")
    with Server("--set", "cache=true") as server:
        def post(*parts, **fields):
            return server.request("POST", EDITS, raw=form(*parts), headers=CONTENT_TYPE | fields)
        key = {"Idempotency-Key": str(uuid.uuid4())}
        status, fields, first = post(*PARTS, MARKUP, **key)
        assert status == 200 and fields["x-calotype-cache"] == "miss", first
        status, fields, again = post(*PARTS, MARKUP, **key)
        assert (status, fields["x-calotype-idempotent-replay"], again) == (200, "true", first)
        status, _, body = post(*PARTS, other, **key)
        assert_refused((status, json.loads(body)), "idempotency_key_reuse", None)
        assert wait_until(lambda: post(*PARTS, MARKUP)[1]["x-calotype-cache"] == "hit", 5)
        assert post(*PARTS, other)[1]["x-calotype-cache"] == "miss"
        assert post(*PARTS)[1]["x-calotype-cache"] == "miss"


def test_the_command_line_has_it(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "m.png").write_bytes(ring_png())
    done = cli("edit", str(tmp_path / "a.png"), "--markup", str(tmp_path / "m.png"), "-p",
               "make this navy blue", "--quality", "low", "-o", str(tmp_path / "out.png"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    done = cli("edit", str(tmp_path / "a.png"), "--markup", str(tmp_path / "m.png"), "--dry-run", "-p", "x")
    assert f"model={NEW}" in done.stdout and "markup=(" in done.stdout
