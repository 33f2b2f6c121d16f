"""The Files API: what is kept, who sees it, how long; and files as pictures of edits."""

import base64
import json
import os
import signal
import sqlite3
import time

import pytest

from calotype import Server, cli, wait_until
from forms import CONTENT_TYPE, form, noise_png, part, png
from test_edit_tasks import data_url, kept, picture
from test_tasks import ask

FILES, EDITS = "/v1/files", "/v1/images/edits"
LARGE = noise_png(200, 200)


def create(server, *parts, **headers):
    status, _, body = server.request("POST", FILES, raw=form(*parts), headers=CONTENT_TYPE | headers)
    return status, json.loads(body)


def upload(server, data=LARGE, purpose="vision", name="a.png", *more, **headers):
    status, file = create(server, part("purpose", purpose), part("file", data, name), *more, **headers)
    assert status == 200, file
    return file


def stored(server):
    return sorted(os.listdir(server.data / "files"))


def edit(server, **body):
    return ask(server, "POST", EDITS, {"model": "gpt-image-2", "prompt": "change the background to pink",
                                       "quality": "low", "seed": 5} | body)


def test_a_file_is_created_read_listed_and_deleted(server):
    file = upload(server, name="nested/na\u00efve \"1\".png".replace('"', "%22"))
    assert file["id"].startswith("file-") and len(file["id"]) == 37
    assert file == {"id": file["id"], "object": "file", "bytes": len(LARGE), "filename": "na\u00efve %221%22.png",
                    "created_at": file["created_at"], "expires_at": None, "purpose": "vision",
                    "status": "processed", "status_details": None}
    assert abs(file["created_at"] - time.time()) < 60
    assert ask(server, "GET", f"{FILES}/{file['id']}")[2] == file
    status, headers, data = server.request("GET", f"{FILES}/{file['id']}/content")
    assert (status, data, headers["content-type"]) == (200, LARGE, "application/octet-stream")
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert file["id"] in [f["id"] for f in ask(server, "GET", FILES)[2]["data"]]
    assert ask(server, "DELETE", f"{FILES}/{file['id']}")[2] == {
        "id": file["id"], "object": "file", "deleted": True}
    for method, path in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
        status, _, body = ask(server, method, f"{FILES}/{file['id']}{path}")
        assert (status, body["error"]["param"]) == (404, "id")
        assert body["error"]["message"] == f"No such File object: {file['id']}"
    assert file["id"] not in stored(server)


def test_a_list_has_pages_an_order_and_purposes(tmp_path):
    with Server(data=tmp_path) as server:
        assert ask(server, "GET", FILES)[2] == {"object": "list", "data": [], "first_id": None,
                                               "last_id": None, "has_more": False}
        ids = [upload(server, b"x", purpose)["id"] for purpose in
               ("vision", "user_data", "vision", "assistants", "evals")]
        def listed(query):
            reply = ask(server, "GET", f"{FILES}?{query}")[2]
            assert (reply["first_id"], reply["last_id"]) == (reply["data"][0]["id"], reply["data"][-1]["id"])
            return [f["id"] for f in reply["data"]], reply["has_more"]
        oldest = listed("order=asc")[0]
        assert sorted(oldest) == sorted(ids) and listed("order=desc") == (oldest[::-1], False)
        assert listed("limit=2&order=asc") == (oldest[:2], True)
        assert listed(f"limit=3&order=asc&after={oldest[1]}") == (oldest[2:], False)
        assert sorted(listed("purpose=vision")[0]) == sorted([ids[0], ids[2]])
        for query, param in (("limit=0", "limit"), ("limit=10001", "limit"), ("limit=x", "limit"),
                             ("order=up", "order"), ("after=file-1", "after")):
            status, _, body = ask(server, "GET", f"{FILES}?{query}")
            assert status in (400, 404) and body["error"]["param"] == param, body


@pytest.mark.parametrize("parts, code, param", [
    ((part("purpose", "vision"),), "missing_required_parameter", "file"),
    ((part("file", b"x", "a"),), "missing_required_parameter", "purpose"),
    ((part("file", b"x", "a"), part("purpose", "fun")), "invalid_value", "purpose"),
    ((part("file", b"x", "a"), part("purpose", "vision"), part("file", b"y", "b")), "invalid_value", "file"),
    ((part("file", b"x", "a"), part("purpose", "vision"), part("color", "red")), "unknown_parameter", None),
    ((part("file", b"x", "a"), part("purpose", "vision"), part("expires_after[seconds]", 3600)),
     "missing_required_parameter", "expires_after[anchor]"),
    ((part("file", b"x", "a"), part("purpose", "vision"), part("expires_after[anchor]", "created_at"),
      part("expires_after[seconds]", 60)), "integer_below_min_value", "expires_after[seconds]"),
    ((part("file", b"x", "a"), part("purpose", "vision"), part("expires_after[anchor]", "now"),
      part("expires_after[seconds]", 3600)), "invalid_value", "expires_after[anchor]"),
])
def test_what_a_form_lacks_is_said(server, parts, code, param):
    before = stored(server)
    status, body = create(server, *parts)
    assert (status, body["error"]["code"], body["error"]["param"]) == (400, code, param), body
    assert stored(server) == before


