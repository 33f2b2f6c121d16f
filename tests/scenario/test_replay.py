"""Idempotency-Key: what was asked for once is executed once, whatever becomes of the connection."""

import concurrent.futures
import json
import pathlib
import signal
import sqlite3
import time
import uuid

import pytest

import forms
from calotype import ENDLESS, FAST, SLOW, Server, cli, wait_until

PATH = "/v1/images/generations"
MARK = "x-calotype-idempotent-replay"


def ask(server, body, key, path=PATH, **fields):
    return server.request("POST", path, body, {"Idempotency-Key": key} | fields)


def rows(server, statement):
    with sqlite3.connect(f"file:{server.data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


def jobs_of(server, statement="SELECT COUNT(*) FROM jobs"):
    return rows(server, statement)[0][0]


def files(server):
    folder = pathlib.Path(server.data) / "replies"
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def own():
    with Server() as running:
        yield running


@pytest.fixture
def key():
    return str(uuid.uuid4())


def test_a_repeated_request_gets_the_first_reply_byte_for_byte(own, key):
    before = jobs_of(own)
    status, fields, first = ask(own, FAST, key)
    assert status == 200 and MARK not in fields
    status, fields, again = ask(own, FAST, key)
    assert (status, fields[MARK], again) == (200, "true", first)
    assert fields["content-type"] == "application/json" and fields["x-request-id"]
    assert jobs_of(own) == before + 1
    assert ask(own, FAST, key + "x")[1].get(MARK) is None
    assert jobs_of(own) == before + 2


def test_100_concurrent_duplicates_make_one_picture(own, key):
    before = jobs_of(own)
    with concurrent.futures.ThreadPoolExecutor(100) as pool:
        replies = list(pool.map(lambda _: ask(own, SLOW | {"n": 2}, key), range(100)))
    assert {status for status, _, _ in replies} == {200}
    assert len({body for _, _, body in replies}) == 1
    assert sum(MARK not in fields for _, fields, _ in replies) == 1
    assert jobs_of(own) == before + 1


def test_the_same_key_with_another_request_is_refused_for_good(own, key):
    assert ask(own, FAST, key)[0] == 200
    for body, path in [(FAST | {"n": 2}, PATH), (FAST, PATH + "/async"), (FAST | {"stream": True}, PATH)]:
        status, fields, data = ask(own, body, key, path)
        error = json.loads(data)["error"]
        assert (status, error["type"], error["code"]) == (
            400, "invalid_request_error", "idempotency_key_reuse")
        assert fields["x-should-retry"] == "false" and "retry-after" not in fields
    assert ask(own, FAST, key, Prefer="respond-async")[0] == 400
    assert ask(own, FAST, key)[0] == 200


@pytest.mark.parametrize("value", ["", "x" * 256, "two words", "tab\there", "caf\u00e9"])
def test_a_key_is_1_to_255_visible_characters(own, value):
    with own.connect() as connection:
        connection.ask("POST", PATH, FAST, idempotency_key=value)
        reply = connection.read_reply()
    assert reply.status == 400 and reply.error["param"] == "Idempotency-Key", reply
    assert "1 to 255 visible" in reply.error["message"]
    assert ask(own, FAST, "~" * 255)[0] == 200


def test_a_refusal_is_not_kept_so_that_a_corrected_request_may_follow(own, key):
    assert ask(own, FAST | {"n": 11}, key)[0] == 400
    assert ask(own, FAST | {"size": "17x17"}, key)[0] == 400
    status, fields, _ = ask(own, FAST, key)
    assert status == 200 and MARK not in fields


def form_with(boundary, *parts):
    """The parts, which have the usual boundary, between boundaries of this name."""
    return forms.form(*parts).replace(forms.BOUNDARY.encode(), boundary.encode())


def test_what_the_engine_refuses_before_execution_is_not_kept(own, key):
    refused = forms.form(forms.MODEL, forms.LOW, forms.part("prompt", "add a red apple beside the bottle"), forms.IMAGE)
    headers = forms.CONTENT_TYPE | {"Idempotency-Key": key}
    status, _, data = own.request("POST", "/v1/images/edits", raw=refused, headers=headers)
    assert status == 400 and json.loads(data)["error"]["code"] == "edit_not_supported"
    right = forms.form(forms.MODEL, forms.LOW, forms.BRIGHTER, forms.IMAGE)
    status, fields, _ = own.request("POST", "/v1/images/edits", raw=right, headers=headers)
    assert status == 200 and MARK not in fields


def test_what_waits_gets_the_refusal_of_the_first(key):
    with Server("--set", "runners=1", "--set", "queue=1") as server:
        with server.connect() as running, server.connect() as waiting:
            running.ask("POST", PATH, ENDLESS)
            assert wait_until(lambda: server.jobs() == (0, 1))
            waiting.ask("POST", PATH, ENDLESS)
            assert wait_until(lambda: server.jobs() == (1, 1))
            assert ask(server, FAST, key)[0] == 503
            assert rows(server, "SELECT COUNT(*) FROM replies") == [(0,)]
        assert wait_until(lambda: server.jobs() == (0, 0))
        status, fields, _ = ask(server, FAST, key)
        assert status == 200 and MARK not in fields


def test_a_client_that_hangs_up_finds_its_picture_when_it_asks_again(own, key):
    before = jobs_of(own)
    with own.connect() as connection:
        connection.ask("POST", PATH, SLOW | {"n": 1}, idempotency_key=key)
        assert wait_until(lambda: own.jobs()[1] == 1)
        connection.reset()
    status, fields, data = ask(own, SLOW | {"n": 1}, key)
    assert status == 200 and fields[MARK] == "true"
    assert len(json.loads(data)["data"]) == 1 and jobs_of(own) == before + 1


def test_who_waits_and_hangs_up_takes_nothing_along(own, key):
    with own.connect() as first, own.connect() as second:
        first.ask("POST", PATH, SLOW | {"n": 2}, idempotency_key=key)
        assert wait_until(lambda: own.jobs()[1] == 1)
        second.ask("POST", PATH, SLOW | {"n": 2}, idempotency_key=key)
        time.sleep(0.1)
        second.reset()
        assert first.read_reply().status == 200


def test_a_stream_comes_again_as_its_finished_pictures(own, key):
    body = SLOW | {"n": 2, "stream": True, "partial_images": 1}
    status, _, first = ask(own, body, key)
    assert status == 200
    status, fields, again = ask(own, body, key)
    assert status == 200 and fields[MARK] == "true"
    assert fields["content-type"].startswith("text/event-stream")
    finished = [frame for frame in first.split(b"\n\n") if frame.startswith(b"event: image_generation.completed")]
    assert again == b"".join(frame + b"\n\n" for frame in finished) and len(finished) == 2


def test_a_stream_that_waits_for_another_gets_its_pictures(own, key):
    body = SLOW | {"n": 2, "stream": True}
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: ask(own, body, key), range(4)))
    assert {status for status, _, _ in replies} == {200}
    assert len({data.replace(b": ping\n\n", b"") for _, _, data in replies}) == 1


