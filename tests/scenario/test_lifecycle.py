"""Start, stop and trouble: what a server says, what it finishes, and how it ends."""

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time

import pytest

from calotype import BINARY, ENDLESS, FAST, SLOW, Server, clean_environment, cli, wait_until

PATH = "/v1/images/generations"


def serve_fails(*arguments, environment=None):
    """stderr of a server that must not start."""
    done = cli("serve", *arguments, environment=environment, timeout=30)
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stdout == "", "nothing claims to be ready"
    return done.stderr


class Asked(threading.Thread):
    """A generation asked for in the background; .reply once it is joined."""

    def __init__(self, server, body, **fields):
        super().__init__()
        self.connection, self.reply = server.connect(timeout=120), None
        self.connection.ask("POST", PATH, body, **fields)
        self.start()

    def run(self):
        with contextlib.suppress(OSError, AssertionError):
            self.reply = self.connection.read_reply()

    def join(self, timeout=120):
        super().join(timeout)
        self.connection.close()
        return self.reply


def test_the_ready_line_comes_when_connections_are_accepted():
    server = Server()
    server.start()
    try:
        with server.connect() as connection:
            connection.ask("GET", "/health/ready")
            assert connection.read_reply().json["ready"] is True
    finally:
        assert server.stop() == 0


def test_nothing_but_the_ready_line_goes_to_stdout():
    server = Server()
    server.start()
    server.generate(**FAST)
    server.signal()
    rest = server.process.stdout.read()
    assert server.stop() == 0 and rest == ""


