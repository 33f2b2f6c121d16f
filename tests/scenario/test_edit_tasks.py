"""Edits that do not wait: tasks with pictures, which outlive the client, a kill -9, and no end."""

import base64
import json
import os
import signal
import threading
import time

import pytest

from calotype import ENDLESS, Server, wait_until
from forms import CONTENT_TYPE, LOW, MODEL, form, noise_png, part, png
from receiver import REACHABLE, Receiver
from test_tasks import ask, wait

EDITS = "/v1/images/edits"
LARGE = noise_png(200, 200)  # does not stay in memory while it comes
PARTS = (MODEL, part("prompt", "change the background to pink"), LOW, part("seed", 5),
         part("n", 1), part("user", "someone"), part("image", LARGE, "large.png"))
MASK = part("mask", png(200, 200, alpha=True), "mask.png")


def data_url(data):
    return "data:image/png;base64," + base64.b64encode(data).decode()


def as_json(**more):
    return {"model": "gpt-image-2", "prompt": "change the background to pink", "quality": "low",
            "seed": 5, "images": [{"image_url": data_url(LARGE)}],
            "mask": {"image_url": data_url(png(200, 200, alpha=True))}} | more


def post(server, *parts, path=EDITS, **fields):
    status, headers, body = server.request("POST", path, raw=form(*parts), headers=CONTENT_TYPE | fields)
    return status, headers, json.loads(body)


def submit(server, *parts, **fields):
    status, _, task = post(server, *parts, **fields)
    assert status == 202, task
    return task["id"]


def kept(server):
    """The files of tasks' pictures."""
    return sorted(os.listdir(server.data / "inputs"))


def picture(server, task):
    done = wait(server, task, "completed", "failed")
    assert done["status"] == "completed", done
    return server.request("GET", done["data"][0]["url"])[2]


def directly(server, *parts):
    status, _, reply = post(server, *parts)
    assert status == 200, reply
    return base64.b64decode(reply["data"][0]["b64_json"])


@pytest.mark.parametrize("how", ["field", "header", "path"])
def test_an_edit_is_a_task_however_it_asks(server, how):
    if how == "field":
        task = submit(server, *PARTS, MASK, part("async", "true"))
    elif how == "header":
        task = submit(server, *PARTS, MASK, Prefer="respond-async")
    else:
        task = submit(server, *PARTS, MASK, path=EDITS + "/async")
    assert picture(server, task) == directly(server, *PARTS, MASK)
    assert kept(server) == []


def test_json_with_data_urls_is_a_task(server):
    status, _, task = ask(server, "POST", EDITS, as_json(**{"async": True}))
    assert status == 202, task
    assert picture(server, task["id"]) == directly(server, *PARTS, MASK)
    assert kept(server) == []


def test_a_variation_is_a_task(server):
    parts = (MODEL, LOW, part("image", LARGE, "a.png"), part("seed", 3))
    task = submit(server, *parts, part("async", "true"), path="/v1/images/variations")
    assert picture(server, task).startswith(b"\x89PNG")


def test_pictures_survive_a_kill_and_go_with_the_task(tmp_path):
    first = Server("--set", "runners=1", data=tmp_path)
    first.start()
    busy = threading.Thread(target=lambda: pytest.raises(OSError, first.generate, **ENDLESS))
    busy.start()
    assert wait_until(lambda: first.jobs()[1] == 1)
    by_form = submit(first, *PARTS, MASK, part("async", "true"))
    by_json = ask(first, "POST", EDITS, as_json(**{"async": True}))[2]["id"]
    assert kept(first) == sorted(f"{task}.{i}" for task in (by_form, by_json) for i in (0, 16))
    (tmp_path / "inputs" / ("imgtask_" + "0" * 32 + ".0")).write_bytes(b"of a task that never was")
    first.signal(signal.SIGKILL)
    first.stop()
    busy.join()
    with Server(data=tmp_path) as second:
        expected = directly(second, *PARTS, MASK)
        assert picture(second, by_form) == expected
        assert picture(second, by_json) == expected
        assert kept(second) == []


def test_a_picture_that_cannot_be_opened_just_now_is_waited_for(tmp_path):
    with Server("--set", "runners=1", data=tmp_path) as server:
        busy = ask(server, "POST", "/v1/images/generations", ENDLESS | {"async": True})[2]["id"]
        assert wait_until(lambda: server.jobs()[1] == 1)
        task = submit(server, *PARTS, part("async", "true"))
        (name,) = kept(server)
        there, away = tmp_path / "inputs" / name, tmp_path / "away"
        there.rename(away)
        there.symlink_to(away)  # never followed, but not gone either
        assert ask(server, "DELETE", f"/v1/tasks/{busy}")[0] == 202
        assert wait_until(lambda: ask(server, "GET", f"/v1/tasks/{busy}")[2]["status"] == "cancelled")
        time.sleep(0.2)
        assert ask(server, "GET", f"/v1/tasks/{task}")[2]["status"] in ("queued", "processing")
        away.rename(there)
        assert picture(server, task).startswith(b"\x89PNG")


def test_a_cancelled_task_keeps_no_pictures(tmp_path):
    with Server("--set", "runners=1", data=tmp_path) as server:
        busy = ask(server, "POST", "/v1/images/generations", ENDLESS | {"async": True})[2]["id"]
        assert wait_until(lambda: server.jobs()[1] == 1)
        task = submit(server, *PARTS, part("async", "true"))
        assert kept(server) == [f"{task}.0"]
        assert ask(server, "DELETE", f"/v1/tasks/{task}")[0] == 200
        assert wait_until(lambda: kept(server) == [])
        ask(server, "DELETE", f"/v1/tasks/{busy}")


def test_what_is_refused_keeps_nothing(server):
    for extra, code in ((part("stream", "true"), "mutually_exclusive_parameters"),
                        (part("callback_url", "nonsense"), "invalid_value")):
        status, _, body = post(server, *PARTS, part("async", "true"), extra)
        assert (status, body["error"]["code"]) == (400, code), body
    broken = part("image", LARGE[:2000], "cut.png")
    status, _, body = post(server, *PARTS[:-1], broken, part("async", "true"))
    assert status in (202, 400)
    if status == 202:
        wait(server, body["id"], "failed")
    assert wait_until(lambda: kept(server) == [])


def test_pictures_by_url_are_fetched_before_the_202(tmp_path):
    with Receiver() as receiver, Server(*REACHABLE, data=tmp_path) as server:
        asked = as_json(**{"async": True, "images": [{"image_url": receiver.url + "/no-picture"}]})
        del asked["mask"]
        status, _, body = ask(server, "POST", EDITS, asked)
        assert (status, body["error"]["code"]) == (400, "invalid_image_url"), body


def test_the_end_of_an_edit_is_told(tmp_path):
    with Receiver() as receiver, Server(*REACHABLE, data=tmp_path) as server:
        task = submit(server, *PARTS, part("callback_url", receiver.url + "/200"))
        assert wait_until(lambda: receiver.deliveries)
        told = json.loads(receiver.deliveries[0][2])
        assert (told["id"], told["status"]) == (task, "completed")
