"""The pages, and the headers that guard them."""

import re

import pytest
from starlette.testclient import TestClient

from app.assets import Bundle
from app.main import create_app


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def policy(answer):
    directives = answer.headers["content-security-policy"].split("; ")
    return {name: sources.split() for name, _, sources in (directive.partition(" ") for directive in directives)}


@pytest.mark.parametrize("path", ["/", "/lab", "/embed", "/activations", "/docs"])
def test_pages_ask_nothing_of_others_and_hold_no_inline_script(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    assert not re.search(r"\son[a-z]+=", page.text)
    assert not re.search(r"\sstyle=", page.text)


@pytest.mark.parametrize("path", ["/", "/lab", "/embed", "/activations", "/docs"])
def test_what_pages_name_is_there(client, path):
    for address in set(re.findall(r"""["'](/static/[^"']+[^/"'])["']""", client.get(path).text)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/", "/lab", "/embed", "/activations", "/docs", "/healthz", "/api/v1/ops"])
def test_the_head_alone_may_be_asked_for(client, path):
    assert client.head(path).status_code == 200


def test_policy(client):
    rules = policy(client.get("/"))
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert rules["worker-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert not any("unsafe-inline" in source for sources in rules.values() for source in sources)
    assert not any("*" in source or "http" in source for sources in rules.values() for source in sources)


def test_only_the_page_for_frames_may_stand_in_one(client):
    rules = policy(client.get("/embed"))
    assert rules.pop("frame-ancestors") == ["*"]
    elsewhere = policy(client.get("/"))
    assert elsewhere.pop("frame-ancestors") == ["'none'"]
    assert {name: sources[:1] for name, sources in rules.items()} == {
        name: sources[:1] for name, sources in elsewhere.items()
    }
    for path in ("/docs", "/embed/", "/healthz", "/api/v1/ops", "/static/x/nothing"):
        assert policy(client.get(path))["frame-ancestors"] == ["'none'"], path


def test_other_pages_may_have_the_page_for_frames_and_no_other(client):
    assert client.get("/embed").headers["cross-origin-resource-policy"] == "cross-origin"
    assert "cross-origin-opener-policy" not in client.get("/embed").headers
    assert client.get("/").headers["cross-origin-resource-policy"] == "same-origin"
    assert client.get("/").headers["cross-origin-opener-policy"] == "same-origin"


def test_nonce_is_new_with_every_answer(client):
    first, second = client.get("/lab"), client.get("/lab")
    one, two = policy(first)["style-src"][1], policy(second)["style-src"][1]
    assert one != two
    assert one.removeprefix("'nonce-").rstrip("'") in first.text


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/static/x/nothing", "/nothing", "/healthz", "/api/v1/ops", "/api/v1/no"]
)
def test_headers_everywhere(client, path):
    answer = client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert policy(answer)["default-src"] == ["'none'"]


def test_without_a_bundle_a_page_says_so(client, monkeypatch):
    monkeypatch.setattr(Bundle, "manifest", lambda self: None)
    for path in ("/", "/lab", "/embed", "/activations"):
        page = client.get(path)
        assert page.status_code == 503
        assert "make build" in page.text
