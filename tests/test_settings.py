"""Options from the environment."""

import dataclasses
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.engine import Limits
from app.settings import PUBLIC_LIMITS, Settings, SettingsError, from_environment, options


def test_nothing_set_gives_the_defaults():
    assert from_environment({}) == Settings()


def test_values_are_read():
    settings = from_environment({"BACKLIT_NODES": "7", "BACKLIT_ACCESS_LOG": "1", "OTHER": "x", "PATH": "/"})
    assert settings == Settings(limits=replace(PUBLIC_LIMITS, nodes=7), access_log=True)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "１", " 3"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(SettingsError, match="BACKLIT_NODES must be a whole number above 0"):
        from_environment({"BACKLIT_NODES": text})


def test_flags():
    with pytest.raises(SettingsError, match="0 or 1"):
        from_environment({"BACKLIT_ACCESS_LOG": "yes"})


def test_a_slip_of_the_pen_is_told():
    with pytest.raises(SettingsError, match=r"BACKLIT_NODE is not an option. There are: .*BACKLIT_NODES"):
        from_environment({"BACKLIT_NODE": "7"})


def test_variables_of_the_tests_are_no_options():
    assert not [name for name in options() if name.startswith("test_")]
    assert from_environment({"BACKLIT_TEST_BROWSER": "/usr/bin/chromium"}) == Settings()


def test_every_limit_of_the_engine_is_an_option_and_no_looser_than_its_own():
    ours, own = Settings().limits, Limits()
    for field in dataclasses.fields(Limits):
        assert getattr(ours, field.name) <= getattr(own, field.name), field.name


def test_every_option_is_documented_with_its_default():
    text = (Path(__file__).resolve().parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+|none) \|", text, re.MULTILINE))
    assert {name: "" if value == "none" else int(value.replace(",", "")) for name, value in told.items()} == {
        f"BACKLIT_{name.upper()}": default for name, default in options().items()
    }


def test_a_folder_is_a_text():
    assert from_environment({"BACKLIT_LESSONS": "/srv/lessons"}).lessons == "/srv/lessons"


def test_every_limit_is_read():
    for field in dataclasses.fields(Limits):
        found = from_environment({f"BACKLIT_{field.name.upper()}": "5"})
        assert found == Settings(limits=replace(PUBLIC_LIMITS, **{field.name: 5}))
