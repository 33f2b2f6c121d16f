"""POST /v1/images/edits and variations: the way in, and that what is kept comes back to the byte."""

import base64
import json
import os
import threading

import pytest

from calotype import Server, wait_until
from forms import BRIGHTER, CONTENT_TYPE, IMAGE, LOW, MODEL, PROMPT, form, noise_png, part, png

EDITS = "/v1/images/edits"


def edit(server, *parts, path=EDITS, headers=None):
    status, _, body = server.request("POST", path, raw=form(*parts), headers=headers or CONTENT_TYPE)
    return status, json.loads(body)


def edit_json(server, **body):
    body = {"model": "gpt-image-2", "prompt": "make it blue", "quality": "low"} | body
    status, _, data = server.request("POST", EDITS, body)
    return status, json.loads(data)


def assert_taken(answer):
    status, body = answer
    assert status == 200, body


def assert_refused(answer, code, param, message=None, status=400):
    got, body = answer
    error = body["error"]
    assert (got, error["code"], error["param"]) == (status, code, param), body
    if message:
        assert message in error["message"], error["message"]


def data_url(data, kind="image/png"):
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def open_files(server):
    """What the server has open in its folder for uploads."""
    links = []
    for fd in os.listdir(f"/proc/{server.process.pid}/fd"):
        try:
            links.append(os.readlink(f"/proc/{server.process.pid}/fd/{fd}"))
        except OSError:
            pass
    return [link for link in links if f"{server.data}/tmp" in link]


@pytest.mark.parametrize("parts", [
    (MODEL, PROMPT, LOW, IMAGE),
    (IMAGE, LOW, PROMPT, MODEL),
    (MODEL, PROMPT, LOW, part("image[]", png(), "a.png"), part("image[]", png(), "b.png")),
    (MODEL, PROMPT, LOW, IMAGE, IMAGE),
    (MODEL, PROMPT, LOW, *[part("image", png(), f"{i}.png") for i in range(16)]),
    (MODEL, PROMPT, LOW, part("image", png(), "upload", "application/octet-stream")),
    (MODEL, PROMPT, LOW, part("image", png(), "naïve ☕ %22.png", "text/plain")),
    (MODEL, PROMPT, LOW, part("image", png())),
    (MODEL, PROMPT, LOW, part("image", png(), disposition="form-data; name=image; filename*=UTF-8''a%20b.png")),
    (MODEL, BRIGHTER, LOW, part("image", noise_png(200, 200), "large.png")),
    (MODEL, PROMPT, LOW, IMAGE, part("mask", png(alpha=True), "mask.png", "image/png")),
    (MODEL, PROMPT, LOW, IMAGE, part("n", 2), part("size", "1024x1024"), part("output_format", "webp"),
     part("output_compression", 80), part("user", "me"), part("background", "opaque"), part("seed", 5)),
], ids=["usual", "image first", "image[]", "image twice", "sixteen", "octet-stream", "strange name",
        "no file name", "filename*", "spooled", "mask", "all options"])
def test_forms_that_are_taken(server, parts):
    assert_taken(edit(server, *parts))


def test_a_thing_joins_another_picture(server):
    parts = (MODEL, LOW, part("image", png(256, 192), "a.png"),
             part("image", png(256, 192, colour=(30, 60, 200)), "b.png"))
    answer = edit(server, part("prompt", "put the box from picture 2 to the right of the tile"), *parts)
    assert_taken(answer)
    assert any("guessed" in warning for warning in answer[1]["warnings"]), answer[1]["warnings"]
    plain = part("image", png(256, 192, colour=(236, 234, 228)), "plain.png")
    assert_refused(edit(server, part("prompt", "put the box from picture 2 on the table"), *parts[:3], plain),
                   "edit_not_supported", "prompt", "picture 2")


def test_json_is_taken(server):
    image = {"image_url": data_url(png())}
    assert_taken(edit_json(server, images=[image]))
    assert_taken(edit_json(server, images=[image] * 16, mask={"image_url": data_url(png(alpha=True))}))
    assert_taken(edit_json(server, prompt="make it brighter",
                           images=[{"image_url": data_url(noise_png(200, 200), "image/jpeg")}]))
    assert_taken(edit_json(server, image_urls=[data_url(png())]))


def test_a_generation_with_image_urls_is_an_edit(server, strict_server):
    body = {"model": "gpt-image-2", "prompt": "make it blue", "quality": "low",
            "image_urls": [data_url(png())]}
    status, _, data = server.request("POST", "/v1/images/generations", body)
    assert_taken((status, json.loads(data)))
    status, _, data = strict_server.request("POST", "/v1/images/generations", body)
    assert_refused((status, json.loads(data)), "unknown_parameter", "image_urls")


