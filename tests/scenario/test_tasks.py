"""Asynchronous tasks: 202, poll, list, cancel, events; who may see them; what a kill -9 leaves."""

import json
import os
import random
import signal
import sqlite3
import time

import pytest

from calotype import ENDLESS, FAST, Server, cli, wait_until
from receiver import REACHABLE, Receiver

PATH = "/v1/images/generations"


def ask(server, method, path, body=None, **headers):
    status, fields, data = server.request(method, path, body, {k.replace("_", "-"): v
                                                               for k, v in headers.items()})
    return status, fields, json.loads(data)


def submit(server, body=FAST, **headers):
    status, _, task = ask(server, "POST", PATH, body | {"async": True}, **headers)
    assert status == 202, task
    return task["id"]


def wait(server, task, *statuses, seconds=60, **headers):
    until = time.time() + seconds
    while time.time() < until:
        status, _, reply = ask(server, "GET", f"/v1/tasks/{task}", **headers)
        assert status == 200, reply
        if reply["status"] in statuses:
            return reply
        time.sleep(0.05)
    raise AssertionError(f"{task} is still {reply['status']}")


def test_a_task_is_accepted_polled_and_completed(server):
    status, fields, task = ask(server, "POST", PATH, FAST | {"async": True, "n": 2, "seed": 5})
    assert status == 202
    assert fields["location"] == f"/v1/tasks/{task['id']}" and fields["retry-after"] == "2"
    assert task["id"].startswith("imgtask_") and task["task_id"] == task["id"]
    assert task["object"] == "image.generation.task" and task["status"] == "queued"
    assert task["data"] == [] and task["error"] is None and task["progress"] == 0
    done = wait(server, task["id"], "completed")
    assert done["progress"] == 100 and done["completed_at"] >= done["created_at"]
    assert task["expires_at"] is None and done["expires_at"] > done["completed_at"]
    assert (done["size"], done["quality"], done["output_format"]) == ("1024x1024", "low", "png")
    assert done["usage"]["output_tokens"] == 2 * 196
    assert [picture["seed"] for picture in done["data"]] == [5, 6]
    for picture in done["data"]:
        status, headers, data = server.request("GET", picture["url"])
        assert status == 200 and data.startswith(b"\x89PNG") and headers["content-type"] == "image/png"


def test_a_task_gives_base64_when_asked_to(server):
    task = submit(server, FAST | {"response_format": "b64_json"})
    direct = server.generate(**FAST)[2]["data"][0]["b64_json"]
    assert wait(server, task, "completed")["data"][0]["b64_json"] == direct


def test_pictures_nobody_reads_wait_on_disk_not_in_memory(tmp_path):
    """Asking for base64 again and again costs nothing; twelve replies of 32 MB are not in memory."""
    with Server(data=tmp_path) as server:
        task = ask(server, "POST", PATH, FAST | {"async": True, "n": 2, "seed": 1, "response_format": "b64_json"})[2]["id"]
        wait(server, task, "completed")
        for name in (tmp_path / "pictures").rglob("*.png"):
            name.write_bytes(os.urandom(12 << 20))
        clients = [server.connect() for _ in range(12)]
        for client in clients:
            client.ask("GET", f"/v1/tasks/{task}")
        whole = json.loads(server.request("GET", f"/v1/tasks/{task}")[2])["data"]
        assert server.memory_bytes() < 250 << 20
        assert clients[0].read_reply().json["data"] == whole
        for client in clients:
            client.close()


@pytest.mark.parametrize("path", ["/v1/tasks/{}", "/v1/images/tasks/{}",
                                  "/v1/images/generations/{}", "/v1/images/{}"])
def test_every_alias_shows_the_task(server, path):
    task = submit(server)
    status, fields, reply = ask(server, "GET", path.format(task))
    assert status == 200 and reply["id"] == task
    assert fields["cache-control"] == "no-store"


def test_the_other_triggers(server):
    status, fields, by_header = ask(server, "POST", PATH, FAST, prefer="wait=1, Respond-Async")
    assert status == 202 and fields["preference-applied"] == "respond-async"
    status, _, by_path = ask(server, "POST", PATH + "/async", FAST)
    assert status == 202
    assert wait(server, by_header["id"], "completed") and wait(server, by_path["id"], "completed")


