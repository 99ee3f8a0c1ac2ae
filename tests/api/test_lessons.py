"""The lessons as JSON and as pages that can be read without scripts."""

import json
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.api import schemas
from app.lessons import Library
from app.main import create_app
from app.settings import Settings

LIBRARY = Library.load()
LESSONS = LIBRARY.lessons


def test_the_list(client):
    told = client.get("/api/v1/lessons").json()
    schemas.LessonsAnswer.model_validate(told)
    assert [lesson["slug"] for lesson in told["lessons"]] == [lesson.slug for lesson in LESSONS]
    assert [lesson["steps"] for lesson in told["lessons"]] == [len(lesson.steps) for lesson in LESSONS]


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.slug for lesson in LESSONS])
def test_one_lesson_can_be_traced_again(client, lesson):
    told = client.get(f"/api/v1/lessons/{lesson.slug}").json()
    schemas.LessonAnswer.model_validate(told)
    for step in told["steps"]:
        asked = {"program": step["program"], "values": step["values"]}
        run = client.post("/api/v1/trace", json=asked)
        assert run.status_code == 200
        nodes = {node["id"]: node for node in run.json()["nodes"]}
        reference = step["question"] and step["question"]["reference"]
        if reference and reference["of"] == "grad" and reference["index"] is None:
            grad = np.asarray(nodes[reference["node"]]["grad"]).item()
            assert grad == pytest.approx(step["question"]["expected"], rel=1e-12)


def test_lessons_that_are_not_there(client):
    answer = client.get("/api/v1/lessons/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    page = client.get("/lessons/nothing%3Cb%3E")
    assert page.status_code == 404
    assert "nothing&lt;b&gt;" in page.text
    assert client.post("/api/v1/lessons", json={}).status_code == 405


@pytest.mark.parametrize("path", ["/lessons", *(f"/lessons/{lesson.slug}" for lesson in LESSONS)])
def test_pages_are_whole_without_scripts(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", page.text)
    assert "{{" not in page.text
    for address in set(re.findall(r"""["'](/static/[^"']+[^/"'])["']""", page.text)):
        assert client.get(address).status_code == 200, address


def test_a_page_holds_every_step_and_answer(client):
    for lesson in LESSONS:
        page = client.get(f"/lessons/{lesson.slug}").text
        for step in lesson.steps:
            assert step.html in page
            assert step.question is None or step.question.answer in page
        for other in (each for each in LIBRARY.around(lesson) if each is not None):
            assert f'href="/lessons/{other.slug}"' in page


def test_own_lessons_are_served(tmp_path):
    head = "---\ntitle: Mine & yours\nquestion: Q?\norder: 1\nminutes: 1\nsummary: S.\n---\n"
    text = f"{head}## A <b>step</b>\n\n```program\ny = x * x\n```\n```values\nx = 3\n```\n{{{{grad x}}}}\n"
    (tmp_path / "mine.md").write_text(text)
    with TestClient(create_app(Settings(lessons=str(tmp_path)))) as own:
        assert own.get("/api/v1/lessons").json()["lessons"][-1]["title"] == "Mine & yours"
        page = own.get("/lessons/mine").text
        assert "Mine &amp; yours" in page
        assert "<b>step" not in page
        assert re.search(r'data-node="x"[^>]*>6<', page)


def test_the_first_page_shows_every_lesson_and_every_example_with_a_picture(client):
    page = client.get("/").text
    scripts = Path(__file__).resolve().parents[2] / "static" / "js"
    files = re.findall(r'from "\./(examples/.*)";', (scripts / "examples.js").read_text(encoding="utf-8"))
    texts = [(scripts / file).read_text(encoding="utf-8") for file in files]
    examples = [title for text in texts for title in re.findall(r'^    title: "(.*)",$', text, re.MULTILINE)]
    assert len(examples) > 5
    for title in [*(lesson.title for lesson in LESSONS), *examples]:
        assert f">{escape(title)}</a>" in page
    assert page.count('<svg class="miniature"') == len(LESSONS) + len(examples)
    links = [unescape(href) for href in re.findall(r'href="/lab#([^"]*)"', page)]
    for link in links:
        fields = dict(parse_qsl(link))
        asked = {"program": fields["program"], "values": json.loads(fields["values"])}
        assert client.post("/api/v1/trace", json=asked).status_code == 200
    assert [dict(parse_qsl(link))["title"] for link in links] == examples


def test_the_lab_has_an_address_of_its_own(client):
    assert 'id="stage"' in client.get("/lab").text
