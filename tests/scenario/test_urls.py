"""Signed picture URLs: fetched, in parts, again, by strangers, forged, too late, after a restart."""

import hashlib
import hmac
import json
import re
import time
import urllib.parse

import pytest

import pictures
from calotype import FAST, Server

ASK = FAST | {"response_format": "url"}
NO_KEY = {"Authorization": None}
SIGNED = re.compile(r"(http://[^/]+)(/v1/files/img/[0-9a-f]{64}\.(png|jpe?g|webp))"
                    r"\?expires=(\d+)&signature=([0-9a-f]{64})")


def url_of(server, **changes):
    status, _, reply = server.generate(**ASK | changes)
    assert status == 200, reply
    assert "b64_json" not in reply["data"][0]
    return reply["data"][0]["url"]


@pytest.fixture(scope="module")
def stored(server):
    """(url, path, expires, signature, bytes)"""
    match = SIGNED.fullmatch(url_of(server, seed=21))
    assert match
    return match[0], match[2], int(match[4]), match[5], server.picture(**FAST | {"seed": 21})


def sign(data, path, expires):
    """As src/store/secret.h and src/policy/url_sign.h document it."""
    secret = (data / "secret").read_bytes()
    key = hmac.new(secret, b"picture url", hashlib.sha256).digest()
    mac = hmac.new(key, f"GET\n{path}\n{expires}".encode(), hashlib.sha256).hexdigest()
    return f"{path}?expires={expires}&signature={mac}"


def test_the_url_names_this_server_and_an_hour(server, stored):
    url, _, expires, _, _ = stored
    assert url.startswith(server.root + "/")
    assert abs(expires - time.time() - 3600) < 120


def test_the_url_works_without_a_key(server, stored):
    status, headers, picture = server.request("GET", stored[0], headers=NO_KEY)
    assert status == 200 and picture == stored[4]
    assert headers["content-type"] == "image/png"
    assert headers["content-length"] == str(len(picture))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["accept-ranges"] == "bytes"
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("output_format, mime", [("jpeg", "image/jpeg"), ("webp", "image/webp")])
def test_other_formats_have_their_type(server, output_format, mime):
    status, headers, picture = server.request("GET", url_of(server, output_format=output_format))
    assert (status, headers["content-type"]) == (200, mime)
    assert picture.startswith(pictures.MAGIC[output_format])


def test_each_picture_of_a_set_has_its_url(server):
    _, _, reply = server.generate(**ASK | {"n": 3})
    fetched = {server.request("GET", d["url"])[2] for d in reply["data"]}
    assert len(fetched) == 3


def test_head_names_the_length(server, stored):
    status, headers, body = server.request("HEAD", stored[0])
    assert (status, body) == (200, b"")
    assert headers["content-length"] == str(len(stored[4]))


@pytest.mark.parametrize("wanted, part", [
    ("bytes=0-0", slice(0, 1)), ("bytes=0-99", slice(0, 100)), ("bytes=100-199", slice(100, 200)),
    ("bytes=100-", slice(100, None)), ("bytes=-100", slice(-100, None)),
    ("bytes=0-99999999999", slice(None)), ("bytes=-99999999999", slice(None))])
def test_one_range(server, stored, wanted, part):
    status, headers, body = server.request("GET", stored[0], headers={"Range": wanted})
    whole = stored[4]
    first, last, _ = part.indices(len(whole))
    assert status == 206 and body == whole[part]
    assert headers["content-range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("wanted", ["bytes={size}-", "bytes={size}-{size}", "bytes=-0"])
def test_a_range_outside_is_416(server, stored, wanted):
    size = len(stored[4])
    status, headers, body = server.request("GET", stored[0],
                                           headers={"Range": wanted.format(size=size)})
    assert status == 416 and headers["content-range"] == f"bytes */{size}"
    assert json.loads(body)["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=a-b", "bytes=", "bytes=-", "lines=0-1",
                                    "bytes=0-1,4-5", "bytes=0x0-1", "bytes=+1-2"])
def test_ranges_that_are_none_give_the_whole(server, stored, wanted):
    status, _, body = server.request("GET", stored[0], headers={"Range": wanted})
    assert (status, body) == (200, stored[4])


def test_what_is_known_is_not_sent_again(server, stored):
    etag = server.request("GET", stored[0])[1]["etag"]
    assert re.fullmatch(r'"[0-9a-f]{64}\.png"', etag)
    status, headers, body = server.request("GET", stored[0], headers={"If-None-Match": etag})
    assert (status, body, headers["etag"]) == (304, b"", etag)


@pytest.mark.parametrize("known, status", [("*", 304), ('W/{etag}', 304), ('"x", {etag}', 304),
                                           ('"x"', 200), ('"x", "y"', 200)])
def test_if_none_match_reads_lists_and_weak_tags(server, stored, known, status):
    etag = server.request("GET", stored[0])[1]["etag"]
    assert server.request("GET", stored[0],
                          headers={"If-None-Match": known.format(etag=etag)})[0] == status


def test_the_connection_serves_on_after_304_and_416(server, stored):
    path = stored[0][len(server.root):]
    with server.connect() as connection:
        connection.ask("GET", path)
        etag = connection.read_reply().fields["etag"]
        connection.ask("GET", path, if_none_match=etag)
        assert connection.read_reply().status == 304
        connection.ask("GET", path, range="bytes=99999999999-")
        assert connection.read_reply().status == 416
        connection.ask("HEAD", path)
        assert connection.read_reply(head=True).status == 200
        connection.ask("GET", path)
        assert connection.read_reply().body == stored[4]