def test_a_file_expires(tmp_path):
    with Server(data=tmp_path) as server:
        anchor = part("expires_after[anchor]", "created_at")
        file = upload(server, LARGE, "vision", "a.png", anchor, part("expires_after[seconds]", 3600))
        assert file["expires_at"] - file["created_at"] == 3600
        batch = upload(server, b"{}", "batch", "b.jsonl")
        assert batch["expires_at"] - batch["created_at"] == 2592000
    with sqlite3.connect(tmp_path / "calotype.db") as database:
        database.execute("UPDATE files SET expires_ms = 1 WHERE id = ?", (file["id"],))
    with Server(data=tmp_path) as server:
        assert ask(server, "GET", f"{FILES}/{file['id']}")[0] == 404
        assert ask(server, "GET", f"{FILES}/{batch['id']}")[0] == 200
        assert wait_until(lambda: stored(server) == [batch["id"]])


def test_a_file_is_only_its_keys(tmp_path):
    secrets = [json.loads(cli("key", "create", name, "--json", "--data", tmp_path).stdout)["secret"]
               for name in ("one", "two")]
    with Server(data=tmp_path) as server:
        one, two = ({"Authorization": f"Bearer {secret}"} for secret in secrets)
        file = upload(server, **one)
        for method, path in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
            assert ask(server, method, f"{FILES}/{file['id']}{path}", **two)[0] == 404
        assert ask(server, "GET", FILES, **two)[2]["data"] == []
        status, _, body = ask(server, "POST", EDITS, {"model": "gpt-image-2", "prompt": "make it brighter",
                                                      "images": [{"file_id": file["id"]}]}, **two)
        assert (status, body["error"]["param"]) == (400, "images[0].file_id"), body
        assert server.request("GET", f"{FILES}/{file['id']}/content", headers=one)[2] == LARGE


def test_a_kill_leaves_no_bytes_without_a_row(tmp_path):
    first = Server(data=tmp_path)
    first.start()
    file = upload(first)
    first.signal(signal.SIGKILL)
    first.stop()
    (tmp_path / "files" / ("file-" + "0" * 32)).write_bytes(b"written, and then the server died")
    with Server(data=tmp_path) as second:
        assert stored(second) == [file["id"]]
        assert second.request("GET", f"{FILES}/{file['id']}/content")[2] == LARGE


def test_pictures_and_masks_of_edits_by_file_id(server):
    image, mask = upload(server)["id"], upload(server, png(200, 200, alpha=True))["id"]
    by_id = edit(server, images=[{"file_id": image}], mask={"file_id": mask})
    by_url = edit(server, images=[{"image_url": data_url(LARGE)}],
                  mask={"image_url": data_url(png(200, 200, alpha=True))})
    assert by_id[0] == by_url[0] == 200, by_id
    assert by_id[2]["data"] == by_url[2]["data"] and by_id[2]["usage"] == by_url[2]["usage"]


def test_a_task_needs_no_file_that_is_deleted_meanwhile(tmp_path):
    with Server("--set", "runners=1", data=tmp_path) as server:
        from calotype import ENDLESS
        busy = ask(server, "POST", "/v1/images/generations", ENDLESS | {"async": True})[2]["id"]
        assert wait_until(lambda: server.jobs()[1] == 1)
        file = upload(server)["id"]
        status, _, task = edit(server, images=[{"file_id": file}], **{"async": True})
        assert status == 202 and kept(server) == [f"{task['id']}.0"]
        assert ask(server, "DELETE", f"{FILES}/{file}")[0] == 200
        ask(server, "DELETE", f"/v1/tasks/{busy}")
        drawn = picture(server, task["id"])
        reply = edit(server, images=[{"image_url": data_url(LARGE)}])[2]
        assert drawn == base64.b64decode(reply["data"][0]["b64_json"])


def test_file_ids_that_are_no_picture(server):
    text = upload(server, b"hello", "user_data", "a.txt")["id"]
    for file, code in ((text, "invalid_image_file"), ("file-nothing", "invalid_value"),
                       ("../../secret", "invalid_value"), ("", "empty_string")):
        status, _, body = edit(server, images=[{"file_id": file}])
        assert (status, body["error"]["code"], body["error"]["param"]) == (400, code, "images[0].file_id"), body
