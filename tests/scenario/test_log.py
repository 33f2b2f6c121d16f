"""The log: one line a request with what an operator needs, and nothing that is somebody's secret."""

import base64
import json
import re
import signal
import sqlite3

import pytest

from calotype import FAST, Server, cli, wait_until
from forms import BOUNDARY, form, part, png
from receiver import REACHABLE, Receiver

PATH = "/v1/images/generations"
JSON = ("--set", "log_format=json")

COMMON = ["time", "level", "msg", "request_id", "key", "route", "status", "error", "ms", "bytes",
          "retries"]
PICTURES = ["cache", "model", "engine", "size", "quality", "n", "prompt_hash", "input_tokens",
            "output_tokens", "queue_ms", "draw_ms", "encode_ms", "store_ms", "moderation",
            "cost_nanodollars", "simulated_nanodollars"]
ENDS = ["receive_ms", "send_ms", "state"]


def lines(server, msg="request"):
    return [line for line in map(json.loads, server.log) if line["msg"] == msg]


def line_of(server, request_id):
    assert wait_until(lambda: any(l["request_id"] == request_id for l in lines(server)))
    found = [l for l in lines(server) if l["request_id"] == request_id]
    assert len(found) == 1, "one line a request"
    return found[0]


@pytest.fixture(scope="module")
def logging():
    with Server(*JSON, *REACHABLE, "--set", "runners=1") as server:
        yield server


def test_a_generation_has_exactly_the_documented_fields(logging):
    status, headers, reply = logging.generate(**FAST)
    line = line_of(logging, headers["x-request-id"])
    assert list(line) == COMMON + PICTURES + ENDS
    assert (status, line["status"], line["error"]) == (200, 200, "")
    assert line["model"].startswith("gpt-image-2-2") and line["engine"] == "scene"
    assert (line["size"], line["quality"], line["n"]) == ("1024x1024", "low", 1)
    assert line["input_tokens"] == reply["usage"]["input_tokens"]
    assert line["output_tokens"] == reply["usage"]["output_tokens"] == 196
    assert line["cost_nanodollars"] == 0 and line["simulated_nanodollars"] > 196 * 30000
    assert (line["moderation"], line["cache"], line["retries"]) == ("off", "off", 0)
    stages = sum(line[f"{s}_ms"] for s in ("receive", "queue", "draw", "encode", "store", "send"))
    assert 0 <= line["ms"] - stages <= 20, "the stages make up the whole"
    assert line["draw_ms"] > 0 and line["encode_ms"] > 0


def test_a_refused_generation_says_what_was_asked_for_and_why_not(logging):
    key = json.loads(cli("key", "create", "poor", "--json", "--budget-total", "0.001",
                         "--data", logging.data).stdout)
    auth = {"Authorization": f"Bearer {key['secret']}", "X-Stainless-Retry-Count": "2"}
    assert wait_until(lambda: logging.request("GET", "/v1/models")[0] == 401), "there are keys now"
    status, headers, _ = logging.request("POST", PATH, FAST, auth)
    line = line_of(logging, headers["x-request-id"])
    assert list(line) == COMMON + PICTURES
    assert (status, line["status"], line["error"]) == (429, 429, "E_QUOTA")
    assert line["key"] == key["id"] and line["retries"] == 2
    assert line["simulated_nanodollars"] == line["output_tokens"] == 0
    assert cli("key", "revoke", key["id"], "--data", logging.data).returncode == 0


def test_what_is_no_request_for_pictures_has_the_common_fields():
    with Server(*JSON) as server:
        _, headers, _ = server.request("GET", "/v1/nowhere?secret=1",
                                       headers={"X-Stainless-Retry-Count": "many"})
        line = line_of(server, headers["x-request-id"])
        assert list(line) == COMMON
        assert (line["route"], line["error"], line["retries"]) == ("none", "E_URL", 0)


def test_a_task_has_a_line_of_its_own_when_it_ends():
    with Server(*JSON) as server:
        _, headers, data = server.request("POST", PATH + "/async", FAST)
        task = json.loads(data)["id"]
        assert wait_until(lambda: lines(server, "task"))
        (line,) = lines(server, "task")
        assert line["task"] == task and line["request_id"] == headers["x-request-id"]
        assert (line["state"], line["error"], line["size"]) == ("done", "", "1024x1024")
        assert line["output_tokens"] == 196 and line["simulated_nanodollars"] > 0
        accepted = line_of(server, headers["x-request-id"])
        assert accepted["status"] == 202 and accepted["prompt_hash"] == line["prompt_hash"]
        assert accepted["output_tokens"] == 0, "not drawn yet"


def hash_of(server, prompt):
    _, headers, _ = server.generate(**FAST | {"prompt": prompt})
    return line_of(server, headers["x-request-id"])


def test_prompts_are_keyed_hashes_unless_the_setting_says_otherwise():
    with Server(*JSON) as one, Server(*JSON, "--set", "log_prompts=true") as two:
        first, again, other = (hash_of(one, p)["prompt_hash"] for p in ("poster a", "poster a", "poster b"))
        assert first == again != other and re.fullmatch("[0-9a-f]{32}", first)
        shown = hash_of(two, "poster a")
        assert shown["prompt_hash"] != first, "another server, another key"
        assert shown["prompt"] == "poster a" and "poster a" not in one.log_text()


def test_a_rotated_log_file_goes_on_in_a_new_one(tmp_path):
    log = tmp_path / "calotype.log"
    with Server("--set", f"log_file={log}") as server:
        server.request("GET", "/v1/models")
        assert wait_until(lambda: "route=/v1/models" in log.read_text())
        log.rename(tmp_path / "calotype.log.1")
        server.signal(signal.SIGHUP)
        assert wait_until(log.exists)
        server.request("GET", "/health")
        assert wait_until(lambda: "route=/health" in log.read_text())
        assert "/health" not in (tmp_path / "calotype.log.1").read_text()
        assert log.stat().st_mode & 0o7777 == 0o640 and server.log_text() == ""
    assert "stopped" in log.read_text()


