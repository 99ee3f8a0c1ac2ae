"""How the built front end is served."""

import gzip
import json

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from app.assets import Bundle, folder

SCRIPT = b"console.log('light');\n" * 100


@pytest.fixture
def directory(tmp_path):
    write(tmp_path, "v1")
    (tmp_path / "js").mkdir()
    (tmp_path / "js/main.js").write_bytes(SCRIPT)
    (tmp_path / "js/main.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "a.woff2").write_bytes(b"font")
    (tmp_path / "secret.txt").write_text("not listed")
    return tmp_path


def write(directory, version):
    listed = {"js/main.js": ["gzip"], "a.woff2": []}
    (directory / "manifest.json").write_text(json.dumps({"version": version, "source": "", "files": listed}))


@pytest.fixture
def client(directory):
    return TestClient(Starlette(routes=[Mount("/static", Bundle(directory))]))


def test_files_of_this_version_are_kept_for_ever(client):
    answer = client.get("/static/v1/js/main.js", headers={"accept-encoding": "identity"})
    assert answer.content == SCRIPT
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/v1/a.woff2").headers["content-type"] == "font/woff2"


def test_files_under_an_older_version_are_not_kept(client):
    answer = client.get("/static/v0/js/main.js")
    assert answer.content == SCRIPT
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepts", "sent"),
    [
        ("gzip, br", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("GZIP", "gzip"),
        ("identity", None),
        ("gzip;q=0.5", "gzip"),
    ],
)
def test_compressed_where_the_browser_takes_it(client, accepts, sent):
    answer = client.get("/static/v1/js/main.js", headers={"accept-encoding": accepts})
    assert answer.headers.get("content-encoding") == sent
    assert answer.content == SCRIPT
    assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize(
    "path",
    [
        "v1/secret.txt",
        "v1/manifest.json",
        "v1/js",
        "v1/",
        "v1",
        "",
        "v1/../secret.txt",
        "v1/%2e%2e/secret.txt",
        "v1//js/main.js",
    ],
)
def test_only_what_is_listed(client, path):
    assert client.get(f"/static/{path}").status_code == 404


def test_files_can_only_be_read(client):
    assert client.post("/static/v1/a.woff2").status_code == 405
    assert client.head("/static/v1/a.woff2").status_code == 200


def test_a_new_build_is_seen_at_once(directory):
    bundle = Bundle(directory)
    assert bundle.address("a.woff2") == "/static/v1/a.woff2"
    write(directory, "v2-longer")
    assert bundle.address() == "/static/v2-longer/"


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"version": "x"}'])
def test_nothing_built(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    bundle = Bundle(tmp_path)
    assert bundle.manifest() is None
    assert TestClient(Starlette(routes=[Mount("/static", bundle)])).get("/static/v1/x.js").status_code == 404


def test_folders_are_found():
    assert (folder("templates") / "lab.html").exists()