@pytest.mark.parametrize("parts, code, param, message", [
    ((PROMPT, part("model", "gpt-image-9"), IMAGE), "invalid_value", "model", "does not exist"),
    ((MODEL, PROMPT), "missing_required_parameter", "image", "Missing required parameter: 'image'."),
    ((MODEL, IMAGE), "missing_required_parameter", "prompt", None),
    ((MODEL, part("prompt", ""), IMAGE), "empty_string", "prompt", None),
    ((MODEL, PROMPT, *[IMAGE] * 17), "array_above_max_length", "image", "length 17"),
    ((MODEL, PROMPT, IMAGE, part("n", "two")), "invalid_type", "n",
     "Invalid type for 'n': expected an integer, but got a string value that could not be converted"),
    ((MODEL, PROMPT, IMAGE, part("n", 11)), "integer_above_max_value", "n", None),
    ((MODEL, PROMPT, IMAGE, part("size", "100x100")), "invalid_value", "size", None),
    ((MODEL, PROMPT, IMAGE, part("foo", 1)), "unknown_parameter", "foo", None),
    ((MODEL, PROMPT, IMAGE, part("images", png(), "a.png")), "invalid_value", "images",
     "Unknown parameter: 'images'. For multipart/form-data use 'image' or 'image[]'."),
    ((MODEL, PROMPT, IMAGE, part("input_fidelity", "high")), "invalid_input_fidelity_model",
     "input_fidelity", "The model 'gpt-image-2' does not support the 'input_fidelity' parameter."),
    ((MODEL, MODEL, PROMPT, IMAGE), "invalid_value", "model", "twice"),
    ((MODEL, PROMPT, part("image", b"Example data", "a.png")), "invalid_image_file", "image",
     "Invalid image file or mode for image 1, please check your image file."),
    ((MODEL, PROMPT, IMAGE, part("image", png()[:30], "a.png")), "invalid_image_file", "image[1]",
     "Invalid image file or mode for image 2, please check your image file."),
    ((MODEL, PROMPT, part("image", "https://example.com/a.png")), "invalid_image_file", "image", None),
    ((MODEL, PROMPT, IMAGE, part("mask", png(32, 64, alpha=True), "m.png")), "invalid_image_file", "mask",
     "its size 32x64 is not the size 64x64"),
    ((MODEL, PROMPT, IMAGE, part("mask", png(), "m.png")), "invalid_image_file", "mask", "no alpha"),
    ((MODEL, PROMPT, IMAGE, part("mask", b"x", "m.png")), "invalid_image_file", "mask", "for mask"),
    ((MODEL, part("prompt", b"\xff\xfe"), IMAGE), None, None, "not UTF-8"),
    ((MODEL, part("prompt", "x" * 300000), IMAGE), None, None, "longer than 262144 bytes"),
    ((MODEL, PROMPT, part("image", b"--in--", "a.png", "multipart/mixed; boundary=in")), None, None,
     "multipart body itself"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_forms_that_are_refused(server, parts, code, param, message):
    assert_refused(edit(server, *parts), code, param, message)


@pytest.mark.parametrize("body, content_type, message", [
    (form(MODEL), "multipart/form-data", "no boundary"),
    (form(MODEL)[:-6], CONTENT_TYPE["Content-Type"], "before its final boundary"),
    (form(MODEL).replace(b"\r\n", b"\n"), CONTENT_TYPE["Content-Type"], "bare LF"),
    (form(MODEL), "multipart/form-data; boundary=other", "does not begin with the boundary"),
    (form(MODEL) + b"more", CONTENT_TYPE["Content-Type"], "behind its final boundary"),
    (b"".join(part(f"p{i}", "x") for i in range(200)) + form(), CONTENT_TYPE["Content-Type"], "128 parts"),
    (form(part("a" * 5000, "x")), CONTENT_TYPE["Content-Type"], "longer than 4096 bytes"),
], ids=["no boundary", "no end", "bare LF", "other boundary", "epilogue", "many parts", "long header"])
def test_bodies_that_are_no_form(server, body, content_type, message):
    status, _, data = server.request("POST", EDITS, raw=body, headers={"Content-Type": content_type})
    assert_refused((status, json.loads(data)), None, None, message)


def test_other_content_types(server):
    for path, accepted in ((EDITS, "'application/json' or 'multipart/form-data'"),
                           ("/v1/images/variations", "'multipart/form-data'")):
        status, _, data = server.request("POST", path, raw=b"x", headers={"Content-Type": "text/plain"})
        assert_refused((status, json.loads(data)), "unsupported_content_type", None,
                       f"Unsupported content type: 'text/plain'. This API method only accepts {accepted} "
                       "requests, but you specified the header 'Content-Type: text/plain'.")


def test_json_that_is_refused(server):
    image = {"image_url": data_url(png())}
    assert_refused(edit_json(server, image="x"), "invalid_value", "image", "use 'images' (array)")
    assert_refused(edit_json(server), "missing_required_parameter", "images")
    assert_refused(edit_json(server, images=[{"file_id": "file-1"}]), "invalid_value", "images[0].file_id",
                   "no such File object")
    assert_refused(edit_json(server, images=[image, {"image_url": "data:image/png;base64,?"}]),
                   "invalid_image_url", "images[1].image_url", "not base64")
    assert_refused(edit_json(server, images=[image, {"image_url": data_url(b"no picture")}]),
                   "invalid_image_file", "images[1].image_url", "image 2")
    status, _, data = server.request("POST", EDITS, raw=b"{", headers={"Content-Type": "application/json"})
    assert_refused((status, json.loads(data)), None, None, "could not parse the JSON body")


def test_without_a_key_there_is_no_upload(server):
    with server.connect() as connection:
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"], authorization=None,
                       content_length="50000000")
        assert connection.read_reply().status == 401


def test_variations(server, strict_server):
    path = "/v1/images/variations"
    status, headers, body = strict_server.request("POST", path, raw=form(IMAGE), headers=CONTENT_TYPE)
    assert (status, body) == (404, b"") and headers["x-request-id"]
    assert_taken(edit(server, IMAGE, part("n", 1), LOW, path=path))
    assert_taken(edit(server, part("model", "dall-e-2"), IMAGE, LOW, path=path))
    assert_refused(edit(server, IMAGE, IMAGE, path=path), "array_above_max_length", "image")
    assert_refused(edit(server, LOW, path=path), "missing_required_parameter", "image")
    assert_refused(edit(server, IMAGE, PROMPT, path=path), "unknown_parameter", "prompt")


def test_a_chunked_upload_cut_anywhere(server):
    body = form(MODEL, BRIGHTER, LOW, part("image", noise_png(150, 150), "a.png"))
    with server.connect() as connection:
        connection.ask("POST", EDITS, transfer_encoding="chunked", content_type=CONTENT_TYPE["Content-Type"])
        for at in range(0, len(body), 7919):
            piece = body[at:at + 7919]
            connection.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.send(b"0\r\n\r\n")
        reply = connection.read_reply()
        assert_taken((reply.status, reply.json))
        connection.ask("GET", "/health")
        assert connection.read_reply().status == 200


def test_expect_continue(server):
    body = form(MODEL, PROMPT, LOW, IMAGE)
    with server.connect() as connection:
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"], expect="100-continue",
                       content_length=str(len(body)))
        assert connection.read_head().status == 100
        connection.send(body)
        reply = connection.read_reply()
        assert_taken((reply.status, reply.json))


def test_a_file_over_50_mb_is_refused_while_it_comes(server):
    with server.connect() as connection:
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"],
                       content_length=str(200 << 20))
        connection.send(MODEL + PROMPT + part("image", b"", "a.png")[:-2])
        block = bytes(1 << 20)
        try:
            for _ in range(60):
                connection.send(block)
        except OSError:
            pass
        reply = connection.read_reply()
        assert reply.status == 400 and reply.error["code"] == "invalid_image_file"
        assert "larger than 50 MB" in reply.error["message"]


