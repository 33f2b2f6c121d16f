"""Budgets, the ledger, usage reports, prices before work: nothing is overspent, everything adds up."""

import concurrent.futures
import json
import random
import signal
import sqlite3
import time

import pytest

from calotype import ENDLESS, FAST, Server, cli, wait_until

PATH = "/v1/images/generations"
# 196 output tokens at 30,000 nano-dollars, and the prompt's at 5,000.
PRICE = 196 * 30000 + ((len(FAST["prompt"]) + 3) // 4 + 6) * 5000


def make(server, name, *options):
    done = cli("key", "create", name, "--json", "--data", server.data, *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ask(server, key, method, path, body=None):
    status, fields, data = server.request(method, path, body,
                                          {"Authorization": f"Bearer {key['secret']}"})
    return status, fields, json.loads(data)


def dollars(nano):
    return f"{nano // 10**9}.{nano % 10**9:09}"


def rows(server, statement):
    with sqlite3.connect(f"file:{server.data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


def in_force(server):
    """Whether the server has seen that there are keys now."""
    return wait_until(lambda: ask(server, {"secret": "x"}, "GET", "/v1/models")[0] == 401)


@pytest.fixture(scope="module")
def keyed():
    with Server("--set", "queue=1000") as running:
        running.admin = make(running, "root", "--scopes", "admin")
        assert in_force(running)
        yield running


def key_of(keyed, *options):
    key = make(keyed, "k", *options)
    assert wait_until(lambda: ask(keyed, key, "GET", "/v1/models")[0] == 200)
    return key


def test_200_at_once_against_room_for_37_draw_exactly_37(keyed):
    key = key_of(keyed, "--budget-month", dollars(37 * PRICE + PRICE // 2))
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda _: ask(keyed, key, "POST", PATH, FAST), range(200)))
    assert sorted(status for status, _, _ in replies) == [200] * 37 + [429] * 163
    refused = next(reply for reply in replies if reply[0] == 429)
    assert refused[2]["error"]["code"] == refused[2]["error"]["type"] == "insufficient_quota"
    assert refused[1]["x-should-retry"] == "false" and "retry-after" not in refused[1]
    (spent,) = rows(keyed, f"SELECT SUM(cost_simulated) FROM ledger WHERE key_id = '{key['id']}'")[0]
    assert spent == 37 * PRICE


def test_a_task_holds_its_price_while_it_waits_and_when_it_is_done(keyed):
    key = key_of(keyed, "--budget-total", dollars(PRICE), "--concurrency", "1")
    status, _, task = ask(keyed, key, "POST", PATH, FAST | {"async": True})
    assert status == 202
    assert ask(keyed, key, "POST", PATH, FAST)[0] == 429
    assert wait_until(lambda: ask(keyed, key, "GET", f"/v1/tasks/{task['id']}")[2]["status"] == "completed")
    assert ask(keyed, key, "POST", PATH, FAST)[0] == 429


def test_work_that_is_given_up_costs_nothing(keyed):
    key = key_of(keyed, "--budget-total", "0.5")  # one of these has room, two have not
    headers = {"authorization": f"Bearer {key['secret']}"}
    with keyed.connect() as left:
        left.ask("POST", PATH, ENDLESS, **headers)
        assert wait_until(lambda: keyed.jobs()[1] == 1)
        assert ask(keyed, key, "POST", PATH, ENDLESS)[0] == 429
        left.reset()
    state = f"SELECT state, cost_simulated FROM ledger WHERE key_id = '{key['id']}'"
    assert wait_until(lambda: rows(keyed, state) == [(2, 0)])
    status, _, task = ask(keyed, key, "POST", PATH, ENDLESS | {"async": True})
    assert status == 202 and ask(keyed, key, "POST", PATH, ENDLESS)[0] == 429
    assert ask(keyed, key, "DELETE", f"/v1/tasks/{task['id']}")[0] in (200, 202)
    assert wait_until(lambda: rows(keyed, state) == [(2, 0), (2, 0)])
    assert ask(keyed, key, "POST", PATH, FAST)[0] == 200


def test_each_user_of_a_key_has_a_budget(keyed):
    key = key_of(keyed, "--budget-user", dollars(PRICE))
    assert ask(keyed, key, "POST", PATH, FAST | {"user": "ada"})[0] == 200
    assert ask(keyed, key, "POST", PATH, FAST | {"user": "ada"})[0] == 429
    assert ask(keyed, key, "POST", PATH, FAST | {"user": "bob"})[0] == 200


def test_a_kill_loses_no_money_and_holds_none_for_ever(tmp_path):
    chance = random.Random(11)
    key = None
    for _ in range(5):
        with Server(data=tmp_path) as server:
            if not key:
                key = make(server, "k")
                assert in_force(server)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                def one(i):
                    try:
                        ask(server, key, "POST", PATH, FAST | {"async": i % 2 == 0})
                    except OSError:
                        pass  # it was killed
                asked = [pool.submit(one, i) for i in range(12)]
                time.sleep(chance.random() * 0.4)
                server.signal(signal.SIGKILL)
                server.process.wait()
                concurrent.futures.wait(asked)
    with Server(data=tmp_path) as server:
        open_rows = "SELECT COUNT(*) FROM ledger WHERE state = 0"
        assert wait_until(lambda: rows(server, open_rows) == [(0,)], 60)
        done, cost = rows(server, "SELECT COUNT(*), SUM(cost_simulated) FROM ledger WHERE state = 1")[0]
        drawn = rows(server, "SELECT COUNT(*) FROM jobs WHERE state = 3")[0][0]
        assert done == drawn and cost == done * PRICE
        total = ask(server, key, "GET", "/v1/usage?by=day")[2]["total"]
        assert total["pictures"] == done
        assert abs(total["simulated_cost_usd"] - cost / 1e9) < 1e-12 and total["cost_usd"] == 0
        assert rows(server, "SELECT SUM(cost_simulated) FROM usage_days") == [(cost,)]


def test_usage_shows_a_key_itself_and_an_admin_all(keyed):
    key = key_of(keyed)
    assert ask(keyed, key, "POST", PATH, FAST | {"user": "=1+1"})[0] == 200
    own = ask(keyed, key, "GET", "/v1/usage?by=key")[2]
    assert [line["key"] for line in own["data"]] == [key["id"]]
    line = own["data"][0]
    assert (line["requests"], line["pictures"], line["output_tokens"]) == (1, 1, 196)
    assert line["cost_usd"] == 0 and line["simulated_cost_usd"] == PRICE / 1e9
    assert line["cost_per_picture_usd"] == PRICE / 1e9 and line["error_rate"] == 0
    everybody = ask(keyed, keyed.admin, "GET", "/v1/usage?by=key")[2]
    assert key["id"] in [one["key"] for one in everybody["data"]]
    assert ask(keyed, key, "GET", f"/v1/usage?key_id={keyed.admin['id']}")[0] == 403
    assert ask(keyed, key, "GET", "/v1/usage?by=moon")[2]["error"]["param"] == "by"
    for wrong, param in (("from=2026-02-30", "from"), ("from=2026-02-02&to=2026-02-01", "from"), ("format=xml", "format")):
        status, _, refused = ask(keyed, key, "GET", f"/v1/usage?{wrong}")
        assert (status, refused["error"]["param"]) == (400, param)
    data = ("--data", keyed.data, "--key", key["id"])
    assert json.loads(cli("usage", "--by", "model", "--json", *data).stdout)["total"]["pictures"] == 1
    listed = {one["id"]: one for one in json.loads(cli("key", "list", "--json", "--data", keyed.data).stdout)}
    shown = ask(keyed, keyed.admin, "GET", f"/v1/admin/keys/{key['id']}")[2]
    for one in listed[key["id"]], shown:
        assert (one["spent_month"], one["spent_total_simulated"]) == (0, PRICE / 1e9)
    csv = cli("usage", "--by", "user", "--csv", *data).stdout.splitlines()
    assert csv[0].startswith("user,requests,") and csv[1].startswith("\"'=1+1\",1,0,0,1,")
    assert "simulated" in cli("usage", *data).stdout
    assert cli("usage", "--from", "2026-01-01", "--to", "2026-01-31", *data).stdout.endswith(
        "No requests from 2026-01-01 to 2026-01-31.\n")


def test_the_price_is_known_before_anything_is_drawn(keyed):
    before = rows(keyed, "SELECT COUNT(*) FROM jobs")
    status, _, reply = ask(keyed, keyed.admin, "POST", "/v1/images/estimate",
                           FAST | {"n": 2, "stream": True, "partial_images": 3})
    assert status == 200 and reply["usage"]["output_tokens"] == 2 * 196
    assert round(reply["cost_usd"] * 1e9) == PRICE + 196 * 30000
    assert round(reply["max_cost_usd"] * 1e9) == PRICE + (196 + 600) * 30000
    assert reply["simulated"] is True
    assert ask(keyed, keyed.admin, "POST", "/v1/images/estimate", FAST | {"n": 11})[0] == 400
    assert rows(keyed, "SELECT COUNT(*) FROM jobs") == before
    same = json.loads(cli("cost", FAST["prompt"], "--size", "1024x1024", "--quality", "low",
                          "-n", "2", "--json").stdout)
    assert same["cost_usd"] == reply["cost_usd"]
    assert cli("cost", "a mug", "--size", "1x1").returncode == 3
