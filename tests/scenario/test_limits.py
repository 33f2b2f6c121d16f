"""Rate limits: exact however many come at once, with the official fields and refusals."""

import concurrent.futures
import json

import pytest

from calotype import ENDLESS, FAST, Server, cli, wait_until

PATH = "/v1/images/generations"


def ask(server, secret, body, path=PATH):
    status, fields, data = server.request("POST", path, body, {"Authorization": f"Bearer {secret}"})
    return status, fields, json.loads(data)


@pytest.fixture(scope="module")
def limited():
    """Makes keys with limits."""
    with Server("--set", "queue=1000") as server:
        def make(*options):
            done = cli("key", "create", "k", "--data", server.data, *options)
            assert done.returncode == 0, done.stderr
            secret = done.stdout.strip()
            known = lambda name: server.request("GET", "/v1/models", None,
                                                {"Authorization": f"Bearer {name}"})[0]
            assert wait_until(lambda: known(secret) == 200 and known("x") == 401)
            return secret
        server.make = make
        yield server


def test_a_burst_gets_its_limit_and_not_one_more(limited):
    secret = limited.make("--rpm", "7")
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: ask(limited, secret, FAST), range(40)))
    # Drawing takes time in which the bucket fills: one for each 8.6 s.
    n = [status for status, _, _ in replies].count(200)
    assert 7 <= n <= 9
    status, fields, reply = next(one for one in replies if one[0] == 429)
    error = reply["error"]
    assert (error["type"], error["code"], error["param"]) == ("requests", "rate_limit_exceeded", None)
    assert error["message"].startswith(
        "Rate limit reached for gpt-image-2 in organization calotype on requests per min (RPM): "
        "Limit 7, Used 7, Requested 1. Please try again in ")
    assert 0 < int(fields["retry-after"]) <= 9 and 0 < int(fields["retry-after-ms"]) <= 8572
    assert fields["x-ratelimit-limit-requests"] == "7"
    assert fields["x-ratelimit-remaining-requests"] == "0"


def test_every_images_reply_tells_what_is_left(limited):
    secret = limited.make("--rpm", "100", "--tpm", "100000", "--ipm", "50")
    status, fields, _ = ask(limited, secret, FAST | {"n": 2})
    assert status == 200
    assert fields["x-ratelimit-remaining-requests"] == "99"
    assert fields["x-ratelimit-reset-requests"] == "600ms"
    assert fields["x-ratelimit-remaining-images"] == "48"
    assert int(fields["x-ratelimit-remaining-tokens"]) < 100000 - 2 * 196
    status, fields, _ = ask(limited, secret, FAST | {"size": "1x1"})
    assert status == 400 and fields["x-ratelimit-limit-requests"] == "100"


def test_more_than_a_minute_holds_is_refused_for_good(limited):
    secret = limited.make("--tpm", "1000", "--ipm", "3")
    status, fields, reply = ask(limited, secret, FAST | {"quality": "high"})
    assert status == 429 and reply["error"]["type"] == "tokens"
    assert fields["x-should-retry"] == "false" and "retry-after" not in fields
    status, _, reply = ask(limited, secret, FAST | {"n": 4})
    assert status == 429 and reply["error"]["type"] == "input-images"
    assert ask(limited, secret, FAST | {"n": 2})[0] == 200


def test_without_limits_nothing_is_said_of_them(limited):
    fields = ask(limited, limited.make(), FAST)[1]
    assert not [name for name in fields if name.lower().startswith("x-ratelimit")]


def test_a_key_runs_no_more_jobs_at_once_than_it_may():
    with Server("--set", "runners=4", "--set", "drain_seconds=0") as server:
        def make(*options):
            return {"Authorization": "Bearer " + cli("key", "create", "k", "--data", server.data, *options).stdout.strip()}
        narrow, other = make("--concurrency", "2"), make()
        assert wait_until(lambda: server.request("GET", "/v1/models")[0] == 401)

        def task(headers):
            status, _, data = server.request("POST", PATH, ENDLESS | {"async": True}, headers)
            assert status == 202
            return json.loads(data)["id"]
        tasks = [task(narrow) for _ in range(4)]
        assert wait_until(lambda: server.jobs() == (2, 2))
        with server.connect() as waiting:  # a client that waits counts like a task
            waiting.ask("POST", PATH, ENDLESS, authorization=narrow["Authorization"])
            assert wait_until(lambda: server.jobs() == (3, 2))
            task(other)
            assert wait_until(lambda: server.jobs() == (3, 3)), "the key's limit holds up nobody else"
            states = lambda: [json.loads(server.request("GET", f"/v1/tasks/{t}", headers=narrow)[2])["status"] for t in tasks]
            running = [t for t, state in zip(tasks, states()) if state == "processing"]
            assert len(running) == 2
            assert server.request("DELETE", f"/v1/tasks/{running[0]}", headers=narrow)[0] == 202
            assert wait_until(lambda: server.jobs() == (2, 3)), "its next one takes the place"
        assert wait_until(lambda: server.jobs()[0] <= 2)
