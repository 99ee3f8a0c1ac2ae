"""How bodies are read: limits hold before anything is parsed, also when nobody announces a length."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request

from app.api import body
from app.api.problems import RequestProblem


def request(*messages, headers=(), delay=0.0):
    waiting = list(messages)

    async def receive():
        await asyncio.sleep(delay)
        return waiting.pop(0)

    return Request({"type": "http", "headers": list(headers), "method": "POST", "path": "/"}, receive)


def chunk(data, more=True):
    return {"type": "http.request", "body": data, "more_body": more}


def read(asked, limit=10, seconds=1.0):
    return asyncio.run(body.read(asked, limit=limit, seconds=seconds))


def test_at_once_and_in_pieces():
    assert read(request(chunk(b"12345", more=False))) == b"12345"
    assert read(request(chunk(b"123"), chunk(b""), chunk(b"45", more=False))) == b"12345"
    assert read(request(chunk(b"1234567890", more=False))) == b"1234567890"


@pytest.mark.parametrize("length", [b"11", b"99999999999999999999999999999999"])
def test_announced_length_is_enough_to_refuse(length):
    with pytest.raises(RequestProblem) as caught:
        read(request(headers=[(b"content-length", length)]))
    assert caught.value.kind.status == 413
    assert caught.value.headers == {"connection": "close"}


def test_chunks_are_counted():
    with pytest.raises(RequestProblem, match="10 bytes"):
        read(request(chunk(b"123456"), chunk(b"78901"), chunk(b"never read")))
    with pytest.raises(RequestProblem, match="10 bytes"):
        read(request(chunk(b"12345678901", more=False)))


def test_a_lying_length_does_not_help():
    with pytest.raises(RequestProblem, match="10 bytes"):
        read(request(chunk(b"12345678901", more=False), headers=[(b"content-length", b"3")]))


def test_slow_bodies_end():
    with pytest.raises(RequestProblem) as caught:
        read(request(chunk(b"1"), chunk(b"2"), chunk(b"3", more=False), delay=0.1), seconds=0.05)
    assert caught.value.kind.status == 408


def test_clients_that_leave():
    with pytest.raises(ClientDisconnect):
        read(request(chunk(b"1"), {"type": "http.disconnect"}))


def test_over_http(client):
    answer = client.post("/api/v1/trace", content=b" " * 1_000_001)
    assert answer.status_code == 413
    assert "1,000,000" in answer.json()["detail"]
    answer = client.post("/api/v1/trace", content=(b" " * 100_000 for _ in range(11)))
    assert answer.status_code == 413