def test_a_form_is_the_same_whatever_its_boundary(own, key):
    def edit(boundary, image):
        raw = form_with(boundary, forms.MODEL, forms.LOW, forms.BRIGHTER, image)
        return own.request("POST", "/v1/images/edits", raw=raw, headers={
            "Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": key})

    before = jobs_of(own)
    first, again = edit("first-boundary", forms.IMAGE), edit("another", forms.IMAGE)
    assert (first[0], again[0]) == (200, 200), first[2][:300]
    assert again[1][MARK] == "true" and first[2] == again[2] and jobs_of(own) == before + 1
    other = forms.part("image", forms.png(colour=(1, 2, 3)), "a.png", "image/png")
    status, _, data = edit("first-boundary", other)
    assert status == 400 and json.loads(data)["error"]["code"] == "idempotency_key_reuse"


def test_a_task_is_made_once_and_its_202_comes_again(own, key):
    before = jobs_of(own)
    body = FAST | {"async": True}
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: ask(own, body, key), range(20)))
    assert {status for status, _, _ in replies} == {202}
    assert len({data for _, _, data in replies}) == 1 and jobs_of(own) == before + 1
    status, fields, data = ask(own, body, key)
    assert status == 202 and fields[MARK] == "true"
    assert fields["location"] == "/v1/tasks/" + json.loads(data)["id"] and fields["retry-after"] == "2"


def test_a_cancel_that_is_repeated_is_told_the_same(own, key):
    task = json.loads(ask(own, ENDLESS | {"async": True}, key + "t")[2])["id"]
    path = f"/v1/tasks/{task}/cancel"
    status, fields, first = own.request("POST", path, headers={"Idempotency-Key": key})
    assert status in (200, 202) and MARK not in fields
    assert wait_until(lambda: own.jobs() == (0, 0))
    again = own.request("POST", path, headers={"Idempotency-Key": key})
    assert (again[0], again[1][MARK], again[2]) == (status, "true", first)
    assert own.request("POST", path)[0] == 400, "without the key there is nothing left to cancel"
    assert json.loads(ask(own, FAST, key)[2])["error"]["code"] == "idempotency_key_reuse"