def test_an_address_of_ipv6():
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with Server(listen="[::1]:0") as server:
        assert server.root.startswith("http://[::1]:") and server.health()["live"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_ends_at_once_and_cleanly(number):
    with Server() as server:
        server.signal(number)
        assert server.process.wait(timeout=10) == 0


def test_drain_ends_what_runs_and_takes_nothing_new():
    with Server() as server, server.connect() as early:
        early.send(b"GET /health/ready HTTP/1.1\r\nHost: a\r\n")  # not whole yet
        running = Asked(server, SLOW)
        assert wait_until(lambda: server.jobs()[1] == 1)
        server.signal()
        assert wait_until(lambda: "draining" in server.log_text())
        assert wait_until(lambda: refuses(server)), "the door is closed"
        early.send(b"\r\n")
        health = early.read_reply()
        assert health.status == 503 and health.fields["connection"] == "close"
        assert (health.json["status"], health.json["ready"], health.json["live"]) == (
            "draining", False, True)
        reply = running.join()
        assert reply.status == 200 and len(reply.json["data"]) == SLOW["n"]
        assert server.process.wait(timeout=20) == 0
    assert "stopped" in server.log_text()


def refuses(server):
    try:
        server.connect(timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_request_that_comes_while_draining_is_told_to_come_again():
    with Server() as server, server.connect() as late:
        body = json.dumps(FAST).encode()
        late.ask("POST", PATH, content_type="application/json", content_length=str(len(body)))
        running = Asked(server, SLOW)
        assert wait_until(lambda: server.jobs()[1] == 1)
        server.signal()
        assert wait_until(lambda: "draining" in server.log_text())
        time.sleep(0.2)
        late.send(body)
        reply = late.read_reply()
        assert reply.status == 503 and reply.fields["retry-after"]
        assert (reply.error["type"], reply.error["code"]) == (
            "service_unavailable_error", "server_is_overloaded")
        assert running.join().status == 200


def test_drain_seconds_bound_the_wait():
    with Server("--set", "drain_seconds=1") as server:
        running = Asked(server, ENDLESS)
        assert wait_until(lambda: server.jobs()[1] == 1)
        server.signal()
        assert server.process.wait(timeout=20) == 0
        reply = running.join()
        assert reply is None or reply.status >= 499


def test_the_second_signal_ends_at_once():
    with Server("--set", "drain_seconds=3600") as server:
        running = Asked(server, ENDLESS)
        assert wait_until(lambda: server.jobs()[1] == 1)
        server.signal(signal.SIGINT)
        assert wait_until(lambda: "draining" in server.log_text())
        assert server.process.poll() is None
        time.sleep(0.2)
        server.signal(signal.SIGINT)
        assert server.process.wait(timeout=10) == -signal.SIGINT
        running.join()


def test_a_second_server_on_the_same_data_takes_nothing_over(tmp_path):
    with Server(data=tmp_path) as server:
        status, _, body = server.request("POST", PATH, ENDLESS | {"async": True})
        assert status == 202
        task = f"/v1/tasks/{json.loads(body)['id']}"
        assert wait_until(lambda: server.jobs() == (0, 1))
        said = serve_fails("--listen", "127.0.0.1:0", "--data", server.data)
        assert "Another server" in said and str(server.data) in said and "--data" in said
        assert json.loads(server.request("GET", task)[2])["status"] == "processing"
        assert server.request("DELETE", task)[0] == 202
        assert wait_until(lambda: json.loads(server.request("GET", task)[2])["status"] == "cancelled")
        server.process.kill()
    with Server(data=tmp_path) as server:
        assert server.health()["live"], "the lock went with the server, however it ended"


def test_an_address_in_use_is_named(tmp_path):
    with Server() as server:
        said = serve_fails("--listen", f"127.0.0.1:{server.port}", "--data", tmp_path)
        assert f"127.0.0.1:{server.port}" in said and "address already in use" in said
        assert "--listen" in said
        assert server.health()["live"], "the first one serves on"


@pytest.mark.parametrize("listen", ["8787", "localhost", "127.0.0.1:99999", "1.2.3:1", ":::", ""])
def test_an_address_that_is_none(listen, tmp_path):
    done = cli("serve", "--listen", listen, "--data", tmp_path, timeout=30)
    assert done.returncode in (1, 2) and done.stdout == ""
    assert "127.0.0.1:8787" in done.stderr, "an example of what would be right"


def test_a_file_in_place_of_the_data_folder(tmp_path):
    (tmp_path / "data").write_text("")
    said = serve_fails("--listen", "127.0.0.1:0", "--data", tmp_path / "data")
    assert "data folder" in said and str(tmp_path / "data") in said and "--data" in said


@contextlib.contextmanager
def mounted(folder, options):
    """A small file system of its own; skips where mounting is not allowed."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "calotype-test", str(folder)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_data_folder(tmp_path):
    with mounted(tmp_path / "data", "size=64k,ro") as data:
        said = serve_fails("--listen", "127.0.0.1:0", "--data", data)
        assert "data folder" in said and "Read-only file system" in said


def fill(folder):
    """Leaves no room at all; returns the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return filler


def test_a_full_disk_refuses_before_work_begins_and_needs_no_restart(tmp_path):
    with mounted(tmp_path / "data", "size=2m") as data, Server("--set", "min_free_mb=0", data=data) as server:
        assert server.generate(**FAST)[0] == 200
        filler = fill(data)
        refused = []
        for _ in range(20):  # the log of the database may still have room for a few rows
            status, headers, reply = server.generate(**FAST)
            if status != 200:
                refused.append((status, headers, reply["error"]))
        assert refused
        for status, headers, error in refused:
            assert (status, error["type"]) == (503, "service_unavailable_error")
            assert error["code"] == "storage_unavailable" and "full" in error["message"]
            assert int(headers["retry-after"]) <= 60 and str(data) not in error["message"]
        assert server.request("GET", "/v1/models")[0] == 200
        filler.unlink()
        assert server.generate(**FAST)[0] == 200


def test_a_disk_without_inodes_refuses_before_work_begins(tmp_path):
    with mounted(tmp_path / "data", "size=80m,nr_inodes=1300") as data, Server("--set", "min_free_mb=1", data=data) as server:
        assert server.generate(**FAST)[0] == 200
        for i in range(300):
            (data / f"filler{i}").touch()
        assert wait_until(lambda: server.generate(**FAST)[0] == 503)
        status, _, reply = server.generate(**FAST)
        assert status == 503 and reply["error"]["code"] == "storage_unavailable"
        for i in range(300):
            (data / f"filler{i}").unlink()
        assert wait_until(lambda: server.generate(**FAST)[0] == 200)


def test_a_picture_that_finds_no_room_fails_its_own_request(tmp_path):
    with mounted(tmp_path / "data", "size=640k") as data, Server("--set", "min_free_mb=0", data=data) as server:
        status, _, reply = server.generate(
            prompt="a mug", size="1024x1024", quality="low", response_format="url")
        assert (status, reply["error"]["code"]) == (503, "storage_unavailable")
        assert "costs nothing" in reply["error"]["message"]
        assert str(data) not in reply["error"]["message"]
        assert wait_until(lambda: "No space left on device" in server.log_text()), (
            "the operator is told")
        assert not list((data / "pictures").rglob("*.*")), "nothing half-written stays"


def test_a_disk_that_is_full_at_the_start(tmp_path):
    with mounted(tmp_path / "data", "size=64k") as data:
        fill(data)
        done = cli("serve", "--listen", "127.0.0.1:0", "--data", data, timeout=30)
        assert done.returncode == 1 and done.stdout == ""
        assert "full" in done.stderr or "No space left on device" in done.stderr


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0"])
def test_other_addresses_need_a_key_first(tmp_path, listen):
    said = serve_fails("--listen", listen, "--data", tmp_path)
    assert f"calotype key create --data {tmp_path} NAME" in said


def test_other_addresses_are_served_with_a_key(tmp_path):
    key = cli("key", "create", "me", "--data", tmp_path).stdout.strip()
    with Server(listen="0.0.0.0:0", data=tmp_path) as server:
        server.root = f"http://127.0.0.1:{server.port}"
        assert server.request("GET", "/v1/models")[0] == 401
        assert server.request("GET", "/v1/models",
                              headers={"Authorization": f"Bearer {key}"})[0] == 200


def status_with(server, key):
    return server.request("GET", "/v1/models", headers={"Authorization": f"Bearer {key}"})[0]


def test_keys_are_made_and_revoked_while_the_server_runs(tmp_path):
    with Server(data=tmp_path) as server:
        assert status_with(server, "anything") == 200, "no key exists, and this is loopback"
        made = cli("key", "create", "first", "--data", tmp_path)
        key, key_id = made.stdout.strip(), re.search(r"key_[0-9a-f]+", made.stderr)[0]
        assert wait_until(lambda: status_with(server, "anything") == 401, 5)
        assert status_with(server, key) == 200
        assert status_with(server, key + "x") == status_with(server, key[:-1]) == 401
        assert cli("key", "revoke", key_id, "--data", tmp_path).returncode == 0
        assert wait_until(lambda: status_with(server, key) == 401, 5)
        assert status_with(server, "anything") == 401, "revoking the last key opens nothing"


def test_unknown_and_revoked_keys_are_the_same_401(tmp_path):
    made = cli("key", "create", "gone", "--data", tmp_path)
    revoked = made.stdout.strip()
    cli("key", "revoke", re.search(r"key_[0-9a-f]+", made.stderr)[0], "--data", tmp_path)
    cli("key", "create", "kept", "--data", tmp_path)
    unknown = revoked[:3] + "".join(reversed(revoked[3:-4])) + revoked[-4:]
    with Server(data=tmp_path) as server:
        answers = set()
        for key in (revoked, unknown):
            status, headers, body = server.request(
                "GET", "/v1/models", headers={"Authorization": f"Bearer {key}"})
            error = json.loads(body)["error"]
            answers.add((status, error["message"], error["code"], error["type"], error["param"]))
            assert key not in body.decode()
        (status, message, code, kind, param), = answers
        assert (status, code, kind, param) == (401, "invalid_api_key", "invalid_request_error",
                                               None)
        assert message.startswith(f"Incorrect API key provided: sk-***{revoked[-4:]}.")


@pytest.mark.parametrize("text, line, why", [
    ("listen: 127.0.0.1:0\nlissten: x\n", 2, "lissten"),
    ("queue: 0\n", 1, "queue"), ("\n\nruners: 1\n", 3, "runners"),
    ("queue: many\n", 1, "many"), ("compat: lax\n", 1, "extended|strict"),
    ("queue: [1]\n", 1, "queue"), ("queue: 1\nqueue: 2\n", 2, "queue"),
    ("queue: 1\n  bad\n: :", None, ""), ("- a\n", None, ""), ("\t\n:", None, "")])
def test_a_damaged_settings_file_is_located(tmp_path, text, line, why):
    path = tmp_path / "calotype.yaml"
    path.write_text(text)
    said = serve_fails("--config", path, "--data", tmp_path / "data")
    assert f"{path}:{line}" in said if line else str(path) in said
    assert why in said
    assert not (tmp_path / "data").exists(), "settings are read before anything is made"


def test_settings_come_from_file_environment_and_command_line_in_this_order(tmp_path):
    path = tmp_path / "calotype.yaml"
    path.write_text("compat: strict\nurl_minutes: 7\norganization: from-file\nqueue: 9\n")
    with Server("--config", str(path), "--set", "organization=from-command",
                environment={"CALOTYPE_COMPAT": "extended"}) as server:
        assert server.generate(**FAST | {"seed": 1})[0] == 200
        _, headers, reply = server.generate(**FAST | {"response_format": "url"})
        assert headers["openai-organization"] == "from-command"
        expires = int(re.search(r"expires=(\d+)", reply["data"][0]["url"])[1])
        assert abs(expires - time.time() - 420) < 60


@pytest.mark.parametrize("arguments, said", [
    (["--set", "queue=0"], "queue"), (["--set", "nope=1"], "nope"),
    (["--config", "/nonexistent.yaml"], "/nonexistent.yaml")])
def test_bad_settings_are_named(tmp_path, arguments, said):
    assert said in serve_fails(*arguments, "--data", tmp_path)


def test_a_damaged_secret_is_never_replaced(tmp_path):
    (tmp_path / "secret").write_bytes(b"short")
    said = serve_fails("--listen", "127.0.0.1:0", "--data", tmp_path)
    assert str(tmp_path / "secret") in said and "backup" in said
    assert (tmp_path / "secret").read_bytes() == b"short"


def test_a_damaged_database_is_never_replaced(tmp_path):
    (tmp_path / "calotype.db").write_bytes(b"no database " * 1000)
    said = serve_fails("--listen", "127.0.0.1:0", "--data", tmp_path)
    assert str(tmp_path / "calotype.db") in said and "damaged" in said
    assert (tmp_path / "calotype.db").read_bytes() == b"no database " * 1000


def test_a_full_queue_answers_503_and_recovers():
    with Server("--set", "queue=1", "--set", "runners=1") as server:
        running, waiting = server.connect(), server.connect()
        running.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: server.jobs() == (0, 1))
        waiting.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: server.jobs() == (1, 1))
        for stream in (False, True):
            status, headers, reply = server.generate(**FAST | {"stream": stream})
            assert status == 503 and 0 < int(headers["retry-after"]) <= 60
            assert (reply["error"]["type"], reply["error"]["code"]) == (
                "service_unavailable_error", "server_is_overloaded")
        assert server.request("GET", "/health/ready")[0] == 200
        running.close()
        waiting.close()
        assert wait_until(lambda: server.jobs() == (0, 0))
        assert server.generate(**FAST)[0] == 200


