"""Ten thousand clients that do nothing, and some that do it slowly."""

import resource
import selectors
import socket
import time

import pytest

from calotype import FAST, Server

IDLE_CONNECTIONS = 10_000
BYTES_PER_CONNECTION = 4096
SPARE_FILES = 200


@pytest.fixture
def many_files():
    """Room for the clients' sockets in this process, and for as many in the server."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IDLE_CONNECTIONS + SPARE_FILES
    if hard != resource.RLIM_INFINITY and hard < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
        except (ValueError, PermissionError) as error:
            pytest.skip(f"open files are limited to {hard} here ({error}); {wanted} are needed")
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard < 0 else hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def open_kept(server, count):
    """Keep-alive connections that have each been served once."""
    request = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
    opened = []
    for at in range(0, count, 250):
        batch = [socket.create_connection((server.host, server.port), timeout=60)
                 for _ in range(min(250, count - at))]
        for client in batch:
            client.sendall(request)
        for client in batch:
            assert client.recv(4096).startswith(b"HTTP/1.1 200 ")
        opened += batch
    return opened


def test_ten_thousand_idle_connections_cost_little_and_block_nobody(many_files):
    with Server("--set", "log_level=warn") as server:
        for client in open_kept(server, 100):  # what is built once is built now
            client.close()
        server.generate(**FAST)
        before = server.memory_bytes()
        idle = open_kept(server, IDLE_CONNECTIONS)
        try:
            each = (server.memory_bytes() - before) / IDLE_CONNECTIONS
            assert each <= BYTES_PER_CONNECTION, f"{each:.0f} bytes a connection"
            assert server.health()["live"]
            assert server.generate(**FAST)[0] == 200
            for client in idle[::1000]:
                client.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
                assert client.recv(4096).startswith(b"HTTP/1.1 200 "), "each is still served"
        finally:
            for client in idle:
                client.close()
        assert server.generate(**FAST)[0] == 200


HEAD = (b"POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
        b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n")


def test_slow_clients_are_closed_and_others_served_meanwhile(server):
    """One byte a second, or none at all: 10 s for the head, 20 s for a pause in the body."""
    clients = {name: socket.create_connection((server.host, server.port), timeout=60)
               for name in ("dripping head", "half a head", "half a body")}
    clients["half a head"].sendall(b"GET /health/live HTTP/1.1\r\nHost:")
    clients["half a body"].sendall(HEAD + b"{")
    drip = iter(b"GET /health/live HTTP/1.1\r\nX: " + b"a" * 100)
    answers, started = {}, time.monotonic()
    with selectors.DefaultSelector() as selector:
        for name, client in clients.items():
            selector.register(client, selectors.EVENT_READ, name)
        while len(answers) < len(clients) and time.monotonic() < started + 60:
            if "dripping head" not in answers:
                clients["dripping head"].sendall(bytes([next(drip)]))
            for key, _ in selector.select(timeout=1):
                received = key.fileobj.recv(4096)
                answers[key.data] = (time.monotonic() - started, received)
                selector.unregister(key.fileobj)
            assert server.health()["live"]
    assert set(answers) == set(clients), "all of them were closed"
    for seconds, received in answers.values():
        assert received == b"" or received.startswith(b"HTTP/1.1 408 ")
        assert seconds > 8, "nobody who is merely slow is cut off early"
    for client in clients.values():
        client.close()


def test_a_connection_that_is_only_open_does_not_keep_the_server(server):
    with Server() as own:
        idle = [own.connect() for _ in range(20)]
        own.signal()
        assert own.process.wait(timeout=20) == 0
        for client in idle:
            client.close()
