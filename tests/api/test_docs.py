"""The calls in the documentation give the answers that stand below them."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(r"```sh\n\s*curl -s http://127\.0\.0\.1:8000(\S+) -d '(.*?)'\n```\n\n```json\n(.*?)\n```", re.DOTALL)
CALLS = [
    pytest.param(*call, id=f"{name}-{number}")
    for name in ("docs/api.md", "README.md")
    for number, call in enumerate(CALL.findall((ROOT / name).read_text(encoding="utf-8")))
]


def rounded(text):
    """The last digits may differ between mathematical libraries."""
    return json.loads(text, parse_float=lambda digits: round(float(digits), 12))


@pytest.mark.parametrize(("path", "body", "told"), CALLS)
def test_call(client, path, body, told):
    answer = client.post(path, content=body.encode()).text
    assert rounded(answer) == rounded(told)


def test_there_are_calls():
    assert len(CALLS) >= 5
