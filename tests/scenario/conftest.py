import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

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
def connection(server):
    with server.connect() as opened:
        yield opened