def test_urls_of_a_repeated_reply_are_live(tmp_path, key):
    body = FAST | {"response_format": "url"}
    with Server(data=tmp_path) as server:
        first = json.loads(ask(server, body, key)[2])
        time.sleep(1.1)
        again = json.loads(ask(server, body, key)[2])
        old, new = first["data"][0].pop("url"), again["data"][0].pop("url")
        assert first == again and old != new and old.split("?")[0] == new.split("?")[0]
        assert server.request("GET", new)[0] == 200
        assert not files(server), "a small body stands in its row"


def test_what_a_client_wrote_is_never_signed(own, key):
    """A text that looks like the URL of a picture is not one of ours, whoever's picture it names."""
    forged = f'/v1/files/img/{"a" * 64}.png?"expires=1'
    body = FAST | {"response_format": "url", "safety_identifier": forged}
    first, again = (json.loads(ask(own, body, key)[2]) for _ in range(2))
    assert first["safety_identifier"] == again["safety_identifier"] == forged


def test_keys_of_another_api_key_are_other_keys(key):
    with Server() as server:
        made = [json.loads(cli("key", "create", name, "--json", "--data", server.data).stdout) for name in "ab"]
        fields = [{"Authorization": f"Bearer {one['secret']}"} for one in made]
        assert wait_until(lambda: server.request("GET", "/v1/models")[0] == 401)
        assert ask(server, FAST, key, **fields[0])[0] == 200
        status, got, _ = ask(server, FAST | {"n": 2}, key, **fields[1])
        assert status == 200 and MARK not in got


def test_a_repeated_reply_costs_nothing_and_survives_a_restart(tmp_path, key):
    with Server(data=tmp_path) as server:
        first = ask(server, FAST, key)[2]
        assert len(files(server)) == 1
    with Server(data=tmp_path) as server:
        status, fields, again = ask(server, FAST, key)
        assert (status, fields[MARK]) == (200, "true") and again == first
        assert jobs_of(server, "SELECT SUM(requests) FROM usage_days") == 1


def test_a_kill_leaves_an_executed_request_with_its_reply_or_unexecuted(tmp_path):
    """The reply and the money of a job are one transaction: after a kill a repeated request is
    answered with what was kept, or is executed now; never is something paid for and not to be had."""
    keys = [str(uuid.uuid4()) for _ in range(12)]

    def one(server, one_key, i):
        try:
            return ask(server, FAST | {"async": i % 3 == 0}, one_key)
        except OSError:
            return None

    for moment in (0.05, 0.15, 0.3, 0.5):
        with Server(data=tmp_path) as server, concurrent.futures.ThreadPoolExecutor(12) as pool:
            asked = [pool.submit(one, server, one_key, i) for i, one_key in enumerate(keys)]
            time.sleep(moment)
            server.signal(signal.SIGKILL)
            server.process.wait()
            concurrent.futures.wait(asked)
    with Server(data=tmp_path) as server:
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            replies = list(pool.map(lambda pair: one(server, pair[1], pair[0]), enumerate(keys)))
        assert [reply[0] for reply in replies] == [202 if i % 3 == 0 else 200 for i in range(12)]
        done = "SELECT COUNT(*) FROM ledger WHERE state = 1"
        assert wait_until(lambda: rows(server, done) == [(12,)], 60), rows(server, done)
        assert rows(server, "SELECT COUNT(*) FROM replies WHERE state = 0") == [(0,)]


def test_a_reply_that_was_let_go_is_not_executed_again(tmp_path, key):
    with Server("--set", "replay_mb=1", data=tmp_path) as server:
        big = SLOW | {"n": 2}
        assert ask(server, big, key)[0] == 200 and len(files(server)) == 1
        newer = key + "n"
        assert ask(server, big | {"seed": 5}, newer)[0] == 200
        assert wait_until(lambda: len(files(server)) == 0 or rows(
            server, "SELECT SUM(bytes) FROM replies")[0][0] <= 1 << 20)
        before = jobs_of(server)
        status, fields, data = ask(server, big, key)
        assert status == 410 and json.loads(data)["error"]["code"] == "idempotency_reply_gone"
        assert fields["x-should-retry"] == "false" and jobs_of(server) == before
