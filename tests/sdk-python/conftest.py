import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import openai
import pytest

from calotype import Server


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def strict_server():
    with Server("--set", "compat=strict") as running:
        yield running


@pytest.fixture
def client(server):
    with openai.OpenAI(base_url=server.url, api_key="My API Key", max_retries=0) as c:
        yield c


@pytest.fixture
def strict_client(strict_server):
    with openai.OpenAI(base_url=strict_server.url, api_key="test", max_retries=0) as c:
        yield c
