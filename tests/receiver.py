"""Somebody who is called back: a small HTTP server on this machine. Only the standard library."""

import http.server
import threading

from calotype import wait_until

# What a server needs to be told before it calls this machine.
REACHABLE = ("--set", "fetch_http=true", "--set", "fetch_private=true")


class Receiver:
    """Notes every delivery (names of fields in lower case) and answers as its path says: /200, /500, /301, /slow, /close."""

    def __init__(self):
        outer = self
        self.deliveries = []  # (path, headers, body)
        self.stopping = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if len(body) < int(self.headers["content-length"]):
                    return  # whoever posted it died
                fields = {name.lower(): value for name, value in self.headers.items()}
                outer.deliveries.append((self.path, fields, body))
                if self.path == "/close":
                    self.close_connection = True
                    return
                if self.path == "/slow":
                    outer.stopping.wait(30)
                status = int(self.path[1:]) if self.path[1:].isdigit() else 200
                self.send_response(status)
                if status == 301:
                    self.send_header("location", f"{outer.url}/200")
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()

    def wait(self, n, seconds=30):
        assert wait_until(lambda: len(self.deliveries) >= n, seconds), self.deliveries
        return self.deliveries[:n]
