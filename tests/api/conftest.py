"""A client that talks to the application without a network."""

import pytest
from starlette.testclient import TestClient

from app.api.schemas import MINI_PROGRAM, MINI_VALUES
from app.main import create_app


@pytest.fixture(scope="session")
def app():
    return create_app()


@pytest.fixture(scope="session")
def client(app):
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def mini():
    return {"program": MINI_PROGRAM, "values": dict(MINI_VALUES)}
