"""The SDK's own retries, with an Idempotency-Key as an extra header: nothing is drawn twice, and what
must not be repeated is not."""

import sqlite3
import uuid

import openai
import pytest

from calotype import FAST, SLOW, Server

MARK = "x-calotype-idempotent-replay"


def counting(server, **options):
    """(client, the requests it has sent)"""
    sent = []
    client = openai.OpenAI(base_url=server.url, api_key="any", http_client=openai.DefaultHttpxClient(
        event_hooks={"request": [sent.append]}), **options)
    return client, sent


def jobs_of(server):
    with sqlite3.connect(f"file:{server.data}/calotype.db?mode=ro", uri=True) as db:
        return db.execute("SELECT COUNT(*) FROM jobs").fetchone()[0]


def test_a_request_that_times_out_and_is_retried_is_drawn_once():
    with Server() as server:
        client, sent = counting(server, timeout=0.3, max_retries=20)
        reply = client.images.with_raw_response.generate(
            **SLOW | {"n": 3, "output_format": "webp"}, extra_headers={"Idempotency-Key": str(uuid.uuid4())})
        assert len(sent) > 1, "it was to time out"
        assert reply.headers[MARK] == "true" and len(reply.parse().data) == 3
        assert jobs_of(server) == 1


def test_a_key_that_belongs_to_another_request_is_not_retried(server):
    client, sent = counting(server, max_retries=5)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    client.images.generate(**FAST, extra_headers=headers)
    with pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(**FAST | {"n": 2}, extra_headers=headers)
    assert caught.value.code == "idempotency_key_reuse" and len(sent) == 2


def test_a_stream_that_is_asked_for_again_is_read_like_the_first(server):
    client, _ = counting(server)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    streams = [list(client.images.generate(**FAST | {"stream": True, "partial_images": 1}, extra_headers=headers))
               for _ in range(2)]
    assert streams[1] == [event for event in streams[0] if event.type == "image_generation.completed"]
