"""Callbacks are verified by the SDK's own client.webhooks."""

import openai
import pytest

from calotype import FAST, Server, cli
from receiver import REACHABLE, Receiver


def test_a_callback_is_unwrapped_by_the_sdk(tmp_path):
    with Receiver() as receiver, Server(*REACHABLE, data=tmp_path) as server:
        status, _, _ = server.request("POST", "/v1/images/generations",
                                      FAST | {"callback_url": receiver.url + "/200"})
        assert status == 202
        (_, headers, body), = receiver.wait(1)
    secret = cli("callbacks", "secret", "--data", tmp_path).stdout.strip()
    client = openai.OpenAI(api_key="any", webhook_secret=secret)
    client.webhooks.verify_signature(body, headers)
    event = client.webhooks.unwrap(body, headers)
    assert event.type == "task.completed"
    with pytest.raises(openai.InvalidWebhookSignatureError):
        client.webhooks.unwrap(body + b" ", headers)