def test_without_a_trigger_nothing_changes(server):
    status, _, reply = server.generate(**FAST | {"async": False})
    assert status == 200 and reply["data"][0]["b64_json"]


def test_strict_knows_no_tasks(strict_server):
    status, _, reply = ask(strict_server, "POST", PATH, FAST | {"async": True})
    assert status == 400 and reply["error"]["code"] == "unknown_parameter"
    assert ask(strict_server, "POST", PATH, FAST, prefer="respond-async")[0] == 200
    assert ask(strict_server, "POST", PATH + "/async", FAST)[0] == 404


def test_a_request_id_finds_its_task(server):
    status, fields, task = ask(server, "POST", PATH, FAST | {"async": True})
    assert ask(server, "GET", f"/v1/tasks/{fields['x-request-id']}")[2]["id"] == task["id"]


def test_a_stream_cannot_be_asynchronous(server):
    status, _, reply = ask(server, "POST", PATH, FAST | {"async": True, "stream": True})
    assert status == 400 and reply["error"]["param"] == "stream"
    assert "/events" in reply["error"]["message"]


def test_a_bad_request_is_refused_at_once(server):
    status, _, reply = ask(server, "POST", PATH, FAST | {"async": True, "n": 11})
    assert status == 400 and reply["error"]["code"] == "integer_above_max_value"


def test_an_unknown_task_is_not_found(server):
    for method, path in (("GET", "/v1/tasks/imgtask_0"), ("DELETE", "/v1/tasks/imgtask_0"),
                         ("POST", "/v1/tasks/imgtask_0/cancel"), ("GET", "/v1/tasks/imgtask_0/events")):
        status, _, reply = ask(server, method, path)
        assert (status, reply["error"]["type"]) == (404, "invalid_request_error")
        assert reply["error"]["message"] == "No task found with id 'imgtask_0'."


def test_tasks_are_seen_by_their_key_alone(tmp_path):
    keys = [cli("key", "create", name, "--data", tmp_path).stdout.strip() for name in "ab"]
    mine, other = ({"Authorization": f"Bearer {key}"} for key in keys)
    with Server(data=tmp_path) as server:
        task = submit(server, **mine)
        wait(server, task, "completed", **mine)
        assert ask(server, "GET", f"/v1/tasks/{task}", **mine)[0] == 200
        for method, path in (("GET", f"/v1/tasks/{task}"), ("DELETE", f"/v1/tasks/{task}"),
                             ("GET", f"/v1/tasks/{task}/events")):
            assert ask(server, method, path, **other)[0] == 404
        assert ask(server, "GET", "/v1/tasks", **other)[2]["data"] == []
        assert [t["id"] for t in ask(server, "GET", "/v1/tasks", **mine)[2]["data"]] == [task]


def test_lists_turn_pages(tmp_path):
    with Server(data=tmp_path) as server:
        tasks = [submit(server) for _ in range(5)]
        for task in tasks:
            wait(server, task, "completed")
        seen, after = [], ""
        while True:
            page = ask(server, "GET", f"/v1/tasks?limit=2{after}")[2]
            seen += [task["id"] for task in page["data"]]
            assert page["first_id"] == page["data"][0]["id"]
            if not page["has_more"]:
                break
            after = f"&after={page['last_id']}"
        assert seen == tasks[::-1]
        assert ask(server, "GET", "/v1/tasks?status=queued")[2]["data"] == []
        assert len(ask(server, "GET", "/v1/tasks?status=succeeded")[2]["data"]) == 5
        for query, param in (("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"),
                             ("status=odd", "status")):
            status, _, reply = ask(server, "GET", "/v1/tasks?" + query)
            assert status == 400 and reply["error"]["param"] == param
        assert ask(server, "GET", "/v1/tasks?after=imgtask_0")[0] == 404


def test_cancelling_a_waiting_a_running_and_an_ended_task():
    with Server("--set", "runners=1") as server:
        running = submit(server, ENDLESS)
        wait(server, running, "processing")
        waiting = submit(server, ENDLESS)
        assert ask(server, "GET", f"/v1/tasks/{waiting}")[2]["queue_position"] == 0
        status, _, reply = ask(server, "POST", f"/v1/tasks/{waiting}/cancel")
        assert (status, reply["status"]) == (200, "cancelled")
        begun = time.time()
        status, fields, reply = ask(server, "DELETE", f"/v1/tasks/{running}")
        assert (status, reply["status"]) == (202, "processing")
        assert wait(server, running, "cancelled")["error"]["code"] == "cancelled"
        assert time.time() - begun < 5
        for task in (running, waiting):
            status, fields, reply = ask(server, "POST", f"/v1/tasks/{task}/cancel")
            assert (status, reply["error"]["code"]) == (400, "task_not_cancellable")


