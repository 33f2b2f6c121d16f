"""The content cache and single flight: what was drawn, or is being drawn, is not drawn again."""

import concurrent.futures
import json
import os
import pathlib
import signal
import sqlite3
import time
import uuid

import pytest

import forms
from calotype import ENDLESS, FAST, PAGE, SLOW, Server, cli, wait_until

PATH = "/v1/images/generations"
MARK = "x-calotype-cache"


def ask(server, body, path=PATH, **fields):
    return server.request("POST", path, body, {name.replace("_", "-"): value for name, value in fields.items()})


def fresh(body=FAST):
    """A request nobody has made before."""
    return body | {"prompt": f'poster with the title "{uuid.uuid4().hex[:8]}"'}


def rows(server, statement):
    with sqlite3.connect(f"file:{server.data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


def jobs_of(server):
    return rows(server, "SELECT COUNT(*) FROM jobs")[0][0]


def make(server, name, *options):
    return json.loads(cli("key", "create", name, "--json", "--data", server.data, *options).stdout)


@pytest.fixture(scope="module")
def own():
    with Server("--set", "cache=true") as running:
        yield running


def is_cached(server, body, **fields):
    return wait_until(lambda: ask(server, body, **fields)[1].get(MARK) == "hit", 5)


def test_without_the_setting_nothing_is_cached(server):
    for _ in range(2):
        status, fields, _ = ask(server, FAST)
        assert status == 200 and MARK not in fields


def test_the_same_request_is_a_hit_with_the_same_pictures(own):
    body = fresh() | {"n": 2, "seed": 5}
    status, fields, first = ask(own, body)
    assert (status, fields[MARK]) == (200, "miss")
    assert is_cached(own, body)
    before = jobs_of(own)
    status, fields, data = ask(own, body)
    assert (status, fields[MARK]) == (200, "hit") and jobs_of(own) == before
    first, again = json.loads(first), json.loads(data)
    first.pop("created"), again.pop("created")
    assert first == again and [one["seed"] for one in again["data"]] == [5, 6]
    status, fields, _ = own.request("POST", PATH, raw=json.dumps(body, indent=1).encode())
    assert fields[MARK] == "hit", "the order and the blanks of a body are none of the pixels' business"
    assert ask(own, body | {"user": "ada", "response_format": "url"})[1][MARK] == "hit"


@pytest.mark.parametrize("change", [
    {"prompt": PAGE + " "}, {"n": 2}, {"size": "1024x1536"}, {"quality": "medium"}, {"seed": 7},
    {"output_format": "webp"}, {"output_format": "jpeg", "output_compression": 50}, {"model": "gpt-image-1.5"},
    {"style": "vivid"}, {"thinking": "low"}, {"moderation": "low"}], ids=str)
def test_whatever_may_change_a_pixel_is_a_miss(own, change):
    ask(own, FAST)
    assert is_cached(own, FAST)
    assert ask(own, FAST | change, Cache_Control="only-to-be-ignored")[1][MARK] == "miss"


def test_warnings_come_along(own):
    body = FAST | {"prompt": f'poster with the title "{uuid.uuid4().hex[:6]}" and a flurble'}
    _, fields, first = ask(own, body)
    first = json.loads(first)
    assert first["warnings"] and is_cached(own, body)
    _, again, data = ask(own, body)
    assert json.loads(data)["warnings"] == first["warnings"]
    assert again["x-calotype-warnings"] == fields["x-calotype-warnings"]


def test_a_url_of_a_hit_is_live(own):
    body = fresh()
    ask(own, body)
    assert is_cached(own, body)
    status, fields, data = ask(own, body | {"response_format": "url"})
    assert (status, fields[MARK]) == (200, "hit")
    assert own.request("GET", json.loads(data)["data"][0]["url"])[0] == 200


def test_a_stream_that_hits_is_its_completed_events(own):
    body = fresh(SLOW) | {"n": 2}
    pictures = [one["b64_json"] for one in json.loads(ask(own, body)[2])["data"]]
    assert is_cached(own, body)
    status, fields, data = ask(own, body | {"stream": True, "partial_images": 3})
    assert (status, fields[MARK]) == (200, "hit") and fields["content-type"].startswith("text/event-stream")
    events = [json.loads(frame.split(b"data: ")[1]) for frame in data.split(b"\n\n") if frame]
    assert [event["type"] for event in events] == ["image_generation.completed"] * 2
    assert [event["b64_json"] for event in events] == pictures


def test_cache_control_bypasses_it(own):
    body = fresh()
    assert ask(own, body, Cache_Control="no-store")[1][MARK] == "bypass"
    time.sleep(0.1)
    assert ask(own, body, Cache_Control="max-age=0, no-cache")[1][MARK] == "bypass"
    assert is_cached(own, body), "no-cache draws anew and keeps that"
    before = jobs_of(own)
    assert ask(own, body, Cache_Control="no-cache")[1][MARK] == "bypass"
    assert ask(own, body, Cache_Control="no-store")[1][MARK] == "bypass"
    assert jobs_of(own) == before + 2


def test_an_edit_is_a_hit_by_the_bytes_of_its_pictures(own):
    def edit(image):
        status, fields, data = own.request("POST", "/v1/images/edits", raw=forms.form(
            forms.MODEL, forms.LOW, forms.BRIGHTER, forms.part("image", image, "x.png", "image/png")),
            headers=forms.CONTENT_TYPE)
        assert status == 200, data[:300]
        return fields[MARK], json.loads(data)["data"]

    one, other = forms.png(colour=(9, 9, 200)), forms.png(colour=(9, 9, 201))
    mark, first = edit(one)
    assert mark == "miss" and wait_until(lambda: edit(one)[0] == "hit", 5)
    assert edit(one) == ("hit", first) and edit(other)[0] == "miss"


def test_50_identical_requests_at_once_are_drawn_once(own):
    body, before = fresh(SLOW) | {"n": 2}, jobs_of(own)
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda _: ask(own, body), range(50)))
    assert {status for status, _, _ in replies} == {200}
    assert sorted(fields[MARK] for _, fields, _ in replies) == ["hit"] * 49 + ["miss"]
    assert len({json.dumps(json.loads(data)["data"]) for _, _, data in replies}) == 1
    assert jobs_of(own) == before + 1