def test_sighup_without_a_log_file_changes_nothing():
    with Server() as server:
        server.signal(signal.SIGHUP)
        assert server.generate(**FAST)[0] == 200
        assert server.health()["live"]


def columns_with(database, text):
    """{"table.column"} whose values have that text."""
    found = set()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        db.text_factory = lambda value: value.decode("utf-8", "replace")
        tables = [name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = db.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            for row in rows:
                found |= {f"{table}.{name}" for name, value in zip(names, row) if text in str(value)}
    return found


def test_planted_secrets_turn_up_nowhere(tmp_path):
    """Strings in every place where a client may have something secret, then a look at all that the
    server writes: log, stdout, metrics, error replies, database."""
    data = tmp_path / "data"
    key = cli("key", "create", "canary", "--data", data).stdout.strip()
    wrong = "sk-canaryWrongKey0123456789abcd"
    hook = cli("callbacks", "secret", "--data", data).stdout.strip()
    mask, picture = png(alpha=True, colour=(1, 2, 3)), png(colour=(9, 8, 7))
    encoded = base64.b64encode(picture).decode()
    never = {  # nowhere at all
        "key": key[12:-4], "wrong key": wrong[3:-4], "callback secret": hook[10:40],
        "basic": "canaryBasicAuth", "query": "canaryQuery", "cookie": "canaryCookie",
        "picture": encoded[40:80], "mask": base64.b64encode(mask).decode()[40:80],
        "picture's address": "canaryAddress", "header": "canaryHeader",
        "secret": (data / "secret").read_bytes().hex() if (data / "secret").exists() else "-" * 64,
    }
    documented = {"prompt": "canaryPrompt", "callback's path": "canaryCallback"}  # in rows, no more
    good = {"Authorization": f"Bearer {key}", "Cookie": "x=canaryCookie", "X-Other": "canaryHeader",
            "OpenAI-Beta": "canaryHeader", "User-Agent": "canaryHeader"}
    replies = []
    with Receiver() as receiver, Server("--set", "log_level=debug", *REACHABLE, data=data) as server:
        def ask(method, path, body=None, headers=good, raw=None):
            status, fields, reply = server.request(method, path + "?token=canaryQuery", body, headers, raw)
            if status >= 400:
                replies.append(f"{fields}{reply.decode()}")
            return status, reply
        prompt = 'poster with the title "canaryPrompt"'
        assert ask("POST", PATH, FAST | {"prompt": prompt})[0] == 200
        assert ask("POST", PATH, FAST | {"prompt": prompt, "stream": True})[0] == 200
        assert ask("POST", PATH, FAST | {"prompt": prompt, "size": "1x1"})[0] == 400
        assert ask("POST", PATH, {"prompt": "canaryPrompt " * 4000})[0] == 400
        assert ask("POST", PATH, raw=b'{"prompt": "canaryPrompt" x}')[0] == 400
        assert ask("POST", PATH, FAST, {"Authorization": f"Bearer {wrong}"})[0] == 401
        assert ask("POST", PATH, FAST, {"Authorization": "Basic canaryBasicAuth"})[0] == 401
        edit = {"model": "gpt-image-2", "prompt": "make canaryPrompt blue",
                "images": [{"image_url": f"data:image/png;base64,{encoded}"}]}
        ask("POST", "/v1/images/edits", edit)
        assert ask("POST", "/v1/images/edits", edit | {"images": [
            {"image_url": f"data:image/png;base64,{encoded[:-8]}!!"}]})[0] == 400
        assert ask("POST", "/v1/images/edits", edit | {"images": [
            {"image_url": f"{receiver.url}/404?signature=canaryAddress"}]})[0] == 400
        ask("POST", "/v1/images/edits", None,
            good | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            form(part("image", picture, "a.png", "image/png"), part("mask", mask, "m.png", "image/png"),
                 part("prompt", "remove canaryPrompt"), part("model", "gpt-image-2")))
        _, task = ask("POST", PATH, FAST | {"prompt": prompt, "callback_url":
                                            f"{receiver.url}/200?t=canaryCallback"})
        task = json.loads(task)["id"]
        assert wait_until(lambda: receiver.deliveries)
        ask("GET", "/v1/files/img/x")
        ask("GET", "/v1/canaryQuery/x")
        server.request("DELETE", "/v1/tasks/" + task, headers=good)
        metrics = server.request("GET", "/metrics")[2].decode()
        assert wait_until(lambda: "msg=task" in server.log_text())
    log = server.log_text()
    written = {"log": log, "metrics": metrics, "errors": "\n".join(replies),
               "database": (data / "calotype.db").read_bytes().decode("latin-1")}
    for what, canary in never.items():
        for where, text in written.items():
            if (what, where) != ("query", "errors"):  # an unknown path is named to who asked for it
                assert canary not in text, f"the {what} is in the {where}"
    for what, canary in documented.items():
        for where in ("log", "metrics"):
            assert canary not in written[where], f"the {what} is in the {where}"
    assert columns_with(data / "calotype.db", "canaryPrompt") <= {"jobs.warnings"}, (
        "a request goes from its row when it has ended; warnings quote words that were not drawn")
    assert columns_with(data / "calotype.db", "canaryCallback") == {"callbacks.url", "deliveries.url"}
    assert "base64" not in log
    for status in (200, 202, 400, 401):
        assert f"status={status}" in log