def test_events_follow_a_task_to_its_end(server):
    task = submit(server, FAST | {"n": 3})
    status, fields, data = server.request("GET", f"/v1/tasks/{task}/events")
    assert status == 200 and fields["content-type"].startswith("text/event-stream")
    events = [frame.split("\n", 1) for frame in data.decode().split("\n\n")
              if frame.startswith("event:")]
    assert events[-1][0] == "event: task.completed"
    assert all(name == "event: task.progress" for name, _ in events[:-1])
    last = json.loads(events[-1][1].removeprefix("data: "))
    assert last["id"] == task and len(last["data"]) == 3
    again = server.request("GET", f"/v1/tasks/{task}/events")[2].decode()
    assert again.startswith("event: task.completed") and again.count("event:") == 1


def test_a_client_that_leaves_loses_no_task(server):
    with server.connect() as connection:
        connection.ask("POST", PATH, FAST | {"async": True, "prompt": "a poster: left at once"})
    until = time.time() + 60
    while time.time() < until:
        newest = ask(server, "GET", "/v1/tasks?limit=1")[2]["data"]
        if newest and newest[0]["status"] == "completed":
            return
        time.sleep(0.05)
    raise AssertionError("the task was lost with its client")


def test_a_stopped_server_goes_on_where_it_was(tmp_path):
    with Server("--set", "runners=1", "--set", "drain_seconds=0", data=tmp_path) as server:
        running = submit(server, ENDLESS | {"quality": "low", "size": "1024x1024"})
        wait(server, running, "processing")
        waiting = submit(server)
    with Server("--set", "drain_seconds=0", data=tmp_path) as server:
        assert wait(server, waiting, "completed")
        assert wait(server, running, "processing", "completed")


KILLS = 200
SMALL = FAST | {"size": "1024x640", "prompt": "a poster: X"}


def test_no_accepted_task_is_lost_or_done_twice_by_kill_9(tmp_path):
    """Kills the server at random moments, under load, 200 times; afterwards every task that was
    answered 202 is completed, with one end and all its pictures, and somebody was told of it, under
    one webhook-id."""
    with Receiver() as receiver:
        kill_and_look(tmp_path, receiver)


def told(receiver):
    """The webhook-ids under which the receiver was told of each task."""
    ids = {}
    for _, fields, body in list(receiver.deliveries):
        ids.setdefault(json.loads(body)["id"], set()).add(fields["webhook-id"])
    return ids


def kill_and_look(tmp_path, receiver):
    moments = random.Random(1)
    accepted = []
    for _ in range(KILLS):
        server = Server(*REACHABLE, "--set", "log_level=error", data=tmp_path)
        server.start()
        until = time.time() + moments.uniform(0, 0.25)
        try:
            while time.time() < until:
                accepted.append(submit(server, SMALL | {
                    "seed": len(accepted), "callback_url": receiver.url + "/200"}))
                time.sleep(0.04)
        except OSError:
            pass
        server.signal(signal.SIGKILL)
        server.stop()
    assert len(accepted) > KILLS
    with Server(*REACHABLE, data=tmp_path) as server:
        for task in accepted:
            done = wait(server, task, "completed", seconds=300)
            assert len(done["data"]) == 1
        assert server.request("GET", done["data"][0]["url"])[0] == 200
        assert wait_until(lambda: set(accepted) <= set(told(receiver)))
    assert all(len(ids) == 1 for ids in told(receiver).values())
    with sqlite3.connect(tmp_path / "calotype.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute("SELECT count(*), count(ended_ms) FROM jobs").fetchone()
        assert rows[0] == rows[1] >= len(accepted)
        assert database.execute("SELECT count(*) FROM job_pictures").fetchone()[0] == rows[0]
        names = [name for name, in database.execute("SELECT name FROM job_pictures")]
    assert all((tmp_path / "pictures" / name[:2] / name).is_file() for name in names)