def refused(server, path):
    """(status, message) of a URL that must not give a picture; says nothing of files or secrets."""
    status, headers, body = server.request("GET", path, headers=NO_KEY)
    assert status in (403, 404), (path, status)
    assert headers["content-type"] == "application/json"
    text = body.decode()
    for secret in (str(server.data), "secret", "/pictures", "No such file", "expected"):
        assert secret not in text
    return status, json.loads(text)["error"]["message"]


def test_forged_signatures_are_all_refused_alike(server, stored):
    _, path, expires, mac, _ = stored
    flipped = ("0" if mac[0] != "0" else "1") + mac[1:]
    other = path[:-5] + ("0" if path[-5] != "0" else "1") + ".png"
    forged = [
        path,
        f"{path}?",
        f"{path}?expires={expires}",
        f"{path}?signature={mac}",
        f"{path}?expires={expires}&signature=",
        f"{path}?expires={expires}&signature={flipped}",
        f"{path}?expires={expires}&signature={mac[:-1]}",
        f"{path}?expires={expires}&signature={mac}0",
        f"{path}?expires={expires + 1}&signature={mac}",
        f"{path}?expires=0{expires}&signature={flipped}",
        f"{path}?expires=99999999999999999999&signature={mac}",
        f"{path}?expires=-1&signature={mac}",
        f"{path}?signature={mac}&expires={expires}",
        f"{path}?expires={expires}&signature={mac}&expires={expires + 9}",
        f"{path}?expires={expires}&signature={mac}&x=y",
        f"{other}?expires={expires}&signature={mac}",
        f"{path.replace('.png', '.webp')}?expires={expires}&signature={mac}",
        f"{path}/?expires={expires}&signature={mac}",
    ]
    answers = {refused(server, one) for one in forged}
    assert answers == {(403, "The signature of this URL is not valid.")}


def test_our_own_signing_is_the_documented_one(server, stored):
    _, path, expires, mac, picture = stored
    assert sign(server.data, path, expires) == f"{path}?expires={expires}&signature={mac}"
    status, _, body = server.request("GET", sign(server.data, path, int(time.time()) + 100))
    assert (status, body) == (200, picture)


def test_an_expired_url_is_404(server, stored):
    for expires in (int(time.time()) - 1, 1, 0):
        assert refused(server, sign(server.data, stored[1], expires)) == (
            404, "This URL has expired.")


def test_a_signature_for_nothing_is_404(server):
    path = f"/v1/files/img/{'0' * 64}.png"
    assert refused(server, sign(server.data, path, int(time.time()) + 100))[0] == 404


@pytest.mark.parametrize("name", [
    "../secret", "..%2f..%2fsecret", "%2e%2e/secret", "../../secret", "/etc/passwd",
    "....//secret", "secret", "." * 64 + ".png", "0" * 64 + ".png/../../secret",
    "0" * 64 + ".png%00", "0" * 64 + ".svg", "A" * 64 + ".png", ".png"])
def test_no_name_leaves_the_folder_even_when_it_is_signed(server, name):
    path = "/v1/files/img/" + name
    assert refused(server, path)[0] in (403, 404)
    assert refused(server, sign(server.data, path, int(time.time()) + 100))[0] == 404


def test_a_planted_link_is_not_followed(tmp_path):
    with Server(data=tmp_path) as server:
        name = "ab" + "0" * 62 + ".png"
        folder = tmp_path / "pictures" / "ab"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(tmp_path / "secret")
        path = "/v1/files/img/" + name
        assert refused(server, sign(tmp_path, path, int(time.time()) + 100))[0] == 404


def test_another_servers_url_is_refused(server, stored):
    with Server() as foreign:
        mine, other = url_of(server, seed=22), url_of(foreign, seed=22)
        signature = other.partition("?")[2]
        assert refused(server, other[len(foreign.root):])[0] == 403
        assert refused(server, f"{mine[len(server.root):].partition('?')[0]}?{signature}")[0] == 403


def test_urls_survive_a_restart_and_need_the_secret(tmp_path):
    with Server(data=tmp_path) as server:
        path = url_of(server)[len(server.root):]
        picture = server.request("GET", path)[2]
    with Server(data=tmp_path) as server:
        assert server.request("GET", path)[2] == picture
    (tmp_path / "secret").unlink()
    with Server(data=tmp_path) as server:
        assert server.request("GET", path)[0] == 403


def test_what_is_stored_is_private(tmp_path):
    with Server(data=tmp_path) as server:
        url_of(server)
        stored = list(tmp_path.rglob("*"))
        assert {"secret", "calotype.db", "pictures", "scenes", "tmp"} <= {p.name for p in stored}
        for path in stored:
            assert path.stat().st_mode & 0o077 == 0, path
        assert len(list(tmp_path.rglob("*.png"))) == 1
        url_of(server)
        assert sorted(tmp_path.rglob("*")) == sorted(stored), "the same picture is kept once"
        assert not list((tmp_path / "tmp").iterdir()), "uploads leave nothing"
        assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".")]


def test_a_public_url_stands_in_front(tmp_path):
    with Server("--set", "public_url=https://pictures.example", "--set", "url_minutes=5") as server:
        parts = urllib.parse.urlsplit(url_of(server))
        assert (parts.scheme, parts.netloc) == ("https", "pictures.example")
        expires = int(urllib.parse.parse_qs(parts.query)["expires"][0])
        assert abs(expires - time.time() - 300) < 60
        assert server.request("GET", f"{parts.path}?{parts.query}")[0] == 200
