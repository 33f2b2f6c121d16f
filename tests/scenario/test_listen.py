"""`calotype listen`: what a developer sees of deliveries, genuine and forged."""

import json
import subprocess

import pytest

from calotype import BINARY, FAST, Server, cli, clean_environment
from receiver import REACHABLE, Receiver


class Listener:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([str(BINARY), "listen", "--port", "0", *arguments], text=True,
                                        stdout=subprocess.PIPE, env=clean_environment())
        line = self.process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        self.url = line.split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=10) == 0
        self.process.stdout.close()

    def lines(self, n):
        return [self.process.stdout.readline().rstrip("\n") for _ in range(n)]


@pytest.fixture
def calling(tmp_path):
    with Server(*REACHABLE, data=tmp_path) as server:
        yield server


def submit(server, url):
    status, _, data = server.request("POST", "/v1/images/generations", FAST | {"callback_url": url})
    assert status == 202
    return json.loads(data)["id"]


def test_a_delivery_is_verified_and_shown(calling):
    secret = cli("callbacks", "secret", "--data", calling.data).stdout.strip()
    with Listener("--secret", secret) as listener:
        task = submit(calling, listener.url)
        head, url = listener.lines(2)
        assert head.split()[1:4] == ["task.completed", task, "verified"]
        assert calling.request("GET", url.strip())[2].startswith(b"\x89PNG")


def test_a_forged_one_is_called_so_and_refused(calling):
    with Listener("--secret", "whsec_AAAA") as listener:
        submit(calling, listener.url)
        assert "SIGNATURE IS WRONG" in listener.lines(1)[0]
        status, _, _ = calling.request("POST", listener.url, {"type": "\x1b[2J"})
        assert status == 400
        assert "?[2J" in listener.lines(2)[1]
        assert calling.request("GET", listener.url)[0] == 405


def test_deliveries_are_forwarded_as_they_came(calling):
    with Receiver() as receiver, Listener("--forward-to", receiver.url + "/500") as listener:
        submit(calling, listener.url)
        head, _, forwarded = listener.lines(3)
        assert "not verified" in head and forwarded.strip() == "forwarded: answered 500"
        (_, fields, body), = receiver.wait(1)
        assert fields["webhook-id"].startswith("evt_") and fields["webhook-signature"][:3] == "v1,"
        assert json.loads(body)["type"] == "task.completed"


def test_mistakes_are_said(tmp_path):
    for arguments in (("--port", "x"), ("--secret", "whsec_!"), ("--port", "70000")):
        assert cli("listen", *arguments).returncode == 2
    for arguments in (("redeliver",), ("redeliver", "a", "--all-dead"), ("what",)):
        assert cli("callbacks", *arguments, "--data", tmp_path).returncode == 2
