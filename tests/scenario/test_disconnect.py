"""Clients that leave: nobody draws for them. And what a client told us stays out of the log."""

import time

import pytest

from calotype import ENDLESS, FAST, Server, cli, wait_until

PATH = "/v1/images/generations"


@pytest.fixture(scope="module")
def narrow():
    with Server("--set", "runners=1") as running:
        yield running


def leave(connection, how):
    connection.reset() if how == "reset" else connection.close()


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_while_its_picture_is_drawn(narrow, how, stream):
    connection = narrow.connect()
    connection.ask("POST", PATH, ENDLESS | {"stream": stream})
    assert wait_until(lambda: narrow.jobs() == (0, 1))
    leave(connection, how)
    assert wait_until(lambda: narrow.jobs() == (0, 0), 10)
    assert narrow.generate(**FAST)[0] == 200


@pytest.mark.parametrize("how", ["close", "reset"])
def test_a_client_that_leaves_while_it_waits(narrow, how):
    with narrow.connect() as first:
        first.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: narrow.jobs() == (0, 1))
        second = narrow.connect()
        second.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: narrow.jobs() == (1, 1))
        leave(second, how)
        assert wait_until(lambda: narrow.jobs() == (0, 1), 10), "the first is drawn on"
    assert wait_until(lambda: narrow.jobs() == (0, 0), 10)


@pytest.mark.parametrize("phase", ["drawing the mesh", "encoding"])
def test_a_client_that_leaves_while_a_page_of_4k_is_drawn_or_encoded(narrow, phase):
    body = ENDLESS | {"prompt": FAST["prompt"], "n": 10,
                      "output_format": "webp" if phase == "encoding" else "png"}
    connection = narrow.connect()
    connection.ask("POST", PATH, body)
    assert wait_until(lambda: narrow.jobs() == (0, 1))
    time.sleep(0.3)
    connection.close()
    assert wait_until(lambda: narrow.jobs() == (0, 0), 10)


def test_fifty_clients_that_leave_leave_nothing_behind():
    with Server() as server:
        before = server.memory_bytes()
        connections = [server.connect() for _ in range(50)]
        for i, connection in enumerate(connections):
            connection.ask("POST", PATH, ENDLESS | {"stream": i % 2 == 0, "seed": i})
        assert wait_until(lambda: sum(server.jobs()) == 50)
        for i, connection in enumerate(connections):
            leave(connection, "reset" if i % 3 == 0 else "close")
        assert wait_until(lambda: server.jobs() == (0, 0), 20)
        assert server.generate(**FAST)[0] == 200
        assert wait_until(lambda: server.log_text().count("status=499") == 50), "each is logged once"
        assert server.memory_bytes() < before + (400 << 20)


def test_clients_that_leave_within_the_request_are_forgotten(narrow):
    for part in (b"P", b"POST /v1/images/gen", b"POST /v1/images/generations HTTP/1.1\r\nHost:",
                 b"POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
                 b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"):
        for how in ("close", "reset"):
            connection = narrow.connect()
            connection.send(part)
            leave(connection, how)
    assert narrow.jobs() == (0, 0)
    assert narrow.generate(**FAST)[0] == 200


def test_a_client_that_reads_nothing_and_leaves(narrow):
    for how in ("close", "reset"):
        connection = narrow.connect()
        connection.ask("POST", PATH, FAST | {"size": "2048x2048", "n": 4})
        assert wait_until(lambda: narrow.jobs() == (0, 1))
        assert wait_until(lambda: narrow.jobs() == (0, 0))
        leave(connection, how)
    assert narrow.generate(**FAST)[0] == 200


@pytest.mark.parametrize("level", ["info", "debug"])
def test_keys_and_prompts_never_reach_the_log_or_an_error(tmp_path, level):
    key = cli("key", "create", "canary", "--data", tmp_path).stdout.strip()
    wrong, prompt, user = "sk-canary-wrong-key-0123456789", "canaryprompt zq", "canaryuser"
    canaries = (key, key[12:-4], wrong, wrong[3:-4], "canaryprompt", "canaryuser", "canaryquery",
                "canarycookie")
    good, bad = ({"Authorization": f"Bearer {k}", "Cookie": "canarycookie"} for k in (key, wrong))
    bodies = []
    with Server("--set", f"log_level={level}", data=tmp_path) as server:
        def ask(body, headers):
            bodies.append(server.request("POST", PATH + "?x=canaryquery", body, headers)[2].decode())
        for headers in (good, bad):
            ask(FAST | {"prompt": prompt, "user": user, "n": 0}, headers)
            ask({"prompt": prompt + "x" * 32001}, headers)
            ask({"model": "none", "prompt": prompt}, headers)
            server.request("GET", "/v1/files/img/x?signature=canaryquery", headers=headers)
        for body in (FAST | {"prompt": prompt, "user": user}, FAST | {"prompt": prompt,
                     "response_format": "url"}, FAST | {"prompt": prompt, "stream": True}):
            assert server.request("POST", PATH, body, good)[0] == 200
        bodies.append(server.request("POST", PATH, raw=b'{"prompt": "canaryprompt" x}',
                                     headers=good)[2].decode())
        signed = server.generate(**FAST)  # with the key `test`, which is wrong
        assert signed[0] == 401
    for text in (server.log_text(), *bodies):
        for canary in canaries:
            assert canary not in text, canary
    assert "status=200" in server.log_text() and "status=401" in server.log_text()