def test_a_body_over_the_setting_is_refused_before_it_comes():
    with Server("--set", "edit_body_mb=1") as server, server.connect() as connection:
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"], content_length="2000000")
        assert connection.read_reply().status == 413


def test_more_than_the_disk_has_is_refused_before_it_comes(server):
    with Server("--set", "edit_body_mb=4096") as server, server.connect() as connection:
        free = os.statvfs(server.data).f_bavail * os.statvfs(server.data).f_frsize
        if free > 4 << 30:
            pytest.skip("the disk has room for the largest upload")
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"], content_length=str(4 << 30))
        reply = connection.read_reply()
        assert reply.status == 503 and reply.error["code"] == "server_is_overloaded"


def test_a_client_that_leaves_leaves_no_file(server):
    with server.connect() as connection:
        connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"], content_length="50000000")
        connection.send(MODEL + part("image", b"", "a.png")[:-2] + bytes(3 << 20))
        assert wait_until(lambda: len(open_files(server)) == 1)
        connection.reset()
    assert wait_until(lambda: not open_files(server))
    assert os.listdir(server.data / "tmp") == []


def test_sixteen_uploads_of_50_mb_cost_64_kb_of_memory_each():
    parallel, size = 16, 45 << 20
    with Server() as server:
        edit(server, MODEL, PROMPT, LOW, IMAGE)  # what is made once is made
        before = server.memory_bytes()
        head = MODEL + PROMPT + part("image", b"", "a.png")[:-2]
        connections = [server.connect() for _ in range(parallel)]
        block, peak = bytes(1 << 20), 0

        def upload(connection):
            connection.ask("POST", EDITS, content_type=CONTENT_TYPE["Content-Type"],
                           content_length=str(size + len(head) + 1000))
            connection.send(head)
            for _ in range(size >> 20):
                connection.send(block)

        threads = [threading.Thread(target=upload, args=(c,)) for c in connections]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            peak = max(peak, server.memory_bytes())
        for thread in threads:
            thread.join()
        peak = max(peak, server.memory_bytes())
        assert len(open_files(server)) == parallel
        for connection in connections:
            connection.close()
        assert peak - before <= parallel * (64 << 10), f"{(peak - before) / parallel / 1024:.0f} KB each"
        assert wait_until(lambda: not open_files(server))


