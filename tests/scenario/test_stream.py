"""Server-sent events, byte by byte: framing, partial pictures, heartbeats, clients that leave."""

import base64
import json

import pictures
from calotype import ENDLESS, FAST, SCENE, Server, wait_until

PATH = "/v1/images/generations"
PARTIAL, COMPLETED = "image_generation.partial_image", "image_generation.completed"


def stream(connection, body):
    """(head, [(type, data)]) of a stream read to its end; checks the framing of every event."""
    connection.ask("POST", PATH, body | {"stream": True})
    reply = connection.read_reply()
    assert reply.status == 200, reply
    frames = reply.body.decode().split("\n\n")
    assert frames.pop() == "", "the last event ends in a blank line"
    events = []
    for frame in frames:
        if frame == ": ping":
            continue
        name, data = frame.split("\n")
        assert name.startswith("event: ") and data.startswith("data: ")
        parsed = json.loads(data[6:])
        if name != "event: error":
            assert parsed["type"] == name[7:]
        events.append((name[7:], parsed))
    return reply, events


def test_the_head_keeps_proxies_from_waiting(connection):
    reply, _ = stream(connection, FAST)
    assert reply.fields["content-type"] == "text/event-stream; charset=utf-8"
    assert reply.fields["cache-control"] == "no-cache"
    assert reply.fields["x-accel-buffering"] == "no"
    assert reply.fields["transfer-encoding"] == "chunked"
    assert "content-length" not in reply.fields
    assert reply.fields["x-request-id"].startswith("req_")
    assert reply.fields["x-calotype-engine"] == "scene"


def test_without_partials_there_is_one_event_and_its_bytes_are_exact(strict_server):
    with strict_server.connect() as connection:
        reply, [(name, data)] = stream(connection, FAST | {"user": "ada"})
    assert name == COMPLETED
    assert list(data) == ["type", "b64_json", "created_at", "size", "quality", "background",
                          "output_format", "usage", "safety_identifier"]
    assert (data["size"], data["quality"], data["background"], data["output_format"]) == (
        "1024x1024", "low", "opaque", "png")
    usage = data["usage"]
    assert set(usage) == {"total_tokens", "input_tokens", "output_tokens", "input_tokens_details"}
    assert usage["output_tokens"] == 196
    assert usage["total_tokens"] == usage["input_tokens"] + 196
    compact = json.dumps(data, separators=(",", ":"))
    assert reply.body == f"event: {COMPLETED}\ndata: {compact}\n\n".encode()
    assert pictures.size_of(base64.b64decode(data["b64_json"])) == (1024, 1024)


def test_the_streamed_picture_is_the_plain_one(server, connection):
    _, [(_, data)] = stream(connection, FAST | {"seed": 4})
    assert base64.b64decode(data["b64_json"]) == server.picture(**FAST | {"seed": 4})
    assert data["seed"] == 4


def test_partials_are_different_pictures_and_are_charged(connection):
    body = FAST | {"prompt": SCENE, "size": "1024x640", "partial_images": 2}
    _, events = stream(connection, body)
    assert [name for name, _ in events] == [PARTIAL, PARTIAL, COMPLETED]
    assert [data["partial_image_index"] for _, data in events[:2]] == [0, 1]
    assert set(events[0][1]) == {"type", "b64_json", "created_at", "size", "quality", "background",
                                 "output_format", "partial_image_index"}
    drawn = [base64.b64decode(data["b64_json"]) for _, data in events]
    assert len({pictures.png_channel(picture, 1) for picture in drawn}) == 3
    assert {pictures.size_of(picture) for picture in drawn} == {(1024, 640)}
    plain = 16 * 10 * (2_000_000 + 1024 * 640) / 4_000_000  # contract 6.2: q = 16, s = 10
    assert events[-1][1]["usage"]["output_tokens"] == -(-plain // 1) + 200


def test_a_page_has_partials_too(connection):
    _, events = stream(connection, FAST | {"size": "2048x2048", "partial_images": 3})
    names = [name for name, _ in events]
    assert names[-1] == COMPLETED and set(names[:-1]) <= {PARTIAL} and len(names) <= 4
    told = len(names) - 1
    assert told >= 2, "the ground, and the shapes on it"
    assert len({data["b64_json"] for _, data in events}) == len(events), "none twice"
    assert events[-1][1]["usage"]["output_tokens"] == 397 + 100 * told


def test_several_pictures_are_completed_one_after_the_other(connection):
    _, events = stream(connection, FAST | {"n": 3, "seed": 1})
    assert [name for name, _ in events] == [COMPLETED] * 3
    assert [data["seed"] for _, data in events] == [1, 2, 3]
    assert len({data["b64_json"] for _, data in events}) == 3


def test_a_streamed_url_can_be_fetched(server, connection):
    _, [(_, data)] = stream(connection, FAST | {"response_format": "url", "seed": 8})
    assert "b64_json" not in data
    assert data["url"].startswith("http://127.0.0.1/"), "the Host that was asked for"
    path = data["url"].removeprefix("http://127.0.0.1")
    status, headers, picture = server.request("GET", path)
    assert (status, headers["content-type"]) == (200, "image/png")
    assert picture == server.picture(**FAST | {"seed": 8})


def test_what_is_refused_is_an_ordinary_error(connection):
    connection.ask("POST", PATH, FAST | {"stream": True, "n": 0})
    reply = connection.read_reply()
    assert reply.status == 400 and reply.fields["content-type"] == "application/json"
    assert reply.error["code"] == "integer_below_min_value"


def test_the_connection_serves_on_after_a_stream(connection):
    stream(connection, FAST)
    connection.ask("GET", "/health/live")
    assert connection.read_reply().json == {"live": True}


def test_http_1_0_reads_a_stream_up_to_the_end_of_the_connection(connection):
    body = json.dumps(FAST | {"stream": True}).encode()
    connection.send(b"POST %s HTTP/1.0\r\nAuthorization: Bearer t\r\nContent-Type: application/json"
                    b"\r\nContent-Length: %d\r\n\r\n%s" % (PATH.encode(), len(body), body))
    reply = connection.read_reply()
    assert reply.status == 200 and "transfer-encoding" not in reply.fields
    assert reply.body.startswith(b"event: " + COMPLETED.encode()) and reply.body.endswith(b"}\n\n")


def test_a_long_drawing_sends_heartbeats_and_stops_when_the_client_leaves():
    with Server() as server, server.connect() as connection:
        connection.ask("POST", PATH, ENDLESS | {"stream": True})
        assert connection.read_head().status == 200
        assert connection.read_chunk() == b": ping\n\n"
        assert server.jobs() == (0, 1)
        connection.close()
        assert wait_until(lambda: server.jobs() == (0, 0), 10)


def test_a_reader_that_stops_reading_is_left_behind_and_harms_nobody():
    with Server() as server, server.connect() as idle:
        idle.ask("POST", PATH, FAST | {"stream": True, "size": "3840x2160", "n": 10})
        assert idle.read_head().status == 200
        assert server.generate(**FAST)[0] == 200
        assert wait_until(lambda: server.jobs() == (0, 0), 60)
        assert server.generate(**FAST)[0] == 200
