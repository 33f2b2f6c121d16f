"""Callbacks: a receiver on this machine is told of the end of tasks, once, signed, and in time."""

import base64
import hashlib
import hmac
import json
import re
import signal
import sqlite3
import time

import pytest

from calotype import ENDLESS, FAST, SLOW, Server, cli, wait_until
from receiver import REACHABLE, Receiver

PATH = "/v1/images/generations"


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def calling(tmp_path):
    with Server(*REACHABLE, data=tmp_path) as server:
        yield server


def submit(server, url, body=FAST, path=PATH, **headers):
    status, _, data = server.request("POST", path, body | {"callback_url": url}, headers)
    task = json.loads(data)
    assert status == 202, task
    return task["id"]


def secret(data, *arguments):
    run = cli("callbacks", "secret", "--data", data, *arguments)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def rows(data):
    with sqlite3.connect(data / "calotype.db") as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM deliveries ORDER BY created_ms")]


def verify(headers, body, *secrets):
    """By hand, as the specification says; every secret must have signed."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signatures = headers["webhook-signature"].split(" ")
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    for text in secrets:
        key = base64.b64decode(text.removeprefix("whsec_"))
        mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert f"v1,{mac}" in signatures
    assert len(signatures) == len(secrets)


def test_a_receiver_is_told_once_of_a_completed_task(calling, receiver):
    task = submit(calling, receiver.url + "/200", FAST | {"n": 2, "response_format": "b64_json"})
    (path, headers, body), = receiver.wait(1)
    told = json.loads(body)
    assert (told["id"], told["type"], told["status"]) == (task, "task.completed", "completed")
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("Calotype/")
    verify(headers, body, secret(calling.data))
    for picture in told["data"]:
        assert "b64_json" not in picture
        assert calling.request("GET", picture["url"])[2].startswith(b"\x89PNG")
    assert told["expires_at"] - told["completed_at"] >= 72 * 3600
    polled = json.loads(calling.request("GET", f"/v1/tasks/{task}")[2])
    assert polled["expires_at"] == told["expires_at"] and "type" not in polled
    assert wait_until(lambda: rows(calling.data)[0]["delivered_ms"])
    time.sleep(1.2)
    assert len(receiver.deliveries) == 1


def test_a_cancelled_end_is_told(calling, receiver):
    running = submit(calling, receiver.url + "/200", ENDLESS)
    assert wait_until(lambda: calling.jobs()[1] >= 1)
    calling.request("DELETE", f"/v1/tasks/{running}")
    (_, _, body), = receiver.wait(1)
    told = json.loads(body)
    assert (told["id"], told["type"], told["data"]) == (running, "task.cancelled", [])


@pytest.mark.parametrize("path", ["/500", "/301", "/close"])
def test_a_failure_is_tried_again_after_five_seconds(calling, receiver, path):
    submit(calling, receiver.url + path)
    receiver.wait(1)
    assert wait_until(lambda: rows(calling.data)[0]["attempts"] == 1)
    row = rows(calling.data)[0]
    assert row["status"] == (0 if path == "/close" else int(path[1:]))
    assert 4.5 <= (row["next_ms"] - row["last_ms"]) / 1000 <= 5.5
    assert [p for p, _, _ in receiver.deliveries] == [path], "a redirect was followed"


def test_a_hanging_receiver_delays_nobody_else(calling, receiver):
    for _ in range(4):
        submit(calling, receiver.url + "/slow")
    assert wait_until(lambda: len(rows(calling.data)) == 4)
    other = receiver.url.replace("127.0.0.1", "localhost")
    submit(calling, other + "/200")
    assert wait_until(lambda: any(p == "/200" for p, _, _ in receiver.deliveries), 8)
    assert sum(p == "/slow" for p, _, _ in receiver.deliveries) == 2, "more than its host's share"


@pytest.mark.parametrize("url", [
    "http://example.com/hook", "https://user:pw@example.com/", "ftp://example.com/", "hook",
    "https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/",
    "https://2130706433/", "https://example.com:22/", "https://example.com/" + "a" * 2048])
def test_a_bad_url_is_refused_at_once(server, url):
    status, _, data = server.request("POST", PATH, FAST | {"callback_url": url})
    error = json.loads(data)["error"]
    assert (status, error["code"], error["param"]) == (400, "invalid_value", "callback_url"), error


def test_a_name_with_a_private_address_is_not_called(tmp_path, receiver):
    with Server("--set", "fetch_http=true", data=tmp_path) as server:
        submit(server, "http://localhost:8080/hook")
        assert wait_until(lambda: rows(tmp_path) and rows(tmp_path)[0]["attempts"] == 1)
        assert "no public address" in rows(tmp_path)[0]["error"]
    assert receiver.deliveries == []


def test_strict_knows_no_callbacks(strict_server):
    status, _, data = strict_server.request("POST", PATH, FAST | {"callback_url": "https://a.example"})
    assert status == 400 and json.loads(data)["error"]["code"] == "unknown_parameter"


def test_a_kill_between_end_and_delivery_loses_nothing(tmp_path, receiver):
    """The receiver hangs while the server dies; the next one tells it again, under the same id."""
    with Server(*REACHABLE, data=tmp_path) as server:
        submit(server, receiver.url + "/slow")
        receiver.wait(1)
        server.signal(signal.SIGKILL)
        server.process.wait()
    assert rows(tmp_path)[0]["attempts"] == 0
    receiver.stopping.set()
    with Server(*REACHABLE, data=tmp_path):
        first, second = receiver.wait(2)
        assert wait_until(lambda: rows(tmp_path)[0]["delivered_ms"])
    assert first[1]["webhook-id"] == second[1]["webhook-id"] and first[2] == second[2]
    assert len(receiver.deliveries) == 2 and len(rows(tmp_path)) == 1


def test_a_kill_while_drawing_still_tells(tmp_path, receiver):
    with Server(*REACHABLE, data=tmp_path) as server:
        task = submit(server, receiver.url + "/200", SLOW)
        assert wait_until(lambda: server.jobs()[1] == 1)
        server.signal(signal.SIGKILL)
        server.process.wait()
    with Server(*REACHABLE, data=tmp_path) as server:
        server.request("DELETE", f"/v1/tasks/{task}")
        (_, _, body), = receiver.wait(1)
    assert json.loads(body)["id"] == task and len(rows(tmp_path)) == 1


def test_a_rotated_secret_signs_beside_the_new_one(calling, receiver):
    old = secret(calling.data)
    assert secret(calling.data) == old
    new = secret(calling.data, "--rotate")
    assert new != old and secret(calling.data) == new
    submit(calling, receiver.url + "/200")
    (_, headers, body), = receiver.wait(1)
    verify(headers, body, new, old)
    with sqlite3.connect(calling.data / "calotype.db") as db:
        db.execute("UPDATE callback_secrets SET rotated_ms = rotated_ms - 86400000")
    submit(calling, receiver.url + "/200")
    _, headers, body = receiver.wait(2)[1]
    verify(headers, body, new)


def test_keys_sign_with_their_own_secrets(tmp_path, receiver):
    key = cli("key", "create", "a", "--data", tmp_path).stdout.strip()
    key_id = re.search(r"key_[0-9a-f]+", cli("key", "list", "--data", tmp_path).stdout)[0]
    with Server(*REACHABLE, data=tmp_path) as server:
        submit(server, receiver.url + "/200", Authorization=f"Bearer {key}")
        (_, headers, body), = receiver.wait(1)
        verify(headers, body, secret(tmp_path, "--key", key_id))
        assert secret(tmp_path) != secret(tmp_path, "--key", key_id)


def test_dead_ones_are_listed_and_delivered_again(calling, receiver):
    submit(calling, receiver.url + "/500")
    assert wait_until(lambda: rows(calling.data) and rows(calling.data)[0]["attempts"] == 1)
    first = rows(calling.data)[0]
    with sqlite3.connect(calling.data / "calotype.db") as db:  # three days pass
        db.execute("UPDATE deliveries SET next_ms = NULL, url = ?", (receiver.url + "/200",))
    listed = cli("callbacks", "list", "--dead", "--json", "--data", calling.data)
    dead = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(d["id"], d["state"], d["status"]) for d in dead] == [(first["id"], "dead", 500)]
    again = cli("callbacks", "redeliver", "--all-dead", "--data", calling.data)
    assert again.returncode == 0, again.stderr
    assert wait_until(lambda: rows(calling.data)[0]["delivered_ms"])
    assert receiver.deliveries[-1][1]["webhook-id"] == first["id"]
    assert cli("callbacks", "redeliver", "evt_none", "--data", calling.data).returncode == 3
    assert "delivered" in cli("callbacks", "list", "--data", calling.data).stdout


def test_an_admin_sees_and_repeats_deliveries_over_http(tmp_path, receiver):
    def make(*options):
        return {"Authorization": "Bearer " + cli("key", "create", "k", "--data", tmp_path, *options).stdout.strip()}
    admin, plain = make("--scopes", "admin"), make()
    with Server(*REACHABLE, data=tmp_path) as server:
        def ask(method, path, headers=admin):
            status, _, data = server.request(method, "/v1/admin/callbacks" + path, headers=headers)
            return status, json.loads(data)
        submit(server, receiver.url + "/200", **plain)
        submit(server, receiver.url + "/500", **plain)
        assert wait_until(lambda: [r["attempts"] for r in rows(tmp_path)] == [1, 1])
        status, listed = ask("GET", "")
        assert status == 200 and {d["state"] for d in listed["data"]} == {"delivered", "pending"}
        assert ask("GET", "?state=dead") == (200, {"object": "list", "data": []})
        assert len(ask("GET", "?limit=1")[1]["data"]) == 1
        with sqlite3.connect(tmp_path / "calotype.db") as db:
            db.execute("UPDATE deliveries SET next_ms = NULL, url = ? WHERE delivered_ms IS NULL", (receiver.url + "/201",))
        (dead,) = ask("GET", "?state=dead")[1]["data"]
        assert (dead["state"], dead["status"], dead["type"]) == ("dead", 500, "task.completed")
        status, again = ask("POST", f"/{dead['id']}/redeliver")
        assert status == 200 and (again["id"], again["state"], again["attempts"]) == (dead["id"], "pending", 0)
        assert wait_until(lambda: all(r["delivered_ms"] for r in rows(tmp_path)))
        assert receiver.deliveries[-1][0] == "/201"
        for query in ("?state=old", "?limit=0", "?limit=x"):
            assert ask("GET", query)[0] == 400
        for unknown in ("evt_none", "x" * 100):
            assert ask("POST", f"/{unknown}/redeliver")[0] == 404
        for method, path in (("GET", ""), ("POST", f"/{dead['id']}/redeliver")):
            assert ask(method, path, plain)[1]["error"]["code"] == "missing_scope"