def test_who_draws_may_leave_as_long_as_somebody_waits():
    with Server("--set", "cache=true", "--set", "runners=1") as server:
        body = SLOW | {"n": 2}
        with server.connect() as drawing, server.connect() as waiting:
            drawing.ask("POST", PATH, body)
            assert wait_until(lambda: server.jobs()[1] == 1)
            waiting.ask("POST", PATH, body)
            time.sleep(0.05)
            drawing.reset()
            reply = waiting.read_reply()
        assert reply.status == 200 and reply.fields[MARK] == "hit" and jobs_of(server) == 1


def test_when_nobody_waits_any_more_it_is_cancelled():
    with Server("--set", "cache=true", "--set", "runners=1") as server:
        first, second = server.connect(), server.connect()
        first.ask("POST", PATH, ENDLESS)
        assert wait_until(lambda: server.jobs()[1] == 1)
        second.ask("POST", PATH, ENDLESS)
        time.sleep(0.1)
        first.reset()
        time.sleep(0.1)
        assert server.jobs()[1] == 1
        second.reset()
        assert wait_until(lambda: server.jobs() == (0, 0), 5)
        assert server.generate(**FAST)[0] == 200


def test_who_waits_is_told_why_nothing_comes():
    with Server("--set", "cache=true", "--set", "drain_seconds=0") as server:
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(ask, server, ENDLESS) for _ in range(3)]
            assert wait_until(lambda: server.jobs()[1] == 1)
            time.sleep(0.2)
            server.signal()
            statuses = {one.result()[0] for one in asked}
        assert len(statuses) == 1 and statuses.pop() >= 499


def test_keys_share_what_they_draw_only_within_a_project():
    with Server("--set", "cache=true") as server:
        keys = [make(server, "a", "--project", "p"), make(server, "b", "--project", "p"), make(server, "c")]
        assert wait_until(lambda: server.request("GET", "/v1/models")[0] == 401)
        marks = [ask(server, FAST, Authorization=f"Bearer {keys[0]['secret']}")[1][MARK]]
        assert is_cached(server, FAST, Authorization=f"Bearer {keys[0]['secret']}")
        marks += [ask(server, FAST, Authorization=f"Bearer {key['secret']}")[1][MARK] for key in keys]
        assert marks == ["miss", "hit", "hit", "miss"]