def test_urls_are_fetched_only_from_public_addresses(server):
    for url in ("https://127.0.0.1/a.png", "https://localhost/a.png", "https://[::1]/a.png",
                "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/",
                "https://[::ffff:127.0.0.1]/", f"https://127.0.0.1:8443/"):
        assert_refused(edit_json(server, images=[{"image_url": url}]), "invalid_image_url",
                       "images[0].image_url", "no public address")
    for url, why in ((f"http://127.0.0.1:{server.port}/", "only https"),
                     ("https://2130706433/", "is a number"), ("https://0177.0.0.1/", "is a number"),
                     ("https://user@example.com/", "user name"), ("https://example.com:22/", "only the ports"),
                     ("https://a b/", "percent-encoded")):
        assert_refused(edit_json(server, image_urls=[data_url(png()), url]), "invalid_image_url",
                       "image_urls[1]", why)


class PictureHost:
    """A web server on loopback: /a.png is a picture, /text is none, /to?URL redirects."""

    def __enter__(self):
        import http.server
        owner = self
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                owner.asked.append(self.path)
                path, _, to = self.path.partition("?")
                body = b"secret" if path == "/text" else png()
                self.send_response(302 if path == "/to" else 200)
                if path == "/to":
                    self.send_header("Location", to)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if path == "/slow":
                    owner.leave.wait(20)
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.leave = threading.Event()
        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()
        self.root = f"http://127.0.0.1:{self.httpd.server_port}"
        return self

    def __exit__(self, *_):
        self.leave.set()
        self.httpd.shutdown()
        self.httpd.server_close()


def test_pictures_are_fetched():
    with PictureHost() as host, Server("--set", "fetch_http=true", "--set", "fetch_private=true") as server:
        urls = [host.root + "/a.png", host.root + "/to?/b.png", data_url(png())]
        assert_taken(edit_json(server, images=[{"image_url": u} for u in urls],
                               mask={"image_url": data_url(png(alpha=True))}))
        assert sorted(host.asked) == ["/a.png", "/b.png", "/to?/b.png"]
        assert_taken(edit_json(server, image_urls=[host.root + f"/{i}.png" for i in range(16)]))
        answer = edit_json(server, images=[{"image_url": host.root + "/text"}])
        assert_refused(answer, "invalid_image_url", "images[0].image_url", "no PNG, JPEG or WebP")
        assert "secret" not in json.dumps(answer)


def test_a_client_that_leaves_ends_the_fetching():
    with PictureHost() as host, Server("--set", "fetch_http=true", "--set", "fetch_private=true") as server:
        with server.connect() as connection:
            connection.ask("POST", EDITS, {"model": "gpt-image-2", "prompt": "p",
                                           "images": [{"image_url": host.root + "/slow"}]})
            assert wait_until(lambda: host.asked == ["/slow"])
            assert server.health()["status"]  # no loop waits for it
            connection.reset()
        assert wait_until(lambda: any("status=499" in line for line in server.log), 5)
