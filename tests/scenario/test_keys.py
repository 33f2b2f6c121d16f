"""API keys: the command line and /v1/admin/keys make them, the server heeds them."""

import json
import time

import pytest

from calotype import FAST, Server, cli, wait_until

PATH = "/v1/images/generations"


def make(server, name, *options):
    done = cli("key", "create", name, "--data", server.data, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def ask(server, secret, method, path, body=None):
    status, fields, data = server.request(method, path, body,
                                          {"Authorization": f"Bearer {secret}"})
    return status, fields, json.loads(data)


@pytest.fixture(scope="module")
def keyed():
    """A server with an admin key."""
    with Server() as running:
        running.admin = make(running, "root", "--scopes", "admin")
        assert wait_until(lambda: ask(running, "x", "GET", "/v1/models")[0] == 401)
        yield running


def create(keyed, **body):
    status, _, key = ask(keyed, keyed.admin, "POST", "/v1/admin/keys", {"name": "k"} | body)
    assert status == 200, key
    return key


def test_wrong_revoked_and_expired_keys_are_refused_in_the_same_words(keyed):
    revoked, expired = create(keyed), create(keyed, expires_in=1)
    assert ask(keyed, revoked["secret"], "GET", "/v1/models")[0] == 200
    assert ask(keyed, keyed.admin, "DELETE", f"/v1/admin/keys/{revoked['id']}")[2]["status"] == "revoked"
    time.sleep(1.1)
    said = set()
    for secret in revoked["secret"], expired["secret"], "sk-calotype-" + "x" * 43:
        status, _, reply = ask(keyed, secret, "POST", PATH, FAST)
        assert status == 401 and reply["error"]["code"] == "invalid_api_key"
        said.add(reply["error"]["message"].replace(secret[-4:], "last"))
    assert len(said) == 1


def test_a_scope_and_a_model_that_are_missing_are_403(keyed):
    reader = create(keyed, scopes=["images:read"])["secret"]
    status, _, reply = ask(keyed, reader, "POST", PATH, FAST)
    assert status == 403 and reply["error"]["code"] == "missing_scope"
    assert ask(keyed, reader, "GET", "/v1/tasks")[0] == 200
    assert ask(keyed, reader, "GET", "/v1/admin/keys")[0] == 403
    one = create(keyed, models=["gpt-image-1.5"])["secret"]
    status, _, reply = ask(keyed, one, "POST", PATH, FAST)
    assert status == 403 and "gpt-image-1.5" in reply["error"]["message"]
    assert ask(keyed, one, "POST", PATH, FAST | {"model": "gpt-image-1.5"})[0] == 200


def test_admin_makes_shows_changes_and_rotates(keyed):
    made = create(keyed, name="shop", rpm=60, budget_month=49.5, models="gpt-image-2")
    path = f"/v1/admin/keys/{made['id']}"
    status, fields, shown = ask(keyed, keyed.admin, "GET", path)
    assert status == 200 and fields["cache-control"] == "no-store"
    assert "secret" not in shown and "hash" not in str(shown)
    assert (shown["rpm"], shown["budget_month"], shown["budget_day"]) == (60, 49.5, None)
    assert shown["last_used_at"] is None
    ask(keyed, made["secret"], "GET", "/v1/models")
    changed = ask(keyed, keyed.admin, "POST", path, {"rpm": None, "name": "shop 2"})[2]
    assert (changed["rpm"], changed["name"], changed["budget_month"]) == (None, "shop 2", 49.5)
    rotated = ask(keyed, keyed.admin, "POST", path + "/rotate", {"grace_seconds": 60})[2]
    for secret in made["secret"], rotated["secret"]:
        assert ask(keyed, secret, "GET", "/v1/models")[0] == 200
    again = ask(keyed, keyed.admin, "POST", path + "/rotate", {"grace_seconds": 0})[2]
    assert ask(keyed, rotated["secret"], "GET", "/v1/models")[0] == 401
    assert ask(keyed, again["secret"], "GET", "/v1/models")[0] == 200
    listed = ask(keyed, keyed.admin, "GET", "/v1/admin/keys")[2]["data"]
    assert made["id"] in [key["id"] for key in listed]
    assert wait_until(lambda: ask(keyed, keyed.admin, "GET", path)[2]["last_used_at"] is not None)
    status, _, reply = ask(keyed, keyed.admin, "POST", path, {"rpn": 3})
    assert status == 400 and reply["error"]["param"] == "rpn"
    assert ask(keyed, keyed.admin, "GET", "/v1/admin/keys/key_none")[0] == 404


def test_without_keys_nobody_is_admin(server):
    assert server.request("POST", "/v1/admin/keys", {"name": "first"})[0] == 403


@pytest.mark.parametrize("fields", [
    {"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"}, {"Via": "1.1 proxy"},
    {"Host": "images.example"}, {"Host": "rebound.example:8787"}, {"Host": "127.0.0.1.rebound.example"}])
def test_without_keys_only_this_machine_itself_is_let_in(server, fields):
    status, _, body = server.request("GET", "/v1/models", headers=fields)
    assert status == 401 and "calotype key create" in json.loads(body)["error"]["message"]
    for host in ("localhost", f"LOCALHOST:{server.port}", "127.0.0.1", "[::1]:1"):
        assert server.request("GET", "/v1/models", headers={"Host": host})[0] == 200, host


def test_the_command_line_makes_lists_rotates_and_revokes(tmp_path):
    data = ("--data", tmp_path)
    made = json.loads(cli("key", "create", "a", "--json", "--rpm", "5", "--budget-total", "1.25",
                          "--expires", "30d", *data).stdout)
    assert made["secret"].startswith("sk-calotype-") and made["budget_total"] == 1.25
    assert made["expires_at"] - made["created_at"] == 30 * 86400
    rotated = cli("key", "rotate", made["id"], "--grace", "0", *data).stdout.strip()
    assert rotated != made["secret"]
    assert cli("key", "revoke", made["id"], *data).returncode == 0
    listed = json.loads(cli("key", "list", "--json", *data).stdout)
    assert [(key["id"], key["status"]) for key in listed] == [(made["id"], "revoked")]
    assert made["id"] in cli("key", "list", *data).stdout
    assert cli("key", "revoke", "key_none", *data).returncode != 0
    assert cli("key", "create", "b", "--budget-day", "ten", *data).returncode == 2