@pytest.mark.parametrize("percent", [0, 25])
def test_a_hit_costs_what_policy_says_and_usage_shows_it(percent):
    with Server("--set", "cache=true", "--set", f"cache_price={percent}") as server:
        key = make(server, "k", "--rpm", "7")
        secret = {"Authorization": f"Bearer {key['secret']}"}
        assert wait_until(lambda: server.request("GET", "/v1/models")[0] == 401)
        assert ask(server, FAST, **secret)[0] == 200
        price = rows(server, "SELECT SUM(cost_simulated) FROM ledger")[0][0]
        time.sleep(0.2)
        marks = [ask(server, FAST, **secret)[1].get(MARK) for _ in range(6)]
        assert marks == ["hit"] * 6
        status, fields, _ = ask(server, FAST, **secret)
        assert status == 429 and fields["x-ratelimit-limit-requests"] == "7"
        want = price + 6 * (price // 100 * percent)
        assert wait_until(lambda: rows(server, "SELECT SUM(requests), SUM(cached), SUM(pictures) FROM usage_days")
                          == [(7, 6, 7)], 5)
        for table in "ledger", "usage_days":
            assert rows(server, f"SELECT SUM(cost_simulated) FROM {table}") == [(want,)]
        usage = json.loads(server.request("GET", "/v1/usage?by=key", headers=secret)[2])["data"][0]
        assert usage["cached"] == 6 and usage["cache_hit_rate"] == pytest.approx(6 / 7, 1e-4)


def test_a_hit_needs_room_in_the_budget_for_its_price():
    with Server("--set", "cache=true", "--set", "cache_price=100") as server:
        key = make(server, "k", "--budget-total", "0.008")  # room for one
        secret = {"Authorization": f"Bearer {key['secret']}"}
        assert wait_until(lambda: server.request("GET", "/v1/models")[0] == 401)
        assert ask(server, FAST, **secret)[0] == 200
        time.sleep(0.2)
        assert ask(server, FAST, **secret)[0] == 429


def test_a_hit_with_an_idempotency_key_is_kept_like_a_picture(own):
    body, key = fresh(), str(uuid.uuid4())
    ask(own, body)
    assert is_cached(own, body)
    status, fields, first = ask(own, body, Idempotency_Key=key)
    assert (status, fields[MARK]) == (200, "hit")
    status, fields, again = ask(own, body, Idempotency_Key=key)
    assert fields["x-calotype-idempotent-replay"] == "true" and again == first and MARK not in fields
    assert ask(own, body | {"n": 2}, Idempotency_Key=key)[0] == 400


def test_it_survives_a_restart_and_a_kill(tmp_path):
    body = fresh()
    with Server("--set", "cache=true", data=tmp_path) as server:
        pictures = json.loads(ask(server, body)[2])["data"]
        assert is_cached(server, body)
        server.signal(signal.SIGKILL)
        server.process.wait()
    with Server("--set", "cache=true", data=tmp_path) as server:
        status, fields, data = ask(server, body)
        assert fields[MARK] == "hit" and json.loads(data)["data"] == pictures


def stored(server):
    return {path.name: path for path in (pathlib.Path(server.data) / "pictures").rglob("*.*") if path.is_file()}


def test_what_is_too_much_goes_unless_its_url_is_live(tmp_path):
    with Server("--set", "cache=true", data=tmp_path) as server:
        bodies = [FAST | {"prompt": f'watercolor poster with the title "{i}"', "size": "3840x2160", "n": 3}
                  for i in range(2)]
        for body in bodies:
            ask(server, body)
            assert is_cached(server, body)
        data = json.loads(ask(server, bodies[0] | {"response_format": "url"})[2])["data"]
        urls = [one["url"].removeprefix(server.root) for one in data]
        kept = {url.split("/")[-1].split("?")[0] for url in urls}
        assert len(stored(server)) == 6
        for name, path in stored(server).items():
            if name not in kept:
                os.utime(path, (time.time() - 7200,) * 2)  # drawn two hours ago
    with Server("--set", "cache=true", "--set", "cache_mb=1", data=tmp_path) as server:
        assert wait_until(lambda: rows(server, "SELECT COUNT(*) FROM cache") == [(0,)], 15)
        assert wait_until(lambda: set(stored(server)) == kept, 5)
        assert [server.request("GET", url)[0] for url in urls] == [200] * 3


def test_a_picture_that_is_gone_is_drawn_again(own):
    body = fresh(FAST | {"size": "3840x2160"})
    ask(own, body)
    assert is_cached(own, body)
    name, = rows(own, "SELECT name FROM cache_pictures WHERE key = (SELECT key FROM cache ORDER BY created_ms DESC LIMIT 1)")[0]
    stored(own)[name].unlink()
    assert ask(own, body | {"response_format": "url"})[1][MARK] == "miss"
    assert is_cached(own, body)
