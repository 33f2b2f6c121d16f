"""HTTP/1.1 on the wire: connections, framing, limits, envelopes.

POST probes ask for a model that does not exist: whoever is answered that it does not exist was
read to the end of the body and understood; a message that cannot be framed never gets that far.
"""

import calendar
import json
import subprocess
import threading
import time

import pytest

from calotype import FAST, Server, cli, request_bytes

PATH = "/v1/images/generations"
NO_MODEL = b'{"model":"none"}'
UNDERSTOOD = "The model 'none' does not exist."
FIELDS = b"Host: localhost\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\n"
POST = b"POST /v1/images/generations HTTP/1.1\r\n" + FIELDS
GET = b"GET /health/live HTTP/1.1\r\n"
CODING = b"Transfer-Encoding: chunked\r\n"
CHUNKED = POST + CODING + b"\r\n"
LIMIT = 16 << 20


def chunks(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


WHOLE = chunks(NO_MODEL)
SIZED = b"\r\n" + NO_MODEL
LENGTH = b"Content-Length: %d\r\n" % len(NO_MODEL)

MALFORMED = {
    # How long is the body?
    "length and coding": POST + LENGTH + CODING + b"\r\n" + WHOLE,
    "coding and length": POST + CODING + LENGTH + b"\r\n" + WHOLE,
    "two lengths that differ": POST + LENGTH + b"Content-Length: 17\r\n" + SIZED,
    "two equal lengths": POST + LENGTH + LENGTH + SIZED,
    "length as a list": POST + b"Content-Length: 16, 16\r\n" + SIZED,
    "length with a plus": POST + b"Content-Length: +16\r\n" + SIZED,
    "length with a minus": POST + b"Content-Length: -16\r\n" + SIZED,
    "length in hex": POST + b"Content-Length: 0x10\r\n" + SIZED,
    "length with a blank inside": POST + b"Content-Length: 1 6\r\n" + SIZED,
    "length of no digits": POST + b"Content-Length:\r\n" + SIZED,
    "folded length": POST + b"Content-Length: 1\r\n 6\r\n" + SIZED,
    "two codings": POST + CODING + CODING + b"\r\n" + WHOLE,
    "gzip, chunked": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + WHOLE,
    "chunked, identity": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + WHOLE,
    "a coding that only ends like chunked":
        POST + b"Transfer-Encoding: xchunked\r\n\r\n" + WHOLE,
    "folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + WHOLE,
    "coding on HTTP/1.0": POST.replace(b"1.1", b"1.0") + CODING + b"\r\n" + WHOLE,
    # Where does a line or a field end?
    "bare LF lines": b"GET /health/live HTTP/1.1\nHost: a\n\n",
    "bare LF in one field": GET + b"Host: a\nX: b\r\n\r\n",
    "bare CR in a value": GET + b"Host: a\r\nX: a\rb\r\n\r\n",
    "NUL in a value": GET + b"Host: a\r\nX: a\0b\r\n\r\n",
    "folded field": GET + b"Host: a\r\nX: a\r\n b\r\n\r\n",
    "folded first field": GET + b" Host: a\r\n\r\n",
    "blank before the colon": POST + b"Content-Length : 16\r\n" + SIZED,
    "empty field name": GET + b"Host: a\r\n: b\r\n\r\n",
    "illegal byte in a field name": GET + b"Host: a\r\nX(y): b\r\n\r\n",
    "field without a colon": GET + b"Host: a\r\nnonsense\r\n\r\n",
    # Whom is it for, and in which language?
    "no Host": GET + b"\r\n",
    "two Hosts": GET + b"Host: a\r\nHost: a\r\n\r\n",
    "Host that is no authority": GET + b"Host: a/b\r\n\r\n",
    "no version": b"GET /health/live\r\nHost: a\r\n\r\n",
    "two blanks in the request line": b"GET  /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
    # Chunks.
    "bare LF behind a chunk size": CHUNKED + b"10\n" + NO_MODEL + b"\r\n0\r\n\r\n",
    "bare LF behind a chunk": CHUNKED + b"10\r\n" + NO_MODEL + b"\n0\r\n\r\n",
    "chunk without its CRLF": CHUNKED + b"10\r\n" + NO_MODEL + b"0\r\n\r\n",
    "chunk longer than its size": CHUNKED + b"10\r\n" + NO_MODEL + b"XX0\r\n\r\n",
    "chunk size in 0x": CHUNKED + b"0x10\r\n" + NO_MODEL + b"\r\n0\r\n\r\n",
    "chunk size beyond 64 bits": CHUNKED + b"10000000000000010\r\n" + NO_MODEL + b"\r\n0\r\n\r\n",
}

LEGAL = {
    "length": POST + LENGTH + SIZED,
    "chunked": CHUNKED + WHOLE,
    "many chunks": CHUNKED + chunks(*(NO_MODEL[i:i + 1] for i in range(len(NO_MODEL)))),
    "chunk extension": CHUNKED + b'10;a="b";c\r\n' + NO_MODEL + b"\r\n0\r\n\r\n",
    "leading zeros of a chunk size": CHUNKED + b"0010\r\n" + NO_MODEL + b"\r\n0\r\n\r\n",
    "trailers": CHUNKED + WHOLE[:-2] + b"X: y\r\n\r\n",
    "coding in another case": POST + b"tRANSFER-eNCODING:CHUNKED\r\n\r\n" + WHOLE,
    "no blank behind the colon": POST + b"Content-Length:16\r\n" + SIZED,
    "blanks and tabs around a value": POST + b"Content-Length: \t 16 \t\r\n" + SIZED,
    "an empty line first": b"\r\n" + POST + LENGTH + SIZED,
    "absolute target": POST.replace(b" /", b" http://localhost/", 1) + LENGTH + SIZED,
    "HTTP/1.0 that keeps alive":
        POST.replace(b"1.1", b"1.0") + b"Connection: keep-alive\r\n" + LENGTH + SIZED,
}

INNOCENT = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"


def assert_envelope(reply, status, kind="invalid_request_error", code=None, param=None):
    assert reply.status == status, reply
    assert reply.fields["content-type"] == "application/json"
    assert set(reply.json) == {"error"}
    assert set(reply.error) == {"message", "type", "param", "code"}
    assert (reply.error["type"], reply.error["code"], reply.error["param"]) == (kind, code, param)
    assert reply.error["message"]


@pytest.mark.parametrize("probe", MALFORMED)
def test_malformed_framing_is_refused_and_the_connection_closed(connection, probe):
    connection.send(MALFORMED[probe] + INNOCENT)
    reply = connection.read_reply()
    assert_envelope(reply, 400)
    assert UNDERSTOOD not in reply.error["message"]
    assert reply.fields["connection"] == "close"
    assert connection.is_closed(), "what lies behind the fault was read as a request"


@pytest.mark.parametrize("probe", LEGAL)
def test_legal_framing_is_served_and_the_connection_kept(connection, probe):
    connection.send(LEGAL[probe] + INNOCENT)
    assert connection.read_reply().error["message"] == UNDERSTOOD
    assert connection.read_reply().json == {"live": True}


@pytest.mark.parametrize("version", ["HTTP/2.0", "HTTP/1.2", "HTTP/3.0"])
def test_other_versions_are_505(connection, version):
    connection.send(f"GET /health/live {version}\r\nHost: a\r\n\r\n".encode())
    assert_envelope(connection.read_reply(), 505)
    assert connection.is_closed()


def test_one_connection_serves_many_requests(connection):
    for _ in range(50):
        connection.ask("GET", "/health/live")
        assert connection.read_reply().json == {"live": True}


def test_pipelined_requests_are_answered_in_order(connection):
    connection.send(request_bytes("POST", PATH, FAST) +
                    request_bytes("GET", "/v1/models/gpt-image-2") +
                    request_bytes("GET", "/v1/nowhere"))
    drawn, model, nowhere = (connection.read_reply() for _ in range(3))
    assert drawn.status == 200 and drawn.json["size"] == "1024x1024"
    assert model.json["id"] == "gpt-image-2"
    assert nowhere.status == 404


def test_a_request_may_come_byte_by_byte(connection):
    for byte in request_bytes("POST", PATH, NO_MODEL):
        connection.send(bytes([byte]))
        time.sleep(0.0005)
    assert connection.read_reply().error["message"] == UNDERSTOOD


def test_a_chunked_request_draws(connection):
    body = json.dumps(FAST).encode()
    connection.send(CHUNKED + chunks(body[:7], body[7:8], body[8:]))
    reply = connection.read_reply()
    assert reply.status == 200 and len(reply.json["data"]) == 1


def test_an_empty_line_before_the_next_request_is_ignored(connection):
    connection.send(INNOCENT + b"\r\n" + INNOCENT)
    assert [connection.read_reply().status for _ in range(2)] == [200, 200]


def test_connection_close_is_honoured(connection):
    connection.ask("GET", "/health/live", connection="close")
    assert connection.read_reply().fields["connection"] == "close"
    assert connection.is_closed()


def test_http_1_0_is_answered_and_closed(connection):
    connection.send(b"GET /health/live HTTP/1.0\r\n\r\n")
    assert connection.read_reply().json == {"live": True}
    assert connection.is_closed()


def test_head_is_get_without_the_body(connection):
    connection.ask("HEAD", "/v1/models")
    head = connection.read_reply(head=True)
    connection.ask("GET", "/v1/models")
    get = connection.read_reply()
    assert head.status == get.status == 200
    assert head.fields["content-length"] == str(len(get.body))
    assert head.fields["content-type"] == get.fields["content-type"]


def test_replies_carry_a_date(connection):
    connection.ask("GET", "/health/live")
    shown = time.strptime(connection.read_reply().fields["date"], "%a, %d %b %Y %H:%M:%S GMT")
    assert abs(time.time() - calendar.timegm(shown)) < 5


def test_unknown_paths_are_404(connection):
    for path in ("/v1/foo", "/v1/images/generations/", "/v1//images/generations", "/v1/images",
                 "/v1/images/variation", "/V1/models"):
        connection.ask("POST", path, NO_MODEL)
        reply = connection.read_reply()
        assert_envelope(reply, 404)
        assert reply.error["message"] == f"Invalid URL (POST {path})"


def test_unknown_paths_outside_the_api_need_no_key(connection):
    connection.ask("GET", "/favicon.ico", authorization=None)
    assert_envelope(connection.read_reply(), 404)
    connection.ask("GET", "/v1/foo", authorization=None)
    assert_envelope(connection.read_reply(), 401)


@pytest.mark.parametrize("method, path, allowed", [
    ("GET", PATH, "POST"), ("PUT", PATH, "POST"), ("DELETE", PATH, "POST"),
    ("POST", "/v1/models", "GET"), ("DELETE", "/v1/models/gpt-image-2", "GET"),
    ("POST", "/health", "GET"), ("BREW", "/health", "GET"),
])
def test_wrong_methods_are_405_and_told_the_right_one(connection, method, path, allowed):
    connection.ask(method, path)
    reply = connection.read_reply()
    assert_envelope(reply, 405, code="method_not_supported")
    assert reply.error["message"] == f"Only {allowed} requests are accepted."
    assert allowed in reply.fields["allow"].split(", ")
    connection.ask("GET", "/health/live")
    assert connection.read_reply().status == 200, "the connection is still good"


@pytest.mark.parametrize("method, path, status", [
    ("GET", "/v1/models", 200), ("DELETE", "/v1/models/x", 405), ("POST", "/health", 405)])
def test_a_json_type_without_a_body_is_no_fault(connection, method, path, status):
    connection.ask(method, path, content_type="application/json")
    assert connection.read_reply().status == status


def test_a_body_nobody_asked_for_is_read_over(connection):
    connection.send(request_bytes("GET", "/health/live", b"x" * 60000) + INNOCENT)
    assert [connection.read_reply().json for _ in range(2)] == [{"live": True}] * 2


def test_an_announced_body_over_the_limit_is_413_at_once(connection):
    connection.ask("POST", PATH, content_type="application/json", content_length=str(LIMIT + 1))
    reply = connection.read_reply()
    assert_envelope(reply, 413)
    assert reply.error["message"] == (
        f"Maximum content size limit ({LIMIT}) exceeded ({LIMIT + 1} bytes read)")
    assert connection.is_closed()


def test_a_length_beyond_64_bits_is_413_and_does_not_wrap(connection):
    connection.send(POST + b"Content-Length: 18446744073709551632\r\n" + SIZED + INNOCENT)
    assert_envelope(connection.read_reply(), 413)
    assert connection.is_closed()


def test_a_chunked_body_over_the_limit_is_413(connection):
    piece = b"100000\r\n" + b" " * (1 << 20) + b"\r\n"

    def upload():
        try:
            connection.send(CHUNKED)
            for _ in range(40):
                connection.send(piece)
        except OSError:
            pass  # refused meanwhile, as it should be

    sender = threading.Thread(target=upload)
    sender.start()
    try:
        reply = connection.read_reply()
        assert_envelope(reply, 413)
        assert reply.error["message"].startswith(f"Maximum content size limit ({LIMIT}) exceeded (")
        assert connection.is_closed()
    finally:
        sender.join()


def test_a_body_of_the_limit_is_read(connection):
    connection.ask("POST", PATH, NO_MODEL + b" " * (LIMIT - len(NO_MODEL)))
    assert connection.read_reply().error["message"] == UNDERSTOOD


def test_a_long_target_is_414(connection):
    connection.send(b"GET /" + b"a" * 40000)
    assert_envelope(connection.read_reply(), 414)
    assert connection.is_closed()


def test_long_fields_are_431(connection):
    connection.send(GET + b"Host: a\r\nX: " + b"a" * 40000)
    assert_envelope(connection.read_reply(), 431)
    assert connection.is_closed()


def test_many_fields_are_431(connection):
    connection.send(GET + b"Host: a\r\n" + b"".join(b"X%d: a\r\n" % i for i in range(200)) + b"\r\n")
    assert_envelope(connection.read_reply(), 431)
    assert connection.is_closed()


def test_bytes_of_tls_are_refused(connection):
    connection.send(bytes.fromhex("160301020001000 1fc0303".replace(" ", "")) + bytes(500) + b"\r\n")
    assert_envelope(connection.read_reply(), 400)
    assert connection.is_closed()


def test_curl_waits_for_continue_with_a_long_body(server, tmp_path):
    body = json.dumps(FAST).encode() + b" " * (2 << 20)
    (tmp_path / "body").write_bytes(body)
    done = subprocess.run(
        ["curl", "-sv", "--noproxy", "*", "--http1.1", "--max-time", "120",
         "-H", "Content-Type: application/json",
         "-H", "Authorization: Bearer k", "--data-binary", f"@{tmp_path / 'body'}",
         "--expect100-timeout", "60", "-o", str(tmp_path / "reply"), server.url + "/images/generations"],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "> Expect: 100-continue" in done.stderr
    assert "< HTTP/1.1 100 Continue" in done.stderr
    assert "< HTTP/1.1 200 OK" in done.stderr
    assert json.loads((tmp_path / "reply").read_bytes())["size"] == "1024x1024"


def test_continue_comes_only_when_the_body_is_wanted(connection):
    connection.ask("POST", PATH, content_type="application/json", expect="100-continue",
                   content_length=str(len(NO_MODEL)))
    assert connection.read_reply().status == 100
    connection.send(NO_MODEL)
    assert connection.read_reply().error["message"] == UNDERSTOOD


@pytest.mark.parametrize("changes, status", [
    ({"authorization": "Bearer wrong"}, 401), ({"authorization": None}, 401),
    ({"content_type": "text/plain"}, 400), ({"content_length": str(LIMIT + 1)}, 413)])
def test_a_refused_body_is_never_asked_for(tmp_path, changes, status):
    assert cli("key", "create", "one", "--data", tmp_path).returncode == 0
    key = cli("key", "create", "two", "--data", tmp_path).stdout.strip()
    fields = {"authorization": f"Bearer {key}", "content_type": "application/json",
              "expect": "100-continue", "content_length": "1000000"} | changes
    with Server(data=tmp_path) as server, server.connect() as connection:
        connection.ask("POST", PATH, **fields)
        reply = connection.read_reply()
        assert reply.status == status, "an interim 100 would have asked for the upload"
        assert reply.error["message"]


def test_a_path_may_come_with_a_query(connection):
    connection.ask("GET", "/v1/models?limit=3&include%5B%5D=a&include[]=b")
    assert connection.read_reply().json["object"] == "list"


def test_ids_may_hold_colons(connection):
    connection.ask("GET", "/v1/models/ft:gpt-4o-mini:acemeco:suffix:abc123")
    reply = connection.read_reply()
    assert_envelope(reply, 404, code="model_not_found", param="model")
    assert reply.error["message"] == "The model 'ft:gpt-4o-mini:acemeco:suffix:abc123' does not exist"