def test_who_waits_too_long_is_answered_504_and_pays_nothing():
    with Server("--set", "runners=1", "--set", "wait_seconds=1") as server:
        drawn = Asked(server, ENDLESS)
        assert wait_until(lambda: server.jobs() == (0, 1))
        status, _, reply = server.generate(**FAST)
        assert status == 504 and reply["error"]["code"] == "timeout"
        assert "nothing was drawn" in reply["error"]["message"]
        status, _, body = server.request("POST", PATH, FAST | {"async": True})
        assert status == 202 and server.jobs() == (1, 1), "a task has more patience"
        with contextlib.closing(sqlite3.connect(server.data / "calotype.db")) as db:
            states = dict(db.execute("SELECT durable, MAX(state) FROM jobs WHERE state IN (0, 6) GROUP BY 1"))
            (patience,) = db.execute("SELECT deadline_ms - created_ms FROM jobs WHERE durable = 1").fetchone()
            (cost,) = db.execute("SELECT SUM(cost_simulated) FROM ledger").fetchone()
        assert states == {0: 6, 1: 0} and abs(patience - 24 * 3600000) < 1000 and cost == 0
        server.process.kill()
        drawn.join()


def test_short_work_overtakes_long_work():
    with Server() as server, server.connect() as long:
        long.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: server.jobs() == (0, 1))
        assert server.generate(**FAST)[0] == 200
        assert server.jobs() == (0, 1), "the rendering is still running"


def test_the_log_may_be_json():
    with Server("--set", "log_format=json") as server:
        server.generate(**FAST)
        server.request("GET", "/v1/nowhere")
    lines = [json.loads(line) for line in server.log]
    asked = [line for line in lines if line.get("status") == 200]
    assert asked and asked[0]["size"] == "1024x1024" and asked[0]["output_tokens"] == 196
    assert asked[0]["request_id"].startswith("req_")


def test_a_log_nobody_reads_stops_nothing(tmp_path):
    process = subprocess.Popen(
        [str(BINARY), "serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path)],
        env=clean_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    try:
        port = int(process.stdout.readline().rsplit(":", 1)[1].split("/")[0])
        process.stderr.close()
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.sendall(b"GET /v1/models HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n")
                assert client.recv(100).startswith(b"HTTP/1.1 200")
        process.terminate()
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.stdout.close()
